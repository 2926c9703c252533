//! The numbers of the domain.

use crate::engine::calibration::FaceParameters;
use crate::engine::geometry::Mm;
use serde::{Deserialize, Serialize};

/// A number of the domain: the row of [`PARAMETERS`] with the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub enum Parameter {
    /// Distance between the pupils, mm.
    PupilDistance,
    /// The least distance between the pupils that most adults have, mm.
    PupilDistanceLeast,
    /// The greatest distance between the pupils that most adults have, mm.
    PupilDistanceMost,
    /// Distance between the outer corners of the eyes, mm.
    OuterCanthalWidth,
    /// Width of the face at the cheekbones, mm.
    BizygomaticWidth,
    /// Length of the head from the glabella to the back, mm.
    HeadLength,
    /// Height of the glabella above the pupils, mm: where its marker starts.
    GlabellaAbovePupils,
    /// Mid-frontal point above the glabella along the skin, a typical man, mm.
    MidFrontalHeightMan,
    /// Mid-frontal point above the glabella along the skin, a typical woman, mm.
    MidFrontalHeightWoman,
    /// Diameter of a healed dot, mm.
    HealedDot,
    /// Diameter of a dot on the day it is made, mm.
    FreshDot,
    /// Density of a finished treatment, dots per cm2.
    Density,
    /// Depth of the soft front, mm.
    TransitionZone,
    /// Share of the density after the first session.
    FirstSession,
    /// Share of the density after the second session.
    SecondSession,
    /// Sessions of a treatment.
    Sessions,
    /// Sessions where scars or patches are treated.
    SessionsMore,
    /// Dots in one session.
    DotsPerSession,
    /// Hours of one session.
    HoursPerSession,
    /// Visual density right after the session over that of the healed result.
    FreshOverHealed,
    /// Width of a bank card, mm.
    BankCard,
    /// How far the hairline lies behind the eyes, mm: a near camera shows it smaller.
    HairlineDepth,
    /// Distance of the camera where nothing is known of it, mm.
    CameraDistance,
    /// Width of a part line, mm.
    PartLineWidth,
    /// Width of a treated scar with the skin beside it, mm.
    ScarWidth,
    /// Depth of the whole hairline, mm.
    HairlineBand,
    /// Glabella to the base of the nose, straight, mm.
    GlabellaToNoseBase,
    /// Base of the nose to the lowest point of the chin, straight, mm.
    NoseBaseToChin,
    /// Width of the forehead between its bone edges above the temples, mm.
    FrontotemporalWidth,
    /// Height of a line above the glabella along the skin below which the visitor is told, mm.
    LineHeightLeast,
    /// Difference between the two sides of a line above which the visitor is told, mm.
    AsymmetryMost,
    /// The most follicular units that grow on a scalp, per cm2.
    NaturalDensity,
    /// Depth of a new temple or sideburn behind its edge, mm.
    TempleWidth,
    /// Standard deviation of the light that skin scatters around a dot, mm.
    Halo,
}

/// One parameter: what it is called in a configuration, its value and range, and where they come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ParameterRow {
    /// Which number.
    pub parameter: Parameter,
    /// Name in a clinic's configuration.
    pub key: &'static str,
    /// Value unless a clinic says otherwise.
    pub value: f64,
    /// Least value allowed.
    pub least: f64,
    /// Greatest value allowed.
    pub most: f64,
    /// Where value and range come from.
    pub source: &'static str,
}

const fn row(
    parameter: Parameter,
    key: &'static str,
    [value, least, most]: [f64; 3],
    source: &'static str,
) -> ParameterRow {
    ParameterRow { parameter, key, value, least, most, source }
}

/// Every parameter, in the order of [`Parameter`].
pub const PARAMETERS: &[ParameterRow] = &[
    row(
        Parameter::PupilDistance,
        "pupil_distance_mm",
        [63.0, 45.0, 80.0],
        "Dodgson 2004, SPIE 5291: mean of adults 63 mm, all adults 45 to 80",
    ),
    row(
        Parameter::PupilDistanceLeast,
        "pupil_distance_least_mm",
        [50.0, 45.0, 63.0],
        "Dodgson 2004: most adults 50 to 75 mm",
    ),
    row(
        Parameter::PupilDistanceMost,
        "pupil_distance_most_mm",
        [75.0, 63.0, 80.0],
        "Dodgson 2004: most adults 50 to 75 mm",
    ),
    row(
        Parameter::OuterCanthalWidth,
        "outer_canthal_width_mm",
        [98.0, 85.0, 110.0],
        "Maxillofacial Plast Reconstr Surg 2019, table 9: 98 (SD 3.5) men, 94 (4.9) women",
    ),
    row(
        Parameter::BizygomaticWidth,
        "bizygomatic_width_mm",
        [134.0, 120.0, 150.0],
        "Maxillofacial Plast Reconstr Surg 2019, table 9: 134 (SD 4.6) men, 130 (3.5) women",
    ),
    row(Parameter::HeadLength, "head_length_mm", [195.0, 165.0, 220.0], "UK adults: 195 (SD 8) men, 180 (7) women"),
    row(
        Parameter::GlabellaAbovePupils,
        "glabella_above_pupils_mm",
        [20.0, 10.0, 35.0],
        "our estimate, only the first place of a marker that the visitor moves",
    ),
    row(
        Parameter::MidFrontalHeightMan,
        "mid_frontal_height_man_mm",
        [75.0, 60.0, 100.0],
        "Garg, J Cutan Aesthet Surg: 80; surgeons' range 70 (aggressive) to 100 (conservative)",
    ),
    row(
        Parameter::MidFrontalHeightWoman,
        "mid_frontal_height_woman_mm",
        [55.0, 50.0, 65.0],
        "55; Kashiyama 2021, PRS Global Open: measured mean 62, n = 456 of both sexes",
    ),
    row(
        Parameter::HealedDot,
        "healed_dot_mm",
        [0.12, 0.07, 0.15],
        "Hair Transplant Forum 26/3: about 0.1 mm as seen from the surface; trade 0.07 to 0.15",
    ),
    row(
        Parameter::FreshDot,
        "fresh_dot_mm",
        [0.22, 0.12, 0.25],
        "trade: up to 0.25 mm straight after, 0.10 to 0.15 when healed",
    ),
    row(
        Parameter::Density,
        "density_per_cm2",
        [120.0, 60.0, 200.0],
        "Pak, Kim, Rassman: dots about 1 mm apart; trade up to 194 per cm2",
    ),
    row(Parameter::TransitionZone, "transition_zone_mm", [7.0, 5.0, 10.0], "Shapiro: transition zone 0.5 to 1 cm"),
    row(
        Parameter::FirstSession,
        "first_session_share",
        [0.30, 0.1, 0.9],
        "Liu et al.: 30, 70, 100 % of the natural follicular spacing",
    ),
    row(
        Parameter::SecondSession,
        "second_session_share",
        [0.70, 0.2, 1.0],
        "Liu et al.: 30, 70, 100 % of the natural follicular spacing",
    ),
    row(Parameter::Sessions, "sessions", [3.0, 2.0, 4.0], "trade: 3, from 2 to 4"),
    row(Parameter::SessionsMore, "sessions_scar", [4.0, 2.0, 5.0], "trade: 4 for scars, alopecia areata, flaky skin"),
    row(
        Parameter::DotsPerSession,
        "dots_per_session",
        [14_000.0, 3_000.0, 30_000.0],
        "one practitioner's typical figure for 2 to 4 hours",
    ),
    row(Parameter::HoursPerSession, "hours_per_session", [3.0, 1.0, 5.0], "trade: 2 to 4 and 3 to 5 hours"),
    row(
        Parameter::FreshOverHealed,
        "fresh_over_healed",
        [1.13, 1.0, 1.25],
        "Liu et al.: visual density score 8.7 at once, 7.7 after six months",
    ),
    row(Parameter::BankCard, "bank_card_mm", [85.6, 85.6, 85.6], "ISO/IEC 7810 ID-1: 85.60 mm"),
    row(
        Parameter::HairlineDepth,
        "hairline_depth_mm",
        [30.0, 10.0, 60.0],
        "geometry: 3 cm behind the eyes, so a camera at 40 cm shows the hairline 7 % smaller; at 150 cm 2 %",
    ),
    row(
        Parameter::CameraDistance,
        "camera_distance_mm",
        [1000.0, 250.0, 6000.0],
        "our estimate: between an arm's length (40 cm) and two steps (150 cm)",
    ),
    row(
        Parameter::PartLineWidth,
        "part_line_width_mm",
        [12.0, 3.0, 60.0],
        "our estimate: a widened part and its thin margins",
    ),
    row(
        Parameter::ScarWidth,
        "scar_width_mm",
        [8.0, 2.0, 60.0],
        "our estimate: dots go into a linear scar and just above and below it (trade)",
    ),
    row(
        Parameter::HairlineBand,
        "hairline_band_mm",
        [30.0, 20.0, 40.0],
        "Shapiro: the whole hairline is 2 to 4 cm deep",
    ),
    row(
        Parameter::GlabellaToNoseBase,
        "glabella_to_nose_base_mm",
        [65.0, 50.0, 80.0],
        "Maxillofacial Plast Reconstr Surg 2019, table 9: 64.8 men, 65.3 women",
    ),
    row(
        Parameter::NoseBaseToChin,
        "nose_base_to_chin_mm",
        [76.0, 55.0, 95.0],
        "Maxillofacial Plast Reconstr Surg 2019, table 9: 76.4 men, 69.5 women",
    ),
    row(
        Parameter::FrontotemporalWidth,
        "frontotemporal_width_mm",
        [110.0, 95.0, 130.0],
        "our estimate, only the first place of markers that the visitor moves",
    ),
    row(
        Parameter::LineHeightLeast,
        "line_height_least_mm",
        [60.0, 40.0, 90.0],
        "surgeons' ranges for men: 60 to 80 and 70 to 100; lower ones exist",
    ),
    row(
        Parameter::AsymmetryMost,
        "asymmetry_most_mm",
        [5.0, 1.0, 20.0],
        "our estimate: less is hardly seen, and no face is quite symmetrical",
    ),
    row(
        Parameter::NaturalDensity,
        "natural_density_per_cm2",
        [120.0, 60.0, 200.0],
        "Bernstein, Dermatol Surg 1997: 100 follicular units per cm2; others 60 to 120",
    ),
    row(
        Parameter::TempleWidth,
        "temple_width_mm",
        [12.0, 3.0, 40.0],
        "our estimate: a little more than the depth of a temple peak, so that it blends into the hair behind",
    ),
    row(
        Parameter::Halo,
        "halo_mm",
        [0.28, 0.10, 0.30],
        "dermal scattering gives each dot a soft halo of about 0.1 to 0.3 mm (dot gain); within that, chosen by the local contrast of shaved heads on portraits",
    ),
];

/// The parameters in force: the table, with what a clinic set for itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    values: Vec<f64>,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { values: PARAMETERS.iter().map(|row| row.value).collect() }
    }
}

impl Parameters {
    /// The table with a clinic's numbers in it, each brought into its allowed range; and the keys that name nothing or hold
    /// no number, for a warning to the clinic.
    #[must_use]
    pub fn with_overrides(overrides: &[(String, f64)]) -> (Self, Vec<String>) {
        let mut parameters = Self::default();
        let mut unknown = Vec::new();
        for (key, value) in overrides {
            let row = PARAMETERS.iter().find(|row| row.key == key && value.is_finite());
            match row.and_then(|row| parameters.values.get_mut(row.parameter as usize).map(|slot| (row, slot))) {
                Some((row, slot)) => *slot = value.clamp(row.least, row.most),
                None => unknown.push(key.clone()),
            }
        }
        (parameters, unknown)
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, parameter: Parameter) -> f64 {
        self.values.get(parameter as usize).copied().unwrap_or_default()
    }

    /// The measures of a face from which its landmarks are proposed.
    #[must_use]
    pub fn face(&self) -> FaceParameters {
        let mm = |parameter: Parameter| Mm(self.get(parameter));
        FaceParameters {
            pupil_distance: mm(Parameter::PupilDistance),
            outer_canthal_width: mm(Parameter::OuterCanthalWidth),
            frontotemporal_width: mm(Parameter::FrontotemporalWidth),
            glabella_above_pupils: mm(Parameter::GlabellaAbovePupils),
            glabella_to_nose_base: mm(Parameter::GlabellaToNoseBase),
            nose_base_to_chin: mm(Parameter::NoseBaseToChin),
            camera: mm(Parameter::CameraDistance),
        }
    }

    /// Brings a value into the range that a parameter allows; what is no number becomes the parameter's value.
    #[must_use]
    pub fn clamp(&self, parameter: Parameter, value: f64) -> f64 {
        match PARAMETERS.get(parameter as usize) {
            Some(row) if value.is_finite() => value.clamp(row.least, row.most),
            _ => self.get(parameter),
        }
    }

    /// The allowed range of a parameter.
    #[must_use]
    pub fn range(parameter: Parameter) -> (f64, f64) {
        PARAMETERS.get(parameter as usize).map_or((0.0, 0.0), |row| (row.least, row.most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_enum_and_within_their_range() {
        for (place, row) in PARAMETERS.iter().enumerate() {
            assert_eq!(row.parameter as usize, place, "{}", row.key);
            assert!(row.least <= row.value && row.value <= row.most, "{}", row.key);
            assert!(!row.source.is_empty(), "{}", row.key);
        }
        assert_eq!(PARAMETERS.len(), Parameter::Halo as usize + 1);
    }

    #[test]
    fn a_clinic_may_set_a_number_within_its_range() {
        let overrides = [
            ("density_per_cm2".to_owned(), 1e9),
            ("sessions".to_owned(), 4.0),
            ("colour".to_owned(), 1.0),
            ("healed_dot_mm".to_owned(), f64::NAN),
        ];
        let (parameters, unknown) = Parameters::with_overrides(&overrides);
        assert_eq!(parameters.get(Parameter::Density), 200.0);
        assert_eq!(parameters.get(Parameter::Sessions), 4.0);
        assert_eq!(parameters.get(Parameter::HealedDot), 0.12);
        assert_eq!(unknown, ["colour", "healed_dot_mm"]);
    }
}
