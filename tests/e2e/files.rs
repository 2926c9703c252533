//! Files of every kind, good and bad: what opens, what is refused, and with which words.

use crate::harness::session::ErrorKind;
use crate::harness::{Engine, Fault, Options, Session, for_each_engine};
use crate::pixels::Pixels;
use crate::sent;
use crate::site::{Site, shared};
use crate::visitor::{arrive, go, open_photo, press, review, saved_design, saved_picture, text_of};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// It opens, this large.
    Opens(u32, u32),
    /// It is refused with exactly this sentence.
    Refused(&'static str),
    /// It opens, this large, in these engines alone; the others have no decoder for it and say exactly this.
    OpensIn(&'static [Engine], u32, u32, &'static str),
}
use Fate::{Opens, OpensIn, Refused};

/// Of the three only Safari's engine decodes HEIC, on Apple's own systems; its build for Linux has no decoder either.
const HEIC_IN: &[Engine] = &[];
const HEIC: &str = "This browser cannot open HEIC photos. On an iPhone set Camera, Formats to “Most compatible”, or share the \
    photo as JPEG and choose that.";
const INCOMPLETE_JPEG: &str =
    "This JPEG is incomplete: its end is missing. Copy or download it again, then choose it once more.";
const SVG: &str = "This is an SVG drawing, not a photo. Choose a JPEG, PNG or WebP.";

const BAD: &[(&str, Fate)] = &[
    (
        "avif-17000sq-bomb.avif",
        Refused("This picture has 289 megapixels; the limit is 64. Choose a smaller photo or reduce it first."),
    ),
    ("bitflips-40.jpg", Opens(450, 550)),
    (
        "bomb-30000sq-1bit.png",
        Refused("This picture has 900 megapixels; the limit is 64. Choose a smaller photo or reduce it first."),
    ),
    (
        "dim-1x20000.png",
        Refused("This picture is only 1 pixels on its short side; it needs at least 64. Choose a larger photo."),
    ),
    ("dim-8192x6144-50mp.jpg", Opens(4096, 3072)),
    ("exif-invalid.jpg", Opens(200, 200)),
    ("gif-animated.gif", Opens(80, 80)),
    ("heic-example.heic", OpensIn(HEIC_IN, 1280, 854, HEIC)),
    (
        "lie-65500sq.jpg",
        Refused("This picture has 4291 megapixels; the limit is 64. Choose a smaller photo or reduce it first."),
    ),
    ("pdf-as.jpg", Refused("This is a PDF document, not a photo. Choose a JPEG, PNG or WebP.")),
    (
        "png-truncated.png",
        Refused("This PNG is incomplete: its end is missing. Copy or download it again, then choose it once more."),
    ),
    (
        "pngsuite-xcrn0g04.png",
        Refused("This PNG is damaged and cannot be shown. Choose another photo or save it anew with another program."),
    ),
    ("polyglot-jpeg-html.jpg", Opens(450, 550)),
    (
        "soi-only.jpg",
        Refused("This JPEG is damaged and cannot be shown. Choose another photo or save it anew with another program."),
    ),
    ("svg-script-as.jpg", Refused(SVG)),
    ("svg-script.svg", Refused(SVG)),
    ("truncated-50pct.jpg", Refused(INCOMPLETE_JPEG)),
    ("truncated-99pct.jpg", Refused(INCOMPLETE_JPEG)),
    ("wrong-ext-html-as.jpg", Refused("This is a web page, not a photo. Choose a JPEG, PNG or WebP.")),
    ("wrong-ext-png-as.jpg", Opens(225, 275)),
    ("zero-byte.jpg", Refused("This file is empty. Choose another photo.")),
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
    ("head.heic", OpensIn(HEIC_IN, 450, 550, HEIC)),
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
            continue;
        };
        let site = Site::start();
        arrive(page, &site.url());
        let seen = choose(page, &file);
        let fits = match (*fate, &seen) {
            (OpensIn(engines, width, height, _), Ok(size)) => {
                engines.contains(&page.engine()) && *size == (width, height)
            }
            (OpensIn(engines, .., words), Err(sentence)) => !engines.contains(&page.engine()) && sentence == words,
            (Opens(width, height), Ok(size)) => *size == (width, height),
            (Refused(words), Err(sentence)) => sentence == words,
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

/// Opens a file in a fresh page and returns the picture that the page saves of it.
fn exported(page: &Session, file: &Path) -> Pixels {
    let site = Site::start();
    arrive(page, &site.url());
    let (width, height) = choose(page, file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    go(page, 5);
    let mut pixels = Pixels::of_png(&saved_picture(page));
    assert_eq!(pixels.width, width as usize);
    // Below the photo stands the caption.
    pixels.crop_height(height as usize);
    pixels
}

/// The four corners of a picture as shares of its sides: upper left, upper right, lower left, lower right.
const CORNERS: [(f64, f64); 4] = [(0.03, 0.03), (0.97, 0.03), (0.03, 0.97), (0.97, 0.97)];
const RED: [f64; 3] = [255.0, 0.0, 0.0];
const GREEN: [f64; 3] = [0.0, 255.0, 0.0];
const BLUE: [f64; 3] = [0.0, 0.0, 255.0];
const YELLOW: [f64; 3] = [255.0, 255.0, 0.0];

/// How far each channel of a colour may be off.
#[track_caller]
fn is_near(what: &str, seen: [f64; 3], wanted: [f64; 3], tolerance: f64) {
    let near = seen.iter().zip(wanted).all(|(seen, wanted)| (seen - wanted).abs() <= tolerance);
    assert!(near, "{what}: {seen:.1?} instead of {wanted:.1?}, {tolerance} levels allowed");
}

/// The photo whose pixels lie as a camera held upright on its side stores them, with another word on how to turn them.
fn oriented(file: &Path, orientation: u8) -> PathBuf {
    let mut bytes = fs::read(file).expect("the photo is read");
    // The entry of the orientation in Exif, big or little endian: tag 0x0112, type 3, one value.
    let entries: [(&[u8], usize); 2] =
        [(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6], 9), (&[0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0], 8)];
    let place = entries
        .iter()
        .find_map(|(entry, value)| bytes.windows(entry.len()).position(|part| part == *entry).map(|at| at + value));
    bytes[place.expect("an Exif orientation of 6")] = orientation;
    let turned = std::env::temp_dir().join(format!("hairline-orientation-{}-{orientation}.jpg", std::process::id()));
    fs::write(&turned, bytes).expect("the photo is written");
    turned
}

#[test]
fn photos_of_every_orientation_are_saved_upright() {
    // Where the corners of the stored picture come to: its own are green, yellow, red, blue.
    let [a, b, c, d] = [GREEN, YELLOW, RED, BLUE];
    let upright = [
        (1, [a, b, c, d]),
        (2, [b, a, d, c]),
        (3, [d, c, b, a]),
        (4, [c, d, a, b]),
        (5, [a, c, b, d]),
        (6, [c, a, d, b]),
        (7, [d, b, c, a]),
        (8, [b, d, a, c]),
    ];
    let Some(photo) = shared("photos/orient-6-head.jpg") else { return };
    for_each_engine(&Options::default(), |page| {
        for (orientation, corners) in upright {
            let picture = exported(page, &oriented(&photo, orientation));
            let size = (picture.width, picture.height);
            assert_eq!(size, if orientation < 5 { (550, 450) } else { (450, 550) }, "orientation {orientation}");
            for (corner, wanted) in CORNERS.into_iter().zip(corners) {
                is_near(
                    &format!("orientation {orientation} at {corner:?}"),
                    picture.mean_around(corner, 8),
                    wanted,
                    8.0,
                );
            }
        }
        for name in ["orient-3-head.jpg", "orient-8-head.jpg"] {
            let Some(photo) = shared(&format!("photos/{name}")) else { return };
            let picture = exported(page, &photo);
            for (corner, wanted) in CORNERS.into_iter().zip([RED, GREEN, BLUE, YELLOW]) {
                is_near(&format!("{name} at {corner:?}"), picture.mean_around(corner, 8), wanted, 8.0);
            }
        }
    });
}

/// Forehead, cheek and shirt of the portrait.
const PLACES: [(f64, f64); 3] = [(0.5, 0.2), (0.4, 0.5), (0.5, 0.9)];

/// What those places are in sRGB, computed from the files by LittleCMS, and how many levels a browser may be off.
const COLOURS: &[(&str, [[f64; 3]; 3], f64)] = &[
    ("gpo-bald-nw6-fringe-light.jpg", [[230.7, 175.9, 145.0], [223.2, 154.0, 133.2], [252.3, 253.6, 253.0]], 2.0),
    ("head-p3.jpg", [[223.8, 172.2, 140.0], [215.1, 149.9, 129.3], [252.1, 253.3, 252.5]], 2.0),
    ("head.webp", [[215.4, 174.5, 144.7], [205.2, 153.3, 133.2], [252.6, 254.3, 253.4]], 2.0),
    ("head-cmyk.jpg", [[215.9, 174.1, 145.0], [205.4, 152.9, 133.2], [252.7, 253.5, 252.8]], 8.0),
];

#[test]
fn colours_are_saved_as_they_are_meant() {
    for_each_engine(&Options::default(), |page| {
        for (name, wanted, tolerance) in COLOURS {
            let Some(photo) = shared(&format!("photos/{name}")) else { return };
            let picture = exported(page, &photo);
            for (place, wanted) in PLACES.into_iter().zip(*wanted) {
                let seen = picture.mean_around(place, 20);
                println!("      {name} {place:?}: {seen:.1?} for {wanted:?}");
                is_near(&format!("{name} at {place:?}"), seen, wanted, *tolerance);
            }
        }
        let Some(photo) = shared("photos/head-alpha.png") else { return };
        let picture = exported(page, &photo);
        is_near("what is transparent", picture.mean_around((0.01, 0.01), 4), [255.0; 3], 0.0);
    });
}

#[test]
fn a_photo_that_is_chosen_before_the_configuration_comes_stays() {
    let Some(photo) = shared("photos/scan-front.jpg") else { return };
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        site.proxy.next(1, "GET", "/hairline.config.json", Fault::Delay(Duration::from_secs(4)));
        page.goto(&site.url());
        page.wait_until("a photo can be chosen", "!!document.querySelector('#stage-file')");
        page.find_css("#stage-file").upload(&[&photo]);
        page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
        assert!(!text_of(page, "body").contains("Elm Street Clinic"), "the configuration came too early for this test");
        page.wait_for_text("Elm Street Clinic");
        go(page, 2);
        press(page, "Natural arch");
        let said = text_of(page, ".stage-frame p[role=status]");
        assert!(said.contains("1600 by 2000 pixels") && said.contains("9 points"), "the page says {said}");
        page.assert_no_errors();
    });
}

#[test]
fn bad_designs_leave_the_work_alone() {
    const UNREADABLE: &str = "This file could not be read as a design. Your work is unchanged. Choose a file that was saved \
        here with “Save the design”.";
    const FILES: [(&str, &str); 4] = [
        (
            "draft-future-version.json",
            "This design was made with a newer version of the program. Your work is unchanged. Ask the clinic for its \
             newest page.",
        ),
        ("draft-html-notes.json", UNREADABLE),
        ("draft-nan-inf.json", UNREADABLE),
        ("draft-not-json.json", UNREADABLE),
    ];
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, None);
        go(page, 2);
        press(page, "Natural arch");
        let before = saved_design(page);
        for (name, words) in FILES {
            let Some(file) = shared(&format!("bad/{name}")) else { return };
            page.find_css("#design-file").upload(&[&file]);
            page.wait_until("it is refused", "!!document.querySelector('#notice .fault-notice')");
            assert_eq!(text_of(page, "#notice .fault-notice p"), words, "{name}");
            page.find_css("#notice button").click();
            page.wait_until("the notice is gone", "!document.querySelector('#notice .fault-notice')");
            assert_eq!(saved_design(page), before, "{name} changed the work");
        }
        page.assert_no_errors();
    });
}

/// Gives the page a file of that name, as a drop from another program may bring it: no disk could hold some of them.
fn choose_named(page: &Session, name: &Value) {
    page.eval(
        "const input = document.querySelector('#photo-file'), list = new DataTransfer();
         list.items.add(new File([window.photo], arguments[0], { type: 'image/jpeg' }));
         input.files = list.files; input.dispatchEvent(new Event('change', { bubbles: true }));",
        std::slice::from_ref(name),
    );
    page.wait_until(
        "it is open",
        "!document.querySelector('.busy.shown') && !!document.querySelector('.stage-keys') && !document.querySelector('dialog')",
    );
}

/// The parts of a request with a photo of the front: their headers hold these names and no others.
const PARTS: [(&str, &str, &str); 4] = [
    ("request", "request.json", "application/json"),
    ("design", "design.json", "application/json"),
    ("before", "before.jpg", "image/jpeg"),
    ("after", "after.jpg", "image/jpeg"),
];

/// What was sent of a photo of that name has our own names alone, and no header that the name brought.
#[track_caller]
fn check_names(site: &Site, name: &str) {
    let deliveries = sent::deliveries(site);
    let [parts] = deliveries.as_slice() else { panic!("{name:?} was sent {} times", deliveries.len()) };
    let headers: Vec<_> = parts.iter().map(|part| part.headers.clone()).collect();
    let wanted = PARTS.map(|(part, file, kind)| {
        vec![
            format!("Content-Disposition: form-data; name=\"{part}\"; filename=\"{file}\""),
            format!("Content-Type: {kind}"),
        ]
    });
    assert_eq!(headers, wanted, "{name:?}");
    let body = &sent::bodies(site)[0];
    let written = [name.to_owned(), json!(name).to_string().trim_matches('"').to_owned()];
    for text in written.iter().filter(|text| text.len() > 4) {
        assert!(!body.windows(text.len()).any(|part| part == text.as_bytes()), "{name:?} was sent along");
    }
}

/// The names that a file may come with.
fn hostile_names() -> Option<Vec<Value>> {
    let names = fs::read(shared("bad/filenames.json")?).expect("the names are read");
    Some(serde_json::from_slice(&names).expect("they are JSON"))
}

#[test]
fn h04_hostile_file_names_are_neither_seen_nor_sent() {
    let (Some(names), Some(photo)) = (hostile_names(), shared("photos/head.webp")) else {
        return;
    };
    let bytes = fs::read(photo).expect("the photo is read");
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        page.eval("window.photo = new Uint8Array(arguments[0])", &[json!(bytes)]);
        // The program gives its own names to what it sends, so that one engine tells of all of them.
        let step = if page.engine() == Engine::Chromium { 1 } else { 4 };
        let tried: Vec<_> = names.iter().step_by(step).collect();
        for row in &tried {
            let name = row["name"].as_str().expect("a name");
            go(page, 0);
            choose_named(page, &row["name"]);
            go(page, 5);
            review(page);
            let seen = page.eval("return document.documentElement.outerHTML", &[]);
            let seen = seen.as_str().expect("the page");
            let trimmed = name.trim();
            assert!(trimmed.len() <= 4 || !seen.contains(trimmed), "{name:?} ({}) stands in the page", row["why"]);
            site.proxy.forget();
            page.find_css("#send").click();
            page.wait_for_text("Your request has arrived");
            check_names(&site, name);
            press(page, "Back");
        }
        assert_eq!(site.received().len(), tried.len(), "not every one was sent");
        assert_eq!(page.eval("return window.PWNED ?? null", &[]), Value::Null, "a file name ran a script");
        page.assert_no_errors();
    });
}
