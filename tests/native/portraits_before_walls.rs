//! Portraits cut out by the person's mask and put before busy walls, drawn and photographed, as pictures to be looked at.
#![cfg(test)]

use crate::busy_walls::{BusyWall, TO_CHOOSE_BY, TO_JUDGE_BY, TO_REFUSE};
use crate::hair_photos::HairPhoto;
use crate::looked_at::{halved, looked_at};
use crate::shared_photo::{SharedPhoto, photo_at, shared_photo};
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::clipped::{ClippedPhoto, ClippedRefusal, clip_found, clip_roughly, find_hair};
use hairline_designer::engine::color::{byte_of, light_of};
use hairline_designer::engine::editor::AnalysisImage;
use hairline_designer::engine::geometry::{PhotoPoint, PhotoRect};
use hairline_designer::engine::render::PixelRect;
use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

/// The portraits, each with the hair at its sides.
const PORTRAITS: [&str; 6] = [
    "gpo-bald-nw6-fringe-light",
    "gpo-bald-nw6-dark-fringe",
    "gpo-receding-nw4-light",
    "gpo-receding-nw3-short",
    "gpo-man-asian-short",
    "gpo-bald-dark-skin-fringe",
];
/// Pixels of a row of the pictures, of which one is as large as a phone's: 12 megapixels.
const WIDTH: usize = 3024;
/// Pixels a millimetre of drawn walls there.
const PX_PER_MM: f64 = 8.0;

/// Writes into the folder that `WALL_PICTURES` names, of the portraits and walls whose names hold one of what `PORTRAITS_CALLED` and
/// `WALLS_CALLED` say: the portrait before the wall, and with its hair clipped. Photos of walls are those of the folder that
/// `WALL_PHOTOS` names. Prints how long each part of it takes.
#[test]
#[ignore = "writes pictures to be looked at"]
fn portraits_before_busy_walls_as_pictures() {
    let folder = std::env::var("WALL_PICTURES").expect("WALL_PICTURES names a folder");
    let [portraits, walls] = ["PORTRAITS_CALLED", "WALLS_CALLED"].map(|name| std::env::var(name).unwrap_or_default());
    let is_wanted = |name: &str, wanted: &str| wanted.split(',').any(|wanted| name.contains(wanted));
    for portrait in PORTRAITS.into_iter().filter(|name| is_wanted(name, &portraits)) {
        let cut_out = CutOut::read(portrait).expect("a portrait");
        for wall in walls_behind().into_iter().filter(|wall| is_wanted(&wall.name, &walls)) {
            let name = format!("{portrait}-{}", wall.name);
            let picture = cut_out.before(&wall);
            match Clipped::of(portrait, &picture) {
                Err(refusal) => println!("{name}: {refusal:?}"),
                Ok(clipped) => {
                    println!("{name}: {}", clipped.took);
                    clipped.write(&picture, &Path::new(&folder).join(format!("{name}.png")));
                }
            }
        }
    }
}

/// What stands behind a portrait.
struct Behind {
    name: String,
    wall: Wall,
}

enum Wall {
    Drawn(BusyWall),
    Photo(SharedPhoto),
    Own,
}

fn walls_behind() -> Vec<Behind> {
    let drawn = TO_CHOOSE_BY.into_iter().chain(TO_JUDGE_BY).chain(TO_REFUSE);
    let drawn = drawn.map(|wall| Behind { name: format!("{wall:?}").to_lowercase(), wall: Wall::Drawn(wall) });
    let photos = std::env::var("WALL_PHOTOS").ok().and_then(|folder| std::fs::read_dir(folder).ok());
    let mut paths: Vec<_> = photos.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let photos = paths.iter().filter_map(|path| {
        let name = path.file_stem()?.to_str()?.to_owned();
        Some(Behind { name, wall: Wall::Photo(photo_at(path)?) })
    });
    let own = Behind { name: "own".to_owned(), wall: Wall::Own };
    drawn.chain(photos).chain([own]).collect()
}

impl Behind {
    /// Linear light of a pixel; `None` where it is the portrait's own. Photos fill the picture.
    fn light(&self, (x, y): (usize, usize), height: usize) -> Option<[f32; 3]> {
        match &self.wall {
            Wall::Drawn(wall) => Some(wall.light((x as f64 / PX_PER_MM, y as f64 / PX_PER_MM), 1.0 / PX_PER_MM, 5)),
            Wall::Photo(photo) => {
                let scale = (photo.width as f64 / WIDTH as f64).min(photo.height as f64 / height as f64);
                Some(between(photo, (x as f64 + 0.5) * scale, (y as f64 + 0.5) * scale))
            }
            Wall::Own => None,
        }
    }
}

/// A portrait and how much of each place is the person.
struct CutOut {
    photo: SharedPhoto,
    found: HairPhoto,
}

impl CutOut {
    fn read(name: &'static str) -> Option<Self> {
        Some(Self { photo: shared_photo(&format!("{name}.jpg"))?, found: HairPhoto::read(name, Side::Front)? })
    }

    /// It, larger, before a wall: RGBA.
    fn before(&self, behind: &Behind) -> SharedPhoto {
        let scale = self.photo.width as f64 / WIDTH as f64;
        let height = (self.photo.height as f64 / scale) as usize;
        let person = self.found.image.person.as_ref().expect("a person");
        let pixel = |at: usize| {
            let (column, row) = (at % WIDTH, at / WIDTH);
            let (x, y) = ((column as f64 + 0.5) * scale, (row as f64 + 0.5) * scale);
            let share = ((person.share(PhotoPoint::new(x, y)).unwrap_or(0.0) - 0.35) / 0.3).clamp(0.0, 1.0) as f32;
            let mut light = between(&self.photo, x, y);
            if let Some(wall) = behind.light((column, row), height) {
                light.iter_mut().zip(wall).for_each(|(light, wall)| *light = wall + (*light - wall) * share);
            }
            let [red, green, blue] = light.map(byte_of);
            [red, green, blue, 255]
        };
        SharedPhoto { pixels: (0..WIDTH * height).flat_map(pixel).collect(), width: WIDTH, height }
    }
}

/// Linear light of a place of a photo, mixed of the four nearest pixels.
fn between(photo: &SharedPhoto, x: f64, y: f64) -> [f32; 3] {
    let (x, y) = ((x - 0.5).max(0.0), (y - 0.5).max(0.0));
    let (left, top) = (x as usize, y as usize);
    let (right, down) = ((x - left as f64) as f32, (y - top as f64) as f32);
    let mut light = [0.0; 3];
    for (column, row, share) in [
        (left, top, (1.0 - right) * (1.0 - down)),
        (left + 1, top, right * (1.0 - down)),
        (left, top + 1, (1.0 - right) * down),
        (left + 1, top + 1, right * down),
    ] {
        let at = row.min(photo.height - 1) * photo.width + column.min(photo.width - 1);
        let pixel = &photo.pixels[at * 4..][..3];
        light.iter_mut().zip(pixel).for_each(|(light, byte)| *light += light_of(*byte) * share);
    }
    light
}

/// A picture with its hair clipped.
struct Clipped {
    pixels: Vec<u8>,
    around: PhotoRect,
    took: String,
}

impl Clipped {
    fn of(name: &'static str, picture: &SharedPhoto) -> Result<Self, ClippedRefusal> {
        let size = (picture.width as u32, picture.height as u32);
        let AnalysisImage { pixels, width, zoom, .. } = looked_at(picture.pixels.clone(), picture.width);
        let photo = HairPhoto::looked_at(name, Side::Front, (pixels, width, zoom), size).expect("a face");
        let ground = (photo.editor.view(), photo.editor.parameters());
        let (found, finding) = timed(|| find_hair(&photo.image, photo.face.as_ref(), ground));
        let found = found?;
        let around = PhotoRect::around(&found.silhouette);
        let around = around.inflated(40.0 * ground.0.scale(ground.1).px_per_mm.get());
        let (rough, roughly) = timed(|| clip_roughly(&photo.image, &found, ground, 1));
        let (clipped, wholly) = timed(|| clip_found(&photo.image, found, ground, 1));
        if rough.is_ok() != clipped.is_ok() {
            println!("  roughly {:?}, wholly {:?}", rough.err(), clipped.as_ref().err());
        }
        let (pixels, replacing) = timed(|| clipped.map(|(clipped, _)| replaced(clipped, picture)));
        let took =
            format!("found in {finding:?}, rough in {roughly:?}, whole in {wholly:?}, replaced in {replacing:?}");
        Ok(Self { pixels: pixels.inspect_err(|_| println!("  {took}"))?, around, took })
    }

    fn write(&self, picture: &SharedPhoto, path: &Path) {
        let rect = PixelRect::covering(self.around, 1.0, picture.width, picture.height);
        let pictures = [&picture.pixels, &self.pixels].map(|pixels| {
            let rows = (0..rect.height).map(|row| ((rect.y as usize + row) * picture.width + rect.x as usize) * 4);
            let part = rows.flat_map(|at| pixels[at..][..rect.width * 4].to_vec()).collect();
            halved(&AnalysisImage::new(part, rect.width, 1.0))
        });
        let width = pictures[0].width;
        let rows = pictures.iter().map(|picture| picture.pixels.chunks_exact(width * 4)).collect::<Vec<_>>();
        let [before, after] = [rows[0].clone(), rows[1].clone()];
        let all: Vec<u8> = before.zip(after).flat_map(|(before, after)| [before, after].concat()).collect();
        let mut encoder =
            png::Encoder::new(File::create(path).unwrap(), 2 * width as u32, (all.len() / 8 / width) as u32);
        encoder.set_color(png::ColorType::Rgba);
        encoder.write_header().unwrap().write_image_data(&all).unwrap();
    }
}

/// The whole picture, with the texture of its own pixels, as the page makes it.
fn replaced(clipped: ClippedPhoto, picture: &SharedPhoto) -> Vec<u8> {
    let read = |rect: PixelRect| {
        let rows = (0..rect.height).map(|row| ((rect.y as usize + row) * picture.width + rect.x as usize) * 4);
        rows.flat_map(|at| picture.pixels[at..][..rect.width * 4].to_vec()).collect::<Vec<u8>>()
    };
    let samples = clipped.samples((picture.width, picture.height)).map(|rect| rect.map(read));
    let clipped = clipped.with_texture(samples.each_ref().map(Option::as_deref));
    let mut pixels = picture.pixels.clone();
    clipped.apply(&mut pixels, PixelRect { x: 0, y: 0, width: picture.width, height: picture.height }, 1.0);
    pixels
}

fn timed<T>(make: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let made = make();
    (made, began.elapsed())
}
