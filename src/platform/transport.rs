//! The one way out: a POST of `multipart/form-data`.

use super::files;
use crate::engine::ports::{self, LocalBoxFuture, Payload, Transport, TransportError};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, FormData, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect, Response,
};

/// How long an answer may take: two megabytes at 50 kB/s take 40 s of it.
const TIMEOUT_MS: u32 = 60_000;
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
    fn send(&self, payload: Payload) -> LocalBoxFuture<Result<ports::Response, TransportError>> {
        let transport = self.clone();
        Box::pin(async move { transport.attempt(payload).await })
    }
}

impl HttpTransport {
    async fn attempt(&self, payload: Payload) -> Result<ports::Response, TransportError> {
        let controller = AbortController::new().map_err(|_| TransportError::NoAnswer)?;
        let timed_out = Rc::new(Cell::new(false));
        let (flag, clock_controller) = (timed_out.clone(), controller.clone());
        let clock = Timeout::new(TIMEOUT_MS, move || {
            flag.set(true);
            clock_controller.abort();
        });
        self.under_way.replace(Some(controller.clone()));
        let answer = fetch(&payload, &controller).await;
        drop(clock);
        let cancelled = self.under_way.take().is_none();
        answer.map_err(|_| match (timed_out.get(), cancelled) {
            (true, _) => TransportError::TimedOut,
            (false, true) => TransportError::Cancelled,
            (false, false) => TransportError::NoAnswer,
        })
    }
}

async fn fetch(payload: &Payload, controller: &AbortController) -> Result<ports::Response, JsValue> {
    let form = FormData::new()?;
    for part in &payload.parts {
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
        JsFuture::from(window.fetch_with_str_and_init(&payload.endpoint, &options)).await?.dyn_into()?;
    let retry_after = response.headers().get("retry-after")?.and_then(|seconds| seconds.trim().parse().ok());
    let body = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let body = body.chars().take(ANSWER_CHARS).collect();
    Ok(ports::Response { status: response.status(), retry_after_s: retry_after, body })
}
