//! One of a few: radio buttons that look like a row of keys.

use super::element::{Element, el};
use crate::app::App;
use crate::app::message::Msg;
use std::rc::Rc;
use yew::prelude::*;

/// A choice.
pub(super) struct Choice<'a> {
    /// Name in markup, unique on the page.
    pub(super) name: &'static str,
    /// What is chosen.
    pub(super) label: &'static str,
    /// What there is to choose.
    pub(super) options: &'a [&'a str],
    /// The place of the chosen one.
    pub(super) chosen: Option<usize>,
}

impl Choice<'_> {
    /// The choice; what follows when the one at a place is chosen.
    pub(super) fn shown(self, ctx: &Context<App>, on_choose: impl Fn(usize) -> Msg + 'static) -> Element {
        self.made(ctx, Rc::new(on_choose))
    }

    fn made(self, ctx: &Context<App>, on_choose: Rc<dyn Fn(usize) -> Msg>) -> Element {
        let option = |(index, text): (usize, &&str)| {
            let on_choose = on_choose.clone();
            let is_chosen = self.chosen == Some(index);
            let input = el("input")
                .attr("type", "radio")
                .attr("name", self.name)
                .checked(is_chosen)
                .on_change(ctx, move || on_choose(index));
            el("label.key")
                .class_if(is_chosen, "chosen")
                .attr("data-index", index.to_string())
                .add(input)
                .add(el("span").add((*text).to_owned()))
        };
        el("fieldset.choice")
            .keyed(self.name)
            .add(el("legend").add(self.label))
            .add(el("div.keys").each(self.options.iter().enumerate().map(option)))
    }
}
