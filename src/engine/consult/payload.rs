//! What is sent: one JSON about the request, the design, and two pictures of each side.

use super::{Endpoint, RequestForm};
use crate::engine::calibration::Side;
use crate::engine::design::Appearance;
use crate::engine::measure::Figures;
use crate::engine::ports::{Part, Payload};
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
    pub look: &'a Appearance,
    /// The words on the preview.
    pub notice: &'a str,
}

/// The two pictures of a side, JPEG.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// Which side of the head.
    pub side: Side,
    /// The photo as it is.
    pub before: Rc<[u8]>,
    /// With the design.
    pub after: Rc<[u8]>,
}

/// The request as it is written.
#[derive(Serialize)]
struct WrittenRequest<'a> {
    version: u32,
    id: &'a str,
    program: &'a str,
    clinic: &'a str,
    made_at: &'a str,
    language: &'a str,
    fields: Fields<'a>,
    consents: &'a [ConsentRecord],
    look: &'a Appearance,
    figures: &'a Figures,
    notice: &'a str,
}

/// What the visitor wrote.
#[derive(Serialize)]
struct Fields<'a> {
    name: &'a str,
    email: &'a str,
    phone: &'a str,
    message: &'a str,
}

impl RequestHead<'_> {
    /// The request as JSON.
    ///
    /// # Errors
    /// None that a request can cause; JSON's writer may fail for other types.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        let RequestForm { name, email, phone, message, .. } = self.form;
        serde_json::to_string(&WrittenRequest {
            version: VERSION,
            id: self.id,
            program: concat!("hairline-designer ", env!("CARGO_PKG_VERSION")),
            clinic: self.clinic,
            made_at: self.made_at,
            language: self.language,
            fields: Fields { name: name.trim(), email: email.trim(), phone: phone.trim(), message },
            consents: self.consents,
            look: self.look,
            figures: self.figures,
            notice: self.notice,
        })
    }
}

/// The names of a side's two pictures, and of their files.
fn picture_names(side: Side) -> [(&'static str, &'static str); 2] {
    match side {
        Side::Front => [("before", "before.jpg"), ("after", "after.jpg")],
        Side::Top => [("before-top", "before-top.jpg"), ("after-top", "after-top.jpg")],
        Side::Left => [("before-left", "before-left.jpg"), ("after-left", "after-left.jpg")],
        Side::Right => [("before-right", "before-right.jpg"), ("after-right", "after-right.jpg")],
        Side::Back => [("before-back", "before-back.jpg"), ("after-back", "after-back.jpg")],
    }
}

/// The payload of a request: fields `request`, `design`, and `before` and `after` with the side behind them where it is not
/// the front, of `multipart/form-data`.
#[must_use]
pub fn payload(endpoint: &Endpoint, request: &str, design: &str, pictures: &[Pictures]) -> Payload {
    let part = |name, mime, file_name, bytes: &[u8]| Part { name, mime, file_name, bytes: bytes.into() };
    let mut parts = vec![
        part("request", "application/json", "request.json", request.as_bytes()),
        part("design", "application/json", "design.json", design.as_bytes()),
    ];
    for Pictures { side, before, after } in pictures {
        let [(before_name, before_file), (after_name, after_file)] = picture_names(*side);
        parts.push(part(before_name, "image/jpeg", before_file, before));
        parts.push(part(after_name, "image/jpeg", after_file, after));
    }
    Payload { endpoint: endpoint.address().to_owned(), parts }
}
