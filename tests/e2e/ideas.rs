//! The first idea: a design on a photo whose face was found, before the visitor did anything.

use crate::found_face::sample_head;
use crate::harness::engines::for_engines;
use crate::harness::http::Message;
use crate::harness::session::ErrorKind;
use crate::harness::{Engine, Fault, Options, Session, for_each_engine};
use crate::pixels::{Pixels, png_file};
use crate::site::{Site, is_for_heads, shared};
use crate::visitor::{
    arrive, described, go, open_photo, press, saved_design, saved_picture, scan_front, wait_for_dots,
};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// A busy machine looks for a face this long.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);

const OFFERED: &str = "Start from my own line";

/// Waits for the first idea, on a busy machine too.
#[track_caller]
fn wait_for_idea(page: &Session) {
    page.wait_within(LONG_TIMEOUT, "the idea is offered", "!!document.querySelector('#compare')");
}

/// Chooses a file as photo.
#[track_caller]
fn choose(page: &Session, file: &Path) {
    page.find_css("#stage-file").upload(&[file]);
    page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
}

/// The marks on the pupils of a design, from the left.
fn marks(design: &Value) -> [(f64, f64); 2] {
    ["a", "b"].map(|mark| {
        let at = &design["views"]["front"]["calibration"][mark];
        (at[0].as_f64().unwrap_or(f64::NAN), at[1].as_f64().unwrap_or(f64::NAN))
    })
}

fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The middle of the head of a design, percent of the photo's width.
fn middle(design: &Value) -> f64 {
    let front = &design["views"]["front"];
    let part = front["head"]["centre"][0].as_f64().zip(front["photo"]["width"].as_f64());
    part.map_or(f64::NAN, |(middle, width)| 100.0 * middle / width)
}

/// Where the slider between before and after stands, percent before.
#[track_caller]
fn split(page: &Session) -> f64 {
    page.eval("return document.querySelector('#compare').valueAsNumber", &[]).as_f64().unwrap_or(f64::NAN)
}

#[test]
fn a_first_idea_comes_without_a_tap_in_every_engine() {
    let Some(portrait) = scan_front() else { return };
    let seen = RefCell::new(Vec::new());
    for_each_engine(&Options::default(), |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        open_photo(page, Some(&portrait));
        wait_for_idea(page);
        wait_for_dots(page);
        assert!(described(page).contains("Hairline"), "{}", described(page));
        let design = saved_design(page);
        let marks = marks(&design);
        // Marks on closed eyes lie on the lids.
        for (mark, (x, y)) in marks.into_iter().zip(portrait.pupils) {
            assert!(apart(mark, (x, y)) < 30.0, "{}: a mark at {mark:?}", page.engine());
        }
        seen.borrow_mut().push((page.engine(), marks));

        go(page, 0);
        let rests = format!("Math.abs(document.querySelector('#compare').value - {}) < 0.6", middle(&design));
        page.wait_until("the slider rests in the middle of the head", &rests);
        press(page, "Undo");
        page.wait_until(
            "nothing is drawn",
            "!/Hairline/.test(document.querySelector('.stage-frame p[role=status]').textContent)",
        );
        assert!(!page.find("button", "Undo").is_enabled(), "more than one step was made");
        page.assert_no_errors();
    });
    // Browsers decode and shrink a photo a little differently; from the same pixels all find the same bits.
    let seen = seen.into_inner();
    for (engine, marks) in &seen {
        for (mark, other) in marks.iter().zip(&seen[0].1) {
            assert!(apart(*mark, *other) < 8.0, "{engine} sees {marks:?}, {} {:?}", seen[0].0, seen[0].1);
        }
    }
}

#[test]
fn a_first_idea_can_be_declined() {
    let Some(portrait) = scan_front() else { return };
    for_each_engine(&Options::default(), |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        open_photo(page, Some(&portrait));
        wait_for_idea(page);
        press(page, OFFERED);
        page.wait_until("the size comes next", "document.querySelectorAll('.step')[1].classList.contains('current')");
        assert!(!described(page).contains("Hairline"), "{}", described(page));
        assert!(page.all_css("#compare").is_empty());
        page.assert_no_errors();
    });
}

#[test]
fn who_wants_less_motion_sees_both_halves_at_once() {
    let Some(portrait) = scan_front() else { return };
    let still = Options { reduced_motion: true, ..Options::default() };
    for_engines(&[Engine::Chromium, Engine::Firefox], &still, |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        open_photo(page, Some(&portrait));
        wait_for_idea(page);
        let seen_at_once = split(page);
        let middle = middle(&saved_design(page));
        assert!((seen_at_once - middle).abs() < 0.6, "{seen_at_once}, the head's middle is at {middle}");
    });
}

#[test]
fn the_keys_of_a_first_idea_are_in_sight_on_a_phone_under_what_is_said() {
    let Some(portrait) = scan_front() else { return };
    let phone = Options { viewport: (390, 844), ..Options::default() };
    for_engines(&[Engine::Chromium], &phone, |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        open_photo(page, Some(&portrait));
        wait_for_idea(page);
        assert_eq!(page.all_css(".notice").len(), 1, "closed eyes are told");
        let room = page.eval(
            "const bar = document.querySelector('.onward').getBoundingClientRect().top;
             const keys = document.querySelectorAll('.panel .slider + .row > button');
             return bar - Math.max(...Array.from(keys, (key) => key.getBoundingClientRect().bottom))",
            &[],
        );
        assert!(room.as_f64().is_some_and(|room| room >= 0.0), "below the keys there are {room} px to the bar");
    });
}

/// A site whose program that looks at heads does not come.
fn without_heads() -> Site {
    let site = Site::finding_faces();
    site.proxy.always("GET", "/heads", Fault::Reply(Message::answer(404, "text/plain", b"no")));
    site
}

#[test]
fn where_no_face_is_found_or_nothing_that_finds_one_comes_the_steps_ask_as_before() {
    let Some(crown) = shared("photos/scan-top-crown.jpg") else { return };
    for_each_engine(&Options::default(), |page| {
        let ways = [
            (Site::finding_faces(), Some(&crown), &[] as &[_]),
            (Site::start(), None, &[]),
            (without_heads(), None, &[ErrorKind::Uncaught]),
        ];
        for (site, photo, expected) in ways {
            arrive(page, &site.url());
            match photo {
                Some(photo) => choose(page, photo),
                None => open_photo(page, scan_front().as_ref()),
            }
            page.wait_within(
                LONG_TIMEOUT,
                "nobody looks for a face any more",
                "!document.querySelector('.busy.shown')",
            );
            assert!(
                page.all_css("#compare").is_empty() && !described(page).contains("Hairline"),
                "{}",
                described(page)
            );
            go(page, 1);
            page.assert_no_errors_but(expected);
        }
    });
}

/// The same out of focus: each pixel becomes the mean of seven, along rows and columns, three times (a Gaussian of 3.5 pixels).
fn out_of_focus(pixels: &[u8], width: usize) -> Vec<u8> {
    const TIMES: usize = 3;
    const REACH: usize = 3;
    let along = |pixels: &[u8], step: usize| -> Vec<u8> {
        let at = |place: usize, by: usize| {
            pixels.get((place + by * step).wrapping_sub(REACH * step)).unwrap_or(&pixels[place])
        };
        let mean =
            |place: usize| (0..=2 * REACH).map(|by| u32::from(*at(place, by))).sum::<u32>() / (2 * REACH as u32 + 1);
        (0..pixels.len()).map(|place| mean(place) as u8).collect()
    };
    (0..TIMES).fold(pixels.to_vec(), |pixels, _| along(&along(&pixels, 4), 4 * width))
}

#[test]
fn dots_on_a_photo_that_is_out_of_focus_are_as_soft() {
    // On the top of the head, which an idea fills: in shares of the photo.
    const ON_TOP: (f64, f64) = (0.5, 0.13);
    let (pixels, width) = sample_head();
    let height = pixels.len() / 4 / width;
    let photos = [png_file("sharp", &pixels, width), png_file("soft", &out_of_focus(&pixels, width), width)];
    for_each_engine(&Options::default(), |page| {
        let rough = photos.each_ref().map(|photo| {
            let site = Site::finding_faces();
            arrive(page, &site.url());
            choose(page, photo);
            wait_for_idea(page);
            wait_for_dots(page);
            go(page, 5);
            let mut picture = Pixels::of_png(&saved_picture(page));
            picture.crop_height(height * picture.width / width);
            picture.roughness_around(ON_TOP, 60)
        });
        println!("{}: roughness of sharp and soft {rough:?}", page.engine());
        assert!(rough[1] < 0.4 * rough[0], "{}: {rough:?}", page.engine());
        page.assert_no_errors();
    });
}

/// What finds a face comes with the first photo and not before, from the program's own address, each file once.
#[test]
fn what_finds_a_face_is_loaded_on_demand_and_once() {
    let Some(portrait) = scan_front() else { return };
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        let nets = || site.asked().into_iter().filter(|asked| asked.contains("/assets/face/")).collect::<Vec<_>>();
        // Kept as well, but asked for whether they are still the same.
        let program = || site.asked().into_iter().filter(|asked| is_for_heads(asked)).collect::<BTreeSet<_>>();
        assert_eq!((nets(), program()), Default::default());
        for _again in 0..2 {
            arrive(page, &site.url());
            open_photo(page, Some(&portrait));
            wait_for_idea(page);
            page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
        }
        let names = ["detector", "mesh", "iris", "person"].map(|net| format!("GET /assets/face/{net}-1.net"));
        assert_eq!(nets(), names, "{}", page.engine());
        assert_eq!(program().len(), 2, "{:?}", program());
    });
}
