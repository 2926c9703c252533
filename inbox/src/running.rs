//! Starting and stopping the server.
//!
//! The server runs on a thread of its own with its own scheduler, so that it can be started from anywhere: a test,
//! asynchronous or not, or the program.

use crate::address::Connection;
use crate::configuration::{Configuration, ConfigurationError};
use crate::intake::Intake;
use crate::metrics::Metrics;
use crate::notify::{Notifier, Signature};
use crate::options::{Options, OptionsError};
use crate::pages::{INDEX, Pages};
use crate::policy::{self, Policy};
use crate::receive::{self, Receiver};
use crate::staff::Staff;
use crate::store::{DatabaseError, OpenError, Store};
use crate::tidy;
use crate::watch;
use axum::{Router, body::Body, extract::Request, http::header::InvalidHeaderValue, middleware};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    net::TcpStream,
    runtime,
    sync::{Semaphore, watch as signal},
};
use tower_service::Service as _;

/// How long a stop waits for answers that are under way, and again for a request that is being written.
const GRACE: Duration = Duration::from_secs(2);

/// How long a client may take for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(20);

/// Beyond how many bytes the head of a request is refused; what comes with the last read may go beyond it, so that up to
/// twice as much may pass.
const HEAD_BYTES: usize = 64 * 1024;

/// How long to wait after a connection could not be accepted, mostly as too many files are open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How many threads answer; passwords and files have threads of their own.
const THREADS: usize = 2;

/// The little that a server needs; all the rest is as [`Options`] has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The folder of the built program, with `index.html` in it.
    pub dist: PathBuf,
    /// The folder that keeps the requests; it is made where it is missing, and must not lie inside `dist`.
    pub received: PathBuf,
    /// The address to listen at. Anything but a loopback address lets other machines in.
    pub bind: IpAddr,
    /// The port to listen at; 0 lets the system choose a free one.
    pub port: u16,
}

impl Default for Settings {
    /// `dist` and `received` in the current folder, at 127.0.0.1:8080.
    fn default() -> Self {
        Self {
            dist: PathBuf::from("dist"),
            received: PathBuf::from("received"),
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
        }
    }
}

/// Why a server could not be started. Each is shown as a sentence with a way forward.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The folder of the built program is not there.
    #[error(
        "There is no folder {0}. Build the program first with `trunk build --release`, or name its folder with --dist."
    )]
    DistMissing(PathBuf),
    /// The folder is there but holds no `index.html`.
    #[error(
        "The folder {0} has no {INDEX}, so it is not the built program. Build it with `trunk build --release`, or name \
         its folder with --dist."
    )]
    NoIndex(PathBuf),
    /// The clinic's configuration cannot be used.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// The options cannot be used.
    #[error(transparent)]
    Options(#[from] OptionsError),
    /// The database cannot be used.
    #[error("The database cannot be used: {0}.")]
    Database(DatabaseError),
    /// The requests' files cannot be looked at, or what a crash left cannot be removed.
    #[error("What is stored cannot be used: {0}.")]
    Stored(String),
    /// The folder of requests can be neither found nor made.
    #[error("Requests cannot be kept in {0}: {1}. Name another folder with --received.")]
    Received(PathBuf, io::Error),
    /// The folder of requests lies inside the served folder, where everyone could read it.
    #[error(
        "The folder for requests, {0}, lies inside the folder that is served, where everyone could read them. Name \
         another one with --received."
    )]
    ReceivedInsideDist(PathBuf),
    /// Another program listens at this address.
    #[error(
        "Another program is using port {} of {}. Stop it, or choose another port with --port.", .0.port(), .0.ip()
    )]
    PortTaken(SocketAddr),
    /// This machine cannot be reached at this address, or listening there is not allowed.
    #[error("This machine cannot listen at {0}: {1}. Choose another address with --bind or another port with --port.")]
    Listen(SocketAddr, io::Error),
    /// An origin of the configuration cannot stand in a header.
    #[error("An origin of the configuration cannot be used in a header: {0}.")]
    Header(#[from] InvalidHeaderValue),
    /// The system refused a thread or what a scheduler needs.
    #[error("The server could not be started: {0}. Please try again.")]
    System(io::Error),
}

/// A running server. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    received: PathBuf,
    stop: signal::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// The address that the server listens at, with the port that the system chose if 0 was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The origin of its pages, for instance `http://127.0.0.1:8080`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The folder that keeps the requests, as an absolute path.
    #[must_use]
    pub fn received(&self) -> &Path {
        &self.received
    }

    /// Stops listening, lets answers that are under way finish, and waits for that: a few seconds at most, even if
    /// a client keeps its connection open. A request that is being written is written.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        // The thread itself has no result, and a failure in it was reported by whoever caused it.
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

/// Starts a server and returns once it listens.
///
/// # Errors
/// A [`ServeError`] that says what is missing or in the way; then nothing is left running.
pub fn serve(options: impl Into<Options>) -> Result<Running, ServeError> {
    let options = options.into();
    options.check()?;
    let dist = find_dist(&options.dist)?;
    let configuration = Configuration::read(&dist)?;
    let listener = listen(SocketAddr::new(options.bind, options.port))?;
    let address = listener.local_addr().map_err(ServeError::System)?;
    let setup = Setup { options, dist, configuration, listener };
    let (stop, stopped) = signal::channel(false);
    let (ready, is_ready) = mpsc::channel();
    let thread = thread::Builder::new()
        .name("inbox".to_owned())
        .spawn(move || run(setup, &ready, stopped))
        .map_err(ServeError::System)?;
    // Without an answer the thread ended by itself, which nothing in it should do.
    let received = is_ready.recv().map_err(|ended| ServeError::System(io::Error::other(ended)))??;
    Ok(Running { address, received, stop, thread: Some(thread) })
}

/// What was looked at before the server's own thread begins.
struct Setup {
    options: Options,
    dist: PathBuf,
    configuration: Configuration,
    listener: TcpListener,
}

pub(crate) fn find_dist(dist: &Path) -> Result<PathBuf, ServeError> {
    let found = fs::canonicalize(dist).map_err(|_| ServeError::DistMissing(dist.to_owned()))?;
    if !found.is_dir() {
        return Err(ServeError::DistMissing(dist.to_owned()));
    }
    if !found.join(INDEX).is_file() {
        return Err(ServeError::NoIndex(dist.to_owned()));
    }
    Ok(found)
}

fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortTaken(address),
        _ => ServeError::Listen(address, error),
    })?;
    listener.set_nonblocking(true).map_err(ServeError::System)?;
    Ok(listener)
}

/// Everything on a thread of its own: a scheduler can be neither started nor ended where another one runs.
fn run(setup: Setup, ready: &mpsc::Sender<Result<PathBuf, ServeError>>, stopped: signal::Receiver<bool>) {
    let runtime = match runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            // Nobody hears it only where the caller is gone.
            let _unheard = ready.send(Err(ServeError::System(error)));
            return;
        }
    };
    runtime.block_on(async {
        match Server::prepare(setup).await {
            Ok(server) => {
                let _unheard = ready.send(Ok(server.store.folder().to_owned()));
                server.run(stopped).await;
            }
            Err(error) => _ = ready.send(Err(error)),
        }
    });
    runtime.shutdown_timeout(GRACE);
}

/// A server that is about to serve.
struct Server {
    listener: tokio::net::TcpListener,
    app: Router,
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    options: Arc<Options>,
    clinic_name: String,
}

impl Server {
    async fn prepare(setup: Setup) -> Result<Self, ServeError> {
        let Setup { options, dist, configuration, listener } = setup;
        let opened = Store::open(&options, Some(&dist)).await;
        let store = Arc::new(opened.map_err(|error| refusal(error, &options))?);
        let (metrics, options) = (Arc::new(Metrics::default()), Arc::new(options));
        let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::System)?;
        let policy = Arc::new(Policy::new(&configuration)?);
        let intake = Arc::new(Intake::new(options.limits));
        let (origins, shared) = (configuration.allow_origins.clone(), Arc::clone(&intake));
        let receiver = Receiver::new(Arc::clone(&store), Arc::clone(&metrics), shared, &options, origins);
        let pages = Pages::new(&dist);
        let app = Router::new()
            .route(receive::PATH, receiver.into_route()?)
            .merge(Staff::new(Arc::clone(&store), Arc::clone(&metrics), intake, &options).into_routes())
            .merge(watch::routes(Arc::clone(&store), Arc::clone(&metrics), options.metrics_token.clone()))
            .fallback(move |request: Request| pages.answer(request))
            .layer(middleware::from_fn_with_state(policy, policy::add_headers));
        Ok(Self { listener, app, store, metrics, options, clinic_name: configuration.clinic_name })
    }

    /// Serves until it is told to stop, then for [`GRACE`] at most.
    async fn run(self, stopped: signal::Receiver<bool>) {
        let connections = GracefulShutdown::new();
        let origin = self.listener.local_addr().map(|address| format!("http://{address}")).unwrap_or_default();
        let (store, metrics, options) = (&self.store, &self.metrics, &self.options);
        let signature = Signature { clinic: self.clinic_name.clone(), origin };
        let notifier = Notifier::new(Arc::clone(store), Arc::clone(metrics), Arc::clone(options), signature);
        // Both can be ended at any time: what they do is done in the database or is still to be done.
        let by_itself = [tokio::spawn(notifier.run()), tokio::spawn(tidy::run(Arc::clone(store), Arc::clone(options)))];
        tokio::select! {
            () = self.accept(&connections) => {}
            () = until_stopped(stopped) => {}
        }
        drop(self.listener);
        by_itself.iter().for_each(tokio::task::JoinHandle::abort);
        // What has not ended by then is ended with the scheduler.
        let _all_ended = tokio::time::timeout(GRACE, connections.shutdown()).await;
        self.store.close().await;
    }

    /// Accepts connections for ever, as many at once as the limit says.
    async fn accept(&self, connections: &GracefulShutdown) {
        let places = Arc::new(Semaphore::new(self.options.limits.connections.min(Semaphore::MAX_PERMITS)));
        // Only a closed semaphore gives none, and nobody closes this one.
        while let Ok(place) = Arc::clone(&places).acquire_owned().await {
            let Ok((stream, peer)) = self.listener.accept().await else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            let connection = connections.watch(self.connect(stream, peer));
            tokio::spawn(async move {
                // What goes wrong on a connection is the client's, which sees it.
                let _ended = connection.await;
                drop(place);
            });
        }
    }

    fn connect(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
    ) -> http1::Connection<
        TokioIo<TcpStream>,
        impl hyper::service::HttpService<Incoming, ResBody = Body, Error = std::convert::Infallible, Future: Send> + use<>,
    > {
        // Small answers leave at once instead of waiting for the client's acknowledgement; without it they only
        // come later.
        let _set_or_slower = stream.set_nodelay(true);
        let (app, connection) = (self.app.clone(), Connection { peer, is_proxy: self.options.behind_proxy });
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(connection);
            app.clone().call(request)
        });
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    }
}

pub(crate) fn refusal(error: OpenError, options: &Options) -> ServeError {
    match error {
        OpenError::Folder(error) => ServeError::Received(options.received.clone(), error),
        OpenError::InsideDist(folder) => ServeError::ReceivedInsideDist(folder),
        OpenError::Database(error) => ServeError::Database(error),
        OpenError::Store(error) => ServeError::Stored(error.to_string()),
    }
}

async fn until_stopped(mut stopped: signal::Receiver<bool>) {
    // An error means that nobody is left who could say it.
    let _stopped_or_alone = stopped.wait_for(|stop| *stop).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caddy_lets_go_of_a_connection_before_it_is_closed() {
        let caddy = include_str!("../deploy/Caddyfile");
        let seconds = caddy.split("keepalive ").nth(1).and_then(|rest| rest.split('s').next()).unwrap();
        assert!(Duration::from_secs(seconds.parse().unwrap()) <= HEAD_TIMEOUT / 2, "{seconds} s");
    }
}
