//! The shapes that lie over the picture, in CSS pixels of the stage.

use crate::engine::geometry::{PhotoPoint, ScreenPoint, Spline};
use crate::engine::i18n::fixed;

/// What a handle looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandleForm {
    /// A ring with a middle: a mark of the scale.
    Mark,
    /// A ring.
    Handle,
    /// A square: the line has a corner there.
    Square,
    /// A small ring: the corner of an outline.
    Corner,
    /// A cross.
    Cross,
}

impl HandleForm {
    /// Its classes.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Handle => "handle",
            Self::Square => "handle square",
            Self::Corner => "handle corner",
            Self::Cross => "cross",
        }
    }
}

/// A few letters beside something.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where they begin, end or stand.
    pub at: ScreenPoint,
    /// `start` or `end`: which end stands at that place.
    pub anchor: Option<&'static str>,
    /// Classes.
    pub class: &'static str,
    /// What they say.
    pub text: String,
    /// A second line.
    pub range: Option<String>,
}

/// Something that lies over the picture. All but labels have a dark and a light stroke, so that they are seen on every skin.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A path.
    Curve {
        /// Classes.
        class: &'static str,
        /// As SVG writes it.
        path: String,
    },
    /// A point that can be taken hold of.
    Handle {
        /// What it looks like.
        form: HandleForm,
        /// Where it is.
        at: ScreenPoint,
        /// Whether keys and buttons move it.
        is_chosen: bool,
        /// Its name for a screen reader; `None` while the mark is still missing its second.
        name: Option<String>,
    },
    /// A point of a guide, which cannot be moved.
    GuidePoint(ScreenPoint),
    /// The keyboard's cursor.
    Cursor(ScreenPoint),
    /// The brush as large as it paints, with its radius.
    Brush(ScreenPoint, f64),
    /// A disc of skin that is read, with its radius.
    Probe {
        /// Where it is.
        at: ScreenPoint,
        /// Its radius.
        radius: f64,
        /// Whether keys and buttons move it.
        is_chosen: bool,
        /// Its name for a screen reader.
        name: String,
        /// Its name in the picture.
        label: Label,
    },
    /// A few letters.
    Label(Label),
}

/// A number as paths write it: to a tenth of a pixel.
#[must_use]
pub fn number(value: f64) -> String {
    fixed(value, 1)
}

fn place(at: ScreenPoint) -> String {
    number(at.x) + " " + &number(at.y)
}

/// The path of cubic pieces that follow one another, where they are seen.
#[must_use]
pub fn spline_path(pieces: &Spline, seen: impl Fn(PhotoPoint) -> ScreenPoint) -> String {
    let mut path = String::new();
    for piece in pieces {
        let [a, b, c, d] = piece.points().map(|point| place(seen(point)));
        if path.is_empty() {
            path.extend(["M", &a]);
        }
        path.extend(["C", &b, " ", &c, " ", &d]);
    }
    path
}

/// The path of straight pieces, where they are seen.
#[must_use]
pub(super) fn polyline_path(points: &[PhotoPoint], seen: impl Fn(PhotoPoint) -> ScreenPoint) -> String {
    let mut path = String::new();
    for point in points {
        path.extend([if path.is_empty() { "M" } else { "L" }, &place(seen(*point))]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_to_a_tenth_of_a_pixel() {
        let points = [PhotoPoint::new(1.0, 2.0), PhotoPoint::new(3.04, -4.06)];
        let doubled = |point: PhotoPoint| ScreenPoint::new(point.x * 2.0, point.y);
        assert_eq!(polyline_path(&points, doubled), "M2.0 2.0L6.1 -4.1");
        assert_eq!(polyline_path(&[], doubled), "");
    }
}
