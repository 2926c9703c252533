//! Which tools there are.

/// The tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ToolKind {
    /// Moves the view.
    #[default]
    View,
    /// Sets and drags the marks of the scale.
    Marks,
    /// Drags handles of the line and adds new ones.
    Line,
    /// Draws the line freehand.
    Freehand,
    /// Drags the upper boundary of the fill.
    Area,
    /// Paints density.
    Brush,
    /// Takes density away.
    Eraser,
    /// Drags the outline of the skull.
    Head,
    /// Draws around a patch; drags the corners of patches.
    Lasso,
    /// Draws a part line; drags the handles of part lines.
    PartLine,
    /// Draws along a scar; drags the handles of scars.
    Scar,
    /// Sets and drags the places where the visitor's own hair is looked at.
    Probe,
    /// Draws the edge of a temple or sideburn; drags the handles of such edges.
    Temple,
    /// Drags the points of the face.
    Landmarks,
}

/// One tool: how it is called in shortcuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToolRow {
    /// Which tool.
    pub kind: ToolKind,
    /// The key that takes it, lower case.
    pub shortcut: char,
}

/// Every tool that has a shortcut.
pub const TOOLS: &[ToolRow] = &[
    ToolRow { kind: ToolKind::Line, shortcut: 'l' },
    ToolRow { kind: ToolKind::Freehand, shortcut: 'f' },
    ToolRow { kind: ToolKind::Area, shortcut: 'a' },
    ToolRow { kind: ToolKind::Brush, shortcut: 'b' },
    ToolRow { kind: ToolKind::Eraser, shortcut: 'e' },
    ToolRow { kind: ToolKind::Head, shortcut: 'h' },
    ToolRow { kind: ToolKind::Lasso, shortcut: 'o' },
    ToolRow { kind: ToolKind::PartLine, shortcut: 'p' },
    ToolRow { kind: ToolKind::Scar, shortcut: 's' },
    ToolRow { kind: ToolKind::Probe, shortcut: 'm' },
    ToolRow { kind: ToolKind::Temple, shortcut: 't' },
    ToolRow { kind: ToolKind::Landmarks, shortcut: 'g' },
];

impl ToolKind {
    /// Whether all that the tool does is done by taps and by dragging grips. The others draw from where the pointer goes
    /// down to where it is lifted.
    #[must_use]
    pub fn is_for_grips(self) -> bool {
        matches!(self, Self::Marks | Self::Line | Self::Area | Self::Head | Self::Probe | Self::Landmarks)
    }
}
