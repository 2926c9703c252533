//! The second step: how big the head is.

use super::choice::Choice;
use super::element::{Element, button, el, group, input_of, link_button, note};
use super::{head, heading, nudge, photo};
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::MeasureBy;
use crate::engine::calibration::{Reference, Side};
use crate::engine::catalog::Norm;
use crate::engine::editor::{Grip, levelling};
use crate::engine::i18n::{fill, fixed, plain, range};
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    group()
        .add(heading(app.texts().size_title, say(app)))
        .add(measure_by(app, ctx))
        .add(distance(app, ctx))
        .add(level(app, ctx))
        .add(marks(app, ctx))
        .add(scale(app))
        .add(app.editor.view().eyes().is_some().then(|| photo::check(app)))
        .add(head::panel(app, ctx))
}

fn measure_by(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    if app.taken().0 != Side::Front {
        return note(texts.size_side_note);
    }
    let by = Choice {
        name: "measure-by",
        label: texts.size_by,
        options: &[texts.size_by_eyes, texts.size_by_card],
        chosen: Some(if app.measure_by == MeasureBy::Eyes { 0 } else { 1 }),
    };
    by.shown(ctx, |index| Msg::MeasureBy(if index == 0 { MeasureBy::Eyes } else { MeasureBy::Length }))
}

fn say(app: &App) -> &'static str {
    let texts = app.texts();
    let marked = app.editor.view().calibration.is_some();
    if head::is_fitting(app) {
        return texts.head_say_marks;
    }
    match (app.measure_by, marked, app.hand.pending_mark.is_some()) {
        (MeasureBy::Eyes, true, _) => texts.size_say_done,
        (MeasureBy::Eyes, false, false) => texts.size_say_first,
        (MeasureBy::Eyes, false, true) => texts.size_say_second,
        (MeasureBy::Length, true, _) => texts.size_say_points_done,
        (MeasureBy::Length, false, false) => texts.size_say_points_first,
        (MeasureBy::Length, false, true) => texts.size_say_points_second,
    }
}

fn distance(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    let calibration = app.editor.view().calibration?;
    let average = fixed(app.editor.norms().get(Norm::PupilDistance), 0);
    let typed = !matches!(calibration.reference, Reference::AveragePupils { .. });
    let value = if typed { plain(calibration.reference.distance().0) } else { String::new() };
    let eyes = app.measure_by == MeasureBy::Eyes;
    let (label, remark) = if eyes {
        (texts.size_pd, fill(texts.size_pd_note, &[("mm", &average)]))
    } else {
        (texts.size_length, texts.size_length_note.to_owned())
    };
    let input = el("input")
        .id("distance")
        .attr("type", "text")
        .attr("inputmode", "decimal")
        .value(value)
        .attr("placeholder", average)
        .attr("aria-describedby", "distance-note")
        .attr("autocomplete", "off")
        .on(ctx, ListenerKind::onchange, |event| {
            let typed = js_sys::Number::parse_float(&input_of(event)?.value().replace(',', "."));
            Some(Msg::Distance(Some(typed).filter(|mm| mm.is_finite())))
        });
    let back = || link_button(texts.size_pd_average).on_click(ctx, || Msg::Distance(None));
    let field = el("div.field")
        .add(el("label").attr("for", "distance").add(label))
        .add(input)
        .add(note(remark).id("distance-note"))
        .add((eyes && typed).then(back));
    Some(field)
}

fn marks(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let Some(calibration) = app.editor.view().calibration else {
        let place = button("button", texts.size_place).flag("disabled", app.photo.is_none());
        return place.on_click(ctx, || Msg::PlaceMarks);
    };
    let mut choices: Vec<(Grip, String)> =
        [Grip::MarkA, Grip::MarkB].iter().map(|grip| (*grip, super::guides::grip_name(app, *grip))).collect();
    let pupils = calibration.reference.is_pupils();
    if pupils {
        choices.push((Grip::Glabella, texts.size_brow.to_owned()));
    }
    let marking = !head::is_fitting(app);
    group()
        .add((pupils && marking).then(|| note(texts.size_brow_note)))
        .add(marking.then(|| nudge::pad(app, ctx, &choices)))
        .add(link_button(texts.size_clear).on_click(ctx, || Msg::ClearMarks))
}

fn scale(app: &App) -> Option<Element> {
    let texts = app.texts();
    app.photo.as_ref()?;
    let view = app.editor.view();
    let scale = view.scale(app.editor.norms());
    if scale.rough {
        return Some(el("p.readout.rough").add(texts.size_rough));
    }
    let percent = |share: f64| fixed(share * 100.0, 0);
    let line = fill(
        texts.size_scale,
        &[
            ("scale", &fixed(scale.px_per_mm.get(), 1)),
            ("least", &percent(1.0 - scale.least)),
            ("most", &percent(scale.most - 1.0)),
        ],
    );
    let norms = app.editor.norms();
    let is_average = view.calibration.is_some_and(|by| matches!(by.reference, Reference::AveragePupils { .. }));
    let why = if is_average {
        range(texts.size_why, norms.get(Norm::PupilDistanceLeast), norms.get(Norm::PupilDistanceMost))
    } else {
        texts.size_why_known.to_owned()
    };
    Some(el("div.readout").add(el("p").add(line)).add(note(why)))
}

/// The button that levels the photo, where the eyes lean.
fn level(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    let degrees = levelling(app.editor.view()).filter(|_| app.photo.is_some())?;
    let say = fill(texts.size_level_note, &[("degrees", &plain(degrees.abs().round()))]);
    let level = button("button", texts.size_level).on_click(ctx, || Msg::LevelPhoto);
    Some(el("div.stack").keyed("level").add(level).add(note(say)))
}
