//! Takes hold of a grip and moves it; sets marks where there are none; adds a handle where the line is tapped.

use super::{Hand, Snap, ToolKind, ToolSettings};
use crate::engine::calibration::{Calibration, Landmark, Reference};
use crate::engine::design::{BandKind, DESIGN_LIMITS, FillOp, Hairline, Probe};
use crate::engine::editor::{Command, Editor, Grip, HeadGrip, Refusal};
use crate::engine::geometry::PhotoPoint;

/// A pointer that is down in one of the dragging tools.
#[derive(Debug, Clone)]
pub(super) struct Dragging {
    kind: ToolKind,
    grip: Option<Grip>,
    /// From the pointer to the middle of the grip: a grip does not jump under the finger.
    hold: (f64, f64),
    start: PhotoPoint,
    moving: bool,
}

impl Dragging {
    pub(super) fn start(
        hand: &mut Hand,
        editor: &mut Editor,
        kind: ToolKind,
        settings: &ToolSettings,
        at: PhotoPoint,
    ) -> Self {
        let found = nearest(editor, kind, at, settings.reach.0);
        if found.is_some() {
            hand.selected = found.map(|(grip, _)| grip);
        }
        let hold = found.map_or((0.0, 0.0), |(_, position)| (position.x - at.x, position.y - at.y));
        editor.begin();
        Self { kind, grip: found.map(|(grip, _)| grip), hold, start: at, moving: false }
    }

    pub(super) fn grip(&self) -> Option<Grip> {
        self.grip.filter(|_| self.moving)
    }

    pub(super) fn moved(
        &mut self,
        editor: &mut Editor,
        settings: &ToolSettings,
        snap: &Snap,
        at: PhotoPoint,
    ) -> Result<(), Refusal> {
        let Some(grip) = self.grip else { return Ok(()) };
        self.moving |= at.distance(self.start) > settings.tremble();
        if !self.moving {
            return Ok(());
        }
        let to = at.moved(self.hold.0, self.hold.1);
        let to = if matches!(grip, Grip::Handle(_)) { snap.drawn(to) } else { to };
        match grip.moved_to(to, settings.mirrored, editor.view(), editor.norms()) {
            Some(command) => editor.apply(command),
            None => Ok(()),
        }
    }

    pub(super) fn complete(
        mut self,
        hand: &mut Hand,
        editor: &mut Editor,
        settings: &ToolSettings,
        at: PhotoPoint,
    ) -> Result<(), Refusal> {
        let outcome = match self.grip {
            Some(_) => self.moved(editor, settings, &hand.snap, at),
            None if at.distance(self.start) <= settings.reach.0 => tapped(hand, editor, self.kind, settings, at),
            None => Ok(()),
        };
        editor.complete();
        outcome
    }
}

fn grips(editor: &Editor, kind: ToolKind) -> Vec<Grip> {
    let view = editor.view();
    match kind {
        ToolKind::Marks => vec![Grip::MarkA, Grip::MarkB, Grip::Glabella],
        ToolKind::Line => {
            let handles = view.hairline.as_ref().map_or(0, |line| line.handles.len());
            (0..handles).map(Grip::Handle).collect()
        }
        ToolKind::Area => {
            let handles = view.fill_to_here().map_or(0, |(_, fill)| fill.boundary.len());
            (0..handles).map(Grip::Boundary).collect()
        }
        ToolKind::Head => HeadGrip::ALL.map(Grip::Head).to_vec(),
        ToolKind::Probe => vec![Grip::Stubble, Grip::Skin],
        ToolKind::Lasso => grips_of_fill(editor, |place, op| match op {
            FillOp::Patch(patch) => (0..patch.outline.len()).map(|index| Grip::Patch(place, index)).collect(),
            _ => Vec::new(),
        }),
        ToolKind::PartLine => grips_of_bands(editor, BandKind::PartLine),
        ToolKind::Scar => grips_of_bands(editor, BandKind::Scar),
        ToolKind::Temple => grips_of_bands(editor, BandKind::Temple),
        ToolKind::Landmarks => {
            let of_face = Landmark::ALL.into_iter().map(Grip::Landmark);
            of_face.chain([Grip::Glabella, Grip::MarkA, Grip::MarkB]).collect()
        }
        ToolKind::View | ToolKind::Freehand | ToolKind::Brush | ToolKind::Eraser => Vec::new(),
    }
}

fn grips_of_bands(editor: &Editor, kind: BandKind) -> Vec<Grip> {
    grips_of_fill(editor, |place, op| match op {
        FillOp::Band(band) if band.kind == kind => {
            (0..band.handles.len()).map(|index| Grip::Band(place, index)).collect()
        }
        _ => Vec::new(),
    })
}

fn grips_of_fill(editor: &Editor, grips: impl Fn(usize, &FillOp) -> Vec<Grip>) -> Vec<Grip> {
    editor.view().fill.iter().enumerate().flat_map(|(place, op)| grips(place, op)).collect()
}

/// Whether the tool takes hold of something there.
pub(super) fn has_grip(editor: &Editor, settings: &ToolSettings, at: PhotoPoint) -> bool {
    nearest(editor, settings.kind, at, settings.reach.0).is_some()
}

fn nearest(editor: &Editor, kind: ToolKind, at: PhotoPoint, reach: f64) -> Option<(Grip, PhotoPoint)> {
    grips(editor, kind)
        .into_iter()
        .filter_map(|grip| Some((grip, grip.position(editor.view(), editor.norms())?)))
        .filter(|(_, position)| position.distance(at) <= reach)
        .min_by(|a, b| a.1.distance_squared(at).total_cmp(&b.1.distance_squared(at)))
}

/// A tap beside every grip.
fn tapped(
    hand: &mut Hand,
    editor: &mut Editor,
    kind: ToolKind,
    settings: &ToolSettings,
    at: PhotoPoint,
) -> Result<(), Refusal> {
    match kind {
        ToolKind::Marks if editor.view().calibration.is_none() => set_mark(hand, editor, settings.reference, at),
        ToolKind::Line => add_handle(hand, editor, settings, at),
        ToolKind::Probe if editor.view().probe.is_none() => set_probe(hand, editor, settings, at),
        _ => {
            hand.selected = None;
            Ok(())
        }
    }
}

fn set_mark(hand: &mut Hand, editor: &mut Editor, reference: Reference, at: PhotoPoint) -> Result<(), Refusal> {
    let Some(first) = hand.pending_mark.take() else {
        hand.pending_mark = Some(at);
        return Ok(());
    };
    let (a, b) = if first.x <= at.x { (first, at) } else { (at, first) };
    hand.selected = Some(Grip::MarkB);
    let outcome = editor.apply(Command::Calibrate(Some(Calibration { reference, a, b })));
    if outcome.is_err() {
        hand.pending_mark = Some(first);
    }
    outcome
}

/// First the shaved hair, then the bare skin beside it. What is seen there is for who has the pixels to fill in.
fn set_probe(hand: &mut Hand, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) -> Result<(), Refusal> {
    let Some(stubble) = hand.pending_stubble.filter(|first| first.distance(at) > settings.tremble()) else {
        // A second tap on the same spot says nothing of the skin beside it.
        hand.pending_stubble = (at.is_finite() && editor.view().photo.is_some()).then_some(at);
        return Ok(());
    };
    editor.apply(Command::SetProbe(Some(Probe { stubble, skin: at, darkening: 0.0 })))?;
    hand.pending_stubble = None;
    hand.selected = Some(Grip::Skin);
    Ok(())
}

fn add_handle(hand: &mut Hand, editor: &mut Editor, settings: &ToolSettings, at: PhotoPoint) -> Result<(), Refusal> {
    hand.selected = None;
    let Some(line) = &editor.view().hairline else { return Ok(()) };
    let Some(near) = line.curve().project(at).filter(|near| near.distance <= settings.reach.0) else { return Ok(()) };
    if line.handles.len() >= DESIGN_LIMITS.handles {
        return Err(Refusal::TooMany("handles"));
    }
    let place = place_between(&line.handles, line, near.nearest);
    hand.selected = Some(Grip::Handle(place));
    let line = line.with_handle(place, near.nearest);
    editor.apply(Command::SetHairline(Some(line)))
}

/// The place among the handles of a point of the line: behind every handle that the line passes before it.
fn place_between(handles: &[PhotoPoint], line: &Hairline, point: PhotoPoint) -> usize {
    let curve = line.curve();
    let along = |point: PhotoPoint| curve.project(point).map_or(0.0, |near| near.piece as f64 + near.t);
    let here = along(point);
    handles.iter().filter(|handle| along(**handle) < here).count().clamp(1, handles.len().saturating_sub(1).max(1))
}

#[cfg(test)]
mod tests {
    use super::super::gestures::{drag, opened, settings, tap};
    use super::*;
    use crate::engine::editor::{LineStyle, PointerKind, proposed_line};

    fn with_line() -> (Editor, Hand) {
        let (mut editor, mut hand) = opened();
        tap(&mut editor, &mut hand, ToolKind::Marks, 926.0, 1000.0);
        tap(&mut editor, &mut hand, ToolKind::Marks, 674.0, 1000.0);
        let line = proposed_line(editor.view(), editor.norms(), LineStyle::Man);
        editor.apply(Command::SetHairline(Some(line))).unwrap();
        (editor, hand)
    }

    fn handles(editor: &Editor) -> Vec<PhotoPoint> {
        editor.view().hairline.as_ref().unwrap().handles.clone()
    }

    #[test]
    fn two_taps_set_the_marks_in_either_order() {
        let (editor, _) = with_line();
        let calibration = editor.view().calibration.unwrap();
        assert_eq!((calibration.a.x, calibration.b.x), (674.0, 926.0));
    }

    #[test]
    fn taps_on_one_spot_keep_the_first_mark_and_say_why() {
        let (mut editor, mut hand) = opened();
        tap(&mut editor, &mut hand, ToolKind::Marks, 500.0, 500.0);
        tap(&mut editor, &mut hand, ToolKind::Marks, 501.0, 500.0);
        assert!(editor.view().calibration.is_none());
        assert!(hand.pending_mark.is_some() && matches!(hand.refusal, Some(Refusal::Calibration(_))));
    }

    #[test]
    fn a_drag_moves_a_handle_without_a_jump_and_its_mirror_alike() {
        let (mut editor, mut hand) = with_line();
        let before = handles(&editor);
        let start = (before[1].x + 5.0, before[1].y + 5.0);
        drag(
            &mut editor,
            &mut hand,
            ToolKind::Line,
            &[start, (start.0 - 10.0, start.1), (start.0 - 30.0, start.1 - 40.0)],
        );
        let after = handles(&editor);
        assert!((after[1].x - (before[1].x - 30.0)).abs() < 0.02 && (after[1].y - (before[1].y - 40.0)).abs() < 0.02);
        assert!((after[5].x - (before[5].x + 30.0)).abs() < 0.02 && (after[5].y - (before[5].y - 40.0)).abs() < 0.02);
        assert!(editor.undo());
        assert_eq!(handles(&editor), before, "one gesture is one step");
    }

    #[test]
    fn a_tremble_only_selects() {
        let (mut editor, mut hand) = with_line();
        let before = handles(&editor);
        drag(&mut editor, &mut hand, ToolKind::Line, &[(before[2].x, before[2].y), (before[2].x + 2.0, before[2].y)]);
        assert_eq!((handles(&editor), hand.selected), (before, Some(Grip::Handle(2))));
    }

    #[test]
    fn a_tap_on_the_line_adds_a_handle_there() {
        let (mut editor, mut hand) = with_line();
        let line = editor.view().hairline.clone().unwrap();
        let between = line.curve().project(line.handles[2].lerp(line.handles[3], 0.5)).unwrap().nearest;
        tap(&mut editor, &mut hand, ToolKind::Line, between.x, between.y + 8.0);
        let Some(Grip::Handle(place)) = hand.selected else { panic!("nothing was selected") };
        assert_eq!(handles(&editor).len(), 8);
        assert!(handles(&editor)[place].distance(between) < 12.0);
    }

    #[test]
    fn cancel_restores_the_line() {
        let (mut editor, mut hand) = with_line();
        let before = handles(&editor);
        let settings = settings(ToolKind::Line);
        hand.down(&mut editor, &settings, before[3], PointerKind::Mouse);
        hand.moved(&mut editor, &settings, PhotoPoint::new(10.0, 10.0));
        assert_ne!(handles(&editor), before);
        hand.cancel(&mut editor);
        assert_eq!(handles(&editor), before);
    }

    #[test]
    fn a_handle_cannot_leave_the_picture() {
        let (mut editor, mut hand) = with_line();
        let before = handles(&editor);
        drag(&mut editor, &mut hand, ToolKind::Line, &[(before[0].x, before[0].y), (-5000.0, 9000.0)]);
        assert_eq!(handles(&editor)[0], PhotoPoint::new(0.0, 2000.0));
    }
}
