//! What the photo itself says against it, and the turn that levels it.

use crate::app::App;
use crate::engine::calibration::Side;
use crate::engine::editor::{Command, MarkedFace, PhotoFault, Seen, check_photo, levelling};
use crate::engine::i18n::{photo_fault_name, side_name};
use yew::prelude::*;

/// What was found in the photos that were shown, by their digests.
#[derive(Default)]
pub(crate) struct PhotoNotes {
    /// The load and the face that were looked at last.
    seen: Option<(u32, Option<MarkedFace>)>,
    found: Vec<(String, Vec<PhotoFault>)>,
}

impl PhotoNotes {
    fn of(&self, digest: &str) -> &[PhotoFault] {
        self.found.iter().find(|(of, _)| of == digest).map_or(&[], |(_, faults)| faults)
    }
}

impl App {
    /// Looks at the photo once it is opened, and again whenever its eyes are marked otherwise. Nothing is said while a mark is
    /// being dragged.
    pub(super) fn follow_photo_check(&mut self) {
        let Some(photo) = self.photo.as_ref().filter(|_| !self.editor.in_gesture()) else { return };
        // While another turn of the photo is being made, the marks are ahead of the picture.
        if self.editor.view().photo.as_ref() != Some(&photo.reference()) {
            return;
        }
        let face = MarkedFace::of(self.editor.view(), self.editor.norms());
        let seen = Some((self.load, face));
        if self.photo_notes.seen == seen {
            return;
        }
        let digest = photo.digest.clone();
        self.photo_notes.seen = seen;
        let size = self.editor.view().size();
        let faults = self.sight().map(|sight| check_photo(&Seen { sight: &sight, size, face })).unwrap_or_default();
        self.photo_notes.found.retain(|(of, _)| *of != digest);
        self.photo_notes.found.push((digest, faults));
    }

    /// What is wrong with the photo that is shown.
    pub(crate) fn photo_faults(&self) -> &[PhotoFault] {
        self.photo.as_ref().map_or(&[], |photo| self.photo_notes.of(&photo.digest))
    }

    /// What is wrong with the photos of all sides, in a few words each.
    pub(super) fn photo_note_lines(&self) -> Option<(String, String)> {
        let texts = self.texts();
        let views = &self.editor.design().views;
        let has_sides = views.each().any(|(side, _)| side != Side::Front);
        let note = |(side, digest): (Side, &str)| {
            let names: Vec<String> =
                self.photo_notes.of(digest).iter().map(|fault| photo_fault_name(texts, *fault)).collect();
            let side = if has_sides { side_name(texts, side).to_owned() + ": " } else { String::new() };
            (!names.is_empty()).then(|| side + &names.join(", "))
        };
        let photos = views.each().filter_map(|(side, view)| Some((side, view.photo.as_ref()?.digest.as_str())));
        let notes: Vec<String> = photos.filter_map(note).collect();
        (!notes.is_empty()).then(|| (texts.review_photo.to_owned(), notes.join("; ")))
    }

    /// Turns the photo until the eyes are level, with everything on it.
    pub(super) fn level_photo(&mut self, ctx: &Context<Self>) {
        if let Some(degrees) = levelling(self.editor.view()) {
            self.command(ctx, Command::LevelPhoto(degrees));
        }
    }
}
