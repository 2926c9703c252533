//! Small pictures in tests: read, written, put beside one another, drawn into, and compared with one that somebody has
//! looked at.

use hairline_designer::engine::geometry::PhotoPoint;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// A level may differ by so much: the powers of the standard library differ in their last bit between machines.
const MAX_LEVELS: u8 = 1;
/// Such a share of the pixels may differ at all.
const MAX_SHARE: f64 = 0.005;
/// Between pictures that are put beside one another, pixels of middle grey.
const GAP: usize = 4;
const GAP_LEVEL: u8 = 128;

/// A picture without transparency: red, green and blue, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) rgb: Vec<u8>,
}

impl Picture {
    /// A picture of one colour.
    pub(super) fn plain(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self { width, height, rgb: colour.repeat(width * height) }
    }

    /// Of RGBA bytes, row by row.
    pub(super) fn of_rgba(width: usize, rgba: &[u8]) -> Self {
        let rgb: Vec<u8> = rgba.chunks(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        Self { width, height: rgb.len() / 3 / width, rgb }
    }

    /// Pictures of one height from left to right, with a grey gap between two.
    pub(super) fn row(pictures: &[Self]) -> Self {
        let width = pictures.iter().map(|picture| picture.width + GAP).sum::<usize>() - GAP;
        let height = pictures[0].height;
        let mut rgb = Vec::with_capacity(width * height * 3);
        for y in 0..height {
            for (index, picture) in pictures.iter().enumerate() {
                rgb.extend([GAP_LEVEL; 3].repeat(if index == 0 { 0 } else { GAP }));
                rgb.extend(&picture.rgb[y * picture.width * 3..(y + 1) * picture.width * 3]);
            }
        }
        Self { width, height, rgb }
    }

    /// Pictures of one width from top to bottom, with a grey gap between two.
    pub(super) fn column(pictures: &[Self]) -> Self {
        let width = pictures[0].width;
        let gap = [GAP_LEVEL; 3].repeat(width * GAP);
        let rgb = pictures.iter().map(|picture| &picture.rgb[..]).collect::<Vec<_>>().join(&gap[..]);
        Self { width, height: rgb.len() / 3 / width, rgb }
    }

    /// Lays a colour over the picture where a shape covers its pixels: `cover` tells the share of a pixel, by its middle.
    pub(super) fn lay(&mut self, colour: [u8; 3], cover: impl Fn(f64, f64) -> f64) {
        let width = self.width;
        for (index, pixel) in self.rgb.chunks_mut(3).enumerate() {
            let share = cover((index % width) as f64 + 0.5, (index / width) as f64 + 0.5).clamp(0.0, 1.0);
            for (level, to) in pixel.iter_mut().zip(colour) {
                *level = (f64::from(*level) + (f64::from(to) - f64::from(*level)) * share).round() as u8;
            }
        }
    }

    /// A line through points of the picture, so many pixels wide.
    pub(super) fn line(&mut self, points: &[PhotoPoint], width: f64, colour: [u8; 3]) {
        let mut covers = vec![0.0_f64; self.width * self.height];
        for (a, b) in points.iter().zip(points.iter().skip(1)) {
            let range = |a: f64, b: f64, side: usize| {
                let low = (a.min(b) - width - 1.0).max(0.0) as usize;
                low..((a.max(b) + width + 1.0).max(0.0) as usize).min(side)
            };
            for y in range(a.y, b.y, self.height) {
                for x in range(a.x, b.x, self.width) {
                    let distance = to_piece(*a, *b, PhotoPoint::new(x as f64 + 0.5, y as f64 + 0.5));
                    let cover = &mut covers[y * self.width + x];
                    *cover = cover.max((width / 2.0 + 0.5 - distance).clamp(0.0, 1.0));
                }
            }
        }
        let across = self.width;
        self.lay(colour, |x, y| covers[y as usize * across + x as usize]);
    }

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

fn to_piece(a: PhotoPoint, b: PhotoPoint, point: PhotoPoint) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy).max(1e-9);
    a.lerp(b, along.clamp(0.0, 1.0)).distance(point)
}

/// How two pictures of one size differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    pub(super) levels: u8,
    pub(super) share: f64,
}

impl Difference {
    /// `None` for pictures of two sizes.
    pub(super) fn between(a: &Picture, b: &Picture) -> Option<Self> {
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

    pub(super) fn is_small(self) -> bool {
        self.levels <= MAX_LEVELS && self.share <= MAX_SHARE
    }
}

/// Compares a picture with the one that somebody has looked at, which lies in that folder of the package and may have so
/// many bytes.
///
/// With `UPDATE_GOLDEN=1` writes it there instead. A failure writes the new picture and its difference into the folder
/// `golden-diff` beside the build.
pub(super) fn looked_at(folder: &str, name: &str, new: &Picture, most_bytes: u64) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("{name}.png"));
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        new.write(&path);
    }
    let Some(golden) = Picture::read(&path) else {
        return Err(format!("{name}: nobody has looked at such a picture yet: UPDATE_GOLDEN=1 writes it"));
    };
    let bytes = std::fs::metadata(&path).unwrap().len();
    if bytes > most_bytes {
        return Err(format!("{}: {bytes} bytes, at most {most_bytes}", path.display()));
    }
    let difference = Difference::between(&golden, new);
    if difference.is_some_and(Difference::is_small) {
        return Ok(());
    }
    shown_difference(&golden, new).write(&failure_path(&format!("{name}-difference")));
    new.write(&failure_path(name));
    Err(format!("{name}: {difference:?}; see {}", failure_path(name).display()))
}

/// Where failures are shown: beside the folder that cargo gives to tests.
fn failure_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("golden-diff").join(format!("{name}.png"))
}

/// Black where two pictures are alike; where they differ, the difference times sixteen.
fn shown_difference(a: &Picture, b: &Picture) -> Picture {
    let rgb = a.rgb.iter().zip(&b.rgb).map(|(a, b)| a.abs_diff(*b).saturating_mul(16));
    let mut rgb: Vec<u8> = rgb.collect();
    rgb.resize(a.rgb.len(), u8::MAX);
    Picture { rgb, ..a.clone() }
}
