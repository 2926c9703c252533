//! What the engine asks of the outside, each with a version in memory for tests.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Something that will be there later, on this one thread.
pub type LocalBoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// One part of a payload: a field of `multipart/form-data`.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name of the field.
    pub name: &'static str,
    /// Media type.
    pub mime: &'static str,
    /// File name: ours.
    pub file_name: &'static str,
    /// Content.
    pub bytes: Rc<[u8]>,
}

/// What is sent in one go.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// Where to.
    pub endpoint: String,
    /// Its parts, in order.
    pub parts: Vec<Part>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Seconds to wait, if the server said so.
    pub retry_after_s: Option<u32>,
    /// The body, as far as it is text of reasonable length.
    pub body: String,
}

/// Why nothing came back. What the server did meanwhile is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportError {
    /// The visitor cancelled.
    Cancelled,
    /// It took too long.
    TimedOut,
    /// Refused, reset, redirected or cut off: a browser does not tell which.
    NoAnswer,
    /// The device has no network; nothing was sent.
    Offline,
    /// The server can be reached, but its answers cannot be read, or the page may not send to it: the clinic's set-up is wrong.
    Blocked,
}

/// Follows how much of a payload is on its way, percent.
pub type OnProgress = Box<dyn Fn(u8)>;

/// The one way out of the device.
pub trait Transport {
    /// Sends a payload and waits for the answer.
    fn send(&self, payload: Payload, on_progress: OnProgress) -> LocalBoxFuture<Result<Response, TransportError>>;
}

/// A design kept on the device.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// When it was kept, milliseconds since 1970.
    pub kept_at_ms: f64,
    /// The design's file.
    pub design: String,
    /// The bytes of the photos that are files; `None` leaves those that are kept as they are.
    pub photos: Option<Vec<Rc<[u8]>>>,
}

/// A request that was sent and is not known to have arrived, as it is kept on the device: the same bytes go again.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRequest {
    /// When it was kept, milliseconds since 1970.
    pub kept_at_ms: f64,
    /// Where it was sent to.
    pub endpoint: String,
    /// The words of its review, as JSON: a list of pairs.
    pub lines: String,
    /// Names of its parts, in order.
    pub names: Vec<String>,
    /// The bytes of its parts, in the same order.
    pub parts: Vec<Rc<[u8]>>,
}

/// Why a draft could not be kept or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftError {
    /// There is no store: a private window, or a frame on another site.
    NoStore,
    /// The device is full.
    Full,
    /// Anything else.
    Failed,
}

/// Where a draft is kept on the device.
pub trait DraftStore {
    /// Keeps a draft in place of the one before.
    fn keep(&self, draft: Draft) -> LocalBoxFuture<Result<(), DraftError>>;
    /// The draft that is kept.
    fn load(&self) -> LocalBoxFuture<Result<Option<Draft>, DraftError>>;
    /// Keeps a request in place of the one before; `None` deletes that.
    fn keep_request(&self, request: Option<KeptRequest>) -> LocalBoxFuture<Result<(), DraftError>>;
    /// The request that is kept.
    fn load_request(&self) -> LocalBoxFuture<Result<Option<KeptRequest>, DraftError>>;
    /// Deletes everything that is kept.
    fn delete(&self) -> LocalBoxFuture<Result<(), DraftError>>;
}

/// What time it is.
pub trait Clock {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> f64;
}

/// A transport that answers from a list and remembers what it was given.
#[derive(Debug, Clone, Default)]
pub struct MemoryTransport {
    answers: Rc<RefCell<Vec<Result<Response, TransportError>>>>,
    sent: Rc<RefCell<Vec<Payload>>>,
}

impl MemoryTransport {
    /// One that gives these answers, then none.
    #[must_use]
    pub fn answering(answers: Vec<Result<Response, TransportError>>) -> Self {
        let answers = Rc::new(RefCell::new(answers.into_iter().rev().collect()));
        Self { answers, sent: Rc::default() }
    }

    /// What it was given.
    #[must_use]
    pub fn sent(&self) -> Vec<Payload> {
        self.sent.borrow().clone()
    }
}

impl Transport for MemoryTransport {
    fn send(&self, payload: Payload, on_progress: OnProgress) -> LocalBoxFuture<Result<Response, TransportError>> {
        self.sent.borrow_mut().push(payload);
        on_progress(100);
        let answer = self.answers.borrow_mut().pop().unwrap_or(Err(TransportError::NoAnswer));
        Box::pin(std::future::ready(answer))
    }
}

/// A store that forgets when the program ends.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Rc<RefCell<Option<Draft>>>, Rc<RefCell<Option<KeptRequest>>>);

impl DraftStore for MemoryStore {
    fn keep(&self, draft: Draft) -> LocalBoxFuture<Result<(), DraftError>> {
        let mut kept = self.0.borrow_mut();
        let before = kept.take().and_then(|draft| draft.photos);
        *kept = Some(Draft { photos: draft.photos.clone().or(before), ..draft });
        Box::pin(std::future::ready(Ok(())))
    }

    fn load(&self) -> LocalBoxFuture<Result<Option<Draft>, DraftError>> {
        Box::pin(std::future::ready(Ok(self.0.borrow().clone())))
    }

    fn keep_request(&self, request: Option<KeptRequest>) -> LocalBoxFuture<Result<(), DraftError>> {
        *self.1.borrow_mut() = request;
        Box::pin(std::future::ready(Ok(())))
    }

    fn load_request(&self) -> LocalBoxFuture<Result<Option<KeptRequest>, DraftError>> {
        Box::pin(std::future::ready(Ok(self.1.borrow().clone())))
    }

    fn delete(&self) -> LocalBoxFuture<Result<(), DraftError>> {
        *self.0.borrow_mut() = None;
        *self.1.borrow_mut() = None;
        Box::pin(std::future::ready(Ok(())))
    }
}

/// A clock that stands still.
#[derive(Debug, Clone, Copy, Default)]
pub struct FixedClock(pub f64);

impl Clock for FixedClock {
    fn now_ms(&self) -> f64 {
        self.0
    }
}
