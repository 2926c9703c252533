//! The picture: canvas, guides, the keys for the view, and what stands there before there is a photo.

use super::photo::{FileButton, tones};
use super::top::icon;
use super::{guides, send};
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::{Busy, Step};
use crate::engine::editor::{Grip, PointerEvent, PointerKind, PointerPhase};
use crate::engine::geometry::ScreenPoint;
use crate::engine::i18n::{approx, fill};
use crate::engine::sample::SampleTone;
use web_sys::Element;
use yew::prelude::*;

pub(super) fn stage(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    // Events are delegated: only the canvas itself, by its reference, knows where the stage is.
    let pointer = |phase| {
        let canvas = app.canvas.clone();
        ctx.link().batch_callback(move |event: Pointed| pointer_event(&canvas, &event, phase).map(Msg::Pointer))
    };
    let canvas = app.canvas.clone();
    let on_move = ctx.link().batch_callback(move |event: Pointed| {
        let pressed = event.buttons() != 0 || event.pointer_type() != "mouse";
        if !pressed {
            return Some(Msg::Hover(Some(on_stage(&canvas, event.client_x(), event.client_y())?)));
        }
        pointer_event(&canvas, &event, PointerPhase::Move).map(Msg::Pointer)
    });
    let canvas = app.canvas.clone();
    let on_wheel = ctx.link().batch_callback(move |event: WheelEvent| {
        event.prevent_default();
        let at = on_stage(&canvas, event.client_x(), event.client_y())?;
        let lines = if event.delta_mode() == 1 { 16.0 } else { 1.0 };
        Some(App::wheel(event.delta_y() * lines, event.ctrl_key(), at))
    });
    let on_leave = ctx.link().callback(|_: Pointed| Msg::Hover(None));
    let class = classes!("stage", format!("tool-{:?}", app.tools.at(app.step)).to_ascii_lowercase());
    html! {
        <section class={classes!("stage-frame", app.photo.is_none().then_some("empty"))}>
            <div {class} id="stage" tabindex="0" role="application" aria-label={texts.stage_label} aria-describedby="stage-help"
                onpointerdown={pointer(PointerPhase::Down)} onpointermove={on_move} onpointerup={pointer(PointerPhase::Up)}
                onpointercancel={pointer(PointerPhase::Cancel)} onpointerleave={on_leave} onwheel={on_wheel}>
                <canvas ref={app.canvas.clone()} class="picture" aria-hidden="true"></canvas>
                { guides::guides(app) }
                { loupe(app) }
                if app.photo.is_some() && app.split_in_force() > 0.0 { { words(app) } }
            </div>
            <p id="stage-help" class="for-readers">{ texts.stage_help }</p>
            <p class="for-readers" role="status">{ described(app) }</p>
            if app.photo.is_none() { { welcome(app, ctx) } } else { { keys(app, ctx) } }
            { busy(app) }
        </section>
    }
}

type Pointed = web_sys::PointerEvent;

fn on_stage(canvas: &NodeRef, x: i32, y: i32) -> Option<ScreenPoint> {
    let rect = canvas.cast::<Element>()?.get_bounding_client_rect();
    Some(ScreenPoint::new(f64::from(x) - rect.left(), f64::from(y) - rect.top()))
}

fn pointer_event(canvas: &NodeRef, event: &Pointed, phase: PointerPhase) -> Option<PointerEvent> {
    let at = on_stage(canvas, event.client_x(), event.client_y())?;
    // The right button belongs to the browser.
    if phase == PointerPhase::Down && event.button() == 2 {
        return None;
    }
    if phase == PointerPhase::Down {
        // A pointer that is gone already cannot be held, and will not move either.
        let _ = canvas.cast::<Element>()?.set_pointer_capture(event.pointer_id());
    }
    let kind = match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        "pen" => PointerKind::Pen { eraser: event.buttons() & 32 != 0 || event.button() == 5 },
        _ => PointerKind::Mouse,
    };
    Some(PointerEvent { id: event.pointer_id(), kind, phase, at, pans: event.buttons() & 4 != 0 })
}

/// What a screen reader hears of the picture.
fn described(app: &App) -> String {
    let texts = app.texts();
    let view = app.editor.view();
    let Some(photo) = view.photo.as_ref().filter(|_| app.photo.is_some()) else { return texts.stage_empty.to_owned() };
    let size = [("width", photo.width.to_string()), ("height", photo.height.to_string())];
    let mut said = fill(texts.stage_view, &size.each_ref().map(|(name, value)| (*name, value.as_str())));
    if let Some(line) = &view.hairline {
        said = format!("{said} {}", fill(texts.stage_line, &[("count", &line.handles.len().to_string())]));
    }
    if let Some(figures) = app.figures.as_ref().filter(|figures| figures.dots.value > 0.0) {
        said = format!("{said} {}", fill(texts.stage_dots, &[("count", &approx(figures.dots.value))]));
    }
    said
}

fn welcome(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_photo = ctx.link().callback(Msg::PhotoPicked);
    let on_sample = send(ctx, || Msg::SamplePicked(SampleTone::default()));
    html! {
        <div class="welcome">
            { head_outline() }
            <div class="welcome-keys">
                <FileButton id="stage-file" label={texts.photo_choose} accept="image/*" class={classes!("button", "primary", "large")} on_file={on_photo.clone()} />
                <FileButton id="stage-camera" label={texts.photo_take} accept="image/*" camera=true class={classes!("button", "large", "only-touch")} on_file={on_photo} />
                <button type="button" class="link-button" onclick={on_sample}>{ texts.photo_sample }</button>
                { tones(app, ctx) }
            </div>
            <p class="note only-mouse">{ texts.photo_drop }</p>
            <p class="note">{ texts.photo_private }</p>
        </div>
    }
}

/// A head with a dotted line: what this is about, without a word.
fn head_outline() -> Html {
    html! {
        <svg class="welcome-mark" viewBox="0 0 120 132" aria-hidden="true" focusable="false">
            <path class="skull" d="M60 8C30 8 18 32 18 58c0 40 22 66 42 66s42-26 42-66C102 32 90 8 60 8Z" />
            <path class="dots" d="M24 52c4-20 16-29 36-29s32 9 36 29" />
            <path class="dots" d="M30 40c6-14 15-22 30-22s24 8 30 22" />
        </svg>
    }
}

fn keys(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_in = send(ctx, || Msg::Zoom(1.4, None));
    let on_out = send(ctx, || Msg::Zoom(1.0 / 1.4, None));
    let on_fit = send(ctx, || Msg::ZoomFit);
    let on_full = send(ctx, || Msg::ZoomFull);
    let hold = |held| ctx.link().callback(move |_: Pointed| Msg::HoldBefore(held));
    let on_key = ctx.link().batch_callback(|event: KeyboardEvent| {
        matches!(event.key().as_str(), " " | "Enter").then_some(Msg::HoldBefore(true))
    });
    let on_key_up = send(ctx, || Msg::HoldBefore(false));
    let on_blur = send(ctx, || Msg::HoldBefore(false));
    html! {
        <div class="stage-keys">
            <button type="button" class={classes!("button", "hold", app.compare.held.then_some("held"))} aria-pressed={app.compare.held.to_string()}
                onpointerdown={hold(true)} onpointerup={hold(false)} onpointercancel={hold(false)} onpointerleave={hold(false)}
                onkeydown={on_key} onkeyup={on_key_up} onblur={on_blur}>{ texts.compare_hold }</button>
            <span class="zoom-keys">
                <button type="button" class="icon-button" aria-label={texts.zoom_out} title={texts.zoom_out} onclick={on_out}>{ icon("M5 14h14") }</button>
                <button type="button" class="icon-button" aria-label={texts.zoom_in} title={texts.zoom_in} onclick={on_in}>{ icon("M5 14h14M12 7v14") }</button>
                <button type="button" class="icon-button" aria-label={texts.zoom_fit} title={texts.zoom_fit} onclick={on_fit}>{ icon("M5 10V7h4M15 7h4v3M19 18v3h-4M9 21H5v-3") }</button>
                <button type="button" class="icon-button text" aria-label={texts.zoom_full_label} title={texts.zoom_full_label} onclick={on_full}>{ texts.zoom_full }</button>
            </span>
        </div>
    }
}

fn loupe(app: &App) -> Html {
    let is_mark = |grip: &Grip| matches!(grip, Grip::MarkA | Grip::MarkB | Grip::Glabella);
    let Some(grip) = app.hand.dragged().filter(is_mark) else { return Html::default() };
    let at = grip.position(app.editor.view(), app.editor.norms()).map(|point| app.viewport.to_screen(point));
    // It stands in the corner where the finger is not.
    let stage = app.viewport.stage();
    let left = at.is_some_and(|at| at.x > stage.width / 2.0);
    html! {
        <div class={classes!("loupe", if left { "at-left" } else { "at-right" })} aria-hidden="true">
            <canvas ref={app.loupe.clone()} width="240" height="240"></canvas>
            <svg viewBox="0 0 120 120"><path d="M60 30v22M60 68v22M30 60h22M68 60h22" /><circle cx="60" cy="60" r="6" /></svg>
        </div>
    }
}

fn words(app: &App) -> Html {
    let texts = app.texts();
    html! {
        <>
            <span class="stage-word at-left" aria-hidden="true">{ texts.before }</span>
            if app.split_in_force() < 1.0 { <span class="stage-word at-right" aria-hidden="true">{ texts.after }</span> }
        </>
    }
}

fn busy(app: &App) -> Html {
    let texts = app.texts();
    let text = match (app.busy, app.growing && app.step >= Step::Density) {
        (Some(Busy::Opening), _) => texts.loading,
        (_, true) => texts.growing,
        _ => return html! { <p class="busy" role="status"></p> },
    };
    html! { <p class="busy shown" role="status">{ text }</p> }
}
