//! The page before the program, and what it says when the program does not come.
//!
//! Each scenario serves a copy of `dist` in which something is spoilt. A script that the copy puts first into the page notes when
//! the clinic's contact can be seen, by the page's own clock: a browser may hold a test back until a stalled file has come.

use crate::harness::{Engine, Fault, Host, Options, Proxy, Session, for_each_engine};
use crate::site::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

/// How soon the visitor has to be told, milliseconds after the page was asked for.
const TOLD_WITHIN_MS: f64 = 10_000.0;
/// Longer than the visitor may be left without a word, by the page's clock where that is hurried.
const STALL: Duration = Duration::from_secs(5);
/// Long enough to tell a picture that waits for a file from one that does not.
const SLOW: Duration = Duration::from_secs(4);

/// The clinic's configuration of these copies.
const CONFIG: &str =
    r#"{ "clinic": { "name": "Elm Street Clinic", "phone": "+44 20 7946 0018", "email": "hello@elm.example" } }"#;

/// Notes when the fallback with the clinic's contact, or what the sheet says by itself, can be seen first.
const NOTE: &str = r#"
    window.noted = {};
    const look = () => {
      const [fault] = ["fault", "slow"].map((id) => document.getElementById(id)).filter((said) => said?.offsetHeight > 0);
      const late = document.querySelector(".start-late");
      const seen = (name, element, isThere) => {
        if (!noted[name] && isThere) noted[name] = { at: performance.now(), text: element.innerText };
      };
      seen("fault", fault, fault && /\+44 20 7946 0018\s+hello@elm\.example/.test(fault.innerText));
      const style = late && getComputedStyle(late);
      seen("late", late, style?.animationName === "start-late" && style.visibility === "visible");
    };
    setInterval(look, 50);
"#;

/// Lets the page's clock and its timers run three times as fast.
const HURRY: &str = "const now = performance.now.bind(performance), later = window.setTimeout.bind(window);
    performance.now = () => 3 * now();
    window.setTimeout = (run, wait, ...more) => later(run, (wait ?? 0) / 3, ...more);";

/// A file of the copy: its media type and its bytes.
type Files = BTreeMap<String, (String, Vec<u8>)>;

/// A copy of the built program that a test may spoil before it is served.
struct Spoilt {
    files: Files,
    script: String,
}

impl Spoilt {
    fn new() -> Self {
        let entries = fs::read_dir(root().join("dist")).expect("the program is built");
        let file = |entry: fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let bytes = fs::read(entry.path()).ok()?;
            Some((name.clone(), (media_type(&name).to_owned(), bytes)))
        };
        let mut files: Files = entries.flatten().filter_map(file).collect();
        files.insert("hairline.config.json".to_owned(), ("application/json".to_owned(), CONFIG.into()));
        Self { files, script: NOTE.to_owned() }
    }

    /// The one file whose name begins and ends so.
    #[track_caller]
    fn file(&mut self, (begin, end): (&str, &str)) -> &mut (String, Vec<u8>) {
        let mut found = self.files.iter_mut().filter(|(name, _)| name.starts_with(begin) && name.ends_with(end));
        found.next().map(|(_, file)| file).unwrap_or_else(|| panic!("dist has no {begin}…{end}"))
    }

    /// A file that the server does not have.
    fn without(mut self, (begin, end): (&str, &str)) -> Self {
        let before = self.files.len();
        self.files.retain(|name, _| !(name.starts_with(begin) && name.ends_with(end)));
        assert!(self.files.len() < before, "dist has no {begin}…{end}");
        self
    }

    /// A file in whose place the server answers with a page, as servers do that send every address to one.
    fn page_for(mut self, which: (&str, &str)) -> Self {
        *self.file(which) = ("text/html; charset=utf-8".to_owned(), b"<!doctype html><title>Home</title>".to_vec());
        self
    }

    /// A file of which only a part is left.
    fn cut(mut self, which: (&str, &str)) -> Self {
        let (_, bytes) = self.file(which);
        bytes.truncate(bytes.len() / 2);
        self
    }

    /// A file with another media type.
    fn typed(mut self, which: (&str, &str), kind: &str) -> Self {
        kind.clone_into(&mut self.file(which).0);
        self
    }

    /// The module of another build, whose imports have other names than the glue gives them.
    fn stale_module(mut self) -> Self {
        const IMPORT: &[u8] = b"__wbg_";
        let (_, bytes) = self.file(MODULE);
        let at = bytes.windows(IMPORT.len()).position(|part| part == IMPORT).expect("the module has imports");
        bytes[at + IMPORT.len() - 1] = b'-';
        self
    }

    /// A browser in which this script ran before all others.
    fn after(mut self, script: &str) -> Self {
        self.script.push_str(script);
        self
    }

    fn serve(mut self) -> Host {
        let (_, page) = self.file(("index", ".html"));
        let text = String::from_utf8_lossy(page);
        assert!(text.contains("<title>"), "the page has no title: {text}");
        *page = text.replacen("<title>", "<script src=\"note.js\"></script><title>", 1).into_bytes();
        let host = Host::empty();
        host.file("/note.js", "text/javascript", self.script.as_bytes());
        for (name, (kind, bytes)) in &self.files {
            host.file(&format!("/{name}"), kind, bytes);
            if name == "index.html" {
                host.file("/", kind, bytes);
            }
        }
        host
    }
}

/// The program's files, by the beginnings and the ends of their names.
const MODULE: (&str, &str) = ("hairline-designer-", ".wasm");
const GLUE: (&str, &str) = ("hairline-designer-", ".js");
const STARTER: (&str, &str) = ("boot-", ".js");
const FALLBACK: (&str, &str) = ("fallback-", ".js");
/// The sheets that the page shows the program with.
const SHEETS: [(&str, &str); 5] =
    [("widgets-", ".css"), ("page-", ".css"), ("shell-", ".css"), ("stage-", ".css"), ("steps-", ".css")];

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

/// What was noted under a name: when, and what was said.
#[track_caller]
fn noted(page: &Session, name: &str) -> (f64, String) {
    page.wait_until(&format!("{name} is seen"), &format!("!!noted.{name}"));
    let noted = page.eval("return noted[arguments[0]]", &[name.into()]);
    let at = noted["at"].as_f64().unwrap_or(f64::INFINITY);
    (at, noted["text"].as_str().unwrap_or_default().to_owned())
}

/// Opens a copy and holds that its visitor is told in time, in this sentence.
#[track_caller]
fn is_told(page: &Session, what: &str, copy: Spoilt, sentence: &str) {
    let host = copy.serve();
    page.goto(&host.url("/"));
    let (at, text) = noted(page, "fault");
    println!("    {}: {what}: told after {at:.0} ms", page.engine());
    assert!(text.contains(sentence), "{what}: {text}");
    assert!(at < TOLD_WITHIN_MS, "{what}: told after {at} ms only");
    assert_eq!(is_shown(page, "#start"), sentence == SLOW_SENTENCE, "{what}: the page that waits");
    is_whole_page(page, what);
}

/// What is said is a page of its own: with one main part, and accessible as axe sees it.
#[track_caller]
fn is_whole_page(page: &Session, what: &str) {
    assert_eq!(
        page.eval("return document.querySelectorAll('main:not([hidden])').length", &[]),
        1,
        "{what}: main parts"
    );
    if page.engine() == Engine::Chromium {
        page.assert_accessible(what);
    }
}

#[track_caller]
fn is_shown(page: &Session, css: &str) -> bool {
    let shown = page.eval("return !!document.querySelector(arguments[0])?.offsetHeight", &[css.into()]);
    shown == Value::Bool(true)
}

const NOT_LOADED: &str = "The designer did not load";
const SLOW_SENTENCE: &str = "This takes longer than usual";
const TOO_OLD: &str = "This browser cannot run the designer";
const BROKE: &str = "Something went wrong";

const STANDS: &str = "!!document.querySelector('.page #stage-file')";

#[test]
fn n17_a_spoilt_module_is_told() {
    for_each_engine(&Options::default(), |page| {
        is_told(page, "no module", Spoilt::new().without(MODULE), NOT_LOADED);
        is_told(page, "half a module", Spoilt::new().cut(MODULE), NOT_LOADED);
        is_told(page, "a page for the module", Spoilt::new().page_for(MODULE), NOT_LOADED);
        is_told(page, "a module of another build", Spoilt::new().stale_module(), NOT_LOADED);
    });
}

#[test]
fn n17_spoilt_glue_is_told() {
    for_each_engine(&Options::default(), |page| {
        is_told(page, "no glue", Spoilt::new().without(GLUE), NOT_LOADED);
        is_told(page, "half of the glue", Spoilt::new().cut(GLUE), NOT_LOADED);
        is_told(page, "a page for the glue", Spoilt::new().page_for(GLUE), NOT_LOADED);
    });
}

#[test]
fn n17_a_missing_sheet_is_told() {
    for_each_engine(&Options::default(), |page| {
        for sheet in SHEETS {
            is_told(page, &format!("no sheet {}", sheet.0), Spoilt::new().without(sheet), NOT_LOADED);
        }
    });
}

#[test]
fn n17_a_missing_starter_is_told() {
    for_each_engine(&Options::default(), |page| {
        is_told(page, "no starter", Spoilt::new().after(HURRY).without(STARTER), SLOW_SENTENCE);
        is_told(page, "a page for the starter", Spoilt::new().after(HURRY).page_for(STARTER), SLOW_SENTENCE);
    });
}

#[test]
fn n18_a_browser_that_cannot_run_the_program_is_told_which_can() {
    const NO_WEBASSEMBLY: &str = "Object.defineProperty(window, 'WebAssembly', { value: undefined });";
    // As a browser from before these parts of WebAssembly, which knows no more than the first version.
    const NO_FEATURES: &str = "const refuse = () => Promise.reject(new WebAssembly.CompileError('invalid opcode'));
        Object.assign(WebAssembly, { validate: () => false, compile: refuse, instantiate: refuse, instantiateStreaming: refuse });";
    for_each_engine(&Options::default(), |page| {
        is_told(page, "no WebAssembly", Spoilt::new().after(NO_WEBASSEMBLY), TOO_OLD);
        is_told(page, "the first WebAssembly", Spoilt::new().after(NO_FEATURES), TOO_OLD);
        let named = page.eval("return noted.fault.text", &[]);
        for browser in ["Safari", "Chrome", "Firefox"] {
            assert!(named.as_str().is_some_and(|text| text.contains(browser)), "{browser}: {named}");
        }
        assert!(!is_shown(page, "#fault .reload-key"), "loading again would not help");
    });
}

#[test]
fn a_start_that_fails_is_told() {
    const THROWS: &str = "const fail = () => Promise.reject(new RangeError('no memory'));
        Object.assign(WebAssembly, { instantiate: fail, instantiateStreaming: fail });";
    // The program cannot put its first element into the page, and panics.
    const PANICS: &str = "Node.prototype.insertBefore = () => { throw new TypeError('spoilt'); };";
    for_each_engine(&Options::default(), |page| {
        is_told(page, "a start that throws", Spoilt::new().after(THROWS), NOT_LOADED);
        let host = Spoilt::new().after(PANICS).serve();
        page.goto(&host.url("/"));
        let (at, text) = noted(page, "fault");
        assert!(text.contains(NOT_LOADED) || text.contains(BROKE), "a start that panics: {text}");
        assert!(at < TOLD_WITHIN_MS, "a start that panics: told after {at} ms only");
        assert!(!is_shown(page, "#app"), "the broken program is still there");
        is_whole_page(page, "a start that panics");
    });
}

#[test]
fn a_stalled_download_is_told_and_taken_back_when_it_comes_after_all() {
    for_each_engine(&Options::default(), |page| {
        let host = Spoilt::new().after(HURRY).serve();
        let proxy = Proxy::before(host.address());
        proxy.always("GET", "/hairline-designer-", Fault::Delay(STALL));
        page.goto(&proxy.url("/"));
        let (at, text) = noted(page, "fault");
        assert!(text.contains(SLOW_SENTENCE), "{text}");
        assert!(at < TOLD_WITHIN_MS, "told after {at} ms only");
        page.wait_until("the program stands after all", STANDS);
        assert!(!is_shown(page, "#fault") && !is_shown(page, "#slow"), "the fallback is still there");
    });
}

#[test]
fn n18_without_any_script_the_sheet_tells() {
    for_each_engine(&Options::default(), |page| {
        let host = Spoilt::new().without(STARTER).without(FALLBACK).serve();
        page.goto(&host.url("/"));
        let (at, text) = noted(page, "late");
        assert!(text.contains("ask the clinic directly"), "{text}");
        assert!(at < TOLD_WITHIN_MS, "told after {at} ms only");
    });
}

#[test]
fn a_page_that_loads_says_nothing_of_faults() {
    for_each_engine(&Options::default(), |page| {
        // A server that knows no media type for modules: the program starts from its bytes.
        let host = Spoilt::new().typed(MODULE, "application/octet-stream").serve();
        page.goto(&host.url("/"));
        page.wait_until("the program stands", STANDS);
        assert_eq!(page.eval("return noted", &[]), serde_json::json!({}));
        assert!(["#fault", "#slow", "#start"].iter().all(|css| !is_shown(page, css)));
    });
}

#[test]
fn the_page_s_own_picture_waits_for_no_file_of_the_program() {
    // When the first of the program's sheets was there.
    const PICTURES: &str =
        "const sheets = performance.getEntriesByType('resource').filter((it) => /\\/(?!start-)[^/]*css$/.test(it.name));
        const [first] = performance.getEntriesByName('first-contentful-paint');
        return [first?.startTime, Math.min(...sheets.map((it) => it.responseEnd)), sheets.length];";
    for_each_engine(&Options::default(), |page| {
        let host = Spoilt::new().serve();
        let proxy = Proxy::before(host.address());
        let of_program = ["hairline-designer-", "boot-", "fallback-"];
        for name in SHEETS.map(|(name, _)| name).iter().chain(&of_program) {
            proxy.always("GET", &format!("/{name}"), Fault::Delay(SLOW));
        }
        page.goto(&proxy.url("/"));
        page.wait_until("the program stands", STANDS);
        let times = page.eval(PICTURES, &[]);
        let (first, sheet) = (times[0].as_f64(), times[1].as_f64());
        let (Some(first), Some(sheet)) = (first, sheet) else { panic!("the browser did not measure: {times}") };
        assert_eq!(times[2], SHEETS.len(), "the program's sheets: {times}");
        assert!(
            first < sheet,
            "the first picture came after {first:.0} ms, the program's first sheet after {sheet:.0} ms"
        );
    });
}
