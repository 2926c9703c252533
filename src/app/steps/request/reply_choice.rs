//! How and when the visitor would like to be answered.

use super::text_field::TextField;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::RequestAction;
use crate::app::widgets::Choice;
use crate::engine::consult::{DetailChoice, FormField, ReplyBy};
use crate::engine::i18n::reply_by_name;
use yew::prelude::*;

/// How and when the visitor would like to be answered.
#[component]
pub(crate) fn ReplyChoice() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let chosen = *use_selector(|state| state.request.form.details.reply_by);
    let choose = |place: usize| {
        RequestAction::ChooseDetail(DetailChoice::ReplyBy(ReplyBy::ALL.get(place).copied().unwrap_or_default()))
    };
    html! {
        <>
            <Choice
                name="reply-by"
                label={texts.field_reply_by}
                options={ReplyBy::ALL.map(|way| AttrValue::from(reply_by_name(texts, way))).to_vec()}
                chosen={ReplyBy::ALL.iter().position(|way| *way == chosen)}
                on_choose={store.callback(choose)}
            />
            <TextField field={FormField::ReplyWhen} label={texts.field_reply_when} kind="text" autocomplete="off" optional=true />
        </>
    }
}
