//! A small, blocking end-to-end harness over plain WebDriver, for Chromium, Firefox and WebKit.
//!
//! It starts a driver and a browser with a fresh profile, finds controls by role and name, draws, types, taps,
//! pinches, uploads, reads downloads back, and tells what went wrong in the page. Everything is called from ordinary
//! `#[test]` functions:
//!
//! ```ignore
//! #[test]
//! fn visitor_opens_a_photo() {
//!     for_each_engine(&Options::default(), |page| {
//!         page.goto(&site.url("/"));
//!         page.find("button", "Open a photo").click();
//!         page.assert_no_errors();
//!     });
//! }
//! ```
//!
//! | module | what it owns |
//! | --- | --- |
//! | [`engines`] | which browsers there are, where they live, how each is told its size, colours and language |
//! | [`driver`] | the driver's process and the WebDriver commands as JSON |
//! | [`session`] | a page: going to it, its size, scripts, frames, tabs; below it finding, elements, errors, files |
//! | [`gestures`] | pointer, wheel, touch and key sequences |
//! | [`proxy`] | a loopback proxy that records requests and breaks connections on demand |
//! | [`host`] | a static server: a clinic's page on another origin |
//! | [`axe`] | the accessibility rules of axe-core |
//! | [`server`] | a listening port with a thread a connection |
//! | [`http`] | HTTP/1.1 messages, for the driver, the proxy and the host alike |
//! | [`process`] | child processes and folders that vanish with the test |
//! | [`proof`] | the harness tested on itself: what it reports as seen was really seen |
//!
//! Why not a ready WebDriver crate: those are asynchronous and bring an executor and a TLS stack of about a hundred
//! packages for what is one JSON request a step on loopback. The proxy has to read and write HTTP/1.1 anyway, and on
//! that the client is twenty lines.
//!
//! A test that fails panics with the engine's name and leaves a screenshot in `e2e-shots` below Cargo's target
//! folder. `E2E_ENGINES=firefox,webkit` runs some engines alone. With `CI=true` a missing engine is a failure.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panicking, and says on the terminal what it skips"
)]

pub(crate) mod axe;
pub(crate) mod driver;
pub(crate) mod engines;
pub(crate) mod gestures;
pub(crate) mod host;
pub(crate) mod http;
pub(crate) mod process;
pub(crate) mod proxy;
pub(crate) mod runtime;
pub(crate) mod server;
pub(crate) mod session;
pub(crate) mod traffic;
pub(crate) mod watch;

mod proof;

pub(crate) use engines::{Engine, Options, for_each_engine};
pub(crate) use gestures::{Key, Point};
pub(crate) use host::Host;
pub(crate) use proxy::{Fault, Proxy};
pub(crate) use session::Session;
