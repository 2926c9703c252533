//! The page as its tests see it: mounted on an element, asked by role and name.
#![cfg(test)]

use hairline_designer::app::App;
use hairline_designer::platform::dom;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::AppHandle;

/// The page, mounted; taken away with everything it made when it is dropped.
pub(crate) struct Page {
    root: Element,
    app: Option<AppHandle<App>>,
}

impl Page {
    /// Mounts the page and waits until it stands.
    pub(crate) async fn open() -> Self {
        let document = dom::document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let app = yew::Renderer::<App>::with_root(root.clone()).render();
        yew::scheduler::flush().await;
        Self { root, app: Some(app) }
    }

    /// All that the page says.
    pub(crate) fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    /// The elements of a role, in the order of the page.
    pub(crate) fn all(&self, role: Role) -> Vec<Element> {
        let found = self.root.query_selector_all(role.selector()).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
    }

    /// The names of the elements of a role.
    pub(crate) fn names(&self, role: Role) -> Vec<String> {
        self.all(role).iter().map(name).collect()
    }

    /// The one element of that role and name.
    #[track_caller]
    pub(crate) fn one(&self, role: Role, wanted: &str) -> Element {
        let found: Vec<Element> = self.all(role).into_iter().filter(|element| name(element) == wanted).collect();
        assert_eq!(found.len(), 1, "{role:?} \"{wanted}\" among {:?}", self.names(role));
        found.into_iter().next().unwrap()
    }

    /// The one element that a selector finds.
    #[track_caller]
    pub(crate) fn css(&self, selector: &str) -> Element {
        let found = self.root.query_selector_all(selector).unwrap();
        assert_eq!(found.length(), 1, "{selector}");
        found.item(0).unwrap().unchecked_into()
    }

    /// Presses a button and waits until the page stands again.
    pub(crate) async fn press(&self, button: &Element) {
        button.dyn_ref::<HtmlElement>().unwrap().click();
        yew::scheduler::flush().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

/// What an element is to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Something to press.
    Button,
    /// A button of the row of steps.
    Step,
    /// The title of what is shown.
    Heading,
    /// A place for a file, named by its label.
    FileInput,
    /// A question that must be answered first.
    Dialog,
}

impl Role {
    fn selector(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Step => "nav[aria-label] button",
            Self::Heading => "h1",
            Self::FileInput => "input[type=file]",
            Self::Dialog => "dialog[open]",
        }
    }
}

/// The name by which a screen reader calls an element: its label, else its text without what is hidden from readers.
fn name(element: &Element) -> String {
    let label = element.get_attribute("aria-label").or_else(|| {
        let around = element.closest("label").ok().flatten()?;
        around.text_content()
    });
    label.unwrap_or_else(|| heard(element)).trim().to_owned()
}

fn heard(element: &Element) -> String {
    let copy: Element = element.clone_node_with_deep(true).unwrap().unchecked_into();
    let hidden = copy.query_selector_all("[aria-hidden=true]").unwrap();
    for index in 0..hidden.length() {
        if let Some(part) = hidden.item(index).and_then(|part| part.dyn_into::<Element>().ok()) {
            part.remove();
        }
    }
    copy.text_content().unwrap_or_default()
}
