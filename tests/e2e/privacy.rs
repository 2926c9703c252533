//! What is seen of a visitor, by the numbers of the table of faults: P is privacy, H hostile input. More of P stands in `requests.rs` and
//! `artefact.rs`.

use crate::faults::{design_on_head, ready_to_send};
use crate::harness::{Options, Session, for_each_engine};
use crate::sent;
use crate::site::{Site, shared};
use crate::visitor::{
    arrive, fill_form, go, hurry, open_photo, press, review, saved_design, saved_picture, scan_front, text_of,
};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The longest side that a picture of a request may have, pixels.
const LONGEST_SIDE: u64 = 1_600;
/// What a request holds of the form in these scenarios.
const TYPED: [(&str, &str); 3] =
    [("name", "Ada Lovelace"), ("email", "ada@example.org"), ("message", "When could I come? <b>Thanks</b>")];

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|part| part == text)
}

#[test]
fn p01_a_whole_session_without_send_asks_for_files_alone() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        design_on_head(page, &site);
        saved_design_and_picture(page);
        review(page);
        press(page, "Change something");
        hurry(page, 20);
        for step in 0..6 {
            go(page, step);
        }
        for recorded in site.proxy.requests() {
            let message = &recorded.message;
            let asked = format!("{} {}", message.method(), message.target());
            assert!(["GET", "HEAD"].contains(&message.method()) && message.body.is_empty(), "{asked}");
            for typed in ["Ada", "Lovelace", "ada@", "example.org", "fnv1a64"] {
                assert!(!asked.contains(typed), "{asked}");
                let referrer = message.header("referer").unwrap_or_default();
                assert!(!referrer.contains(typed), "{asked} comes from {referrer}");
            }
            assert_eq!(message.header("cookie"), None, "{asked}");
        }
        assert_eq!(site.received(), Vec::<std::path::PathBuf>::new());
    });
}

fn saved_design_and_picture(page: &Session) {
    go(page, 5);
    assert!(saved_picture(page).starts_with(b"\x89PNG"));
    saved_design(page);
}

/// Everything that the browser keeps in its databases for the page, as bytes; each number of an array and each letter of a text.
#[track_caller]
fn kept_bytes(page: &Session) -> Vec<u8> {
    const READ: &str = "const done = arguments[0];
        const settled = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
        const parts = [];
        const take = async (value) => {
          if (value instanceof Blob) parts.push(new Uint8Array(await value.arrayBuffer()));
          else if (value instanceof ArrayBuffer) parts.push(new Uint8Array(value));
          else if (ArrayBuffer.isView(value)) parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
          else if (typeof value === 'string') parts.push(new TextEncoder().encode(value));
          else if (value && typeof value === 'object') for (const part of Object.values(value)) await take(part);
        };
        (async () => {
          for (const { name, version } of await indexedDB.databases()) {
            const db = await settled(indexedDB.open(name, version));
            for (const store of db.objectStoreNames)
              for (const record of await settled(db.transaction(store).objectStore(store).getAll())) await take(record);
            db.close();
          }
          return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
        })().then(done, (error) => done(`unknown: ${error}`));";
    bytes_of(&page.eval_async(READ, &[]))
}

/// Bytes that a script gives as an array of numbers.
#[track_caller]
fn bytes_of(said: &Value) -> Vec<u8> {
    let numbers = said.as_array().unwrap_or_else(|| panic!("no bytes: {said}"));
    numbers.iter().filter_map(|byte| u8::try_from(byte.as_u64()?).ok()).collect()
}

/// Every file below a folder.
fn files_below(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder is read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Photos that say by whom, where and with what they were taken, each with what must be found nowhere else.
const TELLING: [(&str, &[&[u8]]); 3] = [
    ("photos/canary-metadata.jpg", &[b"CANARY_", b"http://ns.adobe.com/xap"]),
    ("photos/canary-metadata.png", &[b"CANARY_"]),
    ("photos/phone-like-12mp-orient6-gps.jpg", &[b"iPhone (simulated)"]),
];

#[test]
fn p02_nothing_of_the_photo_s_metadata_leaves_or_is_kept() {
    let photos: Vec<_> = TELLING.iter().filter_map(|(path, told)| Some((shared(path)?, told))).collect();
    for_each_engine(&Options::default(), |page| {
        for (photo, told) in &photos {
            let original = fs::read(photo).expect("the photo is read");
            assert!(told.iter().all(|text| holds(&original, text)), "{} tells nothing", photo.display());
            let clean = |bytes: &[u8], what: &str| {
                for text in told.iter() {
                    let name = photo.display();
                    assert!(!holds(bytes, text), "{what} of {name} holds {}", String::from_utf8_lossy(text));
                }
            };
            let site = Site::start();
            arrive(page, &site.url());
            page.find_css("#stage-file").upload(&[photo]);
            page.wait_within(
                std::time::Duration::from_secs(60),
                "the photo is open",
                "!!document.querySelector('.stage-keys') && !document.querySelector('.busy.shown')",
            );
            go(page, 2);
            press(page, "Natural arch");
            go(page, 5);
            for kind in ["PNG", "JPEG"] {
                page.find("radio", kind).click();
                press(page, "Save the picture");
                clean(&page.wait_download().bytes, kind);
            }
            clean(saved_design(page).to_string().as_bytes(), "the design");
            page.wait_until("the form is there", "!!document.querySelector('#field-name')");
            review(page);
            // The draft was kept by now: the photo is in it, upright or with what says how it has to be turned.
            let kept = kept_bytes(page);
            assert!(kept.len() > original.len() / 4, "the draft of {} has {} bytes", photo.display(), kept.len());
            clean(&kept, "what is kept on the device");
            page.find_css("#send").click();
            page.wait_for_text("Your request has arrived");
            clean(&sent::bodies(&site)[0], "the request");
            let mut stored = Vec::new();
            files_below(&site.received()[0], &mut stored);
            assert_eq!(stored.len(), 4, "{stored:?}");
            for file in stored {
                clean(&fs::read(&file).expect("a file is read"), &file.display().to_string());
            }
        }
    });
}

#[test]
fn p03_sending_contacts_the_endpoint_alone_and_tells_it_nothing_else() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        site.proxy.forget();
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.asked(), ["POST /requests"]);
        let sent = &site.proxy.requests()[0].message;
        for name in ["referer", "cookie", "authorization"] {
            assert_eq!(sent.header(name), None, "{name}");
        }
        // That no other host was wanted is looked at after every scenario.
        page.assert_no_foreign_hosts();
    });
}

/// Remembers every blob that the page shows from now on, by its address.
pub(crate) fn remember_shown(page: &Session) {
    page.eval(
        "window.shown = {}; const make = URL.createObjectURL;
         URL.createObjectURL = (blob) => { const at = make.call(URL, blob); window.shown[at] = blob; return at; };",
        &[],
    );
}

/// The bytes behind a picture of the review: of the very blob that the page shows.
pub(crate) fn reviewed_bytes(page: &Session, index: usize) -> Vec<u8> {
    let bytes = page.eval_async(
        "const done = arguments[1], blob = window.shown[document.querySelectorAll('.review-pictures img')[arguments[0]].src];
         blob.arrayBuffer().then((bytes) => done([...new Uint8Array(bytes)]));",
        &[json!(index)],
    );
    bytes_of(&bytes)
}

#[test]
fn p05_p09_what_is_reviewed_goes_and_nothing_else() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        design_on_head(page, &site);
        go(page, 5);
        remember_shown(page);
        review(page);
        page.wait_until(
            "both pictures are shown",
            "[...document.querySelectorAll('.review-pictures img')].every((it) => it.complete && it.naturalWidth)",
        );
        let sides = page.eval(
            "return [...document.querySelectorAll('.review-pictures img')].map((it) => Math.max(it.naturalWidth, it.naturalHeight))",
            &[],
        );
        let sides: Vec<u64> = sides.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
        // A strip of words may stand below a picture.
        assert!(sides.len() == 2 && sides.iter().all(|side| *side <= LONGEST_SIDE + LONGEST_SIDE / 16), "{sides:?}");
        let reviewed = [reviewed_bytes(page, 0), reviewed_bytes(page, 1)];
        let lines = text_of(page, ".review-lines");
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");

        let deliveries = sent::deliveries(&site);
        let [parts] = deliveries.as_slice() else { panic!("it was sent {} times", deliveries.len()) };
        assert_eq!(
            parts.len(),
            4,
            "parts that were not shown: {:?}",
            parts.iter().map(|part| &part.headers).collect::<Vec<_>>()
        );
        assert!(parts[2].bytes == reviewed[0] && parts[3].bytes == reviewed[1], "other pictures went than were shown");
        let request: Value = serde_json::from_slice(&parts[0].bytes).expect("the request is JSON");
        let fields = request["fields"].as_object().expect("it has fields");
        for (name, value) in fields {
            let typed = TYPED.iter().find(|(field, _)| field == name).map(|(_, typed)| *typed);
            match typed {
                Some(typed) => {
                    assert_eq!(value, typed, "{name}");
                    assert!(lines.contains(typed), "{name} goes and is not shown: {lines}");
                }
                // Nothing was typed or chosen there.
                None => assert!(value == "" || (name == "reply_by" && value == "any"), "{name}: {value}"),
            }
        }
    });
}

/// Addresses and numbers of the whole world that can be used, and some that clearly cannot.
const USABLE: [(&str, &str); 4] = [
    ("a+b@x.co", "+49 (0)30 / 123 45-67"),
    ("o'brien@mail.example.museum", "020 7946 0018"),
    ("nina@b\u{fc}cher.example", "+81-3-1234-5678"),
    ("  ada@example.org ", "+1 555 010 9999"),
];
const UNUSABLE: [&str; 3] = ["ada", "ada@local", "a@x.co,b@x.co"];

#[test]
fn h06_addresses_and_numbers_of_the_whole_world_are_taken_and_others_named() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        go(page, 5);
        fill_form(page);
        let write = |field: &str, text: &str| {
            page.eval(
                "const input = document.querySelector(arguments[0]); input.value = arguments[1];
                 input.dispatchEvent(new InputEvent('input', { bubbles: true }));",
                &[json!(field), json!(text)],
            );
        };
        for email in UNUSABLE {
            write("#field-email", email);
            press(page, "Review before sending");
            page.wait_until("it is named at its field", "!!document.querySelector('#field-email-fault')");
            assert_eq!(page.find_css("#field-email").attribute("aria-invalid").as_deref(), Some("true"), "{email}");
            assert!(page.all_css("#send").is_empty(), "{email} is taken");
        }
        for (email, phone) in USABLE {
            write("#field-email", email);
            write("#field-phone", phone);
            press(page, "Review before sending");
            page.wait_until(&format!("{email} is taken"), "!!document.querySelector('#send')");
            assert!(text_of(page, ".review-lines").contains(phone), "{phone}");
            press(page, "Change something");
            page.wait_until("the form is back", "!!document.querySelector('#field-email')");
        }
    });
}

/// What the whole program is served and runs with names no host but its own, in any engine.
#[test]
fn p08_no_other_host_is_wanted_in_a_session_with_a_face_and_a_send() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        open_photo(page, scan_front().as_ref());
        go(page, 4);
        go(page, 5);
        page.find("radio", "JPEG").click();
        press(page, "Save the picture");
        assert!(page.wait_download().bytes.starts_with(&[0xff, 0xd8]));
        review(page);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let asked = site.asked();
        assert!(scan_front().is_none() || asked.iter().any(|asked| asked.contains("/face/")), "no face was looked for");
        page.assert_no_foreign_hosts();
    });
}
