//! The first step: a photo.

use super::element::{Element, button, el, fold, group, input_of, link_button, note};
use super::heading;
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::Question;
use crate::engine::calibration::Side;
use crate::engine::catalog::{SAMPLE_TONES, SampleTone};
use crate::engine::i18n::{fill, photo_fault, side_help};
use crate::platform::files;
use web_sys::File;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let say = match app.editor.side() {
        _ if app.is_photo_missing() => texts.design_needs_photo,
        Side::Front => texts.photo_say,
        side => side_help(texts, side),
    };
    let tips = [texts.photo_tip_1, texts.photo_tip_2, texts.photo_tip_3];
    let tips = fold(el("summary").add(texts.photo_tips_title))
        .flag("open", app.photo.is_none())
        .add(el("ul").each(tips.into_iter().map(|tip| el("li").add(tip))));
    let is_there = app.editor.view().photo.is_some();
    let remove = is_there.then(|| link_button(texts.side_remove).on_click(ctx, || Msg::Ask(Question::RemovePhoto)));
    group()
        .add(heading(if app.photo.is_some() { texts.photo_title_open } else { texts.photo_title }, say))
        .add(ways(app, ctx))
        .add(opened(app, ctx))
        .add(check(app))
        .add(tips)
        .add(remove)
}

/// What the photo itself says against it. It holds nothing up.
pub(super) fn check(app: &App) -> Element {
    let texts = app.texts();
    let faults = app.photo_faults();
    let list = || {
        let remark = |fault| el("li").add(photo_fault(texts, fault));
        group().add(note(texts.check_lead)).add(el("ul").each(faults.iter().copied().map(remark)))
    };
    el("div.photo-check").attr("role", "status").add((!faults.is_empty()).then(list))
}

fn ways(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let is_open = app.photo.is_some();
    el("div.ways")
        .add(choosers(app, ctx, ["photo-file", "camera-file"], false))
        .add(sample("button", app, ctx).attr("title", texts.photo_sample_note))
        .add(is_open.then(|| tones(app, ctx)))
        .add(FileButton::design(texts.photo_open_design).shown(ctx, Msg::DesignPicked).class("quiet"))
        .add(note(texts.photo_private))
}

/// The buttons that open a photo: from the device, and from its camera.
pub(super) fn choosers(app: &App, ctx: &Context<App>, ids: [&'static str; 2], is_large: bool) -> Element {
    let (texts, [file, camera]) = (app.texts(), ids);
    let is_open = app.photo.is_some();
    let label = if is_open { texts.photo_change } else { texts.photo_choose };
    let of = |id, label, is_camera| FileButton { id, label, accept: "image/*", is_camera };
    let from_device =
        of(file, label, false).shown(ctx, Msg::PhotoPicked).class_if(!is_open, "primary").class_if(is_large, "large");
    let from_camera =
        of(camera, texts.photo_take, true).shown(ctx, Msg::PhotoPicked).class("only-touch").class_if(is_large, "large");
    group().add(from_device).add(from_camera)
}

/// The button that opens the sample head.
pub(super) fn sample(classes: &'static str, app: &App, ctx: &Context<App>) -> Element {
    button(classes, app.texts().photo_sample).on_click(ctx, || Msg::SamplePicked(SampleTone::default()))
}

fn opened(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    let photo = app.photo.as_ref()?;
    let reference = photo.reference();
    let info = fill(
        texts.photo_info,
        &[
            ("kind", if app.sample_tone().is_some() { texts.photo_sample_name } else { photo.kind.label() }),
            ("width", &reference.width.to_string()),
            ("height", &reference.height.to_string()),
        ],
    );
    let rotate = button("button", texts.photo_rotate).label(texts.photo_rotate_label);
    Some(el("div.row").add(note(info).class("grow")).add(rotate.on_click(ctx, || Msg::Rotate)))
}

/// The sample head's skin tones: each opens it.
pub(super) fn tones(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let shown = app.sample_tone().unwrap_or_default();
    let swatch = |tone: SampleTone| {
        let name = fill(texts.photo_tone, &[("tone", &tone.monk.to_string())]);
        let [red, green, blue] = tone.swatch;
        let disc = el("circle").attr("cx", "16").attr("cy", "16").attr("r", "15");
        let drawing = el("svg")
            .attr("viewBox", "0 0 32 32")
            .hidden()
            .attr("focusable", "false")
            .add(disc.attr("fill", format!("rgb({red},{green},{blue})")));
        button("tone", drawing)
            .label(name.clone())
            .attr("title", name)
            .tells("aria-pressed", tone == shown)
            .on_click(ctx, move || Msg::SamplePicked(tone))
    };
    el("div.tones").attr("role", "group").label(texts.photo_tones).each(SAMPLE_TONES.into_iter().map(swatch))
}

/// A button that opens the browser's file dialog: a label around an input that is there for keyboard and screen reader but
/// not to be seen.
pub(super) struct FileButton {
    /// Name in markup, unique on the page.
    id: &'static str,
    /// What it says.
    label: &'static str,
    /// Kinds of file that the browser's dialog offers.
    accept: &'static str,
    /// Whether it opens the camera.
    is_camera: bool,
}

impl FileButton {
    /// The button that opens a design.
    pub(super) fn design(label: &'static str) -> Self {
        Self { id: "design-file", label, accept: "application/json,.json", is_camera: false }
    }

    /// The button; what follows when a file was chosen.
    pub(super) fn shown(self, ctx: &Context<App>, on_file: fn(Option<File>) -> Msg) -> Element {
        let input = el("input")
            .attr("type", "file")
            .id(self.id)
            .attr("accept", self.accept)
            .attr("capture", self.is_camera.then_some("user"))
            .on(ctx, ListenerKind::onchange, move |event| {
                let input = input_of(event)?;
                let file = files::first(input.files());
                // The same file can be chosen again.
                input.set_value("");
                file.is_some().then(|| on_file(file))
            });
        el("label.file-button.button").keyed(self.id).add(input).add(el("span").add(self.label))
    }
}
