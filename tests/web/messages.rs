//! The messages between the page and its worker.
#![cfg(test)]

use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::Appearance;
use hairline_designer::engine::export::PicturePlan;
use hairline_designer::engine::geometry::Mm;
use hairline_designer::engine::render::Ink;
use hairline_designer::platform::picture;
use hairline_designer::worker::{ClipAsk, HeadJob, PageJob, Reply, Request, message};
use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::ImageBitmap;

fn plan() -> PicturePlan {
    PicturePlan {
        size: (1600, 1200),
        zoom: 0.1 + 0.2,
        pictures: vec![(None, false), (Some("“After” 頭".to_owned()), true)],
        ink: Ink::new(&Appearance::new(&Parameters::default()), &Parameters::default(), 7.3, Mm(0.0))
            .on_skin([180, 140, 120]),
        mime: "image/png".to_owned(),
        quality: None,
        notes: vec![("Comment".to_owned(), "a simulation".to_owned())],
    }
}

#[wasm_bindgen_test]
async fn a_job_arrives_as_it_was_sent() {
    for quality in [None, Some(0.92)] {
        let plan = PicturePlan { quality, ..plan() };
        let photo = picture::canvas(3, 2).unwrap().0.transfer_to_image_bitmap().unwrap();
        let dots = Float32Array::from([1.5, -0.1, 0.3].as_slice());
        let job = PageJob::Compose {
            plan: plan.clone(),
            photo: photo.clone(),
            dots: dots.clone(),
            clipped: JsValue::UNDEFINED,
        };
        let (sent, handed) = message(&job, 7).await.unwrap();
        let Request { id, job } = serde_wasm_bindgen::from_value(sent).unwrap();
        let PageJob::Compose { plan: arrived, photo: clone_bitmap, dots: same, clipped } = job else {
            panic!("{job:?}")
        };
        assert_eq!((id, arrived), (7, plan));
        assert_eq!(same.to_vec(), dots.to_vec());
        assert!(clipped.is_undefined(), "the photo itself stands under the dots");
        // The page keeps its own picture and hands over a second one.
        assert!(handed.length() == 1 && handed.get(0) == JsValue::from(clone_bitmap.clone()) && clone_bitmap != photo);
        assert_eq!((clone_bitmap.width(), clone_bitmap.height()), (3, 2));
    }
    let [photo, clipped] = [3, 5].map(|side| picture::canvas(side, 2).unwrap().0.transfer_to_image_bitmap().unwrap());
    let dots = Float32Array::new_with_length(0);
    let job = PageJob::Compose { plan: plan(), photo, clipped: clipped.clone().into(), dots };
    let (sent, handed) = message(&job, 1).await.unwrap();
    let Request { job, .. } = serde_wasm_bindgen::from_value(sent).unwrap();
    let PageJob::Compose { clipped: arrived, .. } = job else { panic!("{job:?}") };
    let arrived: ImageBitmap = arrived.dyn_into().unwrap();
    assert!(handed.length() == 2 && arrived.width() == 5 && arrived != clipped, "its own second picture goes");
    let (sent, handed) = message(&PageJob::BlueNoiseTile(u32::MAX), 0).await.unwrap();
    let Request { job, .. } = serde_wasm_bindgen::from_value(sent).unwrap();
    assert!(matches!(job, PageJob::BlueNoiseTile(u32::MAX)) && handed.length() == 0, "{job:?}");
}

#[wasm_bindgen_test]
async fn a_head_is_looked_at_in_a_picture_of_its_own() {
    let photo = picture::canvas(3, 2).unwrap().0.transfer_to_image_bitmap().unwrap();
    let parameters = Parameters::default();
    let ask = ClipAsk {
        width: 1,
        zoom: 0.25,
        view: "{}".to_owned(),
        parameters: parameters.clone(),
        seed: u32::MAX,
        wants_first: true,
    };
    let pixels = Uint8Array::from([1, 2, 3, 255].as_slice());
    let job = HeadJob::ClipHair { pixels: pixels.clone(), ask: Box::new(ask), photo: photo.clone() };
    let (sent, handed) = message(&job, 1).await.unwrap();
    let Request { job, .. } = serde_wasm_bindgen::from_value(sent).unwrap();
    let HeadJob::ClipHair { pixels: same, ask, photo: second } = job else { panic!("{job:?}") };
    assert_eq!((same.to_vec(), ask.parameters, ask.seed), (pixels.to_vec(), parameters, u32::MAX));
    assert!(handed.length() == 1 && handed.get(0) == JsValue::from(second.clone()) && second != photo);
    let (sent, handed) =
        message(&HeadJob::FindPerson { pixels, width: 1, zoom: 0.25, photo: photo.clone() }, 2).await.unwrap();
    let Request { job, .. } = serde_wasm_bindgen::from_value(sent).unwrap();
    let HeadJob::FindPerson { photo: second, .. } = job else { panic!("{job:?}") };
    assert!(handed.length() == 1 && handed.get(0) == JsValue::from(second.clone()) && second != photo);
}

#[wasm_bindgen_test]
fn a_reply_arrives_with_what_came_of_the_job() {
    let value: JsValue = Float32Array::from([0.25].as_slice()).into();
    let sent = serde_wasm_bindgen::to_value(&Reply::Done { id: 3, value: value.clone() }).unwrap();
    let first = serde_wasm_bindgen::to_value(&Reply::First { id: 3, value: value.clone() }).unwrap();
    let first = serde_wasm_bindgen::from_value(first).unwrap();
    assert!(matches!(&first, Reply::First { id: 3, value: arrived } if *arrived == value), "{first:?}");
    let reply = serde_wasm_bindgen::from_value(sent).unwrap();
    assert!(matches!(&reply, Reply::Done { id: 3, value: arrived } if *arrived == value), "{reply:?}");
    for stranger in [JsValue::NULL, "ready".into(), 7.into(), js_sys::Object::new().into()] {
        assert!(serde_wasm_bindgen::from_value::<Reply>(stranger.clone()).is_err(), "{stranger:?}");
        assert!(serde_wasm_bindgen::from_value::<Request<PageJob>>(stranger.clone()).is_err(), "{stranger:?}");
    }
}
