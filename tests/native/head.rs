//! The sample head as tests use it: its truth, and a design measured by its true marks.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{Appearance, PhotoRef};
use hairline_designer::engine::editor::{AnalysisImage, Command, Editor, LineStyle, default_boundary, proposed_line};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use sample_head::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleScene, SampleTone, SampleTruth, sample_head};
use std::sync::LazyLock;

/// What is known of the sample picture.
pub(crate) static TRUTH: LazyLock<SampleTruth> = LazyLock::new(|| SampleScene::frontal(SampleTone::default()).truth());

/// A place of the truth.
pub(crate) fn point((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(x, y)
}

/// The side as the package that draws the head names it.
pub(crate) fn sample_side(side: Side) -> sample_head::Side {
    match side {
        Side::Front => sample_head::Side::Front,
        Side::Top => sample_head::Side::Top,
        Side::Left => sample_head::Side::Left,
        Side::Right => sample_head::Side::Right,
        Side::Back => sample_head::Side::Back,
    }
}

/// The sample picture with marks on the true pupils and the true glabella.
pub(crate) fn measured() -> Editor {
    let mut editor = Editor::new(Parameters::default(), scene::SEED);
    let digest = "fnv1a64-0-sample".to_owned();
    let photo = PhotoRef { width: SAMPLE_WIDTH, height: SAMPLE_HEIGHT, quarter_turns: 0, level: 0.0, digest };
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let calibration = Calibration { reference, a: point(TRUTH.pupil_left), b: point(TRUTH.pupil_right) };
    editor.apply(Command::OpenPhoto(photo)).unwrap();
    editor.apply(Command::Calibrate(Some(calibration))).unwrap();
    editor.apply(Command::SetGlabella(point(TRUTH.glabella))).unwrap();
    editor
}

/// What the program sees of the picture: half its pixels along a side, as in the page.
pub(crate) fn seen(tone: SampleTone) -> AnalysisImage {
    let head = sample_head(tone);
    halved(&head.pixels, (head.width as usize, head.height as usize))
}

/// RGBA pixels of a size, seen at half of it.
pub(crate) fn halved(pixels: &[u8], (wide, high): (usize, usize)) -> AnalysisImage {
    let width = wide / 2;
    let value = |x: usize, y: usize, channel: usize| u32::from(pixels[(y * wide + x) * 4 + channel]);
    let mean = |x: usize, y: usize, channel: usize| {
        let (x, y) = (2 * x, 2 * y);
        let sum =
            value(x, y, channel) + value(x + 1, y, channel) + value(x, y + 1, channel) + value(x + 1, y + 1, channel);
        (sum / 4) as u8
    };
    let rows = 0..high / 2;
    let pixels =
        rows.flat_map(|y| (0..width).flat_map(move |x| [0, 1, 2, 3].map(|channel| mean(x, y, channel)))).collect();
    AnalysisImage::new(pixels, width, 0.5)
}

/// The proposed line on it, with the area behind it that is proposed where nothing, or this, is seen of the picture.
pub(crate) fn proposed(
    style: LineStyle,
    density: f64,
    softness: f64,
    analysis_image: Option<&AnalysisImage>,
) -> Editor {
    let mut editor = measured();
    let line = proposed_line(editor.view(), editor.parameters(), style);
    let fill = default_boundary(editor.view(), editor.parameters(), &line, density, analysis_image);
    editor.apply(Command::SetHairline(Some(line))).unwrap();
    editor.apply(Command::AreaFill(Some(fill))).unwrap();
    let look = Appearance { softness, ..editor.design().look.clone() };
    editor.apply(Command::SetLook(look)).unwrap();
    editor
}
