//! Draws something in one go; when the finger is lifted a line becomes a smooth curve with few handles, and an outline a
//! patch with few corners.

use super::{Hand, ToolKind, ToolSettings, lasso};
use crate::engine::calibration::Side;
use crate::engine::design::{Band, BandKind, FillOp, Hairline};
use crate::engine::editor::{Command, Editor, Grip, Refusal};
use crate::engine::geometry::{Mm, PhotoPoint, Polyline, few_handles};

/// How far the smooth line may leave the drawn one: a practitioner's pencil is about as wide (our estimate).
const TOLERANCE: Mm = Mm(1.5);
/// Handles that a hand can still oversee.
const MOST_HANDLES: usize = 10;
/// A shorter line is a slip of the finger.
const SHORTEST: Mm = Mm(15.0);
/// A shorter part line or scar is a slip of the finger (our estimate; scars of single grafts are round and smaller).
const SHORTEST_BAND: Mm = Mm(5.0);

/// Something that is being drawn, and by which tool.
#[derive(Debug, Clone)]
pub(super) struct Drawing {
    kind: ToolKind,
    points: Vec<PhotoPoint>,
}

impl Drawing {
    pub(super) fn start(kind: ToolKind, at: PhotoPoint) -> Self {
        Self { kind, points: vec![at] }
    }

    pub(super) fn points(&self) -> &[PhotoPoint] {
        &self.points
    }

    pub(super) fn moved(&mut self, at: PhotoPoint) {
        if at.is_finite() && self.points.last() != Some(&at) {
            self.points.push(at);
        }
    }

    pub(super) fn complete(
        mut self,
        hand: &mut Hand,
        editor: &mut Editor,
        settings: &ToolSettings,
        at: PhotoPoint,
    ) -> Result<(), Refusal> {
        self.moved(at);
        let (width, height) = editor.view().size();
        let drawn: Vec<_> = self.points.iter().map(|point| point.clamped(width, height)).collect();
        let band = match self.kind {
            ToolKind::Lasso | ToolKind::PartLine | ToolKind::Scar | ToolKind::Temple if self.is_tap(settings) => {
                hand.selected = None;
                return Ok(());
            }
            ToolKind::Lasso => return lasso::complete(hand, editor, settings, &drawn),
            ToolKind::PartLine => BandKind::PartLine,
            ToolKind::Scar => BandKind::Scar,
            ToolKind::Temple => BandKind::Temple,
            _ => return line(editor, &drawn),
        };
        add_band(hand, editor, settings, band, &drawn)
    }

    /// Whether the pointer never left the spot.
    fn is_tap(&self, settings: &ToolSettings) -> bool {
        let first = self.points.first().copied().unwrap_or_default();
        self.points.iter().all(|point| point.distance(first) <= settings.tremble())
    }
}

fn line(editor: &mut Editor, drawn: &[PhotoPoint]) -> Result<(), Refusal> {
    let mut handles = handles(editor, drawn, SHORTEST).ok_or(Refusal::TooFewHandles)?;
    if handles.first().zip(handles.last()).is_some_and(|(first, last)| first.x > last.x) {
        // A line runs from left to right, whichever way it was drawn: behind it is above it.
        handles.reverse();
    }
    editor.apply(Command::SetHairline(Some(Hairline::smooth(handles))))
}

fn add_band(
    hand: &mut Hand,
    editor: &mut Editor,
    settings: &ToolSettings,
    kind: BandKind,
    drawn: &[PhotoPoint],
) -> Result<(), Refusal> {
    let mut handles = handles(editor, drawn, SHORTEST_BAND).ok_or(Refusal::TooShort)?;
    if kind == BandKind::Temple && !has_hair_to_the_left(editor, &handles) {
        handles.reverse();
    }
    let width = editor.view().scale(editor.norms()).px_per_mm.px(settings.band_width).0;
    editor.apply(Command::AddBand(Band { kind, handles, width, density: settings.band_density }))?;
    hand.selected = newest(editor, |op| matches!(op, FillOp::Band(_))).map(|place| Grip::Band(place, 0));
    Ok(())
}

/// Whether the hair lies to the left of the way along an edge of a temple: it lies away from the middle of the face.
fn has_hair_to_the_left(editor: &Editor, handles: &[PhotoPoint]) -> bool {
    let view = editor.view();
    let face = match view.head_in_force(editor.norms()) {
        // Seen from the side the face is at the picture's edge to which the nose points.
        head if head.side == Side::Left => head.on_outline(-1.0, 0.0),
        head if head.side == Side::Right => head.on_outline(1.0, 0.0),
        head => view.eyes().unwrap_or(head.centre),
    };
    Polyline::new(handles.to_vec()).project(face).is_none_or(|near| near.side < 0.0)
}

/// The place of the newest deed of filling, if it is of that kind.
pub(super) fn newest(editor: &Editor, is_it: fn(&FillOp) -> bool) -> Option<usize> {
    let fill = &editor.view().fill;
    fill.last().filter(|op| is_it(op)).map(|_| fill.len() - 1)
}

/// The handles of a drawn line; `None` for a line that is too short to be meant.
fn handles(editor: &Editor, drawn: &[PhotoPoint], shortest: Mm) -> Option<Vec<PhotoPoint>> {
    let scale = editor.view().scale(editor.norms()).px_per_mm;
    let length = Polyline::new(drawn.to_vec()).length();
    (length >= scale.px(shortest).0).then(|| few_handles(drawn, scale.px(TOLERANCE).0, MOST_HANDLES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Norms;
    use crate::engine::design::PhotoRef;

    fn draw(way: impl Iterator<Item = (f64, f64)>) -> (Editor, Result<(), Refusal>) {
        let mut editor = Editor::new(Norms::default(), 1);
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let points: Vec<_> = way.map(|(x, y)| PhotoPoint::new(x, y)).collect();
        let mut drawing = Drawing::start(ToolKind::Freehand, points[0]);
        points.iter().for_each(|point| drawing.moved(*point));
        let settings = super::super::gestures::settings(ToolKind::Freehand);
        let outcome = drawing.complete(&mut Hand::default(), &mut editor, &settings, *points.last().unwrap());
        (editor, outcome)
    }

    #[test]
    fn a_drawn_arch_becomes_a_line_from_left_to_right() {
        let arch = |i: i32| (f64::from(1200 - i * 8), 500.0 + (f64::from(i) - 50.0).powi(2) / 8.0);
        let (editor, outcome) = draw((0..=100).map(arch));
        assert_eq!(outcome, Ok(()));
        let handles = &editor.view().hairline.as_ref().unwrap().handles;
        assert!(handles.len() <= MOST_HANDLES && handles.first().unwrap().x < handles.last().unwrap().x);
    }

    #[test]
    fn a_slip_of_the_finger_draws_nothing() {
        let (editor, outcome) = draw((0..5).map(|i| (800.0 + f64::from(i), 500.0)));
        assert_eq!(outcome, Err(Refusal::TooFewHandles));
        assert!(editor.view().hairline.is_none() && !editor.in_gesture());
    }
}
