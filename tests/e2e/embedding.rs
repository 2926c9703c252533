//! The program in a clinic's page on another origin.

use crate::harness::http::Message;
use crate::harness::session::Element;
use crate::harness::{Fault, Host, Options, Session, for_each_engine};
use crate::site::{Site, root};
use crate::visitor::{
    described, fill_behind_line, go, mark_pupils, open_photo, press, review, saved_design, saved_picture, scan_front,
};
use serde_json::{Value, json};
use std::fs;

fn host_page(program: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><title>A clinic</title>
         <style>* {{ text-transform: uppercase; box-sizing: content-box }} html {{ font-size: 6px }}</style>
         <h1>Our clinic</h1>
         <script type=module src=\"{program}embed.js\"></script>
         <hairline-designer></hairline-designer>
         <p>Below the designer</p>
         <script>
           window.told = []; window.heard = [];
           addEventListener('message', (event) => heard.push({{ origin: event.origin, data: event.data }}));
           const element = document.querySelector('hairline-designer');
           for (const name of ['ready', 'request-sending', 'request-sent', 'request-failed'])
             element.addEventListener(name, (event) => told.push([name, event.detail]));
         </script>"
    )
}

#[test]
fn a_clinic_s_page_frames_the_program_and_hears_only_what_it_may() {
    let portrait = scan_front();
    for_each_engine(&Options { viewport: (1280, 900), ..Options::default() }, |page| {
        let (_host, site) = clinic(page);
        assert!(
            !site.asked().iter().any(|asked| asked.contains(".wasm")),
            "the program was loaded before it was wanted"
        );
        page.find_css("hairline-designer").find_in_shadow("button").click();
        page.wait_until("the host hears ready", "told.some(([name]) => name === 'ready')");

        let frame = page.find_css("hairline-designer").find_in_shadow("iframe");
        page.enter_frame(&frame);
        page.wait_until("the program stands", "!!document.querySelector('#stage-file')");
        open_photo(page, portrait.as_ref());
        go(page, 1);
        mark_pupils(page, portrait.as_ref());
        fill_behind_line(page);
        go(page, 5);
        press(page, "Save the picture");
        assert!(page.wait_download().bytes.starts_with(b"\x89PNG"), "no PNG out of the frame");
        press(page, "Save the design");
        assert_eq!(page.wait_download().name, "hairline-design.json");
        review(page);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        page.leave_frame();

        page.wait_until("the host hears that it was sent", "told.some(([name]) => name === 'request-sent')");
        let stored = site.received();
        assert_eq!(stored.len(), 1);
        let told = page.eval("return told.find(([name]) => name === 'request-sent')[1].id", &[]);
        assert_eq!(told.as_str(), stored[0].file_name().and_then(|name| name.to_str()));
        let names = page.eval("return told.map(([name]) => name)", &[]);
        assert_eq!(names, json!(["ready", "request-sending", "request-sent"]));
        let heard = page.eval("return JSON.stringify(heard)", &[]).as_str().unwrap_or_default().to_owned();
        for personal in ["Ada", "Lovelace", "example.org", "fnv1a64", "handles"] {
            assert!(!heard.contains(personal), "the host heard {personal}: {heard}");
        }
        let height = page.eval("return document.querySelector('hairline-designer').shadowRoot.querySelector('iframe').getBoundingClientRect().height", &[]);
        assert!(height.as_f64().is_some_and(|height| (420.0..=4000.0).contains(&height)), "{height}");
        page.screenshot("embedded");
    });
}

/// A clinic's page with the element, and the site of the program that it may frame.
fn clinic(page: &Session) -> (Host, Site) {
    let host = Host::empty();
    let origin = host.url("").trim_end_matches('/').to_owned();
    let site = Site::configured(|config| config["frame_origins"] = json!([origin]));
    host.page("/", &host_page(&site.url()));
    page.goto(&host.url("/"));
    wait_for_poster(page);
    (host, site)
}

#[track_caller]
fn wait_for_poster(page: &Session) {
    page.wait_until(
        "the element is there",
        "!!document.querySelector('hairline-designer')?.shadowRoot?.querySelector('button')",
    );
}

/// Opens the program by the poster's button, and returns its frame.
#[track_caller]
fn opened(page: &Session) -> Element<'_> {
    page.find_css("hairline-designer").find_in_shadow("button").click();
    let frame = page.find_css("hairline-designer").find_in_shadow("iframe");
    page.enter_frame(&frame);
    page.wait_until("the program stands", "!!document.querySelector('.page[data-worker] #stage-file')");
    page.leave_frame();
    frame
}

/// A function of the instance that makes forged messages: `good` are such as the program sends, `bad` no program sends.
const FORGED: &str = "const forged = (instance) => {
    const good = { source: 'hairline-designer', version: 1, instance, type: 'request-sent', id: 'AAAA-BBBB-CCCC' };
    const height = { ...good, type: 'height', height: 3000 }, long = 'x'.repeat(10_000_000);
    return {
      good: [good, { ...good, type: 'ready' }, height, { ...good, type: 'open' }, { ...good, type: 'delete' }],
      bad: [null, 7, 'x', [], {}, long, { ...good, source: 'other' }, { ...good, version: 2 }, { ...good, version: '1' },
        { ...good, instance: 'd1' }, { ...good, instance: undefined }, { ...good, instance: long }, { ...good, type: 'open' },
        { ...good, type: undefined }, { ...good, id: undefined }, { ...good, id: null }, { ...good, id: ['AAAA-BBBB-CCCC'] },
        { ...good, id: 'AAAA' }, { ...good, id: 'A'.repeat(65) }, { ...good, id: '<b>AAAAAAAA</b>' }, { ...good, id: long },
        { ...height, height: '3000' }, { ...height, height: NaN }, { ...height, height: Infinity }, { ...height, height: [3000] },
        { ...height, instance: 'd1' }, { ...height, version: 2 }],
      storm: Array(5000).fill(good),
    };
  };";

/// A page of the program's own origin that is not the program, inside the clinic's page.
const STRANGER: &str = "<!doctype html><script>
    window.heard = []; addEventListener('message', (event) => heard.push(event.data));</script>";

/// The name by which the element knows its program.
fn instance(page: &Session) -> Value {
    page.eval(
        "const frame = document.querySelector('hairline-designer').shadowRoot.querySelector('iframe');
         return new URLSearchParams(new URL(frame.src).hash.slice(1)).get('instance');",
        &[],
    )
}

/// What the element told the page, how high its frame is, and how many messages other than of its height came from the program.
fn element_state(page: &Session) -> Value {
    page.eval(
        "const frame = document.querySelector('hairline-designer').shadowRoot.querySelector('iframe');
         const from = heard.filter(({ origin, data }) => origin !== location.origin && data?.type !== 'height');
         return [told, frame.style.height, from.length];",
        &[],
    )
}

/// Sends messages to the clinic's page from where the session is, and waits until the page has them all.
#[track_caller]
fn forge_to_page(page: &Session, instance: &Value, kinds: &[&str]) {
    const SEND: &str =
        "const [name, kinds] = arguments, all = forged(name), messages = kinds.flatMap((kind) => all[kind]);
        for (const message of messages) top.postMessage(message, '*');
        top.postMessage('the last one', '*');";
    page.eval(&format!("{FORGED}{SEND}"), &[instance.clone(), json!(kinds)]);
}

/// Waits until the clinic's page has every message that was forged, and forgets what it heard.
#[track_caller]
fn wait_for_forged(page: &Session) {
    page.wait_until("the forged messages came", "heard.some(({ data }) => data === 'the last one')");
    page.eval("heard.length = 0", &[]);
}

#[test]
fn forged_messages_to_the_element_are_ignored() {
    for_each_engine(&Options { viewport: (1280, 900), ..Options::default() }, |page| {
        let (_host, site) = clinic(page);
        site.proxy.always(
            "GET",
            "/stranger.html",
            Fault::Reply(Message::answer(200, "text/html", STRANGER.as_bytes())),
        );
        let frame = opened(page);
        page.wait_until("the host hears ready", "told.some(([name]) => name === 'ready')");
        page.eval(
            "const stranger = document.createElement('iframe'); stranger.id = 'stranger'; stranger.src = arguments[0];
             document.body.append(stranger); document.querySelector('p').after(stranger);",
            &[json!(site.proxy.url("/stranger.html"))],
        );
        page.enter_frame(&frame);
        page.eval("window.came = []; addEventListener('message', (event) => came.push(event.data))", &[]);
        page.leave_frame();
        let (name, before) = (instance(page), element_state(page));
        assert_eq!((before[0].clone(), before[2].clone()), (json!([["ready", null]]), json!(1)));

        // The page itself has another origin, the stranger another window, and what the program's own window sends is wrong.
        page.eval("heard.length = 0", &[]);
        forge_to_page(page, &name, &["good", "bad", "storm"]);
        wait_for_forged(page);
        let stranger = page.find_css("#stranger");
        page.enter_frame(&stranger);
        page.wait_until("the stranger is there", "Array.isArray(window.heard)");
        forge_to_page(page, &name, &["good", "bad", "storm"]);
        assert_eq!(page.eval("return heard.length", &[]), 0, "the stranger got an answer");
        page.leave_frame();
        wait_for_forged(page);
        page.enter_frame(&frame);
        forge_to_page(page, &name, &["bad"]);
        page.leave_frame();
        wait_for_forged(page);
        page.enter_frame(&frame);
        assert_eq!(page.eval("return came.length", &[]), 0, "the element answered");
        page.leave_frame();
        let after = element_state(page);
        assert_eq!(after[0], before[0], "a forged message was believed");
        // The program's own height may come meanwhile, so what counts is that the forged one did not.
        assert_ne!(after[1], "3000px", "a forged height was believed");

        // The same message from the right window with the right names is believed: the others were not lost on their way.
        page.enter_frame(&frame);
        forge_to_page(page, &name, &["good"]);
        page.leave_frame();
        wait_for_forged(page);
        let told = element_state(page);
        assert_eq!(told[0][1], json!(["request-sent", { "id": "AAAA-BBBB-CCCC" }]));
        assert_eq!(told[1], "3000px");
    });
}

#[test]
fn forged_messages_to_the_program_are_ignored() {
    for_each_engine(&Options { viewport: (1280, 900), ..Options::default() }, |page| {
        let (_host, site) = clinic(page);
        let frame = opened(page);
        page.enter_frame(&frame);
        open_photo(page, scan_front().as_ref());
        fill_behind_line(page);
        let (drawn, said) = (saved_design(page), described(page));
        page.eval("window.came = 0; addEventListener('message', () => window.came++)", &[]);
        site.proxy.forget();
        page.leave_frame();
        let (name, before) = (instance(page), element_state(page));
        page.eval(
            &format!(
                "{FORGED}const frame = document.querySelector('hairline-designer').shadowRoot.querySelector('iframe');
                 const all = forged(arguments[0]);
                 for (const message of [...all.good, ...all.bad, ...all.storm]) frame.contentWindow.postMessage(message, '*');"
            ),
            std::slice::from_ref(&name),
        );
        page.enter_frame(&frame);
        page.wait_until("the forged messages came", "window.came === 5032");
        assert_eq!(described(page), said);
        assert_eq!(page.all_css(".step.current").len(), 1);
        assert!(page.all_css("dialog").is_empty(), "a message opened a question");
        assert_eq!(saved_design(page), drawn, "a message changed the design");
        assert_eq!(site.asked(), Vec::<String>::new(), "a message sent something");
        page.leave_frame();
        let after = element_state(page);
        assert_eq!((&after[0], &after[2]), (&before[0], &before[2]), "the program answered");
        page.assert_no_errors();
    });
}

/// What a clinic's page may do to all that stands in it.
const HOSTILE: [(&str, &str); 4] = [
    ("all unset", "* { all: unset !important }"),
    ("small letters", "html { font-size: 6px } body { font: italic 6px/1 monospace }"),
    (
        "odd letters",
        "* { text-transform: uppercase; letter-spacing: 4px; word-spacing: 9px; line-height: 3; text-indent: 30px; \
         text-align: right; white-space: pre; font-weight: 900 }",
    ),
    ("other boxes", "* { box-sizing: content-box; direction: rtl; visibility: visible; cursor: none; color: red }"),
];

/// Where everything stands in the document or shadow root that the session is in, in whole pixels.
const LAYOUT: &str = "const within = (root) => [...root.querySelectorAll('*')].filter((each) => each.tagName !== 'STYLE')
    .map((each) => { const box = each.getBoundingClientRect();
      return [each.tagName.toLowerCase(), box.x, box.y, box.width, box.height].map((n) => typeof n === 'number' ? Math.round(n * 4) / 4 : n); });";

/// The layout of the poster, counted from its own corner, and of the program in its frame.
fn layout(page: &Session, css: &str) -> [Value; 2] {
    let host = Host::empty();
    let origin = host.url("").trim_end_matches('/').to_owned();
    let site = Site::configured(|config| config["frame_origins"] = json!([origin]));
    let more = "What a clinic says of itself. ".repeat(3_000);
    let style = format!("<style>body {{ margin: 0 }} {css}</style>");
    let plain = host_page(&site.url());
    let (before, after) = plain.split_once("<style>").expect("a style of the page");
    let rest = after.split_once("</style>").expect("its end").1;
    host.page("/", &format!("{before}{style}{rest}<p>{more}</p>"));
    page.goto(&host.url("/"));
    wait_for_poster(page);
    let poster = page.eval(
        &format!(
            "{LAYOUT}const root = document.querySelector('hairline-designer').shadowRoot, all = within(root);
             const [, left, top] = all[0];
             return all.map(([name, x, y, width, height]) => [name, x - left, y - top, width, height]);"
        ),
        &[],
    );
    let frame = opened(page);
    page.wait_until("the frame is as high as the program", "heard.some(({ data }) => data?.type === 'height')");
    page.enter_frame(&frame);
    let mut last = Value::Null;
    loop {
        let seen = page.eval_async(
            &format!("{LAYOUT}const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(within(document.body))));"),
            &[],
        );
        if seen == last {
            break;
        }
        last = seen;
    }
    page.leave_frame();
    [poster, last]
}

#[test]
fn a_hostile_style_sheet_moves_nothing() {
    for_each_engine(&Options { viewport: (1280, 900), ..Options::default() }, |page| {
        let plain = layout(page, "");
        for (name, css) in HOSTILE {
            for (wanted, seen) in plain.iter().zip(layout(page, css)) {
                let (wanted, seen) = (rows(wanted), rows(&seen));
                assert_eq!(wanted.len(), seen.len(), "{name}: there are other elements");
                for (wanted, seen) in wanted.iter().zip(&seen) {
                    let far =
                        (1..5).map(|index| (number(wanted, index) - number(seen, index)).abs()).fold(0.0, f64::max);
                    assert!(far <= 2.0, "{}: {name}: {seen} stood at {wanted}", page.engine());
                    assert!(
                        seen[0] != "button" || number(seen, 4) == 0.0 || number(seen, 4) >= 24.0,
                        "{name}: {seen} is too small"
                    );
                }
            }
        }
    });
}

fn rows(layout: &Value) -> Vec<Value> {
    layout.as_array().cloned().unwrap_or_default()
}

fn number(row: &Value, index: usize) -> f64 {
    row[index].as_f64().unwrap_or(f64::NAN)
}

const NO_DRAFT: &str = "Your browser does not let this page keep a draft, so save your design before you leave.";

/// A browser without storage for framed pages: it throws, or has no such thing at all.
pub(crate) const NO_STORAGE: [(&str, &str); 2] = [
    (
        "throws",
        "get() { window.refused = (window.refused ?? 0) + 1; throw new DOMException('denied', 'SecurityError'); }",
    ),
    ("is missing", "get() { window.refused = (window.refused ?? 0) + 1; return undefined; }"),
];

/// The program's page with a script before all others that takes the storage away.
pub(crate) fn take_storage(site: &Site, getter: &str) {
    let page = fs::read_to_string(root().join("dist/index.html")).expect("the program is built");
    let script = format!(
        "for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches'])
           Object.defineProperty(window, name, {{ configurable: true, {getter} }});"
    );
    let page = page.replacen("<meta", "<script src=\"no-storage.js\"></script><meta", 1);
    for (path, kind, text) in [("/no-storage.js", "text/javascript", script), ("/index.html", "text/html", page)] {
        site.proxy.always("GET", path, Fault::Reply(Message::answer(200, kind, text.as_bytes())));
    }
}

#[test]
fn without_storage_the_framed_program_does_everything_but_keep_a_draft() {
    for_each_engine(&Options { viewport: (1280, 900), ..Options::default() }, |page| {
        for (how, getter) in NO_STORAGE {
            let (_host, site) = clinic(page);
            take_storage(&site, getter);
            let frame = opened(page);
            page.enter_frame(&frame);
            open_photo(page, scan_front().as_ref());
            fill_behind_line(page);
            go(page, 5);
            assert!(page.eval("return window.refused > 0", &[]) == true, "{how}: nobody asked for storage");
            let times =
                page.eval("return document.body.textContent.split(arguments[0]).length - 1", &[json!(NO_DRAFT)]);
            assert_eq!(times, 1, "{how}: it is said {times} times that no draft is kept");
            saved_picture(page);
            saved_design(page);
            review(page);
            // WebKit shows a bar of what was saved, and its driver does not scroll the page around a frame.
            page.leave_frame();
            page.eval("scrollTo(0, document.body.scrollHeight)", &[]);
            page.enter_frame(&frame);
            page.find_css("#send").click();
            page.wait_for_text("Your request has arrived");
            page.leave_frame();
            assert_eq!(site.received().len(), 1, "{how}");
            page.assert_no_errors();
        }
    });
}
