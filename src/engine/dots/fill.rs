//! What density the fill asks for, at any point: the line, the area behind it and the strokes, made ready to be asked.

use crate::engine::catalog::{Norm, Norms};
use crate::engine::design::{FillOp, Look, Stroke, View};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect, Polygon, Polyline, PxPerMm};
use std::rc::Rc;

/// Share of the density that stands right at a fully soft edge; behind it the density rises to the whole (our estimate;
/// practitioners put the least density into the first millimetres).
const DENSITY_AT_SOFT_EDGE: f64 = 0.2;

/// The fill of a view, ready to be asked.
#[derive(Debug, Clone)]
pub struct FillShape {
    line: Option<Polyline>,
    area: Option<Area>,
    ops: Vec<Rc<FillOp>>,
    /// Depth of the soft edge in photo pixels; zero for a defined edge.
    zone: f64,
    /// Share of the density at the edge itself.
    at_edge: f64,
}

#[derive(Debug, Clone)]
struct Area {
    polygon: Polygon,
    boundary: Polyline,
    density: f64,
}

/// What is known of a small square of the picture before its points are asked one by one.
pub(super) struct Patch {
    line: Nearness,
    boundary: Nearness,
    area: Inside,
}

impl Patch {
    /// Whether no edge is near: how soft the edges are changes nothing here.
    pub(super) fn is_plain(&self) -> bool {
        matches!((&self.line, &self.boundary), (Nearness::Far(_), Nearness::Far(_)))
    }
}

/// How a small square lies to the area.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    /// All of it is inside, or all outside.
    Whole(bool),
    /// An edge may cross it: each point must be asked.
    Crossed,
}

/// How near a line is to a small square.
enum Nearness {
    /// So far that all points of the square are alike: their signed distance behind the line is taken from the middle.
    Far(f64),
    /// Each point must be asked; these pieces can be the nearest to one of them.
    Near(Vec<usize>),
}

impl FillShape {
    /// The fill of that view, with that look.
    #[must_use]
    pub fn new(view: &View, look: &Look, norms: &Norms, scale: PxPerMm) -> Self {
        let line = view.hairline.as_ref().map(|line| (line, line.curve()));
        let area = line.as_ref().zip(view.fill_to_here()).map(|((line, curve), (_, fill))| {
            let boundary = fill.boundary_curve(line);
            let ring = curve.points().iter().chain(boundary.points().iter().rev()).copied().collect();
            Area { polygon: Polygon::new(ring), boundary, density: fill.density }
        });
        Self {
            line: line.map(|(_, curve)| curve),
            area,
            ops: view.fill.clone(),
            zone: scale.px(Mm(norms.get(Norm::TransitionZone))).0 * look.softness,
            at_edge: 1.0 - (1.0 - DENSITY_AT_SOFT_EDGE) * look.softness,
        }
    }

    /// The rectangle in which an operation can bring dots.
    pub(super) fn reach(&self, op: &FillOp) -> PhotoRect {
        match op {
            FillOp::ToHere(_) => self.area.as_ref().map_or(PhotoRect::EMPTY, |area| area.polygon.bounds()),
            FillOp::Stroke(stroke) => stroke.reach(),
        }
    }

    /// The area behind the line in square pixels and its density; `None` without such a fill.
    #[must_use]
    pub fn area(&self) -> Option<(f64, f64)> {
        self.area.as_ref().map(|area| (area.polygon.area(), area.density))
    }

    /// Whether the point lies in the area behind the line.
    #[must_use]
    pub fn area_contains(&self, point: PhotoPoint) -> bool {
        self.area.as_ref().is_some_and(|area| area.polygon.contains(point))
    }

    /// The outline of the area behind the line.
    #[must_use]
    pub fn outline(&self) -> &[PhotoPoint] {
        self.area.as_ref().map_or(&[], |area| area.polygon.points())
    }

    /// What is near a square of the picture.
    pub(super) fn patch(&self, rect: PhotoRect) -> Patch {
        let centre = PhotoPoint::new((rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0);
        let half = centre.distance(PhotoPoint::new(rect.x1, rect.y1));
        let line = self.nearness(self.line.as_ref(), centre, half);
        let boundary = self.nearness(self.area.as_ref().map(|area| &area.boundary), centre, half);
        // The area's edges are the two lines: far from both, the square lies on one side of its outline.
        let area = match (&self.area, &line, &boundary) {
            (None, ..) => Inside::Whole(false),
            (Some(area), Nearness::Far(_), Nearness::Far(_)) => Inside::Whole(area.polygon.contains(centre)),
            (Some(area), ..) if area.polygon.bounds().intersection(rect).is_empty() => Inside::Whole(false),
            (Some(_), ..) => Inside::Crossed,
        };
        Patch { line, boundary, area }
    }

    /// Signed distance behind the line in pixels: below zero in front of it, infinite beyond its ends or without a line.
    pub(super) fn behind_line(&self, patch: &Patch, point: PhotoPoint) -> f64 {
        let pieces = match &patch.line {
            Nearness::Far(behind) => return *behind,
            Nearness::Near(pieces) => pieces,
        };
        let near = self.line.as_ref().and_then(|line| line.project_pieces(point, pieces.iter().copied()));
        match near {
            Some(near) if !near.at_end => {
                if near.side < 0.0 {
                    -near.distance
                } else {
                    near.distance
                }
            }
            _ => f64::INFINITY,
        }
    }

    /// The density at a point, from the first `count` operations. `behind` is its [`Self::behind_line`].
    pub(super) fn density(&self, patch: &Patch, point: PhotoPoint, behind: f64, count: usize) -> f32 {
        let mut density = 0.0_f32;
        for op in self.ops.iter().take(count) {
            match op.as_ref() {
                FillOp::ToHere(_) => density = self.area_density(patch, point, behind),
                FillOp::Stroke(stroke) => {
                    let cover = stroke_cover(stroke, point, 0);
                    density = self.painted(stroke, density, cover, behind);
                }
            }
        }
        density
    }

    fn area_density(&self, patch: &Patch, point: PhotoPoint, behind: f64) -> f32 {
        let inside = |area: &&Area| match patch.area {
            Inside::Whole(inside) => inside,
            Inside::Crossed => area.polygon.contains(point),
        };
        let Some(area) = self.area.as_ref().filter(inside) else { return 0.0 };
        let to_boundary = match &patch.boundary {
            Nearness::Far(distance) => distance.abs(),
            Nearness::Near(pieces) => {
                area.boundary.project_pieces(point, pieces.iter().copied()).map_or(f64::INFINITY, |near| near.distance)
            }
        };
        (area.density * self.edge_share(behind.abs()).min(self.edge_share(to_boundary))) as f32
    }

    /// The density after a stroke covered a point that had `before`.
    pub(super) fn painted(&self, stroke: &Stroke, before: f32, cover: f32, behind: f64) -> f32 {
        if cover <= 0.0 || (stroke.behind_line && behind < 0.0) {
            return before;
        }
        let share = if stroke.behind_line { self.edge_share(behind) } else { 1.0 };
        let target = (stroke.target_density() * share) as f32;
        before + (target - before) * cover
    }

    fn nearness(&self, line: Option<&Polyline>, centre: PhotoPoint, half: f64) -> Nearness {
        let Some(line) = line else { return Nearness::Far(f64::INFINITY) };
        let Some(middle) = line.project(centre) else { return Nearness::Far(f64::INFINITY) };
        // A point of the square whose nearest piece is the first or the last may lie beyond an end of the line.
        let last = line.points().len().saturating_sub(2);
        let reaches = |piece| line.project_pieces(centre, [piece]).map_or(0.0, |end| end.distance);
        let at_ends = [0, last].into_iter().any(|piece| reaches(piece) <= middle.distance + 2.0 * half);
        if middle.distance > self.zone + half && !at_ends {
            return Nearness::Far(if middle.side < 0.0 { -middle.distance } else { middle.distance });
        }
        Nearness::Near(near_pieces(line, centre, half, middle.distance))
    }

    /// The share of the density at that distance from an edge.
    fn edge_share(&self, distance: f64) -> f64 {
        if distance >= self.zone {
            return 1.0;
        }
        self.at_edge + (1.0 - self.at_edge) * smooth(distance / self.zone)
    }
}

/// The pieces of a line that can be the nearest to some point of a disc.
fn near_pieces(line: &Polyline, centre: PhotoPoint, half: f64, nearest: f64) -> Vec<usize> {
    let reach = nearest + 2.0 * half;
    (0..line.points().len().saturating_sub(1))
        .filter(|piece| line.project_pieces(centre, [*piece]).is_some_and(|near| near.distance <= reach))
        .collect()
}

/// How far a stroke covers a point, 0 to 1, by its pieces from the one named on. A stroke covers by its nearest piece, so
/// that crossing itself does not add up.
pub(super) fn stroke_cover(stroke: &Stroke, point: PhotoPoint, from_piece: usize) -> f32 {
    let squared = match stroke.points.as_slice() {
        [only] => only.distance_squared(point),
        points => points
            .windows(2)
            .skip(from_piece)
            .filter_map(|pair| pair.first_chunk::<2>())
            .map(|[a, b]| piece_distance_squared(*a, *b, point))
            .fold(f64::INFINITY, f64::min),
    };
    let reach = stroke.radius * stroke.radius;
    if squared >= reach {
        return 0.0;
    }
    let share = squared.sqrt() / stroke.radius;
    let hard = 1.0 - stroke.softness;
    if share <= hard { 1.0 } else { smooth((1.0 - share) / stroke.softness) as f32 }
}

fn piece_distance_squared(a: PhotoPoint, b: PhotoPoint, point: PhotoPoint) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    let t = if squared > 0.0 { ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared } else { 0.0 };
    a.lerp(b, t.clamp(0.0, 1.0)).distance_squared(point)
}

/// The cubic step from 0 to 1 with level ends.
fn smooth(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::design::PaintKind;

    fn stroke(points: &[(f64, f64)], softness: f64) -> Stroke {
        Stroke {
            paint: PaintKind::Brush,
            radius: 10.0,
            softness,
            density: 100.0,
            behind_line: false,
            points: points.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect(),
        }
    }

    #[test]
    fn a_stroke_covers_fully_inside_and_fades_outwards() {
        let soft = stroke(&[(0.0, 0.0), (100.0, 0.0)], 0.5);
        let cover = |y: f64| stroke_cover(&soft, PhotoPoint::new(50.0, y), 0);
        assert_eq!((cover(0.0), cover(5.0), cover(10.0)), (1.0, 1.0, 0.0));
        assert_eq!(cover(7.5), 0.5);
    }

    #[test]
    fn a_hard_stroke_has_a_sharp_rim() {
        let hard = stroke(&[(0.0, 0.0)], 0.0);
        assert_eq!(stroke_cover(&hard, PhotoPoint::new(9.99, 0.0), 0), 1.0);
        assert_eq!(stroke_cover(&hard, PhotoPoint::new(10.0, 0.0), 0), 0.0);
    }

    #[test]
    fn crossing_itself_does_not_add_up() {
        let cross = stroke(&[(-50.0, 0.0), (50.0, 0.0), (0.0, 50.0), (0.0, -50.0)], 1.0);
        assert!(stroke_cover(&cross, PhotoPoint::new(0.0, 0.0), 0) <= 1.0);
    }
}
