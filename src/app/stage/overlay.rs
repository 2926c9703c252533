//! Draws the shapes that lie over the picture.

use crate::app::hooks::use_selector;
use crate::app::state::overlay::{HandleForm, Label, Overlay, Shape, number, overlay};
use crate::engine::geometry::ScreenPoint;
use crate::engine::i18n::plain;
use yew::prelude::*;

/// What lies over the picture.
#[component]
pub(super) fn OverlayView() -> Html {
    let shown = use_selector(overlay);
    let Some(Overlay { size, shapes }) = &*shown else { return Html::default() };
    html! {
        <svg class="guides" width={plain(size.width)} height={plain(size.height)} focusable="false">
            { for shapes.iter().map(shape) }
        </svg>
    }
}

fn shape(shape: &Shape) -> Html {
    match shape {
        Shape::Curve { class, path } => {
            html! { <g class={classes!("curve", *class)}>{ twice(|tone| path_of(tone, path.clone().into())) }</g> }
        }
        Shape::Handle { form, at, is_chosen, name } => handle(*form, *at, *is_chosen, name.as_ref()),
        Shape::GuidePoint(at) => {
            html! { <g class="guide-point" transform={translate(*at)}>{ twice(|tone| circle(tone, "3")) }</g> }
        }
        Shape::Cursor(at) => {
            let cross = twice(|tone| path_of(tone, "M-9 0H-3M3 0H9M0-9V-3M0 3V9".into()));
            html! { <g class="key-cursor" transform={translate(*at)}>{ cross }</g> }
        }
        Shape::Brush(at, radius) => html! { <g class="brush-ring">{ ring(*at, *radius) }</g> },
        Shape::Probe { at, radius, is_chosen, name, label: name_label } => html! {
            <g class={classes!("grip", "probe", is_chosen.then_some("chosen"))} role="img" aria-label={name.clone()}>
                { ring(*at, *radius) }
                { label(name_label) }
            </g>
        },
        Shape::Label(text) => label(text),
    }
}

/// The same form twice: a dark one below, a light one above.
fn twice(form: impl Fn(&'static str) -> Html) -> Html {
    html! { <>{ form("under") }{ form("over") }</> }
}

fn path_of(class: &'static str, d: AttrValue) -> Html {
    html! { <path {class} {d} /> }
}

fn circle(class: &'static str, r: &'static str) -> Html {
    html! { <circle {class} {r} /> }
}

fn ring(at: ScreenPoint, radius: f64) -> Html {
    twice(|tone| html! { <circle class={tone} cx={number(at.x)} cy={number(at.y)} r={number(radius)} /> })
}

fn translate(at: ScreenPoint) -> String {
    format!("translate({} {})", number(at.x), number(at.y))
}

fn handle(form: HandleForm, at: ScreenPoint, is_chosen: bool, name: Option<&String>) -> Html {
    html! {
        <g
            class={classes!("grip", form.class(), is_chosen.then_some("chosen"))}
            transform={translate(at)}
            role={name.map(|_| "img")}
            aria-label={name.cloned()}
        >
            { form_of(form) }
        </g>
    }
}

/// What a handle looks like around its place.
fn form_of(form: HandleForm) -> Html {
    match form {
        HandleForm::Cross => twice(|tone| path_of(tone, "M-11 0H11M0-11V11".into())),
        HandleForm::Square => twice(|tone| path_of(tone, "M-7-7H7V7H-7Z".into())),
        HandleForm::Mark => html! { <>{ twice(|tone| circle(tone, "11")) }{ circle("middle", "2") }</> },
        HandleForm::Corner => html! { <>{ circle("under", "5") }{ circle("over", "4.5") }</> },
        HandleForm::Handle => html! { <>{ circle("under", "8") }{ circle("over", "7") }</> },
    }
}

fn label(Label { at, anchor, class, text, range }: &Label) -> Html {
    let x = number(at.x);
    let range =
        range.as_ref().map(|range| html! { <tspan class="height-range" x={x.clone()} dy="18">{ range }</tspan> });
    html! {
        <text class={*class} text-anchor={*anchor} x={x.clone()} y={number(at.y)}>{ text }{ range }</text>
    }
}
