//! The step Look: ages side by side, what makes ink fade, and the visitor's own shaved hair as the measure of a shade.

use crate::harness::engines::for_engines;
use crate::harness::{Engine, Key, Options, Point, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{design_on_sample, go, press};
use serde_json::json;

/// The pixels of the picture of a stage, as the page shows them.
fn picture(page: &Session, stage: usize) -> String {
    let data = "return document.querySelectorAll('.tile canvas')[arguments[0]].toDataURL()";
    page.eval(data, &[json!(stage)]).as_str().unwrap_or_default().to_owned()
}

fn wait_for_age(page: &Session, said: &str) {
    page.wait_until(said, &format!("document.querySelector('output[for=age]').textContent === {}", json!(said)));
}

fn wait_for_pictures(page: &Session) {
    page.wait_until(
        "every stage has its picture",
        "[...document.querySelectorAll('.tile canvas')].filter((canvas) =>
            canvas.getContext('2d').getImageData(9, 9, 1, 1).data[3] === 255).length === 7",
    );
}

#[test]
fn a_stage_sets_the_age_and_the_age_marks_its_stage() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        go(page, 4);
        wait_for_pictures(page);
        wait_for_age(page, "healed, 1 month");
        assert!(page.find("radio", "Healed").is_selected());
        let (fresh, healed, oldest) = (picture(page, 0), picture(page, 1), picture(page, 6));
        assert!(fresh != healed && healed != oldest, "two ages look alike");

        page.find("radio", "4 years").click();
        wait_for_age(page, "4 years");
        page.press(&[Key::Right]);
        wait_for_age(page, "6 years");
        page.find_css("#age").set_value("3.5");
        wait_for_age(page, "1.5 years");
        assert!(page.all_css(".tile.chosen").is_empty(), "a stage is marked that is not shown");
        page.find_css("#age").set_value("0");
        wait_for_age(page, "fresh");
        assert!(page.find("radio", "Fresh").is_selected());
        assert_eq!(picture(page, 0), fresh, "the age changed the picture of a stage");
        page.assert_no_errors();
    });
}

#[test]
fn a_sunny_life_shows_in_the_old_stages_alone() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        go(page, 4);
        wait_for_pictures(page);
        let (healed, oldest) = (picture(page, 1), picture(page, 6));
        page.find_containing("summary", "What makes it fade").click();
        page.find("radio", "Much").click();
        page.wait_until(
            "the last stage is another",
            &format!("document.querySelectorAll('.tile canvas')[6].toDataURL() !== {}", json!(oldest)),
        );
        assert_eq!(picture(page, 1), healed, "healed ink fades in the sun");
        page.assert_no_errors();
    });
}

#[test]
fn a_shade_is_suggested_from_what_the_photo_shows() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        go(page, 4);
        press(page, "Match my shaved sides");
        page.wait_for_text("Tap shaved hair in the picture");
        let stage = page.find_css("#stage").rect();
        let at = |x: f64, y: f64| Point::new(stage.x + stage.width * x, stage.y + stage.height * y);
        page.mouse_click(at(0.49, 0.34));
        page.wait_for_text("Now tap bare skin beside it");
        page.mouse_click(at(0.53, 0.34));
        // Forehead beside forehead.
        page.wait_for_text("Hardly any difference is seen there");
        press(page, "Remove the two circles");
        page.wait_for_text("Tap shaved hair in the picture");
        press(page, "Undo");
        page.wait_for_text("Hardly any difference is seen there");
        page.assert_no_errors();
    });
}
