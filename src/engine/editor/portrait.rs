//! What a view says of the face in its photo: what the photo's check needs to know, and the turn that levels it.

use super::{MarkedFace, level_degrees};
use crate::engine::catalog::Parameters;
use crate::engine::design::View;

/// A lean up to this is not worth a turn, which costs some sharpness and the picture's corners, degrees (our estimate).
const MIN_LEAN: f64 = 1.0;

impl MarkedFace {
    /// The face of a view, once its eyes are marked.
    #[must_use]
    pub fn of(view: &View, parameters: &Parameters) -> Option<Self> {
        let frame = view.face(parameters)?;
        let marks = view.calibration?;
        let head = view.head_in_force(parameters);
        Some(Self { frame, pupils: (marks.a, marks.b), px_per_mm: view.scale(parameters).px_per_mm, head })
    }
}

/// The degrees clockwise by which the photo is to be turned so that its marked eyes are level; `None` where they are not
/// marked, or lean by a degree or less.
#[must_use]
pub fn levelling(view: &View) -> Option<f64> {
    view.eyes()?;
    let marks = view.calibration?;
    Some(level_degrees((marks.a, marks.b))).filter(|degrees| degrees.abs() > MIN_LEAN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference, Side};
    use crate::engine::design::{AreaFill, DESIGN_LIMITS, Design, Hairline, PhotoRef, Stroke};
    use crate::engine::editor::tools::BrushSettings;
    use crate::engine::editor::{Command, Editor};
    use crate::engine::geometry::{Mm, PhotoPoint};

    const SIZE: (u32, u32) = (1200, 1600);

    /// A photo whose eyes lean by so many degrees clockwise, with something of every kind drawn on it.
    fn leaning(degrees: f64) -> Editor {
        let mut editor = Editor::new(Parameters::default(), 1);
        let photo = PhotoRef { width: SIZE.0, height: SIZE.1, quarter_turns: 0, level: 0.0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let (sine, cosine) = degrees.to_radians().sin_cos();
        let at = |right: f64, down: f64| {
            PhotoPoint::new(600.0 + right * cosine - down * sine, 900.0 + right * sine + down * cosine)
        };
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let marks = Calibration { reference, a: at(-126.0, 0.0), b: at(126.0, 0.0) };
        let line = Hairline::smooth(vec![at(-240.0, -260.0), at(0.0, -320.0), at(240.0, -260.0)]);
        let outline = vec![at(-240.0, -260.0), at(0.0, -480.0), at(240.0, -260.0)];
        let brush = BrushSettings::new(&Parameters::default());
        let stroke = Stroke {
            paint: crate::engine::design::PaintKind::Brush,
            radius: 20.0,
            softness: brush.softness,
            density: brush.density,
            behind_line: false,
            points: vec![at(-50.0, -400.0), at(50.0, -400.0)],
        };
        for command in [
            Command::Calibrate(Some(marks)),
            Command::SetGlabella(at(0.0, -70.0)),
            Command::SetHairline(Some(line)),
            Command::AreaFill(Some(AreaFill { closed: true, ..AreaFill::even(outline, 120.0) })),
            Command::AddStroke(stroke),
        ] {
            editor.apply(command).unwrap();
        }
        editor
    }

    /// Every point of a view that a turn moves.
    fn points(design: &Design) -> Vec<PhotoPoint> {
        let view = design.views.of(Side::Front);
        let marks = view.calibration.iter().flat_map(|marks| [marks.a, marks.b]);
        let line = view.hairline.iter().flat_map(|line| line.handles.clone());
        let fill = view.fill.iter().flat_map(|op| op.points().to_vec());
        marks.chain(view.glabella).chain(line).chain(fill).collect()
    }

    #[test]
    fn the_eyes_are_level_after_the_turn_and_all_that_is_drawn_came_along() {
        for lean in [-14.0, -5.5, -1.2, 1.2, 6.0, 17.3] {
            let mut editor = leaning(lean);
            let before = editor.design().clone();
            let degrees = levelling(editor.view()).unwrap();
            assert!((degrees + lean).abs() < 0.06, "{degrees} for a lean of {lean}");
            editor.apply(Command::LevelPhoto(degrees)).unwrap();
            let marks = editor.view().calibration.unwrap();
            assert!((marks.a.y - marks.b.y).abs() < 0.4 && marks.a.x < marks.b.x, "{marks:?} after {lean}");
            assert_eq!(levelling(editor.view()), None, "{lean}");
            let was = points(&before);
            let is = points(editor.design());
            assert_eq!(was.len(), is.len());
            for (one, (was_one, is_one)) in was.iter().zip(&is).enumerate() {
                for (was_other, is_other) in was.iter().zip(&is) {
                    let (apart, now) = (was_one.distance(*was_other), is_one.distance(*is_other));
                    assert!((apart - now).abs() < 0.1, "point {one} after {lean}: {apart} and {now}");
                }
            }
            assert!(editor.undo() && *editor.design() == before, "{lean} is not taken back by one step");
        }
    }

    #[test]
    fn a_small_lean_a_known_length_and_no_marks_ask_for_no_turn() {
        assert_eq!(levelling(leaning(0.9).view()), None);
        let mut editor = leaning(6.0);
        let marks = editor.view().calibration.unwrap();
        let length = Calibration { reference: Reference::Points { distance: Mm(63.0) }, ..marks };
        editor.apply(Command::Calibrate(Some(length))).unwrap();
        assert_eq!(levelling(editor.view()), None);
        editor.apply(Command::Calibrate(None)).unwrap();
        assert_eq!(levelling(editor.view()), None);
    }

    #[test]
    fn a_photo_is_turned_no_farther_than_its_file_can_say() {
        let mut editor = leaning(19.0);
        for _ in 0..4 {
            editor.apply(Command::LevelPhoto(-19.0)).unwrap();
        }
        let level = editor.view().photo.as_ref().map(|photo| photo.level);
        assert_eq!(level, Some(-DESIGN_LIMITS.level_degrees));
    }
}
