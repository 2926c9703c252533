//! The shapes of a front line: cards to choose one, sliders to change it.

use super::element::{Element, button, el, group};
use super::guides::pieces_path;
use super::slider::Slider;
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::calibration::Side;
use crate::engine::catalog::{Measure, Norm, Norms, ShapeRule};
use crate::engine::design::Hairline;
use crate::engine::editor::{LineRecipe, RecipePart};
use crate::engine::geometry::{Mm, PhotoPoint, ScreenPoint};
use crate::engine::i18n::{Texts, fill, fixed, shape_name};
use yew::prelude::*;

/// Steps of the sliders: a millimetre, and a twentieth of what has no unit.
const MM_STEP: f64 = 1.0;
const SHARE_STEP: f64 = 0.05;

/// The cards, and the sliders of the shape that the line has.
pub(super) fn panel(app: &App, ctx: &Context<App>) -> Option<Element> {
    if app.editor.side() != Side::Front {
        return None;
    }
    let recipe = app.recipe();
    let chosen = recipe.and_then(|recipe| recipe.shape.as_ref()).map(|(rule, _)| &rule.key);
    let texts = app.texts();
    let card = |(place, rule): (usize, &ShapeRule)| {
        let is_chosen = chosen == Some(&rule.key);
        button("card", drawing(rule, app.editor.norms()))
            .class_if(is_chosen, "chosen")
            .tells("aria-pressed", is_chosen)
            .flag("disabled", app.photo.is_none())
            .add(el("span").add(shape_name(texts, rule)))
            .on_click(ctx, move || Msg::Shape(place))
    };
    let cards = el("div.cards.shapes").each(app.shapes().enumerate().map(card));
    let choice = el("fieldset.choice").add(el("legend").add(texts.shapes)).add(cards);
    Some(group().add(choice).add(recipe.map(|recipe| sliders(texts, ctx, recipe))))
}

/// The shape as its rule has it, millimetres as pixels, under a head.
fn drawing(rule: &ShapeRule, norms: &Norms) -> Element {
    let pupils = Mm(norms.get(Norm::PupilDistance));
    let lines = rule.points(&rule.params(norms, None), pupils);
    let points: Vec<_> =
        lines.into_iter().flatten().map(|point| (PhotoPoint::new(point.right.0, -point.up.0), point.corner)).collect();
    let line = pieces_path(&Hairline::with_corners(&points).pieces(), |point| ScreenPoint::new(point.x, point.y));
    el("svg")
        .attr("viewBox", "-80 -128 160 112")
        .hidden()
        .attr("focusable", "false")
        .add(el("path.skull").attr("d", "M-70 -18C-82 -160 82 -160 70 -18"))
        .add(el("path").attr("d", line))
}

fn sliders(texts: &'static Texts, ctx: &Context<App>, recipe: &LineRecipe) -> Option<Element> {
    let (rule, params) = recipe.shape.as_ref()?;
    let measures = Measure::ALL.into_iter().filter(|measure| {
        let (least, most) = rule.range(*measure);
        least < most
    });
    let slider = |measure| {
        let slider = slider(texts, rule, measure, params.get(measure));
        slider.shown(ctx, move |value| Msg::Recipe(RecipePart::Measure(measure), value))
    };
    let shown = group()
        .each(measures.map(slider))
        .add(recipe.drawn.is_some().then(|| towards_drawn(texts, ctx, 1.0 - recipe.share)));
    Some(shown)
}

fn slider(texts: &Texts, rule: &ShapeRule, measure: Measure, value: f64) -> Slider {
    let (id, label) = match measure {
        Measure::Height => ("shape-height", texts.shape_height),
        Measure::Width => ("shape-width", texts.shape_width),
        Measure::TempleDepth => ("shape-depth", texts.shape_depth),
        Measure::Curvature => ("shape-curvature", texts.shape_curvature),
        Measure::Peak => ("shape-peak", texts.shape_peak_height),
    };
    let is_share = measure == Measure::Curvature;
    Slider {
        id,
        label,
        words: if is_share { percent(value) } else { fill(texts.shape_mm, &[("value", &fixed(value, 0))]) },
        ends: None,
        range: rule.range(measure),
        step: if is_share { SHARE_STEP } else { MM_STEP },
        value,
        settles: true,
    }
}

fn towards_drawn(texts: &Texts, ctx: &Context<App>, value: f64) -> Element {
    let slider = Slider {
        id: "shape-drawn",
        label: texts.shape_drawn,
        words: percent(value),
        ends: Some([texts.shape_drawn_none, texts.shape_drawn_all]),
        range: (0.0, 1.0),
        step: SHARE_STEP,
        value,
        settles: true,
    };
    slider.shown(ctx, |value| Msg::Recipe(RecipePart::Drawn, value))
}

fn percent(share: f64) -> String {
    fixed(share * 100.0, 0) + " %"
}
