//! A page in a browser.
//!
//! Every function panics when the browser refuses or when something does not appear in time; the message names the
//! engine, what was wanted and what there was instead. Nothing sleeps for a fixed time: waiting polls. An input may
//! reach a frame of another origin a moment after the call returns: wait for what it does.

use super::driver::{Driver, Refusal};
use super::engines::{Engine, Options};
use fantoccini::Client;
use fantoccini::elements::ElementRef;
use fantoccini::error::CmdError;
use fantoccini::wd::{TimeoutConfiguration, WindowHandle};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::thread;
use std::time::{Duration, Instant};

mod element;
mod errors;
mod finding;
mod saved;

pub(crate) use element::{Element, Rect};
pub(crate) use errors::{ErrorKind, PageError};

/// How long the page may take for anything that is waited for. Software rendering on a busy machine is slow.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How long a page may load and a script may run: axe on a large page is the longest.
const SCRIPT_LIMIT: Duration = Duration::from_secs(80);

/// Between two looks at what is waited for.
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// How long a resized window may take to settle before its viewport is measured, and resized by what it lacks.
const LAYOUT_TIMEOUT: Duration = Duration::from_millis(500);

/// The key under which WebDriver hands out an element.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with a page. It closes on drop; when the test has failed it leaves a screenshot first.
pub(crate) struct Session {
    driver: Driver,
    is_phone: bool,
    /// The frames that were entered, from the outermost in.
    frames: RefCell<Vec<Value>>,
    seen: RefCell<Vec<PageError>>,
    output_read: Cell<usize>,
    contacted: RefCell<Vec<String>>,
}

/// Opening, going, sizes.
impl Session {
    /// Opens a fresh browser of this engine on an empty page.
    #[track_caller]
    pub(crate) fn open(engine: Engine, options: &Options) -> Self {
        let driver = Driver::start(engine, options).unwrap_or_else(|refusal| panic!("{engine}: {refusal}"));
        let session = Self {
            driver,
            is_phone: options.phone,
            frames: RefCell::default(),
            seen: RefCell::default(),
            output_read: Cell::new(0),
            contacted: RefCell::default(),
        };
        let limits = TimeoutConfiguration::new(Some(SCRIPT_LIMIT), Some(SCRIPT_LIMIT), None);
        session.ask(async |client| client.update_timeouts(limits).await);
        if engine == Engine::Chromium {
            session.prefer(options);
        }
        if !(engine == Engine::Chromium && options.phone) {
            session.set_viewport(options.viewport.0, options.viewport.1);
        }
        session
    }

    /// The engine that shows the page.
    pub(crate) fn engine(&self) -> Engine {
        self.driver.engine()
    }

    /// Whether the session was opened as a phone.
    pub(crate) fn is_phone(&self) -> bool {
        self.is_phone
    }

    /// Goes to an address and waits until it has loaded.
    #[track_caller]
    pub(crate) fn goto(&self, url: &str) {
        self.leave_page(async |client| client.goto(url).await);
    }

    /// Loads the page again.
    #[track_caller]
    pub(crate) fn reload(&self) {
        self.leave_page(async |client| client.refresh().await);
    }

    /// Goes back in the history.
    #[track_caller]
    pub(crate) fn back(&self) {
        self.leave_page(async |client| client.back().await);
    }

    /// Goes forward in the history.
    #[track_caller]
    pub(crate) fn forward(&self) {
        self.leave_page(async |client| client.forward().await);
    }

    /// The page's address.
    #[track_caller]
    pub(crate) fn url(&self) -> String {
        self.ask(async |client| client.current_url().await).into()
    }

    /// The page's title.
    #[track_caller]
    pub(crate) fn title(&self) -> String {
        self.ask(async |client| client.title().await)
    }

    /// Makes the viewport exactly this large, in CSS pixels. In Chromium as a phone the size is fixed at the start;
    /// WebKit's window is at least 290 wide.
    #[track_caller]
    pub(crate) fn set_viewport(&self, width: u32, height: u32) {
        match self.engine() {
            Engine::Firefox => self.set_firefox_viewport(width, height),
            Engine::Chromium | Engine::WebKit => self.fit_window(width, height),
        }
        self.wait_until(&format!("a viewport of {width} x {height}"), &size_is(width, height));
    }

    /// Resizes the window by what the viewport lacks: the frame around it is known only afterwards.
    #[track_caller]
    fn fit_window(&self, width: u32, height: u32) {
        let (mut outer_width, mut outer_height) = (f64::from(width), f64::from(height));
        let deadline = Instant::now() + TIMEOUT;
        while Instant::now() < deadline {
            self.resize_window(outer_width, outer_height);
            // WebKit answers before its window has been laid out anew, and so does Chromium on a busy machine: what is
            // measured too early is set right the next time.
            if self.comes_true(&size_is(width, height), LAYOUT_TIMEOUT) {
                return;
            }
            let inner = self.eval("return [innerWidth, innerHeight]", &[]);
            // A window that stays as large as it is must not be asked for ever less.
            outer_width = (outer_width + f64::from(width) - number(&inner[0])).max(f64::from(width));
            outer_height = (outer_height + f64::from(height) - number(&inner[1])).max(f64::from(height));
        }
    }

    /// Firefox keeps its window at least 500 pixels wide: the page's box inside it can have any size.
    #[track_caller]
    fn set_firefox_viewport(&self, width: u32, height: u32) {
        const NARROWEST: u32 = 500;
        const TOOLBARS: u32 = 150;
        const FIX_BOX: &str = "const style = window.gBrowser.selectedBrowser.style;
            for (const [side, size] of [['width', arguments[0]], ['height', arguments[1]]])
              for (const which of ['', 'min-', 'max-']) style.setProperty(which + side, size + 'px');";
        self.resize_window(f64::from(width.max(NARROWEST)), f64::from(height + TOOLBARS));
        self.post("/moz/context", &json!({ "context": "chrome" }));
        self.eval(FIX_BOX, &[json!(width), json!(height)]);
        self.post("/moz/context", &json!({ "context": "content" }));
    }

    #[track_caller]
    fn resize_window(&self, width: f64, height: f64) {
        self.post("/window/rect", &json!({ "width": width.round(), "height": height.round() }));
    }

    /// Colours and movement, which Chromium takes as an emulation rather than at its start.
    #[track_caller]
    fn prefer(&self, options: &Options) {
        let scheme = if options.dark { "dark" } else { "light" };
        let motion = if options.reduced_motion { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.cdp("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    #[track_caller]
    fn leave_page(&self, going: impl AsyncFnOnce(&Client) -> Result<(), CmdError>) {
        self.collect_errors();
        self.ask(going);
        self.frames.borrow_mut().clear();
        self.watch();
    }
}

/// Scripts, frames, tabs, dialogs.
impl Session {
    /// Runs the body of a function in the page: `eval("return arguments[0] + 1", &[json!(1)])`.
    #[track_caller]
    pub(crate) fn eval(&self, js: &str, args: &[Value]) -> Value {
        self.ask(async |client| client.execute(js, args.to_vec()).await)
    }

    /// As [`Self::eval`], for a function that ends by calling its last argument with the result.
    #[track_caller]
    pub(crate) fn eval_async(&self, js: &str, args: &[Value]) -> Value {
        self.ask(async |client| client.execute_async(js, args.to_vec()).await)
    }

    /// Goes into a frame; positions and finding are the frame's from here on.
    #[track_caller]
    pub(crate) fn enter_frame(&self, frame: &Element<'_>) {
        self.collect_errors();
        self.post("/frame", &json!({ "id": frame.reference() }));
        self.frames.borrow_mut().push(frame.reference());
        self.watch();
    }

    /// Goes back to the page around the frame.
    #[track_caller]
    pub(crate) fn leave_frame(&self) {
        self.collect_errors();
        self.ask(async |client| client.enter_parent_frame().await);
        self.frames.borrow_mut().pop();
    }

    /// Opens a second tab and goes into it; returns the handle of the new one.
    #[track_caller]
    pub(crate) fn new_tab(&self) -> String {
        let tab = String::from(self.ask(async |client| client.new_window(true).await).handle);
        self.switch_tab(&tab);
        tab
    }

    /// The handle of this tab.
    #[track_caller]
    pub(crate) fn tab(&self) -> String {
        self.ask(async |client| client.window().await).into()
    }

    /// The handles of all tabs, those that the page opened among them.
    #[track_caller]
    pub(crate) fn tabs(&self) -> Vec<String> {
        self.ask(async |client| client.windows().await).into_iter().map(String::from).collect()
    }

    /// Goes to another tab.
    #[track_caller]
    pub(crate) fn switch_tab(&self, handle: &str) {
        self.collect_errors();
        let handle = WindowHandle::try_from(handle).unwrap_or_else(|error| self.fail(&error.to_string()));
        self.ask(async |client| client.switch_to_window(handle).await);
        self.frames.borrow_mut().clear();
        self.watch();
    }

    /// Closes this tab; go to another one next.
    #[track_caller]
    pub(crate) fn close_tab(&self) {
        self.collect_errors();
        self.ask(async |client| client.close_window().await);
    }

    /// The text of an open `alert`, `confirm` or `prompt`, if there is one.
    pub(crate) fn dialog(&self) -> Option<String> {
        self.driver.ask(async |client| client.get_alert_text().await).ok()
    }

    /// Says yes to an open dialog.
    #[track_caller]
    pub(crate) fn accept_dialog(&self) {
        self.ask(async |client| client.accept_alert().await);
    }

    /// Says no to an open dialog.
    #[track_caller]
    pub(crate) fn dismiss_dialog(&self) {
        self.ask(async |client| client.dismiss_alert().await);
    }
}

/// What only one engine has.
impl Session {
    /// A command of Chromium's DevTools: emulation, network conditions, the accessibility tree. Chromium alone.
    #[track_caller]
    pub(crate) fn cdp(&self, command: &str, params: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }
}

/// Between the parts of the harness.
impl Session {
    /// Performs WebDriver action sequences, whose positions are those of the frame that was entered.
    #[track_caller]
    pub(crate) fn perform(&self, mut actions: Value) {
        let corner = self.frame_corner();
        let steps = actions.as_array_mut().into_iter().flatten().filter_map(|input| input["actions"].as_array_mut());
        for step in steps.flatten().filter(|step| step["x"].is_i64()) {
            step["x"] = json!(step["x"].as_i64().unwrap_or(0) + corner.0);
            step["y"] = json!(step["y"].as_i64().unwrap_or(0) + corner.1);
        }
        self.post("/actions", &json!({ "actions": actions }));
    }

    /// Where the corner of the entered frame lies in the outermost page: from there the drivers of Chromium and WebKit
    /// count positions even inside a frame; Firefox's counts from the frame's own corner.
    #[track_caller]
    fn frame_corner(&self) -> (i64, i64) {
        const INNER_CORNER: &str = "const [frame] = arguments, box = frame.getBoundingClientRect();
            const style = getComputedStyle(frame);
            return [box.x + frame.clientLeft + parseFloat(style.paddingLeft),
              box.y + frame.clientTop + parseFloat(style.paddingTop)].map(Math.round);";
        let frames = self.frames.borrow();
        if self.engine() == Engine::Firefox || frames.is_empty() {
            return (0, 0);
        }
        self.post("/frame", &json!({ "id": null }));
        frames.iter().fold((0, 0), |(x, y), frame| {
            let corner = self.eval(INNER_CORNER, std::slice::from_ref(frame));
            self.post("/frame", &json!({ "id": frame }));
            (x + corner[0].as_i64().unwrap_or(0), y + corner[1].as_i64().unwrap_or(0))
        })
    }

    /// Ends the test with a message that names the engine.
    #[track_caller]
    pub(crate) fn fail(&self, message: &str) -> ! {
        panic!("{}: {message}", self.engine())
    }

    #[track_caller]
    fn ask<T>(&self, asking: impl AsyncFnOnce(&Client) -> Result<T, CmdError>) -> T {
        self.driver.ask(asking).unwrap_or_else(|refusal| self.fail(&refusal.to_string()))
    }

    /// Runs a script that may be refused: the page may be on its way to another.
    fn try_eval(&self, js: &str, args: &[Value]) -> Result<Value, Refusal> {
        self.driver.ask(async |client| client.execute(js, args.to_vec()).await)
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        self.driver.post(path, body).unwrap_or_else(|refusal| self.fail(&format!("{path}: {refusal}")))
    }

    /// An element that a script returned.
    fn element(&self, id: &Value, wanted: &str) -> Element<'_> {
        let id = ElementRef::from(text(&id[ELEMENT_KEY]));
        let client = self.ask(async |client| Ok(client.clone()));
        Element::new(self, fantoccini::elements::Element::from_element_id(client, id), wanted)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !thread::panicking() {
            return;
        }
        let name = format!("failed-{}", thread::current().name().unwrap_or("test"));
        match self.picture_of_window(&name) {
            Ok(file) => println!("{} showed {}", self.engine(), file.display()),
            Err(reason) => println!("{} gave no screenshot: {reason}", self.engine()),
        }
        for error in self.watched().iter().chain(self.seen.borrow().iter()) {
            println!("{} reported {error}", self.engine());
        }
    }
}
fn size_is(width: u32, height: u32) -> String {
    format!("innerWidth === {width} && innerHeight === {height}")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}
