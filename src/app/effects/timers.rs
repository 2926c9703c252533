//! The timers that run.

use crate::app::state::{Action, Timer};
use crate::app::store::Store;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;

/// The timers that run, at most one of each kind.
#[derive(Default)]
pub(super) struct Timers(Rc<RefCell<Vec<(Timer, Timeout)>>>);

impl Timers {
    /// Starts a timer, anew where it runs.
    pub(super) fn start(&self, timer: Timer, ms: u32, store: &Store) {
        let (running, store) = (self.0.clone(), store.clone());
        let timeout = Timeout::new(ms, move || {
            let over: Vec<_> = running.borrow_mut().extract_if(.., |(other, _)| *other == timer).collect();
            over.into_iter().for_each(|(_, timeout)| drop(timeout));
            store.dispatch(Action::Elapsed(timer));
        });
        self.stop(timer);
        self.0.borrow_mut().push((timer, timeout));
    }

    /// Stops a timer.
    pub(super) fn stop(&self, timer: Timer) {
        self.0.borrow_mut().retain(|(other, _)| *other != timer);
    }
}
