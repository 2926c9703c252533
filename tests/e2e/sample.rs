//! The sample head: pictures beside the program, loaded when the visitor asks for one.

use crate::harness::engines::for_engines;
use crate::harness::http::Message;
use crate::harness::session::ErrorKind;
use crate::harness::{Engine, Fault, Options, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{
    SAMPLE_ASKED, arrive, design_on_sample, go, open_photo, press, saved_design, wait_for_dots, wait_for_draft,
};
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{PhotoRef, file};
use hairline_designer::engine::editor::{Command, Editor};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use std::fs;

const LOST: &str = "The sample head could not be loaded. Check your connection and try it again";

/// Presses the button that the empty stage shows.
#[track_caller]
fn try_it(page: &Session) {
    page.find_css(".welcome .link-button").click();
}

#[track_caller]
fn wait_for_photo(page: &Session) {
    page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
}

/// Chooses a skin tone by its place, and waits until its picture is open.
#[track_caller]
fn choose_tone(page: &Session, place: usize) {
    page.find_css(&format!(".panel .tones button:nth-child({})", place + 1)).click();
    page.wait_until(
        "the tone is shown",
        &format!("document.querySelectorAll('.panel .tones button')[{place}].getAttribute('aria-pressed') === 'true'"),
    );
}

/// The engines that keep files between two loads while they are driven: WebKit keeps none then.
const KEEPING: [Engine; 2] = [Engine::Chromium, Engine::Firefox];

#[test]
fn the_sample_head_loads_its_picture_and_nothing_else() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        site.proxy.forget();
        open_photo(page, None);
        assert_eq!(site.asked(), [SAMPLE_ASKED]);
        page.wait_for_text("Sample head, 1200 by 1500 pixels");
        choose_tone(page, 4);
        assert_eq!(site.asked(), [SAMPLE_ASKED, "GET /assets/sample/sample-head-1-monk-9.webp"]);
        site.proxy.forget();
        choose_tone(page, 1);
        let again: &[&str] = if KEEPING.contains(&page.engine()) { &[] } else { &[SAMPLE_ASKED] };
        assert_eq!(site.asked(), again, "a picture that was loaded before");
        page.assert_no_errors();
    });
}

#[test]
fn a_missing_picture_is_told_and_can_be_tried_again() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        for instead in [
            Message::answer(404, "text/plain", b"There is nothing at this address."),
            Message::answer(200, "text/html", b"<!doctype html><title>Home</title>"),
        ] {
            site.proxy.always("GET", "/assets/", Fault::Reply(instead));
            try_it(page);
            page.wait_for_text(LOST);
            page.wait_until("nothing is being opened", "!/Opening the photo/.test(document.body.textContent)");
            page.find("button", "Close").click();
        }
        site.proxy.pass();
        try_it(page);
        wait_for_photo(page);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn a_lost_network_is_told_and_the_picture_comes_when_it_is_back() {
    for_each_engine(&Options::default(), |page| {
        let mut site = Site::start();
        arrive(page, &site.url());
        site.proxy.go_offline();
        try_it(page);
        page.wait_for_text(LOST);
        site.proxy.come_back();
        try_it(page);
        wait_for_photo(page);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn a_draft_on_the_sample_head_opens_from_what_the_browser_kept() {
    for_engines(&KEEPING, &Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        let saved = saved_design(page);
        wait_for_draft(page, &saved);
        page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
        site.proxy.always("GET", "/assets/", Fault::Reply(Message::answer(503, "text/plain", b"no network")));
        site.proxy.forget();
        page.eval("location.reload()", &[]);
        page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
        press(page, "Go on");
        wait_for_dots(page);
        let asked: Vec<_> = site.asked().into_iter().filter(|asked| asked.contains("/assets/")).collect();
        assert_eq!(asked, [""; 0], "the browser had the picture");
    });
}

/// A design on a picture of the sample head, as a file.
fn design_on(digest: &str, side: Side) -> String {
    let mut editor = Editor::new(Parameters::default(), 1);
    editor.turn_to(side);
    let photo = PhotoRef { width: 1200, height: 1500, quarter_turns: 0, level: 0.0, digest: digest.to_owned() };
    let reference = Reference::Points { distance: Mm(80.0) };
    let (a, b) = (PhotoPoint::new(400.0, 700.0), PhotoPoint::new(800.0, 700.0));
    for command in [Command::OpenPhoto(photo), Command::Calibrate(Some(Calibration { reference, a, b }))] {
        editor.apply(command).expect("the command fits");
    }
    file::write(editor.design()).expect("a design can be written")
}

#[test]
fn designs_open_with_the_picture_that_they_name_and_say_when_it_is_missing() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        let design = std::env::temp_dir().join(format!("hairline-sample-{}.json", page.engine().tag()));
        for (digest, side) in [("sample-head-1", Side::Front), ("sample-head-1-monk-5-top", Side::Top)] {
            fs::write(&design, design_on(digest, side)).expect("the design is written");
            arrive(page, &site.url());
            site.proxy.forget();
            let picture = format!("/assets/sample/{digest}.webp");
            site.proxy.always("GET", &picture, Fault::Reply(Message::answer(404, "text/plain", b"gone")));
            go(page, 5);
            page.find_css("#design-file").upload(&[&design]);
            page.wait_for_text(LOST);
            site.proxy.pass();
            site.proxy.forget();
            try_it(page);
            wait_for_photo(page);
            assert_eq!(site.asked(), [format!("GET {picture}")], "{digest}");
            page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
        }
    });
}
