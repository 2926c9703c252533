//! The headers that every answer carries, whatever was asked and whatever went wrong.

use crate::configuration::Configuration;
use crate::origin::Origin;
use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, InvalidHeaderValue, REFERRER_POLICY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::Response,
};
use std::sync::Arc;

/// Sent with every answer: no guessing of types, no address of the page to others, and of the sensors only the
/// camera, for taking a photo.
const ALWAYS: [(HeaderName, &str); 3] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=()"),
];

/// The script that clinics put into their own pages; it alone may be loaded from any origin.
const EMBED_PATH: &str = "/embed.js";
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// How many hexadecimal digits trunk's content hash has: 64 bits, written without leading zeros. One hash in 16
/// has a digit less and one in 256 two less; anything shorter is taken for a part of the name, which costs the
/// browser a question and never shows it an old file.
const HASH_DIGITS: std::ops::RangeInclusive<usize> = 14..=16;

/// Pictures beside the program. Their names say of what they are and never stand for another picture.
const PICTURES_PATH: &str = "/assets/";

/// What wasm-bindgen puts behind the hash of a module.
const WASM_SUFFIX: &str = "_bg";

/// A year, the longest time that caches honour.
const CACHE_FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Keep it, but ask each time whether it is still the same.
const CACHE_AND_ASK: &str = "no-cache";
/// Answers to requests hold ids, and a failure must not outlive its cause.
const CACHE_NEVER: &str = "no-store";

/// The content security policy of this server's configuration.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    content_security: HeaderValue,
}

impl Policy {
    /// Makes the policy of a configuration.
    ///
    /// # Errors
    /// When the policy cannot stand in a header.
    pub(crate) fn new(configuration: &Configuration) -> Result<Self, InvalidHeaderValue> {
        let content_security = HeaderValue::try_from(content_security_policy(configuration))?;
        Ok(Self { content_security })
    }
}

/// What the page may do: run and show only what comes from here, and talk only to here and to the endpoint.
fn content_security_policy(configuration: &Configuration) -> String {
    let endpoint = configuration.endpoint.as_ref().map(|origin| format!(" {}", origin.as_str()));
    let frames = match configuration.frame_origins.as_deref() {
        None => "'self'".to_owned(),
        Some([]) => "'none'".to_owned(),
        Some(origins) => origins.iter().map(Origin::as_str).collect::<Vec<_>>().join(" "),
    };
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        &format!("connect-src 'self'{}", endpoint.unwrap_or_default()),
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        &format!("frame-ancestors {frames}"),
    ]
    .join("; ")
}

/// Adds the headers to every answer; a layer around everything else.
pub(crate) async fn add_headers(State(policy): State<Arc<Policy>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let is_read = request.method().is_safe();
    let mut response = next.run(request).await;
    let is_file = is_read && is_file(response.status());
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // The policy goes with every answer and not only with pages: a worker takes its policy from the answer that
    // brought its own script, and a 304 replaces the policy that the browser kept with the page.
    // What the staff see brings a policy and caching of its own.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert_with(|| policy.content_security.clone());
    let caching = if is_file { file_caching(&path) } else { CACHE_NEVER };
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(caching));
    if path == EMBED_PATH {
        open_to_all(headers);
    }
    response
}

fn open_to_all(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
}

/// Whether a status brings a file, or says that the browser's copy of it is still good.
fn is_file(status: StatusCode) -> bool {
    status.is_success() || status == StatusCode::NOT_MODIFIED
}

/// How long a file may be kept.
fn file_caching(path: &str) -> &'static str {
    let is_hashed = path.rsplit('/').next().is_some_and(has_content_hash);
    if is_hashed || path.starts_with(PICTURES_PATH) { CACHE_FOR_EVER } else { CACHE_AND_ASK }
}

/// Whether a file name is one that trunk made from the file's content: `name-<hash>.ext` or `name-<hash>_bg.wasm`.
fn has_content_hash(file_name: &str) -> bool {
    let Some((stem, extension)) = file_name.split_once('.').filter(|(_, extension)| !extension.is_empty()) else {
        return false;
    };
    let stem = if extension == "wasm" { stem.strip_suffix(WASM_SUFFIX).unwrap_or(stem) } else { stem };
    stem.rsplit_once('-').is_some_and(|(name, hash)| {
        !name.is_empty()
            && HASH_DIGITS.contains(&hash.len())
            && hash.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_content_hash_or_a_picture_is_kept_for_ever() {
        for (path, expected) in [
            ("/", CACHE_AND_ASK),
            ("/index.html", CACHE_AND_ASK),
            ("/embed.js", CACHE_AND_ASK),
            ("/boot.js", CACHE_AND_ASK),
            ("/worker.js", CACHE_AND_ASK),
            ("/worker_loader.js", CACHE_AND_ASK),
            ("/hairline.config.json", CACHE_AND_ASK),
            ("/app-0123456789abcdef.js", CACHE_FOR_EVER),
            ("/app-0123456789abcdef_bg.wasm", CACHE_FOR_EVER),
            ("/app-0123456789abcdef.wasm", CACHE_FOR_EVER),
            ("/styles/page-fedcba9876543210.css", CACHE_FOR_EVER),
            ("/app-123456789abcdef.js", CACHE_FOR_EVER),
            ("/app-0123456789abcdef_bg.js", CACHE_AND_ASK),
            ("/app-0123456789ABCDEF.js", CACHE_AND_ASK),
            ("/app-0123456789abcdef0.js", CACHE_AND_ASK),
            ("/app-0123456789abcdeg.js", CACHE_AND_ASK),
            ("/app-decade.js", CACHE_AND_ASK),
            ("/-0123456789abcdef.js", CACHE_AND_ASK),
            ("/app-0123456789abcdef", CACHE_AND_ASK),
            ("/app-0123456789abcdef.", CACHE_AND_ASK),
            ("/app-0123456789abcdef.js/other.js", CACHE_AND_ASK),
            ("/0123456789abcdef.js", CACHE_AND_ASK),
            ("/assets/sample/sample-head-1.webp", CACHE_FOR_EVER),
            ("/assets.js", CACHE_AND_ASK),
            ("/other/assets/picture.webp", CACHE_AND_ASK),
        ] {
            assert_eq!(file_caching(path), expected, "{path}");
        }
    }

    #[test]
    fn the_policy_names_the_endpoint_and_the_frames_of_the_configuration() {
        let clinic = Origin::parse("https://clinic.example").unwrap();
        let other = Origin::parse("http://localhost:8081").unwrap();
        for (endpoint, frame_origins, connect, frames) in [
            (None, None, "connect-src 'self'; ", "frame-ancestors 'self'"),
            (None, Some(vec![]), "connect-src 'self'; ", "frame-ancestors 'none'"),
            (
                Some(clinic.clone()),
                Some(vec![clinic, other]),
                "connect-src 'self' https://clinic.example; ",
                "frame-ancestors https://clinic.example http://localhost:8081",
            ),
        ] {
            let text = content_security_policy(&Configuration { endpoint, frame_origins, ..Configuration::default() });
            assert!(text.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "), "{text}");
            assert!(text.contains(connect) && text.ends_with(frames), "{text}");
        }
    }
}
