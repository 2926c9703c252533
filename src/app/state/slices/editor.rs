//! What the visitor draws with and on: the document with its history, the view of it, the tool in hand and its settings.

use super::step::Step;
use crate::engine::calibration::{GUIDES, GuideLine, Reference, Side};
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::design::{Design, Hairline, View};
use crate::engine::editor::tools::{BrushSettings, Mirrors, Snap, ToolController, ToolKind, ToolSettings, ToolStep};
use crate::engine::editor::{Editor, LineRecipe, Pointers, Viewport, average_pupils, bank_card};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, ScreenPoint, ScreenSize};
use std::rc::Rc;

/// How near to a handle a pointer takes it, CSS pixels: half of a 44 pixel target.
const REACH: f64 = 22.0;
/// From how far a guide draws a handle to it, CSS pixels.
const SNAP: f64 = 8.0;
/// Where dots stand in a new design: every visitor may see the same pattern.
const FIRST_SEED: u32 = 1;
/// How many lines are remembered with how they came about: more steps back are hardly gone.
const MAX_RECIPES: usize = 32;

/// What the marks of the scale are set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MeasureBy {
    /// The pupils.
    #[default]
    Eyes,
    /// A bank card or anything else of known length.
    Length,
}

/// The tool chosen for each step that has a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToolChoice {
    /// Marks, or the outline of the skull.
    pub size: ToolKind,
    /// Points, freehand, temples or landmarks.
    pub line: ToolKind,
    /// Area, brush or eraser; or patch, scar or part line.
    pub density: ToolKind,
    /// The view, or the probe of the visitor's own hair.
    pub look: ToolKind,
}

impl Default for ToolChoice {
    fn default() -> Self {
        Self { size: ToolKind::Marks, line: ToolKind::Line, density: ToolKind::Area, look: ToolKind::View }
    }
}

impl ToolChoice {
    /// The tool chosen at a step.
    #[must_use]
    pub fn at(self, step: Step) -> ToolKind {
        match step {
            Step::Size => self.size,
            Step::Hairline => self.line,
            Step::Density => self.density,
            Step::Look => self.look,
            Step::Photo | Step::Save => ToolKind::View,
        }
    }

    /// Takes a tool at the step to which it belongs; the view at the step where there is nothing else to take.
    pub fn take(&mut self, kind: ToolKind) {
        let slot = match kind.row().step {
            Some(ToolStep::Size) => &mut self.size,
            Some(ToolStep::Hairline) => &mut self.line,
            Some(ToolStep::Density) => &mut self.density,
            Some(ToolStep::Look) | None => &mut self.look,
        };
        *slot = kind;
    }
}

/// The guides on the face, and how the line came about: what helps to draw it and is no part of the design.
#[derive(Debug, Clone, Default)]
pub struct SnapSettings {
    /// Which of [`GUIDES`] are shown.
    pub shown: [bool; GUIDES.len()],
    /// Whether handles pass guides that are shown, and do not snap to them.
    pub passes: bool,
    /// A key is held that keeps them from snapping.
    pub free: bool,
    /// The lines of the guides that are shown; on other sides than the front the front line as it is seen there.
    pub lines: Vec<GuideLine>,
    /// The points of these lines, for handles to snap to.
    snap_lines: Rc<[Vec<PhotoPoint>]>,
    /// What the lines were made for.
    pub drawn_for: Option<GuidesKey>,
    /// Lines as they stood in the design, and how each came about, the newest last.
    recipes: Vec<(Hairline, LineRecipe)>,
    /// The newest of them was made by a slider that is still held.
    is_sliding: bool,
}

/// What the lines of the guides are derived from.
#[derive(Debug, Clone, PartialEq)]
pub struct GuidesKey {
    /// Which are shown.
    pub shown: [bool; GUIDES.len()],
    /// The side.
    pub side: Side,
    /// The view, without what is drawn.
    pub view: View,
    /// On other sides the front with its line.
    pub front: Option<View>,
}

impl SnapSettings {
    /// How that line came about; `None` for one that was made by hand.
    #[must_use]
    pub fn recipe_of(&self, line: &Hairline) -> Option<&LineRecipe> {
        self.recipes.iter().rev().find(|(made, _)| made == line).map(|(_, recipe)| recipe)
    }

    /// Remembers how a line came about. What a slider passed on its way is forgotten.
    pub fn remember(&mut self, line: Hairline, recipe: LineRecipe, is_sliding: bool) {
        if std::mem::replace(&mut self.is_sliding, is_sliding) && is_sliding {
            self.recipes.pop();
        }
        self.recipes.push((line, recipe));
        let surplus = self.recipes.len().saturating_sub(MAX_RECIPES);
        self.recipes.drain(..surplus);
    }

    /// The slider was let go.
    pub fn end_slide(&mut self) {
        self.is_sliding = false;
    }

    /// Shows these lines, made for that.
    pub fn set_lines(&mut self, key: Option<GuidesKey>, lines: Vec<GuideLine>) {
        self.snap_lines = lines.iter().map(|line| line.points.clone()).collect();
        (self.lines, self.drawn_for) = (lines, key);
    }

    /// What handles of the line snap to, at that zoom.
    #[must_use]
    pub fn snap(&self, zoom: f64) -> Snap {
        let is_on = !self.passes && !self.free;
        let lines = if is_on { self.snap_lines.clone() } else { Rc::default() };
        Snap { lines, within: PhotoPx(SNAP / zoom) }
    }
}

/// The slice.
#[derive(Debug, Clone)]
pub struct EditorState {
    /// The design with its history.
    pub document: Editor,
    /// The gesture under way, and what is chosen.
    pub controller: ToolController,
    /// The pointers that are down on the stage.
    pub pointers: Pointers,
    /// The part of the photo that is on the stage.
    pub viewport: Viewport,
    /// Device pixels per CSS pixel.
    pub pixel_ratio: f64,
    /// The tools.
    pub tools: ToolChoice,
    /// The brush and the eraser.
    pub brush: BrushSettings,
    /// Whether both sides of the line move together.
    pub mirrored: bool,
    /// What the marks are set on, where no marks say so.
    chosen_measure: MeasureBy,
    /// Guides and recipes of the line.
    pub aids: SnapSettings,
    /// Where the mouse hovers or the keyboard's cursor stands.
    pub cursor: Option<PhotoPoint>,
    /// Whether it is the keyboard's cursor, which has to be shown: a mouse has one of its own.
    pub cursor_of_keys: bool,
    /// The space bar is held: pointers move the view.
    pub space_held: bool,
}

impl EditorState {
    /// On an empty design.
    #[must_use]
    pub fn new(parameters: Parameters) -> Self {
        Self {
            brush: BrushSettings::new(&parameters),
            document: Editor::new(parameters, FIRST_SEED),
            controller: ToolController::default(),
            pointers: Pointers::default(),
            viewport: Viewport::fitted(ScreenSize::default(), (0.0, 0.0)),
            pixel_ratio: 1.0,
            tools: ToolChoice::default(),
            mirrored: true,
            chosen_measure: MeasureBy::Eyes,
            aids: SnapSettings::default(),
            cursor: None,
            cursor_of_keys: false,
            space_held: false,
        }
    }

    /// Begins again with an empty design; view, tools and their settings stay.
    pub fn clear(&mut self) {
        self.document.reset(Design::new(self.document.parameters(), FIRST_SEED));
        self.controller = ToolController::default();
    }

    /// The view that is drawn on.
    #[must_use]
    pub fn view(&self) -> &View {
        self.document.view()
    }

    /// The parameters in force.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        self.document.parameters()
    }

    /// Whether any side has a photo.
    #[must_use]
    pub fn has_photos(&self) -> bool {
        self.document.design().views.each().next().is_some()
    }

    /// Whether anything is filled on any side.
    #[must_use]
    pub fn has_fill(&self) -> bool {
        self.document.design().views.each().any(|(_, view)| !view.fill.is_empty())
    }

    /// Whether anything is drawn on any side.
    #[must_use]
    pub fn has_drawing(&self) -> bool {
        self.document.design().views.each().any(|(_, view)| view.has_drawing())
    }

    /// Whether the side shows both halves of the line: a profile shows one.
    #[must_use]
    pub fn shows_both_halves(&self) -> bool {
        !matches!(self.document.side(), Side::Left | Side::Right)
    }

    /// What the marks are set on: what the marks that are there say, else what was chosen, which only the front leaves open.
    #[must_use]
    pub fn measure_by(&self) -> MeasureBy {
        let by_pupils = self.view().calibration.map(|calibration| calibration.reference.is_pupils());
        match (by_pupils, self.document.side()) {
            (Some(true), _) => MeasureBy::Eyes,
            (None, Side::Front) => self.chosen_measure,
            (Some(false), _) | (None, _) => MeasureBy::Length,
        }
    }

    /// The marks are set on this from now on.
    pub fn choose_measure(&mut self, by: MeasureBy) {
        self.chosen_measure = by;
    }

    /// What two new marks mean, when they are set on this.
    #[must_use]
    pub fn usual_reference(&self, by: MeasureBy) -> Reference {
        match by {
            MeasureBy::Eyes => average_pupils(self.parameters()),
            MeasureBy::Length => bank_card(self.parameters()),
        }
    }

    /// How far away the camera was: as the head says, else as photos are usually taken.
    #[must_use]
    pub fn camera_distance(&self) -> Mm {
        self.view().head.map_or_else(|| Mm(self.parameters().get(Parameter::CameraDistance)), |head| head.camera)
    }

    /// The tool in hand at a step. Where there is nothing to move yet a line is drawn.
    #[must_use]
    pub fn tool(&self, step: Step) -> ToolKind {
        match self.tools.at(step) {
            ToolKind::Line if self.view().hairline.is_none() => ToolKind::Freehand,
            kind => kind,
        }
    }

    /// What the tool in hand at a step has to know.
    #[must_use]
    pub fn tool_settings(&self, step: Step) -> ToolSettings {
        let (kind, parameters) = (self.tool(step), self.parameters());
        let row = kind.row();
        ToolSettings {
            kind,
            reach: PhotoPx(REACH / self.viewport.zoom()),
            mirrored: self.mirrored && (row.mirrors == Mirrors::Outline || self.shows_both_halves()),
            brush: self.brush,
            reference: self.usual_reference(self.measure_by()),
            band_width: Mm(parameters.get(row.width.unwrap_or(Parameter::ScarWidth))),
            band_density: parameters.get(Parameter::Density),
            patch_density: parameters.get(Parameter::Density),
        }
    }

    /// The step is left: an open gesture ends, and what was chosen is put down.
    pub fn leave_step(&mut self) {
        self.controller.cancel(&mut self.document);
        self.document.complete();
        self.tools.size = ToolKind::Marks;
        self.tools.look = ToolKind::View;
        if self.tools.line != ToolKind::Freehand {
            self.tools.line = ToolKind::Line;
        }
        self.controller.pending_stubble = None;
        self.controller.selected = None;
        self.cursor = None;
    }

    /// Another side is shown than before.
    pub fn side_changed(&mut self) {
        self.controller = ToolController::default();
        self.cursor = None;
        self.chosen_measure = if self.document.side() == Side::Front { MeasureBy::Eyes } else { MeasureBy::Length };
    }

    /// How the line of the view came about; `None` for one that was made by hand.
    #[must_use]
    pub fn recipe(&self) -> Option<&LineRecipe> {
        self.aids.recipe_of(self.view().hairline.as_ref()?)
    }

    /// The middle of the stage.
    #[must_use]
    pub fn middle(&self) -> ScreenPoint {
        let stage = self.viewport.stage();
        ScreenPoint::new(stage.width / 2.0, stage.height / 2.0)
    }

    /// What the visitor looks at when nothing else is said: the chosen point, or the middle of the line.
    #[must_use]
    pub fn point_of_interest(&self) -> Option<PhotoPoint> {
        let view = self.view();
        let chosen = self.controller.selected.and_then(|handle| handle.position(view, self.parameters()));
        let middle = || view.hairline.as_ref().and_then(|line| line.handles.get(line.handles.len() / 2)).copied();
        chosen.or_else(middle)
    }

    /// Where on the screen that is.
    #[must_use]
    pub fn place_of_interest(&self) -> ScreenPoint {
        self.point_of_interest().map_or_else(|| self.middle(), |point| self.viewport.to_screen(point))
    }
}
