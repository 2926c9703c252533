//! The harness tested on itself, in every engine: what it does arrives in a page, what it reports was there.

use super::driver::Driver;
use super::engines::for_engines;
use super::http::Message;
use super::process::Folder;
use super::session::ErrorKind;
use super::{Engine, Fault, Host, Key, Options, Point, Proxy, Session, for_each_engine};
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("proof.html");

/// Keys by the names that a page hears.
const KEYS: [(Key, &str); 13] = [
    (Key::Escape, "Escape"),
    (Key::Backspace, "Backspace"),
    (Key::Delete, "Delete"),
    (Key::Left, "ArrowLeft"),
    (Key::Right, "ArrowRight"),
    (Key::Up, "ArrowUp"),
    (Key::Down, "ArrowDown"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PageUp"),
    (Key::PageDown, "PageDown"),
    (Key::Alt, "Alt"),
    (Key::Char('7'), "7"),
];

/// The events of one type that the drawing pad has seen.
fn events(page: &Session, kind: &str) -> Vec<Value> {
    let all = page.eval("return window.events.filter((event) => event.type === arguments[0])", &[json!(kind)]);
    all.as_array().unwrap().clone()
}

fn forget_events(page: &Session) {
    page.eval("window.events.length = 0", &[]);
}

/// The distance between two pointers' events.
fn distance(a: &Value, b: &Value) -> f64 {
    let of = |key: &str| a[key].as_f64().unwrap() - b[key].as_f64().unwrap();
    of("x").hypot(of("y"))
}

#[test]
fn a_visitor_at_a_desk_is_imitated() {
    let host = Host::serve(PAGE);
    for_each_engine(&Options::default(), |page| {
        page.goto(&host.url("/"));
        assert_eq!((page.title().as_str(), page.url()), ("Proof", host.url("/")));
        assert_eq!(page.eval("return [innerWidth, innerHeight, devicePixelRatio]", &[]), json!([1280, 800, 1]));
        finds_controls(page);
        draws_with_the_mouse(page);
        types(page);
        sends_and_saves_files(page);
        opens_tabs_and_dialogs(page, &host);
        page.goto(&host.url("/"));
        finds_accessibility_faults(page);
        page.assert_no_errors();
    });
}

fn finds_controls(page: &Session) {
    for (role, name) in [
        ("img", "Drawing pad"),
        ("heading", "Proof"),
        ("file", "Photo"),
        ("textbox", "Your name"),
        ("slider", "Density"),
        ("group", "Shape"),
        ("radio", "Straight"),
        ("button", "Count"),
        ("button", "Close"),
        ("link", "Save the design"),
    ] {
        let found = page.find(role, name);
        if role != "file" {
            // The engine's own words, save where it has another for the same role.
            let said = found.computed_role();
            assert!(
                said == role || (role, said.as_str()) == ("img", "image"),
                "{name}: {role}, the engine says {said}"
            );
        }
        if role != "file" {
            assert_eq!(found.computed_label(), name, "the engine's name of {role}");
        }
    }
    assert!(!page.shows("button", "Never shown"));
    assert_eq!(page.find_containing("link", "design").attribute("download").as_deref(), Some("my design.txt"));
    assert!(page.all_css("#none").is_empty());
    let controls = page.controls();
    assert!(controls.contains(&"button \"Count\"".to_owned()), "{controls:?}");
}

fn draws_with_the_mouse(page: &Session) {
    let pad = page.find("img", "Drawing pad");
    let rect = pad.rect();
    assert_eq!((rect.width, rect.height), (300.0, 200.0));
    let line = rect.at(0.1, 0.5).line_to(rect.at(0.9, 0.5), 10);
    page.mouse_drag(&line);
    assert_eq!(events(page, "pointerdown").len(), 1);
    let moves = events(page, "pointermove");
    assert!(moves.iter().filter(|step| step["buttons"] == 1).count() >= 5, "a drag of 10 steps came as {moves:?}");
    let end = events(page, "pointerup");
    assert_eq!((end[0]["x"].as_f64(), end[0]["y"].as_f64()), (Some(270.0), Some(100.0)));
    assert_eq!(end[0]["pointerType"], "mouse");
    page.mouse_drag_with(&[Key::Shift], &line);
    page.wait_until("a second press, with Shift", "events.filter((e) => e.type === 'pointerdown')[1]?.shiftKey");
    page.mouse_press(&line);
    assert_eq!(events(page, "pointerup").len(), 2, "a press is not released");
    page.mouse_release();
    page.wait_until("the release", "events.filter((e) => e.type === 'pointerup').length === 3");
    page.wheel(&[], rect.at(0.5, 0.5), 0, 120);
    page.wait_until("a turn of the wheel", "events.some((e) => e.type === 'wheel' && e.deltaY > 0)");
    forget_events(page);
    page.mouse_double_click(pad.middle());
    page.wait_until("two clicks", "events.filter((e) => e.type === 'click').length === 2");
    assert!(fs::metadata(page.screenshot("proof")).unwrap().len() > 1000);
    assert!(fs::metadata(pad.screenshot("proof-pad")).unwrap().len() > 100);
}

fn types(page: &Session) {
    page.find("textbox", "Your name").click();
    page.type_text("Ada");
    page.press(&[Key::Shift, Key::Char('L')]);
    assert_eq!(page.find("textbox", "Your name").value(), "AdaL");
    page.press(&[Key::Ctrl, Key::Char('a')]);
    page.press(&[Key::Delete]);
    assert_eq!(page.find("textbox", "Your name").value(), "");
    page.type_text("wrong");
    page.find("textbox", "Your name").clear();
    page.find("textbox", "Your name").type_text("Zoë 東");
    assert_eq!(page.find("textbox", "Your name").value(), "Zoë 東");
    page.press(&[Key::Tab]);
    assert_eq!(page.focus(), "slider \"Density\"");
    page.press_times(Key::Right, 3);
    assert_eq!(page.find("slider", "Density").value(), "63");
    page.tab_to("button", "Count");
    page.press(&[Key::Enter]);
    page.wait_for_text("counted 1");
    page.press(&[Key::Space]);
    page.wait_for_text("counted 2");
    page.press(&[Key::Ctrl, Key::Shift, Key::Char('z')]);
    let last = page.eval("return keys.at(-1).toLowerCase()", &[]);
    assert_eq!(last, json!("ctrl+shift+z"));
    for (key, name) in KEYS {
        page.press(&[key]);
        assert_eq!(page.eval("return keys.at(-1)", &[]), json!(name));
    }
    page.find("slider", "Density").focus();
    assert_eq!(page.focus(), "slider \"Density\"");
    page.find("slider", "Density").set_value("20");
    assert_eq!(page.find("slider", "Density").value(), "20");
    let round = page.find("radio", "Round");
    round.click();
    assert!(round.is_selected() && round.is_enabled());
}

fn sends_and_saves_files(page: &Session) {
    let folder = Folder::new().unwrap();
    let photo = folder.path().join("photo é.txt");
    fs::write(&photo, "bytes of a photo").unwrap();
    page.find("file", "Photo").upload(&[&photo]);
    page.wait_for_text("photo é.txt: bytes of a photo");
    page.find("link", "Save the design").click();
    let saved = page.wait_download();
    assert_eq!((saved.name.as_str(), saved.bytes.as_slice()), ("my design.txt", b"the design".as_slice()));
}

fn opens_tabs_and_dialogs(page: &Session, host: &Host) {
    let first = page.tab();
    let second = page.new_tab();
    page.goto(&host.url("/"));
    assert_eq!(page.tabs().len(), 2);
    page.close_tab();
    page.switch_tab(&first);
    assert!(!page.tabs().contains(&second));
    for answer in [true, false] {
        page.eval("setTimeout(() => (window.answer = confirm('Really?')), 0)", &[]);
        let asked = (0..200).find_map(|_| {
            std::thread::sleep(Duration::from_millis(10));
            page.dialog()
        });
        assert_eq!(asked.as_deref(), Some("Really?"));
        if answer {
            page.accept_dialog()
        } else {
            page.dismiss_dialog()
        }
        page.wait_until("the answer", &format!("window.answer === {answer}"));
    }
    page.eval("setTimeout(() => document.querySelector('#count').remove(), 100)", &[]);
    page.wait_until_gone("button", "Count");
    page.eval("history.pushState({}, '', '#there')", &[]);
    page.back();
    assert_eq!(page.url(), host.url("/"));
    page.forward();
    assert_eq!(page.url(), host.url("/#there"));
    page.reload();
    assert_eq!(page.eval_async("arguments[1](arguments[0] + 1)", &[json!(1)]), json!(2));
}

fn finds_accessibility_faults(page: &Session) {
    const SPOIL: &str = "document.querySelector('label[for=photo]').remove();
        document.querySelector('main').insertAdjacentHTML('beforeend',
          '<p style=\"background: linear-gradient(white, black)\">Is this readable?</p>');";
    let Some(report) = page.axe() else { return };
    assert!(report.violations.is_empty(), "{report:?}");
    page.eval(SPOIL, &[]);
    let report = page.axe().unwrap_or_default();
    assert!(report.incomplete.iter().any(|finding| finding.rule == "color-contrast"), "a gradient: {report:?}");
    assert!(report.violations.iter().any(|finding| finding.rule == "label"), "no label: {report:?}");
    // The gradient alone, whose contrast nobody has looked at, is enough to fail.
    page.eval("document.querySelector('#photo').setAttribute('aria-label', 'Photo')", &[]);
    let refused = catch_unwind(AssertUnwindSafe(|| page.assert_accessible("a gradient")));
    let said = refused.err().and_then(|said| said.downcast_ref::<String>().cloned()).unwrap_or_default();
    assert!(said.contains("to be looked at: color-contrast"), "what axe leaves open passes: {said}");
}

#[test]
fn a_visitor_with_a_phone_is_imitated() {
    let host = Host::serve(PAGE);
    for_each_engine(&Options::phone(), |page| {
        page.goto(&host.url("/"));
        assert!(page.is_phone());
        assert_eq!(page.eval("return [innerWidth, innerHeight, devicePixelRatio]", &[]), json!([390, 844, 3]));
        let rect = page.find("img", "Drawing pad").rect();
        page.tap(rect.at(0.5, 0.5));
        page.wait_until("a click after the tap", "events.some((e) => e.type === 'click')");
        let down = events(page, "pointerdown");
        assert_eq!((down.len(), &down[0]["pointerType"]), (1, &json!("touch")));
        forget_events(page);
        page.double_tap(rect.at(0.5, 0.5));
        assert_eq!(events(page, "pointerdown").len(), 2);
        forget_events(page);
        page.long_press(rect.at(0.3, 0.3), Duration::from_millis(600));
        let (down, up) = (events(page, "pointerdown"), events(page, "pointerup"));
        let held_ms = up[0]["at"].as_f64().unwrap() - down[0]["at"].as_f64().unwrap();
        assert!(held_ms >= 550.0, "a press of 600 ms came as {held_ms}");
        draws_with_fingers(page);
        let count = page.find("button", "Count");
        page.tap(count.middle());
        page.wait_for_text("counted 1");
        page.assert_no_errors();
    });
}

fn draws_with_fingers(page: &Session) {
    let rect = page.find("img", "Drawing pad").rect();
    forget_events(page);
    page.swipe(&rect.at(0.2, 0.2).line_to(rect.at(0.8, 0.8), 8));
    let moves = events(page, "pointermove");
    assert!(moves.len() >= 3, "a swipe of 8 steps came as {moves:?}");
    assert!(events(page, "pointercancel").is_empty(), "the browser took the swipe for itself");
    forget_events(page);
    page.pinch(rect.at(0.5, 0.5), 40.0, 160.0);
    let (down, up) = (events(page, "pointerdown"), events(page, "pointerup"));
    assert_eq!((down.len(), up.len()), (2, 2), "two fingers");
    assert_eq!((distance(&down[0], &down[1]), distance(&up[0], &up[1])), (40.0, 160.0));
    forget_events(page);
    page.two_finger_swipe(&rect.at(0.5, 0.2).line_to(rect.at(0.5, 0.8), 6), 60.0);
    let up = events(page, "pointerup");
    assert_eq!((up.len(), distance(&up[0], &up[1])), (2, 60.0));
}

#[test]
fn a_frame_of_another_origin_is_entered_and_left() {
    let program = Host::serve(PAGE);
    let clinic = Host::empty();
    let framed = format!("http://{}/", program.address());
    let html = format!(
        "<!doctype html><html lang=en><title>Clinic</title><h1>Clinic</h1><p>Before<div id=place></div>
         <script>const root = document.querySelector('#place').attachShadow({{ mode: 'open' }});
         root.innerHTML = '<iframe title=\"Designer\" src=\"{framed}\" style=\"width: 600px; height: 400px\"></iframe>';
         </script>"
    );
    // Without `blob:` here Firefox and WebKit save nothing from the frame, and only the page around hears of it.
    let policy = "default-src 'self' 'unsafe-inline'; frame-src * blob:";
    let mut page_of_clinic = Message::answer(200, "text/html", html.as_bytes());
    page_of_clinic.set_header("Content-Security-Policy", policy);
    clinic.answer("/", page_of_clinic);
    for_each_engine(&Options::default(), |page| {
        page.goto(&clinic.url("/"));
        let frame = page.find_css("#place").find_in_shadow("iframe");
        page.enter_frame(&frame);
        page.find("button", "Count").click();
        page.wait_for_text("counted 1");
        let rect = page.find("img", "Drawing pad").rect();
        page.mouse_drag(&rect.at(0.2, 0.5).line_to(rect.at(0.8, 0.5), 5));
        // A frame of another origin is another process: its events come a moment later.
        page.wait_until(
            "the end of the drag",
            "events.some((e) => e.type === 'pointerup' && e.x === 240 && e.y === 100)",
        );
        forget_events(page);
        page.tap(rect.at(0.5, 0.5));
        page.wait_until("the tap", "events.some((e) => e.type === 'pointerup' && e.x === 150 && e.y === 100)");
        page.find("link", "Save the design").click();
        assert_eq!(page.wait_download().bytes, b"the design");
        page.leave_frame();
        page.find("heading", "Clinic");
        assert!(!page.shows("button", "Count"), "the frame's control is not the page's");
        assert_eq!(page.find_css("p").text(), "Before");
        page.assert_no_errors();
    });
}

#[test]
fn faults_of_the_page_are_reported() {
    const FAULTY: &str = "<!doctype html><html lang=en><head><title>Faulty</title><script src='/faulty.js'></script>
        <p>Here<img src='http://127.0.0.1:9/blocked.png' alt=''>";
    const SCRIPT: &str = "console.error('said early'); Promise.reject(new Error('rejected early'));
        setTimeout(() => { throw new Error('thrown late'); }, 10);
        const worker = new Worker('/worker.js', { type: 'module' });
        window.heard = []; worker.onmessage = (event) => window.heard.push(event.data);
        throw new Error('thrown early');";
    const WORKER: &str = "postMessage('the worker runs'); console.error('said by the worker');
        Promise.reject(new Error('rejected by the worker')); throw new Error('thrown by the worker');";
    const FAULTS: [(ErrorKind, &str); 8] = [
        (ErrorKind::Uncaught, "thrown early"),
        (ErrorKind::Uncaught, "thrown late"),
        (ErrorKind::Uncaught, "rejected early"),
        (ErrorKind::Console, "said early"),
        (ErrorKind::Policy, "blocked.png"),
        (ErrorKind::Uncaught, "thrown by the worker"),
        (ErrorKind::Uncaught, "rejected by the worker"),
        (ErrorKind::Console, "said by the worker"),
    ];
    let host = Host::empty();
    let mut faulty = Message::answer(200, "text/html", FAULTY.as_bytes());
    faulty.set_header("Content-Security-Policy", "default-src 'self'");
    host.answer("/faulty", faulty);
    host.file("/faulty.js", "text/javascript", SCRIPT.as_bytes());
    host.file("/worker.js", "text/javascript", WORKER.as_bytes());
    host.page("/", PAGE);
    let proxy = Proxy::before(host.address());
    for_each_engine(&Options::default(), |page| {
        page.goto(&proxy.url("/"));
        page.assert_no_errors();
        page.goto(&proxy.url("/faulty"));
        page.wait_until("the worker's message", "window.heard.length > 0");
        assert_eq!(
            page.eval("return window.heard", &[]),
            json!(["the worker runs"]),
            "the page hears the worker alone"
        );
        let missing: Vec<_> = FAULTS.iter().filter(|(kind, part)| !comes_up(page, *kind, part)).collect();
        assert!(missing.is_empty(), "{missing:?} are not among {:#?}", page.errors());
        page.goto(&proxy.url("/"));
        assert!(page.errors().len() >= FAULTS.len(), "errors of an earlier page are kept");
        page.forget_errors();
        page.assert_no_errors();
    });
}

/// Whether an error of this kind is reported in time.
fn comes_up(page: &Session, kind: ErrorKind, part: &str) -> bool {
    (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        page.errors().iter().any(|error| error.kind == kind && error.text.contains(part))
    })
}

#[test]
fn a_request_to_any_host_is_seen() {
    const CURIOUS: &str = "<!doctype html><html lang=en><head><title>Curious</title><script>
        for (const url of ['http://plain.example/?secret', 'https://secret.example/', 'http://[2001:db8::1]/',
            'http://clients2.google.com/of-the-page'])
          fetch(url, { mode: 'no-cors' }).catch(() => 0);
        new Image().src = 'http://image.example:8080/pixel.png';
        new WebSocket('ws://socket.example/');
        new Worker('/curious.js', { type: 'module' });
        </script>";
    const HOSTS: [&str; 6] = [
        "plain.example:80",
        "secret.example:443",
        "2001:db8::1:80",
        "image.example:8080",
        "socket.example:80",
        "worker.example:80",
    ];
    let host = Host::serve(PAGE);
    host.page("/curious", CURIOUS);
    host.file("/curious.js", "text/javascript", b"fetch('http://worker.example/').catch(() => 0);");
    for_each_engine(&Options::default(), |page| {
        page.goto(&host.url("/"));
        page.assert_no_foreign_hosts();
        page.goto(&host.url("/curious"));
        let seen = |wanted: &&&str| page.foreign_hosts().iter().any(|host| host == *wanted);
        let missing = || HOSTS.iter().filter(|host| !seen(host)).collect::<Vec<_>>();
        let all = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            missing().is_empty()
        });
        assert!(all, "{:?} are not among {:?}", missing(), page.foreign_hosts());
        // Chromium calls this host by itself, too; here it is the page that does.
        let of_page = page.foreign_hosts().iter().any(|host| host.contains("of-the-page"));
        assert_eq!(of_page, page.engine() == Engine::Chromium, "{:?}", page.foreign_hosts());
        page.goto(&host.url("/"));
        page.forget_foreign_hosts();
    });
}

#[test]
fn the_proxy_records_and_breaks() {
    const POST: &str = "const [path, body, done] = arguments;
        fetch(path, { method: 'POST', body })
          .then(async (answer) => answer.status + ' ' + (await answer.text()))
          .then(done, (error) => done(error.name));";
    let host = Host::serve(PAGE);
    host.file("/send", "text/plain", b"thank you");
    host.file("/long", "text/plain", &[b'x'; 5000]);
    for_each_engine(&Options::default(), |page| {
        let mut proxy = Proxy::before(host.address());
        let send = |path: &str| page.eval_async(POST, &[json!(path), json!("a design")]);
        page.goto(&proxy.url("/"));
        assert_eq!(send("/send"), json!("200 thank you"));
        let sent = proxy.requests_of("POST", "/send");
        assert_eq!((sent.len(), sent[0].message.body.as_slice()), (1, b"a design".as_slice()));
        assert!(sent[0].message.header("User-Agent").is_some());

        // The connection is reused by now: the browser itself sends again, and the page sees one answer.
        proxy.forget();
        proxy.next(1, "POST", "/send", Fault::DropAfterAnswer);
        let answer = send("/send");
        let arrived = proxy.requests_of("POST", "/send");
        println!("    {}: dropped once: {} arrived, the page saw {answer}", page.engine(), arrived.len());
        assert!(matches!(arrived[0].fault, Some(Fault::DropAfterAnswer)), "{arrived:?}");
        match arrived.as_slice() {
            [first, again] => assert!(answer == "200 thank you" && first.connection != again.connection, "{answer}"),
            _ => assert_eq!(answer, json!("TypeError"), "{arrived:?}"),
        }

        proxy.always("POST", "/send", Fault::DropBeforeBody);
        assert_eq!(send("/send"), json!("TypeError"));
        proxy.pass();
        proxy.next(1, "POST", "/send", Fault::Reply(Message::answer(503, "text/plain", b"busy")));
        assert_eq!(send("/send"), json!("503 busy"));
        proxy.next(1, "POST", "/send", Fault::Delay(Duration::from_millis(300)));
        assert_eq!(page.eval("window.began = performance.now(); return 1", &[]), json!(1));
        assert_eq!(send("/send"), json!("200 thank you"));
        let took = page.eval("return performance.now() - window.began", &[]).as_f64().unwrap();
        assert!(took >= 300.0, "a delay of 300 ms took {took}");
        proxy.next(1, "POST", "/long", Fault::Truncate(100));
        assert_ne!(send("/long"), json!(format!("200 {}", "x".repeat(5000))));
        proxy.next(1, "POST", "/send", Fault::Hang);
        const ABORT: &str = "const done = arguments[0];
            fetch('/send', { method: 'POST', signal: AbortSignal.timeout(200) }).then(done, (error) => done(error.name));";
        let ended = page.eval_async(ABORT, &[]);
        // WebKit calls a signal's timeout an abort.
        assert!(ended == "TimeoutError" || ended == "AbortError", "a request that hangs ended as {ended}");
        proxy.go_offline();
        assert_eq!(send("/send"), json!("TypeError"));
        proxy.come_back();
        assert_eq!(send("/send"), json!("200 thank you"));
        page.assert_no_errors_but(&[ErrorKind::Network]);
    });
}

/// What a client without a browser's manners gets for this head and body, until nothing comes any more, and how long
/// the first byte took.
fn answer_to(proxy: &Proxy, request: &str) -> (String, Duration) {
    let mut stream = TcpStream::connect(proxy.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(800))).unwrap();
    let began = Instant::now();
    stream.write_all(request.as_bytes()).unwrap();
    let (mut first, mut rest) = ([0], Vec::new());
    let came = stream.read(&mut first).unwrap_or(0);
    let took = began.elapsed();
    // An end by a reset or by silence is an end, too.
    let _end = stream.read_to_end(&mut rest);
    (String::from_utf8([&first[..came], &rest].concat()).unwrap(), took)
}

#[test]
fn the_proxy_breaks_to_the_byte() {
    const POST: &str = "POST /send HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\na design";
    const HALF: &str = "POST /send HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\na de";
    let host = Host::empty();
    host.file("/send", "text/plain", b"thank you");
    // The second proxy stands for the server and tells what reached it.
    let server = Proxy::before(host.address());
    let proxy = Proxy::before(server.address());
    let meets = |fault: Fault, request: &str| {
        server.forget();
        proxy.next(1, "POST", "/send", fault);
        let (answer, took) = answer_to(&proxy, request);
        let arrived = server.requests_of("POST", "/send").into_iter().map(|recorded| recorded.message.body).collect();
        (answer, took, arrived)
    };
    let whole: Vec<Vec<u8>> = vec![b"a design".to_vec()];

    let (answer, _, arrived) = meets(Fault::DropAfterAnswer, POST);
    assert_eq!((answer.as_str(), arrived), ("", whole.clone()), "dropped after the answer");
    let (answer, _, arrived) = meets(Fault::DropBeforeBody, HALF);
    assert_eq!((answer.as_str(), arrived), ("", Vec::new()), "dropped before the body's end");
    let (answer, took, arrived) = meets(Fault::Hang, POST);
    assert_eq!((answer.as_str(), arrived), ("", whole.clone()), "an answer that never comes");
    assert!(took >= Duration::from_millis(800), "a connection that should hang ended after {took:?}");
    let (answer, took, arrived) = meets(Fault::Delay(Duration::from_millis(300)), POST);
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nthank you"), "{answer}");
    assert!(took >= Duration::from_millis(300), "a delay of 300 ms took {took:?}");
    assert_eq!(arrived, whole, "the server gets a request before the delay");
    for (kept, left) in [(0, ""), (5, "thank"), (9, "thank you")] {
        let (answer, _, arrived) = meets(Fault::Truncate(kept), POST);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("content-length: 9"), "{head}");
        assert_eq!((body, arrived), (left, whole.clone()), "{kept} bytes of the answer");
    }
    let (answer, _, arrived) = meets(Fault::Reply(Message::answer(503, "text/plain", b"busy")), POST);
    assert!(answer.starts_with("HTTP/1.1 503 Service Unavailable\r\n") && answer.ends_with("\r\n\r\nbusy"), "{answer}");
    assert_eq!(arrived, Vec::<Vec<u8>>::new(), "the server sees nothing of what the proxy answers");
}

#[test]
fn a_browser_that_resists_fingerprinting_reads_noise_from_a_canvas() {
    const READ: &str = "const canvas = document.createElement('canvas'); canvas.width = canvas.height = 32;
        const pen = canvas.getContext('2d'); pen.fillStyle = 'rgb(51, 102, 153)'; pen.fillRect(0, 0, 32, 32);
        return pen.getImageData(0, 0, 32, 32).data.filter((value, at) => value !== [51, 102, 153, 255][at % 4]).length;";
    let host = Host::serve(PAGE);
    let resisting = Options { firefox_prefs: &[("privacy.resistFingerprinting", "true")], ..Options::default() };
    for (options, is_exact) in [(Options::default(), true), (resisting, false)] {
        for_engines(&[Engine::Firefox], &options, |page| {
            page.goto(&host.url("/"));
            let wrong = page.eval(READ, &[]).as_u64().unwrap();
            assert_eq!(wrong == 0, is_exact, "{wrong} of 4096 values are not what was painted");
        });
    }
}

#[test]
fn size_colours_movement_and_language_are_the_visitors() {
    let host = Host::serve(PAGE);
    let options = Options {
        viewport: (320, 640),
        dpr: 2.0,
        dark: true,
        reduced_motion: true,
        language: "de",
        ..Options::default()
    };
    for_each_engine(&options, |page| {
        page.goto(&host.url("/"));
        let media = |query: &str| page.eval("return matchMedia(arguments[0]).matches", &[json!(query)]);
        assert_eq!(page.eval("return [innerWidth, innerHeight, devicePixelRatio]", &[]), json!([320, 640, 2]));
        assert_eq!(media("(prefers-color-scheme: dark)"), json!(true));
        assert_eq!(media("(prefers-reduced-motion: reduce)"), json!(true));
        let language = page.eval("return navigator.language", &[]);
        let wanted = if page.engine() == Engine::WebKit { "en" } else { "de" };
        assert!(language.as_str().unwrap().starts_with(wanted), "{language}");
        page.set_viewport(300, 600);
        assert_eq!(page.find("slider", "Density").css("color-scheme"), "normal");
        let rect = page.find("img", "Drawing pad").rect();
        page.mouse_click(rect.at(0.25, 0.5));
        let click = events(page, "click");
        assert_eq!((click[0]["x"].as_f64(), click[0]["y"].as_f64()), (Some(75.0), Some(100.0)));
        page.set_viewport(1000, 700);
    });
}

#[test]
fn a_browser_ends_with_its_session() {
    for_engines(&Engine::installed(), &Options::default(), |page| {
        let engine = page.engine();
        let other = Driver::start(engine, &Options::default()).unwrap();
        let home = other.home().path().to_owned();
        assert!(home.exists());
        drop(other);
        assert!(!home.exists(), "{engine}: the profile stayed behind in {}", home.display());
        page.goto("data:text/html,<title>still here</title>");
        assert_eq!(page.title(), "still here");
        page.mouse_move(Point::new(10.0, 10.0));
    });
}
