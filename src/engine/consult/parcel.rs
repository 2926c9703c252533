//! What is sent: one JSON about the request, the design, and two pictures.

use super::{Endpoint, RequestForm};
use crate::engine::design::Look;
use crate::engine::measure::Figures;
use crate::engine::ports::{Parcel, Part};
use serde::Serialize;
use std::rc::Rc;

/// Version of the request's format.
const VERSION: u32 = 1;

/// A consent as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentRecord {
    /// Its name.
    pub key: &'static str,
    /// The words that the visitor saw.
    pub text: String,
    /// Version of the words.
    pub version: String,
    /// When it was given, ISO 8601, UTC.
    pub given_at: String,
}

/// What the request is besides its pictures and the design.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestHead<'a> {
    /// Made on the device; the same for every try.
    pub id: &'a str,
    /// The clinic's name, as the visitor saw it.
    pub clinic: &'a str,
    /// When it was made, ISO 8601, UTC.
    pub made_at: &'a str,
    /// Language of the program.
    pub language: &'a str,
    /// What the visitor wrote.
    pub form: &'a RequestForm,
    /// What the visitor agreed to.
    pub consents: &'a [ConsentRecord],
    /// The figures of the design.
    pub figures: &'a Figures,
    /// The look of the ink.
    pub look: &'a Look,
    /// The words on the preview.
    pub notice: &'a str,
}

/// The two pictures, JPEG.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// The photo as it is.
    pub before: Rc<[u8]>,
    /// With the design.
    pub after: Rc<[u8]>,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    id: &'a str,
    program: &'static str,
    clinic: &'a str,
    made_at: &'a str,
    language: &'a str,
    fields: Fields<'a>,
    consents: &'a [ConsentRecord],
    look: &'a Look,
    figures: &'a Figures,
    notice: &'a str,
}

#[derive(Serialize)]
struct Fields<'a> {
    name: &'a str,
    email: &'a str,
    phone: &'a str,
    message: &'a str,
}

impl RequestHead<'_> {
    /// The request as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        let fields = Fields {
            name: self.form.name.trim(),
            email: self.form.email.trim(),
            phone: self.form.phone.trim(),
            message: &self.form.message,
        };
        let written = Written {
            version: VERSION,
            id: self.id,
            program: concat!("hairline-designer ", env!("CARGO_PKG_VERSION")),
            clinic: self.clinic,
            made_at: self.made_at,
            language: self.language,
            fields,
            consents: self.consents,
            look: self.look,
            figures: self.figures,
            notice: self.notice,
        };
        // Strings, numbers and lists: there is nothing in it that JSON cannot say.
        serde_json::to_string(&written).unwrap_or_default()
    }
}

/// The parcel of a request: fields `request`, `design`, `before`, `after` of `multipart/form-data`.
#[must_use]
pub fn parcel(endpoint: &Endpoint, request: &str, design: &str, pictures: &Pictures) -> Parcel {
    let part = |name, mime, file_name, bytes: &[u8]| Part { name, mime, file_name, bytes: bytes.into() };
    Parcel {
        endpoint: endpoint.address().to_owned(),
        parts: vec![
            part("request", "application/json", "request.json", request.as_bytes()),
            part("design", "application/json", "design.json", design.as_bytes()),
            part("before", "image/jpeg", "before.jpg", &pictures.before),
            part("after", "image/jpeg", "after.jpg", &pictures.after),
        ],
    }
}
