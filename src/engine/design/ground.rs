//! The head that a view shows, and the surface that its dots lie on.

use super::View;
use crate::engine::calibration::{FaceFit, Head, HeadParameters, Landmark, LandmarkInput, Side, Surface};
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::geometry::{Mm, PhotoPoint};

/// The nearest and the farthest camera, as multiples of the one that is taken: where nothing was said of it (from an arm's
/// length to across a room), and where its distance was told (our estimate).
const GUESSED_CAMERA: (f64, f64) = (0.4, 6.0);
const KNOWN_CAMERA: (f64, f64) = (0.7, 1.5);

impl View {
    /// What a head is taken to be where its picture does not tell.
    #[must_use]
    pub fn head_parameters(parameters: &Parameters) -> HeadParameters {
        HeadParameters {
            length: Mm(parameters.get(Parameter::HeadLength)),
            camera: Mm(parameters.get(Parameter::CameraDistance)),
        }
    }

    /// Between which factors of the measured lengths the true ones lie because the camera's distance is only guessed, or
    /// roughly known: what lies behind the plane of the marks, as a hairline does, is seen smaller from near than from far.
    #[must_use]
    pub(super) fn perspective_range(&self, parameters: &Parameters) -> (f64, f64) {
        let usual = parameters.get(Parameter::CameraDistance);
        let camera = self.head.map_or(usual, |head| head.camera.0);
        // Files from before it was written down whether a distance was told: another one than the usual was.
        let is_told = self.head.is_some_and(|head| head.camera_told || head.camera.0 != usual);
        let depth = parameters.get(Parameter::HairlineDepth);
        let seen = |distance: f64| distance / (distance + depth);
        let (near, far) = if is_told { KNOWN_CAMERA } else { GUESSED_CAMERA };
        (seen(camera) / seen(camera * far), seen(camera) / seen(camera * near))
    }

    /// The marks, where they are the pupils.
    #[must_use]
    pub fn pupils(&self) -> Option<(PhotoPoint, PhotoPoint)> {
        let calibration = self.calibration.filter(|calibration| calibration.reference.is_pupils())?;
        Some((calibration.a, calibration.b))
    }

    /// The middle between them.
    #[must_use]
    pub fn eyes(&self) -> Option<PhotoPoint> {
        self.pupils().map(|(a, b)| a.lerp(b, 0.5))
    }

    /// A mean face laid over the marks, when they are the pupils: where its landmarks are expected.
    #[must_use]
    pub fn face_fit(&self, parameters: &Parameters) -> Option<FaceFit<'_>> {
        Some(FaceFit::new(LandmarkInput {
            pupils: self.pupils()?,
            scale: self.scale(parameters).px_per_mm,
            glabella: self.glabella,
            by_hand: &self.landmarks,
            head: self.head.as_ref(),
            parameters: parameters.face(),
        }))
    }

    /// A landmark of the face as it was set, else as it is proposed; `None` where no face is known.
    #[must_use]
    pub fn landmark(&self, landmark: Landmark, parameters: &Parameters) -> Option<PhotoPoint> {
        let (width, height) = self.size();
        Some(self.face_fit(parameters)?.point(landmark).clamped(width, height))
    }

    /// The head as the document has it; else the one that the eyes suggest; else a usual one in the middle of the picture.
    #[must_use]
    pub fn head_in_force(&self, parameters: &Parameters) -> Head {
        if let Some(head) = self.head {
            return head;
        }
        let (scale, head_parameters) = (self.scale(parameters).px_per_mm, Self::head_parameters(parameters));
        let pupils = self.calibration.map(|calibration| (calibration.a, calibration.b));
        match self.face(parameters).zip(pupils) {
            Some((face, pupils)) => Head::of_face(&face, pupils, scale, &head_parameters),
            None => Head::usual(Side::Front, self.size(), scale, &head_parameters),
        }
    }

    /// The surface that the view's dots lie on: a head's, as soon as anything is known of it; else a plain one.
    #[must_use]
    pub fn surface(&self, parameters: &Parameters) -> Surface {
        let scale = self.scale(parameters).px_per_mm;
        if self.head.is_none() && self.eyes().is_none() {
            return Surface::plain(scale);
        }
        let head = self.head_in_force(parameters);
        let eyes = self.eyes().filter(|_| head.side == Side::Front);
        let face = eyes.map(|eyes| (eyes, self.landmarks.get(Landmark::Chin)));
        Surface::of_face(&head, scale, face, &Self::head_parameters(parameters))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_told_distance_is_no_guess_even_where_it_is_the_usual_one() {
        let parameters = Parameters::default();
        let width = |camera: f64, camera_told: bool| {
            let head = View::default().head_in_force(&parameters);
            let view = View { head: Some(Head { camera: Mm(camera), camera_told, ..head }), ..View::default() };
            let (least, most) = view.perspective_range(&parameters);
            most - least
        };
        let (told, guessed) = (width(1000.0, true), width(1000.0, false));
        assert!(told < 0.025 && guessed > 0.06, "{told} {guessed}");
        // Files from before it was written down.
        assert!(width(900.0, false) < 0.03);
    }
}
