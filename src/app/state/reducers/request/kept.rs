//! The request that is kept on the device until the clinic has it.

use crate::app::state::effect::Effect;
use crate::app::state::reducers::navigation::focus_panel;
use crate::app::state::root::State;
use crate::app::state::slices::request::{RequestStamp, Review};
use crate::app::state::slices::session::NoticeKind;
use crate::engine::consult::{Contents, Delivery};
use crate::engine::ports::KeptRequest;
use serde_json::Value;
use std::rc::Rc;

/// How long a request that nobody confirmed is kept on the device.
const MAX_KEPT_MS: f64 = 86_400_000.0;

/// Keeps what is sent on the device until the clinic has it: when the page is closed meanwhile, the same can go again.
pub(super) fn keep(state: &mut State, review: &Review) {
    let Some(endpoint) = &state.session.config.endpoint else { return };
    let (names, parts) =
        review.contents.payload(endpoint).parts.into_iter().map(|part| (part.name.to_owned(), part.bytes)).unzip();
    let kept = KeptRequest {
        // The effect knows what time it is.
        kept_at_ms: 0.0,
        endpoint: endpoint.address().to_owned(),
        lines: written_lines(&review.lines),
        names,
        parts,
    };
    state.effect(Effect::KeepRequest(Some(Box::new(kept))));
}

/// A request that was sent before the page was closed, and that nobody confirmed.
pub(super) fn kept_found(state: &mut State, kept: Option<KeptRequest>, now_ms: f64) {
    let Some(kept) = kept else { return };
    let endpoint = state.session.config.endpoint.as_ref().map(|endpoint| endpoint.address());
    let is_fresh = (0.0..=MAX_KEPT_MS).contains(&(now_ms - kept.kept_at_ms));
    let is_for_this_clinic = endpoint == Some(&*kept.endpoint);
    let review = restored(&kept).filter(|_| is_fresh && is_for_this_clinic);
    let Some(review) = review else { return state.effect(Effect::KeepRequest(None)) };
    state.request.earlier = Some(Rc::new(review));
    let text = state.texts().earlier_found;
    state.session.notify(NoticeKind::Info, text);
}

fn restored(kept: &KeptRequest) -> Option<Review> {
    let contents = Contents::of_parts(&kept.names, &kept.parts)?;
    let (id, made_at) = contents.id_and_time()?;
    Some(Review {
        made: contents.pictures.clone(),
        contents,
        stamp: RequestStamp { id, made_at },
        lines: read_lines(&kept.lines)?,
        of: None,
        is_shrunk: false,
    })
}

fn written_lines(lines: &[(String, String)]) -> String {
    let line = |(name, text): &(String, String)| Value::from(vec![name.clone(), text.clone()]);
    Value::from(lines.iter().map(line).collect::<Vec<_>>()).to_string()
}

fn read_lines(json: &str) -> Option<Vec<(String, String)>> {
    let lines: Value = serde_json::from_str(json).ok()?;
    let text = |line: &Value, at: usize| line.get(at)?.as_str().map(str::to_owned);
    lines.as_array()?.iter().map(|line| Some((text(line, 0)?, text(line, 1)?))).collect()
}

/// Shows the request that nobody confirmed, as it was sent: it can go again.
pub(super) fn show_earlier(state: &mut State) {
    let Some(earlier) = state.request.earlier.take() else { return };
    state.request.changed();
    state.request.delivery = Delivery::Unconfirmed { id: earlier.stamp.id.clone(), cancelled: false };
    state.request.is_out = true;
    state.request.review = Some(earlier);
    focus_panel(state);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        CONFIG, after, answered_with, asks, check_told, play, response, reviewed, sent, started, unconfirmed,
    };
    use crate::app::state::{RequestAction, SessionAction};

    /// What the device keeps of a request that is sent.
    fn kept() -> KeptRequest {
        let effects = after(&mut reviewed(), RequestAction::Send);
        let kept = effects.iter().find_map(|effect| match effect {
            Effect::KeepRequest(Some(kept)) => Some((**kept).clone()),
            _ => None,
        });
        kept.expect("what is sent is kept")
    }

    #[test]
    fn a_request_is_kept_until_it_is_known_to_have_arrived_and_goes_again_after_a_reload() {
        let whole = reviewed().request.review.unwrap().contents.clone();
        let mut state = started();
        play(&mut state, SessionAction::Configured(Some(CONFIG.to_owned())));
        assert!(after(&mut state, RequestAction::KeptFound(Some(kept()), 5_000.0)).is_empty());
        check_told(&state, NoticeKind::Info, state.texts().earlier_found);
        after(&mut state, RequestAction::ShowEarlier);
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false });
        let review = state.request.review.clone().unwrap();
        assert_eq!(review.contents, whole, "other bytes would go");
        assert!(review.lines.iter().any(|(_, value)| value == "Ada"), "{:?}", review.lines);
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)]);
        assert!(asks!(answered_with(&mut state, 1, response(200, r#"{ "id": "first" }"#)), Effect::ForgetDraft));
    }

    #[test]
    fn a_kept_request_that_is_old_or_of_another_clinic_is_forgotten() {
        let elsewhere = KeptRequest { endpoint: "https://other.example/in".to_owned(), ..kept() };
        let broken = KeptRequest { names: Vec::new(), ..kept() };
        for (kept, now_ms, stays) in [
            (kept(), 0.0, true),
            (kept(), MAX_KEPT_MS, true),
            (kept(), MAX_KEPT_MS + 1.0, false),
            (kept(), -1.0, false),
            (elsewhere, 0.0, false),
            (broken, 0.0, false),
        ] {
            let mut state = started();
            play(&mut state, SessionAction::Configured(Some(CONFIG.to_owned())));
            let effects = after(&mut state, RequestAction::KeptFound(Some(kept), now_ms));
            assert_eq!(state.request.earlier.is_some(), stays, "at {now_ms}");
            assert_eq!(asks!(effects, Effect::KeepRequest(None)), !stays, "at {now_ms}: {effects:?}");
        }
        let mut state = unconfirmed();
        after(&mut state, RequestAction::LeaveReview);
        assert!(asks!(after(&mut state, RequestAction::ForgetEarlier), Effect::KeepRequest(None)));
        assert!(state.request.earlier.is_none());
    }
}
