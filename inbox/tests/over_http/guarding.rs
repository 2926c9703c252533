//! What somebody without a login, or with a lesser role, tries: each line of the tables here is a try.

use crate::browser::{Browser, PASSWORD};
use crate::client::{Form, Response, ask, connect, get, jpeg, post_head, send};
use crate::site::Site;
use crate::staff::{ID, clinic, request};
use inbox::{Limits, Options};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

/// Every page and file, the least role that may have it, and whether reading it shows something of a request.
const PAGES: [(&str, &str); 9] = [
    ("/inbox", "rita"),
    ("/inbox?q=Zo", "rita"),
    ("/inbox/requests/7K2M-9QXR-4TDA", "rita"),
    ("/inbox/requests/7K2M-9QXR-4TDA/files/before.jpg", "rita"),
    ("/inbox/requests/7K2M-9QXR-4TDA/files/request.json", "rita"),
    ("/inbox/requests/7K2M-9QXR-4TDA/request.zip", "stan"),
    ("/inbox/list.csv", "stan"),
    ("/inbox/accounts", "olga"),
    ("/inbox/record", "olga"),
];

/// Path, fields and least role.
type Change = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// Every change, and the least role that may make it.
const CHANGES: [Change; 8] = [
    ("/inbox/requests/7K2M-9QXR-4TDA/state", &[("state", "closed")], "stan"),
    ("/inbox/requests/7K2M-9QXR-4TDA/assign", &[("account", "rita")], "stan"),
    ("/inbox/requests/7K2M-9QXR-4TDA/note", &[("text", "INTRUDER")], "stan"),
    ("/inbox/requests/7K2M-9QXR-4TDA/delete", &[("sure", "yes")], "olga"),
    ("/inbox/accounts", &[("name", "intruder"), ("role", "owner")], "olga"),
    ("/inbox/accounts/rita", &[("role", "owner"), ("active", "yes")], "olga"),
    ("/inbox/accounts/olga/password", &[], "olga"),
    ("/inbox/accounts/stan/password", &[], "olga"),
];

const ROLES: [&str; 3] = ["rita", "stan", "olga"];

fn rank(name: &str) -> usize {
    ROLES.iter().position(|role| *role == name).unwrap()
}

/// Nothing of the request is in an answer.
#[track_caller]
fn assert_gives_nothing(answer: &Response, what: &str) {
    let text = String::from_utf8_lossy(&answer.body);
    for secret in ["Zoë", "zoe@", "7946", "How long", "I am 18", "JFIF"] {
        assert!(!text.contains(secret), "{what} gave {secret} away: {text}");
    }
    assert!(!answer.body.windows(3).any(|three| three == [0xFF, 0xD8, 0xFF]), "{what} gave a picture away");
}

/// Nothing was changed: state, assignment, notes, accounts.
#[track_caller]
fn assert_unchanged(olga: &mut Browser, what: &str) {
    let page = olga.get(&format!("/inbox/requests/{ID}"));
    assert_eq!(page.status, 200, "{what} deleted the request");
    assert!(
        page.text().contains("data-state=\"new\"") && !page.text().contains("INTRUDER"),
        "{what} changed the request"
    );
    let accounts = olga.get("/inbox/accounts");
    assert!(!accounts.text().contains("intruder"), "{what} made an account");
}

#[test]
fn without_a_login_nothing_is_shown_or_changed() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut nobody = Browser::new(server);
    nobody.get("/inbox/login");
    let mut olga = Browser::logged_in(server, "olga");
    for (path, _) in PAGES {
        for method in ["GET", "HEAD"] {
            let answer = ask(server, method, path, &[]);
            assert_eq!((answer.status, answer.header("location")), (303, Some("/inbox/login")), "{method} {path}");
            assert_gives_nothing(&answer, path);
        }
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"] {
            let answer = ask(server, method, path, &[]);
            assert!([405, 501].contains(&answer.status), "{method} {path}: {}", answer.status);
            assert_gives_nothing(&answer, path);
        }
    }
    for (path, fields, _) in CHANGES {
        let answer = nobody.post(path, fields);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/inbox/login")), "{path}");
        assert_gives_nothing(&answer, path);
    }
    assert_unchanged(&mut olga, "somebody without a login");
}

#[test]
fn a_cookie_that_we_did_not_give_is_worth_nothing() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let olga = Browser::logged_in(server, "olga");
    let token = olga.cookies["inbox"].clone();
    let database =
        if site.is_on_postgres() { String::new() } else { String::from_utf8_lossy(&site.database()).into_owned() };
    assert!(!database.contains(&token), "the database holds the token itself");
    let longer = format!("inbox={token}0");
    let other_case = format!("inbox={}", token.to_uppercase());
    let twice = format!("inbox={}; inbox={token}", "0".repeat(64));
    let other_name = format!("Inbox={token}; inbox-login={token}; __Host-inbox={token}");
    for cookie in [
        "",
        "inbox=",
        "inbox=0",
        "inbox=' OR '1'='1",
        "inbox=%",
        "inbox=../../inbox.db",
        "inbox=\u{ff10}",
        "inbox",
        &longer,
        &other_case,
        &twice,
        &other_name,
    ] {
        let answer = ask(server, "GET", "/inbox", &[&format!("Cookie: {cookie}")]);
        assert_eq!(answer.status, 303, "{cookie}");
        assert_gives_nothing(&answer, cookie);
    }
    assert_eq!(ask(server, "GET", "/inbox", &[&format!("Cookie: other=1; inbox={token}")]).status, 200);
}

#[test]
fn a_lesser_role_gets_nothing_of_a_higher_one() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    for name in ROLES {
        let mut browser = Browser::logged_in(server, name);
        browser.get("/inbox");
        for (path, least) in PAGES {
            let answer = browser.get(path);
            let allowed = rank(name) >= rank(least);
            assert_eq!(answer.status, if allowed { 200 } else { 403 }, "{name} {path}");
            if !allowed {
                assert_gives_nothing(&answer, path);
            }
        }
        for (path, fields, least) in CHANGES.iter().filter(|(_, _, least)| rank(name) < rank(least)) {
            let answer = browser.post(path, fields);
            assert_eq!(answer.status, 403, "{name} {path}, for {least}");
            assert_gives_nothing(&answer, path);
            assert_unchanged(&mut olga, path);
        }
        let page = browser.get(&format!("/inbox/requests/{ID}"));
        assert_eq!(page.text().contains("/delete\""), name == "olga", "{name} is offered to delete");
        assert_eq!(page.text().contains("/state\""), name != "rita", "{name} is offered to change the state");
    }
}

#[test]
fn a_form_from_elsewhere_changes_nothing() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (mut olga, mut stan) = (Browser::logged_in(server, "olga"), Browser::logged_in(server, "stan"));
    stan.get("/inbox");
    olga.get("/inbox");
    let (own, other) = (olga.csrf.clone(), stan.csrf.clone());
    let half = &own[..own.len() / 2];
    for (path, fields, _) in CHANGES {
        for (how, csrf, header) in [
            ("without a token", None, None),
            ("with an empty token", Some(""), None),
            ("with half of the token", Some(half), None),
            ("with the token of another session", Some(other.as_str()), None),
            ("from another origin", Some(own.as_str()), Some("Origin: https://evil.example")),
            ("from no origin", Some(own.as_str()), Some("Origin: null")),
            ("from another site", Some(own.as_str()), Some("Sec-Fetch-Site: cross-site")),
            ("from a site beside ours", Some(own.as_str()), Some("Sec-Fetch-Site: same-site")),
        ] {
            let fields: Vec<(&str, &str)> = fields.iter().copied().chain(csrf.map(|csrf| ("csrf", csrf))).collect();
            let answer = olga.post_as_it_is(path, &fields, &header.into_iter().collect::<Vec<_>>());
            assert_eq!(answer.status, 400, "{path} {how}");
        }
        // A link cannot change anything either.
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair("csrf", &own)
            .finish();
        olga.get(&format!("{path}?{query}"));
        assert_unchanged(&mut olga, path);
    }
}

#[test]
fn a_session_is_new_at_each_login_and_over_after_each_logout() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let planted = "a".repeat(64);
    let mut olga = Browser::new(server);
    olga.cookies.insert("inbox".to_owned(), planted.clone());
    assert_eq!(olga.log_in("olga", PASSWORD).status, 303);
    let first = olga.cookies["inbox"].clone();
    assert_ne!(first, planted, "a planted token became a session");
    olga.get("/inbox");
    assert_eq!(olga.post("/inbox/logout", &[]).status, 303);
    assert!(!olga.cookies.contains_key("inbox"));
    olga.cookies.insert("inbox".to_owned(), first.clone());
    assert_eq!(olga.get("/inbox").status, 303, "a token lives on after the logout");
    assert_eq!(olga.log_in("olga", PASSWORD).status, 303);
    assert_ne!(olga.cookies["inbox"], first);
    // Somebody else's login form cannot log us in as them.
    let mut victim = Browser::new(server);
    let fields = [("name", "rita"), ("password", PASSWORD), ("csrf", "a")];
    assert_eq!(victim.post_as_it_is("/inbox/login", &fields, &[]).status, 400);
    assert!(!victim.cookies.contains_key("inbox"));
}

#[test]
fn cookies_are_kept_from_scripts_other_sites_and_unencrypted_connections() {
    let site = Site::new();
    let options = Options { public_url: Some("https://inbox.clinic.example".to_owned()), ..site.options() };
    let running = inbox::serve(options).unwrap();
    let guarded = get(running.address(), "/inbox/login");
    let cookie = guarded.header("set-cookie").unwrap();
    for word in ["__Host-inbox-login=", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(word), "{cookie} has no {word}");
    }
    drop(running);
    let (_running, server) = clinic(&site);
    let mut olga = Browser::new(server);
    let answer = olga.log_in("olga", PASSWORD);
    let session = answer.values("set-cookie").into_iter().find(|line| line.starts_with("inbox=")).unwrap().to_owned();
    assert!(
        session.contains("HttpOnly") && session.contains("SameSite=Lax") && !session.contains("Secure"),
        "{session}"
    );
}

#[test]
fn a_name_is_locked_after_five_tries_whether_there_is_such_an_account_or_not() {
    let site = Site::new();
    let _running = clinic(&site);
    // An address has ten tries in a minute, so each part has a server that counts anew; the lock is in the database.
    for name in ["olga", "nobody"] {
        let (_running, server) = site.serve();
        let mut browser = Browser::new(server);
        let statuses: Vec<u16> = (0..7).map(|_| browser.log_in(name, "wrong password").status).collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429, 429], "{name}");
        let right = browser.log_in(name, PASSWORD);
        assert!(right.text().contains("Too many tries with this name"), "{name}: the right password went by the lock");
    }
    inbox::set_password(&site.options(), "olga", Some("another password".to_owned())).unwrap();
    let (_running, server) = site.serve();
    assert_eq!(Browser::new(server).log_in("olga", "another password").status, 303, "nobody can help");
}

#[test]
fn an_address_may_not_try_for_ever() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let mut browser = Browser::new(server);
    let statuses: Vec<u16> =
        (0..12).map(|number| browser.log_in(&format!("name-{number}"), "wrong password").status).collect();
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[11], 429);
}

/// What would do something if it were not escaped.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "&lt;script&gt;",
    "\u{202e}<svg/onload=alert(1)>",
];

#[test]
fn no_text_of_a_visitor_becomes_markup() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    for (number, hostile) in HOSTILE.into_iter().enumerate() {
        let id = format!("hostile-{number}");
        let text = serde_json::json!({
            "version": 1, "id": id, "made_at": hostile, "language": hostile, "program": hostile, "configuration": hostile,
            "notice": hostile, "clinic": hostile,
            "fields": {
                "name": hostile, "email": hostile, "phone": hostile, "message": hostile, "reply_by": hostile,
                "reply_when": hostile, "loss": [hostile], "scars": hostile, "earlier": [hostile], "skin_tone": hostile,
                "age_band": hostile,
            },
            "consents": [{ "key": hostile, "text": hostile, "version": hostile, "given_at": hostile }],
            "lines": [[hostile, hostile]],
            "figures": { "zones": [{ "zone": hostile }], "advice": [{ "advice": hostile }], "dots": { "value": hostile } },
        });
        assert_eq!(Form::default().json("request", &text.to_string()).post(server).status, 201);
        for path in [format!("/inbox/requests/{id}"), "/inbox".to_owned(), format!("/inbox?q={}", url_encoded(hostile))]
        {
            let page = olga.get(&path);
            assert_eq!(page.status, 200, "{path}");
            for raw in [
                "<script>alert",
                "<img src=x",
                "<svg/",
                "href=\"javascript:",
                "onerror=alert(1)>",
                "' onmouseover='alert(1)'",
            ] {
                assert!(!page.text().contains(raw), "{hostile} became {raw} on {path}: {}", page.text());
            }
            let policy = page.header("content-security-policy").unwrap();
            assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        }
    }
}

fn url_encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn no_text_becomes_part_of_a_statement() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    for text in [
        "' OR '1'='1",
        "'; DROP TABLE requests; --",
        "%' OR 1=1 --",
        "\\",
        "\\' OR 1=1",
        "$1",
        "?1",
        "x' UNION SELECT password FROM accounts --",
    ] {
        let page = olga.get(&format!("/inbox?q={}", url_encoded(text)));
        assert!(page.status == 200 && page.text().contains("Nothing fits"), "a search for {text}: {}", page.text());
        let state = olga.get(&format!("/inbox?state={}", url_encoded(text)));
        assert!(state.status == 200 && state.text().contains("Zoë"), "the state {text}");
        let path = format!("/inbox/requests/{}", url_encoded(text).replace('+', "%20"));
        assert_eq!(olga.get(&path).status, 404, "the request {text}");
        let record = olga.get(&format!("/inbox/record?request={}", url_encoded(text)));
        assert_eq!(record.status, 200, "the record of {text}");
        assert_ne!(Browser::new(server).log_in(text, text).status, 303, "the name {text}");
    }
    assert_eq!(olga.get("/inbox").text().matches("href=\"/inbox/requests/").count(), 1);
}

#[test]
fn no_path_leads_out_of_a_request() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    for file in [
        "../request.json",
        "..%2frequest.json",
        "..%2f..%2finbox.db",
        "%2e%2e%2finbox.db",
        "..%5cinbox.db",
        "before.jpg%00.html",
        "before",
        "BEFORE.JPG",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "notes.txt",
        "",
    ] {
        let answer = olga.get(&format!("/inbox/requests/{ID}/files/{file}"));
        assert_eq!(answer.status, 404, "{file}");
    }
    for id in ["..", "%2e%2e", "x%2f..%2f7K2M-9QXR-4TDA", "7k2m-9qxr-4tda", "7K2M-9QXR-4TDA%00", "*", "%25"] {
        assert_eq!(olga.get(&format!("/inbox/requests/{id}/files/before.jpg")).status, 404, "{id}");
        olga.get("/inbox");
        assert_eq!(olga.post(&format!("/inbox/requests/{id}/state"), &[("state", "closed")]).status, 404, "{id}");
    }
}

#[test]
fn a_picture_that_is_something_else_too_is_refused() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let whole = jpeg(1);
    let behind = |bytes: &[u8]| [&whole, bytes].concat();
    let before = |bytes: &[u8]| [bytes, &whole].concat();
    for (what, bytes) in [
        ("a ZIP behind", behind(b"PK\x03\x04................")),
        ("HTML behind", behind(b"<html><script>alert(1)</script>")),
        ("PHP behind", behind(b"<?php system($_GET['c']); ?>")),
        ("a second picture", behind(&whole)),
        ("a GIF before", before(b"GIF89a/*")),
        ("HTML before", before(b"<!--")),
        ("a PDF before", before(b"%PDF-1.7\n")),
        ("SVG alone", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("a start alone", b"\xFF\xD8\xFF\xE0<script>".to_vec()),
        ("no end", whole[..whole.len() - 2].to_vec()),
    ] {
        let answer = Form::default().json("request", "{\"id\":\"polyglot-1\"}").jpeg("before", &bytes).post(server);
        assert_eq!(answer.status, 422, "{what}");
        assert!(answer.json()["errors"]["before"].is_string(), "{what}");
    }
    assert_eq!(site.stored(), [] as [&str; 0]);
}

#[test]
fn another_host_s_name_comes_back_nowhere() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    for path in ["/inbox", "/inbox/login", "/", "/inbox/requests/x"] {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n"
        );
        let answer = send(server, head.as_bytes());
        assert!(!answer.text().contains("evil"), "{path}");
        assert!(answer.header("location").is_none_or(|place| place.starts_with("/inbox/")), "{path}");
    }
}

#[test]
fn too_much_of_anything_is_refused() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    olga.get("/inbox");
    let path = format!("/inbox/requests/{ID}/note");
    assert_eq!(olga.post(&path, &[("text", &"x".repeat(100_000))]).status, 400, "a form of 100 KB");
    assert_eq!(olga.post(&path, &[("text", &"x".repeat(5001))]).status, 400, "a note of 5,001 characters");
    assert_eq!(olga.post(&path, &[("text", &"ä".repeat(5000))]).status, 303, "a note of 5,000 characters");
    assert_ne!(Browser::new(server).log_in("olga", &"x".repeat(50_000)).status, 303, "a book as password");
    let header = format!("X-Long: {}", "x".repeat(200_000));
    assert_eq!(ask(server, "GET", "/inbox", &[&header]).status, 431, "a header of 200 KB");
    let header = format!("X-Long: {}", "x".repeat(30_000));
    assert_eq!(ask(server, "GET", "/inbox", &[&header]).status, 303, "a header of 30 KB");
    let many: Vec<String> = (0..200).map(|number| format!("X-{number}: 1")).collect();
    assert_eq!(
        ask(server, "GET", "/inbox", &many.iter().map(String::as_str).collect::<Vec<_>>()).status,
        431,
        "200 headers"
    );
    let query = format!("/inbox?q={}", "a".repeat(20_000));
    assert_eq!(olga.get(&query).status, 200, "a long search");
}

fn limited(site: &Site, limits: Limits) -> (inbox::Running, SocketAddr) {
    let running = inbox::serve(Options { limits, ..site.options() }).unwrap();
    let address = running.address();
    (running, address)
}

#[test]
fn who_sends_too_often_is_told_when_to_come_again() {
    let site = Site::new();
    let (_running, server) = limited(&site, Limits { requests_per_minute: 3, ..Limits::default() });
    let statuses: Vec<u16> =
        (0..5).map(|number| request(&format!("often-{number:03}"), "x").post(server).status).collect();
    assert_eq!(statuses, [201, 201, 201, 429, 429]);
    let answer = request("often-999", "x").post(server);
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
    assert_eq!(answer.header("access-control-expose-headers"), Some("retry-after"));
    assert_eq!(get(server, "/").status, 200, "the program itself is limited too");
}

/// Sends as many bytes as a form may have, with these header lines, and returns the whole answer.
fn send_large(server: SocketAddr, headers: &str) -> String {
    let body = vec![b'x'; Limits::default().body_bytes];
    let head = format!(
        "POST /requests HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n\r\n",
        body.len()
    );
    let mut stream = connect(server);
    stream.write_all(head.as_bytes()).unwrap();
    // More than a connection holds by itself. A browser that cannot send all of it sees no answer, and a proxy says
    // that the server is broken.
    stream.write_all(&body).expect("the server stopped reading");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the answer was cut off");
    answer
}

#[test]
fn whoever_is_refused_before_the_end_can_send_all_of_it_and_hears_why() {
    let form = "Content-Type: multipart/form-data; boundary=b";
    for (what, headers, limits, status) in [
        ("another site", format!("{form}\r\nOrigin: https://evil.example"), Limits::default(), 403),
        ("no form", "Content-Type: text/plain".to_owned(), Limits::default(), 415),
        ("another boundary", form.to_owned(), Limits::default(), 400),
        ("too often", form.to_owned(), Limits { requests_per_minute: 1, ..Limits::default() }, 429),
        ("too many at once", form.to_owned(), Limits { bodies_at_once: 1, ..Limits::default() }, 503),
    ] {
        let site = Site::new();
        let (_running, server) = limited(&site, limits);
        let _held = (status == 503).then(|| hold_place(server));
        if status == 429 {
            request("the-first-1", "x").post(server);
        }
        let answer = send_large(server, &headers);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {answer}");
        assert!(answer.contains("{\"error\":"), "{what}: {answer}");
    }
}

/// Begins to send a form, and keeps its place as long as the connection is kept.
fn hold_place(server: SocketAddr) -> TcpStream {
    const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue";
    let mut stream = connect(server);
    stream.write_all(format!("{}Expect: 100-continue\r\n\r\n", post_head(server, 1000)).as_bytes()).unwrap();
    // It is told to go on when its body is read, so it has its place now.
    let mut said = [0; CONTINUE.len()];
    stream.read_exact(&mut said).unwrap();
    assert_eq!(said, CONTINUE);
    stream
}

#[test]
fn only_as_many_arrive_at_once_as_fit_into_memory() {
    let site = Site::new();
    let limits = Limits { bodies_at_once: 2, requests_per_minute: 1000, ..Limits::default() };
    let (_running, server) = limited(&site, limits);
    let held = [hold_place(server), hold_place(server)];
    let answer = request("busy-1234", "x").post(server);
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("3")));
    drop(held);
    // The server hears within a moment that they are gone.
    let again = (0..500).any(|_| request("busy-1234", "x").post(server).status == 201);
    assert!(again, "places are not given back");
}

#[test]
fn a_body_that_takes_too_long_is_ended() {
    let site = Site::new();
    let (_running, server) = limited(&site, Limits { body_seconds: 1, ..Limits::default() });
    let mut stream = connect(server);
    stream.write_all(format!("{}\r\n--", post_head(server, 1000)).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
}

#[test]
fn programs_without_an_origin_are_taken_or_not_as_configured() {
    let site = Site::new();
    let running = inbox::serve(Options { accept_without_origin: false, ..site.options() }).unwrap();
    let server = running.address();
    assert_eq!(request("no-origin-1", "x").post(server).status, 403);
    let own = format!("Origin: http://{server}");
    assert_eq!(request("no-origin-2", "x").post_with(server, &[&own]).status, 201);
}
