//! The review: what will be sent, as it will be sent.

use super::form::is_trapped;
use crate::app::state::effect::{Effect, SideRender};
use crate::app::state::figures::{photo_records, review_lines};
use crate::app::state::pictures::{caption, plan};
use crate::app::state::reducers::navigation::focus_panel;
use crate::app::state::root::State;
use crate::app::state::slices::photos::{OpenPhoto, Orientation};
use crate::app::state::slices::request::{RequestStamp, Review, ReviewPart};
use crate::app::state::slices::session::{Busy, NoticeKind};
use crate::engine::calibration::Side;
use crate::engine::consult::{
    ConsentRecord, Contents, Delivery, FormField, Pictures, REQUEST_FILE, RequestHead, picture_budget, standalone_file,
};
use crate::engine::design::{Design, View, file};
use crate::engine::dots::Field;
use crate::engine::export::{Format, scaled_to_side, sent_side};
use std::rc::Rc;

/// Makes what will be sent, or says what keeps it from being made.
pub(super) fn review(state: &mut State) {
    if state.session.busy == Some(Busy::Making) {
        return;
    }
    state.request.checked = true;
    if let Some((field, _)) = state.request.form.errors().first() {
        return state.effect(Effect::Focus(format!("#{}", field.element_id())));
    }
    if !is_trapped(state) {
        render(state);
    }
}

/// Asks for the pictures of all sides.
pub(super) fn render(state: &mut State) {
    let design = Rc::new(state.editor.document.design().clone());
    let sent_side = sent_side(design.views.each().count());
    let mut sides: Vec<SideRender> =
        design.views.each().filter_map(|(side, view)| side_render(state, (side, view), sent_side)).collect();
    // Noise is worse than no picture. The words and the design go all the same.
    if !state.session.capabilities.reads_back && !sides.is_empty() {
        sides.clear();
        let text = state.texts().review_noisy;
        state.session.notify(NoticeKind::Info, text);
    }
    let field = state.preview.field.as_ref().map(Field::afresh);
    let parameters = state.parameters().clone();
    let design_bytes = file::write(&design.chosen_alone()).map_or(0, |design| design.len());
    state.session.busy = Some(Busy::Making);
    let max_bytes = picture_budget(design_bytes);
    state.effect(Effect::RenderRequest { design, sides, field, parameters, max_bytes });
}

/// What it takes to render a side; `None` for one whose photo is not at hand.
fn side_render(state: &State, (side, view): (Side, &View), sent_side: u32) -> Option<SideRender> {
    let photo = view.photo.as_ref()?;
    let size = scaled_to_side(photo.width, photo.height, sent_side);
    // Before is the photo alone, so that the design can be laid on it again: it fits the photo's own proportions.
    let parts = [(None, false), caption(state, true)];
    let plans = parts.map(|part| plan(state, side, vec![part], size, Format::Jpeg));
    let is_open = state.photos.open.as_ref().map(OpenPhoto::reference).as_ref() == Some(photo);
    let source = state.photos.store.source(&photo.digest)?;
    Some(SideRender { side, source, orientation: Orientation::from(photo), is_open, plans })
}

pub(super) fn rendered(state: &mut State, of: Rc<Design>, pictures: Option<Vec<Pictures>>, stamp: &RequestStamp) {
    // Everything was deleted meanwhile.
    if !state.request.checked {
        return;
    }
    state.session.busy = None;
    let has_changed = *of != *state.editor.document.design();
    if has_changed || !state.request.form.errors().is_empty() {
        return review(state);
    }
    let made = pictures.and_then(|pictures| {
        // What is as it was when it was sent first is the same request: it goes under the same id, so that the clinic gets it once.
        let same = state.request.earlier.clone().and_then(|earlier| {
            let again = reviewed(state, of.clone(), pictures.clone(), &earlier.stamp)?;
            (again.contents == earlier.contents).then_some(again)
        });
        state.request.is_out = same.is_some();
        same.or_else(|| reviewed(state, of, pictures, stamp))
    });
    if made.is_none() {
        let text = state.texts().save_failed;
        state.session.notify(NoticeKind::Fault, text);
    }
    if let Some(same) = made.as_ref().filter(|_| state.request.is_out) {
        state.request.delivery = Delivery::Unconfirmed { id: same.stamp.id.clone(), cancelled: false };
        state.request.earlier = None;
    }
    state.request.review = made.map(Rc::new);
    focus_panel(state);
}

pub(super) fn reviewed(state: &State, of: Rc<Design>, made: Vec<Pictures>, stamp: &RequestStamp) -> Option<Review> {
    let left_out = &state.request.left_out;
    let consents = consents(state, &stamp.made_at);
    // Without a photo there are neither figures nor a design.
    let figures = state.preview.figures.as_ref();
    let design = figures.filter(|_| !left_out.contains(&ReviewPart::Design));
    let photos = if left_out.contains(&ReviewPart::PhotoNotes) { Vec::new() } else { photo_records(state) };
    let config = &state.session.config;
    let head = RequestHead {
        id: &stamp.id,
        clinic: &config.contact.name,
        configuration: &config.version,
        made_at: &stamp.made_at,
        language: state.session.language.tag,
        form: &state.request.form,
        consents: &consents,
        design: design.map(|figures| (&**figures, &of.look)),
        photos: &photos,
        lines: &[],
        notice: state.texts().simulation,
    };
    let lines = review_lines(state, &head);
    let request = RequestHead { lines: &lines, ..head }.json().ok()?;
    let design = design.map(|_| file::write(&of.chosen_alone())).transpose().ok()?;
    let goes = |pictures: &&Pictures| !left_out.contains(&ReviewPart::Pictures(pictures.side));
    let pictures = made.iter().filter(goes).cloned().collect();
    let contents = Contents { request, design, pictures };
    Some(Review { contents, made, stamp: stamp.clone(), lines, of: Some(of), is_shrunk: false })
}

fn consents(state: &State, now: &str) -> Vec<ConsentRecord> {
    let texts = state.texts();
    let form = &state.session.config.form;
    let asked = [
        ("send", FormField::ToClinic, state.session.consent_text()),
        ("adult", FormField::Adult, texts.consent_adult.to_owned()),
        ("marketing", FormField::Marketing, form.marketing.clone()),
    ];
    let given = asked.into_iter().filter(|(_, field, text)| state.request.form.agrees(*field) && !text.is_empty());
    let record = |(key, _, text)| ConsentRecord {
        key,
        text,
        version: state.session.config.consent_version.clone(),
        given_at: now.to_owned(),
    };
    given.map(record).collect()
}

/// Leaves a part out of what will be sent, or takes it in again. What was sent before stays as it was sent.
pub(super) fn leave_out(state: &mut State, part: ReviewPart, is_left_out: bool) {
    let Some(review) = state.request.review.clone().filter(|_| state.request.delivery == Delivery::Idle) else {
        return;
    };
    let left_out = &mut state.request.left_out;
    left_out.retain(|other| *other != part);
    if is_left_out {
        left_out.push(part);
    }
    if let Some(of) = review.of.clone() {
        state.request.review = reviewed(state, of, review.made.clone(), &review.stamp).map(Rc::new);
    }
}

pub(super) fn leave_review(state: &mut State) {
    state.request.changed();
    focus_panel(state);
}

/// The request as one file, with its name: for a clinic without an address or a visitor without a network.
pub(super) fn standalone(state: &State) -> Option<(String, Vec<u8>)> {
    let review = state.request.review.as_ref()?;
    let bytes = standalone_file(state.texts().title, &review.lines, &review.contents).into_bytes();
    Some((REQUEST_FILE.1.to_owned(), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::fixture::{
        after, asks, check_told, play, rendered as pictures, reviewed, sent, stamp, started, unconfirmed, with_form,
    };
    use crate::app::state::slices::step::Step;
    use crate::app::state::{PhotoAction, RequestAction, SaveAction, SavedFile, SessionAction, ToolAction};
    use crate::engine::design::Appearance;

    #[test]
    fn words_alone_are_a_request_and_noise_is_no_picture() {
        let filled = with_form().request.form;
        let mut state = started();
        state.request.form = filled;
        let effects = play(&mut state, RequestAction::Review);
        assert!(asks!(effects, Effect::RenderRequest { sides, .. } if sides.is_empty()), "{effects:?}");
        let review = state.request.review.clone().unwrap();
        assert_eq!((review.contents.design.is_none(), review.contents.pictures.len()), (true, 0));
        let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
        assert_eq!((&request["fields"]["name"], request.get("figures")), (&"Ada".into(), None));

        let mut state = with_form();
        state.session.capabilities.reads_back = false;
        let effects = play(&mut state, RequestAction::Review);
        assert!(asks!(effects, Effect::RenderRequest { sides, .. } if sides.is_empty()), "noise would be sent");
        check_told(&state, NoticeKind::Info, state.texts().review_noisy);
        let review = state.request.review.clone().unwrap();
        assert_eq!((review.contents.design.is_some(), review.contents.pictures.len()), (true, 0));
    }

    #[test]
    fn each_part_can_be_left_out_and_taken_in_again() {
        let parts = |state: &State| {
            let contents = state.request.review.as_ref().unwrap().contents.clone();
            let request: serde_json::Value = serde_json::from_str(&contents.request).unwrap();
            let has = |key: &str| request.get(key).is_some();
            (contents.pictures.len(), contents.design.is_some(), [has("figures"), has("look"), has("photos")])
        };
        let whole = (1, true, [true; 3]);
        let mut state = reviewed();
        assert_eq!(parts(&state), whole);
        let whole_review = state.request.review.clone();
        for (part, without) in [
            (ReviewPart::Pictures(Side::Front), (0, true, [true; 3])),
            (ReviewPart::Design, (1, false, [false, false, true])),
            (ReviewPart::PhotoNotes, (1, true, [true, true, false])),
        ] {
            after(&mut state, RequestAction::LeaveOut(part, true));
            assert_eq!(parts(&state), without, "{part:?}");
            after(&mut state, RequestAction::LeaveOut(part, false));
            assert_eq!(state.request.review, whole_review, "{part:?} is lost");
        }
        after(&mut state, RequestAction::Send);
        after(&mut state, RequestAction::LeaveOut(ReviewPart::Design, true));
        assert_eq!(parts(&state), whole, "what is on its way stays as it is");
    }

    #[test]
    fn what_was_reviewed_goes_as_it_was_read_and_nothing_that_is_left_out() {
        let mut state = reviewed();
        let sent = |state: &State| {
            let review = state.request.review.clone().unwrap();
            let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
            let lines: Vec<(String, String)> = serde_json::from_value(request["lines"].clone()).unwrap();
            assert_eq!(lines, review.lines);
            lines
        };
        let has = |lines: &[(String, String)], name: &str| lines.iter().any(|(other, _)| other == name);
        let digest = state.view().photo.as_ref().unwrap().digest.clone();
        let tells_photo = |lines: &[(String, String)]| lines.iter().any(|(_, text)| text.contains(&digest));
        let texts = state.texts();
        let whole = sent(&state);
        assert!(has(&whole, texts.field_name) && has(&whole, texts.figures_dots) && has(&whole, texts.look_shade));
        assert!(tells_photo(&whole));
        after(&mut state, RequestAction::LeaveOut(ReviewPart::Design, true));
        let without = sent(&state);
        let design = [texts.figures_dots, texts.figures_area, texts.look_shade, texts.line_height, texts.advice_notes];
        assert!(design.iter().all(|name| !has(&without, name)) && has(&without, texts.field_name), "{without:?}");
        after(&mut state, RequestAction::LeaveOut(ReviewPart::PhotoNotes, true));
        assert!(!tells_photo(&sent(&state)));
    }

    #[test]
    fn a_review_renders_both_pictures_of_each_side() {
        let mut state = with_form();
        play(&mut state, PhotoAction::ShowSide(Side::Top));
        play(&mut state, PhotoAction::SamplePicked(crate::engine::catalog::SampleTone::default()));
        let effects = after(&mut state, RequestAction::Review);
        assert_eq!(state.session.busy, Some(Busy::Making));
        let [Effect::RenderRequest { design, sides, field, .. }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!(**design, *state.editor.document.design());
        let told: Vec<_> = sides.iter().map(|side| (side.side, side.is_open)).collect();
        assert_eq!(told, [(Side::Front, false), (Side::Top, true)]);
        assert!(field.is_some());
        for side in sides {
            let dotted: Vec<bool> =
                side.plans.iter().flat_map(|plan| &plan.pictures).map(|(_, dotted)| *dotted).collect();
            assert_eq!(dotted, [false, true], "{:?}", side.side);
            let captions: Vec<usize> = side.plans.iter().map(|plan| plan.layout().captions.len()).collect();
            assert_eq!(captions, [0, 1], "the photo goes alone, the simulation is called so");
            let longer = side.plans.iter().map(|plan| plan.size.0.max(plan.size.1)).max();
            assert!(longer.is_some_and(|longer| longer <= sent_side(2)), "{longer:?}");
        }
    }

    #[test]
    fn two_presses_of_review_render_once() {
        let mut state = with_form();
        after(&mut state, RequestAction::Review);
        assert!(after(&mut state, RequestAction::Review).is_empty());
        assert_eq!(state.session.busy, Some(Busy::Making));
    }

    #[test]
    fn a_review_shows_what_will_go_and_takes_the_focus() {
        let mut state = with_form();
        let effects = play(&mut state, RequestAction::Review);
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#panel-title"));
        let review = state.request.review.clone().unwrap();
        assert_eq!((review.id(), review.contents.pictures.len(), state.session.busy), ("first", 1, None));
        let values: Vec<&str> = review.lines.iter().map(|(_, value)| value.as_str()).collect();
        assert!(
            values.contains(&"Clinic") && values.contains(&"Ada") && values.contains(&"ada@example.org"),
            "{values:?}"
        );
        assert!(!values.contains(&""), "what is not filled in is not listed");
        let request: serde_json::Value = serde_json::from_str(&review.contents.request).unwrap();
        let text = review.contents.request.as_str();
        assert_eq!(request["id"], "first");
        assert!(text.contains("2026-01-02T03:04:05Z") && text.contains(&state.session.consent_text()), "{text}");
        let design = file::read(review.contents.design.as_deref().unwrap().as_bytes()).unwrap();
        assert_eq!(Some(design.views), review.of.as_ref().map(|of| of.views.clone()));
    }

    #[test]
    fn pictures_that_cannot_be_made_are_told() {
        let mut state = with_form();
        after(&mut state, RequestAction::Review);
        let of = Rc::new(state.editor.document.design().clone());
        after(&mut state, RequestAction::Rendered(of, None, stamp("first")));
        check_told(&state, NoticeKind::Fault, state.texts().save_failed);
        assert_eq!((state.request.review.is_none(), state.session.busy), (true, None));
    }

    #[test]
    fn a_design_that_changed_while_its_pictures_were_made_is_rendered_again() {
        let mut state = with_form();
        let effects = after(&mut state, RequestAction::Review);
        let Some(Effect::RenderRequest { design, sides, .. }) = effects.first() else { panic!("{effects:?}") };
        assert!(after(&mut state, ToolAction::Undo).is_empty(), "what is rendered is not undone");
        let look = Appearance { softness: 0.1, ..design.look.clone() };
        play(&mut state, crate::app::state::LookAction::Choose(look.clone()));
        let effects = after(&mut state, RequestAction::Rendered(design.clone(), Some(pictures(sides)), stamp("first")));
        assert!(asks!(effects, Effect::RenderRequest { design, .. } if design.look == look), "{effects:?}");
        assert!(state.request.review.is_none() && state.session.busy == Some(Busy::Making));
    }

    #[test]
    fn a_consent_that_is_taken_back_while_the_pictures_are_made_is_asked_for() {
        let mut state = with_form();
        let effects = after(&mut state, RequestAction::Review);
        let Some(Effect::RenderRequest { design, sides, .. }) = effects.first() else { panic!("{effects:?}") };
        after(&mut state, RequestAction::SetConsent(FormField::ToClinic, false));
        let effects = after(&mut state, RequestAction::Rendered(design.clone(), Some(pictures(sides)), stamp("first")));
        assert!(matches!(&effects[..], [Effect::Focus(selector)] if selector == "#field-to-clinic"), "{effects:?}");
        assert_eq!((state.request.review.is_none(), state.session.busy), (true, None));
    }

    #[test]
    fn a_review_of_another_design_is_dropped_unless_it_is_on_its_way() {
        for (delivery, stays) in [
            (Delivery::Idle, false),
            (Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false }, false),
            (Delivery::Sending { id: "first".to_owned(), attempt: 1, percent: 0 }, true),
            (Delivery::Waiting { id: "first".to_owned(), attempt: 1, wait_ms: 1 }, true),
        ] {
            let mut state = reviewed();
            state.request.delivery = delivery.clone();
            play(&mut state, ToolAction::Undo);
            assert_eq!(state.request.review.is_some(), stays, "{delivery:?}");
        }
    }

    #[test]
    fn leaving_the_review_goes_back_to_the_form() {
        let mut state = reviewed();
        let effects = after(&mut state, RequestAction::LeaveReview);
        assert!(asks!(effects, Effect::Focus(selector) if selector == "#panel-title"));
        assert_eq!((state.request.review.is_none(), state.request.form.name.as_str()), (true, "Ada"));
    }

    #[test]
    fn a_request_can_be_saved_as_one_file() {
        let mut state = reviewed();
        let effects = after(&mut state, RequestAction::SaveFile);
        let [Effect::SaveFile { file, name, mime, bytes }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!((*file, name.as_str(), *mime), (SavedFile::Request, "hairline-request.html", "text/html"));
        assert!(String::from_utf8_lossy(bytes).contains("ada@example.org"));
        assert!(state.has_unsaved_work(), "it is not saved yet");
        after(&mut state, SaveAction::FileSaved(SavedFile::Request, name.clone(), true));
        assert!(!state.has_unsaved_work());
        assert!(after(&mut with_form(), RequestAction::SaveFile).is_empty(), "nothing was reviewed");
    }

    #[test]
    fn a_variant_is_named_in_the_review() {
        let mut state = with_form();
        play(&mut state, crate::app::state::VariantAction::Copy);
        play(&mut state, crate::app::state::VariantAction::Name("Higher".to_owned()));
        play(&mut state, SessionAction::Go(Step::Save));
        play(&mut state, RequestAction::Review);
        let review = state.request.review.clone().unwrap();
        assert!(review.lines.iter().any(|(_, value)| value.contains("Higher")), "{:?}", review.lines);
        let design = review.contents.design.as_deref().unwrap();
        assert_eq!(file::read(design.as_bytes()).unwrap().variants(), 1, "the others stay with the visitor");
    }

    /// Reviews what is drawn and written; the browser would give the request this id.
    fn review_as(state: &mut State, id: &str) {
        let effects = after(state, RequestAction::Review);
        let Some(Effect::RenderRequest { design, sides, .. }) = effects.first() else { panic!("{effects:?}") };
        after(state, RequestAction::Rendered(design.clone(), Some(pictures(sides)), stamp(id)));
    }

    #[test]
    fn an_edited_request_that_may_have_arrived_is_another_one_and_the_first_is_named() {
        let mut state = unconfirmed();
        after(&mut state, RequestAction::LeaveReview);
        assert_eq!(state.request.earlier.as_ref().map(|earlier| earlier.id()), Some("first"));
        after(&mut state, RequestAction::SetField(FormField::Message, "Soon?".to_owned()));
        review_as(&mut state, "second");
        assert_eq!(
            (state.request.review.as_ref().map(|review| review.id()), state.request.is_out),
            (Some("second"), false)
        );
        assert_eq!(state.request.delivery, Delivery::Idle, "it was not sent");
        assert!(state.request.earlier.is_some(), "nobody says that the clinic may get both");
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("second", 1)]);
    }

    #[test]
    fn a_changed_design_after_no_answer_is_another_request() {
        let mut state = unconfirmed();
        play(&mut state, ToolAction::Undo);
        assert_eq!((state.request.review.is_none(), state.request.delivery.clone()), (true, Delivery::Idle));
        assert_eq!(state.request.earlier.as_ref().map(|earlier| earlier.id()), Some("first"));
    }

    #[test]
    fn a_request_that_was_looked_at_again_and_not_changed_is_the_same() {
        let mut state = unconfirmed();
        after(&mut state, RequestAction::LeaveReview);
        review_as(&mut state, "second");
        assert_eq!(state.request.review.as_ref().map(|review| review.id()), Some("first"));
        assert_eq!(state.request.delivery, Delivery::Unconfirmed { id: "first".to_owned(), cancelled: false });
        assert!(state.request.earlier.is_none() && state.request.is_out);
        assert_eq!(sent(&after(&mut state, RequestAction::Send)), [("first", 1)]);
    }
}
