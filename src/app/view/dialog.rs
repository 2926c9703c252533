//! A question that must be answered before anything else.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub(super) struct DialogProps {
    /// The question.
    pub(super) title: AttrValue,
    /// What follows from the answers.
    pub(super) say: AttrValue,
    /// The word for yes.
    pub(super) yes: AttrValue,
    /// The word for no.
    pub(super) no: AttrValue,
    /// The answer; `None` when it was closed unanswered.
    pub(super) on_answer: Callback<Option<bool>>,
}

/// A modal dialog: the browser keeps the focus in it and gives it back.
#[component]
pub(super) fn Dialog(props: &DialogProps) -> Html {
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            let element = dialog.cast::<HtmlDialogElement>();
            if let Some(element) = &element {
                // A dialog that is open already stays open.
                let _ = element.show_modal();
            }
            move || {
                if let Some(element) = element {
                    element.close();
                }
            }
        });
    }
    let on_yes = props.on_answer.reform(|_: MouseEvent| Some(true));
    let on_no = props.on_answer.reform(|_: MouseEvent| Some(false));
    let on_escape = props.on_answer.reform(|event: Event| {
        event.prevent_default();
        None
    });
    html! {
        <dialog ref={dialog} class="dialog" aria-labelledby="dialog-title" aria-describedby="dialog-say" oncancel={on_escape}>
            <h2 id="dialog-title">{ &props.title }</h2>
            <p id="dialog-say">{ &props.say }</p>
            <div class="dialog-keys">
                <button type="button" class="button quiet" onclick={on_no}>{ &props.no }</button>
                <button type="button" class="button primary" onclick={on_yes}>{ &props.yes }</button>
            </div>
        </dialog>
    }
}
