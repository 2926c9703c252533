//! What a photo's own pixels say against it: its light, sharpness, size, lean, hair over the forehead, a camera held too near;
//! and the turn that levels it.
//!
//! Every remark is advice and holds nothing up. A check that cannot tell says nothing, because a false alarm on a good photo
//! does more harm than a poor photo that passes. What is wrong is a value ([`PhotoIssue`]); its sentence stands among the
//! program's texts. One row of [`CHECKS`] is one check.
//!
//! What cannot be told here: blur finer than some two pixels of the [`AnalysisImage`], and any blur where no strong edge is seen, as
//! on a crown that fills the picture; whether a dark picture is of dark skin in a dark room; hair over the forehead that is as
//! light as the skin and lies smooth; how near the camera was where hair widens the head's outline or the head is turned. A
//! close camera is taken from a face too large for its head: 30 cm and less is told apart from a metre, an arm's length is not.

use super::AnalysisImage;
use crate::engine::calibration::{FaceFrame, Head, Side};
use crate::engine::color::{grey_level, pixel_grey_level};
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PxPerMm};
use crate::engine::photo::PHOTO_LIMITS;

/// What is wrong with a photo.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PhotoIssue {
    /// Nothing in the picture is light, or nothing in the marked face.
    Dark,
    /// Much of the head has lost its drawing to white.
    Burnt,
    /// No edge is sharp in some direction: out of focus, or moved.
    Blurred,
    /// The head has so few pixels that dots cannot be told apart.
    Small,
    /// The eyes lie so many degrees clockwise from level.
    Tilted(f64),
    /// Hair or a cap covers the forehead, or dark glasses the cheeks that it is held against.
    HairOverForehead,
    /// The face looks too large for its head, as near cameras show it, or the head fills the picture.
    TooClose,
}

/// A photo and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct PhotoSample<'a> {
    /// Its pixels, scaled down.
    pub analysis_image: &'a AnalysisImage,
    /// Its width and height, photo pixels.
    pub size: (f64, f64),
    /// Its face, once the eyes are marked: then the light, the sharpness and the rest of the face count alone.
    pub face: Option<MarkedFace>,
}

/// A face whose eyes are marked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkedFace {
    /// Where it stands in the picture.
    pub frame: FaceFrame,
    /// Its pupils, in any order.
    pub pupils: (PhotoPoint, PhotoPoint),
    /// Its scale.
    pub px_per_mm: PxPerMm,
    /// The skull behind it.
    pub head: Head,
}

/// From where on a measure is a fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// Below this.
    Below(f64),
    /// Above this, whatever the sign.
    Above(f64),
}

/// One check.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// What is measured; `None` where it cannot be told.
    pub measure: fn(&PhotoSample) -> Option<f64>,
    /// From where on it is a fault.
    pub limit: Limit,
    /// The fault for such a measure.
    pub fault: fn(f64) -> PhotoIssue,
}

/// All checks, in the order in which they are told. "Measured" is on portraits and renders of all skin tones, as they are and
/// made worse.
pub const CHECKS: &[Check] = &[
    // Measured: from 157 on; a quarter of the levels gives 39 to 60.
    Check { measure: bright_of_picture, limit: Limit::Below(70.0), fault: |_| PhotoIssue::Dark },
    // Measured: from 142 on, a drawn face of Monk tone 9 at 92; a quarter of the levels gives 35 to 50. The darkest skin must
    // pass: its eyes and its shine are light.
    Check { measure: bright_of_face, limit: Limit::Below(55.0), fault: |_| PhotoIssue::Dark },
    // Measured: none of a good face; the shine of a bald head is a small part of this area (our estimate).
    Check { measure: white_of_face, limit: Limit::Above(0.12), fault: |_| PhotoIssue::Burnt },
    // Before the face is known a white wall may stand there, beside a small head (our estimate).
    Check { measure: white_of_middle, limit: Limit::Above(0.35), fault: |_| PhotoIssue::Burnt },
    // Measured: 1.2 to 2.6; from 3.8 on when smeared over 1.5 % of the picture's longer side, across, down or both.
    Check { measure: edge_width, limit: Limit::Above(3.0), fault: |_| PhotoIssue::Blurred },
    Check {
        measure: shorter_side,
        limit: Limit::Below(PHOTO_LIMITS.advised_side_px as f64),
        fault: |_| PhotoIssue::Small,
    },
    // Geometry: at 120 dots a cm2 the nearest stand 0.98 mm apart at most, so a dot has a pixel or less.
    Check { measure: px_per_mm, limit: Limit::Below(1.1), fault: |_| PhotoIssue::Small },
    // Our estimate: smaller leans are hardly noticed, and many portraits have them.
    Check { measure: lean, limit: Limit::Above(5.0), fault: PhotoIssue::Tilted },
    // Measured: 0 of a bare forehead, wrinkled or shaded ones included.
    Check { measure: dark_of_forehead, limit: Limit::Above(0.35), fault: |_| PhotoIssue::HairOverForehead },
    // Measured: up to 0.07 of a bare forehead.
    Check { measure: streaks_of_forehead, limit: Limit::Above(0.12), fault: |_| PhotoIssue::HairOverForehead },
    // Geometry: pupils 63 mm apart before a skull 150 mm broad whose middle lies 81 mm behind them give 0.45 at a metre and
    // 0.53 at 30 cm. People differ by 0.03 (one standard deviation). Measured: 0.30 to 0.45.
    Check { measure: eyes_over_breadth, limit: Limit::Above(0.53), fault: |_| PhotoIssue::TooClose },
    // Our estimate: nothing is left beside the ears. Measured: up to 0.72.
    Check { measure: head_over_picture, limit: Limit::Above(0.92), fault: |_| PhotoIssue::TooClose },
];

/// The share of a picture's or a face's points that are darker than what counts as its light: the rest may be a lamp.
const BRIGHT_AT: f64 = 0.97;
/// A point of this level has lost its drawing.
const WHITE: f64 = 250.0;
/// Points looked at along a side of an area.
const GRID: usize = 48;

/// An area of a face, mm from its glabella to the right and up, or of a picture, shares of its width and height.
#[derive(Debug, Clone, Copy)]
struct Area {
    x: (f64, f64),
    y: (f64, f64),
}

const fn area(x: (f64, f64), y: (f64, f64)) -> Area {
    Area { x, y }
}

const PICTURE: Area = area((0.0, 1.0), (0.0, 1.0));
/// Where most portraits have nothing but the head.
const MIDDLE: Area = area((0.3, 0.7), (0.15, 0.6));
/// From the upper lip to the middle of the forehead.
const FACE: Area = area((-45.0, 45.0), (-55.0, 45.0));
/// The halves of a forehead, bare in everyone whose hair does not hang into it: above the brows, below the lowest hairlines.
/// Each with the skin below it that it is held against, beside the nose, below the eyes and above most beards: a light from
/// one side falls on both.
const FOREHEAD: [(Area, Area); 2] = [
    (area((-24.0, 0.0), (16.0, 42.0)), area((-38.0, -22.0), (-56.0, -42.0))),
    (area((0.0, 24.0), (16.0, 42.0)), area((22.0, 38.0), (-56.0, -42.0))),
];
/// A point of the forehead is dark below this share of its cheek's level: hair, or a cap (our estimate).
const DARK: f64 = 0.5;
/// Half the distance over which streaks are looked for across the forehead, mm: about a strand.
const STREAK: f64 = 1.0;

/// Where edges are looked for: this part of a picture, or so many mm to all sides of the eyes' middle.
const EDGES: Area = area((0.15, 0.85), (0.05, 0.70));
const AROUND_EYES: Mm = Mm(60.0);
/// Pixels over which an edge is followed: wider ones count as this wide.
const REACH: usize = 12;
/// An edge is strong from this share of what counts as the light on: the shading of a bare head changes less over the reach.
const STRONG: f64 = 0.2;
/// The share of the strong edges that are sharper than what is told of all: some are soft in every photo, as a nose's.
const SHARPEST: f64 = 0.10;
/// Fewer strong places say nothing.
const MIN_EDGES: usize = 200;

/// The most by which a picture is levelled, degrees: beyond, its corners are lost, and a quarter turn is mostly meant.
const MAX_LEVEL: f64 = 20.0;

/// What is wrong with a photo: at once when it was opened, and again, in place of that, when its eyes are marked.
///
/// Costs some looks at each pixel of the analysis image's middle.
#[must_use]
pub fn check_photo(seen: &PhotoSample) -> Vec<PhotoIssue> {
    let mut faults = Vec::new();
    for check in CHECKS {
        let value = (check.measure)(seen).filter(|value| check.limit.is_passed(*value));
        faults.extend(value.map(check.fault).filter(|fault| !faults.contains(fault)));
    }
    faults
}

impl Limit {
    fn is_passed(self, value: f64) -> bool {
        match self {
            Self::Below(least) => value < least,
            Self::Above(most) => value.abs() > most,
        }
    }
}

/// The turn in degrees clockwise that makes the eyes level, -20 to 20, in tenths. The pupils come in any order.
#[must_use]
pub fn level_degrees(pupils: (PhotoPoint, PhotoPoint)) -> f64 {
    (-lean_of(pupils)).clamp(-MAX_LEVEL, MAX_LEVEL)
}

/// Where a point of a picture stands after the picture was turned clockwise about its middle and kept its size.
#[must_use]
pub fn levelled(point: PhotoPoint, degrees: f64, (width, height): (f64, f64)) -> PhotoPoint {
    let Angle { sine, cosine } = Angle::degrees(degrees);
    let middle = PhotoPoint::new(width / 2.0, height / 2.0);
    let (x, y) = (point.x - middle.x, point.y - middle.y);
    middle.moved(x * cosine - y * sine, x * sine + y * cosine)
}

/// How far the line through the eyes lies clockwise from level, -90 to 90 degrees, in tenths.
fn lean_of((one, other): (PhotoPoint, PhotoPoint)) -> f64 {
    let (left, right) = if one.x <= other.x { (one, other) } else { (other, one) };
    ((right.y - left.y).atan2(right.x - left.x).to_degrees() * 10.0).round() / 10.0
}

impl PhotoSample<'_> {
    /// The levels, 0 to 255, of an area of the face where there is one, else of the picture. Fewer than a whole grid where the
    /// area reaches beyond the picture.
    fn levels(&self, area: Area) -> Vec<f64> {
        let share = |step: usize| (step as f64 + 0.5) / GRID as f64;
        let along = |(from, to): (f64, f64), step: usize| from + (to - from) * share(step);
        let points = (0..GRID * GRID).map(|step| self.place(along(area.x, step % GRID), along(area.y, step / GRID)));
        points.filter_map(|point| self.analysis_image.colour(point)).map(grey_level).collect()
    }

    fn place(&self, x: f64, y: f64) -> PhotoPoint {
        match &self.face {
            Some(face) => face.frame.at(Mm(x), Mm(y)),
            None => PhotoPoint::new(x * self.size.0, y * self.size.1),
        }
    }

    /// The level that few points of the face or picture exceed.
    fn bright(&self) -> Option<f64> {
        quantile(self.levels(if self.face.is_some() { FACE } else { PICTURE }), BRIGHT_AT)
    }

    /// The share of an area that is white.
    fn white(&self, area: Area) -> Option<f64> {
        let levels = self.levels(area);
        let white = levels.iter().filter(|level| **level >= WHITE).count();
        (!levels.is_empty()).then(|| white as f64 / levels.len() as f64)
    }

    /// What is seen of a marked face's forehead, the mean of its halves: the share that is much darker than the cheeks, and how
    /// much the level changes across, over the cheeks' level.
    fn forehead(&self) -> Option<(f64, f64)> {
        self.face?;
        let (mut dark, mut streaks) = (0.0, 0.0);
        for (half, cheek) in FOREHEAD {
            let cheek = quantile(self.levels(cheek), 0.5)?;
            let aside = |by: f64| self.levels(Area { x: (half.x.0 + by, half.x.1 + by), ..half });
            let (left, right) = (aside(-STREAK), aside(STREAK));
            // A forehead that is cut off by the picture's edge has no pairs.
            if left.len() + right.len() < 2 * GRID * GRID {
                return None;
            }
            for (left, right) in left.into_iter().zip(right) {
                dark += if left < cheek * DARK { 1.0 } else { 0.0 };
                streaks += (left - right).abs() / cheek;
            }
        }
        let points = (FOREHEAD.len() * GRID * GRID) as f64;
        Some((dark / points, streaks / points))
    }
}

/// The level, 0 to 255, that few points of the picture exceed, as long as the face is not known.
fn bright_of_picture(seen: &PhotoSample) -> Option<f64> {
    if seen.face.is_some() { None } else { seen.bright() }
}

/// The level that few points of the face exceed.
fn bright_of_face(seen: &PhotoSample) -> Option<f64> {
    seen.face.and_then(|_| seen.bright())
}

/// The share of the face that is white.
fn white_of_face(seen: &PhotoSample) -> Option<f64> {
    seen.face.and_then(|_| seen.white(FACE))
}

/// The share of the picture's middle that is white, as long as the face is not known.
fn white_of_middle(seen: &PhotoSample) -> Option<f64> {
    if seen.face.is_some() { None } else { seen.white(MIDDLE) }
}

/// The picture's shorter side, photo pixels.
fn shorter_side(seen: &PhotoSample) -> Option<f64> {
    Some(seen.size.0.min(seen.size.1))
}

/// Photo pixels per mm of the face.
fn px_per_mm(seen: &PhotoSample) -> Option<f64> {
    seen.face.map(|face| face.px_per_mm.get())
}

/// How far the eyes lie from level, degrees clockwise.
fn lean(seen: &PhotoSample) -> Option<f64> {
    seen.face.map(|face| lean_of(face.pupils))
}

/// The share of the forehead that is much darker than the cheeks.
fn dark_of_forehead(seen: &PhotoSample) -> Option<f64> {
    Some(seen.forehead()?.0)
}

/// How much the forehead's level changes across, over the cheeks' level. Hair hangs, so it changes across; wrinkles do not.
fn streaks_of_forehead(seen: &PhotoSample) -> Option<f64> {
    Some(seen.forehead()?.1)
}

/// The distance of the pupils over the breadth of the skull's outline.
fn eyes_over_breadth(seen: &PhotoSample) -> Option<f64> {
    let face = seen.face.filter(|face| face.head.side == Side::Front)?;
    Some(face.pupils.0.distance(face.pupils.1) / (2.0 * face.head.half_width))
}

/// The breadth of the skull's outline over that of the picture.
fn head_over_picture(seen: &PhotoSample) -> Option<f64> {
    seen.face.map(|face| 2.0 * face.head.half_width / seen.size.0)
}

/// How many pixels of the analysis image the sharper ones of the strong edges are wide, across or down the picture, whichever is more:
/// a hand that moves smears one of the two. Pixels of the analysis image and not of the photo, because a large photo that is soft in its
/// own pixels alone does not look so.
///
/// An edge's width is its whole change over its steepest step, which neither its contrast nor smooth skin alters.
fn edge_width(seen: &PhotoSample) -> Option<f64> {
    let (levels, width) = around_edges(seen);
    let strong = seen.bright()? * STRONG;
    let across = sharper_width(&levels, (1, width), strong);
    let down = sharper_width(&levels, (width, 1), strong);
    // Where one of them is not told, it is the lower.
    if across > down { across } else { down }
}

/// Levels of the part of the analysis image where edges are looked for, row by row, and how many make a row.
fn around_edges(seen: &PhotoSample) -> (Vec<f64>, usize) {
    let (from, to) = match &seen.face {
        Some(face) => {
            let middle = face.pupils.0.lerp(face.pupils.1, 0.5);
            let reach = face.px_per_mm.px(AROUND_EYES).0;
            (middle.moved(-reach, -reach), middle.moved(reach, reach))
        }
        None => (seen.place(EDGES.x.0, EDGES.y.0), seen.place(EDGES.x.1, EDGES.y.1)),
    };
    let AnalysisImage { pixels, width, zoom, .. } = seen.analysis_image;
    let pixel = |at: f64, side: usize| (at * zoom).clamp(0.0, side as f64) as usize;
    let (left, right) = (pixel(from.x, *width), pixel(to.x, *width));
    let rows = pixel(from.y, pixels.len())..pixel(to.y, pixels.len());
    let mut levels = Vec::new();
    for row in rows {
        let Some(row) = pixels.get((row * width + left) * 4..(row * width + right) * 4) else { break };
        levels.extend(row.as_chunks().0.iter().map(|[r, g, b, _]| pixel_grey_level([*r, *g, *b])));
    }
    (levels, right.saturating_sub(left))
}

/// The width of the sharper ones of the strong edges, followed by the first step. Three pixels beside each other along the
/// edge, which is the other step, count together, so that noise makes no edges. `None` of too few edges.
fn sharper_width(levels: &[f64], (step, beside): (usize, usize), strong: f64) -> Option<f64> {
    let (second, third) = (levels.get(beside..)?, levels.get(2 * beside..)?);
    let smooth: Vec<f64> = levels.iter().zip(second).zip(third).map(|((a, b), c)| (a + b + b + c) / 4.0).collect();
    let mut widths = Vec::new();
    for (place, first) in smooth.iter().enumerate() {
        let Some(last) = smooth.get(place + REACH * step) else { break };
        let whole = (last - first).abs();
        // A row ends where the next begins.
        if whole <= strong || step == 1 && place % beside + REACH >= beside {
            continue;
        }
        let (mut before, mut steepest) = (first, 0.0_f64);
        for level in smooth.iter().skip(place).step_by(step).take(REACH + 1) {
            steepest = steepest.max((level - before).abs());
            before = level;
        }
        widths.push(whole / steepest);
    }
    if widths.len() < MIN_EDGES { None } else { quantile(widths, SHARPEST) }
}

fn quantile(mut values: Vec<f64>, share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get((values.len() as f64 * share) as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{HeadParameters, Scale};

    const SIZE: (f64, f64) = (960.0, 1200.0);
    const ZOOM: f64 = 0.5;
    const WIDTH: usize = 480;
    const EYES: ((f64, f64), (f64, f64)) = ((385.0, 560.0), (574.0, 560.0));

    type Paint = fn(f64, f64) -> Option<[f64; 3]>;

    /// A bald bust at 3 photo px a mm: skin with brows and eyes before a wall, and what is painted over it, in mm to the right
    /// of the glabella and above it.
    fn bust(paint: Paint) -> AnalysisImage {
        let pixels = (0..WIDTH * 600).flat_map(|at| {
            let (x, y) = ((at % WIDTH) as f64 / ZOOM, (at / WIDTH) as f64 / ZOOM);
            let (right, up) = ((x - 479.5) / 3.0, (500.0 - y) / 3.0);
            let on = |x: f64, y: f64, a: f64, b: f64| ((right - x) / a).powi(2) + ((up - y) / b).powi(2) < 1.0;
            let colour = paint(right, up).unwrap_or(match () {
                () if on(-31.5, -20.0, 6.0, 6.0) || on(31.5, -20.0, 6.0, 6.0) => [60.0, 45.0, 40.0],
                () if up.abs() < 4.0 && (15.0..50.0).contains(&right.abs()) => [90.0, 65.0, 50.0],
                () if on(0.0, 10.0, 72.0, 95.0) => [205.0, 160.0, 140.0],
                () => [140.0, 160.0, 172.0],
            });
            [colour[0] as u8, colour[1] as u8, colour[2] as u8, 255]
        });
        AnalysisImage::new(pixels.collect(), WIDTH, ZOOM)
    }

    fn bare() -> AnalysisImage {
        bust(|_, _| None)
    }

    fn point((x, y): (f64, f64)) -> PhotoPoint {
        PhotoPoint::new(x, y)
    }

    fn marked((a, b): ((f64, f64), (f64, f64))) -> MarkedFace {
        let pupils = (point(a), point(b));
        let px_per_mm = PxPerMm::new(pupils.0.distance(pupils.1) / 63.0).unwrap();
        let scale = Scale { px_per_mm, least: 1.0, most: 1.0, rough: false };
        let frame = FaceFrame::new(pupils, FaceFrame::glabella_guess(pupils, scale, Mm(20.0)), scale);
        let head = Head::of_face(&frame, pupils, px_per_mm, &HeadParameters { length: Mm(195.0), camera: Mm(1000.0) });
        MarkedFace { frame, pupils, px_per_mm, head }
    }

    fn mapped(analysis_image: &AnalysisImage, change: impl Fn(u8) -> u8) -> AnalysisImage {
        AnalysisImage {
            pixels: analysis_image.pixels.iter().map(|byte| change(*byte)).collect(),
            ..analysis_image.clone()
        }
    }

    /// Each pixel the mean of the so many on both sides of it, across.
    fn smeared(analysis_image: &AnalysisImage, reach: usize) -> AnalysisImage {
        let row = analysis_image.width * 4;
        let mean = |at: usize| {
            let near = (0..=2 * reach).filter_map(|k| {
                let place = (at % row + k * 4).checked_sub(reach * 4).filter(|place| *place < row)?;
                Some(f64::from(analysis_image.pixels[at - at % row + place]))
            });
            let (sum, count) = near.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
            (sum / count) as u8
        };
        AnalysisImage { pixels: (0..analysis_image.pixels.len()).map(mean).collect(), ..analysis_image.clone() }
    }

    #[track_caller]
    fn opened(analysis_image: &AnalysisImage, expected: &[PhotoIssue]) {
        assert_eq!(check_photo(&PhotoSample { analysis_image, size: SIZE, face: None }), expected, "opened");
    }

    #[track_caller]
    fn seen(analysis_image: &AnalysisImage, face: MarkedFace, expected: &[PhotoIssue]) {
        assert_eq!(check_photo(&PhotoSample { analysis_image, size: SIZE, face: Some(face) }), expected, "marked");
    }

    #[test]
    fn a_good_photo_is_left_alone() {
        opened(&bare(), &[]);
        seen(&bare(), marked(EYES), &[]);
    }

    #[test]
    fn dark_burnt_and_blurred_are_told_before_and_after_the_eyes_are_marked() {
        let dark = mapped(&bare(), |byte| byte / 4);
        let burnt = mapped(&bare(), |byte| byte.saturating_mul(2));
        let blurred = smeared(&bare(), 4);
        for (analysis_image, fault) in
            [(dark, PhotoIssue::Dark), (burnt, PhotoIssue::Burnt), (blurred, PhotoIssue::Blurred)]
        {
            opened(&analysis_image, &[fault]);
            seen(&analysis_image, marked(EYES), &[fault]);
        }
    }

    #[test]
    fn a_dark_face_before_a_window_is_told_once_it_is_marked() {
        let mut against_light = bare();
        for pixel in against_light.pixels.chunks_exact_mut(4) {
            let of_wall = pixel[2] == 172;
            pixel[..3].iter_mut().for_each(|byte| *byte = if of_wall { 245 } else { *byte / 4 });
        }
        opened(&against_light, &[]);
        seen(&against_light, marked(EYES), &[PhotoIssue::Dark]);
    }

    #[test]
    fn a_quantile_counts_from_below_and_no_number_is_the_highest() {
        let values = vec![3.0, f64::NAN, -1.0, 2.0, f64::NEG_INFINITY];
        assert_eq!(quantile(values.clone(), 0.0), Some(f64::NEG_INFINITY));
        assert_eq!(quantile(values.clone(), 0.5), Some(2.0));
        assert!(quantile(values, 0.99).is_some_and(f64::is_nan));
        assert_eq!(quantile(Vec::new(), 0.5), None);
    }

    #[test]
    fn a_white_wall_beside_the_head_is_not_burnt() {
        let mut wall = bare();
        for pixel in wall.pixels.chunks_exact_mut(4).filter(|pixel| pixel[2] == 172) {
            pixel.fill(255);
        }
        opened(&wall, &[]);
        seen(&wall, marked(EYES), &[]);
    }

    #[test]
    fn smooth_skin_alone_is_not_blurred() {
        let skin = AnalysisImage::new([205, 160, 140, 255].repeat(WIDTH * 600), WIDTH, ZOOM);
        opened(&skin, &[]);
    }

    #[test]
    fn few_pixels_are_told() {
        let seen = |size| check_photo(&PhotoSample { analysis_image: &bare(), size, face: None });
        assert_eq!(seen((299.0, 4000.0)), [PhotoIssue::Small]);
        assert_eq!(seen((960.0, 1200.0)), []);
        let little = |px| MarkedFace { px_per_mm: PxPerMm::new(px).unwrap(), ..marked(EYES) };
        let seen = |px| check_photo(&PhotoSample { analysis_image: &bare(), size: SIZE, face: Some(little(px)) });
        assert_eq!(seen(1.0), [PhotoIssue::Small]);
        assert_eq!(seen(1.2), []);
    }

    fn over_forehead(right: f64, up: f64) -> bool {
        right.abs() < 50.0 && (12.0..70.0).contains(&up)
    }

    #[test]
    fn hair_over_the_forehead_is_told_and_wrinkles_are_not() {
        let fringe: Paint = |x, y| over_forehead(x, y).then_some([50.0, 40.0, 35.0]);
        let fair: Paint = |x, y| {
            let strand = if (x / 3.0).floor() % 2.0 == 0.0 { 1.0 } else { 0.72 };
            over_forehead(x, y).then_some([220.0 * strand, 180.0 * strand, 130.0 * strand])
        };
        let wrinkled: Paint = |x, y| {
            let fold = if (y / 4.0).floor() % 2.0 == 0.0 { 1.0 } else { 0.8 };
            over_forehead(x, y).then_some([205.0 * fold, 160.0 * fold, 140.0 * fold])
        };
        seen(&bust(fringe), marked(EYES), &[PhotoIssue::HairOverForehead]);
        seen(&bust(fair), marked(EYES), &[PhotoIssue::HairOverForehead]);
        seen(&bust(wrinkled), marked(EYES), &[]);
    }

    #[test]
    fn dark_glasses_over_the_cheeks_are_told_as_what_covers_the_forehead() {
        fn skin(x: f64, y: f64) -> Option<[f64; 3]> {
            let rough = 1.0 - 0.05 * (x / 2.0).floor().rem_euclid(2.0);
            over_forehead(x, y).then_some([205.0, 160.0, 140.0].map(|level| level * rough))
        }
        fn covered(x: f64, y: f64) -> Option<[f64; 3]> {
            let is_covered = (10.0..60.0).contains(&x.abs()) && (-60.0..0.0).contains(&y);
            if is_covered { Some([20.0, 17.0, 15.0]) } else { skin(x, y) }
        }
        seen(&bust(skin), marked(EYES), &[]);
        seen(&bust(covered), marked(EYES), &[PhotoIssue::HairOverForehead]);
    }

    #[test]
    fn a_light_from_one_side_is_no_hair() {
        let mut lit = bare();
        for (at, pixel) in lit.pixels.chunks_exact_mut(4).enumerate() {
            let shade = if at % WIDTH < WIDTH / 2 { 0.3 } else { 1.0 };
            pixel[..3].iter_mut().for_each(|byte| *byte = (f64::from(*byte) * shade) as u8);
        }
        seen(&lit, marked(EYES), &[]);
    }

    #[test]
    fn a_near_camera_is_told_by_a_small_head_behind_the_eyes_or_one_that_fills_the_picture() {
        let behind = |half_width| MarkedFace { head: Head { half_width, ..marked(EYES).head }, ..marked(EYES) };
        // 189 px between the pupils: 0.45, 0.52 and 0.54 of the breadth; then 0.94 of the picture's width.
        seen(&bare(), behind(210.0), &[]);
        seen(&bare(), behind(182.0), &[]);
        seen(&bare(), behind(175.0), &[PhotoIssue::TooClose]);
        seen(&bare(), behind(451.0), &[PhotoIssue::TooClose]);
        let above = Head { side: Side::Top, half_width: 175.0, ..marked(EYES).head };
        seen(&bare(), MarkedFace { head: above, ..marked(EYES) }, &[]);
    }

    #[test]
    fn the_lean_of_the_eyes_is_right_to_a_tenth_of_a_degree() {
        for tenths in (-890..=890_i32).step_by(7) {
            let degrees = f64::from(tenths) / 10.0;
            let Angle { sine, cosine } = Angle::degrees(degrees);
            let (left, right) =
                (PhotoPoint::new(300.0, 400.0), PhotoPoint::new(300.0 + 189.0 * cosine, 400.0 + 189.0 * sine));
            for pupils in [(left, right), (right, left)] {
                assert!((lean_of(pupils) - degrees).abs() < 0.01, "{degrees}: {}", lean_of(pupils));
                assert!((level_degrees(pupils) - (-degrees).clamp(-20.0, 20.0)).abs() < 0.01, "{degrees}");
            }
        }
        let one = PhotoPoint::new(300.0, 400.0);
        assert_eq!(level_degrees((one, one)), 0.0);
        assert_eq!(lean_of((one, one.moved(0.0, 50.0))), 90.0);
    }

    #[test]
    fn a_lean_is_told_from_five_degrees_on_and_levelling_mends_it() {
        for degrees in [-12.0, -5.5, -4.5, 4.5, 5.5, 19.0] {
            let turned = |at| levelled(point(at), degrees, SIZE);
            let pupils = (turned(EYES.0), turned(EYES.1));
            let face = marked(((pupils.0.x, pupils.0.y), (pupils.1.x, pupils.1.y)));
            let expected: &[PhotoIssue] = if degrees.abs() > 5.0 { &[PhotoIssue::Tilted(degrees)] } else { &[] };
            assert_eq!(lean(&PhotoSample { analysis_image: &bare(), size: SIZE, face: Some(face) }), Some(degrees));
            let faults = check_photo(&PhotoSample { analysis_image: &bare(), size: SIZE, face: Some(face) });
            let leans: Vec<_> = faults.into_iter().filter(|fault| matches!(fault, PhotoIssue::Tilted(_))).collect();
            assert_eq!(leans, expected, "{degrees}");
            let level = levelled(pupils.0, level_degrees(pupils), SIZE);
            assert!(level.distance(point(EYES.0)) < 0.5, "{degrees}: {level:?}");
        }
    }

    #[test]
    fn a_picture_turns_clockwise_about_its_middle() {
        let corner = levelled(PhotoPoint::new(480.0, 0.0), 90.0, SIZE);
        assert!(corner.distance(PhotoPoint::new(1080.0, 600.0)) < 1e-9, "{corner:?}");
        let point = PhotoPoint::new(12.0, 34.0);
        assert!(levelled(levelled(point, 7.5, SIZE), -7.5, SIZE).distance(point) < 1e-9);
    }

    #[test]
    fn where_nothing_can_be_seen_nothing_is_said() {
        let nothing = AnalysisImage::new(Vec::new(), 0, 0.5);
        opened(&nothing, &[]);
        seen(&nothing, marked(EYES), &[]);
        let outside = marked(((-9000.0, 50.0), (-8811.0, 50.0)));
        seen(&bare(), outside, &[]);
        let seen = PhotoSample { analysis_image: &bare(), size: (f64::NAN, f64::NAN), face: None };
        assert_eq!(check_photo(&seen), []);
    }
}
