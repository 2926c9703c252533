//! The questions that can be asked.

use super::dialog::Dialog;
use super::element::Element;
use crate::app::App;
use crate::app::model::Question;
use crate::engine::i18n::fill;
use yew::prelude::*;

pub(super) fn question(app: &App, ctx: &Context<App>) -> Option<Element> {
    let t = app.texts();
    let (key, title, say, yes, no) = match app.question.as_ref()? {
        Question::NewPhoto(_) => ("photo", t.ask_new_title, t.ask_new_say.to_owned(), t.ask_new_yes, t.ask_new_no),
        Question::OpenDesign(_) => {
            ("design", t.ask_open_title, t.ask_open_say.to_owned(), t.ask_open_yes, t.ask_open_no)
        }
        Question::DeleteAll => ("delete", t.ask_delete_title, t.ask_delete_say.to_owned(), t.ask_delete_yes, t.cancel),
        Question::RemovePhoto => ("remove", t.ask_remove_title, t.ask_remove_say.to_owned(), t.side_remove, t.cancel),
        Question::Draft(draft) => {
            let say = fill(t.draft_say, &[("when", &App::draft_age(draft))]);
            ("draft", t.draft_title, say, t.draft_yes, t.draft_no)
        }
    };
    Some(Dialog { key, title, say, yes, no }.shown(app, ctx))
}
