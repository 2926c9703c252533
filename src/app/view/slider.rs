//! A slider with its name and its value in words.

use super::element::{Element, el, input_of};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::i18n::plain;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

/// A slider.
pub(super) struct Slider {
    /// Name in markup, unique on the page.
    pub(super) id: &'static str,
    /// What it sets.
    pub(super) label: &'static str,
    /// Its value in words.
    pub(super) words: String,
    /// What stands at its two ends, if anything.
    pub(super) ends: Option<[&'static str; 2]>,
    /// Least and greatest value.
    pub(super) range: (f64, f64),
    /// Distance of two values.
    pub(super) step: f64,
    /// Its value.
    pub(super) value: f64,
    /// Whether what it changed is one step of the design once it is let go.
    pub(super) settles: bool,
}

impl Slider {
    /// The slider; what follows when it is moved.
    pub(super) fn shown(self, ctx: &Context<App>, on_input: impl Fn(f64) -> Msg + 'static) -> Element {
        self.made(ctx, Box::new(on_input))
    }

    fn made(self, ctx: &Context<App>, on_input: Box<dyn Fn(f64) -> Msg>) -> Element {
        let (least, most) = self.range;
        let head = el("div.slider-head")
            .add(el("label").attr("for", self.id).add(self.label))
            .add(el("output").attr("for", self.id).add(self.words.clone()));
        let mut input = el("input")
            .attr("type", "range")
            .id(self.id)
            .attr("min", plain(least))
            .attr("max", plain(most))
            .attr("step", plain(self.step))
            .value(plain(self.value))
            .attr("aria-valuetext", self.words)
            .on(ctx, ListenerKind::oninput, move |event| {
                let value = input_of(event)?.value_as_number();
                value.is_finite().then(|| on_input(value))
            });
        if self.settles {
            input = input.on_change(ctx, || Msg::Settled);
        }
        let ends = self
            .ends
            .map(|[low, high]| el("div.slider-ends").hidden().add(el("span").add(low)).add(el("span").add(high)));
        el("div.slider").keyed(self.id).add(head).add(input).add(ends)
    }
}
