//! Puts components into the page of a test, with a store whose effects are only written down.
#![cfg(test)]

use super::state::photos::{OpenPhoto, Orientation};
use super::state::session::Capabilities;
use super::state::{Action, Effect, PhotoAction, State};
use super::store::Store;
use crate::engine::consult::RequestLink;
use crate::engine::i18n::language;
use crate::engine::photo::PhotoKind;
use crate::platform::dom;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test_configure;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};
use yew::prelude::*;

wasm_bindgen_test_configure!(run_in_browser);

/// Components in the page.
pub(super) struct TestPage {
    root: Element,
    pub(super) store: Store,
    effects: Rc<RefCell<Vec<Effect>>>,
}

#[derive(Properties, PartialEq)]
struct RootProps {
    store: Store,
    content: Html,
}

#[component]
fn Root(props: &RootProps) -> Html {
    html! { <ContextProvider<Store> context={props.store.clone()}>{ props.content.clone() }</ContextProvider<Store>> }
}

impl TestPage {
    /// Shows components after these actions.
    pub(super) async fn show(content: Html, actions: impl IntoIterator<Item = Action>) -> Self {
        Self::show_to(None, content, actions).await
    }

    /// The same where the address names a request of the clinic's.
    pub(super) async fn show_to(
        staff: Option<RequestLink>,
        content: Html,
        actions: impl IntoIterator<Item = Action>,
    ) -> Self {
        let effects = Rc::new(RefCell::new(Vec::new()));
        let written = effects.clone();
        let state =
            State::new(language(""), Capabilities { reads_back: true, ..Capabilities::default() }).opening(staff);
        let store = Store::new(state, move |effect, _| written.borrow_mut().push(effect));
        actions.into_iter().for_each(|action| store.dispatch(action));
        let document = dom::document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let props = RootProps { store: store.clone(), content };
        yew::Renderer::<Root>::with_root_and_props(root.clone(), props).render();
        let page = Self { root, store, effects };
        page.settled().await;
        page
    }

    /// Waits until everything is rendered.
    pub(super) async fn settled(&self) {
        yew::scheduler::flush().await;
    }

    /// Changes the state and waits until that is rendered.
    pub(super) async fn dispatch(&self, action: impl Into<Action>) {
        self.store.dispatch(action);
        self.settled().await;
    }

    /// The markup of all that is shown.
    pub(super) fn markup(&self) -> String {
        self.root.inner_html()
    }

    /// All that a selector finds.
    pub(super) fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.get(index)).map(|node| node.unchecked_into()).collect()
    }

    /// The one that a selector finds first.
    pub(super) fn one(&self, selector: &str) -> Element {
        self.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector} in {}", self.markup()))
    }

    /// The one that a selector finds and a screen reader calls by that name.
    pub(super) fn named(&self, selector: &str, name: &str) -> Element {
        let mut found: Vec<Element> =
            self.all(selector).into_iter().filter(|element| self.name_of(element) == name).collect();
        assert_eq!(found.len(), 1, "{selector} \"{name}\" in {}", self.markup());
        found.remove(0)
    }

    /// The name by which a screen reader calls an element: what labels it, else its text without what is hidden from readers.
    pub(super) fn name_of(&self, element: &Element) -> String {
        let labelled_by = element.get_attribute("aria-labelledby").map(|id| self.one(&format!("#{id}")));
        let around = element.closest("label").unwrap();
        let label = || self.root.query_selector(&format!("label[for='{}']", element.id())).unwrap();
        let legend = || element.query_selector(":scope > legend, :scope > summary").unwrap();
        let text = || labelled_by.or(around).or_else(label).or_else(legend).unwrap_or_else(|| element.clone());
        element.get_attribute("aria-label").unwrap_or_else(|| heard(&text())).trim().to_owned()
    }

    /// The texts of all that a selector finds.
    pub(super) fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap_or_default()).collect()
    }

    /// Presses what has that text.
    pub(super) async fn press(&self, text: &str) {
        let keys = self.all("button, summary, label");
        let key = keys.iter().find(|key| key.text_content().as_deref() == Some(text));
        key.unwrap_or_else(|| panic!("no key {text} in {}", self.markup())).unchecked_ref::<HtmlElement>().click();
        self.settled().await;
    }

    /// Types into an input, and leaves it.
    pub(super) async fn type_in(&self, selector: &str, text: &str) {
        self.input(selector).set_value(text);
        self.fire(selector, "input").await;
        self.fire(selector, "change").await;
    }

    /// An event that bubbles happens at what a selector finds.
    pub(super) async fn fire(&self, selector: &str, kind: &str) {
        let init = EventInit::new();
        init.set_bubbles(true);
        self.one(selector).dispatch_event(&Event::new_with_event_init_dict(kind, &init).unwrap()).unwrap();
        self.settled().await;
    }

    /// The input that a selector finds.
    pub(super) fn input(&self, selector: &str) -> HtmlInputElement {
        self.one(selector).unchecked_into()
    }

    /// Puts the keyboard's focus on what a selector finds.
    pub(super) fn focus(&self, selector: &str) {
        self.one(selector).unchecked_into::<HtmlElement>().focus().unwrap();
    }

    /// Whether what a selector finds has the keyboard's focus.
    pub(super) fn has_focus(&self, selector: &str) -> bool {
        dom::document().unwrap().active_element() == Some(self.one(selector))
    }

    /// The effects that were wanted since this was called last.
    pub(super) fn take_effects(&self) -> Vec<Effect> {
        self.effects.take()
    }
}

impl Drop for TestPage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// The text of an element without what is hidden from screen readers.
fn heard(element: &Element) -> String {
    let copy: Element = element.clone_node_with_deep(true).unwrap().unchecked_into();
    let hidden = copy.query_selector_all("[aria-hidden=true]").unwrap();
    for part in (0..hidden.length()).filter_map(|index| hidden.get(index)) {
        part.unchecked_into::<Element>().remove();
    }
    copy.text_content().unwrap_or_default()
}

/// A photo was opened.
pub(super) fn photo_opened() -> Action {
    let size = (1000, 1200);
    let photo = OpenPhoto {
        load: 0,
        bytes: None,
        kind: PhotoKind::Jpeg,
        original: size,
        working: size,
        orientation: Orientation::default(),
        digest: "of a test".to_owned(),
        thumbnail: None,
        pixels: None,
    };
    PhotoAction::Opened(0, Ok(Box::new(photo))).into()
}
