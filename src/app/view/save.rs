//! The last step: save or send.

use super::choice::Choice;
use super::photo::FileButton;
use super::{heading, request, send};
use crate::app::App;
use crate::app::message::{Msg, PictureUse};
use crate::app::model::Busy;
use crate::engine::export::Format;
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    if app.request.review.is_some() {
        return request::review(app, ctx);
    }
    html! {
        <>
            { heading(app.texts().save_title, app.texts().save_say) }
            { pictures(app, ctx) }
            { design(app, ctx) }
            { request::form(app, ctx) }
        </>
    }
}

fn pictures(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let options: Vec<AttrValue> = vec![texts.save_png.into(), texts.save_jpeg.into()];
    let on_format =
        ctx.link().callback(|index| Msg::PictureFormat(if index == 0 { Format::Png } else { Format::Jpeg }));
    let chosen = Some(usize::from(app.save.format == Format::Jpeg));
    let on_after = send(ctx, || Msg::SavePicture(PictureUse::After));
    let on_both = send(ctx, || Msg::SavePicture(PictureUse::Both));
    let disabled = app.busy == Some(Busy::Making) || app.photo.is_none();
    html! {
        <>
            <Choice name="format" label={texts.save_kind} {options} {chosen} on_choose={on_format} />
            <div class="row">
                <button type="button" class="button primary" {disabled} onclick={on_after}>{ texts.save_picture }</button>
                <button type="button" class="button" {disabled} onclick={on_both}>{ texts.save_both }</button>
            </div>
            if app.busy == Some(Busy::Making) { <p role="status" class="note">{ texts.save_working }</p> }
        </>
    }
}

fn design(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_save = send(ctx, || Msg::SaveDesign);
    let on_open = ctx.link().callback(Msg::DesignPicked);
    html! {
        <div class="stack">
            <div class="row">
                <button type="button" class="button" disabled={app.photo.is_none()} onclick={on_save}>{ texts.save_design }</button>
                <FileButton id="design-file" label={texts.save_open} accept="application/json,.json" class={classes!("button", "quiet")} on_file={on_open} />
            </div>
            <p class="note">{ texts.save_design_note }</p>
            if let Some(remark) = app.draft_remark() { <p class="note">{ remark }</p> }
        </div>
    }
}
