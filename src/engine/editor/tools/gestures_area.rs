//! Tests that speak in gestures: the Area tool on a closed outline of bare scalp, with and without a line in front of it.

use super::gestures::{act, drag, opened, settings};
use super::{ToolController, ToolKind};
use crate::engine::calibration::Side;
use crate::engine::design::{AreaFill, FillOp, Hairline, PhotoRef, file};
use crate::engine::editor::{Command, Editor, Handle, PointerEvent, PointerKind, PointerPhase, Pointers, Viewport};
use crate::engine::geometry::{PhotoPoint, ScreenSize};

const CORNERS: [(f64, f64); 6] =
    [(500.0, 600.0), (1100.0, 600.0), (1200.0, 400.0), (1000.0, 150.0), (600.0, 150.0), (400.0, 400.0)];

fn at((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(x, y)
}

/// An outline on the front behind a line, or on the crown where there is none.
fn outlined(side: Side) -> (Editor, ToolController) {
    let (mut editor, controller) = opened();
    if side == Side::Front {
        let line = Hairline::smooth(vec![at(CORNERS[0]), at((800.0, 560.0)), at(CORNERS[1])]);
        editor.apply(Command::SetHairline(Some(line))).unwrap();
    } else {
        editor.turn_to(side);
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: "crown".into() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let head = editor.view().head_in_force(editor.parameters());
        editor.apply(Command::SetHead(Some(head))).unwrap();
    }
    let fill = AreaFill { closed: true, rear: 0.7, ..AreaFill::even(CORNERS.map(at).to_vec(), 120.0) };
    editor.apply(Command::AreaFill(Some(fill))).unwrap();
    (editor, controller)
}

fn fill(editor: &Editor) -> AreaFill {
    editor.view().area_fill().unwrap().1.clone()
}

/// A drag of the outline's third corner.
const WAY: [(f64, f64); 3] = [(1206.0, 396.0), (1240.0, 380.0), (1306.0, 346.0)];
const SIDES: [Side; 2] = [Side::Front, Side::Top];

#[test]
fn a_drag_moves_one_corner_alone_and_is_one_step() {
    for side in SIDES {
        let (mut editor, mut controller) = outlined(side);
        let before = editor.design().clone();
        assert!(settings(ToolKind::Area).mirrored, "an outline has no other side to mirror");
        drag(&mut editor, &mut controller, ToolKind::Area, &WAY);
        let mut expected = CORNERS.map(at);
        expected[2] = at((1300.0, 350.0));
        let after = fill(&editor);
        assert_eq!(
            (after.boundary.as_slice(), controller.selected),
            (&expected[..], Some(Handle::Boundary(2))),
            "{side:?}"
        );
        assert_eq!((after.closed, after.rear, after.density), (true, 0.7, 120.0), "{side:?}");
        let design = editor.design().clone();
        assert_eq!(file::read(file::write(&design).unwrap().as_bytes()).as_ref(), Ok(&design), "{side:?}");
        assert!(editor.undo() && *editor.design() == before, "{side:?} is not taken back by one step");
        assert!(editor.redo() && *editor.design() == design, "{side:?} is not done again by one step");
    }
}

#[test]
fn a_drag_that_is_broken_off_leaves_no_trace() {
    for side in SIDES {
        let (mut editor, mut controller) = outlined(side);
        let before = editor.design().clone();
        let settings = settings(ToolKind::Area);
        controller.down(&mut editor, &settings, at(WAY[0]), PointerKind::Pen { eraser: false });
        WAY.iter().for_each(|place| controller.moved(&mut editor, &settings, at(*place)));
        assert_ne!(*editor.design(), before, "{side:?}");
        controller.cancel(&mut editor);
        assert_eq!(*editor.design(), before, "{side:?}");
        assert!(!controller.is_busy() && !editor.in_gesture(), "{side:?}");
    }
}

#[test]
fn a_corner_stops_at_the_edge_of_the_picture() {
    let (mut editor, mut controller) = outlined(Side::Top);
    drag(&mut editor, &mut controller, ToolKind::Area, &[CORNERS[3], (1000.0, -400.0)]);
    drag(&mut editor, &mut controller, ToolKind::Area, &[CORNERS[2], (9000.0, 5000.0)]);
    let corners = fill(&editor).boundary;
    assert_eq!((corners[3], corners[2]), (at((1000.0, 0.0)), at((1600.0, 2000.0))));
}

#[test]
fn a_second_finger_or_a_lost_pointer_leaves_no_trace() {
    let viewport = Viewport::fitted(ScreenSize::new(800.0, 1000.0), (1600.0, 2000.0));
    for (id, phase) in [(2, PointerPhase::Down), (1, PointerPhase::Cancel)] {
        let (mut editor, mut controller) = outlined(Side::Top);
        let before = editor.design().clone();
        let (mut pointers, settings) = (Pointers::default(), settings(ToolKind::Area));
        let mut event = |id, phase, place| {
            let event =
                PointerEvent { id, kind: PointerKind::Touch, phase, at: viewport.to_screen(at(place)), pans: false };
            let done = pointers.handle(event, viewport);
            act(&mut editor, &mut controller, &settings, viewport, done);
        };
        event(1, PointerPhase::Down, WAY[0]);
        WAY.iter().for_each(|place| event(1, PointerPhase::Move, *place));
        event(id, phase, (200.0, 200.0));
        event(1, PointerPhase::Move, (300.0, 300.0));
        event(id, PointerPhase::Up, (200.0, 200.0));
        event(1, PointerPhase::Up, (300.0, 300.0));
        assert_eq!(*editor.design(), before, "after {phase:?}");
        assert!(!controller.is_busy() && !editor.in_gesture(), "after {phase:?}");
    }
}

#[test]
fn a_tap_beside_the_corners_only_lets_go() {
    let (mut editor, mut controller) = outlined(Side::Top);
    let before = editor.design().clone();
    controller.selected = Some(Handle::Boundary(1));
    drag(&mut editor, &mut controller, ToolKind::Area, &[(800.0, 400.0), (803.0, 401.0)]);
    assert_eq!((editor.design(), controller.selected, controller.command_error), (&before, None, None));
}

#[test]
fn corners_can_be_taken_away_down_to_three() {
    let (mut editor, _) = outlined(Side::Top);
    let mut taken = 0;
    while let Some(command) = Handle::Boundary(0).removed(editor.view()) {
        editor.apply(command).unwrap();
        taken += 1;
    }
    assert_eq!((taken, fill(&editor).boundary.len()), (3, 3));
}

#[test]
fn brush_and_eraser_lie_over_the_outline_and_stay_when_it_is_taken_anew() {
    for side in SIDES {
        let (mut editor, mut controller) = outlined(side);
        let way = [(600.0, 300.0), (700.0, 300.0)];
        drag(&mut editor, &mut controller, ToolKind::Eraser, &way);
        drag(&mut editor, &mut controller, ToolKind::Brush, &way);
        let anew = AreaFill { boundary: CORNERS[..4].iter().copied().map(at).collect(), ..fill(&editor) };
        editor.apply(Command::AreaFill(Some(anew))).unwrap();
        let kinds: Vec<bool> = editor.view().fill.iter().map(|op| matches!(op.as_ref(), FillOp::ToHere(_))).collect();
        assert_eq!((controller.command_error, kinds), (None, vec![true, false, false]), "{side:?}");
    }
}
