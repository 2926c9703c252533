//! From the visitor's page to the pages of the clinic's staff, in one browser.

use crate::harness::session::ErrorKind;
use crate::harness::{Options, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{design_on_sample, go, press, review, saved_design, stored, text_of, wait_for_dots};
use serde_json::Value;

const PASSWORD: &str = "correct horse battery";

/// Waits for the page that a form or link leads to.
#[track_caller]
fn wait_for_page(page: &Session, title: &str) {
    page.wait_until(
        &format!("the page {title}"),
        &format!("document.title === {title:?} && document.readyState === 'complete'"),
    );
}

#[track_caller]
fn log_in(page: &Session, site: &Site, password: &str) {
    page.goto(&format!("{}inbox/login", site.url()));
    page.find_css("[name=name]").type_text("olga");
    page.find_css("[name=password]").type_text(password);
    press(page, "Log in");
}

#[test]
fn what_a_visitor_sends_is_read_and_worked_with_by_the_staff() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        site.add_owner("olga", PASSWORD);
        design_on_sample(page, &site.url());
        go(page, 5);
        review(page);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");

        log_in(page, &site, "not the password");
        page.wait_for_text("Name or password is wrong.");
        page.assert_accessible("the login after a wrong password");
        page.find_css("[name=name]").type_text("olga");
        page.find_css("[name=password]").type_text(PASSWORD);
        press(page, "Log in");
        wait_for_page(page, "Requests");
        page.assert_accessible("the list of requests");
        page.screenshot("staff-list");

        page.find_css(".requests a").click();
        wait_for_page(page, "Ada Lovelace");
        assert_eq!(text_of(page, ".message"), "When could I come? <b>Thanks</b>");
        page.wait_until(
            "both pictures are there",
            "[...document.querySelectorAll('.compare img')].filter((img) => img.complete && img.naturalWidth > 0).length === 2",
        );
        let shown = "return getComputedStyle(document.querySelector('.compare .before')).clipPath";
        let half = page.eval(shown, &[]);
        page.find_css(".slide input").set_value("100");
        assert_ne!(page.eval(shown, &[]), half, "{}: the slider moves nothing", page.engine());
        page.assert_accessible("a request");
        page.screenshot("staff-request");

        page.find_css("textarea").type_text("Called her.");
        press(page, "Add note");
        page.wait_for_text("Called her. olga");
        press(page, "Log out");
        wait_for_page(page, "Log in");
        page.goto(&format!("{}inbox", site.url()));
        wait_for_page(page, "Log in");
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

/// Olga is logged in, and reads the request that Ada sent.
#[track_caller]
fn send_and_read(page: &Session, site: &Site) {
    site.add_owner("olga", PASSWORD);
    go(page, 5);
    review(page);
    page.find_css("#send").click();
    page.wait_for_text("Your request has arrived");
    log_in(page, site, PASSWORD);
    wait_for_page(page, "Requests");
    page.find_css(".requests a").click();
    wait_for_page(page, "Ada Lovelace");
}

/// Opens the request, or what a link with that text leads to, in the designer.
#[track_caller]
fn open_in_designer(page: &Session) {
    page.find_containing("link", "Open in the designer").click();
    page.wait_for_text("the visitor's own design stays as it was sent");
    page.wait_until("the picture is open", "!!document.querySelector('.stage-keys')");
    wait_for_dots(page);
}

/// Where the line's handles lie, in shares of the photo's width and height.
#[track_caller]
fn line_shares(design: &Value) -> Vec<(f64, f64)> {
    let front = &design["views"]["front"];
    let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{value} is no number in {front}"));
    let (width, height) = (number(&front["photo"]["width"]), number(&front["photo"]["height"]));
    let handles = front["hairline"]["handles"].as_array().unwrap_or_else(|| panic!("there is no line in {front}"));
    handles.iter().map(|at| (number(&at[0]) / width, number(&at[1]) / height)).collect()
}

/// By how much of the photo a handle lies elsewhere at most.
fn farthest(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    assert_eq!(a.len(), b.len(), "the line has other handles");
    a.iter().zip(b).map(|(a, b)| (a.0 - b.0).hypot(a.1 - b.1)).fold(0.0, f64::max)
}

#[test]
fn the_staff_changes_a_request_in_the_designer_and_saves_a_version() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        design_on_sample(page, &site.url());
        let drawn = line_shares(&saved_design(page));
        send_and_read(page, &site);
        open_in_designer(page);
        assert!(page.all_css(".step.current .step-name").iter().any(|step| step.text() == "Look"));
        let is_longer = "const page = document.documentElement; return page.scrollHeight > innerHeight;";
        assert_eq!(page.eval(is_longer, &[]), false, "the page scrolls beside its panel");
        page.assert_accessible("a request in the designer");
        page.screenshot("staff-designer");
        let asks = "const e = new Event('beforeunload', { cancelable: true }); return !dispatchEvent(e);";
        assert_eq!(page.eval(asks, &[]), false, "what was only opened is asked about");
        let opened = saved_design(page);
        assert!(farthest(&drawn, &line_shares(&opened)) < 0.001, "the line lies elsewhere: {opened}");

        go(page, 2);
        press(page, "Rounded");
        assert_eq!(page.eval(asks, &[]), true, "a changed design is left without a question");
        go(page, 5);
        page.find_css("#version-name").type_text("Higher <b>");
        page.assert_accessible("the form of a version");
        page.screenshot("staff-version");
        page.find_css("#save-version").click();
        page.wait_for_text("Saved as a version.");
        assert_eq!(page.eval(asks, &[]), false, "what is saved is asked about");
        let changed = saved_design(page);
        assert_ne!(line_shares(&opened), line_shares(&changed), "nothing was changed");
        assert_eq!(stored(page), Vec::<String>::new(), "something of the patient is kept on this machine");

        page.find_css(".staff-bar a").click();
        wait_for_page(page, "Ada Lovelace");
        page.wait_for_text("Higher <b>");
        // Pictures come when they are near what is seen, and it stands below the visitor's own.
        let pictures = "[...document.querySelectorAll('img')].filter((img) => /versions/.test(img.src))";
        page.eval(&format!("{pictures}.forEach((img) => img.scrollIntoView())"), &[]);
        page.wait_until(
            "the version's picture is there",
            &format!("{pictures}.length === 1 && {pictures}.every((img) => img.complete && img.naturalWidth > 0)"),
        );
        page.screenshot("staff-versions");
        let version = "[...document.querySelectorAll('a')].find((a) => /version=/.test(a.href))";
        page.eval(&format!("{version}.click()"), &[]);
        page.wait_for_text("the visitor's own design stays as it was sent");
        page.wait_until("the picture is open", "!!document.querySelector('.stage-keys')");
        let again = saved_design(page);
        assert!(farthest(&line_shares(&changed), &line_shares(&again)) < 1e-6, "the version is another design");
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

#[test]
fn a_request_that_cannot_be_opened_says_why() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        page.goto(&format!("{}#request=7K2M-9QXR-4TDA", site.url()));
        page.wait_for_text("You are not logged in, so the request cannot be opened.");
        page.assert_accessible("a request that nobody may open");
        page.screenshot("staff-logged-out");
        assert!(page.all_css("#stage-file").is_empty(), "a photo could be opened");
        page.find("link", "Log in").click();
        wait_for_page(page, "Log in");
        site.add_owner("olga", PASSWORD);
        log_in(page, &site, PASSWORD);
        wait_for_page(page, "Requests");
        page.goto(&format!("{}#request=7K2M-9QXR-4TDA", site.url()));
        page.wait_for_text("There is no such request or version any more");
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}
