//! What a visitor does, in the words of the page.

use crate::harness::{Point, Session};
use crate::site::shared;
use serde_json::json;
use std::path::PathBuf;

/// What opening the sample head asks for: its picture, which lies beside the program, and nothing else.
pub(crate) const SAMPLE_ASKED: &str = "GET /assets/sample/sample-head-1.webp";

/// A photo to design on, with the places of the pupils in it.
pub(crate) struct Portrait {
    pub(crate) file: PathBuf,
    pub(crate) size: (f64, f64),
    pub(crate) pupils: [(f64, f64); 2],
}

/// The scanned head, where the folder of real pictures is there.
pub(crate) fn scan_front() -> Option<Portrait> {
    let file = shared("photos/scan-front.jpg")?;
    Some(Portrait { file, size: (1600.0, 2000.0), pupils: [(575.0, 748.0), (958.0, 748.0)] })
}

/// Opens the program and waits until it stands.
#[track_caller]
pub(crate) fn arrive(page: &Session, url: &str) {
    page.goto(url);
    page.wait_until("the program stands", "!!document.querySelector('.page[data-worker] #stage-file')");
}

/// Opens the portrait, or the sample head where there is none.
#[track_caller]
pub(crate) fn open_photo(page: &Session, portrait: Option<&Portrait>) {
    match portrait {
        Some(portrait) => page.find_css("#stage-file").upload(&[&portrait.file]),
        None => page.find_css(".welcome .link-button").click(),
    }
    page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
}

/// Goes to a step by the bar.
#[track_caller]
pub(crate) fn go(page: &Session, step: usize) {
    page.find_css(&format!(".step:nth-child({}) button", step + 1)).click();
    page.wait_until(
        "the step is current",
        &format!("document.querySelectorAll('.step')[{step}].classList.contains('current')"),
    );
}

/// Where a point of a fitted photo is in the viewport.
#[track_caller]
pub(crate) fn on_stage(page: &Session, size: (f64, f64), at: (f64, f64)) -> Point {
    const MARGIN: f64 = 12.0;
    let stage = page.find_css("#stage").rect();
    let zoom = ((stage.width - 2.0 * MARGIN) / size.0).min((stage.height - 2.0 * MARGIN) / size.1);
    let left = stage.x + (stage.width - size.0 * zoom) / 2.0;
    let top = stage.y + (stage.height - size.1 * zoom) / 2.0;
    Point::new(left + at.0 * zoom, top + at.1 * zoom)
}

/// Marks the pupils by two clicks or taps. The sample head has its marks.
#[track_caller]
pub(crate) fn mark_pupils(page: &Session, portrait: Option<&Portrait>) {
    for pupil in portrait.into_iter().flat_map(|portrait| portrait.pupils.map(|at| on_stage(page, portrait.size, at))) {
        if page.is_phone() { page.tap(pupil) } else { page.mouse_click(pupil) }
    }
    page.wait_for_text("pixels per mm");
}

/// The middles of all grips of a form, in the viewport.
#[track_caller]
pub(crate) fn grips(page: &Session, form: &str) -> Vec<Point> {
    page.all_css(&format!(".grip.{form}")).iter().map(|grip| grip.middle()).collect()
}

/// What the page says of the picture: size, handles, dots.
#[track_caller]
pub(crate) fn described(page: &Session) -> String {
    text_of(page, ".stage-frame p[role=status]")
}

/// The number of dots that the page says.
#[track_caller]
pub(crate) fn dots(page: &Session) -> String {
    let said = described(page);
    said.split("About ").nth(1).unwrap_or("no").to_owned()
}

/// Waits until the page says that there are dots.
#[track_caller]
pub(crate) fn wait_for_dots(page: &Session) {
    page.wait_until(
        "there are dots",
        "/About/.test(document.querySelector('.stage-frame p[role=status]').textContent)",
    );
}

/// Fills the form so that it can be reviewed.
#[track_caller]
pub(crate) fn fill_form(page: &Session) {
    page.find_css("#field-name").type_text("Ada Lovelace");
    page.find_css("#field-email").type_text("ada@example.org");
    page.find_css("#field-message").type_text("When could I come? <b>Thanks</b>");
    for consent in ["#field-to-clinic", "#field-adult"] {
        assert!(!page.find_css(consent).is_selected(), "{consent} is ticked before the visitor ticks it");
        page.find_css(consent).click();
    }
}

/// Clicks a button of that name.
#[track_caller]
pub(crate) fn press(page: &Session, name: &str) {
    page.find("button", name).click();
}

/// Clicks a button as long as it can be clicked, and says how often that was.
#[track_caller]
pub(crate) fn press_to_the_end(page: &Session, name: &str) -> usize {
    let mut times = 0;
    while page.find("button", name).is_enabled() {
        page.find("button", name).click();
        times += 1;
        assert!(times < 400, "{name} never ends");
    }
    times
}

/// The text of an element, also where it is hidden from eyes.
#[track_caller]
pub(crate) fn text_of(page: &Session, css: &str) -> String {
    page.eval("return document.querySelector(arguments[0]).textContent", &[json!(css)])
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The sample head with a proposed line and the area behind it filled.
#[track_caller]
pub(crate) fn design_on_sample(page: &Session, url: &str) {
    arrive(page, url);
    open_photo(page, None);
    fill_behind_line(page);
}

/// A proposed line on the open photo, and the area behind it filled.
#[track_caller]
pub(crate) fn fill_behind_line(page: &Session) {
    go(page, 2);
    press(page, "Natural arch");
    go(page, 3);
    press(page, "A band behind the line");
    wait_for_dots(page);
}
