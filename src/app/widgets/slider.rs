//! A slider with its name and its value in words.

use super::input::input_of;
use crate::engine::i18n::plain;
use yew::prelude::*;

/// Properties of [`Slider`].
#[derive(Properties, PartialEq)]
pub(crate) struct SliderProps {
    /// Id in markup, unique on the page.
    pub(crate) id: &'static str,
    /// What it sets.
    pub(crate) label: AttrValue,
    /// Its value in words.
    pub(crate) words: AttrValue,
    /// What stands at its two ends, if anything.
    #[prop_or_default]
    pub(crate) ends: Option<[&'static str; 2]>,
    /// Least and greatest value.
    pub(crate) range: (f64, f64),
    /// Distance of two values.
    pub(crate) step: f64,
    /// Its value.
    pub(crate) value: f64,
    /// Follows each move.
    pub(crate) on_input: Callback<f64>,
    /// Follows when it is let go.
    #[prop_or_default]
    pub(crate) on_commit: Option<Callback<()>>,
}

/// A slider with its name and its value in words.
#[component]
pub(crate) fn Slider(props: &SliderProps) -> Html {
    let (least, greatest) = props.range;
    let oninput = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: InputEvent| {
            let value = input_of(&event).map(|input| input.value_as_number());
            if let Some(value) = value.filter(|value| value.is_finite()) {
                on_input.emit(value);
            }
        })
    };
    let onchange = props.on_commit.clone().map(|on_commit| on_commit.reform(|_: Event| ()));
    let ends = props.ends.map(|[low, high]| {
        html! { <div class="slider-ends" aria-hidden="true"><span>{ low }</span><span>{ high }</span></div> }
    });
    html! {
        <div class="slider">
            <div class="slider-head">
                <label for={props.id}>{ &props.label }</label>
                <output for={props.id}>{ &props.words }</output>
            </div>
            <input
                type="range"
                id={props.id}
                min={plain(least)}
                max={plain(greatest)}
                step={plain(props.step)}
                value={plain(props.value)}
                aria-valuetext={props.words.clone()}
                {oninput}
                {onchange}
            />
            { ends }
        </div>
    }
}
