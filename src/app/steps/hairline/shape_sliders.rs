//! The measures of the shape that the line has.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{LineAction, State, ToolAction};
use crate::app::store::Store;
use crate::app::widgets::Slider;
use crate::engine::catalog::{Measure, ShapeParams, ShapeRule};
use crate::engine::editor::RecipePart;
use crate::engine::i18n::{Texts, fill, fixed};
use yew::prelude::*;

/// Steps of the sliders: a millimetre, and a twentieth of what has no unit.
const MM_STEP: f64 = 1.0;
const SHARE_STEP: f64 = 0.05;

/// What the sliders show.
#[derive(PartialEq)]
struct Model {
    rule: ShapeRule,
    params: ShapeParams,
    /// How much there is in the line of what was drawn before, where anything was.
    drawn: Option<f64>,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let recipe = state.editor.recipe()?;
        let (rule, params) = recipe.shape.clone()?;
        Some(Self { rule, params, drawn: recipe.drawn.is_some().then_some(1.0 - recipe.share) })
    }

    /// The measures that are the shape's own.
    fn measures(&self) -> impl Iterator<Item = Measure> {
        Measure::ALL.into_iter().filter(|measure| {
            let (least, most) = self.rule.range(*measure);
            least < most
        })
    }

    fn slider(&self, texts: &Texts, store: &Store, measure: Measure) -> Html {
        let (id, label) = match measure {
            Measure::Height => ("shape-height", texts.shape_height),
            Measure::Width => ("shape-width", texts.shape_width),
            Measure::TempleDepth => ("shape-depth", texts.shape_depth),
            Measure::Curvature => ("shape-curvature", texts.shape_curvature),
            Measure::Peak => ("shape-peak", texts.shape_peak_height),
        };
        let value = self.params.get(measure);
        let is_share = measure == Measure::Curvature;
        let words = if is_share { percent(value) } else { fill(texts.shape_mm, &[("value", &fixed(value, 0))]) };
        html! {
            <Slider
                key={id}
                {id}
                {label}
                {words}
                range={self.rule.range(measure)}
                step={if is_share { SHARE_STEP } else { MM_STEP }}
                {value}
                on_input={store.callback(move |value| LineAction::ChangeRecipe(RecipePart::Measure(measure), value))}
                on_commit={store.emit(ToolAction::Commit)}
            />
        }
    }
}

fn percent(share: f64) -> String {
    fixed(share * 100.0, 0) + " %"
}

/// A slider between the shape and what was drawn before.
fn towards_drawn(texts: &Texts, store: &Store, value: f64) -> Html {
    html! {
        <Slider
            key="shape-drawn"
            id="shape-drawn"
            label={texts.shape_drawn}
            words={percent(value)}
            ends={[texts.shape_drawn_none, texts.shape_drawn_all]}
            range={(0.0, 1.0)}
            step={SHARE_STEP}
            {value}
            on_input={store.callback(|value| LineAction::ChangeRecipe(RecipePart::Drawn, value))}
            on_commit={store.emit(ToolAction::Commit)}
        />
    }
}

/// Sliders of the shape that the line has; nothing for a line that was made by hand.
#[component]
pub(super) fn ShapeSliders() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let picked = use_selector(Model::of);
    let Some(model) = &*picked else { return html! {} };
    html! {
        <>
            { for model.measures().map(|measure| model.slider(texts, &store, measure)) }
            { model.drawn.map(|drawn| towards_drawn(texts, &store, drawn)) }
        </>
    }
}
