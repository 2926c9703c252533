//! What the hand does on the picture. A tool is a small state chart: it comes into being when the pointer goes down, moves,
//! and leaves by `complete` or `cancel`.
//!
//! To add one: write `tools/<tool>.rs`, give it a variant of [`ToolKind`] and of the private `Gesture`, and a row of
//! [`TOOLS`].

mod brush;
mod drag;
mod freehand;

pub use brush::BrushSettings;

use super::{Editor, Grip, PointerKind, Refusal};
use crate::engine::calibration::Reference;
use crate::engine::design::PaintKind;
use crate::engine::geometry::{PhotoPoint, PhotoPx};
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
    /// Why the last gesture did nothing, if it could not.
    pub refusal: Option<Refusal>,
}

impl Hand {
    /// The pointer went down.
    pub fn down(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint, pointer: PointerKind) {
        self.cancel(editor);
        self.refusal = None;
        let kind = match (settings.kind, pointer) {
            (ToolKind::Brush, PointerKind::Pen { eraser: true }) => ToolKind::Eraser,
            (kind, _) => kind,
        };
        self.gesture = match kind {
            ToolKind::View => None,
            ToolKind::Marks | ToolKind::Line | ToolKind::Area => {
                Some(Gesture::Dragging(Dragging::start(self, editor, kind, settings, at)))
            }
            ToolKind::Freehand => Some(Gesture::Drawing(Drawing::start(at))),
            ToolKind::Brush | ToolKind::Eraser => {
                let paint = if kind == ToolKind::Brush { PaintKind::Brush } else { PaintKind::Eraser };
                let painting = Painting::start(editor, settings.brush, paint, at);
                self.keep(painting).map(Gesture::Painting)
            }
        };
    }

    /// The pointer moved.
    pub fn moved(&mut self, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) {
        let outcome = match &mut self.gesture {
            Some(Gesture::Dragging(dragging)) => dragging.moved(editor, settings, at),
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
            Some(Gesture::Drawing(drawing)) => drawing.complete(editor, at),
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

    /// The freehand line as far as it is drawn.
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
