//! Numbers for a monitor, in the text format of Prometheus. None of them is about a person.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    /// Requests that were stored.
    Stored,
    /// Requests that were there already.
    Repeated,
    /// Requests that were wrong or not allowed.
    Refused,
    /// Requests that came too quickly.
    PutOff,
    /// Requests that could not be stored.
    Failed,
    /// Notifications that were told.
    Told,
    /// Notifications that could not be told and will be tried again.
    NotTold,
    /// Notifications that were given up, as their address is refused again and again.
    GivenUp,
    /// Failed tries to log in.
    LoginFailed,
}

/// Name, help and labels of each counter, in the order of [`Counter`].
const COUNTERS: [(&str, &str, &str); 9] = [
    ("inbox_requests_total", "Consultation requests by what became of them.", "{result=\"stored\"}"),
    ("inbox_requests_total", "", "{result=\"repeated\"}"),
    ("inbox_requests_total", "", "{result=\"refused\"}"),
    ("inbox_requests_total", "", "{result=\"put_off\"}"),
    ("inbox_requests_total", "", "{result=\"failed\"}"),
    ("inbox_notifications_total", "Notifications by what became of each try.", "{result=\"told\"}"),
    ("inbox_notifications_total", "", "{result=\"not_told\"}"),
    ("inbox_notifications_total", "", "{result=\"given_up\"}"),
    ("inbox_failed_logins_total", "Failed tries to log in.", ""),
];

/// Every counter since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics([AtomicU64; COUNTERS.len()]);

impl Metrics {
    /// Counts one.
    pub(crate) fn count(&self, counter: Counter) {
        if let Some(count) = self.0.get(counter as usize) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The counters as text, and how many requests of each state and notifications there are now.
    pub(crate) fn render(&self, states: &[(&str, i64)], waiting: i64) -> String {
        let mut text = String::new();
        for ((name, help, labels), count) in COUNTERS.iter().zip(&self.0) {
            if !help.is_empty() {
                describe(&mut text, name, help, "counter");
            }
            // Writing into a string never fails.
            let _written = writeln!(text, "{name}{labels} {}", count.load(Ordering::Relaxed));
        }
        describe(&mut text, "inbox_requests", "Consultation requests that are kept, by state.", "gauge");
        for (state, count) in states {
            let _written = writeln!(text, "inbox_requests{{state=\"{state}\"}} {count}");
        }
        describe(&mut text, "inbox_notifications_waiting", "Notifications that wait to be told.", "gauge");
        let _written = writeln!(text, "inbox_notifications_waiting {waiting}");
        text
    }
}

fn describe(text: &mut String, name: &str, help: &str, kind: &str) {
    let _written = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_counter_has_its_own_line() {
        let metrics = Metrics::default();
        metrics.count(Counter::Stored);
        metrics.count(Counter::LoginFailed);
        metrics.count(Counter::LoginFailed);
        let text = metrics.render(&[("new", 3)], 4);
        for line in [
            "# TYPE inbox_requests_total counter",
            "inbox_requests_total{result=\"stored\"} 1",
            "inbox_requests_total{result=\"failed\"} 0",
            "inbox_failed_logins_total 2",
            "inbox_requests{state=\"new\"} 3",
            "inbox_notifications_waiting 4",
        ] {
            assert!(text.lines().any(|each| each == line), "no {line} in\n{text}");
        }
        assert_eq!(text.matches("# TYPE inbox_requests_total").count(), 1);
    }
}
