//! Where a request stands, as a table: what happens in each state, and what follows.
//!
//! Nothing is called sent unless the answer repeats the request's id; nothing is called unsent once it may have left the
//! device, because a browser cannot know.
//!
//! | state | event | what follows |
//! | --- | --- | --- |
//! | any that is not busy | the visitor sends | Sending, first try |
//! | any that is not busy | the visitor sends faster than a person can fill in the form | Held |
//! | Held | the moment is over | Sending, first try |
//! | Held | cancelled | Idle: nothing has left the device |
//! | Sending | more of it is on its way | Sending, with the greater share |
//! | Sending | an answer with its id | Confirmed |
//! | Sending | 400, 422; 401, 403, 404, 405, 410, 415, or blocked by a browser's rule; 409 | Refused |
//! | Sending | 413 | Shrinking once, then Refused |
//! | Sending | 429, 503, another answer, none, or no progress for too long | Waiting thrice, then Unconfirmed |
//! | Sending | the device has no network | Offline |
//! | Waiting | the time is over | Sending, next try |
//! | Shrinking | smaller pictures are there | Sending, next try |
//! | Shrinking | there are none | Refused |
//! | Sending, Waiting, Shrinking | cancelled | Unconfirmed |
//! | Offline | the network is back | Offline: only the visitor sends |
//!
//! Every other event leaves the state as it is.

use super::{FormField, RequestLink};
use crate::engine::ports::{Response, TransportError};
use serde::Deserialize;
use serde_json::Value;

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Delivery {
    /// Nothing was sent.
    #[default]
    Idle,
    /// It goes in a moment: the form was filled in faster than a person can.
    Held {
        /// Its id.
        id: String,
    },
    /// It is under way.
    Sending {
        /// Its id.
        id: String,
        /// How often it was tried, from 1.
        attempt: u32,
        /// How much of it is on its way, percent.
        percent: u8,
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
    /// The server finds it too large: its pictures are made smaller, then it goes again.
    Shrinking {
        /// Its id.
        id: String,
        /// How often it was tried.
        attempt: u32,
    },
    /// The device has no network. It waits for the visitor.
    Offline {
        /// Its id.
        id: String,
        /// Whether the network is back.
        is_back: bool,
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
        /// The staff's page of it, where the receiver names it: one that is tried out on this very machine does.
        staff_page: Option<String>,
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

/// What can happen to a request.
#[derive(Debug, Clone, Copy)]
pub enum DeliveryEvent<'a> {
    /// The visitor sends the request of that id.
    Sent(&'a str),
    /// The same, faster than a person can fill in the form.
    SentEarly(&'a str),
    /// So many percent of it are on their way.
    Progressed(u8),
    /// A try ended.
    Ended {
        /// The number of the try.
        attempt: u32,
        /// With what.
        answered: &'a Result<Response, TransportError>,
        /// Whether its pictures were made smaller before.
        is_shrunk: bool,
    },
    /// The time to wait is over.
    Elapsed,
    /// Its pictures were made smaller, or that failed.
    Shrunk(bool),
    /// The device has a network again.
    CameOnline,
    /// The visitor waits no longer.
    Cancelled,
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
    #[serde(default)]
    staff_page: Option<String>,
}

fn receipt(body: &str) -> Option<Receipt> {
    // serde would also fill a struct from a list.
    let is_object = body.trim_start().starts_with('{');
    is_object.then(|| serde_json::from_str(body).ok()).flatten()
}

/// The staff's page of the request of that id, where an answer names it. No other address is believed.
fn staff_page(answer: &Response, id: &str) -> Option<String> {
    let named = receipt(&answer.body)?.staff_page?;
    RequestLink::new(id, None).map(|link| link.page()).filter(|page| *page == named)
}

/// Characters of what a server says of a field that are shown.
const FIELD_ANSWER_CHARS: usize = 300;

/// What a server said of fields that the form has: a sentence for each, in the order of the form.
#[must_use]
pub fn field_answers(answer: &Response) -> Vec<(FormField, String)> {
    if !matches!(answer.status, 400 | 422) {
        return Vec::new();
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let Some(said) = body.get("errors").and_then(Value::as_object) else { return Vec::new() };
    let sentence = |said: &Value| said.as_str().map(|said| said.chars().take(FIELD_ANSWER_CHARS).collect());
    let known = |(key, said): (&String, &Value)| Some((FormField::of_key(key)?, sentence(said)?));
    let mut known: Vec<(FormField, String)> = said.iter().filter_map(known).collect();
    known.sort_by_key(|(field, _)| *field);
    known
}

impl Delivery {
    /// The id of the request that is under way or unconfirmed: it must be used again, so that the clinic gets one request.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Idle => None,
            Self::Held { id }
            | Self::Sending { id, .. }
            | Self::Waiting { id, .. }
            | Self::Shrinking { id, .. }
            | Self::Offline { id, .. }
            | Self::Unconfirmed { id, .. }
            | Self::Refused { id, .. }
            | Self::Confirmed { id, .. } => Some(id),
        }
    }

    /// Whether something is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Held { .. } | Self::Sending { .. } | Self::Waiting { .. } | Self::Shrinking { .. })
    }

    /// Why it did not come to an end that can be trusted, as the clinic's page is told; nothing while it is under way.
    #[must_use]
    pub fn failure(&self) -> Option<&'static str> {
        match self {
            Self::Offline { .. } => Some("offline"),
            Self::Unconfirmed { cancelled: true, .. } => Some("cancelled"),
            Self::Unconfirmed { .. } => Some("unconfirmed"),
            Self::Refused { outcome: Outcome::Misconfigured, .. } => Some("setup"),
            Self::Refused { outcome: Outcome::TooLarge, .. } => Some("too-large"),
            Self::Refused { .. } => Some("refused"),
            Self::Idle | Self::Confirmed { .. } => None,
            Self::Held { .. } | Self::Sending { .. } | Self::Waiting { .. } | Self::Shrinking { .. } => None,
        }
    }

    /// What follows from an event: the table above.
    #[must_use]
    pub fn after(&self, event: DeliveryEvent) -> Self {
        match (self, event) {
            (now, DeliveryEvent::Sent(id)) if !now.is_busy() => Self::sending(id, 1),
            (now, DeliveryEvent::SentEarly(id)) if !now.is_busy() => Self::Held { id: id.to_owned() },
            (Self::Held { id }, DeliveryEvent::Elapsed) => Self::sending(id, 1),
            (Self::Held { .. }, DeliveryEvent::Cancelled) => Self::Idle,
            (Self::Sending { id, attempt, percent }, DeliveryEvent::Progressed(more)) => {
                Self::Sending { id: id.clone(), attempt: *attempt, percent: more.min(100).max(*percent) }
            }
            (Self::Sending { id, attempt, .. }, DeliveryEvent::Ended { attempt: of, answered, is_shrunk })
                if *attempt == of =>
            {
                Self::after_try(id, of, answered, is_shrunk)
            }
            (Self::Waiting { id, attempt, .. }, DeliveryEvent::Elapsed)
            | (Self::Shrinking { id, attempt }, DeliveryEvent::Shrunk(true)) => Self::sending(id, attempt + 1),
            (Self::Shrinking { id, .. }, DeliveryEvent::Shrunk(false)) => {
                Self::Refused { id: id.clone(), outcome: Outcome::TooLarge }
            }
            (
                Self::Sending { id, .. } | Self::Waiting { id, .. } | Self::Shrinking { id, .. },
                DeliveryEvent::Cancelled,
            ) => Self::Unconfirmed { id: id.clone(), cancelled: true },
            (Self::Offline { id, .. }, DeliveryEvent::CameOnline) => Self::Offline { id: id.clone(), is_back: true },
            (now, _) => now.clone(),
        }
    }

    fn sending(id: &str, attempt: u32) -> Self {
        Self::Sending { id: id.to_owned(), attempt, percent: 0 }
    }

    /// What follows when a try ended.
    fn after_try(id: &str, attempt: u32, answered: &Result<Response, TransportError>, is_shrunk: bool) -> Self {
        let own = || id.to_owned();
        match answered {
            Err(TransportError::Cancelled) => Self::Unconfirmed { id: own(), cancelled: true },
            Err(TransportError::Offline) => Self::Offline { id: own(), is_back: false },
            Err(TransportError::Blocked) => Self::Refused { id: own(), outcome: Outcome::Misconfigured },
            Err(TransportError::TimedOut | TransportError::NoAnswer) => Self::again(id, attempt, None),
            Ok(answer) => match outcome(answer, id) {
                Outcome::Confirmed => Self::Confirmed { id: own(), staff_page: staff_page(answer, id) },
                Outcome::Unclear => Self::again(id, attempt, None),
                Outcome::Busy(seconds) => Self::again(id, attempt, seconds),
                Outcome::TooLarge if !is_shrunk => Self::Shrinking { id: own(), attempt },
                outcome => Self::Refused { id: own(), outcome },
            },
        }
    }

    fn again(id: &str, attempt: u32, seconds: Option<u32>) -> Self {
        let id = id.to_owned();
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

/// Whether the request may have arrived although this try ended like that.
#[must_use]
pub fn may_have_arrived(answered: &Result<Response, TransportError>, id: &str) -> bool {
    match answered {
        Err(TransportError::Offline) => false,
        Err(_) => true,
        Ok(answer) => {
            !matches!(outcome(answer, id), Outcome::BadFields | Outcome::TooLarge | Outcome::IdTaken)
                && !matches!(answer.status, 401 | 403 | 404 | 405 | 410 | 415)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response { status, retry_after_s: None, body: body.into() }
    }

    fn own(id: &str) -> String {
        id.to_owned()
    }

    const ID: &str = "a1";
    const CONFIRMS: &str = r#"{"id":"a1"}"#;

    fn sending(attempt: u32, percent: u8) -> Delivery {
        Delivery::Sending { id: own(ID), attempt, percent }
    }

    fn waiting(attempt: u32, wait_ms: u32) -> Delivery {
        Delivery::Waiting { id: own(ID), attempt, wait_ms }
    }

    fn shrinking(attempt: u32) -> Delivery {
        Delivery::Shrinking { id: own(ID), attempt }
    }

    fn held() -> Delivery {
        Delivery::Held { id: own(ID) }
    }

    fn offline(is_back: bool) -> Delivery {
        Delivery::Offline { id: own(ID), is_back }
    }

    fn unconfirmed(cancelled: bool) -> Delivery {
        Delivery::Unconfirmed { id: own(ID), cancelled }
    }

    fn refused(outcome: Outcome) -> Delivery {
        Delivery::Refused { id: own(ID), outcome }
    }

    fn confirmed() -> Delivery {
        Delivery::Confirmed { id: own(ID), staff_page: None }
    }

    /// One of each state.
    fn states() -> Vec<Delivery> {
        vec![
            Delivery::Idle,
            held(),
            sending(2, 40),
            waiting(2, 3_000),
            shrinking(2),
            offline(false),
            unconfirmed(false),
            refused(Outcome::IdTaken),
            confirmed(),
        ]
    }

    #[track_caller]
    fn check(now: &Delivery, event: DeliveryEvent, expected: &Delivery) {
        assert_eq!(now.after(event), *expected, "{now:?} after {event:?}");
    }

    fn ended<'a>(attempt: u32, answered: &'a Result<Response, TransportError>, is_shrunk: bool) -> DeliveryEvent<'a> {
        DeliveryEvent::Ended { attempt, answered, is_shrunk }
    }

    #[test]
    fn the_visitor_sends_whatever_is_not_under_way() {
        for now in states() {
            let busy = now.is_busy();
            let expected = if busy { now.clone() } else { sending(1, 0) };
            check(&now, DeliveryEvent::Sent(ID), &expected);
            check(&now, DeliveryEvent::SentEarly(ID), &if busy { now.clone() } else { held() });
        }
        let busy: Vec<bool> = states().iter().map(Delivery::is_busy).collect();
        assert_eq!(busy, [false, true, true, true, true, false, false, false, false]);
    }

    #[test]
    fn each_end_of_a_try_has_its_row() {
        let rows = [
            (Ok(answer(201, CONFIRMS)), confirmed()),
            (Ok(answer(400, "")), refused(Outcome::BadFields)),
            (Ok(answer(422, "")), refused(Outcome::BadFields)),
            (Ok(answer(404, "")), refused(Outcome::Misconfigured)),
            (Ok(answer(409, "")), refused(Outcome::IdTaken)),
            (Ok(answer(413, "")), shrinking(2)),
            (Ok(answer(429, "")), waiting(2, 3_000)),
            (Ok(answer(500, CONFIRMS)), waiting(2, 3_000)),
            (Ok(answer(200, "<html>")), waiting(2, 3_000)),
            (Err(TransportError::NoAnswer), waiting(2, 3_000)),
            (Err(TransportError::TimedOut), waiting(2, 3_000)),
            (Err(TransportError::Cancelled), unconfirmed(true)),
            (Err(TransportError::Offline), offline(false)),
            (Err(TransportError::Blocked), refused(Outcome::Misconfigured)),
        ];
        for (answered, expected) in &rows {
            check(&sending(2, 40), ended(2, answered, false), expected);
            check(&sending(2, 40), ended(1, answered, false), &sending(2, 40));
            for other in states().into_iter().filter(|state| !matches!(state, Delivery::Sending { .. })) {
                check(&other, ended(2, answered, false), &other);
            }
        }
        check(&sending(2, 40), ended(2, &Ok(answer(413, "")), true), &refused(Outcome::TooLarge));
    }

    #[test]
    fn each_other_event_has_its_rows_and_changes_nothing_elsewhere() {
        let kept = |rows: &[(Delivery, Delivery)], event: DeliveryEvent| {
            for now in states() {
                let row = rows.iter().find(|(from, _)| *from == now);
                check(&now, event, row.map_or(&now, |(_, to)| to));
            }
        };
        kept(&[(held(), sending(1, 0)), (waiting(2, 3_000), sending(3, 0))], DeliveryEvent::Elapsed);
        kept(&[(shrinking(2), sending(3, 0))], DeliveryEvent::Shrunk(true));
        kept(&[(shrinking(2), refused(Outcome::TooLarge))], DeliveryEvent::Shrunk(false));
        kept(&[(offline(false), offline(true))], DeliveryEvent::CameOnline);
        let cancelled = [sending(2, 40), waiting(2, 3_000), shrinking(2)].map(|now| (now, unconfirmed(true)));
        let cancelled: Vec<_> = cancelled.into_iter().chain([(held(), Delivery::Idle)]).collect();
        kept(&cancelled, DeliveryEvent::Cancelled);
        kept(&[(sending(2, 40), sending(2, 70))], DeliveryEvent::Progressed(70));
        kept(&[(sending(2, 40), sending(2, 100))], DeliveryEvent::Progressed(255));
        kept(&[], DeliveryEvent::Progressed(10));
    }

    #[test]
    fn each_end_has_a_word_for_the_page_around() {
        let words: Vec<_> = states().iter().map(Delivery::failure).collect();
        let expected = [None, None, None, None, None, Some("offline"), Some("unconfirmed"), Some("refused"), None];
        assert_eq!(words, expected);
        assert_eq!(unconfirmed(true).failure(), Some("cancelled"));
        assert_eq!(refused(Outcome::Misconfigured).failure(), Some("setup"));
        assert_eq!(refused(Outcome::TooLarge).failure(), Some("too-large"));
    }

    #[test]
    fn the_staff_s_page_is_that_of_the_request_or_none() {
        let named = |page: &str| {
            let answer = answer(201, &format!(r#"{{"id":"7K2M-9QXR-4TDA","stored":true,"staff_page":{page}}}"#));
            match Delivery::after_try("7K2M-9QXR-4TDA", 1, &Ok(answer), false) {
                Delivery::Confirmed { staff_page, .. } => staff_page,
                other => panic!("{other:?}"),
            }
        };
        let own = "/inbox/requests/7K2M-9QXR-4TDA";
        assert_eq!(named(&format!("{own:?}")).as_deref(), Some(own));
        for other in
            ["null", "\"\"", "\"/inbox/requests/7K2M-9QXR-4TDB\"", "\"https://else.example/\"", "\"javascript:x\""]
        {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn only_an_answer_that_repeats_the_id_confirms() {
        assert_eq!(outcome(&answer(201, r#"{"id":"a1","stored":true}"#), "a1"), Outcome::Confirmed);
        for (status, body) in [
            (200, ""),
            (204, ""),
            (200, "<html>"),
            (200, r#"{"id":"other"}"#),
            (200, r#"{"id":["a1"]}"#),
            (200, r#"["a1"]"#),
            (200, r#"{"id":"other","id":"a1"}"#),
            (200, r#"{"id":"a1"} {}"#),
            (302, CONFIRMS),
            (500, CONFIRMS),
        ] {
            assert_eq!(outcome(&answer(status, body), "a1"), Outcome::Unclear, "{status} {body}");
        }
    }

    #[test]
    fn silence_is_retried_thrice_with_the_same_id_then_left_unconfirmed() {
        let mut now = Delivery::Idle.after(DeliveryEvent::Sent(ID));
        let mut waits = Vec::new();
        while let Delivery::Sending { attempt, .. } = now {
            now = now.after(ended(attempt, &Err(TransportError::NoAnswer), false));
            assert_eq!(now.id(), Some(ID));
            if let Delivery::Waiting { wait_ms, .. } = now {
                waits.push(wait_ms);
                now = now.after(DeliveryEvent::Elapsed);
            }
        }
        assert_eq!((waits.as_slice(), now), (RETRY_AFTER_MS.as_slice(), unconfirmed(false)));
    }

    #[test]
    fn a_server_may_ask_to_wait_but_not_for_ever() {
        let wait = |seconds| {
            let busy = Ok(Response { status: 503, retry_after_s: Some(seconds), body: String::new() });
            match sending(1, 0).after(ended(1, &busy, false)) {
                Delivery::Waiting { wait_ms, .. } => wait_ms,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!((wait(0), wait(5), wait(u32::MAX)), (1_000, 5_000, 60_000));
    }

    #[test]
    fn what_a_server_says_of_fields_is_told_at_them() {
        let said = |status, body: &str| field_answers(&answer(status, body));
        let body = r#"{"errors":{"phone":"Too short.","email":"No such host.","color":"Nice.","name":7},"more":1}"#;
        let expected = [(FormField::Email, "No such host.".to_owned()), (FormField::Phone, "Too short.".to_owned())];
        assert_eq!(said(422, body), expected);
        assert_eq!(said(400, body), expected);
        for (status, body) in [(500, body), (422, ""), (422, "[]"), (422, r#"{"errors":"no"}"#), (422, "<html>")] {
            assert_eq!(said(status, body), [], "{status} {body}");
        }
        let long = format!(r#"{{"errors":{{"name":"{}"}}}}"#, "x".repeat(5_000));
        assert_eq!(said(422, &long)[0].1.len(), FIELD_ANSWER_CHARS);
    }

    #[test]
    fn only_a_server_that_says_no_surely_does_not_have_it() {
        for (answered, expected) in [
            (Err(TransportError::Offline), false),
            (Ok(answer(400, "")), false),
            (Ok(answer(404, "")), false),
            (Ok(answer(409, "")), false),
            (Ok(answer(413, "")), false),
            (Err(TransportError::NoAnswer), true),
            (Err(TransportError::Blocked), true),
            (Err(TransportError::Cancelled), true),
            (Ok(answer(500, "")), true),
            (Ok(answer(200, "<html>")), true),
        ] {
            assert_eq!(may_have_arrived(&answered, ID), expected, "{answered:?}");
        }
    }
}
