//! The strip of the sides of the head: each with its photo, or the wish for one.

use crate::app::hooks::{use_object_url, use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::steps::photo::PhotoChoosers;
use crate::app::widgets::{Icon, LinkButton, Note};
use crate::engine::calibration::Side;
use crate::engine::i18n::{fill, side_help, side_name};
use std::rc::Rc;
use yew::prelude::*;

/// The strip, as soon as there is a photo of any side.
#[component]
pub(super) fn SidesStrip() -> Html {
    let texts = use_texts();
    let has_photos = *use_selector(|state| state.editor.has_photos());
    if !has_photos {
        return Html::default();
    }
    html! {
        <nav class="sides" aria-label={texts.sides_label}>
            <ul>{ for Side::ALL.into_iter().map(|side| html! { <li key={side as usize}><SideButton {side} /></li> }) }</ul>
        </nav>
    }
}

/// Properties of [`SideButton`].
#[derive(Properties, PartialEq)]
struct SideButtonProps {
    side: Side,
}

/// What the button shows.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    has_photo: bool,
    thumbnail: Option<Rc<[u8]>>,
    is_shown: bool,
}

impl Model {
    fn of(state: &State, side: Side) -> Self {
        let document = &state.editor.document;
        let photo = document.design().views.of(side).photo.as_ref();
        let stored = photo.and_then(|photo| state.photos.store.get(&photo.digest));
        Self {
            has_photo: photo.is_some(),
            thumbnail: stored.and_then(|stored| stored.thumbnail.clone()),
            is_shown: document.side() == side,
        }
    }
}

/// The button that shows a side.
#[component]
fn SideButton(props: &SideButtonProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    let side = props.side;
    let model = use_selector(move |state| Model::of(state, side));
    let url = use_object_url(model.thumbnail.clone(), "image/jpeg");
    let name = side_name(texts, side);
    let picture = match url {
        Some(src) => html! { <img {src} alt="" /> },
        None if model.has_photo => html! { <span class="side-blank" aria-hidden="true"></span> },
        None => html! { <Icon path="M12 8v12M6 14h12" /> },
    };
    let label = if model.has_photo { name.to_owned() } else { fill(texts.side_add, &[("side", name)]) };
    html! {
        <button
            type="button"
            class={classes!("side", (!model.has_photo).then_some("vacant"))}
            aria-label={label}
            aria-current={model.is_shown.then_some("true")}
            onclick={store.emit(PhotoAction::ShowSide(side))}
        >
            { picture }
            <span class="side-name" aria-hidden="true">{ name }</span>
        </button>
    }
}

/// What stands on the stage where a side has no photo yet, or one that is not at hand.
#[component]
pub(super) fn VacantSide() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let model = use_selector(|state| {
        let lost_sample = state.sample_tone().is_some();
        (state.editor.document.side(), lost_sample, state.is_photo_missing(), state.sample_shown())
    });
    let (side, is_sample_lost, is_missing, sample) = *model;
    let say = if is_sample_lost {
        texts.photo_sample_lost
    } else if is_missing {
        texts.side_missing
    } else {
        texts.side_none
    };
    let sample = sample.map(|tone| {
        html! { <LinkButton on_click={store.emit(PhotoAction::SamplePicked(tone))}>{ texts.photo_sample }</LinkButton> }
    });
    html! {
        <div class="welcome">
            <h2>{ side_name(texts, side) }</h2>
            <p>{ say }</p>
            <Note>{ side_help(texts, side) }</Note>
            <div class="welcome-keys">
                <PhotoChoosers ids={["stage-file", "stage-camera"]} is_large=true />
                { sample }
            </div>
        </div>
    }
}
