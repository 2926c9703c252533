//! A driver's process with one browser session in it, and WebDriver commands through `fantoccini`.

use super::engines::{self, Engine, Options};
use super::process::{self, Folder, Program};
use super::runtime::block_on;
use super::traffic::Traffic;
use axum::http::Method;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::fs;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use url::Url;

/// How long a driver may take to listen, a browser to start, and a command to be answered.
const TIMEOUT: Duration = Duration::from_secs(90);

/// How long a browser may take to close by itself before it is killed.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

/// The code of a refusal that is none of the driver's.
const NO_ANSWER: &str = "no answer";

/// Why the driver did not do what it was asked.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// WebDriver's error code, such as `no such element`; `no answer` where the driver said nothing.
    pub(crate) code: String,
    /// What the driver says about it.
    pub(crate) message: String,
}

impl Refusal {
    fn new(code: &str, message: impl fmt::Display) -> Self {
        Self { code: code.to_owned(), message: message.to_string() }
    }
}

impl From<CmdError> for Refusal {
    fn from(error: CmdError) -> Self {
        match error {
            CmdError::Standard(said) => Self::new(&said.error(), said.message),
            other => Self::new(NO_ANSWER, other),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Chromium adds a native stack trace, which tells a reader nothing.
        let message = self.message.lines().take_while(|line| !line.starts_with('#')).collect::<Vec<_>>();
        write!(f, "{}: {}", self.code, message.join(" "))
    }
}

/// A command that `fantoccini` has no method for, such as those that only one engine knows.
#[derive(Debug)]
struct Command {
    method: Method,
    /// Below the session's own address: `/goog/cdp/execute`.
    path: String,
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}

/// A running driver with a browser of its own; both end on drop.
pub(crate) struct Driver {
    engine: Engine,
    program: Program,
    /// Taken when the browser is closed.
    client: Option<Client>,
    /// A driver that once did not answer is asked no more: it takes one command after the other.
    is_lost: Cell<bool>,
    traffic: Traffic,
    // Declared last: it goes when the processes that write into it are gone.
    home: Folder,
}

impl Driver {
    /// Starts the engine's driver and a browser with a fresh profile.
    ///
    /// # Errors
    /// What the machine or the driver refuses.
    pub(crate) fn start(engine: Engine, options: &Options) -> Result<Self, Refusal> {
        let unable = |error| Refusal::new("cannot start", error);
        let programs = engine.programs().map_err(|_| Refusal::new("cannot start", "a program is missing"))?;
        let home = Folder::new().map_err(unable)?;
        fs::create_dir_all(engines::downloads(home.path())).map_err(unable)?;
        let port = process::free_port().map_err(unable)?;
        let args = engine.driver_args(port, home.path());
        let env = engine.environment(options, home.path()).map_err(unable)?;
        let log = home.path().join("driver.log");
        let program = Program::start(&programs.driver, &args, &env, log).map_err(unable)?;
        let traffic = Traffic::start().map_err(unable)?;
        wait_until_listening(port, &program)?;
        let capabilities = engine.capabilities(&programs.browser, options, home.path(), traffic.address());
        let Value::Object(capabilities) = capabilities else {
            return Err(Refusal::new("cannot start", "capabilities are an object"));
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let unanswered = |what| Refusal::new("cannot start", format!("{what}; the driver said: {}", program.output()));
        let client = block_on(async { timeout(TIMEOUT, builder.connect(&format!("http://127.0.0.1:{port}/"))).await })
            .map_err(|_| unanswered("the browser does not come up".to_owned()))?
            .map_err(|error| unanswered(error.to_string()))?;
        Ok(Self { engine, program, client: Some(client), is_lost: Cell::new(false), traffic, home })
    }

    /// The engine that is driven.
    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    /// The folder of this browser's profile and downloads.
    pub(crate) fn home(&self) -> &Folder {
        &self.home
    }

    /// What driver and browser have printed so far.
    pub(crate) fn output(&self) -> String {
        self.program.output()
    }

    /// The hosts that the browser wanted to reach.
    pub(crate) fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Reads something for which `fantoccini` has no method: `get("/element/7/computedrole")`.
    ///
    /// # Errors
    /// The driver's refusal.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.send(Method::GET, path, None)
    }

    /// Asks for something for which `fantoccini` has no method: `post("/actions", &json!({ "actions": actions }))`.
    ///
    /// # Errors
    /// The driver's refusal.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.send(Method::POST, path, Some(body.clone()))
    }

    fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, Refusal> {
        let command = Command { method, path: path.to_owned(), body };
        self.ask(async |client| client.issue_cmd(command).await)
    }

    /// Asks the session by one of `fantoccini`'s own methods and waits for its answer.
    ///
    /// # Errors
    /// The driver's refusal.
    pub(crate) fn ask<T>(&self, asking: impl AsyncFnOnce(&Client) -> Result<T, CmdError>) -> Result<T, Refusal> {
        let client = self.client.as_ref().filter(|_| !self.is_lost.get());
        let client = client.ok_or_else(|| Refusal::new(NO_ANSWER, "the driver has stopped answering"))?;
        match block_on(async { timeout(TIMEOUT, asking(client)).await }) {
            Ok(answer) => Ok(answer?),
            Err(late) => {
                self.is_lost.set(true);
                Err(Refusal::new(NO_ANSWER, late))
            }
        }
    }
}

fn wait_until_listening(port: u16, driver: &Program) -> Result<(), Refusal> {
    let deadline = Instant::now() + TIMEOUT;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > deadline {
            return Err(Refusal::new("cannot start", format!("the driver does not listen: {}", driver.output())));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // A browser that does not close in time is killed with its driver.
            let _closed = block_on(async { timeout(CLOSE_TIMEOUT, client.close()).await });
        }
    }
}
