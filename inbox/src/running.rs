//! Starting and stopping the server.
//!
//! The server runs on a thread of its own with its own scheduler, so that it can be started from anywhere: a test,
//! asynchronous or not, or the program.

use crate::configuration::{Configuration, ConfigurationError};
use crate::pages::{INDEX, Pages};
use crate::policy::{self, Policy};
use crate::receive::{self, Receiver};
use crate::store::Store;
use axum::{Router, extract::Request, http::header::InvalidHeaderValue, middleware, serve::ListenerExt as _};
use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    runtime::{self, Runtime},
    sync::watch,
};

/// How long a stop waits for answers that are under way, and again for a request that is being written.
const GRACE: Duration = Duration::from_secs(2);

/// What a server is started with.
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
    stop: watch::Sender<bool>,
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
pub fn serve(settings: Settings) -> Result<Running, ServeError> {
    let address = SocketAddr::new(settings.bind, settings.port);
    let dist = find_dist(&settings.dist)?;
    let configuration = Configuration::read(&dist)?;
    let listener = listen(address)?;
    let address = listener.local_addr().map_err(ServeError::System)?;
    let store = Store::open(&settings.received).map_err(|error| ServeError::Received(settings.received, error))?;
    let received = store.folder().to_owned();
    if received.starts_with(&dist) {
        return Err(ServeError::ReceivedInsideDist(received));
    }
    let app = router(&dist, &configuration, store)?;

    let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(ServeError::System)?;
    let listener = {
        let _within = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(ServeError::System)?
    };
    let (stop, stopped) = watch::channel(false);
    let thread = thread::Builder::new()
        .name("inbox".to_owned())
        .spawn(move || run(runtime, listener, app, stopped))
        .map_err(ServeError::System)?;
    Ok(Running { address, received, stop, thread: Some(thread) })
}

fn find_dist(dist: &Path) -> Result<PathBuf, ServeError> {
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

fn router(dist: &Path, configuration: &Configuration, store: Store) -> Result<Router, InvalidHeaderValue> {
    let policy = Arc::new(Policy::new(configuration)?);
    let receiver = Receiver::new(store, configuration.allow_origins.clone());
    let pages = Pages::new(dist);
    Ok(Router::new()
        .route(receive::PATH, receiver.into_route()?)
        .fallback(move |request: Request| pages.answer(request))
        .layer(middleware::from_fn_with_state(policy, policy::add_headers)))
}

/// Serves until it is told to stop, then for [`GRACE`] at most.
fn run(runtime: Runtime, listener: tokio::net::TcpListener, app: Router, stopped: watch::Receiver<bool>) {
    runtime.block_on(async {
        // Small answers leave at once instead of waiting for the client's acknowledgement; without it they only
        // come later.
        let listener = listener.tap_io(|connection| _ = connection.set_nodelay(true));
        let serving = axum::serve(listener, app).with_graceful_shutdown(until_stopped(stopped.clone()));
        let timeout = async {
            until_stopped(stopped).await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            // Serving ends only by the stop: a connection that cannot be accepted does not end it.
            _ = serving.into_future() => {}
            () = timeout => {}
        }
    });
    runtime.shutdown_timeout(GRACE);
}

async fn until_stopped(mut stopped: watch::Receiver<bool>) {
    // An error means that nobody is left who could say it.
    let _stopped_or_alone = stopped.wait_for(|stop| *stop).await;
}
