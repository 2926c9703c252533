//! A slider with its name and its value in words.

use crate::engine::i18n::plain;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`Slider`].
#[derive(Properties, PartialEq)]
pub(super) struct SliderProps {
    /// Name in markup, unique on the page.
    pub(super) id: AttrValue,
    /// What it sets.
    pub(super) label: AttrValue,
    /// Its value in words.
    pub(super) words: AttrValue,
    /// What stands at its two ends, if anything.
    #[prop_or_default]
    pub(super) ends: Option<(AttrValue, AttrValue)>,
    /// Least value.
    pub(super) least: f64,
    /// Greatest value.
    pub(super) most: f64,
    /// Distance of two values.
    pub(super) step: f64,
    /// Its value.
    pub(super) value: f64,
    /// Whether its name is only for screen readers.
    #[prop_or_default]
    pub(super) quiet: bool,
    /// It is moved.
    pub(super) on_input: Callback<f64>,
    /// It was let go.
    #[prop_or_default]
    pub(super) on_settled: Callback<()>,
}

/// A slider.
#[component]
pub(super) fn Slider(props: &SliderProps) -> Html {
    let on_input = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(value) = input.map(|input| input.value_as_number()).filter(|value| value.is_finite()) {
                on_input.emit(value);
            }
        })
    };
    let on_change = {
        let on_settled = props.on_settled.clone();
        Callback::from(move |_: Event| on_settled.emit(()))
    };
    let head = classes!("slider-head", props.quiet.then_some("for-readers"));
    html! {
        <div class="slider">
            <div class={head}>
                <label for={props.id.clone()}>{ &props.label }</label>
                <output for={props.id.clone()}>{ &props.words }</output>
            </div>
            <input type="range" id={props.id.clone()} min={plain(props.least)} max={plain(props.most)}
                step={plain(props.step)} value={plain(props.value)} aria-valuetext={props.words.clone()}
                oninput={on_input} onchange={on_change} />
            if let Some((low, high)) = &props.ends {
                <div class="slider-ends" aria-hidden="true"><span>{ low }</span><span>{ high }</span></div>
            }
        </div>
    }
}
