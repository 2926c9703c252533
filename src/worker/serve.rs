//! The worker's side: a message in, a message out.

use super::job::{Aside, Job, Reply, Request};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Whether this program runs in a worker.
fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

/// Serves jobs when this is a worker; says whether it is.
pub fn serve<J: Job>() -> bool {
    let Some(scope) = scope() else { return false };
    let answer_from = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let scope = answer_from.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let Ok(Request::<J> { id, job }) = serde_wasm_bindgen::from_value(event.data()) else { return };
            // Said before the work begins: a page that does not hear it looks for another worker.
            say(&scope, &Reply::Acknowledged(id), &Array::new());
            let first = scope.clone();
            let aside = Aside::telling(move |value, handed| say(&first, &Reply::First { id, value }, handed));
            let outcome = job.perform(&aside).await;
            say(&scope, &outcome.map_or(Reply::Failed(id), |value| Reply::Done { id, value }), aside.handed());
        });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The page waits for this before it asks for anything, and has a deadline for it.
    say(&scope, &Reply::Ready, &Array::new());
    true
}

fn say(scope: &DedicatedWorkerGlobalScope, reply: &Reply, handed: &Array) {
    // A page that does not hear it has a deadline, and one that does not listen any more needs no answer.
    let _ = serde_wasm_bindgen::to_value(reply).map(|message| scope.post_message_with_transfer(&message, handed));
}
