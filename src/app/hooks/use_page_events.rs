//! What happens anywhere on the page: keys, dropped and pasted files, leaving.

use super::use_services::use_services;
use super::use_store::use_store;
use crate::app::effects::Services;
use crate::app::state::{KeyStroke, PhotoAction, RequestAction, StageAction};
use crate::app::store::Store;
use crate::embed;
use crate::platform::{dom, files};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Element, Event, EventTarget, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

/// Listens to keys, drops, pastes and leaving as long as the component stands.
#[hook]
pub(crate) fn use_page_events() {
    let (store, services) = (use_store(), use_services());
    use_effect_with((), move |()| {
        let listeners = dom::window().map(|window| listen_to_page(&window, &store, &services));
        move || drop(listeners)
    });
}

fn listen(target: &EventTarget, name: &'static str, on_event: impl FnMut(&Event) + 'static) -> EventListener {
    EventListener::new_with_options(target, name, EventListenerOptions::enable_prevent_default(), on_event)
}

fn listen_to_page(window: &EventTarget, store: &Store, services: &Services) -> Vec<EventListener> {
    let (leaving, keys, ups) = (store.clone(), store.clone(), store.clone());
    let (online, links) = (store.clone(), store.clone());
    let mut listeners = vec![
        listen(window, "beforeunload", move |event| {
            if leaving.read(|state| state.has_unsaved_work()) {
                event.prevent_default();
            }
        }),
        listen(window, "keydown", move |event| key_down(&keys, event)),
        listen(window, "keyup", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                ups.dispatch(StageAction::KeyUp(event.key()));
            }
        }),
        listen(window, "online", move |_| online.dispatch(RequestAction::CameOnline)),
        // Another request in the address of a page that is open is another page.
        listen(window, "hashchange", move |_| {
            let opened = links.read(|state| state.staff.as_ref().map(|staff| staff.link.clone()));
            if embed::request_link() != opened {
                dom::reload();
            }
        }),
        listen(window, "contextmenu", |event| {
            if within(event, ".stage") {
                event.prevent_default();
            }
        }),
    ];
    listeners.extend(listen_to_files(window, store, services));
    listeners
}

fn listen_to_files(window: &EventTarget, store: &Store, services: &Services) -> [EventListener; 3] {
    let (drops, pastes) = ((store.clone(), services.clone()), (store.clone(), services.clone()));
    [
        // Without this a file that misses its place replaces the page.
        listen(window, "dragover", |event| event.prevent_default()),
        listen(window, "drop", move |event| {
            event.prevent_default();
            let Some(event) = event.dyn_ref::<DragEvent>() else { return };
            let file = files::first_of_transfer(event.data_transfer());
            drops.0.dispatch(PhotoAction::Picked(file.map(|file| drops.1.pick(file))));
        }),
        listen(window, "paste", move |event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            // Text is pasted into fields; only a file is meant for the stage.
            if let Some(file) = files::first_of_transfer(event.clipboard_data()) {
                event.prevent_default();
                pastes.0.dispatch(PhotoAction::Picked(Some(pastes.1.pick(file))));
            }
        }),
    ]
}

fn key_down(store: &Store, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if !event.repeat() && matches!(event.key().as_str(), "Alt" | "Shift") {
        store.dispatch(StageAction::SuspendSnapping);
    }
    if let Some(stroke) = stroke(event) {
        event.prevent_default();
        store.dispatch(StageAction::Key(stroke));
    }
}

/// Whether an event happened within an element that a selector finds.
fn within(event: &Event, selector: &str) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Whether the key goes into something that is typed into.
fn is_typing(event: &KeyboardEvent) -> bool {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let is_typed = |input: &HtmlInputElement| {
        !matches!(input.type_().as_str(), "checkbox" | "radio" | "file" | "button" | "range")
    };
    within(event, "textarea, select, [contenteditable]") || input.as_ref().is_some_and(is_typed)
}

/// The key as the program understands it; `None` when it belongs to the element that has the focus or to the browser.
fn stroke(event: &KeyboardEvent) -> Option<KeyStroke> {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    let (typing, on_stage) = (is_typing(event), within(event, ".stage"));
    let is_ours = match key.to_ascii_lowercase().as_str() {
        "z" | "y" if command => !typing,
        _ if command || event.alt_key() || typing || within(event, "dialog") => false,
        "arrowleft" | "arrowright" | "arrowup" | "arrowdown" | " " | "enter" | "delete" | "backspace" => {
            on_stage && !within(event, "button, input")
        }
        "escape" | "+" | "=" | "-" | "0" | "1" | "c" => true,
        letter => letter.chars().count() == 1 && letter.chars().all(|c| c.is_ascii_lowercase()),
    };
    is_ours.then(|| KeyStroke { key, shift: event.shift_key(), command, on_stage })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;
    use wasm_bindgen_test::wasm_bindgen_test;
    use web_sys::KeyboardEventInit;

    /// Whether the program takes a key that is pressed on what has the focus in that markup.
    fn is_taken(markup: &str, key: &str, command: bool) -> bool {
        let document = dom::document().unwrap();
        let place = document.create_element("div").unwrap();
        place.set_inner_html(markup);
        document.body().unwrap().append_child(&place).unwrap();
        let is_ours = Rc::new(Cell::new(false));
        let listener = {
            let is_ours = is_ours.clone();
            listen(&place, "keydown", move |event| is_ours.set(stroke(event.unchecked_ref()).is_some()))
        };
        let pressed = KeyboardEventInit::new();
        pressed.set_key(key);
        pressed.set_ctrl_key(command);
        pressed.set_bubbles(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &pressed).unwrap();
        place.query_selector("[tabindex]").unwrap().unwrap().dispatch_event(&event).unwrap();
        drop(listener);
        place.remove();
        is_ours.get()
    }

    #[wasm_bindgen_test]
    fn an_element_keeps_the_keys_that_it_uses() {
        let (slider, tick) = ("<input tabindex=0 type=range>", "<input tabindex=0 type=checkbox>");
        let on_stage = |markup: &str| format!("<div class=stage>{markup}</div>");
        for (markup, ours) in [
            ("<p tabindex=0></p>", "c1z"),
            ("<div class=stage tabindex=0></div>", "c1z ArrowLeft Enter"),
            (&on_stage("<button tabindex=0></button>"), "c1z"),
            (slider, "c1z"),
            (&on_stage(slider), "c1z"),
            (tick, "c1z"),
            ("<input tabindex=0>", ""),
            ("<textarea tabindex=0></textarea>", ""),
            ("<dialog open><button tabindex=0></button></dialog>", "z"),
        ] {
            for (key, command) in [("c", false), ("1", false), ("z", true), ("ArrowLeft", false), ("Enter", false)] {
                assert_eq!(is_taken(markup, key, command), ours.contains(key), "{key} on {markup}");
            }
        }
    }
}
