//! The consultation request: the form, the review, and what became of it.

mod consent;
mod contents;
mod delivery;
mod earlier;
mod field_error;
mod form;
mod loss_choice;
mod more_about;
mod reply_choice;
mod review;
mod review_keys;
mod sent;
mod shared_review;
mod skin_tone_choice;
mod text_area;
mod text_field;
mod trap;

pub(in crate::app) use earlier::EarlierRequest;
pub(in crate::app) use form::RequestForm;
pub(in crate::app) use review::RequestReview;

#[cfg(test)]
mod tests;
