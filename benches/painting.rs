//! How dear painting is, as a ratio to a floor measured in the same run: filling the bytes of one whole overlay, which no
//! program that repaints everything can beat.
//!
//! One brush movement over a photo of 12 megapixels with 50,000 dots: the stroke grows, the dots follow, the changed part
//! is drawn and made into bytes. Then all of it is painted anew, as while a slider of the look is moved and as when it is let go; and
//! the edges' softness is moved, which lets dots appear and vanish.
//! `make bench` prints medians of many.

use hairline_designer::engine::calibration::{Calibration, Reference};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{Appearance, AreaFill, Hairline, PhotoRef};
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::editor::tools::{BrushSettings, ToolController, ToolKind, ToolSettings};
use hairline_designer::engine::editor::{Command, CommandError, Editor, PointerKind};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use hairline_designer::engine::render::{Ink, PixelRect, Raster};
use std::hint::black_box;
use std::io::Write;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// A phone's photo, 7 pixels a millimetre.
const SIZE: (u32, u32) = (3024, 4032);
/// Screen pixels per photo pixel: the photo fitted to a stage of 800 pixels.
const ZOOM: f64 = 0.2;
const MOVES: usize = 400;
const FRAMES: usize = 40;

fn main() -> Result<(), CommandError> {
    let mut editor = painted()?;
    let mut field = Field::new(Rc::new(BlueNoiseTile::grow(1)), 1);
    field.sync(editor.design(), editor.parameters());
    let dots = field.dots().len();
    let mut moves = Vec::new();
    let mut floors = Vec::new();
    let settings = ToolSettings {
        kind: ToolKind::Eraser,
        reach: PhotoPx(20.0),
        mirrored: false,
        brush: BrushSettings::new(&Parameters::default()),
        reference: Reference::Points { distance: Mm(100.0) },
        band_width: Mm(8.0),
        band_density: 120.0,
        patch_density: 120.0,
    };
    let mut controller = ToolController::default();
    let way = |step: usize| PhotoPoint::new(700.0 + (step % 200) as f64 * 8.0, 1500.0 + (step / 200) as f64 * 90.0);
    controller.down(&mut editor, &settings, way(0), PointerKind::Mouse);
    field.sync(editor.design(), editor.parameters());
    let mut raster = Raster::new(PixelRect::default());
    let mut bytes = Vec::new();
    let mut frame = vec![0_u8; 605 * 807 * 4];
    for step in 1..MOVES {
        let began = Instant::now();
        controller.moved(&mut editor, &settings, way(step));
        let changed = field.sync(editor.design(), editor.parameters());
        let scale = editor.view().scale(editor.parameters()).px_per_mm.get();
        let ink = Ink::new(&editor.design().look, editor.parameters(), scale * ZOOM, Mm(0.0));
        let reach = f64::from(ink.reach()) / ZOOM;
        raster.restart(PixelRect::covering(changed.inflated(reach), ZOOM, 605, 807));
        raster.draw(&field, &ink, ZOOM, None);
        raster.overlay(&ink, &mut bytes);
        moves.push(began.elapsed());
        black_box(&bytes);
        let began = Instant::now();
        frame.fill(step as u8);
        black_box(&frame);
        floors.push(began.elapsed());
    }
    let floor = median(floors);
    report(&format!("brush movement with {dots} dots"), median(moves), floor);
    for (what, make) in [("a look that is slid", Ink::sketch as MakeInk), ("a look that was let go", Ink::new)] {
        report(&format!("{what}, with {dots} dots"), look(&editor, &field, make), floor);
    }
    report(&format!("edges that are softened, with {dots} dots"), soften(&mut editor, &mut field)?, floor);
    Ok(())
}

/// The median time in which the dots follow edges of another softness.
fn soften(editor: &mut Editor, field: &mut Field) -> Result<Duration, CommandError> {
    let mut frames = Vec::new();
    for step in 0..FRAMES {
        // A golden share of the way further each time, so that no two softnesses are near each other.
        let softness = (step as f64 * 0.618) % 1.0;
        let began = Instant::now();
        editor.apply(Command::SetLook(Appearance { softness, ..editor.design().look.clone() }))?;
        black_box(field.sync(editor.design(), editor.parameters()));
        frames.push(began.elapsed());
    }
    Ok(median(frames))
}

/// Makes the ink of a look for a resolution.
type MakeInk = fn(&Appearance, &Parameters, f64, Mm) -> Ink;

/// The median time in which everything is painted in an ink.
fn look(editor: &Editor, field: &Field, make: MakeInk) -> Duration {
    let scale = editor.view().scale(editor.parameters()).px_per_mm.get();
    let mut raster = Raster::new(PixelRect::default());
    let mut bytes = Vec::new();
    let frames = (0..FRAMES).map(|_| {
        let began = Instant::now();
        let ink = make(&editor.design().look, editor.parameters(), scale * ZOOM, Mm(0.0));
        raster.restart(PixelRect { x: 0, y: 0, width: 605, height: 807 });
        raster.draw(field, &ink, ZOOM, None);
        raster.overlay(&ink, &mut bytes);
        black_box(&bytes);
        began.elapsed()
    });
    median(frames.collect())
}

fn painted() -> Result<Editor, CommandError> {
    let mut editor = Editor::new(Parameters::default(), 1);
    let at = PhotoPoint::new;
    let photo = PhotoRef { width: SIZE.0, height: SIZE.1, quarter_turns: 0, level: 0.0, digest: String::new() };
    editor.apply(Command::OpenPhoto(photo))?;
    let reference = Reference::Points { distance: Mm(100.0) };
    editor.apply(Command::Calibrate(Some(Calibration { reference, a: at(1000.0, 3000.0), b: at(1700.0, 3000.0) })))?;
    let handles = vec![at(300.0, 2300.0), at(1512.0, 2000.0), at(2700.0, 2300.0)];
    editor.apply(Command::SetHairline(Some(Hairline::smooth(handles))))?;
    let fill = AreaFill::even(vec![at(500.0, 1400.0), at(1512.0, 1000.0), at(2500.0, 1400.0)], 120.0);
    editor.apply(Command::AreaFill(Some(fill)))?;
    Ok(editor)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn report(what: &str, movement: Duration, floor: Duration) {
    let ratio = movement.as_secs_f64() / floor.as_secs_f64().max(1e-9);
    let line = format!("{what} on 12 megapixels: {ratio:.1} times the floor ({movement:?} against {floor:?})\n");
    // A terminal that is gone needs no figures.
    let _ = std::io::stdout().write_all(line.as_bytes());
}
