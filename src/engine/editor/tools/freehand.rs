//! Draws the line in one go; when the finger is lifted it becomes a smooth curve with few handles.

use crate::engine::design::Hairline;
use crate::engine::editor::{Command, Editor, Refusal};
use crate::engine::geometry::{Mm, PhotoPoint, few_handles};

/// How far the smooth line may leave the drawn one: a practitioner's pencil is about as wide (our estimate).
const TOLERANCE: Mm = Mm(1.0);
/// Handles that a hand can still oversee.
const MOST_HANDLES: usize = 14;
/// A shorter line is a slip of the finger.
const SHORTEST: Mm = Mm(15.0);

/// A line that is being drawn.
#[derive(Debug, Clone)]
pub(super) struct Drawing {
    points: Vec<PhotoPoint>,
}

impl Drawing {
    pub(super) fn start(at: PhotoPoint) -> Self {
        Self { points: vec![at] }
    }

    pub(super) fn points(&self) -> &[PhotoPoint] {
        &self.points
    }

    pub(super) fn moved(&mut self, at: PhotoPoint) {
        if at.is_finite() && self.points.last() != Some(&at) {
            self.points.push(at);
        }
    }

    pub(super) fn complete(mut self, editor: &mut Editor, at: PhotoPoint) -> Result<(), Refusal> {
        self.moved(at);
        let scale = editor.view().scale(editor.norms()).px_per_mm;
        let (width, height) = editor.view().size();
        let drawn: Vec<_> = self.points.iter().map(|point| point.clamped(width, height)).collect();
        let span = crate::engine::geometry::Polyline::new(drawn.clone()).length();
        if span < scale.px(SHORTEST).0 {
            return Err(Refusal::TooFewHandles);
        }
        let mut handles = few_handles(&drawn, scale.px(TOLERANCE).0, MOST_HANDLES);
        if handles.first().zip(handles.last()).is_some_and(|(first, last)| first.x > last.x) {
            // A line runs from left to right, whichever way it was drawn: behind it is above it.
            handles.reverse();
        }
        editor.apply(Command::SetHairline(Some(Hairline { handles })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Norms;
    use crate::engine::design::PhotoRef;

    fn draw(way: impl Iterator<Item = (f64, f64)>) -> (Editor, Result<(), Refusal>) {
        let mut editor = Editor::new(Norms::default(), 1);
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let points: Vec<_> = way.map(|(x, y)| PhotoPoint::new(x, y)).collect();
        let mut drawing = Drawing::start(points[0]);
        points.iter().for_each(|point| drawing.moved(*point));
        let outcome = drawing.complete(&mut editor, *points.last().unwrap());
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
