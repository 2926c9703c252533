//! What the hand does on the picture. A tool is a small state chart: it comes into being when the pointer goes down, moves,
//! and leaves by `complete` or `cancel`.
//!
//! To add one: write `tools/<tool>.rs`, give it a variant of [`ToolKind`] and of the private `Gesture`, and a row of
//! [`TOOLS`].

mod brush;
mod drag;
mod freehand;
#[cfg(test)]
mod gestures;
#[cfg(test)]
mod gestures_area;
mod lasso;
mod snap;

pub use brush::BrushSettings;
pub use snap::Snap;

use super::{Editor, Grip, PointerKind, Refusal};
use crate::engine::calibration::Reference;
use crate::engine::design::PaintKind;
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use brush::Painting;
use drag::Dragging;
use freehand::Drawing;

/// The tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ToolKind {
    /// Moves the view.
    #[default]
    View,
    /// Sets and drags the marks of the scale.
    Marks,
    /// Drags handles of the line and adds new ones.
    Line,
    /// Draws the line freehand.
    Freehand,
    /// Drags the upper boundary of the fill.
    Area,
    /// Paints density.
    Brush,
    /// Takes density away.
    Eraser,
    /// Drags the outline of the skull.
    Head,
    /// Draws around a patch; drags the corners of patches.
    Lasso,
    /// Draws a part line; drags the handles of part lines.
    PartLine,
    /// Draws along a scar; drags the handles of scars.
    Scar,
    /// Sets and drags the places where the visitor's own hair is looked at.
    Probe,
    /// Draws the edge of a temple or sideburn; drags the handles of such edges.
    Temple,
    /// Drags the points of the face.
    Landmarks,
}

/// One tool: how it is called in shortcuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToolRow {
    /// Which tool.
    pub kind: ToolKind,
    /// The key that takes it, lower case.
    pub shortcut: char,
}

/// Every tool that has a shortcut.
pub const TOOLS: &[ToolRow] = &[
    ToolRow { kind: ToolKind::Line, shortcut: 'l' },
    ToolRow { kind: ToolKind::Freehand, shortcut: 'f' },
    ToolRow { kind: ToolKind::Area, shortcut: 'a' },
    ToolRow { kind: ToolKind::Brush, shortcut: 'b' },
    ToolRow { kind: ToolKind::Eraser, shortcut: 'e' },
    ToolRow { kind: ToolKind::Head, shortcut: 'h' },
    ToolRow { kind: ToolKind::Lasso, shortcut: 'o' },
    ToolRow { kind: ToolKind::PartLine, shortcut: 'p' },
    ToolRow { kind: ToolKind::Scar, shortcut: 's' },
    ToolRow { kind: ToolKind::Probe, shortcut: 'm' },
    ToolRow { kind: ToolKind::Temple, shortcut: 't' },
    ToolRow { kind: ToolKind::Landmarks, shortcut: 'g' },
];

/// What a tool needs to know besides the design.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ToolSettings {
    /// The tool in the hand.
    pub kind: ToolKind,
    /// How far from a grip the pointer may be to take it, photo pixels.
    pub reach: PhotoPx,
    /// Whether both sides of the line move together.
    pub mirrored: bool,
    /// The brush and the eraser.
    pub brush: BrushSettings,
    /// What two marks that are set by taps mean.
    pub reference: Reference,
    /// Whole width of a new part line or scar.
    pub band_width: Mm,
    /// Dots per cm2 of a new part line or scar.
    pub band_density: f64,
    /// Dots per cm2 of a new patch.
    pub patch_density: f64,
}

/// So far the pointer may tremble before a tap becomes a drag, as a share of the reach.
const TREMBLE: f64 = 0.25;

impl ToolSettings {
    /// So far the pointer may tremble before a tap becomes a drag, photo pixels.
    fn tremble(&self) -> f64 {
        self.reach.0 * TREMBLE
    }
}

impl ToolKind {
    /// Whether all that the tool does is done by taps and by dragging grips. The others draw from where the pointer goes
    /// down to where it is lifted.
    #[must_use]
    pub fn is_for_grips(self) -> bool {
        matches!(self, Self::Marks | Self::Line | Self::Area | Self::Head | Self::Probe | Self::Landmarks)
    }
}

#[derive(Debug, Clone)]
enum Gesture {
    Dragging(Dragging),
    Drawing(Drawing),
    Painting(Painting),
}

/// The hand: the gesture that is under way, and what is taken hold of.
#[derive(Debug, Clone, Default)]
pub struct Hand {
    gesture: Option<Gesture>,
    /// The grip that keys and buttons move.
    pub selected: Option<Grip>,
    /// The first mark, while the second is missing.
    pub pending_mark: Option<PhotoPoint>,
    /// What a dragged handle of the line snaps to.
    pub snap: Snap,
    /// Where shaved hair is looked at, while the bare skin beside it is missing.
    pub pending_stubble: Option<PhotoPoint>,
    /// Why the last gesture did nothing, if it could not.
    pub refusal: Option<Refusal>,
}

impl Hand {
    /// The pointer went down.
    pub fn down(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint, pointer: PointerKind) {
        self.cancel(editor);
        self.refusal = None;
        if settings.kind != ToolKind::Probe {
            self.pending_stubble = None;
        }
        let kind = match (settings.kind, pointer) {
            (ToolKind::Brush, PointerKind::Pen { eraser: true }) => ToolKind::Eraser,
            (kind, _) => kind,
        };
        self.gesture = match kind {
            ToolKind::View => None,
            _ if kind.is_for_grips() => Some(Gesture::Dragging(Dragging::start(self, editor, kind, settings, at))),
            ToolKind::Lasso | ToolKind::PartLine | ToolKind::Scar | ToolKind::Temple
                if drag::has_grip(editor, settings, at) =>
            {
                Some(Gesture::Dragging(Dragging::start(self, editor, kind, settings, at)))
            }
            ToolKind::Freehand | ToolKind::Lasso | ToolKind::PartLine | ToolKind::Scar | ToolKind::Temple => {
                Some(Gesture::Drawing(Drawing::start(kind, at)))
            }
            _ => {
                let paint = if kind == ToolKind::Brush { PaintKind::Brush } else { PaintKind::Eraser };
                let painting = Painting::start(editor, settings.brush, paint, at);
                self.keep(painting).map(Gesture::Painting)
            }
        };
    }

    /// The pointer moved.
    pub fn moved(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) {
        let outcome = match &mut self.gesture {
            Some(Gesture::Dragging(dragging)) => dragging.moved(editor, settings, &self.snap, at),
            Some(Gesture::Drawing(drawing)) => {
                drawing.moved(at);
                Ok(())
            }
            Some(Gesture::Painting(painting)) => painting.moved(editor, at),
            None => Ok(()),
        };
        self.keep(outcome);
    }

    /// The pointer was lifted: the gesture is one step.
    pub fn complete(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) {
        let outcome = match self.gesture.take() {
            Some(Gesture::Dragging(dragging)) => dragging.complete(self, editor, settings, at),
            Some(Gesture::Drawing(drawing)) => drawing.complete(self, editor, settings, at),
            Some(Gesture::Painting(painting)) => painting.complete(editor, at),
            None => Ok(()),
        };
        self.keep(outcome);
    }

    /// The gesture never was.
    pub fn cancel(&mut self, editor: &mut Editor) {
        if self.gesture.take().is_some() {
            editor.cancel();
        }
    }

    /// Whether a gesture is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.gesture.is_some()
    }

    /// The grip that is being dragged.
    #[must_use]
    pub fn dragged(&self) -> Option<Grip> {
        match &self.gesture {
            Some(Gesture::Dragging(dragging)) => dragging.grip(),
            _ => None,
        }
    }

    /// The freehand line or outline as far as it is drawn.
    #[must_use]
    pub fn drawn(&self) -> &[PhotoPoint] {
        match &self.gesture {
            Some(Gesture::Drawing(drawing)) => drawing.points(),
            _ => &[],
        }
    }

    fn keep<T>(&mut self, outcome: Result<T, Refusal>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refusal = Some(refusal);
                None
            }
        }
    }
}
