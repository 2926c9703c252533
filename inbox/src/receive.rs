//! `POST /requests`: from bytes on the wire to an answer.
//!
//! Parts are read as they come, no more than the limit is held in memory, and nothing reaches the store before the
//! whole body is in and every part is valid.

use crate::address::Client;
use crate::metrics::{Counter, Metrics};
use crate::options::{Limits, Options};
use crate::origin::Origin;
use crate::rate::RateLimit;
use crate::store::{Kept, Store, StoreError};
use crate::submission::{Draft, Faults, Submission};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request, multipart::Field},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{CONTENT_TYPE, HOST, ORIGIN, RETRY_AFTER},
    },
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, post},
};
use http_body::Frame;
use http_body_util::BodyExt as _;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};
use thiserror::Error;
use tokio::{sync::Semaphore, time::timeout};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Where requests are sent to.
pub(crate) const PATH: &str = "/requests";

/// How long a body may stand still.
const BODY_IDLE: Duration = Duration::from_secs(20);

/// How long a browser may remember that another origin may send; short, so that a change of the configuration counts soon.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// When to come again while others send.
const RETRY_BUSY: Duration = Duration::from_secs(3);
/// When to come again while the disk is full or the database away: somebody has to see to it first.
const RETRY_STORE: Duration = Duration::from_secs(60);

/// How much of a body that is too large is read and thrown away, as a multiple of what is allowed.
const MAX_DRAIN: usize = 16;

/// Receives requests into a store.
#[derive(Debug)]
pub(crate) struct Receiver {
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    limits: Limits,
    rate: RateLimit,
    bodies: Semaphore,
    accepts_without_origin: bool,
    allow_origins: Vec<Origin>,
}

/// Why a request was refused.
#[derive(Debug)]
enum ReceiveError {
    /// A page of an origin that is not allowed sent it, or no page where one is wanted.
    Foreign,
    /// This address sends too much; it may come again after a while.
    TooMany(Duration),
    /// As many requests as are taken at once are on their way.
    Busy,
    /// The body is not multipart/form-data.
    NotAForm,
    /// The body breaks off or is not what multipart/form-data has to be.
    Broken,
    /// The body has more bytes than this.
    TooLarge(usize),
    /// The body took too long.
    TooSlow,
    /// Parts or fields are wrong.
    Invalid(Faults),
    /// The id is taken by a request with other bytes.
    Differs,
    /// No space is left.
    Full,
    /// Files or database failed; the log says how.
    Store,
}

impl Receiver {
    pub(crate) fn new(store: Arc<Store>, metrics: Arc<Metrics>, options: &Options, allow_origins: Vec<Origin>) -> Self {
        Self {
            store,
            metrics,
            limits: options.limits,
            rate: RateLimit::new(options.limits.requests_per_minute),
            bodies: Semaphore::new(options.limits.bodies_at_once.min(Semaphore::MAX_PERMITS)),
            accepts_without_origin: options.accept_without_origin,
            allow_origins,
        }
    }

    /// The route, with the answers that browsers want before and beside a request from another origin.
    ///
    /// # Errors
    /// When an allowed origin cannot stand in a header.
    pub(crate) fn into_route(self) -> Result<MethodRouter, axum::http::header::InvalidHeaderValue> {
        let allowed: Vec<HeaderValue> =
            self.allow_origins.iter().map(|origin| HeaderValue::from_str(origin.as_str())).collect::<Result<_, _>>()?;
        let cross_origin = CorsLayer::new()
            .allow_origin(AllowOrigin::list(allowed))
            .allow_methods([Method::POST])
            .allow_headers([CONTENT_TYPE])
            .expose_headers([RETRY_AFTER])
            .max_age(PREFLIGHT_MAX_AGE);
        let receiver = Arc::new(self);
        let receive = move |client, request| receive(Arc::clone(&receiver), client, request);
        // The body is measured here, with a limit and an answer of our own.
        let route: MethodRouter = post(receive).layer(DefaultBodyLimit::disable());
        Ok(route.layer(cross_origin))
    }

    /// Whether a request comes from our own page or from an allowed one, or from no page where that is allowed. A
    /// browser sends a form from any page without asking first, so keeping the answer from that page would not keep
    /// its request out.
    fn is_welcome(&self, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let Some(origin) = text(ORIGIN) else { return self.accepts_without_origin };
        let host = origin.split_once("://").map(|(_, host)| host);
        (host.is_some() && host == text(HOST)) || self.allow_origins.iter().any(|allowed| allowed.as_str() == origin)
    }

    /// Reads the parts of a form.
    async fn read_form(&self, request: Request) -> Result<Draft, ReceiveError> {
        let (head, body) = request.into_parts();
        let mut body = Limited::new(body, self.limits.body_bytes);
        let request = Request::from_parts(head, Body::new(body.clone()));
        let mut rest = body.clone();
        let reading = async {
            let mut form = Multipart::from_request(request, &()).await.map_err(|_| ReceiveError::NotAForm)?;
            let mut draft = Draft::default();
            while let Some(mut field) = next(form.next_field()).await? {
                let bytes = read_part(&mut field).await?;
                draft.add(field.name(), field.content_type(), bytes);
            }
            // The form's last line may come before the body's last bytes. A body that breaks off there is broken too.
            while next(async { rest.frame().await.transpose() }).await?.is_some() {}
            Ok(draft)
        };
        let deadline = Duration::from_secs(self.limits.body_seconds);
        let read = timeout(deadline, reading).await.unwrap_or(Err(ReceiveError::TooSlow));
        if body.with(|body| body.is_too_large) { Err(ReceiveError::TooLarge(self.limits.body_bytes)) } else { read }
    }
}

/// Waits for what comes next of a form, but not for ever.
async fn next<T, E>(coming: impl Future<Output = Result<T, E>>) -> Result<T, ReceiveError> {
    timeout(BODY_IDLE, coming).await.map_err(|_| ReceiveError::TooSlow)?.map_err(|_| ReceiveError::Broken)
}

async fn read_part(field: &mut Field<'_>) -> Result<Bytes, ReceiveError> {
    let mut part = Vec::new();
    while let Some(bytes) = next(field.chunk()).await? {
        part.extend_from_slice(&bytes);
    }
    Ok(part.into())
}

async fn receive(receiver: Arc<Receiver>, client: Client, request: Request) -> Response {
    match take(&receiver, client, request).await {
        Ok((submission, kept)) => {
            let status = if kept == Kept::First { StatusCode::CREATED } else { StatusCode::OK };
            json(status, &serde_json::json!({ "id": submission.id().as_str(), "stored": true }))
        }
        Err(error) => {
            receiver.metrics.count(error.counter());
            error.into_answer()
        }
    }
}

async fn take(
    receiver: &Arc<Receiver>,
    Client(address): Client,
    request: Request,
) -> Result<(Submission, Kept), ReceiveError> {
    if !receiver.is_welcome(request.headers()) {
        return Err(ReceiveError::Foreign);
    }
    receiver.rate.take(address, Instant::now()).map_err(ReceiveError::TooMany)?;
    let _place = receiver.bodies.try_acquire().map_err(|_| ReceiveError::Busy)?;
    let submission = receiver.read_form(request).await?.finish().map_err(ReceiveError::Invalid)?;
    let receiver = Arc::clone(receiver);
    // A task of its own: a client that goes away now does not leave the work half done.
    let storing = tokio::spawn(async move {
        let kept = receiver.store.keep(&submission).await;
        receiver.note(&submission, kept.as_ref());
        kept.map(|kept| (submission, kept))
    });
    match storing.await {
        Ok(kept) => kept.map_err(ReceiveError::from),
        Err(_stopped) => Err(ReceiveError::Store),
    }
}

impl Receiver {
    /// Counts a request and tells the log of it: its id and sizes, nothing that a visitor wrote.
    fn note(&self, submission: &Submission, kept: Result<&Kept, &StoreError>) {
        let said = match kept {
            Ok(Kept::First) => {
                self.metrics.count(Counter::Stored);
                "stored"
            }
            Ok(Kept::Repeat) => {
                self.metrics.count(Counter::Repeated);
                "already stored"
            }
            Err(StoreError::Differs) => "refused, the id is taken:",
            Err(error) => return tracing::error!("could not store {submission}: {error}"),
        };
        tracing::info!("{said} {submission}");
    }
}

impl From<StoreError> for ReceiveError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Differs => Self::Differs,
            StoreError::Full => Self::Full,
            _ => Self::Store,
        }
    }
}

impl ReceiveError {
    fn counter(&self) -> Counter {
        match self {
            Self::Store | Self::Full => Counter::Failed,
            Self::TooMany(_) | Self::Busy => Counter::PutOff,
            _ => Counter::Refused,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Full | Self::Store => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Differs => StatusCode::CONFLICT,
        }
    }

    fn sentence(&self) -> String {
        match self {
            Self::Foreign => "Requests from this site are not accepted here.".to_owned(),
            Self::TooMany(_) => "Too many requests came from your address. Please try again later.".to_owned(),
            Self::Busy => "Many requests are arriving just now. Please try again in a moment.".to_owned(),
            Self::NotAForm => "A request has to be sent as multipart/form-data.".to_owned(),
            Self::Broken => "The request did not arrive whole. Please send it again.".to_owned(),
            Self::TooLarge(most) => {
                let megabytes = *most as f64 / f64::from(1024 * 1024);
                format!("The request is larger than {megabytes} MB. Please send smaller pictures.")
            }
            Self::TooSlow => "The request took too long to arrive. Please send it again.".to_owned(),
            Self::Invalid(_) => "The request is not valid and was not stored.".to_owned(),
            Self::Differs => "Another request with this id is already stored. Please send it with a new id.".to_owned(),
            Self::Full => "The request was not stored, as no space is left here. Please try again later.".to_owned(),
            Self::Store => "The request could not be stored. Please try again later.".to_owned(),
        }
    }

    /// When the client should come again.
    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooMany(wait) => Some(*wait),
            Self::Busy => Some(RETRY_BUSY),
            Self::Full | Self::Store => Some(RETRY_STORE),
            _ => None,
        }
    }

    fn into_answer(self) -> Response {
        let (status, sentence, wait) = (self.status(), self.sentence(), self.retry_after());
        let errors = if let Self::Invalid(faults) = self { faults } else { Faults::new() };
        let mut answer = json(status, &serde_json::json!({ "error": sentence, "errors": errors }));
        if let Some(wait) = wait {
            answer.headers_mut().insert(RETRY_AFTER, whole_seconds(wait).into());
        }
        answer
    }
}

/// Whole seconds, rounded up: who comes a moment too early has to wait again.
pub(crate) fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], value.to_string()).into_response()
}

/// A body that ends in an error where it has too many bytes. What is too large is read and thrown away first: a
/// browser that is still sending when the connection closes never sees the answer, and the visitor would be told that
/// the network failed instead of that the pictures are too large.
///
/// It is shared between who reads the form and who looks how the body ended; only one of them reads at a time.
#[derive(Clone)]
struct Limited(Arc<Mutex<LimitedBody>>);

struct LimitedBody {
    body: Body,
    left: usize,
    /// How much more may be thrown away.
    drain: usize,
    is_too_large: bool,
}

/// A body has too many bytes.
#[derive(Debug, Error)]
#[error("the body has too many bytes")]
struct TooLargeError;

impl Limited {
    fn new(body: Body, most: usize) -> Self {
        let drain = most.saturating_mul(MAX_DRAIN);
        Self(Arc::new(Mutex::new(LimitedBody { body, left: most, drain, is_too_large: false })))
    }

    fn with<T>(&mut self, look: impl FnOnce(&mut LimitedBody) -> T) -> T {
        // Where a thread stopped in here the connection is lost anyway.
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl LimitedBody {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            let length = match &frame {
                Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len),
                _ if self.is_too_large => return Poll::Ready(Some(Err(Box::new(TooLargeError)))),
                Some(Err(_)) | None => return Poll::Ready(frame.map(|frame| frame.map_err(Into::into))),
            };
            if !self.is_too_large && length <= self.left {
                self.left -= length;
                return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
            }
            self.is_too_large = true;
            if length > self.drain {
                return Poll::Ready(Some(Err(Box::new(TooLargeError))));
            }
            self.drain -= length;
        }
    }
}

impl HttpBody for Limited {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        self.with(|body| body.poll(context))
    }
}
