//! What goes wrong: lost answers, refusals, a broken program, a lost page, a browser that does not show what it reads.

use crate::crash::crash_page;
use crate::harness::engines::for_engines;
use crate::harness::http::Message;
use crate::harness::session::ErrorKind;
use crate::harness::{Engine, Fault, Options, Session, for_each_engine};
use crate::sent;
use crate::site::Site;
use crate::visitor::{
    arrive, break_program, described, fill_behind_line, fill_form, go, goes_on_with, hurry, mark_pupils, open_photo,
    press, review, saved_design, saved_picture, scan_front, stored, text_of, wait_for_draft,
};
use serde_json::{Value, json};
use std::time::Duration;

const SAYS_IT_WAITS: &str =
    "/^No answer yet\\. Trying again in [138] s…$/.test(document.querySelector('#delivery p')?.textContent)";
const UNCONFIRMED: &str = "We could not confirm that your request arrived. Everything is kept. Try again: if it did arrive, \
    the clinic still gets it only once.";
const CANCELLED: &str = "You stopped waiting. The request may have arrived all the same. Everything is kept; trying again \
    cannot send it twice.";
const CONTACT: &str = "You can reach the clinic directly: +44 20 7946 0018, hello@elm.example";
const NOISY: &str = "Your browser changes pictures to protect you from tracking, so a picture made here would be noise. \
    Allow this page to read canvas data, or save the design instead.";

/// How often a request is tried before the page gives up.
const TRIES: usize = 4;

/// A filled design on the scanned head, or on the sample head where there is none.
pub(crate) fn design_on_head(page: &Session, site: &Site) {
    let portrait = scan_front();
    arrive(page, &site.url());
    open_photo(page, portrait.as_ref());
    if portrait.is_some() {
        go(page, 1);
        mark_pupils(page, portrait.as_ref());
    }
    fill_behind_line(page);
}

pub(crate) fn ready_to_send(page: &Session, site: &Site) {
    design_on_head(page, site);
    go(page, 5);
    review(page);
}

/// Presses Send, or Try again, and waits until the page has begun to send.
#[track_caller]
pub(crate) fn send(page: &Session) {
    page.eval(
        "window.wasBusy = false;
         const look = (_, watch) => {
           if (document.querySelector('#send[aria-disabled=true]')) { window.wasBusy = true; watch.disconnect(); } };
         new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });",
        &[],
    );
    page.find_css("#send").click();
    page.wait_until("it is under way", "window.wasBusy");
}

/// The page says this about the request, and nothing else.
#[track_caller]
pub(crate) fn wait_for_delivery(page: &Session, sentences: &[&str]) {
    page.wait_until(
        sentences[0],
        &format!(
            "JSON.stringify([...document.querySelectorAll('#delivery p')].map((line) => line.textContent)) === {}",
            json!(json!(sentences).to_string())
        ),
    );
}

/// The page says that it does not know, shows how to reach the clinic, and has kept all that would be sent.
#[track_caller]
pub(crate) fn wait_for_unconfirmed(page: &Session, sentence: &str) {
    wait_for_delivery(page, &[sentence, CONTACT]);
    assert_eq!(page.all_css(".review-pictures img").len(), 2, "the pictures are not kept");
    assert!(text_of(page, ".review-lines").contains("Ada Lovelace"), "what was typed is not kept");
    assert!(page.shows("button", "Save as a file instead"), "there is no other way out");
    assert!(page.find("button", "Try again").is_enabled());
}

/// The receiver has one request, of that id, and the page says so.
#[track_caller]
fn arrives_once(page: &Session, site: &Site, id: &str) {
    page.wait_for_text("Your request has arrived");
    page.wait_for_text(&format!("Its number is {id}."));
    let stored = site.received();
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert_eq!(stored[0].file_name().and_then(|name| name.to_str()), Some(id));
}

/// An answer that sends the browser elsewhere.
fn moved(status: u16) -> Message {
    let mut answer = Message::answer(status, "text/html", b"<html>elsewhere</html>");
    answer.set_header("Location", "/elsewhere");
    answer
}

#[test]
fn n06_an_answer_that_is_no_confirmation_confirms_nothing() {
    let other = br#"{"id":"AAAA-BBBB-CCCC","stored":true}"#;
    let answers = [
        ("302", moved(302)),
        ("307", moved(307)),
        ("a page", Message::answer(200, "text/html", b"<html>please log in</html>")),
        ("nothing", Message::answer(200, "application/json", b"")),
        ("204", Message::answer(204, "application/json", b"")),
        ("another id", Message::answer(200, "application/json", other)),
    ];
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.always("POST", "/requests", Fault::Reply(answers[2].1.clone()));
        send(page);
        page.wait_until("it says that it waits", SAYS_IT_WAITS);
        press(page, "Cancel");
        wait_for_unconfirmed(page, CANCELLED);
        hurry(page, 20);
        for (name, answer) in &answers {
            site.proxy.forget();
            site.proxy.pass();
            site.proxy.always("POST", "/requests", Fault::Reply(answer.clone()));
            send(page);
            wait_for_unconfirmed(page, UNCONFIRMED);
            let (_, tries) = sent::same_id(&site);
            assert_eq!(tries, TRIES, "{name}");
            // A browser follows a redirect before it tells the page; what it finds there is never believed.
            let is_redirect = name.starts_with("30");
            let elsewhere = site.asked().into_iter().filter(|asked| asked != "POST /requests").count();
            assert!(is_redirect || elsewhere == 0, "{name}: something else was asked for");
        }
        assert!(site.received().is_empty());
        let (id, _) = sent::same_id(&site);
        site.proxy.pass();
        press(page, "Try again");
        arrives_once(page, &site, &id);
    });
}

#[test]
fn a_refusal_says_what_to_do_and_keeps_everything() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.next(1, "POST", "/requests", Fault::Reply(Message::answer(404, "text/plain", b"no")));
        page.find_css("#send").click();
        wait_for_delivery(
            page,
            &["This clinic's form is not set up correctly, so nothing could be delivered.", CONTACT],
        );
        press(page, "Change something");
        assert_eq!(page.find_css("#field-name").value(), "Ada Lovelace");
        assert!(site.received().is_empty());
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn n02_n11_every_try_carries_the_same_request_and_the_next_one_gets_a_new_id() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        hurry(page, 20);
        // The server has it, but its answer is lost; then it is lost half way; then the server fails.
        site.proxy.next(1, "POST", "/requests", Fault::DropAfterAnswer);
        site.proxy.next(1, "POST", "/requests", Fault::Truncate(3));
        site.proxy.next(1, "POST", "/requests", Fault::Reply(Message::answer(500, "text/plain", b"no")));
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let (id, tries) = sent::same_id(&site);
        assert!(tries >= 4, "it was delivered {tries} times");
        arrives_once(page, &site, &id);
        let deliveries = sent::deliveries(&site);
        assert!(deliveries.iter().all(|parts| *parts == deliveries[0]), "the tries carried other parts");

        press(page, "Back");
        site.proxy.forget();
        review(page);
        site.proxy.next(1, "POST", "/requests", Fault::Reply(Message::answer(500, "text/plain", b"no")));
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let (other, _) = sent::same_id(&site);
        assert_ne!(other, id, "another request has the id of the first");
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

/// What cuts the way to the server.
type Cut = (&'static str, fn(&mut Site, &Session), fn(&mut Site, &Session));

#[test]
fn n03_a_lost_network_is_unconfirmed_and_can_be_tried_again() {
    let cut: Cut = (
        "reset in the body",
        |site, _| site.proxy.always("POST", "/requests", Fault::DropBeforeBody),
        |site, _| site.proxy.pass(),
    );
    let refused: Cut = ("refused", |site, _| site.proxy.go_offline(), |site, _| site.proxy.come_back());
    for_each_engine(&Options::default(), |page| {
        let mut site = Site::start();
        ready_to_send(page, &site);
        hurry(page, 20);
        for (name, lose, restore) in [cut, refused] {
            site.proxy.forget();
            lose(&mut site, page);
            send(page);
            wait_for_unconfirmed(page, UNCONFIRMED);
            let attempts = sent::attempts(&site);
            assert!(if name == cut.0 { attempts >= TRIES } else { attempts == 0 }, "{name}: {attempts} attempts");
            assert_eq!(sent::ids(&site), Vec::<String>::new(), "{name}: a whole request passed");
            restore(&mut site, page);
        }
        site.proxy.next(1, "POST", "/requests", Fault::DropAfterAnswer);
        press(page, "Try again");
        page.wait_for_text("Your request has arrived");
        let (id, _) = sent::same_id(&site);
        arrives_once(page, &site, &id);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

pub(crate) fn set_offline(page: &Session, offline: bool) {
    network(page, offline, -1);
}

/// A line of so many bytes a second each way; -1 for no limit. Chromium alone.
pub(crate) fn network(page: &Session, offline: bool, bytes_per_s: i64) {
    page.cdp("Network.enable", &json!({}));
    page.cdp(
        "Network.emulateNetworkConditions",
        &json!({ "offline": offline, "latency": 0, "downloadThroughput": bytes_per_s, "uploadThroughput": bytes_per_s }),
    );
}

#[test]
fn n05_a_server_that_never_answers_is_given_up_and_can_be_left_at_once() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.always("POST", "/requests", Fault::Hang);
        page.find_css("#send").click();
        wait_for_delivery(page, &["Sending…"]);
        let took = page.eval_async(
            "const done = arguments[0], region = document.querySelector('#delivery'), began = performance.now();
             const cancel = [...document.querySelectorAll('#delivery button')].find((button) => button.textContent === 'Cancel');
             new MutationObserver(() => /You stopped waiting/.test(document.querySelector('#delivery').textContent)
               && done(performance.now() - began)).observe(region.parentNode, { subtree: true, childList: true, characterData: true });
             cancel.click();",
            &[],
        );
        assert!(took.as_f64().is_some_and(|ms| ms < 200.0), "Cancel took {took} ms");
        wait_for_unconfirmed(page, CANCELLED);
        assert_eq!(sent::attempts(&site), 1);

        // A minute for each try passes in one and a half seconds.
        hurry(page, 40);
        press(page, "Try again");
        wait_for_unconfirmed(page, UNCONFIRMED);
        let (id, tries) = sent::same_id(&site);
        assert_eq!(tries, 1 + TRIES, "a server that hangs was asked {tries} times");
        site.proxy.pass();
        press(page, "Try again");
        arrives_once(page, &site, &id);
        assert_eq!(sent::same_id(&site).0, id);
    });
}

/// Presses Send, puts the focus elsewhere at once, and writes down what is said from then on: role, text, and whether the
/// focus stayed.
const LEAVE_AND_WATCH: &str = "const region = document.querySelector('#delivery'), elsewhere = document.querySelector('.small-print button');
    window.said = [];
    new MutationObserver(() => said.push([region.getAttribute('role'), region.textContent, document.activeElement === elsewhere]))
      .observe(region, { subtree: true, childList: true, characterData: true, attributes: true });
    document.querySelector('#send').click();
    elsewhere.focus();";

#[test]
fn a_retry_is_announced_and_leaves_the_focus_alone() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        hurry(page, 20);
        site.proxy.always("POST", "/requests", Fault::Reply(Message::answer(500, "text/plain", b"no")));
        page.eval(LEAVE_AND_WATCH, &[]);
        wait_for_unconfirmed(page, UNCONFIRMED);
        page.wait_until("the end has the focus", "document.activeElement?.id === 'delivery'");
        assert_eq!(page.find_css("#delivery").attribute("role").as_deref(), Some("alert"), "the end is not announced");
        let said = page.eval("return said", &[]);
        let rows = said.as_array().map(Vec::as_slice).unwrap_or_default();
        let of_retries =
            rows.iter().filter(|row| row[1].as_str().is_some_and(|text| text.starts_with("No answer yet")));
        let of_retries: Vec<_> = of_retries.collect();
        assert!(of_retries.len() >= TRIES - 1, "the retries were not said: {said}");
        for row in of_retries {
            assert_eq!((&row[0], &row[2]), (&json!("status"), &json!(true)), "{said}");
        }
        assert_eq!(sent::attempts(&site), TRIES);
    });
}

#[test]
fn a_slow_answer_is_waited_for() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        // Twenty seconds of the page's own, of the minute that it waits.
        hurry(page, 10);
        site.proxy.next(1, "POST", "/requests", Fault::Delay(Duration::from_secs(2)));
        page.find_css("#send").click();
        wait_for_delivery(page, &["Sending…"]);
        page.wait_for_text("Your request has arrived");
        let (id, _) = sent::same_id(&site);
        arrives_once(page, &site, &id);
        assert_eq!(sent::attempts(&site), 1, "a slow server was asked again");
        page.assert_no_errors();
    });
}

#[test]
fn n12_a_request_arrives_over_a_slow_line() {
    const SLOW: i64 = 50_000;
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        network(page, false, SLOW);
        let began = page.eval("return performance.now()", &[]).as_f64().unwrap_or_default();
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let took = page.eval("return performance.now()", &[]).as_f64().unwrap_or_default() - began;
        let size: usize = sent::bodies(&site).iter().map(Vec::len).sum();
        println!("      {size} bytes in {took:.0} ms");
        assert!(took > size as f64 / SLOW as f64 * 500.0, "the line was not slow: {size} bytes in {took} ms");
        assert_eq!(sent::attempts(&site), 1, "a slow line led to another try");
        assert!(size <= 2_000_000, "{size} bytes take too long on a slow line");
    });
}

#[test]
fn n01_a_second_press_sends_nothing_more() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        page.eval("const send = document.querySelector('#send'); for (let i = 0; i < 5; i++) send.click();", &[]);
        page.wait_for_text("Your request has arrived");
        assert_eq!(sent::attempts(&site), 1);
    });
}

/// A design that the device keeps; returns it as saved.
pub(crate) fn kept_design(page: &Session, site: &Site) -> Value {
    design_on_head(page, site);
    let saved = saved_design(page);
    assert!(saved["views"]["front"]["fill"].as_array().is_some_and(|fill| !fill.is_empty()), "nothing is drawn");
    wait_for_draft(page, &saved);
    saved
}

#[test]
fn a_reload_brings_exactly_the_design_back() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        let saved = kept_design(page, &site);
        let said = described(page);
        let picture = saved_picture(page);
        // A crash asks nobody: the page is left without its question.
        page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
        page.eval("location.reload()", &[]);
        goes_on_with(page, &saved, &said);
        assert!(saved_picture(page) == picture, "the picture of the design is another one");
    });
}

#[test]
fn a_killed_tab_brings_exactly_the_design_back() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        let saved = kept_design(page, &site);
        let said = described(page);
        crash_page(page);
        arrive(page, &site.url());
        goes_on_with(page, &saved, &said);
    });
}

#[test]
fn a_broken_program_says_so_and_brings_exactly_the_design_back() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        let saved = kept_design(page, &site);
        let said = described(page);
        break_program(page);
        assert!(page.all_css("#app").is_empty(), "the broken program can still be used");
        page.find("button", "Load it again").click();
        goes_on_with(page, &saved, &said);
    });
}

/// What stands in the form: texts, then ticks.
fn form(page: &Session) -> Value {
    go(page, 5);
    page.eval(
        "const value = (name) => document.querySelector('#field-' + name);
         return [...['name', 'email', 'phone', 'message'].map((name) => value(name).value),
           ...['to-clinic', 'adult'].map((name) => value(name).checked)];",
        &[],
    )
}

#[test]
fn deleting_everything_leaves_nothing() {
    let empty = json!(["", "", "", "", false, false]);
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        kept_design(page, &site);
        fill_form(page);
        assert_ne!(form(page), empty);
        let kept = stored(page);
        assert!(kept.len() >= 2 && kept.iter().all(|place| place.contains("drafts")), "kept are {kept:?}");
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        press(page, "Delete everything");
        page.find_css("dialog .primary").click();
        page.wait_for_text("Everything was deleted");
        let databases = page.eval_async("const done = arguments[0]; indexedDB.databases().then(done)", &[]);
        assert_eq!((databases, stored(page)), (json!([]), Vec::new()), "the device still keeps something");
        assert_eq!(described(page), "No photo yet.");
        is_bare(page);
        assert_eq!(form(page), empty);
        assert!(!page.find("button", "Undo").is_enabled(), "what was deleted can be brought back");

        page.reload();
        page.wait_until("the program stands", "!!document.querySelector('.page[data-worker] #stage-file')");
        assert_eq!(form(page), empty);
        assert!(page.all_css("dialog").is_empty(), "something is offered that was deleted");
        assert_eq!((described(page).as_str(), stored(page)), ("No photo yet.", Vec::new()));
        is_bare(page);
        page.assert_no_errors();
    });
}

/// Nothing is painted on the stage, with the next frame.
#[track_caller]
fn is_bare(page: &Session) {
    page.wait_until(
        "the stage is bare",
        "((canvas) => !canvas.width || !canvas.height || canvas.getContext('2d')
           .getImageData(0, 0, canvas.width, canvas.height).data.every((value) => !value))(document.querySelector('.picture'))",
    );
}

#[test]
fn a_browser_that_reads_noise_puts_it_into_no_file() {
    const RESISTS: &[(&str, &str)] = &[("privacy.resistFingerprinting", "true")];
    for_engines(&[Engine::Firefox], &Options { firefox_prefs: RESISTS, ..Options::default() }, |page| {
        let site = Site::start();
        let saved = kept_design(page, &site);
        assert!(page.eval(READS_NOISE, &[]) == true, "this browser reads back what was drawn: nothing is shown here");
        let noisy = || {
            page.wait_until("it is refused", "!!document.querySelector('#notice .fault-notice')");
            assert_eq!(text_of(page, "#notice .fault-notice p"), NOISY);
            page.find_css("#notice button").click();
            page.wait_until("the notice is gone", "!document.querySelector('#notice .fault-notice')");
        };
        for button in ["Save the picture", "Save before and after"] {
            press(page, button);
            noisy();
        }
        fill_form(page);
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        page.wait_for_text("Your browser changes pictures to protect you from tracking, so pictures would be noise.");
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let deliveries = sent::deliveries(&site);
        assert_eq!(deliveries[0].len(), 2, "words and design, and no noise");
        press(page, "Back");
        // The one file that comes is the design: had a picture been saved, it would come first.
        assert_eq!(saved_design(page), saved);
        go(page, 4);
        assert!(!page.shows("button", "Match my shaved sides"), "a shade is offered by what noise shows");
        page.assert_no_errors();
    });
}

/// Whether a canvas gives back something else than was put into it.
const READS_NOISE: &str = "const context = new OffscreenCanvas(16, 16).getContext('2d');
    const given = new ImageData(Uint8ClampedArray.from({ length: 1024 }, (_, i) => i % 4 === 3 ? 255 : i * 7), 16, 16);
    context.putImageData(given, 0, 0);
    return context.getImageData(0, 0, 16, 16).data.some((value, i) => value !== given.data[i]);";

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
