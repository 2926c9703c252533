//! What the visitor is told.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::SessionAction;
use crate::app::widgets::NoticeBar;
use yew::prelude::*;

/// What the visitor is told, until they have read it.
#[component]
pub(crate) fn PageNotice() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let notice = use_selector(|state| state.session.notice.clone());
    html! {
        <NoticeBar
            notice={(*notice).clone()}
            close_label={texts.close}
            on_close={store.emit(SessionAction::DismissNotice)}
        />
    }
}
