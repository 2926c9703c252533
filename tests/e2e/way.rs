//! The whole way, from a photo to a stored request: by mouse in three engines, by keyboard alone, by taps alone.

use crate::harness::Engine;
use crate::harness::engines::for_engines;
use crate::harness::http::Message;
use crate::harness::{Fault, Key, Options, Point, Session, for_each_engine};
use crate::pixels::{Change, Stage, changed_stage, stage};
use crate::privacy::{remember_shown, reviewed_bytes};
use crate::sent;
use crate::site::{Site, is_for_heads, root};
use crate::visitor::{
    Portrait, SAMPLE_ASKED, arrive, break_program, described, dots, fill_behind_line, go, handles, mark_pupils,
    on_stage, open_photo, press, press_to_the_end, review, saved_design, saved_picture, scan_front, text_of,
    wait_for_dots, wait_for_draft,
};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design;
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
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
    let before = handles(page, "handle");
    let handle = before[2];
    page.mouse_drag(&handle.line_to(Point::new(handle.x - 6.0, handle.y + 9.0), 6));
    let after = handles(page, "handle");
    assert!((after[2].y - before[2].y - 9.0).abs() < 1.5, "the handle went from {:?} to {:?}", before[2], after[2]);
    assert!((after[4].y - before[4].y - 9.0).abs() < 1.5, "its mirror went from {:?} to {:?}", before[4], after[4]);
    press(page, "Next: Density");
    let bare = stage(page);
    press(page, "A band behind the line");
    wait_for_dots(page);
    paint(page, "Brush", 0.40);
    let (erased, way) = paint(page, "Eraser", 0.5);
    let left = bare.differing_along(&erased, &way, 2.0);
    assert_eq!(left, 0, "the eraser left ink in {left} pixels in the middle of its way");
}

/// One stroke across the scalp behind the line, beginning at that share of the line's width; returns what the stage shows then,
/// and the way of the stroke.
fn paint(page: &Session, tool: &str, across: f64) -> (Stage, Vec<Point>) {
    page.find("radio", tool).click();
    if tool == "Brush" {
        // Denser than the fill, so that it shows on top of it.
        page.find_css("#brush-density").set_value("200");
    }
    let line = page.find_css(".guides .hairline").rect();
    let from = Point::new(line.x + line.width * across, line.y - 14.0);
    let way = from.line_to(Point::new(from.x + line.width * 0.1, from.y - 2.0), 12);
    page.mouse_move(from);
    let (reach, before) = (reach(page), stage(page));
    page.mouse_drag(&way);
    let after = changed_stage(page, &before, tool);
    check_stroke(page, tool, &before.change_along(&after, &way, reach));
    // The whole picture, painted anew: in it nothing is rounded otherwise than where the stroke was painted.
    page.press(&[Key::Char('0')]);
    let off = after.pixels.farthest(&stage(page).pixels);
    assert_eq!(off, 0, "{}: {tool}: painted whole, a pixel is off by {off} levels", page.engine());
    (after, way)
}

/// How far from its way the brush or the eraser in hand can change anything, in CSS pixels: its ring, and light that is
/// scattered around dots at its rim.
fn reach(page: &Session) -> f64 {
    const SCATTERED: f64 = 6.0;
    page.find_css(".brush-ring circle").rect().width / 2.0 + SCATTERED
}

/// A brush only darkens, an eraser only brightens, and neither changes anything beside its way.
fn check_stroke(page: &Session, tool: &str, change: &Change) {
    println!("      {tool}: {change:?}");
    let (wanted, other) =
        if tool == "Brush" { (change.darker, change.lighter) } else { (change.lighter, change.darker) };
    assert!(wanted > 50 && other == 0, "{}: {tool} made {change:?}", page.engine());
    assert!((change.ink > 0) == (tool == "Brush"), "{}: {tool} made {change:?}", page.engine());
    assert_eq!(change.elsewhere, 0, "{}: {tool} changed the picture beside its way", page.engine());
}

/// The picture as the page saves it, which says what it is.
fn saved_simulation(page: &Session) -> Vec<u8> {
    let bytes = saved_picture(page);
    let note = b"Simulation, not a promise";
    assert!(bytes.windows(note.len()).any(|part| part == note), "the picture does not say what it is");
    page.wait_for_text("Saved as hairline-after.png");
    bytes
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
        let first = saved_simulation(page);
        press(page, "Save the design");
        let design = page.wait_download();
        assert_eq!(design.name, "hairline-design.json");
        let allowed: &[&str] = if portrait.is_some() { &[] } else { &[SAMPLE_ASKED] };
        // What finds a face comes from the page's own origin; nothing of the photo goes with the question.
        let mut asked = site.asked();
        // WebKit's driver gives its browser no cache, so that the worker asks for its starter again.
        let is_starter = |asked: &str| page.engine() == Engine::WebKit && asked.starts_with("GET /boot-");
        asked.retain(|asked| asked != "GET /assets/face/detector-1.net" && !is_for_heads(asked) && !is_starter(asked));
        assert_eq!(asked, allowed, "something went over the network before Send");

        arrive_again(page, &site);
        open_photo(page, portrait.as_ref());
        let file = std::env::temp_dir().join(format!("hairline-design-{}.json", page.engine().tag()));
        fs::write(&file, &design.bytes).expect("the design is written");
        go(page, 5);
        page.find_css("#design-file").upload(&[&file]);
        page.wait_for_text("The design is open");
        wait_for_dots(page);
        assert_eq!(described(page), made);
        let second = saved_simulation(page);
        assert!(first == second, "the second picture is another: {} and {} bytes", first.len(), second.len());

        site.proxy.forget();
        remember_shown(page);
        review(page);
        page.wait_for_text("This is what will be sent");
        assert_eq!(page.all_css(".review-pictures img").len(), 2);
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
    let mut field = Field::new(Rc::new(BlueNoiseTile::grow(design.seed)), design.seed);
    field.sync(&design, &Parameters::default());
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
    let (id, tries) = sent::same_id(site);
    assert!(tries >= 2, "the dropped connection led to {tries} posts");
    assert_eq!(request["id"], id.as_str());
    let others: Vec<_> = site.asked().into_iter().filter(|asked| asked != "POST /requests").collect();
    assert_eq!(others, Vec::<String>::new());
}

/// The ring around the slider that has the focus lies on none of its words.
fn ring_leaves_words(page: &Session) {
    let room = page.eval(
        "const slider = document.activeElement, style = getComputedStyle(slider), ring = slider.getBoundingClientRect();
         const beyond = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
         return style.outlineStyle === 'none' ? null : [
           ring.top - beyond - slider.previousElementSibling.getBoundingClientRect().bottom,
           slider.nextElementSibling.getBoundingClientRect().top - ring.bottom - beyond];",
        &[],
    );
    let is_apart = |index: usize| room[index].as_f64().is_some_and(|room| room >= 0.0);
    assert!(is_apart(0) && is_apart(1), "above and below the ring there are {room} px");
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
        let before = handles(page, "mark")[0];
        page.press(&[Key::Shift, Key::Right]);
        page.wait_until("the mark moved", "!!document.querySelector('.grip.mark.chosen')");
        assert!(handles(page, "mark")[0].x > before.x, "the chosen mark did not move");
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
        erases_by_keys(page);
        page.tab_to("button", "Next: Look");
        page.press(&[Key::Enter]);
        page.tab_to("slider", "Before and after");
        page.press_times(Key::Right, 10);
        page.wait_for_text("10 percent before");
        page.eval(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true }))",
            &[],
        );
        page.wait_until("before is held", "!!document.querySelector('.hold.held')");
        page.press(&[Key::Char('c')]);
        page.wait_until("before is let go", "!document.querySelector('.hold.held')");
        ring_leaves_words(page);
        page.tab_to("button", "Next: Save or send");
        page.press(&[Key::Enter]);
        page.tab_to("button", "Save the picture");
        page.press(&[Key::Enter]);
        assert!(page.wait_download().bytes.starts_with(b"\x89PNG"));
        sends_by_keys(page);
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
        let before = handles(page, "handle")[0];
        for _ in 0..4 {
            tap(page, "Down");
        }
        let after = handles(page, "handle")[0];
        assert!((after.y - before.y - 8.0).abs() < 1.5, "four taps moved the point from {before:?} to {after:?}");
        tap(page, "Next: Density");
        tap(page, "A band behind the line");
        wait_for_dots(page);
        erases_by_a_tap(page);
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

/// What the visitor agrees to.
const SEND_CONSENT: &str = "I agree that my photo, my design and what I wrote here are sent to Elm Street Clinic so that it can \
    answer me. This can include information about my health.";

/// From the form to Send.
fn sends_by_keys(page: &Session) {
    page.tab_to("textbox", "Name");
    page.type_text("Grace Hopper");
    page.tab_to("textbox", "Phone");
    page.type_text("020 7946 0018");
    page.tab_to("checkbox", SEND_CONSENT);
    page.press(&[Key::Char(' ')]);
    page.press(&[Key::Tab]);
    page.press(&[Key::Char(' ')]);
    page.press(&[Key::Tab]);
    page.press(&[Key::Enter]);
    page.wait_for_text("This is what will be sent");
    page.tab_to("button", "Send");
    page.press(&[Key::Enter]);
}

/// A stroke of the eraser from key to key, and back.
fn erases_by_keys(page: &Session) {
    // From the middle of the stage up into the filled band.
    page.press_times(Key::Up, 10);
    let before = stage(page);
    let from = page.find_css(".brush-ring circle").middle();
    page.press(&[Key::Enter]);
    page.press_times(Key::Right, 6);
    page.press(&[Key::Enter]);
    let erased = changed_stage(page, &before, "the eraser by keys");
    let to = page.find_css(".brush-ring circle").middle();
    assert!((to.x - from.x - 48.0).abs() < 1.0 && (to.y - from.y).abs() < 1.0, "six keys went from {from:?} to {to:?}");
    check_stroke(page, "Eraser", &before.change_along(&erased, &from.line_to(to, 12), reach(page)));
    page.press(&[Key::Ctrl, Key::Char('z')]);
    let undone = changed_stage(page, &erased, "undo by keys");
    let left = before.pixels.farthest(&undone.pixels);
    assert_eq!(left, 0, "the stroke was not undone: a pixel is off by {left} levels");
}

/// A dab of the eraser, and back.
fn erases_by_a_tap(page: &Session) {
    page.find("radio", "Eraser").click();
    let line = page.find_css(".guides .hairline").rect();
    let before = stage(page);
    let at = Point::new(line.x + line.width / 2.0, line.y - 2.0);
    page.tap(at);
    let erased = changed_stage(page, &before, "a tap with the eraser");
    let change = before.change_along(&erased, &[at], TAPPED);
    check_stroke(page, "Eraser", &change);
    tap(page, "Undo");
    let undone = changed_stage(page, &erased, "Undo");
    let left = before.pixels.farthest(&undone.pixels);
    assert_eq!(left, 0, "the dab was not undone: a pixel is off by {left} levels");
}

/// How far a dab reaches on a phone's stage, in CSS pixels: there the eraser shows no ring.
const TAPPED: f64 = 24.0;

fn tap(page: &Session, name: &str) {
    let button = page.find("button", name);
    page.eval("arguments[0].scrollIntoView({ block: 'center' })", &[button.reference()]);
    page.tap(page.find("button", name).middle());
}

/// A step, and the tools in it: a choice of the panel, or the button that takes it. Steps without a choice move the view alone.
const HANDS: [(usize, &[(&str, &str)]); 4] = [
    (1, &[("", "marks"), ("summary", "Fit the head")]),
    (2, &[("radio", "Draw freehand"), ("radio", "Temples"), ("radio", "Face points"), ("radio", "Move points")]),
    (
        3,
        &[
            ("radio", "Area"),
            ("radio", "Brush"),
            ("radio", "Eraser"),
            ("radio", "Patch"),
            ("radio", "Scar"),
            ("radio", "Part line"),
        ],
    ),
    (4, &[("", "view"), ("button", "Match my shaved sides")]),
];

/// Notes where the photo was drawn on the stage last: by that the view is known, whatever the step.
fn note_view(page: &Session) {
    page.eval(
        "const draw = CanvasRenderingContext2D.prototype.drawImage;
         CanvasRenderingContext2D.prototype.drawImage = function (image, ...at) {
           if (this.canvas.matches('.picture') && image instanceof ImageBitmap) window.photoDrawnAt = at;
           return draw.call(this, image, ...at);
         };",
        &[],
    );
}

/// Where two points of the photo, about as far from each other as the pupils, are shown on the stage.
fn shown_at(page: &Session) -> [Point; 2] {
    const SHARES: [(f64, f64); 2] = [(0.4, 0.42), (0.6, 0.42)];
    // What was done a moment ago is painted with the next frame.
    let at = page.eval_async(
        "const done = arguments[0], canvas = document.querySelector('.picture');
         const look = () => done(photoDrawnAt.map((side) => side * canvas.getBoundingClientRect().width / canvas.width));
         requestAnimationFrame(() => requestAnimationFrame(look));",
        &[],
    );
    let number = |index: usize| at[index].as_f64().unwrap_or(f64::NAN);
    SHARES.map(|(across, down)| Point::new(number(0) + across * number(2), number(1) + down * number(3)))
}

/// Two fingers spread by three, and then move side by side: the view follows both, and the tool does nothing.
fn two_fingers(page: &Session, step: usize, (role, name): (&str, &str)) {
    let what = format!("step {step}, {name}");
    go(page, step);
    if !role.is_empty() {
        page.find(role, name).click();
    }
    page.eval("scrollTo(0, 0)", &[]);
    let fitted = shown_at(page);
    let stage = page.find_css("#stage").rect();
    let centre = Point::new(stage.width / 2.0, stage.height / 2.0);
    page.pinch(stage.at(0.5, 0.5), 60.0, 180.0);
    let spread = shown_at(page);
    for (before, after) in fitted.iter().zip(&spread) {
        let wanted = Point::new(centre.x + 3.0 * (before.x - centre.x), centre.y + 3.0 * (before.y - centre.y));
        assert!(
            (after.x - wanted.x).hypot(after.y - wanted.y) < 4.0,
            "{what}: {before:?} came to {after:?}, not {wanted:?}"
        );
    }
    let from = stage.at(0.4, 0.5);
    page.two_finger_swipe(&from.line_to(Point::new(from.x + 45.0, from.y - 30.0), 10), 80.0);
    for (before, after) in spread.iter().zip(shown_at(page)) {
        let (right, down) = (after.x - before.x, after.y - before.y);
        assert!((right - 45.0).abs() < 3.0 && (down + 30.0).abs() < 3.0, "{what}: the view went by {right}, {down}");
    }
    press(page, "Whole picture");
    assert_eq!(shown_at(page), fitted, "{what}: the whole picture is not what it was");
}

#[test]
fn two_fingers_move_the_view_in_every_tool_and_leave_no_trace() {
    // How fine the picture is plays no part, and a coarse one is painted faster.
    for_engines(&[Engine::Chromium], &Options { dpr: 1.0, ..Options::phone() }, |page| {
        let site = Site::start();
        arrive(page, &site.url());
        note_view(page);
        open_photo(page, None);
        let hands = || HANDS.iter().flat_map(|(step, tools)| tools.iter().map(|tool| (*step, *tool)));
        for step in [0, 5] {
            two_fingers(page, step, ("", "view"));
        }
        // Where there is no line there are no points to move.
        for (step, tool) in hands().filter(|(_, (_, name))| *name != "Move points") {
            two_fingers(page, step, tool);
            assert!(!page.find("button", "Undo").is_enabled(), "step {step}: two fingers used {tool:?}");
        }
        // With a line and a fill there is something under the fingers to be dragged along.
        fill_behind_line(page);
        let drawn = saved_design(page);
        for (step, tool) in hands().filter(|(step, _)| [2, 3].contains(step)) {
            two_fingers(page, step, tool);
        }
        assert_eq!(saved_design(page), drawn, "two fingers changed the design");
        page.assert_no_errors();
    });
}

/// Axe finds nothing, seen from the top of the page: further down a control may be half below the picture that stays in sight.
#[track_caller]
fn accessible(page: &Session, state: &str) {
    page.eval("scrollTo(0, 0); document.querySelector('.panel')?.scrollTo(0, 0)", &[]);
    page.assert_accessible(state);
}

/// The steps, from an empty page to a filled design.
fn steps_are_accessible(page: &Session) {
    accessible(page, "before a photo");
    open_photo(page, None);
    accessible(page, "photo");
    go(page, 1);
    accessible(page, "size");
    page.find("summary", "Fit the head").click();
    accessible(page, "size, the head in the hand");
    go(page, 2);
    accessible(page, "hairline, none yet");
    press(page, "Natural arch");
    accessible(page, "hairline");
    go(page, 3);
    accessible(page, "density, nothing filled");
    press(page, "A band behind the line");
    wait_for_dots(page);
    accessible(page, "density");
    page.find("radio", "Brush").click();
    accessible(page, "density, the brush in the hand");
    page.find("radio", "Scar").click();
    accessible(page, "density, scars");
    go(page, 4);
    accessible(page, "look");
    press(page, "Try another design");
    page.wait_until("there are two designs", "document.querySelectorAll('.card').length === 2");
    accessible(page, "look, two designs");
}

/// The last step, from an empty form to what became of the request, and everything deleted.
fn sending_is_accessible(page: &Session, site: &Site) {
    let send = |answer| {
        site.proxy.next(1, "POST", "/requests", answer);
        page.find_css("#send").click();
    };
    go(page, 5);
    accessible(page, "save");
    press(page, "Review before sending");
    page.wait_until("faults are marked", "!!document.querySelector('.field-fault')");
    accessible(page, "save with faults");
    review(page);
    accessible(page, "review");
    send(Fault::Hang);
    page.wait_for_text("Sending…");
    accessible(page, "sending");
    press(page, "Cancel");
    page.wait_for_text("You stopped waiting");
    accessible(page, "not confirmed");
    send(Fault::Reply(Message::answer(404, "text/plain", b"no")));
    page.wait_for_text("not set up correctly");
    accessible(page, "refused");
    page.find_css("#send").click();
    page.wait_for_text("Your request has arrived");
    accessible(page, "sent");
    press(page, "Back");
    page.find_css("#design-file").upload(&[&root().join("Cargo.toml")]);
    page.wait_until("it is refused", "!!document.querySelector('#notice .fault-notice')");
    accessible(page, "a refused file");
    press(page, "Delete everything");
    page.wait_until("it is asked", "!!document.querySelector('dialog[open]')");
    accessible(page, "question");
    page.find_css("dialog .primary").click();
    page.wait_for_text("Everything was deleted");
    accessible(page, "everything deleted");
}

/// What stands when the page is loaded again: the question about the draft.
fn returning_is_accessible(page: &Session, site: &Site) {
    open_photo(page, None);
    go(page, 2);
    press(page, "Natural arch");
    wait_for_draft(page, &saved_design(page));
    page.goto(&site.url());
    page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
    accessible(page, "a draft is offered");
}

/// What stands in place of a program that broke, and of one that is missing.
fn faults_are_accessible(page: &Session) {
    press(page, "Go on");
    page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
    break_program(page);
    accessible(page, "the program broke");
    // Another address: what the browser has of this one it need not ask for again.
    let broken = Site::start();
    broken.proxy.always("GET", "/hairline-designer-", Fault::Reply(Message::answer(404, "text/plain", b"no")));
    page.goto(&broken.url());
    page.wait_for_text("The designer did not load");
    page.wait_for_text("+44 20 7946 0018");
    accessible(page, "the program is missing");
}

#[test]
fn each_state_is_accessible() {
    for viewport in [(1440, 900), (390, 844)] {
        for dark in [false, true] {
            for_engines(&[Engine::Chromium], &Options { viewport, dark, ..Options::default() }, |page| {
                println!("      {} wide, {}", viewport.0, if dark { "dark" } else { "light" });
                let is_dark = page.eval("return matchMedia('(prefers-color-scheme: dark)').matches", &[]);
                assert_eq!((page.eval("return innerWidth", &[]), is_dark), (json!(viewport.0), json!(dark)));
                let site = Site::start();
                arrive(page, &site.url());
                steps_are_accessible(page);
                sending_is_accessible(page, &site);
                returning_is_accessible(page, &site);
                faults_are_accessible(page);
            });
        }
    }
}

#[test]
fn a_press_on_the_stage_lands_on_its_pixel() {
    let Some(portrait) = scan_front() else { return };
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, Some(&portrait));
        go(page, 1);
        mark_pupils(page, Some(&portrait));
        for (mark, pupil) in handles(page, "mark").iter().zip(portrait.pupils) {
            let wanted = on_stage(page, portrait.size, pupil);
            assert!((mark.x - wanted.x).abs() < 1.0 && (mark.y - wanted.y).abs() < 1.0, "{mark:?} {wanted:?}");
        }
    });
}
