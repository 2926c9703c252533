//! A static server for a page on another origin: the clinic's own site around the program.
//!
//! The program is opened as `http://127.0.0.1:PORT`, the host as `http://localhost:PORT`: another origin, and another
//! site, on the same machine.

use super::http::Message;
use super::runtime::{block_on, lock, spawn};
use super::watch;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What is served at a path.
#[derive(Clone)]
struct Page {
    answer: Message,
    /// Whether the script that keeps errors may be added: an answer with headers of its own stays as the test wrote it.
    is_watched: bool,
}

/// Each path with its answer. A path that is missing is answered 404, the icon 204.
type Pages = Arc<Mutex<HashMap<String, Page>>>;

/// The host's server; it stops on drop.
pub(crate) struct Host {
    address: SocketAddr,
    serving: JoinHandle<()>,
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
        let listener = block_on(TcpListener::bind(("127.0.0.1", 0))).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(&pages));
        let serving = spawn(async move {
            // It ends when the host is dropped, not by itself.
            let _ended = axum::serve(listener, router).await;
        });
        Self { address, serving, pages }
    }

    /// Adds or replaces an HTML page.
    pub(crate) fn page(&self, path: &str, html: &str) {
        self.file(path, "text/html; charset=utf-8", html.as_bytes());
    }

    /// Adds or replaces a file.
    pub(crate) fn file(&self, path: &str, content_type: &str, bytes: &[u8]) {
        let answer = Message::answer(200, content_type, bytes);
        lock(&self.pages).insert(path.to_owned(), Page { answer, is_watched: true });
    }

    /// Adds or replaces a whole answer, with its status and headers: a policy, a redirect.
    pub(crate) fn answer(&self, path: &str, answer: Message) {
        lock(&self.pages).insert(path.to_owned(), Page { answer, is_watched: false });
    }

    /// Where it listens, as `127.0.0.1`: for a [`super::Proxy`] in front.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path by the name `localhost`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(pages): State<Pages>, request: Request) -> Response<Body> {
    let request = Message::without_body(request.into_parts().0);
    if let Some(script) = watch::script_for(&request) {
        return script.response();
    }
    let path = request.target().split('?').next().unwrap_or_default();
    let answer = match (lock(&pages).get(path).cloned(), path) {
        (Some(Page { mut answer, is_watched }), _) => {
            if is_watched && watch::is_for(&request) {
                watch::add_to(&mut answer, &request);
            }
            answer
        }
        (None, "/favicon.ico") => Message::answer(204, "image/x-icon", b""),
        (None, _) => Message::answer(404, "text/plain", b"There is nothing here."),
    };
    answer.response()
}
