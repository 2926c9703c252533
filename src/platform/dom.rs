//! The page.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlMetaElement, Window};

/// The window; `None` in a worker.
#[must_use]
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
#[must_use]
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The element of that id.
#[must_use]
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// Puts the keyboard's focus on the first element that a selector finds.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Sets a custom property that the page's own sheet reads.
pub fn set_custom_property(element: &HtmlElement, name: &str, value: &str) {
    // A custom property takes any value.
    let _ = element.style().set_property(name, value);
}

/// Device pixels per CSS pixel.
#[must_use]
pub fn device_pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(0.5, 4.0)
}

/// Device pixels per CSS pixel, as far as they can be seen: more than two and a half cost time and show nothing.
#[must_use]
pub fn visible_pixel_ratio() -> f64 {
    device_pixel_ratio().min(2.5)
}

/// Whether the visitor asked the device for less motion.
#[must_use]
pub fn prefers_still() -> bool {
    let query = window().and_then(|window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// The languages that the visitor prefers, best first, as in an Accept-Language header.
#[must_use]
pub fn languages() -> String {
    let list = window().map(|window| window.navigator().languages());
    list.map(|list| list.iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>().join(",")).unwrap_or_default()
}

/// Sets language, direction and title of the document.
pub fn set_language(tag: &str, direction: &str, title: &str) {
    let Some(document) = document() else { return };
    document.set_title(title);
    if let Some(root) = document.document_element() {
        // Both attributes exist on every element.
        let _ = root.set_attribute("lang", tag);
        let _ = root.set_attribute("dir", direction);
    }
}

/// Adds a policy to the page: only the program's own address and one more may be contacted from now on. A policy can only
/// take away, never give.
pub fn restrict_connections(origin: Option<&str>) {
    let Some(document) = document() else { return };
    let policy = format!("connect-src 'self' {}", origin.unwrap_or_default());
    let made = document.create_element("meta").ok().and_then(|meta| meta.dyn_into::<HtmlMetaElement>().ok());
    if let (Some(meta), Some(head)) = (made, document.head()) {
        meta.set_http_equiv("Content-Security-Policy");
        meta.set_content(policy.trim());
        // A head takes any child.
        let _ = head.append_child(&meta);
    }
}

/// Writes a warning for the clinic's developer; never anything of the visitor.
pub fn warn(message: &str) {
    web_sys::console::warn_1(&message.into());
}

/// Whether the device has a network, as far as the browser knows: where it does not, there is surely none.
#[must_use]
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// A text as a part of an address.
#[must_use]
pub fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        // A page that cannot be loaded anew stays as it is.
        let _ = window.location().reload();
    }
}

/// Whether the program runs in a frame of another page.
#[must_use]
pub fn is_framed() -> bool {
    window().is_some_and(|window| match window.parent() {
        Ok(Some(parent)) => !js_sys::Object::is(&parent, &window),
        _ => false,
    })
}
