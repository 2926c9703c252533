//! Ink against exact light: nothing of it is lost on the way to bytes, and what is shown is what the model says.
#![cfg(test)]

#[path = "../common/truth_optics.rs"]
#[allow(dead_code, reason = "what a row is of is read by whoever looks at a failure, and by the table of truths")]
mod truth_optics;
#[path = "../common/truth_stubble.rs"]
#[allow(dead_code, reason = "what a row is of is read by whoever looks at a failure, and by the table of truths")]
mod truth_stubble;

use crate::skip::skip;
use hairline_designer::engine::catalog::DEFAULT_SHADE;
use hairline_designer::engine::editor::MIN_SEEN;
use palette::Lab;
use palette::color_difference::Ciede2000;
use palette::white_point::D65;

#[test]
fn a_thousand_dots_take_the_light_that_they_should() {
    for row in truth_optics::mean_darkening() {
        println!("{row:.4?}");
        assert!(row.worst() < 0.02, "{row:?}");
    }
}

#[test]
fn a_field_takes_what_the_shades_row_says() {
    for row in truth_optics::fields() {
        println!("{row:.4?}");
        assert!((row.lost / row.row - 1.0).abs() < 0.02, "{row:?}");
    }
}

#[test]
fn a_repainted_part_is_the_part_of_the_whole() {
    let worst = truth_optics::worst_of_parts();
    assert!(worst <= 1, "{worst} levels");
}

/// Pictures of a shade, with the most that 99 of 100 pixels may be off when saved and when shown. 1 is about what can just
/// be seen.
#[track_caller]
fn pictures_are_exact(shade: &'static str, saved: f64, shown: f64) {
    for row in truth_optics::pictures(shade) {
        println!("{row:.2?}");
        assert!(row.saved <= saved && row.shown <= shown, "{row:?}");
    }
}

#[test]
fn pictures_of_the_usual_shade_are_exact_light() {
    pictures_are_exact("dark-grey", 1.0, 1.0);
}

#[test]
fn pictures_of_the_darkest_shade_are_near_exact_light() {
    pictures_are_exact("soft-black", 1.4, 1.4);
}

#[test]
fn every_tone_shows_the_ink_and_none_shows_it_harshly() {
    for row in truth_optics::tones() {
        println!("{row:.2?}");
        // No shade is black, darker than closely shaved hair, or turns skin blue.
        assert!(row.darker > 0.5 && row.darker < row.stubble && row.skin - row.darker > 10.0, "{row:?}");
        assert!((0.0..6.0).contains(&row.bluer), "{row:?}");
        // The shade that a new design has is seen on every tone.
        assert!(row.shade != DEFAULT_SHADE.key || row.darker >= 2.0, "{row:?}");
        // On the darkest tone there is a shade that is seen well.
        assert!(row.shade != "soft-black" || row.darker >= MIN_SEEN, "{row:?}");
    }
}

#[test]
fn the_texture_is_that_of_stubble() {
    let Some(rows) = truth_stubble::contrasts() else {
        return skip("no ../shared/photos");
    };
    for row in rows {
        let ratio = row.preview / row.stubble;
        println!("{ratio:.2} {row:.4?}");
        assert!((1.0 / 1.5..=1.5).contains(&ratio), "{ratio:.2} {row:.4?}");
    }
}

/// Pairs of colours and their difference: table 1 of Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", Color
/// Research and Application 30(1), 2005.
const PAIRS: [([f64; 3], [f64; 3], f64); 34] = [
    ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
    ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
    ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
    ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, -1.1848, -84.8006], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, -0.9009, -85.5211], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
    ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0010], 7.1792),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0012], 7.2195),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0010, -2.4900], 4.8045),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
    ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
    ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
    ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
    ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
    ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
    ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
    ([50.0, 2.5, 0.0], [50.0, 3.2972, 0.0], 1.0000),
    ([50.0, 2.5, 0.0], [50.0, 1.8634, 0.5757], 1.0000),
    ([50.0, 2.5, 0.0], [50.0, 3.2592, 0.3350], 1.0000),
    ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
    ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
    ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
    ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
    ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
    ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
    ([90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381),
    ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
    ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
];

#[test]
fn the_difference_of_colours_is_the_papers() {
    let colour = |[l, a, b]: [f64; 3]| Lab::<D65, f64>::new(l, a, b);
    for (one, other, expected) in PAIRS {
        let found = colour(one).difference(colour(other));
        assert!((found - expected).abs() < 1e-4, "{one:?} {other:?}: {found}, expected {expected}");
    }
}

#[test]
fn light_becomes_the_colour_that_the_standard_says() {
    let white = truth_optics::lab([1.0; 3]);
    assert!((white.l - 100.0).abs() < 1e-3 && white.a.hypot(white.b) < 0.02, "{white:?}");
    let grey = truth_optics::lab([0.184_186_5; 3]);
    assert!((grey.l - 50.0).abs() < 1e-3, "{grey:?}");
    // The green primary of IEC 61966-2-1.
    let green = truth_optics::lab([0.0, 1.0, 0.0]);
    let off = (green.l - 87.735).abs().max((green.a + 86.183).abs()).max((green.b - 83.179).abs());
    assert!(off < 0.02, "{green:?}");
}
