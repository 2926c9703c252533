//! What is derived from the design and the photo: dots, highlights of the skin, figures, remarks. Each value is kept with what
//! it was derived from; `derived` brings them up to date.

use super::memo::Memo;
use crate::engine::calibration::Side;
use crate::engine::catalog::Parameters;
use crate::engine::clipped::{ClippedHair, ClippedRefusal};
use crate::engine::design::{Appearance, Hair, Months, SkinKind, Sun, View};
use crate::engine::dots::{Field, Stubble};
use crate::engine::editor::{DocumentVersion, MarkedFace, PhotoIssue, Viewport};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect};
use crate::engine::i18n::{Texts, clipped_refusal_text};
use crate::engine::measure::{Figures, Survey};
use crate::engine::render::SpecularMap;
use std::rc::Rc;

/// What a side's dots say of the skin, and of what view and look they were.
#[derive(Debug, Clone)]
pub struct SideMeasurement {
    /// Which side.
    pub side: Side,
    /// What is on it.
    pub view: View,
    /// The look of the ink.
    pub look: Appearance,
    /// What was measured.
    pub survey: Rc<Survey>,
}

/// How much of the photo is shown without the design.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Compare {
    /// The left part that shows before, 0 to 1.
    pub split: f64,
    /// Before is shown everywhere as long as this is held.
    pub held: bool,
    /// The variant that stands before, by its place; the bare photo where there is none.
    pub with: Option<usize>,
    /// The split's own motion; `None` when it does not move.
    pub reveal: Option<Reveal>,
}

/// The motion of the split over a first idea.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reveal {
    /// How far it has come, 0 to 1.
    pub done: f64,
    /// Where the split stays in the end, 0 to 1.
    pub rest: f64,
}

/// What was found against the photos that were shown, by their digests.
#[derive(Debug, Clone, Default)]
pub struct PhotoNotes {
    /// The load and the face that were looked at last.
    pub seen: Option<(u32, Option<MarkedFace>)>,
    /// What was found, by digest.
    pub found: Vec<(String, Vec<PhotoIssue>)>,
}

impl PhotoNotes {
    /// What was found against the photo with that digest.
    #[must_use]
    pub fn of(&self, digest: &str) -> &[PhotoIssue] {
        self.found.iter().find(|(of, _)| of == digest).map_or(&[], |(_, faults)| faults)
    }
}

/// What the stage shows. From one to the next follows what must be painted again.
#[derive(Debug, Clone, PartialEq)]
pub struct Painted {
    /// The part of the photo that is on the stage.
    pub viewport: Viewport,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// The load whose picture is shown.
    pub picture: Option<u32>,
    /// Standard deviation of its blur.
    pub blur: Mm,
    /// The seed of the dots' pattern, once it has grown.
    pub pattern: Option<u32>,
    /// The key of the ink's shade.
    pub shade: String,
    /// Size and age of the dots, and what makes them fade.
    pub ink: (Mm, Months, Sun, SkinKind),
    /// Where highlights were looked for.
    pub highlights: Option<(u32, PhotoRect)>,
    /// The variant that is compared with, of which version and side.
    pub compared: Option<(usize, DocumentVersion, Side)>,
    /// The left part that shows before, 0 to 1.
    pub split: f64,
    /// The hair that is shown clipped, in which picture, and its length.
    pub clipped: Option<(ClippedOf, ClippedPicture, Mm)>,
    /// Whether the ink is sketched.
    pub finish: Finish,
}

/// How carefully ink is painted on the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// As it is saved.
    Whole,
    /// Within a frame, while a slider of the look is moved.
    Sketch,
}

/// What the visitor's own hair was found from.
#[derive(Debug, Clone, PartialEq)]
pub struct ClippedOf {
    /// The load of the photo.
    pub load: u32,
    /// The view, without what is drawn.
    pub view: View,
}

/// Why the visitor's own hair is not shown clipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotClipped {
    /// It cannot be done on this photo.
    Refused(ClippedRefusal),
    /// The browser could not do it.
    Failed,
}

impl NotClipped {
    /// What the visitor is told.
    #[must_use]
    pub fn text(self, texts: &Texts) -> &'static str {
        match self {
            Self::Refused(refusal) => clipped_refusal_text(texts, refusal),
            Self::Failed => texts.clipped_failed,
        }
    }
}

/// How much of the picture without hair is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClippedPicture {
    /// A rough one, soon after it was asked for: what is replaced, laid over the photo. It is never saved.
    #[default]
    First,
    /// The whole one: what is saved and sent.
    Final,
}

/// The visitor's own hair, clipped.
#[derive(Debug, Clone, Default)]
pub struct Clipped {
    /// What was found, and in what.
    pub hair: Memo<ClippedOf, Result<Rc<ClippedHair>, NotClipped>>,
    /// What it is being looked for in.
    pub sought: Option<ClippedOf>,
    /// Whether that is the rough picture that comes first, or the whole one.
    pub picture: ClippedPicture,
    /// The stubble, for which hair on which pattern.
    pub stubble: Memo<(ClippedOf, u32), Rc<Stubble>>,
}

impl Clipped {
    /// From now on this is shown.
    pub fn show(&mut self, of: ClippedOf, hair: Result<Rc<ClippedHair>, NotClipped>, picture: ClippedPicture) {
        self.hair.set(of, hair);
        self.picture = picture;
        self.stubble.clear();
    }

    /// The hair that is clipped in a look, if it is.
    fn shown_in(&self, look: &Appearance) -> Option<&ClippedHair> {
        self.hair.value()?.as_deref().ok().filter(|_| look.hair == Hair::Clipped)
    }

    /// The stubble as a look shows it, and how dark its hairs are beside the dots of that look; `None` where hair is not clipped.
    #[must_use]
    pub fn under(&self, look: &Appearance, parameters: &Parameters) -> Option<(&Stubble, f32)> {
        let hair = self.shown_in(look)?;
        Some((self.stubble.value()?, hair.strength(look, parameters) as f32))
    }
}

/// The slice.
#[derive(Default)]
pub struct Preview {
    /// The dots of the side that is shown.
    pub field: Option<Field>,
    /// Whether the pattern of dots is growing.
    pub growing: bool,
    /// The highlights of the skin, and the load and the part of the photo where they were looked for.
    pub specular_map: Memo<(u32, PhotoRect), Option<Rc<SpecularMap>>>,
    /// What was measured of each side.
    pub measurements: Vec<SideMeasurement>,
    /// The figures of the design over all sides.
    pub figures: Option<Rc<Figures>>,
    /// How before and after are compared.
    pub compare: Compare,
    /// The dots and the look of the variant that is compared with, and of which variant, version and side they are.
    pub compared: Memo<(usize, DocumentVersion, Side), (Field, Appearance)>,
    /// The visitor's own hair, clipped.
    pub clipped: Clipped,
    /// What was found against the photos.
    pub photo_notes: PhotoNotes,
    /// Where the visitor's own hair was last looked at: shaved hair, bare skin.
    pub probed: Option<(PhotoPoint, PhotoPoint)>,
    /// Where dots changed since the stage was painted.
    pub changed_part: PhotoRect,
    /// What the stage shows.
    pub painted: Option<Painted>,
    /// Whether parts of it were painted alone since it was shown as a whole.
    pub painted_in_parts: bool,
    /// The version, the side and the gesture for which all this was brought up to date.
    pub settled: Option<Settled>,
}

impl Preview {
    /// Where the skin shines in the photo as a look shows it: what was hair in it is skin where that is clipped. `None` where the
    /// browser let no photo be read.
    #[must_use]
    pub fn specular_map_under(&self, look: &Appearance) -> Option<&SpecularMap> {
        let clipped = self.clipped.shown_in(look).map(|hair| &hair.specular_map);
        clipped.or_else(|| self.specular_map.value()?.as_deref())
    }
}

/// The state of the document that derived values were brought up to date for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// The version of the document.
    pub version: DocumentVersion,
    /// The side that is drawn on.
    pub side: Side,
    /// Whether a gesture is open.
    pub in_gesture: bool,
    /// The load of the photo that is open.
    pub picture: Option<u32>,
    /// The seed of the dots' pattern, once it has grown.
    pub pattern: Option<u32>,
    /// Whether the visitor's own hair is being looked at.
    pub probing: bool,
}

impl Preview {
    /// The figures, as soon as there is something to count.
    #[must_use]
    pub fn told_figures(&self) -> Option<&Rc<Figures>> {
        self.figures.as_ref().filter(|figures| figures.dots.value > 0.0)
    }
}
