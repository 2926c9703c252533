//! HTTP messages as tests speak of them: whole, with their bodies.

use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use std::io;

/// An answer: a status, headers, a body.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    status: StatusCode,
    headers: HeaderMap,
    /// The body without its transfer coding.
    pub(crate) body: Vec<u8>,
}

impl Message {
    /// An answer with a status and a body.
    pub(crate) fn answer(status: u16, content_type: &str, body: &[u8]) -> Self {
        let status = StatusCode::from_u16(status).expect("a status of HTTP");
        let mut answer = Self { status, headers: HeaderMap::new(), body: body.to_vec() };
        answer.set_header("Content-Type", content_type);
        answer
    }

    /// The answer of a server, read to its end.
    ///
    /// # Errors
    /// When the body breaks off.
    pub(crate) async fn read(answer: Response<Body>) -> io::Result<Self> {
        let (head, body) = answer.into_parts();
        Ok(Self { status: head.status, headers: head.headers, body: read_body(body).await? })
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

    /// The answer with the body's length as its only framing.
    pub(crate) fn response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        // The server that sends it names the length itself, and keeps the connection as it likes.
        for framing in ["content-length", "transfer-encoding", "connection", "keep-alive"] {
            response.headers_mut().remove(framing);
        }
        response
    }

    /// The first line and the headers as bytes, for an answer that is written by hand.
    pub(crate) fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {}\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            if !["content-length", "transfer-encoding"].contains(&name.as_str()) {
                head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
            }
        }
        head.extend(format!("content-length: {}\r\n\r\n", self.body.len()).bytes());
        head
    }
}

/// A request as it came from a browser.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    head: Parts,
    /// The body without its transfer coding.
    pub(crate) body: Vec<u8>,
}

impl Asked {
    /// A request whose body is not read.
    pub(crate) fn without_body(head: Parts) -> Self {
        Self { head, body: Vec::new() }
    }

    /// `GET`.
    pub(crate) fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// `/path?query`.
    pub(crate) fn target(&self) -> &str {
        self.head.uri.path_and_query().map_or("", |target| target.as_str())
    }

    /// The first value of a header, whatever the case of its name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        text(&self.head.headers, name)
    }

    /// Removes every header of this name.
    pub(crate) fn remove_header(&mut self, name: &str) {
        self.head.headers.remove(name);
    }

    /// The same request to another address.
    pub(crate) fn request(&self, address: impl std::fmt::Display) -> Request<Body> {
        let body = if self.body.is_empty() && self.head.method == Method::GET {
            Body::empty()
        } else {
            Body::from(self.body.clone())
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.head.method.clone();
        *request.uri_mut() = format!("http://{address}{}", self.target()).parse().expect("an address with a path");
        *request.headers_mut() = self.head.headers.clone();
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
