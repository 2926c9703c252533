//! Requests that the designer opens, and the versions that it saves beside them.

use crate::browser::Browser;
use crate::client::{Form, Response, ask, connect, get, jpeg, post_head_to};
use crate::site::{Needs, Site, names};
use crate::staff::{ID, clinic, request};
use inbox::{Limits, Options};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::SocketAddr,
    thread,
};

const VERSION: &str = "version-1";

fn designer(id: &str) -> String {
    format!("/inbox/requests/{id}/designer")
}

fn versions(id: &str) -> String {
    format!("/inbox/requests/{id}/versions")
}

/// A version of a design with a picture of the front.
fn version(id: &str, csrf: &str, name: &str) -> Form {
    let version = serde_json::json!({ "id": id, "csrf": csrf, "name": name, "program": "hairline-designer 0.1.0" });
    Form::default()
        .json("version", &version.to_string())
        .json("design", "{\"version\":1,\"lower\":true}")
        .jpeg("after", &jpeg(7))
}

/// Somebody who opened the request in the designer: what to send along, and the session's token.
fn opened(server: SocketAddr, name: &str) -> (String, String) {
    let browser = Browser::logged_in(server, name);
    let answer = ask(server, "GET", &designer(ID), &[&browser.cookie_line()]);
    assert_eq!(answer.status, 200, "{name}: {}", answer.text());
    (browser.cookie_line(), answer.json()["csrf"].as_str().unwrap().to_owned())
}

#[track_caller]
fn assert_refused(answer: &Response, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {}", String::from_utf8_lossy(&answer.body));
    assert!(answer.json()["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{what}: {answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
    assert_eq!(answer.header("location"), None, "{what} leads elsewhere");
}

#[test]
fn the_designer_is_given_the_design_and_its_pictures() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    for (name, may_save) in [("rita", false), ("stan", true), ("olga", true)] {
        let mut browser = Browser::logged_in(server, name);
        browser.get("/inbox");
        let answer = ask(server, "GET", &designer(ID), &[&browser.cookie_line()]);
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")));
        let files = format!("/inbox/requests/{ID}/files");
        let wanted = serde_json::json!({
            "request": ID, "page": format!("/inbox/requests/{ID}"), "csrf": browser.csrf, "may_save": may_save,
            "design": { "version": 1 },
            "pictures": [
                { "side": "front", "address": format!("{files}/before.jpg") },
                { "side": "top", "address": format!("{files}/before-top.jpg") },
            ],
        });
        assert_eq!(answer.json(), wanted, "{name}");
        assert_eq!(browser.get(&format!("{files}/before-top.jpg")).body, jpeg(3));
    }
    let record = Browser::logged_in(server, "olga").get(&format!("/inbox/record?request={ID}"));
    assert_eq!(record.text().matches("opened in the designer").count(), 3, "{}", record.text());
}

#[test]
fn what_is_not_there_is_said_in_json() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    for (id, design) in [("words-only", None), ("no-object", Some("[1]"))] {
        let form = Form::default().json("request", &format!("{{\"id\":\"{id}\"}}"));
        let form = design.map_or(form.clone(), |design| form.json("design", design));
        assert_eq!(form.post(server).status, 201);
    }
    let (cookie, csrf) = opened(server, "stan");
    for path in [
        designer("nobody-knows"),
        designer("words-only"),
        designer("no-object"),
        designer("%00"),
        designer("..%2f7K2M-9QXR-4TDA"),
        format!("{}?version=unknown-1", designer(ID)),
        format!("{}?version=%00", designer(ID)),
        format!("{}?version=../{ID}", designer(ID)),
    ] {
        assert_refused(&ask(server, "GET", &path, &[&cookie]), 404, &path);
    }
    for id in ["nobody-knows", "%00", "7k2m-9qxr-4tda"] {
        assert_refused(&version(VERSION, &csrf, "").post_to(server, &versions(id), &[&cookie]), 404, id);
    }
}

#[test]
fn a_version_is_saved_once_shown_packed_and_leaves_the_visitor_s_own_alone() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (cookie, csrf) = opened(server, "stan");
    let save = |name: &str| {
        version(VERSION, &csrf, name).jpeg("after-back", &jpeg(8)).post_to(server, &versions(ID), &[&cookie])
    };
    let first = save("Lower, softer");
    assert_eq!((first.status, first.text()), (201, "{\"id\":\"version-1\",\"stored\":true}"));
    let again = save("Lower, softer");
    assert_eq!((again.status, again.text()), (200, first.text()));
    assert_refused(&save("Another name"), 409, "the same id with another name");
    let other = version(VERSION, &csrf, "Lower, softer").post_to(server, &versions(ID), &[&cookie]);
    assert_refused(&other, 409, "the same id with other parts");
    // The same again after a new login brings another token, and is the same all the same.
    let (later, other_csrf) = opened(server, "olga");
    let repeat = version(VERSION, &other_csrf, "Lower, softer").jpeg("after-back", &jpeg(8));
    assert_eq!(repeat.post_to(server, &versions(ID), &[&later]).status, 200);
    assert_eq!(site.stored(), [ID, ID], "the request, and one version of it");

    let given = ask(server, "GET", &format!("{}?version={VERSION}", designer(ID)), &[&cookie]);
    assert_eq!(given.json()["design"], serde_json::json!({ "version": 1, "lower": true }));
    assert_eq!(given.json()["pictures"][0]["address"], format!("/inbox/requests/{ID}/files/before.jpg"));

    let mut olga = Browser::logged_in(server, "olga");
    let files = format!("{}/{VERSION}/files", versions(ID));
    assert_eq!(olga.get(&format!("{files}/after.jpg")).body, jpeg(7));
    assert_eq!(olga.get(&format!("{files}/after-back.jpg")).body, jpeg(8));
    assert_eq!(olga.get(&format!("{files}/design.json")).text(), "{\"version\":1,\"lower\":true}");
    assert_eq!(
        olga.get(&format!("/inbox/requests/{ID}/files/after.jpg")).body,
        jpeg(2),
        "the visitor's own was changed"
    );
    assert_eq!(olga.get(&format!("/inbox/requests/{ID}/files/design.json")).text(), "{\"version\":1}");

    let page = olga.get(&format!("/inbox/requests/{ID}"));
    for part in [
        format!("href=\"/#request={ID}\""),
        format!("href=\"/#request={ID}&amp;version={VERSION}\""),
        "Lower, softer".to_owned(),
        "stan, ".to_owned(),
        format!("src=\"{files}/after.jpg\""),
        format!("href=\"{files}/design.json\""),
    ] {
        assert!(page.text().contains(&part), "no {part} in {}", page.text());
    }
    let zip = olga.get(&format!("/inbox/requests/{ID}/request.zip"));
    let packed = String::from_utf8_lossy(&zip.body);
    for file in ["version.json", "design.json", "after.jpg", "after-back.jpg"] {
        assert!(packed.contains(&format!("{ID}/versions/{VERSION}/{file}")), "{file} is not packed");
    }
    assert!(packed.contains("\"saved_by\":\"stan\"") && !packed.contains(&csrf), "the ZIP holds a token");
    let record = olga.get(&format!("/inbox/record?request={ID}"));
    assert_eq!(record.text().matches("saved a version").count(), 1, "{}", record.text());
    assert!(!record.text().contains("softer"), "the record holds what somebody wrote");
}

#[test]
fn versions_go_with_their_request_and_what_a_crash_left_goes_at_the_next_start() {
    let site = Site::new();
    let (running, server) = clinic(&site);
    let (cookie, csrf) = opened(server, "olga");
    for number in 0..3 {
        let form = version(&format!("version-{number}"), &csrf, "");
        assert_eq!(form.post_to(server, &versions(ID), &[&cookie]).status, 201);
    }
    assert_eq!(site.stored(), [ID; 4]);
    running.stop();
    if !site.is_in_bucket() {
        site.write(&format!("received/{ID}.0123456789abcdef/design.json"), "{");
    }
    let (_running, server) = site.serve();
    assert_eq!(site.stored(), [ID; 4], "a version went, or what a crash left stayed");
    let mut olga = Browser::logged_in(server, "olga");
    assert_eq!(olga.get(&format!("{}/version-2/files/after.jpg", versions(ID))).body, jpeg(7));
    olga.get(&format!("/inbox/requests/{ID}"));
    assert_eq!(olga.post(&format!("/inbox/requests/{ID}/delete"), &[("sure", "yes")]).status, 303);
    assert_eq!(site.stored(), [] as [&str; 0], "a version stayed");
    assert_eq!(olga.get(&format!("{}/version-2/files/after.jpg", versions(ID))).status, 404);
}

#[test]
fn a_backup_holds_the_versions() {
    let site = Site::new();
    if site.left_out(&[Needs::Sqlite, Needs::Folder]) {
        return;
    }
    let (_running, server) = clinic(&site);
    let (cookie, csrf) = opened(server, "stan");
    assert_eq!(version(VERSION, &csrf, "Kept").post_to(server, &versions(ID), &[&cookie]).status, 201);
    fs::create_dir(site.path("copy")).unwrap();
    inbox::back_up(&site.options(), &site.path("copy/inbox.db")).unwrap();
    for name in names(&site.received()).iter().filter(|name| !name.starts_with("inbox.db")) {
        fs::rename(site.received().join(name), site.path("copy").join(name)).unwrap();
    }
    let restored = inbox::serve(Options { received: site.path("copy"), ..site.options() }).unwrap();
    let mut olga = Browser::logged_in(restored.address(), "olga");
    assert!(olga.get(&format!("/inbox/requests/{ID}")).text().contains("Kept"));
    assert_eq!(olga.get(&format!("{}/{VERSION}/files/after.jpg", versions(ID))).body, jpeg(7));
}

#[test]
fn who_may_not_save_saves_nothing() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (reader, reader_csrf) = opened(server, "rita");
    let (cookie, csrf) = opened(server, "stan");
    let (_, other) = opened(server, "olga");
    let half = &csrf[..csrf.len() / 2];
    let good = || version(VERSION, &csrf, "INTRUDER");
    for (what, form, headers, status) in [
        ("nobody", good(), vec![], 401),
        ("a cookie of ours that is none", good(), vec!["Cookie: inbox=0"], 401),
        ("a reader", version(VERSION, &reader_csrf, "INTRUDER"), vec![reader.as_str()], 403),
        ("the token of another session", version(VERSION, &other, "INTRUDER"), vec![&cookie], 403),
        ("half of the token", version(VERSION, half, "INTRUDER"), vec![&cookie], 403),
        ("an empty token", version(VERSION, "", "INTRUDER"), vec![&cookie], 403),
        (
            "no token",
            Form::default().json("version", "{\"id\":\"version-1\"}").json("design", "{}"),
            vec![&cookie],
            403,
        ),
        ("no version at all", Form::default().json("design", "{}"), vec![&cookie], 403),
        ("another origin", good(), vec![&cookie, "Origin: https://evil.example"], 403),
        ("no origin", good(), vec![&cookie, "Origin: null"], 403),
        ("another site", good(), vec![&cookie, "Sec-Fetch-Site: cross-site"], 403),
        ("a site beside ours", good(), vec![&cookie, "Sec-Fetch-Site: same-site"], 403),
    ] {
        assert_refused(&form.post_to(server, &versions(ID), &headers), status, what);
        assert_eq!(site.stored(), [ID], "{what} saved a version");
    }
    assert_refused(&get(server, &designer(ID)), 401, "somebody without a login");
    for method in ["PUT", "DELETE", "PATCH"] {
        for path in [designer(ID), versions(ID)] {
            assert_eq!(ask(server, method, &path, &[&cookie]).status, 405, "{method} {path}");
        }
    }
    let page = Browser::logged_in(server, "olga").get(&format!("/inbox/requests/{ID}"));
    assert!(!page.text().contains("INTRUDER"));
    assert_eq!(good().post_to(server, &versions(ID), &[&cookie, "Sec-Fetch-Site: same-origin"]).status, 201);
}

#[test]
fn parts_of_a_version_that_are_wrong_are_named() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (cookie, csrf) = opened(server, "stan");
    let whole = jpeg(1);
    let behind = |bytes: &[u8]| [&whole, bytes].concat();
    let bare = |id: &str| {
        let version = serde_json::json!({ "id": id, "csrf": csrf, "name": "" });
        Form::default().json("version", &version.to_string())
    };
    let named = |name: &str| version(VERSION, &csrf, name);
    for (form, field) in [
        (bare(VERSION), "design"),
        (bare(VERSION).json("design", "{"), "design"),
        (bare(VERSION).json("design", "[]"), "design"),
        (bare(VERSION).json("design", &format!("{{\"x\":\"{}\"}}", "x".repeat(1024 * 1024))), "design"),
        (bare("short").json("design", "{}"), "id"),
        (bare("../../escaped").json("design", "{}"), "id"),
        (bare("version/1").json("design", "{}"), "id"),
        (named(&"x".repeat(61)), "name"),
        (named("").jpeg("before", &whole), "parts"),
        (named("").json("request", "{}"), "parts"),
        (named("").jpeg("after", &whole), "after"),
        (named("").jpeg("after-top", &behind(b"PK\x03\x04................")), "after-top"),
        (named("").jpeg("after-top", &behind(b"<html><script>alert(1)</script>")), "after-top"),
        (named("").jpeg("after-top", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "after-top"),
        (named("").part("after-top", "text/html", &whole), "after-top"),
    ] {
        let answer = form.post_to(server, &versions(ID), &[&cookie]);
        assert_refused(&answer, 422, field);
        assert!(answer.json()["errors"][field].is_string(), "{field}: {}", answer.text());
        assert_eq!(site.stored(), [ID], "{field}");
    }
}

#[test]
fn no_path_leads_out_of_a_version() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    assert_eq!(request("other-request", "Ann").post(server).status, 201);
    let (cookie, csrf) = opened(server, "stan");
    assert_eq!(version(VERSION, &csrf, "").post_to(server, &versions(ID), &[&cookie]).status, 201);
    let mut stan = Browser::logged_in(server, "stan");
    assert_eq!(stan.get(&format!("{}/{VERSION}/files/after.jpg", versions(ID))).status, 200);
    for path in [
        format!("{}/{VERSION}/files/after.jpg", versions("other-request")),
        format!("{}/{VERSION}/files/version.json", versions(ID)),
        format!("{}/{VERSION}/files/before.jpg", versions(ID)),
        format!("{}/{VERSION}/files/..%2fdesign.json", versions(ID)),
        format!("{}/{VERSION}/files/%2e%2e%2f%2e%2e%2finbox.db", versions(ID)),
        format!("{}/{VERSION}/files/after.jpg%00.html", versions(ID)),
        format!("{}/{ID}/files/after.jpg", versions(ID)),
        format!("{}/..%2f{VERSION}/files/after.jpg", versions(ID)),
        format!("{}/%00/files/after.jpg", versions(ID)),
        format!("{}/VERSION-1/files/after.jpg", versions(ID)),
        format!("{}/'%20OR%20'1'='1/files/after.jpg", versions(ID)),
    ] {
        assert_eq!(stan.get(&path).status, 404, "{path}");
    }
    let other = format!("{}?version={VERSION}", designer("other-request"));
    assert_refused(&ask(server, "GET", &other, &[&cookie]), 404, "the version of another request");
}

#[test]
fn the_name_of_a_version_becomes_no_markup() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (cookie, csrf) = opened(server, "stan");
    for (number, hostile) in
        ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title><svg/onload=alert(1)>"]
            .into_iter()
            .enumerate()
    {
        let form = version(&format!("hostile-{number}"), &csrf, hostile);
        assert_eq!(form.post_to(server, &versions(ID), &[&cookie]).status, 201);
        let page = Browser::logged_in(server, "olga").get(&format!("/inbox/requests/{ID}"));
        for raw in ["<script>alert", "<img src=x", "<svg/"] {
            assert!(!page.text().contains(raw), "{hostile} became {raw}");
        }
        assert!(page.text().contains("alert(1)"), "{hostile} is not shown");
    }
}

#[test]
fn the_fifty_first_version_is_refused_also_where_all_come_at_once() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (cookie, csrf) = opened(server, "stan");
    let save =
        |number: usize| version(&format!("many-{number:04}"), &csrf, "").post_to(server, &versions(ID), &[&cookie]);
    for number in 0..46 {
        assert_eq!(save(number).status, 201, "{number}");
    }
    let statuses: Vec<u16> = thread::scope(|scope| {
        let tries: Vec<_> = (46..56).map(|number| scope.spawn(move || save(number).status)).collect();
        tries.into_iter().map(|each| each.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 4, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 6, "{statuses:?}");
    assert_refused(&save(99), 422, "one more");
    assert_eq!(save(0).status, 200, "a repeat counts as one more");
    assert_eq!(site.stored().len(), 51, "what was refused stayed");
}

#[test]
fn a_version_that_is_too_large_or_too_slow_is_ended() {
    let site = Site::new();
    let limits = Limits { body_bytes: 100_000, body_seconds: 1, requests_per_minute: 1000, ..Limits::default() };
    drop(clinic(&site));
    let running = inbox::serve(Options { limits, ..site.options() }).unwrap();
    let server = running.address();
    let (cookie, csrf) = opened(server, "stan");
    let mut large = jpeg(9);
    let end = large.split_off(large.len() - 2);
    large.resize(300_000, 9);
    large.extend(end);
    let large = || version(VERSION, &csrf, "").jpeg("after-top", &large);
    assert_refused(&large().post_to(server, &versions(ID), &[&cookie]), 413, "300 KB");
    let mut stream = connect(server);
    let head = post_head_to(server, &versions(ID), 1000);
    stream.write_all(format!("{head}{cookie}\r\n\r\n--").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    let not_a_form = ask(server, "POST", &versions(ID), &[&cookie, "Content-Length: 0"]);
    assert_refused(&not_a_form, 415, "no form");
    assert_eq!(site.stored(), [ID]);
}

#[test]
fn a_large_version_is_taken_and_who_is_not_logged_in_any_more_hears_so() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut large = jpeg(9);
    let end = large.split_off(large.len() - 2);
    large.resize(Limits::default().body_bytes * 4, 9);
    large.extend(end);
    let body = version(VERSION, "", "").jpeg("after-top", &large).body();
    let mut stream = connect(server);
    stream.write_all(format!("{}\r\n", post_head_to(server, &versions(ID), body.len())).as_bytes()).unwrap();
    // More than a connection holds by itself. A browser that cannot send all of it sees no answer.
    stream.write_all(&body).expect("the server stopped reading");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    // The forms of the staff's own pages may be far smaller than a version.
    large.drain(1000..large.len() - 1_000_000);
    let (cookie, csrf) = opened(server, "stan");
    let form = version(VERSION, &csrf, "").part("after-top", "image/jpeg", &large);
    assert_eq!(form.post_to(server, &versions(ID), &[&cookie]).status, 201);
}
