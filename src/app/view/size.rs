//! The second step: how big the head is.

use super::choice::Choice;
use super::{head, heading, nudge, send};
use crate::app::App;
use crate::app::message::Msg;
use crate::app::model::MeasureBy;
use crate::engine::calibration::{Reference, Side};
use crate::engine::catalog::Norm;
use crate::engine::editor::Grip;
use crate::engine::i18n::{fill, fixed, plain, range};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let by = Callback::from({
        let link = ctx.link().clone();
        move |index| link.send_message(Msg::MeasureBy(if index == 0 { MeasureBy::Eyes } else { MeasureBy::Length }))
    });
    let options: Vec<AttrValue> = vec![texts.size_by_eyes.into(), texts.size_by_card.into()];
    let chosen = Some(if app.measure_by == MeasureBy::Eyes { 0 } else { 1 });
    html! {
        <>
            { heading(texts.size_title, say(app)) }
            if app.taken().0 == Side::Front {
                <Choice name="measure-by" label={texts.size_by} {options} {chosen} on_choose={by} />
            } else {
                <p class="note">{ texts.size_side_note }</p>
            }
            { distance(app, ctx) }
            { marks(app, ctx) }
            { scale(app) }
            { head::panel(app, ctx) }
        </>
    }
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

fn distance(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let Some(calibration) = app.editor.view().calibration else { return Html::default() };
    let average = fixed(app.editor.norms().get(Norm::PupilDistance), 0);
    let typed = !matches!(calibration.reference, Reference::AveragePupils { .. });
    let value = if typed { plain(calibration.reference.distance().0) } else { String::new() };
    let on_change = ctx.link().batch_callback(|event: Event| {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let typed = js_sys::Number::parse_float(&input.value().replace(',', "."));
        Some(Msg::Distance(Some(typed).filter(|mm| mm.is_finite())))
    });
    let on_average = send(ctx, || Msg::Distance(None));
    let eyes = app.measure_by == MeasureBy::Eyes;
    let (label, note) = if eyes {
        (texts.size_pd, fill(texts.size_pd_note, &[("mm", &average)]))
    } else {
        (texts.size_length, texts.size_length_note.to_owned())
    };
    html! {
        <div class="field">
            <label for="distance">{ label }</label>
            <input id="distance" type="text" inputmode="decimal" {value} placeholder={average} aria-describedby="distance-note"
                autocomplete="off" onchange={on_change} />
            <p id="distance-note" class="note">{ note }</p>
            if eyes && typed {
                <button type="button" class="link-button" onclick={on_average}>{ texts.size_pd_average }</button>
            }
        </div>
    }
}

fn marks(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let Some(calibration) = app.editor.view().calibration else {
        let on_place = send(ctx, || Msg::PlaceMarks);
        return html! {
            <button type="button" class="button" onclick={on_place} disabled={app.photo.is_none()}>{ texts.size_place }</button>
        };
    };
    let on_clear = send(ctx, || Msg::ClearMarks);
    let mut choices: Vec<(Grip, String)> =
        [Grip::MarkA, Grip::MarkB].iter().map(|grip| (*grip, super::guides::grip_name(app, *grip))).collect();
    if calibration.reference.is_pupils() {
        choices.push((Grip::Glabella, texts.size_brow.to_owned()));
    }
    html! {
        <>
            if calibration.reference.is_pupils() && !head::is_fitting(app) {
                <p class="note">{ texts.size_brow_note }</p>
            }
            if !head::is_fitting(app) { { nudge::pad(app, ctx, &choices) } }
            <button type="button" class="link-button" onclick={on_clear}>{ texts.size_clear }</button>
        </>
    }
}

fn scale(app: &App) -> Html {
    let texts = app.texts();
    if app.photo.is_none() {
        return Html::default();
    }
    let view = app.editor.view();
    let scale = view.scale(app.editor.norms());
    if scale.rough {
        return html! { <p class="readout rough">{ texts.size_rough }</p> };
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
    html! {
        <div class="readout">
            <p>{ line }</p>
            <p class="note">{ why }</p>
        </div>
    }
}
