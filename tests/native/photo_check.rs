//! What is said of real portraits, as they are and made worse: no false alarm on a good one, and each fault told.
#![cfg(test)]

use crate::head;
use crate::shared_photo::{SharedPhoto, shared_photo};
use crate::skip::skip;
use hairline_designer::engine::calibration::{Calibration, FaceFrame, Reference, Side};
use hairline_designer::engine::catalog::{Parameter, Parameters};
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{
    AnalysisImage, CHECKS, MarkedFace, PhotoIssue, PhotoSample, check_photo, level_degrees, levelled, seen_head,
};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use sample_head::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleTone};
use std::sync::LazyLock;

type Pupils = ((f64, f64), (f64, f64));

/// Photos of `../shared/photos` that are good enough, and the pupils where a face is seen from the front, marked by eye in
/// the upright picture (closed lids: their middle).
const PHOTOS: [(&str, Option<Pupils>); 15] = [
    ("scan-front.jpg", Some(((583.0, 738.0), (955.0, 738.0)))),
    ("scan-profile-left.jpg", None),
    ("scan-back-painted-strip-scar.jpg", None),
    ("scan-top-crown.jpg", None),
    ("scan-top-front.jpg", None),
    (PHONE, Some(((1038.0, 1803.0), (1848.0, 1803.0)))),
    ("gpo-bald-dark-skin-fringe.jpg", Some(((173.0, 219.0), (292.0, 240.0)))),
    ("gpo-bald-nw6-dark-fringe.jpg", Some(((181.0, 202.0), (294.0, 194.0)))),
    ("gpo-bald-nw6-fringe-light.jpg", Some(((136.0, 218.0), (243.0, 214.0)))),
    ("gpo-man-asian-short.jpg", Some(((165.0, 251.0), (263.0, 246.0)))),
    ("gpo-receding-nw3-short.jpg", Some(((157.0, 219.0), (264.0, 214.0)))),
    ("gpo-receding-nw4-light.jpg", Some(((182.0, 241.0), (283.0, 241.0)))),
    ("gpo-shaved-dark-skin.jpg", Some(((179.0, 211.0), (294.0, 218.0)))),
    ("gpo-woman-centre-part.jpg", Some(((193.0, 207.0), (287.0, 209.0)))),
    ("gpo-woman-short-afro.jpg", Some(((226.0, 247.0), (331.0, 256.0)))),
];

/// Stored lying on its side, as phones do.
const PHONE: &str = "phone-like-12mp-orient6-gps.jpg";
/// The one portrait that leans, and by how many degrees.
const LEANING: (&str, f64) = ("gpo-bald-dark-skin-fringe.jpg", 10.0);
/// The program's smallest picture has a longest side of at least this.
const SMALLEST: usize = 640;

/// A decoded picture, RGBA, row by row.
#[derive(Clone)]
struct Bitmap {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

impl Bitmap {
    fn read(name: &str) -> Option<Self> {
        let Some(SharedPhoto { pixels, width, height }) = shared_photo(name) else {
            skip(format_args!("no ../shared/photos/{name}"));
            return None;
        };
        let stored = Self { pixels, width, height };
        Some(if name == PHONE { stored.redrawn((height, width), |x, y| stored.at(y, height - 1 - x)) } else { stored })
    }

    fn at(&self, x: usize, y: usize) -> [u8; 4] {
        *self.pixels[(y * self.width + x) * 4..].first_chunk().unwrap()
    }

    fn size(&self) -> (f64, f64) {
        (self.width as f64, self.height as f64)
    }

    fn redrawn(&self, (width, height): (usize, usize), pixel: impl Fn(usize, usize) -> [u8; 4]) -> Self {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        Self { pixels: places.flat_map(|(x, y)| pixel(x, y)).collect(), width, height }
    }

    /// The mean of the pixels in a rectangle, cut to the picture.
    fn mean(&self, x: std::ops::Range<isize>, y: std::ops::Range<isize>) -> [u8; 4] {
        let within = |at: isize, side: usize| at.clamp(0, side as isize - 1) as usize;
        let (mut sum, mut count) = ([0_u32; 4], 0);
        for row in y {
            for column in x.clone() {
                let pixel = self.at(within(column, self.width), within(row, self.height));
                sum = std::array::from_fn(|channel| sum[channel] + u32::from(pixel[channel]));
                count += 1;
            }
        }
        sum.map(|sum| (sum / count) as u8)
    }

    fn scaled_down(&self, by: usize) -> Self {
        let side = |at: usize| (at * by) as isize..((at + 1) * by) as isize;
        self.redrawn((self.width / by, self.height / by), |x, y| self.mean(side(x), side(y)))
    }

    fn blurred(&self, (across, down): (isize, isize)) -> Self {
        let around = |at: usize, reach: isize| at as isize - reach..at as isize + reach + 1;
        let size = (self.width, self.height);
        let once = self.redrawn(size, |x, y| self.mean(around(x, across), around(y, 0)));
        once.redrawn(size, |x, y| once.mean(around(x, 0), around(y, down)))
    }

    fn mapped(&self, change: impl Fn(u8) -> u8) -> Self {
        Self { pixels: self.pixels.iter().map(|byte| change(*byte)).collect(), ..*self }
    }

    /// Turned clockwise; what was outside of the picture is its nearest edge.
    fn turned(&self, degrees: f64) -> Self {
        let size = (self.width, self.height);
        self.redrawn(size, |x, y| {
            let from = levelled(PhotoPoint::new(x as f64 + 0.5, y as f64 + 0.5), -degrees, self.size());
            let (x, y) = (from.x as isize, from.y as isize);
            self.mean(x..x + 1, y..y + 1)
        })
    }

    /// With a rectangle of itself put in other places, side by side.
    fn with_patch(&self, (left, top): (usize, usize), (width, height): (usize, usize), to: &[(usize, usize)]) -> Self {
        self.redrawn((self.width, self.height), |x, y| {
            let inside = |(x0, y0): &&(usize, usize)| (*x0..x0 + width).contains(&x) && (*y0..y0 + height).contains(&y);
            match to.iter().find(inside) {
                Some((x0, y0)) => self.at(left + x - x0, top + y - y0),
                None => self.at(x, y),
            }
        })
    }

    /// What the program sees of it: halves, as long as they are large enough.
    fn analysis_image(&self) -> AnalysisImage {
        let mut by = 1;
        while self.width.max(self.height) / (by * 2) >= SMALLEST {
            by *= 2;
        }
        let seen = self.scaled_down(by);
        AnalysisImage::new(seen.pixels, seen.width, 1.0 / by as f64)
    }

    fn opened(&self) -> Vec<PhotoIssue> {
        check_photo(&PhotoSample { analysis_image: &self.analysis_image(), size: self.size(), face: None })
    }

    fn marked(&self, pupils: Pupils) -> Vec<PhotoIssue> {
        let analysis_image = self.analysis_image();
        check_photo(&PhotoSample {
            analysis_image: &analysis_image,
            size: self.size(),
            face: Some(face(self.size(), &analysis_image, pupils)),
        })
    }
}

/// A face as the page knows it after its eyes are marked.
fn face((width, height): (f64, f64), analysis_image: &AnalysisImage, (a, b): Pupils) -> MarkedFace {
    let parameters = Parameters::default();
    let pupils = (PhotoPoint::new(a.0, a.1), PhotoPoint::new(b.0, b.1));
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let calibration = Some(Calibration { reference, a: pupils.0, b: pupils.1 });
    let sample = head::measured().view().photo.clone().unwrap();
    let photo = Some(PhotoRef { width: width as u32, height: height as u32, ..sample });
    let mut view = View { photo, calibration, ..View::default() };
    let scale = view.scale(&parameters);
    view.glabella = Some(FaceFrame::glabella_guess(pupils, scale, Mm(parameters.get(Parameter::GlabellaAbovePupils))));
    let head = seen_head(&view, &parameters, Side::Front, Some(analysis_image));
    MarkedFace { frame: view.face(&parameters).unwrap(), pupils, px_per_mm: scale.px_per_mm, head }
}

fn print_measures(name: &str, seen: &PhotoSample) {
    let measures = CHECKS.iter().map(|check| match (check.measure)(seen) {
        Some(value) => format!("{value:8.2}"),
        None => format!("{:>8}", "-"),
    });
    println!("{name:34}{}", measures.collect::<String>());
}

type Photo = (&'static str, Bitmap, Option<Pupils>);

static READ: LazyLock<Vec<Photo>> = LazyLock::new(|| {
    let read = |(name, pupils)| Bitmap::read(name).map(|photo| (name, photo, pupils));
    PHOTOS.into_iter().filter_map(read).collect()
});

/// The same, none over 1500 pixels, which is quicker and looks the same.
static SCALED: LazyLock<Vec<Photo>> = LazyLock::new(|| {
    let scaled = |(name, photo, pupils): &Photo| {
        let by = photo.width.max(photo.height).div_ceil(1_500);
        (*name, photo.scaled_down(by), pupils.map(|(a, b)| (over(a, by), over(b, by))))
    };
    READ.iter().map(scaled).collect()
});

fn over((x, y): (f64, f64), by: usize) -> (f64, f64) {
    (x / by as f64, y / by as f64)
}

/// Photos with their pupils, with a printed line if there are none.
fn each(photos: &'static [Photo]) -> impl Iterator<Item = (&'static str, &'static Bitmap, Option<Pupils>)> {
    if photos.is_empty() {
        skip("no ../shared/photos");
    }
    photos.iter().map(|(name, photo, pupils)| (*name, photo, *pupils))
}

#[test]
fn a_good_photo_is_left_alone() {
    for (name, photo, pupils) in each(&READ) {
        let (analysis_image, size) = (photo.analysis_image(), photo.size());
        print_measures(name, &PhotoSample { analysis_image: &analysis_image, size, face: None });
        assert_eq!(photo.opened(), [], "{name}");
        let Some(pupils) = pupils else { continue };
        print_measures(
            "  its face",
            &PhotoSample { analysis_image: &analysis_image, size, face: Some(face(size, &analysis_image, pupils)) },
        );
        let expected: &[PhotoIssue] = if name == LEANING.0 { &[PhotoIssue::Tilted(LEANING.1)] } else { &[] };
        assert_eq!(photo.marked(pupils), expected, "{name}, its eyes marked");
    }
}

#[test]
fn the_sample_head_is_left_alone_in_its_lightest_and_darkest_tone() {
    let pupils = (head::TRUTH.pupil_left, head::TRUTH.pupil_right);
    let size = (f64::from(SAMPLE_WIDTH), f64::from(SAMPLE_HEIGHT));
    let [lightest, .., darkest] = SampleTone::ALL;
    for tone in [lightest, darkest] {
        let analysis_image = head::seen(tone);
        for face in [None, Some(face(size, &analysis_image, pupils))] {
            let seen = PhotoSample { analysis_image: &analysis_image, size, face };
            print_measures(&format!("{tone:?}"), &seen);
            assert_eq!(check_photo(&seen), [], "{tone:?}, {}", if face.is_some() { "marked" } else { "opened" });
        }
    }
}

#[test]
fn a_photo_made_dark_is_told() {
    for (name, photo, pupils) in each(&SCALED) {
        let dark = photo.mapped(|byte| byte / 4);
        assert!(dark.opened().contains(&PhotoIssue::Dark), "{name}: {:?}", dark.opened());
        let Some(pupils) = pupils else { continue };
        assert!(dark.marked(pupils).contains(&PhotoIssue::Dark), "{name}: {:?}", dark.marked(pupils));
    }
}

#[test]
fn bare_skin_that_fills_the_picture_is_not_called_blurred() {
    for (name, photo, _) in each(&READ) {
        // Nothing but scalp and the bare forehead: shading, no edge.
        let corner = match name {
            "scan-front.jpg" => (560, 200),
            "scan-back-painted-strip-scar.jpg" => (560, 300),
            "scan-top-crown.jpg" => (420, 560),
            "scan-top-front.jpg" => (440, 560),
            _ => continue,
        };
        let skin = photo.redrawn((480, 380), |x, y| photo.at(corner.0 + x, corner.1 + y));
        let analysis_image = skin.analysis_image();
        print_measures(name, &PhotoSample { analysis_image: &analysis_image, size: skin.size(), face: None });
        assert_eq!(skin.opened(), [], "{name}");
    }
}

#[test]
fn a_face_made_white_is_told() {
    for (name, photo, pupils) in each(&SCALED) {
        let burnt = photo.mapped(|byte| byte.saturating_mul(4));
        assert!(burnt.opened().contains(&PhotoIssue::Burnt), "{name}: {:?}", burnt.opened());
        let Some(pupils) = pupils else { continue };
        assert!(burnt.marked(pupils).contains(&PhotoIssue::Burnt), "{name}: {:?}", burnt.marked(pupils));
    }
}

#[test]
fn a_blurred_photo_is_told_out_of_focus_or_moved() {
    for (name, photo, pupils) in each(&SCALED) {
        // Over 1.5 % of the longer side.
        let reach = (photo.width.max(photo.height) as f64 * 0.0075).round() as isize;
        for smear in [(reach, reach), (reach, 0), (0, reach)] {
            let blurred = photo.blurred(smear);
            let analysis_image = blurred.analysis_image();
            print_measures(name, &PhotoSample { analysis_image: &analysis_image, size: blurred.size(), face: None });
            // A crown before a wall of its own lightness has too few edges to judge by.
            if name != "scan-top-crown.jpg" {
                assert!(blurred.opened().contains(&PhotoIssue::Blurred), "{name} {smear:?}: {:?}", blurred.opened());
            }
            let Some(pupils) = pupils else { continue };
            let seen = blurred.marked(pupils);
            assert!(seen.contains(&PhotoIssue::Blurred), "{name} {smear:?}, its eyes marked: {seen:?}");
        }
    }
}

#[test]
fn a_photo_scaled_down_to_160_pixels_is_told() {
    for (name, photo, pupils) in each(&READ) {
        let by = photo.width.div_ceil(160);
        let small = photo.scaled_down(by);
        assert_eq!(small.opened(), [PhotoIssue::Small], "{name}");
        let Some((a, b)) = pupils else { continue };
        assert!(small.marked((over(a, by), over(b, by))).contains(&PhotoIssue::Small), "{name}");
    }
}

#[test]
fn a_photo_turned_is_told_and_levelled() {
    for (name, photo, pupils) in each(&READ) {
        let Some((a, b)) = pupils.filter(|_| name != PHONE) else { continue };
        let size = photo.size();
        let point = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
        let own = -level_degrees((point(a), point(b)));
        for degrees in [-9.0, 12.0] {
            let turned = photo.turned(degrees - own);
            let at = |mark| levelled(point(mark), degrees - own, size);
            let (left, right) = (at(a), at(b));
            let faults = turned.marked(((left.x, left.y), (right.x, right.y)));
            let lean = faults.iter().find_map(|fault| match fault {
                PhotoIssue::Tilted(degrees) => Some(*degrees),
                _ => None,
            });
            assert!(lean.is_some_and(|lean| (lean - degrees).abs() < 0.15), "{name} {degrees}: {faults:?}");
            let mends = level_degrees((left, right));
            let (left, right) = (levelled(left, mends, size), levelled(right, mends, size));
            assert!((left.y - right.y).abs() < 0.5, "{name} {degrees}: {left:?} {right:?}");
            let again = turned.turned(mends).marked(((left.x, left.y), (right.x, right.y)));
            assert_eq!(again, [], "{name}, turned by {degrees} and levelled");
        }
    }
}

#[test]
fn hair_put_over_the_forehead_is_told() {
    // Hair of the person's own: black and grey from above, dark from beside, fair from the temple.
    type Fringe = (&'static str, (usize, usize), (usize, usize), &'static [(usize, usize)]);
    let fringes: [Fringe; 3] = [
        ("gpo-man-asian-short.jpg", (130, 45), (170, 65), &[(130, 135)]),
        ("gpo-woman-centre-part.jpg", (80, 200), (40, 70), &[(170, 110), (210, 110), (250, 110), (290, 110)]),
        (
            "gpo-receding-nw4-light.jpg",
            (84, 115),
            (28, 75),
            &[(160, 140), (188, 140), (216, 140), (244, 140), (272, 140)],
        ),
    ];
    for (name, photo, pupils) in each(&READ) {
        let Some((_, from, size, to)) = fringes.iter().find(|(of, ..)| *of == name) else { continue };
        let covered = photo.with_patch(*from, *size, to);
        let pupils = pupils.unwrap();
        let analysis_image = covered.analysis_image();
        let seen = PhotoSample {
            analysis_image: &analysis_image,
            size: covered.size(),
            face: Some(face(covered.size(), &analysis_image, pupils)),
        };
        print_measures(name, &seen);
        assert!(check_photo(&seen).contains(&PhotoIssue::HairOverForehead), "{name}: {:?}", check_photo(&seen));
    }
}
