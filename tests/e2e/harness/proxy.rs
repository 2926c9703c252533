//! A loopback proxy between the browser and a server: it records every request and breaks what it is told to break.
//!
//! It keeps its connections to the browser alive, as the fault that matters most asks for: a
//! browser re-sends a whole POST by itself when a *reused* connection closes before the answer.

use super::http::{Message, read_body};
use super::runtime::lock;
use super::server::Server;
use super::watch;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long the server behind may take for an answer.
const TIMEOUT: Duration = Duration::from_secs(60);

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

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The proxy's address for a path: `url("/")`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
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
        let connection = Connection { number, upstream, state: Arc::clone(&state) };
        async move {
            // A connection that breaks is the browser's way of cancelling: the next one starts afresh.
            let _ended = connection.carry(stream).await;
        }
    })
}

/// One connection of a browser.
struct Connection {
    number: usize,
    upstream: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Connection {
    /// Carries requests until either side closes or a fault does.
    ///
    /// hyper reads and answers them, but never leaves an answer half said: what breaks off in the middle is written to
    /// the socket below it, a second handle of the same one. A fault that ends in `Err` makes hyper close the connection
    /// without a further byte.
    async fn carry(self, stream: TcpStream) -> io::Result<()> {
        let stream = stream.into_std()?;
        let below = Arc::new(TcpStream::from_std(stream.try_clone()?)?);
        let connection = Arc::new(self);
        let service = service_fn(move |request: Request<Incoming>| {
            let (connection, below) = (Arc::clone(&connection), Arc::clone(&below));
            async move { connection.serve(request, &below).await }
        });
        let io = TokioIo::new(TcpStream::from_std(stream)?);
        http1::Builder::new().serve_connection(io, service).await.map_err(io::Error::other)
    }

    async fn serve(&self, request: Request<Incoming>, below: &TcpStream) -> io::Result<Response<Body>> {
        let (head, body) = request.into_parts();
        let mut request = Message::without_body(head);
        if let Some(script) = watch::script_for(&request) {
            return Ok(script.response());
        }
        let fault = take_fault(&self.state, &request);
        if !matches!(fault, Some(Fault::DropBeforeBody)) {
            request.body = read_body(Body::new(body)).await?;
        }
        let recorded = Recorded { message: request.clone(), connection: self.number, fault: fault.clone() };
        lock(&self.state).recorded.push(recorded);
        match fault {
            None => self.forward(request).await.map(Message::response),
            Some(fault) => self.suffer(fault, request, below).await.map(Message::response),
        }
    }

    /// Lets a request meet its fault. `Err` closes the connection.
    async fn suffer(&self, fault: Fault, request: Message, below: &TcpStream) -> io::Result<Message> {
        let dropped = io::ErrorKind::ConnectionAborted;
        match fault {
            Fault::DropBeforeBody => Err(dropped.into()),
            Fault::DropAfterAnswer => {
                self.forward(request).await?;
                Err(dropped.into())
            }
            Fault::Delay(time) => {
                let answer = self.forward(request).await?;
                tokio::time::sleep(time).await;
                Ok(answer)
            }
            Fault::Hang => {
                self.forward(request).await?;
                // hyper ends this with the browser's connection.
                std::future::pending().await
            }
            Fault::Truncate(kept) => {
                let answer = self.forward(request).await?;
                let kept = answer.body.get(..kept).unwrap_or(&answer.body);
                write_all(below, &[&answer.head(), kept].concat()).await?;
                Err(dropped.into())
            }
            Fault::Reply(answer) => Ok(answer),
        }
    }

    async fn forward(&self, mut request: Message) -> io::Result<Message> {
        let is_watched = watch::is_for(&request);
        if is_watched {
            // The page must come as plain text to be added to.
            request.remove_header("Accept-Encoding");
        }
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http();
        let answer = client.request(request.to(self.upstream));
        let answer = timeout(TIMEOUT, answer).await?.map_err(io::Error::other)?;
        let mut answer = timeout(TIMEOUT, Message::read(answer.map(Body::new))).await??;
        if is_watched {
            watch::add_to(&mut answer, &request);
        }
        Ok(answer)
    }
}

/// Writes to a socket that is shared.
async fn write_all(to: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        to.writable().await?;
        match to.try_write(bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
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
