//! What a program is answered: JSON that says what was kept, or why nothing was.

use crate::metrics::Counter;
use crate::parts::{Faults, Id};
use crate::store::{Kept, StoreError};
use axum::{
    http::{
        HeaderValue, StatusCode,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    response::{IntoResponse as _, Response},
};
use std::time::Duration;

/// When to come again while others send.
const RETRY_BUSY: Duration = Duration::from_secs(3);
/// When to come again while the disk is full or the database away: somebody has to see to it first.
const RETRY_STORE: Duration = Duration::from_secs(60);

/// Why a form, or what a program asked for, was refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nobody is logged in.
    NoSession,
    /// The role of the account does not allow it.
    Role,
    /// The token that it brings along is not the session's.
    Stale,
    /// What it is about is not there.
    NotFound,
    /// There are as many as may be.
    Many,
    /// A page of an origin that is not allowed sent it, or no page where one is wanted.
    Foreign,
    /// This address sends too much; it may come again after a while.
    TooMany(Duration),
    /// As many forms as are taken at once are on their way.
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
    /// The id is taken by other bytes.
    Differs,
    /// No space is left.
    Full,
    /// Files or database failed; the log says how.
    Store,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Differs => Self::Differs,
            StoreError::Full => Self::Full,
            StoreError::Gone => Self::NotFound,
            StoreError::Many => Self::Many,
            _ => Self::Store,
        }
    }
}

impl Refusal {
    /// As what a refused request is counted.
    pub(crate) fn counter(&self) -> Counter {
        match self {
            Self::Store | Self::Full => Counter::Failed,
            Self::TooMany(_) | Self::Busy => Counter::PutOff,
            _ => Counter::Refused,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NoSession => StatusCode::UNAUTHORIZED,
            Self::Foreign | Self::Role | Self::Stale => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Full | Self::Store => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Broken => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Invalid(_) | Self::Many => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Differs => StatusCode::CONFLICT,
        }
    }

    /// What is said of it; `sent` is what it is about, as "request".
    fn sentence(&self, sent: &str) -> String {
        match self {
            Self::NoSession => "Nobody is logged in here. Please log in again and go on.".to_owned(),
            Self::Role => "Your account may not do this. An owner can change what it may do.".to_owned(),
            Self::Stale => "You logged in anew since this was opened. Please open it again.".to_owned(),
            Self::NotFound => "There is nothing here. It may have been deleted.".to_owned(),
            Self::Many => format!("There are as many as may be, so this {sent} was not stored."),
            Self::Foreign => "Requests from this site are not accepted here.".to_owned(),
            Self::TooMany(_) => "Too many requests came from your address. Please try again later.".to_owned(),
            Self::Busy => "Many requests are arriving just now. Please try again in a moment.".to_owned(),
            Self::NotAForm => format!("A {sent} has to be sent as multipart/form-data."),
            Self::Broken => format!("The {sent} did not arrive whole. Please send it again."),
            Self::TooLarge(most) => {
                let megabytes = *most as f64 / f64::from(1024 * 1024);
                format!("The {sent} is larger than {megabytes} MB. Please send smaller pictures.")
            }
            Self::TooSlow => format!("The {sent} took too long to arrive. Please send it again."),
            Self::Invalid(_) => format!("The {sent} is not valid and was not stored."),
            Self::Differs => format!("Another {sent} with this id is already stored. Please send it with a new id."),
            Self::Full => format!("The {sent} was not stored, as no space is left here. Please try again later."),
            Self::Store => {
                "This did not work, as the database or the disk did not answer. Please try again later.".to_owned()
            }
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

    /// The answer; `sent` is what was sent, as "request".
    pub(crate) fn into_answer(self, sent: &str) -> Response {
        let (status, sentence, wait) = (self.status(), self.sentence(sent), self.retry_after());
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

/// The answer to a form that was kept, now or before; with the staff's page where its sender is told of it.
pub(crate) fn kept(id: &Id, kept: Kept, staff_page: Option<String>) -> Response {
    let status = if kept == Kept::First { StatusCode::CREATED } else { StatusCode::OK };
    let mut body = serde_json::json!({ "id": id.as_str(), "stored": true });
    if let Some(page) = staff_page {
        body["staff_page"] = page.into();
    }
    json(status, &body)
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], value.to_string()).into_response()
}
