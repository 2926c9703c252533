//! Elements of the page, put together piece by piece.
//!
//! A few functions make every element; what yew does with the elements is the same as with its macro's. Whatever can be there
//! or not has its place among its neighbours either way: a neighbour that keeps its place keeps the keyboard's focus.

use crate::app::App;
use crate::app::message::Msg;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};
use yew::html::Scope;
use yew::prelude::*;
use yew::virtual_dom::{Listener, ListenerKind, VTag, VText};

/// An element in the making.
pub(super) struct Element(Box<Making>);

struct Making {
    tag: VTag,
    classes: String,
}

/// An element of a kind and with classes: `div.row` or `p`.
pub(super) fn el(form: &'static str) -> Element {
    let (tag, classes) = form.split_once('.').unwrap_or((form, ""));
    Element(Box::new(Making { tag: VTag::new(tag), classes: classes.replace('.', " ") }))
}

/// Elements side by side, without one around them.
pub(super) fn group() -> Element {
    el("")
}

/// A button with its classes.
pub(super) fn button<C: Content>(classes: &'static str, content: C) -> Element {
    el("button").class(classes).attr("type", "button").add(content)
}

/// A button that looks like a link.
pub(super) fn link_button<C: Content>(content: C) -> Element {
    button("link-button", content)
}

/// A remark beside something.
pub(super) fn note<C: Content>(content: C) -> Element {
    el("p.note").add(content)
}

/// A box to tick, and what it means.
pub(super) fn tick<C: Content>(input: Element, meaning: C) -> Element {
    el("label.tick").add(input.attr("type", "checkbox")).add(el("span").add(meaning))
}

/// What is folded away until someone asks for it.
pub(super) fn fold(summary: Element) -> Element {
    el("details.more").add(summary)
}

/// Names and what belongs to them, as a list.
pub(super) fn pairs(form: &'static str, lines: Vec<(String, String)>) -> Element {
    el(form).each(lines.into_iter().map(|(name, text)| el("div").add(el("dt").add(name)).add(el("dd").add(text))))
}

impl Element {
    /// One more class.
    pub(super) fn class(mut self, class: &str) -> Self {
        let classes = &mut self.0.classes;
        if !classes.is_empty() {
            classes.push(' ');
        }
        classes.push_str(class);
        self
    }

    /// One more class, when it is so.
    pub(super) fn class_if(self, is_so: bool, class: &str) -> Self {
        if is_so { self.class(class) } else { self }
    }

    /// An attribute, when it has a value.
    pub(super) fn attr<V: Value>(mut self, name: &'static str, value: V) -> Self {
        if let Some(value) = value.text() {
            self.0.tag.add_attribute(name, value);
        }
        self
    }

    /// An attribute that says something by being there.
    pub(super) fn flag(self, name: &'static str, is_there: bool) -> Self {
        self.attr(name, is_there.then_some(name))
    }

    /// An attribute that says yes or no.
    pub(super) fn tells(self, name: &'static str, is_so: bool) -> Self {
        self.attr(name, if is_so { "true" } else { "false" })
    }

    /// Its name in markup.
    pub(super) fn id(self, id: &'static str) -> Self {
        self.attr("id", id)
    }

    /// Its name for who does not see it.
    pub(super) fn label<V: Value>(self, label: V) -> Self {
        self.attr("aria-label", label)
    }

    /// Seen, but told to nobody.
    pub(super) fn hidden(self) -> Self {
        self.attr("aria-hidden", "true")
    }

    /// What stands in a field.
    pub(super) fn value(mut self, value: String) -> Self {
        self.0.tag.set_value(Some(AttrValue::from(value)));
        self
    }

    /// Whether it is ticked or chosen.
    pub(super) fn checked(mut self, is_checked: bool) -> Self {
        self.0.tag.set_checked(is_checked);
        self
    }

    /// By what the program finds it in the page.
    pub(super) fn found_by(mut self, node: &NodeRef) -> Self {
        self.0.tag.node_ref = node.clone();
        self
    }

    /// What tells it from others that may come to its place: none of them is made from it.
    pub(super) fn keyed(mut self, key: &'static str) -> Self {
        self.0.tag.key = Some(key.into());
        self
    }

    /// Something in it, after what is in it already.
    pub(super) fn add<C: Content>(mut self, content: C) -> Self {
        self.0.tag.add_child(content.node());
        self
    }

    /// Elements in it, however many.
    pub(super) fn each(self, elements: impl IntoIterator<Item = Self>) -> Self {
        let all = elements.into_iter().fold(group(), Self::add);
        self.add(all)
    }

    /// What follows when it is pressed.
    pub(super) fn on_click(self, ctx: &Context<App>, follows: impl Fn() -> Msg + 'static) -> Self {
        self.hears(ctx, ListenerKind::onclick, Box::new(move |_| Some(follows())))
    }

    /// What follows when what stands in it is changed.
    pub(super) fn on_change(self, ctx: &Context<App>, follows: impl Fn() -> Msg + 'static) -> Self {
        self.hears(ctx, ListenerKind::onchange, Box::new(move |_| Some(follows())))
    }

    /// What follows from an event, if anything.
    pub(super) fn on(
        self,
        ctx: &Context<App>,
        kind: ListenerKind,
        follows: impl Fn(&Event) -> Option<Msg> + 'static,
    ) -> Self {
        self.hears(ctx, kind, Box::new(follows))
    }

    fn hears(mut self, ctx: &Context<App>, kind: ListenerKind, follows: Follows) -> Self {
        let link = ctx.link().clone();
        self.0.tag.add_listener(Rc::new(Ear { kind, link, follows }));
        self
    }
}

impl From<Element> for Html {
    fn from(Element(making): Element) -> Self {
        let Making { mut tag, classes } = *making;
        if tag.tag().is_empty() {
            return tag.into_children().unwrap_or_default();
        }
        if !classes.is_empty() {
            tag.add_attribute("class", classes);
        }
        Self::from(tag)
    }
}

/// What follows from an event.
type Follows = Box<dyn Fn(&Event) -> Option<Msg>>;

/// Hears an event of an element and tells the page what follows from it.
struct Ear {
    kind: ListenerKind,
    link: Scope<App>,
    follows: Follows,
}

impl Listener for Ear {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: Event) {
        if let Some(msg) = (self.follows)(&event) {
            self.link.send_message(msg);
        }
    }

    fn passive(&self) -> bool {
        false
    }
}

/// The input in which an event happened.
pub(super) fn input_of(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// What an element can have in it.
pub(super) trait Content {
    fn node(self) -> Html;
}

impl Content for Html {
    fn node(self) -> Html {
        self
    }
}

impl Content for Element {
    fn node(self) -> Html {
        self.into()
    }
}

impl<C: Content> Content for Option<C> {
    fn node(self) -> Html {
        self.map_or_else(Html::default, C::node)
    }
}

impl Content for &'static str {
    fn node(self) -> Html {
        Html::VText(VText::new(self))
    }
}

impl Content for String {
    fn node(self) -> Html {
        Html::VText(VText::new(self))
    }
}

/// What an attribute can say.
pub(super) trait Value {
    fn text(self) -> Option<AttrValue>;
}

impl Value for &'static str {
    fn text(self) -> Option<AttrValue> {
        Some(AttrValue::Static(self))
    }
}

impl Value for String {
    fn text(self) -> Option<AttrValue> {
        Some(AttrValue::from(self))
    }
}

impl<V: Value> Value for Option<V> {
    fn text(self) -> Option<AttrValue> {
        self.and_then(V::text)
    }
}
