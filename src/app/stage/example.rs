//! The sample head before and after, with a slider between: what a visitor can expect to see.

use crate::app::hooks::use_texts;
use crate::engine::i18n::{fill, fixed};
use crate::platform::dom;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The pictures, and their size in pixels.
const PICTURES: [&str; 2] = ["assets/example/before-1.webp", "assets/example/after-1.webp"];
const SIZE: (&str, &str) = ("400", "426");
/// The share of the picture that shows before, percent.
const FIRST_SPLIT: f64 = 50.0;

/// The sample head before and after, with a slider between.
#[component]
pub(super) fn Example() -> Html {
    let texts = use_texts();
    let (frame, split) = (use_node_ref(), use_state_eq(|| None));
    use_effect_with((frame.clone(), *split), |(frame, split)| {
        if let (Some(frame), Some(percent)) = (frame.cast::<HtmlElement>(), *split) {
            dom::set_custom_property(&frame, "--split", &format!("{percent}%"));
        }
    });
    let on_input = {
        let split = split.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value_as_number());
            split.set(value.filter(|value| value.is_finite()));
        })
    };
    let percent = split.unwrap_or(FIRST_SPLIT);
    let [before, after] = PICTURES;
    let (width, height) = SIZE;
    html! {
        <figure class="example">
            // It moves by itself once, until a hand takes the slider.
            <div ref={frame} class={classes!("example-pictures", split.is_none().then_some("in-motion"))}>
                <img src={before} {width} {height} alt={texts.example_before} />
                <div class="example-half">
                    <img class="example-after" src={after} {width} {height} alt={texts.example_after} />
                </div>
                <span class="stage-word at-left" aria-hidden="true">{ texts.before }</span>
                <span class="stage-word at-right" aria-hidden="true">{ texts.after }</span>
                <span class="example-handle"></span>
                <input
                    type="range"
                    min="0"
                    max="100"
                    value={percent.to_string()}
                    aria-label={texts.compare_slider}
                    aria-valuetext={fill(texts.compare_value, &[("percent", &fixed(percent, 0))])}
                    oninput={on_input}
                />
            </div>
            <figcaption class="note">{ texts.example_note }</figcaption>
        </figure>
    }
}
