//! `POST /requests`: from bytes on the wire to an answer.
//!
//! Nothing reaches the store before the whole body is in and every part is valid.

use crate::origin::Origin;
use crate::store::{Kept, Store, StoreError};
use crate::submission::{Draft, Faults, Submission};
use axum::{
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{CONTENT_TYPE, HOST, ORIGIN},
    },
    response::{IntoResponse as _, Response},
    routing::{MethodRouter, post},
};
use http_body_util::BodyExt as _;
use std::{
    io::{self, Write as _},
    sync::Arc,
    time::Duration,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Where requests are sent to.
pub(crate) const PATH: &str = "/requests";

/// The largest body: the program aims at 2 MB, so this leaves room and still fits a phone's upload.
pub(crate) const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// How long a body may take: 4 MB at 50 kB/s, a slow phone connection, need 84 s.
const BODY_DEADLINE: Duration = Duration::from_secs(120);

/// How long a browser may remember that another origin may send; short, because it is for trying.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// Receives requests into a store.
#[derive(Debug)]
pub(crate) struct Receiver {
    store: Store,
    allow_origins: Vec<Origin>,
}

/// Why a request was refused.
#[derive(Debug)]
enum CommandError {
    /// A page of an origin that is not allowed sent it.
    Foreign,
    /// The body is not multipart/form-data.
    NotAForm,
    /// The body breaks off or is not what multipart/form-data has to be.
    Broken,
    /// The body is larger than [`MAX_BODY_BYTES`].
    TooLarge,
    /// The body took longer than [`BODY_DEADLINE`].
    TooSlow,
    /// Parts or fields are wrong.
    Invalid(Faults),
    /// The id is taken by a request with other bytes.
    Differs,
    /// The disk failed; the log says how.
    Disk,
}

impl Receiver {
    pub(crate) fn new(store: Store, allow_origins: Vec<Origin>) -> Self {
        Self { store, allow_origins }
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
            .max_age(PREFLIGHT_MAX_AGE);
        let receiver = Arc::new(self);
        let receive = move |request| receive(Arc::clone(&receiver), request);
        // The body is measured here, with a limit and an answer of our own.
        let route: MethodRouter = post(receive).layer(DefaultBodyLimit::disable());
        Ok(route.layer(cross_origin))
    }

    /// Whether a request comes from no page at all, from our own page or from an allowed one. A browser sends a form
    /// from any page without asking first, so keeping the answer from that page would not keep its request out.
    fn is_welcome(&self, headers: &HeaderMap) -> bool {
        let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let Some(origin) = text(ORIGIN) else { return true };
        let host = origin.split_once("://").map(|(_, host)| host);
        (host.is_some() && host == text(HOST)) || self.allow_origins.iter().any(|allowed| allowed.as_str() == origin)
    }
}

async fn receive(receiver: Arc<Receiver>, request: Request) -> Response {
    match take(receiver, request).await {
        Ok((submission, kept)) => {
            let status = if kept == Kept::First { StatusCode::CREATED } else { StatusCode::OK };
            json(status, &serde_json::json!({ "id": submission.id().as_str(), "stored": true }))
        }
        Err(command_error) => command_error.into_answer(),
    }
}

async fn take(receiver: Arc<Receiver>, request: Request) -> Result<(Submission, Kept), CommandError> {
    if !receiver.is_welcome(request.headers()) {
        return Err(CommandError::Foreign);
    }
    let submission = read_form(request).await?.finish().map_err(CommandError::Invalid)?;
    let storing = tokio::task::spawn_blocking(move || {
        let kept = receiver.store.keep(&submission);
        log(&submission, kept.as_ref());
        kept.map(|kept| (submission, kept))
    });
    match storing.await {
        Ok(kept) => kept.map_err(CommandError::from),
        Err(_stopped) => Err(CommandError::Disk),
    }
}

/// Reads the whole body, then its parts.
async fn read_form(request: Request) -> Result<Draft, CommandError> {
    let (head, body) = request.into_parts();
    let bytes = tokio::time::timeout(BODY_DEADLINE, read_body(body)).await.map_err(|_| CommandError::TooSlow)??;
    let request = Request::from_parts(head, Body::from(bytes));
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| CommandError::NotAForm)?;
    let mut draft = Draft::default();
    while let Some(field) = form.next_field().await.map_err(|_| CommandError::Broken)? {
        let name = field.name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| CommandError::Broken)?;
        draft.add(name.as_deref(), content_type.as_deref(), bytes);
    }
    Ok(draft)
}

/// Reads a body to its end and keeps no more than [`MAX_BODY_BYTES`] of it. What is too large is read and thrown
/// away: a browser that is still sending when the connection closes never sees the answer, and the visitor would be
/// told that the network failed instead of that the pictures are too large.
async fn read_body(mut body: Body) -> Result<Bytes, CommandError> {
    let mut kept = Vec::new();
    let mut is_too_large = false;
    while let Some(frame) = body.frame().await {
        let Ok(bytes) = frame.map_err(|_| CommandError::Broken)?.into_data() else { continue };
        is_too_large |= bytes.len() > MAX_BODY_BYTES.saturating_sub(kept.len());
        if !is_too_large {
            kept.extend_from_slice(&bytes);
        }
    }
    if is_too_large { Err(CommandError::TooLarge) } else { Ok(kept.into()) }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Differs => Self::Differs,
            StoreError::Disk(_) => Self::Disk,
        }
    }
}

impl CommandError {
    fn into_answer(self) -> Response {
        let (status, error) = match &self {
            Self::Foreign => (StatusCode::FORBIDDEN, "Requests from this site are not accepted here."),
            Self::NotAForm => (StatusCode::BAD_REQUEST, "A request has to be sent as multipart/form-data."),
            Self::Broken => (StatusCode::BAD_REQUEST, "The request did not arrive whole. Please send it again."),
            Self::TooLarge => {
                (StatusCode::PAYLOAD_TOO_LARGE, "The request is larger than 4 MB. Please send smaller pictures.")
            }
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive. Please send it again.")
            }
            Self::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "The request is not valid and was not stored."),
            Self::Differs => {
                (StatusCode::CONFLICT, "Another request with this id is already stored. Please send it with a new id.")
            }
            Self::Disk => {
                (StatusCode::INTERNAL_SERVER_ERROR, "The request could not be stored. Please try again later.")
            }
        };
        let fields = if let Self::Invalid(faults) = self { faults } else { Faults::new() };
        json(status, &serde_json::json!({ "error": error, "fields": fields }))
    }
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], value.to_string()).into_response()
}

/// Tells whoever started the server that a request came: its id and sizes, nothing that a visitor wrote.
fn log(submission: &Submission, kept: Result<&Kept, &StoreError>) {
    let mut out = io::stderr().lock();
    // When standard error is closed there is nowhere to say so.
    let _unsaid = match kept {
        Ok(Kept::First) => writeln!(out, "stored {submission}"),
        Ok(Kept::Repeat) => writeln!(out, "already stored {submission}"),
        Err(StoreError::Differs) => writeln!(out, "refused, the id is taken: {submission}"),
        Err(StoreError::Disk(error)) => writeln!(out, "could not store {submission}: {error}"),
    };
}
