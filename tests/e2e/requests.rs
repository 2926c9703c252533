//! The consultation request against a server that fails in every way, by the numbers of the table of faults: N is the network and
//! the request, P privacy, H hostile input, S storage. More of N stands in `faults.rs`, of P and H in `privacy.rs`, N15 in `parsers.rs`,
//! N17 and N18 in `start.rs`, H4 in `files.rs`.

use crate::faults::{
    design_on_head, network, ready_to_send, send, set_offline, wait_for_delivery, wait_for_unconfirmed,
};
use crate::harness::engines::for_engines;
use crate::harness::http::Message;
use crate::harness::session::ErrorKind;
use crate::harness::{Engine, Fault, Options, Session, for_each_engine};
use crate::receiver::{Leave, Receiver};
use crate::sent;
use crate::site::Site;
use crate::visitor::{arrive, fill_form, go, hurry, open_photo, press, review, stored, text_of};
use serde_json::{Value, json};

const CONTACT: &str = "You can reach the clinic directly: +44 20 7946 0018, hello@elm.example";
const SETUP: &str = "This clinic's form is not set up correctly, so nothing could be delivered.";
const OFFLINE: &str = "Your device is offline. Everything is kept. Once you are connected, press Try again.";
const CANCELLED: &str = "You stopped waiting. The request may have arrived all the same. Everything is kept; trying again \
    cannot send it twice.";

fn reply(status: u16, kind: &str, body: &str) -> Fault {
    Fault::Reply(Message::answer(status, kind, body.as_bytes()))
}

#[track_caller]
fn arrived(page: &Session) {
    page.wait_for_text("Your request has arrived");
}

#[test]
fn n04_offline_nothing_goes_before_the_visitor_says_so() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        set_offline(page, true);
        page.find_css("#send").click();
        wait_for_delivery(page, &[OFFLINE, CONTACT]);
        set_offline(page, false);
        page.wait_for_text("You are connected again. Press Try again to send your request.");
        hurry(page, 100);
        assert_eq!(sent::attempts(&site), 0, "it was sent in the background");
        press(page, "Try again");
        arrived(page);
        assert_eq!(sent::attempts(&site), 1);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn n07_what_the_server_says_of_a_field_stands_at_it_and_has_the_focus() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        let said = r#"{"errors":{"email":"This host does not exist <b>here</b>.","unknown":"?"}}"#;
        site.proxy.next(1, "POST", "/requests", reply(422, "application/json", said));
        page.find_css("#send").click();
        page.wait_until("the field has the focus", "document.activeElement?.id === 'field-email'");
        let described = page.find_css("#field-email").attribute("aria-describedby").unwrap_or_default();
        assert_eq!(text_of(page, &format!("#{described}")), "This host does not exist <b>here</b>.");
        assert_eq!(page.find_css("#field-name").value(), "Ada Lovelace", "something is lost");
        page.find_css("#field-email").type_text(".uk");
        assert!(page.all_css("#field-email-fault").is_empty(), "it is still said after a change");
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        page.find_css("#send").click();
        arrived(page);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn n08_a_wrong_set_up_is_called_so_in_every_form() {
    for_each_engine(&Options::default(), |page| {
        for status in [401, 403, 404, 405, 410, 415] {
            let site = Site::start();
            ready_to_send(page, &site);
            page.eval("window.warned = []; console.warn = (text) => warned.push(text);", &[]);
            site.proxy.always("POST", "/requests", reply(status, "text/plain", "no"));
            page.find_css("#send").click();
            wait_for_delivery(page, &[SETUP, CONTACT]);
            let warned = page.eval("return warned.join()", &[]).to_string();
            assert!(warned.contains(&status.to_string()), "{status}: the console says {warned}");
            assert!(!warned.contains("Ada") && !warned.contains("example.org"), "{warned}");
            if page.engine() != Engine::Chromium {
                break;
            }
        }
    });
}

#[test]
fn n08_an_origin_that_is_refused_and_a_policy_that_forbids_are_no_lost_network() {
    for_each_engine(&Options::default(), |page| {
        let receiver = Receiver::start(Leave::Nothing);
        let site = Site::configured(|config| config["request"]["endpoint"] = json!(receiver.endpoint()));
        ready_to_send(page, &site);
        page.find_css("#send").click();
        wait_for_delivery(page, &[SETUP, CONTACT]);

        let site = Site::start();
        ready_to_send(page, &site);
        page.eval(
            "const policy = document.createElement('meta'); policy.httpEquiv = 'Content-Security-Policy';
             policy.content = \"connect-src 'none'\"; document.head.append(policy);",
            &[],
        );
        page.find_css("#send").click();
        wait_for_delivery(page, &[SETUP, CONTACT]);
        assert_eq!(sent::attempts(&site), 0);
    });
}

#[test]
fn a_receiver_on_another_origin_gets_it_with_and_without_the_question_first() {
    for_each_engine(&Options::default(), |page| {
        for leave in [Leave::Whole, Leave::AnswerAlone] {
            let receiver = Receiver::start(leave);
            let site = Site::configured(|config| config["request"]["endpoint"] = json!(receiver.endpoint()));
            ready_to_send(page, &site);
            page.find_css("#send").click();
            arrived(page);
            let requests = receiver.requests();
            assert_eq!(requests.len(), 1, "{leave:?}: {:?}", receiver.heard());
            for name in ["cookie", "referer", "authorization"] {
                assert_eq!(requests[0].header(name), None, "{leave:?}: {name} was sent along");
            }
            assert_eq!(sent::attempts(&site), 0, "{leave:?}: another origin was told too");
        }
    });
}

#[test]
fn n09_too_large_is_made_smaller_once_under_the_same_id() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        let before = text_of(page, ".review-pictures + *, .note");
        site.proxy.next(1, "POST", "/requests", reply(413, "text/plain", "too large"));
        page.find_css("#send").click();
        arrived(page);
        let (_, tries) = sent::same_id(&site);
        assert_eq!(tries, 2);
        let sizes: Vec<usize> = sent::bodies(&site).iter().map(Vec::len).collect();
        assert!(sizes[1] * 10 < sizes[0] * 9, "{sizes:?} bytes, {before}");
        press(page, "Back");
        review(page);
        site.proxy.forget();
        site.proxy.always("POST", "/requests", reply(413, "text/plain", "too large"));
        page.find_css("#send").click();
        page.wait_for_text("The pictures are too large for the clinic's server.");
        assert_eq!(sent::attempts(&site), 2, "it was made smaller more than once");
    });
}

#[test]
fn n10_a_busy_server_is_waited_for_as_long_as_it_says_and_the_visitor_can_leave() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        let busy = |seconds: &str| {
            let mut answer = Message::answer(503, "text/plain", b"busy");
            answer.set_header("Retry-After", seconds);
            Fault::Reply(answer)
        };
        site.proxy.next(1, "POST", "/requests", busy("5"));
        page.find_css("#send").click();
        page.wait_for_text("No answer yet. Trying again in 5 s…");
        press(page, "Cancel");
        wait_for_unconfirmed(page, CANCELLED);
        site.proxy.next(1, "POST", "/requests", busy("86400"));
        press(page, "Try again");
        page.wait_for_text("No answer yet. Trying again in 60 s…");
        press(page, "Cancel");
        hurry(page, 50);
        site.proxy.next(1, "POST", "/requests", busy("20"));
        press(page, "Try again");
        arrived(page);
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn n12_progress_moves_over_a_slow_line() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        network(page, false, 50_000);
        page.eval(
            "window.moves = []; let last = -1;
             new MutationObserver(() => { const bar = document.querySelector('#delivery progress');
               if (bar && bar.value !== last) { last = bar.value; moves.push([performance.now(), last]); } })
               .observe(document.body, { subtree: true, childList: true, attributes: true });",
            &[],
        );
        page.find_css("#send").click();
        arrived(page);
        let moves = page.eval("return moves", &[]);
        let moves: Vec<(f64, f64)> = moves
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|row| Some((row[0].as_f64()?, row[1].as_f64()?)))
            .collect();
        println!("      {} moves", moves.len());
        assert!(moves.len() > 4, "{moves:?}");
        for pair in moves.windows(2) {
            assert!(pair[1].0 - pair[0].0 < 2_000.0 && pair[1].1 > pair[0].1, "{moves:?}");
        }
    });
}

/// Leaves the page although it asks.
fn leave(page: &Session, url: &str) {
    page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
    page.goto(url);
    page.wait_until("the program stands", "!!document.querySelector('.page[data-worker] #stage-file')");
}

#[test]
fn n13_a_page_that_was_closed_while_sending_sends_the_very_same_again() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.next(1, "POST", "/requests", Fault::Hang);
        send(page);
        page.wait_until("it is kept", "indexedDB.databases().then((all) => all.length > 0)");
        let asks =
            page.eval("const e = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(e);", &[]);
        assert_eq!(asks, json!(true), "the page is left without a question");
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while !stored(page).iter().any(|place| place.ends_with("/request")) {
            assert!(std::time::Instant::now() < deadline, "the device keeps {:?}", stored(page));
        }
        leave(page, &site.url());
        page.wait_for_text("A request that you sent before could not be confirmed.");
        if !page.all_css("dialog[open]").is_empty() {
            press(page, "Go on");
            page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
        }
        go(page, 5);
        press(page, "Look at it, or try again");
        page.wait_until("it is there", "!!document.querySelector('#send')");
        assert_eq!(page.all_css(".review-pictures img").len(), 2, "the pictures are not kept");
        assert!(text_of(page, ".review-lines").contains("Ada Lovelace"));
        press(page, "Try again");
        arrived(page);
        let deliveries = sent::deliveries(&site);
        assert_eq!(deliveries.len(), 2);
        assert!(deliveries[0] == deliveries[1], "other bytes went under the same id");
        assert_eq!(site.received().len(), 1, "the clinic has it twice");
        assert_eq!(stored(page), Vec::<String>::new(), "the device still keeps something");
    });
}

#[test]
fn n14_an_edited_request_after_no_answer_says_that_the_clinic_may_get_both() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.next(1, "POST", "/requests", Fault::Hang);
        send(page);
        press(page, "Cancel");
        wait_for_unconfirmed(page, CANCELLED);
        press(page, "Change something");
        let first = text_of(page, "#earlier p");
        assert!(first.contains("the clinic may get both"), "{first}");
        page.find_css("#field-message").type_text(" Soon?");
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        let said = text_of(page, "#review-new");
        assert!(said.contains("may get both") && said.ends_with("It differs in: Message"), "{said}");
        assert!(!page.shows("button", "Try again"), "it is called the same");
        page.find_css("#send").click();
        arrived(page);
        let ids = sent::ids(&site);
        assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    });
}

#[test]
fn n14_a_request_that_was_only_looked_at_goes_under_its_id() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.next(1, "POST", "/requests", Fault::Hang);
        send(page);
        press(page, "Cancel");
        wait_for_unconfirmed(page, CANCELLED);
        press(page, "Change something");
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        press(page, "Try again");
        arrived(page);
        let (_, tries) = sent::same_id(&site);
        assert_eq!((tries, site.received().len()), (2, 1));
    });
}

#[test]
fn n16_an_endpoint_that_cannot_be_used_hides_the_form_and_says_how_the_clinic_is_reached() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        for endpoint in ["http://clinic.example/in", "javascript:alert(1)", "requests", "https://a:b@clinic.example/"] {
            let site = Site::start();
            let clinic = json!({ "phone": "+44 20 7946 0018", "email": "hello@elm.example" });
            let config = json!({ "clinic": clinic, "request": { "endpoint": endpoint } });
            site.replace("hairline.config.json", config.to_string().as_bytes());
            arrive(page, &site.url());
            open_photo(page, None);
            go(page, 5);
            page.wait_for_text("This clinic's form is not set up correctly, so a request cannot be sent from here.");
            page.wait_for_text(CONTACT);
            assert!(page.all_css("form.request").is_empty(), "{endpoint}");
        }
    });
}

#[test]
fn words_alone_are_a_request() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        go(page, 5);
        review(page);
        assert!(page.all_css(".review-pictures img").is_empty());
        page.find_css("#send").click();
        arrived(page);
        let deliveries = sent::deliveries(&site);
        let names: Vec<&String> = deliveries[0].iter().map(|part| &part.headers[0]).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn what_is_left_out_does_not_go_and_what_was_chosen_does() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        design_on_head(page, &site);
        go(page, 5);
        page.find("summary", "More about you").click();
        for (role, name) in [("checkbox", "Norwood 3"), ("checkbox", "Hair transplant"), ("button", "Monk skin tone 6")]
        {
            if page.shows(role, name) {
                page.find(role, name).click();
            }
        }
        page.find("radio", "30-39").click();
        review(page);
        page.find("checkbox", "Send these pictures: Front").click();
        page.wait_until("they are gone", "!document.querySelector('.review-pictures')");
        page.find_css("#send").click();
        arrived(page);
        let parts = &sent::deliveries(&site)[0];
        assert_eq!(parts.len(), 2, "request and design");
        let request: Value = serde_json::from_slice(&parts[0].bytes).expect("JSON");
        assert_eq!(request["fields"]["age_band"], "30-39");
        assert!(!parts.iter().any(|part| part.bytes.starts_with(&[0xff, 0xd8])), "a picture went");
    });
}

#[test]
fn p04_nothing_is_agreed_to_unasked_and_what_is_taken_back_is_not_sent() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::configured(|config| config["request"]["marketing"] = json!("Send me news, please."));
        design_on_head(page, &site);
        go(page, 5);
        assert!(page.all_css("form.request input[type=checkbox]:checked").is_empty());
        fill_form(page);
        page.find_css("#field-marketing").click();
        page.find_css("#field-marketing").click();
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        page.find_css("#send").click();
        arrived(page);
        let request: Value = serde_json::from_slice(&sent::deliveries(&site)[0][0].bytes).expect("JSON");
        let keys: Vec<&Value> =
            request["consents"].as_array().into_iter().flatten().map(|given| &given["key"]).collect();
        assert_eq!(keys, [&json!("send"), &json!("adult")]);
        for given in request["consents"].as_array().into_iter().flatten() {
            assert_eq!(given["version"], "7");
            assert!(
                given["text"].as_str().is_some_and(|text| !text.is_empty()) && given["given_at"] == request["made_at"]
            );
        }
    });
}

#[test]
fn h05_hostile_words_are_sent_as_they_are_and_shown_as_text() {
    const HOSTILE: &str = "=HYPERLINK(1) <img src=x onerror=window.PWNED=1> \u{202e}abc \u{feff} ’\";-- \r\nBcc: x";
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        design_on_head(page, &site);
        go(page, 5);
        fill_form(page);
        page.eval(
            "const area = document.querySelector('#field-message'); area.value = arguments[0];
             area.dispatchEvent(new InputEvent('input', { bubbles: true }));",
            &[json!(HOSTILE)],
        );
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        assert_eq!(page.eval("return window.PWNED ?? null", &[]), Value::Null);
        page.find_css("#send").click();
        arrived(page);
        let request: Value = serde_json::from_slice(&sent::deliveries(&site)[0][0].bytes).expect("JSON");
        // An area of text knows one kind of line's end.
        assert_eq!(request["fields"]["message"], HOSTILE.replace("\r\n", "\n"));
    });
}

#[test]
fn h07_a_program_that_fills_in_everything_is_stopped_and_a_fast_person_is_not() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        go(page, 5);
        let fill_all = "for (const input of document.querySelectorAll('form.request input:not([type=radio])')) {
               if (input.type === 'checkbox') { if (!input.checked && input.id) input.click(); continue; }
               input.value = input.type === 'email' ? 'ada@example.org' : input.type === 'tel' ? '0301234567' : 'Ada';
               input.dispatchEvent(new InputEvent('input', { bubbles: true })); }";
        page.eval(fill_all, &[]);
        press(page, "Review before sending");
        page.wait_for_text("A hidden field was filled in");
        assert!(page.all_css("#send").is_empty());
        press(page, "Review before sending");
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        page.find_css("#send").click();
        arrived(page);
        assert_eq!(sent::attempts(&site), 1);
    });
}

#[test]
fn s09_p07_nothing_is_kept_or_shown_after_a_request_has_arrived() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        page.find_css("#send").click();
        arrived(page);
        press(page, "Back");
        go(page, 3);
        press(page, "Undo");
        hurry(page, 20);
        go(page, 5);
        assert_eq!(stored(page), Vec::<String>::new(), "what was sent is kept again by the next change");
        assert_eq!(page.find_css("#field-name").value(), "");
        leave(page, &site.url());
        assert!(page.all_css("dialog").is_empty() && page.all_css("#earlier").is_empty());
        assert_eq!(text_of(page, ".stage-frame p[role=status]"), "No photo yet.");
    });
}

#[test]
fn p06_nothing_personal_is_in_the_console_the_address_or_the_title() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        page.eval(
            "window.said = []; for (const name of ['log', 'info', 'warn', 'error', 'debug'])
               console[name] = (...all) => said.push(all.map(String).join(' '));",
            &[],
        );
        open_photo(page, None);
        go(page, 5);
        site.proxy.next(1, "POST", "/requests", reply(404, "text/plain", "no"));
        review(page);
        page.find_css("#send").click();
        wait_for_delivery(page, &[SETUP, CONTACT]);
        page.find_css("#send").click();
        arrived(page);
        let seen = page.eval(
            "return JSON.stringify([said, location.href, document.title, history.state,
               performance.getEntries().map((entry) => entry.name)])",
            &[],
        );
        for personal in ["Ada", "Lovelace", "example.org"] {
            assert!(!seen.to_string().contains(personal), "{seen}");
        }
    });
}
