//! HTTP messages as tests speak of them: whole, with their bodies.

use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use std::io;

/// A request or an answer.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    start: Start,
    headers: HeaderMap,
    /// The body without its transfer coding.
    pub(crate) body: Vec<u8>,
}

/// What a message begins with.
#[derive(Clone, Debug)]
enum Start {
    Request { method: Method, target: String },
    Answer(StatusCode),
}

impl Message {
    /// A request with a body.
    pub(crate) fn request(method: &str, target: &str, body: &[u8]) -> Self {
        let method = Method::try_from(method).expect("a method of HTTP");
        let start = Start::Request { method, target: target.to_owned() };
        Self { start, headers: HeaderMap::new(), body: body.to_vec() }
    }

    /// A request whose body is not read.
    pub(crate) fn without_body(head: Parts) -> Self {
        let target = head.uri.path_and_query().map_or("", |target| target.as_str());
        Self { headers: head.headers, ..Self::request(head.method.as_str(), target, b"") }
    }

    /// An answer with a status and a body.
    pub(crate) fn answer(status: u16, content_type: &str, body: &[u8]) -> Self {
        let status = StatusCode::from_u16(status).expect("a status of HTTP");
        let mut answer = Self { start: Start::Answer(status), headers: HeaderMap::new(), body: body.to_vec() };
        answer.set_header("Content-Type", content_type);
        answer
    }

    /// The answer of a server, read to its end.
    ///
    /// # Errors
    /// When the body breaks off.
    pub(crate) async fn read(answer: Response<Body>) -> io::Result<Self> {
        let (head, body) = answer.into_parts();
        Ok(Self { start: Start::Answer(head.status), headers: head.headers, body: read_body(body).await? })
    }

    /// The first value of a header, whatever the case of its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        text(&self.headers, name)
    }

    /// Replaces every header of this name by one.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        let name = HeaderName::try_from(name).expect("a header's name");
        self.headers.insert(name, HeaderValue::try_from(value).expect("a header's value"));
    }

    /// The method of a request: `GET`.
    pub(crate) fn method(&self) -> &str {
        match &self.start {
            Start::Request { method, .. } => method.as_str(),
            Start::Answer(_) => "",
        }
    }

    /// The target of a request: `/path?query`.
    pub(crate) fn target(&self) -> &str {
        match &self.start {
            Start::Request { target, .. } => target,
            Start::Answer(_) => "",
        }
    }

    fn status(&self) -> StatusCode {
        match self.start {
            Start::Answer(status) => status,
            Start::Request { .. } => StatusCode::OK,
        }
    }

    /// Removes every header of this name.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.headers.remove(name);
    }

    /// The answer with the body's length as its only framing.
    pub(crate) fn response(self) -> Response<Body> {
        let status = self.status();
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        // The server that sends it names the length itself, and keeps the connection as it likes.
        for framing in ["content-length", "transfer-encoding", "connection", "keep-alive"] {
            response.headers_mut().remove(framing);
        }
        response
    }

    /// The first line and the headers as bytes, for an answer that is written by hand.
    pub(crate) fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.status()).into_bytes();
        for (name, value) in &self.headers {
            if !["content-length", "transfer-encoding"].contains(&name.as_str()) {
                head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
            }
        }
        head.extend(format!("content-length: {}\r\n\r\n", self.body.len()).bytes());
        head
    }

    /// The same request to another address.
    pub(crate) fn to(&self, address: impl std::fmt::Display) -> Request<Body> {
        let body =
            if self.body.is_empty() && self.method() == "GET" { Body::empty() } else { Body::from(self.body.clone()) };
        let mut request = Request::new(body);
        *request.method_mut() = Method::try_from(self.method()).expect("a request has a method");
        *request.uri_mut() = format!("http://{address}{}", self.target()).parse().expect("an address with a path");
        *request.headers_mut() = self.headers.clone();
        for framing in ["content-length", "transfer-encoding", "connection", "keep-alive"] {
            request.headers_mut().remove(framing);
        }
        request
    }
}

/// A body, read to its end.
///
/// # Errors
/// When it breaks off.
pub(crate) async fn read_body(body: Body) -> io::Result<Vec<u8>> {
    to_bytes(body, usize::MAX).await.map(|bytes| bytes.to_vec()).map_err(io::Error::other)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
