//! A blocking end-to-end harness over WebDriver, for Chromium, Firefox and WebKit.
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
//! | [`driver`] | the driver's process and its WebDriver session |
//! | [`session`] | a page: going to it, its size, scripts, frames, tabs; below it finding, elements, errors, files |
//! | [`gestures`] | pointer, wheel, touch and key sequences |
//! | [`proxy`] | a loopback proxy before one server, which records requests and breaks connections on demand |
//! | [`host`] | a static server: a clinic's page on another origin |
//! | [`traffic`] | the only way out of a browser: every host that it wants to reach is recorded |
//! | [`watch`] | the script that keeps the errors of a page and its workers from the start on |
//! | [`axe`] | the accessibility rules of axe-core |
//! | [`http`] | requests and answers as tests speak of them |
//! | [`server`] | a listening port with a task a connection |
//! | [`runtime`] | the one runtime of all servers and clients |
//! | [`process`] | child processes and folders that vanish with the test |
//! | [`proof`] | the harness tested on itself: what it reports as seen was really seen |
//!
//! WebDriver is spoken by `fantoccini`, HTTP by `hyper` and `axum`, on one `tokio` runtime: the tests block on it, so that
//! a scenario reads from top to bottom. Two things are below what these crates offer and are our own: a connection that
//! breaks off in the middle of an answer, which a proper server never lets happen, and the SOCKS tunnels of [`traffic`].
//!
//! A test that fails panics with the engine's name and leaves a screenshot in `e2e-shots` below Cargo's target
//! folder. `E2E_ENGINES=firefox,webkit` runs some engines alone. With `REQUIRE_EVERYTHING=true` a missing engine is a
//! failure.

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
