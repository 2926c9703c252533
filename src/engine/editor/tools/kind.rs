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
    /// Says where the visitor's own hair is.
    Hair,
    /// Says where none is.
    NotHair,
    /// Draws the edge of a temple or sideburn; drags the handles of such edges.
    Temple,
    /// Drags the points of the face.
    Landmarks,
}
