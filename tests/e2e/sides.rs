//! Five sides and two designs: drawn, compared, saved, opened again, sent.

use crate::harness::engines::for_engines;
use crate::harness::{Engine, Options, Point, Session};
use crate::sent;
use crate::site::Site;
use crate::visitor::{arrive, design_on_sample, fill_form, go, press, review, saved_design, text_of, wait_for_dots};
use serde_json::{Value, json};
use std::fs;

/// The sides besides the front, by their places in the strip.
const OTHERS: [usize; 4] = [1, 2, 3, 4];

#[track_caller]
fn turn_to(page: &Session, side: usize) {
    page.find_css(&format!(".sides li:nth-child({}) button", side + 1)).click();
    page.wait_until(
        "the side is shown",
        &format!("document.querySelectorAll('.side')[{side}].getAttribute('aria-current') === 'true'"),
    );
}

/// The sample head from a side, with a scar and its dots.
#[track_caller]
fn add_side(page: &Session, side: usize) {
    turn_to(page, side);
    page.find_css(".welcome .link-button").click();
    page.wait_until("the side is open", "!!document.querySelector('.stage-keys')");
    draw_scar(page, 0.45);
}

#[track_caller]
fn draw_scar(page: &Session, down: f64) {
    go(page, 3);
    page.find("radio", "Scar").click();
    let stage = page.find_css("#stage").rect();
    let at = |x: f64, y: f64| Point::new(stage.x + stage.width * x, stage.y + stage.height * y);
    page.mouse_drag(&at(0.47, down).line_to(at(0.53, down + 0.02), 8));
    wait_for_dots(page);
}

/// A five-sided design with two variants on the sample head.
fn drawn(page: &Session, site: &Site) -> Value {
    design_on_sample(page, &site.url());
    OTHERS.iter().for_each(|side| add_side(page, *side));
    turn_to(page, 0);
    page.wait_until("the front is open", "!!document.querySelector('.stage-keys')");
    go(page, 4);
    press(page, "Try another design");
    page.wait_until("there are two designs", "document.querySelectorAll('.card').length === 2");
    draw_scar(page, 0.3);
    go(page, 4);
    page.screenshot("two-designs");
    saved_design(page)
}

#[test]
fn five_sides_with_two_designs_are_saved_and_open_again_equal() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        let saved = drawn(page, &site);
        for side in ["front", "top", "left", "right", "back"] {
            let fill = saved["views"][side]["fill"].as_array().map_or(0, Vec::len);
            assert!(fill > 0, "nothing is drawn on {side}");
        }
        assert_eq!(saved["others"].as_array().map(Vec::len), Some(1), "the other design is not in the file");
        let folder = tempfile(&saved);
        arrive(page, &site.url());
        page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
        press(page, "Delete it");
        page.wait_until("the question is gone", "!document.querySelector('dialog')");
        page.find_css("#design-file").upload(&[&folder]);
        page.wait_until("the design is open", "!!document.querySelector('.stage-keys')");
        wait_for_dots(page);
        for side in OTHERS {
            turn_to(page, side);
            page.wait_until("its photo is open", "!!document.querySelector('.stage-keys')");
        }
        turn_to(page, 0);
        page.wait_until("the front is open", "!!document.querySelector('.stage-keys')");
        assert_eq!(saved_design(page), saved, "what was opened is not what was saved");
        page.assert_no_errors();
    });
}

/// The design as a file to be chosen.
fn tempfile(design: &Value) -> std::path::PathBuf {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("design-{}.json", std::process::id()));
    fs::write(&file, design.to_string()).expect("the folder of temporary files can be written");
    file
}

#[test]
fn a_step_is_undone_on_its_side_while_another_opens() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        add_side(page, 2);
        let before = saved_design(page);
        turn_to(page, 0);
        press(page, "Undo");
        page.wait_until(
            "the side of the step is shown",
            "document.querySelectorAll('.side')[2].getAttribute('aria-current') === 'true'",
        );
        page.wait_until("its photo is open", "!!document.querySelector('.stage-keys')");
        let after = saved_design(page);
        assert_eq!(after["views"]["front"], before["views"]["front"], "the side that was opening lost its design");
        assert_eq!(after["views"]["left"]["photo"], before["views"]["left"]["photo"]);
        assert_eq!(after["views"]["left"]["fill"], json!([]));
        // A design is opened from its first side on, whichever side was shown.
        page.find_css("#design-file").upload(&[&tempfile(&before)]);
        page.wait_until(
            "the front is shown",
            "document.querySelectorAll('.side')[0].getAttribute('aria-current') === 'true'",
        );
        page.wait_until("its photo is open", "!!document.querySelector('.stage-keys')");
        assert_eq!(saved_design(page), before, "what was opened is not what was saved");
        page.assert_no_errors();
    });
}

#[test]
fn the_pictures_of_all_sides_are_reviewed_and_only_the_chosen_design_goes() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        add_side(page, 1);
        go(page, 4);
        press(page, "Try another design");
        page.wait_until("there are two designs", "document.querySelectorAll('.card').length === 2");
        go(page, 5);
        fill_form(page);
        page.find_css("form button[type=submit]").click();
        page.wait_until("the request can be reviewed", "!!document.querySelector('#send')");
        assert_eq!(page.all_css(".review-pictures img").len(), 4);
        assert!(text_of(page, ".review-lines").contains("Design B"), "{}", text_of(page, ".review-lines"));
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let stored = site.received().remove(0);
        for part in ["before.jpg", "after.jpg", "before-top.jpg", "after-top.jpg"] {
            assert!(stored.join(part).exists(), "{part} did not come");
        }
        let design: Value =
            serde_json::from_slice(&fs::read(stored.join("design.json")).expect("it came")).expect("JSON");
        assert_eq!(design["others"], json!([]), "a design went that was not chosen");
    });
}

/// Bytes that a request may have in all.
const MAX_REQUEST_BYTES: usize = 2_000_000;

/// A photo of noise, which no encoder can make small: given to the page as if it had been chosen.
const CHOOSE_NOISE: &str = "const [seed, done] = arguments;
    const canvas = new OffscreenCanvas(1500, 2000), context = canvas.getContext('2d');
    const image = context.createImageData(1500, 2000), words = new Uint32Array(image.data.buffer);
    let state = seed;
    for (let at = 0; at < words.length; at++) {
      state = Math.imul(state, 1664525) + 1013904223 >>> 0;
      words[at] = state >>> 8 | 0xff000000;
    }
    context.putImageData(image, 0, 0);
    canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }).then((blob) => {
      const list = new DataTransfer(), input = document.querySelector('#stage-file');
      list.items.add(new File([blob], 'noise.jpg', { type: 'image/jpeg' }));
      input.files = list.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      done(blob.size);
    });";

#[test]
fn n12_five_sides_of_photos_that_cannot_be_made_small_stay_within_two_megabytes() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        for side in 0..5 {
            if side > 0 {
                turn_to(page, side);
            }
            let bytes = page.eval_async(CHOOSE_NOISE, &[json!(side + 1)]);
            assert!(bytes.as_u64() > Some(1_000_000), "a photo of noise has {bytes} bytes");
            page.wait_until("the side is open", "!!document.querySelector('.stage-keys')");
        }
        go(page, 5);
        review(page);
        assert_eq!(page.all_css(".review-pictures img").len(), 10);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let sizes: Vec<usize> = sent::bodies(&site).iter().map(Vec::len).collect();
        assert!(sizes.len() == 1 && sizes[0] <= MAX_REQUEST_BYTES, "{sizes:?}");
        assert!(sizes[0] > MAX_REQUEST_BYTES / 4, "what went is smaller than it had to be: {sizes:?}");
        assert_eq!(sent::deliveries(&site)[0].len(), 12);
    });
}
