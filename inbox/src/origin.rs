//! A web origin, `scheme://host[:port]`, in the spelling that browsers put into the `Origin` header.
//!
//! Invariant: an [`Origin`] holds only letters, digits and `:/.-`, so it can stand in a header as it is.

use thiserror::Error;
use url::{ParseError, Url};

/// The schemes that a page can have.
const SCHEMES: [&str; 2] = ["https", "http"];

/// What can stand behind the host and port of an address; browsers take a backslash for a slash.
const AUTHORITY_ENDS: [char; 4] = ['/', '?', '#', '\\'];

/// The longest host name, in characters (RFC 1035, section 2.3.4, less the root label).
const MAX_HOST_CHARS: usize = 253;

/// A checked origin in lower case and without the scheme's own port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

/// Why a text is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OriginError {
    /// It begins with neither `https://` nor `http://`.
    #[error("it has to begin with https:// or http://")]
    Scheme,
    /// A user name or password stands before the host.
    #[error("it must not hold a user name or password")]
    Credentials,
    /// The host is missing or is not a plain host name or IPv4 address.
    #[error(
        "the host has to be a plain host name or IPv4 address, without wildcards (an international name in its xn-- form)"
    )]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port has to be a number from 1 to 65535")]
    Port,
    /// Something follows the host and port, for instance a path or a final slash.
    #[error("nothing may follow the host and port, not even a slash")]
    Path,
}

impl Origin {
    /// Reads an origin: scheme, host and optional port, nothing else.
    ///
    /// # Errors
    /// An [`OriginError`] that names the first thing wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, OriginError> {
        match after_scheme(text)? {
            rest if rest.contains('@') => Err(OriginError::Credentials),
            rest if rest.contains(AUTHORITY_ENDS) => Err(OriginError::Path),
            _ => Self::of_address(text),
        }
    }

    /// Reads the origin of an absolute address, whatever path follows it.
    ///
    /// # Errors
    /// An [`OriginError`] that names the first thing wrong.
    pub(crate) fn of_address(address: &str) -> Result<Self, OriginError> {
        let authority = after_scheme(address)?.split(AUTHORITY_ENDS).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(OriginError::Credentials);
        }
        // Asked before `url` reads it: that drops line breaks, spells international names in ASCII and takes `*` and `;`
        // for parts of a name, as browsers do.
        if !is_plain_host(authority.split(':').next().unwrap_or_default()) {
            return Err(OriginError::Host);
        }
        let url = Url::parse(address).map_err(|error| match error {
            ParseError::InvalidPort => OriginError::Port,
            _ => OriginError::Host,
        })?;
        if authority.ends_with(':') || url.port() == Some(0) {
            return Err(OriginError::Port);
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// The origin as it stands in a header.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What follows the scheme and its `://`.
fn after_scheme(address: &str) -> Result<&str, OriginError> {
    let (scheme, rest) = address.split_once("://").ok_or(OriginError::Scheme)?;
    let is_known = SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    is_known.then_some(rest).ok_or(OriginError::Scheme)
}

/// Whether it is a host that can stand in a header as it is.
fn is_plain_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= MAX_HOST_CHARS && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_spelt_as_browsers_spell_it() {
        for (text, spelt) in [
            ("https://clinic.example", "https://clinic.example"),
            ("HTTPS://Clinic.Example", "https://clinic.example"),
            ("https://clinic.example:443", "https://clinic.example"),
            ("http://clinic.example:443", "http://clinic.example:443"),
            ("http://localhost:8081", "http://localhost:8081"),
            ("http://127.0.0.1:0080", "http://127.0.0.1"),
            ("http://0x7f.1:8081", "http://127.0.0.1:8081"),
            ("https://xn--frisr-mua.example", "https://xn--frisr-mua.example"),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str), Ok(spelt), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused_by_name() {
        for (text, fault) in [
            ("", OriginError::Scheme),
            ("*", OriginError::Scheme),
            ("'self'", OriginError::Scheme),
            ("null", OriginError::Scheme),
            ("clinic.example", OriginError::Scheme),
            ("javascript:alert(1)", OriginError::Scheme),
            ("ftp://clinic.example", OriginError::Scheme),
            ("häh", OriginError::Scheme),
            ("https://", OriginError::Host),
            ("https://*.clinic.example", OriginError::Host),
            ("https://clinic.example;script-src *", OriginError::Host),
            ("https://clinic.example https://other.example", OriginError::Path),
            ("https://clinic.example other.example", OriginError::Host),
            ("https://clinic..example", OriginError::Host),
            ("https://-clinic.example", OriginError::Host),
            ("https://friseür.example", OriginError::Host),
            ("http://[::1]:8081", OriginError::Host),
            ("http://127.0.0.256", OriginError::Host),
            ("https://xn--a.example", OriginError::Host),
            ("https://clinic.example\r\nX-Evil: 1", OriginError::Host),
            ("https://clinic.example:", OriginError::Port),
            ("https://clinic.example:0", OriginError::Port),
            ("https://clinic.example:65536", OriginError::Port),
            ("https://clinic.example:+80", OriginError::Port),
            ("https://clinic.example/", OriginError::Path),
            ("https://clinic.example/page", OriginError::Path),
            ("https://clinic.example?x", OriginError::Path),
            ("https://me:secret@clinic.example", OriginError::Credentials),
        ] {
            assert_eq!(Origin::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn the_origin_of_an_address_leaves_its_path_out() {
        for (address, spelt) in [
            ("https://clinic.example/api/requests?x=1#y", Ok("https://clinic.example")),
            ("http://127.0.0.1:9000/requests", Ok("http://127.0.0.1:9000")),
            ("https://clinic.example\\@other.example/", Ok("https://clinic.example")),
            ("https://me@clinic.example/requests", Err(OriginError::Credentials)),
            ("https:///requests", Err(OriginError::Host)),
        ] {
            let read = Origin::of_address(address);
            assert_eq!(read.as_ref().map(Origin::as_str), spelt.as_ref().copied(), "{address}");
        }
    }
}
