//! What a screen reader hears of the picture.

use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::engine::i18n::{approx, fill};
use yew::prelude::*;

/// What there is to say.
#[derive(Debug, Clone, PartialEq)]
struct Model {
    /// Width and height of the photo, pixels.
    size: (u32, u32),
    /// Handles of the line, where there is one.
    handles: Option<usize>,
    /// Dots, where there are any.
    dots: Option<f64>,
}

impl Model {
    fn of(state: &State) -> Option<Self> {
        let view = state.view();
        let photo = view.photo.as_ref().filter(|_| state.has_open_photo())?;
        Some(Self {
            size: (photo.width, photo.height),
            handles: view.hairline.as_ref().map(|line| line.handles.len()),
            dots: state.preview.told_figures().map(|figures| figures.dots.value),
        })
    }
}

/// What a screen reader hears of the picture: its size, its line, its dots.
#[component]
pub(super) fn StageStatus() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    let text = match &*model {
        None => texts.stage_empty.to_owned(),
        Some(Model { size: (width, height), handles, dots }) => {
            let size = [("width", &*width.to_string()), ("height", &*height.to_string())];
            let line = handles.map(|count| fill(texts.stage_line, &[("count", &count.to_string())]));
            let dots = dots.map(|dots| fill(texts.stage_dots, &[("count", &approx(dots))]));
            [Some(fill(texts.stage_view, &size)), line, dots].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    html! { <p class="for-readers" role="status">{ text }</p> }
}
