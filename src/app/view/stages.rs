//! The stages of a treatment side by side: the same place of the photo at each age.

use super::element::{Element, el};
use crate::app::App;
use crate::app::acts::TILE;
use crate::app::message::Msg;
use crate::engine::catalog::STAGES;
use crate::engine::design::{Look, Months};
use crate::engine::i18n::stage_name;
use yew::prelude::*;

/// The strip; choosing a stage sets the age.
pub(super) fn strip(app: &App, ctx: &Context<App>) -> Element {
    let look = &app.editor.design().look;
    let chosen = look.months.stage();
    let has_dots = app.figures.as_ref().is_some_and(|figures| figures.dots.value > 0.0);
    let tile = |(place, canvas): (usize, &NodeRef)| {
        let look = look.clone();
        let is_chosen = chosen == Some(place);
        let input =
            el("input").attr("type", "radio").attr("name", "stage").checked(is_chosen).on_change(ctx, move || {
                let months = STAGES.get(place).map_or(look.months, |stage| Months(stage.months));
                Msg::LookChosen(Look { months, ..look.clone() })
            });
        let picture = has_dots.then(|| {
            el("canvas").found_by(canvas).attr("width", TILE.0.to_string()).attr("height", TILE.1.to_string()).hidden()
        });
        el("label.tile")
            .class_if(is_chosen, "chosen")
            .add(input)
            .add(picture)
            .add(el("span").add(stage_name(app.texts(), place)))
    };
    el("fieldset.choice.stages")
        .add(el("legend.for-readers").add(app.texts().stages))
        .add(el("div.tiles").each(app.stage_pictures.canvases.iter().enumerate().map(tile)))
}
