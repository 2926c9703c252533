//! A page in a browser: navigation, finding, waiting, reading, pictures, errors, downloads, frames and tabs.
//!
//! Every function panics when the browser refuses or when something does not appear in time; the message names the
//! engine, what was wanted and what there was instead. Nothing sleeps for a fixed time: waiting polls.

use super::driver::{Driver, Refusal};
use super::engines::{self, Engine, Options};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long the page may take for anything that is waited for. Software rendering on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long an element may stay covered or moving before a click on it fails.
const PATIENCE_FOR_CLICK: Duration = Duration::from_secs(3);

/// Between two looks at what is waited for.
const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// How often a window is resized until the viewport fits: the frame around it is known only afterwards.
const FITTINGS: usize = 5;

/// The key under which WebDriver hands out an element.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The key under which WebDriver hands out a shadow root.
const SHADOW_KEY: &str = "shadow-6066-11e4-a52e-4f735466cecf";

const WATCH: &str = include_str!("watch.js");
const ROLES: &str = include_str!("roles.js");

/// A browser with a page. It closes on drop; when the test has failed it leaves a screenshot first.
pub(crate) struct Session {
    driver: Driver,
    is_phone: bool,
    seen: RefCell<Vec<PageError>>,
    output_read: Cell<usize>,
    contacted: RefCell<Vec<String>>,
}

/// An element of the page.
pub(crate) struct Element<'s> {
    session: &'s Session,
    id: String,
    /// What it was asked for by, for messages.
    wanted: String,
}

/// What went wrong in a page, as the engine or the watching script tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageError {
    /// Which kind of fault.
    pub(crate) kind: ErrorKind,
    /// The message, with the file where known.
    pub(crate) text: String,
}

/// Kinds of faults of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// An exception or a rejected promise that nobody caught.
    Uncaught,
    /// A message by `console.error`.
    Console,
    /// Something that the content security policy blocked.
    Policy,
    /// Something that could not be loaded. Firefox and WebKit tell it of elements only, Chromium of every request.
    Network,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.text)
    }
}

/// A rectangle of the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// A file that the page saved.
#[derive(Clone, Debug)]
pub(crate) struct Download {
    /// The name that the browser gave it.
    pub(crate) name: String,
    /// Its contents.
    pub(crate) bytes: Vec<u8>,
}

// Opening, going, sizes.
impl Session {
    /// Opens a fresh browser of this engine on an empty page.
    #[track_caller]
    pub(crate) fn open(engine: Engine, options: &Options) -> Self {
        let driver = Driver::start(engine, options).unwrap_or_else(|refusal| panic!("{engine}: {refusal}"));
        let session = Self {
            driver,
            is_phone: options.phone,
            seen: RefCell::default(),
            output_read: Cell::new(0),
            contacted: RefCell::default(),
        };
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
        self.leave_page("/url", &json!({ "url": url }));
    }

    /// Loads the page again.
    #[track_caller]
    pub(crate) fn reload(&self) {
        self.leave_page("/refresh", &json!({}));
    }

    /// Goes back in the history.
    #[track_caller]
    pub(crate) fn back(&self) {
        self.leave_page("/back", &json!({}));
    }

    /// Goes forward in the history.
    #[track_caller]
    pub(crate) fn forward(&self) {
        self.leave_page("/forward", &json!({}));
    }

    /// The page's address.
    #[track_caller]
    pub(crate) fn url(&self) -> String {
        text(&self.get("/url"))
    }

    /// The page's title.
    #[track_caller]
    pub(crate) fn title(&self) -> String {
        text(&self.get("/title"))
    }

    /// Makes the viewport exactly this large, in CSS pixels. In Chromium as a phone the size is fixed at the start.
    #[track_caller]
    pub(crate) fn set_viewport(&self, width: u32, height: u32) {
        let (mut outer_width, mut outer_height) = (f64::from(width), f64::from(height));
        for _fitting in 0..FITTINGS {
            self.post("/window/rect", &json!({ "width": outer_width.round(), "height": outer_height.round() }));
            // WebKit answers before its window has been laid out anew.
            if self.comes_true(&size_is(width, height), Duration::from_millis(500)) {
                return;
            }
            let inner = self.eval("return [innerWidth, innerHeight]", &[]);
            outer_width += f64::from(width) - number(&inner[0]);
            outer_height += f64::from(height) - number(&inner[1]);
        }
        if self.engine() == Engine::Firefox {
            self.squeeze_firefox(width, height);
        }
        self.wait_until(&format!("a viewport of {width} x {height}"), &size_is(width, height));
    }

    /// Firefox keeps its window at least 500 pixels wide: the page's box inside it can be narrower.
    #[track_caller]
    fn squeeze_firefox(&self, width: u32, height: u32) {
        const SQUEEZE: &str = "const style = window.gBrowser.selectedBrowser.style;
            for (const [side, size] of [['width', arguments[0]], ['height', arguments[1]]])
              for (const which of ['', 'min-', 'max-']) style.setProperty(which + side, size + 'px');";
        self.post("/moz/context", &json!({ "context": "chrome" }));
        self.eval(SQUEEZE, &[json!(width), json!(height)]);
        self.post("/moz/context", &json!({ "context": "content" }));
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
    fn leave_page(&self, path: &str, body: &Value) {
        self.collect_errors();
        self.post(path, body);
        self.watch();
    }

    /// Installs the script that keeps the page's errors. Chromium's own log tells more, and from the first script on.
    #[track_caller]
    fn watch(&self) {
        if self.engine() != Engine::Chromium {
            self.eval(WATCH, &[]);
        }
    }
}

// Finding and waiting.
impl Session {
    /// Waits for the one shown element of this ARIA role and accessible name.
    ///
    /// # Panics
    /// When there is none or more than one in time: the message lists what the page has.
    #[track_caller]
    pub(crate) fn find(&self, role: &str, name: &str) -> Element<'_> {
        self.find_where(role, &format!("{role} \"{name}\""), |found| found == name)
    }

    /// Waits for the one shown element of this role whose name contains a text.
    #[track_caller]
    pub(crate) fn find_containing(&self, role: &str, part: &str) -> Element<'_> {
        self.find_where(role, &format!("{role} with \"{part}\" in its name"), |found| found.contains(part))
    }

    #[track_caller]
    fn find_where(&self, role: &str, wanted: &str, is_wanted: impl Fn(&str) -> bool) -> Element<'_> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut matches = self.named(Some(role));
            matches.retain(|(_, name, _)| is_wanted(name));
            if let [(_, _, id)] = matches.as_slice() {
                return self.element(id.clone(), wanted);
            }
            if Instant::now() > deadline {
                let there = self.controls().join("\n  ");
                self.fail(&format!("found {} of {wanted}; the page has\n  {there}", matches.len()));
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Whether an element of this role and name is shown at this moment.
    #[track_caller]
    pub(crate) fn shows(&self, role: &str, name: &str) -> bool {
        self.named(Some(role)).iter().any(|(_, found, _)| found == name)
    }

    /// Waits until no element of this role and name is shown.
    #[track_caller]
    pub(crate) fn wait_until_gone(&self, role: &str, name: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.shows(role, name) {
            if Instant::now() > deadline {
                self.fail(&format!("{role} \"{name}\" is still shown"));
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Everything shown that has a role, one line each: `button "Send"`.
    #[track_caller]
    pub(crate) fn controls(&self) -> Vec<String> {
        self.named(None).into_iter().map(|(role, name, _)| format!("{role} \"{name}\"")).collect()
    }

    /// Role, name and element of everything shown of one role or of any.
    #[track_caller]
    fn named(&self, role: Option<&str>) -> Vec<(String, String, String)> {
        let rows = self.eval(ROLES, &[json!(role)]);
        let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        rows.iter().map(|row| (text(&row[0]), text(&row[1]), text(&row[2][ELEMENT_KEY]))).collect()
    }

    /// Waits for the first element of a CSS selector, shown or not.
    #[track_caller]
    pub(crate) fn find_css(&self, css: &str) -> Element<'_> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = self.driver.post("/element", &by_css(css));
            match found {
                Ok(element) => return self.element(text(&element[ELEMENT_KEY]), css),
                Err(refusal) if refusal.code != "no such element" || Instant::now() > deadline => {
                    self.fail(&format!("{css}: {refusal}"))
                }
                Err(_) => thread::sleep(BETWEEN_LOOKS),
            }
        }
    }

    /// All elements of a CSS selector at this moment.
    #[track_caller]
    pub(crate) fn all_css(&self, css: &str) -> Vec<Element<'_>> {
        let found = self.post("/elements", &by_css(css));
        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|element| self.element(text(&element[ELEMENT_KEY]), css)).collect()
    }

    /// The element that has the focus, through open shadow roots.
    #[track_caller]
    pub(crate) fn focused(&self) -> Element<'_> {
        const FOCUSED: &str = "let at = document.activeElement || document.body;
            while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at;";
        self.element(text(&self.eval(FOCUSED, &[])[ELEMENT_KEY]), "the focus")
    }

    /// Role and name of the element that has the focus: `button "Send"`.
    #[track_caller]
    pub(crate) fn focus(&self) -> String {
        let id = self.focused().id;
        let mut all = self.named(None).into_iter();
        all.find(|(_, _, other)| *other == id).map_or_else(String::new, |(role, name, _)| format!("{role} \"{name}\""))
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Panics
    /// When it is not in time, with `what` and the last value.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, js: &str) {
        if !self.comes_true(js, PATIENCE) {
            let last = self.driver.post("/execute/sync", &script(&format!("return ({js});"), &[]));
            self.fail(&format!("waited {} s for {what}; at last: {last:?}", PATIENCE.as_secs()));
        }
    }

    /// Waits until a text can be read in the page.
    #[track_caller]
    pub(crate) fn wait_for_text(&self, wanted: &str) {
        let quoted = json!(wanted);
        self.wait_until(
            &format!("the text {quoted}"),
            &format!("document.body.innerText.replace(/\\s+/g, ' ').includes({quoted})"),
        );
    }

    fn comes_true(&self, js: &str, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let look = script(&format!("return Boolean({js});"), &[]);
        loop {
            // An exception is no answer yet: the page may still be building what is asked about.
            if self.driver.post("/execute/sync", &look).is_ok_and(|value| value == true) {
                return true;
            }
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }
}

// Scripts, frames, tabs, dialogs.
impl Session {
    /// Runs the body of a function in the page: `eval("return arguments[0] + 1", &[json!(1)])`.
    #[track_caller]
    pub(crate) fn eval(&self, js: &str, args: &[Value]) -> Value {
        self.post("/execute/sync", &script(js, args))
    }

    /// As [`Self::eval`], for a function that ends by calling its last argument with the result.
    #[track_caller]
    pub(crate) fn eval_async(&self, js: &str, args: &[Value]) -> Value {
        self.post("/execute/async", &script(js, args))
    }

    /// Goes into a frame; positions and finding are the frame's from here on.
    #[track_caller]
    pub(crate) fn enter_frame(&self, frame: &Element<'_>) {
        self.collect_errors();
        self.post("/frame", &json!({ "id": frame.reference() }));
        self.watch();
    }

    /// Goes back to the page around the frame.
    #[track_caller]
    pub(crate) fn leave_frame(&self) {
        self.collect_errors();
        self.post("/frame/parent", &json!({}));
    }

    /// Opens a second tab and goes into it; returns the handle of the new one.
    #[track_caller]
    pub(crate) fn new_tab(&self) -> String {
        let tab = text(&self.post("/window/new", &json!({ "type": "tab" }))["handle"]);
        self.switch_tab(&tab);
        tab
    }

    /// The handle of this tab.
    #[track_caller]
    pub(crate) fn tab(&self) -> String {
        text(&self.get("/window"))
    }

    /// The handles of all tabs, those that the page opened among them.
    #[track_caller]
    pub(crate) fn tabs(&self) -> Vec<String> {
        let handles = self.get("/window/handles");
        handles.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(text).collect()
    }

    /// Goes to another tab.
    #[track_caller]
    pub(crate) fn switch_tab(&self, handle: &str) {
        self.collect_errors();
        self.post("/window", &json!({ "handle": handle }));
        self.watch();
    }

    /// Closes this tab; go to another one next.
    #[track_caller]
    pub(crate) fn close_tab(&self) {
        self.collect_errors();
        self.driver.delete("/window").unwrap_or_else(|refusal| self.fail(&refusal.to_string()));
    }

    /// The text of an open `alert`, `confirm` or `prompt`, if there is one.
    pub(crate) fn dialog(&self) -> Option<String> {
        self.driver.get("/alert/text").ok().map(|said| text(&said))
    }

    /// Says yes to an open dialog.
    #[track_caller]
    pub(crate) fn accept_dialog(&self) {
        self.post("/alert/accept", &json!({}));
    }

    /// Says no to an open dialog.
    #[track_caller]
    pub(crate) fn dismiss_dialog(&self) {
        self.post("/alert/dismiss", &json!({}));
    }
}

// What is seen, saved and said.
impl Session {
    /// Saves what the viewport shows as `e2e-shots/<engine>/<name>.png` below Cargo's target folder.
    #[track_caller]
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        self.picture("/screenshot", name).unwrap_or_else(|reason| self.fail(&reason))
    }

    fn picture(&self, path: &str, name: &str) -> Result<PathBuf, String> {
        let coded = text(&self.driver.get(path).map_err(|refusal| refusal.to_string())?);
        let bytes = BASE64_STANDARD.decode(coded).map_err(|error| error.to_string())?;
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("e2e-shots").join(self.engine().tag());
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let file = folder.join(name.replace(['/', ':'], "-")).with_extension("png");
        fs::write(&file, bytes).map_err(|error| error.to_string())?;
        Ok(file)
    }

    /// Waits for a file that the page saves, takes it out of the download folder and returns it.
    #[track_caller]
    pub(crate) fn wait_download(&self) -> Download {
        let folder = engines::downloads(self.driver.home().path());
        let deadline = Instant::now() + PATIENCE;
        let mut last_size = None;
        loop {
            let names = finished(&folder);
            if let Some(name) = names.first() {
                let file = folder.join(name);
                let size = fs::metadata(&file).map(|found| found.len()).ok();
                // Firefox makes an empty file first and moves the whole one over it.
                if size.is_some_and(|bytes| bytes > 0) && size == last_size {
                    let bytes = fs::read(&file).unwrap_or_else(|error| self.fail(&format!("{name}: {error}")));
                    fs::remove_file(&file).unwrap_or_else(|error| self.fail(&format!("{name}: {error}")));
                    return Download { name: name.clone(), bytes };
                }
                last_size = size;
            }
            if Instant::now() > deadline {
                self.fail(&format!("no file was saved; there is {names:?}"));
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Everything that has gone wrong in the page, or in earlier pages of this session, until now.
    #[track_caller]
    pub(crate) fn errors(&self) -> Vec<PageError> {
        self.collect_errors();
        self.seen.borrow().clone()
    }

    /// Forgets the errors until now, where a test has looked at those that it provoked.
    #[track_caller]
    pub(crate) fn forget_errors(&self) {
        self.collect_errors();
        self.seen.borrow_mut().clear();
    }

    /// Nothing has gone wrong in the page.
    #[track_caller]
    pub(crate) fn assert_no_errors(&self) {
        self.assert_no_errors_but(&[]);
    }

    /// Nothing has gone wrong in the page but faults of these kinds.
    #[track_caller]
    pub(crate) fn assert_no_errors_but(&self, expected: &[ErrorKind]) {
        let mut errors = self.errors();
        errors.retain(|error| !expected.contains(&error.kind));
        let lines: Vec<_> = errors.iter().map(PageError::to_string).collect();
        assert!(lines.is_empty(), "{}: the page reported\n  {}", self.engine(), lines.join("\n  "));
    }

    #[track_caller]
    fn collect_errors(&self) {
        let mut found = match self.engine() {
            Engine::Chromium => self.chromium_log("browser").iter().filter_map(from_chromium).collect(),
            Engine::Firefox => self.firefox_output(),
            Engine::WebKit => Vec::new(),
        };
        if self.engine() != Engine::Chromium {
            found.extend(self.watched());
        }
        self.seen.borrow_mut().append(&mut found);
    }

    fn watched(&self) -> Vec<PageError> {
        // No list: the document has gone, or is one that the script was not put into.
        let seen = self.driver.post("/execute/sync", &script("return window.__e2eSeen?.splice(0) ?? []", &[]));
        let seen = seen.unwrap_or_default();
        let rows = seen.as_array().map(Vec::as_slice).unwrap_or_default();
        let errors = rows.iter().filter_map(|row| {
            let kind = match row[0].as_str()? {
                "uncaught" => ErrorKind::Uncaught,
                "console" => ErrorKind::Console,
                "policy" => ErrorKind::Policy,
                _ => ErrorKind::Network,
            };
            Some(PageError { kind, text: text(&row[1]) })
        });
        // Firefox prints uncaught errors itself, from the first script on and from workers too.
        errors.filter(|error| self.engine() != Engine::Firefox || error.kind != ErrorKind::Uncaught).collect()
    }

    fn firefox_output(&self) -> Vec<PageError> {
        let output = self.driver.output();
        let whole_lines = output.rfind('\n').map_or(0, |end| end + 1);
        let fresh = output.get(self.output_read.get()..whole_lines).unwrap_or_default();
        self.output_read.set(whole_lines);
        // The browser's own scripts have other addresses: resource:// and chrome://.
        let of_page = fresh.lines().filter_map(|line| line.strip_prefix("JavaScript error: "));
        let of_page = of_page.filter(|text| ["http", "blob:", "data:", ","].iter().any(|start| text.starts_with(start)));
        of_page.map(|text| PageError { kind: ErrorKind::Uncaught, text: text.to_owned() }).collect()
    }

    /// The addresses of every request that the page, its frames and its workers made, in Chromium; elsewhere `None`.
    #[track_caller]
    pub(crate) fn contacted(&self) -> Option<Vec<String>> {
        if self.engine() != Engine::Chromium {
            return None;
        }
        let fresh = self.chromium_log("performance");
        let urls = fresh.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            (event["method"] == "Network.requestWillBeSent").then(|| text(&event["params"]["request"]["url"]))
        });
        self.contacted.borrow_mut().extend(urls);
        Some(self.contacted.borrow().clone())
    }

    #[track_caller]
    fn chromium_log(&self, log: &str) -> Vec<Value> {
        let entries = self.post("/se/log", &json!({ "type": log }));
        entries.as_array().cloned().unwrap_or_default()
    }

    /// A command of Chromium's DevTools: emulation, network conditions, the accessibility tree. Chromium alone.
    #[track_caller]
    pub(crate) fn cdp(&self, command: &str, params: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }
}

// Between the parts of the harness.
impl Session {
    /// Performs WebDriver action sequences.
    #[track_caller]
    pub(crate) fn perform(&self, actions: &Value) {
        self.post("/actions", &json!({ "actions": actions }));
    }

    /// Ends the test with a message that names the engine.
    #[track_caller]
    pub(crate) fn fail(&self, message: &str) -> ! {
        panic!("{}: {message}", self.engine())
    }

    #[track_caller]
    fn get(&self, path: &str) -> Value {
        self.driver.get(path).unwrap_or_else(|refusal| self.fail(&format!("{path}: {refusal}")))
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        self.driver.post(path, body).unwrap_or_else(|refusal| self.fail(&format!("{path}: {refusal}")))
    }

    fn element(&self, id: String, wanted: &str) -> Element<'_> {
        Element { session: self, id, wanted: wanted.to_owned() }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !thread::panicking() {
            return;
        }
        let name = format!("failed-{}", thread::current().name().unwrap_or("test"));
        match self.picture("/screenshot", &name) {
            Ok(file) => println!("{} showed {}", self.engine(), file.display()),
            Err(reason) => println!("{} gave no screenshot: {reason}", self.engine()),
        }
        for error in self.watched().iter().chain(self.seen.borrow().iter()) {
            println!("{} reported {error}", self.engine());
        }
    }
}

impl Element<'_> {
    /// Clicks its middle, after scrolling it into view; waits while something moves over it.
    #[track_caller]
    pub(crate) fn click(&self) {
        let deadline = Instant::now() + PATIENCE_FOR_CLICK;
        loop {
            match self.session.driver.post(&self.path("/click"), &json!({})) {
                Ok(_) => return,
                Err(refusal) if !may_pass(&refusal) || Instant::now() > deadline => self.fail(&refusal),
                Err(_) => thread::sleep(BETWEEN_LOOKS),
            }
        }
    }

    /// Gives it the focus by script, without a click.
    #[track_caller]
    pub(crate) fn focus(&self) {
        self.eval("arguments[0].focus()");
    }

    /// Types into it, key by key, after what it holds.
    #[track_caller]
    pub(crate) fn type_text(&self, typed: &str) {
        self.post("/value", &json!({ "text": typed }));
    }

    /// Empties a field.
    #[track_caller]
    pub(crate) fn clear(&self) {
        self.post("/clear", &json!({}));
    }

    /// Chooses files in an `<input type=file>`, as a visitor does in the picker.
    #[track_caller]
    pub(crate) fn upload(&self, files: &[&Path]) {
        let paths: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        self.post("/value", &json!({ "text": paths.join("\n") }));
    }

    /// Sets the value of a slider, colour or date field and tells the page, as a drag of its knob would.
    #[track_caller]
    pub(crate) fn set_value(&self, value: &str) {
        const SET: &str = "const [field, value] = arguments;
            Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
            field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.session.eval(SET, &[self.reference(), json!(value)]);
    }

    /// Its text as shown.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        text(&self.get("/text"))
    }

    /// The value of a field.
    #[track_caller]
    pub(crate) fn value(&self) -> String {
        text(&self.get("/property/value"))
    }

    /// An attribute as written in the markup, if it is there.
    #[track_caller]
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let said = self.session.eval("return arguments[0].getAttribute(arguments[1])", &[self.reference(), json!(name)]);
        said.as_str().map(str::to_owned)
    }

    /// A computed style: `css("outline-style")`.
    #[track_caller]
    pub(crate) fn css(&self, property: &str) -> String {
        text(&self.get(&format!("/css/{property}")))
    }

    /// Whether a field or button can be used.
    #[track_caller]
    pub(crate) fn is_enabled(&self) -> bool {
        self.get("/enabled") == true
    }

    /// Whether a box, radio button or option is chosen.
    #[track_caller]
    pub(crate) fn is_selected(&self) -> bool {
        self.get("/selected") == true
    }

    /// Its box in the viewport, after scrolling it into view.
    #[track_caller]
    pub(crate) fn rect(&self) -> Rect {
        let found = self.eval(
            "arguments[0].scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
             const box = arguments[0].getBoundingClientRect();
             return [box.x, box.y, box.width, box.height];",
        );
        Rect { x: number(&found[0]), y: number(&found[1]), width: number(&found[2]), height: number(&found[3]) }
    }

    /// The role that the engine itself tells assistive technology.
    #[track_caller]
    pub(crate) fn computed_role(&self) -> String {
        text(&self.get("/computedrole"))
    }

    /// The name that the engine itself tells assistive technology.
    #[track_caller]
    pub(crate) fn computed_label(&self) -> String {
        text(&self.get("/computedlabel"))
    }

    /// The first element of a selector in its shadow root, a closed one too.
    #[track_caller]
    pub(crate) fn find_in_shadow(&self, css: &str) -> Self {
        let root = text(&self.get("/shadow")[SHADOW_KEY]);
        let found = self.session.post(&format!("/shadow/{root}/element"), &by_css(css));
        Self { session: self.session, id: text(&found[ELEMENT_KEY]), wanted: css.to_owned() }
    }

    /// Saves a picture of it alone, as [`Session::screenshot`] does of the viewport.
    #[track_caller]
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        let picture = self.session.picture(&self.path("/screenshot"), name);
        picture.unwrap_or_else(|reason| self.session.fail(&reason))
    }

    /// The element as an argument of [`Session::eval`].
    pub(crate) fn reference(&self) -> Value {
        json!({ ELEMENT_KEY: self.id })
    }

    #[track_caller]
    fn eval(&self, js: &str) -> Value {
        self.session.eval(js, &[self.reference()])
    }

    fn path(&self, path: &str) -> String {
        format!("/element/{}{path}", self.id)
    }

    #[track_caller]
    fn get(&self, path: &str) -> Value {
        self.session.driver.get(&self.path(path)).unwrap_or_else(|refusal| self.fail(&refusal))
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        self.session.driver.post(&self.path(path), body).unwrap_or_else(|refusal| self.fail(&refusal))
    }

    #[track_caller]
    fn fail(&self, refusal: &Refusal) -> ! {
        self.session.fail(&format!("{}: {refusal}", self.wanted))
    }
}

fn script(js: &str, args: &[Value]) -> Value {
    json!({ "script": js, "args": args })
}

fn by_css(css: &str) -> Value {
    json!({ "using": "css selector", "value": css })
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

/// Whether a refused click may succeed once a movement has ended.
fn may_pass(refusal: &Refusal) -> bool {
    matches!(refusal.code.as_str(), "element click intercepted" | "element not interactable")
}

fn from_chromium(entry: &Value) -> Option<PageError> {
    if entry["level"] != "SEVERE" {
        return None;
    }
    let kind = match entry["source"].as_str()? {
        "network" => ErrorKind::Network,
        "console-api" => ErrorKind::Console,
        "security" => ErrorKind::Policy,
        _ => ErrorKind::Uncaught,
    };
    Some(PageError { kind, text: text(&entry["message"]) })
}

/// The files in a download folder that no browser is still writing.
fn finished(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let is_partial = |name: &str| {
        let hidden = name.starts_with('.');
        hidden || [".crdownload", ".part", ".wkdownload"].iter().any(|end| name.ends_with(end))
    };
    if names.iter().any(|name| is_partial(name)) {
        return Vec::new();
    }
    names
}
