//! The consultation request while it is written and sent.

use crate::engine::calibration::Side;
use crate::engine::consult::{Contents, Delivery, FormField, Pictures, RequestForm};
use crate::engine::design::Design;
use crate::engine::i18n::Texts;
use std::rc::Rc;

/// What will be sent, as it will be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// What goes.
    pub contents: Contents,
    /// All pictures that were made, also those that the visitor leaves out.
    pub made: Vec<Pictures>,
    /// Its id, and when it was made.
    pub stamp: RequestStamp,
    /// What the page says of it: exactly the words that go.
    pub lines: Vec<(String, String)>,
    /// The design that it is of; none for one that was sent before what is drawn now.
    pub of: Option<Rc<Design>>,
    /// Whether its pictures were made smaller for the clinic's server.
    pub is_shrunk: bool,
}

impl Review {
    /// The request's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.stamp.id
    }

    /// The id of a request that may have arrived before this one, and in what this one differs from it.
    #[must_use]
    pub fn differs_from(&self, earlier: Option<&Self>, texts: &Texts) -> Option<(String, String)> {
        let earlier = earlier?;
        let is_meta = |name: &str| name == texts.review_meta;
        let missing_in = |one: &Self, other: &Self| {
            let new = one.lines.iter().filter(|line| !is_meta(&line.0) && !other.lines.contains(line));
            new.map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        let mut names = missing_in(self, earlier);
        names.extend(missing_in(earlier, self));
        let (mine, other) = (&self.contents, &earlier.contents);
        names.extend((mine.design != other.design).then(|| texts.review_design_name.to_owned()));
        names.extend((mine.pictures != other.pictures).then(|| texts.review_pictures_name.to_owned()));
        let mut once: Vec<String> = Vec::new();
        names.into_iter().for_each(|name| {
            if !once.contains(&name) {
                once.push(name)
            }
        });
        Some((earlier.stamp.id.clone(), once.join(", ")))
    }
}

/// An id for a request, and when it was made. Both come from the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestStamp {
    /// The id, random.
    pub id: String,
    /// ISO 8601, UTC.
    pub made_at: String,
}

/// A part of a request that the visitor may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewPart {
    /// The pictures of a side.
    Pictures(Side),
    /// The design and its figures.
    Design,
    /// What is wrong with the photos.
    PhotoNotes,
}

/// The slice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RequestState {
    /// What was typed and ticked.
    pub form: RequestForm,
    /// Whether the form was looked over: from then on what is missing is marked.
    pub checked: bool,
    /// What the clinic's server said of fields, until they are changed.
    pub server_errors: Vec<(FormField, String)>,
    /// Whether anything was typed or ticked.
    pub is_begun: bool,
    /// Whether the form was begun only a moment ago: no person fills it in so fast.
    pub is_early: bool,
    /// What the visitor leaves out.
    pub left_out: Vec<ReviewPart>,
    /// What will be sent, once it was made.
    pub review: Option<Rc<Review>>,
    /// Where it stands.
    pub delivery: Delivery,
    /// Whether what is reviewed may have arrived already.
    pub is_out: bool,
    /// A request that may have arrived before this one was written, and that nobody confirmed.
    pub earlier: Option<Rc<Review>>,
}

impl RequestState {
    /// What was reviewed is not what would be sent any more: the next review makes a new request with a new id, unless it turns out
    /// to be the same.
    pub fn changed(&mut self) {
        if self.delivery.is_busy() {
            self.review = None;
            return;
        }
        let review = self.review.take();
        if let Some(review) = review.filter(|_| self.is_out) {
            self.earlier = Some(Rc::new(Review { of: None, ..(*review).clone() }));
        }
        self.is_out = false;
        self.delivery = Delivery::Idle;
    }

    /// Whether what will be sent is shown in place of the form, or that it was sent.
    #[must_use]
    pub fn is_reviewing(&self) -> bool {
        self.review.is_some() || matches!(self.delivery, Delivery::Confirmed { .. })
    }

    /// What the clinic's server said of a field, if anything.
    #[must_use]
    pub fn server_error(&self, field: FormField) -> Option<&str> {
        self.server_errors.iter().find(|(of, _)| *of == field).map(|(_, said)| said.as_str())
    }
}
