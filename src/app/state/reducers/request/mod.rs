//! The consultation request: form, review, sending.

mod delivery;
mod form;
mod kept;
mod review;
mod version;

use crate::app::state::action::RequestAction;
use crate::app::state::effect::{Effect, SavedFile};
use crate::app::state::root::State;
use crate::engine::consult::{DeliveryEvent, REQUEST_FILE};
use delivery::{answered, cancel, follow, renewed, send, shrunk};
use form::{choose_detail, set_consent, set_field};
use kept::{kept_found, show_earlier};
use review::{leave_out, leave_review, rendered, review, standalone};

pub(super) use delivery::{filled_in, retry, send_version};
pub(super) use version::make as make_version;

pub(super) fn reduce(state: &mut State, action: RequestAction) {
    match action {
        RequestAction::SetField(field, text) => set_field(state, field, text),
        RequestAction::SetConsent(field, is_ticked) => set_consent(state, field, is_ticked),
        RequestAction::ChooseDetail(choice) => choose_detail(state, choice),
        RequestAction::LeaveOut(part, is_left_out) => leave_out(state, part, is_left_out),
        RequestAction::Review => review(state),
        RequestAction::Rendered(of, pictures, stamp) if state.staff.is_some() => {
            if version::made(state, of, pictures, &stamp) {
                send_version(state, &stamp.id);
            }
        }
        RequestAction::Rendered(of, pictures, stamp) => rendered(state, of, pictures, &stamp),
        RequestAction::LeaveReview => leave_review(state),
        RequestAction::Send => send(state),
        RequestAction::Renewed(stamp) => renewed(state, &stamp),
        RequestAction::Progressed(id, percent) => {
            if state.request.delivery.id() == Some(&*id) {
                follow(state, DeliveryEvent::Progressed(percent));
            }
        }
        RequestAction::Answered(id, attempt, outcome) => answered(state, &id, attempt, &outcome),
        RequestAction::Shrunk(id, pictures) => shrunk(state, &id, pictures),
        RequestAction::CameOnline => follow(state, DeliveryEvent::CameOnline),
        RequestAction::Cancel => cancel(state),
        RequestAction::SaveFile => {
            if let Some((name, bytes)) = standalone(state) {
                state.effect(Effect::SaveFile { file: SavedFile::Request, name, mime: REQUEST_FILE.0, bytes });
            }
        }
        RequestAction::ShareFile => {
            if let Some((name, bytes)) = standalone(state) {
                state.effect(Effect::ShareFile { file: SavedFile::Request, name, mime: REQUEST_FILE.0, bytes });
            }
        }
        RequestAction::KeptFound(kept, now_ms) => kept_found(state, kept, now_ms),
        RequestAction::ShowEarlier => show_earlier(state),
        RequestAction::ForgetEarlier => {
            state.request.earlier = None;
            state.effect(Effect::KeepRequest(None));
        }
    }
}
