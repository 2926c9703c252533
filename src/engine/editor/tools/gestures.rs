//! Tests that speak in gestures: what a hand does to a photo of 1600 x 2000 pixels.

use super::{BrushSettings, Snap, ToolController, ToolKind, ToolSettings};
use crate::engine::calibration::{Calibration, Landmark, Reference};
use crate::engine::catalog::Parameters;
use crate::engine::design::{Band, BandKind, Design, FillOp, Hairline, Head, Patch, PhotoRef, Probe, file};
use crate::engine::editor::{
    Command, CommandError, Editor, Handle, HeadHandle, PointerEvent, PointerKind, PointerPhase, Pointers, StageAct,
    Viewport,
};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, Polygon, ScreenSize};

pub(super) fn settings(kind: ToolKind) -> ToolSettings {
    ToolSettings {
        kind,
        reach: PhotoPx(20.0),
        mirrored: true,
        brush: BrushSettings::new(&Parameters::default()),
        reference: Reference::TypedPupils { distance: Mm(63.0) },
        band_width: Mm(8.0),
        band_density: 110.0,
        patch_density: 130.0,
    }
}

pub(super) fn opened() -> (Editor, ToolController) {
    let mut editor = Editor::new(Parameters::default(), 1);
    let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() };
    editor.apply(Command::OpenPhoto(photo)).unwrap();
    (editor, ToolController::default())
}

pub(super) fn tap(editor: &mut Editor, controller: &mut ToolController, kind: ToolKind, x: f64, y: f64) {
    drag(editor, controller, kind, &[(x, y)]);
}

pub(super) fn drag(editor: &mut Editor, controller: &mut ToolController, kind: ToolKind, way: &[(f64, f64)]) {
    drag_with(editor, controller, &settings(kind), way);
}

fn drag_with(editor: &mut Editor, controller: &mut ToolController, settings: &ToolSettings, way: &[(f64, f64)]) {
    let at = |&(x, y): &(f64, f64)| PhotoPoint::new(x, y);
    controller.down(editor, settings, at(&way[0]), PointerKind::Touch);
    way.iter().skip(1).for_each(|point| controller.moved(editor, settings, at(point)));
    controller.complete(editor, settings, at(way.last().unwrap()));
}

/// As [`opened`], with pupils 63 mm and 252 pixels apart: 4 pixels a millimetre.
fn measured() -> (Editor, ToolController) {
    let (mut editor, controller) = opened();
    let (a, b) = (PhotoPoint::new(674.0, 1000.0), PhotoPoint::new(926.0, 1000.0));
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    editor.apply(Command::Calibrate(Some(Calibration { reference, a, b }))).unwrap();
    (editor, controller)
}

fn circle((x, y): (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    (0..=72)
        .map(|step| {
            let (sine, cosine) = f64::from(step * 5).to_radians().sin_cos();
            (x + radius * cosine, y + radius * sine)
        })
        .collect()
}

fn bow(from: f64, to: f64, y: f64) -> Vec<(f64, f64)> {
    (0..=60)
        .map(|step| (f64::from(step) / 60.0, (f64::from(step) - 30.0).powi(2) / 30.0))
        .map(|(t, rise)| (from + (to - from) * t, y + rise))
        .collect()
}

/// As [`measured`], with what a tool needs to have something to do: a line with corners at its second and fourth handle, and
/// beside it an upright line to snap to.
fn ready(kind: ToolKind) -> (Editor, ToolController) {
    let (mut editor, mut controller) = measured();
    if kind == ToolKind::Line {
        let points = [(560.0, 800.0), (610.0, 640.0), (800.0, 600.0), (990.0, 640.0), (1040.0, 800.0)];
        let handles = points.map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        editor.apply(Command::SetHairline(Some(Hairline { handles, corners: vec![1, 3] }))).unwrap();
        let upright = vec![PhotoPoint::new(570.0, 0.0), PhotoPoint::new(570.0, 1000.0)];
        controller.snap = Snap { lines: [upright].into(), within: PhotoPx(8.0) };
    }
    (editor, controller)
}

/// A way for each tool that draws or drags something, in the picture that is ready for it.
fn ways() -> Vec<(ToolKind, Vec<(f64, f64)>)> {
    let (editor, _) = measured();
    let place = |handle: Handle| handle.position(editor.view(), editor.parameters()).unwrap();
    let (top, chin) = (place(Handle::Head(HeadHandle::Top)), place(Handle::Landmark(Landmark::Chin)));
    vec![
        (ToolKind::Lasso, circle((800.0, 400.0), 80.0)),
        (ToolKind::PartLine, bow(700.0, 900.0, 300.0)),
        (ToolKind::Scar, bow(600.0, 1000.0, 500.0)),
        (ToolKind::Head, vec![(top.x, top.y), (top.x + 40.0, top.y - 60.0)]),
        (ToolKind::Temple, bow(1000.0, 1060.0, 700.0)),
        (ToolKind::Landmarks, vec![(chin.x, chin.y), (chin.x + 9.0, chin.y - 30.0)]),
        (ToolKind::Line, vec![(610.0, 640.0), (600.0, 620.0), (576.0, 590.0)]),
    ]
}

fn bands(editor: &Editor) -> Vec<Band> {
    let band = |op: &FillOp| if let FillOp::Band(band) = op { Some(band.clone()) } else { None };
    editor.view().fill.iter().filter_map(|op| band(op)).collect()
}

fn patches(editor: &Editor) -> Vec<Patch> {
    let patch = |op: &FillOp| if let FillOp::Patch(patch) = op { Some(patch.clone()) } else { None };
    editor.view().fill.iter().filter_map(|op| patch(op)).collect()
}

fn head(editor: &Editor) -> Head {
    editor.view().head_in_force(editor.parameters())
}

fn survives_its_file(design: &Design) {
    assert_eq!(file::read(file::write(design).unwrap().as_bytes()).as_ref(), Ok(design));
}

#[test]
fn every_gesture_is_one_step_and_survives_its_file() {
    for (kind, way) in ways() {
        let (mut editor, mut controller) = ready(kind);
        let before = editor.design().clone();
        drag(&mut editor, &mut controller, kind, &way);
        assert_eq!(controller.command_error, None, "{kind:?}");
        let after = editor.design().clone();
        assert_ne!(after, before, "{kind:?} did nothing");
        survives_its_file(&after);
        assert!(editor.undo() && *editor.design() == before, "{kind:?} is not taken back by one step");
        assert!(editor.redo() && *editor.design() == after, "{kind:?} is not done again by one step");
    }
}

#[test]
fn a_gesture_that_is_broken_off_leaves_no_trace() {
    for (kind, way) in ways() {
        let (mut editor, mut controller) = ready(kind);
        let before = editor.design().clone();
        let settings = settings(kind);
        controller.down(
            &mut editor,
            &settings,
            PhotoPoint::new(way[0].0, way[0].1),
            PointerKind::Pen { eraser: false },
        );
        way.iter().for_each(|(x, y)| controller.moved(&mut editor, &settings, PhotoPoint::new(*x, *y)));
        assert!(controller.is_busy(), "{kind:?}");
        controller.cancel(&mut editor);
        assert_eq!(*editor.design(), before, "{kind:?}");
        assert!(!controller.is_busy() && !editor.in_gesture() && controller.drawn().is_empty(), "{kind:?}");
        let steps = |editor: &Editor| editor.can_undo();
        assert_eq!(steps(&editor), steps(&ready(kind).0), "{kind:?} left a step");
    }
}

/// What the stage does with an act of the pointers.
pub(super) fn act(
    editor: &mut Editor,
    controller: &mut ToolController,
    settings: &ToolSettings,
    viewport: Viewport,
    act: Option<StageAct>,
) {
    match act {
        Some(StageAct::ToolDown(at, pointer)) => controller.down(editor, settings, viewport.to_photo(at), pointer),
        Some(StageAct::ToolMove(at)) => controller.moved(editor, settings, viewport.to_photo(at)),
        Some(StageAct::ToolUp(at)) => controller.complete(editor, settings, viewport.to_photo(at)),
        Some(StageAct::ToolCancel) => controller.cancel(editor),
        Some(StageAct::View(_)) | None => {}
    }
}

#[test]
fn a_second_finger_or_a_lost_pointer_leaves_no_trace() {
    let viewport = Viewport::fitted(ScreenSize::new(800.0, 1000.0), (1600.0, 2000.0));
    for (kind, way) in ways() {
        for (id, phase) in [(2, PointerPhase::Down), (1, PointerPhase::Cancel)] {
            let (mut editor, mut controller) = ready(kind);
            let before = editor.design().clone();
            let (mut pointers, settings) = (Pointers::default(), settings(kind));
            let mut event = |id, phase, (x, y): (f64, f64)| {
                let at = viewport.to_screen(PhotoPoint::new(x, y));
                let event = PointerEvent { id, kind: PointerKind::Touch, phase, at, pans: false };
                act(&mut editor, &mut controller, &settings, viewport, pointers.handle(event, viewport));
            };
            event(1, PointerPhase::Down, way[0]);
            way.iter().for_each(|place| event(1, PointerPhase::Move, *place));
            event(id, phase, (200.0, 200.0));
            event(1, PointerPhase::Move, (300.0, 300.0));
            event(id, PointerPhase::Up, (200.0, 200.0));
            event(1, PointerPhase::Up, (300.0, 300.0));
            assert_eq!(*editor.design(), before, "{kind:?} after {phase:?}");
            assert!(!controller.is_busy() && !editor.in_gesture(), "{kind:?} after {phase:?}");
        }
    }
}

#[test]
fn what_is_drawn_stays_in_the_picture() {
    for kind in [ToolKind::Lasso, ToolKind::PartLine, ToolKind::Scar, ToolKind::Temple] {
        let (mut editor, mut controller) = measured();
        let way = if kind == ToolKind::Lasso { circle((0.0, 400.0), 80.0) } else { bow(-300.0, 500.0, 300.0) };
        drag(&mut editor, &mut controller, kind, &way);
        let mut points: Vec<_> = bands(&editor).into_iter().flat_map(|band| band.handles).collect();
        points.extend(patches(&editor).into_iter().flat_map(|patch| patch.outline));
        assert!(points.iter().any(|point| point.x == 0.0), "{kind:?}: {points:?}");
        assert!(points.iter().all(|point| (0.0..=1600.0).contains(&point.x)), "{kind:?}: {points:?}");
    }
}

#[test]
fn a_tap_with_a_drawing_tool_only_lets_go() {
    for kind in [ToolKind::Lasso, ToolKind::PartLine, ToolKind::Scar, ToolKind::Temple] {
        let (mut editor, mut controller) = measured();
        let before = editor.design().clone();
        controller.selected = Some(Handle::MarkA);
        drag(&mut editor, &mut controller, kind, &[(500.0, 300.0), (503.0, 301.0)]);
        assert_eq!((editor.design(), controller.command_error, controller.selected), (&before, None, None), "{kind:?}");
    }
}

#[test]
fn a_slip_of_the_finger_draws_nothing_and_says_why() {
    let cases = [
        (ToolKind::Lasso, circle((800.0, 400.0), 5.5), CommandError::TooSmall),
        (ToolKind::Lasso, vec![(800.0, 400.0), (900.0, 400.0), (800.0, 401.0)], CommandError::TooSmall),
        (ToolKind::PartLine, vec![(800.0, 400.0), (816.0, 400.0)], CommandError::TooShort),
        (ToolKind::Scar, vec![(800.0, 400.0), (800.0, 416.0)], CommandError::TooShort),
        (ToolKind::Temple, vec![(1000.0, 700.0), (1000.0, 716.0)], CommandError::TooShort),
    ];
    for (kind, way, command_error) in cases {
        let (mut editor, mut controller) = measured();
        drag(&mut editor, &mut controller, kind, &way);
        assert_eq!((controller.command_error, editor.view().fill.len()), (Some(command_error), 0), "{kind:?} {way:?}");
        assert!(!controller.is_busy() && !editor.in_gesture(), "{kind:?}");
    }
}

#[test]
fn a_loop_becomes_a_patch_of_its_size() {
    let (mut editor, mut controller) = measured();
    drag(&mut editor, &mut controller, ToolKind::Lasso, &circle((800.0, 400.0), 80.0));
    let patch = patches(&editor).remove(0);
    assert_eq!((patch.density, controller.selected), (130.0, Some(Handle::Patch(0, 0))));
    let area = Polygon::new(patch.outline.clone()).area() / (std::f64::consts::PI * 6400.0);
    assert!((0.92..1.02).contains(&area) && patch.outline.len() <= 16, "{area} {:?}", patch.outline);
}

#[test]
fn lines_become_bands_of_their_kind_with_few_handles() {
    let (mut editor, mut controller) = measured();
    drag(&mut editor, &mut controller, ToolKind::Scar, &bow(600.0, 1000.0, 500.0));
    assert_eq!(controller.selected, Some(Handle::Band(0, 0)));
    drag(&mut editor, &mut controller, ToolKind::PartLine, &bow(700.0, 900.0, 300.0));
    let bands = bands(&editor);
    let px_per_mm = editor.view().scale(editor.parameters()).px_per_mm.get();
    assert_eq!([bands[0].kind, bands[1].kind], [BandKind::Scar, BandKind::PartLine]);
    for band in bands {
        assert!((2..=14).contains(&band.handles.len()), "{band:?}");
        assert!((band.width - 8.0 * px_per_mm).abs() < 1e-3 && band.density == 110.0, "{band:?}");
    }
}

#[test]
fn a_drawing_tool_drags_its_own_kind_and_nothing_else() {
    let (mut editor, mut controller) = measured();
    drag(&mut editor, &mut controller, ToolKind::Lasso, &circle((800.0, 400.0), 80.0));
    drag(&mut editor, &mut controller, ToolKind::Scar, &bow(600.0, 1000.0, 700.0));
    let (corner, handle) = (patches(&editor)[0].outline[0], bands(&editor)[0].handles[0]);
    drag(&mut editor, &mut controller, ToolKind::Lasso, &[(corner.x, corner.y), (corner.x + 50.0, corner.y)]);
    assert_eq!(controller.selected, Some(Handle::Patch(0, 0)));
    drag(
        &mut editor,
        &mut controller,
        ToolKind::Scar,
        &[(handle.x + 3.0, handle.y), (handle.x + 3.0, handle.y + 50.0)],
    );
    assert_eq!(controller.selected, Some(Handle::Band(1, 0)));
    assert_eq!(patches(&editor)[0].outline[0], corner.moved(50.0, 0.0).rounded());
    assert_eq!(bands(&editor)[0].handles[0], handle.moved(0.0, 50.0).rounded());
    assert_eq!(editor.view().fill.len(), 2, "a drag draws nothing");
    let handle = bands(&editor)[0].handles[0];
    drag(&mut editor, &mut controller, ToolKind::PartLine, &[(handle.x, handle.y), (handle.x, handle.y - 100.0)]);
    assert_eq!(editor.view().fill.len(), 3, "a part line can begin on a scar");
    assert_eq!(bands(&editor)[0].handles[0], handle);
}

#[test]
fn the_last_corners_go_with_their_patch_and_the_last_handles_with_their_band() {
    for (kind, way) in [(ToolKind::Lasso, circle((800.0, 400.0), 80.0)), (ToolKind::Scar, bow(600.0, 1000.0, 500.0))] {
        let (mut editor, mut controller) = measured();
        drag(&mut editor, &mut controller, kind, &way);
        let handle = controller.selected.unwrap();
        let mut taken = 0;
        while let Some(command) = handle.removed(editor.view()) {
            editor.apply(command).unwrap();
            taken += 1;
        }
        assert!(editor.view().fill.is_empty() && taken > 1, "{kind:?}: {taken}");
        assert_eq!(handle.position(editor.view(), editor.parameters()), None, "{kind:?}");
    }
}

fn near(a: PhotoPoint, b: PhotoPoint) -> bool {
    a.distance(b) < 0.05
}

#[test]
fn a_side_of_the_outline_moves_alone_or_with_the_other() {
    for (mirrored, other_moves) in [(true, -30.0), (false, 0.0)] {
        let (mut editor, mut controller) = measured();
        let [centre, top, right, left] = head(&editor).handles();
        let settings = ToolSettings { mirrored, ..settings(ToolKind::Head) };
        drag_with(&mut editor, &mut controller, &settings, &[(right.x, right.y), (right.x + 30.0, right.y + 7.0)]);
        let after = head(&editor);
        let [_, _, right_after, left_after] = after.handles();
        assert!(near(right_after, right.moved(30.0, 0.0)), "mirrored {mirrored}: {right:?} to {right_after:?}");
        assert!(near(left_after, left.moved(other_moves, 0.0)), "mirrored {mirrored}: {left:?} to {left_after:?}");
        assert!(after.by_hand && controller.selected == Some(Handle::Head(HeadHandle::Right)), "{after:?}");
        assert!(editor.undo() && editor.view().head.is_none());
        assert_eq!(head(&editor).handles(), [centre, top, right, left]);
    }
}

#[test]
fn the_top_of_the_outline_sets_height_and_lean() {
    for mirrored in [true, false] {
        let (mut editor, mut controller) = measured();
        let before = head(&editor);
        let settings = ToolSettings { mirrored, ..settings(ToolKind::Head) };
        let still = if mirrored { before.centre } else { before.on_outline(0.0, -1.0) };
        let top = before.on_outline(0.0, 1.0);
        let way: Vec<_> = (0..=40).map(|step| (top.x + 2.0 * f64::from(step), top.y - f64::from(step))).collect();
        drag_with(&mut editor, &mut controller, &settings, &way);
        let after = head(&editor);
        let kept = if mirrored { after.centre } else { after.on_outline(0.0, -1.0) };
        // A lean is kept to a tenth of a degree, which is half a pixel of a picture of this size.
        assert!(after.on_outline(0.0, 1.0).distance(top.moved(80.0, -40.0)) < 0.6, "mirrored {mirrored}: {after:?}");
        assert!(kept.distance(still) < 0.5, "mirrored {mirrored}: {still:?} to {kept:?}");
        assert!(after.roll > 0.0 && (after.half_width - before.half_width).abs() < 1e-3, "{after:?}");
    }
}

#[test]
fn the_middle_of_the_outline_moves_it_as_it_is() {
    let (mut editor, mut controller) = measured();
    let before = head(&editor);
    let at = before.centre;
    drag(&mut editor, &mut controller, ToolKind::Head, &[(at.x, at.y), (at.x + 33.0, at.y - 44.0)]);
    let centre = at.moved(33.0, -44.0).rounded();
    let after = head(&editor);
    assert!(near(after.centre, centre), "{centre:?} {after:?}");
    assert_eq!((after.half_width, after.half_height), (before.half_width, before.half_height));
}

#[test]
fn an_outline_cannot_be_turned_inside_out() {
    let (mut editor, mut controller) = measured();
    let [centre, _, right, _] = head(&editor).handles();
    drag(&mut editor, &mut controller, ToolKind::Head, &[(right.x, right.y), (centre.x - 500.0, centre.y)]);
    assert_eq!(head(&editor).half_width, 8.0);
    let top = head(&editor).on_outline(0.0, 1.0);
    drag(&mut editor, &mut controller, ToolKind::Head, &[(top.x, top.y), (centre.x, centre.y)]);
    assert!(head(&editor).half_height >= 8.0, "{:?}", head(&editor));
    survives_its_file(editor.design());
}

#[test]
fn two_taps_set_the_probe_and_its_places_can_be_dragged() {
    let (mut editor, mut controller) = measured();
    let at = PhotoPoint::new;
    tap(&mut editor, &mut controller, ToolKind::Probe, 300.0, 700.0);
    assert_eq!((controller.pending_stubble, editor.view().probe), (Some(at(300.0, 700.0)), None));
    tap(&mut editor, &mut controller, ToolKind::Probe, 302.0, 700.0);
    assert_eq!(editor.view().probe, None, "a second tap on the same spot is no bare skin");
    tap(&mut editor, &mut controller, ToolKind::Probe, 380.0, 700.0);
    let probe = Probe { stubble: at(302.0, 700.0), skin: at(380.0, 700.0), darkening: 0.0 };
    assert_eq!((editor.view().probe, controller.pending_stubble), (Some(probe), None));
    drag(&mut editor, &mut controller, ToolKind::Probe, &[(385.0, 700.0), (445.0, 760.0)]);
    drag(&mut editor, &mut controller, ToolKind::Probe, &[(302.0, 700.0), (-500.0, 700.0)]);
    let probe = editor.view().probe.unwrap();
    assert_eq!((probe.stubble, probe.skin), (at(0.0, 700.0), at(440.0, 760.0)));
    survives_its_file(editor.design());
    editor.apply(Handle::Skin.removed(editor.view()).unwrap()).unwrap();
    assert_eq!(editor.view().probe, None);
}

#[test]
fn another_tool_forgets_half_a_probe() {
    let (mut editor, mut controller) = measured();
    tap(&mut editor, &mut controller, ToolKind::Probe, 300.0, 700.0);
    tap(&mut editor, &mut controller, ToolKind::Lasso, 500.0, 700.0);
    assert_eq!(controller.pending_stubble, None);
}

#[test]
fn what_is_read_under_a_probe_goes_with_the_step_that_set_it() {
    let (mut editor, mut controller) = measured();
    tap(&mut editor, &mut controller, ToolKind::Probe, 300.0, 700.0);
    tap(&mut editor, &mut controller, ToolKind::Probe, 380.0, 700.0);
    let seen = Probe { darkening: 0.42, ..editor.view().probe.unwrap() };
    editor.apply_unrecorded(Command::SetProbe(Some(seen))).unwrap();
    assert!(editor.undo() && editor.view().probe.is_none());
    assert!(editor.redo());
    assert_eq!(editor.view().probe, Some(seen));
}

#[test]
fn nothing_is_taken_hold_of_without_a_photo() {
    let kinds = [
        ToolKind::Head,
        ToolKind::Probe,
        ToolKind::Lasso,
        ToolKind::Scar,
        ToolKind::PartLine,
        ToolKind::Temple,
        ToolKind::Landmarks,
        ToolKind::Line,
    ];
    for kind in kinds {
        let (mut editor, mut controller) = (Editor::new(Parameters::default(), 1), ToolController::default());
        drag(&mut editor, &mut controller, kind, &circle((0.0, 0.0), 300.0));
        tap(&mut editor, &mut controller, kind, 5.0, 5.0);
        assert_eq!(*editor.design(), Design::new(&Parameters::default(), 1), "{kind:?}");
        assert!(controller.selected.is_none() && !controller.is_busy() && !editor.in_gesture(), "{kind:?}");
    }
}

#[test]
fn the_other_end_of_a_pen_does_what_its_tip_does_where_nothing_can_be_rubbed_out() {
    for (kind, way) in ways() {
        let made = |eraser: bool| {
            let (mut editor, mut controller) = ready(kind);
            let (settings, at) = (settings(kind), |(x, y): (f64, f64)| PhotoPoint::new(x, y));
            controller.down(&mut editor, &settings, at(way[0]), PointerKind::Pen { eraser });
            way.iter().for_each(|place| controller.moved(&mut editor, &settings, at(*place)));
            controller.complete(&mut editor, &settings, at(*way.last().unwrap()));
            editor.design().clone()
        };
        assert_eq!(made(true), made(false), "{kind:?}");
    }
}

fn line(editor: &Editor) -> Hairline {
    editor.view().hairline.clone().unwrap()
}

#[test]
fn a_corner_that_is_dragged_stays_one_and_snaps_with_its_mirror_image() {
    let way = [(610.0, 640.0), (600.0, 620.0), (576.0, 590.0)];
    for (snaps, x) in [(true, 570.0), (false, 576.0)] {
        let (mut editor, mut controller) = ready(ToolKind::Line);
        controller.snap = if snaps { controller.snap } else { Snap::default() };
        drag(&mut editor, &mut controller, ToolKind::Line, &way);
        let line = line(&editor);
        assert_eq!((line.handles[1], line.handles[3]), (PhotoPoint::new(x, 590.0), PhotoPoint::new(1600.0 - x, 590.0)));
        assert_eq!(line.corners, [1, 3]);
    }
}

#[test]
fn a_corner_is_turned_smooth_and_back_by_one_step_each() {
    let (mut editor, _) = ready(ToolKind::Line);
    let before = line(&editor);
    editor.apply(Command::SetHairline(Some(before.with_corner_turned(1)))).unwrap();
    assert_eq!(line(&editor).corners, [3]);
    assert!(editor.undo() && line(&editor) == before);
}

#[test]
fn a_handle_that_snaps_stays_in_the_picture() {
    let (mut editor, mut controller) = ready(ToolKind::Line);
    let outside = vec![PhotoPoint::new(-6.0, 0.0), PhotoPoint::new(-6.0, 2000.0)];
    controller.snap = Snap { lines: [outside].into(), within: PhotoPx(8.0) };
    drag(&mut editor, &mut controller, ToolKind::Line, &[(560.0, 800.0), (1.0, 800.0)]);
    assert_eq!(line(&editor).handles[0], PhotoPoint::new(0.0, 800.0));
}

#[test]
fn a_landmark_is_dragged_and_goes_back_to_its_proposal() {
    let (mut editor, mut controller) = measured();
    let handle = Handle::Landmark(Landmark::Chin);
    let place = |editor: &Editor, handle: Handle| handle.position(editor.view(), editor.parameters()).unwrap();
    let proposed = place(&editor, handle);
    let end = (proposed.x + 3.0, proposed.y + 40.0);
    drag(&mut editor, &mut controller, ToolKind::Landmarks, &[(proposed.x, proposed.y), end]);
    assert!(near(place(&editor, handle), proposed.moved(3.0, 40.0)) && controller.selected == Some(handle));
    let nose = place(&editor, Handle::Landmark(Landmark::NoseBase));
    editor.apply(handle.removed(editor.view()).unwrap()).unwrap();
    assert!(near(place(&editor, handle), proposed) && handle.removed(editor.view()).is_none());
    assert_ne!(
        place(&editor, Handle::Landmark(Landmark::NoseBase)),
        nose,
        "one landmark tells something of the others"
    );
    drag(&mut editor, &mut controller, ToolKind::Landmarks, &[(proposed.x, proposed.y), (5000.0, 9000.0)]);
    assert_eq!(place(&editor, handle), PhotoPoint::new(1600.0, 2000.0));
}

#[test]
fn a_temple_has_its_hair_behind_it_whichever_way_it_is_drawn() {
    for x in [560.0, 1040.0] {
        for down in [true, false] {
            let (mut editor, mut controller) = measured();
            let mut way: Vec<(f64, f64)> = (0..=20).map(|step| (x, 650.0 + 10.0 * f64::from(step))).collect();
            if !down {
                way.reverse();
            }
            drag(&mut editor, &mut controller, ToolKind::Temple, &way);
            let band = bands(&editor).remove(0);
            let behind = PhotoPoint::new(if x < 800.0 { x - 20.0 } else { x + 20.0 }, 750.0);
            assert!(band.curve().project(behind).unwrap().side > 0.0, "{band:?} drawn downwards: {down}");
            assert_eq!((band.kind, controller.selected), (BandKind::Temple, Some(Handle::Band(0, 0))));
        }
    }
}
