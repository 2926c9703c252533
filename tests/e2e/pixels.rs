//! Pictures as rows of pixels: what the stage shows and what the page saves, measured and compared.

use crate::harness::{Point, Session};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use std::io::Cursor;
use std::path::PathBuf;

/// An opaque picture.
#[derive(Clone, PartialEq)]
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Red, green and blue of each pixel, row by row.
    rgb: Vec<[u8; 3]>,
}

impl Pixels {
    /// A PNG file, without its transparency.
    pub(crate) fn of_png(bytes: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::STRIP_16 | png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut samples = vec![0; reader.output_buffer_size().expect("its size")];
        let frame = reader.next_frame(&mut samples).expect("its pixels");
        let channels = frame.color_type.samples();
        assert!(channels >= 3, "a picture in grey");
        let pixels = samples[..frame.buffer_size()].chunks_exact(channels);
        Self {
            width: frame.width as usize,
            height: frame.height as usize,
            rgb: pixels.map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
        }
    }

    /// Takes away what lies below so many rows.
    pub(crate) fn crop_height(&mut self, height: usize) {
        self.rgb.truncate(self.width * height);
        self.height = height;
    }

    /// The mean colour of a square of `side` pixels around a point given in shares of width and height.
    pub(crate) fn mean_around(&self, (across, down): (f64, f64), side: usize) -> [f64; 3] {
        let start = |share: f64, length: usize| {
            ((length as f64 * share) as usize).saturating_sub(side / 2).min(length.saturating_sub(side))
        };
        let (left, top) = (start(across, self.width), start(down, self.height));
        let square = (top..top + side).flat_map(|y| (left..left + side).map(move |x| (x, y)));
        let sum = square.fold([0.0; 3], |sum, (x, y)| {
            let pixel = self.rgb[y * self.width + x];
            [0, 1, 2].map(|channel| sum[channel] + f64::from(pixel[channel]))
        });
        sum.map(|sum| sum / (side * side) as f64)
    }

    /// How rough a square of `side` pixels around a point given in shares of width and height is: the root mean square of what a
    /// pixel's colours differ from the mean of its four neighbours', in levels.
    pub(crate) fn roughness_around(&self, (across, down): (f64, f64), side: usize) -> f64 {
        let middle = ((self.width as f64 * across) as usize, (self.height as f64 * down) as usize);
        let places = |middle: usize| middle - side / 2..middle + side / 2;
        let level =
            |x: usize, y: usize| self.rgb[y * self.width + x].iter().map(|level| f64::from(*level)).sum::<f64>();
        let square = places(middle.1).flat_map(|y| places(middle.0).map(move |x| (x, y)));
        let differing =
            |(x, y)| level(x, y) - (level(x - 1, y) + level(x + 1, y) + level(x, y - 1) + level(x, y + 1)) / 4.0;
        let sum: f64 = square.map(differing).map(|differs| differs * differs).sum();
        sum.sqrt() / 3.0 / side as f64
    }

    /// By how many levels any channel of any pixel differs at most.
    pub(crate) fn farthest(&self, other: &Self) -> u8 {
        assert_eq!((self.width, self.height), (other.width, other.height), "the two pictures have other sizes");
        let channels = self.rgb.as_flattened().iter().zip(other.rgb.as_flattened());
        channels.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or_default()
    }

    /// By how many levels each pixel became darker, over all channels together: below zero where it became lighter.
    fn darkened(&self, after: &Self) -> Vec<i32> {
        assert_eq!((self.width, self.height), (after.width, after.height), "the two pictures have other sizes");
        let sum = |pixel: &[u8; 3]| pixel.iter().map(|value| i32::from(*value)).sum::<i32>();
        self.rgb.iter().zip(&after.rgb).map(|(before, after)| sum(before) - sum(after)).collect()
    }
}

/// Writes RGBA pixels, row by row, into a file of the machine's folder for such files.
pub(crate) fn png_file(name: &str, pixels: &[u8], width: usize) -> PathBuf {
    let path = std::env::temp_dir().join(format!("hairline-{name}-{}.png", std::process::id()));
    let height = pixels.len() / 4 / width;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels)).expect("a picture");
    std::fs::write(&path, bytes).expect("a file");
    path
}

/// The canvas of the stage, and how many of its pixels are one of the page's.
pub(crate) struct Stage {
    pub(crate) pixels: Pixels,
    ratio: f64,
    corner: Point,
}

/// What changed on the stage between two looks at it.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Pixels that became darker, and lighter, near the way.
    pub(crate) darker: usize,
    pub(crate) lighter: usize,
    /// How much darker all of them together became: below zero where they became lighter.
    pub(crate) ink: i64,
    /// Pixels that changed elsewhere.
    pub(crate) elsewhere: usize,
}

impl Stage {
    /// What changed within `reach` CSS pixels of a way over the viewport, and elsewhere.
    pub(crate) fn change_along(&self, after: &Self, way: &[Point], reach: f64) -> Change {
        let mut change = Change::default();
        for (place, darker) in self.pixels.darkened(&after.pixels).into_iter().enumerate() {
            if darker == 0 {
                continue;
            }
            if !self.is_near(place, way, reach) {
                change.elsewhere += 1;
                continue;
            }
            change.ink += i64::from(darker);
            *(if darker > 0 { &mut change.darker } else { &mut change.lighter }) += 1;
        }
        change
    }

    /// How many pixels within `reach` CSS pixels of a way are others than here.
    pub(crate) fn differing_along(&self, after: &Self, way: &[Point], reach: f64) -> usize {
        let darkened = self.pixels.darkened(&after.pixels).into_iter().enumerate();
        darkened.filter(|(place, darker)| *darker != 0 && self.is_near(*place, way, reach)).count()
    }

    fn is_near(&self, place: usize, way: &[Point], reach: f64) -> bool {
        let x = self.corner.x + (place % self.pixels.width) as f64 / self.ratio;
        let y = self.corner.y + (place / self.pixels.width) as f64 / self.ratio;
        way.iter().any(|point| (point.x - x).hypot(point.y - y) <= reach)
    }
}

/// What the stage shows once it is at rest: two looks a few frames apart see the same, and nothing is under way.
#[track_caller]
pub(crate) fn stage(page: &Session) -> Stage {
    const LOOK: &str = "const done = arguments[0], canvas = document.querySelector('.picture');
        const look = () => { const box = canvas.getBoundingClientRect();
          done([canvas.toDataURL(), canvas.width / box.width, box.x, box.y, !!document.querySelector('.busy.shown')]); };
        requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(look)));";
    const LOOKS: usize = 200;
    let mut last = Value::Null;
    for _look in 0..LOOKS {
        let seen = page.eval_async(LOOK, &[]);
        if seen == last && seen[4] == false {
            let data = seen[0].as_str().and_then(|address| address.split_once(',')).map_or("", |(_, data)| data);
            let number = |index: usize| seen[index].as_f64().unwrap_or_default();
            return Stage {
                pixels: Pixels::of_png(&BASE64_STANDARD.decode(data).expect("base64")),
                ratio: number(1),
                corner: Point::new(number(2), number(3)),
            };
        }
        last = seen;
    }
    panic!("{}: the stage never comes to rest", page.engine())
}

/// Waits until the stage shows something else than before, and has come to rest.
#[track_caller]
pub(crate) fn changed_stage(page: &Session, before: &Stage, what: &str) -> Stage {
    const LOOKS: usize = 20;
    for _look in 0..LOOKS {
        let now = stage(page);
        if now.pixels != before.pixels {
            return now;
        }
    }
    panic!("{}: {what} changed nothing on the stage", page.engine())
}
