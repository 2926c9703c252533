//! The visitor's own hair, clipped: in the picture that is shown, and in the one that is saved.

use crate::clipped_head::{Haired, haired};
use crate::harness::{Options, Session, for_each_engine};
use crate::pixels::{Pixels, png_file};
use crate::site::Site;
use crate::visitor::{arrive, go, saved_picture, text_of, wait_for_dots};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A busy machine looks for a face, and clips hair, this long.
const LONG_TIMEOUT: Duration = Duration::from_secs(60);
/// Side of the squares whose mean colour is compared, pixels.
const SIDE: usize = 12;
/// Engines scale a picture in which hair is looked for by rules of their own: so many levels apart is the same.
const SAME_LEVELS: f64 = 6.0;

fn file(haired: &Haired) -> PathBuf {
    png_file("haired", &haired.pixels, haired.width)
}

/// Saves the picture as it is, and says how light it is in the hair beside either temple, in levels.
fn saved_light(page: &Session, haired: &Haired) -> [f64; 2] {
    go(page, 5);
    let picture = Pixels::of_png(&saved_picture(page));
    // The picture is as broad as the photo; a caption stands below.
    let zoom = picture.width as f64 / haired.width as f64;
    haired.in_hair.map(|place| {
        let (x, y) = (place.x * zoom / picture.width as f64, place.y * zoom / picture.height as f64);
        picture.mean_around((x, y), SIDE).iter().sum::<f64>() / 3.0
    })
}

fn choose(page: &Session, place: usize) {
    go(page, 4);
    page.find_css(&format!("label[data-index='{place}'] input[name=hair]")).click();
}

/// Opens a photo and waits for the first idea on it. The site lives as long as it is held.
#[track_caller]
fn with_first_idea(page: &Session, file: &Path) -> Site {
    let site = Site::finding_faces();
    arrive(page, &site.url());
    page.find_css("#stage-file").upload(&[file]);
    page.wait_within(LONG_TIMEOUT, "the idea is offered", "!!document.querySelector('#compare')");
    wait_for_dots(page);
    site
}

#[test]
fn own_hair_is_shown_and_saved_clipped_alike_in_every_engine() {
    let (haired, seen) = (haired(), RefCell::new(Vec::new()));
    let file = file(&haired);
    for_each_engine(&Options::default(), |page| {
        let _site = with_first_idea(page, &file);
        let before = saved_light(page, &haired);
        choose(page, 1);
        page.wait_within(
            LONG_TIMEOUT,
            "the hair is clipped",
            "!document.querySelector('.busy.shown') && !!document.querySelector('#hair-length')",
        );
        let clipped = saved_light(page, &haired);
        for (clipped, before) in clipped.iter().zip(before) {
            assert!(*clipped > before + 40.0, "{}: {clipped} levels of light, before {before}", page.engine());
        }
        // Not the hair on an ear or the face: what was wrongly found is said to be none.
        choose(page, 0);
        assert_eq!(saved_light(page, &haired), before, "the photo is as it was");
        seen.borrow_mut().push((page.engine(), clipped));
        page.assert_no_errors();
    });
    let seen = seen.into_inner();
    for (engine, light) in &seen {
        for (light, other) in light.iter().zip(seen[0].1) {
            assert!((light - other).abs() < SAME_LEVELS, "{engine}: {seen:?}");
        }
    }
}

/// Notes what the program that looks at heads says of its jobs from now on, `First` or `Done`, and in between that the stage shows
/// another picture than before `First` came: `Done` is held back until then, for some seconds at most, as a busy machine may be quicker
/// with it than with the stage.
const HEAR: &str = "window.heard = [];
    const stage = () => document.querySelector('#stage canvas').toDataURL();
    const shown = (before, frames = 300) => new Promise(resolve => {
        const look = () => {
            const is_shown = stage() !== before;
            if (is_shown) heard.push('Shown');
            if (is_shown || !frames--) resolve();
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });
    window.Worker = class extends Worker {
        constructor(...of) {
            super(...of);
            let first = null;
            this.addEventListener('message', event => {
                const { data } = event;
                if (data?.First) {
                    heard.push('First');
                    first = shown(stage());
                } else if (data?.Done?.value?.Clipped && first) {
                    event.stopImmediatePropagation();
                    first.then(() => this.dispatchEvent(new MessageEvent('message', { data })));
                    first = null;
                } else if (data?.Done?.value?.Clipped) {
                    heard.push('Done');
                }
            });
        }
    };";

#[test]
fn a_rough_picture_comes_first_and_the_whole_one_is_saved() {
    let haired = haired();
    let file = file(&haired);
    for_each_engine(&Options::default(), |page| {
        let site = Site::finding_faces();
        arrive(page, &site.url());
        page.eval(HEAR, &[]);
        page.find_css("#stage-file").upload(&[&file]);
        page.wait_within(LONG_TIMEOUT, "the idea is offered", "!!document.querySelector('#compare')");
        wait_for_dots(page);
        choose(page, 1);
        // At once, while hair is being clipped: what is saved waits for the whole picture.
        go(page, 5);
        let saved_at_once = saved_picture(page);
        assert_eq!(page.eval("return heard", &[]), serde_json::json!(["First", "Shown", "Done"]), "{}", page.engine());
        let saved = saved_picture(page);
        assert!(saved_at_once == saved, "{}: what was saved at once is another picture", page.engine());
        page.assert_no_errors();
    });
}

/// What is on the stage, as a picture's address.
fn stage(page: &Session) -> String {
    let js = "const done = arguments[0];
        requestAnimationFrame(() => requestAnimationFrame(() => done(document.querySelector('#stage canvas').toDataURL())))";
    page.eval_async(js, &[]).as_str().expect("a picture").to_owned()
}

#[test]
fn a_length_that_is_slid_is_the_same_picture_as_one_that_is_set() {
    const SLIDE: &str = "const slider = document.querySelector(arguments[1] ?? '#hair-length');
        const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
        set.call(slider, arguments[0]);
        slider.dispatchEvent(new Event('input', { bubbles: true }));";
    const LET_GO: &str = "document.querySelector('#hair-length').dispatchEvent(new Event('change', { bubbles: true }))";
    let haired = haired();
    let file = file(&haired);
    for_each_engine(&Options::default(), |page| {
        let _site = with_first_idea(page, &file);
        choose(page, 1);
        page.wait_within(
            LONG_TIMEOUT,
            "the hair is clipped",
            "!document.querySelector('.busy.shown') && !!document.querySelector('#hair-length')",
        );
        page.eval(SLIDE, &["0".into(), "#compare".into()]);
        // In one go, which is never sketched.
        page.eval(&format!("{SLIDE} {LET_GO}"), &["2".into()]);
        let set = stage(page);
        page.eval(&format!("{SLIDE} {LET_GO}"), &["0.5".into()]);
        let before = stage(page);
        for length in ["1", "1.5", "2"] {
            page.eval(SLIDE, &[length.into()]);
        }
        let slid = stage(page);
        page.eval(LET_GO, &[]);
        let let_go = stage(page);
        assert!(slid != before, "{}: what is slid is seen", page.engine());
        assert!(slid != set, "{}: what is slid is sketched", page.engine());
        assert!(let_go == set, "{}: what was let go is another picture", page.engine());
        page.assert_no_errors();
    });
}

#[test]
fn a_head_without_hair_stays_as_it_is_and_says_so() {
    for_each_engine(&Options::default(), |page| {
        // Without what sees a person nothing is told of the photo.
        for (site, said) in
            [(Site::finding_faces(), "No hair was found"), (Site::start(), "Your hair could not be clipped just now")]
        {
            crate::visitor::design_on_sample(page, &site.url());
            choose(page, 1);
            let is_said = format!("document.querySelector('.panel').textContent.includes('{said}')");
            page.wait_within(LONG_TIMEOUT, "it is said", &is_said);
            assert!(!text_of(page, ".panel").contains("Length"));
            page.assert_no_errors();
        }
    });
}
