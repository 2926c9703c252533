//! The fifth step: how it looks.

use super::choice::Choice;
use super::slider::Slider;
use super::{figures, guides, heading, nudge, send, stages};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::catalog::{Norm, Norms, SHADES, STAGES, TOUCH_UP_YEARS};
use crate::engine::design::{DESIGN_LIMITS, Hair, Look, Months, SkinKind, Sun};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, Suggestion};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{approx, fill, fixed, range, shade_name, time_words};
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    html! {
        <>
            { heading(texts.look_title, texts.look_say) }
            { compare(app, ctx) }
            { shades(app, ctx) }
            { own_hair_as_measure(app, ctx) }
            { time(app, ctx) }
            { sessions(app, ctx) }
            { edge(app, ctx) }
            { more(app, ctx) }
            { figures::figures(app) }
        </>
    }
}

fn with<T: 'static>(app: &App, ctx: &Context<App>, change: fn(Look, T) -> Look) -> Callback<T> {
    let look = app.editor.design().look.clone();
    ctx.link().callback(move |value| Msg::Look(change(look.clone(), value)))
}

/// As [`with`], for what is chosen at once and not slid.
fn at_once(app: &App, ctx: &Context<App>, change: fn(Look, usize) -> Look) -> Callback<usize> {
    let look = app.editor.design().look.clone();
    ctx.link().batch_callback(move |index| vec![Msg::Look(change(look.clone(), index)), Msg::Settled])
}

/// A choice among a few values of the look.
fn choice<const N: usize>(
    [name, label]: [&'static str; 2],
    options: [&'static str; N],
    chosen: usize,
    on_choose: Callback<usize>,
) -> Html {
    let options: Vec<AttrValue> = options.map(AttrValue::from).to_vec();
    html! { <Choice {name} {label} {options} chosen={Some(chosen)} {on_choose} /> }
}

fn compare(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let percent = app.compare.split * 100.0;
    let words = fill(texts.compare_value, &[("percent", &fixed(percent, 0))]);
    let ends = Some((AttrValue::from(texts.compare_only_after), AttrValue::from(texts.compare_only_before)));
    let on_input = ctx.link().callback(|percent: f64| Msg::Split(percent / 100.0));
    html! {
        <Slider id="compare" label={texts.compare_slider} {words} {ends} least={0.0} most={100.0} step={1.0} value={percent} {on_input} />
    }
}

fn shades(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let options: Vec<AttrValue> = SHADES.iter().map(|shade| shade_name(texts, shade.key).into()).collect();
    let chosen = SHADES.iter().position(|shade| shade.key == look.shade);
    let on_choose = at_once(app, ctx, |look, index| {
        let shade = SHADES.get(index).map_or_else(|| look.shade.clone(), |shade| shade.key.to_owned());
        Look { shade, ..look }
    });
    html! { <Choice name="shade" kind={classes!("swatches")} label={texts.look_shade} {options} {chosen} {on_choose} /> }
}

/// The shade suggested from the visitor's own shaved hair; nothing where the photo's pixels cannot be read.
fn own_hair_as_measure(app: &App, ctx: &Context<App>) -> Html {
    if app.photo.is_none() || !app.save.reads_back {
        return Html::default();
    }
    let texts = app.texts();
    let taken = app.tools.look == ToolKind::Probe;
    let has_probe = app.editor.view().probe.is_some();
    let on_match = send(ctx, move || Msg::Tool(if taken { ToolKind::View } else { ToolKind::Probe }));
    let on_remove = send(ctx, || Msg::RemoveProbe);
    let say = match (has_probe, app.hand.pending_stubble.is_some()) {
        (true, _) => texts.probe_say_done,
        (false, true) => texts.probe_say_second,
        (false, false) => texts.probe_say_first,
    };
    let choices = [Grip::Stubble, Grip::Skin].map(|grip| (grip, guides::grip_name(app, grip)));
    html! {
        <div class="stack">
            <button type="button" class={classes!("button", taken.then_some("pressed"))} aria-pressed={taken.to_string()} onclick={on_match}>{ texts.probe_match }</button>
            // It is always there, so that a screen reader hears what comes into it.
            <div class="stack" role="status">
                if taken { <p class="note">{ say }</p> }
                { reading(app) }
            </div>
            { take(app, ctx) }
            if taken && has_probe {
                { nudge::pad(app, ctx, &choices) }
                <button type="button" class="link-button" onclick={on_remove}>{ texts.probe_remove }</button>
            }
        </div>
    }
}

/// What was read of the visitor's own hair, in words.
fn reading(app: &App) -> Html {
    let texts = app.texts();
    let Some((darkening, suggestion)) = app.suggestion() else { return Html::default() };
    let percent = approx((darkening * 100.0).round());
    let said = match suggestion {
        Suggestion::Hardly => texts.probe_hardly.to_owned(),
        Suggestion::Longer => fill(texts.probe_longer, &[("percent", &percent)]),
        Suggestion::Shade(shade) => {
            let name = shade_name(texts, shade.key).to_ascii_lowercase();
            fill(texts.probe_shade, &[("percent", &percent), ("shade", &name)])
        }
    };
    html! { <p>{ said }</p> }
}

fn take(app: &App, ctx: &Context<App>) -> Html {
    let Some((_, Suggestion::Shade(shade))) = app.suggestion() else { return Html::default() };
    let look = app.editor.design().look.clone();
    // The button stays when it was pressed: it has the keyboard's focus.
    let done = (look.shade == shade.key).to_string();
    let on_take = ctx.link().batch_callback(move |_: MouseEvent| {
        let look = Look { shade: shade.key.to_owned(), ..look.clone() };
        vec![Msg::Look(look), Msg::Settled, Msg::Tool(ToolKind::View)]
    });
    html! { <button type="button" class="button" aria-disabled={done} onclick={on_take}>{ app.texts().probe_take }</button> }
}

fn time(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let words = time_words(texts, look.months);
    let on_input = with(app, ctx, |look, place: f64| Look { months: Months::at_place(place), ..look });
    let on_settled = ctx.link().callback(|()| Msg::Settled);
    let most = (STAGES.len() - 1) as f64;
    let (first, last) = TOUCH_UP_YEARS;
    html! {
        <div class="stack">
            <Slider id="age" label={texts.look_time} {words} least={0.0} {most} step={0.1} value={look.months.place()} {on_input} {on_settled} />
            { stages::strip(app, ctx) }
            <p class="note">{ range(texts.look_time_note, first, last) }</p>
            { fading(app, ctx) }
        </div>
    }
}

/// What makes ink fade sooner or later.
fn fading(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let suns = [Sun::Little, Sun::Usual, Sun::Much];
    let sun = suns.iter().position(|sun| *sun == look.sun).unwrap_or_default();
    let on_sun = at_once(app, ctx, |look, index| Look {
        sun: [Sun::Little, Sun::Usual, Sun::Much].get(index).copied().unwrap_or_default(),
        ..look
    });
    let on_skin = at_once(app, ctx, |look, index| Look {
        skin: if index == 0 { SkinKind::Usual } else { SkinKind::Oily },
        ..look
    });
    let sun_names = [texts.look_sun_little, texts.look_sun_usual, texts.look_sun_much];
    let skin_names = [texts.look_skin_usual, texts.look_skin_oily];
    html! {
        <details class="more">
            <summary>{ texts.look_fade }</summary>
            <div class="stack">
                { choice(["sun", texts.look_sun], sun_names, sun, on_sun) }
                <p class="note">{ texts.look_sun_note }</p>
                { choice(["skin", texts.look_skin], skin_names, usize::from(look.skin == SkinKind::Oily), on_skin) }
                <p class="note">{ texts.look_skin_note }</p>
                <p class="note">{ texts.look_fade_note }</p>
            </div>
        </details>
    }
}

/// The usual sessions, and one more where there is skin that takes it.
fn sessions(app: &App, ctx: &Context<App>) -> Html {
    const USUAL: u8 = 3;
    let texts = app.texts();
    let session = app.editor.design().look.session;
    let norms = app.editor.norms();
    let slower = app.editor.view().needs_more_sessions();
    let last = if slower { DESIGN_LIMITS.sessions } else { USUAL.max(session) };
    let options: Vec<AttrValue> = (1..=last).map(|session| AttrValue::from(session.to_string())).collect();
    let on_choose = at_once(app, ctx, |look, index| Look { session: index as u8 + 1, ..look });
    let (usual, more) = (approx(norms.get(Norm::Sessions)), approx(norms.get(Norm::SessionsMore)));
    let note = if slower {
        fill(texts.look_session_note_more, &[("usual", &usual), ("more", &more)])
    } else {
        fill(texts.look_session_note, &[("count", &usual)])
    };
    html! {
        <div class="stack">
            <Choice name="session" label={texts.look_session} {options} chosen={Some(usize::from(session) - 1)} {on_choose} />
            <p class="note">{ note }</p>
        </div>
    }
}

fn edge(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let percent = app.editor.design().look.softness * 100.0;
    let words = fill(texts.look_edge_value, &[("percent", &fixed(percent, 0))]);
    let ends = Some((AttrValue::from(texts.look_edge_defined), AttrValue::from(texts.look_edge_soft)));
    let on_input = with(app, ctx, |look, percent: f64| Look { softness: percent / 100.0, ..look });
    let on_settled = ctx.link().callback(|()| Msg::Settled);
    let (least, most) = Norms::range(Norm::TransitionZone);
    html! {
        <div class="stack">
            <Slider id="edge" label={texts.look_edge} {words} {ends} least={0.0} most={100.0} step={1.0} value={percent} {on_input} {on_settled} />
            <p class="note">{ range(texts.look_edge_note, least, most) }</p>
        </div>
    }
}

/// What is rarely changed: the dots' size, and what the picture takes the visitor's own hair to be.
fn more(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let (least, most) = Norms::range(Norm::HealedDot);
    let words = fill(texts.look_dot_unit, &[("value", &fixed(look.dot.0, 2))]);
    let on_input = with(app, ctx, |look, mm: f64| Look { dot: Mm(mm), ..look });
    let on_settled = ctx.link().callback(|()| Msg::Settled);
    let kept = look.hair == Hair::Kept;
    let on_hair =
        at_once(app, ctx, |look, index| Look { hair: if index == 0 { Hair::Shaved } else { Hair::Kept }, ..look });
    let names = [texts.look_hair_shaved, texts.look_hair_kept];
    html! {
        <details class="more">
            <summary>{ texts.look_more }</summary>
            <div class="stack">
                { choice(["hair", texts.look_hair], names, usize::from(kept), on_hair) }
                <p class="note">{ if kept { texts.look_hair_kept_note } else { texts.look_hair_shaved_note } }</p>
                <Slider id="dot" label={texts.look_dot} {words} {least} {most} step={0.01} value={look.dot.0} {on_input} {on_settled} />
            </div>
        </details>
    }
}
