//! A version: a design that the clinic's staff saves beside the visitor's.

use super::opened::RequestLink;
use super::payload::{PROGRAM, after_name, json_part};
use crate::engine::calibration::Side;
use crate::engine::design::Design;
use crate::engine::ports::{Part, Payload};
use serde_json::{Map, Value};
use std::rc::Rc;

/// The longest name of a version, characters.
pub const MAX_VERSION_NAME: usize = 60;

/// What a version is made of. Its bytes stay the same for every try.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Made on the device; the same for every try.
    pub id: String,
    /// What it is called; may be empty.
    pub name: String,
    /// The design that it is of.
    pub of: Rc<Design>,
    /// The design's file.
    pub design: String,
    /// The pictures with the design, JPEG, of each side that has one.
    pub pictures: Vec<(Side, Rc<[u8]>)>,
}

impl Version {
    /// Whether it is of that design under that name.
    #[must_use]
    pub fn is_of(&self, design: &Design, name: &str) -> bool {
        self.name == name && *self.of == *design
    }

    /// The payload: fields `version`, `design`, and `after` with the side behind it where it is not the front.
    #[must_use]
    pub fn payload(&self, link: &RequestLink, csrf: &str) -> Payload {
        let said = [("id", &*self.id), ("csrf", csrf), ("name", &*self.name), ("program", PROGRAM)];
        let said: Map<String, Value> = said.into_iter().map(|(key, text)| (key.to_owned(), text.into())).collect();
        let written = Value::from(said).to_string();
        let mut parts =
            vec![json_part(("version", "version.json"), &written), json_part(("design", "design.json"), &self.design)];
        for (side, bytes) in &self.pictures {
            let (name, file_name) = after_name(*side);
            parts.push(Part { name, mime: "image/jpeg", file_name, bytes: bytes.clone() });
        }
        Payload { endpoint: link.versions_address(), parts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Parameters;

    #[test]
    fn a_version_goes_as_the_receiver_takes_it() {
        let design = Rc::new(Design::new(&Parameters::default(), 1));
        let pictures = [Side::Front, Side::Back].map(|side| (side, Rc::<[u8]>::from([0xff, 0xd8])));
        let version = Version {
            id: "first-id".to_owned(),
            name: "Higher \"A\"".to_owned(),
            of: design.clone(),
            design: "{}".to_owned(),
            pictures: pictures.to_vec(),
        };
        let link = RequestLink::new("7K2M-9QXR-4TDA", Some("another-1")).unwrap();
        let payload = version.payload(&link, "token");
        assert_eq!(payload.endpoint, "/inbox/requests/7K2M-9QXR-4TDA/versions");
        let parts: Vec<_> = payload.parts.iter().map(|part| (part.name, part.file_name, part.mime)).collect();
        let json = "application/json";
        let expected = [
            ("version", "version.json", json),
            ("design", "design.json", json),
            ("after", "after.jpg", "image/jpeg"),
            ("after-back", "after-back.jpg", "image/jpeg"),
        ];
        assert_eq!(parts, expected);
        let said: serde_json::Value = serde_json::from_slice(&payload.parts[0].bytes).unwrap();
        let program = concat!("hairline-designer ", env!("CARGO_PKG_VERSION"));
        let expected =
            serde_json::json!({ "id": "first-id", "csrf": "token", "name": "Higher \"A\"", "program": program });
        assert_eq!(said, expected);
        assert!(version.is_of(&design, "Higher \"A\"") && !version.is_of(&design, "Higher"));
    }
}
