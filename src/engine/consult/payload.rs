//! What is sent: one JSON about the request, the design, and two pictures of each side.

use super::{Endpoint, RequestForm};
use crate::engine::calibration::Side;
use crate::engine::design::Appearance;
use crate::engine::measure::Figures;
use crate::engine::ports::{Part, Payload};
use serde::{Deserialize, Serialize};
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

/// What a request is made of, as it goes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contents {
    /// The request as JSON.
    pub request: String,
    /// The design as JSON, unless it stays with the visitor.
    pub design: Option<String>,
    /// The pictures of each side that goes.
    pub pictures: Vec<Pictures>,
}

/// Name and file name of the part that is the request itself, and of the design.
const REQUEST: (&str, &str) = ("request", "request.json");
const DESIGN: (&str, &str) = ("design", "design.json");

impl Contents {
    /// The payload: fields `request`, `design`, and `before` and `after` with the side behind them where it is not the front, of
    /// `multipart/form-data`.
    #[must_use]
    pub fn payload(&self, endpoint: &Endpoint) -> Payload {
        let json = |(name, file_name), text: &str| Part {
            name,
            mime: "application/json",
            file_name,
            bytes: text.as_bytes().into(),
        };
        let mut parts = vec![json(REQUEST, &self.request)];
        parts.extend(self.design.as_deref().map(|design| json(DESIGN, design)));
        for Pictures { side, before, after } in &self.pictures {
            for ((name, file_name), bytes) in picture_names(*side).into_iter().zip([before, after]) {
                parts.push(Part { name, mime: "image/jpeg", file_name, bytes: bytes.clone() });
            }
        }
        Payload { endpoint: endpoint.address().to_owned(), parts }
    }

    /// What the parts of those names are of; `None` where the request itself is not among them, or no text.
    #[must_use]
    pub fn of_parts(names: &[String], parts: &[Rc<[u8]>]) -> Option<Self> {
        let find = |name: &str| names.iter().zip(parts).find(|(other, _)| *other == name).map(|(_, bytes)| bytes);
        let text = |name: &str| find(name).and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
        let pictures = |side: Side| {
            let [before, after] = picture_names(side).map(|(name, _)| find(name).cloned());
            Some(Pictures { side, before: before?, after: after? })
        };
        let pictures = Side::ALL.into_iter().filter_map(pictures).collect();
        Some(Self { request: text(REQUEST.0)?, design: text(DESIGN.0), pictures })
    }

    /// The id that the request says, and when it was made.
    #[must_use]
    pub fn id_and_time(&self) -> Option<(String, String)> {
        serde_json::from_str::<Identified>(&self.request).ok().map(|request| (request.id, request.made_at))
    }

    /// How many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.request.len() + self.design.as_ref().map_or(0, String::len) + picture_bytes(&self.pictures)
    }
}

/// What is read of a request that was kept.
#[derive(Deserialize)]
struct Identified {
    id: String,
    made_at: String,
}

/// How many bytes pictures have together.
#[must_use]
pub fn picture_bytes(pictures: &[Pictures]) -> usize {
    pictures.iter().map(|side| side.before.len() + side.after.len()).sum()
}

/// Bytes that a request may have in all: at 50 kB/s they take 40 s.
pub const MAX_REQUEST_BYTES: usize = 2_000_000;
/// Bytes for the words, and for what `multipart/form-data` puts between the parts.
const WORDS_BYTES: usize = 40_000;
/// Bytes that pictures may have however large the design is: less shows nothing.
const MIN_PICTURE_BYTES: usize = 300_000;

/// Bytes that all pictures of a request may have together beside a design of so many.
#[must_use]
pub fn picture_budget(design_bytes: usize) -> usize {
    MAX_REQUEST_BYTES.saturating_sub(WORDS_BYTES + design_bytes).max(MIN_PICTURE_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_back_as_they_were_made() {
        let bytes = |byte: u8| Rc::<[u8]>::from([0xff, 0xd8, byte]);
        let pictures = [Side::Front, Side::Top].map(|side| Pictures { side, before: bytes(1), after: bytes(2) });
        let endpoint = Endpoint::new("/requests").unwrap();
        for (design, pictures) in
            [(None, Vec::new()), (Some("{}".to_owned()), Vec::new()), (Some("{}".to_owned()), pictures.to_vec())]
        {
            let contents = Contents { request: "{\"id\":1}".to_owned(), design, pictures };
            let payload = contents.payload(&endpoint);
            let names: Vec<String> = payload.parts.iter().map(|part| part.name.to_owned()).collect();
            let parts: Vec<_> = payload.parts.iter().map(|part| part.bytes.clone()).collect();
            assert_eq!(Contents::of_parts(&names, &parts).as_ref(), Some(&contents));
            assert_eq!(contents.bytes(), parts.iter().map(|part| part.len()).sum::<usize>());
            assert_eq!(Contents::of_parts(&names[1..], &parts[1..]), None, "a request without words is none");
        }
    }

    #[test]
    fn pictures_have_what_the_design_leaves() {
        assert_eq!(picture_budget(60_000), 1_900_000);
        assert_eq!(picture_budget(1_900_000), MIN_PICTURE_BYTES);
    }
}
