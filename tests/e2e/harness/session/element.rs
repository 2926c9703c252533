//! An element of the page: what it says, where it is, what is done to it.

use super::{BETWEEN_LOOKS, ELEMENT_KEY, Session, number, text};
use crate::harness::driver::Refusal;
use fantoccini::Locator;
use fantoccini::elements::Element as Remote;
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long an element may stay covered or moving before a click on it fails.
const CLICK_TIMEOUT: Duration = Duration::from_secs(3);

/// Between two looks at where an element is: some frames, so that a movement shows.
const BETWEEN_RECTS: Duration = Duration::from_millis(40);

/// An element of the page.
pub(crate) struct Element<'s> {
    session: &'s Session,
    remote: Remote,
    /// What it was asked for by, for messages.
    wanted: String,
}

/// A rectangle of the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl<'s> Element<'s> {
    /// An element as the driver knows it.
    pub(super) fn new(session: &'s Session, remote: Remote, wanted: &str) -> Self {
        Self { session, remote, wanted: wanted.to_owned() }
    }

    /// Clicks its middle, after scrolling it into view; waits while it moves or something lies over it.
    #[track_caller]
    pub(crate) fn click(&self) {
        self.rect();
        let deadline = Instant::now() + CLICK_TIMEOUT;
        loop {
            match self.session.driver.ask(async |_| self.remote.click().await) {
                Ok(()) => return,
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
        self.ask(async |remote| remote.send_keys(typed).await);
    }

    /// Empties a field.
    #[track_caller]
    pub(crate) fn clear(&self) {
        self.ask(async |remote| remote.clear().await);
    }

    /// Chooses files in an `<input type=file>`, as a visitor does in the picker.
    #[track_caller]
    pub(crate) fn upload(&self, files: &[&Path]) {
        let paths: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        self.ask(async |remote| remote.send_keys(&paths.join("\n")).await);
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
        self.ask(async |remote| remote.text().await)
    }

    /// The value of a field.
    #[track_caller]
    pub(crate) fn value(&self) -> String {
        self.ask(async |remote| remote.prop("value").await).unwrap_or_default()
    }

    /// An attribute as written in the markup, if it is there.
    #[track_caller]
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let said =
            self.session.eval("return arguments[0].getAttribute(arguments[1])", &[self.reference(), json!(name)]);
        said.as_str().map(str::to_owned)
    }

    /// A computed style: `css("outline-style")`.
    #[track_caller]
    pub(crate) fn css(&self, property: &str) -> String {
        self.ask(async |remote| remote.css_value(property).await)
    }

    /// Whether a field or button can be used.
    #[track_caller]
    pub(crate) fn is_enabled(&self) -> bool {
        self.ask(async |remote| remote.is_enabled().await)
    }

    /// Whether a box, radio button or option is chosen.
    #[track_caller]
    pub(crate) fn is_selected(&self) -> bool {
        self.ask(async |remote| remote.is_selected().await)
    }

    /// Its box in the viewport, after scrolling it into view and once it has come to rest.
    #[track_caller]
    pub(crate) fn rect(&self) -> Rect {
        let deadline = Instant::now() + CLICK_TIMEOUT;
        let mut last = self.rect_now();
        loop {
            thread::sleep(BETWEEN_RECTS);
            let now = self.rect_now();
            if now == last || Instant::now() > deadline {
                return now;
            }
            last = now;
        }
    }

    #[track_caller]
    fn rect_now(&self) -> Rect {
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
        let found = self.ask(async |remote| remote.shadow_root().await?.find(Locator::Css(css)).await);
        Self::new(self.session, found, css)
    }

    /// Saves a picture of it alone, as [`Session::screenshot`] does of the viewport.
    #[track_caller]
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        let shown = self.ask(async |remote| remote.screenshot().await);
        self.session.keep_picture(&shown, name).unwrap_or_else(|reason| self.session.fail(&reason))
    }

    /// The element as an argument of [`Session::eval`].
    pub(crate) fn reference(&self) -> Value {
        json!({ ELEMENT_KEY: self.remote.element_id().as_ref() })
    }

    #[track_caller]
    fn eval(&self, js: &str) -> Value {
        self.session.eval(js, &[self.reference()])
    }

    #[track_caller]
    fn ask<T>(&self, asking: impl AsyncFnOnce(&Remote) -> Result<T, CmdError>) -> T {
        let answer = self.session.driver.ask(async |_| asking(&self.remote).await);
        answer.unwrap_or_else(|refusal| self.fail(&refusal))
    }

    /// Reads something of it for which `fantoccini` has no method.
    #[track_caller]
    fn get(&self, path: &str) -> Value {
        let path = format!("/element/{}{path}", self.remote.element_id());
        self.session.driver.get(&path).unwrap_or_else(|refusal| self.fail(&refusal))
    }

    #[track_caller]
    fn fail(&self, refusal: &Refusal) -> ! {
        self.session.fail(&format!("{}: {refusal}", self.wanted))
    }
}

/// Whether a refused click may succeed once a movement has ended.
fn may_pass(refusal: &Refusal) -> bool {
    matches!(refusal.code.as_str(), "element click intercepted" | "element not interactable")
}
