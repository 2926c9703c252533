//! Draws the sample head in its five tones from its five sides and writes the pictures, and what is known of them, into a
//! folder: `sample-head FOLDER`, without an argument `assets/sample`.

use sample_head::{SampleTone, Side, picture_name, picture_scene, render_rows, truths};
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

/// Chosen by looking at skin and stubble at 100 %: below it pores become smooth patches, above it files grow and nothing
/// is seen of it. About 125 KB a picture of light skin, 95 KB of dark.
const QUALITY: f32 = 95.0;

/// What libwebp may spend on each file, 0 to 6.
const EFFORT: i32 = 6;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args_os().nth(1).map_or_else(|| PathBuf::from("assets/sample"), PathBuf::from);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("truth.json"), truths()?)?;
    for tone in SampleTone::ALL {
        for side in Side::ALL {
            let scene = picture_scene(tone, side);
            let pixels = render_rows(&scene, 0..scene.height());
            let bytes = encoded(&pixels, (scene.width(), scene.height()))?;
            fs::write(folder.join(picture_name(tone, side)).with_extension("webp"), bytes)?;
        }
    }
    Ok(())
}

/// RGBA bytes as a WebP file.
fn encoded(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, Box<dyn Error>> {
    // An opaque picture needs no alpha.
    let rgb: Vec<u8> = pixels.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
    let mut config = webp::WebPConfig::new().map_err(|()| "libwebp has no settings")?;
    config.quality = QUALITY;
    config.method = EFFORT;
    let file = webp::Encoder::from_rgb(&rgb, width, height).encode_advanced(&config);
    Ok(file.map_err(|error| format!("libwebp refuses the picture: {error:?}"))?.to_vec())
}
