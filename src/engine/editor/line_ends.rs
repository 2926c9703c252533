//! The ends of a shape's line: on this head it goes on over the temples into the visitor's own hair, or to the tips of the temple
//! peaks where there is none.

use super::{AnalysisImage, SeenFace};
use crate::engine::design::Hairline;
use crate::engine::geometry::PhotoPoint;

/// How far the two ends of a line go on towards the tips of the temple peaks, left and right in the picture: shares of the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineEnds([f64; 2]);

/// A line that reaches this share of the way from the midline to the tip of a temple peak is meant to go on there; one that ends
/// less than so many mm over the tip says itself where the hair begins (our estimates).
pub(super) const WIDE_LINE: f64 = 0.7;
pub(super) const MIN_OVER_TIP: f64 = 6.0;
/// So many looks are taken along the way, and at least this share of it is gone: where the end lies in hair already it may as well
/// lie deeper, and both halves keep as many handles.
const LOOKS: usize = 40;
const LEAST: f64 = 0.25;
/// So far the end lies in the hair where it is met, as a share of the way: some 2 mm.
const INTO_HAIR: f64 = 0.06;

impl LineEnds {
    /// Where the ends of a line go on to on a face: into the hair that is seen in the picture, or to the tips. `None` for a line that
    /// ends near the middle of the forehead, or low, at one side or the other: it is meant to end there.
    #[must_use]
    pub fn seen(line: &Hairline, face: &SeenFace, picture: Option<&AnalysisImage>) -> Option<Self> {
        let shares = ways(line, face)?.map(|(end, tip)| {
            let hair = picture.and_then(|picture| picture.end_of_scalp(end, tip, LOOKS));
            hair.map_or(1.0, |share| (share + INTO_HAIR).clamp(LEAST, 1.0))
        });
        Some(Self(shares))
    }

    /// A line with a handle more at each end. One that is meant to end where it ends stays.
    #[must_use]
    pub fn lengthen(&self, line: &Hairline, face: &SeenFace) -> Hairline {
        let Some([(first, left_tip), (last, right_tip)]) = ways(line, face) else { return line.clone() };
        let [left, right] = self.0;
        let mut lengthened = line.clone();
        if let [start, .., end] = &mut lengthened.handles[..] {
            (*start, *end) = (first, last);
        }
        let lengthened = lengthened.with_handle(line.handles.len(), last.lerp(right_tip, right));
        lengthened.with_handle(0, first.lerp(left_tip, left))
    }
}

/// From the ends of a line to the tips of the temple peaks, left and right in the picture. An end that lies further aside than the tip
/// comes in over it: the line would hook inwards there.
fn ways(line: &Hairline, face: &SeenFace) -> Option<[(PhotoPoint, PhotoPoint); 2]> {
    let [left, right] = face.temples();
    let ways = [(*line.handles.first()?, left), (*line.handles.last()?, right)];
    let over_tip = |(end, tip): (PhotoPoint, PhotoPoint)| {
        let ((aside, up), (tip_aside, _)) = (face.place(end), face.place(tip));
        if aside.0.abs() > tip_aside.0.abs() { (face.at(tip_aside, up), tip) } else { (end, tip) }
    };
    ways.iter().all(|(end, tip)| goes_on(face, *end, *tip)).then(|| ways.map(over_tip))
}

/// Whether a line that ends there is meant to go on to that tip of a temple peak.
pub(super) fn goes_on(face: &SeenFace, end: PhotoPoint, tip: PhotoPoint) -> bool {
    let ((aside, up), (tip_aside, tip_up)) = (face.place(end), face.place(tip));
    let is_wide = aside.0.abs() > tip_aside.0.abs() * WIDE_LINE && aside.0 * tip_aside.0 > 0.0;
    is_wide && up.0 >= tip_up.0 + MIN_OVER_TIP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{PhotoRef, View};
    use crate::engine::geometry::Mm;

    const SIDE: usize = 400;

    /// A face in a photo of 800 x 800 pixels, four to a millimetre.
    fn view() -> View {
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (PhotoPoint::new(274.0, 560.0), PhotoPoint::new(526.0, 560.0));
        View {
            photo: Some(PhotoRef { width: 800, height: 800, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration { reference, a, b }),
            ..View::default()
        }
    }

    /// Skin with dark hair to the right of a place.
    fn with_hair_from(x: f64) -> AnalysisImage {
        let hair = |at: usize| (at % SIDE) as f64 * 2.0 >= x;
        let pixels = (0..SIDE * SIDE).flat_map(|at| if hair(at) { [50, 40, 35, 255] } else { [205, 160, 140, 255] });
        AnalysisImage::new(pixels.collect(), SIDE, 0.5)
    }

    /// A line from so far over and beside the tip of the left temple peak to as far from the right one, photo pixels.
    fn line(face: &SeenFace, (inside, over): (f64, f64)) -> Hairline {
        let [left, right] = face.temples();
        let middle = left.lerp(right, 0.5).moved(0.0, -over - 60.0);
        Hairline::smooth(vec![left.moved(inside, -over), middle, right.moved(-inside, -over)])
    }

    #[test]
    fn on_bare_skin_a_line_goes_on_to_the_tips_of_the_temple_peaks() {
        let (view, parameters) = (view(), Parameters::default());
        let face = SeenFace::of(&view, &parameters);
        let line = line(&face, (20.0, 120.0));
        for picture in [Some(with_hair_from(1000.0)), None] {
            let long = LineEnds::seen(&line, &face, picture.as_ref()).unwrap().lengthen(&line, &face);
            let [left, right] = face.temples();
            assert_eq!((long.handles[0], long.handles[4]), (left, right));
            assert_eq!(long.handles[1..4], line.handles[..]);
        }
    }

    #[test]
    fn an_end_beyond_a_tip_comes_in_over_it() {
        let (view, parameters) = (view(), Parameters::default());
        let face = SeenFace::of(&view, &parameters);
        let line = line(&face, (-24.0, 120.0));
        let long = LineEnds::seen(&line, &face, None).unwrap().lengthen(&line, &face);
        let asides: Vec<f64> = long.handles.iter().map(|handle| face.place(*handle).0.0).collect();
        assert!(asides.windows(2).all(|pair| pair[1] > pair[0] - 0.1), "{asides:?}");
        let up = |point: PhotoPoint| face.place(point).1.0;
        assert!((up(long.handles[1]) - up(line.handles[0])).abs() < 0.1, "as high as it was");
        assert_eq!((long.handles[0], long.handles[4]), (face.temples()[0], face.temples()[1]));
    }

    #[test]
    fn where_hair_is_met_the_line_ends_in_it() {
        let (view, parameters) = (view(), Parameters::default());
        let face = SeenFace::of(&view, &parameters);
        let line = line(&face, (60.0, 120.0));
        let [left, right] = face.temples();
        let picture = with_hair_from(right.x - 30.0);
        let long = LineEnds::seen(&line, &face, Some(&picture)).unwrap().lengthen(&line, &face);
        let end = long.handles[4];
        let on_way = (right.x - end.x) / 60.0 - (right.y - end.y) / 120.0;
        assert!((right.x - 30.0..right.x - 20.0).contains(&end.x) && on_way.abs() < 1e-9, "{end:?} before {right:?}");
        assert_eq!(long.handles[0], left, "on the other side there is none");
    }

    #[test]
    fn a_narrow_or_low_line_ends_where_it_ends() {
        let (view, parameters) = (view(), Parameters::default());
        let face = SeenFace::of(&view, &parameters);
        let [left, right] = face.temples();
        for ends in [(left.distance(right) * 0.4, 120.0), (20.0, 8.0)] {
            assert_eq!(LineEnds::seen(&line(&face, ends), &face, None), None, "{ends:?}");
        }
    }
}
