//! The whole way, from a photo to a stored request: by mouse in three engines, by keyboard alone, by taps alone.

use crate::harness::Engine;
use crate::harness::engines::for_engines;
use crate::harness::{Fault, Key, Options, Point, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{
    Portrait, SAMPLE_ASKED, arrive, described, dots, fill_form, go, grips, mark_pupils, on_stage, open_photo, press,
    press_to_the_end, scan_front, text_of, wait_for_dots,
};
use hairline_designer::engine::catalog::Norms;
use hairline_designer::engine::design;
use hairline_designer::engine::dots::{Carpet, Field};
use serde_json::{Value, json};
use std::fs;
use std::rc::Rc;

/// From the opened photo to a painted design, by mouse.
fn design(page: &Session, portrait: Option<&Portrait>) {
    go(page, 1);
    mark_pupils(page, portrait);
    press(page, "Next: Hairline");
    press(page, "Natural arch");
    page.wait_until("there is a line", "document.querySelectorAll('.grip.handle').length === 7");
    assert!(text_of(page, "#line-height").contains("75 mm along the skin"), "{}", text_of(page, "#line-height"));
    let before = grips(page, "handle");
    let handle = before[2];
    page.mouse_drag(&handle.line_to(Point::new(handle.x - 6.0, handle.y + 9.0), 6));
    let after = grips(page, "handle");
    assert!((after[2].y - before[2].y - 9.0).abs() < 1.5, "the handle went from {:?} to {:?}", before[2], after[2]);
    assert!((after[4].y - before[4].y - 9.0).abs() < 1.5, "its mirror went from {:?} to {:?}", before[4], after[4]);
    press(page, "Next: Density");
    press(page, "A band behind the line");
    wait_for_dots(page);
    paint(page, "Brush", 0.40);
    paint(page, "Eraser", 0.5);
}

/// One stroke across the scalp, at that share of the way up from the line.
fn paint(page: &Session, tool: &str, across: f64) {
    page.find("radio", tool).click();
    let ends = page.find_css(".guides .hairline").rect();
    let from = Point::new(ends.x + ends.width * across, ends.y + 4.0);
    let before = described(page);
    page.mouse_drag(&from.line_to(Point::new(from.x + ends.width * 0.1, from.y - 2.0), 12));
    page.wait_until(&format!("{tool} changed the design"), "!document.querySelector('[aria-label=Undo]').disabled");
    assert!(!before.is_empty());
}

fn saved_picture(page: &Session) -> Vec<u8> {
    press(page, "Save the picture");
    let file = page.wait_download();
    assert_eq!(file.name, "hairline-after.png");
    assert!(file.bytes.starts_with(b"\x89PNG"), "not a PNG");
    let note = b"Simulation, not a promise";
    assert!(file.bytes.windows(note.len()).any(|bytes| bytes == note), "the picture does not say what it is");
    page.wait_for_text("Saved as hairline-after.png");
    file.bytes
}

/// Remembers every blob that the page shows from now on, by its address.
fn remember_shown(page: &Session) {
    page.eval(
        "window.shown = {}; const make = URL.createObjectURL;
         URL.createObjectURL = (blob) => { const at = make.call(URL, blob); window.shown[at] = blob; return at; };",
        &[],
    );
}

/// The bytes behind a picture of the review: of the very blob that the page shows.
fn reviewed_bytes(page: &Session, index: usize) -> Vec<u8> {
    let bytes = page.eval_async(
        "const done = arguments[1], blob = window.shown[document.querySelectorAll('.review-pictures img')[arguments[0]].src];
         blob.arrayBuffer().then((bytes) => done([...new Uint8Array(bytes)]));",
        &[json!(index)],
    );
    bytes.as_array().into_iter().flatten().filter_map(|byte| u8::try_from(byte.as_u64()?).ok()).collect()
}

fn review(page: &Session) {
    fill_form(page);
    page.find("button", "Review before sending").click();
    page.wait_until("the review is there", "document.querySelectorAll('.review-pictures img').length === 2");
    page.wait_for_text("This is what will be sent");
}

#[test]
fn a_visitor_designs_saves_opens_again_and_sends() {
    let portrait = scan_front();
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        site.proxy.forget();
        open_photo(page, portrait.as_ref());
        design(page, portrait.as_ref());

        let (made, seen) = (described(page), dots(page));
        let undone = press_to_the_end(page, "Undo");
        assert!(undone >= 5, "only {undone} steps could be undone");
        assert!(!described(page).contains("dots"), "undone, the page says {}", described(page));
        assert_eq!(press_to_the_end(page, "Redo"), undone);
        assert_eq!(described(page), made, "{seen}");

        go(page, 4);
        page.find_css("#compare").set_value("50");
        page.wait_for_text("50 percent before");
        page.wait_until("before and after are named", "document.querySelectorAll('.stage-word').length === 2");
        page.screenshot("compare");
        page.find_css("#compare").set_value("0");

        go(page, 5);
        let first = saved_picture(page);
        press(page, "Save the design");
        let design = page.wait_download();
        assert_eq!(design.name, "hairline-design.json");
        let allowed: &[&str] = if portrait.is_some() { &[] } else { &[SAMPLE_ASKED] };
        assert_eq!(site.asked(), allowed, "something went over the network before Send");

        arrive_again(page, &site);
        open_photo(page, portrait.as_ref());
        let file = std::env::temp_dir().join(format!("hairline-design-{}.json", page.engine().tag()));
        fs::write(&file, &design.bytes).expect("the design is written");
        go(page, 5);
        page.find_css("#design-file").upload(&[&file]);
        page.wait_for_text("The design is open");
        wait_for_dots(page);
        assert_eq!(described(page), made);
        let second = saved_picture(page);
        assert!(first == second, "the second picture is another: {} and {} bytes", first.len(), second.len());

        site.proxy.forget();
        remember_shown(page);
        review(page);
        let reviewed = [reviewed_bytes(page, 0), reviewed_bytes(page, 1)];
        site.proxy.next(1, "POST", "/requests", Fault::DropAfterAnswer);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        check_received(&site, &reviewed);
        page.assert_no_errors_but(&[crate::harness::session::ErrorKind::Network]);
    });
}

fn arrive_again(page: &Session, site: &Site) {
    page.goto(&site.url());
    page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
    press(page, "Delete it");
    page.wait_until("the question is gone", "!document.querySelector('dialog')");
    site.proxy.forget();
}

/// The fingerprint of a design's dots, computed here and not in a browser.
fn native_fingerprint(design: &[u8]) -> String {
    let design = design::file::read(design).expect("the design that came is a design");
    let mut field = Field::new(Rc::new(Carpet::grow(design.seed)), design.seed);
    field.sync(&design, &Norms::default());
    format!("{:016x}", field.fingerprint())
}

fn check_received(site: &Site, reviewed: &[Vec<u8>; 2]) {
    let stored = site.received();
    assert_eq!(stored.len(), 1, "{stored:?}");
    let read = |name: &str| fs::read(stored[0].join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(read("before.jpg") == reviewed[0], "the photo that came is not the one reviewed");
    assert!(read("after.jpg") == reviewed[1], "the picture that came is not the one reviewed");
    let request: Value = serde_json::from_slice(&read("request.json")).expect("the request is JSON");
    assert_eq!(request["fields"]["name"], "Ada Lovelace");
    assert_eq!(request["fields"]["message"], "When could I come? <b>Thanks</b>");
    assert_eq!(request["consents"][0]["version"], "7");
    assert!(request["consents"][0]["text"].as_str().is_some_and(|text| text.contains("Elm Street Clinic")));
    assert_eq!(request["id"].as_str(), stored[0].file_name().and_then(|name| name.to_str()));
    assert!(request["figures"]["dots"]["most"].as_f64() > request["figures"]["dots"]["least"].as_f64());
    let design: Value = serde_json::from_slice(&read("design.json")).expect("the design is JSON");
    assert_eq!(design["version"], 3);
    assert_eq!(
        request["figures"]["dots_fingerprint"],
        native_fingerprint(&read("design.json")),
        "other dots than natively"
    );
    let posts = site.proxy.requests_of("POST", "/requests");
    assert!(posts.len() >= 2, "the dropped connection led to {} posts", posts.len());
    let others: Vec<_> = site.asked().into_iter().filter(|asked| asked != "POST /requests").collect();
    assert_eq!(others, Vec::<String>::new());
}

#[test]
fn the_keyboard_alone_can_do_the_whole_way() {
    for_engines(&[Engine::Chromium], &Options { viewport: (390, 844), ..Options::default() }, |page| {
        let site = Site::start();
        arrive(page, &site.url());
        page.tab_to("button", "Try it without a photo");
        page.press(&[Key::Enter]);
        page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
        page.tab_to("button", "Next: Size");
        page.press(&[Key::Enter]);
        page.wait_for_text("How big is the head?");
        // The marks are taken away and set anew by the keyboard's cursor on the picture.
        page.tab_to("button", "Remove the marks");
        page.press(&[Key::Enter]);
        page.tab_to("button", "Put the marks in the picture");
        page.press(&[Key::Enter]);
        page.wait_for_text("pixels per mm");
        page.tab_to("application", "Picture with your design");
        page.press_times(Key::Right, 5);
        let before = grips(page, "mark")[0];
        page.press(&[Key::Shift, Key::Right]);
        page.wait_until("the mark moved", "!!document.querySelector('.grip.mark.chosen')");
        assert!(grips(page, "mark")[0].x > before.x, "the chosen mark did not move");
        page.tab_to("button", "Next: Hairline");
        page.press(&[Key::Enter]);
        page.tab_to("button", "Soft and round");
        page.press(&[Key::Enter]);
        page.tab_to("button", "Choose the next point");
        page.press(&[Key::Enter]);
        page.tab_to("application", "Picture with your design");
        page.press(&[Key::Shift, Key::Up]);
        page.tab_to("button", "Next: Density");
        page.press(&[Key::Enter]);
        page.tab_to("button", "A band behind the line");
        page.press(&[Key::Enter]);
        wait_for_dots(page);
        page.press(&[Key::Char('e')]);
        page.tab_to("application", "Picture with your design");
        let before = dots(page);
        page.press_times(Key::Up, 14);
        page.press(&[Key::Enter]);
        page.press_times(Key::Right, 6);
        page.press(&[Key::Enter]);
        assert!(!before.is_empty());
        page.press(&[Key::Ctrl, Key::Char('z')]);
        page.tab_to("button", "Next: Look");
        page.press(&[Key::Enter]);
        page.tab_to("slider", "Before and after");
        page.press_times(Key::Right, 10);
        page.wait_for_text("10 percent before");
        page.tab_to("button", "Next: Save or send");
        page.press(&[Key::Enter]);
        page.tab_to("button", "Save the picture");
        page.press(&[Key::Enter]);
        assert!(page.wait_download().bytes.starts_with(b"\x89PNG"));
        page.tab_to("textbox", "Name");
        page.type_text("Grace Hopper");
        page.tab_to("textbox", "Phone");
        page.type_text("020 7946 0018");
        page.press(&[Key::Tab]);
        page.press(&[Key::Tab]);
        page.press(&[Key::Char(' ')]);
        page.press(&[Key::Tab]);
        page.press(&[Key::Char(' ')]);
        page.press(&[Key::Tab]);
        page.press(&[Key::Enter]);
        page.wait_for_text("This is what will be sent");
        page.tab_to("button", "Send");
        page.press(&[Key::Enter]);
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.received().len(), 1);
        page.assert_no_errors();
    });
}

#[test]
fn taps_alone_can_do_the_whole_way() {
    let portrait = scan_front();
    for_engines(&[Engine::Chromium], &Options::phone(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, portrait.as_ref());
        tap(page, "Next: Size");
        mark_pupils(page, portrait.as_ref());
        tap(page, "Next: Hairline");
        tap(page, "Natural arch");
        tap(page, "Choose the next point");
        let before = grips(page, "handle")[0];
        for _ in 0..4 {
            tap(page, "Down");
        }
        let after = grips(page, "handle")[0];
        assert!((after.y - before.y - 8.0).abs() < 1.5, "four taps moved the point from {before:?} to {after:?}");
        tap(page, "Next: Density");
        tap(page, "A band behind the line");
        wait_for_dots(page);
        page.find("radio", "Eraser").click();
        let line = page.find_css(".guides .hairline").rect();
        page.tap(Point::new(line.x + line.width / 2.0, line.y - 2.0));
        tap(page, "Undo");
        tap(page, "Next: Look");
        tap(page, "Next: Save or send");
        tap(page, "Save the picture");
        assert!(page.wait_download().bytes.starts_with(b"\x89PNG"));
        review(page);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.received().len(), 1);
        page.assert_no_errors();
    });
}

fn tap(page: &Session, name: &str) {
    let button = page.find("button", name);
    page.eval("arguments[0].scrollIntoView({ block: 'center' })", &[button.reference()]);
    page.tap(page.find("button", name).middle());
}

#[test]
fn two_fingers_move_the_view_in_every_tool_and_leave_no_trace() {
    for_engines(&[Engine::Chromium], &Options::phone(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, None);
        go(page, 3);
        page.find("radio", "Brush").click();
        page.eval("scrollTo(0, 0)", &[]);
        let middle = page.find_css("#stage").middle();
        let before = described(page);
        page.pinch(middle, 60.0, 180.0);
        page.screenshot("pinched");
        assert_eq!(described(page), before);
        assert!(!page.find("button", "Undo").is_enabled(), "the pinch painted");
        page.assert_no_errors();
    });
}

#[test]
fn each_state_is_accessible() {
    for (viewport, dark) in [((1440, 900), false), ((390, 844), true)] {
        for_engines(&[Engine::Chromium], &Options { viewport, dark, ..Options::default() }, |page| {
            let site = Site::start();
            arrive(page, &site.url());
            page.assert_accessible("before a photo");
            open_photo(page, None);
            page.assert_accessible("photo");
            go(page, 1);
            page.assert_accessible("size");
            go(page, 2);
            press(page, "Natural arch");
            page.assert_accessible("hairline");
            go(page, 3);
            press(page, "A band behind the line");
            wait_for_dots(page);
            page.assert_accessible("density");
            go(page, 4);
            page.assert_accessible("look");
            go(page, 5);
            page.find("button", "Review before sending").click();
            page.assert_accessible("save with faults");
            review(page);
            page.assert_accessible("review");
            press(page, "Delete everything");
            page.assert_accessible("question");
        });
    }
}

#[test]
fn a_press_on_the_stage_lands_on_its_pixel() {
    let Some(portrait) = scan_front() else { return println!("skipped: no ../shared") };
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, Some(&portrait));
        go(page, 1);
        mark_pupils(page, Some(&portrait));
        for (mark, pupil) in grips(page, "mark").iter().zip(portrait.pupils) {
            let wanted = on_stage(page, portrait.size, pupil);
            assert!((mark.x - wanted.x).abs() < 1.0 && (mark.y - wanted.y).abs() < 1.0, "{mark:?} {wanted:?}");
        }
    });
}
