//! Where the head ends once its hair is clipped, and how softly edges are seen in the photo.

use super::layer::{Frame, Layer};
use crate::engine::calibration::{Head, Side};
use crate::engine::geometry::{PhotoPoint, median};

/// How far apart the outline's points stand, mm.
const STEP_MM: f64 = 1.5;
/// Down to which height of the head (in halves of its outline) its sides are followed; from there on they go straight down, as
/// temples, cheeks and necks do on the whole.
const FOLLOWED_FACE: f64 = -0.3;
const FOLLOWED: f64 = -0.5;
/// But beside a face they go around ears down to this height, as hair may hang over the upper parts of ears; and no ear stands out from
/// the middle by more than so many halves.
const EARS_DOWN_TO: f64 = -0.75;
const EARS_WITHIN: f64 = 1.3;
/// From which height on an edge is looked for: lower down ears, necks and clothes stand beside it.
const MET_FROM: f64 = 0.1;
/// How far down they go.
const DOWN_TO: f64 = -1.6;
/// How far inside and outside of the outline an edge is looked for, mm; where the colours on both sides are taken, from the edge;
/// and how far hair must be away.
const LOOKED_MM: f64 = 6.5;
const BESIDE_MM: (f64, f64) = (1.5, 4.0);
const FREE_OF_HAIR_MM: f64 = 5.0;
/// The least difference of light across an edge that is believed, as a share of both.
const CONTRAST: f64 = 0.1;
/// Edges so far along the outline are taken together, mm; and so far an edge that was met is followed where none is seen.
const TOGETHER_MM: f64 = 9.0;
/// An edge so far from those near it is something else, mm.
const ODD_MM: f64 = 1.0;
const FOLLOWS_MM: f64 = 60.0;
/// Over how much of an edge it is told where it goes, mm; and the most that it may leave the outline by, a share of the way.
const DIRECTION_MM: f64 = 20.0;
const LEAVES: f64 = 0.25;
/// The fewest places at which an edge is met that tell how wide it is.
const MIN_MET: usize = 8;
/// How far inside and outside of the outline the end of hair is looked for, mm; and how thick it is at least, mm: the head ends within.
const HAIR_ENDS_MM: (f64, f64) = (-22.0, 25.0);
const THIN_MM: f64 = 0.0;
/// Only where it stands out along so much of the outline, mm, and not so near to where its own edge is seen.
const ALONG_MM: f64 = 6.0;
const FROM_EDGE_MM: f64 = 8.0;
/// How far apart the places are, along the outline, between which a dent is told, mm.
const DENT_ALONG_MM: f64 = 60.0;
/// Steps in which the outline is drawn tight.
const TIGHTENINGS: usize = 150;
/// How wide an edge is taken to be where none is seen, cells of what was looked at; and the least and most that is believed.
const USUAL_CELLS: f64 = 2.0;
const CELLS: (f64, f64) = (1.2, 8.0);
/// How wide looking at a photo that was scaled down makes an edge, cells; and the sharpest edge of a photo, pixels.
const SCALED: f64 = 1.2;
const SHARPEST: f64 = 1.2;

/// The outline of the clipped head.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Silhouette {
    /// Evenly along it, closed.
    points: Vec<PhotoPoint>,
    /// Those where an edge may be looked for.
    is_followed: Vec<bool>,
    /// Steps of one mm in photo pixels.
    mm: f64,
}

/// An edge across the outline.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edge {
    /// How far outside of the outline, photo pixels.
    beyond: f64,
    /// From the one colour to the other, photo pixels.
    width: f64,
}

impl Silhouette {
    /// The outline of a polygon with at least three corners, at so many pixels a mm.
    pub(super) fn of(polygon: &[PhotoPoint], head: &Head, mm: f64) -> Option<Self> {
        let corners = followed_down(polygon, head)?;
        let mut points = Vec::new();
        let step = STEP_MM * mm;
        let mut rest = 0.0;
        for (a, b) in corners.iter().zip(corners.iter().cycle().skip(1)) {
            let length = a.distance(*b);
            let mut along = rest;
            while along < length {
                points.push(a.lerp(*b, along / length));
                along += step;
            }
            rest = along - length;
        }
        let is_followed =
            points.iter().map(|point| head.side == Side::Top || head.shares(*point).1 > MET_FROM).collect();
        (points.len() > 8).then_some(Self { points, is_followed, mm })
    }

    /// How deep each cell lies inside the outline, photo pixels; beyond it less than nothing; at most that far either way.
    pub(super) fn depths(&self, frame: Frame, most: f64) -> Layer<f32> {
        let mut depths = vec![(most * most) as f32; frame.cells()];
        let reach = most / frame.pitch + 1.0;
        for (a, b) in self.pieces() {
            let ((ax, ay), (bx, by)) = (frame.place(a), frame.place(b));
            let range = |a: f64, b: f64, count: usize| {
                let low = (a.min(b) - reach).max(0.0) as usize;
                low..((a.max(b) + reach + 1.0).max(0.0) as usize).min(count)
            };
            for row in range(ay, by, frame.rows) {
                for column in range(ax, bx, frame.columns) {
                    let near = to_piece((a, b), frame.middle(column, row)) as f32;
                    if let Some(depth) = depths.get_mut(row * frame.columns + column) {
                        *depth = depth.min(near);
                    }
                }
            }
        }
        let inside = self.inside(frame);
        let signed = |(squared, inside): (&f32, bool)| if inside { squared.sqrt() } else { -squared.sqrt() };
        Layer { frame, values: depths.iter().zip(inside).map(signed).collect() }
    }

    /// Which cells have their middles inside.
    fn inside(&self, frame: Frame) -> Vec<bool> {
        let mut inside = vec![false; frame.cells()];
        for (row, line) in inside.chunks_mut(frame.columns.max(1)).enumerate() {
            let y = frame.middle(0, row).y;
            let crossed = self.pieces().filter(|(a, b)| (a.y > y) != (b.y > y));
            for (a, b) in crossed {
                let x = a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x);
                let from = frame.place(PhotoPoint::new(x, y)).0.ceil().max(0.0) as usize;
                line.iter_mut().skip(from).for_each(|inside| *inside = !*inside);
            }
        }
        inside
    }

    fn pieces(&self) -> impl Iterator<Item = (PhotoPoint, PhotoPoint)> {
        self.points.iter().copied().zip(self.points.iter().copied().cycle().skip(1))
    }

    /// The outline moved to the edge that is seen where no hair is near, and so beside it that both join; and how wide that edge is,
    /// photo pixels.
    pub(super) fn fitted(&self, light: &Layer<[f32; 3]>, from_hair: &Layer<f32>) -> (Self, f64) {
        let outwards = self.outwards();
        let free = (FREE_OF_HAIR_MM * self.mm) as f32;
        let edges: Vec<Option<Edge>> = self
            .points
            .iter()
            .zip(&outwards)
            .zip(&self.is_followed)
            .map(|((point, way), is_followed)| {
                let is_free = |out: f64| from_hair.at(point.moved(way.0 * out, way.1 * out)) > free;
                let is_seen = *is_followed && is_free(0.0);
                let edge = if is_seen { self.edge(light, *point, *way) } else { None };
                // The edge of hair is none of the head.
                edge.filter(|edge| is_free(edge.beyond))
            })
            .collect();
        let pitch = light.frame.pitch;
        let is_met = edges.iter().flatten().count() >= MIN_MET;
        let width = median(edges.iter().flatten().map(|edge| edge.width)).filter(|_| is_met);
        let width = width.unwrap_or(USUAL_CELLS * pitch).clamp(CELLS.0 * pitch, CELLS.1 * pitch);
        // A photo that was scaled down looks softer than it is.
        let scaled = if pitch > 1.0 { SCALED * pitch } else { 0.0 };
        let width = (width * width - scaled * scaled).max(SHARPEST * SHARPEST).sqrt();
        let shifts = self.shifts(&edges);
        let over = self.over((light, from_hair), &outwards, &shifts);
        let drawn_in = drawn_in(&over, &from_known(&edges));
        let shifts = shifts.iter().zip(drawn_in).map(|(shift, drawn_in)| shift - drawn_in);
        let moved = self.points.iter().zip(&outwards).zip(shifts);
        let points = moved.map(|((point, (x, y)), shift)| point.moved(x * shift, y * shift)).collect();
        (Self { points, ..self.clone() }, width)
    }

    /// The farthest that it lies outside of another of as many points, photo pixels.
    pub(super) fn beyond(&self, other: &Self) -> f64 {
        let ways = self.points.iter().zip(&other.points).zip(other.outwards());
        let beyond = ways.map(|((new, old), (x, y))| (new.x - old.x) * x + (new.y - old.y) * y);
        beyond.fold(0.0, f64::max)
    }

    /// How deep the deepest dent is above the ears, photo pixels: how far the outline lies within a line between two of its places. No
    /// skull has any.
    pub(super) fn dent(&self) -> f64 {
        let along = ((DENT_ALONG_MM / STEP_MM) as usize).min(self.points.len());
        let turn = self.turn();
        let places = self.points.iter().zip(&self.is_followed).cycle();
        let dents = (0..self.points.len()).map(|first| {
            let arc = places.clone().skip(first).take(along).take_while(|(_, is_followed)| **is_followed);
            let arc: Vec<PhotoPoint> = arc.map(|(place, _)| *place).collect();
            let deepest = |last: usize| {
                let [from, .., to] = arc.get(..=last)? else { return None };
                let within = |at: &PhotoPoint| (at.y - from.y) * (to.x - from.x) - (at.x - from.x) * (to.y - from.y);
                let deepest = arc.iter().take(last).map(|at| turn * within(at)).fold(0.0, f64::max);
                Some(deepest / from.distance(*to).max(1e-9))
            };
            (2..arc.len()).filter_map(deepest).fold(0.0, f64::max)
        });
        dents.fold(0.0, f64::max)
    }

    /// 1 where its points go clockwise in the photo, else -1.
    fn turn(&self) -> f64 {
        let turn: f64 = self.pieces().map(|(a, b)| a.x * b.y - b.x * a.y).sum();
        if turn > 0.0 { 1.0 } else { -1.0 }
    }

    /// By how much the outline would stand out of the hair that it lies in.
    fn over(
        &self,
        (light, from_hair): (&Layer<[f32; 3]>, &Layer<f32>),
        outwards: &[(f64, f64)],
        shifts: &[f64],
    ) -> Vec<f64> {
        let ways = self.points.iter().zip(outwards).zip(&self.is_followed).zip(shifts);
        let over = ways.map(|(((point, way), is_followed), shift)| {
            let end = is_followed.then(|| self.end_of_hair(from_hair, *point, *way))?;
            let over = end.map_or(0.0, |end| shift - end + THIN_MM * self.mm);
            let is_wall = over > 0.0 && self.is_wall_beyond(light, (*point, *way), (shift - over, *shift));
            Some(if is_wall { over } else { 0.0 })
        });
        continued(&over.collect::<Vec<_>>())
    }

    /// How far outside of a point of the outline hair ends; `None` where there is none.
    fn end_of_hair(&self, from_hair: &Layer<f32>, point: PhotoPoint, (x, y): (f64, f64)) -> Option<f64> {
        let steps = (HAIR_ENDS_MM.0 * 2.0) as i32..(HAIR_ENDS_MM.1 * 2.0) as i32;
        let mut places = steps.rev().map(|step| f64::from(step) * self.mm / 2.0);
        places.find(|out| from_hair.at(point.moved(x * out, y * out)) == 0.0)
    }

    /// Whether what lies between two places across the outline looks like what lies farther out.
    fn is_wall_beyond(&self, light: &Layer<[f32; 3]>, way: (PhotoPoint, (f64, f64)), between: (f64, f64)) -> bool {
        let (point, (x, y)) = way;
        let mean = |from: f64, to: f64| {
            let colours = (0..=6).map(|step| from + (to - from) * f64::from(step) / 6.0);
            let colours = colours.map(|out| light.at(point.moved(x * out, y * out)).map(f64::from));
            colours.fold([0.0; 3], |sum, colour| [0, 1, 2].map(|c| sum_of(&sum, &colour, c, 7.0)))
        };
        let (from, to) = between;
        let margin = (THIN_MM + 1.0) * self.mm;
        let seen = mean(from + margin, (to + self.mm).max(from + margin + self.mm));
        let wall = mean(to + 4.0 * self.mm, to + 8.0 * self.mm);
        let differs: f64 = seen.iter().zip(wall).map(|(a, b)| (a - b).abs()).sum();
        differs < CONTRAST * seen.iter().chain(&wall).sum::<f64>()
    }

    /// Directions of length one out of the outline.
    fn outwards(&self) -> Vec<(f64, f64)> {
        let sign = self.turn();
        let count = self.points.len();
        let at = |index: usize| self.points.get(index % count).copied().unwrap_or_default();
        let way = |index: usize| {
            let (before, after) = (at(index + count - 2), at(index + 2));
            let (x, y) = (after.y - before.y, before.x - after.x);
            let length = (x * x + y * y).sqrt().max(1e-9) * sign;
            (x / length, y / length)
        };
        (0..count).map(way).collect()
    }

    /// The steepest change of colour across the outline, where colours differ enough.
    fn edge(&self, light: &Layer<[f32; 3]>, point: PhotoPoint, (x, y): (f64, f64)) -> Option<Edge> {
        let at = |out: f64| light.at(point.moved(x * out, y * out)).map(f64::from);
        let mean = |from: f64, to: f64| {
            let colours = (0..=6).map(|step| at(from + (to - from) * f64::from(step) / 6.0));
            colours.fold([0.0; 3], |sum, colour| [0, 1, 2].map(|c| sum_of(&sum, &colour, c, 7.0)))
        };
        let (near, far) = (BESIDE_MM.0 * self.mm, BESIDE_MM.1 * self.mm);
        let looked = LOOKED_MM * self.mm;
        // First roughly from far inside to far outside, then around what was met.
        let (inner, outer) = (mean(-looked - near, -looked), mean(looked, looked + near));
        let step = light.frame.pitch * 0.5;
        let steps = (looked / step) as i32;
        let steepest = |along: &dyn Fn(f64) -> f64| {
            let slopes = (-steps..=steps).map(|index| f64::from(index) * step);
            let slope = |out: f64| (along(out + step) - along(out - step)) / (2.0 * step);
            slopes.map(|out| (out, slope(out))).fold((0.0, 0.0), |best, next| if next.1 > best.1 { next } else { best })
        };
        let (beyond, _) = steepest(&|out| along(at(out), inner, outer));
        let (inner, outer) = (mean(beyond - far, beyond - near), mean(beyond + near, beyond + far));
        let sizes = inner.iter().chain(&outer).sum::<f64>().max(1e-6);
        let differs = inner.iter().zip(outer).map(|(a, b)| (a - b).abs()).sum::<f64>();
        if differs < CONTRAST * sizes {
            return None;
        }
        let (beyond, slope) = steepest(&|out| along(at(out), inner, outer));
        (slope > 0.0 && beyond.abs() < looked - step).then_some(Edge { beyond, width: 1.0 / slope })
    }

    /// How far each point is moved outwards.
    fn shifts(&self, edges: &[Option<Edge>]) -> Vec<f64> {
        let count = edges.len();
        let together = (TOGETHER_MM / STEP_MM) as usize;
        let at = |index: usize| edges.get(index % count).copied().flatten();
        let near = |index: usize| (0..=2 * together).filter_map(move |step| at(index + count + step - together));
        let met: Vec<Option<f64>> = (0..count)
            .map(|index| {
                let edge = at(index)?;
                let middle = median(near(index).map(|edge| edge.beyond))?;
                (near(index).count() > together && (edge.beyond - middle).abs() < ODD_MM * self.mm).then_some(middle)
            })
            .collect();
        let met = smoothed(&met, together);
        (0..count).map(|index| shift(&met, index)).collect()
    }
}

/// What is known, and elsewhere what the nearest known one says.
fn continued(values: &[Option<f64>]) -> Vec<f64> {
    let count = values.len();
    let at = |index: usize| values.get(index % count).copied().flatten();
    let nearest = |index: usize| (0..count).find_map(|step| at(index + step).or_else(|| at(index + count - step)));
    (0..count).map(|index| nearest(index).unwrap_or(0.0)).collect()
}

/// How many points each lies from the next one where something is known.
fn from_known<T>(values: &[Option<T>]) -> Vec<usize> {
    let count = values.len();
    let is_known = |index: usize| values.get(index % count).is_some_and(Option::is_some);
    let steps = |index: usize| (0..count).find(|step| is_known(index + step) || is_known(index + count - step));
    (0..count).map(|index| steps(index).unwrap_or(count)).collect()
}

/// By how much each point is drawn in: where all around it stand out and no edge is near, as much as they do; between such points as a
/// string is drawn tight over them; and not at an edge.
fn drawn_in(over: &[f64], from_edge: &[usize]) -> Vec<f64> {
    let (count, half) = (over.len(), (ALONG_MM / STEP_MM / 2.0) as usize);
    let at = |values: &[f64], index: usize| values.get(index % count).copied().unwrap_or(0.0);
    let free = (FROM_EDGE_MM / STEP_MM) as usize;
    let needs = |index: usize| {
        let least = (0..=2 * half).map(|step| at(over, index + count + step - half)).fold(f64::INFINITY, f64::min);
        if from_edge.get(index).is_some_and(|points| *points > free) { least } else { 0.0 }
    };
    let needs: Vec<f64> = (0..count).map(needs).collect();
    let mut drawn = needs.clone();
    for _ in 0..TIGHTENINGS {
        let between = |index: usize| {
            let beside = (at(&drawn, index + count - 1) + at(&drawn, index) + at(&drawn, index + 1)) / 3.0;
            if from_edge.get(index) == Some(&0) { 0.0 } else { beside.max(at(&needs, index)) }
        };
        drawn = (0..count).map(between).collect();
    }
    drawn
}

/// The mean of each and of what lies near it, where there is any.
fn smoothed(values: &[Option<f64>], reach: usize) -> Vec<Option<f64>> {
    let count = values.len();
    let at = |index: usize| values.get(index % count).copied().flatten();
    let mean = |index: usize| {
        at(index)?;
        // As far to both sides, so that a slope stays one at its end.
        let reach =
            (1..=reach).take_while(|step| at(index + step).is_some() && at(index + count - step).is_some()).count();
        let near = (0..=2 * reach).filter_map(|step| at(index + count + step - reach));
        Some(near.sum::<f64>() / (2 * reach + 1) as f64)
    };
    (0..count).map(mean).collect()
}

/// How far a point is moved outwards: to the edge that was met there, and between two edges so that the outline leaves each in the
/// edge's direction and comes back to itself.
fn shift(met: &[Option<f64>], index: usize) -> f64 {
    let count = met.len();
    let at = |index: usize| met.get(index % count).copied().flatten();
    let steps = ((FOLLOWS_MM / STEP_MM) as usize).min(count);
    let from = |is_forwards: bool| {
        let beside = |step: usize| if is_forwards { index + step } else { index + count - step };
        let step = (0..steps).find(|step| at(beside(*step)).is_some())?;
        let end = at(beside(step))?;
        let direction = (DIRECTION_MM / STEP_MM) as usize;
        let before = (1..=direction).rev().find_map(|further| Some((at(beside((step + further) % count))?, further)));
        let slope = before.map_or(0.0, |(shift, further)| (end - shift) / (further as f64));
        let slope = slope.clamp(-LEAVES * STEP_MM, LEAVES * STEP_MM);
        // Hermite's cubic from the edge's end and direction to nothing.
        let (way, all) = (step as f64, steps as f64);
        let share = way / all;
        let rest = 1.0 - share;
        Some(end * rest * rest * (1.0 + 2.0 * share) + slope * way * rest * rest)
    };
    match (from(true), from(false)) {
        (Some(a), Some(b)) if at(index).is_none() => a + b,
        (Some(a), _) => a,
        (None, Some(b)) => b,
        (None, None) => 0.0,
    }
}

fn sum_of(sum: &[f64; 3], colour: &[f64; 3], channel: usize, count: f64) -> f64 {
    sum.get(channel).copied().unwrap_or(0.0) + colour.get(channel).copied().unwrap_or(0.0) / count
}

/// How far a colour is on the way from one to another: 0 to 1.
fn along(colour: [f64; 3], from: [f64; 3], to: [f64; 3]) -> f64 {
    let (mut done, mut whole) = (0.0, 0.0);
    for ((colour, from), to) in colour.iter().zip(from).zip(to) {
        done += (colour - from) * (to - from);
        whole += (to - from) * (to - from);
    }
    done / whole.max(1e-9)
}

/// The squared distance to a straight piece.
pub(super) fn to_piece((a, b): (PhotoPoint, PhotoPoint), point: PhotoPoint) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy).max(1e-9);
    a.lerp(b, share.clamp(0.0, 1.0)).distance_squared(point)
}

/// The polygon, with its sides going straight down from where they are not followed any more.
fn followed_down(polygon: &[PhotoPoint], head: &Head) -> Option<Vec<PhotoPoint>> {
    if polygon.len() < 3 {
        return None;
    }
    let end = match head.side {
        Side::Top => return Some(polygon.to_vec()),
        Side::Front => FOLLOWED_FACE,
        Side::Left | Side::Right | Side::Back => FOLLOWED,
    };
    let shares: Vec<(f64, f64)> = polygon.iter().map(|point| head.shares(*point)).collect();
    let count = shares.len();
    let top = (0..count).max_by(|a, b| f64::total_cmp(&up(&shares, *a), &up(&shares, *b)))?;
    // From the top both ways, as far as the outline is followed.
    let one: Vec<usize> =
        (0..count).map(|step| (top + step) % count).take_while(|at| up(&shares, *at) >= end).collect();
    let other = (1..count).map(|step| (top + count - step) % count).take_while(|at| up(&shares, *at) >= end);
    let other: Vec<usize> = other.collect();
    if one.len() + other.len() >= count {
        return Some(polygon.to_vec());
    }
    let point = |at: &usize| polygon.get(*at).copied();
    let below = |at: Option<&usize>| {
        let (right, _) = shares.get(*at?).copied()?;
        Some(head.on_outline(right, DOWN_TO))
    };
    let ear = |last: Option<&usize>, step: usize| {
        let last = last.filter(|_| head.side == Side::Front)?;
        Some(ear(&shares, (1..count).map(|steps| (last + steps * step) % count), shares.get(*last)?.0))
    };
    let beside = |ear: Option<Vec<(f64, f64)>>| {
        ear.unwrap_or_default().into_iter().map(|(right, up)| head.on_outline(right, up)).collect::<Vec<_>>()
    };
    let mut followed: Vec<PhotoPoint> = one.iter().filter_map(point).collect();
    followed.extend(beside(ear(one.last(), 1)));
    followed.push(below(one.last())?);
    followed.push(below(other.last().or(one.first()))?);
    followed.extend(beside(ear(other.last(), count - 1)).into_iter().rev());
    followed.extend(other.iter().rev().filter_map(point));
    Some(followed)
}

/// What stands out beside the straight side of a face as ears do, in shares of the head's outline, downwards along the given ones; with
/// where it comes back to that side.
fn ear(shares: &[(f64, f64)], ways: impl Iterator<Item = usize>, side: f64) -> Vec<(f64, f64)> {
    let places = ways.map_while(|at| shares.get(at).copied()).take_while(|(_, up)| *up >= EARS_DOWN_TO);
    let reach = |right: f64| Some(right.abs()).filter(|reach| *reach > side.abs() && *reach < EARS_WITHIN);
    let places: Vec<(f64, f64)> = places.collect();
    let ends = places.iter().rposition(|(right, _)| reach(*right).is_some()).map_or(0, |last| last + 1);
    let back = ends.checked_sub(1).and_then(|last| places.get(last)).map(|(_, up)| (side, *up));
    let beside = |(right, up): &(f64, f64)| (reach(*right).unwrap_or(side.abs()).copysign(side), *up);
    places.iter().take(ends).map(beside).chain(back).collect()
}

fn up(shares: &[(f64, f64)], at: usize) -> f64 {
    shares.get(at).map_or(f64::NEG_INFINITY, |(_, up)| *up)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::HeadParameters;
    use crate::engine::geometry::{Mm, PxPerMm};

    fn head() -> Head {
        let parameters = HeadParameters { length: Mm(195.0), camera: Mm(1000.0) };
        Head::usual(Side::Front, (400.0, 500.0), PxPerMm::new(2.0).unwrap(), &parameters)
    }

    const FRAME: Frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 400, rows: 500 };

    #[test]
    fn an_outline_lies_as_far_beyond_another_as_at_its_farthest_place() {
        let one = Silhouette::of(&head().outline(72), &head(), 2.0).unwrap();
        let mut other = one.clone();
        let way = one.outwards()[7];
        other.points[7] = other.points[7].moved(5.0 * way.0, 5.0 * way.1);
        assert!((other.beyond(&one) - 5.0).abs() < 1e-9 && one.beyond(&other) < 1e-9, "{}", other.beyond(&one));
    }

    #[test]
    fn a_dent_is_as_deep_as_the_outline_lies_within_and_a_skull_has_none() {
        let one = Silhouette::of(&head().outline(72), &head(), 2.0).unwrap();
        assert!(one.dent() < 0.1, "{}", one.dent());
        let outwards = one.outwards();
        let moved = |by: f64, (up, down): (f64, f64)| {
            let mut other = one.clone();
            for (point, (x, y)) in other.points.iter_mut().zip(&outwards) {
                let (right, height) = head().shares(*point);
                *point = if right > 0.0 && (down..up).contains(&height) { point.moved(x * by, y * by) } else { *point };
            }
            other.dent()
        };
        let (dent, bulge, ear) = (moved(-6.0, (0.6, 0.5)), moved(16.0, (0.3, 0.1)), moved(16.0, (0.0, -0.2)));
        assert!((4.0..6.5).contains(&dent) && bulge > 2.0, "{dent} {bulge}");
        assert!(ear < 0.1, "ears stand out lower down: {ear}");
    }

    #[test]
    fn depths_are_those_into_the_outline_whose_sides_go_straight_down() {
        let head = head();
        let silhouette = Silhouette::of(&head.outline(72), &head, 2.0).unwrap();
        let depths = silhouette.depths(FRAME, 30.0);
        let at = |right: f64, up: f64| f64::from(depths.at(head.on_outline(right, up)));
        assert_eq!(at(0.0, 0.0), 30.0);
        assert!(at(0.0, 1.0).abs() < 1.0 && at(1.0, 0.0).abs() < 1.0, "{} {}", at(0.0, 1.0), at(1.0, 0.0));
        let ten = 10.0 / head.half_width;
        assert!((at(1.0 + ten, 0.0) + 10.0).abs() < 1.0, "{}", at(1.0 + ten, 0.0));
        // From the height on from where it is not followed it goes down as broad as it is there.
        let broad = (1.0_f64 - 0.3 * 0.3).sqrt();
        assert!((at(broad - ten, -0.8) - 10.0).abs() < 2.5, "{}", at(broad - ten, -0.8));
    }

    #[test]
    fn ears_beside_the_straight_sides_belong_to_the_head() {
        let head = head();
        // The left ear stands out below where sides are followed; at the right something does that is far too broad for one.
        let outline: Vec<PhotoPoint> = (0..180)
            .map(|step| {
                let (right, up) = f64::from(step * 2).to_radians().sin_cos();
                let is_low = (-0.6..-0.35).contains(&up);
                let by = if is_low && right < 0.0 {
                    0.15
                } else if is_low {
                    0.6
                } else {
                    0.0
                };
                head.on_outline(right + by * right.signum(), up)
            })
            .collect();
        let silhouette = Silhouette::of(&outline, &head, 2.0).unwrap();
        let depths = silhouette.depths(FRAME, 30.0);
        let at = |right: f64, up: f64| f64::from(depths.at(head.on_outline(right, up)));
        assert!(at(-0.99, -0.5) > 1.0, "{}: the ear", at(-0.99, -0.5));
        assert!(at(-0.99, -0.7) < -2.0 && at(0.99, -0.5) < -2.0, "{} {}: none", at(-0.99, -0.7), at(0.99, -0.5));
        assert!(at(0.9, -0.5) > 2.0 && at(-0.9, -0.7) > 2.0, "{} {}: straight", at(0.9, -0.5), at(-0.9, -0.7));
    }

    /// A head whose edge lies five pixels outside of the outline, as soft as told.
    fn light(silhouette: &Silhouette, width: f64) -> Layer<[f32; 3]> {
        let depths = silhouette.depths(FRAME, 40.0);
        Layer::of(FRAME, |column, row| {
            let depth = f64::from(depths.cell(column as isize, row as isize)) + 5.0;
            let share = (0.5 + depth / width).clamp(0.0, 1.0) as f32;
            [0.2, 0.3, 0.4].mixed([0.5, 0.3, 0.2], share)
        })
    }

    use super::super::layer::Mix;

    #[test]
    fn an_edge_beside_the_outline_is_found_and_measured() {
        let head = head();
        let silhouette = Silhouette::of(&head.outline(72), &head, 2.0).unwrap();
        for width in [3.0, 6.0] {
            let far = Layer::of(FRAME, |_, _| 1e3);
            let (fitted, told) = silhouette.fitted(&light(&silhouette, width), &far);
            assert!((told - width).abs() < 0.35 * width, "{told} for {width}");
            let depth = f64::from(fitted.depths(FRAME, 30.0).at(head.on_outline(0.0, 1.0)));
            assert!((depth - 5.0).abs() < 1.0, "{depth}");
        }
    }

    #[test]
    fn where_hair_is_the_outline_stays() {
        let head = head();
        let silhouette = Silhouette::of(&head.outline(72), &head, 2.0).unwrap();
        let (fitted, _) = silhouette.fitted(&light(&silhouette, 3.0), &Layer::of(FRAME, |_, _| 0.0));
        assert_eq!(fitted, silhouette);
    }
}
