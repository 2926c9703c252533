//! The sample head: a calm, bald, synthetic face drawn by code, with a truth in millimetres.
//!
//! It is the picture of "Try it without a photo", which stands in `assets/sample` as this package's command writes it, and
//! the test picture that measured lengths, areas and densities are held against. It knows nothing of the program. It owns the head's shape (`anatomy`, `features`), other builds of it (`build`), its surface (`skin`,
//! `eyes`, `hairs`), the studio (`light`), the camera (`camera`) and the way from lines of sight to pixels (`trace`,
//! `picture`). Geometry knows nothing of the camera, so the same head can be photographed from any side and distance.
//!
//! **Axes of the head**: millimetres; x to the right in the frontal picture, y up, z towards the frontal camera. The
//! pupils lie at y = 0, x = ±31.5.
//!
//! **Invariant**: the same scene gives the same bytes in every build. All arithmetic is made of sums, products, quotients
//! and square roots, which IEEE 754 fixes to the last bit; no sine, exponential or power of the standard library, whose
//! results may differ from machine to machine.
//!
//! Out of scope: likeness to any person, expression, hair.

mod anatomy;
mod build;
mod camera;
mod eyes;
mod features;
mod hairs;
mod light;
mod noise;
mod picture;
mod shapes;
mod side;
mod skin;
mod stored;
mod tone;
mod trace;
mod transfer;
mod truth;
mod vector;

use std::ops::Range;

pub use build::{Build, BuiltHead, Shape, Usual};
pub use camera::Camera;
pub use side::Side;
pub use stored::{picture_name, picture_scene, truths};
pub use tone::SampleTone;
pub use truth::SampleTruth;

/// Width of the sample picture, pixels.
pub const SAMPLE_WIDTH: u32 = 1200;

/// Height of the sample picture, pixels.
pub const SAMPLE_HEIGHT: u32 = 1500;

/// A head before a camera: what [`render_rows`] draws. Making one costs a few milliseconds.
///
/// The head is the [`Usual`] one or, for tests that want many heads, one of another [`Build`].
pub struct SampleScene<S = Usual> {
    width: u32,
    height: u32,
    camera: Camera,
    shape: S,
    complexion: tone::Complexion,
    hairs: hairs::Hairs,
    transfer: transfer::Transfer,
}

impl SampleScene {
    /// The head in the given tone, as a picture of `width` x `height` pixels taken by `camera`.
    #[must_use]
    pub fn new(camera: Camera, size: (u32, u32), tone: SampleTone) -> Self {
        Self::of(Usual, camera, size, tone)
    }

    /// The scene of [`sample_head`]: from the front with a long lens, 1200 x 1500 pixels.
    #[must_use]
    pub fn frontal(tone: SampleTone) -> Self {
        Self::new(Camera::frontal(), (SAMPLE_WIDTH, SAMPLE_HEIGHT), tone)
    }
}

impl SampleScene<BuiltHead> {
    /// A head of another build, else as [`SampleScene::new`]. What is out of the build's ranges is taken as the nearest
    /// within. Drawing it costs about a quarter more than the usual head.
    #[must_use]
    pub fn with_build(camera: Camera, size: (u32, u32), tone: SampleTone, build: Build) -> Self {
        Self::of(BuiltHead::of(build), camera, size, tone)
    }

    /// The head's build.
    #[must_use]
    pub fn build(&self) -> Build {
        self.shape.build()
    }
}

impl<S: Shape> SampleScene<S> {
    fn of(shape: S, camera: Camera, (width, height): (u32, u32), tone: SampleTone) -> Self {
        Self {
            width,
            height,
            camera,
            shape,
            complexion: tone::Complexion::of(tone),
            hairs: hairs::Hairs::new(),
            transfer: transfer::Transfer::new(),
        }
    }

    /// The same head without the shadow of shaved hair at its sides.
    #[must_use]
    pub fn without_stubble(mut self) -> Self {
        self.complexion.shaved = 0.0;
        self
    }

    /// Where the picture is taken from.
    #[must_use]
    pub fn camera(&self) -> &Camera {
        &self.camera
    }

    /// Picture width, pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Picture height, pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Where the head's landmarks lie in this picture. Costs about 15 ms, most of it for the outline.
    #[must_use]
    pub fn truth(&self) -> SampleTruth {
        truth::of(&self.shape, &self.camera)
    }

    /// The point of the bare head (no ears, no neck) that is seen at a place of the picture (photo pixels): head's axes, mm.
    /// `None` where the line of sight passes the head.
    #[must_use]
    pub fn surface(&self, x: f64, y: f64) -> Option<[f64; 3]> {
        truth::surface(&self.shape, &self.camera, (x, y))
    }

    /// The foremost point of the bare head so far to the right of the midline and above the pupils, mm: head's axes, mm.
    /// `None` beside the head.
    #[must_use]
    pub fn foremost(&self, right: f64, up: f64) -> Option<[f64; 3]> {
        truth::foremost(&self.shape, (right, up))
    }
}

/// The sample picture and what is known of it.
pub struct SampleHead {
    /// sRGB, 8 bits a channel, R G B A, row by row from the top, every alpha 255: `width * height * 4` bytes.
    pub pixels: Vec<u8>,
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Scale and landmarks.
    pub truth: SampleTruth,
}

/// Some rows of the scene's picture, in the layout of [`SampleHead::pixels`]. Rows below the picture are left out.
///
/// Strips put together equal the picture drawn at once, byte for byte. The cost grows with the head's share of the rows;
/// a strip costs up to 16 rows more than it shows, so strips of 100 rows waste little.
#[must_use]
pub fn render_rows<S: Shape>(scene: &SampleScene<S>, rows: Range<u32>) -> Vec<u8> {
    picture::render(scene, rows)
}

/// The sample head from the front, 1200 x 1500 pixels. Takes about 1.2 s on one core.
#[must_use]
pub fn sample_head(tone: SampleTone) -> SampleHead {
    let scene = SampleScene::frontal(tone);
    SampleHead {
        pixels: render_rows(&scene, 0..scene.height),
        width: scene.width,
        height: scene.height,
        truth: scene.truth(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    /// The default head, drawn once for all tests.
    static HEAD: LazyLock<SampleHead> = LazyLock::new(|| sample_head(SampleTone::default()));

    fn rgb(head: &SampleHead, x: f64, y: f64) -> [i32; 3] {
        let (x, y) = (x.floor() as usize, y.floor() as usize);
        let at = (y * head.width as usize + x) * 4;
        [0, 1, 2].map(|channel| i32::from(head.pixels[at + channel]))
    }

    /// The wall is bluish, skin, hair and eyes are not.
    fn is_wall([red, _, blue]: [i32; 3]) -> bool {
        blue > red
    }

    /// The middle of the nearly black pixels within 3.2 mm of a place.
    fn dark_middle(head: &SampleHead, (x, y): (f64, f64), px_per_mm: f64) -> Option<(f64, f64)> {
        let reach = (3.2 * px_per_mm) as i32;
        let mut found = Vec::new();
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (px, py) = (x + f64::from(dx), y + f64::from(dy));
                if dx * dx + dy * dy <= reach * reach && rgb(head, px, py).iter().sum::<i32>() < 75 {
                    found.push((px.floor() + 0.5, py.floor() + 0.5));
                }
            }
        }
        let count = found.len() as f64;
        let sum = found.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.0, sum.1 + p.1));
        (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
    }

    /// Whether a place lies inside a closed polygon.
    fn contains(outline: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
        let crosses = |i: usize| {
            let ((ax, ay), (bx, by)) = (outline[i], outline[(i + 1) % outline.len()]);
            (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
        };
        (0..outline.len()).filter(|&i| crosses(i)).count() % 2 == 1
    }

    #[test]
    fn the_picture_has_the_promised_size_and_is_opaque() {
        assert_eq!((HEAD.width, HEAD.height), (SAMPLE_WIDTH, SAMPLE_HEIGHT));
        assert_eq!(HEAD.pixels.len(), (SAMPLE_WIDTH * SAMPLE_HEIGHT * 4) as usize);
        assert!(HEAD.pixels.iter().skip(3).step_by(4).all(|&alpha| alpha == 255));
    }

    #[test]
    fn pupils_are_dark_where_the_truth_has_them_and_63_mm_apart() {
        let truth = &HEAD.truth;
        for pupil in [truth.pupil_left, truth.pupil_right] {
            let (x, y) = dark_middle(&HEAD, pupil, truth.px_per_mm).expect("a dark pupil");
            let off = ((x - pupil.0).powi(2) + (y - pupil.1).powi(2)).sqrt() / truth.px_per_mm;
            assert!(off < 0.25, "{off} mm from {pupil:?}");
        }
        let apart = (truth.pupil_right.0 - truth.pupil_left.0) / truth.px_per_mm;
        assert!((apart - 63.0).abs() < 1e-9, "{apart}");
        assert_eq!(truth.pupil_left.1, truth.pupil_right.1);
    }

    #[test]
    fn the_iris_is_11_7_mm_wide() {
        let (x, y) = HEAD.truth.pupil_left;
        // below the reflection and beside the pupil, outwards until the white begins
        let edge = |step: f64| {
            let mut r = 3.0 * HEAD.truth.px_per_mm;
            while rgb(&HEAD, x + step * r, y + 3.0).iter().sum::<i32>() < 330 {
                r += 0.25;
            }
            r
        };
        let width = (edge(-1.0) + edge(1.0)) / HEAD.truth.px_per_mm;
        assert!((width - 11.7).abs() < 0.5, "{width}");
    }

    #[test]
    fn the_glabella_is_bare_skin_between_the_brows() {
        let (x, y) = HEAD.truth.glabella;
        let mm = HEAD.truth.px_per_mm;
        let [red, _, blue] = rgb(&HEAD, x, y);
        assert!(red > 150 && red > blue + 20, "{red} {blue}");
        let hairs = |from: f64, to: f64| {
            let places = (0..400).map(|i| (from + (to - from) * f64::from(i % 40) / 40.0, f64::from(i / 40) - 3.0));
            places.filter(|&(dx, dy)| rgb(&HEAD, x + dx * mm, y - dy * mm).iter().sum::<i32>() < 250).count()
        };
        let (left, middle, right) = (hairs(-40.0, -14.0), hairs(-8.0, 8.0), hairs(14.0, 40.0));
        assert!(left > 60 && right > 60, "{left} {right}");
        assert_eq!(middle, 0);
    }

    #[test]
    fn the_outline_parts_head_and_wall() {
        let truth = &HEAD.truth;
        let mm = truth.px_per_mm;
        let (cx, cy) = truth.glabella;
        for &(x, y) in &truth.outline {
            let length = ((x - cx).powi(2) + (y - cy).powi(2)).sqrt();
            let (ux, uy) = ((x - cx) / length, (y - cy) / length);
            assert!(!is_wall(rgb(&HEAD, x - ux * mm, y - uy * mm)), "inside {x} {y}");
            // ears and neck hide the wall below the brows
            if y < cy {
                assert!(is_wall(rgb(&HEAD, x + ux * mm, y + uy * mm)), "outside {x} {y}");
            }
        }
        for up in [10.0, 40.0, 75.0] {
            for side in [-30.0, 0.0, 30.0] {
                assert!(contains(&truth.outline, (cx + side * mm, cy - up * mm)), "{side} {up}");
            }
        }
        assert!(!contains(&truth.outline, (cx + 90.0 * mm, cy)));
        assert!(!contains(&truth.outline, (cx, cy - 105.0 * mm)));
    }

    #[test]
    fn the_top_of_the_head_is_the_vertex_with_room_above() {
        let (x, y) = HEAD.truth.vertex;
        let first = (0..SAMPLE_HEIGHT).find(|&row| !is_wall(rgb(&HEAD, x, f64::from(row)))).expect("a head");
        assert!((f64::from(first) - y).abs() < 1.5, "{first} {y}");
        assert!(y > 25.0 * HEAD.truth.px_per_mm, "{y}");
    }

    #[test]
    fn strips_equal_the_whole_and_a_second_drawing_the_first() {
        let scene = SampleScene::frontal(SampleTone::default());
        let mut y = 0;
        for height in [1, 6, 57, 300, 113, 2, 500, 700] {
            let rows = y..(y + height).min(SAMPLE_HEIGHT);
            let stride = SAMPLE_WIDTH as usize * 4;
            let expected = &HEAD.pixels[rows.start as usize * stride..rows.end as usize * stride];
            assert!(render_rows(&scene, rows.clone()) == expected, "{rows:?}");
            y = rows.end;
        }
        assert_eq!(y, SAMPLE_HEIGHT);
        assert!(render_rows(&scene, 1490..1600).len() == 10 * SAMPLE_WIDTH as usize * 4);
        assert!(render_rows(&scene, 1500..1600).is_empty());
    }

    /// FNV-1a of the default head's pixels. The picture may change only after someone has looked at it; a different
    /// number on another machine means that an operation has crept in whose result is not fixed.
    const LOOKED_AT: u64 = 0x0344_8c3c_e7d9_78f5;

    #[test]
    fn the_picture_is_the_one_that_was_looked_at() {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = HEAD.pixels.iter().fold(0xcbf2_9ce4_8422_2325, step);
        assert_eq!(hash, LOOKED_AT, "{hash:#018x}");
    }

    #[test]
    fn tones_are_drawn_from_light_to_dark() {
        let camera = Camera { px_per_mm: 1.0, target_px: (120.0, 145.0), ..Camera::frontal() };
        let forehead = SampleTone::ALL.map(|tone| {
            let pixels = render_rows(&SampleScene::new(camera, (240, 300), tone), 80..100);
            let row = &pixels[240 * 4 * 10..240 * 4 * 11];
            row.chunks_exact(4).skip(100).take(40).map(|p| u32::from(p[1])).sum::<u32>() / 40
        });
        assert!(forehead.is_sorted_by(|a, b| a > b), "{forehead:?}");
        // what is lit from the front looks about as light as its swatch
        for (tone, green) in SampleTone::ALL.iter().zip(forehead) {
            let swatch = u32::from(tone.swatch()[1]);
            assert!(green.abs_diff(swatch) < 45, "{tone:?}: {green}, swatch {swatch}");
        }
    }

    #[test]
    fn a_head_of_another_build_is_where_its_truth_has_it() {
        let (size, target_px) = ((560, 640), (280.0, 310.0));
        let camera = Camera { px_per_mm: 2.0, target_px, ..Camera::frontal() };
        for build in build::tests::BUILDS {
            let scene = SampleScene::with_build(camera, size, SampleTone::default(), build);
            let truth = scene.truth();
            let pixels = render_rows(&scene, 0..size.1);
            let head = SampleHead { pixels, width: size.0, height: size.1, truth: truth.clone() };
            let apart = (truth.pupil_right.0 - truth.pupil_left.0) / camera.px_per_mm;
            assert!((apart - build.pupils_mm).abs() < 1e-9, "{build:?}: {apart}");
            for pupil in [truth.pupil_left, truth.pupil_right] {
                let (x, y) = dark_middle(&head, pupil, camera.px_per_mm).expect("a dark pupil");
                let off = ((x - pupil.0).powi(2) + (y - pupil.1).powi(2)).sqrt() / camera.px_per_mm;
                assert!(off < 0.4, "{build:?}: {off} mm from {pupil:?}");
            }
            let (cx, cy) = truth.glabella;
            for &(x, y) in &truth.outline {
                let length = ((x - cx).powi(2) + (y - cy).powi(2)).sqrt();
                let (ux, uy) = (camera.px_per_mm * (x - cx) / length, camera.px_per_mm * (y - cy) / length);
                assert!(!is_wall(rgb(&head, x - ux, y - uy)), "{build:?}: inside {x} {y}");
                if y < cy {
                    assert!(is_wall(rgb(&head, x + ux, y + uy)), "{build:?}: outside {x} {y}");
                }
            }
            let (_, top) = truth.vertex;
            let height = (target_px.1 - top) / camera.px_per_mm;
            // 117 mm, seen a little smaller behind the plane of the pupils
            assert!((height / build.height - 115.4).abs() < 0.6, "{build:?}: {height}");
        }
    }

    #[test]
    fn from_elsewhere_the_eyes_are_where_the_truth_has_them() {
        let (size, target_px) = ((500, 500), (250.0, 250.0));
        let camera =
            Camera { distance_mm: 600.0, toward: [0.28, 0.0, 0.96], px_per_mm: 3.0, target_px, ..Camera::frontal() };
        let scene = SampleScene::new(camera, size, SampleTone::default());
        let truth = scene.truth();
        let pixels = render_rows(&scene, 0..size.1);
        let head = SampleHead { pixels, width: size.0, height: size.1, truth: truth.clone() };
        for pupil in [truth.pupil_left, truth.pupil_right] {
            let (x, y) = dark_middle(&head, pupil, camera.px_per_mm).expect("a dark pupil");
            let off = ((x - pupil.0).powi(2) + (y - pupil.1).powi(2)).sqrt() / camera.px_per_mm;
            assert!(off < 0.8, "{off} mm from {pupil:?}");
        }
        let apart = (truth.pupil_right.0 - truth.pupil_left.0) / camera.px_per_mm;
        assert!(apart < 62.0, "turned eyes must look nearer together: {apart}");
    }
}
