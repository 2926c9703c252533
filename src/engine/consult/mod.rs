//! The consultation request: to whom, what the visitor says and agrees to, what is sent, and what the answer means.
//!
//! Promises nothing clinical and sends nothing itself: a parcel is made here and handed to a transport.

mod clinic;
mod delivery;
mod form;
mod parcel;
mod standalone;

pub use clinic::{ClinicConfig, ConfigError, Contact, DEFAULT_DRAFT_DAYS, Endpoint};
pub use delivery::{Delivery, RETRY_AFTER_MS, Verdict, verdict};
pub use form::{Consents, FieldFault, FormField, RequestForm, RequestFormFaults};
pub use parcel::{ConsentRecord, Pictures, RequestHead, parcel};
pub use standalone::standalone_file;
