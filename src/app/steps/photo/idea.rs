//! The first idea that was laid onto the photo, and what can be done with it.

use super::clipped_idea::ClippedIdea;
use super::crown::Crown;
use super::unseen_outline::UnseenOutline;
use crate::app::state::step::Step;
use crate::app::state::{PhotoAction, SessionAction};
use crate::app::steps::look::CompareSlider;
use crate::app::store::Store;
use crate::app::widgets::{Button, LinkButton, Note};
use crate::engine::i18n::Texts;
use yew::prelude::*;

/// The first idea: seen before and after, changed, or declined.
pub(super) fn idea(texts: &Texts, store: &Store) -> Html {
    html! {
        <>
            <CompareSlider />
            // Above what may be said below, so that both are seen on a phone.
            <div class="row">
                <Button class="primary" on_click={store.emit(SessionAction::Go(Step::Hairline))}>
                    { texts.idea_change }
                </Button>
                <Button on_click={store.emit(SessionAction::Go(Step::Look))}>{ texts.idea_look }</Button>
            </div>
            <ClippedIdea />
            <Crown />
            <UnseenOutline />
            <LinkButton on_click={store.emit(PhotoAction::DeclineIdea)}>{ texts.idea_decline }</LinkButton>
            <Note>{ texts.idea_note }</Note>
        </>
    }
}
