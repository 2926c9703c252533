//! Clipped hair on heads whose bald picture is known: how near the new skin is to the true one, where the head ends, and whether the
//! border of what was replaced is seen.
#![expect(clippy::expect_used, reason = "without a net there is nothing to be measured")]

use crate::Row;
use crate::clipped_cases::{Case, WALLS, nth};
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
