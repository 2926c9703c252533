//! The plans of pictures to save or send, and what stands below them.

use super::root::State;
use crate::engine::calibration::Side;
use crate::engine::design::{Hair, file};
use crate::engine::export::{Format, PicturePlan};
use crate::engine::i18n::{fill, time_words};
use crate::engine::render::Ink;
use std::iter;

/// The plan of a picture of a side: for each part its caption, if any, and whether it has dots. `size` is the greatest width and height of
/// each part.
#[must_use]
pub(super) fn plan(
    state: &State,
    side: Side,
    pictures: Vec<(Option<String>, bool)>,
    size: (u32, u32),
    format: Format,
) -> PicturePlan {
    let design = state.editor.document.design();
    let view = design.views.of(side);
    let scale = view.scale(state.parameters()).px_per_mm.get();
    let blur = state.blur(view);
    let row = format.row();
    let plan = PicturePlan {
        size,
        zoom: 1.0,
        ink: Ink::new(&design.look, state.parameters(), scale, blur),
        pictures,
        mime: row.mime.to_owned(),
        quality: row.quality,
        notes: iter::once(("Comment".to_owned(), state.texts().simulation.to_owned()))
            .chain(file::write(design).ok().map(|design| ("Hairline-Design".to_owned(), design)))
            .collect(),
    };
    // Pixels of the export per pixel of the photo, whatever size the layout was made for.
    let (width, _) = view.size();
    let zoom = plan.layout().pictures.first().map_or(1.0, |placed| f64::from(placed.width) / width.max(1.0));
    PicturePlan { zoom, ink: Ink::new(&design.look, state.parameters(), scale * zoom, blur), ..plan }
}

/// A caption: that it is before, or that it is a simulation and of what.
#[must_use]
pub(super) fn caption(state: &State, has_dots: bool) -> (Option<String>, bool) {
    let text = if has_dots { simulation_caption(state) } else { state.texts().before.to_owned() };
    (Some(text), has_dots)
}

/// What a picture with the design says below it: that it is a simulation, of when, and what it assumes.
fn simulation_caption(state: &State) -> String {
    let (texts, look) = (state.texts(), &state.editor.document.design().look);
    let hair = match look.hair {
        Hair::Shaved => texts.caption_shaved,
        Hair::Kept => texts.caption_kept,
        Hair::Clipped if state.is_hair_clipped() => texts.caption_clipped,
        Hair::Clipped => texts.caption_shaved,
    };
    let values = [
        ("simulation", texts.simulation),
        ("time", &time_words(texts, look.months)),
        ("session", &look.session.to_string()),
        ("hair", hair),
    ];
    fill(texts.caption, &values)
}
