//! How high the front line stands, how even it is, and lengths along the skin.

use crate::engine::calibration::{Estimate, FaceFrame, SkinFrame};
use crate::engine::catalog::Parameters;
use crate::engine::design::{Hairline, View};
use crate::engine::geometry::{Mm, PhotoPoint};
use serde::Serialize;

/// By which share a length along the skin may be wrong, one standard deviation each: because no skull is quite the model (arcs
/// on heads of real shape), and because its nod and its outline are not seen exactly (our estimate); and by which share of
/// what the skin's curvature adds to it.
const FORM: f64 = 0.025;
const POSE: f64 = 0.025;
const CURVED: f64 = 0.2;
/// Standard deviations on either side within which 95 of 100 truths lie.
const DEVIATIONS: f64 = 1.96;
/// Pieces into which a way in the picture is cut to be measured on the skin.
const WAY_PIECES: usize = 48;
/// How far from the midline the two sides of a line are compared, mm.
const COMPARED_AT_MM: [f64; 5] = [10.0, 20.0, 30.0, 40.0, 50.0];

/// The height of the front line at the midline of the face.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct LineHeight {
    /// Above the glabella in the plane of the picture, mm.
    pub in_picture_mm: Estimate,
    /// Above the glabella along the skin, mm.
    pub along_skin_mm: Estimate,
}

/// The height of a view's line at the midline; `None` without a line or a face.
#[must_use]
pub fn line_height(view: &View, parameters: &Parameters) -> Option<LineHeight> {
    let face = view.face(parameters)?;
    let scale = view.scale(parameters);
    let point = midline_crossing(view.hairline.as_ref()?, &face)?;
    let (_, up) = face.coordinates(point);
    let in_picture_mm = Estimate { least: up.0 * scale.least, value: up.0, most: up.0 * scale.most };
    let foot = face.at(Mm(0.0), Mm(0.0));
    Some(LineHeight { in_picture_mm, along_skin_mm: skin_length(view, parameters, foot, point) })
}

/// The length along the skin under a straight way in the picture, mm.
#[must_use]
pub fn skin_length(view: &View, parameters: &Parameters, from: PhotoPoint, to: PhotoPoint) -> Estimate {
    let way: Vec<PhotoPoint> = (0..=WAY_PIECES).map(|step| from.lerp(to, step as f64 / WAY_PIECES as f64)).collect();
    let scale = view.scale(parameters);
    let value = view.surface(parameters).length(&way).0;
    // The plane of the picture is a bound: skin that turns away is longer than it is seen.
    let seen = from.distance(to) / scale.px_per_mm.get();
    let curved = (value - seen).max(0.0);
    let squared = |length: f64| length * length;
    let form = squared(DEVIATIONS) * (squared(value * FORM) + squared(value * POSE) + squared(curved * CURVED));
    let off = |share: f64| (form + squared(value * share)).sqrt();
    Estimate { least: (value - off(1.0 - scale.least)).max(0.0), value, most: value + off(scale.most - 1.0) }
}

/// A front line on the skin of its face.
pub(super) struct SkinLine {
    pub(super) skin: SkinFrame,
    /// The points of the line in the picture, and how far each lies to the right of the midline, mm.
    pub(super) points: Vec<(PhotoPoint, f64)>,
}

impl SkinLine {
    /// The line of a view; `None` without a line or a face. Costs some ten thousand operations for each of its points.
    pub(super) fn of(view: &View, parameters: &Parameters) -> Option<Self> {
        let (skin, line) = (view.skin(parameters)?, view.hairline.as_ref()?.curve());
        let points = line.points().iter().map(|point| (*point, skin.right(*point).0)).collect();
        Some(Self { skin, points })
    }

    /// The height of the line over the glabella so many mm to the right of the midline, mm along the skin; the highest one.
    pub(super) fn height(&self, right: f64) -> Option<f64> {
        let crossed = |pair: &[(PhotoPoint, f64)]| {
            let &[(a, from), (b, to)] = pair else { return None };
            ((from <= right) != (to <= right)).then(|| a.lerp(b, (right - from) / (to - from)))
        };
        let heights = self.points.windows(2).filter_map(crossed).map(|point| self.skin.coordinates(point).1.0);
        heights.reduce(f64::max)
    }
}

/// By how much the two sides of a line differ in height along the skin at most, mm; `None` without a line or a face.
#[must_use]
pub fn asymmetry(view: &View, parameters: &Parameters) -> Option<Estimate> {
    let line = SkinLine::of(view, parameters)?;
    let scale = view.scale(parameters);
    let heights = |offset: f64| Some((line.height(offset)?, line.height(-offset)?));
    let difference = |(left, right): (f64, f64)| (left - right).abs();
    let value = COMPARED_AT_MM.iter().filter_map(|offset| heights(*offset)).map(difference).reduce(f64::max)?;
    // A pixel of error at each mark tilts the face, and with it one side against the other.
    let calibration = view.calibration?;
    let roll =
        2.0 / calibration.a.distance(calibration.b).max(1.0) * 2.0 * COMPARED_AT_MM.iter().fold(0.0, |a, b| b.max(a));
    Some(Estimate { least: (value - roll).max(0.0) * scale.least, value, most: (value + roll) * scale.most })
}

/// Where the line crosses the midline of the face; the highest such point, or the nearest when it does not cross.
fn midline_crossing(line: &Hairline, face: &FaceFrame) -> Option<PhotoPoint> {
    let curve = line.curve();
    let (beside, height) =
        (|point: PhotoPoint| face.coordinates(point).0.0, |point: &PhotoPoint| face.coordinates(*point).1.0);
    let crossed = curve.points().windows(2).filter_map(|pair| {
        let &[a, b] = pair else { return None };
        let (from, to) = (beside(a), beside(b));
        ((from <= 0.0) != (to <= 0.0)).then(|| a.lerp(b, from / (from - to)))
    });
    let nearest = || curve.points().iter().copied().min_by(|a, b| beside(*a).abs().total_cmp(&beside(*b).abs()));
    crossed.max_by(|a, b| height(a).total_cmp(&height(b))).or_else(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::design::{Hairline, PhotoRef};
    use crate::engine::geometry::Mm;

    fn view(handles: &[(f64, f64)]) -> View {
        let at = |&(x, y): &(f64, f64)| PhotoPoint::new(x, y);
        View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration {
                reference: Reference::TypedPupils { distance: Mm(63.0) },
                a: PhotoPoint::new(674.0, 1000.0),
                b: PhotoPoint::new(926.0, 1000.0),
            }),
            glabella: Some(PhotoPoint::new(800.0, 920.0)),
            hairline: Some(Hairline::smooth(handles.iter().map(at).collect())),
            ..View::default()
        }
    }

    #[test]
    fn the_height_is_read_where_the_line_crosses_the_midline() {
        // 4 px a mm: 920 - 680 = 240 px = 60 mm.
        let height =
            line_height(&view(&[(500.0, 800.0), (800.0, 680.0), (1100.0, 800.0)]), &Parameters::default()).unwrap();
        assert!((height.in_picture_mm.value - 60.0).abs() < 0.1, "{height:?}");
        // On 24 heads of real shape, photographed from 1 m, they are 65.2 to 74.1 mm along the skin, 69.5 in the mean.
        assert!((68.5..70.5).contains(&height.along_skin_mm.value), "{height:?}");
        assert!(height.along_skin_mm.least < 65.2 && height.along_skin_mm.most > 74.1, "{height:?}");
    }

    #[test]
    fn a_line_beside_the_midline_is_read_at_its_nearest_point() {
        let height = line_height(&view(&[(900.0, 640.0), (1100.0, 800.0)]), &Parameters::default()).unwrap();
        assert!((height.in_picture_mm.value - 70.0).abs() < 0.1, "{height:?}");
    }

    #[test]
    fn a_crooked_line_is_measured() {
        // On the right the line lies 5 mm higher along the skin.
        let plain = view(&[(800.0, 680.0), (810.0, 680.0)]);
        let skin = plain.skin(&Parameters::default()).unwrap();
        let at = |(right, up): (f64, f64)| skin.at(Mm(right), Mm(up));
        let handles = [(-55.0, 50.0), (-30.0, 60.0), (0.0, 65.0), (30.0, 65.0), (55.0, 55.0)].map(at);
        let crooked = View { hairline: Some(Hairline::smooth(handles.to_vec())), ..plain };
        let found = asymmetry(&crooked, &Parameters::default()).unwrap();
        assert!((found.value - 5.0).abs() < 0.5, "{found:?}");
        let even = view(&[(600.0, 720.0), (680.0, 700.0), (800.0, 680.0), (920.0, 700.0), (1000.0, 720.0)]);
        let found = asymmetry(&even, &Parameters::default()).unwrap();
        assert!(found.value < 0.05 && found.least == 0.0 && found.most > 0.3, "{found:?}");
    }

    #[test]
    fn without_eyes_there_is_no_height() {
        let mut view = view(&[(500.0, 800.0), (1100.0, 800.0)]);
        view.calibration = None;
        assert_eq!(line_height(&view, &Parameters::default()), None);
    }
}
