//! Opening photos again and again, to count what an engine does only now and then.
//!
//! No part of a test run: it measures, and is asked for by its name. Say the engine, or it goes through all of them:
//!
//! ```sh
//! OPENINGS=100 E2E_ENGINES=webkit cargo test --test e2e openings -- --ignored --nocapture
//! ```
//!
//! | variable | what | without it |
//! | --- | --- | --- |
//! | `OPENINGS` | how often a photo is opened in each engine | 20 |
//! | `OPENINGS_OF` | what is opened in turn: `small`, `large` (12 megapixels), `sample` (the sample head) | `small,large` |
//! | `OPENINGS_BUSY` | loops that keep a processor busy beside it | 0 |
//!
//! Each time the page is loaded anew, the photo is chosen, and the picture is waited for. The last line is a row of a table.
//!
//! `reloads` loads a page with a kept design anew as often, and counts the times when not exactly its dots came back. Say
//! `JSC_useConcurrentJIT=1` to see WebKit compile while the program runs, as it does for visitors.

use crate::faults::kept_design;
use crate::harness::engines::skip;
use crate::harness::{Engine, Options, Session};
use crate::site::{Site, shared};
use crate::visitor::{arrive, described, fill_behind_line, go, press};
use serde_json::Value;
use std::collections::BTreeMap;
use std::env;
use std::fmt;
use std::hint;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How long the page may take to stand, and then the photo to open.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long it is given after that, to tell what is slow from what never comes.
const LONG_TIMEOUT: Duration = Duration::from_secs(90);
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Openings in one browser, before the next one begins with a fresh profile: as many as the longest scenarios do.
const IN_ONE_BROWSER: usize = 50;

/// How many openings are counted before the count is printed, for whoever watches.
const BETWEEN_REPORTS: usize = 10;

/// The program stands, and has a worker. A worker that it takes later is counted: the first one has been lost.
const STANDS: &str = "
    if (!document.querySelector('.page[data-worker=ready] #stage-file')) return false;
    window.workersTaken = 0;
    window.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        window.workersTaken += 1;
      }
    };
    return true;";

/// The picture is painted, or a sentence says why there is none.
const OUTCOME: &str = "
    const fault = document.querySelector('#notice .fault-notice p')?.textContent;
    if (fault) return fault;
    if (!document.querySelector('#fault')?.hidden) return 'the program broke';
    const stage = document.querySelector('.picture');
    if (!document.querySelector('.stage-keys') || !stage?.width) return null;
    const middle = stage.getContext('2d').getImageData(stage.width / 2, stage.height / 2, 1, 1).data;
    return middle[3] === 255 ? 'opened' : null;";

/// The bytes of the program's memory in the page, through the module that the page has loaded already.
const MEMORY: &str = "
    const done = arguments[arguments.length - 1];
    const glue = document.querySelector('link[rel=modulepreload]')?.href;
    import(glue).then((program) => program.default()).then((wasm) => done(wasm.memory.buffer.byteLength), () => done(0));";

/// What is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// A photo of a quarter of a megapixel.
    Small,
    /// A photo of 12 megapixels.
    Large,
    /// The program's own sample head.
    Sample,
}

impl Subject {
    const ALL: [(&str, Self); 3] = [("small", Self::Small), ("large", Self::Large), ("sample", Self::Sample)];

    fn file(self) -> Option<PathBuf> {
        match self {
            Self::Small => shared("photos/gpo-bald-nw6-fringe-light.jpg"),
            Self::Large => shared("photos/phone-like-12mp-orient6-gps.jpg"),
            Self::Sample => None,
        }
    }
}

/// What became of an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// The picture is there.
    Opened,
    /// "Out of bounds memory access", or another trap of the program.
    Trapped,
    /// The allocator found what it keeps beside its pieces overwritten.
    Overwritten,
    /// The program panicked otherwise.
    Panicked,
    /// The browser's process for the page died, or answers no more.
    Fell,
    /// The page said that there is not enough memory.
    NoMemory,
    /// The page said something else instead of opening the photo.
    Refused,
    /// The picture came, but not in time.
    Late,
    /// Nothing was said and nothing was seen.
    Silent,
}

impl Outcome {
    /// What an opening that did not succeed was, by what the page said and what its console heard.
    fn of(said: &str, heard: &str) -> Self {
        let all = format!("{said}\n{heard}");
        let is_heard = |signs: &[&str]| signs.iter().any(|sign| all.contains(sign));
        if is_heard(&["dlmalloc"]) {
            Self::Overwritten
        } else if is_heard(&["Out of bounds memory access", "out of bounds", "RuntimeError"]) {
            Self::Trapped
        } else if is_heard(&["panicked at", "the program broke"]) {
            Self::Panicked
        } else if is_heard(&["not enough memory"]) {
            Self::NoMemory
        } else if said.is_empty() {
            Self::Silent
        } else {
            Self::Refused
        }
    }
}

/// What was counted in an engine.
#[derive(Debug, Default)]
struct Tally {
    outcomes: BTreeMap<Outcome, usize>,
    /// Openings during which the page took another worker in the place of one that fell silent.
    replaced: usize,
    opened_ms: Vec<u128>,
    largest_memory: u64,
}

impl Tally {
    fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    fn openings(&self) -> usize {
        self.outcomes.values().sum()
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut times = self.opened_ms.clone();
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        let slowest = times.last().copied().unwrap_or_default();
        write!(f, "| {} | {} ", self.openings(), self.count(Outcome::Opened))?;
        for outcome in [
            Outcome::Trapped,
            Outcome::Overwritten,
            Outcome::Panicked,
            Outcome::Fell,
            Outcome::NoMemory,
            Outcome::Refused,
            Outcome::Late,
            Outcome::Silent,
        ] {
            write!(f, "| {} ", self.count(outcome))?;
        }
        let megabytes = self.largest_memory.div_ceil(1_000_000);
        write!(f, "| {} | {median} | {slowest} | {megabytes} |", self.replaced)
    }
}

/// Loops that keep processors busy until they are dropped.
struct Busy(Arc<AtomicBool>);

impl Busy {
    fn start(loops: usize) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        for _each in 0..loops {
            let is_over = is_over.clone();
            thread::spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    hint::spin_loop();
                }
            });
        }
        Self(is_over)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn number_from(variable: &str, otherwise: usize) -> usize {
    env::var(variable).ok().map_or(otherwise, |value| value.parse().unwrap_or_else(|_| panic!("{variable}: {value}")))
}

fn subjects() -> Vec<Subject> {
    let named = env::var("OPENINGS_OF").unwrap_or_else(|_| "small,large".to_owned());
    let subject = |name: &str| Subject::ALL.into_iter().find(|(each, _)| *each == name).map(|(_, subject)| subject);
    named.split(',').map(|name| subject(name).unwrap_or_else(|| panic!("OPENINGS_OF: {name}"))).collect()
}

/// Asks the page until it answers something; empty when it does not in time.
fn ask(page: &Session, script: &str, timeout: Duration) -> String {
    let deadline = Instant::now() + timeout;
    loop {
        match page.eval(script, &[]) {
            Value::String(said) => return said,
            Value::Bool(true) => return "true".to_owned(),
            _ if Instant::now() > deadline => return String::new(),
            _ => thread::sleep(BETWEEN_LOOKS),
        }
    }
}

/// Loads the page anew, chooses the photo and waits; says what the page said, and whether that was in time.
fn open_once(page: &Session, site: &Site, subject: Subject) -> (String, bool) {
    page.goto(&site.url());
    let mut is_late = false;
    let mut wait = |script| {
        let said = ask(page, script, TIMEOUT);
        if !said.is_empty() {
            return said;
        }
        is_late = true;
        ask(page, script, LONG_TIMEOUT)
    };
    if wait(STANDS).is_empty() {
        return (String::new(), is_late);
    }
    match subject.file() {
        Some(file) => page.find_css("#stage-file").upload(&[&file]),
        None => page.find_css(".welcome .link-button").click(),
    }
    (wait(OUTCOME), is_late)
}

/// The browser answers, and the page with it.
fn answers(page: &Session) -> bool {
    catch_unwind(AssertUnwindSafe(|| page.eval("return 1", &[]))).is_ok()
}

/// Opens a photo, adds what became of it, and says whether the browser can go on.
fn measure(page: &Session, site: &Site, subject: Subject, tally: &mut Tally) -> bool {
    let began = Instant::now();
    let said = catch_unwind(AssertUnwindSafe(|| open_once(page, site, subject)));
    let took = began.elapsed().as_millis();
    let is_alive = answers(page);
    let heard = catch_unwind(AssertUnwindSafe(|| {
        let errors = page.errors();
        page.forget_errors();
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }));
    let ((said, is_late), heard) = (said.unwrap_or_default(), heard.unwrap_or_default());
    let outcome = match said.as_str() {
        _ if !is_alive => Outcome::Fell,
        "opened" if is_late => Outcome::Late,
        "opened" => Outcome::Opened,
        said => Outcome::of(said, &heard),
    };
    let taken = catch_unwind(AssertUnwindSafe(|| page.eval("return window.workersTaken ?? 0", &[]).as_u64()));
    let taken = taken.ok().flatten().unwrap_or_default();
    tally.replaced += usize::from(taken > 0);
    *tally.outcomes.entry(outcome).or_default() += 1;
    if outcome == Outcome::Opened {
        tally.opened_ms.push(took);
        let memory = catch_unwind(AssertUnwindSafe(|| page.eval_async(MEMORY, &[]).as_u64()));
        tally.largest_memory = tally.largest_memory.max(memory.ok().flatten().unwrap_or_default());
    }
    if outcome != Outcome::Opened || !heard.is_empty() || taken > 0 {
        println!("    {} {subject:?}: {outcome:?}, {took} ms, {taken} more workers: {said} {heard}", tally.openings());
    }
    is_alive
}

fn openings_in(engine: Engine, subjects: &[Subject], wanted: usize) -> Tally {
    let mut tally = Tally::default();
    while tally.openings() < wanted {
        let page = Session::open(engine, &Options::default());
        for _each in 0..IN_ONE_BROWSER.min(wanted - tally.openings()) {
            let subject = subjects[tally.openings() % subjects.len()];
            let site = Site::start();
            let goes_on = measure(&page, &site, subject, &mut tally);
            if tally.openings().is_multiple_of(BETWEEN_REPORTS) {
                println!("    {engine}: {tally}");
            }
            if !goes_on {
                break;
            }
        }
    }
    tally
}

#[test]
#[ignore = "measures for many minutes, and is asked for by its name"]
fn openings() {
    let (wanted, subjects) = (number_from("OPENINGS", 20), subjects());
    if subjects.iter().any(|subject| *subject != Subject::Sample && subject.file().is_none()) {
        return skip("there is no ../shared/photos to open");
    }
    let busy = number_from("OPENINGS_BUSY", 0);
    let _loops = Busy::start(busy);
    for engine in Engine::installed() {
        let tally = openings_in(engine, &subjects, wanted);
        println!(
            "| engine | of | busy loops | openings | opened | trapped | overwritten | panicked | fell | no memory \
             | refused | late | silent | workers replaced | median ms | slowest ms | memory MB |"
        );
        println!("| {engine} | {subjects:?} | {busy} {tally}");
    }
}

#[test]
fn an_opening_is_told_by_what_was_said_and_heard() {
    let cases = [
        ("", "", Outcome::Silent),
        ("There is not enough memory for this photo.", "", Outcome::NoMemory),
        ("This file is incomplete.", "", Outcome::Refused),
        ("", "Uncaught: rejected: RuntimeError: Out of bounds memory access", Outcome::Trapped),
        (
            "the program broke",
            "Console: panicked at crates/dlmalloc-0.2.11/src/dlmalloc.rs:1201:9",
            Outcome::Overwritten,
        ),
        ("the program broke", "Console: panicked at src/app/mod.rs:1:1", Outcome::Panicked),
    ];
    for (said, heard, expected) in cases {
        assert_eq!(Outcome::of(said, heard), expected, "{said:?}, {heard:?}");
    }
}

/// Loads the page anew, goes on with the draft, and says what is seen of it.
fn reload_once(page: &Session) -> String {
    page.eval("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), { capture: true })", &[]);
    page.eval("location.reload()", &[]);
    page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
    press(page, "Go on");
    const SEEN: &str = "
        const seen = document.querySelector('.stage-frame p[role=status]')?.textContent;
        return document.querySelector('#fault')?.hidden === false ? 'the program broke' : /About/.test(seen) && seen;";
    ask(page, SEEN, TIMEOUT)
}

#[test]
#[ignore = "measures for many minutes, and is asked for by its name"]
fn reloads() {
    let wanted = number_from("OPENINGS", 20);
    let _loops = Busy::start(number_from("OPENINGS_BUSY", 0));
    for engine in Engine::installed() {
        let (mut done, mut wrong) = (0, 0);
        while done < wanted {
            let (page, site) = (Session::open(engine, &Options::default()), Site::start());
            kept_design(&page, &site);
            let said = described(&page);
            for _each in 0..IN_ONE_BROWSER.min(wanted - done) {
                let seen = reload_once(&page);
                done += 1;
                if seen != said {
                    wrong += 1;
                    println!("    {engine}, reload {done}: {seen:?} {:?}", page.errors());
                    break;
                }
            }
        }
        println!("| {engine} | {done} reloads | {wrong} not exactly the same |");
    }
}

/// How large the program's memory is after each step of ordinary work, for whoever chooses how much it begins with.
#[test]
#[ignore = "measures, and is asked for by its name"]
fn memory_in_ordinary_work() {
    let (Some(photo), Some(small)) = (Subject::Large.file(), Subject::Small.file()) else {
        return skip("there is no ../shared/photos to open");
    };
    for engine in Engine::installed() {
        let (page, site) = (Session::open(engine, &Options::default()), Site::start());
        let say = |step: &str| println!("| {engine} | {step} | {} |", megabytes(&page));
        println!("| engine | after | memory MB |");
        arrive(&page, &site.url());
        say("the start");
        page.find_css("#stage-file").upload(&[&photo]);
        page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
        say("a photo of 12 megapixels");
        fill_behind_line(&page);
        say("a line and a band of dots");
        go(&page, 5);
        for kind in ["JPEG", "PNG"] {
            page.find("radio", kind).click();
            press(&page, "Save the picture");
            page.wait_download();
            say(&format!("the picture as {kind}"));
        }
        for side in 1..=4 {
            go(&page, 0);
            page.find_css(&format!(".sides li:nth-child({}) button", side + 1)).click();
            page.find_css("#stage-file").upload(&[if side == 1 { &photo } else { &small }]);
            page.wait_until("the side is open", "!!document.querySelector('.stage-keys')");
            say(&format!("side {}", side + 1));
        }
    }
}

/// The program's memory in the page.
fn megabytes(page: &Session) -> String {
    format!("{:.1}", page.eval_async(MEMORY, &[]).as_f64().unwrap_or_default() / 1e6)
}
