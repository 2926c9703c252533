//! Lines on the scalp that show how it curves under its outline.

use super::{Head, Surface};
use crate::engine::geometry::{Angle, PhotoPoint};
use glam::DVec3;

/// Lines on the scalp: rows of the chart in which a point of each is looked for, how far apart, and how often the way to it
/// is halved: finer than the line is drawn.
const ROWS: i32 = 20;
const ROW_MM: f64 = 8.0;
const HALVINGS: usize = 13;
/// How far to each side of the middle the lines beside it lie, degrees about the head's upright axis.
const ASIDE: f64 = 50.0;
/// How high the line across lies, on the sphere of radius 1 behind the skull.
const ACROSS: f64 = 0.5;

/// Lines on the scalp as they are seen, in photo pixels: the middle of the side that is shown, one to each side of it, and one
/// across. Empty on a plain surface.
#[must_use]
pub fn scalp_lines(head: &Head, surface: &Surface) -> Vec<Vec<PhotoPoint>> {
    let side = head.side;
    let aside = Angle::degrees(ASIDE);
    let upright = [(1.0, 0.0), (aside.cosine, aside.sine), (aside.cosine, -aside.sine)].map(|(cosine, sine)| {
        level_line(head, surface, true, &|place| {
            let seen = side.as_seen(place);
            seen.x * cosine - seen.z * sine
        })
    });
    let across = level_line(head, surface, false, &|place| side.as_seen(place).y - ACROSS);
    upright.into_iter().chain([across]).collect()
}

/// Where a value that grows one way over the scalp passes zero, within the outline: one point in each row of the chart, or
/// in each column.
fn level_line(head: &Head, surface: &Surface, in_rows: bool, value: &dyn Fn(DVec3) -> f64) -> Vec<PhotoPoint> {
    let reach = f64::from(ROWS) * ROW_MM;
    let point = |row: i32| {
        let fixed = f64::from(row) * ROW_MM;
        let place = |free: f64| if in_rows { (free, fixed) } else { (fixed, free) };
        let at = |free: f64| surface.on_head(place(free).0, place(free).1).map(value);
        let (mut low, mut high) = (-reach, reach);
        let is_up = at(low)? < 0.0;
        if is_up == (at(high)? < 0.0) {
            return None;
        }
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            *(if (at(middle)? < 0.0) == is_up { &mut low } else { &mut high }) = middle;
        }
        let (right, down) = place((low + high) / 2.0);
        Some(surface.point(right, down)).filter(|point| {
            let (right, up) = head.shares(*point);
            right * right + up * up <= 1.0
        })
    };
    (-ROWS..=ROWS).filter_map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{HeadParameters, Side};
    use super::*;
    use crate::engine::geometry::{Mm, PxPerMm};

    fn lines(side: Side) -> (Head, Vec<Vec<PhotoPoint>>) {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        let scale = PxPerMm::new(4.0).unwrap();
        let head = Head::usual(side, (1600.0, 2000.0), scale, &parameters);
        (head, scalp_lines(&head, &Surface::of_head(&head, scale, None, &parameters)))
    }

    #[test]
    fn the_lines_lie_within_the_outline_and_the_middle_one_is_straight() {
        for side in [Side::Front, Side::Top, Side::Back] {
            let (head, lines) = lines(side);
            assert_eq!(lines.len(), 4, "{side:?}");
            for line in &lines {
                assert!(line.len() > 8, "{side:?}: {} points", line.len());
                let shares = line.iter().map(|point| head.shares(*point));
                assert!(shares.into_iter().all(|(x, y)| x * x + y * y <= 1.0), "{side:?}");
            }
            assert!(lines[0].iter().all(|point| (point.x - 800.0).abs() < 0.5), "{side:?}");
            let mean = |line: &[PhotoPoint]| line.iter().map(|point| point.x).sum::<f64>() / line.len() as f64;
            assert!((mean(&lines[1]) + mean(&lines[2]) - 1600.0).abs() < 1.0, "{side:?}: the sides mirror each other");
        }
    }

    #[test]
    fn a_plain_surface_has_none() {
        let (head, _) = lines(Side::Front);
        let plain = Surface::plain(PxPerMm::new(4.0).unwrap());
        assert!(scalp_lines(&head, &plain).iter().all(Vec::is_empty));
    }
}
