//! How far away the camera was.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::ScaleAction;
use crate::app::widgets::{Choice, Note};
use crate::engine::geometry::Mm;
use yew::prelude::*;

/// Distances of the camera that can be told, as they are said to a visitor.
const CAMERAS: [Mm; 3] = [Mm(400.0), Mm(1_000.0), Mm(2_000.0)];

/// The place of the distance that comes nearest, by ratio.
fn nearest(camera: Mm) -> Option<usize> {
    let off = |place: usize| CAMERAS.get(place).map_or(f64::MAX, |each| (each.0 / camera.0).max(camera.0 / each.0));
    (0..CAMERAS.len()).min_by(|a, b| off(*a).total_cmp(&off(*b)))
}

/// How far away the camera was.
#[component]
pub(crate) fn CameraChoice() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let chosen = *use_selector(|state| nearest(state.editor.camera_distance()));
    let options = [texts.size_camera_near, texts.size_camera_steps, texts.size_camera_far];
    let on_choose = move |index: usize| {
        let (side, camera) = store.read(|state| (state.editor.document.side(), state.editor.camera_distance()));
        store.dispatch(ScaleAction::SetTaken(side, CAMERAS.get(index).copied().unwrap_or(camera)));
    };
    html! {
        <div class="stack">
            <Choice
                name="camera"
                label={texts.size_camera}
                options={options.map(AttrValue::from).to_vec()}
                {chosen}
                {on_choose}
                class="stacked"
            />
            <Note>{ texts.size_camera_note }</Note>
        </div>
    }
}
