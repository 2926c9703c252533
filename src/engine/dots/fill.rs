//! What density the fill asks for, at any point: the line, the area behind it, the strokes, scars, part lines and patches,
//! made ready to be asked.

use super::nearness::Patch;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::{
    Appearance, AreaFill, Band, BandKind, FillOp, Hairline, ON_LINE, Patch as PatchOp, Stroke, View,
};
use crate::engine::geometry::{PhotoPoint, PhotoRect, Polygon, Polyline, PxPerMm};
use std::rc::Rc;

/// Share of the density that stands right at a usual soft edge; behind it the density rises to the whole (our estimate;
/// practitioners put the least density into the first millimetres).
const DENSITY_AT_SOFT_EDGE: f64 = 0.2;
/// The softness at which the transition begins as sparse, and is as deep, as the parameter says: a fully soft one is deeper by
/// the inverse.
const USUAL_SOFTNESS: f64 = 0.7;
/// How far a fully soft line stands back at most where it is irregular, mm (our estimate; it never stands forward: what was
/// drawn is the foremost edge).
const IRREGULAR_MM: f64 = 5.0;
/// The share of a scar's or a part line's width on each side over which it fades into the skin around (our estimate).
const BAND_FADE: f64 = 0.35;
/// How deep the edge of a patch fades inwards, mm (our estimate).
const PATCH_FADE_MM: f64 = 3.0;
/// So many times as deep as the front of a soft line an outline that says no depth is blended into what lies around (our
/// estimate).
const OUTLINE_DEPTH: f64 = 2.0;
/// The cosine up to which a face counts as straight before an edge of the area (our estimate).
const STRAIGHT_BEFORE: f64 = 0.7;

/// What a dot belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// The scalp behind a line, or a stroke.
    #[default]
    Scalp,
    /// A part line under longer hair.
    PartLine,
    /// A scar.
    Scar,
    /// A patch of alopecia areata or the like.
    Patch,
}

impl Kind {
    /// Whether such skin takes one session more.
    #[must_use]
    pub fn needs_more_sessions(self) -> bool {
        matches!(self, Self::Scar | Self::Patch)
    }
}

/// What is asked for at a point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct DensitySample {
    /// Dots per cm2 of skin.
    pub(super) density: f32,
    /// How far the dots have come from the finest and lightest of a soft edge (0) to the usual ones (1).
    pub(super) grown: f32,
    pub(super) kind: Kind,
}

/// How the area behind the line covers a point, whatever its density.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Coverage {
    /// Share of the area's density that is asked for.
    share: f32,
    /// See [`Asked::grown`].
    grown: f32,
}

/// Where a point lies to the front line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DistanceToEdge {
    /// Signed distance behind the drawn line along the skin, mm: below zero in front of it, infinite beyond its ends.
    pub(super) line: f64,
    /// The same behind the line as it waves.
    pub(super) waving: f64,
}

/// A point as the fill asks about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct DensityQuery {
    pub(super) point: PhotoPoint,
    /// How a small circle on the skin is seen there: see [`super::Dot::shape`].
    pub(super) shape: [f32; 3],
    /// How far an irregular edge stands back there, 0 to 1.
    pub(super) back: f32,
}

/// The fill of a view, ready to be asked.
#[derive(Debug, Clone)]
pub struct FillShape {
    pub(super) line: Option<Polyline>,
    pub(super) area: Option<Area>,
    ops: Vec<Rc<FillOp>>,
    /// One for each operation that has a form of its own.
    forms: Vec<Form>,
    pub(super) edges: Edges,
}

/// How soft the edges are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edges {
    pub(super) px_per_mm: f64,
    /// Depth of the soft edge, mm; zero for a defined edge.
    pub(super) zone: f64,
    /// How far the line stands back at most, mm.
    pub(super) irregular: f64,
    /// Share of the density at the edge itself.
    at_edge: f64,
}

#[derive(Debug, Clone)]
pub(super) struct Area {
    pub(super) polygon: Polygon,
    pub(super) boundary: Polyline,
    /// Whether the polygon is an outline of its own, of which only what lies behind the line is meant.
    pub(super) closed: bool,
    /// The pieces of the boundary by which it goes on from a line's ends over the temples: they fade as the line does.
    pub(super) temples: Vec<usize>,
    /// The pieces that end the area elsewhere than in front.
    pub(super) ends: Vec<usize>,
    /// How deep an outline is blended into what lies around, mm, where it says so.
    blend: Option<f64>,
    density: f64,
    /// The way from the line to the farthest of the boundary, and the share of the density that is asked for there.
    rear: Option<(PhotoPoint, PhotoPoint, f64)>,
}

/// The form of an operation, worked out once.
#[derive(Debug, Clone)]
enum Form {
    /// It has none that would have to be worked out.
    None,
    Band(Polyline, PhotoRect),
    Patch(Box<Polygon>, Polyline),
}

impl FillShape {
    /// The fill of that view, with that look.
    #[must_use]
    pub fn new(view: &View, look: &Appearance, parameters: &Parameters, scale: PxPerMm) -> Self {
        let line = view.hairline.as_ref().map(|line| (line, line.curve()));
        let eyes = view.calibration.filter(|marks| marks.reference.is_pupils()).map(|marks| marks.a.lerp(marks.b, 0.5));
        let of_fill = |fill| Area::of(fill, line.as_ref().map(|(line, curve)| (*line, curve)), eyes);
        let area = view.area_fill().and_then(|(_, fill)| of_fill(fill));
        Self {
            line: line.map(|(_, curve)| curve),
            area,
            forms: view.fill.iter().map(|op| Form::of(op)).collect(),
            ops: view.fill.clone(),
            edges: Edges::new(look, parameters, scale),
        }
    }

    /// Whether distances from its edges are those of another shape: the same line and the same outline at the same scale.
    pub(super) fn has_outline_of(&self, other: &Self) -> bool {
        let is_same_area = match (&self.area, &other.area) {
            (Some(area), Some(other)) => area.has_outline_of(other),
            (None, None) => true,
            _ => false,
        };
        is_same_area && self.line == other.line && self.edges.px_per_mm == other.edges.px_per_mm
    }

    /// The operations, the later over the earlier.
    pub(super) fn ops(&self) -> &[Rc<FillOp>] {
        &self.ops
    }

    /// Whether the operations are those, but for their addresses.
    pub(super) fn begins_with(&self, ops: &[Rc<FillOp>]) -> bool {
        ops.len() <= self.ops.len() && ops.iter().zip(&self.ops).all(|(a, b)| Rc::ptr_eq(a, b) || a == b)
    }

    /// Takes the strokes of a document that has the same: what both share need not be compared again.
    pub(super) fn share(&mut self, ops: &[Rc<FillOp>]) {
        for (own, other) in self.ops.iter_mut().zip(ops).filter(|(own, other)| !Rc::ptr_eq(own, other)) {
            *own = other.clone();
        }
    }

    /// Adds a stroke on top, as a copy: the document's own stays unshared, so that it can grow in its place.
    pub(super) fn add_stroke(&mut self, stroke: &Stroke) {
        self.ops.push(Rc::new(FillOp::Stroke(stroke.clone())));
        self.forms.push(Form::None);
    }

    /// Takes the newest stroke on to further points.
    pub(super) fn extend_stroke(&mut self, points: &[PhotoPoint]) {
        if let Some(FillOp::Stroke(own)) = self.ops.last_mut().map(Rc::make_mut) {
            own.points.extend_from_slice(points);
        }
    }

    /// Sets how soft the edges are.
    pub(super) fn set_edges(&mut self, edges: Edges) {
        self.edges = edges;
    }

    /// The rectangle in which an operation can bring dots.
    pub(super) fn reach(&self, op: &FillOp) -> PhotoRect {
        match op {
            FillOp::ToHere(_) => self.area.as_ref().map_or(PhotoRect::EMPTY, |area| area.polygon.bounds()),
            FillOp::Stroke(stroke) => stroke.reach(),
            FillOp::Band(band) => band.reach(),
            FillOp::Patch(patch) => patch.reach(),
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

    /// The distance along the skin to a point nearby, mm: the picture's is undone from how the skin lies there.
    pub(super) fn on_skin(&self, asking: &DensityQuery, to: PhotoPoint) -> f64 {
        let (dx, dy) = (to.x - asking.point.x, to.y - asking.point.y);
        let [xx, xy, yy] = asking.shape.map(f64::from);
        let determinant = (xx * yy - xy * xy).max(1e-4);
        let squared = (yy * dx * dx - 2.0 * xy * dx * dy + xx * dy * dy) / determinant;
        squared.max(0.0).sqrt() / self.edges.px_per_mm
    }

    /// The operations that may reach into a rectangle, by their places.
    pub(super) fn ops_near(&self, rect: PhotoRect) -> Vec<usize> {
        let reaches = |op: &FillOp| !self.reach(op).intersection(rect).is_empty();
        self.ops.iter().enumerate().filter(|(_, op)| reaches(op)).map(|(place, _)| place).collect()
    }

    /// What is asked for at a point by those operations. `covered` is its [`Self::covered`].
    pub(super) fn asked(
        &self,
        covered: Coverage,
        asking: &DensityQuery,
        behind: DistanceToEdge,
        ops: &[usize],
    ) -> DensitySample {
        let mut asked = DensitySample::default();
        let known = ops.iter().filter_map(|place| self.ops.get(*place).zip(self.forms.get(*place)));
        for (op, form) in known {
            asked = match (op.as_ref(), form) {
                (FillOp::ToHere(fill), _) => {
                    let share = covered.share * self.area.as_ref().map_or(1.0, |area| area.front_to_back(asking.point));
                    DensitySample { density: fill.density as f32 * share, grown: covered.grown, kind: Kind::Scalp }
                }
                (FillOp::Stroke(stroke), _) => {
                    let cover = stroke_cover(stroke, asking.point, 0);
                    self.painted(stroke, asked, cover, behind)
                }
                (FillOp::Band(band), Form::Band(curve, reach)) if reach.contains(asking.point) => {
                    self.banded(band, curve, asking, asked)
                }
                (FillOp::Patch(patch), Form::Patch(polygon, ring)) => {
                    self.patched(patch, (polygon, ring), asking, asked)
                }
                _ => asked,
            };
        }
        asked
    }

    /// Where a place of a block lies to the front line.
    pub(super) fn behind_line(&self, patch: &Patch, (place, asking): (usize, &DensityQuery)) -> DistanceToEdge {
        let line = patch.line.of(place);
        DistanceToEdge { line, waving: line - self.edges.irregular * f64::from(asking.back) }
    }

    /// How the area behind the line covers a place of a block.
    pub(super) fn covered(
        &self,
        patch: &Patch,
        (place, asking): (usize, &DensityQuery),
        behind: DistanceToEdge,
    ) -> Coverage {
        let inside = |area: &&Area| patch.area.contains(place, || !area.closed || behind.line >= 0.0);
        let Some(area) = self.area.as_ref().filter(inside) else { return Coverage::default() };
        let to_boundary = patch.boundary.of(place).abs();
        // A point of the area may lie in front of the line where that folds back on itself. Beyond its ends the temples are in front.
        let back = self.edges.irregular * f64::from(asking.back);
        let waving = behind.line.abs().min(patch.temples.of(place).abs()) - back;
        let grown = self.grown(if waving.is_finite() { waving } else { f64::INFINITY });
        // At the very edge of an outline nothing stands.
        let at_boundary =
            if area.closed { risen(to_boundary, self.blend(area)) } else { self.edge_share(self.grown(to_boundary)) };
        let share = self.edge_share(grown).min(at_boundary);
        // Where few dots stand at the end of an outline, they are as fine and light as those at the front.
        let grown = if area.closed { grown.min(at_boundary) } else { grown };
        Coverage { share: if waving < 0.0 { 0.0 } else { share as f32 }, grown: grown as f32 }
    }

    /// What is asked for after a stroke covered a point where something was asked before.
    pub(super) fn painted(
        &self,
        stroke: &Stroke,
        before: DensitySample,
        cover: f32,
        behind: DistanceToEdge,
    ) -> DensitySample {
        if cover <= 0.0 || (stroke.behind_line && behind.line < 0.0) {
            return before;
        }
        let waves = stroke.behind_line && self.line.is_some();
        let grown = if waves { self.grown(behind.waving) } else { 1.0 };
        let share = if waves && behind.waving < 0.0 { 0.0 } else { self.edge_share(grown) };
        let target = (stroke.target_density() * share) as f32;
        let density = before.density + (target - before.density) * cover;
        let grown = if target > 0.0 { grown as f32 } else { before.grown };
        DensitySample { density, grown, kind: if target > 0.0 { Kind::Scalp } else { before.kind } }
    }

    fn banded(&self, band: &Band, curve: &Polyline, asking: &DensityQuery, before: DensitySample) -> DensitySample {
        let Some(near) = curve.project(asking.point) else { return before };
        let half = band.width / 2.0 / self.edges.px_per_mm;
        // A round end like a brush's: the distance to the end point itself.
        let distance = self.on_skin(asking, near.nearest);
        let kind = match band.kind {
            BandKind::PartLine => Kind::PartLine,
            BandKind::Scar => Kind::Scar,
            BandKind::Temple => return self.behind_temple(band, near.side >= 0.0 && !near.at_end, distance, before),
        };
        self.laid(before, band.density, (half - distance) / (half * 2.0 * BAND_FADE), kind)
    }

    /// The hair behind the edge of a temple: soft at the edge as the front line is, and fading out towards the visitor's own.
    fn behind_temple(&self, band: &Band, is_behind: bool, distance: f64, before: DensitySample) -> DensitySample {
        let width = band.width / self.edges.px_per_mm;
        let density = (band.density * self.edge_share(self.grown(distance))) as f32;
        let faded = density * smooth((width - distance) / (width * BAND_FADE)) as f32;
        if !is_behind || faded <= before.density {
            return before;
        }
        DensitySample { density: faded, grown: before.grown.max(self.grown(distance) as f32), kind: Kind::Scalp }
    }

    fn patched(
        &self,
        patch: &PatchOp,
        (polygon, ring): (&Polygon, &Polyline),
        asking: &DensityQuery,
        before: DensitySample,
    ) -> DensitySample {
        if !polygon.contains(asking.point) {
            return before;
        }
        let inwards = ring.project(asking.point).map_or(0.0, |near| self.on_skin(asking, near.nearest));
        self.laid(before, patch.density, inwards / PATCH_FADE_MM, Kind::Patch)
    }

    /// A form laid over what was there: `depth` is 0 at its edge and 1 where it is whole.
    fn laid(&self, before: DensitySample, density: f64, depth: f64, kind: Kind) -> DensitySample {
        let cover = smooth(depth) as f32;
        if cover <= 0.0 {
            return before;
        }
        let density = before.density + (density as f32 - before.density) * cover;
        DensitySample {
            density,
            grown: before.grown.max(cover),
            kind: if cover >= 0.5 || before.density <= 0.0 { kind } else { before.kind },
        }
    }

    /// How deep an area is blended into what lies around, mm.
    pub(super) fn blend(&self, area: &Area) -> f64 {
        area.blend.unwrap_or(self.edges.zone * OUTLINE_DEPTH)
    }

    /// How far the dots have grown at that distance from an edge, 0 to 1.
    fn grown(&self, distance: f64) -> f64 {
        risen(distance, self.edges.zone)
    }

    /// The share of the density where the dots have grown so far.
    fn edge_share(&self, grown: f64) -> f64 {
        self.edges.at_edge + (1.0 - self.edges.at_edge) * grown
    }
}

/// How far what rises over a depth has risen at a distance, 0 to 1.
fn risen(distance: f64, depth: f64) -> f64 {
    if distance >= depth { 1.0 } else { smooth(distance / depth) }
}

impl Edges {
    /// The edges of that look.
    pub(super) fn new(look: &Appearance, parameters: &Parameters, scale: PxPerMm) -> Self {
        Self {
            px_per_mm: scale.get(),
            zone: parameters.get(Parameter::TransitionZone) * look.softness / USUAL_SOFTNESS,
            irregular: IRREGULAR_MM * look.softness,
            at_edge: 1.0 - (1.0 - DENSITY_AT_SOFT_EDGE) * (look.softness / USUAL_SOFTNESS).min(1.0),
        }
    }
}

impl Area {
    /// The area of a fill; `None` for one that would have to follow a line where there is none.
    fn of(fill: &AreaFill, line: Option<(&Hairline, &Polyline)>, eyes: Option<PhotoPoint>) -> Option<Self> {
        let boundary = match line {
            Some((line, _)) => fill.boundary_curve(line),
            None if fill.closed => fill.boundary_curve(&Hairline::default()),
            None => return None,
        };
        let curve = line.map_or(&[][..], |(_, curve)| curve.points());
        let ring = if fill.closed { &[] } else { curve };
        let ring = ring.iter().chain(boundary.points().iter().rev()).copied().collect();
        let rear = line.filter(|_| fill.rear < 1.0).and_then(|(_, curve)| {
            let from_line = |point: &PhotoPoint| curve.project(*point).filter(|near| near.side >= 0.0);
            let ways = boundary.points().iter().filter_map(|point| from_line(point).map(|near| (*point, near)));
            let (to, near) = ways.max_by(|a, b| a.1.distance.total_cmp(&b.1.distance))?;
            Some((near.nearest, to, fill.rear))
        });
        let near = |end: &PhotoPoint| line.and_then(|(_, curve)| curve.project(*end));
        let is_on_line = |end: &PhotoPoint| fill.closed && near(end).is_some_and(|near| near.distance < ON_LINE);
        let on_line: Vec<bool> = boundary.points().iter().map(is_on_line).collect();
        let polygon = Polygon::new(ring);
        let temples = eyes.filter(|_| fill.closed && fill.blend.is_some());
        let temples = temples.map_or_else(Vec::new, |eyes| temples_of(boundary.points(), &on_line, eyes));
        let is_end = |piece: &usize| {
            let is_on_line = on_line.iter().skip(*piece).take(2).all(|is_on_line| *is_on_line);
            !is_on_line && !temples.contains(piece)
        };
        let ends = (0..boundary.points().len().saturating_sub(1)).filter(is_end).collect();
        let (closed, density, blend) = (fill.closed, fill.density, fill.blend.map(|depth| depth.0));
        Some(Self { polygon, boundary, closed, temples, ends, blend, density, rear })
    }

    /// Its boundary, and the pieces of it over the temples.
    pub(super) fn temple_edge(&self) -> (&Polyline, &[usize]) {
        (&self.boundary, &self.temples)
    }

    /// Its boundary, and the pieces of it that end the area elsewhere than in front.
    pub(super) fn end_edge(&self) -> (&Polyline, &[usize]) {
        (&self.boundary, &self.ends)
    }

    /// Whether it has the outline of another, whatever its density.
    fn has_outline_of(&self, other: &Self) -> bool {
        self.polygon.points() == other.polygon.points()
            && self.boundary == other.boundary
            && self.closed == other.closed
            && self.temples == other.temples
            && self.ends == other.ends
    }

    /// The share of the density that is asked for so far from the front.
    fn front_to_back(&self, point: PhotoPoint) -> f32 {
        let Some((from, to, rear)) = self.rear else { return 1.0 };
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let way = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy).max(1.0);
        (1.0 - (1.0 - rear) * smooth(way)) as f32
    }
}

/// The pieces of a closed outline by which it goes on from the ends of a line, as long as the face lies straight before them.
fn temples_of(corners: &[PhotoPoint], on_line: &[bool], eyes: PhotoPoint) -> Vec<usize> {
    // The last corner is the first one again.
    let count = corners.len().saturating_sub(1);
    let corner = |at: usize| corners.get(at % count.max(1)).copied().unwrap_or_default();
    let is_on = |at: usize| on_line.get(at % count.max(1)).copied().unwrap_or(false);
    let turn: f64 = corners.windows(2).filter_map(|pair| pair.first_chunk()).map(|[a, b]| a.x * b.y - b.x * a.y).sum();
    let faces = |piece: usize| {
        let (a, b) = (corner(piece), corner(piece + 1));
        let (length, middle) = (a.distance(b), a.lerp(b, 0.5));
        let before = ((b.y - a.y) * (eyes.x - middle.x) - (b.x - a.x) * (eyes.y - middle.y)) * turn.signum();
        before > STRAIGHT_BEFORE * length * middle.distance(eyes)
    };
    let follow = |first: usize, step: fn(usize, usize) -> usize| {
        let pieces = (0..count).map(move |along| step(first, along));
        pieces.take_while(|piece| !(is_on(*piece) && is_on(*piece + 1)) && faces(*piece)).map(|piece| piece % count)
    };
    let starts = (0..count).filter(|at| is_on(*at) && is_on(at + count - 1) && !is_on(at + 1));
    let forwards = starts.flat_map(|at| follow(at, |first, along| first + along).collect::<Vec<_>>());
    let stops = (0..count).filter(|at| is_on(*at) && is_on(at + 1) && !is_on(at + count - 1));
    let backwards = stops.flat_map(|at| follow(at + 2 * count - 1, |first, along| first - along).collect::<Vec<_>>());
    forwards.chain(backwards).collect()
}

impl Form {
    fn of(op: &FillOp) -> Self {
        match op {
            FillOp::Band(band) => Self::Band(band.curve(), band.reach()),
            FillOp::Patch(patch) => {
                let ring = patch.outline.iter().chain(patch.outline.first()).copied().collect();
                Self::Patch(Box::new(Polygon::new(patch.outline.clone())), Polyline::new(ring))
            }
            FillOp::ToHere(_) | FillOp::Stroke(_) => Self::None,
        }
    }
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
    use super::super::edge_distances::EdgeDistances;
    use super::*;
    use crate::engine::calibration::Calibration;
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

    /// What is asked for at a point by the first operation, in a block that reaches so far around it.
    fn density_at(shape: &FillShape, point: PhotoPoint, reach: f64) -> f32 {
        let asking = DensityQuery { point, shape: [1.0, 0.0, 1.0], back: 0.0 };
        let mut distances = EdgeDistances::new(shape, PhotoRect::around(&[point]).inflated(reach));
        let patch = distances.under(shape, std::iter::once(asking));
        let behind = shape.behind_line(&patch, (0, &asking));
        shape.asked(shape.covered(&patch, (0, &asking), behind), &asking, behind, &[0]).density
    }

    #[test]
    fn a_stroke_covers_fully_inside_and_fades_outwards() {
        let soft = stroke(&[(0.0, 0.0), (100.0, 0.0)], 0.5);
        let cover = |y: f64| stroke_cover(&soft, PhotoPoint::new(50.0, y), 0);
        assert_eq!((cover(0.0), cover(5.0), cover(10.0)), (1.0, 1.0, 0.0));
        assert_eq!(cover(7.5), 0.5);
    }

    #[test]
    fn an_outline_is_blended_into_what_lies_around_but_not_at_the_line() {
        let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
        let line = Hairline::smooth([(100.0, 500.0), (500.0, 500.0), (900.0, 500.0)].map(at).to_vec());
        let mut boundary: Vec<PhotoPoint> = line.curve().points().to_vec();
        boundary.extend([(900.0, 100.0), (100.0, 100.0)].map(at));
        let mut fill = AreaFill { closed: true, ..AreaFill::even(boundary, 100.0) };
        let (parameters, scale) = (Parameters::default(), PxPerMm::new(4.0).unwrap());
        let density = |fill: &AreaFill, hairline: Option<&Hairline>, softness: f64, y: f64| {
            let fill = vec![Rc::new(FillOp::ToHere(fill.clone()))];
            let view = View { hairline: hairline.cloned(), fill, ..View::default() };
            let look = Appearance { softness, ..Appearance::new(&parameters) };
            let shape = FillShape::new(&view, &look, &parameters, scale);
            let point = at((500.0, y));
            density_at(&shape, point, 8.0)
        };
        let soft = |y| density(&fill, Some(&line), USUAL_SOFTNESS, y);
        assert!(soft(101.0) < 1.0 && (30.0..70.0).contains(&soft(128.0)), "{} {}", soft(101.0), soft(128.0));
        assert!(soft(499.0) >= 20.0 && density(&fill, None, USUAL_SOFTNESS, 499.0) < 1.0, "{}", soft(499.0));
        assert_eq!((soft(300.0), density(&fill, Some(&line), 0.0, 101.0)), (100.0, 100.0));
        // A depth of its own holds with every edge: 20 mm are 80 pixels.
        fill.blend = Some(crate::engine::geometry::Mm(20.0));
        for softness in [0.0, 0.5, 1.0] {
            let deep = [101.0, 140.0, 179.0, 300.0].map(|y| density(&fill, Some(&line), softness, y));
            assert!(deep[0] < 1.0 && (45.0..55.0).contains(&deep[1]) && deep[2] > 99.0 && deep[3] >= 100.0, "{deep:?}");
        }
    }

    #[test]
    fn over_the_temples_an_outline_is_as_soft_as_its_line() {
        let at = |(x, y): (f64, f64)| PhotoPoint::new(x, y);
        let line = Hairline::smooth([(300.0, 400.0), (500.0, 380.0), (700.0, 400.0)].map(at).to_vec());
        let mut boundary = vec![at((200.0, 560.0))];
        boundary.extend(line.curve().points());
        boundary.extend([(800.0, 560.0), (1000.0, 560.0), (1000.0, 100.0), (0.0, 100.0), (0.0, 560.0)].map(at));
        let fill = AreaFill {
            closed: true,
            blend: Some(crate::engine::geometry::Mm(15.0)),
            ..AreaFill::even(boundary, 100.0)
        };
        let (parameters, scale) = (Parameters::default(), PxPerMm::new(4.0).unwrap());
        let reference =
            crate::engine::calibration::Reference::TypedPupils { distance: crate::engine::geometry::Mm(63.0) };
        let eyes = Calibration { reference, a: at((374.0, 700.0)), b: at((626.0, 700.0)) };
        let density = |calibration: Option<Calibration>, place: (f64, f64)| {
            let fill = vec![Rc::new(FillOp::ToHere(fill.clone()))];
            let view = View { hairline: Some(line.clone()), calibration, fill, ..View::default() };
            let look = Appearance { softness: USUAL_SOFTNESS, ..Appearance::new(&parameters) };
            let shape = FillShape::new(&view, &look, &parameters, scale);
            density_at(&shape, at(place), 4.0)
        };
        // 2 and 40 pixels behind the left temple's edge, and as far behind the right one's.
        for (near, far) in [((248.0, 478.0), (216.0, 455.0)), ((752.0, 478.0), (784.0, 455.0))] {
            let (soft, behind) = (density(Some(eyes), near), density(Some(eyes), far));
            assert!((19.0..40.0).contains(&soft) && behind > 70.0, "{near:?}: {soft}, {behind}");
            let unknown = density(None, near);
            assert!(unknown < 5.0, "where no eyes are marked nobody knows what lies in front: {unknown}");
        }
        // The end over the ear is no front.
        assert!(density(Some(eyes), (900.0, 558.0)) < 5.0 && density(Some(eyes), (998.0, 300.0)) < 5.0);
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
