//! From the visitor's page to the pages of the clinic's staff, in one browser.

use crate::harness::{Options, Session, for_each_engine};
use crate::site::Site;
use crate::visitor::{design_on_sample, go, press, review, text_of};

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
        let shown = "return getComputedStyle(document.querySelector('.after')).clipPath";
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
        page.assert_no_errors_but(&[crate::harness::session::ErrorKind::Network]);
    });
}
