//! The worker's side: a message in, a message out.

use super::job::{Job, JobFault};
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Whether this program runs in a worker.
fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Serves jobs when this is a worker; says whether it is.
#[must_use]
pub fn serve() -> bool {
    let Some(scope) = scope() else { return false };
    let answer_from = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let scope = answer_from.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let Some((id, job)) = Job::from_message(&event.data()) else { return };
            // Said before the work begins: a page that does not hear it looks for another worker.
            let _ = taken(id).and_then(|message| scope.post_message(&message));
            let outcome = job.perform().await;
            // A page that does not listen any more needs no answer.
            let _ = reply(id, &outcome).and_then(|message| scope.post_message(&message));
        });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page waits for this before it asks for anything, and has a deadline for it.
    let _ = scope.post_message(&JsValue::from_str("ready"));
    true
}

fn taken(id: u32) -> Result<Object, JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"id".into(), &id.into())?;
    Reflect::set(&message, &"taken".into(), &true.into())?;
    Ok(message)
}

fn reply(id: u32, outcome: &Result<JsValue, JobFault>) -> Result<Object, JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"id".into(), &id.into())?;
    Reflect::set(&message, &"done".into(), &outcome.is_ok().into())?;
    if let Ok(value) = outcome {
        Reflect::set(&message, &"value".into(), value)?;
    }
    Ok(message)
}
