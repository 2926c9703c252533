//! The front line as another side of the head sees it: a guide by which the sides meet.

use crate::engine::calibration::{Side, Surface};
use crate::engine::catalog::Parameters;
use crate::engine::design::Views;
use crate::engine::geometry::PhotoPoint;
use glam::DVec3;

/// Into how many pieces the line is cut.
const PIECES: usize = 32;
/// The grid of the chart on which a place of the head is first looked for: how far it goes to each side and its step, mm.
const GRID: (i32, f64) = (6, 25.0);
/// Steps of the search after that, and by which step of the chart it feels its way, mm.
const STEPS: usize = 8;
const STEP: f64 = 0.5;
/// A place counts as seen when it is found so nearly, on the unit sphere: half a millimetre.
const NEAR: f64 = 0.005;

/// The pieces of the front line that another side of the head shows, in pixels of its picture; none where one of both has
/// no head, and none on the front itself. Costs some hundred thousand operations.
#[must_use]
pub fn front_line_on(views: &Views, side: Side, parameters: &Parameters) -> Vec<Vec<PhotoPoint>> {
    let (front, other) = (&views.front, views.of(side));
    let Some(line) = front.hairline.as_ref().filter(|_| side != Side::Front && other.photo.is_some()) else {
        return Vec::new();
    };
    let (from, to) = (front.surface(parameters), other.surface(parameters));
    let (width, height) = other.size();
    let seen = |point: PhotoPoint| {
        let (right, down) = from.chart(point);
        let place = found(&to, from.on_head(right, down)?)?;
        let point = to.point(place.0, place.1);
        (point == point.clamped(width, height)).then_some(point)
    };
    let curve = line.curve();
    let points = curve.points();
    let every = (points.len() / PIECES).max(1);
    let ends = points.last().copied();
    let mut pieces = vec![Vec::new()];
    for point in points.iter().step_by(every).copied().chain(ends) {
        match (seen(point), pieces.last_mut()) {
            (Some(point), Some(piece)) => piece.push(point),
            _ => pieces.push(Vec::new()),
        }
    }
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// The place of a surface's chart that lies in a direction from the middle of the head; `None` where the side does not show
/// it.
fn found(surface: &Surface, wanted: DVec3) -> Option<(f64, f64)> {
    let apart = |(u, v): (f64, f64)| Some(surface.on_head(u, v)? - wanted);
    let off = |place: (f64, f64)| apart(place).map(DVec3::length_squared);
    let (reach, step) = GRID;
    let grid = (-reach..=reach).flat_map(|u| (-reach..=reach).map(move |v| (f64::from(u) * step, f64::from(v) * step)));
    let mut place = grid.min_by(|a, b| off(*a).unwrap_or(f64::MAX).total_cmp(&off(*b).unwrap_or(f64::MAX)))?;
    for _ in 0..STEPS {
        let (u, v) = place;
        let here = apart(place)?;
        let slope = |there: DVec3| (there - here) / STEP;
        let (along, down) = (slope(apart((u + STEP, v))?), slope(apart((u, v + STEP))?));
        // Gauss and Newton: the step that brings all three nearest.
        let (uu, uv, vv) = (along.dot(along), along.dot(down), down.dot(down));
        let (gu, gv) = (along.dot(here), down.dot(here));
        let determinant = uu * vv - uv * uv;
        if determinant < 1e-16 {
            break;
        }
        place = (u - (gu * vv - gv * uv) / determinant, v - (gv * uu - gu * uv) / determinant);
    }
    off(place).filter(|off| *off < NEAR * NEAR).map(|_| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{PhotoRef, View};
    use crate::engine::editor::{Command, Editor, LineStyle, proposed_line};
    use crate::engine::geometry::Mm;

    /// A front with a line, and the other sides with heads of which nothing is known but the side.
    fn views() -> Views {
        let mut editor = Editor::new(Parameters::default(), 1);
        for side in Side::ALL {
            editor.turn_to(side);
            let photo =
                PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: format!("{side:?}") };
            editor.apply(Command::OpenPhoto(photo)).unwrap();
        }
        editor.turn_to(Side::Front);
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (PhotoPoint::new(674.0, 1000.0), PhotoPoint::new(926.0, 1000.0));
        editor.apply(Command::Calibrate(Some(Calibration { reference, a, b }))).unwrap();
        let line = proposed_line(editor.view(), editor.parameters(), LineStyle::Man);
        editor.apply(Command::SetHairline(Some(line))).unwrap();
        editor.design().views.clone()
    }

    #[test]
    fn the_line_lies_on_the_same_skin_from_every_side() {
        let (views, parameters) = (views(), Parameters::default());
        let surface = |view: &View| view.surface(&parameters);
        let on_head = |view: &View, point: PhotoPoint| {
            let (u, v) = surface(view).chart(point);
            surface(view).on_head(u, v).unwrap()
        };
        let line = views.front.hairline.as_ref().unwrap().curve();
        for side in [Side::Top, Side::Left, Side::Right] {
            let pieces = front_line_on(&views, side, &parameters);
            let seen: usize = pieces.iter().map(Vec::len).sum();
            assert!(seen > 8, "{side:?} shows {seen} points");
            for point in pieces.iter().flatten() {
                let place = on_head(views.of(side), *point);
                let off = |front: &PhotoPoint| on_head(&views.front, *front).distance(place);
                let nearest = line.points().iter().map(off).fold(f64::MAX, f64::min);
                assert!(nearest < 0.01, "{side:?}: {point:?} is {nearest} off");
            }
        }
        assert!(front_line_on(&views, Side::Back, &parameters).is_empty(), "the back does not show the front line");
    }

    #[test]
    fn there_is_nothing_to_show_without_a_line_or_a_photo_or_on_the_front() {
        let parameters = Parameters::default();
        let mut other = views();
        assert!(front_line_on(&other, Side::Front, &parameters).is_empty());
        other.left = View::default();
        assert!(front_line_on(&other, Side::Left, &parameters).is_empty());
        other.front.hairline = None;
        assert!(front_line_on(&other, Side::Top, &parameters).is_empty());
    }
}
