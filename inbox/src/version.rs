//! A design that the staff saved beside the visitor's, as it arrives.

use crate::document::Document;
use crate::parts::{Draft, Faults, FormKind, Id, Kind, Part, Parts};

/// The part that every version has. It is read and not kept: it holds the session's token.
const VERSION: &str = "version";

/// The part with the design, which every version has too.
pub(crate) const DESIGN: &str = "design";

/// Every part.
pub(crate) static PARTS: [Part; 7] = [
    Part { name: VERSION, file: "version.json", kind: Kind::Json },
    Part { name: DESIGN, file: "design.json", kind: Kind::Json },
    Part { name: "after", file: "after.jpg", kind: Kind::Jpeg },
    Part { name: "after-top", file: "after-top.jpg", kind: Kind::Jpeg },
    Part { name: "after-left", file: "after-left.jpg", kind: Kind::Jpeg },
    Part { name: "after-right", file: "after-right.jpg", kind: Kind::Jpeg },
    Part { name: "after-back", file: "after-back.jpg", kind: Kind::Jpeg },
];

/// The form of a version.
pub(crate) static FORM: FormKind = FormKind {
    parts: &PARTS,
    others: "Only the parts version, design and after are accepted, the pictures also with -top, -left, -right or -back.",
};

/// The longest name and the longest name of a program, in characters.
const MAX_NAME_CHARS: usize = 60;
const MAX_PROGRAM_CHARS: usize = 100;

/// A valid version.
#[derive(Clone, Debug)]
pub(crate) struct NewVersion {
    id: Id,
    name: String,
    program: String,
    parts: Parts,
}

impl NewVersion {
    /// The token that a form brings along; empty where it brings none.
    pub(crate) fn token(draft: &Draft) -> String {
        document(draft).text(&["csrf"])
    }

    /// The version of a form, once all its parts are in.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(crate) fn read(mut draft: Draft) -> Result<Self, Faults> {
        let id = draft.id(VERSION);
        let said = document(&draft);
        let text = |key| said.text(&[key]).trim().to_owned();
        let (name, program) = (text("name"), text("program"));
        if name.chars().count() > MAX_NAME_CHARS {
            draft.refuse(("name", "A name has at most 60 characters."));
        }
        if program.chars().count() > MAX_PROGRAM_CHARS {
            draft.refuse(("program", "This text is too long."));
        }
        match draft.bytes_of(DESIGN) {
            None => draft.refuse((DESIGN, "This part is missing.")),
            Some(bytes) if bytes.trim_ascii_start().first() != Some(&b'{') => {
                draft.refuse((DESIGN, "This part has to be a JSON object."));
            }
            Some(_) => {}
        }
        let (id, parts) = draft.finish(id)?;
        Ok(Self { id, name, program, parts: parts.without(VERSION) })
    }

    pub(crate) fn id(&self) -> &Id {
        &self.id
    }

    /// What its author calls it; may be empty.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Name and version of the program that made it; may be empty.
    pub(crate) fn program(&self) -> &str {
        &self.program
    }

    /// What is kept in files.
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }
}

fn document(draft: &Draft) -> Document {
    draft.bytes_of(VERSION).and_then(|bytes| Document::read(bytes)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;

    fn read(version: &str, design: &str) -> Result<NewVersion, Faults> {
        let mut draft = Draft::of(&FORM);
        for (name, text) in [("version", version), ("design", design)] {
            draft.add(Some(name), Some("application/json"), Bytes::copy_from_slice(text.as_bytes()));
        }
        NewVersion::read(draft)
    }

    #[test]
    fn the_token_is_read_and_not_kept() {
        let mut draft = Draft::of(&FORM);
        let text =
            Bytes::from_static(br#"{"id":"12345678","csrf":"CANARY","name":" Lower \u0000line ","program":"p 1"}"#);
        draft.add(Some("version"), Some("application/json"), text);
        draft.add(Some("design"), Some("application/json"), Bytes::from_static(b"{}"));
        assert_eq!(NewVersion::token(&draft), "CANARY");
        let version = NewVersion::read(draft).unwrap();
        assert_eq!((version.id().as_str(), version.name(), version.program()), ("12345678", "Lower line", "p 1"));
        assert_eq!(version.parts().files().iter().map(|(file, _)| *file).collect::<Vec<_>>(), ["design.json"]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let long = format!(r#"{{"id":"12345678","name":"{}"}}"#, "ä".repeat(61));
        let fits = format!(r#"{{"id":"12345678","name":"{}"}}"#, "ä".repeat(60));
        assert_eq!(read(&fits, " {}").unwrap().name(), "ä".repeat(60));
        for (version, design, at) in [
            (long.as_str(), "{}", "name"),
            (r#"{"id":"1234567"}"#, "{}", "id"),
            (r#"{"name":"x"}"#, "{}", "id"),
            ("[]", "{}", "version"),
            (r#"{"id":"12345678"}"#, "[]", "design"),
            (r#"{"id":"12345678"}"#, "", "design"),
        ] {
            let faults = read(version, design).unwrap_err();
            assert_eq!(faults.keys().copied().collect::<Vec<_>>(), [at], "{version} {design}");
        }
        let mut alone = Draft::of(&FORM);
        alone.add(Some("version"), Some("application/json"), Bytes::from_static(br#"{"id":"12345678"}"#));
        assert_eq!(NewVersion::read(alone).unwrap_err()["design"], "This part is missing.");
    }
}
