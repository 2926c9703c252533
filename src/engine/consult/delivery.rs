//! What an answer means, and what follows. Nothing is called sent unless the answer repeats the request's id; nothing is
//! called unsent, because a browser cannot know.

use crate::engine::ports::{Response, TransportError};
use serde::Deserialize;

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Delivery {
    /// Nothing was sent.
    #[default]
    Idle,
    /// It is under way.
    Sending {
        /// Its id.
        id: String,
        /// How often it was tried, from 1.
        attempt: u32,
    },
    /// It is tried again by itself in a moment.
    Waiting {
        /// Its id.
        id: String,
        /// How often it was tried.
        attempt: u32,
        /// Milliseconds until the next try.
        wait_ms: u32,
    },
    /// No answer could be trusted; everything is kept and can be tried again with the same id.
    Unconfirmed {
        /// Its id.
        id: String,
        /// Whether the visitor cancelled.
        cancelled: bool,
    },
    /// The server does not take it as it is.
    Refused {
        /// Its id.
        id: String,
        /// Why.
        outcome: Outcome,
    },
    /// The server has it.
    Confirmed {
        /// Its id.
        id: String,
    },
}

/// What an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server has the request.
    Confirmed,
    /// The server cannot use a field.
    BadFields,
    /// The clinic's set-up is wrong.
    Misconfigured,
    /// The payload is too large.
    TooLarge,
    /// Another request has this id: it must be sent under a new one.
    IdTaken,
    /// The server asks to wait; seconds if it said so.
    Busy(Option<u32>),
    /// The server failed, or answered something else.
    Unclear,
}

/// Waiting times before the second, third and last try.
pub const RETRY_AFTER_MS: [u32; 3] = [1_000, 3_000, 8_000];
/// The longest that a server may make the visitor wait.
const LONGEST_WAIT_MS: u32 = 60_000;

/// What an answer to the request of that id says.
#[must_use]
pub fn outcome(answer: &Response, id: &str) -> Outcome {
    match answer.status {
        200..=299 if receipt(&answer.body).is_some_and(|receipt| receipt.id == id) => Outcome::Confirmed,
        400 | 422 => Outcome::BadFields,
        401 | 403 | 404 | 405 | 410 | 415 => Outcome::Misconfigured,
        409 => Outcome::IdTaken,
        413 => Outcome::TooLarge,
        429 | 503 => Outcome::Busy(answer.retry_after_s),
        _ => Outcome::Unclear,
    }
}

/// What a server answers when it has a request; it may say more.
#[derive(Deserialize)]
struct Receipt {
    id: String,
}

fn receipt(body: &str) -> Option<Receipt> {
    // serde would also fill a struct from a list.
    let is_object = body.trim_start().starts_with('{');
    is_object.then(|| serde_json::from_str(body).ok()).flatten()
}

impl Delivery {
    /// The id of the request that is under way or unconfirmed: it must be used again, so that the clinic gets one request.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Idle => None,
            Self::Sending { id, .. }
            | Self::Waiting { id, .. }
            | Self::Unconfirmed { id, .. }
            | Self::Refused { id, .. }
            | Self::Confirmed { id } => Some(id),
        }
    }

    /// Whether something is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Sending { .. } | Self::Waiting { .. })
    }

    /// What follows when an attempt ended.
    #[must_use]
    pub fn after(id: String, attempt: u32, answered: &Result<Response, TransportError>) -> Self {
        match answered {
            Err(TransportError::Cancelled) => Self::Unconfirmed { id, cancelled: true },
            Err(TransportError::TimedOut | TransportError::NoAnswer) => Self::again(id, attempt, None),
            Ok(answer) => match outcome(answer, &id) {
                Outcome::Confirmed => Self::Confirmed { id },
                Outcome::Unclear => Self::again(id, attempt, None),
                Outcome::Busy(seconds) => Self::again(id, attempt, seconds),
                outcome => Self::Refused { id, outcome },
            },
        }
    }

    fn again(id: String, attempt: u32, seconds: Option<u32>) -> Self {
        let usual = (attempt as usize).checked_sub(1).and_then(|index| RETRY_AFTER_MS.get(index));
        match (usual, seconds) {
            (None, _) => Self::Unconfirmed { id, cancelled: false },
            (Some(usual), told) => {
                let told = told.map_or(0, |seconds| seconds.saturating_mul(1_000));
                Self::Waiting { id, attempt, wait_ms: (*usual).max(told).min(LONGEST_WAIT_MS) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response { status, retry_after_s: None, body: body.into() }
    }

    #[test]
    fn only_an_answer_that_repeats_the_id_confirms() {
        assert_eq!(outcome(&answer(201, r#"{"id":"a1","stored":true}"#), "a1"), Outcome::Confirmed);
        let id = r#"{"id":"a1"}"#;
        for (status, body) in [
            (200, ""),
            (204, ""),
            (200, "<html>"),
            (200, r#"{"id":"other"}"#),
            (200, r#"{"id":["a1"]}"#),
            (200, r#"["a1"]"#),
            (200, r#"{"id":"other","id":"a1"}"#),
            (200, r#"{"id":"a1"} {}"#),
            (302, id),
            (500, id),
        ] {
            assert_eq!(outcome(&answer(status, body), "a1"), Outcome::Unclear, "{status} {body}");
        }
    }

    #[test]
    fn refusals_are_told_apart() {
        for (status, expected) in [
            (400, Outcome::BadFields),
            (403, Outcome::Misconfigured),
            (404, Outcome::Misconfigured),
            (409, Outcome::IdTaken),
            (413, Outcome::TooLarge),
            (429, Outcome::Busy(None)),
        ] {
            assert_eq!(outcome(&answer(status, ""), "a"), expected, "{status}");
        }
    }

    #[test]
    fn silence_is_retried_thrice_with_the_same_id_then_left_unconfirmed() {
        let mut attempt = 1;
        let mut waits = Vec::new();
        loop {
            match Delivery::after("a1".into(), attempt, &Err(TransportError::NoAnswer)) {
                Delivery::Waiting { id, wait_ms, .. } => {
                    assert_eq!(id, "a1");
                    waits.push(wait_ms);
                    attempt += 1;
                }
                end => {
                    assert_eq!(end, Delivery::Unconfirmed { id: "a1".into(), cancelled: false });
                    break;
                }
            }
        }
        assert_eq!(waits, RETRY_AFTER_MS);
    }

    #[test]
    fn a_server_may_ask_to_wait_but_not_for_ever() {
        let busy = |seconds| Ok(Response { status: 503, retry_after_s: Some(seconds), body: String::new() });
        let wait = |seconds| match Delivery::after("a".into(), 1, &busy(seconds)) {
            Delivery::Waiting { wait_ms, .. } => wait_ms,
            other => panic!("{other:?}"),
        };
        assert_eq!((wait(0), wait(5), wait(u32::MAX)), (1_000, 5_000, 60_000));
    }

    #[test]
    fn cancelling_is_not_called_unsent() {
        let state = Delivery::after("a".into(), 1, &Err(TransportError::Cancelled));
        assert_eq!(state, Delivery::Unconfirmed { id: "a".into(), cancelled: true });
    }
}
