//! Pictures of dots on the sample head, drawn as the exporter draws them, beside those that somebody has looked at.
//!
//! `UPDATE_GOLDEN=1` writes the pictures anew; look at each before you keep it. A test that fails writes the new picture
//! and its difference, sixteenfold, into the folder `golden-diff` beside the build.
#![cfg(test)]

use crate::head::{TRUTH, measured};
use crate::scene;
use hairline_designer::engine::design::{FillToHere, Hairline, Look, Months};
use hairline_designer::engine::dots::Field;
use hairline_designer::engine::editor::{Command, Editor};
use hairline_designer::engine::geometry::PhotoPoint;
use hairline_designer::engine::render::{Ink, PixelRect, Raster};
use hairline_designer::engine::sample::{SampleScene, SampleTone, render_rows};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Size of a picture, pixels.
const SIZE: (usize, usize) = (160, 120);
/// A level may differ by so much: the powers of the standard library differ in their last bit between machines.
const MOST_LEVELS: u8 = 1;
/// Such a share of the pixels may differ at all.
const MOST_SHARE: f64 = 0.005;

/// How far the page's preview, multiplied by the browser in sRGB, may be from the exporter's linear light, in levels of
/// 255: at worst, and for 99 of 100 values. First for the look that a new design has, then for any look.
const PREVIEW_USUAL: (u8, u8) = (4, 1);
const PREVIEW_ANY: (u8, u8) = (9, 5);

/// A picture without transparency: red, green and blue, row by row.
#[derive(Debug, Clone, PartialEq)]
struct Picture {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Picture {
    fn read(path: &Path) -> Option<Self> {
        let mut reader = png::Decoder::new(Cursor::new(std::fs::read(path).ok()?)).read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut rgb).unwrap();
        assert_eq!(frame.color_type, png::ColorType::Rgb, "{}", path.display());
        Some(Self { width: frame.width as usize, height: frame.height as usize, rgb })
    }

    fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        encoder.write_header().unwrap().write_image_data(&self.rgb).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// How two pictures of one size differ.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Difference {
    levels: u8,
    share: f64,
}

impl Difference {
    /// `None` for pictures of two sizes.
    fn between(a: &Picture, b: &Picture) -> Option<Self> {
        if (a.width, a.height) != (b.width, b.height) {
            return None;
        }
        let of_pixel = |(a, b): (&[u8], &[u8])| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
        let pixels: Vec<u8> = a.rgb.chunks(3).zip(b.rgb.chunks(3)).map(of_pixel).collect();
        let differing = pixels.iter().filter(|levels| **levels > 0).count();
        Some(Self {
            levels: pixels.iter().copied().max().unwrap_or(0),
            share: differing as f64 / pixels.len().max(1) as f64,
        })
    }

    fn is_small(self) -> bool {
        self.levels <= MOST_LEVELS && self.share <= MOST_SHARE
    }
}

/// The part of the photo that is looked at, at a zoom: the line above the pupil on the right runs through its middle.
struct Patch {
    rect: PixelRect,
    zoom: f64,
    /// RGBA.
    photo: Vec<u8>,
}

impl Patch {
    fn new(editor: &Editor, tone: SampleTone, zoom: f64) -> Self {
        let curve = editor.view().hairline.as_ref().unwrap().curve();
        let x = TRUTH.pupil_right.0;
        let on_line = curve.points().iter().min_by(|a, b| (a.x - x).abs().total_cmp(&(b.x - x).abs())).unwrap();
        let corner = |middle: f64, side: usize| (middle * zoom).floor() as i32 - side as i32 / 2;
        let (width, height) = SIZE;
        let rect = PixelRect { x: corner(on_line.x, width), y: corner(on_line.y, height), width, height };
        Self { rect, zoom, photo: magnified(tone, rect, zoom) }
    }

    /// The transmittance of a design's dots.
    fn raster(&self, field: &Field, ink: &Ink) -> Raster {
        let mut raster = Raster::new(self.rect);
        raster.draw(field, ink, self.zoom, None);
        raster
    }

    fn ink(&self, editor: &Editor) -> Ink {
        let per_mm = editor.view().scale(editor.norms()).px_per_mm.get();
        Ink::new(&editor.design().look, editor.norms(), per_mm * self.zoom)
    }

    fn picture(&self, rgba: &[u8]) -> Picture {
        let rgb = rgba.chunks(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Picture { width: self.rect.width, height: self.rect.height, rgb }
    }
}

/// A part of the sample picture at a zoom, between its pixels in straight lines.
fn magnified(tone: SampleTone, rect: PixelRect, zoom: f64) -> Vec<u8> {
    let scene = SampleScene::frontal(tone);
    let at = |pixel: usize, corner: i32| (f64::from(corner) + pixel as f64 + 0.5) / zoom - 0.5;
    let top = at(0, rect.y).floor() as u32;
    let rows = render_rows(&scene, top..at(rect.height, rect.y).ceil() as u32 + 2);
    let value = |x: usize, y: usize, channel: usize| {
        f64::from(rows[((y - top as usize) * scene.width() as usize + x) * 4 + channel])
    };
    let mut rgba = Vec::new();
    for row in 0..rect.height {
        for column in 0..rect.width {
            let (x, y) = (at(column, rect.x), at(row, rect.y));
            let (left, above, right, below) = (x.floor() as usize, y.floor() as usize, x.fract(), y.fract());
            for channel in 0..4 {
                let across = |y: usize| value(left, y, channel) * (1.0 - right) + value(left + 1, y, channel) * right;
                rgba.push((across(above) * (1.0 - below) + across(above + 1) * below).round() as u8);
            }
        }
    }
    rgba
}

/// A line at 75 mm with an area of the usual density behind it, and a look changed from the usual one. The handles stand
/// here, so that another proposal changes no picture.
fn design(change: impl FnOnce(&mut Look)) -> Editor {
    let mut editor = measured();
    let (x, y) = TRUTH.midfrontal_75mm;
    let placed = |offsets: &[(f64, f64)]| offsets.iter().map(|(dx, dy)| PhotoPoint::new(x + dx, y + dy)).collect();
    let line = placed(&[(-300.0, 180.0), (-150.0, 45.0), (0.0, 0.0), (150.0, 45.0), (300.0, 180.0)]);
    let boundary = placed(&[(-200.0, -10.0), (0.0, -110.0), (200.0, -10.0)]);
    editor.apply(Command::SetHairline(Some(Hairline { handles: line }))).unwrap();
    editor.apply(Command::FillToHere(Some(FillToHere { boundary, density: 120.0 }))).unwrap();
    let mut look = editor.design().look.clone();
    change(&mut look);
    editor.apply(Command::SetLook(look)).unwrap();
    editor
}

/// The picture as it would be saved.
fn drawn(editor: &Editor, tone: SampleTone, zoom: f64) -> Picture {
    let patch = Patch::new(editor, tone, zoom);
    let ink = patch.ink(editor);
    let mut rgba = patch.photo.clone();
    patch.raster(&scene::field_of(editor), &ink).darken(&ink, &mut rgba);
    patch.picture(&rgba)
}

fn golden_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/golden").join(format!("{name}.png"))
}

/// Where failures are shown: beside the folder that cargo gives to tests.
fn failure_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("golden-diff").join(format!("{name}.png"))
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1")
}

#[track_caller]
fn golden(name: &str, change: impl FnOnce(&mut Look)) {
    let editor = design(change);
    let faults: Vec<String> = [(1.0, "100"), (4.0, "400")]
        .into_iter()
        .filter_map(|(zoom, percent)| {
            looked_at(&format!("{name}-{percent}"), &drawn(&editor, SampleTone::default(), zoom)).err()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Compares a picture with the one that somebody has looked at.
fn looked_at(name: &str, new: &Picture) -> Result<(), String> {
    if is_updating() {
        new.write(&golden_path(name));
        return Ok(());
    }
    let Some(golden) = Picture::read(&golden_path(name)) else {
        return Err(format!("{name}: nobody has looked at such a picture yet: UPDATE_GOLDEN=1 writes it"));
    };
    let difference = Difference::between(&golden, new);
    if difference.is_some_and(Difference::is_small) {
        return Ok(());
    }
    let shown = shown_difference(&golden, new);
    shown.write(&failure_path(&format!("{name}-difference")));
    new.write(&failure_path(name));
    Err(format!("{name}: {difference:?}; see {}", failure_path(name).display()))
}

/// Black where two pictures are alike; where they differ, the difference times sixteen.
fn shown_difference(a: &Picture, b: &Picture) -> Picture {
    let rgb = a.rgb.iter().zip(&b.rgb).map(|(a, b)| a.abs_diff(*b).saturating_mul(16));
    let mut rgb: Vec<u8> = rgb.collect();
    rgb.resize(a.rgb.len(), u8::MAX);
    Picture { rgb, ..a.clone() }
}

#[test]
fn healed_and_soft() {
    golden("healed-soft", |_| ());
}

#[test]
fn healed_and_defined() {
    golden("healed-defined", |look| look.softness = 0.0);
}

#[test]
fn fresh_and_soft() {
    golden("fresh-soft", |look| look.months = Months::FRESH);
}

#[test]
fn after_the_first_session() {
    golden("healed-soft-session-1", |look| look.session = 1);
}

#[test]
fn after_the_second_session() {
    golden("healed-soft-session-2", |look| look.session = 2);
}

#[test]
fn a_changed_picture_is_noticed() {
    let picture = drawn(&design(|_| ()), SampleTone::default(), 1.0);
    let difference = |other: &Picture| Difference::between(&picture, other);
    assert_eq!(difference(&picture), Some(Difference { levels: 0, share: 0.0 }));
    let mut one_pixel = picture.clone();
    one_pixel.rgb[3000] ^= 0x10;
    assert!(!difference(&one_pixel).unwrap().is_small(), "one pixel, sixteen levels");
    let mut brighter = picture.clone();
    brighter.rgb.iter_mut().for_each(|level| *level = level.saturating_add(1));
    assert!(!difference(&brighter).unwrap().is_small(), "every pixel, one level");
    for other in [
        design(|look| look.session = 2),
        design(|look| look.softness = 0.5),
        design(|look| look.months = Months::FRESH),
        design(|look| look.dot.0 = 0.13),
        design(|look| "dark-grey".clone_into(&mut look.shade)),
    ] {
        let other_picture = drawn(&other, SampleTone::default(), 1.0);
        let seen = difference(&other_picture).unwrap();
        assert!(!seen.is_small(), "{:?}: {seen:?}", other.design().look);
    }
    let smaller = Picture { height: 1, rgb: picture.rgb[..480].to_vec(), ..picture.clone() };
    assert_eq!(difference(&smaller), None);
}

/// Levels by which the preview differs from the picture that is saved, one for each inked value, least first.
fn preview_errors(editor: &Editor, tone: SampleTone, zoom: f64) -> Vec<u8> {
    let patch = Patch::new(editor, tone, zoom);
    let ink = patch.ink(editor);
    let raster = patch.raster(&scene::field_of(editor), &ink);
    let (mut saved, mut overlay) = (patch.photo.clone(), Vec::new());
    raster.darken(&ink, &mut saved);
    raster.overlay(&ink, &mut overlay);
    let multiplied = |photo: u8, overlay: u8| ((u32::from(photo) * u32::from(overlay) + 127) / 255) as u8;
    let pixels = patch.photo.chunks(4).zip(overlay.chunks(4)).zip(saved.chunks(4)).zip(raster.light());
    let inked = pixels.filter(|(_, light)| **light < 1.0);
    let mut errors: Vec<u8> = inked
        .flat_map(|(((photo, overlay), saved), _)| {
            (0..3).map(move |channel| multiplied(photo[channel], overlay[channel]).abs_diff(saved[channel]))
        })
        .collect();
    errors.sort_unstable();
    errors
}

fn worst_and_usual(errors: &[u8]) -> (u8, u8) {
    (errors[errors.len() - 1], errors[errors.len() * 99 / 100])
}

#[test]
fn the_preview_is_near_the_picture_that_is_saved() {
    let looks = [
        ("grey, healed", design(|_| ())),
        ("soft black, healed", design(|look| "soft-black".clone_into(&mut look.shade))),
        (
            "soft black, fresh, largest dots",
            design(|look| {
                *look = Look { shade: "soft-black".to_owned(), months: Months::FRESH, ..look.clone() };
                look.dot.0 = 0.15;
            }),
        ),
    ];
    for (index, (name, editor)) in looks.iter().enumerate() {
        for tone in SampleTone::ALL {
            for zoom in [1.0, 4.0] {
                let errors = preview_errors(editor, tone, zoom);
                let (worst, usual) = worst_and_usual(&errors);
                let mean = errors.iter().map(|levels| f64::from(*levels)).sum::<f64>() / errors.len() as f64;
                let (most_worst, most_usual) = if index == 0 { PREVIEW_USUAL } else { PREVIEW_ANY };
                println!("{name}, {tone:?}, {zoom}: worst {worst}, 99 of 100 within {usual}, mean {mean:.2} levels");
                assert!(errors.len() > 10_000, "{name}, {tone:?}, {zoom}: only {} inked values", errors.len());
                assert!(worst <= most_worst && usual <= most_usual, "{name}, {tone:?}, {zoom}: {worst}, {usual}");
            }
        }
    }
}
