//! A shape of a front line, to be chosen.

use crate::app::hooks::use_store;
use crate::app::state::LineAction;
use yew::prelude::*;

/// Properties of [`ShapeCard`].
#[derive(Properties, PartialEq)]
pub(super) struct ShapeCardProps {
    /// Its place among those offered.
    pub(super) place: usize,
    /// Its name.
    pub(super) name: AttrValue,
    /// Its line in SVG.
    pub(super) path: AttrValue,
    /// Whether the line has it.
    pub(super) is_chosen: bool,
    /// Whether it cannot be chosen.
    pub(super) is_disabled: bool,
}

/// A shape of a front line under the outline of a head, with its name.
#[component]
pub(super) fn ShapeCard(props: &ShapeCardProps) -> Html {
    let store = use_store();
    html! {
        <button
            type="button"
            class={classes!("card", props.is_chosen.then_some("chosen"))}
            aria-pressed={props.is_chosen.to_string()}
            disabled={props.is_disabled}
            onclick={store.emit(LineAction::ChooseShape(props.place))}
        >
            <svg viewBox="-80 -128 160 112" aria-hidden="true" focusable="false">
                <path class="skull" d="M-70 -18C-82 -160 82 -160 70 -18" />
                <path d={props.path.clone()} />
            </svg>
            <span>{ &props.name }</span>
        </button>
    }
}
