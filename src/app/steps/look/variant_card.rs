//! A variant with its picture.

use crate::app::hooks::{use_services, use_store, use_thumbnail, use_thumbnail_key};
use crate::app::stage::thumbnails::{CARD, draw_variant_card};
use crate::app::state::VariantAction;
use yew::prelude::*;

/// Properties of [`VariantCard`].
#[derive(Properties, PartialEq)]
pub(super) struct VariantCardProps {
    /// The variant's place.
    pub(super) place: usize,
    /// What it is called.
    pub(super) name: AttrValue,
    /// Whether it is worked on.
    pub(super) is_chosen: bool,
}

/// A variant with its picture, to be worked on.
#[component]
pub(super) fn VariantCard(props: &VariantCardProps) -> Html {
    let (store, services) = (use_store(), use_services());
    let place = props.place;
    let drawn_from = use_thumbnail_key(move |design| design.with_variant(place).chosen_alone());
    let draw = {
        let store = store.clone();
        move |canvas| draw_variant_card(&store, &services, place, canvas)
    };
    let node = use_thumbnail(drawn_from, draw);
    let (width, height) = CARD;
    html! {
        <label class={classes!("card", props.is_chosen.then_some("chosen"))}>
            <input
                type="radio"
                name="variant-card"
                checked={props.is_chosen}
                onchange={store.emit(VariantAction::Choose(place))}
            />
            <canvas ref={node} width={width.to_string()} height={height.to_string()} aria-hidden="true" />
            <span>{ &props.name }</span>
        </label>
    }
}
