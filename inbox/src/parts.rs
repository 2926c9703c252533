//! The parts of a form: what each has to be, and the bytes of those that came.
//!
//! The bytes are kept as they came. What a part says is the matter of whoever asked for the form.

use crate::digest::sha256;
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

/// A part that a form may have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its name in the form.
    pub(crate) name: &'static str,
    /// The file that it is kept in; the client's own file name is never used.
    pub(crate) file: &'static str,
    pub(crate) kind: Kind,
}

/// A kind of form.
#[derive(Debug)]
pub(crate) struct FormKind {
    /// Every part that it may have, in the order in which they are logged.
    pub(crate) parts: &'static [Part],
    /// What is said of any other part.
    pub(crate) others: &'static str,
}

/// The largest part of JSON in bytes; the program's designs have a fraction of it.
const MAX_JSON_BYTES: usize = 1024 * 1024;

/// How long an id is, in characters.
const ID_CHARS: std::ops::RangeInclusive<usize> = 8..=64;

/// An id that a client made: 8 to 64 of `A-Z a-z 0-9 -`, so that it can be a folder's name anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Id(String);

/// The one field that every form's first part has.
#[derive(Deserialize)]
struct Head {
    id: Option<serde_json::Value>,
}

impl Id {
    /// Reads the id of a part that is known to be JSON; `part` is its name.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(part: &'static str, bytes: &[u8]) -> Result<Self, Fault> {
        // serde would also fill a struct from a list.
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err((part, "This part has to be a JSON object."));
        }
        let head: Head =
            serde_json::from_slice(bytes).map_err(|_| ("id", "The id has to stand there once, as text."))?;
        head.id
            .as_ref()
            .and_then(serde_json::Value::as_str)
            .and_then(Self::parse)
            .ok_or(("id", "The id has to be 8 to 64 of the characters A-Z, a-z, 0-9 and -."))
    }

    fn parse(text: &str) -> Option<Self> {
        let is_valid = ID_CHARS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        is_valid.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
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

/// The parts that a form has, each valid by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts(Vec<(&'static Part, Bytes)>);

impl Parts {
    /// The files that they are kept in.
    pub(crate) fn files(&self) -> Vec<(&'static str, Bytes)> {
        self.0.iter().map(|(part, bytes)| (part.file, bytes.clone())).collect()
    }

    /// What tells whether another form has the same parts.
    pub(crate) fn digests(&self) -> Vec<Digest> {
        let digest = |(part, bytes): &(&'static Part, Bytes)| Digest {
            part: part.name,
            bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
            digest: sha256(bytes),
        };
        self.0.iter().map(digest).collect()
    }

    /// Whether these are the parts, by name and digest, in any order.
    pub(crate) fn are(&self, mut stored: Vec<(String, String)>) -> bool {
        let mut here: Vec<(String, String)> =
            self.digests().into_iter().map(|Digest { part, digest, .. }| (part.to_owned(), digest)).collect();
        here.sort();
        stored.sort();
        here == stored
    }

    /// The bytes of the part of a name, if it came.
    pub(crate) fn bytes_of(&self, name: &str) -> Option<&Bytes> {
        self.0.iter().find(|(part, _)| part.name == name).map(|(_, bytes)| bytes)
    }

    /// The same without the part of a name.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(part, _)| part.name != name);
        self
    }
}

impl fmt::Display for Parts {
    /// The size of each part: all that may stand in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(part, bytes)| write!(f, ", {} {} bytes", part.name, bytes.len()))
    }
}

/// What is wrong with a form: a sentence for each part or field, by its name.
pub(crate) type Faults = BTreeMap<&'static str, &'static str>;

/// The name of a part or field and what is wrong with it.
pub(crate) type Fault = (&'static str, &'static str);

/// A form while its parts come in.
#[derive(Debug)]
pub(crate) struct Draft {
    kind: &'static FormKind,
    parts: Parts,
    faults: Faults,
}

impl Draft {
    /// A form of which nothing has come yet.
    pub(crate) fn of(kind: &'static FormKind) -> Self {
        Self { kind, parts: Parts::default(), faults: Faults::new() }
    }

    /// Takes a part in; `name` and `content_type` are the client's words and are only compared.
    pub(crate) fn add(&mut self, name: Option<&str>, content_type: Option<&str>, bytes: Bytes) {
        let Some(part) = self.kind.parts.iter().find(|part| name == Some(part.name)) else {
            self.faults.insert("parts", self.kind.others);
            return;
        };
        if self.parts.bytes_of(part.name).is_some() {
            self.faults.insert(part.name, "This part came more than once.");
        } else if let Some(fault) = part.kind.fault_of(content_type, &bytes) {
            self.faults.insert(part.name, fault);
        } else {
            self.parts.0.push((part, bytes));
        }
    }

    /// The bytes of the part of a name, if it came and was valid.
    pub(crate) fn bytes_of(&self, name: &str) -> Option<&Bytes> {
        self.parts.bytes_of(name)
    }

    /// The id in the part of a name, which every form of this kind has.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn id(&self, name: &'static str) -> Result<Id, Fault> {
        Id::read(name, self.bytes_of(name).ok_or((name, "This part is missing."))?)
    }

    /// Says that something else is wrong; what was said of the same part or field before stays.
    pub(crate) fn refuse(&mut self, (at, sentence): Fault) {
        self.faults.entry(at).or_insert(sentence);
    }

    /// The parts, once all are in. Where `head`, what they say, could not be read, that is a fault too.
    ///
    /// # Errors
    /// Everything that is wrong with the form.
    pub(crate) fn finish<T>(mut self, head: Result<T, Fault>) -> Result<(T, Parts), Faults> {
        // In the order in which they came no two forms would be logged alike.
        let place = |part: &'static Part| self.kind.parts.iter().position(|each| each == part);
        self.parts.0.sort_by_key(|(part, _)| place(part));
        match head {
            Ok(head) if self.faults.is_empty() => Ok((head, self.parts)),
            Ok(_) => Err(self.faults),
            Err(fault) => {
                self.refuse(fault);
                Err(self.faults)
            }
        }
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

/// Whether the bytes are one JSON value in UTF-8. Strings are not decoded, so what a visitor typed passes even where
/// it holds half a surrogate pair.
fn is_json(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}
