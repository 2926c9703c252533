//! A loopback proxy between the browser and a server: it records every request and breaks what it is told to break.
//!
//! It speaks HTTP/1.1 and keeps its connections to the browser alive, as the fault that matters most asks for: a
//! browser re-sends a whole POST by itself when a *reused* connection closes before the answer.

use super::http::{self, Message};
use super::server::{Server, lock};
use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long the server behind may take for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the page finds the script that [`Proxy::watch_pages`] puts into it.
const WATCH_PATH: &str = "/__e2e/watch.js";

/// What happens to a request instead of being passed on.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// The server gets the whole request and answers; the browser's connection closes without a byte of the answer.
    DropAfterAnswer,
    /// The connection closes when the head has come: the server sees nothing, the body is cut.
    DropBeforeBody,
    /// The server gets the request; its answer is held back for a time.
    Delay(Duration),
    /// The server gets the request; the answer never comes.
    Hang,
    /// Only this many bytes of the answer's body arrive, then the connection closes.
    Truncate(usize),
    /// The server sees nothing; the browser gets this answer.
    Reply(Message),
}

/// A request as it came from the browser.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// The request, whole; without a body where the connection was dropped before it.
    pub(crate) message: Message,
    /// The number of the connection on which it came.
    pub(crate) connection: usize,
    /// The fault that it met, if any.
    pub(crate) fault: Option<Fault>,
}

/// Requests that meet a fault.
struct Rule {
    method: String,
    path_start: String,
    /// How many more requests; `None` for all.
    left: Option<usize>,
    fault: Fault,
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    recorded: Vec<Recorded>,
    watches_pages: bool,
}

/// The proxy; it stops on drop.
pub(crate) struct Proxy {
    upstream: SocketAddr,
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    server: Option<Server>,
}

impl Proxy {
    /// Stands in front of a server, on a free port of `127.0.0.1`.
    #[track_caller]
    pub(crate) fn before(upstream: SocketAddr) -> Self {
        let state = Arc::default();
        let server = listen(0, upstream, &state).expect("a free port");
        Self { upstream, address: server.address(), state, server: Some(server) }
    }

    /// The proxy's address for a path: `url("/")`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Puts the script that keeps a page's errors first into every HTML page that passes, so that faults of the start
    /// are seen in WebKit and Firefox too. The page's policy has to allow scripts of its own origin.
    pub(crate) fn watch_pages(&self) {
        lock(&self.state).watches_pages = true;
    }

    /// The next `times` requests of this method whose path starts so meet a fault.
    pub(crate) fn next(&self, times: usize, method: &str, path_start: &str, fault: Fault) {
        self.add(Some(times), method, path_start, fault);
    }

    /// All requests of this method whose path starts so meet a fault, until [`Self::pass`].
    pub(crate) fn always(&self, method: &str, path_start: &str, fault: Fault) {
        self.add(None, method, path_start, fault);
    }

    /// Everything passes again.
    pub(crate) fn pass(&self) {
        lock(&self.state).rules.clear();
    }

    /// Closes the port and all connections: new ones are refused.
    pub(crate) fn go_offline(&mut self) {
        self.server = None;
    }

    /// Listens again, on the same port.
    #[track_caller]
    pub(crate) fn come_back(&mut self) {
        let server = listen(self.address.port(), self.upstream, &self.state);
        self.server = Some(server.expect("the port that was free a moment ago"));
    }

    /// Every request until now, in order. The proxy's own script is not among them.
    pub(crate) fn requests(&self) -> Vec<Recorded> {
        lock(&self.state).recorded.clone()
    }

    /// The requests of this method whose path starts so.
    pub(crate) fn requests_of(&self, method: &str, path_start: &str) -> Vec<Recorded> {
        let mut of_kind = self.requests();
        of_kind.retain(|recorded| is_for(&recorded.message, method, path_start));
        of_kind
    }

    /// Forgets the requests until now.
    pub(crate) fn forget(&self) {
        lock(&self.state).recorded.clear();
    }

    fn add(&self, left: Option<usize>, method: &str, path_start: &str, fault: Fault) {
        let rule = Rule { method: method.to_owned(), path_start: path_start.to_owned(), left, fault };
        lock(&self.state).rules.push(rule);
    }
}

fn listen(port: u16, upstream: SocketAddr, state: &Arc<Mutex<State>>) -> io::Result<Server> {
    let state = Arc::clone(state);
    Server::start(port, move |stream, number| {
        // A connection that breaks is the browser's way of cancelling: the next one starts afresh.
        let _ended = carry(stream, number, upstream, &state);
    })
}

/// Carries requests of one connection until either side closes or a fault does.
fn carry(stream: &TcpStream, number: usize, upstream: SocketAddr, state: &Mutex<State>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some(mut request) = Message::read_head(&mut reader)? {
        if request.target() == WATCH_PATH {
            Message::answer(200, "text/javascript", include_bytes!("watch.js")).write_to(&mut &*stream)?;
            continue;
        }
        let fault = take_fault(state, &request);
        let is_cut = matches!(fault, Some(Fault::DropBeforeBody));
        if !is_cut {
            request.read_request_body(&mut reader)?;
        }
        lock(state).recorded.push(Recorded { message: request.clone(), connection: number, fault: fault.clone() });
        let closes = request.closes();
        match fault {
            None => forward(request, upstream, state)?.write_to(&mut &*stream)?,
            Some(fault) => suffer(fault, request, upstream, stream)?,
        }
        if closes {
            break;
        }
    }
    Ok(())
}

/// Lets a request meet its fault. `Err` closes the connection.
fn suffer(fault: Fault, request: Message, upstream: SocketAddr, mut stream: &TcpStream) -> io::Result<()> {
    let dropped = io::ErrorKind::ConnectionAborted;
    match fault {
        Fault::DropBeforeBody => Err(dropped.into()),
        Fault::DropAfterAnswer => {
            http::call(upstream, request, PATIENCE)?;
            Err(dropped.into())
        }
        Fault::Delay(time) => {
            let answer = http::call(upstream, request, PATIENCE)?;
            wait(Instant::now().checked_add(time), stream)?;
            answer.write_to(&mut stream)
        }
        Fault::Hang => {
            http::call(upstream, request, PATIENCE)?;
            wait(None, stream)
        }
        Fault::Truncate(kept) => {
            let answer = http::call(upstream, request, PATIENCE)?;
            let mut whole = Vec::new();
            answer.write_to(&mut whole)?;
            let missing = answer.body.len().saturating_sub(kept);
            whole.truncate(whole.len() - missing);
            stream.write_all(&whole)?;
            Err(dropped.into())
        }
        Fault::Reply(answer) => answer.write_to(&mut stream),
    }
}

/// Waits for a time, or for ever, but no longer than the browser keeps its connection.
fn wait(until: Option<Instant>, stream: &TcpStream) -> io::Result<()> {
    const LOOK: Duration = Duration::from_millis(20);
    stream.set_read_timeout(Some(LOOK))?;
    while until.is_none_or(|end| Instant::now() < end) {
        match stream.peek(&mut [0]) {
            Ok(0) => return Err(io::ErrorKind::ConnectionAborted.into()),
            // A next request waits its turn.
            Ok(_) => thread::sleep(LOOK),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
            Err(error) => return Err(error),
        }
    }
    stream.set_read_timeout(None)
}

fn forward(mut request: Message, upstream: SocketAddr, state: &Mutex<State>) -> io::Result<Message> {
    let watches = lock(state).watches_pages;
    if watches {
        // The page must come as plain text to be added to.
        request.remove_header("Accept-Encoding");
    }
    let mut answer = http::call(upstream, request, PATIENCE)?;
    answer.remove_header("Connection");
    answer.remove_header("Keep-Alive");
    if watches && answer.header("Content-Type").is_some_and(|kind| kind.starts_with("text/html")) {
        put_watch_into(&mut answer.body);
    }
    Ok(answer)
}

fn put_watch_into(page: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(page);
    let head = text.to_ascii_lowercase().find("<head").unwrap_or(0);
    let after = text.get(head..).and_then(|rest| rest.find('>')).map_or(head, |end| head + end + 1);
    let script = format!("<script src=\"{WATCH_PATH}\"></script>");
    if let (Some(before), Some(rest)) = (text.get(..after), text.get(after..)) {
        *page = [before, &script, rest].concat().into_bytes();
    }
}

fn take_fault(state: &Mutex<State>, request: &Message) -> Option<Fault> {
    let mut state = lock(state);
    let is_due = |rule: &&mut Rule| rule.left != Some(0) && is_for(request, &rule.method, &rule.path_start);
    let rule = state.rules.iter_mut().find(is_due)?;
    rule.left = rule.left.map(|left| left - 1);
    Some(rule.fault.clone())
}

fn is_for(request: &Message, method: &str, path_start: &str) -> bool {
    request.method() == method && request.target().starts_with(path_start)
}
