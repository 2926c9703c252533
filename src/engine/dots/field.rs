//! The tile laid over a head: which of its places are dots.

use super::dot::Dot;
use super::edge_distances::EdgeDistances;
use super::fill::{Coverage, DensityQuery, DensitySample, DistanceToEdge, Edges, FillShape, Kind, stroke_cover};
use super::skin_chart::{BLOCK_SIDE, Candidate, Cell, SkinChart, bucket_of, buckets};
use super::tile::BlueNoiseTile;
use crate::engine::calibration::Side;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::{BandKind, Design, FillOp, Hairline, Stroke, View};
use crate::engine::geometry::{PhotoPoint, PhotoRect};
use glam::DVec3;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How much smaller the dots of a fully soft edge begin: a finer needle (our estimate).
const FINER_AT_EDGE: f32 = 0.22;
/// How much lighter they begin: a lighter shade (our estimate).
const LIGHTER_AT_EDGE: f32 = 0.35;
/// What a scar keeps of the ink relative to other skin: of a visual density of 8.7 a scar lost 1.6 in six months where
/// other skin lost 0.9 (Liu et al.).
const SCAR_UPTAKE: f32 = (8.7 - 1.6) / (8.7 - 0.9);

#[derive(Debug, Clone)]
struct Block {
    rect: PhotoRect,
    places: Vec<Place>,
    /// How far they lie from the edges of the outline, once it was measured.
    distances: Option<EdgeDistances>,
    live: Option<ActiveStroke>,
}

/// A place of the tile with what is asked for there.
#[derive(Debug, Clone, Copy)]
struct Place {
    candidate: Candidate,
    /// The skin that it stands for, cm2.
    skin_cm2: f32,
    behind: DistanceToEdge,
    covered: Coverage,
    asked: DensitySample,
}

/// The stroke that is being made, as far as a block has felt it.
#[derive(Debug, Clone)]
struct ActiveStroke {
    before: Vec<DensitySample>,
    cover: Vec<f32>,
}

/// What a field was last made from.
#[derive(Debug, Clone)]
struct Made {
    line: Option<Hairline>,
    softness: f32,
    shape: FillShape,
    /// Where the document has the stroke that is being made, while it grows. What is read here is only whether it is the
    /// same place: then the stroke's beginning need not be compared.
    growing: Option<*const FillOp>,
}

/// Skin that is treated: what one place of the tile stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreatedSkin {
    /// cm2 of skin.
    pub skin_cm2: f64,
    /// Dots per cm2 that are asked for, all sessions done.
    pub density: f64,
    /// Whether a dot stands there, all sessions done.
    pub dotted: bool,
    /// What it belongs to.
    pub kind: Kind,
    /// Behind the front line along the skin, mm; infinite without a line.
    pub behind_mm: f64,
    /// Cosine of the angle between the skin and the picture: 1 where it faces the camera.
    pub facing: f64,
    /// Where on the head, on the sphere of radius 1 behind the skull: x to the right of a face's picture, y up, z to the
    /// front. `None` where the head's surface is not known.
    pub on_head: Option<DVec3>,
}

/// The dots of one view. A cache of the document: [`Field::sync`] brings it up to date and says which part of the picture
/// changed.
#[derive(Debug, Clone)]
pub struct Field {
    tile: Rc<BlueNoiseTile>,
    seed: u32,
    buckets: Rc<Vec<Vec<u32>>>,
    ground: Option<SkinChart>,
    /// In the order of their cells, which is that of the dots.
    blocks: BTreeMap<Cell, Block>,
    made: Option<Made>,
    look: Showing,
}

/// What decides, besides the density, which dots show and how.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Showing {
    /// The share of the density that stands: on skin of the usual kind, and on skin that takes one session more.
    shares: [f32; 2],
    softness: f32,
}

impl Field {
    /// A field on a tile that was grown from that seed.
    #[must_use]
    pub fn new(tile: Rc<BlueNoiseTile>, seed: u32) -> Self {
        let look = Showing { shares: [1.0; 2], softness: 0.0 };
        Self { seed, buckets: Rc::new(buckets(&tile)), tile, ground: None, blocks: BTreeMap::new(), made: None, look }
    }

    /// A field with nothing on it, on the same tile.
    #[must_use]
    pub fn afresh(&self) -> Self {
        let (ground, blocks, made) = (None, BTreeMap::new(), None);
        Self { tile: self.tile.clone(), buckets: self.buckets.clone(), ground, blocks, made, ..*self }
    }

    /// The seed whose tile this is.
    #[must_use]
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// Brings the dots up to date with the front of a design: see [`Self::sync_side`].
    pub fn sync(&mut self, design: &Design, parameters: &Parameters) -> PhotoRect {
        self.sync_side(design, Side::Front, parameters)
    }

    /// Brings the dots up to date with a side of a design; the rectangle holds every dot that changed. Costs what changed: a longer
    /// stroke only its new pieces.
    pub fn sync_side(&mut self, design: &Design, side: Side, parameters: &Parameters) -> PhotoRect {
        let view = design.views.of(side);
        let scale = view.scale(parameters).px_per_mm;
        let surface = view.surface(parameters);
        let look =
            Showing { shares: session_shares(parameters, design.look.session), softness: design.look.softness as f32 };
        let mut dirty = PhotoRect::EMPTY;
        if look != self.look {
            self.look = look;
            dirty = self.reach();
        }
        let same_ground = self.ground.as_ref().is_some_and(|ground| ground.same(&surface, view.size(), design.seed));
        let edges = Edges::new(&design.look, parameters, scale);
        if let Some(changed) = same_ground.then(|| self.grow_live(view, edges)).flatten() {
            return dirty.union(changed);
        }
        let now = Made {
            line: view.hairline.clone(),
            softness: look.softness,
            shape: FillShape::new(view, &design.look, parameters, scale),
            growing: None,
        };
        let changed = match self.made.take() {
            Some(before) if same_ground => self.follow(&before, &now),
            before => {
                let before = before.map_or(PhotoRect::EMPTY, |made| made.all_reach());
                self.blocks.clear();
                self.ground = Some(SkinChart::new(surface, view.size(), design.seed));
                before.union(self.place(&now, PhotoRect::of_size(view.size().0, view.size().1), false))
            }
        };
        self.made = Some(now);
        dirty.union(changed)
    }

    /// The ground is the same; only the fill may differ.
    fn follow(&mut self, before: &Made, now: &Made) -> PhotoRect {
        if !now.shape.has_outline_of(&before.shape) {
            self.blocks.values_mut().for_each(|block| block.distances = None);
        }
        let (old, new) = (before.shape.ops(), now.shape.ops());
        if before.line == now.line && old == new && before.softness != now.softness && !now.has_temples() {
            return self.soften(before, now);
        }
        let edges_moved = before.line != now.line || before.softness != now.softness;
        let same_edges = !edges_moved && before.boundary() == now.boundary();
        let mut changed = PhotoRect::EMPTY;
        if edges_moved {
            changed = before.all_reach().union(now.all_reach());
        } else {
            let same = old.iter().zip(new).take_while(|(a, b)| Rc::ptr_eq(a, b) || a == b).count();
            for op in old.iter().skip(same) {
                changed = changed.union(before.shape.reach(op));
            }
            for op in new.iter().skip(same) {
                changed = changed.union(now.shape.reach(op));
            }
        }
        self.place(now, changed, same_edges)
    }

    /// Only the softness of the edges changed: blocks far from every edge stay as they are.
    fn soften(&mut self, before: &Made, now: &Made) -> PhotoRect {
        let reach = now.all_reach();
        self.each_block(reach, |block| {
            let distances = block.distances.get_or_insert_with(|| EdgeDistances::new(&now.shape, block.rect));
            if !(distances.is_plain(&before.shape) && distances.is_plain(&now.shape)) {
                block.work_out(now, false);
            }
        });
        reach
    }

    /// When the only change is a stroke that begins or goes on, only its new pieces are felt. Costs the new points and the
    /// places that they reach, however long the stroke is.
    fn grow_live(&mut self, view: &View, edges: Edges) -> Option<PhotoRect> {
        let done = self.made.as_ref()?.grown_to(view, self.look.softness)?;
        let (last, rest) = view.fill.split_last()?;
        let FillOp::Stroke(stroke) = last.as_ref() else { return None };
        let mut made = self.made.take()?;
        made.shape.set_edges(edges);
        if done == 0 {
            made.shape.share(rest);
            made.shape.add_stroke(stroke);
            self.blocks.values_mut().for_each(|block| block.live = None);
        } else {
            made.shape.extend_stroke(stroke.points.get(done..).unwrap_or_default());
        }
        made.growing = Some(Rc::as_ptr(last));
        // A piece reaches from the last point that was felt to the next.
        let from_piece = done.saturating_sub(1);
        let new_points = stroke.points.get(from_piece..).unwrap_or_default();
        let reach = PhotoRect::around(new_points).inflated(stroke.radius);
        self.lay_missing(&made, reach);
        self.each_block(reach, |block| block.accumulate(stroke, from_piece, &made.shape));
        self.made = Some(made);
        Some(reach)
    }

    /// Works the blocks of a rectangle out, from scratch unless the edges are the same. Blocks that no operation reaches any
    /// more are forgotten.
    fn place(&mut self, now: &Made, rect: PhotoRect, same_edges: bool) -> PhotoRect {
        let reach = now.all_reach();
        self.blocks.retain(|_, block| !block.rect.intersection(reach).is_empty());
        let wanted = rect.intersection(reach);
        self.lay_missing(now, wanted);
        self.each_block(wanted, |block| block.work_out(now, same_edges));
        rect
    }

    /// Makes the blocks of a rectangle that are missing, empty but for where their places lie to the line.
    fn lay_missing(&mut self, now: &Made, rect: PhotoRect) {
        let Some(ground) = &self.ground else { return };
        for (cell, block_rect) in ground.within(rect) {
            self.blocks.entry(cell).or_insert_with(|| {
                let bucket = self.buckets.get(bucket_of(cell)).map_or(&[][..], Vec::as_slice);
                Block::new(block_rect, ground.places(cell, &self.tile, bucket), now)
            });
        }
    }

    fn each_block(&mut self, rect: PhotoRect, mut visit: impl FnMut(&mut Block)) {
        let meets = |block: &&mut Block| !block.places.is_empty() && !block.rect.intersection(rect).is_empty();
        self.blocks.values_mut().filter(meets).for_each(&mut visit);
    }

    /// A rectangle of the picture that holds every dot.
    #[must_use]
    pub fn reach(&self) -> PhotoRect {
        self.made.as_ref().map_or(PhotoRect::EMPTY, Made::all_reach)
    }

    /// Calls for every dot that shows in a rectangle of the picture, in an order that is always the same.
    pub fn each_dot(&self, rect: PhotoRect, mut visit: impl FnMut(Dot)) {
        for block in self.blocks.values().filter(|block| !block.rect.intersection(rect).is_empty()) {
            block.showing(self.look).for_each(&mut visit);
        }
    }

    /// All dots that show.
    #[must_use]
    pub fn dots(&self) -> Vec<Dot> {
        self.blocks.values().flat_map(|block| block.showing(self.look)).collect()
    }

    /// The places of the tile in a rectangle of the picture on which a dot stands where the density asked for is that at each place,
    /// whatever is filled there.
    pub(super) fn places_under(&self, rect: PhotoRect, density: impl Fn(PhotoPoint) -> f64) -> Vec<Dot> {
        let Some(ground) = &self.ground else { return Vec::new() };
        let places = ground.within(rect).flat_map(|(cell, _)| {
            let bucket = self.buckets.get(bucket_of(cell)).map_or(&[][..], Vec::as_slice);
            ground.places(cell, &self.tile, bucket)
        });
        let stands = |candidate: &Candidate| f64::from(candidate.threshold) < density(candidate.at());
        places.map(|(candidate, _)| candidate).filter(stands).map(|candidate| candidate.dot).collect()
    }

    /// A number that is the same wherever the same dots show: the FNV-1a hash of all their bits, in order. Preview, file and
    /// a clinic's copy can be told to agree by it.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let dots = self.blocks.values().flat_map(|block| block.showing(self.look));
        for number in dots.flat_map(|Dot { x, y, size, strength, shape: [a, b, c] }| [x, y, size, strength, a, b, c]) {
            hash = (hash ^ u64::from(number.to_bits())).wrapping_mul(0x0100_0000_01b3);
        }
        hash
    }

    /// How many dots stand after a session, whatever session the look shows.
    #[must_use]
    pub fn count_after(&self, session: u8, parameters: &Parameters) -> usize {
        let look = Showing { shares: session_shares(parameters, session), ..self.look };
        self.blocks.values().map(|block| block.showing(look).count()).sum()
    }

    /// Calls for all the skin that is treated.
    pub fn each_treated(&self, mut visit: impl FnMut(TreatedSkin)) {
        let Some(ground) = &self.ground else { return };
        for (cell, block) in &self.blocks {
            let middle = |index: i32| (f64::from(index) + 0.5) * BLOCK_SIDE;
            let on_head = ground.surface.on_head(middle(cell.1), middle(cell.0));
            for place in block.places.iter().filter(|place| place.asked.density > 0.0) {
                visit(TreatedSkin {
                    skin_cm2: f64::from(place.skin_cm2),
                    density: f64::from(place.asked.density),
                    dotted: place.candidate.threshold < place.asked.density,
                    kind: place.asked.kind,
                    behind_mm: place.behind.line,
                    facing: place.candidate.facing(),
                    on_head,
                });
            }
        }
    }

    /// The fill as it was last made.
    #[must_use]
    pub fn shape(&self) -> Option<&FillShape> {
        self.made.as_ref().map(|made| &made.shape)
    }
}

impl Made {
    /// How many points of a view's newest stroke are here already, where that stroke is all that is new.
    fn grown_to(&self, view: &View, softness: f32) -> Option<usize> {
        if self.line != view.hairline || self.softness != softness {
            return None;
        }
        let (last, rest) = view.fill.split_last()?;
        let FillOp::Stroke(stroke) = last.as_ref() else { return None };
        let done = match self.shape.ops().len().checked_sub(rest.len())? {
            0 => 0,
            1 => match self.shape.ops().last()?.as_ref() {
                FillOp::Stroke(own) if self.is_growing(own, last, stroke) => own.points.len(),
                _ => return None,
            },
            _ => return None,
        };
        self.shape.begins_with(rest).then_some(done)
    }

    /// Whether the newest stroke here is the beginning of a document's. One that was laid as a whole is none: its blocks no
    /// longer know what lies under it.
    fn is_growing(&self, own: &Stroke, place: &Rc<FillOp>, stroke: &Stroke) -> bool {
        self.growing.is_some_and(|growing| {
            if growing == Rc::as_ptr(place) { goes_on(own, stroke) } else { is_longer(own, stroke) }
        })
    }

    /// The handles of the area's upper boundary, and whether it is closed.
    fn boundary(&self) -> Option<(&[PhotoPoint], bool)> {
        self.shape.ops().iter().find_map(|op| match op.as_ref() {
            FillOp::ToHere(fill) => Some((fill.boundary.as_slice(), fill.closed)),
            _ => None,
        })
    }

    /// Whether there are soft edges besides those of the line and its boundary.
    fn has_temples(&self) -> bool {
        self.shape.ops().iter().any(|op| matches!(op.as_ref(), FillOp::Band(band) if band.kind == BandKind::Temple))
    }

    fn all_reach(&self) -> PhotoRect {
        self.shape.ops().iter().fold(PhotoRect::EMPTY, |rect, op| rect.union(self.shape.reach(op)))
    }
}

impl Block {
    fn new(rect: PhotoRect, places: Vec<(Candidate, f32)>, now: &Made) -> Self {
        let nowhere = DistanceToEdge { line: f64::INFINITY, waving: f64::INFINITY };
        let place = |(candidate, skin_cm2)| Place {
            candidate,
            skin_cm2,
            behind: nowhere,
            covered: Coverage::default(),
            asked: DensitySample::default(),
        };
        let places = places.into_iter().map(place).collect();
        let mut block = Self { rect, places, distances: None, live: None };
        block.measure(now);
        block
    }

    /// How the places lie to the edges.
    fn measure(&mut self, now: &Made) {
        let distances = self.distances.get_or_insert_with(|| EdgeDistances::new(&now.shape, self.rect));
        let patch = distances.under(&now.shape, self.places.iter().map(Place::asking));
        for (index, place) in self.places.iter_mut().enumerate() {
            let asking = place.asking();
            place.behind = now.shape.behind_line(&patch, (index, &asking));
            place.covered = now.shape.covered(&patch, (index, &asking), place.behind);
        }
    }

    fn work_out(&mut self, now: &Made, same_edges: bool) {
        self.live = None;
        if !same_edges {
            self.measure(now);
        }
        let ops = now.shape.ops_near(self.rect);
        for place in &mut self.places {
            place.asked = now.shape.asked(place.covered, &place.asking(), place.behind, &ops);
        }
    }

    fn accumulate(&mut self, stroke: &Stroke, from_piece: usize, shape: &FillShape) {
        let Self { places, live, .. } = self;
        let live = live.get_or_insert_with(|| ActiveStroke {
            before: places.iter().map(|place| place.asked).collect(),
            cover: vec![0.0; places.len()],
        });
        for (place, (before, cover)) in places.iter_mut().zip(live.before.iter().zip(&mut live.cover)) {
            let more = stroke_cover(stroke, place.candidate.at(), from_piece);
            if more > *cover {
                *cover = more;
                place.asked = shape.painted(stroke, *before, more, place.behind);
            }
        }
    }

    fn showing(&self, look: Showing) -> impl Iterator<Item = Dot> {
        self.places.iter().filter(move |place| place.shows(look)).map(move |place| place.dot(look))
    }
}

impl Place {
    fn asking(&self) -> DensityQuery {
        DensityQuery { point: self.candidate.at(), shape: self.candidate.dot.shape, back: self.candidate.back }
    }

    fn shows(&self, look: Showing) -> bool {
        let [usual, slower] = look.shares;
        let share = if self.asked.kind.needs_more_sessions() { slower } else { usual };
        self.candidate.threshold < self.asked.density * share
    }

    fn dot(&self, look: Showing) -> Dot {
        let ungrown = (1.0 - self.asked.grown) * look.softness;
        let uptake = if self.asked.kind == Kind::Scar { SCAR_UPTAKE } else { 1.0 };
        Dot {
            size: self.candidate.dot.size * (1.0 - FINER_AT_EDGE * ungrown),
            strength: self.candidate.dot.strength * uptake * (1.0 - LIGHTER_AT_EDGE * ungrown),
            ..self.candidate.dot
        }
    }
}

/// Whether a stroke goes on from an older one, point by point.
fn is_longer(old: &Stroke, new: &Stroke) -> bool {
    has_brush_of(old, new) && new.points.starts_with(&old.points)
}

/// The same of strokes that are in the same place: it is told by both ends of the older one.
fn goes_on(old: &Stroke, new: &Stroke) -> bool {
    let has_last = || old.points.len().checked_sub(1).is_some_and(|last| old.points.last() == new.points.get(last));
    has_brush_of(old, new) && old.points.first() == new.points.first() && has_last()
}

fn has_brush_of(old: &Stroke, new: &Stroke) -> bool {
    old.paint == new.paint
        && old.radius == new.radius
        && old.softness == new.softness
        && old.density == new.density
        && old.behind_line == new.behind_line
}

/// The shares of the density that stand after a session: on skin of the usual kind, and on skin that takes one session
/// more, whose steps are even (our estimate).
fn session_shares(parameters: &Parameters, session: u8) -> [f32; 2] {
    let usual = match session {
        1 => parameters.get(Parameter::FirstSession),
        2 => parameters.get(Parameter::SecondSession),
        _ => 1.0,
    };
    let slower = (f64::from(session) / parameters.get(Parameter::SessionsMore)).min(1.0);
    [usual as f32, slower as f32]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Head, Reference};
    use crate::engine::design::{Appearance, AreaFill, Band, PaintKind, Patch as Bare, PhotoRef};
    use crate::engine::editor::tools::{BrushSettings, ToolController, ToolKind, ToolSettings};
    use crate::engine::editor::{Command, Editor, PointerKind};
    use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, PxPerMm};
    use std::sync::LazyLock;

    static TILE: LazyLock<Vec<f32>> = LazyLock::new(|| BlueNoiseTile::grow(5).to_pairs());

    fn field() -> Field {
        Field::new(Rc::new(BlueNoiseTile::from_pairs(&TILE).unwrap()), 5)
    }

    fn at(x: f64, y: f64) -> PhotoPoint {
        PhotoPoint::new(x, y)
    }

    /// A picture of 1600 x 2000 pixels at 8 pixels a millimetre.
    fn editor() -> Editor {
        let mut editor = Editor::new(Parameters::default(), 5);
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let reference = Reference::Points { distance: Mm(100.0) };
        let calibration = Calibration { reference, a: at(400.0, 1000.0), b: at(1200.0, 1000.0) };
        editor.apply(Command::Calibrate(Some(calibration))).unwrap();
        editor
    }

    fn filled(density: f64, softness: f64) -> Editor {
        let mut editor = editor();
        let handles = vec![at(300.0, 800.0), at(800.0, 500.0), at(1300.0, 800.0)];
        editor.apply(Command::SetHairline(Some(Hairline::smooth(handles)))).unwrap();
        let fill = AreaFill::even(vec![at(500.0, 300.0), at(800.0, 200.0), at(1100.0, 300.0)], density);
        editor.apply(Command::AreaFill(Some(fill))).unwrap();
        let look = Appearance { softness, ..editor.design().look.clone() };
        editor.apply(Command::SetLook(look)).unwrap();
        editor
    }

    fn synced(editor: &Editor) -> Field {
        let mut field = field();
        field.sync(editor.design(), editor.parameters());
        field
    }

    #[test]
    fn as_many_dots_as_density_times_area_and_none_outside() {
        for density in [60.0, 120.0, 200.0] {
            let editor = filled(density, 0.0);
            let field = synced(&editor);
            let (area, _) = field.shape().unwrap().area().unwrap();
            let expected = area / 6400.0 * density;
            let count = field.dots().len() as f64;
            assert!((count / expected - 1.0).abs() < 0.02, "{density}: {count} dots, expected {expected}");
            let outside = |dot: &Dot| !field.shape().unwrap().area_contains(at(f64::from(dot.x), f64::from(dot.y)));
            assert_eq!(field.dots().iter().filter(|dot| outside(dot)).count(), 0);
        }
    }

    #[test]
    fn fewer_sessions_and_softer_edges_only_take_dots_away() {
        let full = synced(&filled(120.0, 0.0)).dots();
        for (session, softness) in [(1, 0.0), (2, 0.0), (3, 0.7), (3, 1.0)] {
            let mut editor = filled(120.0, softness);
            let look = Appearance { session, ..editor.design().look.clone() };
            editor.apply(Command::SetLook(look)).unwrap();
            let fewer = synced(&editor).dots();
            // A soft edge makes dots finer and lighter; it moves none.
            let stood = |dot: &Dot| full.iter().any(|before| (before.x, before.y) == (dot.x, dot.y));
            assert!(fewer.len() < full.len() && fewer.iter().all(stood), "{session} {softness}");
        }
    }

    /// A tool with a brush of this radius.
    fn brushing(kind: ToolKind, radius: Mm) -> ToolSettings {
        ToolSettings {
            kind,
            reach: PhotoPx(20.0),
            mirrored: false,
            brush: BrushSettings { radius, ..BrushSettings::new(&Parameters::default()) },
            reference: Reference::Points { distance: Mm(100.0) },
            band_width: Mm(8.0),
            band_density: 120.0,
            patch_density: 120.0,
        }
    }

    fn paint(editor: &mut Editor, field: &mut Field, kind: ToolKind, way: &[(f64, f64)]) {
        let settings = brushing(kind, Mm(10.0));
        let mut controller = ToolController::default();
        controller.down(editor, &settings, at(way[0].0, way[0].1), PointerKind::Mouse);
        field.sync(editor.design(), editor.parameters());
        for (x, y) in way {
            controller.moved(editor, &settings, at(*x, *y));
            field.sync(editor.design(), editor.parameters());
        }
        let (x, y) = way[way.len() - 1];
        controller.complete(editor, &settings, at(x, y));
        field.sync(editor.design(), editor.parameters());
    }

    /// How many points of a stroke are copied while it is made with so many, by the editor and by the field: all of a
    /// stroke's whenever they are met in another place.
    fn copied(count: usize) -> usize {
        let mut editor = filled(120.0, 0.6);
        let mut field = synced(&editor);
        let settings = brushing(ToolKind::Brush, Mm(1.0));
        let place = |op: &Rc<FillOp>| match op.as_ref() {
            FillOp::Stroke(stroke) => (stroke.points.as_ptr(), stroke.points.len()),
            _ => panic!("no stroke"),
        };
        let mut controller = ToolController::default();
        let (mut seen, mut copied) = ([std::ptr::null(); 2], 0);
        controller.down(&mut editor, &settings, at(500.0, 600.0), PointerKind::Mouse);
        for step in 0..count {
            let way = at(500.0 + (step % 2) as f64 * 2.0, 600.0 + (step % 100) as f64);
            controller.moved(&mut editor, &settings, way);
            field.sync(editor.design(), editor.parameters());
            let ops = [editor.view().fill.last().unwrap(), field.shape().unwrap().ops().last().unwrap()];
            for (seen, (points, length)) in seen.iter_mut().zip(ops.map(place)) {
                copied += if *seen == points { 0 } else { length };
                *seen = points;
            }
        }
        controller.complete(&mut editor, &settings, at(500.0, 600.0));
        assert!(place(editor.view().fill.last().unwrap()).1 > count * 9 / 10);
        copied
    }

    #[test]
    fn a_stroke_is_copied_no_oftener_the_longer_it_is() {
        // A list that doubles copies less than twice its length while it grows, or nothing where the allocator makes room in
        // place; there are two lists. Copied with each movement, a stroke would count by its length squared.
        for count in [500, 2000] {
            let copied = copied(count);
            assert!((1..5 * count).contains(&copied), "{copied} points of a stroke of {count}");
        }
    }

    #[test]
    fn a_stroke_that_goes_on_after_something_else_changed_is_as_in_the_document() {
        let mut editor = filled(120.0, 0.6);
        let mut field = synced(&editor);
        let brush = BrushSettings { radius: Mm(10.0), ..BrushSettings::new(&Parameters::default()) };
        let stroke = |points: Vec<PhotoPoint>| Stroke {
            paint: PaintKind::Eraser,
            radius: 80.0,
            softness: brush.softness,
            density: 120.0,
            behind_line: true,
            points,
        };
        editor.begin();
        editor.apply(Command::AddStroke(stroke(vec![at(600.0, 500.0)]))).unwrap();
        field.sync(editor.design(), editor.parameters());
        for step in 1..20 {
            let kept = (step == 7).then(|| editor.design().clone());
            editor.apply(Command::ExtendStroke(at(600.0 + f64::from(step) * 20.0, 520.0))).unwrap();
            if step == 12 {
                let look = Appearance { softness: 0.3, ..editor.design().look.clone() };
                editor.apply(Command::SetLook(look)).unwrap();
            }
            field.sync(editor.design(), editor.parameters());
            assert!(field.dots() == synced(&editor).dots(), "{step}");
            let lengths = |design: &Design| design.views.front.fill.last().unwrap().points().len();
            assert!(
                kept.is_none_or(|kept| lengths(&kept) + 1 == lengths(editor.design())),
                "a copy does not grow along"
            );
        }
        // Another stroke of the same brush that begins alike in place of this one.
        editor.cancel();
        editor.begin();
        let other = [(600.0, 500.0), (620.0, 900.0), (640.0, 520.0), (700.0, 300.0)].map(|(x, y)| at(x, y));
        editor.apply(Command::AddStroke(stroke(other.to_vec()))).unwrap();
        field.sync(editor.design(), editor.parameters());
        assert!(field.dots() == synced(&editor).dots());
    }

    #[test]
    fn what_is_seen_while_painting_is_what_the_document_says() {
        let mut editor = filled(120.0, 0.6);
        let mut field = synced(&editor);
        let zigzag: Vec<_> = (0..60).map(|i| (400.0 + f64::from(i) * 12.0, 500.0 + f64::from(i % 7) * 40.0)).collect();
        paint(&mut editor, &mut field, ToolKind::Eraser, &zigzag);
        assert_eq!(field.dots(), synced(&editor).dots());
        let back: Vec<_> = zigzag.iter().map(|(x, y)| (*x, *y - 60.0)).collect();
        paint(&mut editor, &mut field, ToolKind::Brush, &back);
        assert_eq!(field.dots(), synced(&editor).dots());
        editor.undo();
        field.sync(editor.design(), editor.parameters());
        assert_eq!(field.dots(), synced(&editor).dots());
        editor.undo();
        field.sync(editor.design(), editor.parameters());
        assert_eq!(field.dots(), synced(&filled(120.0, 0.6)).dots());
        editor.redo();
        field.sync(editor.design(), editor.parameters());
        assert_eq!(field.dots(), synced(&editor).dots());
    }

    #[test]
    fn moving_the_line_moves_the_fill_and_not_the_dots() {
        let mut editor = filled(120.0, 0.0);
        let mut field = synced(&editor);
        let before = field.dots();
        let handles = vec![at(300.0, 800.0), at(800.0, 560.0), at(1300.0, 800.0)];
        editor.apply(Command::SetHairline(Some(Hairline::smooth(handles)))).unwrap();
        field.sync(editor.design(), editor.parameters());
        assert_eq!(field.dots(), synced(&editor).dots());
        assert!(field.dots().len() > before.len());
        assert!(before.iter().filter(|dot| field.dots().contains(dot)).count() > before.len() * 9 / 10);
    }

    #[test]
    fn softening_the_edges_changes_what_a_fresh_start_shows() {
        let mut editor = filled(120.0, 0.6);
        let mut field = synced(&editor);
        paint(&mut editor, &mut field, ToolKind::Brush, &[(320.0, 780.0), (500.0, 600.0), (800.0, 480.0)]);
        for softness in [0.0, 1.0, 0.3, 0.9] {
            let look = Appearance { softness, ..editor.design().look.clone() };
            editor.apply(Command::SetLook(look)).unwrap();
            field.sync(editor.design(), editor.parameters());
            assert_eq!(field.dots(), synced(&editor).dots(), "softness {softness}");
        }
    }

    #[test]
    fn edges_are_as_soft_as_on_a_fresh_start_whatever_moved_before() {
        let mut editor = filled(120.0, 0.6);
        let mut field = synced(&editor);
        let line = |top: f64| Hairline::smooth(vec![at(300.0, 800.0), at(800.0, top), at(1300.0, 800.0)]);
        let outline = [(300.0, 800.0), (400.0, 300.0), (1200.0, 260.0), (1300.0, 800.0)].map(|(x, y)| at(x, y));
        let closed = AreaFill { closed: true, ..AreaFill::even(outline.to_vec(), 120.0) };
        let open = AreaFill::even(vec![at(520.0, 340.0), at(800.0, 260.0), at(1100.0, 300.0)], 90.0);
        let temple = Band {
            kind: BandKind::Temple,
            handles: vec![at(300.0, 900.0), at(420.0, 780.0)],
            width: 80.0,
            density: 100.0,
        };
        let changes = [
            Command::SetHairline(Some(line(520.0))),
            Command::AreaFill(Some(closed.clone())),
            Command::AreaFill(Some(AreaFill { blend: Some(Mm(20.0)), ..closed })),
            Command::AreaFill(Some(open)),
            Command::AddBand(temple),
            Command::SetHairline(Some(line(480.0))),
        ];
        for (step, change) in changes.into_iter().enumerate() {
            editor.apply(change).unwrap();
            field.sync(editor.design(), editor.parameters());
            for softness in [0.1, 1.0, 0.5] {
                let look = Appearance { softness, ..editor.design().look.clone() };
                editor.apply(Command::SetLook(look)).unwrap();
                field.sync(editor.design(), editor.parameters());
                let fresh = synced(&editor);
                assert!(field.fingerprint() == fresh.fingerprint(), "change {step}, softness {softness}");
                let behind = |field: &Field| {
                    let mut all = Vec::new();
                    field.each_treated(|skin| all.push((skin.behind_mm.to_bits(), skin.density.to_bits())));
                    all
                };
                assert!(behind(&field) == behind(&fresh), "change {step}, softness {softness}: figures");
            }
        }
    }

    #[test]
    fn a_brush_stays_behind_the_line() {
        let mut editor = filled(120.0, 0.0);
        editor.apply(Command::AreaFill(None)).unwrap();
        let mut field = synced(&editor);
        paint(&mut editor, &mut field, ToolKind::Brush, &[(800.0, 500.0), (820.0, 505.0)]);
        let curve = editor.view().hairline.as_ref().unwrap().curve();
        let dots = field.dots();
        assert!(dots.len() > 20, "{}", dots.len());
        let in_front = |dot: &&Dot| curve.project(at(f64::from(dot.x), f64::from(dot.y))).unwrap().side < 0.0;
        assert_eq!(dots.iter().filter(in_front).count(), 0);
    }

    #[test]
    fn a_wholly_changed_picture_is_laid_anew() {
        let mut editor = filled(120.0, 0.3);
        let mut field = synced(&editor);
        editor.apply(Command::TurnPhoto).unwrap();
        field.sync(editor.design(), editor.parameters());
        assert_eq!(field.dots(), synced(&editor).dots());
        editor.undo();
        field.sync(editor.design(), editor.parameters());
        assert_eq!(field.dots(), synced(&editor).dots());
    }

    #[test]
    fn each_dot_of_a_rectangle_is_called() {
        let field = synced(&filled(120.0, 0.0));
        let rect = PhotoRect::new(600.0, 300.0, 900.0, 600.0);
        let mut called = Vec::new();
        field.each_dot(rect, |dot| called.push(dot));
        for dot in field.dots() {
            if rect.contains(at(f64::from(dot.x), f64::from(dot.y))) {
                assert!(called.contains(&dot), "{dot:?}");
            }
        }
    }

    #[test]
    fn an_eraser_leaves_nothing_where_it_covers_fully() {
        let mut editor = filled(200.0, 0.0);
        let mut field = synced(&editor);
        paint(&mut editor, &mut field, ToolKind::Eraser, &[(800.0, 350.0)]);
        let near = |dot: &&Dot| at(f64::from(dot.x), f64::from(dot.y)).distance(at(800.0, 350.0)) < 40.0;
        assert_eq!(field.dots().iter().filter(near).count(), 0);
        assert_eq!(editor.view().fill.len(), 2);
        let last = editor.view().fill.last().unwrap();
        assert!(matches!(last.as_ref(), FillOp::Stroke(stroke) if stroke.paint == PaintKind::Eraser));
    }

    fn with_op(op: FillOp) -> Editor {
        let mut editor = editor();
        let mut design = editor.design().clone();
        design.views.front.fill.push(Rc::new(op));
        editor.apply(Command::Load(Box::new(design))).unwrap();
        editor
    }

    fn all_kinds(field: &Field) -> Vec<Kind> {
        let mut kinds = Vec::new();
        field.each_treated(|skin| kinds.push(skin.kind));
        kinds
    }

    #[test]
    fn a_scar_has_dots_along_it_and_nowhere_else() {
        let handles = vec![at(400.0, 900.0), at(800.0, 960.0), at(1200.0, 900.0)];
        let scar = Band { kind: BandKind::Scar, handles, width: 80.0, density: 150.0 };
        let curve = scar.curve();
        let field = synced(&with_op(FillOp::Band(scar)));
        let dots = field.dots();
        assert!(dots.len() > 400, "{}", dots.len());
        for dot in &dots {
            let off = curve.project(at(f64::from(dot.x), f64::from(dot.y))).unwrap().distance;
            assert!(off < 41.0 && dot.strength < 1.2 * 2.0 * SCAR_UPTAKE, "{dot:?}, {off} px from the scar");
        }
        assert!(all_kinds(&field).iter().all(|kind| *kind == Kind::Scar));
    }

    #[test]
    fn scars_take_a_session_more() {
        let handles = vec![at(400.0, 900.0), at(1200.0, 900.0)];
        let scar = Band { kind: BandKind::Scar, handles, width: 160.0, density: 120.0 };
        let field = synced(&with_op(FillOp::Band(scar)));
        let parameters = Parameters::default();
        let counts = [1, 2, 3, 4].map(|session| field.count_after(session, &parameters) as f64);
        let whole = counts[3];
        for (count, share) in counts.iter().zip([0.25, 0.5, 0.75, 1.0]) {
            assert!((count / whole - share).abs() < 0.04, "{counts:?}");
        }
    }

    #[test]
    fn a_patch_is_filled_to_its_edge() {
        let outline = vec![at(700.0, 700.0), at(1000.0, 700.0), at(1000.0, 1000.0), at(700.0, 1000.0)];
        let mut editor = with_op(FillOp::Patch(Bare { outline, density: 120.0 }));
        let look = Appearance { session: 4, ..editor.design().look.clone() };
        editor.apply(Command::SetLook(look)).unwrap();
        let field = synced(&editor);
        let dots = field.dots();
        let inside = |dot: &Dot| (700.0..=1000.0).contains(&dot.x) && (700.0..=1000.0).contains(&dot.y);
        assert!(dots.iter().all(inside));
        let middle =
            dots.iter().filter(|dot| (750.0..950.0).contains(&dot.x) && (750.0..950.0).contains(&dot.y)).count();
        // 25 mm square at 120 per cm2.
        assert!((middle as f64 / 750.0 - 1.0).abs() < 0.06, "{middle}");
    }

    #[test]
    fn a_soft_edge_rises_in_density_size_and_shade_and_stays_behind_the_line() {
        let editor = filled(200.0, 1.0);
        let field = synced(&editor);
        let curve = editor.view().hairline.as_ref().unwrap().curve();
        let mut rings = vec![(0_usize, 0.0_f64, 0.0_f64); 8];
        for dot in field.dots().iter().filter(|dot| (500.0..1100.0).contains(&dot.x)) {
            let near = curve.project(at(f64::from(dot.x), f64::from(dot.y))).unwrap();
            assert!(near.side >= 0.0, "{dot:?} stands in front of the line");
            let ring = (near.distance / 16.0) as usize;
            if let Some((count, size, strength)) = rings.get_mut(ring) {
                *count += 1;
                *size += f64::from(dot.size);
                *strength += f64::from(dot.strength);
            }
        }
        let counts: Vec<usize> = rings.iter().map(|ring| ring.0).collect();
        assert!(counts[0] * 4 < counts[7] && counts[1] < counts[3] && counts[3] < counts[6], "{counts:?}");
        let mean = |ring: usize, value: fn(&(usize, f64, f64)) -> f64| value(&rings[ring]) / rings[ring].0 as f64;
        assert!(mean(1, |ring| ring.1) < 0.95 * mean(7, |ring| ring.1), "sizes: {rings:?}");
        assert!(mean(1, |ring| ring.2) < 0.9 * mean(7, |ring| ring.2), "strengths: {rings:?}");
    }

    #[test]
    fn a_soft_line_waves_and_a_defined_one_does_not() {
        // How far behind the line the foremost dots stand, in columns of 5 mm.
        let foremost = |softness: f64| {
            let editor = filled(200.0, softness);
            let curve = editor.view().hairline.as_ref().unwrap().curve();
            let mut columns = [f64::INFINITY; 16];
            for dot in synced(&editor).dots() {
                let behind = curve.project(at(f64::from(dot.x), f64::from(dot.y))).unwrap().distance;
                if let Some(least) = columns.get_mut(((f64::from(dot.x) - 480.0) / 40.0).max(0.0) as usize) {
                    *least = least.min(behind);
                }
            }
            let mean = columns.iter().sum::<f64>() / columns.len() as f64;
            (columns.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / columns.len() as f64).sqrt()
        };
        let (defined, soft) = (foremost(0.0), foremost(1.0));
        assert!(soft > 1.5 * defined && soft < 24.0, "the foremost dots spread by {defined} and {soft} px");
    }

    #[test]
    fn on_a_head_the_picture_gets_denser_where_the_skin_turns_away() {
        let mut editor = filled(120.0, 0.0);
        let mut design = editor.design().clone();
        let view = &mut design.views.front;
        let head_parameters = crate::engine::design::View::head_parameters(&Parameters::default());
        let scale = PxPerMm::new(8.0).unwrap();
        let mut head = Head::usual(Side::Front, (1600.0, 2000.0), scale, &head_parameters);
        head.centre = at(800.0, 900.0);
        view.head = Some(head);
        editor.apply(Command::Load(Box::new(design))).unwrap();
        let field = synced(&editor);
        let count = |from: f32, to: f32| {
            field.dots().iter().filter(|dot| (700.0..900.0).contains(&dot.x) && (from..to).contains(&dot.y)).count()
        };
        let (low, high) = (count(500.0, 560.0), count(300.0, 360.0));
        assert!(high as f64 > 1.3 * low as f64, "{low} low on the forehead, {high} near the crown");
        let mut skin = 0.0;
        let mut dots = 0.0;
        field.each_treated(|treated| {
            skin += treated.skin_cm2;
            dots += f64::from(u8::from(treated.dotted));
        });
        assert!((dots / skin / 120.0 - 1.0).abs() < 0.02, "{dots} dots on {skin} cm2");
    }
}
