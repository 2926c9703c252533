//! Pictures as the page looks at them: scaled down by halves.

use hairline_designer::engine::editor::AnalysisImage;

/// The longer side of the picture that the page looks at is at least this, and less than twice this, where a photo is large enough.
const SMALLEST: usize = 640;

/// A photo's RGBA pixels as the page looks at them.
#[allow(dead_code, reason = "not every test binary looks at photos")]
pub(crate) fn looked_at(pixels: Vec<u8>, width: usize) -> AnalysisImage {
    let mut image = AnalysisImage::new(pixels, width, 1.0);
    while image.width.max(height(&image)) / 2 >= SMALLEST {
        image = halved(&image);
    }
    image
}

/// Rows of a picture.
pub(crate) fn height(image: &AnalysisImage) -> usize {
    image.pixels.len() / 4 / image.width
}

/// A picture of half the size: the rounded mean of each four pixels.
pub(crate) fn halved(image: &AnalysisImage) -> AnalysisImage {
    let (width, height) = (image.width / 2, height(image) / 2);
    let value = |x: usize, y: usize, channel: usize| u32::from(image.pixels[(y * image.width + x) * 4 + channel]);
    let mean = |x: usize, y: usize, channel: usize| {
        let (x, y) = (2 * x, 2 * y);
        let sum = value(x, y, channel) + value(x + 1, y, channel) + value(x, y + 1, channel);
        ((sum + value(x + 1, y + 1, channel) + 2) / 4) as u8
    };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = places.flat_map(|(x, y)| [0, 1, 2, 3].map(|channel| mean(x, y, channel))).collect();
    AnalysisImage::new(pixels, width, image.zoom / 2.0)
}
