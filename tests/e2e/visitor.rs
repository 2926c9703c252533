//! What a visitor does, in the words of the page.

use crate::harness::{Point, Session};
use crate::site::shared;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long the page may take to keep a draft.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What opening the sample head asks for: its picture, which lies beside the program, and nothing else.
pub(crate) const SAMPLE_ASKED: &str = "GET /assets/sample/sample-head-1.webp";

/// A photo to design on, with the places of the pupils in it.
pub(crate) struct Portrait {
    pub(crate) file: PathBuf,
    pub(crate) size: (f64, f64),
    pub(crate) pupils: [(f64, f64); 2],
}

/// The scanned head, where the folder of real pictures is there.
pub(crate) fn scan_front() -> Option<Portrait> {
    let file = shared("photos/scan-front.jpg")?;
    Some(Portrait { file, size: (1600.0, 2000.0), pupils: [(575.0, 748.0), (958.0, 748.0)] })
}

/// Opens the program and waits until it stands.
#[track_caller]
pub(crate) fn arrive(page: &Session, url: &str) {
    page.goto(url);
    page.wait_until("the program stands", "!!document.querySelector('.page[data-worker] #stage-file')");
}

/// Opens the portrait, or the sample head where there is none.
#[track_caller]
pub(crate) fn open_photo(page: &Session, portrait: Option<&Portrait>) {
    match portrait {
        Some(portrait) => page.find_css("#stage-file").upload(&[&portrait.file]),
        None => page.find_css(".welcome .link-button").click(),
    }
    page.wait_until("the photo is open", "!!document.querySelector('.stage-keys')");
}

/// Goes to a step by the bar.
#[track_caller]
pub(crate) fn go(page: &Session, step: usize) {
    let is_current = format!("document.querySelectorAll('.step')[{step}].classList.contains('current')");
    let is_there_already = page.eval(&format!("return {is_current}"), &[]) == json!(true);
    page.find_css(&format!(".step:nth-child({}) button", step + 1)).click();
    page.wait_until("the step is current", &is_current);
    if !is_there_already {
        // Whatever is typed before that goes astray when the focus comes.
        page.wait_until("the panel's heading has the focus", "document.activeElement?.id === 'panel-title'");
    }
}

/// Where a point of a fitted photo is in the viewport.
#[track_caller]
pub(crate) fn on_stage(page: &Session, size: (f64, f64), at: (f64, f64)) -> Point {
    const MARGIN: f64 = 12.0;
    let stage = page.find_css("#stage").rect();
    let zoom = ((stage.width - 2.0 * MARGIN) / size.0).min((stage.height - 2.0 * MARGIN) / size.1);
    let left = stage.x + (stage.width - size.0 * zoom) / 2.0;
    let top = stage.y + (stage.height - size.1 * zoom) / 2.0;
    Point::new(left + at.0 * zoom, top + at.1 * zoom)
}

/// Marks the pupils by two clicks or taps. The sample head has its marks.
#[track_caller]
pub(crate) fn mark_pupils(page: &Session, portrait: Option<&Portrait>) {
    for pupil in portrait.into_iter().flat_map(|portrait| portrait.pupils.map(|at| on_stage(page, portrait.size, at))) {
        if page.is_phone() { page.tap(pupil) } else { page.mouse_click(pupil) }
    }
    page.wait_for_text("pixels per mm");
}

/// The middles of all handles of a form, in the viewport.
#[track_caller]
pub(crate) fn handles(page: &Session, form: &str) -> Vec<Point> {
    page.all_css(&format!(".grip.{form}")).iter().map(|handle| handle.middle()).collect()
}

/// What the page says of the picture: size, handles, dots.
#[track_caller]
pub(crate) fn described(page: &Session) -> String {
    text_of(page, ".stage-frame p[role=status]")
}

/// The number of dots that the page says.
#[track_caller]
pub(crate) fn dots(page: &Session) -> String {
    let said = described(page);
    said.split("About ").nth(1).unwrap_or("no").to_owned()
}

/// Waits until the page says that there are dots.
#[track_caller]
pub(crate) fn wait_for_dots(page: &Session) {
    page.wait_until(
        "there are dots",
        "/About/.test(document.querySelector('.stage-frame p[role=status]').textContent)",
    );
}

/// Fills the form so that it can be reviewed.
#[track_caller]
pub(crate) fn fill_form(page: &Session) {
    page.find_css("#field-name").type_text("Ada Lovelace");
    page.find_css("#field-email").type_text("ada@example.org");
    page.find_css("#field-message").type_text("When could I come? <b>Thanks</b>");
    for consent in ["#field-to-clinic", "#field-adult"] {
        assert!(!page.find_css(consent).is_selected(), "{consent} is ticked before the visitor ticks it");
        page.find_css(consent).click();
    }
}

/// Clicks a button of that name.
#[track_caller]
pub(crate) fn press(page: &Session, name: &str) {
    page.find("button", name).click();
}

/// Clicks a button as long as it can be clicked, and says how often that was.
#[track_caller]
pub(crate) fn press_to_the_end(page: &Session, name: &str) -> usize {
    let mut times = 0;
    while page.find("button", name).is_enabled() {
        page.find("button", name).click();
        times += 1;
        assert!(times < 400, "{name} never ends");
    }
    times
}

/// The text of an element, also where it is hidden from eyes.
#[track_caller]
pub(crate) fn text_of(page: &Session, css: &str) -> String {
    page.eval("return document.querySelector(arguments[0]).textContent", &[json!(css)])
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The sample head with a proposed line and the area behind it filled.
#[track_caller]
pub(crate) fn design_on_sample(page: &Session, url: &str) {
    arrive(page, url);
    open_photo(page, None);
    fill_behind_line(page);
}

/// A proposed line on the open photo, and the area behind it filled.
#[track_caller]
pub(crate) fn fill_behind_line(page: &Session) {
    go(page, 2);
    press(page, "Natural arch");
    go(page, 3);
    press(page, "A band behind the line");
    wait_for_dots(page);
}

/// The design as the page saves it.
#[track_caller]
pub(crate) fn saved_design(page: &Session) -> Value {
    go(page, 5);
    press(page, "Save the design");
    let file = page.wait_download();
    assert_eq!(file.name, "hairline-design.json");
    serde_json::from_slice(&file.bytes).expect("a design is JSON")
}

/// Saves the picture with the design as PNG, and returns its bytes.
#[track_caller]
pub(crate) fn saved_picture(page: &Session) -> Vec<u8> {
    press(page, "Save the picture");
    let file = page.wait_download();
    assert_eq!(file.name, "hairline-after.png");
    assert!(file.bytes.starts_with(b"\x89PNG"), "not a PNG");
    file.bytes
}

/// Breaks the program by nodes that vanish under its hands, and waits until it says so.
#[track_caller]
pub(crate) fn break_program(page: &Session) {
    page.eval(
        "for (const node of document.querySelectorAll('.panel > *, .stage-frame > *')) node.remove();
         document.querySelector('.step:nth-child(5) button').click();",
        &[],
    );
    page.wait_for_text("Something went wrong");
}

/// Goes on with the draft that is offered, which is exactly that design.
#[track_caller]
pub(crate) fn goes_on_with(page: &Session, design: &Value, said: &str) {
    page.wait_until("the draft is offered", "!!document.querySelector('dialog[open]')");
    press(page, "Go on");
    is_back(page, design, said);
}

/// Exactly that design is on the stage again.
#[track_caller]
pub(crate) fn is_back(page: &Session, design: &Value, said: &str) {
    wait_for_dots(page);
    assert_eq!(described(page), said);
    assert_eq!(saved_design(page), *design, "what came back is not what was drawn");
}

/// Lets the page's timers run so many times as fast: what takes a minute is seen in seconds. What the page measures by the
/// clock itself, and the network, stay as they are.
pub(crate) fn hurry(page: &Session, times: u32) {
    page.eval(
        "const later = window.setTimeout.bind(window), times = arguments[0];
         window.setTimeout = (run, wait, ...more) => later(run, (wait ?? 0) / times, ...more);",
        &[json!(times)],
    );
}

/// Waits until the draft on the device holds exactly this design.
#[track_caller]
pub(crate) fn wait_for_draft(page: &Session, design: &Value) {
    wait_for_draft_at(page, "current", design);
}

/// Waits until the draft of that key holds exactly this design: each of several programs on a page has its own.
#[track_caller]
pub(crate) fn wait_for_draft_at(page: &Session, key: &str, design: &Value) {
    let is_kept = || {
        let kept = page.eval_async(DRAFT, &[json!(key)]);
        kept.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok()).as_ref() == Some(design)
    };
    let deadline = Instant::now() + TIMEOUT;
    while !is_kept() {
        assert!(Instant::now() < deadline, "{}: the draft is not what was drawn", page.engine());
    }
}

/// The text of the design of a key in the browser's database, or null. The database is not made by looking for it.
const DRAFT: &str = "const [key, done] = arguments, open = indexedDB.open('hairline-designer');
    open.onupgradeneeded = () => open.transaction.abort();
    open.onerror = () => done(null);
    open.onsuccess = () => {
      const db = open.result, finish = (found) => { db.close(); done(found); };
      if (!db.objectStoreNames.contains('drafts')) return finish(null);
      const get = db.transaction('drafts').objectStore('drafts').get(key);
      get.onsuccess = () => finish(get.result?.design ?? null);
      get.onerror = () => finish(null);
    };";

/// Everything that the browser keeps for the page: each record of each database by its place, keys of the other stores,
/// and cookies.
#[track_caller]
pub(crate) fn stored(page: &Session) -> Vec<String> {
    const LIST: &str = "const done = arguments[0];
        const settled = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = no; });
        const records = async ({ name, version }) => {
          const db = await settled(indexedDB.open(name, version)), found = [];
          for (const store of db.objectStoreNames)
            for (const key of await settled(db.transaction(store).objectStore(store).getAllKeys())) found.push(`${name}/${store}/${key}`);
          db.close();
          return found;
        };
        (async () => [
          ...(await Promise.all((await indexedDB.databases()).map(records))).flat(),
          ...(await caches.keys()), ...Object.keys(localStorage), ...Object.keys(sessionStorage),
          ...document.cookie.split(';').filter(Boolean),
        ])().then(done, (error) => done([`unknown: ${error}`]));";
    let found = page.eval_async(LIST, &[]);
    let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
    found.iter().map(|place| place.as_str().unwrap_or("?").to_owned()).collect()
}

/// A form filled, reviewed and ready to be sent.
#[track_caller]
pub(crate) fn review(page: &Session) {
    page.eval("window.formBegun = performance.now()", &[]);
    fill_form(page);
    press(page, "Review before sending");
    page.wait_until("the review is there", "!!document.querySelector('#send')");
    // What is sent faster than a person can fill in a form waits for a moment: here that moment is over.
    page.wait_until("a person may have filled it in", "performance.now() - formBegun > 2200");
}
