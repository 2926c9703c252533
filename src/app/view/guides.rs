//! What is drawn over the picture and never exported: marks, line, handles, boundary, brush.
//!
//! Everything has a dark and a light stroke, so that it is seen on every skin.

use super::element::{Element, el, group};
use super::{head, special};
use crate::app::App;
use crate::app::model::Step;
use crate::engine::calibration::{GuideLine, Landmark, Reference};
use crate::engine::design::{Hairline, ON_LINE};
use crate::engine::editor::tools::{ToolCursor, ToolKind};
use crate::engine::editor::{Grip, HeadGrip, PROBE_RADIUS};
use crate::engine::geometry::{Mm, PhotoPoint, ScreenPoint, Spline, spline_bezier};
use crate::engine::i18n::{fill, fixed, landmark_name, plain, range};
use crate::engine::measure::line_height;

pub(super) fn guides(app: &App) -> Option<Element> {
    if app.photo.is_none() || app.compare.held {
        return None;
    }
    let stage = app.viewport.stage();
    let of_step = match app.step {
        Step::Size if head::is_fitting(app) => Some(head::outline(app)),
        Step::Size => marks(app),
        Step::Hairline => line(app),
        Step::Density => fill_guides(app),
        Step::Look => Some(group().add(split(app)).add(probe(app))),
        Step::Photo | Step::Save => None,
    };
    let shown = el("svg.guides")
        .attr("width", plain(stage.width))
        .attr("height", plain(stage.height))
        .attr("focusable", "false")
        .add(of_step)
        .add(cursor(app));
    Some(shown)
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
        Grip::Landmark(landmark) => landmark_name(texts, landmark).to_owned(),
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

/// A place on the screen as paths name it.
fn place(at: ScreenPoint) -> String {
    number(at.x) + " " + &number(at.y)
}

fn place_of(app: &App, point: PhotoPoint) -> String {
    place(app.viewport.to_screen(point))
}

/// The path of a smooth curve on the screen.
pub(super) fn curve_path(app: &App, handles: &[PhotoPoint]) -> String {
    path_of(app, &spline_bezier(handles))
}

fn path_of(app: &App, pieces: &Spline) -> String {
    pieces_path(pieces, |point| app.viewport.to_screen(point))
}

/// The path of cubic pieces that follow one another, where they are seen.
pub(super) fn pieces_path(pieces: &Spline, seen: impl Fn(PhotoPoint) -> ScreenPoint) -> String {
    let mut path = String::new();
    for piece in pieces {
        let [a, b, c, d] = piece.points().map(|point| place(seen(point)));
        if path.is_empty() {
            path.extend(["M", &a]);
        }
        path.extend(["C", &b, " ", &c, " ", &d]);
    }
    path
}

/// The path of straight pieces on the screen.
pub(super) fn screen_path(app: &App, points: &[PhotoPoint]) -> String {
    let mut path = String::new();
    for point in points {
        path.extend([if path.is_empty() { "M" } else { "L" }, &place_of(app, *point)]);
    }
    path
}

/// The same form twice: a dark one below, a light one above.
fn twice(form: impl Fn(&'static str) -> Element) -> Element {
    group().add(form("under")).add(form("over"))
}

pub(super) fn two_tone(path: String, class: &'static str) -> Element {
    let forms = twice(|tone| el("path").class(tone).attr("d", path.clone()));
    el("g.curve").class(class).add(forms)
}

fn circle(class: &'static str, radius: &'static str) -> Element {
    el("circle").class(class).attr("r", radius)
}

/// What a grip looks like around its place.
fn form_of(form: &'static str) -> Element {
    let (under, over) = match form {
        "cross" => return twice(|tone| el("path").class(tone).attr("d", "M-11 0H11M0-11V11")),
        "handle square" => return twice(|tone| el("path").class(tone).attr("d", "M-7-7H7V7H-7Z")),
        "mark" => ("11", "11"),
        "handle corner" => ("5", "4.5"),
        _ => ("8", "7"),
    };
    let middle = (form == "mark").then(|| circle("middle", "2"));
    group().add(circle("under", under)).add(circle("over", over)).add(middle)
}

/// Something that stands at a place of the photo, at the same size whatever the zoom.
fn standing(app: &App, point: PhotoPoint, form: &'static str) -> Element {
    el("g").class(form).attr("transform", format!("translate({})", place_of(app, point)))
}

pub(super) fn grip(app: &App, grip: Grip, form: &'static str) -> Option<Element> {
    let point = grip.position(app.editor.view(), app.editor.norms())?;
    let shown = standing(app, point, "grip")
        .class(form)
        .class_if(app.hand.selected == Some(grip), "chosen")
        .attr("role", "img")
        .label(grip_name(app, grip))
        .add(form_of(form));
    Some(shown)
}

fn marks(app: &App) -> Option<Element> {
    let pending = |point| standing(app, point, "grip mark chosen").add(form_of("mark"));
    let Some(calibration) = app.editor.view().calibration else { return app.hand.pending_mark.map(pending) };
    let brow = calibration.reference.is_pupils().then(|| grip(app, Grip::Glabella, "cross"));
    let shown = group()
        .add(two_tone(curve_path(app, &[calibration.a, calibration.b]), "ruler"))
        .add(grip(app, Grip::MarkA, "mark"))
        .add(grip(app, Grip::MarkB, "mark"))
        .add(brow);
    Some(shown)
}

/// Grips of the same kind, by their numbers.
fn grips(app: &App, count: usize, which: fn(usize) -> Grip) -> Element {
    group().each((0..count).filter_map(|index| grip(app, which(index), "handle")))
}

fn line(app: &App) -> Option<Element> {
    let drawn = app.hand.drawn();
    let aids = group().each(app.aids.lines.iter().filter_map(|line| guide_line(app, line)));
    let over = match app.tools.line {
        ToolKind::Temple => special::outlines(app),
        _ if !drawn.is_empty() => Some(two_tone(screen_path(app, drawn), "hairline")),
        ToolKind::Landmarks => Some(landmarks(app)),
        _ => special::temples(app),
    };
    let is_drawing = app.tools.line == ToolKind::Freehand && !drawn.is_empty();
    let line = app.editor.view().hairline.as_ref().filter(|_| !is_drawing).map(|line| {
        let handle = |which: Grip| {
            let is_corner = matches!(which, Grip::Handle(place) if line.is_corner(place));
            grip(app, which, if is_corner { "handle square" } else { "handle" })
        };
        let handles = || {
            group().each(apart(app, (0..line.handles.len()).map(Grip::Handle).collect()).into_iter().filter_map(handle))
        };
        group()
            .add(two_tone(path_of(app, &line.pieces()), "hairline"))
            .add(height_label(app, line))
            .add((app.tools.line == ToolKind::Line).then(handles))
    });
    Some(group().add(aids).add(line).add(over))
}

/// A guide on the face, with its name or its millimetres.
fn guide_line(app: &App, line: &GuideLine) -> Option<Element> {
    let (first, last) = line.points.first().zip(line.points.last())?;
    let form = if line.points.len() == 1 {
        standing(app, *first, "guide-point").add(twice(|tone| circle(tone, "3")))
    } else {
        two_tone(screen_path(app, &line.points), "guide")
    };
    let length = line.length.map(|Mm(length)| fixed(length, 0) + " mm");
    // A name stands beside its point, a length in the field that it measures.
    let text = match length {
        Some(length) => Some(label(app, *last, (4.0, 16.0), "start").add(length)),
        None => (!line.name.is_empty()).then(|| label(app, *first, (8.0, 4.0), "start").add(line.name)),
    };
    Some(group().add(form).add(text))
}

/// A few small letters beside a point.
fn label(app: &App, point: PhotoPoint, (right, down): (f64, f64), anchor: &'static str) -> Element {
    let at = app.viewport.to_screen(point);
    el("text.height-label.guide-label")
        .attr("text-anchor", anchor)
        .attr("x", number(at.x + right))
        .attr("y", number(at.y + down))
}

/// The points of the face, each with a short name.
fn landmarks(app: &App) -> Element {
    let texts = app.texts();
    let named = |landmark: Landmark| {
        let which = Grip::Landmark(landmark);
        let point = which.position(app.editor.view(), app.editor.norms())?;
        let (name, is_left) = match landmark {
            Landmark::CanthusLeft => (texts.mark_canthus, true),
            Landmark::CanthusRight => (texts.mark_canthus, false),
            Landmark::NoseBase => (texts.mark_nose, false),
            Landmark::Chin => (texts.mark_chin, false),
            Landmark::TempleLeft => (texts.mark_temple, true),
            Landmark::TempleRight => (texts.mark_temple, false),
            Landmark::Vertex => (texts.mark_vertex, false),
        };
        let (right, anchor) = if is_left { (-10.0, "end") } else { (10.0, "start") };
        Some(group().add(grip(app, which, "handle corner")).add(label(app, point, (right, 4.0), anchor).add(name)))
    };
    let pupil = |which| grip(app, which, "handle corner");
    group()
        .add(pupil(Grip::MarkA))
        .add(pupil(Grip::MarkB))
        .add(grip(app, Grip::Glabella, "cross"))
        .each(Landmark::ALL.into_iter().filter_map(named))
}

/// The height in millimetres beside the line while a handle is dragged.
fn height_label(app: &App, line: &Hairline) -> Option<Element> {
    let dragged = matches!(app.hand.dragged(), Some(Grip::Handle(_)));
    let height = line_height(app.editor.view(), app.editor.norms()).filter(|_| dragged)?;
    let middle = line.handles.get(line.handles.len() / 2).copied().unwrap_or_default();
    let glabella = Grip::Glabella.position(app.editor.view(), app.editor.norms()).unwrap_or(middle);
    let (top, bottom) = (app.viewport.to_screen(middle), app.viewport.to_screen(glabella));
    let along = height.along_skin_mm;
    let x = number(bottom.x + 12.0);
    let range = el("tspan.height-range").attr("x", x.clone()).attr("dy", "18").add(range(
        "{least} – {most} mm",
        along.least,
        along.most,
    ));
    let label = el("text.height-label")
        .attr("x", x)
        .attr("y", number((top.y + bottom.y) / 2.0))
        .add(fixed(along.value, 0) + " mm")
        .add(range);
    Some(group().add(two_tone(screen_path(app, &[middle, glabella]), "ruler")).add(label))
}

fn fill_guides(app: &App) -> Option<Element> {
    let view = app.editor.view();
    let line = view.hairline.as_ref().map(|line| two_tone(path_of(app, &line.pieces()), "hairline thin"));
    let shown = group().add(line).add(boundary(app)).add(special::outlines(app));
    Some(shown)
}

/// Where the fill ends: a curve from one end of the line to the other, or an outline of its own.
fn boundary(app: &App) -> Option<Element> {
    let view = app.editor.view();
    let (_, fill) = view.fill_to_here()?;
    let is_area = app.tools.density == ToolKind::Area;
    if fill.closed {
        // What lies on the line goes with the line.
        let line = view.hairline.as_ref().map(Hairline::curve);
        let is_own = |(_, corner): &(usize, &PhotoPoint)| {
            line.as_ref().and_then(|line| line.project(**corner)).is_none_or(|near| near.distance > ON_LINE)
        };
        let corners = fill.boundary.iter().enumerate().filter(is_own).map(|(place, _)| Grip::Boundary(place)).collect();
        let grips =
            || group().each(apart(app, corners).into_iter().filter_map(|each| grip(app, each, "handle corner")));
        let outline = two_tone(screen_path(app, &fill.boundary) + "Z", "boundary");
        return Some(group().add(outline).add(is_area.then(grips)));
    }
    let ends = view.hairline.as_ref().and_then(|line| line.handles.first().zip(line.handles.last()));
    let mut handles: Vec<PhotoPoint> = ends.map(|(first, _)| *first).into_iter().collect();
    handles.extend(&fill.boundary);
    handles.extend(ends.map(|(_, last)| *last));
    let grips = is_area.then(|| grips(app, fill.boundary.len(), Grip::Boundary));
    Some(group().add(two_tone(curve_path(app, &handles), "boundary")).add(grips))
}

/// So far from each other the corners of an outline are shown, CSS pixels.
const APART: f64 = 26.0;

/// The grips that stand apart on the screen, and the chosen one: points close together would hide what lies under them.
/// Every one of them can be taken hold of, seen or not.
pub(super) fn apart(app: &App, mut grips: Vec<Grip>) -> Vec<Grip> {
    let mut shown: Vec<(PhotoPoint, Grip)> = Vec::new();
    // From both ends inwards: what stands opposite each other is shown alike.
    let (mut rest, mut at_end) = (std::collections::VecDeque::from(grips.clone()), false);
    while let Some(grip) = if at_end { rest.pop_back() } else { rest.pop_front() } {
        at_end = !at_end;
        let Some(at) = grip.position(app.editor.view(), app.editor.norms()) else { continue };
        let is_free = |(other, _): &(PhotoPoint, Grip)| at.distance(*other) * app.viewport.zoom() >= APART;
        if app.hand.selected == Some(grip) || shown.iter().all(is_free) {
            shown.push((at, grip));
        }
    }
    grips.retain(|grip| shown.iter().any(|(_, kept)| kept == grip));
    grips
}

fn split(app: &App) -> Option<Element> {
    let split = app.split_in_force();
    let (width, height) = app.editor.view().size();
    let at = |y: f64| PhotoPoint::new(width * split, y);
    (split > 0.0).then(|| two_tone(screen_path(app, &[at(0.0), at(height)]), "split"))
}

/// A ring around a place.
fn ring(at: ScreenPoint, radius: f64) -> Element {
    twice(|tone| {
        let ring = el("circle").class(tone).attr("cx", number(at.x)).attr("cy", number(at.y));
        ring.attr("r", number(radius))
    })
}

/// Where the visitor's own hair is looked at: two discs of the size that is read.
fn probe(app: &App) -> Option<Element> {
    if app.tools.look != ToolKind::Probe {
        return None;
    }
    let (texts, view, norms) = (app.texts(), app.editor.view(), app.editor.norms());
    let radius = (view.scale(norms).px_per_mm.px(PROBE_RADIUS).0 * app.viewport.zoom()).max(6.0);
    let (stubble, skin) = (Grip::Stubble.position(view, norms), Grip::Skin.position(view, norms));
    // Names stand on the sides that are turned away from each other.
    let hair_is_left = stubble.zip(skin).is_some_and(|(stubble, skin)| stubble.x < skin.x);
    let disc = |point: Option<PhotoPoint>, which: Grip, name: &'static str| {
        let at = app.viewport.to_screen(point?);
        let is_left = hair_is_left == (which == Grip::Stubble);
        let beside = radius + 6.0;
        let name = el("text.height-label.height-range")
            .attr("text-anchor", if is_left { "end" } else { "start" })
            .attr("x", number(if is_left { at.x - beside } else { at.x + beside }))
            .attr("y", number(at.y + 5.0))
            .add(name);
        let disc = el("g.grip.probe")
            .class_if(app.hand.selected == Some(which), "chosen")
            .attr("role", "img")
            .label(grip_name(app, which))
            .add(ring(at, radius))
            .add(name);
        Some(disc)
    };
    let shown = group()
        .add(disc(stubble.or(app.hand.pending_stubble), Grip::Stubble, texts.probe_stubble_short))
        .add(disc(skin, Grip::Skin, texts.probe_skin_short));
    Some(shown)
}

/// The brush as large as it paints, or the keyboard's cursor.
fn cursor(app: &App) -> Option<Element> {
    let point = app.cursor?;
    match app.tools.at(app.step).row().cursor {
        ToolCursor::Ring => {
            let radius = app.editor.view().scale(app.editor.norms()).px_per_mm.px(Mm(app.brush.radius.0)).0;
            Some(el("g.brush-ring").add(ring(app.viewport.to_screen(point), radius * app.viewport.zoom())))
        }
        ToolCursor::Crosshair => {
            let cross = twice(|tone| el("path").class(tone).attr("d", "M-9 0H-3M3 0H9M0-9V-3M0 3V9"));
            Some(standing(app, point, "key-cursor").add(cross))
        }
        ToolCursor::Grab => None,
    }
}
