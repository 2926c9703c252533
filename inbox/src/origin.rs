//! A web origin, `scheme://host[:port]`, in the spelling that browsers put into the `Origin` header.
//!
//! Invariant: an [`Origin`] holds only letters, digits and `:/.-`, so it can stand in a header as it is.

use std::fmt;

/// The schemes a page can have, with the port that is left out when an origin is written.
const SCHEMES: [(&str, &str); 2] = [("https://", "443"), ("http://", "80")];

/// The longest host name, in characters (RFC 1035, section 2.3.4, less the root label).
const MAX_HOST_CHARS: usize = 253;

/// A checked origin in lower case and without the scheme's own port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin(String);

/// Why a text is not an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginFault {
    /// It begins with neither `https://` nor `http://`.
    Scheme,
    /// A user name or password stands before the host.
    Credentials,
    /// The host is missing or is not a plain host name or IPv4 address.
    Host,
    /// The port is not a number from 1 to 65535.
    Port,
    /// Something follows the host and port, for instance a path or a final slash.
    Path,
}

impl fmt::Display for OriginFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "it has to begin with https:// or http://",
            Self::Credentials => "it must not hold a user name or password",
            Self::Host => {
                "the host has to be a plain host name or IPv4 address, without wildcards (an international name in \
                 its xn-- form)"
            }
            Self::Port => "the port has to be a number from 1 to 65535",
            Self::Path => "nothing may follow the host and port, not even a slash",
        })
    }
}

impl Origin {
    /// Reads an origin: scheme, host and optional port, nothing else.
    ///
    /// # Errors
    /// An [`OriginFault`] that names the first thing wrong.
    pub(crate) fn parse(text: &str) -> Result<Self, OriginFault> {
        let (scheme, own_port, rest) = split_scheme(text)?;
        if rest.contains('@') {
            return Err(OriginFault::Credentials);
        }
        if rest.contains(['/', '?', '#', '\\']) {
            return Err(OriginFault::Path);
        }
        let (host, port) = match rest.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (rest, None),
        };
        check_host(host)?;
        let host = host.to_ascii_lowercase();
        match port.map(check_port).transpose()? {
            Some(port) if port != own_port => Ok(Self(format!("{scheme}{host}:{port}"))),
            _ => Ok(Self(format!("{scheme}{host}"))),
        }
    }

    /// Reads the origin of an absolute address, whatever path follows it.
    ///
    /// # Errors
    /// An [`OriginFault`] that names the first thing wrong.
    pub(crate) fn of_address(address: &str) -> Result<Self, OriginFault> {
        let (scheme, _, rest) = split_scheme(address)?;
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        Self::parse(&format!("{scheme}{authority}"))
    }

    /// The origin as it stands in a header.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Splits the scheme off: its lower-case spelling, its own port and what follows.
fn split_scheme(text: &str) -> Result<(&'static str, &'static str, &str), OriginFault> {
    SCHEMES
        .iter()
        .find_map(|&(scheme, port)| {
            let (head, rest) = text.split_at_checked(scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then_some((scheme, port, rest))
        })
        .ok_or(OriginFault::Scheme)
}

fn check_host(host: &str) -> Result<(), OriginFault> {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() <= MAX_HOST_CHARS && host.split('.').all(is_label) { Ok(()) } else { Err(OriginFault::Host) }
}

/// Checks a port and gives it back without leading zeros.
fn check_port(port: &str) -> Result<String, OriginFault> {
    if !port.chars().all(|c| c.is_ascii_digit()) {
        return Err(OriginFault::Port);
    }
    match port.parse::<u16>() {
        Ok(number) if number > 0 => Ok(number.to_string()),
        _ => Err(OriginFault::Port),
    }
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
            ("https://xn--frisr-mua.example", "https://xn--frisr-mua.example"),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str), Ok(spelt), "{text}");
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused_by_name() {
        for (text, fault) in [
            ("", OriginFault::Scheme),
            ("*", OriginFault::Scheme),
            ("'self'", OriginFault::Scheme),
            ("null", OriginFault::Scheme),
            ("clinic.example", OriginFault::Scheme),
            ("javascript:alert(1)", OriginFault::Scheme),
            ("ftp://clinic.example", OriginFault::Scheme),
            ("häh", OriginFault::Scheme),
            ("https://", OriginFault::Host),
            ("https://*.clinic.example", OriginFault::Host),
            ("https://clinic.example;script-src *", OriginFault::Host),
            ("https://clinic.example https://other.example", OriginFault::Path),
            ("https://clinic.example other.example", OriginFault::Host),
            ("https://clinic..example", OriginFault::Host),
            ("https://-clinic.example", OriginFault::Host),
            ("https://friseür.example", OriginFault::Host),
            ("http://[::1]:8081", OriginFault::Host),
            ("https://clinic.example\r\nX-Evil: 1", OriginFault::Host),
            ("https://clinic.example:", OriginFault::Port),
            ("https://clinic.example:0", OriginFault::Port),
            ("https://clinic.example:65536", OriginFault::Port),
            ("https://clinic.example:+80", OriginFault::Port),
            ("https://clinic.example/", OriginFault::Path),
            ("https://clinic.example/page", OriginFault::Path),
            ("https://clinic.example?x", OriginFault::Path),
            ("https://me:secret@clinic.example", OriginFault::Credentials),
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
            ("https://me@clinic.example/requests", Err(OriginFault::Credentials)),
            ("https:///requests", Err(OriginFault::Host)),
        ] {
            let read = Origin::of_address(address);
            assert_eq!(read.as_ref().map(Origin::as_str), spelt.as_ref().copied(), "{address}");
        }
    }
}
