//! The one way by which the state changes.

use super::{
    draft, fill, first_idea, line, look, photo, preview, request, save, scale, session, staff, stage, tool, variant,
};
use crate::app::state::action::Action;
use crate::app::state::derived;
use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;

/// Changes the state by what happened, brings everything up to date that is derived, and returns what is wanted of the
/// browser, in order.
#[must_use]
pub fn reduce(state: &mut State, action: Action) -> Vec<Effect> {
    match action {
        Action::Session(action) => session::reduce(state, action),
        Action::Photo(action) => photo::reduce(state, action),
        Action::Stage(action) => stage::reduce(state, action),
        Action::Tool(action) => tool::reduce(state, action),
        Action::Scale(action) => scale::reduce(state, action),
        Action::Line(action) => line::reduce(state, action),
        Action::Fill(action) => fill::reduce(state, action),
        Action::Look(action) => look::reduce(state, action),
        Action::Variant(action) => variant::reduce(state, action),
        Action::Preview(action) => preview::reduce(state, action),
        Action::Save(action) => save::reduce(state, action),
        Action::Draft(action) => draft::reduce(state, action),
        Action::Request(action) => request::reduce(state, action),
        Action::Staff(action) => staff::reduce(state, action),
        Action::Elapsed(timer) => elapsed(state, timer),
    }
    derived::update(state);
    save::save_what_waits(state);
    state.take_effects()
}

fn elapsed(state: &mut State, timer: Timer) {
    match timer {
        Timer::KeepDraft => draft::keep(state),
        Timer::DetectScalp => fill::detect(state),
        Timer::MeasureSides => derived::measure_next_side(state),
        Timer::Retry => request::retry(state),
        Timer::FillIn => request::filled_in(state),
        Timer::WheelHint => state.session.wheel_hint = false,
        Timer::Reveal => first_idea::reveal(state),
        Timer::FindFace => first_idea::face_is_late(state),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{after, opened_file, play, reviewed, started, with_fill};
    use crate::app::state::slices::session::Dialog;
    use crate::app::state::{
        DraftAction, FillAction, LookAction, PhotoAction, PictureUse, RequestAction, SaveAction, ScaleAction,
        SessionAction,
    };
    use crate::engine::calibration::Side;
    use crate::engine::catalog::SampleTone;
    use crate::engine::consult::{Delivery, FormField};
    use crate::engine::editor::FillEnd;
    use crate::engine::ports::{Draft, Response};
    use std::collections::BTreeSet;

    /// Every effect by its name. A new one has to be named here, and asked for below.
    fn name(effect: &Effect) -> &'static str {
        match effect {
            Effect::OpenWorker => "OpenWorker",
            Effect::ReadConfiguration => "ReadConfiguration",
            Effect::RestrictConnections(_) => "RestrictConnections",
            Effect::Warn(_) => "Warn",
            Effect::Focus(_) => "Focus",
            Effect::StartTimer(timer, _) => match timer {
                Timer::KeepDraft => "StartTimer(KeepDraft)",
                Timer::DetectScalp => "StartTimer(DetectScalp)",
                Timer::MeasureSides => "StartTimer(MeasureSides)",
                Timer::Retry => "StartTimer(Retry)",
                Timer::FillIn => "StartTimer(FillIn)",
                Timer::WheelHint => "StartTimer(WheelHint)",
                Timer::Reveal => "StartTimer(Reveal)",
                Timer::FindFace => "StartTimer(FindFace)",
            },
            Effect::StopTimer(_) => "StopTimer",
            Effect::OpenPhoto { .. } => "OpenPhoto",
            Effect::ShowPicture(_) => "ShowPicture",
            Effect::DropPicture(_) => "DropPicture",
            Effect::HidePicture => "HidePicture",
            Effect::ReadDesign(_) => "ReadDesign",
            Effect::FindPerson { .. } => "FindPerson",
            Effect::GrowDots(_) => "GrowDots",
            Effect::ClipHair { .. } => "ClipHair",
            Effect::Repaint(_) => "Repaint",
            Effect::SavePicture { .. } => "SavePicture",
            Effect::SaveFile { .. } => "SaveFile",
            Effect::ShareFile { .. } => "ShareFile",
            Effect::LoadDraft => "LoadDraft",
            Effect::KeepDraft { .. } => "KeepDraft",
            Effect::DeleteDraft => "DeleteDraft",
            Effect::ForgetDraft => "ForgetDraft",
            Effect::RenderRequest { .. } => "RenderRequest",
            Effect::RenewRequest => "RenewRequest",
            Effect::Send { .. } => "Send",
            Effect::CancelSend => "CancelSend",
            Effect::ShrinkRequest { .. } => "ShrinkRequest",
            Effect::KeepRequest(_) => "KeepRequest",
            Effect::Announce(..) => "Announce",
            Effect::OpenRequest(_) => "OpenRequest",
            Effect::FetchPictures(_) => "FetchPictures",
        }
    }

    /// How many names there are.
    const EFFECTS: usize = 39;

    fn answer(state: &State, status: u16) -> Action {
        let id = state.request.delivery.id().unwrap_or_default().to_owned();
        let body = format!(r#"{{ "id": "{id}" }}"#);
        let attempt = match state.request.delivery {
            Delivery::Sending { attempt, .. } => attempt,
            _ => 0,
        };
        RequestAction::Answered(id, attempt, Ok(Response { status, retry_after_s: None, body })).into()
    }

    /// What is asked for where the staff opens a request.
    fn of_staff() -> Vec<Effect> {
        let mut state = crate::app::state::fixture::asked();
        let mut all = play(&mut state, SessionAction::Configured(None));
        let given = crate::app::state::fixture::given(&with_fill());
        all.extend(play(&mut state, crate::app::state::StaffAction::Answered(given)));
        all
    }

    #[test]
    fn every_effect_is_asked_for() {
        let mut all = Vec::new();
        let mut state = started();
        all.extend(play(&mut state, SessionAction::Started));
        all.extend(play(&mut state, SessionAction::Configured(Some(r#"{ "colour": 1 }"#.to_owned()))));
        all.extend(play(
            &mut state,
            DraftAction::Found(Ok(Some(Draft { kept_at_ms: 0.0, design: String::new(), photos: None })), 1e12),
        ));
        all.extend(play(&mut state, PhotoAction::SamplePicked(SampleTone::default())));
        all.extend(after(&mut state, PhotoAction::Opened(0, Err(crate::app::state::photos::PhotoError::NoMemory))));
        all.extend(play(&mut state, FillAction::DetectScalp(FillEnd::Hair)));
        all.extend(play(&mut state, Action::Elapsed(Timer::DetectScalp)));
        all.extend(play(&mut state, PhotoAction::ShowSide(Side::Top)));
        all.extend(play(&mut state, PhotoAction::SamplePicked(SampleTone::default())));
        let look = state.editor.document.design().look.clone();
        let softer = crate::engine::design::Appearance { softness: 0.9, ..look };
        all.extend(play(&mut state, LookAction::Choose(softer)));
        all.extend(play(&mut state, Action::Elapsed(Timer::MeasureSides)));
        all.extend(play(&mut state, ScaleAction::PlaceMarks));
        all.extend(play(&mut state, crate::app::state::StageAction::WheelLeftToPage));
        all.extend(play(&mut state, Action::Elapsed(Timer::WheelHint)));
        all.extend(play(&mut state, Action::Elapsed(Timer::KeepDraft)));
        all.extend(play(&mut state, SaveAction::SaveDesign));
        all.extend(play(&mut state, SaveAction::SavePicture(PictureUse::Both)));
        all.extend(play(&mut state, SaveAction::DesignPicked(crate::app::state::fixture::file(3))));
        let mut state = started();
        all.extend(play(&mut state, PhotoAction::Picked(Some(crate::app::state::fixture::file(7)))));
        let found = PhotoAction::PersonSought(state.photos.load, Some(crate::app::state::fixture::person()));
        all.extend(play(&mut state, found));
        let mut state = crate::app::state::fixture::opened_file();
        let look = state.editor.document.design().look.clone();
        let clipped = crate::engine::design::Appearance { hair: crate::engine::design::Hair::Clipped, ..look };
        all.extend(play(&mut state, LookAction::Choose(clipped)));
        let mut state = started();
        all.extend(after(&mut state, RequestAction::SetField(FormField::Name, "Ada".to_owned())));
        let mut state = reviewed();
        all.extend(after(&mut state, RequestAction::Review));
        state.session.busy = None;
        all.extend(after(&mut state, RequestAction::ShareFile));
        all.extend(after(&mut state, RequestAction::Send));
        let busy = answer(&state, 503);
        all.extend(after(&mut state, busy));
        all.extend(after(&mut state, Action::Elapsed(Timer::Retry)));
        let too_large = answer(&state, 413);
        all.extend(after(&mut state, too_large));
        let id = state.request.delivery.id().unwrap_or_default().to_owned();
        all.extend(after(&mut state, RequestAction::Shrunk(id, Some(Vec::new()))));
        let taken = answer(&state, 409);
        all.extend(after(&mut state, taken));
        all.extend(play(&mut state, RequestAction::Send));
        all.extend(after(&mut state, RequestAction::Cancel));
        all.extend(after(&mut state, RequestAction::Send));
        let confirmed = answer(&state, 201);
        all.extend(after(&mut state, confirmed));
        state.session.dialog = Some(Dialog::DeleteAll);
        all.extend(after(&mut state, SessionAction::Answer(Some(true))));
        all.extend(of_staff());
        let names: BTreeSet<_> = all.iter().map(name).collect();
        assert_eq!(names.len(), EFFECTS, "{names:?}");
    }

    #[test]
    fn a_timer_that_runs_out_for_nothing_does_nothing() {
        for timer in [Timer::KeepDraft, Timer::DetectScalp, Timer::MeasureSides, Timer::Retry, Timer::Reveal] {
            for mut state in [started(), opened_file()] {
                let effects = after(&mut state, Action::Elapsed(timer));
                assert!(effects.is_empty(), "{timer:?}: {effects:?}");
            }
        }
        let mut state = with_fill();
        assert!(after(&mut state, Action::Elapsed(Timer::MeasureSides)).is_empty(), "every side is measured");
    }

    #[test]
    fn what_was_asked_for_is_asked_for_once() {
        let mut state = with_fill();
        assert!(after(&mut state, SessionAction::DismissNotice).is_empty());
        assert!(state.take_effects().is_empty());
    }
}
