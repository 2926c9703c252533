//! The one way out: a POST of `multipart/form-data`.
//!
//! It goes by `XMLHttpRequest`, as `fetch` tells no browser but one how much of a body is on its way. Two things follow from that.
//! A browser asks a server of another origin for leave (a preflight) before it tells of progress: where the server does not answer
//! that, the same is sent once more, without asking how it goes. And a redirect is followed before the page hears of it: an answer
//! from another address than the one that was asked counts as none.

use super::{dom, files};
use crate::engine::ports::{self, LocalBoxFuture, OnProgress, Payload, Transport, TransportError};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, ProgressEvent, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestMode, Url,
    XmlHttpRequest,
};

/// How long nothing may move: neither what is sent nor the answer.
const STALL_MS: u32 = 30_000;
/// Bytes that a slow line carries in a millisecond: where no progress is told, a body has that long besides.
const SLOW_BYTES_PER_MS: u32 = 25;
/// The most characters of an answer that are looked at.
const ANSWER_CHARS: usize = 10_000;

/// Sends by the browser's `XMLHttpRequest`. One attempt at a time can be cancelled.
#[derive(Debug, Clone, Default)]
pub struct HttpTransport {
    under_way: Rc<RefCell<Option<XmlHttpRequest>>>,
}

impl HttpTransport {
    /// Stops waiting for the answer.
    pub fn cancel(&self) {
        let under_way = self.under_way.take();
        if let Some(exchange) = under_way {
            // One that is over already stays so.
            let _ = exchange.abort();
        }
    }
}

impl Transport for HttpTransport {
    fn send(
        &self,
        payload: Payload,
        on_progress: OnProgress,
    ) -> LocalBoxFuture<Result<ports::Response, TransportError>> {
        let transport = self.clone();
        Box::pin(async move { transport.attempt(&payload, on_progress.into()).await })
    }
}

/// Whether the browser is asked how much of the body is on its way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Told,
    Untold,
}

/// What is known of an exchange that failed.
#[derive(Default)]
struct Signs {
    /// A part of the body went out.
    has_begun: Cell<bool>,
    /// Nothing moved for too long.
    has_stalled: Cell<bool>,
    /// A content security policy forbids it.
    is_forbidden: Cell<bool>,
}

impl HttpTransport {
    async fn attempt(&self, payload: &Payload, on_progress: Rc<dyn Fn(u8)>) -> Result<ports::Response, TransportError> {
        if !dom::is_online() {
            return Err(TransportError::Offline);
        }
        let address = absolute(&payload.endpoint).ok_or(TransportError::NoAnswer)?;
        let signs = Signs::default();
        let first = self.exchange(payload, (&address, Progress::Told), &on_progress, &signs).await;
        let is_foreign = dom::window().and_then(|window| window.location().origin().ok()) != Some(address.origin());
        match first {
            Err(TransportError::NoAnswer) if signs.is_forbidden.get() => Err(TransportError::Blocked),
            Err(TransportError::NoAnswer) if is_foreign && !signs.has_begun.get() => {
                self.without_leave(payload, &address, &on_progress).await
            }
            other => other,
        }
    }

    /// The same where the server may not have given leave: a request that asks for none, and the reason when that fails too.
    async fn without_leave(
        &self,
        payload: &Payload,
        address: &Url,
        on_progress: &Rc<dyn Fn(u8)>,
    ) -> Result<ports::Response, TransportError> {
        let signs = Signs::default();
        let answer = self.exchange(payload, (address, Progress::Untold), on_progress, &signs).await;
        match answer {
            // The server is there, so it is its answers that the page may not read.
            Err(TransportError::NoAnswer) if is_reachable(&address.origin()).await => Err(TransportError::Blocked),
            other => other,
        }
    }

    async fn exchange(
        &self,
        payload: &Payload,
        (address, progress): (&Url, Progress),
        on_progress: &Rc<dyn Fn(u8)>,
        signs: &Signs,
    ) -> Result<ports::Response, TransportError> {
        let exchange = XmlHttpRequest::new().map_err(|_| TransportError::NoAnswer)?;
        self.under_way.replace(Some(exchange.clone()));
        let sent = send(&exchange, payload, (address, progress), on_progress, signs).await;
        let is_cancelled = self.under_way.take().is_none();
        match (sent, signs.has_stalled.get()) {
            (Some(answer), _) => Ok(answer),
            (None, true) => Err(TransportError::TimedOut),
            (None, false) if is_cancelled => Err(TransportError::Cancelled),
            (None, false) => Err(TransportError::NoAnswer),
        }
    }
}

/// The endpoint with its origin, and without what a browser does not send.
fn absolute(endpoint: &str) -> Option<Url> {
    let base = dom::window()?.location().href().ok()?;
    let address = Url::new_with_base(endpoint, &base).ok()?;
    address.set_hash("");
    Some(address)
}

/// What moves starts this anew; when it runs out, the exchange is given up.
struct StallClock {
    exchange: XmlHttpRequest,
    has_stalled: Rc<Cell<bool>>,
    running: RefCell<Option<Timeout>>,
}

impl StallClock {
    fn restart(&self, ms: u32) {
        let (exchange, has_stalled) = (self.exchange.clone(), self.has_stalled.clone());
        self.running.replace(Some(Timeout::new(ms, move || {
            has_stalled.set(true);
            // One that is over already stays so.
            let _ = exchange.abort();
        })));
    }
}

async fn send(
    exchange: &XmlHttpRequest,
    payload: &Payload,
    (address, progress): (&Url, Progress),
    on_progress: &Rc<dyn Fn(u8)>,
    signs: &Signs,
) -> Option<ports::Response> {
    let form = form(payload).ok()?;
    exchange.open("POST", &address.href()).ok()?;
    let has_stalled = Rc::new(Cell::new(false));
    let clock = Rc::new(StallClock {
        exchange: exchange.clone(),
        has_stalled: has_stalled.clone(),
        running: RefCell::default(),
    });
    let is_forbidden = Rc::new(Cell::new(false));
    let has_begun = Rc::new(Cell::new(false));
    let mut listeners = vec![listen_to_policy(&is_forbidden)?];
    if progress == Progress::Told {
        let upload = exchange.upload().ok()?;
        let moved = moved((clock.clone(), has_begun.clone()), on_progress.clone());
        listeners.push(EventListener::new(&upload, "progress", moved));
    }
    let over = Promise::new(&mut |resolve, _| {
        listeners.push(EventListener::once(exchange, "loadend", move |_| {
            // A promise can always be kept.
            let _ = resolve.call0(&JsValue::NULL);
        }));
    });
    exchange.send_with_opt_form_data(Some(&form)).ok()?;
    let bytes: usize = payload.parts.iter().map(|part| part.bytes.len()).sum();
    let extra = if progress == Progress::Told { 0 } else { bytes as u32 / SLOW_BYTES_PER_MS };
    clock.restart(STALL_MS + extra);
    let _ = JsFuture::from(over).await;
    clock.running.take();
    signs.has_stalled.set(has_stalled.get());
    signs.is_forbidden.set(is_forbidden.get());
    signs.has_begun.set(has_begun.get());
    answer(exchange, address)
}

fn form(payload: &Payload) -> Result<FormData, JsValue> {
    let form = FormData::new()?;
    for part in &payload.parts {
        form.append_with_blob_and_filename(part.name, &files::blob(&part.bytes, part.mime)?, part.file_name)?;
    }
    Ok(form)
}

/// Hears when the page's own policy forbids the exchange: browsers say no more to the exchange itself than that it failed.
fn listen_to_policy(is_forbidden: &Rc<Cell<bool>>) -> Option<EventListener> {
    let (document, flag) = (dom::document()?, is_forbidden.clone());
    Some(EventListener::new(&document, "securitypolicyviolation", move |_| flag.set(true)))
}

/// Tells what share of the body is on its way, each percent once.
fn moved(
    (clock, has_begun): (Rc<StallClock>, Rc<Cell<bool>>),
    on_progress: Rc<dyn Fn(u8)>,
) -> impl FnMut(&web_sys::Event) + 'static {
    let mut told = 0;
    move |event| {
        let Some(event) = event.dyn_ref::<ProgressEvent>() else { return };
        clock.restart(STALL_MS);
        has_begun.set(has_begun.get() || event.loaded() > 0.0);
        let percent = (event.loaded() / event.total().max(1.0) * 100.0) as u8;
        if percent > told {
            told = percent;
            on_progress(percent);
        }
    }
}

/// What came back; nothing where nothing did, or from elsewhere.
fn answer(exchange: &XmlHttpRequest, address: &Url) -> Option<ports::Response> {
    let status = exchange.status().ok().filter(|status| *status > 0)?;
    if exchange.response_url() != address.href() {
        return None;
    }
    let retry_after = exchange.get_response_header("retry-after").ok().flatten();
    let body = exchange.response_text().ok().flatten().unwrap_or_default();
    Some(ports::Response {
        status,
        retry_after_s: retry_after.and_then(|seconds| seconds.trim().parse().ok()),
        body: body.chars().take(ANSWER_CHARS).collect(),
    })
}

/// Whether a server answers at all, whatever it says. It hears nothing of the visitor.
async fn is_reachable(origin: &str) -> bool {
    let options = RequestInit::new();
    options.set_method("HEAD");
    options.set_mode(RequestMode::NoCors);
    options.set_credentials(RequestCredentials::Omit);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    options.set_cache(RequestCache::NoStore);
    let Some(window) = dom::window() else { return false };
    JsFuture::from(window.fetch_with_str_and_init(origin, &options)).await.is_ok()
}
