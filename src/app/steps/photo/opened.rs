//! What the open photo is, and the button that turns it.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{PhotoAction, State};
use crate::app::widgets::{Button, Note};
use crate::engine::i18n::fill;
use crate::engine::photo::PhotoKind;
use yew::prelude::*;

/// What is said of the photo.
#[derive(PartialEq)]
struct Model {
    kind: PhotoKind,
    is_sample: bool,
    size: (u32, u32),
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let photo = state.photos.open.as_ref()?;
        let reference = photo.reference();
        let size = (reference.width, reference.height);
        Some(Self { kind: photo.kind, is_sample: state.sample_tone().is_some(), size })
    }
}

/// What the open photo is, and the button that turns it; nothing where none is open.
#[component]
pub(crate) fn Opened() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let photo = use_selector(Model::of);
    let Some(photo) = &*photo else { return html! {} };
    let kind = if photo.is_sample { texts.photo_sample_name } else { photo.kind.label() };
    let (width, height) = photo.size;
    let values = [("kind", kind), ("width", &*width.to_string()), ("height", &*height.to_string())];
    html! {
        <div class="row">
            <Note class="grow">{ fill(texts.photo_info, &values) }</Note>
            <Button label={texts.photo_rotate_label} on_click={store.emit(PhotoAction::Rotate)}>
                { texts.photo_rotate }
            </Button>
        </div>
    }
}
