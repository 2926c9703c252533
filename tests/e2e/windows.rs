//! Small windows: a phone, a phone on its side, and a page zoomed to 400 %.

use crate::harness::engines::for_engines;
use crate::harness::{Engine, Options, Session};
use crate::site::Site;
use crate::visitor::{arrive, fill_behind_line, go, open_photo};
use serde_json::json;

/// Windows in CSS pixels: a desktop's at 400 %, on its side and upright, and small phones, upright and on their sides.
const WINDOWS: [(u32, u32); 6] = [(320, 256), (256, 320), (320, 568), (568, 320), (360, 640), (480, 270)];

/// The least height and width of the picture that a line can be drawn on.
const LEAST_PICTURE: f64 = 140.0;

/// What cannot be reached: each control is brought into view, as the keyboard's focus does, and whoever points at its middle then has
/// to meet it and nothing that lies above it.
const UNREACHABLE: &str = "
    const CONTROLS = '.page button, .page input, .page textarea, .page summary';
    const isMet = (control) => {
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, top, width, height } = control.getBoundingClientRect();
      const met = document.elementFromPoint(left + width / 2, top + height / 2);
      return !!met && (control.contains(met) || control.closest('label')?.contains(met));
    };
    // The field that only programs fill in is hidden from everybody.
    const isShown = (control) => control.checkVisibility() && !control.closest('[aria-hidden=true]');
    return [...document.querySelectorAll(CONTROLS)].filter((control) => isShown(control) && !isMet(control))
      .map((control) => (control.labels?.[0] ?? control).textContent.trim() || control.getAttribute('aria-label') || control.id);";

/// What reaches beyond the window's right edge, where the page is wider than its window.
const TOO_WIDE: &str = "
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('.page *')].filter((it) => it.getBoundingClientRect().right > clientWidth)
      .map((it) => `${it.localName}.${it.className?.baseVal ?? it.className}`);";

#[track_caller]
fn fits(page: &Session, (width, height): (u32, u32), step: usize) {
    let place = format!("{}, {width} x {height}, step {}", page.engine(), step + 1);
    assert_eq!(page.eval(TOO_WIDE, &[]), json!([]), "{place}: wider than the window");
    let stage = page.find_css("#stage").rect();
    assert!(
        stage.width.min(stage.height) >= LEAST_PICTURE,
        "{place}: the picture has {} x {}",
        stage.width,
        stage.height
    );
    assert_eq!(page.eval(UNREACHABLE, &[]), json!([]), "{place}: cannot be reached");
}

#[test]
fn all_can_be_reached_in_a_small_window() {
    // Firefox gives its page any size, other windows stay larger.
    for_engines(&[Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, None);
        fill_behind_line(page);
        for (width, height) in WINDOWS {
            page.set_viewport(width, height);
            for step in 0..6 {
                go(page, step);
                fits(page, (width, height), step);
            }
            page.screenshot(&format!("window-{width}x{height}"));
        }
        page.assert_no_errors();
    });
}
