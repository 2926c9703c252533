//! One consultation request as it arrives: its parts, and what makes them valid.
//!
//! The bytes are kept as they came. What is looked at is the id, the kind of each part, and how long the visitor's
//! texts are; what the fields mean is the program's matter and that of the page that shows them.

use crate::digest::sha256;
use crate::document::{Document, MAX_CHARS};
use crate::jpeg;
use axum::body::Bytes;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::{collections::BTreeMap, fmt};

/// What a part has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    Jpeg,
}

/// A part that a request may have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name in the form.
    pub(crate) name: &'static str,
    /// The file that it is kept in; the client's own file name is never used.
    pub(crate) file: &'static str,
    pub(crate) kind: Kind,
}

/// The part that every request has and that holds its id.
const REQUEST: &str = "request";

/// Every part, in the order in which it is logged.
pub(crate) static PARTS: [Part; 12] = [
    Part { name: REQUEST, file: "request.json", kind: Kind::Json },
    Part { name: "design", file: "design.json", kind: Kind::Json },
    Part { name: "before", file: "before.jpg", kind: Kind::Jpeg },
    Part { name: "after", file: "after.jpg", kind: Kind::Jpeg },
    Part { name: "before-top", file: "before-top.jpg", kind: Kind::Jpeg },
    Part { name: "after-top", file: "after-top.jpg", kind: Kind::Jpeg },
    Part { name: "before-left", file: "before-left.jpg", kind: Kind::Jpeg },
    Part { name: "after-left", file: "after-left.jpg", kind: Kind::Jpeg },
    Part { name: "before-right", file: "before-right.jpg", kind: Kind::Jpeg },
    Part { name: "after-right", file: "after-right.jpg", kind: Kind::Jpeg },
    Part { name: "before-back", file: "before-back.jpg", kind: Kind::Jpeg },
    Part { name: "after-back", file: "after-back.jpg", kind: Kind::Jpeg },
];

/// The largest part of JSON in bytes; the program's designs have a fraction of it.
const MAX_JSON_BYTES: usize = 1024 * 1024;

/// The version of the request's format that is understood.
const VERSION: f64 = 1.0;

/// How long an id is, in characters.
const ID_CHARS: std::ops::RangeInclusive<usize> = 8..=64;

/// The id of a request: 8 to 64 of `A-Z a-z 0-9 -`, so that it can be a folder's name anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(String);

impl RequestId {
    fn parse(text: &str) -> Option<Self> {
        let is_valid = ID_CHARS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is_valid.then(|| Self(text.to_owned()))
    }

    /// The id as text, with which the name of the folder begins that keeps the request.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A valid request: its id and the bytes of its parts as they came.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    id: RequestId,
    parts: Vec<(&'static Part, Bytes)>,
    summary: Summary,
}

/// What the list of requests shows of one, and what a search looks at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Summary {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: String,
    message: String,
}

impl Summary {
    /// What a search looks at, in lower case.
    pub(crate) fn searchable(&self, id: &str) -> String {
        [id, &self.name, &self.email, &self.phone, &self.message].join("\n").to_lowercase()
    }
}

/// The size and digest of a part.
#[derive(Debug)]
pub(crate) struct Digest {
    pub(crate) part: &'static str,
    pub(crate) bytes: i64,
    /// SHA-256 in hexadecimal digits.
    pub(crate) digest: String,
}

impl Submission {
    /// What the list of requests shows.
    pub(crate) fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The files of its parts.
    pub(crate) fn files(&self) -> Vec<(&'static str, Bytes)> {
        self.parts.iter().map(|(part, bytes)| (part.file, bytes.clone())).collect()
    }

    /// What tells whether another request has the same parts.
    pub(crate) fn digests(&self) -> Vec<Digest> {
        let digest = |(part, bytes): &(&'static Part, Bytes)| Digest {
            part: part.name,
            bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            digest: sha256(bytes),
        };
        self.parts.iter().map(digest).collect()
    }

    pub(crate) fn id(&self) -> &RequestId {
        &self.id
    }

    /// The bytes of a part, if the request has it.
    pub(crate) fn bytes_of(&self, part: &Part) -> Option<&Bytes> {
        self.parts.iter().find(|(present, _)| *present == part).map(|(_, bytes)| bytes)
    }
}

impl fmt::Display for Submission {
    /// The id and the size of each part: all that may stand in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id.as_str())?;
        let mut sizes = PARTS.iter().filter_map(|part| self.bytes_of(part).map(|bytes| (part.name, bytes.len())));
        sizes.try_for_each(|(name, size)| write!(f, ", {name} {size} bytes"))
    }
}

/// What is wrong with a request: a sentence for each part or field, by its name.
pub(crate) type Faults = BTreeMap<&'static str, &'static str>;

/// The name of a part or field and what is wrong with it.
type Fault = (&'static str, &'static str);

/// A request while its parts come in.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    parts: Vec<(&'static Part, Bytes)>,
    faults: Faults,
}

impl Draft {
    /// Takes a part in; `name` and `content_type` are the client's words and are only compared.
    pub(crate) fn add(&mut self, name: Option<&str>, content_type: Option<&str>, bytes: Bytes) {
        let Some(part) = PARTS.iter().find(|part| name == Some(part.name)) else {
            self.faults.insert("parts", "Only the parts request, design, before and after are accepted, the pictures also with -top, -left, -right or -back.");
            return;
        };
        if self.parts.iter().any(|(present, _)| *present == part) {
            self.faults.insert(part.name, "This part came more than once.");
        } else if let Some(fault) = part.kind.fault_of(content_type, &bytes) {
            self.faults.insert(part.name, fault);
        } else {
            self.parts.push((part, bytes));
        }
    }

    /// The request, once all its parts are in.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn finish(mut self) -> Result<Submission, Faults> {
        match self.id() {
            Ok(id) => {
                let document = self.document();
                self.faults.extend(faults_of(&document));
                if !self.faults.is_empty() {
                    return Err(self.faults);
                }
                Ok(Submission { id, summary: summary_of(&document), parts: self.parts })
            }
            Err((at, fault)) => {
                self.faults.entry(at).or_insert(fault);
                Err(self.faults)
            }
        }
    }

    fn document(&self) -> Document {
        let request = self.parts.iter().find(|(part, _)| part.name == REQUEST);
        request.and_then(|(_, bytes)| Document::read(bytes)).unwrap_or_default()
    }

    fn id(&self) -> Result<RequestId, Fault> {
        let request = self.parts.iter().find(|(part, _)| part.name == REQUEST);
        let (_, bytes) = request.ok_or((REQUEST, "This part is missing."))?;
        read_id(bytes)
    }
}

impl Kind {
    /// The media type that a part of this kind is declared as.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Jpeg => "image/jpeg",
        }
    }

    fn fault_of(self, content_type: Option<&str>, bytes: &[u8]) -> Option<&'static str> {
        let essence = content_type.and_then(|text| text.split(';').next()).map(str::trim);
        let is_declared = essence.is_some_and(|text| text.eq_ignore_ascii_case(self.content_type()));
        match self {
            Self::Json if !is_declared => Some("This part has to be sent as application/json."),
            Self::Jpeg if !is_declared => Some("This part has to be sent as image/jpeg."),
            Self::Json if bytes.len() > MAX_JSON_BYTES => Some("This part is too large."),
            Self::Json if !is_json(bytes) => Some("This part is not valid JSON."),
            Self::Json => None,
            Self::Jpeg => jpeg::fault_of(bytes),
        }
    }
}

/// What is wrong with what a request says.
fn faults_of(document: &Document) -> Vec<Fault> {
    let is_long = |(key, most): &(&'static str, usize)| document.text(&["fields", key]).chars().count() > *most;
    let mut faults: Vec<Fault> =
        MAX_CHARS.iter().filter(|field| is_long(field)).map(|(key, _)| (*key, "This text is too long.")).collect();
    if document.number(&["version"]).is_some_and(|version| version != VERSION) {
        faults.push(("version", "Only version 1 is understood here."));
    }
    faults
}

fn summary_of(document: &Document) -> Summary {
    let field = |key| document.text(&["fields", key]).trim().to_owned();
    Summary { name: field("name"), email: field("email"), phone: field("phone"), message: field("message") }
}

/// Whether the bytes are one JSON value in UTF-8. Strings are not decoded, so what a visitor typed passes even where
/// it holds half a surrogate pair.
fn is_json(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

/// The one field of the request part that the receiver itself needs.
#[derive(Deserialize)]
struct Head {
    id: Option<serde_json::Value>,
}

/// Reads the id of a request part that is known to be JSON.
fn read_id(request: &[u8]) -> Result<RequestId, Fault> {
    // serde would also fill a struct from a list.
    if request.trim_ascii_start().first() != Some(&b'{') {
        return Err((REQUEST, "This part has to be a JSON object."));
    }
    let head: Head = serde_json::from_slice(request).map_err(|_| ("id", "The id has to stand there once, as text."))?;
    head.id
        .as_ref()
        .and_then(serde_json::Value::as_str)
        .and_then(RequestId::parse)
        .ok_or(("id", "The id has to be 8 to 64 of the characters A-Z, a-z, 0-9 and -."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: Option<&str> = Some("application/json");

    fn finish(parts: &[(&str, Option<&str>, &'static [u8])]) -> Result<Submission, Faults> {
        let mut draft = Draft::default();
        for &(name, content_type, bytes) in parts {
            draft.add(Some(name), content_type, Bytes::from_static(bytes));
        }
        draft.finish()
    }

    #[track_caller]
    fn assert_refused(parts: &[(&str, Option<&str>, &'static [u8])], at: &str) {
        match finish(parts) {
            Ok(submission) => panic!("{parts:?} was taken as {submission}"),
            Err(faults) => assert!(faults.contains_key(at), "{parts:?}: {faults:?} does not name {at}"),
        }
    }

    #[test]
    fn a_request_alone_is_enough_and_its_bytes_stay_as_they_came() {
        let bytes = b" {\"name\":\"\\ud800 \\u0000 <b>\", \"id\" : \"abc-DEF-1\"}\n";
        let submission = finish(&[("request", Some("Application/JSON; charset=utf-8"), bytes)]).unwrap();
        assert_eq!(submission.id().as_str(), "abc-DEF-1");
        assert_eq!(submission.bytes_of(&PARTS[0]).unwrap().as_ref(), bytes);
        assert_eq!(submission.bytes_of(&PARTS[1]), None);
    }

    #[test]
    fn a_log_line_holds_the_id_and_sizes_only() {
        let jpeg =
            b"\xFF\xD8\xFF\xFE\0\x08canary\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\x01\x11\0\xFF\xDA\0\x02\x01\xFF\xD9";
        let request = br#"{"id":"12345678","name":"canary"}"#;
        let submission = finish(&[("request", JSON, request), ("before", Some("image/jpeg"), jpeg)]).unwrap();
        assert_eq!(submission.to_string(), "12345678, request 33 bytes, before 32 bytes");
    }

    #[test]
    fn a_hostile_id_is_refused() {
        for request in [
            br#"{}"# as &[u8],
            br#"{"id":null}"#,
            br#"{"id":12345678}"#,
            br#"{"id":"1234567"}"#,
            br#"{"id":"12345678901234567890123456789012345678901234567890123456789012345"}"#,
            br#"{"id":"../../../etc/passwd"}"#,
            br#"{"id":"1234/5678"}"#,
            br#"{"id":"1234\\5678"}"#,
            br#"{"id":"1234 5678"}"#,
            br#"{"id":"12345678\n"}"#,
            br#"{"id":"12345678\u0000"}"#,
            br#"{"id":"1234.5678"}"#,
            "{\"id\":\"１２３４５６７８\"}".as_bytes(),
            br#"{"id":"\ud800aaaaaaaa"}"#,
            br#"{"id":"aaaaaaaa","id":"bbbbbbbb"}"#,
        ] {
            assert_refused(&[("request", JSON, request)], "id");
        }
    }

    #[test]
    fn a_part_that_is_not_what_it_has_to_be_is_named() {
        let good: &[u8] = br#"{"id":"12345678"}"#;
        let request = ("request", JSON, good);
        assert_refused(&[], "request");
        assert_refused(&[("request", None, good)], "request");
        assert_refused(&[("request", Some("text/plain"), good)], "request");
        assert_refused(&[("request", JSON, b"{\"id\":\"12345678\"")], "request");
        assert_refused(&[("request", JSON, b"{\"id\":\"12345678\"} x")], "request");
        assert_refused(&[("request", JSON, b"[\"12345678\"]")], "request");
        assert_refused(&[("request", JSON, b"{\"id\":\"12345678\",\"name\":\"\xff\"}")], "request");
        assert_refused(&[request, request], "request");
        assert_refused(&[request, ("design", JSON, b"")], "design");
        assert_refused(&[request, ("before", Some("image/jpeg"), b"<html>")], "before");
        assert_refused(&[request, ("after", Some("image/png"), b"\xFF\xD8\xFF\xE0")], "after");
        assert_refused(&[request, ("after", Some("image/jpeg"), b"\xFF\xD8")], "after");
        assert_refused(&[request, ("notes", JSON, b"{}")], "parts");
        assert_refused(&[request, ("Design", JSON, b"{}")], "parts");
    }

    #[test]
    fn a_text_that_is_too_long_and_another_version_are_named() {
        let long = format!(r#"{{"id":"12345678","version":2,"fields":{{"name":"{}"}}}}"#, "ä".repeat(255));
        let faults = finish(&[("request", JSON, Box::leak(long.into_boxed_str()).as_bytes())]).unwrap_err();
        assert_eq!(faults.keys().copied().collect::<Vec<_>>(), ["name", "version"]);
        let fits = format!(r#"{{"id":"12345678","version":1,"fields":{{"name":" {} "}}}}"#, "ä".repeat(252));
        let submission = finish(&[("request", JSON, Box::leak(fits.into_boxed_str()).as_bytes())]).unwrap();
        assert_eq!(submission.summary().name, "ä".repeat(252));
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let faults = finish(&[("request", JSON, b"{}"), ("design", JSON, b"{"), ("x", None, b"")]).unwrap_err();
        assert_eq!(faults.keys().copied().collect::<Vec<_>>(), ["design", "id", "parts"]);
    }
}
