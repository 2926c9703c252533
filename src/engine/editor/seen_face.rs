//! The face of a view as shapes and guides need it; where no eyes are marked, a face in the middle of the picture.

use super::ShapeContext;
use crate::engine::calibration::{FaceFit, FaceFrame, GUIDES, GuideLine, Landmark, LandmarkInput, SkinFrame};
use crate::engine::catalog::{Parameter, Parameters, ShapeKind, ShapeParams, ShapeRule};
use crate::engine::design::{Band, BandKind, Hairline, View};
use crate::engine::geometry::{Mm, PhotoPoint};

/// How far down the picture the eyes of a face are taken to be of which nothing is known (our estimate).
const EYES_AT: f64 = 0.45;

/// The face of a view, with its skin.
#[derive(Debug, Clone)]
pub struct SeenFace<'a> {
    fit: FaceFit<'a>,
    skin: SkinFrame,
    /// Width and height of the picture.
    picture: (f64, f64),
}

impl<'a> SeenFace<'a> {
    /// The face of a view. Costs some ten thousand operations.
    #[must_use]
    pub fn of(view: &'a View, parameters: &Parameters) -> Self {
        let scale = view.scale(parameters);
        let fit = view.face_fit(parameters).unwrap_or_else(|| {
            FaceFit::new(LandmarkInput {
                pupils: guessed_pupils(view, parameters),
                scale: scale.px_per_mm,
                glabella: view.glabella,
                by_hand: &view.landmarks,
                head: view.head.as_ref(),
                parameters: parameters.face(),
            })
        });
        let face = view.face(parameters).unwrap_or_else(|| FaceFrame::new(fit.pupils(), fit.glabella(), scale));
        Self { skin: SkinFrame::new(face, view.surface(parameters)), fit, picture: view.size() }
    }

    fn ground(&self) -> ShapeContext<'_> {
        ShapeContext { fit: &self.fit, skin: &self.skin }
    }

    /// The measures with which a shape begins on this face.
    #[must_use]
    pub fn params(&self, rule: &ShapeRule, parameters: &Parameters) -> ShapeParams {
        self.ground().params(rule, parameters)
    }

    /// The front line of a shape, within the picture; `None` for a shape of other lines. Costs up to a few milliseconds.
    #[must_use]
    pub fn line(&self, rule: &ShapeRule, params: &ShapeParams) -> Option<Hairline> {
        let ShapeKind::Front { .. } = rule.kind else { return None };
        let points = self.lines(rule, params).into_iter().next()?;
        Some(Hairline::with_corners(&points))
    }

    /// The temple peaks of a shape as bands of that width in photo pixels, the hair to the left of their ways; none for a
    /// shape of other lines.
    #[must_use]
    pub fn temple_peaks(&self, rule: &ShapeRule, params: &ShapeParams, width: f64, density: f64) -> Vec<Band> {
        let ShapeKind::TemplePeaks = rule.kind else { return Vec::new() };
        let handles = |line: Vec<(PhotoPoint, bool)>| line.into_iter().map(|(point, _)| point).collect();
        let band = |line| Band { kind: BandKind::Temple, handles: handles(line), width, density };
        self.lines(rule, params).into_iter().map(band).collect()
    }

    fn lines(&self, rule: &ShapeRule, params: &ShapeParams) -> Vec<Vec<(PhotoPoint, bool)>> {
        let (width, height) = self.picture;
        let mut lines = self.ground().shaped(rule, params);
        lines.iter_mut().flatten().for_each(|(point, _)| *point = point.clamped(width, height));
        lines
    }

    /// The tips of the temple peaks, left and right in the picture.
    #[must_use]
    pub fn temples(&self) -> [PhotoPoint; 2] {
        [Landmark::TempleLeft, Landmark::TempleRight].map(|landmark| self.fit.point(landmark))
    }

    /// How far a point lies to the right of the midline and straight above the level of the glabella.
    #[must_use]
    pub fn place(&self, point: PhotoPoint) -> (Mm, Mm) {
        (self.skin.right(point), self.skin.straight_up(point))
    }

    /// Where the place so far to the right of the midline and straight above the level of the glabella is seen.
    #[must_use]
    pub fn at(&self, right: Mm, up: Mm) -> PhotoPoint {
        self.skin.straight_at(right, up)
    }

    /// The lines of those of [`GUIDES`] that are shown. Costs up to some ten milliseconds.
    #[must_use]
    pub fn guides(&self, shown: [bool; GUIDES.len()]) -> Vec<GuideLine> {
        let guides = GUIDES.into_iter().zip(shown).filter(|(_, shown)| *shown);
        guides.flat_map(|(guide, _)| guide.lines(&self.fit, &self.skin)).collect()
    }
}

/// Eyes in the middle of the picture.
pub(super) fn guessed_pupils(view: &View, parameters: &Parameters) -> (PhotoPoint, PhotoPoint) {
    let (width, height) = view.size();
    let half = view.scale(parameters).px_per_mm.px(Mm(parameters.get(Parameter::PupilDistance) / 2.0)).0;
    let eyes = PhotoPoint::new(width / 2.0, height * EYES_AT);
    (eyes.moved(-half, 0.0), eyes.moved(half, 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::catalog::SHAPES;
    use crate::engine::design::PhotoRef;
    use crate::engine::measure::line_height;

    fn view() -> View {
        let reference = Reference::TypedPupils { distance: Mm(63.0) };
        let (a, b) = (PhotoPoint::new(674.0, 1000.0), PhotoPoint::new(926.0, 1000.0));
        View {
            photo: Some(PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() }),
            calibration: Some(Calibration { reference, a, b }),
            ..View::default()
        }
    }

    #[test]
    fn every_front_shape_is_laid_at_the_height_that_it_says_without_any_landmark() {
        let parameters = Parameters::default();
        let view = view();
        let face = SeenFace::of(&view, &parameters);
        for rule in SHAPES {
            let params = face.params(rule, &parameters);
            let Some(line) = face.line(rule, &params) else { continue };
            let height =
                line_height(&View { hairline: Some(line), ..view.clone() }, &parameters).unwrap().along_skin_mm.value;
            let wanted = params.get(crate::engine::catalog::Measure::Height);
            assert!((height - wanted).abs() < 0.5, "{}: {height} for {wanted}", rule.key);
        }
    }

    #[test]
    fn a_shape_is_laid_on_a_photo_without_marks() {
        let parameters = Parameters::default();
        let view = View { calibration: None, ..view() };
        let face = SeenFace::of(&view, &parameters);
        let rule = ShapeRule::of_key("natural-oval").unwrap();
        let line = face.line(rule, &face.params(rule, &parameters)).unwrap();
        let middle = line.handles[line.handles.len() / 2];
        assert!((middle.x - 800.0).abs() < 1e-6 && middle.y < 900.0, "{line:?}");
    }

    #[test]
    fn temple_peaks_have_their_hair_behind_them() {
        let parameters = Parameters::default();
        let view = view();
        let face = SeenFace::of(&view, &parameters);
        let rule = ShapeRule::of_key("temple-peaks").unwrap();
        let bands = face.temple_peaks(rule, &face.params(rule, &parameters), 40.0, 100.0);
        assert_eq!(bands.len(), 2);
        for band in bands {
            let tip = band.handles[1];
            let outwards = if tip.x < 800.0 { -30.0 } else { 30.0 };
            let near = band.curve().project(tip.moved(outwards, 0.0)).unwrap();
            assert!(near.side > 0.0, "{band:?}");
            assert!((tip.x - 800.0).abs() < (band.handles[0].x - 800.0).abs(), "the tip points to the face: {band:?}");
        }
    }

    #[test]
    fn only_guides_that_are_shown_have_lines() {
        let parameters = Parameters::default();
        let view = view();
        let face = SeenFace::of(&view, &parameters);
        assert!(face.guides([false; GUIDES.len()]).is_empty());
        let one = |place: usize| face.guides(std::array::from_fn(|other| other == place)).len();
        let each: Vec<usize> = (0..GUIDES.len()).map(one).collect();
        assert!(each.iter().all(|lines| *lines > 0), "{each:?}");
        assert_eq!(face.guides([true; GUIDES.len()]).len(), each.iter().sum::<usize>());
    }
}
