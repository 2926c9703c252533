//! An HTTP client that sends exactly the bytes it is given, so that nothing tidies a hostile request up.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than any answer takes; a test that waits longer has found a hang.
const TIMEOUT: Duration = Duration::from_secs(20);

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| {
            panic!("no whole answer came: {:?}", String::from_utf8_lossy(bytes));
        });
        let head = str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut answer = Self { status, headers, body: bytes[end + 4..].to_vec() };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.body = unchunked(&answer.body);
        }
        answer
    }

    /// The value of a header; a header that came twice fails the test.
    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(present, _)| present == name).map(|(_, value)| value.as_str());
        let first = values.next();
        assert_eq!(values.next(), None, "{name} came twice: {:?}", self.headers);
        first
    }

    /// Every value of a header.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(present, _)| present == name).map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON, which it has to say that it is.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What a body holds that came in chunks.
fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n").expect("a chunk broke off");
        let length = usize::from_str_radix(str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return whole;
        }
        whole.extend(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 4 + length..];
    }
}

/// Sends bytes as they are and reads until the server closes the connection.
pub(crate) fn send(server: SocketAddr, bytes: &[u8]) -> Response {
    let mut stream = connect(server);
    // A server that has answered already may have stopped reading; its answer is read all the same.
    let sent = stream.write_all(bytes);
    assert!(!matches!(&sent, Err(error) if error.kind() == ErrorKind::WouldBlock), "the server stopped reading");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    Response::parse(&answer)
}

/// Like [`send`] to a server that may go away at any time: `None` where no whole answer came.
pub(crate) fn try_send(server: SocketAddr, bytes: &[u8]) -> Option<Response> {
    let mut stream = TcpStream::connect(server).ok()?;
    stream.set_read_timeout(Some(TIMEOUT)).ok()?;
    stream.write_all(bytes).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let is_whole = answer.windows(4).any(|four| four == b"\r\n\r\n") && answer.ends_with(b"}");
    is_whole.then(|| Response::parse(&answer))
}

pub(crate) fn connect(server: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(server).unwrap();
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    stream.set_write_timeout(Some(TIMEOUT)).unwrap();
    stream
}

/// Asks for a path with a method and further header lines.
pub(crate) fn ask(server: SocketAddr, method: &str, path: &str, headers: &[&str]) -> Response {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    send(server, format!("{method} {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n{lines}\r\n").as_bytes())
}

pub(crate) fn get(server: SocketAddr, path: &str) -> Response {
    ask(server, "GET", path, &[])
}

/// A small whole JPEG picture that holds everything that could be mistaken for the end of a part, and `fill`.
pub(crate) fn jpeg(fill: u8) -> Vec<u8> {
    let comment = b"\r\n-----a-boundary\r\n------a-boundarx--\r\n--\r\n\0\xFF\xD9";
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xFE, 0, u8::try_from(comment.len() + 2).unwrap()];
    bytes.extend(comment);
    // One component of 64 by 48 pixels, and a scan of it.
    bytes.extend([0xFF, 0xC0, 0, 11, 8, 0, 48, 0, 64, 1, 1, 0x11, 0]);
    bytes.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]);
    bytes.extend([fill; 5000]);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// The boundary of every form here.
const BOUNDARY: &str = "----a-boundary";

/// A form that is being put together, with whatever a hostile client would put into it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form(Vec<u8>);

impl Form {
    /// Adds a part as a browser would send it.
    pub(crate) fn part(self, name: &str, content_type: &str, bytes: &[u8]) -> Self {
        let disposition = format!("form-data; name=\"{name}\"; filename=\"blob\"");
        self.raw(&format!("Content-Disposition: {disposition}\r\nContent-Type: {content_type}"), bytes)
    }

    pub(crate) fn json(self, name: &str, text: &str) -> Self {
        self.part(name, "application/json", text.as_bytes())
    }

    pub(crate) fn jpeg(self, name: &str, bytes: &[u8]) -> Self {
        self.part(name, "image/jpeg", bytes)
    }

    /// Adds a part with these header lines.
    pub(crate) fn raw(mut self, headers: &str, bytes: &[u8]) -> Self {
        self.0.extend(format!("--{BOUNDARY}\r\n{headers}\r\n\r\n").as_bytes());
        self.0.extend(bytes);
        self.0.extend(b"\r\n");
        self
    }

    /// The finished body.
    pub(crate) fn body(mut self) -> Vec<u8> {
        self.0.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.0
    }

    /// Sends the form with further header lines.
    pub(crate) fn post_with(self, server: SocketAddr, headers: &[&str]) -> Response {
        self.post_to(server, "/requests", headers)
    }

    /// Sends the form to a path with further header lines.
    pub(crate) fn post_to(self, server: SocketAddr, path: &str, headers: &[&str]) -> Response {
        let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let body = self.body();
        let mut bytes = format!("{}{lines}\r\n", post_head_to(server, path, body.len())).into_bytes();
        bytes.extend(body);
        send(server, &bytes)
    }

    /// The bytes of the whole request.
    pub(crate) fn message(self, server: SocketAddr) -> Vec<u8> {
        let body = self.body();
        let mut bytes = format!("{}\r\n", post_head(server, body.len())).into_bytes();
        bytes.extend(body);
        bytes
    }

    pub(crate) fn post(self, server: SocketAddr) -> Response {
        self.post_with(server, &[])
    }
}

/// The head of a form of this length, up to where further header lines may follow.
pub(crate) fn post_head(server: SocketAddr, length: usize) -> String {
    post_head_to(server, "/requests", length)
}

/// Likewise for another path.
pub(crate) fn post_head_to(server: SocketAddr, path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\nContent-Length: {length}\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
    )
}
