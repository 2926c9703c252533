//! The marks of the scale before the visitor has set or said anything of them.

use crate::engine::calibration::Reference;
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::View;
use crate::engine::geometry::{Mm, PhotoPoint};

/// Where marks stand that are put into the picture without a tap, as shares of its width and height.
const MARKS_AT: [(f64, f64); 2] = [(0.4, 0.42), (0.6, 0.42)];

/// Marks on the pupils, whose distance is that of most people.
#[must_use]
pub fn average_pupils(parameters: &Parameters) -> Reference {
    Reference::AveragePupils {
        distance: Mm(parameters.get(Parameter::PupilDistance)),
        least: Mm(parameters.get(Parameter::PupilDistanceLeast)),
        most: Mm(parameters.get(Parameter::PupilDistanceMost)),
    }
}

/// Marks at both ends of a bank card.
#[must_use]
pub fn bank_card(parameters: &Parameters) -> Reference {
    Reference::Points { distance: Mm(parameters.get(Parameter::BankCard)) }
}

/// Where marks stand in a view that are put there without a tap.
#[must_use]
pub fn default_marks(view: &View) -> (PhotoPoint, PhotoPoint) {
    let (width, height) = view.size();
    let [a, b] = MARKS_AT.map(|(x, y)| PhotoPoint::new(width * x, height * y));
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::Calibration;
    use crate::engine::design::PhotoRef;

    #[test]
    fn default_marks_give_a_scale_with_either_reference() {
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: "d".into() };
        let view = View { photo: Some(photo), ..View::default() };
        let (a, b) = default_marks(&view);
        assert_eq!((a, b), (PhotoPoint::new(640.0, 840.0), PhotoPoint::new(960.0, 840.0)));
        let parameters = Parameters::default();
        for (reference, mm, is_pupils) in [
            (average_pupils(&parameters), parameters.get(Parameter::PupilDistance), true),
            (bank_card(&parameters), parameters.get(Parameter::BankCard), false),
        ] {
            let scale = Calibration { reference, a, b }.scale().unwrap();
            assert!((scale.px_per_mm.get() - 320.0 / mm).abs() < 1e-9, "{scale:?}");
            assert_eq!(reference.is_pupils(), is_pupils);
        }
    }
}
