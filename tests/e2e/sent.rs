//! What was sent, read from the raw bodies as they came to the receiver.

use crate::harness::http::Message;
use crate::site::Site;
use serde_json::Value;

/// Where requests go.
const PATH: &str = "/requests";

/// One part of a body of `multipart/form-data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its header lines as they came.
    pub(crate) headers: Vec<String>,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// How often the browser began to send a request, also where it got no further than the head.
pub(crate) fn attempts(site: &Site) -> usize {
    site.proxy.requests_of("POST", PATH).len()
}

/// The bodies that came whole, in order.
pub(crate) fn bodies(site: &Site) -> Vec<Vec<u8>> {
    let recorded = site.proxy.requests_of("POST", PATH).into_iter();
    recorded.map(|recorded| recorded.message.body).filter(|body| !body.is_empty()).collect()
}

/// The same, each with its media type before it.
pub(crate) fn bodies_with_kind(site: &Site) -> Vec<(String, Vec<u8>)> {
    let recorded = site.proxy.requests_of("POST", PATH).into_iter().map(|recorded| recorded.message);
    let whole = recorded.filter(|message| !message.body.is_empty());
    whole.map(|message| (message.header("content-type").unwrap_or_default().to_owned(), message.body)).collect()
}

/// The parts of each request whose body came whole, in order.
#[track_caller]
pub(crate) fn deliveries(site: &Site) -> Vec<Vec<Part>> {
    let recorded = site.proxy.requests_of("POST", PATH);
    recorded.iter().filter(|recorded| !recorded.message.body.is_empty()).map(|each| parts(&each.message)).collect()
}

/// The id of each request whose body came whole, in order.
#[track_caller]
pub(crate) fn ids(site: &Site) -> Vec<String> {
    deliveries(site).iter().map(|parts| id_of(parts)).collect()
}

/// Every attempt whose body came whole carried the same id; returns it with their number.
#[track_caller]
pub(crate) fn same_id(site: &Site) -> (String, usize) {
    let ids = ids(site);
    let Some(first) = ids.first() else { panic!("nothing was sent") };
    assert!(ids.iter().all(|id| id == first), "the tries carried other ids: {ids:?}");
    (first.clone(), ids.len())
}

#[track_caller]
fn id_of(parts: &[Part]) -> String {
    let request: Value = serde_json::from_slice(&parts[0].bytes).expect("the first part is the request, as JSON");
    request["id"].as_str().expect("it has an id").to_owned()
}

#[track_caller]
fn parts(message: &Message) -> Vec<Part> {
    let kind = message.header("content-type").unwrap_or_default();
    let boundary = kind.split_once("boundary=").map(|(_, boundary)| boundary.trim_matches('"')).expect("a boundary");
    let line = format!("--{boundary}");
    let mut pieces = split(&message.body, line.as_bytes()).into_iter();
    assert_eq!(pieces.next(), Some(b"".as_slice()), "something stands before the first part");
    let mut parts: Vec<&[u8]> = pieces.collect();
    assert_eq!(parts.pop().map(|end| end.trim_ascii()), Some(b"--".as_slice()), "the body has no end");
    parts.into_iter().map(part).collect()
}

#[track_caller]
fn part(piece: &[u8]) -> Part {
    let piece = piece.strip_prefix(b"\r\n").and_then(|piece| piece.strip_suffix(b"\r\n")).expect("lines around a part");
    let end = piece.windows(4).position(|four| four == b"\r\n\r\n").expect("an empty line after the headers");
    let headers = String::from_utf8_lossy(&piece[..end]);
    Part { headers: headers.split("\r\n").map(str::to_owned).collect(), bytes: piece[end + 4..].to_vec() }
}

fn split<'a>(mut bytes: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    while let Some(at) = bytes.windows(mark.len()).position(|part| part == mark) {
        pieces.push(&bytes[..at]);
        bytes = &bytes[at + mark.len()..];
    }
    pieces.push(bytes);
    pieces
}

#[test]
fn a_body_is_read_into_its_parts() {
    let mut message = Message::request(
        "POST",
        "/",
        b"--x\r\nA: 1\r\nB: 2\r\n\r\n{\"id\":\"7K2M\"}\r\n--x\r\nA: 3\r\n\r\n\r\n\r\n--x--\r\n",
    );
    message.set_header("Content-Type", "multipart/form-data; boundary=x");
    let parts = parts(&message);
    assert_eq!(parts[0].headers, ["A: 1", "B: 2"]);
    assert_eq!(
        (parts[1].headers.as_slice(), parts[1].bytes.as_slice()),
        (["A: 3".to_owned()].as_slice(), b"\r\n".as_slice())
    );
    assert_eq!((parts.len(), id_of(&parts)), (2, "7K2M".to_owned()));
}
