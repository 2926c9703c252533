//! Linear light to 8-bit sRGB and back (IEC 61966-2-1), by tables made with products and Newton's roots, so that every
//! build has the same tables (see the module's invariant).

/// Steps of the encoding table, evenly spaced in the square root of linear light, which is nearly even in sRGB.
const STEPS: usize = 4096;

/// Newton's steps for a root of a number in (0, 1], starting from 1. Enough to reach the last bit for any 8-bit value.
const NEWTON_STEPS: usize = 48;

/// The encoding table.
pub(super) struct Transfer {
    codes: Vec<f32>,
}

impl Transfer {
    pub(super) fn new() -> Self {
        Self { codes: (0..=STEPS).map(|step| (255.0 * encode(step as f64 / STEPS as f64)) as f32).collect() }
    }

    /// The sRGB code value, 0 to 255 with its fraction, of linear light; out of range is clamped.
    pub(super) fn code(&self, light: f32) -> f32 {
        let place = light.clamp(0.0, 1.0).sqrt() * STEPS as f32;
        let step = (place as usize).min(STEPS - 1);
        let low = self.codes.get(step).copied().unwrap_or(0.0);
        let high = self.codes.get(step + 1).copied().unwrap_or(low);
        low + (high - low) * (place - step as f32)
    }
}

/// sRGB, 0 to 1, of linear light given by its square root.
fn encode(root: f64) -> f64 {
    let light = root * root;
    if light <= 0.003_130_8 {
        return 12.92 * light;
    }
    // light^(1/2.4) is the sixth root of root^5
    let fifth_power = light * light * root;
    1.055 * cube_root(fifth_power).sqrt() - 0.055
}

fn cube_root(x: f64) -> f64 {
    (0..NEWTON_STEPS).fold(1.0, |y, _| y - (y * y * y - x) / (3.0 * y * y))
}

fn fifth_root(x: f64) -> f64 {
    (0..NEWTON_STEPS).fold(1.0, |y: f64, _| {
        let fourth_power = y * y * y * y;
        y - (fourth_power * y - x) / (5.0 * fourth_power)
    })
}

/// Linear light, 0 to 1, of an 8-bit sRGB value.
pub(super) fn decode(code: u8) -> f32 {
    let value = f64::from(code) / 255.0;
    if value <= 0.040_45 {
        return (value / 12.92) as f32;
    }
    // x^2.4 = x^2 * (x^(1/5))^2
    let x = (value + 0.055) / 1.055;
    let root = fifth_root(x);
    (x * x * root * root) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back_from_linear_light() {
        let transfer = Transfer::new();
        for byte in 0..=u8::MAX {
            let code = transfer.code(decode(byte));
            assert!((code - f32::from(byte)).abs() < 0.02, "{byte} came back as {code}");
        }
    }

    #[test]
    fn middle_grey_is_where_the_standard_puts_it() {
        assert!((decode(188) - 0.502_886).abs() < 1e-5, "{}", decode(188));
        assert!((decode(10) - 0.003_035).abs() < 1e-5, "{}", decode(10));
    }
}
