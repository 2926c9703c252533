//! The front line.

use crate::engine::geometry::{PhotoPoint, Polyline, Spline, flatten_pieces, spline_bezier};
use serde::{Deserialize, Serialize};

/// Corners and sides of an outline that lie so near to the front line, in photo pixels, are a part of it: outlines are drawn
/// along it.
pub const ON_LINE: f64 = 1.0;

/// The front line: centripetal Catmull-Rom splines through its handles, one from each corner to the next.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "WrittenHairline")]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Hairline {
    /// From one end to the other.
    pub handles: Vec<PhotoPoint>,
    /// Places of the handles where the line turns sharply, rising; none is an end.
    pub corners: Vec<u8>,
}

/// The front line as a file says it.
#[derive(Deserialize)]
#[serde(rename = "Hairline", deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
struct WrittenHairline {
    /// From one end to the other.
    handles: Vec<PhotoPoint>,
    /// Places of the handles where the line turns sharply, from 0. In any order; one that is no handle between the ends is
    /// ignored.
    #[serde(default)]
    corners: Vec<u8>,
}

impl From<WrittenHairline> for Hairline {
    fn from(WrittenHairline { handles, mut corners }: WrittenHairline) -> Self {
        corners.sort_unstable();
        corners.dedup();
        Self { corners: inner(corners, handles.len()), handles }
    }
}

impl Hairline {
    /// A line that is smooth all along.
    #[must_use]
    pub fn smooth(handles: Vec<PhotoPoint>) -> Self {
        Self { handles, corners: Vec::new() }
    }

    /// A line through handles of which some are corners.
    #[must_use]
    pub fn with_corners(points: &[(PhotoPoint, bool)]) -> Self {
        let handles: Vec<PhotoPoint> = points.iter().map(|(point, _)| *point).collect();
        let corners = points.iter().zip(0..=u8::MAX).filter_map(|((_, corner), place)| corner.then_some(place));
        Self { corners: inner(corners.collect(), handles.len()), handles }
    }

    /// The line as cubic pieces.
    #[must_use]
    pub fn pieces(&self) -> Spline {
        let mut pieces = Spline::new();
        let mut from = 0;
        let last = self.handles.len().saturating_sub(1);
        for to in self.corners.iter().map(|corner| usize::from(*corner)).chain([last]) {
            pieces.extend(spline_bezier(self.handles.get(from..=to).unwrap_or_default()));
            from = to;
        }
        pieces
    }

    /// The line as straight pieces.
    #[must_use]
    pub fn curve(&self) -> Polyline {
        flatten_pieces(self.handles.first().copied(), &self.pieces())
    }

    /// Whether the handle at a place is a corner.
    #[must_use]
    pub fn is_corner(&self, place: usize) -> bool {
        self.corners.iter().any(|corner| usize::from(*corner) == place)
    }

    /// The line with that handle smooth if it was a corner, and a corner if it was smooth. An end is neither.
    #[must_use]
    pub fn with_corner_turned(&self, place: usize) -> Self {
        let Ok(turned) = u8::try_from(place) else { return self.clone() };
        let mut corners: Vec<u8> = self.corners.iter().copied().filter(|corner| *corner != turned).collect();
        if corners.len() == self.corners.len() {
            corners.insert(corners.partition_point(|corner| *corner < turned), turned);
        }
        Self { corners: inner(corners, self.handles.len()), handles: self.handles.clone() }
    }

    /// The line with one more handle at that place; the ones from there on move up.
    #[must_use]
    pub fn with_handle(&self, place: usize, handle: PhotoPoint) -> Self {
        let mut handles = self.handles.clone();
        handles.insert(place.min(handles.len()), handle);
        let moved = |corner: &u8| if usize::from(*corner) >= place { corner + 1 } else { *corner };
        Self { corners: self.corners.iter().map(moved).collect(), handles }
    }

    /// The line without the handle at that place; `None` when there is none, or too few would be left.
    #[must_use]
    pub fn without_handle(&self, place: usize) -> Option<Self> {
        let mut handles = self.handles.clone();
        (handles.len() > 2 && place < handles.len()).then(|| handles.remove(place))?;
        let kept = self.corners.iter().filter(|corner| usize::from(**corner) != place);
        let moved = |corner: &u8| if usize::from(*corner) > place { corner - 1 } else { *corner };
        Some(Self { corners: inner(kept.map(moved).collect(), handles.len()), handles })
    }

    /// The same line from its other end.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let last = self.handles.len().saturating_sub(1);
        let turned = |corner: &u8| last.checked_sub(usize::from(*corner)).and_then(|place| u8::try_from(place).ok());
        Self {
            handles: self.handles.iter().rev().copied().collect(),
            corners: self.corners.iter().rev().filter_map(turned).collect(),
        }
    }
}

/// The corners that are places between the ends of so many handles.
fn inner(corners: Vec<u8>, handles: usize) -> Vec<u8> {
    corners.into_iter().filter(|corner| *corner > 0 && usize::from(*corner) + 1 < handles).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(count: usize) -> Vec<PhotoPoint> {
        (0..count).map(|place| PhotoPoint::new(place as f64 * 10.0, if place % 2 == 0 { 0.0 } else { 8.0 })).collect()
    }

    #[test]
    fn a_corner_is_sharp_and_a_smooth_handle_is_not() {
        let turn = |line: &Hairline| {
            let (before, after) = (line.pieces()[1].points(), line.pieces()[2].points());
            let (a, b) = (*before[3] - *before[2], *after[1] - *after[0]);
            a.cross(b).abs() / (a.hypot() * b.hypot())
        };
        let smooth = Hairline::smooth(row(5));
        assert!(turn(&smooth) < 1e-9);
        let sharp = smooth.with_corner_turned(2);
        assert!(turn(&sharp) > 0.5 && sharp.is_corner(2), "{sharp:?}");
        assert_eq!(sharp.pieces().len(), 4);
        assert_eq!(sharp.with_corner_turned(2), smooth);
        assert_eq!(smooth.with_corner_turned(0), smooth, "an end is no corner");
        assert_eq!(smooth.with_corner_turned(4), smooth);
    }

    #[test]
    fn corners_stay_with_their_handles() {
        let line = Hairline { handles: row(6), corners: vec![1, 4] };
        let more = line.with_handle(2, PhotoPoint::new(15.0, 5.0));
        assert_eq!((more.corners.clone(), more.handles.len()), (vec![1, 5], 7));
        assert_eq!(more.without_handle(2), Some(line.clone()));
        assert_eq!(line.without_handle(1).unwrap().corners, [3]);
        assert_eq!(line.without_handle(0).unwrap().corners, [3], "the first of the rest is an end");
        assert_eq!(line.reversed().corners, [1, 4]);
        assert_eq!(line.reversed().reversed(), line);
        assert_eq!(Hairline::smooth(row(2)).without_handle(0), None);
    }
}
