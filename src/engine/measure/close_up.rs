//! Which piece of a picture shows a treatment best from near.

use crate::engine::design::{FillOp, View};
use crate::engine::dots::Field;
use crate::engine::geometry::{PhotoPoint, PhotoRect};

/// How far the middle of a close-up may lie from the design's own, as a share of its sides: so far that the edge of the
/// treatment is still in it, with skin in front of it to compare with.
const ASIDE: f64 = 0.30;

/// A piece of that size, in photo pixels, around the middle of what is treated: there where it holds most dots without
/// losing sight of the front edge. `None` where nothing is treated.
///
/// Costs a look at the dots of five such pieces.
#[must_use]
pub fn close_up(view: &View, field: &Field, width: f64, height: f64) -> Option<PhotoRect> {
    let middle = middle_of_treatment(view)?;
    let (across, down) = (width * ASIDE, height * ASIDE);
    let around = |(dx, dy): (f64, f64)| {
        let (x, y) = (middle.x + dx - width / 2.0, middle.y + dy - height / 2.0);
        within(PhotoRect::new(x, y, x + width, y + height), view.size())
    };
    let dots = |rect: &PhotoRect| {
        let mut count = 0_usize;
        field.each_dot(*rect, |dot| count += usize::from(rect.contains(PhotoPoint::new(dot.x.into(), dot.y.into()))));
        count
    };
    // Of equals the last is taken: the middle itself.
    let asides = [(across, 0.0), (-across, 0.0), (0.0, down), (0.0, -down), (0.0, 0.0)];
    asides.map(around).into_iter().max_by_key(dots).filter(|rect| dots(rect) > 0)
}

/// The middle of the front line where there is a line and something behind it, else of the newest fill operation.
fn middle_of_treatment(view: &View) -> Option<PhotoPoint> {
    let newest = view.fill.last()?;
    let middle = |points: &[PhotoPoint]| points.get(points.len() / 2).copied();
    let line = view.hairline.as_ref().filter(|_| view.area_fill().is_some());
    match (line, newest.as_ref()) {
        (Some(line), _) => middle(&line.handles),
        (None, FillOp::ToHere(fill)) => middle(&fill.boundary),
        (None, FillOp::Stroke(stroke)) => middle(&stroke.points),
        (None, FillOp::Band(band)) => middle(&band.handles),
        (None, FillOp::Patch(patch)) => Some(patch.reach().middle()),
    }
}

/// The rectangle pushed into the picture as far as it fits.
fn within(rect: PhotoRect, (width, height): (f64, f64)) -> PhotoRect {
    let push = |low: f64, high: f64, side: f64| (side - high).min(0.0).max(-low);
    let (dx, dy) = (push(rect.x0, rect.x1, width), push(rect.y0, rect.y1, height));
    rect.moved(dx, dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{AreaFill, Design, Hairline, PaintKind, PhotoRef, Stroke};
    use crate::engine::dots::BlueNoiseTile;
    use std::rc::Rc;

    fn opened() -> Design {
        let mut design = Design::new(&Parameters::default(), 3);
        let photo = PhotoRef { width: 1200, height: 1600, quarter_turns: 0, level: 0.0, digest: "d".into() };
        design.views.front.photo = Some(photo);
        design
    }

    fn seen(design: &Design) -> Option<PhotoRect> {
        let mut field = Field::new(Rc::new(BlueNoiseTile::grow(3)), 3);
        field.sync(design, &Parameters::default());
        close_up(&design.views.front, &field, 80.0, 160.0)
    }

    fn points(points: &[(f64, f64)]) -> Vec<PhotoPoint> {
        points.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect()
    }

    #[test]
    fn the_front_edge_stands_in_it_with_most_of_it_behind() {
        let mut design = opened();
        let view = &mut design.views.front;
        view.hairline = Some(Hairline::smooth(points(&[(300.0, 700.0), (600.0, 600.0), (900.0, 700.0)])));
        let boundary = points(&[(450.0, 300.0), (600.0, 250.0), (750.0, 300.0)]);
        view.fill = vec![Rc::new(FillOp::ToHere(AreaFill::even(boundary, 120.0)))];
        let rect = seen(&design).unwrap();
        assert!(rect.contains(PhotoPoint::new(600.0, 600.0)), "{rect:?}");
        assert_eq!((rect.width(), rect.height()), (80.0, 160.0));
        assert!((600.0 - rect.y0) / rect.height() > 0.7, "{rect:?}");
    }

    #[test]
    fn at_the_rim_of_the_picture_it_stays_inside() {
        let mut design = opened();
        let stroke = Stroke {
            paint: PaintKind::Brush,
            radius: 60.0,
            softness: 0.0,
            density: 120.0,
            behind_line: false,
            points: points(&[(10.0, 12.0), (14.0, 10.0)]),
        };
        design.views.front.fill = vec![Rc::new(FillOp::Stroke(stroke))];
        let rect = seen(&design).unwrap();
        assert_eq!((rect.x0, rect.y0), (0.0, 0.0));
    }

    #[test]
    fn where_nothing_is_treated_there_is_none() {
        assert_eq!(seen(&opened()), None);
    }
}
