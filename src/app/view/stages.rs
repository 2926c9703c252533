//! The stages of a treatment side by side: the same place of the photo at each age.

use crate::app::App;
use crate::app::acts::TILE;
use crate::app::message::Msg;
use crate::engine::catalog::STAGES;
use crate::engine::design::{Look, Months};
use crate::engine::i18n::stage_name;
use yew::prelude::*;

/// The strip; choosing a stage sets the age.
pub(super) fn strip(app: &App, ctx: &Context<App>) -> Html {
    let look = &app.editor.design().look;
    let chosen = look.months.stage();
    let has_dots = app.figures.as_ref().is_some_and(|figures| figures.dots.value > 0.0);
    let tile = |(place, canvas): (usize, &NodeRef)| {
        let look = look.clone();
        let on_choose = ctx.link().batch_callback(move |_: Event| {
            let months = STAGES.get(place).map_or(look.months, |stage| Months(stage.months));
            vec![Msg::Look(Look { months, ..look.clone() }), Msg::Settled]
        });
        let checked = chosen == Some(place);
        html! {
            <label class={classes!("tile", checked.then_some("chosen"))}>
                <input type="radio" name="stage" {checked} onchange={on_choose} />
                if has_dots {
                    <canvas ref={canvas.clone()} width={TILE.0.to_string()} height={TILE.1.to_string()} aria-hidden="true"></canvas>
                }
                <span>{ stage_name(app.texts(), place) }</span>
            </label>
        }
    };
    html! {
        <fieldset class="choice stages">
            <legend class="for-readers">{ app.texts().stages }</legend>
            <div class="tiles">{ for app.stage_pictures.canvases.iter().enumerate().map(tile) }</div>
        </fieldset>
    }
}
