//! Shapes of the line, its two halves, temple peaks, and the guides on the face.

use super::NoticeKind;
use crate::app::App;
use crate::app::model::Step;
use crate::engine::calibration::{GUIDES, GuideLine, Side};
use crate::engine::catalog::{Norm, SHAPES, ShapeKind, ShapeRule};
use crate::engine::design::{Hairline, View};
use crate::engine::editor::tools::{Snap, ToolKind};
use crate::engine::editor::{Command, Grip, Half, LineRecipe, Midline, RecipePart, SeenFace, alike, front_line_on};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use std::rc::Rc;
use yew::prelude::*;

/// From how far a guide draws a handle to it, CSS pixels.
const SNAP: f64 = 8.0;
/// How many lines are remembered with how they came about: more steps back are hardly gone.
const MOST_RECIPES: usize = 32;

/// What helps to draw the line and is no part of the design.
#[derive(Default)]
pub(crate) struct LineAids {
    /// Which of [`GUIDES`] are shown.
    pub shown: [bool; GUIDES.len()],
    /// Whether handles pass guides that are shown, and do not snap to them.
    pub passes: bool,
    /// A key is held that keeps them from snapping.
    pub free: bool,
    /// The lines of the guides that are shown; on other sides than the front the front line as it is seen there.
    pub lines: Vec<GuideLine>,
    snap_lines: Rc<[Vec<PhotoPoint>]>,
    drawn_for: Option<Seen>,
    /// Lines as they stood in the design, and how each came about, the newest last.
    recipes: Vec<(Hairline, LineRecipe)>,
    /// The newest of them was made by a slider that is still held.
    held: bool,
}

/// What the guides follow from.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    shown: [bool; GUIDES.len()],
    /// The view, without what is drawn.
    view: View,
    /// On other sides the front with its line.
    front: Option<View>,
}

impl App {
    /// The shapes of a front line that are offered: the program's, then the clinic's.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = &ShapeRule> {
        let is_front = |rule: &&ShapeRule| matches!(rule.kind, ShapeKind::Front { .. });
        SHAPES.iter().chain(&self.config.shapes).filter(is_front)
    }

    /// Whether the side shows both halves of the line: a profile shows one.
    pub(crate) fn shows_both_halves(&self) -> bool {
        !matches!(self.editor.side(), Side::Left | Side::Right)
    }

    /// How the line of the view came about; `None` for one that was made by hand.
    pub(crate) fn recipe(&self) -> Option<&LineRecipe> {
        let line = self.editor.view().hairline.as_ref()?;
        self.aids.recipes.iter().rev().find(|(made, _)| made == line).map(|(_, recipe)| recipe)
    }

    /// As [`Self::recipe`], with that of a line made by hand.
    fn own_recipe(&self) -> Option<LineRecipe> {
        let by_hand = || self.editor.view().hairline.clone().map(LineRecipe::by_hand);
        self.recipe().cloned().or_else(by_hand)
    }

    pub(super) fn choose_shape(&mut self, ctx: &Context<Self>, place: usize) {
        let Some(rule) = self.shapes().nth(place).cloned() else { return };
        let nothing = LineRecipe { shape: None, drawn: None, share: 1.0, unevenness: Mm(0.0) };
        let params = SeenFace::of(self.editor.view(), self.editor.norms()).params(&rule, self.editor.norms());
        self.tools.line = ToolKind::Line;
        self.make_line(ctx, self.own_recipe().unwrap_or(nothing).with_shape(rule, params), false);
    }

    /// A slider changes how the line comes about.
    pub(super) fn change_recipe(&mut self, ctx: &Context<Self>, part: RecipePart, value: f64) {
        let Some(recipe) = self.own_recipe().map(|recipe| recipe.with(part, value)) else { return };
        self.editor.begin();
        self.make_line(ctx, recipe, true);
    }

    /// The slider was let go.
    pub(super) fn settle_recipe(&mut self) {
        self.aids.held = false;
    }

    fn make_line(&mut self, ctx: &Context<Self>, recipe: LineRecipe, slides: bool) {
        let Some(line) = recipe.line(self.editor.view(), self.editor.norms()) else { return };
        if std::mem::replace(&mut self.aids.held, slides) && slides {
            // What the slider passed on its way is forgotten.
            self.aids.recipes.pop();
        }
        self.command(ctx, Command::SetHairline(Some(line)));
        // The design keeps it rounded and within the picture: so it is recognised.
        if let Some(made) = self.editor.view().hairline.clone() {
            self.aids.recipes.push((made, recipe));
        }
        let surplus = self.aids.recipes.len().saturating_sub(MOST_RECIPES);
        self.aids.recipes.drain(..surplus);
    }

    pub(super) fn make_alike(&mut self, ctx: &Context<Self>, half: Half) {
        let view = self.editor.view();
        let midline = Midline::of(view, self.editor.norms());
        let made = view.hairline.as_ref().zip(midline).and_then(|(line, midline)| alike(line, &midline, half));
        match made {
            Some(line) => self.command(ctx, Command::SetHairline(Some(line))),
            None => self.say(NoticeKind::Info, self.texts().line_alike_none),
        }
    }

    /// The chosen handle becomes a corner, or smooth again; with mirror editing its counterpart alike.
    pub(super) fn turn_corner(&mut self, ctx: &Context<Self>) {
        let Some((Grip::Handle(place), line)) = self.hand.selected.zip(self.editor.view().hairline.as_ref()) else {
            return;
        };
        let mut turned = line.with_corner_turned(place);
        let other = line.handles.len().saturating_sub(place + 1);
        if self.settings().mirrored && turned.is_corner(other) != turned.is_corner(place) {
            turned = turned.with_corner_turned(other);
        }
        self.command(ctx, Command::SetHairline(Some(turned)));
    }

    pub(super) fn add_temple_peaks(&mut self, ctx: &Context<Self>) {
        let (view, norms) = (self.editor.view(), self.editor.norms());
        let of_clinic = self.config.shapes.iter().rev();
        let Some(rule) = of_clinic.chain(SHAPES).find(|rule| rule.kind == ShapeKind::TemplePeaks) else { return };
        let face = SeenFace::of(view, norms);
        let width = view.scale(norms).px_per_mm.px(Mm(norms.get(Norm::TempleWidth))).0;
        let bands = face.temple_peaks(rule, &face.params(rule, norms), width, norms.get(Norm::Density));
        self.editor.begin();
        for band in bands {
            self.command(ctx, Command::AddBand(band));
        }
        self.tools.line = ToolKind::Temple;
        self.settled(ctx);
    }

    pub(super) fn toggle_guide(&mut self, place: usize) {
        if let Some(shown) = self.aids.shown.get_mut(place) {
            *shown = !*shown;
        }
    }

    /// Brings the guides up to date with the face, and what handles snap to with the guides.
    pub(super) fn follow_face(&mut self) {
        let (view, views, side) = (self.editor.view(), &self.editor.design().views, self.editor.side());
        let has_face = view.eyes().is_some();
        let is_front = side == Side::Front;
        let bare = |view: &View| View { probe: None, fill: Vec::new(), ..view.clone() };
        let is_aided = if is_front { has_face && self.aids.shown.contains(&true) } else { true };
        let seen = (self.step == Step::Hairline && is_aided).then(|| Seen {
            shown: self.aids.shown,
            view: View { hairline: None, ..bare(view) },
            front: (!is_front).then(|| bare(&views.front)),
        });
        if seen != self.aids.drawn_for {
            let norms = self.editor.norms();
            let line = |points| GuideLine { points, name: "", length: None };
            let lines: Vec<GuideLine> = match &seen {
                Some(_) if !is_front => front_line_on(views, side, norms).into_iter().map(line).collect(),
                Some(seen) => SeenFace::of(view, norms).guides(seen.shown),
                None => Vec::new(),
            };
            self.aids.snap_lines = lines.iter().map(|line| line.points.clone()).collect();
            (self.aids.lines, self.aids.drawn_for) = (lines, seen);
        }
        if self.tools.line == ToolKind::Landmarks && !has_face {
            self.tools.line = ToolKind::Line;
        }
        let is_drawn = !self.aids.passes && !self.aids.free;
        let lines = if is_drawn { self.aids.snap_lines.clone() } else { Rc::default() };
        self.hand.snap = Snap { lines, within: PhotoPx(SNAP / self.viewport.zoom()) };
    }
}
