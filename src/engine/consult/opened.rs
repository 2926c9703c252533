//! A request of the clinic's that its staff opens in the designer: which one the address names, and what the receiver gives of it.

use crate::engine::calibration::Side;
use crate::engine::design::file::{self, DesignFileError};
use crate::engine::design::{Design, PhotoRef, photo_digest};
use crate::engine::photo::{inspect, working_size};
use crate::engine::ports::{Response, TransportError};
use serde::Deserialize;
use serde_json::Value;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// How many characters an id has.
const ID_CHARS: RangeInclusive<usize> = 8..=64;

fn is_id(text: &str) -> bool {
    ID_CHARS.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Which request of the clinic's is meant, and which of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLink {
    request: String,
    version: Option<String>,
}

impl RequestLink {
    /// The request of that id, and its version of that id or the visitor's own design; `None` where either is no id.
    #[must_use]
    pub fn new(request: &str, version: Option<&str>) -> Option<Self> {
        let is_valid = is_id(request) && version.is_none_or(is_id);
        is_valid.then(|| Self { request: request.to_owned(), version: version.map(str::to_owned) })
    }

    /// The page of the request, for the staff.
    #[must_use]
    pub fn page(&self) -> String {
        format!("/inbox/requests/{}", self.request)
    }

    /// Where the design and its pictures are asked for.
    #[must_use]
    pub fn address(&self) -> String {
        let version = self.version.as_ref().map_or_else(String::new, |version| format!("?version={version}"));
        format!("{}/designer{version}", self.page())
    }

    /// Where versions are saved.
    #[must_use]
    pub fn versions_address(&self) -> String {
        format!("{}/versions", self.page())
    }

    /// Whether a picture's address is a file of this request. Nothing else is fetched, whatever an answer says.
    fn has_file(&self, address: &str) -> bool {
        let name = address.strip_prefix(&*self.page()).and_then(|rest| rest.strip_prefix("/files/"));
        let is_plain = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_alphanumeric())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
        };
        name.is_some_and(is_plain)
    }

    /// A picture of the answer, where it is one of this request.
    fn picture(&self, said: &Value) -> Option<(Side, String)> {
        let side = Side::deserialize(said.get("side")?).ok()?;
        let address = said.get("address")?.as_str().filter(|address| self.has_file(address))?;
        Some((side, address.to_owned()))
    }
}

/// The staff's login of the receiver.
pub const LOGIN_PAGE: &str = "/inbox/login";

/// Why a request could not be opened.
#[derive(Debug, Clone, PartialEq)]
pub enum OpenError {
    /// Nobody is logged in.
    LoggedOut,
    /// There is no such request or version, or it has no design.
    NotFound,
    /// The device has no network.
    Offline,
    /// No answer that can be used came.
    NoAnswer,
    /// The design cannot be read.
    BadDesign(DesignFileError),
}

/// A request as the receiver gives it to the staff.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedRequest {
    /// The session's token, which a version brings along.
    pub csrf: String,
    /// Whether the account may save versions.
    pub may_save: bool,
    /// The visitor's design, or the version's.
    pub design: Design,
    /// Where the pictures before the design lie, of the sides that have one.
    pub pictures: Vec<(Side, String)>,
}

impl OpenedRequest {
    /// What the receiver's answer says. A picture that is no file of the request is left out.
    ///
    /// # Errors
    /// Says why there is nothing to open, see [`OpenError`].
    pub fn read(link: &RequestLink, answered: &Result<Response, TransportError>) -> Result<Self, OpenError> {
        let answer = match answered {
            Err(TransportError::Offline) => return Err(OpenError::Offline),
            Err(_) => return Err(OpenError::NoAnswer),
            Ok(answer) => answer,
        };
        match answer.status {
            200 => {}
            401 => return Err(OpenError::LoggedOut),
            404 => return Err(OpenError::NotFound),
            _ => return Err(OpenError::NoAnswer),
        }
        let said: Value = serde_json::from_str(&answer.body).map_err(|_| OpenError::NoAnswer)?;
        let is_asked_for = said.get("request").and_then(Value::as_str) == Some(&*link.request);
        let csrf = said.get("csrf").and_then(Value::as_str).filter(|_| is_asked_for).ok_or(OpenError::NoAnswer)?;
        let may_save = said.get("may_save").and_then(Value::as_bool).ok_or(OpenError::NoAnswer)?;
        let design = said.get("design").ok_or(OpenError::NoAnswer)?.to_string();
        let design = file::read(design.as_bytes()).map_err(OpenError::BadDesign)?;
        let listed = said.get("pictures").and_then(Value::as_array).ok_or(OpenError::NoAnswer)?;
        let pictures = listed.iter().filter_map(|picture| link.picture(picture)).collect();
        Ok(Self { csrf: csrf.to_owned(), may_save, design, pictures })
    }

    /// The design laid on these pictures, each turned and levelled already, and the sides of it whose picture is missing or none:
    /// what is drawn there stays as it is.
    #[must_use]
    pub fn laid_on(&self, pictures: &[(Side, Rc<[u8]>)]) -> (Design, Vec<Side>) {
        let mut design = self.design.clone();
        let mut missing = Vec::new();
        let sides: Vec<Side> =
            design.views.each().filter(|(_, view)| view.photo.is_some()).map(|(side, _)| side).collect();
        for side in sides {
            let picture = pictures.iter().find(|(of, _)| *of == side);
            match picture.and_then(|(_, bytes)| photo_of(bytes)) {
                Some(photo) => design.fit_photo(side, photo),
                None => missing.push(side),
            }
        }
        (design, missing)
    }
}

/// A picture as a design names it; `None` for bytes that are none.
fn photo_of(bytes: &[u8]) -> Option<PhotoRef> {
    let header = inspect(bytes).ok()?;
    let (width, height) = working_size(header.width, header.height);
    Some(PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: photo_digest(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::PhotoPoint;

    const ID: &str = "7K2M-9QXR-4TDA";

    fn link() -> RequestLink {
        RequestLink::new(ID, None).unwrap()
    }

    #[test]
    fn only_ids_name_a_request() {
        for (request, version, is_link) in [
            (ID, None, true),
            ("12345678", Some("abcdefgh"), true),
            ("1234567", None, false),
            ("../../../etc", None, false),
            ("12345678?a=1", None, false),
            (ID, Some("x"), false),
            (ID, Some("abcdefgh&x=1"), false),
        ] {
            assert_eq!(RequestLink::new(request, version).is_some(), is_link, "{request} {version:?}");
        }
        assert!(RequestLink::new(&"x".repeat(64), None).is_some() && RequestLink::new(&"x".repeat(65), None).is_none());
        let version = RequestLink::new(ID, Some("second-1")).unwrap();
        assert_eq!(version.address(), format!("/inbox/requests/{ID}/designer?version=second-1"));
        assert_eq!(version.versions_address(), format!("/inbox/requests/{ID}/versions"));
    }

    fn answer(status: u16, change: impl Fn(&mut serde_json::Value)) -> Result<Response, TransportError> {
        let design = Design::new(&crate::engine::catalog::Parameters::default(), 1);
        let design: serde_json::Value = serde_json::from_str(&file::write(&design).unwrap()).unwrap();
        let mut said = serde_json::json!({
            "request": ID, "page": format!("/inbox/requests/{ID}"), "csrf": "token", "may_save": true, "design": design,
            "pictures": [{ "side": "front", "address": format!("/inbox/requests/{ID}/files/before.jpg") }],
        });
        change(&mut said);
        Ok(Response { status, retry_after_s: None, body: said.to_string() })
    }

    #[test]
    fn an_answer_is_read_strictly_and_each_fault_has_a_name() {
        let opened = OpenedRequest::read(&link(), &answer(200, |_| ())).unwrap();
        assert_eq!((&*opened.csrf, opened.may_save, opened.pictures.len()), ("token", true, 1));
        let read = |answer| OpenedRequest::read(&link(), &answer).unwrap_err();
        assert_eq!(read(answer(401, |_| ())), OpenError::LoggedOut);
        assert_eq!(read(answer(404, |_| ())), OpenError::NotFound);
        assert_eq!(read(answer(503, |_| ())), OpenError::NoAnswer);
        assert_eq!(read(answer(200, |said| said["request"] = "another-one".into())), OpenError::NoAnswer);
        for key in ["csrf", "may_save", "pictures", "design"] {
            let error = read(answer(200, |said| drop(said.as_object_mut().and_then(|said| said.remove(key)))));
            assert_eq!(error, OpenError::NoAnswer, "without {key}");
        }
        assert_eq!(read(Err(TransportError::Offline)), OpenError::Offline);
        assert_eq!(read(Err(TransportError::NoAnswer)), OpenError::NoAnswer);
        assert!(matches!(read(answer(200, |said| said["design"]["version"] = 99.into())), OpenError::BadDesign(_)));
        assert!(matches!(read(answer(200, |said| said["design"]["more"] = 1.into())), OpenError::BadDesign(_)));
    }

    #[test]
    fn a_design_is_laid_on_the_pictures_and_what_is_missing_is_named() {
        let picture: &[u8] = include_bytes!("../../../assets/sample/sample-head-1.webp");
        let mut opened = OpenedRequest::read(&link(), &answer(200, |_| ())).unwrap();
        let photo =
            |width, height| PhotoRef { width, height, quarter_turns: 1, level: 2.0, digest: "other".to_owned() };
        opened.design.views.front.photo = Some(photo(600, 1500));
        opened.design.views.front.glabella = Some(PhotoPoint::new(300.0, 750.0));
        opened.design.views.top.photo = Some(photo(100, 100));
        opened.design.views.left.photo = Some(photo(100, 100));
        let pictures = [(Side::Front, Rc::from(picture)), (Side::Left, Rc::from(b"GIF89a".as_slice()))];
        let (design, missing) = opened.laid_on(&pictures);
        assert_eq!(missing, [Side::Top, Side::Left]);
        let laid = design.views.front;
        assert_eq!(laid.glabella, Some(PhotoPoint::new(600.0, 750.0)));
        let expected =
            PhotoRef { width: 1200, height: 1500, quarter_turns: 0, level: 0.0, digest: photo_digest(picture) };
        assert_eq!(laid.photo, Some(expected), "the picture is turned and levelled already");
        assert_eq!(design.views.top, opened.design.views.top);
    }

    #[test]
    fn nothing_but_a_file_of_the_request_is_fetched() {
        for (address, is_file) in [
            (format!("/inbox/requests/{ID}/files/before-top.jpg"), true),
            (format!("https://other.example/inbox/requests/{ID}/files/before.jpg"), false),
            (format!("//other.example/inbox/requests/{ID}/files/before.jpg"), false),
            (format!("/inbox/requests/{ID}/files/../../other/files/before.jpg"), false),
            (format!("/inbox/requests/{ID}/files/%2e%2e/x.jpg"), false),
            (format!("/inbox/requests/{ID}/files/.."), false),
            (format!("/inbox/requests/{ID}/files/"), false),
            ("/inbox/requests/12345678/files/before.jpg".to_owned(), false),
            (format!("/inbox/requests/{ID}/delete"), false),
        ] {
            let said = answer(200, |said| said["pictures"][0]["address"] = address.clone().into());
            let opened = OpenedRequest::read(&link(), &said).unwrap();
            assert_eq!(opened.pictures.len(), usize::from(is_file), "{address}");
        }
    }
}
