//! What goes wrong: lost answers, refusals, a broken program, a lost page.

use crate::harness::engines::for_engines;
use crate::harness::http::Message;
use crate::harness::session::ErrorKind;
use crate::harness::{Engine, Fault, Options, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{arrive, described, design_on_sample, fill_form, go, open_photo, press, text_of, wait_for_dots};

fn ready_to_send(page: &Session, site: &Site) {
    design_on_sample(page, &site.url());
    go(page, 5);
    fill_form(page);
    page.find("button", "Review before sending").click();
    page.wait_until("the review is there", "!!document.querySelector('#send')");
}

#[test]
fn an_answer_that_is_no_confirmation_confirms_nothing() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        let page_instead = Message::answer(200, "text/html", b"<html>please log in</html>");
        site.proxy.next(1, "POST", "/requests", Fault::Reply(page_instead));
        page.find_css("#send").click();
        // The first answer is a page; the next try reaches the receiver under the same id.
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.received().len(), 1);
        assert_eq!(site.proxy.requests_of("POST", "/requests").len(), 2);
    });
}

#[test]
fn a_refusal_says_what_to_do_and_keeps_everything() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.next(1, "POST", "/requests", Fault::Reply(Message::answer(404, "text/plain", b"no")));
        page.find_css("#send").click();
        page.wait_for_text("not set up correctly");
        assert!(text_of(page, "#delivery").contains("+44 20 7946 0018"), "{}", text_of(page, "#delivery"));
        press(page, "Change something");
        assert_eq!(page.find_css("#field-name").value(), "Ada Lovelace");
        assert!(site.received().is_empty());
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn a_lost_network_is_unconfirmed_and_can_be_tried_again_with_the_same_id() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let mut site = Site::start();
        ready_to_send(page, &site);
        site.proxy.go_offline();
        page.find_css("#send").click();
        page.wait_until(
            "it is tried again by itself",
            "/Trying again/.test(document.querySelector('#delivery').textContent)",
        );
        press(page, "Cancel");
        page.wait_for_text("may have arrived all the same");
        site.proxy.come_back();
        press(page, "Try again");
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.received().len(), 1);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn a_second_press_sends_nothing_more() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        page.eval("const send = document.querySelector('#send'); for (let i = 0; i < 5; i++) send.click();", &[]);
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.proxy.requests_of("POST", "/requests").len(), 1);
    });
}

#[test]
fn a_reload_brings_the_design_back() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        let before = described(page);
        page.wait_until("the draft is kept", KEPT);
        // A crash asks nobody: the page is left without its question.
        page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
        page.eval("location.reload()", &[]);
        page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
        press(page, "Go on");
        wait_for_dots(page);
        assert_eq!(described(page), before);
    });
}

/// Whether the browser's database holds a draft with a fill.
pub(crate) const KEPT: &str = "(() => {
    if (!window.keptCheck) window.keptCheck = () => { const open = indexedDB.open('hairline-designer'); open.onsuccess = () => {
        const db = open.result; if (!db.objectStoreNames.contains('drafts')) { db.close(); return; }
        const get = db.transaction('drafts').objectStore('drafts').get('current');
        get.onsuccess = () => { window.kept = /to-here/.test(get.result?.design ?? ''); db.close(); }; }; };
    window.keptCheck(); return !!window.kept; })()";

#[test]
fn a_broken_program_says_so_and_brings_the_design_back() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        page.wait_until("the draft is kept", KEPT);
        // Nodes that vanish under the program's hands break it.
        page.eval("for (const node of document.querySelectorAll('.panel > *, .stage-frame > *')) node.remove()", &[]);
        page.find_css(".step:nth-child(5) button").click();
        page.wait_for_text("Something went wrong");
        page.find("button", "Load it again").click();
        page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
        press(page, "Go on");
        wait_for_dots(page);
    });
}

#[test]
fn deleting_everything_leaves_nothing() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        press(page, "Delete everything");
        page.find_css("dialog .primary").click();
        page.wait_for_text("Everything was deleted");
        let left = page.eval_async(
            "const done = arguments[arguments.length - 1];
             Promise.all([indexedDB.databases(), caches.keys()])
               .then(([databases, kept]) => done([databases.length, kept.length, localStorage.length]));",
            &[],
        );
        assert_eq!(left, serde_json::json!([0, 0, 0]));
        assert!(!described(page).contains("Hairline"));
        page.assert_no_errors();
    });
}

#[test]
fn without_an_endpoint_the_request_is_saved_as_one_file() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::configured(|config| config["request"]["endpoint"] = serde_json::Value::Null);
        arrive(page, &site.url());
        open_photo(page, None);
        go(page, 2);
        press(page, "Natural arch");
        go(page, 5);
        fill_form(page);
        press(page, "Review");
        press(page, "Save the file");
        let file = page.wait_download();
        assert_eq!(file.name, "hairline-request.html");
        let html = String::from_utf8(file.bytes).unwrap_or_default();
        assert_eq!(html.matches("data:image/jpeg;base64,").count(), 2);
        assert!(html.contains("&lt;b&gt;Thanks&lt;/b&gt;") && !html.contains("<b>Thanks"), "markup came through");
        assert!(html.contains("id=\"design\">{\"version\":3"), "the design is not in it");
        page.assert_no_errors();
    });
}
