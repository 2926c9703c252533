//! Files of every kind, good and bad: what opens, what is refused, and with which words.

use crate::harness::session::ErrorKind;
use crate::harness::{Options, Session, for_each_engine};
use crate::site::{Site, shared};
use crate::visitor::{arrive, text_of};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// It opens, this large.
    Opens(u32, u32),
    /// It is refused with these words somewhere in the sentence.
    Refused(&'static str),
    /// It opens where the browser decodes it, else it is refused with these words.
    OpensOr(u32, u32, &'static str),
}
use Fate::{Opens, OpensOr, Refused};

const HEIC: &str = "cannot open HEIC photos";

const BAD: &[(&str, Fate)] = &[
    ("avif-17000sq-bomb.avif", Refused("megapixels; the limit is 64")),
    ("bitflips-40.jpg", Opens(450, 550)),
    ("bomb-30000sq-1bit.png", Refused("megapixels; the limit is 64")),
    ("dim-1x20000.png", Refused("only 1 pixels")),
    ("dim-8192x6144-50mp.jpg", Opens(4096, 3072)),
    ("exif-invalid.jpg", Opens(200, 200)),
    ("gif-animated.gif", Opens(80, 80)),
    ("heic-example.heic", OpensOr(1280, 854, HEIC)),
    ("lie-65500sq.jpg", Refused("megapixels; the limit is 64")),
    ("pdf-as.jpg", Refused("a PDF document")),
    ("png-truncated.png", Refused("incomplete")),
    ("pngsuite-xcrn0g04.png", Refused("")),
    ("polyglot-jpeg-html.jpg", Opens(450, 550)),
    ("soi-only.jpg", Refused("")),
    ("svg-script-as.jpg", Refused("an SVG drawing")),
    ("svg-script.svg", Refused("an SVG drawing")),
    ("truncated-50pct.jpg", Refused("incomplete")),
    ("truncated-99pct.jpg", Refused("incomplete")),
    ("wrong-ext-html-as.jpg", Refused("a web page")),
    ("wrong-ext-png-as.jpg", Opens(225, 275)),
    ("zero-byte.jpg", Refused("empty")),
];

const PHOTOS: &[(&str, Fate)] = &[
    ("canary-metadata.jpg", Opens(450, 550)),
    ("canary-metadata.png", Opens(450, 550)),
    ("flat-skin-f1.png", Opens(800, 1000)),
    ("flat-skin-f5.png", Opens(800, 1000)),
    ("flat-skin-f9.png", Opens(800, 1000)),
    ("gpo-bald-dark-skin-fringe.jpg", Opens(450, 550)),
    ("gpo-bald-nw6-dark-fringe.jpg", Opens(450, 550)),
    ("gpo-bald-nw6-fringe-light.jpg", Opens(450, 550)),
    ("gpo-man-asian-short.jpg", Opens(450, 550)),
    ("gpo-receding-nw3-short.jpg", Opens(450, 550)),
    ("gpo-receding-nw4-light.jpg", Opens(450, 550)),
    ("gpo-shaved-dark-skin.jpg", Opens(450, 550)),
    ("gpo-woman-centre-part.jpg", Opens(450, 550)),
    ("gpo-woman-short-afro.jpg", Opens(450, 550)),
    ("head-alpha.png", Opens(450, 550)),
    ("head-cmyk.jpg", Opens(450, 550)),
    ("head-p3.jpg", Opens(450, 550)),
    ("head.heic", OpensOr(450, 550, HEIC)),
    ("head.webp", Opens(450, 550)),
    ("orient-3-head.jpg", Opens(450, 550)),
    ("orient-6-head.jpg", Opens(450, 550)),
    ("orient-8-head.jpg", Opens(450, 550)),
    ("phone-like-12mp-orient6-gps.jpg", Opens(3024, 4032)),
    ("scan-back-painted-strip-scar.jpg", Opens(1600, 2000)),
    ("scan-front.jpg", Opens(1600, 2000)),
    ("scan-profile-left.jpg", Opens(1600, 2000)),
    ("scan-top-crown.jpg", Opens(1600, 2000)),
    ("scan-top-front.jpg", Opens(1600, 2000)),
];

/// Chooses a file and waits for what comes of it: its size, or the sentence.
fn choose(page: &Session, file: &Path) -> Result<(u32, u32), String> {
    page.eval(
        "document.querySelector('#notice').dataset.seen = ''; document.querySelector('.stage-keys')?.remove",
        &[],
    );
    page.find_css("#photo-file").upload(&[file]);
    page.wait_until(
        "it is opened or refused",
        "!document.querySelector('.busy.shown') && !document.querySelector('dialog[open]')",
    );
    let fault = page.eval("return document.querySelector('#notice .fault-notice p')?.textContent ?? null", &[]);
    if let Some(fault) = fault.as_str() {
        return Err(fault.to_owned());
    }
    page.wait_until(
        "its size is said",
        "/\\d+ by \\d+/.test(document.querySelector('.stage-frame p[role=status]').textContent)",
    );
    let said = text_of(page, ".stage-frame p[role=status]");
    let numbers: Vec<u32> = said.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    Ok((numbers[0], numbers[1]))
}

fn check(page: &Session, folder: &str, table: &[(&str, Fate)]) {
    let mut wrong = Vec::new();
    for (name, fate) in table {
        let Some(file) = shared(&format!("{folder}/{name}")) else {
            println!("skipped: no ../shared/{folder}/{name}");
            continue;
        };
        let site = Site::start();
        arrive(page, &site.url());
        let seen = choose(page, &file);
        let fits = match (*fate, &seen) {
            (Opens(width, height) | OpensOr(width, height, _), Ok(size)) => *size == (width, height),
            (Refused(words) | OpensOr(.., words), Err(sentence)) => sentence.contains(words) && sentence.len() > 20,
            _ => false,
        };
        if !fits {
            wrong.push(format!("{name}: expected {fate:?}, seen {seen:?}"));
        }
        assert_eq!(page.eval("return window.PWNED ?? null", &[]), Value::Null, "{name} ran a script");
        // The page goes on: the sample head opens after every refusal.
        if seen.is_err() {
            page.find_css(".ways .button:not(.file-button)").click();
            page.wait_until("the page goes on", "!!document.querySelector('.stage-keys')");
        }
        page.assert_no_errors_but(&[ErrorKind::Network]);
    }
    assert!(wrong.is_empty(), "{}:\n{}", page.engine().tag(), wrong.join("\n"));
}

#[test]
fn bad_files_are_refused_by_name_and_good_ones_open() {
    for_each_engine(&Options::default(), |page| check(page, "bad", BAD));
}

#[test]
fn photos_of_every_kind_open_upright() {
    for_each_engine(&Options::default(), |page| check(page, "photos", PHOTOS));
}

/// The colour on the stage at shares of a fitted photo of that size, once it is painted.
fn colour_at(page: &Session, size: (f64, f64), across: f64, down: f64) -> [u8; 3] {
    page.wait_until(
        "it is painted",
        "(c => c.width > 0 && c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data[3] === 255)(document.querySelector('.picture'))",
    );
    let seen = page.eval(
        "const [width, height, across, down] = arguments;
         const canvas = document.querySelector('.picture'), box = canvas.getBoundingClientRect();
         const zoom = Math.min((box.width - 24) / width, (box.height - 24) / height), ratio = canvas.width / box.width;
         const x = (box.width - width * zoom) / 2 + width * zoom * across;
         const y = (box.height - height * zoom) / 2 + height * zoom * down;
         return [...canvas.getContext('2d').getImageData(x * ratio, y * ratio, 1, 1).data];",
        &[json!(size.0), json!(size.1), json!(across), json!(down)],
    );
    [0, 1, 2].map(|channel| seen[channel].as_u64().and_then(|value| u8::try_from(value).ok()).unwrap_or_default())
}

/// Opens a file in a fresh page, if it is there.
fn opened(page: &Session, name: &str) -> Option<Site> {
    let file = shared(&format!("photos/{name}"))?;
    let site = Site::start();
    arrive(page, &site.url());
    choose(page, &file).unwrap_or_else(|why| panic!("{name}: {why}"));
    Some(site)
}

#[test]
fn oriented_photos_have_their_corners_in_place() {
    const CORNERS: [(f64, f64, [bool; 3]); 4] = [
        (0.02, 0.02, [true, false, false]),
        (0.98, 0.02, [false, true, false]),
        (0.02, 0.98, [false, false, true]),
        (0.98, 0.98, [true, true, false]),
    ];
    for_each_engine(&Options::default(), |page| {
        for name in ["orient-3-head.jpg", "orient-6-head.jpg", "orient-8-head.jpg"] {
            let Some(_site) = opened(page, name) else { return println!("skipped: no ../shared") };
            for (across, down, wanted) in CORNERS {
                // Which corner it is matters here: its strong channels, not its exact colour.
                let seen = colour_at(page, (450.0, 550.0), across, down);
                assert_eq!(seen.map(|value| value > 90), wanted, "{name} at {across}, {down}: {seen:?}");
            }
        }
    });
}

#[test]
fn colours_come_out_as_they_are_meant() {
    // Forehead, cheek and tie of the portrait from which the others were derived.
    const PLACES: [(f64, f64); 3] = [(0.5, 0.2), (0.4, 0.5), (0.5, 0.9)];
    for_each_engine(&Options::default(), |page| {
        let size = (450.0, 550.0);
        let places = |page: &Session| PLACES.map(|(across, down)| colour_at(page, size, across, down));
        let Some(_site) = opened(page, "gpo-bald-nw6-fringe-light.jpg") else {
            return println!("skipped: no ../shared");
        };
        let wanted = places(page);
        for (name, tolerance) in [("head-cmyk.jpg", 40), ("head-p3.jpg", 16), ("head.webp", 40)] {
            let _site = opened(page, name);
            for (seen, wanted) in places(page).iter().zip(wanted) {
                let worst = seen.iter().zip(wanted).map(|(a, b)| a.abs_diff(b)).max();
                assert!(worst <= Some(tolerance), "{name}: {seen:?} instead of {wanted:?}");
            }
        }
        let _site = opened(page, "head-alpha.png");
        assert_eq!(colour_at(page, size, 0.01, 0.01), [255; 3], "what is transparent is not white");
    });
}

#[test]
fn bad_designs_leave_the_work_alone() {
    const FILES: [(&str, &str); 4] = [
        ("draft-future-version.json", "newer version"),
        ("draft-html-notes.json", ""),
        ("draft-nan-inf.json", "could not be read"),
        ("draft-not-json.json", "could not be read"),
    ];
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        crate::visitor::open_photo(page, None);
        crate::visitor::go(page, 2);
        crate::visitor::press(page, "Natural arch");
        let before = crate::visitor::described(page);
        crate::visitor::go(page, 5);
        for (name, words) in FILES {
            let Some(file) = shared(&format!("bad/{name}")) else { return println!("skipped: no ../shared") };
            page.find_css("#design-file").upload(&[&file]);
            page.wait_until("it is refused", "!!document.querySelector('#notice .fault-notice')");
            assert!(text_of(page, "#notice").contains(words), "{name}: {}", text_of(page, "#notice"));
            assert_eq!(crate::visitor::described(page), before, "{name} changed the work");
            page.find_css("#notice button").click();
        }
        page.assert_no_errors();
    });
}

#[test]
fn nothing_of_the_photo_s_metadata_leaves() {
    let Some(file) = shared("photos/canary-metadata.jpg") else { return println!("skipped: no ../shared") };
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        choose(page, &file).unwrap_or_else(|why| panic!("{why}"));
        crate::visitor::go(page, 2);
        crate::visitor::press(page, "Natural arch");
        crate::visitor::go(page, 5);
        let clean = |bytes: &[u8], what: &str| {
            for canary in [b"CANARY_".as_slice(), b"Exif", b"http://ns.adobe.com/xap"] {
                assert!(!bytes.windows(canary.len()).any(|part| part == canary), "{what} holds {canary:?}");
            }
        };
        for kind in ["PNG", "JPEG"] {
            page.find("radio", kind).click();
            crate::visitor::press(page, "Save the picture");
            clean(&page.wait_download().bytes, kind);
        }
        crate::visitor::fill_form(page);
        page.find("button", "Review before sending").click();
        page.wait_until("the review is there", "!!document.querySelector('#send')");
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        for part in ["request.json", "design.json", "before.jpg", "after.jpg"] {
            clean(&fs::read(site.received()[0].join(part)).unwrap_or_default(), part);
        }
    });
}

#[test]
fn hostile_file_names_are_nowhere_to_be_seen() {
    let (Some(names), Some(photo)) = (shared("bad/filenames.json"), shared("photos/head.webp")) else {
        return println!("skipped: no ../shared");
    };
    let names: Vec<Value> =
        serde_json::from_slice(&fs::read(names).expect("the names are read")).expect("they are JSON");
    let bytes = fs::read(photo).expect("the photo is read");
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        page.eval("window.photo = new Uint8Array(arguments[0])", &[json!(bytes)]);
        for row in &names {
            // Names that no disk could hold are made in the page, as a drop from another program may bring them.
            page.eval(
                "const input = document.querySelector('#photo-file'), list = new DataTransfer();
                 list.items.add(new File([window.photo], arguments[0], { type: 'image/jpeg' }));
                 input.files = list.files; input.dispatchEvent(new Event('change', { bubbles: true }));",
                &[row["name"].clone()],
            );
            page.wait_until(
                "it is open",
                "!document.querySelector('.busy.shown') && !!document.querySelector('.stage-keys')",
            );
            let name = row["name"].as_str().unwrap_or_default().trim();
            let page_text = page.eval("return document.documentElement.outerHTML", &[]);
            let seen = page_text.as_str().is_some_and(|text| name.len() > 4 && text.contains(name));
            assert!(!seen, "{name:?} ({}) stands in the page", row["why"]);
        }
        assert_eq!(page.eval("return window.PWNED ?? null", &[]), Value::Null, "a file name ran a script");
        page.assert_no_errors();
    });
}
