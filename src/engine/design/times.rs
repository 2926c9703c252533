//! The times of a treatment: its sessions, and the stages that its ink goes through afterwards.

use super::{BandKind, FillOp, Months, View};
use crate::engine::catalog::STAGES;

impl Months {
    /// The months at a place along the stages of the catalogue: 0 is the first, 1 the second; between two of them time runs
    /// evenly. A place beyond the stages counts as their nearest end, what is no number as healed.
    #[must_use]
    pub fn at_place(place: f64) -> Self {
        if !place.is_finite() {
            return Self::HEALED;
        }
        let place = place.clamp(0.0, (STAGES.len() - 1) as f64);
        let from = place.floor();
        match STAGES.get(from as usize..).unwrap_or_default() {
            [a, b, ..] => Self(a.months + (b.months - a.months) * (place - from)),
            [last] => Self(last.months),
            [] => Self::HEALED,
        }
    }

    /// The place along the stages where these months are, 0 to the number of stages less one.
    #[must_use]
    pub fn place(self) -> f64 {
        let after = STAGES.iter().position(|stage| stage.months > self.0).unwrap_or(STAGES.len());
        let Some(before) = after.checked_sub(1) else { return 0.0 };
        match STAGES.get(before..).unwrap_or_default() {
            [a, b, ..] => before as f64 + (self.0 - a.months) / (b.months - a.months),
            _ => before as f64,
        }
    }

    /// The stage that these months are, if they are exactly one.
    #[must_use]
    pub fn stage(self) -> Option<usize> {
        STAGES.iter().position(|stage| stage.months == self.0)
    }
}

impl View {
    /// Whether anything is treated that takes one session more than the scalp: a scar or a patch.
    #[must_use]
    pub fn needs_more_sessions(&self) -> bool {
        self.fill.iter().any(|op| match op.as_ref() {
            FillOp::Band(band) => band.kind == BandKind::Scar,
            FillOp::Patch(_) => true,
            FillOp::ToHere(_) | FillOp::Stroke(_) => false,
        })
    }

    /// The density that the design asks for where it asks for most of its dots: that of the fill, else of the newest fill operation
    /// that brings any, dots per cm2. `None` where nothing is filled.
    #[must_use]
    pub fn usual_density(&self) -> Option<f64> {
        let brought = |op: &FillOp| match op {
            FillOp::ToHere(fill) => fill.density,
            FillOp::Stroke(stroke) => stroke.target_density(),
            FillOp::Band(band) => band.density,
            FillOp::Patch(patch) => patch.density,
        };
        let newest = || self.fill.iter().rev().map(|op| brought(op)).find(|density| *density > 0.0);
        self.area_fill().map(|(_, fill)| fill.density).or_else(newest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::design::{AreaFill, Band, PaintKind, Patch, Stroke};
    use crate::engine::geometry::PhotoPoint;
    use std::rc::Rc;

    #[test]
    fn every_stage_stands_at_its_own_place() {
        for (place, stage) in STAGES.iter().enumerate() {
            let months = Months::at_place(place as f64);
            assert_eq!((months.0, months.place(), months.stage()), (stage.months, place as f64, Some(place)));
        }
    }

    #[test]
    fn time_runs_evenly_between_two_stages_and_back() {
        assert_eq!(Months::at_place(0.5), Months(0.5));
        assert_eq!(Months::at_place(4.25), Months(30.0));
        for step in 0..=600 {
            let place = f64::from(step) / 100.0;
            let back = Months::at_place(place).place();
            assert!((back - place).abs() < 1e-9, "{place}: {back}");
        }
        assert_eq!(Months(30.0).stage(), None);
    }

    #[test]
    fn no_place_is_beyond_the_stages() {
        assert_eq!((Months::at_place(-1.0), Months::at_place(99.0)), (Months(0.0), Months(72.0)));
        assert_eq!(Months::at_place(f64::NAN), Months::HEALED);
        assert_eq!((Months(-1.0).place(), Months(900.0).place()), (0.0, 6.0));
    }

    fn filled(ops: Vec<FillOp>) -> View {
        View { fill: ops.into_iter().map(Rc::new).collect(), ..View::default() }
    }

    fn band(kind: BandKind) -> FillOp {
        FillOp::Band(Band { kind, handles: vec![PhotoPoint::default(); 2], width: 9.0, density: 150.0 })
    }

    fn stroke(paint: PaintKind) -> FillOp {
        let points = vec![PhotoPoint::default()];
        FillOp::Stroke(Stroke { paint, radius: 4.0, softness: 0.0, density: 90.0, behind_line: false, points })
    }

    #[test]
    fn scars_and_patches_take_one_session_more() {
        let patch = FillOp::Patch(Patch { outline: vec![PhotoPoint::default(); 3], density: 80.0 });
        assert!(filled(vec![band(BandKind::Scar)]).needs_more_sessions());
        assert!(filled(vec![stroke(PaintKind::Brush), patch]).needs_more_sessions());
        assert!(!filled(vec![band(BandKind::PartLine), stroke(PaintKind::Brush)]).needs_more_sessions());
    }

    #[test]
    fn the_fill_counts_before_what_was_painted_on_it() {
        let fill = FillOp::ToHere(AreaFill::even(Vec::new(), 110.0));
        assert_eq!(filled(vec![fill, stroke(PaintKind::Brush)]).usual_density(), Some(110.0));
        assert_eq!(filled(vec![band(BandKind::Scar), stroke(PaintKind::Eraser)]).usual_density(), Some(150.0));
        assert_eq!(filled(vec![stroke(PaintKind::Eraser)]).usual_density(), None);
    }
}
