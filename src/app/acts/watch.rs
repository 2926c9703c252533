//! What the page tells the program unasked: keys, drops, pastes, sizes, leaving.

use crate::app::App;
use crate::app::message::{KeyStroke, Msg};
use crate::engine::geometry::ScreenSize;
use crate::platform::{dom, files};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    ClipboardEvent, DragEvent, Element, HtmlInputElement, KeyboardEvent, ResizeObserver, ResizeObserverEntry,
};
use yew::html::Scope;
use yew::prelude::*;

/// Something that is watched until it is dropped.
pub(crate) enum Watch {
    /// A listener.
    Listener { _listener: EventListener },
    /// The size of an element.
    Size { observer: ResizeObserver, _closure: Closure<dyn FnMut(js_sys::Array)> },
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Self::Size { observer, .. } = self {
            observer.disconnect();
        }
    }
}

fn listen(target: &web_sys::EventTarget, name: &'static str, deed: impl FnMut(&web_sys::Event) + 'static) -> Watch {
    let options = EventListenerOptions::enable_prevent_default();
    Watch::Listener { _listener: EventListener::new_with_options(target, name, options, deed) }
}

/// Keys, drops and pastes anywhere on the page.
///
/// `unsaved` tells whether leaving would lose something.
pub(crate) fn watch_page(link: &Scope<App>, unsaved: Rc<Cell<bool>>) -> Vec<Watch> {
    let Some(window) = dom::window() else { return Vec::new() };
    let keys = link.clone();
    let ups = link.clone();
    let drops = link.clone();
    let pastes = link.clone();
    vec![
        listen(&window, "beforeunload", move |event| {
            if unsaved.get() {
                event.prevent_default();
            }
        }),
        listen(&window, "keydown", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if !event.repeat() && matches!(event.key().as_str(), "Alt" | "Shift") {
                keys.send_message(Msg::Free);
            }
            if let Some(stroke) = stroke(event) {
                event.prevent_default();
                keys.send_message(Msg::Key(stroke));
            }
        }),
        listen(&window, "keyup", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                ups.send_message(Msg::KeyUp(event.key()));
            }
        }),
        // Without this a file that misses its place replaces the page.
        listen(&window, "dragover", |event| event.prevent_default()),
        listen(&window, "drop", move |event| {
            event.prevent_default();
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            drops.send_message(Msg::PhotoPicked(files::first_of_transfer(event.data_transfer())));
        }),
        listen(&window, "paste", move |event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            // Text is pasted into fields; only a file is meant for the stage.
            if let Some(file) = files::first_of_transfer(event.clipboard_data()) {
                event.prevent_default();
                pastes.send_message(Msg::PhotoPicked(Some(file)));
            }
        }),
        listen(&window, "contextmenu", |event| {
            let on_stage = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if on_stage.is_some_and(|element| element.closest(".stage").is_ok_and(|stage| stage.is_some())) {
                event.prevent_default();
            }
        }),
    ]
}

/// The key as the program understands it; `None` when it belongs to the element that has the focus or to the browser.
fn stroke(event: &KeyboardEvent) -> Option<KeyStroke> {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        element.as_ref().is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
    };
    let typing = within("textarea, select, [contenteditable]")
        || element
            .as_ref()
            .and_then(|element| element.dyn_ref::<HtmlInputElement>())
            .is_some_and(|input| !matches!(input.type_().as_str(), "checkbox" | "radio" | "file" | "button"));
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    let on_stage = within(".stage");
    let is_ours = match key.to_ascii_lowercase().as_str() {
        "z" | "y" if command => !typing || within("input[type=range]"),
        _ if command || event.alt_key() || typing || within("dialog") => false,
        "arrowleft" | "arrowright" | "arrowup" | "arrowdown" | " " | "enter" | "delete" | "backspace" => {
            on_stage && !within("button")
        }
        "escape" | "+" | "=" | "-" | "0" | "1" | "c" => true,
        letter => letter.chars().count() == 1 && letter.chars().all(|c| c.is_ascii_lowercase()),
    };
    is_ours.then(|| KeyStroke { key, shift: event.shift_key(), command, on_stage })
}

/// The size of the stage.
pub(crate) fn watch_stage(link: &Scope<App>, canvas: &NodeRef) -> Vec<Watch> {
    let Some(stage) = canvas.cast::<Element>().and_then(|canvas| canvas.parent_element()) else { return Vec::new() };
    let link = link.clone();
    let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let Some(entry) = entries.iter().last().and_then(|entry| entry.dyn_into::<ResizeObserverEntry>().ok()) else {
            return;
        };
        let rect = entry.content_rect();
        link.send_message(Msg::StageResized(ScreenSize::new(rect.width(), rect.height())));
    });
    let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) else { return Vec::new() };
    observer.observe(&stage);
    vec![Watch::Size { observer, _closure: closure }]
}
