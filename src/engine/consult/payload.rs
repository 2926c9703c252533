//! What is sent: one JSON about the request, the design, and two pictures of each side.

use super::details::{EarlierTreatment, ReplyBy};
use super::{Endpoint, RequestForm};
use crate::engine::calibration::Side;
use crate::engine::design::Appearance;
use crate::engine::measure::Figures;
use crate::engine::ports::{Part, Payload};
use serde::Serialize;
use serde_json::Value;
use std::rc::Rc;

/// Version of the request's format.
pub const REQUEST_VERSION: u32 = 1;
/// Name and version of the program.
pub(super) const PROGRAM: &str = concat!("hairline-designer ", env!("CARGO_PKG_VERSION"));

/// A consent as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
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

/// A photo as the design knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct PhotoRecord {
    /// Which side of the head.
    pub side: Side,
    /// A digest of the photo's bytes, which tells it from others and says nothing of what it shows.
    pub digest: String,
    /// What its own pixels say against it, in the language of the request; nothing where all is well.
    pub notes: Vec<String>,
}

/// What the request is besides its pictures and the design.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestHead<'a> {
    /// Made on the device; the same for every try.
    pub id: &'a str,
    /// The clinic's name, as the visitor saw it.
    pub clinic: &'a str,
    /// Version of the clinic's configuration; empty where it has none.
    pub configuration: &'a str,
    /// When it was made, ISO 8601, UTC.
    pub made_at: &'a str,
    /// Language of the program.
    pub language: &'a str,
    /// What the visitor wrote.
    pub form: &'a RequestForm,
    /// What the visitor agreed to.
    pub consents: &'a [ConsentRecord],
    /// The figures of the design, and the look of its ink, unless the design stays with the visitor.
    pub design: Option<(&'a Figures, &'a Appearance)>,
    /// The photos, unless what is known of them stays with the visitor.
    pub photos: &'a [PhotoRecord],
    /// All of it in words, as the visitor reviewed it: names and what belongs to them.
    pub lines: &'a [(String, String)],
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
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub(super) struct WrittenRequest<'a> {
    /// Version of the request's format.
    version: u32,
    /// Made on the device; the same for every try.
    id: &'a str,
    /// Name and version of the program.
    program: &'a str,
    /// Version of the clinic's configuration.
    #[serde(skip_serializing_if = "str::is_empty")]
    configuration: &'a str,
    /// The clinic's name, as the visitor saw it.
    clinic: &'a str,
    /// When it was made, ISO 8601, UTC.
    made_at: &'a str,
    /// BCP 47 tag of the language that the visitor saw.
    language: &'a str,
    /// What the visitor wrote and chose.
    fields: Fields<'a>,
    /// What the visitor agreed to.
    consents: &'a [ConsentRecord],
    /// The look of the ink, as in the design.
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<&'a Appearance>,
    /// The figures of the design.
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<&'a Figures>,
    /// The words on the preview.
    notice: &'a str,
    /// The photos as the design knows them.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    photos: &'a [PhotoRecord],
    /// All of it in words, exactly as the visitor reviewed it and in the visitor's language: pairs of a name and a text.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    lines: &'a [(String, String)],
}

/// What the visitor wrote and chose.
#[derive(Debug, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
struct Fields<'a> {
    /// Name.
    name: &'a str,
    /// E-mail address; empty where only a telephone number was given.
    email: &'a str,
    /// Telephone number; empty where only an e-mail address was given.
    phone: &'a str,
    /// Message; may be empty.
    message: &'a str,
    /// How the visitor would like to be answered.
    reply_by: ReplyBy,
    /// When the visitor can be reached.
    #[serde(skip_serializing_if = "str::is_empty")]
    reply_when: &'a str,
    /// Where hair is lost: keys of the classes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    loss: Vec<&'static str>,
    /// Scars, in the visitor's words.
    #[serde(skip_serializing_if = "str::is_empty")]
    scars: &'a str,
    /// Earlier treatments.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    earlier: &'a [EarlierTreatment],
    /// The tone of the skin on the Monk Skin Tone Scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    skin_tone: Option<usize>,
    /// The band of age in years.
    #[serde(skip_serializing_if = "Option::is_none")]
    age_band: Option<&'static str>,
}

impl<'a> Fields<'a> {
    fn of(form: &'a RequestForm) -> Self {
        let details = &form.details;
        Self {
            name: form.name.trim(),
            email: form.email.trim(),
            phone: form.phone.trim(),
            message: &form.message,
            reply_by: details.reply_by,
            reply_when: form.reply_when.trim(),
            loss: details.loss_classes().map(|class| class.key).collect(),
            scars: form.scars.trim(),
            earlier: &details.earlier,
            skin_tone: details.monk_tone(),
            age_band: details.age_band(),
        }
    }
}

impl RequestHead<'_> {
    /// The request as JSON.
    ///
    /// # Errors
    /// None that a request can cause; JSON's writer may fail for other types.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&WrittenRequest {
            version: REQUEST_VERSION,
            id: self.id,
            program: PROGRAM,
            configuration: self.configuration,
            clinic: self.clinic,
            made_at: self.made_at,
            language: self.language,
            fields: Fields::of(self.form),
            consents: self.consents,
            look: self.design.map(|(_, look)| look),
            figures: self.design.map(|(figures, _)| figures),
            notice: self.notice,
            photos: self.photos,
            lines: self.lines,
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

/// The name of a side's picture with the design, and of its file.
pub(super) fn after_name(side: Side) -> (&'static str, &'static str) {
    let [_, after] = picture_names(side);
    after
}

/// A part that is JSON.
pub(super) fn json_part((name, file_name): (&'static str, &'static str), text: &str) -> Part {
    Part { name, mime: "application/json", file_name, bytes: text.as_bytes().into() }
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
        let mut parts = vec![json_part(REQUEST, &self.request)];
        parts.extend(self.design.as_deref().map(|design| json_part(DESIGN, design)));
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
        let request: Value = serde_json::from_str(&self.request).ok()?;
        let text = |key: &str| request.get(key)?.as_str().map(str::to_owned);
        Some((text("id")?, text("made_at")?))
    }

    /// How many bytes it has.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.request.len() + self.design.as_ref().map_or(0, String::len) + picture_bytes(&self.pictures)
    }
}

/// How many bytes pictures have together.
#[must_use]
pub fn picture_bytes(pictures: &[Pictures]) -> usize {
    pictures.iter().map(|side| side.before.len() + side.after.len()).sum()
}

/// Bytes that a request may have in all: at 50 kB/s they take 40 s.
pub const MAX_REQUEST_BYTES: usize = 2_000_000;
/// Bytes for the words, which a request holds as they were typed and as they were reviewed, and for what `multipart/form-data` puts between the parts.
const WORDS_BYTES: usize = 60_000;
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
        assert_eq!(picture_budget(60_000), 1_880_000);
        assert_eq!(picture_budget(1_900_000), MIN_PICTURE_BYTES);
    }
}
