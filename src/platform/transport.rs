//! The one way out: a POST of `multipart/form-data`.

use super::files;
use crate::engine::ports::{Answer, Later, Parcel, Transport, TransportFault};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, FormData, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

/// How long an answer may take: two megabytes at 50 kB/s take 40 s of it.
const PATIENCE_MS: u32 = 60_000;
/// The most characters of an answer that are looked at.
const ANSWER_CHARS: usize = 10_000;

/// Sends by the browser's `fetch`. One attempt at a time can be cancelled.
#[derive(Debug, Clone, Default)]
pub struct HttpTransport {
    under_way: Rc<RefCell<Option<AbortController>>>,
}

impl HttpTransport {
    /// Stops waiting for the answer.
    pub fn cancel(&self) {
        if let Some(controller) = self.under_way.take() {
            controller.abort();
        }
    }
}

impl Transport for HttpTransport {
    fn send(&self, parcel: Parcel) -> Later<Result<Answer, TransportFault>> {
        let transport = self.clone();
        Box::pin(async move { transport.attempt(parcel).await })
    }
}

impl HttpTransport {
    async fn attempt(&self, parcel: Parcel) -> Result<Answer, TransportFault> {
        let controller = AbortController::new().map_err(|_| TransportFault::NoAnswer)?;
        let timed_out = Rc::new(Cell::new(false));
        let (flag, clock_controller) = (timed_out.clone(), controller.clone());
        let clock = Timeout::new(PATIENCE_MS, move || {
            flag.set(true);
            clock_controller.abort();
        });
        self.under_way.replace(Some(controller.clone()));
        let answer = fetch(&parcel, &controller).await;
        drop(clock);
        let cancelled = self.under_way.take().is_none();
        answer.map_err(|_| match (timed_out.get(), cancelled) {
            (true, _) => TransportFault::TimedOut,
            (false, true) => TransportFault::Cancelled,
            (false, false) => TransportFault::NoAnswer,
        })
    }
}

async fn fetch(parcel: &Parcel, controller: &AbortController) -> Result<Answer, JsValue> {
    let form = FormData::new()?;
    for part in &parcel.parts {
        form.append_with_blob_and_filename(part.name, &files::blob(&part.bytes, part.mime)?, part.file_name)?;
    }
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&form);
    options.set_signal(Some(&controller.signal()));
    options.set_redirect(RequestRedirect::Error);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_cache(RequestCache::NoStore);
    let window = super::dom::window().ok_or(JsValue::NULL)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(&parcel.endpoint, &options)).await?.dyn_into()?;
    let retry_after = response.headers().get("retry-after")?.and_then(|seconds| seconds.trim().parse().ok());
    let body = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let body = body.chars().take(ANSWER_CHARS).collect();
    Ok(Answer { status: response.status(), retry_after_s: retry_after, body })
}
