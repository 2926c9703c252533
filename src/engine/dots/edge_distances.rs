//! How far the places of a block lie from the edges of a fill: measured once for an outline, however soft its edges are.
//!
//! How soft they are decides how near an edge has to be for each place to be asked. Where it is farther, all places of a block are
//! as its middle, and nothing is measured of them. What was measured holds until the outline changes: a number for each place and
//! each edge that ever was near.

use super::fill::{Area, DensityQuery, FillShape};
use super::nearness::{Inside, Nearness, Patch};
use crate::engine::geometry::{PhotoPoint, PhotoRect, Polyline};

/// By how much pictures of near cameras enlarge what lies before the plane of the scale, at most.
const MAX_ENLARGED: f64 = 1.15;

/// How far a block's places lie from the edges of an outline.
#[derive(Debug, Clone)]
pub(super) struct EdgeDistances {
    square: Square,
    line: Option<EdgeDistance>,
    temples: Option<EdgeDistance>,
    boundary: Option<EdgeDistance>,
    /// Whether the area reaches into the block, and whether it holds its middle.
    meets: bool,
    holds_middle: bool,
    /// Whether each place lies in the area's outline, once it was asked.
    inside: Option<Vec<bool>>,
}

/// A block as it is seen.
#[derive(Debug, Clone, Copy)]
struct Square {
    centre: PhotoPoint,
    /// From its middle to a corner, pixels.
    half: f64,
}

/// How far a block lies from one edge.
#[derive(Debug, Clone)]
struct EdgeDistance {
    /// From its middle to the edge, pixels.
    middle: f64,
    is_in_front: bool,
    /// Whether places may lie beyond an end of the edge.
    is_at_end: bool,
    /// Of each place along the skin, mm, once it was measured.
    places: Option<Vec<f64>>,
}

impl EdgeDistances {
    /// Those of a block that is seen in that rectangle, as yet of its middle alone.
    pub(super) fn new(shape: &FillShape, rect: PhotoRect) -> Self {
        let centre = PhotoPoint::new((rect.x0 + rect.x1) / 2.0, (rect.y0 + rect.y1) / 2.0);
        let square = Square { centre, half: centre.distance(PhotoPoint::new(rect.x1, rect.y1)) };
        let edge = |edge: Option<(&Polyline, &[usize])>| EdgeDistance::new(edge?, square);
        let all = shape.line.as_ref().map_or_else(Vec::new, pieces);
        let area = shape.area.as_ref();
        Self {
            square,
            line: edge(shape.line.as_ref().map(|line| (line, &all[..]))),
            temples: edge(area.map(Area::temple_edge)),
            boundary: edge(area.map(Area::end_edge)),
            meets: area.is_some_and(|area| !area.polygon.bounds().intersection(rect).is_empty()),
            holds_middle: area.is_some_and(|area| area.polygon.contains(centre)),
            inside: None,
        }
    }

    /// Whether no edge is near: how soft the edges are changes nothing here.
    pub(super) fn is_plain(&self, shape: &FillShape) -> bool {
        self.near(shape) == [false; 3]
    }

    /// Which of the edges are near: the line, the temples, the boundary.
    fn near(&self, shape: &FillShape) -> [bool; 3] {
        let blend = shape.area.as_ref().map_or(0.0, |area| shape.blend(area));
        let zone = shape.edges.zone;
        [(&self.line, zone), (&self.temples, zone), (&self.boundary, blend)].map(|(edge, fades_over)| {
            edge.as_ref().is_some_and(|edge| edge.is_near(shape, fades_over, self.square.half))
        })
    }

    /// The block under the edges of a shape with that outline. Its places are measured where they never were; else it costs a look.
    pub(super) fn under(&mut self, shape: &FillShape, places: impl Iterator<Item = DensityQuery> + Clone) -> Patch<'_> {
        let [line, temples, boundary] = self.near(shape);
        let is_crossed = self.meets && (line || temples || boundary);
        if let Some(area) = shape.area.as_ref().filter(|_| is_crossed) {
            let inside = || places.clone().map(|asking| area.polygon.contains(asking.point)).collect();
            let inside = self.inside.get_or_insert_with(inside);
            let square = self.square;
            for (edge, pieces, is_near) in
                [(&mut self.temples, area.temple_edge(), temples), (&mut self.boundary, area.end_edge(), boundary)]
            {
                if let Some(edge) = edge.as_mut().filter(|_| is_near) {
                    edge.measure(pieces, square, |edge| {
                        let to_edge = |(asking, inside): (DensityQuery, &bool)| match inside {
                            true => edge.unsigned(shape, &asking),
                            false => f64::INFINITY,
                        };
                        places.clone().zip(inside.iter()).map(to_edge).collect()
                    });
                }
            }
        }
        if let Some((edge, curve)) = self.line.as_mut().zip(shape.line.as_ref()).filter(|_| line) {
            edge.measure((curve, &pieces(curve)), self.square, |edge| {
                places.map(|asking| edge.signed(shape, &asking)).collect()
            });
        }
        self.patch(shape, ([line, temples, boundary], is_crossed))
    }

    fn patch(&self, shape: &FillShape, ([line, temples, boundary], is_crossed): ([bool; 3], bool)) -> Patch<'_> {
        let px_per_mm = shape.edges.px_per_mm;
        let line_nearness = EdgeDistance::nearness(self.line.as_ref(), line, px_per_mm);
        let is_plain = !(line || temples || boundary);
        let area = match &shape.area {
            None => Inside::Whole(false),
            // The area's edges are these lines: far from all, the block lies on one side of its outline.
            Some(area) if is_plain => Inside::Whole(self.holds_middle && (!area.closed || line_nearness.of(0) >= 0.0)),
            Some(_) if is_crossed => Inside::Crossed(self.inside.as_deref().unwrap_or_default()),
            Some(_) => Inside::Whole(false),
        };
        Patch {
            line: line_nearness,
            temples: EdgeDistance::nearness(self.temples.as_ref(), temples, px_per_mm),
            boundary: EdgeDistance::nearness(self.boundary.as_ref(), boundary, px_per_mm),
            area,
        }
    }
}

/// An edge as a block's places see it: its line, and the pieces of it that can be the nearest to one of them.
struct SeenEdge<'a> {
    line: &'a Polyline,
    near: Vec<usize>,
}

impl SeenEdge<'_> {
    /// How far a place lies behind the edge; infinite beyond its ends.
    fn signed(&self, shape: &FillShape, asking: &DensityQuery) -> f64 {
        match self.line.project_pieces(asking.point, self.near.iter().copied()) {
            Some(near) if !near.at_end => {
                let distance = shape.on_skin(asking, near.nearest);
                if near.side < 0.0 { -distance } else { distance }
            }
            _ => f64::INFINITY,
        }
    }

    /// How far a place lies from the edge, on whichever side.
    fn unsigned(&self, shape: &FillShape, asking: &DensityQuery) -> f64 {
        let near = self.line.project_pieces(asking.point, self.near.iter().copied());
        near.map_or(f64::INFINITY, |near| shape.on_skin(asking, near.nearest))
    }
}

impl EdgeDistance {
    /// That of a block from some pieces of a line; `None` where there are none.
    fn new((line, pieces): (&Polyline, &[usize]), Square { centre, half }: Square) -> Option<Self> {
        let middle = line.project_pieces(centre, pieces.iter().copied())?;
        // A point of the square whose nearest piece is the first or the last may lie beyond an end of the line.
        let last = line.points().len().saturating_sub(2);
        let reaches = |piece| line.project_pieces(centre, [piece]).map_or(0.0, |end| end.distance);
        let ends = [0, last].into_iter().filter(|piece| pieces.contains(piece));
        let is_at_end = ends.into_iter().any(|piece| reaches(piece) <= middle.distance + 2.0 * half);
        Some(Self { middle: middle.distance, is_in_front: middle.side < 0.0, is_at_end, places: None })
    }

    /// How near an edge is to a block whose places have to be asked or not; infinitely far where there is none.
    fn nearness(edge: Option<&Self>, is_near: bool, px_per_mm: f64) -> Nearness<'_> {
        let Some(edge) = edge else { return Nearness::Far(f64::INFINITY) };
        if is_near {
            return Nearness::Near(edge.places.as_deref().unwrap_or_default());
        }
        let mm = edge.middle / px_per_mm;
        Nearness::Far(if edge.is_in_front { -mm } else { mm })
    }

    /// Whether it is so near that each place has to be asked, where it fades over so many mm.
    fn is_near(&self, shape: &FillShape, fades_over: f64, half: f64) -> bool {
        let zone = (fades_over + shape.edges.irregular) * shape.edges.px_per_mm * MAX_ENLARGED;
        self.middle <= zone + half || self.is_at_end
    }

    /// Measures the places, if they never were.
    fn measure(
        &mut self,
        (line, pieces): (&Polyline, &[usize]),
        Square { centre, half }: Square,
        places: impl FnOnce(&SeenEdge) -> Vec<f64>,
    ) {
        if self.places.is_none() {
            let reach = self.middle + 2.0 * half;
            let is_near =
                |piece: &usize| line.project_pieces(centre, [*piece]).is_some_and(|near| near.distance <= reach);
            let near = pieces.iter().copied().filter(is_near).collect();
            self.places = Some(places(&SeenEdge { line, near }));
        }
    }
}

/// The numbers of a line's pieces.
fn pieces(line: &Polyline) -> Vec<usize> {
    (0..line.points().len().saturating_sub(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{Appearance, AreaFill, FillOp, Hairline, View};
    use crate::engine::geometry::PxPerMm;
    use std::cell::Cell;
    use std::rc::Rc;

    /// A line from the left to the right at 4 pixels a millimetre, with an area above it.
    fn shape(softness: f64) -> FillShape {
        let at = PhotoPoint::new;
        let hairline = Hairline::smooth([100.0, 300.0, 500.0, 700.0, 900.0].map(|x| at(x, 500.0)).to_vec());
        let fill = AreaFill::even(vec![at(150.0, 250.0), at(850.0, 250.0)], 120.0);
        let view = View { hairline: Some(hairline), fill: vec![Rc::new(FillOp::ToHere(fill))], ..View::default() };
        let parameters = Parameters::default();
        let look = Appearance { softness, ..Appearance::new(&parameters) };
        FillShape::new(&view, &look, &parameters, PxPerMm::new(4.0).unwrap())
    }

    #[test]
    fn however_soft_the_edges_become_a_place_is_measured_once() {
        let rect = PhotoRect::new(480.0, 440.0, 512.0, 472.0);
        let asked = Cell::new(0);
        let place = |number: u32| {
            asked.set(asked.get() + 1);
            let point = PhotoPoint::new(480.0 + f64::from(number), 450.0);
            DensityQuery { point, shape: [1.0, 0.0, 1.0], back: 0.0 }
        };
        let mut distances = EdgeDistances::new(&shape(0.0), rect);
        let mut measured = |softness: f64| {
            asked.set(0);
            let behind = distances.under(&shape(softness), (0..32).map(place)).line.of(16);
            (asked.get(), behind)
        };
        // The block's middle is 44 pixels behind the line, and its places are 50.
        assert_eq!(measured(0.0), (0, 11.0), "a defined edge is far");
        let (asked, behind) = measured(1.0);
        assert!(asked > 0 && (behind - 12.5).abs() < 1e-9, "{asked} {behind}");
        for softness in [0.3, 0.9, 1.0, 0.0] {
            assert_eq!(measured(softness).0, 0, "{softness}");
        }
        assert_eq!(measured(0.0).1, 11.0, "far again");
    }
}
