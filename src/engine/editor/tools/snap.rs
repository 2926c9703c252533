//! What a dragged handle snaps to.

use crate::engine::geometry::{PhotoPoint, PhotoPx, Polyline};
use std::rc::Rc;

/// Lines and points that draw a dragged handle to them. The default draws nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snap {
    /// The lines, in photo pixels; one point is a point.
    pub lines: Rc<[Vec<PhotoPoint>]>,
    /// From how far they draw.
    pub within: PhotoPx,
}

impl Snap {
    /// Where a handle comes to lie that is dragged there: on the nearest point within reach, else on the nearest line, else
    /// where it is.
    #[must_use]
    pub fn drawn(&self, to: PhotoPoint) -> PhotoPoint {
        let nearest = |points: bool| {
            let places =
                self.lines.iter().filter(|line| (line.len() == 1) == points).filter_map(|line| match &line[..] {
                    [point] => Some(*point),
                    line => Some(Polyline::new(line.to_vec()).project(to)?.nearest),
                });
            let near = places.filter(|place| place.distance(to) <= self.within.0);
            near.min_by(|a, b| a.distance_squared(to).total_cmp(&b.distance_squared(to)))
        };
        nearest(true).or_else(|| nearest(false)).unwrap_or(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snap() -> Snap {
        let at = PhotoPoint::new;
        let lines = [vec![at(100.0, 0.0), at(100.0, 400.0)], vec![at(110.0, 200.0)], Vec::new()];
        Snap { lines: lines.into(), within: PhotoPx(12.0) }
    }

    #[test]
    fn a_handle_near_a_line_comes_to_lie_on_it() {
        assert_eq!(snap().drawn(PhotoPoint::new(108.0, 50.0)), PhotoPoint::new(100.0, 50.0));
        assert_eq!(snap().drawn(PhotoPoint::new(113.0, 50.0)), PhotoPoint::new(113.0, 50.0));
    }

    #[test]
    fn a_point_draws_before_a_line_that_is_nearer() {
        assert_eq!(snap().drawn(PhotoPoint::new(102.0, 200.0)), PhotoPoint::new(110.0, 200.0));
    }

    #[test]
    fn nothing_is_drawn_by_default() {
        assert_eq!(Snap::default().drawn(PhotoPoint::new(100.0, 5.0)), PhotoPoint::new(100.0, 5.0));
    }
}
