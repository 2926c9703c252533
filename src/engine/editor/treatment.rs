//! What a design treats besides the scalp behind the line, and what that does to its look.

use crate::engine::design::{Appearance, BandKind, DESIGN_LIMITS, Design, FillOp, Hair, View};

/// The last session of a new design; scars and patches take one more.
const USUAL_SESSION: u8 = 3;

/// What a design treats besides the scalp behind the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Treatment {
    /// Skin that takes one session more.
    pub scars_or_patches: bool,
    /// Part lines, which only longer hair has.
    pub part_lines: bool,
}

impl Treatment {
    /// What a design treats, on all of its sides.
    #[must_use]
    pub fn of(design: &Design) -> Self {
        let views = || design.views.each().map(|(_, view)| view);
        let is_part_line = |op: &FillOp| matches!(op, FillOp::Band(band) if band.kind == BandKind::PartLine);
        Self {
            scars_or_patches: views().any(View::needs_more_sessions),
            part_lines: views().flat_map(|view| &view.fill).any(|op| is_part_line(op)),
        }
    }

    /// The look after this came to be treated, or is no more: the last session, and what becomes of the visitor's own hair.
    #[must_use]
    pub fn look(self, before: Self, look: &Appearance) -> Appearance {
        let mut look = look.clone();
        match (before.scars_or_patches, self.scars_or_patches) {
            (false, true) if look.session == USUAL_SESSION => look.session = DESIGN_LIMITS.sessions,
            (true, false) => look.session = look.session.min(USUAL_SESSION),
            _ => {}
        }
        match (before.part_lines, self.part_lines) {
            (false, true) => look.hair = Hair::Kept,
            (true, false) => look.hair = Hair::Shaved,
            _ => {}
        }
        look
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{Band, PhotoRef};
    use std::rc::Rc;

    const NONE: Treatment = Treatment { scars_or_patches: false, part_lines: false };
    const SCARS: Treatment = Treatment { scars_or_patches: true, part_lines: false };
    const PARTS: Treatment = Treatment { scars_or_patches: false, part_lines: true };

    #[test]
    fn scars_take_a_session_more_and_part_lines_keep_the_hair() {
        let usual = Appearance::new(&Parameters::default());
        let after = SCARS.look(NONE, &usual);
        assert_eq!((after.session, after.hair), (4, Hair::Shaved));
        assert_eq!(NONE.look(SCARS, &after), usual);
        let second = Appearance { session: 2, ..usual.clone() };
        assert_eq!(SCARS.look(NONE, &second).session, 2, "a session that was chosen stays");
        let kept = PARTS.look(NONE, &usual);
        assert_eq!((kept.session, kept.hair), (3, Hair::Kept));
        assert_eq!(NONE.look(PARTS, &kept), usual);
        assert_eq!(SCARS.look(SCARS, &usual), usual, "nothing came and nothing went");
    }

    #[test]
    fn what_is_treated_is_told_of_every_side_with_a_photo() {
        let mut design = Design::new(&Parameters::default(), 1);
        let band = |kind| Rc::new(FillOp::Band(Band { kind, handles: Vec::new(), width: 9.0, density: 90.0 }));
        let photo = PhotoRef { width: 9, height: 9, quarter_turns: 0, level: 0.0, digest: "d".into() };
        design.views.back.photo = Some(photo);
        assert_eq!(Treatment::of(&design), NONE);
        design.views.back.fill = vec![band(BandKind::Temple)];
        assert_eq!(Treatment::of(&design), NONE);
        design.views.back.fill = vec![band(BandKind::Scar)];
        assert_eq!(Treatment::of(&design), SCARS);
        design.views.back.fill = vec![band(BandKind::PartLine)];
        assert_eq!(Treatment::of(&design), PARTS);
    }
}
