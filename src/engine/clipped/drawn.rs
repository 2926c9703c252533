//! Heads that tests draw, of which everything is known: mm to the right of the middle between the pupils and over them, two pixels to
//! a millimetre.

use super::layer::Layer;
use super::sight::{Detail, Sight};
use super::{clip_found, find_hair};
use crate::engine::calibration::{Calibration, HairOnTop, Head, Reference, Side, Surface};
use crate::engine::catalog::Parameters;
use crate::engine::color::pixel_luminance;
use crate::engine::design::{HairStroke, PhotoRef, View};
use crate::engine::editor::AnalysisImage;
use crate::engine::face::PersonMask;
use crate::engine::geometry::{Mm, PhotoPoint};
use crate::engine::render::PixelRect;
use std::rc::Rc;

pub(super) const PX_PER_MM: f64 = 2.0;
const WIDTH: usize = 600;
const HEIGHT: usize = 720;
/// Where the pupils' middle is, pixels.
const EYES: (f64, f64) = (300.0, 330.0);
/// The skull, its middle and half axes, and the face, ears and brows as well.
pub(super) const SKULL: Ellipse = Ellipse { at: (0.0, 22.0), half: (76.0, 82.0) };
pub(super) const FACE: Ellipse = Ellipse { at: (0.0, -28.0), half: (68.0, 92.0) };
pub(super) const EARS: [Ellipse; 2] =
    [Ellipse { at: (-78.0, -10.0), half: (9.0, 28.0) }, Ellipse { at: (78.0, -10.0), half: (9.0, 28.0) }];
const BROWS: [Ellipse; 2] =
    [Ellipse { at: (-31.0, 18.0), half: (20.0, 3.0) }, Ellipse { at: (31.0, 18.0), half: (20.0, 3.0) }];
const EYES_OPEN: [Ellipse; 2] =
    [Ellipse { at: (-31.5, 0.0), half: (12.0, 4.0) }, Ellipse { at: (31.5, 0.0), half: (12.0, 4.0) }];

/// An upright ellipse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ellipse {
    pub(super) at: (f64, f64),
    pub(super) half: (f64, f64),
}

impl Ellipse {
    /// Squared distance from the middle in half axes: below 1 inside.
    pub(super) fn squared(&self, (x, y): (f64, f64)) -> f64 {
        let (x, y) = ((x - self.at.0) / self.half.0, (y - self.at.1) / self.half.1);
        x * x + y * y
    }

    pub(super) fn has(&self, at: (f64, f64)) -> bool {
        self.squared(at) < 1.0
    }

    pub(super) fn grown(&self, by: f64) -> Self {
        Self { half: (self.half.0 + by, self.half.1 + by), ..*self }
    }
}

/// Colours of a drawn head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    pub(super) skin: [f64; 3],
    pub(super) hair: [f64; 3],
    pub(super) wall: [f64; 3],
}

pub(super) const LIGHT_DARK: Palette =
    Palette { skin: [214.0, 168.0, 146.0], hair: [58.0, 45.0, 38.0], wall: [120.0, 140.0, 152.0] };
pub(super) const LIGHT_GREY: Palette =
    Palette { skin: [206.0, 158.0, 136.0], hair: [136.0, 134.0, 130.0], wall: [70.0, 92.0, 118.0] };
pub(super) const LIGHT_BLOND: Palette =
    Palette { skin: [220.0, 172.0, 152.0], hair: [176.0, 142.0, 92.0], wall: [120.0, 130.0, 125.0] };
pub(super) const DARK_DARK: Palette =
    Palette { skin: [128.0, 84.0, 62.0], hair: [34.0, 30.0, 29.0], wall: [170.0, 172.0, 168.0] };

/// The skull and the face of a head whose nose points to the right, and its ear; and the skull from above, the forehead below.
pub(super) const LONG_SKULL: Ellipse = Ellipse { at: (0.0, 22.0), half: (96.0, 82.0) };
const PROFILE: Ellipse = Ellipse { at: (48.0, -40.0), half: (50.0, 72.0) };
pub(super) const PROFILE_EAR: Ellipse = Ellipse { at: (-2.0, -14.0), half: (13.0, 28.0) };
pub(super) const SKULL_FROM_ABOVE: Ellipse = Ellipse { at: (0.0, 0.0), half: (76.0, 96.0) };

/// The skull of a drawn head from a side.
pub(super) fn skull(side: Side) -> Ellipse {
    match side {
        Side::Front | Side::Back => SKULL,
        Side::Left | Side::Right => LONG_SKULL,
        Side::Top => SKULL_FROM_ABOVE,
    }
}

/// A head from a side; one whose nose points to the left is drawn mirrored.
pub(super) struct Drawn<'a> {
    pub(super) side: Side,
    pub(super) palette: Palette,
    /// Whether hair is at a place.
    pub(super) hair: &'a dyn Fn((f64, f64)) -> bool,
    /// How rough hair is, as a share of its light.
    pub(super) rough: f64,
}

/// Hair at both sides over the ears, as thick as that before the skull, and bare skin between.
pub(super) fn sides(thick: f64) -> impl Fn((f64, f64)) -> bool {
    move |(x, y)| SKULL.grown(thick).has((x, y)) && x.abs() > 56.0 && (16.0..78.0).contains(&y)
}

/// A number from 0 to 1 that looks as if by chance.
pub(super) fn noise(x: usize, y: usize) -> f64 {
    let mut hash = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 13;
    f64::from(hash & 0xffff) / 65_535.0
}

/// Where a place of the photo is on the head.
pub(super) fn on_head(at: PhotoPoint) -> (f64, f64) {
    ((at.x - EYES.0) / PX_PER_MM, (EYES.1 - at.y) / PX_PER_MM)
}

/// Where a place of the head is in the photo.
pub(super) fn in_photo((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(EYES.0 + x * PX_PER_MM, EYES.1 - y * PX_PER_MM)
}

/// Places of the photo a millimetre apart, and where they are on the head.
pub(super) fn places() -> impl Iterator<Item = (PhotoPoint, (f64, f64))> {
    (0..WIDTH * HEIGHT / 4).map(|at| {
        let at = PhotoPoint::new((at % (WIDTH / 2)) as f64 * 2.0 + 1.0, (at / (WIDTH / 2)) as f64 * 2.0 + 1.0);
        (at, on_head(at))
    })
}

/// The neck, and shoulders in dark cloth.
fn is_neck((x, y): (f64, f64)) -> bool {
    x.abs() < 52.0 && y < -70.0
}

fn is_cloth((x, y): (f64, f64)) -> bool {
    y < -128.0 - x.abs() * 0.12
}

impl Drawn<'_> {
    fn is_bare(&self, at: (f64, f64)) -> bool {
        let are_ears = || EARS.iter().any(|ear| ear.has(at));
        match self.side {
            Side::Front => SKULL.has(at) || FACE.has(at) || are_ears(),
            Side::Back => SKULL.has(at) || are_ears(),
            Side::Left | Side::Right => LONG_SKULL.has(at) || PROFILE.has(at) || PROFILE_EAR.has(at),
            Side::Top => SKULL_FROM_ABOVE.has(at),
        }
    }

    fn is_person(&self, at: (f64, f64)) -> bool {
        let is_below = self.side != Side::Top && (is_neck(at) || is_cloth(at));
        self.is_bare(at) || is_below || (self.hair)(at)
    }

    /// The place as it is drawn.
    fn mirrored(&self, (x, y): (f64, f64)) -> (f64, f64) {
        (if self.side == Side::Left { -x } else { x }, y)
    }

    fn color(&self, at: (f64, f64), (column, row): (usize, usize)) -> [f64; 3] {
        let fine = noise(column, row) - 0.5;
        let Palette { skin, hair, wall } = self.palette;
        if (self.hair)(at) {
            // Strands that lean.
            let strand = noise((column * 2 + row / 3) / 2, row / 14) - 0.5;
            return hair.map(|level| level * (1.0 + self.rough * (strand * 1.4 + fine * 0.6)));
        }
        if self.side != Side::Top && is_cloth(at) {
            return [34.0, 36.0, 46.0].map(|level| level + 6.0 * fine);
        }
        if self.side == Side::Front && BROWS.iter().chain(&EYES_OPEN).any(|dark| dark.has(at)) {
            return [52.0, 42.0, 36.0].map(|level| level + 8.0 * fine);
        }
        if self.is_person(at) {
            let shade = skull(self.side).squared(at).min(FACE.squared(at)).min(1.0);
            return skin.map(|level| level * (1.05 - 0.32 * shade * shade + 0.02 * fine));
        }
        wall.map(|level| level * (1.0 - 0.08 * at.1 / 150.0) + 3.0 * fine)
    }

    /// The photo as it is looked at, with the person in it.
    pub(super) fn image(&self) -> AnalysisImage {
        let color = |place: usize| {
            let (column, row) = (place % WIDTH, place / WIDTH);
            // Four looks a pixel: edges are soft.
            let corners = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
            let mut sum = [0.0; 3];
            for (x, y) in corners {
                let at = on_head(PhotoPoint::new(column as f64 + x, row as f64 + y));
                sum.iter_mut()
                    .zip(self.color(self.mirrored(at), (column, row)))
                    .for_each(|(sum, level)| *sum += level / 4.0);
            }
            let [red, green, blue] = sum.map(|level| level.clamp(0.0, 255.0) as u8);
            [red, green, blue, 255]
        };
        let image = AnalysisImage::new((0..WIDTH * HEIGHT).flat_map(color).collect(), WIDTH, 1.0);
        let person = PersonMask::drawn((WIDTH as f64, HEIGHT as f64), |at| self.is_person(self.mirrored(on_head(at))));
        AnalysisImage { person: Some(Rc::new(person)), ..image }
    }
}

/// The image with levels times those where something is.
pub(super) fn marked(image: &AnalysisImage, times: [f64; 3], is_there: impl Fn((f64, f64)) -> bool) -> AnalysisImage {
    let mut image = image.clone();
    let width = image.width;
    for (at, [colour @ .., _]) in image.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        if is_there(on_head(PhotoPoint::new((at % width) as f64 + 0.5, (at / width) as f64 + 0.5))) {
            colour.iter_mut().zip(times).for_each(|(level, times)| *level = (f64::from(*level) * times) as u8);
        }
    }
    image
}

/// A picture from the front once the hair is clipped that was found in another one, 8 mm thick at its sides, with the visitor's strokes.
pub(super) fn clipped(image: &AnalysisImage, seen: &AnalysisImage, strokes: Vec<Rc<HairStroke>>) -> Vec<u8> {
    let (mut view, parameters) = (view(Side::Front, 8.0), Parameters::default());
    view.own_hair = strokes;
    let own = find_hair(seen, None, (&view, &parameters)).unwrap();
    let (photo, _) = clip_found(image, own, (&view, &parameters), 1).unwrap();
    let (mut pixels, width) = (image.pixels.clone(), image.width);
    photo.apply(&mut pixels, PixelRect { x: 0, y: 0, width, height: image.pixels.len() / 4 / width }, 1.0);
    pixels
}

/// The mean light of the pixels within a millimetre of a place.
pub(super) fn light(pixels: &[u8], width: usize, place: (f64, f64)) -> f64 {
    let at = in_photo(place);
    let (column, row) = (at.x as usize, at.y as usize);
    let rows = (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| row * width + column));
    rows.map(|at| f64::from(pixel_luminance(*pixels[at * 4..].first_chunk().unwrap()))).sum::<f64>() / 9.0
}

/// A view of that photo, from the front with its eyes marked, and the head as it is seen with hair so thick at its sides.
pub(super) fn view(side: Side, thick: f64) -> View {
    let skull = skull(side);
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let photo =
        PhotoRef { width: WIDTH as u32, height: HEIGHT as u32, quarter_turns: 0, level: 0.0, digest: String::new() };
    let head = Head {
        side,
        centre: in_photo(skull.at),
        half_width: (skull.half.0 + thick) * PX_PER_MM,
        half_height: skull.half.1 * PX_PER_MM,
        roll: 0.0,
        yaw: 0.0,
        pitch: 0.0,
        camera: Mm(1000.0),
        camera_told: false,
        by_hand: false,
        outline_unseen: false,
        hair_on_top: HairOnTop::Unknown,
    };
    let marks = Calibration { reference, a: in_photo((-31.5, 0.0)), b: in_photo((31.5, 0.0)) };
    View {
        photo: Some(photo),
        calibration: Some(marks).filter(|_| side == Side::Front),
        head: Some(head),
        ..View::default()
    }
}

/// What is seen around a head without a person's mask, whose outline was met where it was looked for: its light, how deep each cell
/// lies inside of the outline and how far it is from hair.
pub(super) fn sight<'a>(
    head: &'a Head,
    surface: &'a Surface,
    (light, depth, from_hair): (Layer<[f32; 3]>, Layer<f32>, Layer<f32>),
) -> Sight<'a> {
    Sight {
        light,
        from_hair,
        depth,
        ears: None,
        arms: &[],
        possible: None,
        head,
        axes: head.axes(),
        surface,
        person: None,
        mm: PX_PER_MM,
        softness: 2.0,
        detail: Detail::Whole,
        widened: 0.0,
        dent: 0.0,
    }
}
