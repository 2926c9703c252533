//! What is drawn over the picture and never exported: marks, line, handles, boundary, brush.
//!
//! Everything has a dark and a light stroke, so that it is seen on every skin.

use super::{head, special};
use crate::app::App;
use crate::app::model::Step;
use crate::engine::calibration::Reference;
use crate::engine::design::Hairline;
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{Grip, HeadGrip, PROBE_RADIUS};
use crate::engine::geometry::{Mm, PhotoPoint, spline_bezier};
use crate::engine::i18n::{fill, fixed, plain, range};
use crate::engine::measure::line_height;
use yew::prelude::*;

pub(super) fn guides(app: &App) -> Html {
    if app.photo.is_none() || app.compare.held {
        return Html::default();
    }
    let stage = app.viewport.stage();
    html! {
        <svg class="guides" width={plain(stage.width)} height={plain(stage.height)} focusable="false">
            { match app.step {
                Step::Size if head::is_fitting(app) => head::outline(app),
                Step::Size => marks(app),
                Step::Hairline => line(app),
                Step::Density => fill_guides(app),
                Step::Look => html! { <>{ split(app) }{ probe(app) }</> },
                Step::Photo | Step::Save => Html::default(),
            } }
            { cursor(app) }
        </svg>
    }
}

/// The name of a grip for ears and panels.
pub(super) fn grip_name(app: &App, grip: Grip) -> String {
    let texts = app.texts();
    let view = app.editor.view();
    let counted = |text: &str, index: usize, count: usize| {
        fill(text, &[("index", &(index + 1).to_string()), ("count", &count.to_string())])
    };
    let pupils = view.calibration.is_some_and(|calibration| !matches!(calibration.reference, Reference::Points { .. }));
    match grip {
        Grip::MarkA if pupils => texts.size_mark_pupil_a.to_owned(),
        Grip::MarkB if pupils => texts.size_mark_pupil_b.to_owned(),
        Grip::MarkA => texts.size_mark_a.to_owned(),
        Grip::MarkB => texts.size_mark_b.to_owned(),
        Grip::Glabella => texts.size_brow.to_owned(),
        Grip::Handle(index) => {
            counted(texts.line_point, index, view.hairline.as_ref().map_or(0, |line| line.handles.len()))
        }
        Grip::Boundary(index) => {
            counted(texts.density_boundary, index, view.fill_to_here().map_or(0, |(_, fill)| fill.boundary.len()))
        }
        Grip::Band(place, index) | Grip::Patch(place, index) => special::grip_name(app, place, index),
        Grip::Stubble => texts.probe_stubble.to_owned(),
        Grip::Skin => texts.probe_skin.to_owned(),
        Grip::Head(HeadGrip::Centre) => texts.head_centre.to_owned(),
        Grip::Head(HeadGrip::Top) => texts.head_top.to_owned(),
        Grip::Head(HeadGrip::Left) => texts.head_left.to_owned(),
        Grip::Head(HeadGrip::Right) => texts.head_right.to_owned(),
    }
}

fn number(value: f64) -> String {
    fixed(value, 1)
}

/// The path of a smooth curve on the screen.
pub(super) fn curve_path(app: &App, handles: &[PhotoPoint]) -> String {
    let at = |point: PhotoPoint| {
        let at = app.viewport.to_screen(point);
        format!("{} {}", number(at.x), number(at.y))
    };
    let mut path = handles.first().map(|first| format!("M{}", at(*first))).unwrap_or_default();
    for [_, b, c, d] in spline_bezier(handles) {
        path.push_str(&format!("C{} {} {}", at(b), at(c), at(d)));
    }
    path
}

/// The path of straight pieces on the screen.
pub(super) fn screen_path(app: &App, points: &[PhotoPoint]) -> String {
    let on_screen = |point: &PhotoPoint| {
        let at = app.viewport.to_screen(*point);
        format!("{} {}", number(at.x), number(at.y))
    };
    let points: Vec<String> = points.iter().map(on_screen).collect();
    if points.is_empty() { String::new() } else { format!("M{}", points.join("L")) }
}

pub(super) fn two_tone(path: String, class: &'static str) -> Html {
    html! {
        <g class={classes!("curve", class)}>
            <path class="under" d={path.clone()} />
            <path class="over" d={path} />
        </g>
    }
}

pub(super) fn grip(app: &App, grip: Grip, form: &'static str) -> Html {
    let Some(point) = grip.position(app.editor.view(), app.editor.norms()) else { return Html::default() };
    let at = app.viewport.to_screen(point);
    let transform = format!("translate({} {})", number(at.x), number(at.y));
    let class = classes!("grip", form, (app.hand.selected == Some(grip)).then_some("chosen"));
    html! {
        <g {class} {transform} role="img" aria-label={grip_name(app, grip)}>
            { match form {
                "cross" => html! { <><path class="under" d="M-11 0H11M0-11V11" /><path class="over" d="M-11 0H11M0-11V11" /></> },
                "mark" => html! { <><circle class="under" r="11" /><circle class="over" r="11" /><circle class="middle" r="2" /></> },
                "handle corner" => html! { <><circle class="under" r="5" /><circle class="over" r="4.5" /></> },
                _ => html! { <><circle class="under" r="8" /><circle class="over" r="7" /></> },
            } }
        </g>
    }
}

fn marks(app: &App) -> Html {
    let view = app.editor.view();
    let pending = app.hand.pending_mark.map(|point| {
        let at = app.viewport.to_screen(point);
        html! { <g class="grip mark chosen" transform={format!("translate({} {})", number(at.x), number(at.y))}>
        <circle class="under" r="11" /><circle class="over" r="11" /><circle class="middle" r="2" /></g> }
    });
    let Some(calibration) = view.calibration else { return pending.unwrap_or_default() };
    let ends = [calibration.a, calibration.b];
    html! {
        <>
            { two_tone(curve_path(app, &ends), "ruler") }
            { grip(app, Grip::MarkA, "mark") }
            { grip(app, Grip::MarkB, "mark") }
            if calibration.reference.is_pupils() { { grip(app, Grip::Glabella, "cross") } }
        </>
    }
}

fn line(app: &App) -> Html {
    let view = app.editor.view();
    let drawn = app.hand.drawn();
    if !drawn.is_empty() {
        return two_tone(screen_path(app, drawn), "hairline");
    }
    let Some(hairline) = &view.hairline else { return Html::default() };
    let handles = app.tools.line == ToolKind::Line;
    html! {
        <>
            { two_tone(curve_path(app, &hairline.handles), "hairline") }
            { height_label(app, hairline) }
            if handles { { for (0..hairline.handles.len()).map(|index| grip(app, Grip::Handle(index), "handle")) } }
        </>
    }
}

/// The height in millimetres beside the line while a handle is dragged.
fn height_label(app: &App, line: &Hairline) -> Html {
    let dragged = matches!(app.hand.dragged(), Some(Grip::Handle(_)));
    let Some(height) = line_height(app.editor.view(), app.editor.norms()).filter(|_| dragged) else {
        return Html::default();
    };
    let middle = line.handles.get(line.handles.len() / 2).copied().unwrap_or_default();
    let glabella = Grip::Glabella.position(app.editor.view(), app.editor.norms()).unwrap_or(middle);
    let (top, bottom) = (app.viewport.to_screen(middle), app.viewport.to_screen(glabella));
    let path = format!("M{} {}L{} {}", number(top.x), number(top.y), number(bottom.x), number(bottom.y));
    let along = height.along_skin_mm;
    let text = range("{least} – {most} mm", along.least, along.most);
    html! {
        <>
            { two_tone(path, "ruler") }
            <text class="height-label" x={number(bottom.x + 12.0)} y={number((top.y + bottom.y) / 2.0)}>
                { [fixed(along.value, 0), " mm".to_owned()].concat() }
                <tspan class="height-range" x={number(bottom.x + 12.0)} dy="18">{ text }</tspan>
            </text>
        </>
    }
}

fn fill_guides(app: &App) -> Html {
    let view = app.editor.view();
    let Some(hairline) = &view.hairline else { return special::outlines(app) };
    let boundary = view.fill_to_here().map(|(_, fill)| {
        let ends = hairline.handles.first().zip(hairline.handles.last());
        let mut handles: Vec<PhotoPoint> = ends.map(|(first, _)| *first).into_iter().collect();
        handles.extend(&fill.boundary);
        handles.extend(ends.map(|(_, last)| *last));
        let area = app.tools.density == ToolKind::Area;
        html! {
            <>
                { two_tone(curve_path(app, &handles), "boundary") }
                if area { { for (0..fill.boundary.len()).map(|index| grip(app, Grip::Boundary(index), "handle")) } }
            </>
        }
    });
    html! {
        <>
            { two_tone(curve_path(app, &hairline.handles), "hairline thin") }
            { boundary }
            { special::outlines(app) }
        </>
    }
}

fn split(app: &App) -> Html {
    let split = app.split_in_force();
    if split <= 0.0 {
        return Html::default();
    }
    let (width, height) = app.editor.view().size();
    let top = app.viewport.to_screen(PhotoPoint::new(width * split, 0.0));
    let bottom = app.viewport.to_screen(PhotoPoint::new(width * split, height));
    two_tone(format!("M{} {}L{} {}", number(top.x), number(top.y), number(bottom.x), number(bottom.y)), "split")
}

/// Where the visitor's own hair is looked at: two discs of the size that is read.
fn probe(app: &App) -> Html {
    if app.tools.look != ToolKind::Probe {
        return Html::default();
    }
    let (texts, view, norms) = (app.texts(), app.editor.view(), app.editor.norms());
    let radius = view.scale(norms).px_per_mm.px(PROBE_RADIUS).0 * app.viewport.zoom();
    let (stubble, skin) = (Grip::Stubble.position(view, norms), Grip::Skin.position(view, norms));
    // Names stand on the sides that are turned away from each other.
    let hair_is_left = stubble.zip(skin).is_some_and(|(stubble, skin)| stubble.x < skin.x);
    let disc = |point: Option<PhotoPoint>, which: Grip, name: &'static str| {
        let at = app.viewport.to_screen(point?);
        let (cx, cy, r) = (number(at.x), number(at.y), number(radius.max(6.0)));
        let beside = radius.max(6.0) + 6.0;
        let (x, anchor) =
            if hair_is_left == (which == Grip::Stubble) { (at.x - beside, "end") } else { (at.x + beside, "start") };
        let class = classes!("grip", "probe", (app.hand.selected == Some(which)).then_some("chosen"));
        Some(html! {
            <g {class} role="img" aria-label={grip_name(app, which)}>
                <circle class="under" cx={cx.clone()} cy={cy.clone()} r={r.clone()} /><circle class="over" {cx} {cy} {r} />
                <text class="height-label height-range" text-anchor={anchor} x={number(x)} y={number(at.y + 5.0)}>{ name }</text>
            </g>
        })
    };
    html! {
        <>
            { disc(stubble.or(app.hand.pending_stubble), Grip::Stubble, texts.probe_stubble_short) }
            { disc(skin, Grip::Skin, texts.probe_skin_short) }
        </>
    }
}

/// The brush as large as it paints, or the keyboard's cursor.
fn cursor(app: &App) -> Html {
    let tool = app.tools.at(app.step);
    let Some(point) = app.cursor else { return Html::default() };
    let at = app.viewport.to_screen(point);
    let (cx, cy) = (number(at.x), number(at.y));
    match tool {
        ToolKind::Brush | ToolKind::Eraser => {
            let radius = app.editor.view().scale(app.editor.norms()).px_per_mm.px(Mm(app.brush.radius.0)).0;
            let r = number(radius * app.viewport.zoom());
            html! { <g class="brush-ring"><circle class="under" cx={cx.clone()} cy={cy.clone()} r={r.clone()} /><circle class="over" {cx} {cy} {r} /></g> }
        }
        ToolKind::Marks
        | ToolKind::Freehand
        | ToolKind::Line
        | ToolKind::Area
        | ToolKind::Head
        | ToolKind::Lasso
        | ToolKind::PartLine
        | ToolKind::Scar
        | ToolKind::Probe => {
            html! { <g class="key-cursor" transform={format!("translate({cx} {cy})")}>
            <path class="under" d="M-9 0H-3M3 0H9M0-9V-3M0 3V9" /><path class="over" d="M-9 0H-3M3 0H9M0-9V-3M0 3V9" /></g> }
        }
        ToolKind::View => Html::default(),
    }
}
