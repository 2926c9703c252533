//! The third step: the line.

use super::choice::Choice;
use super::{guides, heading, nudge, send};
use crate::app::App;
use crate::app::message::Msg;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, LineStyle};
use crate::engine::i18n::{fill, fixed, range};
use crate::engine::measure::line_height;
use yew::prelude::*;

pub(super) fn panel(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let drawing = app.tools.line == ToolKind::Freehand;
    let say = match (&app.editor.view().hairline, drawing) {
        (_, true) => texts.line_say_draw,
        (None, false) => texts.line_say_none,
        (Some(_), false) => texts.line_say,
    };
    let options: Vec<AttrValue> = vec![texts.line_tool_points.into(), texts.line_tool_draw.into()];
    let on_tool = ctx.link().callback(|index| Msg::Tool(if index == 0 { ToolKind::Line } else { ToolKind::Freehand }));
    html! {
        <>
            { heading(texts.line_title, say) }
            { height(app) }
            { proposals(app, ctx) }
            <Choice name="line-tool" label={texts.line_tool} {options} chosen={Some(usize::from(drawing))} on_choose={on_tool} />
            { editing(app, ctx) }
        </>
    }
}

fn proposals(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let on_man = send(ctx, || Msg::Propose(LineStyle::Man));
    let on_woman = send(ctx, || Msg::Propose(LineStyle::Woman));
    let disabled = app.photo.is_none();
    let class = classes!("button", app.editor.view().hairline.is_none().then_some("primary"));
    html! {
        <fieldset class="choice">
            <legend>{ texts.line_propose }</legend>
            <div class="row">
                <button type="button" class={class.clone()} {disabled} onclick={on_man}>{ texts.line_propose_man }</button>
                <button type="button" {class} {disabled} onclick={on_woman}>{ texts.line_propose_woman }</button>
            </div>
        </fieldset>
    }
}

/// The height of the line, as large as it matters.
pub(super) fn height(app: &App) -> Html {
    let texts = app.texts();
    if app.editor.view().hairline.is_none() {
        return Html::default();
    }
    let Some(height) = line_height(app.editor.view(), app.editor.norms()) else {
        return html! { <p class="readout rough">{ texts.line_height_none }</p> };
    };
    let along = height.along_skin_mm;
    let whole = |value: f64| fixed(value, 0);
    html! {
        <div class="readout" id="line-height" data-flat={fixed(height.in_picture_mm.value, 2)}>
            <p class="readout-label">{ texts.line_height }</p>
            <p class="readout-value">{ fill(texts.line_height_value, &[("along", &whole(along.value))]) }</p>
            <p class="note">
                { range(texts.line_height_range, along.least, along.most) }{ ". " }
                { fill(texts.line_height_flat, &[("flat", &whole(height.in_picture_mm.value))]) }{ "." }
            </p>
        </div>
    }
}

fn editing(app: &App, ctx: &Context<App>) -> Html {
    let texts = app.texts();
    let Some(line) = &app.editor.view().hairline else { return Html::default() };
    let on_mirror = {
        let on = !app.mirrored;
        send(ctx, move || Msg::Mirror(on))
    };
    let on_add = send(ctx, || Msg::AddHandle);
    let on_remove_point = send(ctx, || Msg::RemoveGrip);
    let on_remove = send(ctx, || Msg::RemoveLine);
    let choices: Vec<(Grip, String)> = (0..line.handles.len())
        .map(|index| (Grip::Handle(index), guides::grip_name(app, Grip::Handle(index))))
        .collect();
    let removable = matches!(app.hand.selected, Some(Grip::Handle(_))) && line.handles.len() > 2;
    html! {
        <>
            <label class="tick"><input type="checkbox" checked={app.mirrored} onchange={on_mirror} /><span>{ texts.line_mirror }</span></label>
            { nudge::pad(app, ctx, &choices) }
            <div class="row">
                <button type="button" class="button" onclick={on_add}>{ texts.line_point_add }</button>
                <button type="button" class="button" disabled={!removable} onclick={on_remove_point}>{ texts.line_point_remove }</button>
            </div>
            <button type="button" class="link-button" onclick={on_remove}>{ texts.line_remove }</button>
        </>
    }
}
