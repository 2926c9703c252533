//! The first step: a photo.

use super::{heading, send};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::i18n::fill;
use crate::engine::sample::SampleTone;
use crate::platform::files;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let say = if app.waiting_design.is_some() { texts.design_needs_photo } else { texts.photo_say };
    html! {
        <>
            { heading(texts.photo_title, say) }
            { ways(app, ctx) }
            { opened(app, ctx) }
            <details class="more" open={app.photo.is_none()}>
                <summary>{ texts.photo_tips_title }</summary>
                <ul>
                    <li>{ texts.photo_tip_1 }</li>
                    <li>{ texts.photo_tip_2 }</li>
                    <li>{ texts.photo_tip_3 }</li>
                </ul>
            </details>
        </>
    }
}

fn ways(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_photo = ctx.link().callback(Msg::PhotoPicked);
    let on_sample = send(ctx, || Msg::SamplePicked(SampleTone::default()));
    let on_design = ctx.link().callback(Msg::DesignPicked);
    let choose = if app.photo.is_some() { texts.photo_change } else { texts.photo_choose };
    let primary = app.photo.is_none().then_some("primary");
    html! {
        <div class="ways">
            <FileButton id="photo-file" label={choose} accept="image/*" class={classes!("button", primary)} on_file={on_photo.clone()} />
            <FileButton id="camera-file" label={texts.photo_take} accept="image/*" camera=true class={classes!("button", "only-touch")} on_file={on_photo} />
            <button type="button" class="button" onclick={on_sample} title={texts.photo_sample_note}>{ texts.photo_sample }</button>
            if app.photo.is_some() { { tones(app, ctx) } }
            <FileButton id="design-file" label={texts.photo_open_design} accept="application/json,.json" class={classes!("button", "quiet")} on_file={on_design} />
            <p class="note">{ texts.photo_private }</p>
        </div>
    }
}

fn opened(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let Some(photo) = &app.photo else { return Html::default() };
    let on_rotate = send(ctx, || Msg::Rotate);
    let reference = photo.reference();
    let info = fill(
        texts.photo_info,
        &[
            ("kind", if app.sample_tone().is_some() { texts.photo_sample_name } else { photo.kind.label() }),
            ("width", &reference.width.to_string()),
            ("height", &reference.height.to_string()),
        ],
    );
    html! {
        <div class="row">
            <p class="note grow">{ info }</p>
            <button type="button" class="button" aria-label={texts.photo_rotate_label} onclick={on_rotate}>{ texts.photo_rotate }</button>
        </div>
    }
}

/// The sample head's skin tones: each opens it.
pub(super) fn tones(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let shown = app.sample_tone().unwrap_or_default();
    let swatch = |tone: SampleTone| {
        let on_pick = send(ctx, move || Msg::SamplePicked(tone));
        let name = fill(texts.photo_tone, &[("tone", &tone.monk().to_string())]);
        let [red, green, blue] = tone.swatch();
        html! {
            <button type="button" class="tone" aria-label={name.clone()} title={name} aria-pressed={(tone == shown).to_string()} onclick={on_pick}>
                <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="16" cy="16" r="15" fill={format!("rgb({red},{green},{blue})")} /></svg>
            </button>
        }
    };
    html! {
        <div class="tones" role="group" aria-label={texts.photo_tones}>{ for SampleTone::ALL.into_iter().map(swatch) }</div>
    }
}

/// Properties of [`FileButton`].
#[derive(Properties, PartialEq)]
pub(super) struct FileButtonProps {
    /// Name in markup, unique on the page.
    pub(super) id: AttrValue,
    /// What it says.
    pub(super) label: AttrValue,
    /// Kinds of file that the browser's dialog offers.
    pub(super) accept: AttrValue,
    /// Whether it opens the camera.
    #[prop_or_default]
    pub(super) camera: bool,
    /// How it looks.
    pub(super) class: Classes,
    /// A file was chosen.
    pub(super) on_file: Callback<Option<File>>,
}

/// A button that opens the browser's file dialog: a label around an input that is there for keyboard and screen reader but
/// not to be seen.
#[component]
pub(super) fn FileButton(props: &FileButtonProps) -> Html {
    let on_change = {
        let on_file = props.on_file.clone();
        Callback::from(move |event: Event| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let file = files::first(input.files());
            // The same file can be chosen again.
            input.set_value("");
            if file.is_some() {
                on_file.emit(file);
            }
        })
    };
    html! {
        <label class={classes!("file-button", props.class.clone())}>
            <input type="file" id={props.id.clone()} accept={props.accept.clone()}
                capture={props.camera.then_some("user")} onchange={on_change} />
            <span>{ &props.label }</span>
        </label>
    }
}
