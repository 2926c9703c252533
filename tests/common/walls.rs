//! Heads drawn by lot before patterned walls, furniture and other people.

use crate::heads_by_lot::Subject;
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::face::{PersonFinder, SourcePicture};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use sample_head::render_rows;
use std::rc::Rc;

/// Pixels a millimetre of the pictures.
pub(crate) const PX_PER_MM: f64 = 2.5;
/// A pixel of the rendered wall is bluer than red by more than this; heads are not.
const BLUER: u8 = 6;

/// What stands behind a head.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wall {
    Plain,
    Books,
    Door,
    Tiles,
    Blinds,
    LikeSkin,
    /// Somebody else, half hidden.
    Person,
}

pub(crate) const PATTERNED: [Wall; 6] =
    [Wall::Books, Wall::Door, Wall::Tiles, Wall::Blinds, Wall::LikeSkin, Wall::Person];
const BACKS_OF_BOOKS: [[u8; 3]; 8] = [
    [120, 40, 35],
    [40, 60, 110],
    [200, 185, 150],
    [60, 90, 60],
    [25, 25, 30],
    [180, 120, 60],
    [220, 215, 210],
    [90, 60, 45],
];

impl Wall {
    /// Its colour at a place, from the picture's upper left in shares of its width.
    fn colour(self, x: f64, y: f64, seed: u32) -> [u8; 3] {
        match self {
            Self::Plain | Self::Person => [150, 160, 168],
            Self::Books => books(x, y, seed),
            Self::Door => match (x - 0.18, y - 0.05) {
                (right, down) if right < 0.0 || down < 0.0 => [225, 222, 214],
                (right, down) if right % 0.42 < 0.03 || down % 0.6 < 0.03 => [96, 62, 38],
                _ => [158, 108, 70],
            },
            Self::Tiles if x % 0.11 < 0.008 || y % 0.11 < 0.008 => [120, 120, 118],
            Self::Tiles => [205, 212, 214],
            Self::Blinds if y % 0.06 < 0.03 => [235, 232, 222],
            Self::Blinds => [150, 146, 138],
            Self::LikeSkin => [196, 160, 138],
        }
    }
}

/// Shelves with books of a few centimetres.
fn books(x: f64, y: f64, seed: u32) -> [u8; 3] {
    let shelf = (y / 0.28) as u32;
    if y / 0.28 - f64::from(shelf) > 0.9 {
        return [110, 75, 45];
    }
    let (mut end, mut book) = (0.0, shelf * 1000);
    while end < x {
        end += 0.04 + 0.06 * f64::from(mixed(book ^ seed) % 100) / 100.0;
        book += 1;
    }
    BACKS_OF_BOOKS[mixed(book ^ seed) as usize % BACKS_OF_BOOKS.len()]
}

fn mixed(mut value: u32) -> u32 {
    value = (value ^ (value >> 16)).wrapping_mul(0x7feb_352d);
    value = (value ^ (value >> 15)).wrapping_mul(0x846c_a68b);
    value ^ (value >> 16)
}

/// A head before the wall of its scene.
pub(crate) struct Rendered {
    pixels: Vec<u8>,
    width: usize,
    height: usize,
}

impl Rendered {
    pub(crate) fn of(subject: &Subject) -> Self {
        let scene = subject.scene_at(PX_PER_MM);
        let pixels = render_rows(&scene, 0..scene.height());
        Self { pixels, width: scene.width() as usize, height: scene.height() as usize }
    }

    /// The colour of the head at a place; `None` beside it.
    fn head(&self, x: f64, y: f64) -> Option<[u8; 3]> {
        let inside = (0.0..self.width as f64).contains(&x) && (0.0..self.height as f64).contains(&y);
        let at = if inside { (y as usize * self.width + x as usize) * 4 } else { usize::MAX };
        let pixel = self.pixels.get(at..).and_then(|rest| rest.first_chunk::<3>())?;
        (pixel[2] <= pixel[0].saturating_add(BLUER)).then_some(*pixel)
    }

    /// It before another wall, and where the person in it is seen.
    pub(crate) fn before(&self, wall: Wall, seed: u32, finder: &PersonFinder) -> AnalysisImage {
        let (width, height) = (self.width as f64, self.height as f64);
        // Somebody who stands farther off.
        let other = |x: f64, y: f64| self.head((x - width * 0.42) / 0.8, (y - height * 0.05) / 0.8);
        let colour = |at: usize| {
            let (x, y) = ((at % self.width) as f64, (at / self.width) as f64);
            let behind = || if wall == Wall::Person { other(x, y) } else { None };
            let wall = || wall.colour(x / width, y / width, seed);
            let [red, green, blue] = self.head(x, y).or_else(behind).unwrap_or_else(wall);
            [red, green, blue, 255]
        };
        let pixels: Vec<u8> = (0..self.width * self.height).flat_map(colour).collect();
        let person = finder.find(&SourcePicture { pixels: &pixels, width: self.width, zoom: 1.0 }).map(Rc::new);
        AnalysisImage { person, ..AnalysisImage::new(pixels, self.width, 1.0) }
    }
}

/// A picture of a head as a visitor would measure it: the marks on its eyes or at a known length, the head found in its pixels.
pub(crate) fn looked_for(subject: &Subject, side: Side, image: &AnalysisImage) -> View {
    let scene = subject.scene_at(PX_PER_MM);
    let truth = scene.truth();
    let (reference, a, b) = if side == Side::Front {
        (Reference::TypedPupils { distance: Mm(subject.pupils_mm) }, truth.pupil_left.into(), truth.pupil_right.into())
    } else {
        (
            Reference::Points { distance: Mm(80.0) },
            PhotoPoint::new(100.0, 100.0),
            PhotoPoint::new(100.0 + 80.0 * PX_PER_MM, 100.0),
        )
    };
    let (width, height) = (scene.width(), scene.height());
    let photo = PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: String::new() };
    let mut view = View {
        photo: Some(photo),
        calibration: Some(Calibration { reference, a, b }),
        glabella: (side == Side::Front).then(|| truth.glabella.into()),
        ..View::default()
    };
    view.head = Some(seen_head(&view, &Parameters::default(), side, Some(image)));
    view
}
