//! What is typed, ticked and chosen in the form.

use crate::app::state::effect::{Effect, Timer};
use crate::app::state::root::State;
use crate::app::state::slices::session::NoticeKind;
use crate::engine::consult::{DetailChoice, FormField};

/// No person fills in the form in less, not even with a browser that knows name and address: what is sent earlier goes then.
const FILL_IN_MS: u32 = 2_000;

/// A field was changed: what was said of it holds no more.
fn edited(state: &mut State, field: FormField) {
    state.request.server_errors.retain(|(of, _)| *of != field);
    if !state.request.is_begun {
        state.request.is_begun = true;
        state.request.is_early = true;
        state.effect(Effect::StartTimer(Timer::FillIn, FILL_IN_MS));
    }
    state.request.changed();
}

pub(super) fn set_field(state: &mut State, field: FormField, text: String) {
    if let Some(typed) = state.request.form.text_mut(field) {
        *typed = text;
    }
    edited(state, field);
}

pub(super) fn set_consent(state: &mut State, field: FormField, is_ticked: bool) {
    let consents = &mut state.request.form.consents;
    match field {
        FormField::ToClinic => consents.to_clinic = is_ticked,
        FormField::Adult => consents.adult = is_ticked,
        FormField::Marketing => consents.marketing = is_ticked,
        _ => {}
    }
    edited(state, field);
}

/// What is chosen of a table has no field of its own that a fault could be shown at.
pub(super) fn choose_detail(state: &mut State, choice: DetailChoice) {
    state.request.form.details.choose(choice);
    state.request.changed();
}

/// A program that fills in everything fills in what no person sees. Nobody is locked out: what was filled in is taken away.
pub(super) fn is_trapped(state: &mut State) -> bool {
    let trap = std::mem::take(&mut state.request.form.trap);
    if !trap.is_empty() {
        let text = state.texts().fault_trap;
        state.session.notify(NoticeKind::Fault, text);
    }
    !trap.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::RequestAction;
    use crate::app::state::fixture::{after, asks, check_told, reviewed, with_form};
    use crate::engine::consult::Delivery;

    #[test]
    fn what_is_typed_and_ticked_is_in_the_form_and_drops_the_review() {
        let fields = [FormField::Name, FormField::Email, FormField::Phone, FormField::Message];
        for field in fields.into_iter().chain([FormField::ReplyWhen, FormField::Scars]) {
            let mut state = reviewed();
            state.request.delivery = Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false };
            assert!(after(&mut state, RequestAction::SetField(field, "typed".to_owned())).is_empty());
            let form = &state.request.form;
            let typed = [&form.name, &form.email, &form.phone, &form.message, &form.reply_when, &form.scars];
            assert_eq!(typed.into_iter().filter(|text| *text == "typed").count(), 1, "{field:?}");
            assert_eq!((state.request.review.is_none(), &state.request.delivery), (true, &Delivery::Idle), "{field:?}");
        }
        for field in [FormField::ToClinic, FormField::Adult] {
            let mut state = reviewed();
            after(&mut state, RequestAction::SetField(field, "typed".to_owned()));
            assert!(state.request.form.consents.to_clinic && state.request.form.consents.adult, "a text is no consent");
            after(&mut state, RequestAction::SetConsent(field, false));
            let consents = state.request.form.consents;
            assert_eq!((consents.to_clinic, consents.adult), (field == FormField::Adult, field == FormField::ToClinic));
            assert_eq!(state.request.review, None);
        }
    }

    #[test]
    fn a_form_with_a_fault_is_led_to_it() {
        let mut state = with_form();
        after(&mut state, RequestAction::SetField(FormField::Email, "ada".to_owned()));
        let effects = after(&mut state, RequestAction::Review);
        assert!(matches!(&effects[..], [Effect::Focus(selector)] if selector == "#field-email"), "{effects:?}");
        assert!(state.request.checked && state.session.busy.is_none());
    }

    #[test]
    fn a_program_that_fills_in_everything_is_stopped_and_a_person_is_not() {
        let mut state = with_form();
        after(&mut state, RequestAction::SetField(FormField::Trap, "https://spam.example".to_owned()));
        assert!(after(&mut state, RequestAction::Review).is_empty());
        check_told(&state, NoticeKind::Fault, state.texts().fault_trap);
        assert!(
            asks!(after(&mut state, RequestAction::Review), Effect::RenderRequest { .. }),
            "a second press goes on"
        );
    }
}
