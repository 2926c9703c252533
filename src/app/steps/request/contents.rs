//! The contents of a request: its pictures, its lines, and how much they weigh.

use super::shared_review::SharedReview;
use crate::app::hooks::{use_object_url, use_texts};
use crate::app::widgets::{Note, Pairs};
use crate::engine::consult::{Pictures, picture_bytes};
use crate::engine::i18n::fill;
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Contents`].
#[derive(Properties, PartialEq)]
pub(crate) struct ContentsProps {
    /// What will be sent.
    pub(crate) review: SharedReview,
}

/// The contents of a request: its pictures, its lines, and how much they weigh.
#[component]
pub(crate) fn Contents(props: &ContentsProps) -> Html {
    let texts = use_texts();
    let review = &props.review;
    let weight = |bytes: usize, text: &str| fill(text, &[("size", &bytes.div_ceil(1000).to_string())]);
    let contents = &review.contents;
    let both = |side: &Pictures| {
        html! {
            <>
                <Picture bytes={side.before.clone()} name={texts.before} />
                <Picture bytes={side.after.clone()} name={texts.after} />
            </>
        }
    };
    html! {
        <>
            <div class="review-pictures">{ for contents.pictures.iter().map(both) }</div>
            <Note>{ weight(picture_bytes(&contents.pictures), texts.review_pictures) }</Note>
            <Pairs class="review-lines" lines={review.lines.clone()} />
            if let Some(design) = &contents.design {
                <Note>{ weight(design.len(), texts.review_design) }</Note>
            }
        </>
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
