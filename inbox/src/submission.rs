//! One consultation request as it arrives: its parts, and what makes them valid.
//!
//! What is looked at is the id, the kind of each part, and how long the visitor's texts are; what the fields mean is
//! the program's matter and that of the page that shows them.

use crate::document::{Document, MAX_CHARS};
use crate::parts::{Draft, Fault, Faults, FormKind, Id, Kind, Part, Parts};
use std::fmt;

/// The part that every request has and that holds its id.
const REQUEST: &str = "request";

/// Every part.
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

/// The form of a request.
pub(crate) static FORM: FormKind = FormKind {
    parts: &PARTS,
    others: "Only the parts request, design, before and after are accepted, the pictures also with -top, -left, -right or -back.",
};

/// The version of the request's format that is understood.
const VERSION: f64 = 1.0;

/// A valid request: its id and the bytes of its parts as they came.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    id: Id,
    parts: Parts,
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

impl Submission {
    /// The request of a form, once all its parts are in.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn read(mut draft: Draft) -> Result<Self, Faults> {
        let id = draft.id(REQUEST);
        let document = draft.bytes_of(REQUEST).and_then(|bytes| Document::read(bytes)).unwrap_or_default();
        if id.is_ok() {
            faults_of(&document).into_iter().for_each(|fault| draft.refuse(fault));
        }
        let (id, parts) = draft.finish(id)?;
        Ok(Self { id, summary: summary_of(&document), parts })
    }

    /// What the list of requests shows.
    pub(crate) fn summary(&self) -> &Summary {
        &self.summary
    }

    pub(crate) fn id(&self) -> &Id {
        &self.id
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }
}

impl fmt::Display for Submission {
    /// The id and the size of each part: all that may stand in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.id.as_str(), self.parts)
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;

    const JSON: Option<&str> = Some("application/json");

    fn finish(parts: &[(&str, Option<&str>, &'static [u8])]) -> Result<Submission, Faults> {
        let mut draft = Draft::of(&FORM);
        for &(name, content_type, bytes) in parts {
            draft.add(Some(name), content_type, Bytes::from_static(bytes));
        }
        Submission::read(draft)
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
        assert_eq!(submission.parts().bytes_of("request").unwrap().as_ref(), bytes);
        assert_eq!(submission.parts().bytes_of("design"), None);
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
