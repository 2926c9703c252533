//! Scars, patches and part lines: drawn without a hairline, each with its dots, each undone in one step.

use crate::harness::engines::for_engines;
use crate::harness::{Engine, Options, Point, Session};
use crate::site::Site;
use crate::visitor::{arrive, described, go, open_photo, press, wait_for_dots};

/// A way over the upper half of the photo, in shares of the stage.
fn way(page: &Session, shares: &[(f64, f64)]) -> Vec<Point> {
    let stage = page.find_css("#stage").rect();
    shares.iter().map(|(x, y)| Point::new(stage.x + stage.width * x, stage.y + stage.height * y)).collect()
}

fn densely(points: &[Point]) -> Vec<Point> {
    points.windows(2).flat_map(|pair| pair[0].line_to(pair[1], 6)).collect()
}

#[track_caller]
fn draws(page: &Session, tool: &str, shares: &[(f64, f64)]) {
    page.find("radio", tool).click();
    page.mouse_drag(&densely(&way(page, shares)));
    wait_for_dots(page);
    page.screenshot(&format!("mode-{}", tool.replace(' ', "-").to_lowercase()));
    press(page, "Undo");
    page.wait_until(
        &format!("{tool} is undone"),
        "!/About/.test(document.querySelector('.stage-frame p[role=status]').textContent)",
    );
    press(page, "Redo");
    wait_for_dots(page);
    press(page, "Undo");
    assert!(!described(page).contains("dots"), "{tool}: {}", described(page));
}

#[test]
fn scars_patches_and_part_lines_need_no_hairline() {
    for_engines(&[Engine::Chromium, Engine::Firefox], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, None);
        go(page, 3);
        draws(page, "Scar", &[(0.42, 0.30), (0.50, 0.33), (0.58, 0.30)]);
        draws(page, "Part line", &[(0.50, 0.36), (0.50, 0.22)]);
        draws(page, "Patch", &[(0.46, 0.26), (0.54, 0.26), (0.54, 0.32), (0.46, 0.32), (0.46, 0.27)]);
        page.assert_no_errors_but(&[]);
    });
}

#[test]
fn a_scar_is_told_to_take_four_sessions() {
    for_engines(&[Engine::Chromium], &Options::phone(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        open_photo(page, None);
        go(page, 3);
        page.find("radio", "Scar").click();
        page.swipe(&way(page, &[(0.40, 0.30), (0.50, 0.33), (0.60, 0.30)]));
        wait_for_dots(page);
        go(page, 4);
        let sessions = page.all_css("input[name=session]").len();
        assert_eq!(sessions, 4, "the page offers {sessions} sessions");
    });
}
