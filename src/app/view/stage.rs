//! The picture: canvas, guides, the keys for the view, and what stands there before there is a photo.

use super::element::{Element, button, el, group, note};
use super::photo::{choosers, sample, tones};
use super::top::icon;
use super::{guides, icon_button, sides};
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::{Busy, Step};
use crate::engine::editor::{Grip, PointerEvent, PointerKind, PointerPhase, ZOOM_STEP};
use crate::engine::geometry::ScreenPoint;
use crate::engine::i18n::{approx, fill, variant_name};
use wasm_bindgen::JsCast;
use web_sys::Event;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

pub(super) fn stage(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let is_empty = app.photo.is_none();
    el("section.stage-frame")
        .class_if(is_empty && !app.is_photo_coming(), "empty")
        .add(surface(app, ctx))
        .add(el("p.for-readers").id("stage-help").add(texts.stage_help))
        .add(el("p.for-readers").attr("role", "status").add(described(app)))
        .add(if !is_empty {
            keys(app, ctx)
        } else if app.is_photo_coming() {
            group()
        } else if app.has_photos() {
            sides::vacant(app, ctx)
        } else {
            welcome(app, ctx)
        })
        .add(sides::strip(app, ctx))
        .add(busy(app))
}

/// The picture and what lies on it.
fn surface(app: &App, ctx: &Context<App>) -> Element {
    // Events are delegated: only the canvas itself, by its reference, knows where the stage is.
    let pointer = |phase| {
        let canvas = app.canvas.clone();
        move |event: &Event| pointer_event(&canvas, event.unchecked_ref(), phase).map(Msg::Pointer)
    };
    let canvas = app.canvas.clone();
    let moved = move |event: &Event| {
        let event: &Pointed = event.unchecked_ref();
        let pressed = event.buttons() != 0 || event.pointer_type() != "mouse";
        if !pressed {
            return Some(Msg::Hover(Some(on_stage(&canvas, event.client_x(), event.client_y())?)));
        }
        pointer_event(&canvas, event, PointerPhase::Move).map(Msg::Pointer)
    };
    let canvas = app.canvas.clone();
    let turned = move |event: &Event| {
        let event: &WheelEvent = event.unchecked_ref();
        event.prevent_default();
        let at = on_stage(&canvas, event.client_x(), event.client_y())?;
        let lines = if event.delta_mode() == 1 { 16.0 } else { 1.0 };
        Some(App::wheel(event.delta_y() * lines, event.ctrl_key(), at))
    };
    el("div.stage")
        .class(&format!("tool-{:?}", app.tools.at(app.step)).to_ascii_lowercase())
        .id("stage")
        .attr("tabindex", "0")
        .attr("role", "application")
        .label(app.texts().stage_label)
        .attr("aria-describedby", "stage-help")
        .on(ctx, ListenerKind::onpointerdown, pointer(PointerPhase::Down))
        .on(ctx, ListenerKind::onpointermove, moved)
        .on(ctx, ListenerKind::onpointerup, pointer(PointerPhase::Up))
        .on(ctx, ListenerKind::onpointercancel, pointer(PointerPhase::Cancel))
        .on(ctx, ListenerKind::onpointerleave, |_| Some(Msg::Hover(None)))
        .on(ctx, ListenerKind::onwheel, turned)
        .add(el("canvas.picture").found_by(&app.canvas).hidden())
        .add(guides::guides(app))
        .add(loupe(app))
        .add((app.photo.is_some() && app.split_in_force() > 0.0).then(|| words(app)))
}

type Pointed = web_sys::PointerEvent;

fn on_stage(canvas: &NodeRef, x: i32, y: i32) -> Option<ScreenPoint> {
    let rect = canvas.cast::<web_sys::Element>()?.get_bounding_client_rect();
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
        let _ = canvas.cast::<web_sys::Element>()?.set_pointer_capture(event.pointer_id());
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

fn welcome(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let keys = el("div.welcome-keys")
        .add(choosers(app, ctx, ["stage-file", "stage-camera"], true))
        .add(sample("link-button", app, ctx))
        .add(tones(app, ctx));
    el("div.welcome")
        .add(head_outline())
        .add(keys)
        .add(note(texts.photo_drop).class("only-mouse"))
        .add(note(texts.photo_private))
}

/// A head with a dotted line: what this is about, without a word.
fn head_outline() -> Element {
    let path = |form, d: &'static str| el(form).attr("d", d);
    el("svg.welcome-mark")
        .attr("viewBox", "0 0 120 132")
        .hidden()
        .attr("focusable", "false")
        .add(path("path.skull", "M60 8C30 8 18 32 18 58c0 40 22 66 42 66s42-26 42-66C102 32 90 8 60 8Z"))
        .add(path("path.dots", "M24 52c4-20 16-29 36-29s32 9 36 29"))
        .add(path("path.dots", "M30 40c6-14 15-22 30-22s24 8 30 22"))
}

fn keys(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let full = button("icon-button text", texts.zoom_full).label(texts.zoom_full_label);
    let zoom = el("span.zoom-keys")
        .add(icon_button(texts.zoom_out, icon("M5 14h14")).on_click(ctx, || Msg::Zoom(1.0 / ZOOM_STEP, None)))
        .add(icon_button(texts.zoom_in, icon("M5 14h14M12 7v14")).on_click(ctx, || Msg::Zoom(ZOOM_STEP, None)))
        .add(
            icon_button(texts.zoom_fit, icon("M5 10V7h4M15 7h4v3M19 18v3h-4M9 21H5v-3")).on_click(ctx, || Msg::ZoomFit),
        )
        .add(full.attr("title", texts.zoom_full_label).on_click(ctx, || Msg::ZoomFull));
    el("div.stage-keys").add(hold(app, ctx)).add(zoom)
}

/// The button that shows the photo without the design as long as it is held.
fn hold(app: &App, ctx: &Context<App>) -> Element {
    let ends = [
        ListenerKind::onpointerup,
        ListenerKind::onpointercancel,
        ListenerKind::onpointerleave,
        ListenerKind::onkeyup,
        ListenerKind::onblur,
    ];
    let button = button("button hold", app.texts().compare_hold)
        .class_if(app.compare.held, "held")
        .tells("aria-pressed", app.compare.held)
        .on(ctx, ListenerKind::onpointerdown, |_| Some(Msg::HoldBefore(true)))
        .on(ctx, ListenerKind::onkeydown, |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            matches!(event.key().as_str(), " " | "Enter").then_some(Msg::HoldBefore(true))
        });
    ends.into_iter().fold(button, |button, end| button.on(ctx, end, |_| Some(Msg::HoldBefore(false))))
}

fn loupe(app: &App) -> Option<Element> {
    let is_mark =
        |grip: &Grip| matches!(grip, Grip::MarkA | Grip::MarkB | Grip::Glabella | Grip::Landmark(_) | Grip::Handle(_));
    let grip = app.hand.dragged().filter(is_mark)?;
    let at = grip.position(app.editor.view(), app.editor.norms()).map(|point| app.viewport.to_screen(point));
    // It stands in the corner where the finger is not.
    let stage = app.viewport.stage();
    let left = at.is_some_and(|at| at.x > stage.width / 2.0);
    let cross = el("svg")
        .attr("viewBox", "0 0 120 120")
        .add(el("path").attr("d", "M60 30v22M60 68v22M30 60h22M68 60h22"))
        .add(el("circle").attr("cx", "60").attr("cy", "60").attr("r", "6"));
    let shown = el("div.loupe")
        .class(if left { "at-left" } else { "at-right" })
        .class_if(matches!(grip, Grip::Handle(_)), "only-touch")
        .hidden()
        .add(el("canvas").found_by(&app.loupe).attr("width", "240").attr("height", "240"))
        .add(cross);
    Some(shown)
}

fn words(app: &App) -> Element {
    let (texts, design) = (app.texts(), app.editor.design());
    let named = |place: usize| variant_name(texts, design, place);
    let (left, right) = match app.compare.with.filter(|_| !app.compare.held) {
        Some(other) => (named(other), named(design.place.into())),
        None => (texts.before.to_owned(), texts.after.to_owned()),
    };
    let right = (app.split_in_force() < 1.0).then(|| el("span.stage-word.at-right").hidden().add(right));
    group().add(el("span.stage-word.at-left").hidden().add(left)).add(right)
}

fn busy(app: &App) -> Element {
    let texts = app.texts();
    let text = match (app.busy, app.growing && app.step >= Step::Density) {
        (Some(Busy::Opening), _) => Some(texts.loading),
        (Some(Busy::Seeking), _) => Some(texts.seeking),
        (_, true) => Some(texts.growing),
        _ => None,
    };
    el("p.busy").class_if(text.is_some(), "shown").attr("role", "status").add(text)
}
