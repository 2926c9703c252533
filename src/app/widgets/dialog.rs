//! A question that must be answered before anything else.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub(crate) struct DialogProps {
    /// The question.
    pub(crate) title: AttrValue,
    /// What yes and no lead to.
    pub(crate) children: Html,
    /// The word for yes.
    pub(crate) yes: AttrValue,
    /// The word for no.
    pub(crate) no: AttrValue,
    /// Follows an answer; `None` when the question was closed unanswered.
    pub(crate) on_answer: Callback<Option<bool>>,
}

/// A modal dialog: the browser keeps the focus in it and gives it back when it closes. It is closed before it leaves the page,
/// whoever takes it away: a dialog that leaves the page open leaves the focus nowhere.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open()) {
                // A dialog that cannot be opened stands in the page all the same, and can be answered.
                let _ = dialog.show_modal();
            }
            move || close(dialog.as_ref())
        });
    }
    // Closed before anything follows from the answer, which may move the focus elsewhere.
    let answer = {
        let (node, on_answer) = (node.clone(), props.on_answer.clone());
        Callback::from(move |answer| {
            close(node.cast::<HtmlDialogElement>().as_ref());
            on_answer.emit(answer);
        })
    };
    let oncancel = {
        let answer = answer.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            answer.emit(None);
        })
    };
    html! {
        <dialog class="dialog" ref={node} aria-labelledby="dialog-title" aria-describedby="dialog-say" {oncancel}>
            <h2 id="dialog-title">{ &props.title }</h2>
            <p id="dialog-say">{ props.children.clone() }</p>
            <div class="dialog-keys">
                <button type="button" class="button quiet" onclick={answer.reform(|_| Some(false))}>{ &props.no }</button>
                <button type="button" class="button primary" onclick={answer.reform(|_| Some(true))}>{ &props.yes }</button>
            </div>
        </dialog>
    }
}

fn close(dialog: Option<&HtmlDialogElement>) {
    if let Some(dialog) = dialog {
        dialog.close();
    }
}
