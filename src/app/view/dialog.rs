//! A question that must be answered before anything else.

use super::element::{Element, button, el};
use crate::app::App;
use crate::app::message::Msg;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

/// A modal dialog: the browser keeps the focus in it and gives it back. It is opened once it stands in the page.
pub(super) struct Dialog {
    /// Tells the question from others.
    pub(super) key: &'static str,
    /// The question.
    pub(super) title: &'static str,
    /// What follows from the answers.
    pub(super) say: String,
    /// The word for yes.
    pub(super) yes: &'static str,
    /// The word for no.
    pub(super) no: &'static str,
}

impl Dialog {
    pub(super) fn shown(self, app: &App, ctx: &Context<App>) -> Element {
        let keys = el("div.dialog-keys")
            .add(button("button quiet", self.no).on_click(ctx, || Msg::Answer(Some(false))))
            .add(button("button primary", self.yes).on_click(ctx, || Msg::Answer(Some(true))));
        el("dialog.dialog")
            .keyed(self.key)
            .found_by(&app.dialog)
            .attr("aria-labelledby", "dialog-title")
            .attr("aria-describedby", "dialog-say")
            .on(ctx, ListenerKind::oncancel, |event| {
                // The dialog closes when the page has heard the answer.
                event.prevent_default();
                Some(Msg::Answer(None))
            })
            .add(el("h2").id("dialog-title").add(self.title))
            .add(el("p").id("dialog-say").add(self.say))
            .add(keys)
    }
}
