//! A fill within an outline goes with the line at which it begins.

use super::shaping::at_length;
use crate::engine::design::{DESIGN_LIMITS, Hairline, ON_LINE};
use crate::engine::geometry::PhotoPoint;

/// Corners along a line: as many as a shape has bends, and more.
const MAX_ALONG: usize = 24;

/// An outline with the part of it that lies on one line laid on another; as it is where no side of it lies there.
pub(super) fn outline_on(outline: &[PhotoPoint], before: &Hairline, after: &Hairline) -> Vec<PhotoPoint> {
    let (curve, goes_to) = (before.curve(), after.curve());
    let on_line = |point: &PhotoPoint| curve.project(*point).is_some_and(|near| near.distance < ON_LINE);
    let is_on: Vec<bool> = outline.iter().map(on_line).collect();
    let off_from = |from: usize| is_on.iter().cycle().skip(from).take(is_on.len()).take_while(|on| !**on).count();
    // The longest way beside the line is what stays; all else is taken for the part on it.
    let longest = (0..is_on.len()).map(|from| (off_from(from), from)).max_by_key(|(count, _)| *count);
    let Some((stays, from)) = longest.filter(|(count, _)| count + 2 <= is_on.len()) else { return outline.to_vec() };
    let mut ring = outline.to_vec();
    ring.rotate_left(from);
    let gone = ring.split_off(stays);
    let along = MAX_ALONG.min(DESIGN_LIMITS.handles.saturating_sub(stays)).max(2);
    let share = |step: usize| at_length(goes_to.points(), goes_to.length() * step as f64 / (along - 1) as f64);
    let mut line: Vec<PhotoPoint> = (0..along).map(share).collect();
    let ends = |line: &[PhotoPoint]| line.first().copied().zip(line.last().copied());
    if let Some(((first, last), (start, end))) = ends(&line).zip(ends(&gone))
        && first.distance(start) + last.distance(end) > first.distance(end) + last.distance(start)
    {
        line.reverse();
    }
    ring.extend(line);
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::Polygon;

    fn line(y: f64, backwards: bool) -> Hairline {
        let mut handles =
            [(100.0, y + 80.0), (300.0, y), (500.0, y + 80.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        if backwards {
            handles.reverse();
        }
        Hairline::smooth(handles)
    }

    /// The line at 300 and a way over the top of the head, beginning anywhere.
    fn outline(turned: usize) -> Vec<PhotoPoint> {
        let curve = line(300.0, false).curve();
        let mut ring: Vec<PhotoPoint> =
            (0..12).map(|step| at_length(curve.points(), curve.length() * f64::from(step) / 11.0)).collect();
        ring.extend([(480.0, 150.0), (300.0, 60.0), (120.0, 150.0)].map(|(x, y)| PhotoPoint::new(x, y)));
        ring.rotate_left(turned);
        ring
    }

    fn area(outline: &[PhotoPoint]) -> f64 {
        Polygon::new(outline.to_vec()).area()
    }

    #[test]
    fn the_front_of_an_outline_goes_with_the_line() {
        for (turned, backwards) in [(0, false), (5, true), (13, false), (14, true)] {
            let moved = outline_on(&outline(turned), &line(300.0, false), &line(340.0, backwards));
            let grown = area(&moved) - area(&outline(0));
            // 40 px down over 400 px across, less a slim triangle on both sides.
            assert!((grown - (16_000.0 - 2.0 * 400.0)).abs() < 300.0, "{turned} {backwards}: {grown}");
            let on_new = line(340.0, false).curve();
            let there = moved.iter().filter(|point| on_new.project(**point).is_some_and(|near| near.distance < 0.5));
            assert_eq!(there.count(), MAX_ALONG, "{turned} {backwards}");
            let back = outline_on(&moved, &line(340.0, backwards), &line(300.0, false));
            assert!((area(&back) - area(&outline(0))).abs() < 300.0, "{turned} {backwards}");
        }
    }

    #[test]
    fn an_outline_that_lies_elsewhere_stays() {
        let elsewhere = line(700.0, false);
        assert_eq!(outline_on(&outline(3), &elsewhere, &line(650.0, false)), outline(3));
    }
}
