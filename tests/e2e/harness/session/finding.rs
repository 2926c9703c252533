//! Finding elements by what a visitor perceives, and waiting for what the page does.

use super::{BETWEEN_LOOKS, ELEMENT_KEY, Element, Session, TIMEOUT, text};
use fantoccini::Locator;
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};

const ROLES: &str = include_str!("roles.js");

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
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let mut matches = self.named(Some(role));
            matches.retain(|(_, name, _)| is_wanted(name));
            if let [(_, _, element)] = matches.as_slice() {
                return self.element(element, wanted);
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
        let deadline = Instant::now() + TIMEOUT;
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
    fn named(&self, role: Option<&str>) -> Vec<(String, String, Value)> {
        let look = || self.try_eval(ROLES, &[json!(role)]);
        let mut found = look();
        // An element may go while the list of elements is on its way.
        while found.as_ref().is_err_and(|refusal| refusal.code == "stale element reference") {
            found = look();
        }
        let rows = found.unwrap_or_else(|refusal| self.fail(&refusal.to_string()));
        let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
        rows.iter().map(|row| (text(&row[0]), text(&row[1]), row[2].clone())).collect()
    }

    /// Waits for the first element of a CSS selector, shown or not.
    #[track_caller]
    pub(crate) fn find_css(&self, css: &str) -> Element<'_> {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let found = self.driver.ask(async |client| client.find(Locator::Css(css)).await);
            match found {
                Ok(element) => return Element::new(self, element, css),
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
        let found = self.ask(async |client| client.find_all(Locator::Css(css)).await);
        found.into_iter().map(|element| Element::new(self, element, css)).collect()
    }

    /// The element that has the focus, through open shadow roots.
    #[track_caller]
    pub(crate) fn focused(&self) -> Element<'_> {
        const FOCUSED: &str = "let at = document.activeElement || document.body;
            while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            return at;";
        self.element(&self.eval(FOCUSED, &[]), "the focus")
    }

    /// Role and name of the element that has the focus: `button "Send"`.
    #[track_caller]
    pub(crate) fn focus(&self) -> String {
        let focused = self.focused().reference();
        let mut all = self.named(None).into_iter();
        all.find(|(_, _, other)| other[ELEMENT_KEY] == focused[ELEMENT_KEY])
            .map_or_else(String::new, |(role, name, _)| format!("{role} \"{name}\""))
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Panics
    /// When it is not in time, with `what` and the last value.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, js: &str) {
        self.wait_within(TIMEOUT, what, js);
    }

    /// The same for what may take longer.
    ///
    /// # Panics
    /// When it is not in time, with `what` and the last value.
    #[track_caller]
    pub(crate) fn wait_within(&self, timeout: Duration, what: &str, js: &str) {
        if !self.comes_true(js, timeout) {
            let said = self.try_eval(&format!("return ({js});"), &[]);
            let last = said.map_or_else(|refusal| refusal.to_string(), |value| value.to_string());
            self.fail(&format!("waited {} s for {what}; {js} is {last}", timeout.as_secs()));
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

    pub(super) fn comes_true(&self, js: &str, timeout: Duration) -> bool {
        let deadline = Instant::now() + timeout;
        let look = format!("return Boolean({js});");
        loop {
            // An exception is no answer yet: the page may still be building what is asked about.
            if self.try_eval(&look, &[]).is_ok_and(|value| value == true) {
                return true;
            }
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }
}
