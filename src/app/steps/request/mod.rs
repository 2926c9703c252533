//! The consultation request: the form, the review, and what became of it.

mod consent;
mod contents;
mod delivery;
mod earlier;
mod field_error;
mod form;
mod more_about;
mod review;
mod review_keys;
mod sent;
mod shared_review;
mod text_area;
mod text_field;

pub(in crate::app) use delivery::DeliveryStatus;
pub(in crate::app) use earlier::earlier_request;
pub(in crate::app) use form::RequestForm;
pub(in crate::app) use review::RequestReview;

#[cfg(test)]
mod tests;
