//! The contents of a request: its pictures, its lines, and how much they weigh.

use super::shared_review::SharedReview;
use crate::app::hooks::{use_object_url, use_selector, use_store, use_texts};
use crate::app::state::request::ReviewPart;
use crate::app::state::{RequestAction, State};
use crate::app::store::Store;
use crate::app::widgets::{Checkbox, Note, Pairs};
use crate::engine::calibration::Side;
use crate::engine::consult::{Delivery, Pictures, picture_bytes};
use crate::engine::i18n::{fill, side_name};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Contents`].
#[derive(Properties, PartialEq)]
pub(crate) struct ContentsProps {
    /// What will be sent.
    pub(crate) review: SharedReview,
}

/// The contents of a request: its pictures, its lines, and how much they weigh. What may stay with the visitor can be left out here,
/// as long as nothing was sent.
#[component]
pub(crate) fn Contents(props: &ContentsProps) -> Html {
    let (texts, store) = (use_texts(), use_store());
    let review = &props.review;
    let model = use_selector(Model::of);
    let choice = |part, label: String| leave_out(&store, &model, part, label);
    let weight = |bytes: usize, text: &str| fill(text, &[("size", &bytes.div_ceil(1000).to_string())]);
    let contents = &review.contents;
    let goes = |side: Side| contents.pictures.iter().any(|pictures| pictures.side == side);
    let both = |side: &Pictures| {
        html! {
            <div key={side.side as usize}>
                if goes(side.side) {
                    <div class="review-pictures">
                        <Picture bytes={side.before.clone()} name={texts.before} />
                        <Picture bytes={side.after.clone()} name={texts.after} />
                    </div>
                }
                if model.can_choose {
                    { choice(ReviewPart::Pictures(side.side), fill(texts.review_send_pictures, &[("side", side_name(texts, side.side))])) }
                }
            </div>
        }
    };
    html! {
        <>
            if let Some((earlier, what)) = review.differs_from(model.earlier.as_deref(), texts) {
                <p class="notice info" id="review-new">
                    <span class="notice-mark" aria-hidden="true"></span>
                    <span>{ fill(texts.review_new, &[("earlier", &earlier), ("what", &what)]) }</span>
                </p>
            }
            { for review.made.iter().map(both) }
            if !contents.pictures.is_empty() {
                <Note>{ weight(picture_bytes(&contents.pictures), texts.review_pictures) }</Note>
            }
            <Pairs class="review-lines" lines={review.lines.clone()} />
            if let Some(design) = &contents.design {
                <Note>{ weight(design.len(), texts.review_design) }</Note>
            }
            if model.can_choose && model.has_design {
                { choice(ReviewPart::Design, texts.review_send_design.to_owned()) }
                { choice(ReviewPart::PhotoNotes, texts.review_send_notes.to_owned()) }
            }
        </>
    }
}

/// What can be chosen.
#[derive(PartialEq)]
struct Model {
    /// Nothing was sent.
    can_choose: bool,
    /// There is a design that could go.
    has_design: bool,
    /// What the visitor leaves out.
    left_out: Vec<ReviewPart>,
    /// A request that may have arrived before this one.
    earlier: Option<SharedReview>,
}

impl Model {
    fn of(state: &State) -> Self {
        let request = &state.request;
        let is_of_this_page = request.review.as_ref().is_some_and(|review| review.of.is_some());
        Self {
            can_choose: request.delivery == Delivery::Idle && is_of_this_page,
            has_design: state.editor.has_photos(),
            left_out: request.left_out.clone(),
            earlier: SharedReview::earlier(state),
        }
    }
}

/// A part that goes unless its tick is taken away.
fn leave_out(store: &Store, model: &Model, part: ReviewPart, label: String) -> Html {
    html! {
        <Checkbox
            {label}
            checked={!model.left_out.contains(&part)}
            on_change={store.callback(move |goes: bool| RequestAction::LeaveOut(part, !goes))}
        />
    }
}

/// Properties of [`Picture`].
#[derive(Properties, PartialEq)]
struct PictureProps {
    /// The very bytes that go, JPEG.
    bytes: Rc<[u8]>,
    /// Before or after.
    name: &'static str,
}

/// A picture of the request, shown from the very bytes that go.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let src = use_object_url(Some(props.bytes.clone()), "image/jpeg");
    html! {
        <figure>
            <img {src} alt={props.name} />
            <figcaption>{ props.name }</figcaption>
        </figure>
    }
}
