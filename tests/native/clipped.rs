//! One's own hair on photos, as pictures to be looked at.
#![cfg(test)]

use crate::clipped_head::{CoveredEars, covered_ears, first_and_final};
use crate::drawn_hair::{BALD, DrawnHair, HAIRS};
use crate::hair_photos::HairPhoto;
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::clipped::OwnHair;
use hairline_designer::engine::geometry::{PhotoPoint, PhotoRect};
use std::fs::File;
use std::path::Path;

/// The photos of which pictures are written.
static PHOTOS: [(&str, Side); 14] = [
    ("gpo-bald-nw6-fringe-light", Side::Front),
    ("gpo-bald-dark-skin-fringe", Side::Front),
    ("gpo-receding-nw4-light", Side::Front),
    ("gpo-man-asian-short", Side::Front),
    ("gpo-bald-nw6-dark-fringe", Side::Front),
    ("gpo-receding-nw3-short", Side::Front),
    ("gpo-shaved-dark-skin", Side::Front),
    ("gpo-woman-short-afro", Side::Front),
    ("gpo-woman-centre-part", Side::Front),
    ("scan-back-painted-strip-scar", Side::Back),
    ("scan-front", Side::Front),
    ("scan-profile-left", Side::Right),
    ("scan-top-crown", Side::Top),
    ("scan-top-front", Side::Front),
];

/// Those whose names hold one of the texts that are wanted, by commas apart; all where nothing is named.
pub(crate) fn photos_called(wanted: &str) -> impl Iterator<Item = &'static (&'static str, Side)> {
    PHOTOS.iter().filter(move |(name, _)| wanted.split(',').any(|wanted| name.contains(wanted)))
}

/// Pixels of a side of the squares whose means are compared: no texture is left of them.
const SQUARE: usize = 6;

/// The mean of a square's pixels, and how many of them are not transparent.
fn mean_of(pixels: &[u8], width: usize, (column, row): (usize, usize)) -> ([f64; 3], usize) {
    let places = (0..SQUARE * SQUARE).map(|at| (row + at / SQUARE) * width + column + at % SQUARE);
    let (mut sum, mut opaque) = ([0.0; 3], 0);
    for pixel in places.filter_map(|at| pixels.get(at * 4..)?.first_chunk::<4>()).filter(|pixel| pixel[3] > 0) {
        opaque += 1;
        sum.iter_mut().zip(pixel).for_each(|(sum, byte)| *sum += f64::from(*byte));
    }
    (sum.map(|sum| sum / f64::from(opaque as u32).max(1.0)), opaque)
}

#[test]
fn the_rough_picture_has_the_colours_of_the_whole_one_and_leaves_the_rest_of_the_photo() {
    let (image, first, last) = first_and_final();
    let height = image.pixels.len() / 4 / image.width;
    let squares = (0..height / SQUARE * SQUARE)
        .step_by(SQUARE)
        .flat_map(|row| (0..image.width / SQUARE * SQUARE).step_by(SQUARE).map(move |column| (column, row)));
    let (mut replaced, mut left) = (Vec::new(), Vec::new());
    for at in squares {
        let ((rough, opaque), (whole, _)) = (mean_of(&first, image.width, at), mean_of(&last, image.width, at));
        let apart = |other: [f64; 3]| whole.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        if opaque == SQUARE * SQUARE {
            replaced.push(apart(rough));
        } else if opaque == 0 {
            left.push(apart(mean_of(&image.pixels, image.width, at).0));
        }
    }
    let share = |all: &mut Vec<f64>, share: f64| {
        all.sort_by(f64::total_cmp);
        all[(all.len() as f64 * share) as usize]
    };
    assert!(replaced.len() > 200 && left.len() > 2_000, "{} {}", replaced.len(), left.len());
    let [middle, most] = [0.5, 0.95].map(|of| share(&mut replaced, of));
    assert!(middle < 3.0 && most < 10.0, "{middle} and {most} levels apart where hair was");
    let most = share(&mut left, 0.99);
    assert!(most < 1.0, "{most} levels apart beside it");
}

#[test]
fn an_ear_over_which_hair_hangs_is_whole_afterwards() {
    let CoveredEars { bald, haired, clipped, is_by_ear } = covered_ears();
    let [bald, haired, clipped] = [&bald, &haired, &clipped].map(|pixels| pixels.as_chunks::<4>().0);
    // The wall is bluish, skin is not.
    let is_skin = |[red, _, blue, _]: &[u8; 4]| *red > blue.saturating_add(8);
    let ears = || (0..bald.len()).filter(|at| is_by_ear[*at] && is_skin(&bald[*at]));
    let share = |is_covered: bool, is_kept: &dyn Fn(usize) -> bool| {
        let places: Vec<usize> = ears().filter(|at| (bald[*at] != haired[*at]) == is_covered).collect();
        assert!(places.len() > 150, "{} pixels of ears", places.len());
        places.iter().filter(|at| is_kept(**at)).count() as f64 / places.len() as f64
    };
    let covered = share(true, &|at| is_skin(&clipped[at]));
    let bare = share(false, &|at| is_skin(&clipped[at]));
    let same = share(false, &|at| clipped[at] == bald[at]);
    assert!(covered > 0.97, "{covered} of what hair covered is skin afterwards");
    assert!(bare > 0.98 && same > 0.75, "{bare} of what is seen of ears stays skin, {same} as it was");
}

/// Writes into the folder that `HAIR_PICTURES` names what is found on the photos whose names hold what `HAIR_PHOTOS` says, all without
/// it: what is replaced in red, the edge of the hair yellow, of drawn hair white and of drawn ears magenta, the silhouette blue.
#[test]
#[ignore = "writes pictures to be looked at"]
fn own_hair_on_photos_as_pictures() {
    let folder = std::env::var("HAIR_PICTURES").expect("HAIR_PICTURES names a folder");
    let mut written = 0;
    let wanted = std::env::var("HAIR_PHOTOS").unwrap_or_default();
    for (name, side) in photos_called(&wanted) {
        let photo = HairPhoto::read(name, *side).expect("a photo of a face");
        let began = std::time::Instant::now();
        let found = photo.found();
        println!("{name}: {:?} in {:?}", found.as_ref().err(), began.elapsed());
        let Ok(found) = found else { continue };
        println!("  {:?}", photo.fit(&found));
        Overlay::write_all(&photo, &found, &Path::new(&folder).join(name));
        written += 1;
    }
    for ((name, side), (hair, color, thick)) in BALD.into_iter().flat_map(|bald| HAIRS.map(|hair| (bald, hair))) {
        let file = format!("{name}-{hair}");
        if !wanted.split(',').any(|wanted| file.contains(wanted)) {
            continue;
        }
        let (drawn, photo) = DrawnHair::on(name, side, (color, thick)).expect("a photo of a bald head");
        let found = photo.found();
        println!("{file}: {:?}", found.as_ref().map(|found| drawn.fit(&photo, found)));
        if let Ok(found) = found {
            Overlay::write_all(&photo, &found, &Path::new(&folder).join(file));
            written += 1;
        }
    }
    assert!(written > 0, "no photo with hair is called {wanted}");
}

struct Overlay<'a> {
    photo: &'a HairPhoto,
    found: &'a OwnHair,
    part: PhotoRect,
    scale: f64,
}

impl<'a> Overlay<'a> {
    /// The whole photo, and both sides around the ears of a face.
    fn write_all(photo: &'a HairPhoto, found: &'a OwnHair, path: &Path) {
        let width = photo.image.width as f64 / photo.image.zoom;
        let height = photo.image.pixels.len() as f64 / 4.0 / photo.image.width as f64 / photo.image.zoom;
        let whole = PhotoRect::of_size(width, height);
        let mut parts = vec![("whole", whole, 900.0 / width)];
        if let Some(face) = &photo.face {
            let by_ear = |place: usize| {
                let at = face.points[place].at;
                let reach = at.distance(face.points[1].at) * 0.6;
                PhotoRect::new(at.x - reach, at.y - 2.0 * reach, at.x + reach, at.y + reach)
            };
            let scale = 900.0 / by_ear(234).height();
            parts.extend([("left", by_ear(234), scale), ("right", by_ear(454), scale)]);
        }
        for (name, part, scale) in parts {
            Self { photo, found, part, scale }.write(&path.with_extension(format!("{name}.png")));
        }
    }

    fn write(&self, path: &Path) {
        let (width, height) = ((self.part.width() * self.scale) as usize, (self.part.height() * self.scale) as usize);
        let at = |x: usize, y: usize| {
            PhotoPoint::new(self.part.x0 + (x as f64 + 0.5) / self.scale, self.part.y0 + (y as f64 + 0.5) / self.scale)
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let mut rgb: Vec<[u8; 3]> = places.map(|(x, y)| self.color(at(x, y))).collect();
        let [hair, ears] = self.photo.outlines();
        let hair = hair.into_iter().map(|outline| (outline, [255, 255, 255]));
        let ears = ears.into_iter().map(|outline| (outline, [255, 0, 255]));
        for (outline, color) in hair.chain(ears).chain([(self.found.silhouette.clone(), [0, 0, 255])]) {
            for (a, b) in outline.iter().zip(outline.iter().cycle().skip(1)) {
                let steps = (a.distance(*b) * self.scale) as u32 + 1;
                for step in 0..steps {
                    let at = a.lerp(*b, f64::from(step) / f64::from(steps));
                    let (x, y) = ((at.x - self.part.x0) * self.scale, (at.y - self.part.y0) * self.scale);
                    if (0.0..width as f64).contains(&x) && (0.0..height as f64).contains(&y) {
                        rgb[y as usize * width + x as usize] = color;
                    }
                }
            }
        }
        let mut encoder = png::Encoder::new(File::create(path).unwrap(), width as u32, height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(rgb.as_flattened()).unwrap();
    }

    fn color(&self, at: PhotoPoint) -> [u8; 3] {
        let image = &self.photo.image;
        let (x, y) = ((at.x * image.zoom) as usize, (at.y * image.zoom) as usize);
        let place = (y * image.width + x.min(image.width - 1)) * 4;
        let seen = image.pixels.get(place..place + 3).unwrap_or(&[0; 3]);
        let is_hair = |at: PhotoPoint| self.found.hair.share(at) > 0.5;
        let step = 1.0 / self.scale;
        if is_hair(at) != is_hair(at.moved(step, 0.0)) || is_hair(at) != is_hair(at.moved(0.0, step)) {
            return [255, 255, 0];
        }
        let share = self.found.mask.share(at) * 0.45;
        let mixed = |level: u8, red: f64| (f64::from(level) * (1.0 - share) + red * share) as u8;
        [mixed(seen[0], 255.0), mixed(seen[1], 0.0), mixed(seen[2], 0.0)]
    }
}
