//! The staff's pages, as the staff use them.

use crate::browser::{Browser, PASSWORD};
use crate::client::{Form, connect, get, jpeg};
use crate::site::{Needs, Site};
use inbox::{AccountRole, Running};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::SocketAddr,
};

pub(crate) const ID: &str = "7K2M-9QXR-4TDA";

/// A server with an owner, a member of the staff and a reader, and one request.
pub(crate) fn clinic(site: &Site) -> (Running, SocketAddr) {
    for (name, role) in [("olga", AccountRole::Owner), ("stan", AccountRole::Staff), ("rita", AccountRole::Reader)] {
        inbox::add_account(&site.options(), name, role, Some(PASSWORD.to_owned())).unwrap();
    }
    let (running, server) = site.serve();
    assert_eq!(request(ID, "Zoë Müller").post(server).status, 201);
    (running, server)
}

/// A request of somebody.
pub(crate) fn request(id: &str, name: &str) -> Form {
    let request = serde_json::json!({
        "version": 1, "id": id, "made_at": "2026-01-02T03:04:05Z", "language": "en", "program": "hairline-designer 0.1.0",
        "fields": { "name": name, "email": "zoe@mail.example", "phone": "+44 20 7946 0018", "message": "How long?\nThank you" },
        "consents": [{ "key": "adult", "text": "I am 18 or older.", "version": "7", "given_at": "2026-01-02T03:00:00Z" }],
        "figures": { "dots": { "least": 9000, "value": 12480.4, "most": 16000 } },
    });
    Form::default()
        .json("request", &request.to_string())
        .json("design", "{\"version\":1}")
        .jpeg("before", &jpeg(1))
        .jpeg("after", &jpeg(2))
        .jpeg("before-top", &jpeg(3))
}

#[test]
fn a_request_is_listed_read_worked_with_and_deleted() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    let list = olga.get("/inbox");
    assert!(list.text().contains("Zoë Müller") && list.text().contains(&format!("/inbox/requests/{ID}")));

    let path = format!("/inbox/requests/{ID}");
    let page = olga.get(&path);
    for part in [
        "mailto:zoe@mail.example",
        "tel:+442079460018",
        "How long?\nThank you",
        "12,480 (9,000 to 16,000)",
        "I am 18 or older.",
        "files/before.jpg",
        "files/after.jpg",
        "files/before-top.jpg",
        "files/design.json",
    ] {
        assert!(page.text().contains(part), "no {part} in {}", page.text());
    }
    for (what, fields) in [
        ("state", &[("state", "booked")] as &[(&str, &str)]),
        ("assign", &[("account", "stan")]),
        ("note", &[("text", "Call again <b>tomorrow</b>")]),
    ] {
        assert_eq!(olga.post(&format!("{path}/{what}"), fields).status, 303, "{what}");
    }
    let page = olga.get(&path);
    assert!(page.text().contains("data-state=\"booked\"") && page.text().contains("Call again &lt;b&gt;tomorrow"));
    assert!(page.text().contains("<option value=\"stan\" selected>"), "{}", page.text());

    assert_eq!(olga.post(&format!("{path}/delete"), &[]).status, 400, "it was deleted without being sure");
    assert_eq!(olga.post(&format!("{path}/delete"), &[("sure", "yes")]).status, 303);
    assert_eq!(olga.get(&path).status, 404);
    assert_eq!(olga.get(&format!("{path}/files/before.jpg")).status, 404);
    assert_eq!(site.stored(), [] as [&str; 0]);
    let record = olga.get("/inbox/record");
    for action in ["saw request", "changed state", "assigned request", "added note", "deleted request", "logged in"] {
        assert!(record.text().contains(action), "{action} is not recorded");
    }
    assert!(!record.text().contains("Zoë"), "the record holds what a visitor wrote");
}

#[test]
fn a_request_is_shown_in_the_words_that_its_visitor_saw_or_in_ours() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut request = serde_json::json!({
        "version": 1, "id": "with-lines", "language": "en",
        "fields": { "name": "Ann", "reply_by": "phone", "reply_when": "mornings", "loss": ["norwood-3-vertex", "ludwig-1"],
            "earlier": ["smp", "transplant"], "skin_tone": 4 },
        "figures": { "advice": [{ "advice": "low-line" }], "zones": [{ "zone": "part-line" }] },
        "lines": [["Haarausfall", "Norwood 3"], ["Hinweis", "Die Linie <b>steht</b> tief."]],
    });
    assert_eq!(Form::default().json("request", &request.to_string()).post(server).status, 201);
    request.as_object_mut().unwrap().remove("lines");
    request["id"] = "without-lines".into();
    assert_eq!(Form::default().json("request", &request.to_string()).post(server).status, 201);
    let mut rita = Browser::logged_in(server, "rita");
    let (with, without) = (rita.get("/inbox/requests/with-lines"), rita.get("/inbox/requests/without-lines"));
    for part in ["As the visitor saw it", "<dt>Hinweis</dt><dd>Die Linie &lt;b&gt;steht&lt;/b&gt; tief.</dd>"] {
        assert!(with.text().contains(part) && !without.text().contains(part), "{part}: {}", with.text());
    }
    assert!(without.text().contains("The middle of the line is low") && !with.text().contains("is low"));
    for part in [
        "By telephone mornings",
        "Norwood 3 vertex, Ludwig 1",
        "Scalp micropigmentation, Hair transplant",
        "Monk 4",
        "English",
        "Parting",
    ] {
        assert!(with.text().contains(part) && without.text().contains(part), "{part}: {}", without.text());
    }
}

#[test]
fn the_list_is_filtered_searched_and_paged() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    for number in 0..30 {
        assert_eq!(request(&format!("page-{number:04}"), &format!("Visitor 50%_{number:02}")).post(server).status, 201);
    }
    let mut stan = Browser::logged_in(server, "stan");
    let count = |text: &str| text.matches("href=\"/inbox/requests/").count();
    for (query, shown) in [
        ("", 25),
        ("?page=2", 6),
        ("?page=3", 0),
        ("?page=99999999999", 25),
        ("?state=new&page=2", 6),
        ("?state=booked", 0),
        ("?state=nonsense", 25),
        ("?q=m%C3%9Cller", 1),
        ("?q=m%C3%BCller+zo%C3%AB", 1),
        ("?q=50%25_07", 1),
        ("?q=5%25_07", 0),
        ("?q=page-0007", 1),
        ("?q=thank", 25),
        ("?q=%00", 25),
        ("?whose=me", 0),
    ] {
        let page = stan.get(&format!("/inbox{query}"));
        assert_eq!((page.status, count(page.text())), (200, shown), "{query}");
    }
    stan.get("/inbox");
    assert_eq!(stan.post("/inbox/requests/page-0003/assign", &[("account", "stan")]).status, 303);
    let mine = stan.get("/inbox?whose=me");
    assert!(count(mine.text()) == 1 && mine.text().contains("page-0003"));
}

#[test]
fn an_export_holds_everything_and_no_formula() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    assert_eq!(request("formula-1", "=HYPERLINK(\"http://evil.example\",\"x\")").post(server).status, 201);
    let mut stan = Browser::logged_in(server, "stan");
    let table = stan.get("/inbox/list.csv");
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = table.text().split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[1].contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"") && lines[1].contains("\"'+44"));
    assert!(lines[2].starts_with(&format!("\"{ID}\",")), "{}", lines[2]);

    let zip = stan.get(&format!("/inbox/requests/{ID}/request.zip"));
    assert_eq!((zip.header("content-type"), &zip.body[..2]), (Some("application/zip"), b"PK" as &[u8]));
    let has = |bytes: &[u8]| zip.body.windows(bytes.len()).any(|part| part == bytes);
    for (file, bytes) in [("before.jpg", jpeg(1)), ("after.jpg", jpeg(2)), ("before-top.jpg", jpeg(3))] {
        assert!(has(format!("{ID}/{file}").as_bytes()) && has(&bytes), "{file} is not in the ZIP as it came");
    }
}

#[test]
fn a_zip_that_breaks_off_does_not_look_whole() {
    let site = Site::new();
    if site.left_out(&[Needs::Folder]) {
        return;
    }
    let (_running, server) = clinic(&site);
    let stan = Browser::logged_in(server, "stan");
    let whole_end = |path: &str| {
        let mut stream = connect(server);
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n{}\r\n\r\n", stan.cookie_line());
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // Where it breaks off the connection may do so too.
        let _read = stream.read_to_end(&mut answer);
        assert!(answer.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&answer));
        answer.ends_with(b"\r\n0\r\n\r\n")
    };
    let path = format!("/inbox/requests/{ID}/request.zip");
    assert!(whole_end(&path));
    let picture = site.stored_folder(ID).join("after.jpg");
    fs::remove_file(&picture).unwrap();
    fs::create_dir(&picture).unwrap();
    assert!(!whole_end(&path), "it looks whole");
}

#[test]
fn every_page_has_an_icon_that_its_policy_lets_through() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    let request = format!("/inbox/requests/{ID}");
    for path in ["/inbox/login", "/inbox", &request, "/inbox/requests/nobody-knows"] {
        let page = olga.get(path);
        let link = page.text().split("<link rel=\"icon\"").nth(1).unwrap_or_else(|| panic!("{path} has no icon"));
        let icon = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(icon.starts_with('/') && !icon.starts_with("//"), "{icon} comes from elsewhere");
        assert!(page.header("content-security-policy").unwrap().contains("img-src 'self';"), "{path}");
        // The login has it too.
        let icon = get(server, icon);
        assert_eq!((icon.status, icon.header("content-type")), (200, Some("image/svg+xml")), "{path}");
        assert!(icon.text().starts_with("<svg ") && !icon.text().contains("script"), "{}", icon.text());
    }
}

#[test]
fn a_file_is_shown_or_saved_under_our_name_and_may_do_nothing() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut rita = Browser::logged_in(server, "rita");
    for (file, kind, how) in [("before.jpg", "image/jpeg", "inline"), ("design.json", "application/json", "attachment")]
    {
        let answer = rita.get(&format!("/inbox/requests/{ID}/files/{file}"));
        assert_eq!(answer.header("content-type"), Some(kind));
        assert_eq!(answer.header("content-disposition"), Some(format!("{how}; filename=\"{ID}-{file}\"").as_str()));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("content-security-policy").unwrap().ends_with("sandbox"));
    }
    assert_eq!(rita.get(&format!("/inbox/requests/{ID}/files/before.jpg")).body, jpeg(1));
}

#[test]
fn an_owner_makes_accounts_whose_passwords_are_shown_once() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let mut olga = Browser::logged_in(server, "olga");
    olga.get("/inbox/accounts");
    let page = olga.post("/inbox/accounts", &[("name", "nina"), ("role", "reader")]);
    let secret = |text: &str| text.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let password = secret(page.text());
    assert!(!olga.get("/inbox/accounts").text().contains(&password), "it is shown twice");
    let mut nina = Browser::new(server);
    assert_eq!(nina.log_in("nina", &password).header("location"), Some("/inbox"));

    // A new password and being switched off end her sessions.
    let new = secret(olga.post("/inbox/accounts/nina/password", &[]).text());
    assert_eq!(nina.get("/inbox").status, 303);
    assert_eq!(nina.log_in("nina", &password).status, 401);
    assert_eq!(nina.log_in("nina", &new).status, 303);
    assert_eq!(olga.post("/inbox/accounts/nina", &[("role", "reader")]).status, 303);
    assert_eq!(nina.get("/inbox").status, 303);
    assert_eq!(nina.log_in("nina", &new).status, 401);

    for (name, status) in [("nina", 409), ("", 422), ("a b", 422), ("<b>", 422), (&"x".repeat(41), 422)] {
        let answer = olga.post("/inbox/accounts", &[("name", name), ("role", "reader")]);
        assert_eq!(answer.status, status, "{name}");
    }
    assert_eq!(olga.post("/inbox/accounts/olga", &[("role", "reader")]).status, 400, "she could lock herself out");
}

#[test]
fn a_password_is_changed_by_who_knows_it_and_ends_every_session() {
    let site = Site::new();
    let (_running, server) = clinic(&site);
    let (mut stan, mut elsewhere) = (Browser::logged_in(server, "stan"), Browser::logged_in(server, "stan"));
    stan.get("/inbox/password");
    let mut change = |current: &str, new: &str, again: &str| {
        stan.post("/inbox/password", &[("current", current), ("new", new), ("again", again)]).status
    };
    assert_eq!(change("wrong", "a new password", "a new password"), 422);
    assert_eq!(change(PASSWORD, "a new password", "another password"), 422);
    assert_eq!(change(PASSWORD, "short", "short"), 422);
    assert_eq!(change(PASSWORD, "a new password", "a new password"), 303);
    assert_eq!((stan.get("/inbox").status, elsewhere.get("/inbox").status), (303, 303));
    assert_eq!(stan.log_in("stan", PASSWORD).status, 401);
    assert_eq!(stan.log_in("stan", "a new password").status, 303);
}

#[test]
fn there_is_no_account_before_somebody_makes_one() {
    let site = Site::new();
    let (running, server) = site.serve();
    for name in ["owner", "admin", "inbox"] {
        for password in ["", name, "password", "changeme"] {
            assert_ne!(Browser::new(server).log_in(name, password).status, 303, "{name} {password}");
        }
    }
    running.stop();
    let (name, password) = inbox::add_first_owner(&site.options()).unwrap().unwrap();
    assert_eq!(inbox::add_first_owner(&site.options()).unwrap(), None, "a second owner was made");
    let (_running, server) = site.serve();
    assert_eq!(Browser::new(server).log_in(name, &password).status, 303);
}

#[test]
fn a_backup_is_whole_while_the_server_runs() {
    let site = Site::new();
    if site.left_out(&[Needs::Sqlite, Needs::Folder]) {
        return;
    }
    let (_running, server) = clinic(&site);
    let copy = site.path("copy/inbox.db");
    fs::create_dir(site.path("copy")).unwrap();
    inbox::back_up(&site.options(), &copy).unwrap();
    assert!(inbox::back_up(&site.options(), &copy).is_err(), "a backup was written over");
    assert_eq!(request("after-backup", "Later").post(server).status, 201);
    fs::rename(site.stored_folder(ID), site.path("copy").join(site.stored_folder(ID).file_name().unwrap())).unwrap();
    let restored = inbox::serve(inbox::Options { received: site.path("copy"), ..site.options() }).unwrap();
    let mut olga = Browser::logged_in(restored.address(), "olga");
    let list = olga.get("/inbox");
    assert!(list.text().contains(ID) && !list.text().contains("after-backup"));
    assert_eq!(olga.get(&format!("/inbox/requests/{ID}/files/before.jpg")).body, jpeg(1));
}

#[test]
fn a_monitor_sees_numbers_only_with_its_token() {
    let site = Site::new();
    let options = inbox::Options { metrics_token: Some("monitor's own".to_owned()), ..site.options() };
    let running = inbox::serve(options).unwrap();
    let server = running.address();
    request("for-numbers", "Zoë").post(server);
    request("for-numbers", "Zoë").post(server);
    assert_eq!(get(server, "/health").text(), "ok\n");
    assert_eq!(get(server, "/metrics").status, 401);
    assert_eq!(crate::client::ask(server, "GET", "/metrics", &["Authorization: Bearer other"]).status, 401);
    let answer = crate::client::ask(server, "GET", "/metrics", &["Authorization: Bearer monitor's own"]);
    for line in [
        "inbox_requests_total{result=\"stored\"} 1",
        "inbox_requests_total{result=\"repeated\"} 1",
        "inbox_requests{state=\"new\"} 1",
    ] {
        assert!(answer.text().lines().any(|each| each == line), "no {line} in {}", answer.text());
    }
    assert!(!answer.text().contains("Zoë") && !answer.text().contains("for-numbers"));
    let without = Site::new();
    let (_running, server) = without.serve();
    assert_eq!(get(server, "/metrics").status, 404);
}
