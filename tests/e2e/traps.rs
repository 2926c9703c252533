//! A program that traps, out of memory, out of the stack, or by an exception that goes through it; and a browser that gives it
//! no canvas.

use crate::faults::{design_on_head, kept_design};
use crate::harness::{Engine, Options, Session, for_each_engine};
use crate::site::{Site, root};
use crate::visitor::{described, go, goes_on_with, review, saved_design, saved_picture};
use serde_json::Value;

/// Functions of the page's own by which a test makes the program trap. They are no part of what is evaluated later: Firefox
/// evaluates that beside the page, where errors are of other classes.
const TRAPS: &str = r"
    for (const name of ['instantiate', 'instantiateStreaming']) {
      const make = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await make(...given);
        window.memory = (made.instance ?? made).exports.memory;
        return made;
      };
    }
    // The program's memory grows to all that it may have, and what it reads next is larger than what it has free.
    window.exhaustMemory = () => {
      for (let pages = 65536; pages >= 1; pages = Math.floor(pages / 2)) {
        try { for (;;) memory.grow(pages); } catch { }
      }
      Blob.prototype.arrayBuffer = () => Promise.resolve(new ArrayBuffer(300 << 20));
    };
    // What the browser does for the program fails once, in a way that the program does not expect.
    window.throwOnce = () => {
      const given = Element.prototype.getBoundingClientRect;
      Element.prototype.getBoundingClientRect = () => {
        Element.prototype.getBoundingClientRect = given;
        throw new TypeError('spoilt');
      };
      document.querySelector('#stage').dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerType: 'mouse' }));
    };
    // What the browser does for the program calls itself until the stack is full.
    window.overflowStack = () => {
      const stage = document.querySelector('#stage'), given = Element.prototype.getBoundingClientRect;
      Element.prototype.getBoundingClientRect = function () { return this.getBoundingClientRect(); };
      setTimeout(() => { Element.prototype.getBoundingClientRect = given; });
      stage.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerType: 'mouse' }));
    };
";

/// The program says that it broke, cannot be used any more, lets the page be left, and brings the design back.
#[track_caller]
fn breaks_and_comes_back(page: &Session, design: &Value, said: &str) {
    page.wait_for_text("Something went wrong");
    assert!(page.all_css("#app").is_empty(), "the broken program can still be used");
    let asks = page.eval(
        "const leave = new Event('beforeunload', { cancelable: true }); dispatchEvent(leave); return leave.defaultPrevented",
        &[],
    );
    assert_eq!(asks, false, "a program that broke asks whether it may be left");
    page.find("button", "Load it again").click();
    goes_on_with(page, design, said);
}

/// A design that is kept, in a page whose program can be made to trap.
#[track_caller]
fn kept(page: &Session) -> (Site, Value, String) {
    let site = Site::start();
    site.run_first(TRAPS);
    let design = kept_design(page, &site);
    let said = described(page);
    (site, design, said)
}

#[test]
fn an_exhausted_memory_says_so_and_brings_the_design_back() {
    for_each_engine(&Options::default(), |page| {
        let (_site, design, said) = kept(page);
        page.eval("exhaustMemory()", &[]);
        page.find_css("#design-file").upload(&[&root().join("Cargo.toml")]);
        breaks_and_comes_back(page, &design, &said);
        // The others' errors are gone with the page.
        if page.engine() == Engine::Chromium {
            assert!(page.errors().iter().any(|error| error.text.contains("unreachable")), "it did not trap");
        }
    });
}

#[test]
fn an_exception_through_the_program_says_so_and_brings_the_design_back() {
    for_each_engine(&Options::default(), |page| {
        let (_site, design, said) = kept(page);
        page.eval("throwOnce()", &[]);
        breaks_and_comes_back(page, &design, &said);
    });
}

#[test]
fn an_overflown_stack_says_so_and_brings_the_design_back() {
    for_each_engine(&Options::default(), |page| {
        let (_site, design, said) = kept(page);
        page.eval("overflowStack()", &[]);
        breaks_and_comes_back(page, &design, &said);
    });
}

/// A browser whose pages get no canvas to paint on.
const NO_CANVAS: &str = "const given = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
      return kind === '2d' ? null : given.call(this, kind, ...more);
    };";

#[test]
fn a_page_without_a_canvas_says_so_and_does_all_the_rest() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        site.run_first(NO_CANVAS);
        design_on_head(page, &site);
        let said = page.find_css(".stage-frame .busy.shown").text();
        assert!(said.starts_with("Your browser gives this page no canvas"), "{said}");
        assert!(said.contains("load it again") && said.contains("another browser"), "there is no way forward: {said}");
        go(page, 4);
        page.wait_for_text("Your browser gives this page no canvas");
        saved_design(page);
        saved_picture(page);
        review(page);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        assert_eq!(site.received().len(), 1);
        page.assert_no_errors();
    });
}
