//! The script that keeps a page's errors, put in front of everything else that a page or its worker runs.
//!
//! Chromium's own log tells every error, of workers too, from the first script on. Firefox prints some of them and
//! WebKit tells none, so their pages are watched by a script: a file of the page's own origin, which a policy with
//! `script-src 'self'` allows. A server of the harness adds it to what it answers these two browsers.

use super::http::Message;

/// Where a page or worker finds the script.
const PATH: &str = "/__e2e/watch.js";

/// The script.
pub(crate) const SCRIPT: &str = include_str!("watch.js");

/// The answer to a request for the script itself.
pub(crate) fn script_for(request: &Message) -> Option<Message> {
    (request.target() == PATH).then(|| Message::answer(200, "text/javascript", SCRIPT.as_bytes()))
}

/// Whether this browser needs the script in its pages.
pub(crate) fn is_for(request: &Message) -> bool {
    !request.header("User-Agent").is_some_and(|browser| browser.contains("Chrome/"))
}

/// Adds the script to an HTML page or to a module worker; another answer stays as it is.
pub(crate) fn add_to(answer: &mut Message, request: &Message) {
    let kind = answer.header("Content-Type").unwrap_or_default();
    if kind.starts_with("text/html") {
        answer.body = in_page(&answer.body);
    } else if request.header("Sec-Fetch-Dest") == Some("worker") && kind.contains("javascript") {
        // What a module imports runs before it.
        answer.body = [format!("import \"{PATH}\";").as_bytes(), &answer.body].concat();
    } else {
        return;
    }
    // A page that gets the same file without the script must not find this one in the browser's cache.
    answer.set_header("Cache-Control", "no-store");
}

/// The page with the script as the first thing of its head.
fn in_page(page: &[u8]) -> Vec<u8> {
    let lower = page.to_ascii_lowercase();
    let after = |tag: &[u8]| {
        let start = lower.windows(tag.len()).position(|part| part == tag)?;
        let end = lower.get(start..)?.iter().position(|byte| *byte == b'>')?;
        Some(start + end + 1)
    };
    // A page without a head begins one with its first element.
    let at = after(b"<head").or_else(|| after(b"<html")).or_else(|| after(b"<!doctype")).unwrap_or(0);
    let (before, rest) = page.split_at(at);
    [before, format!("<script src=\"{PATH}\"></script>").as_bytes(), rest].concat()
}

#[test]
fn the_script_is_the_first_of_the_head() {
    let script = "<script src=\"/__e2e/watch.js\"></script>";
    for (page, wanted) in [
        (
            "<!DOCTYPE html><HEAD lang=x><script>1</script>",
            format!("<!DOCTYPE html><HEAD lang=x>{script}<script>1</script>"),
        ),
        ("<!doctype html><p>x", format!("<!doctype html>{script}<p>x")),
        ("x", format!("{script}x")),
    ] {
        assert_eq!(String::from_utf8_lossy(&in_page(page.as_bytes())), wanted, "{page}");
    }
}
