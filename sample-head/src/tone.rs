//! The five skin tones that the sample head comes in, and what goes with each: hair, iris, how the studio is lit.

use super::transfer::decode;
use super::vector::{Vec3, vec3};

/// Skin tone of the sample head, named by its place on the Monk Skin Tone Scale (1 lightest, 10 darkest).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SampleTone {
    /// Monk 2, `#f3e7db`.
    Monk2,
    /// Monk 4, `#eadaba`: the default, medium-light.
    #[default]
    Monk4,
    /// Monk 5, `#d7bd96`.
    Monk5,
    /// Monk 7, `#825c43`.
    Monk7,
    /// Monk 9, `#3a312a`.
    Monk9,
}

impl SampleTone {
    /// Every tone, lightest first.
    pub const ALL: [Self; 5] = [Self::Monk2, Self::Monk4, Self::Monk5, Self::Monk7, Self::Monk9];

    /// The tone's place on the Monk Skin Tone Scale, 1 to 10.
    #[must_use]
    pub const fn monk(self) -> u8 {
        match self {
            Self::Monk2 => 2,
            Self::Monk4 => 4,
            Self::Monk5 => 5,
            Self::Monk7 => 7,
            Self::Monk9 => 9,
        }
    }

    /// The tone's swatch on the Monk Skin Tone Scale, sRGB. The lit skin of the picture is near it, warmer by the blood.
    #[must_use]
    pub const fn swatch(self) -> [u8; 3] {
        match self {
            Self::Monk2 => [0xf3, 0xe7, 0xdb],
            Self::Monk4 => [0xea, 0xda, 0xba],
            Self::Monk5 => [0xd7, 0xbd, 0x96],
            Self::Monk7 => [0x82, 0x5c, 0x43],
            Self::Monk9 => [0x3a, 0x31, 0x2a],
        }
    }
}

/// What a tone looks like in the studio, all colours as linear-light reflectance.
pub(super) struct Complexion {
    /// Skin without its local reds and browns.
    pub(super) skin: Vec3,
    /// Brows and lashes.
    pub(super) hair: Vec3,
    /// The shadow that shaved hair leaves under the skin.
    pub(super) stubble: Vec3,
    /// How much of that shadow is seen, 1 usually.
    pub(super) shaved: f32,
    pub(super) iris: Vec3,
    /// The white of the eye as a share of its usual lightness: eyes are exposed with the face, so that those of a dark
    /// face, lit more, do not glow.
    pub(super) white: f32,
    /// How much more light than usual the studio gives: a photographer opens the lens for darker skin.
    pub(super) exposure: f32,
    /// How much of the blood shows through, 1 in pale skin, less in dark.
    pub(super) translucency: f32,
}

impl Complexion {
    pub(super) fn of(tone: SampleTone) -> Self {
        let [red, green, blue] = tone.swatch().map(decode);
        // A swatch shows pigment alone; a face has blood under it, which takes green and blue. Tints were chosen by eye.
        let (blood, hair, iris, white, exposure) = match tone {
            SampleTone::Monk2 => (vec3(0.93, 0.81, 0.79), vec3(0.050, 0.033, 0.022), vec3(0.14, 0.11, 0.06), 1.0, 0.95),
            SampleTone::Monk4 => (vec3(0.95, 0.78, 0.75), vec3(0.036, 0.024, 0.016), vec3(0.15, 0.08, 0.034), 1.0, 1.0),
            SampleTone::Monk5 => {
                (vec3(0.96, 0.81, 0.78), vec3(0.020, 0.014, 0.010), vec3(0.10, 0.05, 0.021), 0.97, 1.05)
            }
            SampleTone::Monk7 => {
                (vec3(1.02, 0.90, 0.85), vec3(0.008, 0.006, 0.005), vec3(0.050, 0.024, 0.010), 0.74, 1.28)
            }
            SampleTone::Monk9 => {
                (vec3(1.16, 0.93, 0.78), vec3(0.0045, 0.004, 0.004), vec3(0.034, 0.016, 0.007), 0.50, 1.62)
            }
        };
        let skin = vec3(red, green, blue).times(blood);
        let grey = 0.11 * (skin.x + skin.y + skin.z) / 3.0;
        Self {
            skin,
            hair,
            stubble: hair * 0.4 + vec3(grey, grey, grey * 1.05),
            shaved: 1.0,
            iris,
            white,
            exposure,
            translucency: 0.25 + 0.75 * green.sqrt(),
        }
    }
}
