//! Ink against exact light: nothing of it is lost on the way to bytes, and what is shown is what the model says.
#![cfg(test)]

#[path = "../common/ciede2000.rs"]
mod ciede2000;
#[path = "../common/truth_optics.rs"]
#[allow(dead_code, reason = "what a row is of is read by whoever looks at a failure, and by the table of truths")]
mod truth_optics;

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
    pictures_are_exact("grey", 1.0, 1.0);
}

/// Where a pixel is as wide as a dot's skirt, the darkest shade shows that a pixel's light is worked out from means.
#[test]
fn pictures_of_the_darkest_shade_are_near_exact_light() {
    pictures_are_exact("soft-black", 1.4, 1.4);
}

#[test]
fn every_tone_shows_the_ink_and_none_shows_it_harshly() {
    for row in truth_optics::tones() {
        println!("{row:.2?}");
        // No shade is black, inverts what it lies on, or turns it blue.
        assert!(row.darker > 0.5 && row.darker < 12.0 && row.skin - row.darker > 10.0, "{row:?}");
        assert!((0.0..3.0).contains(&row.bluer), "{row:?}");
        // The shade that a new design has is seen on every tone.
        assert!(row.shade != "grey" || row.darker >= 1.0, "{row:?}");
    }
    assert!(ciede2000::worst_of_the_papers_pairs() < 1e-4);
}
