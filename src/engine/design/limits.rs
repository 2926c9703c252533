//! How large a design may be.

/// Limits of a design, for files from anywhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DesignLimits {
    /// Bytes of a file: 5,000 long strokes fit three times.
    pub file_bytes: usize,
    /// Handles of one line: more cannot be handled by hand.
    pub handles: usize,
    /// Designs on the same photos: more cannot be compared.
    pub variants: usize,
    /// Characters of a variant's name.
    pub name_chars: usize,
    /// Degrees by which a photo may be levelled: one that leans more is turned by quarters.
    pub level_degrees: f64,
    /// Strokes and fills of one view.
    pub fill_ops: usize,
    /// Strokes that correct where hair is, of one view.
    pub hair_strokes: usize,
    /// Points of one stroke: minutes of painting without lifting the finger.
    pub stroke_points: usize,
    /// Characters of the notes.
    pub notes_chars: usize,
    /// Characters of a photo's digest or a shade's key.
    pub key_chars: usize,
    /// How deep an outline is blended into what lies around, mm: twice the most that practitioners do.
    pub blend_mm: f64,
    /// Radius of a brush in pixels, least and most: the most is the longest side of a working picture.
    pub brush_radius_px: (f64, f64),
    /// Width of a part line or scar in pixels, least and most.
    pub band_width_px: (f64, f64),
    /// Months after the last session: the longest after which practitioners advise a touch-up.
    pub months: f64,
    /// Length of hair that is shown clipped, mm: what clipper 1 leaves.
    pub hair_mm: f64,
    /// Sessions of a treatment: the most that practitioners speak of.
    pub sessions: u8,
    /// Distance of the camera in mm, least and most: arm's length held near, and across a room.
    pub camera_mm: (f64, f64),
    /// Degrees by which a head may be turned or pitch from the plain view of its side: beyond half a right angle another
    /// side is seen.
    pub head_degrees: f64,
    /// Half the width or height of a head's outline in pixels, least and most.
    pub head_half_px: (f64, f64),
    /// Share of the light that stubble takes: nothing takes all of it.
    pub darkening: f64,
    /// No working picture is larger, and no point needs to lie further outside of one, pixels.
    pub farthest_px: f64,
    /// Steps that can be undone.
    pub undo_steps: usize,
}

/// The limits in force.
pub const DESIGN_LIMITS: DesignLimits = DesignLimits {
    file_bytes: 8 * 1024 * 1024,
    handles: 64,
    variants: 4,
    name_chars: 60,
    level_degrees: 45.0,
    fill_ops: 60_000,
    hair_strokes: 500,
    stroke_points: 20_000,
    notes_chars: 4_000,
    key_chars: 120,
    blend_mm: 40.0,
    brush_radius_px: (0.1, 4_096.0),
    band_width_px: (1.0, 4_096.0),
    months: 72.0,
    hair_mm: 3.0,
    sessions: 4,
    camera_mm: (250.0, 6_000.0),
    head_degrees: 45.0,
    head_half_px: (8.0, 16_384.0),
    darkening: 0.95,
    farthest_px: 16_384.0,
    undo_steps: 200,
};
