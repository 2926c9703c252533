//! The review as components share it.

use crate::app::state::State;
use crate::app::state::request::Review;
use std::ops::Deref;
use std::rc::Rc;

/// A review that is equal only to itself: whether it is another one is asked after each change of the state, and it is large.
#[derive(Clone)]
pub(crate) struct SharedReview(Rc<Review>);

impl SharedReview {
    /// The review that is shown, if any.
    pub(super) fn of(state: &State) -> Option<Self> {
        state.request.review.clone().map(Self)
    }

    /// The request that may have arrived before this one, if any.
    pub(super) fn earlier(state: &State) -> Option<Self> {
        state.request.earlier.clone().map(Self)
    }
}

impl PartialEq for SharedReview {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for SharedReview {
    type Target = Review;

    fn deref(&self) -> &Review {
        &self.0
    }
}
