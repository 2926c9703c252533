//! Several elements in a clinic's page, an element that the page moves, and the wheel over a framed picture.

use crate::embedding::{NO_STORAGE, take_storage};
use crate::harness::gestures::Key;
use crate::harness::{Engine, Host, Options, Point, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{
    arrive, described, fill_behind_line, go, goes_on_with, is_back, open_photo, press, saved_design, scan_front,
    wait_for_dots, wait_for_draft, wait_for_draft_at,
};
use serde_json::{Value, json};

/// A page that can be scrolled, with the element in it.
const LONG: &str =
    "<p style='height: 200px'>Our clinic</p><hairline-designer></hairline-designer><p style='height: 3000px'>Below</p>";
/// A page with two places, the element in the first.
const TWO_PLACES: &str = "<div id=first><hairline-designer></hairline-designer></div><div id=second></div>";
/// A page with two elements.
const TWO_ELEMENTS: &str = "<hairline-designer></hairline-designer><hairline-designer></hairline-designer>";

/// What is drawn in each of two elements, and the key of its draft.
const DRAWN: [(&str, &str); 2] = [("Natural arch", "current"), ("Straight edge", "current-2")];

fn wide() -> Options {
    Options { viewport: (1280, 900), ..Options::default() }
}

/// A clinic's page of that body, and the site of the program that it may frame.
#[track_caller]
fn hosted(page: &Session, body: &str) -> (Host, Site) {
    let host = Host::empty();
    let origin = host.url("").trim_end_matches('/').to_owned();
    let site = Site::configured(|config| config["frame_origins"] = json!([origin]));
    let script = format!("<script type=module src=\"{}embed.js\"></script>", site.url());
    host.page("/", &format!("<!doctype html><meta charset=utf-8><title>A clinic</title>{script}{body}"));
    page.goto(&host.url("/"));
    (host, site)
}

/// Opens the program of the element at that place of the page, and goes into its frame.
#[track_caller]
fn open_element(page: &Session, place: usize) {
    page.wait_until(
        "the element is there",
        &format!("!!document.querySelectorAll('hairline-designer')[{place}]?.shadowRoot?.querySelector('button')"),
    );
    page.all_css("hairline-designer")[place].find_in_shadow("button").click();
    scroll_to_element(page, place);
    enter_element(page, place);
}

/// Scrolls an element to the top: WebKit's driver misses what it would have to scroll to in two pages at once.
#[track_caller]
fn scroll_to_element(page: &Session, place: usize) {
    page.eval("document.querySelectorAll('hairline-designer')[arguments[0]].scrollIntoView()", &[json!(place)]);
}

/// Goes into the frame of an element that is open, and waits until the program stands.
#[track_caller]
fn enter_element(page: &Session, place: usize) {
    let frame = page.all_css("hairline-designer")[place].find_in_shadow("iframe");
    page.enter_frame(&frame);
    page.wait_until("the program stands", "!!document.querySelector('.page[data-worker] #stage')");
}

#[track_caller]
fn is_offered_nothing(page: &Session) {
    assert!(page.all_css("dialog").is_empty(), "{}: something is asked", page.engine());
    assert_eq!(described(page), "No photo yet.");
}

#[test]
fn two_elements_keep_drafts_of_their_own() {
    for_each_engine(&wide(), |page| {
        let (_host, _site) = hosted(page, TWO_ELEMENTS);
        let drawn: Vec<(Value, String)> = (0..2).map(|place| draw_in(page, place)).collect();
        assert_ne!(drawn[0].0, drawn[1].0, "the same was drawn in both");
        page.reload();
        for (place, (design, said)) in drawn.iter().enumerate() {
            open_element(page, place);
            page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
            press(page, "Go on");
            page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
            assert_eq!((&saved_design(page), &described(page)), (design, said), "element {place} has another draft");
            page.leave_frame();
        }

        scroll_to_element(page, 0);
        enter_element(page, 0);
        press(page, "Delete everything");
        page.find_css("dialog .primary").click();
        page.wait_for_text("Everything was deleted");
        page.leave_frame();
        page.reload();
        open_element(page, 0);
        page.leave_frame();
        open_element(page, 1);
        page.wait_until("the other's draft is offered", "!!document.querySelector('dialog[open]')");
        page.leave_frame();
        enter_element(page, 0);
        is_offered_nothing(page);
        page.leave_frame();
        page.assert_no_errors();
    });
}

/// Draws in an element, and waits until it is kept; returns the design and what is said of it.
#[track_caller]
fn draw_in(page: &Session, place: usize) -> (Value, String) {
    let (shape, key) = DRAWN[place];
    open_element(page, place);
    open_photo(page, None);
    go(page, 2);
    press(page, shape);
    let design = saved_design(page);
    wait_for_draft_at(page, key, &design);
    let said = described(page);
    page.leave_frame();
    (design, said)
}

/// Draws in the only element, and waits until it is kept; the session stays in the frame.
#[track_caller]
fn filled_and_kept(page: &Session) -> (Value, String) {
    open_element(page, 0);
    open_photo(page, scan_front().as_ref());
    fill_behind_line(page);
    let design = saved_design(page);
    wait_for_draft(page, &design);
    (design, described(page))
}

#[test]
fn an_element_that_is_moved_keeps_the_work() {
    for_each_engine(&wide(), |page| {
        let (_host, _site) = hosted(page, TWO_PLACES);
        let (design, said) = filled_and_kept(page);
        page.leave_frame();
        page.eval("document.querySelector('#second').append(document.querySelector('hairline-designer'))", &[]);
        enter_element(page, 0);
        page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
        assert!(page.all_css("dialog").is_empty(), "the visitor is asked for what is theirs");
        is_back(page, &design, &said);
        page.leave_frame();
        if page.eval("return 'moveBefore' in Element.prototype", &[]) == true {
            is_kept_by_move_before(page, &said);
        } else {
            println!("    {}: has no moveBefore", page.engine());
        }

        // Only the move goes on without a question.
        enter_element(page, 0);
        page.eval("location.reload()", &[]);
        goes_on_with(page, &design, &said);
        page.leave_frame();
        page.assert_no_errors();
    });
}

/// An element that is moved as a whole keeps the work too, in Chromium with its frame as it is: Firefox loads it anew all the
/// same.
#[track_caller]
fn is_kept_by_move_before(page: &Session, said: &str) {
    enter_element(page, 0);
    page.eval("window.stayed = true", &[]);
    page.leave_frame();
    page.eval("document.querySelector('#first').moveBefore(document.querySelector('hairline-designer'), null)", &[]);
    enter_element(page, 0);
    let stayed = page.eval("return window.stayed === true", &[]) == true;
    assert!(stayed || page.engine() != Engine::Chromium, "the frame was loaded anew");
    wait_for_dots(page);
    assert!(page.all_css("dialog").is_empty(), "the visitor is asked for what is theirs");
    assert_eq!(described(page), said);
    page.leave_frame();
}

#[test]
fn an_element_that_is_moved_without_storage_starts_afresh_without_a_word() {
    for_each_engine(&wide(), |page| {
        let (_host, site) = hosted(page, TWO_PLACES);
        take_storage(&site, NO_STORAGE[0].1);
        open_element(page, 0);
        open_photo(page, None);
        fill_behind_line(page);
        page.leave_frame();
        page.eval("document.querySelector('#second').append(document.querySelector('hairline-designer'))", &[]);
        enter_element(page, 0);
        page.wait_until("storage was asked for", "window.refused > 0");
        page.find_css(".welcome");
        is_offered_nothing(page);
        assert_eq!(page.find_css("#notice").text(), "", "something is said");
        page.leave_frame();
        page.assert_no_errors();
    });
}

#[test]
fn an_element_in_the_place_of_another_is_offered_its_draft() {
    for_each_engine(&wide(), |page| {
        let (_host, _site) = hosted(page, TWO_PLACES);
        let (design, said) = filled_and_kept(page);
        page.leave_frame();
        // As pages do that are made anew by their script each time they are shown.
        page.eval(
            "document.querySelector('hairline-designer').remove();
             document.querySelector('#second').append(document.createElement('hairline-designer'));",
            &[],
        );
        open_element(page, 0);
        goes_on_with(page, &design, &said);
        page.leave_frame();
    });
}

/// How far the outermost handles stand apart, in CSS pixels: it grows as the picture does.
#[track_caller]
fn spread(page: &Session) -> f64 {
    let spread = page.eval(
        "const xs = [...document.querySelectorAll('.grip')].map((grip) => grip.getBoundingClientRect().x);
         return Math.max(...xs) - Math.min(...xs);",
        &[],
    );
    let spread = spread.as_f64().unwrap_or_default();
    assert!(spread > 0.0, "{}: there are no handles", page.engine());
    spread
}

/// Waits until the picture is larger than it was.
#[track_caller]
fn wait_for_larger(page: &Session, before: f64) {
    page.wait_until(
        "the picture is larger",
        &format!(
            "(() => {{ const xs = [...document.querySelectorAll('.grip')].map((grip) => grip.getBoundingClientRect().x);
               return Math.max(...xs) - Math.min(...xs) > {before} + 4; }})()"
        ),
    );
}

/// A line on the open sample head, whose handles show how large the picture is; what is said over the picture is written down.
/// Returns the middle of the stage.
#[track_caller]
fn line_with_handles(page: &Session) -> Point {
    open_photo(page, None);
    go(page, 2);
    press(page, "Natural arch");
    page.wait_until("there are handles", "document.querySelectorAll('.grip').length > 2");
    page.eval(
        "const line = document.querySelector('.busy'); window.hinted = [];
         new MutationObserver(() => line.matches('.shown') && hinted.push(line.textContent))
           .observe(line, { attributes: true, childList: true, characterData: true, subtree: true });
         window.turns = [];
         addEventListener('wheel', (event) => turns.push([event.ctrlKey, event.defaultPrevented]), { passive: true });",
        &[],
    );
    page.find_css("#stage").rect().at(0.5, 0.5)
}

/// How far the page is scrolled down.
#[track_caller]
fn scrolled(page: &Session) -> f64 {
    page.eval("return scrollY", &[]).as_f64().unwrap_or(f64::NAN)
}

const HINT: &str = "Hold Ctrl or ⌘ while you scroll to zoom the picture.";
const TURN: i32 = 120;

/// Turns the wheel with Ctrl held, and says whether the driver did: for one that does not tell that a key is held a script sends
/// the event.
#[track_caller]
fn turn_with_ctrl(page: &Session, at: Point) -> bool {
    let before = page.eval("return turns.length", &[]);
    page.wheel(&[Key::Ctrl], at, 0, -TURN);
    page.wait_until("the turn came", &format!("turns.length > {before}"));
    let is_held = page.eval("return turns.at(-1)[0]", &[]) == true;
    if !is_held {
        println!("    {}: holds no key while the wheel turns", page.engine());
        page.eval(
            "const [clientX, clientY, deltaY] = arguments, given = { clientX, clientY, deltaY, ctrlKey: true };
             document.querySelector('#stage').dispatchEvent(new WheelEvent('wheel', { ...given, bubbles: true, cancelable: true }));",
            &[json!(at.x), json!(at.y), json!(-TURN)],
        );
    }
    is_held
}

#[test]
fn the_wheel_over_a_framed_picture_belongs_to_the_page_around() {
    for_each_engine(&wide(), |page| {
        let (_host, _site) = hosted(page, LONG);
        open_element(page, 0);
        let middle = line_with_handles(page);
        let size = spread(page);
        page.leave_frame();
        let before = scrolled(page);
        enter_element(page, 0);
        page.wheel(&[], middle, 0, TURN);
        page.wait_until("the hint is shown", &format!("hinted.includes({})", json!(HINT)));
        assert_eq!(page.eval("return turns[0]", &[]), json!([false, false]), "the page around does not get the turn");
        page.leave_frame();
        // Firefox's driver turns the wheel for the frame alone.
        if page.engine() != Engine::Firefox {
            page.wait_until("the page around scrolls", &format!("scrollY > {before}"));
        }

        enter_element(page, 0);
        assert_eq!(spread(page), size, "the picture was zoomed");
        page.leave_frame();
        let before = scrolled(page);
        enter_element(page, 0);
        let is_real = turn_with_ctrl(page, middle);
        wait_for_larger(page, size);
        assert_eq!(page.eval("return turns.at(-1)", &[]), json!([true, true]), "the browser gets the turn too");
        page.leave_frame();
        assert!(!is_real || scrolled(page) == before, "the page around scrolled");
        page.assert_no_errors();
    });
}

#[test]
fn the_wheel_zooms_a_picture_that_is_not_framed() {
    for_each_engine(&wide(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        let middle = line_with_handles(page);
        let size = spread(page);
        page.wheel(&[], middle, 0, -TURN);
        wait_for_larger(page, size);
        assert_eq!(page.eval("return hinted", &[]), json!([]), "a hint is shown where the wheel zooms");
        page.assert_no_errors();
    });
}
