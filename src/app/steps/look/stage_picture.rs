//! The picture of a stage of the treatment.

use crate::app::hooks::{use_services, use_store, use_thumbnail};
use crate::app::stage::thumbnails::{TILE, draw_stage_tile};
use crate::app::state::thumbnail::ThumbnailKey;
use yew::prelude::*;

/// Properties of [`StagePicture`].
#[derive(Properties, PartialEq)]
pub(super) struct StagePictureProps {
    /// The stage's place in the catalogue.
    pub(super) place: usize,
    /// What it is drawn from.
    pub(super) drawn_from: ThumbnailKey,
}

/// The picture of a stage of the treatment; the stage has its name beside it.
#[component]
pub(super) fn StagePicture(props: &StagePictureProps) -> Html {
    let (store, services) = (use_store(), use_services());
    let place = props.place;
    let draw = move |canvas| draw_stage_tile(&store, &services, place, canvas);
    let node = use_thumbnail(props.drawn_from, draw);
    let (width, height) = TILE;
    html! { <canvas ref={node} width={width.to_string()} height={height.to_string()} aria-hidden="true" /> }
}
