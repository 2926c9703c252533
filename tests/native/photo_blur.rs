//! The blur that is told of photos, against one that is known.
#![cfg(test)]

use crate::hair_photos::HairPhoto;
use crate::shared_photo::{SharedPhoto, shared_photo};
use crate::skip::skip;
use hairline_designer::engine::calibration::Side;

/// Portraits that are sharp for their size.
const SHARP: [&str; 3] = ["gpo-bald-nw6-fringe-light", "gpo-shaved-dark-skin", "gpo-woman-short-afro"];

/// The photo blurred by a Gaussian of that standard deviation, pixels.
fn blurred(photo: &SharedPhoto, sigma: f64) -> SharedPhoto {
    let reach = (4.0 * sigma).ceil() as i64;
    let weight = |by: i64| (-((by * by) as f64) / (2.0 * sigma * sigma)).exp();
    let whole: f64 = (-reach..=reach).map(weight).sum();
    let (width, height) = (photo.width as i64, photo.height as i64);
    let along = |values: &[f64], (right, down): (i64, i64)| -> Vec<f64> {
        let near = |place: i64, by: i64| {
            let (pixel, channel) = (place / 4, place % 4);
            let x = (pixel % width + by * right).clamp(0, width - 1);
            let y = (pixel / width + by * down).clamp(0, height - 1);
            values[((y * width + x) * 4 + channel) as usize] * weight(by)
        };
        (0..values.len() as i64).map(|place| (-reach..=reach).map(|by| near(place, by)).sum::<f64>() / whole).collect()
    };
    let values: Vec<f64> = photo.pixels.iter().map(|byte| f64::from(*byte)).collect();
    let values = along(&along(&values, (1, 0)), (0, 1));
    SharedPhoto { pixels: values.iter().map(|value| value.round() as u8).collect(), ..*photo }
}

#[test]
fn sharp_portraits_have_no_blur_and_blurred_ones_are_told() {
    for name in SHARP {
        let Some(photo) = shared_photo(&format!("{name}.jpg")) else { return skip("no ../shared/photos") };
        let face = HairPhoto::read(name, Side::Front).and_then(|seen| seen.face);
        assert!(face.is_some(), "{name} shows a face");
        let told = |photo: &SharedPhoto| photo.blur(face.as_ref()).0;
        assert_eq!(told(&photo), 0.0, "{name}");
        for sigma in [1.0, 2.0, 4.0] {
            let told = told(&blurred(&photo, sigma));
            assert!((told / sigma - 1.0).abs() < 0.2, "{name}, {sigma}: {told}");
        }
    }
}
