//! Saves pictures.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::session::Busy;
use crate::app::state::{PictureUse, SaveAction, State};
use crate::app::widgets::{Button, Choice};
use crate::engine::export::Format;
use yew::prelude::*;

/// The kinds of picture, as they stand in the row.
const FORMATS: [Format; 2] = [Format::Png, Format::Jpeg];

/// What is shown.
#[derive(PartialEq)]
struct Model {
    is_making: bool,
    is_open: bool,
    format: Format,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            is_making: state.session.busy == Some(Busy::Making),
            is_open: state.has_open_photo(),
            format: state.format,
        }
    }
}

/// The buttons that save pictures, and of what kind.
#[component]
pub(crate) fn PictureFiles() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let disabled = model.is_making || !model.is_open;
    let save = |picture: PictureUse| store.emit(SaveAction::SavePicture(picture));
    let on_choose =
        store.callback(|index: usize| SaveAction::SetFormat(FORMATS.get(index).copied().unwrap_or(Format::Png)));
    html! {
        <>
            <div class="row">
                <Button class="primary" {disabled} on_click={save(PictureUse::After)}>{ texts.save_picture }</Button>
                <Button {disabled} on_click={save(PictureUse::Both)}>{ texts.save_both }</Button>
            </div>
            <Choice
                name="format"
                label={texts.save_kind}
                options={vec![texts.save_png.into(), texts.save_jpeg.into()]}
                chosen={FORMATS.iter().position(|format| *format == model.format)}
                {on_choose}
            />
            if model.is_making {
                <p class="note" role="status">{ texts.save_working }</p>
            }
        </>
    }
}
