//! The shapes of a front line, to choose one.

use super::shape_card::ShapeCard;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::State;
use crate::engine::catalog::{Parameter, Parameters, ShapeRule};
use crate::engine::consult::ClinicConfig;
use crate::engine::design::Hairline;
use crate::engine::geometry::{Mm, PhotoPoint};
use crate::engine::i18n::{Texts, fixed, shape_name};
use std::borrow::Cow;
use std::rc::Rc;
use yew::prelude::*;

/// What the cards show.
#[derive(PartialEq)]
struct Model {
    /// The clinic may have shapes and parameters of its own.
    config: Rc<ClinicConfig>,
    /// The shape that the line has.
    chosen: Option<Cow<'static, str>>,
    has_photo: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let shape = state.editor.recipe().and_then(|recipe| recipe.shape.as_ref());
        Self {
            config: state.session.config.clone(),
            chosen: shape.map(|(rule, _)| rule.key.clone()),
            has_photo: state.has_open_photo(),
        }
    }
}

/// A shape as its card shows it.
#[derive(PartialEq)]
struct Shape {
    key: Cow<'static, str>,
    name: AttrValue,
    /// Its line in SVG.
    path: AttrValue,
}

fn shapes(state: &State, texts: &Texts) -> Vec<Shape> {
    let shape = |rule: &ShapeRule| Shape {
        key: rule.key.clone(),
        name: shape_name(texts, rule).into(),
        path: path(rule, state.parameters()).into(),
    };
    state.session.shapes().map(shape).collect()
}

/// The line as the rule has it, a millimetre as a pixel, to the right of and below the glabella.
fn path(rule: &ShapeRule, parameters: &Parameters) -> String {
    let pupils = Mm(parameters.get(Parameter::PupilDistance));
    let lines = rule.points(&rule.params(parameters, None), pupils);
    let points: Vec<_> =
        lines.into_iter().flatten().map(|point| (PhotoPoint::new(point.right.0, -point.up.0), point.corner)).collect();
    let place = |point: PhotoPoint| fixed(point.x, 1) + " " + &fixed(point.y, 1);
    let mut path = String::new();
    for piece in &Hairline::with_corners(&points).pieces() {
        let [a, b, c, d] = piece.points().map(place);
        if path.is_empty() {
            path.extend(["M", &a]);
        }
        path.extend(["C", &b, " ", &c, " ", &d]);
    }
    path
}

/// The shapes of a front line that are offered, as cards.
#[component]
pub(super) fn ShapeCards() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(Model::of);
    let shapes = use_memo(model.config.clone(), move |_| store.read(|state| shapes(state, texts)));
    let card = |(place, shape): (usize, &Shape)| {
        html! {
            <ShapeCard
                key={place}
                {place}
                name={shape.name.clone()}
                path={shape.path.clone()}
                is_chosen={model.chosen.as_ref() == Some(&shape.key)}
                is_disabled={!model.has_photo}
            />
        }
    };
    html! {
        <fieldset class="choice">
            <legend>{ texts.shapes }</legend>
            <div class="cards shapes">{ for shapes.iter().enumerate().map(card) }</div>
        </fieldset>
    }
}
