//! A clinic's own receiver on another origin than the program, as its documentation asks for one, or with a mistake in it.

use crate::harness::http::{Message, read_body};
use crate::harness::runtime::{block_on, lock, spawn};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What browsers of another origin are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    /// To ask first, and to read the answer.
    Whole,
    /// To read the answer; nobody answers the question that browsers ask first.
    AnswerAlone,
    /// Nothing: whoever set it up forgot it.
    Nothing,
}

struct Heard {
    leave: Leave,
    messages: Vec<Message>,
}

/// The receiver; it stops on drop.
pub(crate) struct Receiver {
    port: u16,
    serving: JoinHandle<()>,
    heard: Arc<Mutex<Heard>>,
}

impl Receiver {
    /// Listens on a free port.
    #[track_caller]
    pub(crate) fn start(leave: Leave) -> Self {
        let heard = Arc::new(Mutex::new(Heard { leave, messages: Vec::new() }));
        let listener = block_on(TcpListener::bind(("127.0.0.1", 0))).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&heard));
        let serving = spawn(async move {
            // It ends when the receiver is dropped, not by itself.
            let _ended = axum::serve(listener, router).await;
        });
        Self { port, serving, heard }
    }

    /// Where requests go: another origin than the program's.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://localhost:{}/in", self.port)
    }

    /// What it heard, as `METHOD path`.
    pub(crate) fn heard(&self) -> Vec<String> {
        let heard = lock(&self.heard);
        heard.messages.iter().map(|message| format!("{} {}", message.method(), message.target())).collect()
    }

    /// The requests of visitors, in order.
    pub(crate) fn requests(&self) -> Vec<Message> {
        let mut messages = lock(&self.heard).messages.clone();
        messages.retain(|message| message.method() == "POST");
        messages
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(State(heard): State<Arc<Mutex<Heard>>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let mut message = Message::without_body(head);
    message.body = read_body(Body::new(body)).await.unwrap_or_default();
    let leave = {
        let mut heard = lock(&heard);
        heard.messages.push(message.clone());
        heard.leave
    };
    let mut answer = match message.method() {
        "OPTIONS" if leave == Leave::Whole => Message::answer(204, "text/plain", b""),
        "POST" => receipt(&message),
        _ => Message::answer(405, "text/plain", b"no"),
    };
    let is_allowed = leave == Leave::Whole || (leave == Leave::AnswerAlone && message.method() == "POST");
    if is_allowed {
        answer.set_header("Access-Control-Allow-Origin", message.header("origin").unwrap_or("*"));
        answer.set_header("Access-Control-Allow-Methods", "POST");
    }
    answer.response()
}

/// Repeats the id of a request, as a receiver has to.
fn receipt(message: &Message) -> Message {
    let body = String::from_utf8_lossy(&message.body);
    let id = body.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    Message::answer(201, "application/json", json!({ "id": id }).to_string().as_bytes())
}
