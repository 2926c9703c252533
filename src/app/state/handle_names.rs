//! The names of handles, for screen readers and for panels, and of the things that handles belong to.

use super::root::State;
use crate::engine::design::{FillOp, View};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Handle, HeadHandle};
use crate::engine::i18n::{Texts, fill, landmark_name};
use std::rc::Rc;

/// The name of a handle on the side that is shown.
#[must_use]
pub fn handle_name(state: &State, handle: Handle) -> String {
    let texts = state.texts();
    match handle {
        Handle::MarkA | Handle::MarkB => mark_name(state, handle).to_owned(),
        Handle::Glabella => texts.size_brow.to_owned(),
        Handle::Landmark(landmark) => landmark_name(texts, landmark).to_owned(),
        Handle::Handle(index) => {
            let count = state.view().hairline.as_ref().map_or(0, |line| line.handles.len());
            counted(texts.line_point, index, count)
        }
        Handle::Boundary(index) => {
            let count = state.view().area_fill().map_or(0, |(_, fill)| fill.boundary.len());
            counted(texts.density_boundary, index, count)
        }
        Handle::Band(place, index) | Handle::Patch(place, index) => point_name(state, place, index),
        Handle::Stubble => texts.probe_stubble.to_owned(),
        Handle::Skin => texts.probe_skin.to_owned(),
        Handle::Head(HeadHandle::Centre) => texts.head_centre.to_owned(),
        Handle::Head(HeadHandle::Top) => texts.head_top.to_owned(),
        Handle::Head(HeadHandle::Left) => texts.head_left.to_owned(),
        Handle::Head(HeadHandle::Right) => texts.head_right.to_owned(),
    }
}

fn mark_name(state: &State, handle: Handle) -> &'static str {
    let texts = state.texts();
    let on_pupils = state.view().calibration.is_some_and(|calibration| calibration.reference.is_pupils());
    match (handle == Handle::MarkA, on_pupils) {
        (true, true) => texts.size_mark_pupil_a,
        (false, true) => texts.size_mark_pupil_b,
        (true, false) => texts.size_mark_a,
        (false, false) => texts.size_mark_b,
    }
}

fn counted(text: &str, index: usize, count: usize) -> String {
    fill(text, &[("index", &(index + 1).to_string()), ("count", &count.to_string())])
}

/// The name of a point of a scar, patch, part line or temple.
fn point_name(state: &State, place: usize, index: usize) -> String {
    let count = state.view().fill.get(place).map_or(0, |op| op.points().len());
    let (what, number) = named(state, place).unwrap_or_default();
    let values =
        [("what", what), ("number", &*number), ("index", &*(index + 1).to_string()), ("count", &*count.to_string())];
    fill(state.texts().special_point, &values)
}

/// What such a tool makes: a patch, a scar, a temple or a part line.
#[must_use]
pub fn special_name(texts: &Texts, tool: ToolKind) -> &'static str {
    match tool {
        ToolKind::Lasso => texts.special_patch,
        ToolKind::Scar => texts.special_scar,
        ToolKind::Temple => texts.special_temple,
        _ => texts.special_part,
    }
}

/// What the tool made, by its places among the fill operations.
#[must_use]
pub fn made(view: &View, tool: ToolKind) -> Vec<usize> {
    let is_made = |(place, op): (usize, &Rc<FillOp>)| (tool.row().makes)(op).then_some(place);
    view.fill.iter().enumerate().filter_map(is_made).collect()
}

/// The name of what is at that place among the fill operations: what it is, and its number among its kind, from 1.
#[must_use]
pub fn named(state: &State, place: usize) -> Option<(&'static str, String)> {
    let view = state.view();
    let tool = ToolKind::that_makes(view.fill.get(place)?)?;
    let number = made(view, tool).iter().position(|each| *each == place)? + 1;
    Some((special_name(state.texts(), tool), number.to_string()))
}

/// The points of what is at that place among the fill operations, as handles.
#[must_use]
pub fn handles_of(place: usize, op: &FillOp) -> Vec<Handle> {
    let is_patch = matches!(op, FillOp::Patch(_));
    let handle = |index| if is_patch { Handle::Patch(place, index) } else { Handle::Band(place, index) };
    (0..op.points().len()).map(handle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::session::Capabilities;
    use crate::engine::calibration::{Calibration, Landmark, Reference};
    use crate::engine::design::{Band, BandKind, Hairline, Patch, PhotoRef};
    use crate::engine::editor::Command;
    use crate::engine::geometry::{Mm, PhotoPoint};
    use crate::engine::i18n::language;

    const SCAR: usize = 0;
    const PATCH: usize = 1;
    const SECOND_SCAR: usize = 2;
    const TEMPLE: usize = 3;

    fn points(count: usize, y: f64) -> Vec<PhotoPoint> {
        (0..count).map(|index| PhotoPoint::new(300.0 + 80.0 * index as f64, y + 40.0 * (index % 2) as f64)).collect()
    }

    fn band(kind: BandKind, count: usize, y: f64) -> Command {
        Command::AddBand(Band { kind, handles: points(count, y), width: 12.0, density: 40.0 })
    }

    /// A photo with a line of four handles, two scars, a patch between them, and a temple.
    fn drawn() -> State {
        let mut state = State::new(language(""), Capabilities { reads_back: true, ..Capabilities::default() });
        let photo =
            PhotoRef { width: 1000, height: 1200, quarter_turns: 0, level: 0.0, digest: "of a test".to_owned() };
        let commands = [
            Command::OpenPhoto(photo),
            Command::SetHairline(Some(Hairline { handles: points(4, 300.0), corners: Vec::new() })),
            band(BandKind::Scar, 2, 500.0),
            Command::AddPatch(Patch { outline: points(4, 560.0), density: 40.0 }),
            band(BandKind::Scar, 3, 700.0),
            band(BandKind::Temple, 3, 800.0),
        ];
        for command in commands {
            state.editor.document.apply(command).unwrap();
        }
        state
    }

    fn calibrate(state: &mut State, reference: Reference) {
        let (a, b) = (PhotoPoint::new(400.0, 600.0), PhotoPoint::new(560.0, 600.0));
        state.editor.document.apply(Command::Calibrate(Some(Calibration { reference, a, b }))).unwrap();
    }

    #[test]
    fn marks_are_named_by_what_they_are_set_on() {
        let mut state = drawn();
        let texts = state.texts();
        let names = |state: &State| [Handle::MarkA, Handle::MarkB].map(|handle| handle_name(state, handle));
        assert_eq!(names(&state), [texts.size_mark_a, texts.size_mark_b]);
        calibrate(&mut state, Reference::TypedPupils { distance: Mm(62.0) });
        assert_eq!(names(&state), [texts.size_mark_pupil_a, texts.size_mark_pupil_b]);
        calibrate(&mut state, Reference::Points { distance: Mm(85.6) });
        assert_eq!(names(&state), [texts.size_mark_a, texts.size_mark_b]);
    }

    #[test]
    fn points_of_the_line_are_counted_from_one() {
        let state = drawn();
        assert_eq!(handle_name(&state, Handle::Handle(0)), "Point 1 of 4 of the hairline");
        assert_eq!(handle_name(&state, Handle::Handle(3)), "Point 4 of 4 of the hairline");
    }

    #[test]
    fn points_of_scars_and_patches_name_the_thing_by_its_number_among_its_kind() {
        let state = drawn();
        let (scar, patch) = (state.texts().special_scar, state.texts().special_patch);
        assert_eq!(handle_name(&state, Handle::Band(SCAR, 1)), format!("{scar} 1: point 2 of 2"));
        assert_eq!(handle_name(&state, Handle::Patch(PATCH, 0)), format!("{patch} 1: point 1 of 4"));
        assert_eq!(handle_name(&state, Handle::Band(SECOND_SCAR, 2)), format!("{scar} 2: point 3 of 3"));
        assert_eq!(named(&state, SECOND_SCAR), Some((scar, "2".to_owned())));
        assert_eq!(named(&state, 9), None);
    }

    #[test]
    fn what_a_tool_made_is_found_by_its_place() {
        let state = drawn();
        let view = state.view();
        assert_eq!(made(view, ToolKind::Scar), [SCAR, SECOND_SCAR]);
        assert_eq!(made(view, ToolKind::Lasso), [PATCH]);
        assert_eq!(made(view, ToolKind::Temple), [TEMPLE]);
        assert!(made(view, ToolKind::PartLine).is_empty());
        assert!(made(view, ToolKind::Brush).is_empty());
    }

    #[test]
    fn each_kind_of_thing_has_its_own_handles_and_name() {
        let state = drawn();
        let texts = state.texts();
        let handles = |place: usize| handles_of(place, &state.view().fill[place]);
        assert_eq!(handles(SCAR), [Handle::Band(SCAR, 0), Handle::Band(SCAR, 1)]);
        assert_eq!(handles(PATCH).last(), Some(&Handle::Patch(PATCH, 3)));
        let names = [ToolKind::Lasso, ToolKind::Scar, ToolKind::Temple, ToolKind::PartLine]
            .map(|tool| special_name(texts, tool));
        assert_eq!(names, [texts.special_patch, texts.special_scar, texts.special_temple, texts.special_part]);
    }

    #[test]
    fn handles_of_face_head_and_probe_have_fixed_names() {
        let state = drawn();
        let texts = state.texts();
        let expected = [
            (Handle::Glabella, texts.size_brow),
            (Handle::Landmark(Landmark::Chin), landmark_name(texts, Landmark::Chin)),
            (Handle::Stubble, texts.probe_stubble),
            (Handle::Skin, texts.probe_skin),
            (Handle::Head(HeadHandle::Centre), texts.head_centre),
            (Handle::Head(HeadHandle::Top), texts.head_top),
            (Handle::Head(HeadHandle::Left), texts.head_left),
            (Handle::Head(HeadHandle::Right), texts.head_right),
        ];
        for (handle, name) in expected {
            assert_eq!(handle_name(&state, handle), name);
        }
    }
}
