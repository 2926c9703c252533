//! The consultation request while it is written and sent.

use crate::engine::consult::{Delivery, Pictures, RequestForm};
use crate::engine::design::Design;
use std::rc::Rc;

/// What will be sent, as it will be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The pictures of each side.
    pub pictures: Vec<Pictures>,
    /// The request as JSON.
    pub request: String,
    /// The design as JSON.
    pub design: String,
    /// The request's id.
    pub id: String,
    /// What the page says of it: exactly the words that go.
    pub lines: Vec<(String, String)>,
    /// The design that it is of.
    pub of: Rc<Design>,
}

/// An id for a request, and when it was made. Both come from the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestStamp {
    /// The id, random.
    pub id: String,
    /// ISO 8601, UTC.
    pub made_at: String,
}

/// The slice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RequestState {
    /// What was typed and ticked.
    pub form: RequestForm,
    /// Whether the form was looked over: from then on what is missing is marked.
    pub checked: bool,
    /// What will be sent, once it was made.
    pub review: Option<Rc<Review>>,
    /// Where it stands.
    pub delivery: Delivery,
}

impl RequestState {
    /// What was reviewed is not what would be sent any more: the next review makes a new request with a new id.
    pub fn changed(&mut self) {
        self.review = None;
        if !self.delivery.is_busy() {
            self.delivery = Delivery::Idle;
        }
    }
}
