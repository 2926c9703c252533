//! Consultation requests.

use crate::client::{Form, Response, ask, connect, jpeg, post_head, send};
use crate::site::{Needs, Site, names};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr},
    sync::Barrier,
    thread,
};

const ID: &str = "0f9a3c52-7b1e-4c8d-9a44-1d2e3f405162";
const LIMIT: usize = 4 * 1024 * 1024;

fn request(id: &str) -> String {
    format!(" {{\"id\": \"{id}\", \"fields\": {{\"name\": \"Zoë \\ud800\"}}, \"consents\": [], \"numbers\": {{}} }}\n")
}

fn whole(id: &str) -> Form {
    Form::default()
        .json("request", &request(id))
        .json("design", "{\"version\":1}")
        .jpeg("before", &jpeg(1))
        .jpeg("after", &jpeg(2))
}

#[track_caller]
fn assert_stored(answer: &Response, status: u16, id: &str) {
    assert_eq!(answer.status, status, "{answer:?}");
    assert_eq!(answer.text(), format!("{{\"id\":\"{id}\",\"stored\":true}}"));
    assert_eq!(answer.json()["stored"], true);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

/// Refused with a sentence, a list of fields that names `field`, and nothing in the folder.
#[track_caller]
fn assert_refused(site: &Site, answer: &Response, status: u16, field: Option<&str>) {
    let body = answer.json();
    assert_eq!(answer.status, status, "{body}");
    assert!(body["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{body}");
    let fields = body["errors"].as_object().unwrap();
    assert_eq!(fields.is_empty(), field.is_none(), "{body}");
    assert!(field.is_none_or(|name| fields[name].is_string()), "{body} does not name {field:?}");
    assert_eq!(site.stored(), [] as [&str; 0], "{body}");
}

#[test]
fn who_tries_it_out_is_told_where_it_is_read_and_nobody_else() {
    let site = Site::new();
    let own = |server| format!("Origin: http://{server}");
    let page = |options| {
        let running = inbox::serve(options).unwrap();
        let server = running.address();
        let id = format!("{ID}-{}", server.port());
        let answer = whole(&id).post_with(server, &[&own(server), "X-Forwarded-For: 127.0.0.1"]);
        assert_eq!(answer.status, 201, "{answer:?}");
        (answer.json()["staff_page"].as_str().map(str::to_owned), format!("/inbox/requests/{id}"))
    };
    let (told, expected) = page(site.options());
    assert_eq!(told, Some(expected));
    let public = "https://designer.clinic.example".to_owned();
    assert_eq!(page(inbox::Options { public_url: Some(public), ..site.options() }).0, None);
    assert_eq!(page(inbox::Options { behind_proxy: true, ..site.options() }).0, None);
    let (_running, server) = site.serve();
    assert_stored(&whole("no-page-sent-this").post(server), 201, "no-page-sent-this");
}

#[test]
fn a_request_is_kept_byte_for_byte() {
    let site = Site::new();
    let (_running, server) = site.serve();
    assert_stored(&whole(ID).post(server), 201, ID);
    assert_eq!(site.stored(), [ID]);
    assert_eq!(site.stored_files(ID), ["after.jpg", "before.jpg", "design.json", "request.json"]);
    assert_eq!(site.stored_part(ID, "request.json"), request(ID).as_bytes());
    assert_eq!(site.stored_part(ID, "design.json"), b"{\"version\":1}");
    assert_eq!(site.stored_part(ID, "before.jpg"), jpeg(1));
    assert_eq!(site.stored_part(ID, "after.jpg"), jpeg(2));
}

#[test]
fn a_request_without_pictures_or_design_is_kept() {
    let site = Site::new();
    let (_running, server) = site.serve();
    assert_stored(&Form::default().json("request", &request(ID)).post(server), 201, ID);
    assert_eq!(site.stored_files(ID), ["request.json"]);
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_can_read_a_request() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = Site::new();
    if site.left_out(&[Needs::Folder, Needs::Sqlite]) {
        return;
    }
    let (_running, server) = site.serve();
    whole(ID).post(server);
    let folder = site.stored_folder(ID);
    for path in [
        site.received(),
        site.received().join("inbox.db"),
        folder.clone(),
        folder.join("request.json"),
        folder.join("before.jpg"),
    ] {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", path.display());
    }
}

#[test]
fn the_same_request_again_gets_the_same_answer_and_is_stored_once() {
    let site = Site::new();
    let (running, server) = site.serve();
    assert_stored(&whole(ID).post(server), 201, ID);
    assert_stored(&whole(ID).post(server), 200, ID);
    running.stop();
    let (_running, server) = site.serve();
    assert_stored(&whole(ID).post(server), 200, ID);
    assert_eq!(site.stored(), [ID]);
}

#[test]
fn eight_at_once_with_one_id_end_in_one_request() {
    const SENDERS: usize = 8;
    let site = Site::new();
    let (_running, server) = site.serve();
    for round in 0..10 {
        let id = format!("together-{round}");
        let start = Barrier::new(SENDERS);
        let send = || {
            start.wait();
            whole(&id).post(server)
        };
        let answers: Vec<Response> = thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS).map(|_| scope.spawn(send)).collect();
            senders.into_iter().map(|sender| sender.join().unwrap()).collect()
        });
        for answer in &answers {
            assert_stored(answer, if answer.status == 201 { 201 } else { 200 }, &id);
        }
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "round {round}");
        assert_eq!(site.stored().len(), round + 1, "{:?}", site.stored());
        assert_eq!(site.stored_part(&id, "after.jpg"), jpeg(2));
    }
}

#[test]
fn different_requests_at_once_with_one_id_leave_one_of_them_whole() {
    let site = Site::new();
    let (_first, first) = site.serve();
    let (_second, second) = site.serve();
    let start = Barrier::new(8);
    let send = |fill: u8| {
        start.wait();
        let server = if fill.is_multiple_of(2) { first } else { second };
        let pictures = Form::default().jpeg("before", &jpeg(fill)).jpeg("after", &jpeg(fill));
        pictures.json("request", &request(ID)).post(server).status
    };
    let send = &send;
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let senders: Vec<_> = (0..8).map(|fill| scope.spawn(move || send(fill))).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(site.stored(), [ID]);
    assert_eq!(site.stored_part(ID, "before.jpg"), site.stored_part(ID, "after.jpg"));
}

#[test]
fn other_bytes_under_a_taken_id_are_refused_and_the_first_stay() {
    let site = Site::new();
    let (_running, server) = site.serve();
    assert_stored(&whole(ID).post(server), 201, ID);
    let request = request(ID);
    let base = || Form::default().json("request", &request).json("design", "{\"version\":1}");
    for (change, form) in [
        ("another picture", base().jpeg("before", &jpeg(1)).jpeg("after", &jpeg(3))),
        ("a picture less", base().jpeg("before", &jpeg(1))),
        ("no pictures", base()),
        ("swapped pictures", base().jpeg("before", &jpeg(2)).jpeg("after", &jpeg(1))),
        ("another space", Form::default().json("request", request.trim()).json("design", "{\"version\":1}")),
    ] {
        let answer = form.post(server);
        assert_eq!(answer.status, 409, "{change}");
        assert!(answer.json()["error"].is_string() && answer.json()["errors"].is_object(), "{change}");
    }
    assert_eq!(site.stored(), [ID]);
    assert_eq!(site.stored_part(ID, "after.jpg"), jpeg(2));
    assert_stored(&whole(ID).post(server), 200, ID);
}

/// A form whose body has exactly this many bytes.
fn form_of(length: usize) -> Form {
    let base = Form::default().json("request", &request(ID));
    let mut picture = jpeg(7);
    let frame = base.clone().jpeg("before", &picture).body().len();
    let end = picture.split_off(picture.len() - 2);
    picture.resize(picture.len() + length - frame, 7);
    picture.extend(end);
    base.jpeg("before", &picture)
}

#[test]
fn a_body_may_have_four_megabytes_and_not_a_byte_more() {
    let site = Site::new();
    let (_running, server) = site.serve();
    assert_eq!(form_of(LIMIT).body().len(), LIMIT);
    assert_refused(&site, &form_of(LIMIT + 1).post(server), 413, None);
    assert_refused(&site, &form_of(3 * LIMIT).post(server), 413, None);
    assert_refused(&site, &form_of(6 * LIMIT).post(server), 413, None);
    assert_stored(&form_of(LIMIT).post(server), 201, ID);
}

#[test]
fn a_body_that_does_not_tell_its_length_is_limited_too() {
    let site = Site::new();
    let (_running, server) = site.serve();
    for (length, status) in [(LIMIT + 1, 413), (LIMIT, 201)] {
        let head = post_head(server, 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
        let mut bytes = format!("{head}\r\n").into_bytes();
        for chunk in form_of(length).body().chunks(100_000) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).as_bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        assert_eq!(send(server, &bytes).status, status, "{length}");
    }
}

#[test]
fn what_is_not_a_whole_form_is_refused() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let good = whole(ID).body();
    let cut = &good[..good.len() - 20];
    for (headers, status, body) in [
        ("Content-Type: application/json", 415, request(ID).as_bytes()),
        ("Content-Type: multipart/form-data", 415, &good),
        ("Content-Type: multipart/form-data; boundary=another", 400, &good),
        ("Content-Type: multipart/mixed; boundary=----a-boundary", 415, &good),
        ("Content-Type: multipart/form-data; boundary=----a-boundary", 400, cut),
        ("Content-Type: multipart/form-data; boundary=----a-boundary", 400, b"------a-boundary\r\n"),
        ("Content-Type: multipart/form-data; boundary=----a-boundary", 400, b"------a-boundary\r\nno header\r\n\r\nx"),
        ("Content-Type: multipart/form-data; boundary=----a-boundary", 400, b""),
        ("X-Nothing: 1", 415, &good),
    ] {
        let head = format!("POST /requests HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n{headers}\r\n");
        let mut bytes = format!("{head}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        let answer = send(server, &bytes);
        assert_eq!(answer.status, status, "{headers}, {} bytes", body.len());
        assert_refused(&site, &answer, status, None);
    }
}

#[test]
fn parts_that_are_wrong_are_named() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let base = || Form::default().json("request", &request(ID));
    for (form, field) in [
        (Form::default().json("design", "{}"), "request"),
        (Form::default().part("request", "text/plain", request(ID).as_bytes()), "request"),
        (Form::default().json("request", "{\"id\":"), "request"),
        (Form::default().json("request", "{}"), "id"),
        (base().json("request", &request(ID)), "request"),
        (base().json("design", "not json"), "design"),
        (base().jpeg("before", b"\x89PNG\r\n"), "before"),
        (base().jpeg("after", b""), "after"),
        (base().part("after", "text/html", &jpeg(1)), "after"),
        (base().json("extra", "{}"), "parts"),
        (base().raw("Content-Type: application/json", b"{}"), "parts"),
        (base().json("request.json", "{}"), "parts"),
    ] {
        assert_refused(&site, &form.post(server), 422, Some(field));
    }
}

#[test]
fn a_hostile_id_makes_no_folder_anywhere() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let before = names(&site.path("."));
    for id in [
        "../../escaped",
        "..\\\\..\\\\escaped",
        "/etc/escaped-12345",
        "..........",
        ".incoming-1-1",
        "short",
        &"x".repeat(65),
        "12345678/9",
        "12345678\\u0000",
        "12345678\\r\\nX-Evil: 1",
        "%2e%2e%2fescaped",
        "<script>alert(1)</script>",
    ] {
        let answer = Form::default().json("request", &request(id)).post(server);
        assert_refused(&site, &answer, 422, Some("id"));
        assert!(!answer.text().contains("escaped") && !answer.text().contains("script"), "{}", answer.text());
    }
    assert_eq!(names(&site.path(".")), before);
}

#[test]
fn a_hostile_file_name_is_never_used() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let names_tried = [
        "../../escaped.jpg",
        "..\\..\\escaped.jpg",
        "/etc/escaped.jpg",
        "<img src=x onerror=PWNED=1>.jpg",
        "%22quotes'and;semi.jpg",
        "\u{202e}gpj.exe.jpg",
        "фото-頭-📷.jpg",
        "photo.php.jpg",
        "CON.jpg",
        "line%0Abreak.jpg",
        "a%00b.jpg",
        "",
    ];
    for (at, name) in names_tried.into_iter().enumerate() {
        let id = format!("file-name-{at}");
        let disposition = format!("Content-Disposition: form-data; name=\"before\"; filename=\"{name}\"");
        let headers = format!("{disposition}\r\nContent-Type: image/jpeg");
        let form = Form::default().json("request", &request(&id)).raw(&headers, &jpeg(1));
        assert_stored(&form.post(server), 201, &id);
        assert_eq!(site.stored_files(&id), ["before.jpg", "request.json"], "{name:?}");
    }
    assert_eq!(site.stored().len(), names_tried.len());
}

/// Sends the first `length` bytes of a form and no more, and waits until the server is done with it.
fn send_cut(server: SocketAddr, length: usize) {
    let body = whole(ID).body();
    let mut stream = connect(server);
    stream.write_all(format!("{}\r\n", post_head(server, body.len())).as_bytes()).unwrap();
    stream.write_all(&body[..length]).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut rest = Vec::new();
    // Whether the server still says something is its own affair; when it closes, it is done with this request.
    let _said = stream.read_to_end(&mut rest);
    assert!(!rest.starts_with(b"HTTP/1.1 2"), "{length}: {}", String::from_utf8_lossy(&rest));
}

#[test]
fn a_connection_cut_in_the_body_leaves_nothing_stored() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let whole_length = whole(ID).body().len();
    for length in [0, 1, 100, 300, whole_length / 2, whole_length - 40, whole_length - 2, whole_length - 1] {
        send_cut(server, length);
        assert_eq!(site.stored(), [] as [&str; 0], "{length} of {whole_length} bytes");
    }
    assert_stored(&whole(ID).post(server), 201, ID);
}

#[test]
fn only_listed_origins_are_answered() {
    let site = Site::with_configuration(r#"{"allow_origins": ["https://clinic.example", "http://LOCALHOST:8081"]}"#);
    let (_running, server) = site.serve();
    for (at, (origin, status, allowed)) in [
        ("https://clinic.example", 201, Some("https://clinic.example")),
        ("http://localhost:8081", 201, Some("http://localhost:8081")),
        (&format!("http://{server}"), 201, None),
        ("https://clinic.example.evil.example", 403, None),
        ("http://clinic.example", 403, None),
        ("https://other.example", 403, None),
        ("null", 403, None),
        ("", 403, None),
    ]
    .into_iter()
    .enumerate()
    {
        let id = format!("origin-{at}");
        let answer = whole(&id).post_with(server, &[&format!("Origin: {origin}")]);
        assert_eq!(answer.status, status, "{origin}");
        assert_eq!(answer.header("access-control-allow-origin"), allowed, "{origin}");
        assert_eq!(site.stored().contains(&id), status == 201, "{origin}");
    }
}

#[test]
fn a_refusal_can_be_read_by_a_listed_origin() {
    let site = Site::with_configuration(r#"{"allow_origins": ["https://clinic.example"]}"#);
    let (_running, server) = site.serve();
    let answer = Form::default().post_with(server, &["Origin: https://clinic.example"]);
    assert!((400..500).contains(&answer.status), "{answer:?}");
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://clinic.example"));
}

#[test]
fn a_browser_that_asks_first_is_told() {
    let site = Site::with_configuration(r#"{"allow_origins": ["https://clinic.example"]}"#);
    let (_running, server) = site.serve();
    let preflight = |origin: &str| {
        let origin = format!("Origin: {origin}");
        let asked = ["Access-Control-Request-Method: POST", "Access-Control-Request-Headers: content-type"];
        ask(server, "OPTIONS", "/requests", &[&origin, asked[0], asked[1]])
    };
    let answer = preflight("https://clinic.example");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://clinic.example"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("POST"));
    assert_eq!(answer.header("access-control-allow-headers"), Some("content-type"));
    assert_eq!(preflight("https://other.example").header("access-control-allow-origin"), None);
}
