//! A sentence for the visitor on what went well, is good to know, or went wrong.

use crate::app::state::session::{Notice, NoticeKind};
use yew::prelude::*;

/// Properties of [`NoticeBar`].
#[derive(Properties, PartialEq)]
pub(crate) struct NoticeBarProps {
    /// What is said, if anything.
    pub(crate) notice: Option<Notice>,
    /// The name of the button that takes it away.
    pub(crate) close_label: AttrValue,
    /// Follows that button.
    pub(crate) on_close: Callback<()>,
}

/// The place of notices. It is always there, so that a screen reader hears what comes into it.
#[component]
pub(crate) fn NoticeBar(props: &NoticeBarProps) -> Html {
    let is_fault = props.notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::Fault);
    let shown = |notice: &Notice| {
        html! {
            <div class={classes!("notice", kind_class(notice.kind))}>
                <span class="notice-mark" aria-hidden="true"></span>
                <p>{ &notice.text }</p>
                <button
                    type="button"
                    class="icon-button"
                    aria-label={props.close_label.clone()}
                    onclick={props.on_close.reform(|_| ())}
                >
                    { "×" }
                </button>
            </div>
        }
    };
    html! {
        <div id="notice" role={if is_fault { "alert" } else { "status" }}>{ for props.notice.iter().map(shown) }</div>
    }
}

fn kind_class(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Good => "good",
        NoticeKind::Info => "info",
        NoticeKind::Fault => "fault-notice",
    }
}
