//! Every tool, one row each.

use super::gesture::{GestureContext, Started};
use super::{
    ToolKind, area, brush, freehand, head, landmarks, lasso, line, marks, part_line, probe, scar, temple, view,
};
use crate::engine::catalog::Parameter;
use crate::engine::design::{BandKind, FillOp};
use crate::engine::editor::PointerKind;
use crate::engine::geometry::PhotoPoint;

/// One tool.
#[derive(Debug, Clone, Copy)]
pub struct ToolRow {
    /// Which tool.
    pub kind: ToolKind,
    /// Its name in markup; never changes.
    pub id: &'static str,
    /// The key that takes it, lower case.
    pub shortcut: Option<char>,
    /// What is seen where the pointer hovers.
    pub cursor: ToolCursor,
    /// The step that it belongs to; `None` for one that is always there.
    pub step: Option<ToolStep>,
    /// The choice among which it is offered; `None` for one that is taken otherwise.
    pub group: Option<ToolGroup>,
    /// How its gestures go.
    pub input: ToolInput,
    /// What moves alike on the other side, where that is wanted.
    pub mirrors: Mirrors,
    /// The whole width of a new band.
    pub width: Option<Parameter>,
    /// Whether it is the tool that makes such a thing.
    pub makes: fn(&FillOp) -> bool,
    /// Begins a gesture.
    pub(super) start: fn(&mut GestureContext<'_>, PhotoPoint, PointerKind) -> Started,
}

/// What is seen where the pointer hovers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolCursor {
    /// An open hand.
    Grab,
    /// A cross.
    Crosshair,
    /// A ring as large as the brush; no cursor of the browser.
    Ring,
}

impl ToolCursor {
    /// The keyword of CSS.
    #[must_use]
    pub fn css(self) -> &'static str {
        match self {
            Self::Grab => "grab",
            Self::Crosshair => "crosshair",
            Self::Ring => "none",
        }
    }
}

/// The steps that have tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolStep {
    /// How big the head is.
    Size,
    /// The front line.
    Hairline,
    /// What is filled and painted.
    Density,
    /// How the ink looks.
    Look,
}

/// A choice among tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolGroup {
    /// What draws and moves the line, and what belongs to it.
    Line,
    /// What fills and paints.
    Paint,
    /// What is for scars, patches and parts.
    Special,
    /// What corrects where the visitor's own hair is.
    Hair,
}

impl ToolGroup {
    /// The tools that are offered, in their order.
    pub fn tools(self) -> impl Iterator<Item = ToolKind> {
        TOOLS.iter().filter(move |row| row.group == Some(self)).map(|row| row.kind)
    }
}

/// How a tool's gestures go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolInput {
    /// They move the view, not the design.
    View,
    /// All is done by taps and by dragging handles.
    Handles,
    /// It draws from where the pointer goes down to where it is lifted.
    Drawing,
}

/// What of a tool moves alike on the other side, where that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mirrors {
    /// What lies across the midline of a picture that shows both halves of the head.
    Halves,
    /// The opposite edge of an outline, in any picture.
    Outline,
}

/// A tool on handles, without a shortcut, in a picture that shows both halves: what a row says otherwise is the tool's own.
const USUAL: ToolRow = ToolRow {
    kind: ToolKind::View,
    id: "view",
    shortcut: None,
    cursor: ToolCursor::Crosshair,
    step: None,
    group: None,
    input: ToolInput::Handles,
    mirrors: Mirrors::Halves,
    width: None,
    makes: |_| false,
    start: view::start,
};

const VIEW: ToolRow = ToolRow { cursor: ToolCursor::Grab, input: ToolInput::View, ..USUAL };

/// Every tool, in the order in which they are offered.
pub const TOOLS: &[ToolRow] = &[
    VIEW,
    ToolRow { kind: ToolKind::Marks, id: "marks", step: Some(ToolStep::Size), start: marks::start, ..USUAL },
    ToolRow {
        kind: ToolKind::Head,
        id: "head",
        shortcut: Some('h'),
        step: Some(ToolStep::Size),
        mirrors: Mirrors::Outline,
        start: head::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Line,
        id: "line",
        shortcut: Some('l'),
        step: Some(ToolStep::Hairline),
        group: Some(ToolGroup::Line),
        start: line::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Freehand,
        id: "freehand",
        shortcut: Some('f'),
        step: Some(ToolStep::Hairline),
        group: Some(ToolGroup::Line),
        input: ToolInput::Drawing,
        start: freehand::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Temple,
        id: "temple",
        shortcut: Some('t'),
        step: Some(ToolStep::Hairline),
        group: Some(ToolGroup::Line),
        input: ToolInput::Drawing,
        width: Some(Parameter::TempleWidth),
        makes: |op| is_band(op, BandKind::Temple),
        start: temple::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Landmarks,
        id: "landmarks",
        shortcut: Some('g'),
        step: Some(ToolStep::Hairline),
        group: Some(ToolGroup::Line),
        start: landmarks::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Area,
        id: "area",
        shortcut: Some('a'),
        step: Some(ToolStep::Density),
        group: Some(ToolGroup::Paint),
        start: area::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Brush,
        id: "brush",
        shortcut: Some('b'),
        cursor: ToolCursor::Ring,
        step: Some(ToolStep::Density),
        group: Some(ToolGroup::Paint),
        input: ToolInput::Drawing,
        start: brush::start_brush,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Eraser,
        id: "eraser",
        shortcut: Some('e'),
        cursor: ToolCursor::Ring,
        step: Some(ToolStep::Density),
        group: Some(ToolGroup::Paint),
        input: ToolInput::Drawing,
        start: brush::start_eraser,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Lasso,
        id: "lasso",
        shortcut: Some('o'),
        step: Some(ToolStep::Density),
        group: Some(ToolGroup::Special),
        input: ToolInput::Drawing,
        makes: |op| matches!(op, FillOp::Patch(_)),
        start: lasso::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Scar,
        id: "scar",
        shortcut: Some('s'),
        step: Some(ToolStep::Density),
        group: Some(ToolGroup::Special),
        input: ToolInput::Drawing,
        width: Some(Parameter::ScarWidth),
        makes: |op| is_band(op, BandKind::Scar),
        start: scar::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::PartLine,
        id: "part-line",
        shortcut: Some('p'),
        step: Some(ToolStep::Density),
        group: Some(ToolGroup::Special),
        input: ToolInput::Drawing,
        width: Some(Parameter::PartLineWidth),
        makes: |op| is_band(op, BandKind::PartLine),
        start: part_line::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Probe,
        id: "probe",
        shortcut: Some('m'),
        step: Some(ToolStep::Look),
        start: probe::start,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::Hair,
        id: "hair",
        cursor: ToolCursor::Ring,
        step: Some(ToolStep::Look),
        group: Some(ToolGroup::Hair),
        input: ToolInput::Drawing,
        start: brush::start_hair,
        ..USUAL
    },
    ToolRow {
        kind: ToolKind::NotHair,
        id: "not-hair",
        cursor: ToolCursor::Ring,
        step: Some(ToolStep::Look),
        group: Some(ToolGroup::Hair),
        input: ToolInput::Drawing,
        start: brush::start_not_hair,
        ..USUAL
    },
];

fn is_band(op: &FillOp, kind: BandKind) -> bool {
    matches!(op, FillOp::Band(band) if band.kind == kind)
}

impl ToolKind {
    /// Its row of [`TOOLS`].
    #[must_use]
    pub fn row(self) -> &'static ToolRow {
        TOOLS.iter().find(|row| row.kind == self).unwrap_or(&VIEW)
    }

    /// The tool that makes such a thing, if one alone does.
    #[must_use]
    pub fn that_makes(op: &FillOp) -> Option<Self> {
        TOOLS.iter().find(|row| (row.makes)(op)).map(|row| row.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The place of a tool among all: a new one does not compile without its place here, and then wants its row.
    fn place(kind: ToolKind) -> usize {
        match kind {
            ToolKind::View => 0,
            ToolKind::Marks => 1,
            ToolKind::Line => 2,
            ToolKind::Freehand => 3,
            ToolKind::Area => 4,
            ToolKind::Brush => 5,
            ToolKind::Eraser => 6,
            ToolKind::Head => 7,
            ToolKind::Lasso => 8,
            ToolKind::PartLine => 9,
            ToolKind::Scar => 10,
            ToolKind::Probe => 11,
            ToolKind::Temple => 12,
            ToolKind::Landmarks => 13,
            ToolKind::Hair => 14,
            ToolKind::NotHair => 15,
        }
    }

    #[test]
    fn every_tool_has_one_row() {
        let mut places: Vec<usize> = TOOLS.iter().map(|row| place(row.kind)).collect();
        places.sort_unstable();
        assert_eq!(places, (0..=place(ToolKind::NotHair)).collect::<Vec<_>>());
        assert!(TOOLS.iter().all(|row| row.kind.row().id == row.id));
    }

    #[test]
    fn ids_and_shortcuts_name_one_tool() {
        let ids: BTreeSet<&str> = TOOLS.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), TOOLS.len(), "{ids:?}");
        let is_kebab = |id: &str| id.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-');
        assert!(ids.iter().all(|id| is_kebab(id)), "{ids:?}");
        let keys: Vec<char> = TOOLS.iter().filter_map(|row| row.shortcut).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
        assert!(keys.iter().all(char::is_ascii_lowercase), "{keys:?}");
    }

    #[test]
    fn each_kind_of_band_has_the_one_tool_that_makes_it() {
        let made = |kind| {
            let band = crate::engine::design::Band { kind, handles: Vec::new(), width: 1.0, density: 1.0 };
            let rows = TOOLS.iter().filter(|row| (row.makes)(&FillOp::Band(band.clone())));
            rows.map(|row| (row.kind, row.width)).collect::<Vec<_>>()
        };
        assert_eq!(made(BandKind::Scar), [(ToolKind::Scar, Some(Parameter::ScarWidth))]);
        assert_eq!(made(BandKind::Temple), [(ToolKind::Temple, Some(Parameter::TempleWidth))]);
        assert_eq!(made(BandKind::PartLine), [(ToolKind::PartLine, Some(Parameter::PartLineWidth))]);
    }
}
