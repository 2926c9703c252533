//! A head with hair at its sides, drawn strand by strand, and the same with its hair clipped: left and right. What to look for: no
//! border of what was replaced, the same texture there as beside it, no strand before the wall, an edge as sharp as that of the top.

use super::picture::{Picture, looked_at};
use super::{HEAD, SHEETS_FOLDER};
use crate::drawn_strands::{BROWN, Grows, HairStyle, Hairy, with_hair};
use hairline_designer::engine::calibration::{Head, Surface};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::clipped::{ClippedInput, ClippedPhoto, Detail, HairMask};
use hairline_designer::engine::design::View;
use hairline_designer::engine::editor::AnalysisImage;
use hairline_designer::engine::geometry::{PhotoPoint, PxPerMm};
use hairline_designer::engine::render::PixelRect;
use sample_head::{Camera, SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleScene, SampleTone, Usual, render_rows};

/// The picture over the sample picture.
const SMALLER: f64 = 0.3;
/// What is shown of it, pixels: left, upper, right and lower edge.
const SHOWN: (usize, usize, usize, usize) = (50, 25, 310, 235);
const MAX_BYTES: u64 = 260_000;
/// FNV-1a over the clipped picture's bytes.
const FINGERPRINT: u64 = 0xd498_7f5a_87d7_d38a;

fn scene() -> SampleScene<Usual> {
    let usual = Camera::frontal();
    let target_px = (usual.target_px.0 * SMALLER, usual.target_px.1 * SMALLER);
    let camera = Camera { px_per_mm: usual.px_per_mm * SMALLER, target_px, ..usual };
    let size = |side: u32| (f64::from(side) * SMALLER) as u32;
    SampleScene::new(camera, (size(SAMPLE_WIDTH), size(SAMPLE_HEIGHT)), SampleTone::default()).without_stubble()
}

fn with_sides(scene: &SampleScene<Usual>) -> Hairy {
    let style = HairStyle { grows: Grows::Sides, length_mm: 15.0, colour: BROWN };
    with_hair(scene, &render_rows(scene, 0..scene.height()), &style, 3)
}

fn clipped(scene: &SampleScene<Usual>, hairy: &Hairy) -> Vec<u8> {
    let (width, height) = (scene.width() as usize, scene.height() as usize);
    let smaller = |point: PhotoPoint| PhotoPoint::new(point.x * SMALLER, point.y * SMALLER);
    let (half_width, half_height) = (HEAD.half_width * SMALLER, HEAD.half_height * SMALLER);
    let head = Head { centre: smaller(HEAD.centre), half_width, half_height, ..HEAD };
    let px_per_mm = PxPerMm::new(scene.camera().px_per_mm).unwrap();
    let truth = scene.truth();
    let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
    let pupils = at(truth.pupil_left).lerp(at(truth.pupil_right), 0.5);
    let surface = Surface::of_head(&head, px_per_mm, Some(pupils), &View::head_parameters(&Parameters::default()));
    let silhouette: Vec<PhotoPoint> = truth.outline.iter().map(|place| at(*place)).collect();
    let image = AnalysisImage::new(hairy.pixels.clone(), width, 1.0);
    let hair = HairMask { shares: hairy.shares.clone(), columns: width, rows: height, zoom: 1.0 };
    let input = ClippedInput {
        image: &image,
        hair: &hair,
        ears: None,
        arms: &[],
        possible: None,
        silhouette: &silhouette,
        head: &head,
        surface: &surface,
        px_per_mm,
        detail: Detail::Whole,
    };
    let mut pixels = hairy.pixels.clone();
    ClippedPhoto::new(&input, 1).unwrap().apply(&mut pixels, PixelRect { x: 0, y: 0, width, height }, 1.0);
    pixels
}

fn shown(pixels: &[u8], width: usize) -> Picture {
    let (left, upper, right, lower) = SHOWN;
    let rows = (upper..lower).flat_map(|row| pixels[(row * width + left) * 4..(row * width + right) * 4].to_vec());
    Picture::of_rgba(right - left, &rows.collect::<Vec<u8>>())
}

#[test]
fn a_clipped_head_is_the_one_that_was_looked_at() {
    let scene = scene();
    let hairy = with_sides(&scene);
    let clipped = clipped(&scene, &hairy);
    let width = scene.width() as usize;
    let pictures = Picture::row(&[shown(&hairy.pixels, width), shown(&clipped, width)]);
    looked_at(SHEETS_FOLDER, "clipped", &pictures, MAX_BYTES).unwrap();
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = clipped.iter().fold(0xcbf2_9ce4_8422_2325, step);
    assert_eq!(hash, FINGERPRINT, "{hash:#018x}");
}
