//! The first net: where faces are, roughly, with their eyes, nose, mouth and ears.

use super::crop::Crop;
use super::net::{Net, logistic};
use super::picture::{Point, SourcePicture};

/// Pixels along a side of what the net looks at.
pub(super) const SIDE: usize = 128;
/// Numbers that the net tells of each place: middle and size of the box, then six points.
pub(super) const NUMBERS: usize = 16;
const POINTS: usize = 6;
/// The grids of places that the net looks at: places along a side, and boxes at each.
const GRIDS: [(usize, usize); 2] = [(16, 2), (8, 6)];
/// Boxes in all.
pub(super) const BOXES: usize = GRIDS[0].0 * GRIDS[0].0 * GRIDS[0].1 + GRIDS[1].0 * GRIDS[1].0 * GRIDS[1].1;

/// From so sure on a box is looked at (MediaPipe's own).
const MIN_SCORE: f32 = 0.5;
/// Boxes that share more than that of both together show the same face (MediaPipe's own).
const SAME_FACE: f64 = 0.3;

/// A face as the first net sees it, in the picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Detection {
    /// How sure the net is, 0 to 1.
    pub(super) score: f32,
    /// Middle of the box around brows, cheeks and chin.
    pub(super) centre: Point,
    /// The longer side of the box.
    pub(super) side: f64,
    /// The eye that is at the left in an upright picture, the other eye, nose, mouth, and the ears likewise.
    pub(super) points: [Point; POINTS],
}

impl Detection {
    /// From eye to eye.
    pub(super) fn across(&self) -> Point {
        let [left, right, ..] = self.points;
        right.minus(left)
    }

    /// The middle between the eyes.
    pub(super) fn eyes(&self) -> Point {
        let [left, right, ..] = self.points;
        left.plus(right).times(0.5)
    }
}

/// A box among those of the net, in its pixels.
#[derive(Clone, Copy)]
struct Candidate {
    score: f32,
    /// Middle, then width and height.
    centre: Point,
    size: Point,
    points: [Point; POINTS],
}

impl Candidate {
    /// Area that both boxes cover over the area that any covers.
    fn overlap(&self, other: &Self) -> f64 {
        let shared = |a: (f64, f64), b: (f64, f64)| {
            let (low, high) = ((a.0 - a.1 / 2.0).max(b.0 - b.1 / 2.0), (a.0 + a.1 / 2.0).min(b.0 + b.1 / 2.0));
            (high - low).max(0.0)
        };
        let across = shared((self.centre.x, self.size.x), (other.centre.x, other.size.x));
        let down = shared((self.centre.y, self.size.y), (other.centre.y, other.size.y));
        let both = across * down;
        let any = self.size.x * self.size.y + other.size.x * other.size.y - both;
        if any > 0.0 { both / any } else { 0.0 }
    }
}

/// The faces within a square of the picture, the surest first. `None` where the net is another one.
pub(super) fn detect(net: &Net, picture: &SourcePicture<'_>, crop: Crop) -> Option<Vec<Detection>> {
    let input = crop.values(picture).into_iter().map(|value| value / 127.5 - 1.0).collect();
    let outputs = net.run(input)?;
    let [numbers, scores] = outputs.first_chunk::<2>()?;
    Some(distinct(candidates(numbers, scores), crop))
}

/// The faces that boxes show, the surest first: boxes that overlap show the same one.
fn distinct(mut candidates: Vec<Candidate>, crop: Crop) -> Vec<Detection> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut found = Vec::new();
    while let [best, others @ ..] = candidates.as_slice() {
        let (mut same, others): (Vec<_>, Vec<_>) =
            others.iter().copied().partition(|other| other.overlap(best) > SAME_FACE);
        same.push(*best);
        found.push(merged(&same, best.score, crop));
        candidates = others;
    }
    found
}

/// The boxes that the net is sure enough of.
fn candidates(numbers: &[f32], scores: &[f32]) -> Vec<Candidate> {
    let boxes = numbers.as_chunks::<NUMBERS>().0.iter().zip(scores).zip(anchors());
    let sure = boxes.map(|((numbers, score), anchor)| (numbers, logistic(*score), anchor));
    sure.filter(|(_, score, _)| *score >= MIN_SCORE)
        .map(|(numbers, score, anchor)| {
            let pairs = numbers.as_chunks::<2>().0;
            let pair = |place: usize| {
                let [x, y] = pairs.get(place).copied().unwrap_or_default();
                Point::new(f64::from(x), f64::from(y))
            };
            let points = std::array::from_fn(|point| pair(point + 2).plus(anchor));
            Candidate { score, centre: pair(0).plus(anchor), size: pair(1), points }
        })
        .collect()
}

/// The places that the net's boxes are told from, in its pixels, in its order.
fn anchors() -> impl Iterator<Item = Point> {
    GRIDS.into_iter().flat_map(|(side, boxes)| {
        let middle = move |at: usize| (at as f64 + 0.5) * (SIDE / side) as f64;
        (0..side * side * boxes).map(move |i| Point::new(middle(i / boxes % side), middle(i / boxes / side)))
    })
}

/// One face of the boxes that show it, each counted as it is sure (weighted non-maximum suppression).
fn merged(boxes: &[Candidate], score: f32, crop: Crop) -> Detection {
    let total: f64 = boxes.iter().map(|candidate| f64::from(candidate.score)).sum();
    let mean = |of: &dyn Fn(&Candidate) -> Point| {
        boxes
            .iter()
            .fold(Point::default(), |sum, candidate| sum.plus(of(candidate).times(f64::from(candidate.score) / total)))
    };
    let size = mean(&|candidate| candidate.size);
    let points = std::array::from_fn(|place| {
        crop.to_picture(mean(&|candidate| candidate.points.get(place).copied().unwrap_or_default()))
    });
    let centre = crop.to_picture(mean(&|candidate| candidate.centre));
    Detection { score, centre, side: size.x.max(size.y) * crop.scale(), points }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_told_from_two_grids() {
        let anchors: Vec<Point> = anchors().collect();
        assert_eq!(anchors.len(), BOXES);
        let at = |place: usize| (anchors[place].x, anchors[place].y);
        assert_eq!([at(0), at(1), at(2), at(32)], [(4.0, 4.0), (4.0, 4.0), (12.0, 4.0), (4.0, 12.0)]);
        assert_eq!([at(512), at(517), at(518), at(895)], [(8.0, 8.0), (8.0, 8.0), (24.0, 8.0), (120.0, 120.0)]);
    }

    fn candidate(score: f32, (x, y): (f64, f64), side: f64) -> Candidate {
        let centre = Point::new(x, y);
        Candidate { score, centre, size: Point::new(side, side / 2.0), points: [centre; POINTS] }
    }

    #[test]
    fn an_overlap_is_what_is_shared() {
        let a = candidate(1.0, (10.0, 10.0), 4.0);
        for (other, expected) in [
            (a, 1.0),
            (candidate(1.0, (12.0, 10.0), 4.0), 1.0 / 3.0),
            (candidate(1.0, (14.0, 10.0), 4.0), 0.0),
            (candidate(1.0, (10.0, 10.0), 2.0), 0.25),
            (candidate(1.0, (10.0, 10.0), 0.0), 0.0),
        ] {
            let found = a.overlap(&other);
            assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
        }
    }

    #[test]
    fn boxes_count_as_they_are_sure() {
        let crop = Crop::upright(Point::new(128.0, 128.0), 256.0, SIDE);
        let face = merged(&[candidate(0.9, (10.0, 20.0), 30.0), candidate(0.6, (15.0, 20.0), 30.0)], 0.9, crop);
        assert!((face.centre.x - 24.0).abs() < 1e-5 && (face.centre.y - 40.0).abs() < 1e-5, "{face:?}");
        assert!((face.side - 60.0).abs() < 1e-5, "{face:?}");
    }

    #[test]
    fn boxes_that_overlap_are_one_face() {
        let [left, near, right] =
            [(0.6, 20.0), (0.9, 22.0), (0.7, 80.0)].map(|(score, x)| candidate(score, (x, 50.0), 20.0));
        let found = distinct(vec![left, near, right], Crop::upright(Point::new(64.0, 64.0), 128.0, SIDE));
        let found: Vec<_> = found.iter().map(|face| (face.score, (face.centre.x * 10.0).round() / 10.0)).collect();
        assert_eq!(found, [(0.9, 21.2), (0.7, 80.0)]);
    }

    #[test]
    fn only_sure_boxes_are_looked_at() {
        let mut scores = vec![-5.0; BOXES];
        scores[1] = 2.0;
        let mut numbers = vec![0.0; BOXES * NUMBERS];
        numbers[NUMBERS..2 * NUMBERS].copy_from_slice(&std::array::from_fn::<f32, NUMBERS, _>(|i| i as f32));
        let found = candidates(&numbers, &scores);
        assert_eq!(found.len(), 1);
        let [box_, first] = [found[0].size, found[0].points[0]];
        assert_eq!((box_.x, box_.y, first.x, first.y), (2.0, 3.0, 8.0, 9.0));
        assert!((found[0].score - 0.880_797).abs() < 1e-5);
    }
}
