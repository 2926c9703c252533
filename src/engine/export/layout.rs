//! Where things stand in an exported picture.

/// The longest side of a picture that is sent, pixels, by the number of sides of the head that are: enough for a practitioner to
/// judge a line, and together small enough for a slow connection.
const SENT_SIDES: [u32; 5] = [1600, 1360, 1120, 960, 860];

/// The longest side of a picture that is sent beside those of all `sides` of the head, pixels.
#[must_use]
pub fn sent_side(sides: usize) -> u32 {
    let place = sides.clamp(1, SENT_SIDES.len()) - 1;
    SENT_SIDES.get(place).copied().unwrap_or(SENT_SIDES[0])
}
/// The most pixels of an exported picture: what every browser's canvas takes.
const MAX_PIXELS: f64 = 16_777_216.0;
/// Its longest side.
const LONGEST_SIDE: f64 = 8_192.0;

/// A picture of the photo's size placed in an exported one, pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A line of text below a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Caption {
    /// Left edge of its strip.
    pub x: u32,
    /// Upper edge of its strip.
    pub y: u32,
    /// Width of its strip.
    pub width: u32,
    /// Height of its strip.
    pub height: u32,
    /// Size of its letters, pixels.
    pub letter: u32,
}

/// An exported picture: one or two pictures side by side, a caption below each or none at all.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureLayout {
    /// Width of the whole.
    pub width: u32,
    /// Height of the whole.
    pub height: u32,
    /// Pixels of the export per pixel of the photo.
    pub zoom: f64,
    /// The pictures, from left to right.
    pub pictures: Vec<Placed>,
    /// Their captions; none where nothing stands below the pictures.
    pub captions: Vec<Caption>,
}

/// Height of the caption's strip as a share of the picture's width, and its least in pixels.
const STRIP: (f64, u32) = (0.055, 24);
/// Size of the letters as a share of the strip.
const LETTER: f64 = 0.46;
/// Gap between two pictures as a share of their width.
const GAP: f64 = 0.012;

impl PictureLayout {
    /// The layout of `count` pictures of that size, at the photo's own resolution where it fits the limits of a canvas.
    #[must_use]
    pub fn new(width: u32, height: u32, count: u32) -> Self {
        Self::above((width, height), count, STRIP)
    }

    /// The same without captions: a single picture is the photo and nothing else, in the photo's own proportions.
    #[must_use]
    pub fn without_captions(width: u32, height: u32, count: u32) -> Self {
        let layout = Self::above((width, height), count, (0.0, 0));
        Self { captions: Vec::new(), ..layout }
    }

    /// The layout above a strip of that share of the width, and of at least so many pixels.
    fn above((width, height): (u32, u32), count: u32, strip: (f64, u32)) -> Self {
        let (w, h) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let count = count.max(1);
        let whole_width = |w: f64| w * f64::from(count) + w * GAP * f64::from(count - 1);
        let whole_height = |w: f64, h: f64| h + (w * strip.0).max(f64::from(strip.1));
        let pixels = whole_width(w) * whole_height(w, h);
        let zoom = (MAX_PIXELS / pixels)
            .sqrt()
            .min(LONGEST_SIDE / whole_width(w))
            .min(LONGEST_SIDE / whole_height(w, h))
            .min(1.0);
        let (w, h) = ((w * zoom).floor().max(1.0) as u32, (h * zoom).floor().max(1.0) as u32);
        let strip = ((f64::from(w) * strip.0) as u32).max(strip.1);
        let gap = if count > 1 { (f64::from(w) * GAP) as u32 } else { 0 };
        let left = |index: u32| index * (w + gap);
        Self {
            width: left(count - 1) + w,
            height: h + strip,
            zoom,
            pictures: (0..count).map(|index| Placed { x: left(index), y: 0, width: w, height: h }).collect(),
            captions: (0..count)
                .map(|index| Caption {
                    x: left(index),
                    y: h,
                    width: w,
                    height: strip,
                    letter: (f64::from(strip) * LETTER) as u32,
                })
                .collect(),
        }
    }
}

/// The size of a picture brought to a longest side, never enlarged.
#[must_use]
pub fn scaled_to_side(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= side {
        return (width.max(1), height.max(1));
    }
    let scaled = |value: u32| ((f64::from(value) * f64::from(side) / f64::from(longest)).round() as u32).max(1);
    (scaled(width), scaled(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_picture_keeps_its_pixels() {
        let layout = PictureLayout::new(1600, 2000, 1);
        assert_eq!(layout.zoom, 1.0);
        assert_eq!(layout.pictures, [Placed { x: 0, y: 0, width: 1600, height: 2000 }]);
        assert_eq!((layout.width, layout.height), (1600, 2088));
    }

    #[test]
    fn a_picture_without_caption_has_no_strip() {
        let layout = PictureLayout::without_captions(1280, 1600, 1);
        assert_eq!(layout.pictures, [Placed { x: 0, y: 0, width: 1280, height: 1600 }]);
        assert_eq!((layout.width, layout.height, layout.captions.len()), (1280, 1600, 0));
    }

    #[test]
    fn no_layout_is_too_large_for_a_canvas() {
        for (width, height, count) in [(4096, 4096, 1), (4096, 4096, 2), (4032, 3024, 2), (4096, 200, 2), (64, 4096, 1)]
        {
            let layout = PictureLayout::new(width, height, count);
            let pixels = u64::from(layout.width) * u64::from(layout.height);
            assert!(pixels <= 16_777_216, "{width}x{height}x{count}: {pixels}");
            assert!(layout.width.max(layout.height) <= 8_192);
            assert_eq!(layout.pictures.len(), count as usize);
        }
    }

    #[test]
    fn sent_pictures_are_never_enlarged() {
        assert_eq!(scaled_to_side(3024, 4032, 1600), (1200, 1600));
        assert_eq!(scaled_to_side(450, 550, 1600), (450, 550));
        assert_eq!(scaled_to_side(4096, 1, 1600), (1600, 1));
    }
}
