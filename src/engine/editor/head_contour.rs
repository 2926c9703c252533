//! A head that is seen from above, by its own contour.
//!
//! Shoulders, chest and floor stand around such a head, and lines of sight say little of it. So eggs of all sizes are held at
//! all places of the picture against the colours: where the head ends, colours change across the egg nearly all around. Of eggs
//! that say nearly the same the largest is taken: within a head its bald part has an edge of its own.

use super::AnalysisImage;
use crate::engine::calibration::OutlineForm;
use crate::engine::face::{PersonMask, SkullOutline};
use crate::engine::geometry::{Angle, PhotoPoint};

/// Places around an egg that are looked at.
const PLACES: usize = 64;
/// The picture's shorter side in cells: for colours and the search, and for edges in the end.
const COARSE: f64 = 80.0;
const FINE: f64 = 160.0;
/// Half widths of the eggs that are tried, as shares of the picture's shorter side, and half heights as shares of those: heads
/// that look up or down are seen shorter. And the way from one to the next, and the farthest that one reaches out of the picture.
const HALF_WIDTHS: [f64; 11] = [0.15, 0.18, 0.22, 0.26, 0.30, 0.34, 0.38, 0.42, 0.46, 0.50, 0.54];
const HALF_HEIGHTS: [f64; 4] = [0.92, 1.05, 1.18, 1.31];
const RATIOS: std::ops::Range<f64> = 0.82..1.4;
const STRIDE: f64 = 0.05;
const FROM_RIM: f64 = 0.2;
const CUT_OFF: f64 = 0.08;
/// So many of them are looked at more closely, and so many that differ are fitted, in rounds of such steps and doubts.
const CLOSER: usize = 600;
const FITTED: usize = 10;
const ROUNDS: [(f64, f64); 6] =
    [(0.04, 0.03), (0.02, 0.03), (0.02, 0.03), (0.01, 0.015), (0.01, 0.015), (0.005, 0.015)];
const FIRST_DOUBT: f64 = 0.04;
/// Eggs whose edges differ by so much of the breadth are two.
const DIFFER: f64 = 0.12;
/// A change of colour that is an edge for certain, levels: from cell to cell but one, coarse and fine, and between the
/// mean colours in some distances within and beyond an egg.
const EDGE_COARSE: f64 = 30.0;
const EDGE_FINE: f64 = 24.0;
const EDGE_BETWEEN: f64 = 40.0;
const WITHIN: [f64; 3] = [0.88, 0.93, 0.97];
const BEYOND: [f64; 3] = [1.03, 1.07, 1.12];
/// What a place counts that lies beyond the picture.
const UNSEEN: f64 = 0.6;
/// At which shares of an egg a person is seen within it, and how much of it at least; at which share none is seen beyond it.
const PERSON_AT: [f64; 3] = [0.5, 0.75, 0.9];
const MOST_PERSON: f64 = 0.97;
const NO_PERSON_AT: f64 = 1.1;
/// How much it counts that a person is missing within, that none is seen beyond, and how large an egg is.
const MISSING: f64 = 1.5;
const ALONE: f64 = 0.03;
const LARGER: f64 = 0.3;
/// The largest egg is taken that is worth at most so much less than the best, and is met by so much less.
const NEARLY: f64 = 0.03;
const NEARLY_MET: f64 = 0.05;
/// A head is believed that is met by so much at least (chosen on phone photos of balding men).
const SURE: f64 = 0.83;

/// The outline of a head in a picture from above, where its contour is seen nearly all around; else none.
pub(super) fn head_by_contour(
    image: &AnalysisImage,
    person: &PersonMask,
    size: (f64, f64),
    form: &OutlineForm,
) -> Option<SkullOutline> {
    let Egg { centre, half_width, half_height } = Contours::new(image, person, size, form).best()?;
    Some(SkullOutline { centre, half_width, half_height })
}

/// An egg in the picture, photo pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Egg {
    centre: PhotoPoint,
    half_width: f64,
    half_height: f64,
}

impl Egg {
    /// Where its edges lie: left, right, top, bottom.
    fn edges(&self) -> [f64; 4] {
        let Self { centre, half_width, half_height } = self;
        [centre.x - half_width, centre.x + half_width, centre.y - half_height, centre.y + half_height]
    }

    fn differs(&self, other: &Self) -> bool {
        let apart = self.edges().into_iter().zip(other.edges()).map(|(a, b)| (a - b).abs());
        apart.fold(0.0, f64::max) > DIFFER * 2.0 * self.half_width
    }

    fn is_head_like(&self) -> bool {
        self.half_width > 0.0 && RATIOS.contains(&(self.half_height / self.half_width))
    }

    /// Those that lie around it, and itself.
    fn around(&self, step: f64) -> impl Iterator<Item = Self> {
        let middle = *self;
        (0..81).map(move |at| {
            let by = |part: i32| step * f64::from(at / part % 3 - 1);
            Self {
                centre: middle.centre.moved(by(1), by(3)),
                half_width: middle.half_width + by(9),
                half_height: middle.half_height + by(27),
            }
        })
    }
}

/// What an egg is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Worth {
    all: f64,
    /// How much of it is met, 0 to 1.
    met: f64,
}

/// A direction from the middle of an egg, as it is met there.
struct Place {
    right: f64,
    down: f64,
}

struct Contours {
    coarse: Cells,
    fine: Cells,
    places: Vec<Place>,
    size: (f64, f64),
    /// The picture's shorter side, photo pixels.
    shorter: f64,
}

impl Contours {
    fn new(image: &AnalysisImage, person: &PersonMask, size: (f64, f64), form: &OutlineForm) -> Self {
        let place = |place: usize| {
            let Angle { sine, cosine } = Angle::degrees(360.0 * place as f64 / PLACES as f64 - 180.0);
            let share = form.share(sine, cosine);
            Place { right: sine * share, down: -cosine * share }
        };
        let shorter = size.0.min(size.1);
        let cells = |count: f64, edge: f64| Cells::new(image, person, shorter / count, edge);
        let (coarse, fine) = (cells(COARSE, EDGE_COARSE), cells(FINE, EDGE_FINE));
        Self { coarse, fine, places: (0..PLACES).map(place).collect(), size, shorter }
    }

    /// The egg that the head is, where one is sure.
    fn best(&self) -> Option<Egg> {
        let mut first: Vec<(f64, Egg)> = self.tried().map(|egg| (self.roughly(&egg), egg)).collect();
        if first.len() > CLOSER {
            first.select_nth_unstable_by(CLOSER, |(a, _), (b, _)| b.total_cmp(a));
            first.truncate(CLOSER);
        }
        let closer = first.iter().map(|(_, egg)| (self.worth(&self.coarse, egg, FIRST_DOUBT).all, *egg));
        let closer: Vec<(f64, Egg)> = closer.collect();
        let mut apart: Vec<Egg> = Vec::new();
        while apart.len() < FITTED {
            let others = closer.iter().filter(|(_, egg)| apart.iter().all(|other| egg.differs(other)));
            let Some((_, egg)) = others.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { break };
            apart.push(*egg);
        }
        let fitted: Vec<(Worth, Egg)> = apart.into_iter().map(|egg| self.fitted(egg)).collect();
        let (best, _) = *fitted.iter().max_by(|(a, _), (b, _)| a.all.total_cmp(&b.all))?;
        let is_nearly = |worth: &Worth| worth.all > best.all - NEARLY && worth.met > best.met - NEARLY_MET;
        let near = fitted.iter().filter(|(worth, _)| is_nearly(worth));
        let area = |egg: &Egg| egg.half_width * egg.half_height;
        let (worth, egg) = near.max_by(|(_, a), (_, b)| area(a).total_cmp(&area(b)))?;
        (worth.met >= SURE).then_some(*egg)
    }

    /// All eggs that are tried at first.
    fn tried(&self) -> impl Iterator<Item = Egg> {
        let ((width, height), shorter) = (self.size, self.shorter);
        let steps = move |length: f64| 0..=((length / shorter - 2.0 * FROM_RIM) / STRIDE).max(0.0) as usize;
        let at = move |step: usize| shorter * (FROM_RIM + STRIDE * step as f64);
        let places = steps(width).flat_map(move |x| steps(height).map(move |y| PhotoPoint::new(at(x), at(y))));
        let sizes = HALF_WIDTHS.iter().flat_map(|half| HALF_HEIGHTS.iter().map(move |ratio| (half, half * ratio)));
        let egg = move |centre| {
            let egg = move |(half_width, half_height)| Egg {
                centre,
                half_width: half_width * shorter,
                half_height: half_height * shorter,
            };
            sizes.clone().map(egg)
        };
        places.flat_map(egg).filter(move |egg| {
            let [left, right, top, bottom] = egg.edges();
            let (aside, over) = (CUT_OFF * width, CUT_OFF * height);
            left > -aside && right < width + aside && top > -over && bottom < height + over
        })
    }

    /// An egg moved to where it is worth most.
    fn fitted(&self, egg: Egg) -> (Worth, Egg) {
        let around = |(_, egg): (Worth, Egg), (step, doubt): &(f64, f64)| {
            let around = egg.around(step * self.shorter).filter(Egg::is_head_like);
            let each = around.map(|egg| (self.worth(&self.fine, &egg, *doubt), egg));
            each.max_by(|(a, _), (b, _)| a.all.total_cmp(&b.all)).unwrap_or((Worth { all: 0.0, met: 0.0 }, egg))
        };
        ROUNDS.iter().fold((Worth { all: 0.0, met: 0.0 }, egg), around)
    }

    /// What an egg may be worth at a glance.
    fn roughly(&self, egg: &Egg) -> f64 {
        let edges = self.places.iter().step_by(2).map(|place| self.coarse.edge(egg, place, FIRST_DOUBT));
        let met = edges.sum::<f64>() * 2.0 / PLACES as f64;
        met + self.by_size(egg) - self.missing(egg)
    }

    fn worth(&self, edges: &Cells, egg: &Egg, doubt: f64) -> Worth {
        let seen: Vec<[Colour; 2]> = self
            .places
            .iter()
            .map(|place| [WITHIN, BEYOND].map(|shares| self.coarse.seen(egg, place, shares)))
            .collect();
        let met = self.places.iter().enumerate().map(|(at, place)| {
            let around = [PLACES - 1, 0, 1].map(|off| seen.get((at + off) % PLACES).copied().unwrap_or_default());
            let [within, beyond] = [0, 1].map(|part| Colour::mean(around.iter().filter_map(|seen| seen.get(part))));
            let between = within.zip(beyond).map(|(within, beyond)| (distance(within, beyond) / EDGE_BETWEEN).min(1.0));
            between.map_or(UNSEEN, |between| (between + edges.edge(egg, place, doubt)) / 2.0)
        });
        let met = met.sum::<f64>() / PLACES as f64;
        let alone = self.places.iter().filter(|place| self.coarse.is_alone(egg, place)).count();
        let alone = ALONE * alone as f64 / PLACES as f64;
        Worth { all: met + alone + self.by_size(egg) - self.missing(egg), met }
    }

    fn by_size(&self, egg: &Egg) -> f64 {
        LARGER * (egg.half_width * egg.half_height).max(0.0).sqrt().sqrt() / self.shorter.sqrt()
    }

    /// How much it counts where no person is seen within an egg.
    fn missing(&self, egg: &Egg) -> f64 {
        let within =
            self.places.iter().flat_map(|place| PERSON_AT.map(|share| self.coarse.is_person(egg, place, share)));
        let share = within.filter(|is_person| *is_person).count() as f64 / (PLACES * PERSON_AT.len()) as f64;
        MISSING * (MOST_PERSON - share).max(0.0)
    }
}

/// A sum of colours, sRGB levels.
#[derive(Debug, Clone, Copy, Default)]
struct Colour {
    sum: [f64; 3],
    count: f64,
}

impl Colour {
    fn and(self, other: [f64; 3], count: f64) -> Self {
        let [r, g, b] = self.sum;
        Self { sum: [r + other[0], g + other[1], b + other[2]], count: self.count + count }
    }

    fn mean<'a>(each: impl Iterator<Item = &'a Self>) -> Option<[f64; 3]> {
        let all = each.fold(Self::default(), |all, one| all.and(one.sum, one.count));
        (all.count > 0.0).then(|| all.sum.map(|sum| sum / all.count))
    }
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

/// A cell of the picture.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    colour: [f64; 3],
    /// Squares and product of how colours change to the right and down, summed over the three.
    changes: [f64; 3],
    is_person: bool,
}

/// The picture in few cells.
struct Cells {
    cells: Vec<Cell>,
    columns: usize,
    rows: usize,
    /// Side of a cell, photo pixels.
    side: f64,
    /// A change of colour that is an edge for certain, levels.
    edge: f64,
}

impl Cells {
    fn new(image: &AnalysisImage, person: &PersonMask, side: f64, edge: f64) -> Self {
        let side = side.max(1.0 / image.zoom);
        let lines = image.pixels.len() / 4 / image.width.max(1);
        let of = |pixels: usize| (pixels as f64 / image.zoom / side) as usize;
        let (columns, rows) = (of(image.width).max(1), of(lines).max(1));
        let mut sums = vec![Colour::default(); columns * rows];
        for (place, [red, green, blue, _]) in image.pixels.as_chunks::<4>().0.iter().enumerate() {
            let cell = |pixel: usize| ((pixel as f64 + 0.5) / image.zoom / side) as usize;
            let (column, row) = (cell(place % image.width), cell(place / image.width));
            if column < columns
                && let Some(sum) = sums.get_mut(row * columns + column)
            {
                *sum = sum.and([*red, *green, *blue].map(f64::from), 1.0);
            }
        }
        let colour = |sum: &Colour| Colour::mean(std::iter::once(sum)).unwrap_or_default();
        let cells = sums.iter().map(|sum| Cell { colour: colour(sum), ..Cell::default() }).collect();
        let plain = Self { cells, columns, rows, side, edge };
        let cell = |place: usize| {
            let (column, row) = (place % columns, place / columns);
            let middle = PhotoPoint::new((column as f64 + 0.5) * side, (row as f64 + 0.5) * side);
            let is_person = person.share(middle).is_some_and(|share| share > PersonMask::EDGE);
            let (column, row) = (column as i64, row as i64);
            Cell { colour: plain.cell(column, row).colour, changes: plain.changes(column, row), is_person }
        };
        let cells = (0..columns * rows).map(cell).collect();
        Self { cells, columns, rows, side, edge }
    }

    /// The cell there; beyond the picture that which is nearest.
    fn cell(&self, column: i64, row: i64) -> Cell {
        let within = |at: i64, count: usize| at.clamp(0, count as i64 - 1) as usize;
        let place = within(row, self.rows) * self.columns + within(column, self.columns);
        self.cells.get(place).copied().unwrap_or_default()
    }

    fn changes(&self, column: i64, row: i64) -> [f64; 3] {
        let change = |channel: usize, (right, down): (i64, i64)| {
            let beside = |off: i64| {
                let at = |sign: i64| {
                    let cell = self.cell(column + sign * right + off * down, row + sign * down + off * right);
                    cell.colour.get(channel).copied().unwrap_or_default()
                };
                at(1) - at(-1)
            };
            (beside(-1) + 2.0 * beside(0) + beside(1)) / 4.0
        };
        let each = [0, 1, 2].map(|channel| (change(channel, (1, 0)), change(channel, (0, 1))));
        each.iter().fold([0.0; 3], |[xx, xy, yy], (x, y)| [xx + x * x, xy + x * y, yy + y * y])
    }

    /// Column and row of a place of an egg at a share of it.
    fn place(&self, egg: &Egg, place: &Place, share: f64) -> (f64, f64) {
        let x = egg.centre.x + egg.half_width * place.right * share;
        let y = egg.centre.y + egg.half_height * place.down * share;
        (x / self.side - 0.5, y / self.side - 0.5)
    }

    fn is_within(&self, (column, row): (f64, f64)) -> bool {
        let is_within = |at: f64, count: usize| (-0.5..=count as f64 - 0.5).contains(&at);
        is_within(column, self.columns) && is_within(row, self.rows)
    }

    fn nearest(&self, (column, row): (f64, f64)) -> Cell {
        self.cell(column.round() as i64, row.round() as i64)
    }

    /// How surely colours change across an egg at a place of it or as near as the doubt, 0 to 1.
    fn edge(&self, egg: &Egg, place: &Place, doubt: f64) -> f64 {
        let (x, y) = (place.right / egg.half_width, place.down / egg.half_height);
        let squared = x * x + y * y;
        let change = |share: f64| {
            let at = self.place(egg, place, 1.0 + share);
            if !self.is_within(at) {
                return 0.0;
            }
            let [xx, xy, yy] = self.nearest(at).changes;
            (x * x * xx + 2.0 * x * y * xy + y * y * yy) / squared
        };
        let most = change(-doubt).max(change(0.0)).max(change(doubt));
        (most.max(0.0).sqrt() / self.edge).min(1.0)
    }

    /// The colours at some shares of an egg, so far as they lie in the picture.
    fn seen(&self, egg: &Egg, place: &Place, shares: [f64; 3]) -> Colour {
        let places = shares.map(|share| self.place(egg, place, share));
        let within = places.into_iter().filter(|at| self.is_within(*at));
        within.fold(Colour::default(), |all, at| all.and(self.mixed(at), 1.0))
    }

    /// The colour at a place, mixed of the four nearest cells.
    fn mixed(&self, (column, row): (f64, f64)) -> [f64; 3] {
        let (left, top) = (column.floor(), row.floor());
        let (aside, down) = (column - left, row - top);
        let at = |right: i64, below: i64| self.cell(left as i64 + right, top as i64 + below).colour;
        let [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
        let mix = |a: f64, b: f64, share: f64| a + (b - a) * share;
        let upper_lower = a.iter().zip(b).zip(c.iter().zip(d));
        let mut mixed = [0.0; 3];
        for (mixed, ((a, b), (c, d))) in mixed.iter_mut().zip(upper_lower) {
            *mixed = mix(mix(*a, b, aside), mix(*c, d, aside), down);
        }
        mixed
    }

    fn is_person(&self, egg: &Egg, place: &Place, share: f64) -> bool {
        self.nearest(self.place(egg, place, share)).is_person
    }

    /// Whether no person is seen beyond a place of an egg.
    fn is_alone(&self, egg: &Egg, place: &Place) -> bool {
        self.is_within(self.place(egg, place, NO_PERSON_AT)) && !self.is_person(egg, place, NO_PERSON_AT)
    }
}
