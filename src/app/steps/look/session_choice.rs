//! After which session the treatment is shown.

use super::use_look::use_look;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::widgets::{Choice, Note};
use crate::engine::catalog::Parameter;
use crate::engine::design::{Appearance, DESIGN_LIMITS};
use crate::engine::editor::Treatment;
use crate::engine::i18n::{approx, fill};
use yew::prelude::*;

/// The last session unless there is skin that takes one more.
const USUAL: u8 = 3;

/// The usual sessions, and one more where there is skin that takes it.
#[component]
pub(super) fn SessionChoice() -> Html {
    let (store, texts) = (use_store(), use_texts());
    let look = use_look();
    let takes_more = *use_selector(|state| Treatment::of(state.editor.document.design()).scars_or_patches);
    let last = if takes_more { DESIGN_LIMITS.sessions } else { USUAL.max(look.session) };
    let sessions = |parameter| store.read(|state| approx(state.parameters().get(parameter)));
    let (usual, more) = (sessions(Parameter::Sessions), sessions(Parameter::SessionsMore));
    let remark = if takes_more {
        fill(texts.look_session_note_more, &[("usual", &usual), ("more", &more)])
    } else {
        fill(texts.look_session_note, &[("count", &usual)])
    };
    let options: Vec<AttrValue> = (1..=last).map(|session| session.to_string().into()).collect();
    html! {
        <div class="stack">
            <Choice
                name="session"
                label={texts.look_session}
                {options}
                chosen={usize::from(look.session).checked_sub(1)}
                on_choose={look.choose(|look, index| Appearance { session: index as u8 + 1, ..look })}
            />
            <Note>{ remark }</Note>
        </div>
    }
}
