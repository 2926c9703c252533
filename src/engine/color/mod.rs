//! sRGB and linear light. The only place where one becomes the other.
//!
//! Picture bytes are sRGB (IEC 61966-2-1), 8 bits a channel; light is linear, 0 to 1.

use std::sync::LazyLock;

/// The exponent with which a transmittance is stored for a browser's `multiply`: sRGB is close to a power law of 2.2, and
/// multiplying commutes with a power law.
pub const DISPLAY_GAMMA: f32 = 2.2;

/// Entries of the table from light to bytes: 16 bits, so that a step is at most a twentieth of a level even in the shadows.
const ENCODE_STEPS: usize = 65_536;

static DECODE: LazyLock<[f32; 256]> = LazyLock::new(|| std::array::from_fn(|byte| decode(byte as f32 / 255.0)));

static ENCODE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    (0..ENCODE_STEPS).map(|step| (encode(step as f32 / (ENCODE_STEPS - 1) as f32) * 255.0).round() as u8).collect()
});

/// An sRGB value (0 to 1) as linear light (0 to 1).
#[must_use]
pub fn decode(value: f32) -> f32 {
    if value <= 0.040_45 { value / 12.92 } else { power((value + 0.055) / 1.055, 2.4) }
}

/// Linear light (0 to 1) as an sRGB value (0 to 1).
#[must_use]
pub fn encode(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * power(light, 1.0 / 2.4) - 0.055 }
}

/// A power that is the same on every machine: standard libraries differ in the last bits of their powers, and those of twice as many
/// bits are rounded away.
fn power(base: f32, exponent: f64) -> f32 {
    f64::from(base).powf(exponent) as f32
}

/// A picture byte as linear light.
#[must_use]
pub fn light_of(byte: u8) -> f32 {
    DECODE.get(usize::from(byte)).copied().unwrap_or(0.0)
}

/// Linear light as the nearest picture byte; out of range is clamped.
#[must_use]
pub fn byte_of(light: f32) -> u8 {
    let step = (light.clamp(0.0, 1.0) * (ENCODE_STEPS - 1) as f32 + 0.5) as usize;
    ENCODE.get(step).copied().unwrap_or(u8::MAX)
}

/// Relative luminance of linear light in red, green and blue: the weights of the sRGB primaries (Rec. 709).
#[must_use]
pub fn luminance([r, g, b]: [f32; 3]) -> f32 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// [`luminance`] of a picture pixel.
#[must_use]
pub fn pixel_luminance(pixel: [u8; 3]) -> f32 {
    luminance(pixel.map(light_of))
}

/// The level, 0 to 255, of the grey that has the luminance of a colour in levels: even steps of it look about even, so
/// contrasts are held against it.
#[must_use]
pub fn grey_level(levels: [f64; 3]) -> f64 {
    let light = levels.map(|level| decode((level / 255.0) as f32));
    f64::from(encode(luminance(light))) * 255.0
}

/// [`grey_level`] of a picture pixel.
#[must_use]
pub fn pixel_grey_level(pixel: [u8; 3]) -> f64 {
    f64::from(encode(pixel_luminance(pixel))) * 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_survives_the_way_to_light_and_back() {
        for byte in 0..=255 {
            assert_eq!(byte_of(light_of(byte)), byte);
        }
    }

    #[test]
    fn middle_grey_is_a_fifth_of_the_light() {
        assert!((light_of(128) - 0.2159).abs() < 1e-4, "{}", light_of(128));
        assert_eq!(byte_of(0.5), 188);
    }

    #[test]
    fn the_level_of_a_grey_is_its_own_and_green_is_the_brightest() {
        for byte in 0..=255 {
            let (level, exact) = (f64::from(byte), pixel_grey_level([byte; 3]));
            assert!((exact - level).abs() < 0.01, "{byte}: {exact}");
            assert!((grey_level([level; 3]) - level).abs() < 0.01, "{byte}: {}", grey_level([level; 3]));
        }
        // sqrt-like: a fifth of the light of red is nearly half of its level.
        let [red, green, blue] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]].map(pixel_grey_level);
        assert_eq!([red, green, blue].map(f64::round), [127.0, 220.0, 76.0]);
    }

    #[test]
    fn out_of_range_light_is_clamped() {
        assert_eq!((byte_of(-1.0), byte_of(7.0), byte_of(f32::NAN)), (0, 255, 0));
    }
}
