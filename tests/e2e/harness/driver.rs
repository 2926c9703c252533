//! A driver's process with one browser session in it, and WebDriver commands as JSON.

use super::engines::{self, Engine, Options};
use super::http::{self, Message};
use super::process::{self, Folder, Program};
use serde_json::{Value, json};
use std::fmt;
use std::fs;
use std::net::SocketAddr;
use std::thread;
use std::time::{Duration, Instant};

/// How long a driver may take to listen, a browser to start, and a command to be answered.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long a browser may take to close by itself before it is killed.
const PATIENCE_AT_END: Duration = Duration::from_secs(10);

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

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Chromium adds a native stack trace, which tells a reader nothing.
        let message = self.message.lines().take_while(|line| !line.starts_with('#')).collect::<Vec<_>>();
        write!(f, "{}: {}", self.code, message.join(" "))
    }
}

/// A running driver with a browser of its own; both end on drop.
pub(crate) struct Driver {
    engine: Engine,
    program: Program,
    address: SocketAddr,
    session: String,
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
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let mut driver = Self { engine, program, address, session: String::new(), home };
        driver.wait_until_ready()?;
        let capabilities = engine.capabilities(&programs.browser, options, driver.home.path());
        let asked = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let begun = driver.send("POST", "/session", Some(&asked), PATIENCE)?;
        driver.session = begun["sessionId"].as_str().unwrap_or_default().to_owned();
        Ok(driver)
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

    /// Reads something of the session: `get("/title")`.
    ///
    /// # Errors
    /// The driver's refusal.
    pub(crate) fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.send("GET", &self.path(path), None, PATIENCE)
    }

    /// Asks the session to do something: `post("/url", &json!({ "url": url }))`.
    ///
    /// # Errors
    /// The driver's refusal.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.send("POST", &self.path(path), Some(body), PATIENCE)
    }

    /// Ends something of the session: `delete("/window")`.
    ///
    /// # Errors
    /// The driver's refusal.
    pub(crate) fn delete(&self, path: &str) -> Result<Value, Refusal> {
        self.send("DELETE", &self.path(path), None, PATIENCE)
    }

    fn path(&self, path: &str) -> String {
        format!("/session/{}{path}", self.session)
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>, patience: Duration) -> Result<Value, Refusal> {
        let text = body.map(Value::to_string).unwrap_or_default();
        let mut request = Message::request(method, path, text.as_bytes());
        request.set_header("Content-Type", "application/json; charset=utf-8");
        let answer = http::call(self.address, request, patience)
            .map_err(|error| Refusal::new("no answer", format!("{method} {path}: {error}")))?;
        let mut said: Value = serde_json::from_slice(&answer.body)
            .map_err(|error| Refusal::new("no answer", format!("{method} {path}: {error}")))?;
        let value = said["value"].take();
        if answer.status() == 200 {
            return Ok(value);
        }
        let of = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        Err(Refusal { code: of("error"), message: of("message") })
    }

    fn wait_until_ready(&self) -> Result<(), Refusal> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let status = self.send("GET", "/status", None, PATIENCE);
            if status.is_ok_and(|status| status["ready"] == true) {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(Refusal::new("cannot start", format!("the driver does not listen: {}", self.output())));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // A browser that does not close in time is killed with its driver.
            let _closed = self.send("DELETE", &self.path(""), None, PATIENCE_AT_END);
        }
    }
}
