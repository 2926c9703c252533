//! How large a design may be.

/// Limits of a design, for files from anywhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignLimits {
    /// Bytes of a file: 5,000 long strokes fit three times.
    pub file_bytes: usize,
    /// Handles of one line: more cannot be handled by hand.
    pub handles: usize,
    /// Strokes and fills of one view.
    pub fill_ops: usize,
    /// Points of one stroke: minutes of painting without lifting the finger.
    pub stroke_points: usize,
    /// Characters of the notes.
    pub notes_chars: usize,
    /// Characters of a photo's digest or a shade's key.
    pub key_chars: usize,
    /// Radius of a brush in pixels: the longest side of a working picture.
    pub brush_radius_px: f64,
    /// Steps that can be undone.
    pub undo_steps: usize,
}

/// The limits in force.
pub const DESIGN_LIMITS: DesignLimits = DesignLimits {
    file_bytes: 8 * 1024 * 1024,
    handles: 64,
    fill_ops: 60_000,
    stroke_points: 20_000,
    notes_chars: 4_000,
    key_chars: 120,
    brush_radius_px: 4_096.0,
    undo_steps: 200,
};
