//! The consultation request: to whom, what the visitor says and agrees to, what is sent, and what the answer means.
//!
//! Promises nothing clinical and sends nothing itself: a payload is made here and handed to a transport.

mod clinic;
mod delivery;
mod form;
mod payload;
mod standalone;

pub use clinic::{ClinicConfig, ConfigError, Contact, DEFAULT_DRAFT_DAYS, Endpoint};
pub use delivery::{Delivery, DeliveryEvent, Outcome, RETRY_AFTER_MS, field_answers, may_have_arrived, outcome};
pub use form::{Consents, FieldError, FormField, RequestForm, RequestFormErrors};
pub use payload::{ConsentRecord, Contents, MAX_REQUEST_BYTES, Pictures, RequestHead, picture_budget, picture_bytes};
pub use standalone::standalone_file;
