//! The size of an element.

use crate::engine::geometry::ScreenSize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};
use yew::prelude::*;

/// Tells the size of the element that the reference is given to, now and whenever it changes, CSS pixels.
#[hook]
pub(crate) fn use_element_size(on_size: Callback<ScreenSize>) -> NodeRef {
    let node = use_node_ref();
    let element = node.clone();
    use_effect_with((), move |()| {
        let watch = element.cast::<Element>().and_then(|element| Watch::new(&element, on_size));
        move || drop(watch)
    });
    node
}

/// Watches until it is dropped.
struct Watch {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(js_sys::Array)>,
}

impl Watch {
    fn new(element: &Element, on_size: Callback<ScreenSize>) -> Option<Self> {
        let closure = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let entry = entries.iter().last().and_then(|entry| entry.dyn_into::<ResizeObserverEntry>().ok());
            if let Some(rect) = entry.map(|entry| entry.content_rect()) {
                on_size.emit(ScreenSize::new(rect.width(), rect.height()));
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _closure: closure })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
