//! The fifth step: how it looks.

use super::choice::Choice;
use super::heading;
use super::slider::Slider;
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::catalog::{Norm, Norms, SHADES};
use crate::engine::design::{Age, Look};
use crate::engine::geometry::Mm;
use crate::engine::i18n::{approx, fill, range, shade_name};
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    html! {
        <>
            { heading(texts.look_title, texts.look_say) }
            { compare(app, ctx) }
            { shades(app, ctx) }
            { time(app, ctx) }
            { form(app, ctx) }
            { figures(app) }
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

fn compare(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let percent = app.compare.split * 100.0;
    let words = fill(texts.compare_value, &[("percent", &format!("{percent:.0}"))]);
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

fn time(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let ages: Vec<AttrValue> = vec![texts.look_fresh.into(), texts.look_healed.into()];
    let on_age =
        at_once(app, ctx, |look, index| Look { age: if index == 0 { Age::Fresh } else { Age::Healed }, ..look });
    let sessions: Vec<AttrValue> = (1..=3).map(|session: u8| AttrValue::from(session.to_string())).collect();
    let on_session = at_once(app, ctx, |look, index| Look { session: index as u8 + 1, ..look });
    let count = approx(app.editor.norms().get(Norm::Sessions));
    html! {
        <>
            <Choice name="age" label={texts.look_age} options={ages} chosen={Some(usize::from(look.age == Age::Healed))} on_choose={on_age} />
            <p class="note">{ texts.look_age_note }</p>
            <Choice name="session" label={texts.look_session} options={sessions} chosen={Some(usize::from(look.session) - 1)} on_choose={on_session} />
            <p class="note">{ fill(texts.look_session_note, &[("count", &count)]) }</p>
        </>
    }
}

fn form(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let look = &app.editor.design().look;
    let on_settled = ctx.link().callback(|()| Msg::Settled);
    let percent = look.softness * 100.0;
    let edge_words = fill(texts.look_edge_value, &[("percent", &format!("{percent:.0}"))]);
    let ends = Some((AttrValue::from(texts.look_edge_defined), AttrValue::from(texts.look_edge_soft)));
    let on_edge = with(app, ctx, |look, percent: f64| Look { softness: percent / 100.0, ..look });
    let on_dot = with(app, ctx, |look, mm: f64| Look { dot: Mm(mm), ..look });
    let (least, most) = Norms::range(Norm::HealedDot);
    let dot_words = fill(texts.look_dot_unit, &[("value", &format!("{:.2}", look.dot.0))]);
    html! {
        <>
            <Slider id="edge" label={texts.look_edge} words={edge_words} {ends} least={0.0} most={100.0} step={1.0} value={percent}
                on_input={on_edge} on_settled={on_settled.clone()} />
            <Slider id="dot" label={texts.look_dot} words={dot_words} {least} {most} step={0.01} value={look.dot.0}
                on_input={on_dot} {on_settled} />
        </>
    }
}

fn figures(app: &App) -> Html {
    let texts = app.texts();
    let lines = app.figure_lines();
    if lines.is_empty() {
        return Html::default();
    }
    html! {
        <section class="figures" aria-labelledby="figures-title">
            <h2 id="figures-title">{ texts.figures_title }</h2>
            <dl>{ for lines.iter().map(|(name, value)| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> }) }</dl>
            <p class="note">{ texts.figures_note }</p>
        </section>
    }
}

impl App {
    /// The figures of the design in words, for the panel and the review alike.
    pub(crate) fn figure_lines(&self) -> Vec<(String, String)> {
        let texts = self.texts();
        let Some(figures) = self.figures.as_ref().filter(|figures| figures.dots.value > 0.0) else { return Vec::new() };
        let mut lines = Vec::new();
        if figures.rough {
            lines.push((texts.step_size.to_owned(), texts.size_rough_short.to_owned()));
        }
        if let Some(height) = figures.line_height {
            let along = height.along_skin_mm;
            lines.push((texts.line_height.to_owned(), range(texts.line_height_range, along.least, along.most)));
        }
        let (area, dots, hours) = (figures.area_cm2, figures.dots, figures.hours);
        lines.push((texts.figures_area.to_owned(), range(texts.figures_area_value, area.least, area.most)));
        lines.push((texts.figures_dots.to_owned(), range(texts.figures_dots_value, dots.least, dots.most)));
        let count = approx(figures.sessions);
        lines.push((texts.figures_sessions.to_owned(), fill(texts.figures_sessions_value, &[("count", &count)])));
        lines.push((texts.figures_hours.to_owned(), range(texts.figures_hours_value, hours.least, hours.most)));
        lines
    }
}
