//! What time does to ink.
//!
//! Nobody has published a measured curve of fading or of spreading. The first half year rests on one study's scores, the
//! years after it on how long practitioners say a treatment lasts; each row says which.

use super::{Parameter, Parameters};

/// A moment after the last session, and how ink looks then beside ink that healed for a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stage {
    /// Name for texts; never changes.
    pub key: &'static str,
    /// Months since the last session.
    pub months: f64,
    /// What has become of the ink. At [`STAGES`]' first row two numbers stand for the parameters that [`Ageing::new`] reads.
    pub ageing: Ageing,
    /// Where the row comes from.
    pub source: &'static str,
}

/// How ink of some age looks beside ink that healed for a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ageing {
    /// Optical density, as a ratio.
    pub density: f64,
    /// Standard deviation of the blur that the years add to a dot, mm.
    pub spread_mm: f64,
    /// A dot's diameter before that blur, as a ratio.
    pub size: f64,
    /// Width of the light that skin scatters around a dot, as a ratio.
    pub halo: f64,
    /// Absorption in blue, as a ratio: ink under skin reads a little cooler with time, though never blue.
    pub blue: f64,
}

const HEALING: &str = "density: Liu et al., visual density score 8.7 of 10 at once, 7.7 after six months, read as a ratio of optical \
    densities; how much of it goes in the first month is our estimate, as are halo and blue. Size: trade, up to 0.25 mm \
    straight after, 0.10 to 0.15 when healed";
const YEARS: &str = "our estimate: practitioners name 3 to 6 years to a touch-up; no measured curve is published";

const fn stage(key: &'static str, months: f64, [density, spread_mm, size, halo, blue]: [f64; 5]) -> Stage {
    let source = if months > 6.0 { YEARS } else { HEALING };
    Stage { key, months, ageing: Ageing { density, spread_mm, size, halo, blue }, source }
}

/// From the day of the session to the end of the slider. The row of one month is what all others are relative to.
pub const STAGES: &[Stage; 7] = &[
    stage("fresh", 0.0, [1.10, 0.0, 1.83, 0.90, 1.03]),
    stage("month", 1.0, [1.00, 0.0, 1.0, 1.00, 1.00]),
    stage("half-year", 6.0, [0.97, 0.003, 1.0, 1.00, 1.00]),
    stage("year", 12.0, [0.93, 0.006, 1.0, 1.01, 0.995]),
    stage("two-years", 24.0, [0.85, 0.012, 1.0, 1.02, 0.99]),
    stage("four-years", 48.0, [0.64, 0.022, 1.0, 1.05, 0.98]),
    stage("six-years", 72.0, [0.47, 0.030, 1.0, 1.08, 0.97]),
];

/// How fast ink fades that sees little sun, as a ratio. That sun fades ink is what the trade says; how much, our estimate.
pub const LITTLE_SUN: f64 = 0.8;
/// How fast it fades in much sun (likewise).
pub const MUCH_SUN: f64 = 1.35;
/// How fast it fades in oily skin. That it does not last as long there is what the trade says; how much, our estimate.
pub const OILY_SKIN: f64 = 1.25;

/// Years after which practitioners touch a treatment up, from the first to the last that they name (trade: 4 to 6, 3 to 5).
pub const TOUCH_UP_YEARS: (f64, f64) = (3.0, 6.0);

/// How much more of its visual density ink in a scar loses in six months than ink in skin that lost its hair. Liu et al.:
/// 1.6 points against 0.9.
pub const SCAR_FADE: f64 = 1.6 / 0.9;

impl Ageing {
    /// The ink so many months after the last session, where it fades `pace` times as fast as usual. Months outside the
    /// table count as its nearest end.
    ///
    /// Every number runs through the table's rows in a curve without corners that turns nowhere between two rows. Only
    /// fading has a pace: its logarithm, from the first month on, is multiplied by it.
    #[must_use]
    pub fn new(months: f64, pace: f64, parameters: &Parameters) -> Self {
        let months = if months.is_finite() { months } else { 1.0 };
        let [_, _, half_year, ..] = STAGES;
        let fresh = parameters.get(Parameter::FreshOverHealed) * half_year.ageing.density;
        let growth = parameters.get(Parameter::FreshDot) / parameters.get(Parameter::HealedDot);
        let along = |first: Option<f64>, value: fn(&Ageing) -> f64| {
            let mut points = STAGES.map(|stage| (stage.months, value(&stage.ageing)));
            let [(_, start), ..] = &mut points;
            *start = first.unwrap_or(*start);
            monotone(&points, months)
        };
        let density = along(Some(fresh.max(1.0)), |ageing| ageing.density);
        Self {
            density: if density < 1.0 { density.powf(pace) } else { density },
            spread_mm: along(None, |ageing| ageing.spread_mm),
            size: along(Some(growth.max(1.0)), |ageing| ageing.size),
            halo: along(None, |ageing| ageing.halo),
            blue: along(None, |ageing| ageing.blue),
        }
    }
}

/// The monotone cubic through points in rising order, at `x`: between two points it never leaves their values, and its slope
/// has no jump (Fritsch and Butland 1984). Outside the points it keeps the value of the nearest.
fn monotone(points: &[(f64, f64)], x: f64) -> f64 {
    let slope = |place: usize| match points.get(place..).unwrap_or_default() {
        [(x0, y0), (x1, y1), ..] => (y1 - y0) / (x1 - x0),
        _ => 0.0,
    };
    let right = points.iter().take_while(|point| point.0 <= x).count();
    let Some(left) = right.checked_sub(1) else { return points.first().map_or(0.0, |point| point.1) };
    let (Some((x0, y0)), Some((x1, y1))) = (points.get(left), points.get(right)) else {
        return points.last().map_or(0.0, |point| point.1);
    };
    let width = x1 - x0;
    // The harmonic mean of the slopes on both sides of a point; flat where they point in opposite directions and at an end.
    let tangent = |place: usize| {
        let Some(before) = place.checked_sub(1) else { return slope(place) };
        let (a, b) = (slope(before), slope(place));
        if a * b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
    };
    let (t, along) = ((x - x0) / width, y1 - y0);
    let (from, to) = (tangent(left) * width, tangent(right) * width);
    let (t2, t3) = (t * t, t * t * t);
    y0 + along * (3.0 * t2 - 2.0 * t3) + from * (t3 - 2.0 * t2 + t) + to * (t3 - t2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(months: f64) -> Ageing {
        Ageing::new(months, 1.0, &Parameters::default())
    }

    #[test]
    fn every_row_is_reached_and_the_first_month_is_what_all_is_relative_to() {
        let parameters = Parameters::default();
        for row in STAGES {
            let ageing = usual(row.months);
            let close = |a: f64, b: f64| (a - b).abs() < 0.005;
            assert!(close(ageing.density, row.ageing.density), "{}: {ageing:?}", row.key);
            assert!(close(ageing.size, row.ageing.size), "{}: {ageing:?}", row.key);
            assert!(close(ageing.spread_mm, row.ageing.spread_mm), "{}: {ageing:?}", row.key);
            assert!(!row.source.is_empty());
        }
        assert_eq!(usual(1.0), Ageing { density: 1.0, spread_mm: 0.0, size: 1.0, halo: 1.0, blue: 1.0 });
        let loss = usual(0.0).density / usual(6.0).density;
        assert!((loss - parameters.get(Parameter::FreshOverHealed)).abs() < 1e-9, "{loss}");
    }

    #[test]
    fn ink_only_fades_and_only_spreads() {
        for pace in [LITTLE_SUN, 1.0, MUCH_SUN * OILY_SKIN] {
            let mut before = Ageing::new(0.0, pace, &Parameters::default());
            for step in 1..=7200 {
                let now = Ageing::new(f64::from(step) / 100.0, pace, &Parameters::default());
                assert!(now.density <= before.density && before.density - now.density < 0.002, "{step}: {now:?}");
                assert!(now.spread_mm >= before.spread_mm && now.size <= before.size, "{step}: {now:?}");
                assert!(now.size >= 1.0 && now.blue <= before.blue && now.blue > 0.95, "{step}: {now:?}");
                before = now;
            }
            assert!(before.density > 0.2, "{before:?}");
        }
    }

    #[test]
    fn sun_and_oil_shorten_and_shade_prolongs() {
        let at = |pace: f64| Ageing::new(36.0, pace, &Parameters::default()).density;
        assert!(at(LITTLE_SUN) > at(1.0) && at(1.0) > at(OILY_SKIN) && at(OILY_SKIN) > at(MUCH_SUN));
        for pace in [LITTLE_SUN, MUCH_SUN] {
            assert_eq!(Ageing::new(0.5, pace, &Parameters::default()).density, usual(0.5).density);
        }
    }

    #[test]
    fn no_age_is_beyond_the_table() {
        assert_eq!(usual(-3.0), usual(0.0));
        assert_eq!(usual(1e9), usual(72.0));
        assert_eq!(usual(f64::NAN), usual(1.0));
    }

    #[test]
    fn a_clinic_whose_fresh_dots_are_as_healed_ones_sees_no_jump() {
        let overrides = [("fresh_dot_mm".to_owned(), 0.12), ("fresh_over_healed".to_owned(), 1.0)];
        let parameters = Parameters::with_overrides(&overrides).0;
        let fresh = Ageing::new(0.0, 1.0, &parameters);
        assert_eq!((fresh.density, fresh.size), (1.0, 1.0));
    }
}
