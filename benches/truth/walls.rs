//! Areas of heads before patterned walls, furniture and other people: how far they are led astray by what stands behind the head,
//! beside the same head before a plain wall, and how often that is said to be unsure.
#![expect(clippy::expect_used, reason = "without the net there is nothing to be measured")]

use crate::Row;
use crate::drawn_walls::{PATTERNED, PX_PER_MM, Rendered, Wall, looked_for};
use crate::heads_by_lot::{Pose, Subject, random_in};
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::editor::AnalysisImage;
use hairline_designer::engine::face::PersonFinder;
use hairline_designer::engine::geometry::{PhotoPoint, Polygon};

/// Heads of each view, and the seeds that they are drawn from.
const HEADS: usize = 6;
const SEEDS: [(&str, u32); 2] = [("to choose by", 11), ("to judge by", 12)];
/// What is painted, as shares of half the head's breadth from the middle of its top: right, down.
const FIGURE: [(f64, f64); 4] = [(-0.55, 0.62), (0.55, 0.62), (0.45, 0.22), (-0.45, 0.22)];

const VIEWS: [(Pose, Side); 4] =
    [(Pose::Front, Side::Front), (Pose::FrontAbove45, Side::Front), (Pose::Left, Side::Left), (Pose::Back, Side::Back)];

/// The area that a figure is told to have, cm2; `None` where the outline is said to be unsure.
fn told(subject: &Subject, side: Side, image: &AnalysisImage) -> Option<f64> {
    let view = Some(looked_for(subject, side, image)).filter(|view| view.head.is_some_and(|head| !head.is_guess()))?;
    let parameters = Parameters::default();
    let outline = subject.scene_at(PX_PER_MM).truth().outline;
    let outline = Polygon::new(outline.into_iter().map(PhotoPoint::from).collect());
    let bounds = outline.bounds();
    let half = bounds.width() / 2.0;
    let corner =
        |(right, down): &(f64, f64)| PhotoPoint::new(bounds.x0 + half * (1.0 + right), bounds.y0 + half * down);
    let figure = Polygon::new(FIGURE.iter().map(corner).collect());
    Some(view.surface(&parameters).area_cm2(|place| figure.contains(place), figure.points(), 1.0))
}

/// What is told before patterned walls, beside plain ones.
pub(crate) fn rows() -> Vec<Row> {
    let finder = PersonFinder::read(include_bytes!("../../assets/face/person-1.net")).expect("the net of a person");
    SEEDS.iter().flat_map(|(name, seed)| of_set(name, *seed, &finder)).collect()
}

fn of_set(name: &str, seed: u32, finder: &PersonFinder) -> Vec<Row> {
    let (mut errors, mut unsure) = (Vec::new(), 0_u32);
    for (pose, side) in VIEWS {
        for (index, subject) in random_in(pose, seed, HEADS).enumerate() {
            let rendered = Rendered::of(&subject);
            let before = |wall| told(&subject, side, &rendered.before(wall, index as u32 * 7919, finder));
            let plain = before(Wall::Plain);
            for wall in PATTERNED {
                match plain.zip(before(wall)) {
                    Some((plain, patterned)) => errors.push((patterned / plain - 1.0).abs() * 100.0),
                    None => unsure += 1,
                }
            }
        }
    }
    errors.sort_by(f64::total_cmp);
    let at = |share: f64| errors.get(((errors.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN);
    let what = |of: &str| format!("sample heads {name}, patterned walls, area beside a plain wall: {of}");
    let count = errors.len() as f64 + f64::from(unsure);
    vec![
        Row::at_most(what("median"), at(0.5), 6.0, " %", "6 %"),
        Row::at_most(what("95 of 100"), at(0.95), 12.0, " %", "12 %"),
        Row::at_most(what("said to be unsure"), f64::from(unsure) / count * 100.0, 10.0, " %", "10 %"),
    ]
}
