//! The strip of the sides of the head: each with its photo, or the wish for one.

use super::element::{Element, button, el, link_button, note};
use super::photo;
use super::top::icon;
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::calibration::Side;
use crate::engine::i18n::{fill, side_help, side_name};
use yew::prelude::*;

/// The strip, as soon as there is a photo of any side.
pub(super) fn strip(app: &App, ctx: &Context<App>) -> Option<Element> {
    app.has_photos().then(|| {
        let sides = Side::ALL.into_iter().map(|side| el("li").add(key(app, ctx, side)));
        el("nav.sides").label(app.texts().sides_label).add(el("ul").each(sides))
    })
}

fn key(app: &App, ctx: &Context<App>, side: Side) -> Element {
    let texts = app.texts();
    let name = side_name(texts, side);
    let photo = app.editor.design().views.of(side).photo.as_ref();
    let small = photo.and_then(|photo| app.album.of(&photo.digest)?.small.clone());
    let picture = match small {
        Some(small) => el("img").attr("src", small.address().to_owned()).attr("alt", ""),
        None if photo.is_some() => el("span.side-blank").hidden(),
        None => icon("M12 8v12M6 14h12"),
    };
    let label = if photo.is_some() { name.to_owned() } else { fill(texts.side_add, &[("side", name)]) };
    button("side", picture)
        .class_if(photo.is_none(), "vacant")
        .label(label)
        .attr("aria-current", (side == app.editor.side()).then_some("true"))
        .add(el("span.side-name").hidden().add(name))
        .on_click(ctx, move || Msg::Side(side))
}

/// What stands on the stage where a side has no photo yet.
pub(super) fn vacant(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let side = app.editor.side();
    let say = match app.sample_tone() {
        Some(_) => texts.photo_sample_lost,
        None if app.is_photo_missing() => texts.side_missing,
        None => texts.side_none,
    };
    let sample = |tone| link_button(texts.photo_sample).on_click(ctx, move || Msg::SamplePicked(tone));
    el("div.welcome")
        .add(el("h2").add(side_name(texts, side)))
        .add(el("p").add(say))
        .add(note(side_help(texts, side)))
        .add(
            el("div.welcome-keys")
                .add(photo::choosers(app, ctx, ["stage-file", "stage-camera"], true))
                .add(app.sample_shown().map(sample)),
        )
}
