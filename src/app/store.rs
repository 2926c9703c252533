//! Holds the page's state, changes it by actions, and tells the components that read it.
//!
//! A reducer here returns the effects it wants, and changes a state in place that is too large to be copied at each move of a
//! pointer; the stores for yew that exist do neither, so this one stands on yew's own contexts and hooks.

use super::state::{Action, Effect, State, reduce};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use yew::Callback;

/// What a component does when the state changed.
type Listener = dyn Fn();
/// Carries an effect out.
type Runner = dyn Fn(Effect, &Store);

struct Inner {
    state: RefCell<State>,
    runner: Box<Runner>,
    queue: RefCell<VecDeque<Action>>,
    is_busy: Cell<bool>,
    listeners: RefCell<Vec<Weak<Listener>>>,
}

/// The store. Clones are the same store.
#[derive(Clone)]
pub(crate) struct Store(Rc<Inner>);

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    /// A store whose effects are carried out by `runner`.
    pub(crate) fn new(state: State, runner: impl Fn(Effect, &Self) + 'static) -> Self {
        Self(Rc::new(Inner {
            state: RefCell::new(state),
            runner: Box::new(runner),
            queue: RefCell::default(),
            is_busy: Cell::new(false),
            listeners: RefCell::default(),
        }))
    }

    /// Changes the state by what happened, carries the effects out, and tells who listens. What happens meanwhile waits.
    pub(crate) fn dispatch(&self, action: impl Into<Action>) {
        let inner = &self.0;
        inner.queue.borrow_mut().push_back(action.into());
        // After a panic the state may be half changed: it is left as it is.
        if inner.is_busy.get() || crate::platform::panic::is_broken() {
            return;
        }
        inner.is_busy.set(true);
        while let Some(action) = self.next() {
            let effects = reduce(&mut inner.state.borrow_mut(), action);
            for effect in effects {
                (inner.runner)(effect, self);
            }
        }
        inner.is_busy.set(false);
        self.notify();
    }

    fn next(&self) -> Option<Action> {
        self.0.queue.borrow_mut().pop_front()
    }

    fn notify(&self) {
        let listeners: Vec<Rc<Listener>> = {
            let mut listeners = self.0.listeners.borrow_mut();
            listeners.retain(|listener| listener.strong_count() > 0);
            listeners.iter().filter_map(Weak::upgrade).collect()
        };
        for listener in listeners {
            listener();
        }
    }

    /// Reads the state.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.0.state.borrow())
    }

    /// Calls `listener` after each change, until what is returned is dropped.
    #[must_use]
    pub(crate) fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        let listener: Rc<Listener> = Rc::new(listener);
        self.0.listeners.borrow_mut().push(Rc::downgrade(&listener));
        Subscription { _listener: listener }
    }

    /// A callback that dispatches what `make` makes of an event.
    pub(crate) fn callback<E, A: Into<Action>>(&self, make: impl Fn(E) -> A + 'static) -> Callback<E> {
        let store = self.clone();
        Callback::from(move |event| store.dispatch(make(event)))
    }

    /// A callback that always dispatches the same action, whatever the event.
    pub(crate) fn emit<E>(&self, action: impl Into<Action>) -> Callback<E> {
        let action = action.into();
        self.callback(move |_| action.clone())
    }
}

/// Keeps a listener subscribed.
pub(crate) struct Subscription {
    _listener: Rc<Listener>,
}
