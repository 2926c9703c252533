//! Where hair is lost, chosen from small drawings of heads seen from above.

use crate::app::hooks::{use_store, use_texts};
use crate::app::state::RequestAction;
use crate::app::widgets::Note;
use crate::engine::consult::{DetailChoice, LOSS_CLASSES, LossClass};
use yew::prelude::*;

/// Properties of [`LossChoice`].
#[derive(Properties, PartialEq)]
pub(crate) struct LossChoiceProps {
    /// The places of what is chosen.
    pub(crate) chosen: Vec<usize>,
}

/// Where hair is lost: any of the classes.
#[component]
pub(crate) fn LossChoice(props: &LossChoiceProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let class = |(place, class): (usize, &LossClass)| {
        let is_chosen = props.chosen.contains(&place);
        html! {
            <label key={class.key} class={classes!("loss", is_chosen.then_some("chosen"))}>
                <input
                    type="checkbox"
                    checked={is_chosen}
                    onchange={store.callback(move |_: Event| RequestAction::ChooseDetail(DetailChoice::Loss(place)))}
                />
                <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
                    <path class="loss-nose" d="M21 4L24 0L27 4Z" />
                    <ellipse class="loss-hair" cx="24" cy="24" rx="17" ry="21" />
                    <path class={if class.is_thin { "loss-thin" } else { "loss-bare" }} d={class.bare} />
                </svg>
                <span>{ class.name }</span>
            </label>
        }
    };
    html! {
        <fieldset class="field">
            <legend>{ texts.field_loss }</legend>
            <Note>{ texts.field_loss_say }</Note>
            <div class="losses">{ for LOSS_CLASSES.iter().enumerate().map(class) }</div>
        </fieldset>
    }
}
