//! The last step: save or send.

use super::choice::Choice;
use super::element::{Element, button, el, group, note};
use super::photo::FileButton;
use super::{heading, request, variants};
use crate::app::App;
use crate::app::message::{Msg, PictureUse};
use crate::app::model::Busy;
use crate::engine::export::Format;
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    if let Some(review) = &app.request.review {
        return request::review(app, ctx, review);
    }
    group()
        .add(heading(app.texts().save_title, app.texts().save_say))
        .add((app.editor.design().variants() > 1).then(|| chosen(app, ctx)))
        .add(pictures(app, ctx))
        .add(design(app, ctx))
        .add(request::form(app, ctx))
}

/// Which of the designs is saved as a picture and sent.
fn chosen(app: &App, ctx: &Context<App>) -> Element {
    el("div.stack").add(variants::variants(app, ctx)).add(note(app.texts().variant_chosen))
}

fn pictures(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let is_making = app.busy == Some(Busy::Making);
    let disabled = is_making || app.photo.is_none();
    let kind = Choice {
        name: "format",
        label: texts.save_kind,
        options: &[texts.save_png, texts.save_jpeg],
        chosen: Some(usize::from(app.save.format == Format::Jpeg)),
    };
    let after = button("button primary", texts.save_picture).on_click(ctx, || Msg::SavePicture(PictureUse::After));
    let both = button("button", texts.save_both).on_click(ctx, || Msg::SavePicture(PictureUse::Both));
    group()
        .add(el("div.row").add(after.flag("disabled", disabled)).add(both.flag("disabled", disabled)))
        .add(kind.shown(ctx, |index| Msg::PictureFormat(if index == 0 { Format::Png } else { Format::Jpeg })))
        .add(is_making.then(|| note(texts.save_working).attr("role", "status")))
}

fn design(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let save = button("button", texts.save_design).flag("disabled", app.photo.is_none());
    let open = FileButton::design(texts.save_open);
    el("div.stack")
        .add(
            el("div.row")
                .add(save.on_click(ctx, || Msg::SaveDesign))
                .add(open.shown(ctx, Msg::DesignPicked).class("quiet")),
        )
        .add(note(texts.save_design_note))
        .add(app.draft_remark().map(note))
}
