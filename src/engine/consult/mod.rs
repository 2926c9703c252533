//! The consultation request: to whom, what the visitor says and agrees to, what is sent, and what the answer means.
//!
//! Promises nothing clinical and sends nothing itself: a payload is made here and handed to a transport.

mod clinic;
mod delivery;
mod details;
mod form;
mod opened;
mod payload;
#[cfg(not(target_family = "wasm"))]
mod schema;
mod standalone;
mod version;

pub use clinic::{ClinicConfig, ConfigError, Contact, DEFAULT_DRAFT_DAYS, Endpoint, FormConfig};
pub use delivery::{Delivery, DeliveryEvent, Outcome, RETRY_AFTER_MS, field_answers, may_have_arrived, outcome};
pub use details::{
    AGE_BANDS, DetailChoice, Details, EarlierTreatment, LOSS_CLASSES, LossClass, LossScale, MONK_TONES, QUESTIONS,
    Question, ReplyBy,
};
pub use form::{Consents, FieldError, FormField, RequestForm, RequestFormErrors};
pub use opened::{LOGIN_PAGE, OpenError, OpenedRequest, RequestLink};
pub use payload::{
    ConsentRecord, Contents, MAX_REQUEST_BYTES, PhotoRecord, Pictures, REQUEST_VERSION, RequestHead, picture_budget,
    picture_bytes,
};
#[cfg(not(target_family = "wasm"))]
pub use schema::request_schema;
pub use standalone::{REQUEST_FILE, standalone_file};
pub use version::{MAX_VERSION_NAME, Version};
