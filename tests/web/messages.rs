//! The messages between the page and its worker.
#![cfg(test)]

use hairline_designer::engine::catalog::Norms;
use hairline_designer::engine::design::Look;
use hairline_designer::engine::render::Ink;
use hairline_designer::platform::picture;
use hairline_designer::worker::{ComposePlan, Job, Reply, Request};
use js_sys::Float32Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn plan() -> ComposePlan {
    ComposePlan {
        size: (1600, 1200),
        zoom: 0.1 + 0.2,
        pictures: vec![("Before".to_owned(), false), ("“After” 頭".to_owned(), true)],
        ink: Ink::new(&Look::new(&Norms::default()), &Norms::default(), 7.3).on_skin([180, 140, 120]),
        mime: "image/png".to_owned(),
        quality: None,
        notes: vec![("Comment".to_owned(), "a simulation".to_owned())],
    }
}

#[wasm_bindgen_test]
async fn a_job_arrives_as_it_was_sent() {
    for quality in [None, Some(0.92)] {
        let plan = ComposePlan { quality, ..plan() };
        let photo = picture::canvas(3, 2).unwrap().0.transfer_to_image_bitmap().unwrap();
        let dots = Float32Array::from([1.5, -0.1, 0.3].as_slice());
        let job = Job::Compose { plan: plan.clone(), photo: photo.clone(), dots: dots.clone() };
        let (message, handed) = job.message(7).await.unwrap();
        let Request { id, job } = serde_wasm_bindgen::from_value(message).unwrap();
        let Job::Compose { plan: arrived, photo: twin, dots: same } = job else { panic!("{job:?}") };
        assert_eq!((id, arrived), (7, plan));
        assert_eq!(same.to_vec(), dots.to_vec());
        // The page keeps its own picture and hands over a second one.
        assert!(handed.length() == 1 && handed.get(0) == JsValue::from(twin.clone()) && twin != photo);
        assert_eq!((twin.width(), twin.height()), (3, 2));
    }
    let (message, handed) = Job::Carpet(u32::MAX).message(0).await.unwrap();
    let Request { job, .. } = serde_wasm_bindgen::from_value(message).unwrap();
    assert!(matches!(job, Job::Carpet(u32::MAX)) && handed.length() == 0, "{job:?}");
}

#[wasm_bindgen_test]
fn a_reply_arrives_with_what_came_of_the_job() {
    let value: JsValue = Float32Array::from([0.25].as_slice()).into();
    let message = serde_wasm_bindgen::to_value(&Reply::Done { id: 3, value: value.clone() }).unwrap();
    let reply = serde_wasm_bindgen::from_value(message).unwrap();
    assert!(matches!(&reply, Reply::Done { id: 3, value: arrived } if *arrived == value), "{reply:?}");
    for stranger in [JsValue::NULL, "ready".into(), 7.into(), js_sys::Object::new().into()] {
        assert!(serde_wasm_bindgen::from_value::<Reply>(stranger.clone()).is_err(), "{stranger:?}");
        assert!(serde_wasm_bindgen::from_value::<Request>(stranger.clone()).is_err(), "{stranger:?}");
    }
}
