//! What the server needs of the clinic's `hairline.config.json`; the program itself reads the rest of that file.
//!
//! The file is read once, when the server starts, so that a mistake is told to the person who made it and not to
//! a visitor.

use crate::origin::{Origin, OriginError};
use serde::Deserialize;
use std::{fs, io, path::Path};
use thiserror::Error;
use url::{ParseError, Url};

/// The name of the clinic's configuration beside `index.html`.
pub(crate) const FILE_NAME: &str = "hairline.config.json";

/// The checked part of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Configuration {
    /// Where requests go when that is another origin than the program's own.
    pub(crate) endpoint: Option<Origin>,
    /// Who may show the program in a frame; `None` when the file does not say.
    pub(crate) frame_origins: Option<Vec<Origin>>,
    /// Which other origins may send requests to this receiver.
    pub(crate) allow_origins: Vec<Origin>,
    /// The clinic's name; empty where the file does not say it.
    pub(crate) clinic_name: String,
}

/// Why a `hairline.config.json` cannot be used.
#[derive(Debug, Error)]
pub enum ConfigurationError {
    /// The file is there but cannot be read.
    #[error("{FILE_NAME} cannot be read: {0}.")]
    Unreadable(io::Error),
    /// The file is not JSON, or a value is of the wrong kind.
    #[error("{FILE_NAME} cannot be understood: {0}. Correct that place.")]
    Malformed(serde_json::Error),
    /// An entry of a list of origins is not an origin.
    #[error(
        "{FILE_NAME} lists {value:?} in {key}, which is not an origin: {error}. Write it like https://www.clinic.example."
    )]
    NotAnOrigin {
        /// The list: `frame_origins` or `allow_origins`.
        key: &'static str,
        /// The entry as it stands in the file.
        value: String,
        /// What is wrong with it.
        error: OriginError,
    },
    /// `request.endpoint` is neither a path on this server nor an address that a browser can send to.
    #[error(
        "{FILE_NAME} gives {value:?} as request.endpoint, which cannot be sent to: {error}. Write a path like /requests \
         or an address like https://www.clinic.example/requests."
    )]
    Endpoint {
        /// The endpoint as it stands in the file.
        value: String,
        /// What is wrong with it.
        error: OriginError,
    },
}

#[derive(Deserialize)]
struct Document {
    /// Only its name is looked at; what else is wrong in it the program says.
    clinic: Option<serde_json::Value>,
    request: Option<RequestSection>,
    frame_origins: Option<Vec<String>>,
    allow_origins: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct RequestSection {
    endpoint: Option<String>,
}

impl Configuration {
    /// Reads the configuration of the built program in `dist`; a missing file means the defaults.
    ///
    /// # Errors
    /// A [`ConfigurationError`] that names the offending value.
    pub(crate) fn read(dist: &Path) -> Result<Self, ConfigurationError> {
        match fs::read_to_string(dist.join(FILE_NAME)) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(ConfigurationError::Unreadable(error)),
        }
    }

    fn parse(text: &str) -> Result<Self, ConfigurationError> {
        // Some editors begin a file with a byte order mark; browsers skip it when they read JSON.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let document: Document = serde_json::from_str(text).map_err(ConfigurationError::Malformed)?;
        let endpoint = document.request.and_then(|request| request.endpoint);
        let clinic = document.clinic.unwrap_or_default();
        Ok(Self {
            clinic_name: clinic["name"].as_str().unwrap_or_default().to_owned(),
            endpoint: endpoint.as_deref().map(foreign_origin).transpose()?.flatten(),
            frame_origins: document.frame_origins.map(|list| origins("frame_origins", list)).transpose()?,
            allow_origins: origins("allow_origins", document.allow_origins.unwrap_or_default())?,
        })
    }
}

/// The origin of an absolute endpoint; `None` for a path on this server.
fn foreign_origin(endpoint: &str) -> Result<Option<Origin>, ConfigurationError> {
    let has_no_scheme = Url::parse(endpoint) == Err(ParseError::RelativeUrlWithoutBase);
    // A browser reads "//host" and "/\host" as another server.
    if has_no_scheme && !endpoint.replace('\\', "/").starts_with("//") {
        return Ok(None);
    }
    Origin::of_address(endpoint)
        .map(Some)
        .map_err(|error| ConfigurationError::Endpoint { value: endpoint.to_owned(), error })
}

fn origins(key: &'static str, list: Vec<String>) -> Result<Vec<Origin>, ConfigurationError> {
    list.into_iter()
        .map(|value| Origin::parse(&value).map_err(|error| ConfigurationError::NotAnOrigin { key, value, error }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(text: &str) -> Configuration {
        Configuration::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn what_the_program_alone_needs_is_passed_over() {
        assert_eq!(read(r#"{"clinic": {"name": "A", "phone": 1}}"#).clinic_name, "A");
        let configuration = read(r#"{"clinic": {"name": 1}, "request": {"endpoint": "/requests", "x": 1}, "y": []}"#);
        assert_eq!(configuration, Configuration::default());
    }

    #[test]
    fn an_empty_list_of_frames_is_not_a_missing_one() {
        assert_eq!(read("\u{feff}{}").frame_origins, None);
        assert_eq!(read(r#"{"frame_origins": []}"#).frame_origins, Some(Vec::new()));
    }

    #[test]
    fn an_endpoint_elsewhere_gives_its_origin_and_a_path_gives_none() {
        for (endpoint, origin) in [
            ("/requests", None),
            ("requests", None),
            ("./requests?to=a:b", None),
            ("https://clinic.example/requests", Some("https://clinic.example")),
            ("HTTP://127.0.0.1:9000/requests", Some("http://127.0.0.1:9000")),
        ] {
            let configuration = read(&serde_json::json!({"request": {"endpoint": endpoint}}).to_string());
            assert_eq!(configuration.endpoint.as_ref().map(Origin::as_str), origin, "{endpoint}");
        }
    }

    #[test]
    fn an_endpoint_that_no_browser_can_send_to_is_refused() {
        for endpoint in ["javascript:alert(1)", "//other.example/x", "/\\other.example", "data:,x", "mailto:a@b"] {
            let text = serde_json::json!({"request": {"endpoint": endpoint}}).to_string();
            let refused = Configuration::parse(&text);
            assert!(matches!(refused, Err(ConfigurationError::Endpoint { .. })), "{endpoint}: {refused:?}");
        }
    }

    #[test]
    fn a_bad_entry_is_named_with_its_list() {
        for key in ["frame_origins", "allow_origins"] {
            let text = serde_json::json!({key: ["https://good.example", "*"]}).to_string();
            let said = Configuration::parse(&text).unwrap_err().to_string();
            assert!(said.contains(key) && said.contains("\"*\""), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_not_json_tells_the_place() {
        let said = Configuration::parse("{\n  \"frame_origins\": [,]\n}").unwrap_err().to_string();
        assert!(said.contains("line 2"), "{said}");
    }
}
