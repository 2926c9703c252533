//! The carpet laid over a view: which of its places are dots.

use super::carpet::{CARPET_DENSITY, CARPET_POINTS, CARPET_SIDE, Carpet};
use super::fill::{FillShape, Patch, stroke_cover};
use super::random::Random;
use crate::engine::catalog::Norms;
use crate::engine::design::{Design, FillOp, Hairline, Look, Stroke};
use crate::engine::geometry::{PhotoPoint, PhotoRect, PxPerMm};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Side of a block of places, millimetres: small enough that a brush touches few that it does not change.
const BLOCK_SIDE: f64 = 8.0;
/// Blocks along the carpet's side.
const BLOCKS: i32 = (CARPET_SIDE as f64 / BLOCK_SIDE) as i32;

/// A dot that shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Where, in photo pixels.
    pub x: f32,
    /// Likewise, downwards.
    pub y: f32,
    /// Its size relative to the look's, 0.85 to 1.15.
    pub size: f32,
    /// Its absorption relative to the look's, 0.8 to 1.2.
    pub strength: f32,
}

/// How much the dots of a treatment differ in size: a hand is no machine (our estimate).
const SIZE_SPREAD: f32 = 0.15;
/// How much they differ in absorption (our estimate).
const STRENGTH_SPREAD: f32 = 0.20;

#[derive(Debug, Clone)]
struct Block {
    places: Vec<Candidate>,
    /// Signed distance behind the line of each place, pixels.
    behind: Vec<f64>,
    density: Vec<f32>,
    live: Option<Live>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    dot: Dot,
    /// The dot shows where the density is above this, dots per cm2.
    threshold: f32,
}

/// The stroke that is being made, as far as a block has felt it.
#[derive(Debug, Clone)]
struct Live {
    before: Vec<f32>,
    cover: Vec<f32>,
}

/// What a field was last made from.
#[derive(Debug, Clone)]
struct Made {
    scale: PxPerMm,
    size: (f64, f64),
    seed: u32,
    line: Option<Hairline>,
    look: Look,
    ops: Vec<Rc<FillOp>>,
    shape: FillShape,
}

/// The dots of one view. A cache of the document: [`Field::sync`] brings it up to date and says which part of the picture
/// changed.
#[derive(Debug, Clone)]
pub struct Field {
    carpet: Rc<Carpet>,
    seed: u32,
    buckets: Vec<Vec<u32>>,
    blocks: BTreeMap<(i32, i32), Block>,
    made: Option<Made>,
    session_share: f32,
}

impl Field {
    /// A field on a carpet that was grown from that seed.
    #[must_use]
    pub fn new(carpet: Rc<Carpet>, seed: u32) -> Self {
        let mut buckets = vec![Vec::new(); (BLOCKS * BLOCKS) as usize];
        for (index, place) in carpet.places().iter().enumerate() {
            let cell = |value: f32| ((f64::from(value) / BLOCK_SIDE) as i32).min(BLOCKS - 1);
            if let Some(bucket) = buckets.get_mut((cell(place.y) * BLOCKS + cell(place.x)) as usize) {
                bucket.push(index as u32);
            }
        }
        Self { carpet, seed, buckets, blocks: BTreeMap::new(), made: None, session_share: 1.0 }
    }

    /// The seed whose carpet this is.
    #[must_use]
    pub fn seed(&self) -> u32 {
        self.seed
    }

    /// Brings the dots up to date with a design; the rectangle holds every dot that changed. Costs what changed: a longer
    /// stroke only its new pieces.
    pub fn sync(&mut self, design: &Design, norms: &Norms) -> PhotoRect {
        let view = &design.views.front;
        let scale = view.scale(norms).px_per_mm;
        let share = session_share(norms, design.look.session);
        let mut dirty = PhotoRect::EMPTY;
        if share != self.session_share {
            self.session_share = share;
            dirty = self.bounds();
        }
        let now = Made {
            scale,
            size: view.size(),
            seed: design.seed,
            line: view.hairline.clone(),
            look: design.look.clone(),
            ops: view.fill.clone(),
            shape: FillShape::new(view, &design.look, norms, scale),
        };
        let changed = match self.made.take() {
            Some(before) if before.same_ground(&now) => self.follow(&before, &now),
            _ => {
                let before = self.bounds();
                self.blocks.clear();
                before.union(self.lay(&now, PhotoRect::of_size(now.size.0, now.size.1)))
            }
        };
        self.made = Some(now);
        dirty.union(changed)
    }

    /// The ground is the same; only the fill may differ.
    fn follow(&mut self, before: &Made, now: &Made) -> PhotoRect {
        if let Some(changed) = self.grow_live(before, now) {
            return changed;
        }
        if before.line == now.line && before.ops == now.ops && before.look.softness != now.look.softness {
            return self.soften(before, now);
        }
        let edges_moved = before.line != now.line || before.look.softness != now.look.softness;
        let mut changed = PhotoRect::EMPTY;
        if edges_moved {
            changed = before.all_reach().union(now.all_reach());
        } else {
            let same = before.ops.iter().zip(&now.ops).take_while(|(a, b)| Rc::ptr_eq(a, b) || a == b).count();
            for op in before.ops.iter().skip(same) {
                changed = changed.union(before.shape.reach(op));
            }
            for op in now.ops.iter().skip(same) {
                changed = changed.union(now.shape.reach(op));
            }
        }
        self.lay(now, changed)
    }

    /// Only the softness of the edges changed: blocks far from every edge stay as they are.
    fn soften(&mut self, before: &Made, now: &Made) -> PhotoRect {
        let reach = now.all_reach();
        self.each_block(now, reach, |block, rect| {
            if !(before.shape.patch(rect).is_plain() && now.shape.patch(rect).is_plain()) {
                block.live = None;
                block.work_out(now, rect);
            }
        });
        reach
    }

    /// When the only change is a stroke that begins or goes on, only its new pieces are felt.
    fn grow_live(&mut self, before: &Made, now: &Made) -> Option<PhotoRect> {
        if before.line != now.line || before.look.softness != now.look.softness {
            return None;
        }
        let (last, rest) = now.ops.split_last()?;
        let FillOp::Stroke(stroke) = last.as_ref() else { return None };
        let done = match before.ops.len().checked_sub(rest.len())? {
            0 => 0,
            1 => match before.ops.last()?.as_ref() {
                FillOp::Stroke(old) if is_longer(old, stroke) => old.points.len(),
                _ => return None,
            },
            _ => return None,
        };
        if !rest.iter().zip(&before.ops).all(|(a, b)| Rc::ptr_eq(a, b)) {
            return None;
        }
        if done == 0 {
            self.blocks.values_mut().for_each(|block| block.live = None);
        }
        // A piece reaches from the last point that was felt to the next.
        let from_piece = done.saturating_sub(1);
        let new_points = stroke.points.get(from_piece..)?;
        let reach = PhotoRect::around(new_points).inflated(stroke.radius);
        self.each_block(now, reach, |block, rect| {
            if !block.rect_meets(rect, reach) {
                return;
            }
            block.feel(stroke, from_piece, &now.shape);
        });
        Some(reach)
    }

    /// Works the blocks of a rectangle out from scratch. Blocks that no operation reaches any more are forgotten.
    fn lay(&mut self, now: &Made, rect: PhotoRect) -> PhotoRect {
        let reach = now.all_reach();
        self.blocks.retain(|cell, _| !block_rect(*cell, now.scale).intersection(reach).is_empty());
        self.each_block(now, rect.intersection(reach), |block, block_rect| {
            block.live = None;
            block.work_out(now, block_rect);
        });
        rect
    }

    /// Calls for every block of the rectangle, making those that are missing.
    fn each_block(&mut self, now: &Made, rect: PhotoRect, mut deed: impl FnMut(&mut Block, PhotoRect)) {
        let rect = rect.intersection(PhotoRect::of_size(now.size.0, now.size.1));
        if rect.is_empty() {
            return;
        }
        let side = BLOCK_SIDE * now.scale.get();
        let cell = |value: f64| (value / side).floor() as i32;
        for row in cell(rect.y0)..=cell(rect.y1) {
            for column in cell(rect.x0)..=cell(rect.x1) {
                let block_rect = block_rect((row, column), now.scale);
                if !self.blocks.contains_key(&(row, column)) {
                    let block = self.fresh_block(now, (row, column), block_rect);
                    self.blocks.insert((row, column), block);
                }
                if let Some(block) = self.blocks.get_mut(&(row, column)) {
                    deed(block, block_rect);
                }
            }
        }
    }

    fn fresh_block(&self, now: &Made, (row, column): (i32, i32), rect: PhotoRect) -> Block {
        let bucket = (row.rem_euclid(BLOCKS) * BLOCKS + column.rem_euclid(BLOCKS)) as usize;
        let origin = |index: i32| f64::from(index.div_euclid(BLOCKS)) * f64::from(CARPET_SIDE);
        let per_mm = now.scale.get();
        let (width, height) = now.size;
        let places: Vec<Candidate> = self
            .buckets
            .get(bucket)
            .into_iter()
            .flatten()
            .filter_map(|index| {
                let place = self.carpet.places().get(*index as usize)?;
                let x = (origin(column) + f64::from(place.x)) * per_mm;
                let y = (origin(row) + f64::from(place.y)) * per_mm;
                (x < width && y < height).then(|| candidate(self.seed, *index, x as f32, y as f32))
            })
            .collect();
        let mut block = Block { behind: Vec::new(), density: vec![0.0; places.len()], places, live: None };
        block.measure_line(&now.shape, &now.shape.patch(rect));
        block
    }

    fn bounds(&self) -> PhotoRect {
        let Some(made) = &self.made else { return PhotoRect::EMPTY };
        made.all_reach()
    }

    /// Calls for every dot that shows in a rectangle of the picture, in an order that is always the same.
    pub fn each_dot(&self, rect: PhotoRect, mut deed: impl FnMut(Dot)) {
        let Some(made) = &self.made else { return };
        let side = BLOCK_SIDE * made.scale.get();
        let rect = rect.intersection(PhotoRect::of_size(made.size.0, made.size.1));
        if rect.is_empty() {
            return;
        }
        let cell = |value: f64| (value / side).floor() as i32;
        let columns = cell(rect.x0)..=cell(rect.x1);
        for row in cell(rect.y0)..=cell(rect.y1) {
            let range = (row, *columns.start())..=(row, *columns.end());
            for (_, block) in self.blocks.range(range) {
                block.showing(self.session_share).for_each(&mut deed);
            }
        }
    }

    /// All dots that show.
    #[must_use]
    pub fn dots(&self) -> Vec<Dot> {
        let share = self.session_share;
        self.blocks.values().flat_map(|block| block.showing(share)).collect()
    }

    /// A number that is the same wherever the same dots show: the FNV-1a hash of all their bits, in order. Preview, file and
    /// a clinic's copy can be told to agree by it.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let dots = self.blocks.values().flat_map(|block| block.showing(self.session_share));
        for number in dots.flat_map(|dot| [dot.x, dot.y, dot.size, dot.strength]) {
            hash = (hash ^ u64::from(number.to_bits())).wrapping_mul(0x0100_0000_01b3);
        }
        hash
    }

    /// How many dots show with that share of the density, whatever session the look shows.
    #[must_use]
    pub fn count_at(&self, share: f64) -> usize {
        self.blocks.values().map(|block| block.showing(share as f32).count()).sum()
    }

    /// The area that has any density, in square pixels, from the share of places that have some.
    #[must_use]
    pub fn covered_px(&self) -> f64 {
        let Some(made) = &self.made else { return 0.0 };
        let places = self.blocks.values().flat_map(|block| &block.density).filter(|density| **density > 0.0).count();
        let per_cm = made.scale.get() * 10.0;
        places as f64 / CARPET_DENSITY * per_cm * per_cm
    }

    /// The fill as it was last made.
    #[must_use]
    pub fn shape(&self) -> Option<&FillShape> {
        self.made.as_ref().map(|made| &made.shape)
    }
}

impl Made {
    fn same_ground(&self, other: &Self) -> bool {
        self.scale == other.scale && self.size == other.size && self.seed == other.seed
    }

    fn all_reach(&self) -> PhotoRect {
        self.ops.iter().fold(PhotoRect::EMPTY, |rect, op| rect.union(self.shape.reach(op)))
    }
}

/// The square of the picture that a block covers.
fn block_rect((row, column): (i32, i32), scale: PxPerMm) -> PhotoRect {
    let side = BLOCK_SIDE * scale.get();
    PhotoRect {
        x0: f64::from(column) * side,
        y0: f64::from(row) * side,
        x1: f64::from(column + 1) * side,
        y1: f64::from(row + 1) * side,
    }
}

impl Block {
    fn rect_meets(&self, rect: PhotoRect, reach: PhotoRect) -> bool {
        !self.places.is_empty() && !rect.intersection(reach).is_empty()
    }

    fn measure_line(&mut self, shape: &FillShape, patch: &Patch) {
        self.behind = self.places.iter().map(|place| shape.behind_line(patch, place.at())).collect();
    }

    fn work_out(&mut self, now: &Made, rect: PhotoRect) {
        let patch = now.shape.patch(rect);
        self.measure_line(&now.shape, &patch);
        let count = now.ops.len();
        self.density = self
            .places
            .iter()
            .zip(&self.behind)
            .map(|(place, behind)| now.shape.density(&patch, place.at(), *behind, count))
            .collect();
    }

    fn feel(&mut self, stroke: &Stroke, from_piece: usize, shape: &FillShape) {
        let Self { places, behind, density, live } = self;
        let live = live.get_or_insert_with(|| Live { before: density.clone(), cover: vec![0.0; density.len()] });
        let rows = places.iter().zip(behind.iter()).zip(density.iter_mut());
        for (((place, behind), density), (before, cover)) in rows.zip(live.before.iter().zip(&mut live.cover)) {
            let more = stroke_cover(stroke, place.at(), from_piece);
            if more > *cover {
                *cover = more;
                *density = shape.painted(stroke, *before, more, *behind);
            }
        }
    }

    fn showing(&self, share: f32) -> impl Iterator<Item = Dot> {
        self.places
            .iter()
            .zip(&self.density)
            .filter(move |(place, density)| place.threshold < **density * share)
            .map(|(place, _)| place.dot)
    }
}

impl Candidate {
    fn at(&self) -> PhotoPoint {
        PhotoPoint::new(f64::from(self.dot.x), f64::from(self.dot.y))
    }
}

fn candidate(seed: u32, index: u32, x: f32, y: f32) -> Candidate {
    let mut random = Random::new((u64::from(seed) << 32) | u64::from(index));
    let mut spread = |by: f32| 1.0 + (random.unit() * 2.0 - 1.0) * by;
    let dot = Dot { x, y, size: spread(SIZE_SPREAD), strength: spread(STRENGTH_SPREAD) };
    let threshold = (f64::from(index) + 0.5) / CARPET_POINTS as f64 * CARPET_DENSITY;
    Candidate { dot, threshold: threshold as f32 }
}

fn is_longer(old: &Stroke, new: &Stroke) -> bool {
    let same_brush = old.paint == new.paint
        && old.radius == new.radius
        && old.softness == new.softness
        && old.density == new.density
        && old.behind_line == new.behind_line;
    same_brush && new.points.starts_with(&old.points)
}

/// The share of the density that stands after a session.
fn session_share(norms: &Norms, session: u8) -> f32 {
    use crate::engine::catalog::Norm;
    match session {
        1 => norms.get(Norm::FirstSession) as f32,
        2 => norms.get(Norm::SecondSession) as f32,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{FillToHere, PaintKind, PhotoRef};
    use crate::engine::editor::tools::{BrushSettings, Hand, ToolKind, ToolSettings};
    use crate::engine::editor::{Command, Editor, PointerKind};
    use crate::engine::geometry::{Mm, PhotoPx};
    use std::sync::LazyLock;

    static CARPET: LazyLock<Vec<f32>> = LazyLock::new(|| Carpet::grow(5).to_pairs());

    fn field() -> Field {
        Field::new(Rc::new(Carpet::from_pairs(&CARPET).unwrap()), 5)
    }

    fn at(x: f64, y: f64) -> PhotoPoint {
        PhotoPoint::new(x, y)
    }

    /// A picture of 1600 x 2000 pixels at 8 pixels a millimetre.
    fn editor() -> Editor {
        let mut editor = Editor::new(Norms::default(), 5);
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let reference = Reference::Points { distance: Mm(100.0) };
        let calibration = Calibration { reference, a: at(400.0, 1000.0), b: at(1200.0, 1000.0) };
        editor.apply(Command::Calibrate(Some(calibration))).unwrap();
        editor
    }

    fn filled(density: f64, softness: f64) -> Editor {
        let mut editor = editor();
        let handles = vec![at(300.0, 800.0), at(800.0, 500.0), at(1300.0, 800.0)];
        editor.apply(Command::SetHairline(Some(Hairline { handles }))).unwrap();
        let fill = FillToHere { boundary: vec![at(500.0, 300.0), at(800.0, 200.0), at(1100.0, 300.0)], density };
        editor.apply(Command::FillToHere(Some(fill))).unwrap();
        let look = Look { softness, ..editor.design().look.clone() };
        editor.apply(Command::SetLook(look)).unwrap();
        editor
    }

    fn synced(editor: &Editor) -> Field {
        let mut field = field();
        field.sync(editor.design(), editor.norms());
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
            let look = Look { session, ..editor.design().look.clone() };
            editor.apply(Command::SetLook(look)).unwrap();
            let fewer = synced(&editor).dots();
            assert!(fewer.len() < full.len() && fewer.iter().all(|dot| full.contains(dot)), "{session} {softness}");
        }
    }

    fn paint(editor: &mut Editor, field: &mut Field, kind: ToolKind, way: &[(f64, f64)]) {
        let brush = BrushSettings { radius: Mm(10.0), ..BrushSettings::new(&Norms::default()) };
        let settings = ToolSettings {
            kind,
            reach: PhotoPx(20.0),
            mirrored: false,
            brush,
            reference: Reference::Points { distance: Mm(100.0) },
        };
        let mut hand = Hand::default();
        hand.down(editor, &settings, at(way[0].0, way[0].1), PointerKind::Mouse);
        field.sync(editor.design(), editor.norms());
        for (x, y) in way {
            hand.moved(editor, &settings, at(*x, *y));
            field.sync(editor.design(), editor.norms());
        }
        let (x, y) = way[way.len() - 1];
        hand.complete(editor, &settings, at(x, y));
        field.sync(editor.design(), editor.norms());
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
        field.sync(editor.design(), editor.norms());
        assert_eq!(field.dots(), synced(&editor).dots());
        editor.undo();
        field.sync(editor.design(), editor.norms());
        assert_eq!(field.dots(), synced(&filled(120.0, 0.6)).dots());
        editor.redo();
        field.sync(editor.design(), editor.norms());
        assert_eq!(field.dots(), synced(&editor).dots());
    }

    #[test]
    fn moving_the_line_moves_the_fill_and_not_the_dots() {
        let mut editor = filled(120.0, 0.0);
        let mut field = synced(&editor);
        let before = field.dots();
        let handles = vec![at(300.0, 800.0), at(800.0, 560.0), at(1300.0, 800.0)];
        editor.apply(Command::SetHairline(Some(Hairline { handles }))).unwrap();
        field.sync(editor.design(), editor.norms());
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
            let look = Look { softness, ..editor.design().look.clone() };
            editor.apply(Command::SetLook(look)).unwrap();
            field.sync(editor.design(), editor.norms());
            assert_eq!(field.dots(), synced(&editor).dots(), "softness {softness}");
        }
    }

    #[test]
    fn a_brush_stays_behind_the_line() {
        let mut editor = filled(120.0, 0.0);
        editor.apply(Command::FillToHere(None)).unwrap();
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
        field.sync(editor.design(), editor.norms());
        assert_eq!(field.dots(), synced(&editor).dots());
        editor.undo();
        field.sync(editor.design(), editor.norms());
        assert_eq!(field.dots(), synced(&editor).dots());
    }

    #[test]
    fn each_dot_of_a_rectangle_is_called() {
        let field = synced(&filled(120.0, 0.0));
        let rect = PhotoRect { x0: 600.0, y0: 300.0, x1: 900.0, y1: 600.0 };
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
}
