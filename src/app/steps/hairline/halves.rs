//! How the two halves of the line compare.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{LineAction, State, ToolAction};
use crate::app::widgets::{Button, Fold, Note, Slider};
use crate::engine::editor::{Half, RecipePart};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{fill, fixed};
use yew::prelude::*;

/// How uneven a line can be made, mm: more is a mistake of the hand (our estimate; no face is quite alike on both sides).
const UNEVEN_MM: (f64, f64) = (0.0, 4.0);
const UNEVEN_STEP_MM: f64 = 0.5;

/// How much higher the right half was made than the left one.
fn unevenness(state: &State) -> Mm {
    state.editor.recipe().map_or(Mm(0.0), |recipe| recipe.unevenness)
}

/// Makes both halves alike, or a little uneven.
#[component]
pub(super) fn Halves() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let Mm(value) = *use_selector(unevenness);
    html! {
        <Fold summary={texts.line_halves}>
            <div class="stack">
                <fieldset class="choice">
                    <legend>{ texts.line_alike }</legend>
                    <div class="row">
                        <Button on_click={store.emit(LineAction::MirrorHalf(Half::Left))}>{ texts.line_alike_left }</Button>
                        <Button on_click={store.emit(LineAction::MirrorHalf(Half::Right))}>
                            { texts.line_alike_right }
                        </Button>
                    </div>
                </fieldset>
                <Slider
                    id="line-uneven"
                    label={texts.line_uneven}
                    words={fill(texts.shape_mm, &[("value", &fixed(value, 1))])}
                    range={UNEVEN_MM}
                    step={UNEVEN_STEP_MM}
                    {value}
                    on_input={store.callback(|mm| LineAction::ChangeRecipe(RecipePart::Unevenness, mm))}
                    on_commit={store.emit(ToolAction::Commit)}
                />
                <Note>{ texts.line_uneven_note }</Note>
            </div>
        </Fold>
    }
}
