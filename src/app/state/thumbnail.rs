//! Whether a small picture of the design would look otherwise than it does.

use super::root::State;
use super::slices::preview::ClippedPicture;
use crate::engine::design::Design;
use crate::engine::dots::Field;
use crate::engine::editor::DocumentVersion;
use crate::engine::geometry::Mm;

/// What a small picture of the design is drawn from. Equal keys, equal pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThumbnailKey {
    /// Counts the designs that were seen; one that is being changed by a gesture counts when the gesture ends.
    pub version: u32,
    /// The load of the photo that is open.
    pub picture: Option<u32>,
    /// Standard deviation of its blur.
    pub blur: Mm,
    /// The seed of the dots' pattern, once it has grown.
    pub pattern: Option<u32>,
    /// The picture of the visitor's own hair clipped, where it is shown so.
    pub clipped: Option<ClippedPicture>,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
}

/// Remembers the design that a small picture shows.
#[derive(Debug, Default)]
pub struct ThumbnailSource {
    seen: Option<DocumentVersion>,
    shown: Option<Design>,
    version: u32,
}

impl ThumbnailSource {
    /// The key of the picture. `pick` makes of the design what the picture shows of it.
    ///
    /// It copies the design, though only after the document changed and while no gesture is open.
    pub fn key(&mut self, state: &State, pick: impl Fn(&Design) -> Design) -> ThumbnailKey {
        let document = &state.editor.document;
        let seen = Some(document.version());
        if self.seen != seen && !document.in_gesture() {
            self.seen = seen;
            let design = Some(pick(document.design()));
            if self.shown != design {
                self.shown = design;
                self.version += 1;
            }
        }
        ThumbnailKey {
            version: self.version,
            picture: state.photos.open.as_ref().map(|photo| photo.load),
            blur: state.blur(state.view()),
            pattern: state.preview.field.as_ref().map(Field::seed),
            clipped: state.is_hair_clipped().then_some(state.preview.clipped.picture),
            pixel_ratio: state.editor.pixel_ratio,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::session::Capabilities;
    use crate::app::state::{LookAction, ToolAction, reduce};
    use crate::engine::design::{Appearance, Months};
    use crate::engine::geometry::Mm;
    use crate::engine::i18n::language;

    fn without_age(design: &Design) -> Design {
        Design { look: Appearance { months: Months::HEALED, ..design.look.clone() }, ..design.clone() }
    }

    fn state() -> State {
        State::new(language(""), Capabilities { reads_back: true, ..Capabilities::default() })
    }

    fn change(state: &mut State, change: impl FnOnce(Appearance) -> Appearance) {
        let look = change(state.editor.document.design().look.clone());
        let _ = reduce(state, LookAction::Change(look).into());
    }

    #[test]
    fn a_design_counts_when_its_gesture_ends() {
        let (mut state, mut source) = (state(), ThumbnailSource::default());
        let first = source.key(&state, without_age);
        change(&mut state, |look| Appearance { dot: Mm(0.5), ..look });
        assert!(state.editor.document.in_gesture());
        assert_eq!(source.key(&state, without_age), first);
        let _ = reduce(&mut state, ToolAction::Commit.into());
        let second = source.key(&state, without_age);
        assert_ne!(second, first);
        assert_eq!(source.key(&state, without_age), second);
    }

    #[test]
    fn what_the_picture_does_not_show_leaves_it_as_it_is() {
        let (mut state, mut source) = (state(), ThumbnailSource::default());
        let first = source.key(&state, without_age);
        change(&mut state, |look| Appearance { months: Months(24.0), ..look });
        let _ = reduce(&mut state, ToolAction::Commit.into());
        assert_eq!(source.key(&state, without_age), first);
    }

    #[test]
    fn another_resolution_is_another_picture() {
        let (mut state, mut source) = (state(), ThumbnailSource::default());
        let first = source.key(&state, without_age);
        state.editor.pixel_ratio = 2.0;
        assert_ne!(source.key(&state, without_age), first);
    }
}
