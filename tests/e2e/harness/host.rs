//! A static server for a page on another origin: the clinic's own site around the program.
//!
//! The program is opened as `http://127.0.0.1:PORT`, the host as `http://localhost:PORT`: another origin, and another
//! site, on the same machine.

use super::http::Message;
use super::server::{Server, lock};
use std::collections::HashMap;
use std::io::{self, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};

/// What is served: each path with its answer. A path that is missing is answered 404, the icon 204.
type Pages = Arc<Mutex<HashMap<String, Message>>>;

/// The host's server; it stops on drop.
pub(crate) struct Host {
    server: Server,
    pages: Pages,
}

impl Host {
    /// Serves this HTML at `/`, on a free port.
    #[track_caller]
    pub(crate) fn serve(html: &str) -> Self {
        let host = Self::empty();
        host.page("/", html);
        host
    }

    /// A host without pages yet: its address is known before its pages are written.
    #[track_caller]
    pub(crate) fn empty() -> Self {
        let pages = Pages::default();
        let shown = Arc::clone(&pages);
        let server = Server::start(0, move |stream, _| {
            // A browser closes its connections as it likes.
            let _ended = attend(stream, &shown);
        });
        Self { server: server.expect("a free port"), pages }
    }

    /// Adds or replaces an HTML page.
    pub(crate) fn page(&self, path: &str, html: &str) {
        self.file(path, "text/html; charset=utf-8", html.as_bytes());
    }

    /// Adds or replaces a file.
    pub(crate) fn file(&self, path: &str, content_type: &str, bytes: &[u8]) {
        self.answer(path, Message::answer(200, content_type, bytes));
    }

    /// Adds or replaces a whole answer, with its status and headers: a policy, a redirect.
    pub(crate) fn answer(&self, path: &str, answer: Message) {
        lock(&self.pages).insert(path.to_owned(), answer);
    }

    /// Where it listens, as `127.0.0.1`: for a [`super::Proxy`] in front.
    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// The address of a path by the name `localhost`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address().port())
    }
}

fn attend(mut stream: &TcpStream, pages: &Mutex<HashMap<String, Message>>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(request) = Message::read_request(&mut reader)? {
        let path = request.target().split('?').next().unwrap_or_default();
        let known = lock(pages).get(path).cloned();
        let answer = known.unwrap_or_else(|| match path {
            "/favicon.ico" => Message::answer(204, "image/x-icon", b""),
            _ => Message::answer(404, "text/plain", b"There is nothing here."),
        });
        answer.write_to(&mut stream)?;
        if request.closes() {
            break;
        }
    }
    Ok(())
}
