//! What goes wrong in a page, gathered from the engines' own logs and from a script in the page.

use super::{Session, text};
use crate::harness::engines::Engine;
use crate::harness::watch;
use serde_json::{Value, json};
use std::fmt;
use url::Url;

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

impl Session {
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
    pub(super) fn collect_errors(&self) {
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

    pub(super) fn watched(&self) -> Vec<PageError> {
        // No list: the document has gone, or is one that the script was not put into.
        let seen = self.try_eval("return window.__e2eSeen?.splice(0) ?? []", &[]);
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
        errors.collect()
    }

    /// What Firefox prints of a page's errors. It tells those of pages that were left, too, but not every one of a worker.
    fn firefox_output(&self) -> Vec<PageError> {
        let output = self.driver.output();
        let whole_lines = output.rfind('\n').map_or(0, |end| end + 1);
        let fresh = output.get(self.output_read.get()..whole_lines).unwrap_or_default();
        self.output_read.set(whole_lines);
        // The browser's own scripts have other addresses: resource:// and chrome://.
        let of_page = fresh.lines().filter_map(|line| line.strip_prefix("JavaScript error: "));
        let of_page =
            of_page.filter(|text| ["http", "blob:", "data:", ","].iter().any(|start| text.starts_with(start)));
        of_page.map(|text| PageError { kind: ErrorKind::Uncaught, text: text.to_owned() }).collect()
    }

    /// The hosts besides this machine that the page, its frames and its workers wanted to reach, until now. What the
    /// browser calls by itself is left out.
    ///
    /// Chromium's own log of a page's requests is read too: it tells even those to hosts that the browser itself calls.
    #[track_caller]
    pub(crate) fn foreign_hosts(&self) -> Vec<String> {
        let contacts = self.driver.traffic().contacts();
        let foreign = contacts.into_iter().filter(|contact| contact.is_foreign(self.engine()));
        let mut hosts: Vec<_> = foreign.map(|contact| format!("{}:{}", contact.host, contact.port)).collect();
        if self.engine() == Engine::Chromium {
            self.contacted.borrow_mut().extend(self.asked_in_chromium());
            hosts.extend(self.contacted.borrow().iter().cloned());
        }
        hosts
    }

    /// Forgets the hosts until now, where a test has looked at those that it provoked.
    #[track_caller]
    pub(crate) fn forget_foreign_hosts(&self) {
        self.foreign_hosts();
        self.contacted.borrow_mut().clear();
        self.driver.traffic().forget();
    }

    /// The page has reached for no machine but this one. Every scenario ends with it.
    #[track_caller]
    pub(crate) fn assert_no_foreign_hosts(&self) {
        let hosts = self.foreign_hosts();
        assert!(hosts.is_empty(), "{}: the page reached for {}", self.engine(), hosts.join(", "));
    }

    /// The requests of Chromium's pages to other machines, since this was last asked.
    #[track_caller]
    fn asked_in_chromium(&self) -> Vec<String> {
        let fresh = self.chromium_log("performance");
        let urls = fresh.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            (event["method"] == "Network.requestWillBeSent").then(|| text(&event["params"]["request"]["url"]))
        });
        // The browser's own pages, such as the one of a new tab, and what a page holds itself go to no machine.
        let of_network = |url: &String| ["http:", "https:", "ws:", "wss:"].iter().any(|scheme| url.starts_with(scheme));
        let on_this_machine = |url: &String| {
            Url::parse(url)
                .is_ok_and(|url| url.host_str().is_some_and(|host| ["127.0.0.1", "localhost"].contains(&host)))
        };
        urls.filter(|url| of_network(url) && !on_this_machine(url)).collect()
    }

    #[track_caller]
    fn chromium_log(&self, log: &str) -> Vec<Value> {
        let entries = self.post("/se/log", &json!({ "type": log }));
        entries.as_array().cloned().unwrap_or_default()
    }

    /// Installs the script that keeps the page's errors where no server of the harness has put it into the page.
    /// Chromium's own log tells more, and from the first script on.
    #[track_caller]
    pub(super) fn watch(&self) {
        if self.engine() != Engine::Chromium {
            self.eval(watch::SCRIPT, &[]);
        }
    }
}

fn from_chromium(entry: &Value) -> Option<PageError> {
    if entry["level"] != "SEVERE" {
        return None;
    }
    let kind = match entry["source"].as_str()? {
        "network" => ErrorKind::Network,
        "console-api" => ErrorKind::Console,
        "security" => ErrorKind::Policy,
        "worker" if !entry["message"].as_str()?.contains("Uncaught") => ErrorKind::Console,
        _ => ErrorKind::Uncaught,
    };
    Some(PageError { kind, text: text(&entry["message"]) })
}
