//! HTTP/1.1 messages over loopback: just enough for a driver, a browser and a small server to talk through.
//!
//! Bodies are read whole: by `Content-Length`, by chunks, or to the end of the connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The longest line of a head that is accepted, in bytes.
const LINE_LIMIT: u64 = 64 * 1024;

/// A request or an answer: its first line, its headers in order, its whole body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    /// `POST /path HTTP/1.1` or `HTTP/1.1 200 OK`.
    pub(crate) start: String,
    /// Header names as they came, and their values.
    pub(crate) headers: Vec<(String, String)>,
    /// The body without its transfer coding.
    pub(crate) body: Vec<u8>,
}

/// What a message's end is known by when neither a length nor chunks are named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unsized {
    /// A request without a length has no body.
    Empty,
    /// An answer without a length ends with its connection.
    ToEnd,
}

impl Message {
    /// A request with a body, to be sent on a connection of its own.
    pub(crate) fn request(method: &str, target: &str, body: &[u8]) -> Self {
        Self { start: format!("{method} {target} HTTP/1.1"), headers: Vec::new(), body: body.to_vec() }
    }

    /// An answer with a status and a body.
    pub(crate) fn answer(status: u16, content_type: &str, body: &[u8]) -> Self {
        let mut answer =
            Self { start: format!("HTTP/1.1 {status} {}", reason(status)), headers: Vec::new(), body: body.to_vec() };
        answer.set_header("Content-Type", content_type);
        answer
    }

    /// The first word of a request: `GET`.
    pub(crate) fn method(&self) -> &str {
        self.start.split(' ').next().unwrap_or_default()
    }

    /// The second word of a request: `/path?query`.
    pub(crate) fn target(&self) -> &str {
        self.start.split(' ').nth(1).unwrap_or_default()
    }

    /// The status of an answer; 0 where the first line has none.
    pub(crate) fn status(&self) -> u16 {
        self.target().parse().unwrap_or(0)
    }

    /// The first value of a header, whatever the case of its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut of_name = self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        of_name.next().map(|(_, value)| value.as_str())
    }

    /// Replaces every header of this name by one.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.remove_header(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Removes every header of this name.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    }

    /// Whether the header names this token, as in `Connection: keep-alive, Upgrade`.
    fn header_has(&self, name: &str, token: &str) -> bool {
        let value = self.header(name).unwrap_or_default();
        value.split(',').any(|part| part.trim().eq_ignore_ascii_case(token))
    }

    /// Whether the sender wants the connection closed after this message.
    pub(crate) fn closes(&self) -> bool {
        self.header_has("Connection", "close") || self.start.ends_with("HTTP/1.0")
    }

    /// Reads a request; `None` where the other side closed between two requests.
    pub(crate) fn read_request(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(mut request) = Self::read_head(from)? else {
            return Ok(None);
        };
        request.read_request_body(from)?;
        Ok(Some(request))
    }

    /// Reads the body that follows the head of a request.
    pub(crate) fn read_request_body(&mut self, from: &mut impl BufRead) -> io::Result<()> {
        self.read_body(from, Unsized::Empty)
    }

    /// Reads the answer to a request of this method, passing over `100 Continue`.
    pub(crate) fn read_answer(from: &mut impl BufRead, method: &str) -> io::Result<Self> {
        loop {
            let mut head = Self::read_head(from)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let status = head.status();
            if (100..200).contains(&status) {
                continue;
            }
            if method != "HEAD" && status != 204 && status != 304 {
                head.read_body(from, Unsized::ToEnd)?;
            }
            return Ok(head);
        }
    }

    /// Reads the first line and the headers; `None` where the other side closed before them.
    pub(crate) fn read_head(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut message = Self { start: read_line(from)?, ..Self::default() };
        if message.start.is_empty() {
            return Ok(None);
        }
        loop {
            let line = read_line(from)?;
            match line.split_once(':') {
                Some((name, value)) => message.headers.push((name.to_owned(), value.trim().to_owned())),
                None if line.is_empty() => return Ok(Some(message)),
                None => return Err(io::Error::other(format!("not a header: {line}"))),
            }
        }
    }

    fn read_body(&mut self, from: &mut impl BufRead, without_length: Unsized) -> io::Result<()> {
        if self.header_has("Transfer-Encoding", "chunked") {
            self.remove_header("Transfer-Encoding");
            return read_chunks(from, &mut self.body);
        }
        if let Some(length) = self.header("Content-Length") {
            let length = length.parse().map_err(io::Error::other)?;
            self.body = vec![0; length];
            return from.read_exact(&mut self.body);
        }
        if without_length == Unsized::ToEnd {
            from.read_to_end(&mut self.body)?;
        }
        Ok(())
    }

    /// Writes head and body, with the body's length as its only framing.
    pub(crate) fn write_to(&self, to: &mut impl Write) -> io::Result<()> {
        let mut head = format!("{}\r\n", self.start);
        let has_body = !matches!(self.status(), 204 | 304);
        for (name, value) in &self.headers {
            if !name.eq_ignore_ascii_case("Content-Length") {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        if has_body {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        to.write_all(head.as_bytes())?;
        if has_body {
            to.write_all(&self.body)?;
        }
        to.flush()
    }
}

/// Sends one request on a connection of its own and reads the answer.
///
/// # Errors
/// Whatever the connection meets; `WouldBlock` or `TimedOut` when nothing came within `patience`.
pub(crate) fn call(to: SocketAddr, mut request: Message, patience: Duration) -> io::Result<Message> {
    let mut stream = TcpStream::connect(to)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(patience))?;
    let host = request.header("Host").map_or_else(|| to.to_string(), str::to_owned);
    request.set_header("Host", &host);
    request.set_header("Connection", "close");
    request.write_to(&mut stream)?;
    Message::read_answer(&mut BufReader::new(stream), request.method())
}

fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    from.take(LINE_LIMIT).read_until(b'\n', &mut line)?;
    while line.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
        line.pop();
    }
    String::from_utf8(line).map_err(io::Error::other)
}

fn read_chunks(from: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let line = read_line(from)?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let length = u64::from_str_radix(digits, 16).map_err(io::Error::other)?;
        let got = from.take(length).read_to_end(body)?;
        if (got as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if length > 0 {
            read_line(from)?;
            continue;
        }
        // Trailers, if any, end with an empty line.
        while !read_line(from)?.is_empty() {}
        return Ok(());
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        302 => "Found",
        404 => "Not Found",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Answer",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn body_of(raw: &str) -> Vec<u8> {
        Message::read_answer(&mut raw.as_bytes(), "GET").unwrap().body
    }

    #[test]
    fn answers_are_framed_by_length_by_chunks_or_by_their_end() {
        assert_eq!(body_of("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcd"), b"abc");
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nT: v\r\n\r\n";
        assert_eq!(body_of(chunked), b"abc");
        assert_eq!(body_of("HTTP/1.1 200 OK\r\n\r\nabc"), b"abc");
        assert_eq!(body_of("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"), b"");
    }

    #[test]
    fn a_cut_body_is_an_error() {
        let short = "POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc";
        assert!(Message::read_request(&mut short.as_bytes()).is_err(), "a length of 9 with 3 bytes");
        let chunk = "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc";
        assert!(Message::read_request(&mut chunk.as_bytes()).is_err(), "a chunk of 9 with 3 bytes");
    }

    #[test]
    fn a_closed_connection_is_no_request() {
        assert!(Message::read_request(&mut "".as_bytes()).unwrap().is_none());
    }
}
