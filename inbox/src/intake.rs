//! Forms of pictures and JSON on their way in: from bytes on the wire to parts.
//!
//! Parts are read as they come, no more than the limit is held in memory, and only so many forms at once.

use crate::answer::Refusal;
use crate::options::Limits;
use crate::parts::{Draft, FormKind};
use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{FromRequest as _, Multipart, Request, multipart::Field},
};
use http_body::Frame;
use http_body_util::BodyExt as _;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// How long a body may stand still.
const BODY_IDLE: Duration = Duration::from_secs(20);

/// How much of a body that is too large is read and thrown away, as a multiple of what is allowed.
const MAX_DRAIN: usize = 16;

/// How many bytes of a body are read at most where so many are allowed.
#[cfg(test)]
pub(crate) fn max_read(allowed: usize) -> usize {
    allowed.saturating_mul(MAX_DRAIN).saturating_add(allowed)
}

/// Takes forms in, whoever sends them: together they hold no more memory than the limits say.
#[derive(Debug)]
pub(crate) struct Intake {
    limits: Limits,
    places: Semaphore,
}

impl Intake {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, places: Semaphore::new(limits.bodies_at_once.min(Semaphore::MAX_PERMITS)) }
    }

    /// A place for a form, to be held as long as its bytes are. Whoever gets none [discards](Self::discard) the form.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when as many forms as are taken at once are on their way.
    pub(crate) fn place(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        self.places.try_acquire().map_err(|_| Refusal::Busy)
    }

    /// Reads the parts of a form.
    ///
    /// # Errors
    /// A [`Refusal`] when it is no form, breaks off, is too large or takes too long.
    pub(crate) async fn read(&self, request: Request, kind: &'static FormKind) -> Result<Draft, Refusal> {
        let (head, body) = request.into_parts();
        let mut body = Limited::new(body, self.limits.body_bytes);
        let request = Request::from_parts(head, Body::new(body.clone()));
        let (mut rest, mut unwanted) = (body.clone(), body.clone());
        let reading = async {
            let mut form = Multipart::from_request(request, &()).await.map_err(|_| Refusal::NotAForm)?;
            let mut draft = Draft::of(kind);
            while let Some(mut field) = next(form.next_field()).await? {
                let bytes = read_part(&mut field).await?;
                draft.add(field.name(), field.content_type(), bytes);
            }
            // The form's last line may come before the body's last bytes. A body that breaks off there is broken too.
            while next(async { rest.frame().await.transpose() }).await?.is_some() {}
            Ok(draft)
        };
        let whole = async {
            let read = reading.await;
            if matches!(read, Err(Refusal::NotAForm | Refusal::Broken)) {
                throw_away(&mut unwanted).await;
            }
            read
        };
        let deadline = Duration::from_secs(self.limits.body_seconds);
        let read = timeout(deadline, whole).await.unwrap_or(Err(Refusal::TooSlow));
        if body.with(|body| body.is_too_large) { Err(Refusal::TooLarge(self.limits.body_bytes)) } else { read }
    }

    /// Reads a body that is not wanted and throws it away, so that a browser or proxy that is still sending sees the
    /// answer.
    pub(crate) async fn discard(&self, request: Request) {
        let mut body = Limited::new(request.into_body(), self.limits.body_bytes);
        let deadline = Duration::from_secs(self.limits.body_seconds);
        let _read_or_too_slow = timeout(deadline, throw_away(&mut body)).await;
    }
}

/// Reads what is left of a body, to its end or to where it breaks off or stands still.
async fn throw_away(body: &mut Limited) {
    while let Ok(Some(_)) = next(async { body.frame().await.transpose() }).await {}
}

/// Waits for what comes next of a form, but not for ever.
async fn next<T, E>(coming: impl Future<Output = Result<T, E>>) -> Result<T, Refusal> {
    timeout(BODY_IDLE, coming).await.map_err(|_| Refusal::TooSlow)?.map_err(|_| Refusal::Broken)
}

async fn read_part(field: &mut Field<'_>) -> Result<Bytes, Refusal> {
    let mut part = Vec::new();
    while let Some(bytes) = next(field.chunk()).await? {
        part.extend_from_slice(&bytes);
    }
    Ok(part.into())
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
