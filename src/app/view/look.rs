//! The fifth step: how it looks.

use super::choice::Choice;
use super::element::{Element, button, el, fold, group, link_button, note};
use super::slider::Slider;
use super::{figures, guides, heading, nudge, stages, variants};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::catalog::{Norm, Norms, SHADES, STAGES, TOUCH_UP_YEARS};
use crate::engine::design::{DESIGN_LIMITS, Hair, Look, Months, SkinKind, Sun};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, Suggestion};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{approx, fill, fixed, range, shade_name, time_words};
use yew::prelude::*;

/// Names of the sessions.
const SESSIONS: [&str; DESIGN_LIMITS.sessions as usize] = ["1", "2", "3", "4"];

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    group()
        .add(heading(texts.look_title, if app.has_fill() { texts.look_say } else { texts.look_empty }))
        .add(variants::variants(app, ctx))
        .add(compare(app, ctx))
        .add(variants::compared(app, ctx))
        .add(shades(app, ctx))
        .add(own_hair_as_measure(app, ctx))
        .add(time(app, ctx))
        .add(sessions(app, ctx))
        .add(edge(app, ctx))
        .add(more(app, ctx))
        .add(figures::figures(app))
}

/// The look as a slider changes it.
fn with(app: &App, change: fn(Look, f64) -> Look) -> impl Fn(f64) -> Msg + 'static {
    let look = app.editor.design().look.clone();
    move |value| Msg::Look(change(look.clone(), value))
}

/// As [`with`], for what is chosen at once and not slid.
fn at_once(app: &App, change: fn(Look, usize) -> Look) -> impl Fn(usize) -> Msg + 'static {
    let look = app.editor.design().look.clone();
    move |index| Msg::LookChosen(change(look.clone(), index))
}

/// A slider from nothing to all.
fn percent([id, label]: [&'static str; 2], words: &str, ends: [&'static str; 2], percent: f64) -> Slider {
    Slider {
        id,
        label,
        words: fill(words, &[("percent", &fixed(percent, 0))]),
        ends: Some(ends),
        range: (0.0, 100.0),
        step: 1.0,
        value: percent,
        settles: true,
    }
}

fn compare(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let ends = [texts.compare_only_after, texts.compare_only_before];
    let slider = percent(["compare", texts.compare_slider], texts.compare_value, ends, app.compare.split * 100.0);
    Slider { settles: false, ..slider }.shown(ctx, |percent| Msg::Split(percent / 100.0))
}

fn shades(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let names: Vec<_> = SHADES.iter().map(|shade| shade_name(texts, shade.key)).collect();
    let choice = Choice {
        name: "shade",
        label: texts.look_shade,
        options: &names,
        chosen: SHADES.iter().position(|shade| shade.key == look.shade),
    };
    let on_choose = at_once(app, |look, index| {
        let shade = SHADES.get(index).map_or_else(|| look.shade.clone(), |shade| shade.key.to_owned());
        Look { shade, ..look }
    });
    choice.shown(ctx, on_choose).class("swatches")
}

/// The shade suggested from the visitor's own shaved hair; nothing where the photo's pixels cannot be read.
fn own_hair_as_measure(app: &App, ctx: &Context<App>) -> Option<Element> {
    if app.photo.is_none() || !app.save.reads_back {
        return None;
    }
    let texts = app.texts();
    let taken = app.tools.look == ToolKind::Probe;
    let has_probe = app.editor.view().probe.is_some();
    let say = match (has_probe, app.hand.pending_stubble.is_some()) {
        (true, _) => texts.probe_say_done,
        (false, true) => texts.probe_say_second,
        (false, false) => texts.probe_say_first,
    };
    let compare = button("button", texts.probe_match)
        .class_if(taken, "pressed")
        .tells("aria-pressed", taken)
        .on_click(ctx, move || Msg::Tool(if taken { ToolKind::View } else { ToolKind::Probe }));
    // It is always there, so that a screen reader hears what comes into it.
    let said = el("div.stack").attr("role", "status").add(taken.then(|| note(say))).add(reading(app));
    let choices = [Grip::Stubble, Grip::Skin].map(|grip| (grip, guides::grip_name(app, grip)));
    let places = || {
        let remove = link_button(texts.probe_remove).on_click(ctx, || Msg::RemoveProbe);
        group().add(nudge::pad(app, ctx, &choices)).add(remove)
    };
    Some(el("div.stack").add(compare).add(said).add(take(app, ctx)).add((taken && has_probe).then(places)))
}

/// What was read of the visitor's own hair, in words.
fn reading(app: &App) -> Option<Element> {
    let texts = app.texts();
    let (darkening, suggestion) = app.suggestion()?;
    let percent = approx((darkening * 100.0).round());
    let said = match suggestion {
        Suggestion::Hardly => texts.probe_hardly.to_owned(),
        Suggestion::Longer => fill(texts.probe_longer, &[("percent", &percent)]),
        Suggestion::Shade(shade) => {
            let name = shade_name(texts, shade.key).to_lowercase();
            fill(texts.probe_shade, &[("percent", &percent), ("shade", &name)])
        }
    };
    Some(el("p").add(said))
}

fn take(app: &App, ctx: &Context<App>) -> Option<Element> {
    let (_, Suggestion::Shade(shade)) = app.suggestion()? else { return None };
    let look = app.editor.design().look.clone();
    // The button stays when it was pressed: it has the keyboard's focus.
    let button = button("button", app.texts().probe_take).tells("aria-disabled", look.shade == shade.key);
    Some(button.on_click(ctx, move || Msg::ShadeTaken(Look { shade: shade.key.to_owned(), ..look.clone() })))
}

fn time(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let slider = Slider {
        id: "age",
        label: texts.look_time,
        words: time_words(texts, look.months),
        ends: None,
        range: (0.0, (STAGES.len() - 1) as f64),
        step: 0.1,
        value: look.months.place(),
        settles: true,
    };
    let (first, last) = TOUCH_UP_YEARS;
    el("div.stack")
        .add(slider.shown(ctx, with(app, |look, place| Look { months: Months::at_place(place), ..look })))
        .add(stages::strip(app, ctx))
        .add(note(range(texts.look_time_note, first, last)))
        .add(fading(app, ctx))
}

/// What makes ink fade sooner or later.
fn fading(app: &App, ctx: &Context<App>) -> Element {
    const SUNS: [Sun; 3] = [Sun::Little, Sun::Usual, Sun::Much];
    let texts = app.texts();
    let look = &app.editor.design().look;
    let sun = Choice {
        name: "sun",
        label: texts.look_sun,
        options: &[texts.look_sun_little, texts.look_sun_usual, texts.look_sun_much],
        chosen: Some(SUNS.iter().position(|sun| *sun == look.sun).unwrap_or_default()),
    };
    let on_sun = at_once(app, |look, index| Look { sun: SUNS.get(index).copied().unwrap_or_default(), ..look });
    let skin = Choice {
        name: "skin",
        label: texts.look_skin,
        options: &[texts.look_skin_usual, texts.look_skin_oily],
        chosen: Some(usize::from(look.skin == SkinKind::Oily)),
    };
    let on_skin =
        at_once(app, |look, index| Look { skin: if index == 0 { SkinKind::Usual } else { SkinKind::Oily }, ..look });
    let content = el("div.stack")
        .add(sun.shown(ctx, on_sun))
        .add(note(texts.look_sun_note))
        .add(skin.shown(ctx, on_skin))
        .add(note(texts.look_skin_note))
        .add(note(texts.look_fade_note));
    fold(el("summary").add(texts.look_fade)).add(content)
}

/// The usual sessions, and one more where there is skin that takes it.
fn sessions(app: &App, ctx: &Context<App>) -> Element {
    const USUAL: u8 = 3;
    let texts = app.texts();
    let session = app.editor.design().look.session;
    let norms = app.editor.norms();
    let slower = app.treated().scars_or_patches;
    let last = if slower { DESIGN_LIMITS.sessions } else { USUAL.max(session) };
    let choice = Choice {
        name: "session",
        label: texts.look_session,
        options: SESSIONS.get(..usize::from(last)).unwrap_or(&SESSIONS),
        chosen: Some(usize::from(session) - 1),
    };
    let (usual, more) = (approx(norms.get(Norm::Sessions)), approx(norms.get(Norm::SessionsMore)));
    let remark = if slower {
        fill(texts.look_session_note_more, &[("usual", &usual), ("more", &more)])
    } else {
        fill(texts.look_session_note, &[("count", &usual)])
    };
    let on_choose = at_once(app, |look, index| Look { session: index as u8 + 1, ..look });
    el("div.stack").add(choice.shown(ctx, on_choose)).add(note(remark))
}

fn edge(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let softness = app.editor.design().look.softness * 100.0;
    let ends = [texts.look_edge_defined, texts.look_edge_soft];
    let slider = percent(["edge", texts.look_edge], texts.look_edge_value, ends, softness);
    let (least, most) = Norms::range(Norm::TransitionZone);
    el("div.stack")
        .add(slider.shown(ctx, with(app, |look, percent| Look { softness: percent / 100.0, ..look })))
        .add(note(range(texts.look_edge_note, least, most)))
}

/// What is rarely changed: the dots' size, and what the picture takes the visitor's own hair to be.
fn more(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let kept = look.hair == Hair::Kept;
    let hair = Choice {
        name: "hair",
        label: texts.look_hair,
        options: &[texts.look_hair_shaved, texts.look_hair_kept],
        chosen: Some(usize::from(kept)),
    };
    let on_hair = at_once(app, |look, index| Look { hair: if index == 0 { Hair::Shaved } else { Hair::Kept }, ..look });
    let dot = Slider {
        id: "dot",
        label: texts.look_dot,
        words: fill(texts.look_dot_unit, &[("value", &fixed(look.dot.0, 2))]),
        ends: None,
        range: Norms::range(Norm::HealedDot),
        step: 0.01,
        value: look.dot.0,
        settles: true,
    };
    let content = el("div.stack")
        .add(hair.shown(ctx, on_hair))
        .add(note(if kept { texts.look_hair_kept_note } else { texts.look_hair_shaved_note }))
        .add(dot.shown(ctx, with(app, |look, mm| Look { dot: Mm(mm), ..look })));
    fold(el("summary").add(texts.look_more)).add(content)
}
