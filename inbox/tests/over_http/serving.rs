//! The files of the built program.

use crate::client::{Response, ask, get, send};
use crate::site::{HASHED_MODULE, HASHED_SCRIPT, INDEX, SECRET, Site};
use std::net::SocketAddr;

#[track_caller]
fn assert_guarded(answer: &Response) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("permissions-policy", "camera=(self), microphone=(), geolocation=()"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}: {answer:?}");
    }
}

#[test]
fn every_answer_carries_the_guarding_headers() {
    let site = Site::new();
    let (_running, server) = site.serve();
    for (method, path, status) in [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/embed.js", 200),
        ("GET", "/missing", 404),
        ("POST", "/", 405),
        ("DELETE", "/index.html", 405),
        ("GET", "/requests", 405),
        ("POST", "/requests", 415),
        ("OPTIONS", "/requests", 200),
    ] {
        let answer = ask(server, method, path, &[]);
        assert_eq!(answer.status, status, "{method} {path}");
        assert_guarded(&answer);
    }
}

#[test]
fn files_have_their_type_and_may_be_kept_as_long_as_their_name_allows() {
    const FOR_EVER: &str = "public, max-age=31536000, immutable";
    let site = Site::with_configuration("{}");
    let (_running, server) = site.serve();
    for (path, kind, caching) in [
        ("/", "text/html", "no-cache"),
        ("/?lang=de", "text/html", "no-cache"),
        ("/index.html", "text/html", "no-cache"),
        ("/embed.js", "text/javascript", "no-cache"),
        ("/boot.js", "text/javascript", "no-cache"),
        ("/worker.js", "text/javascript", "no-cache"),
        ("/hairline.config.json", "application/json", "no-cache"),
        (&format!("/{HASHED_SCRIPT}"), "text/javascript", FOR_EVER),
        (&format!("/{HASHED_MODULE}"), "application/wasm", FOR_EVER),
        ("/pictures/icon.svg", "image/svg+xml", "no-cache"),
    ] {
        let answer = get(server, path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some(caching), "{path}");
    }
}

#[test]
fn a_page_may_do_only_what_the_program_needs() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let expected = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                    img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; \
                    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
    for path in ["/", "/index.html", "/index%2ehtml", "/worker.js"] {
        assert_eq!(get(server, path).header("content-security-policy"), Some(expected), "{path}");
    }
}

#[test]
fn the_configuration_opens_the_policy_to_its_endpoint_and_frames() {
    let site = Site::with_configuration(
        r#"{"request": {"endpoint": "https://clinic.example/api/requests"},
            "frame_origins": ["https://www.clinic.example", "http://LOCALHOST:8081"]}"#,
    );
    let (_running, server) = site.serve();
    let answer = get(server, "/");
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("connect-src 'self' https://clinic.example;"), "{policy}");
    assert!(policy.ends_with("frame-ancestors https://www.clinic.example http://localhost:8081"), "{policy}");
}

#[test]
fn a_page_that_is_still_fresh_brings_the_policy_of_today() {
    let site = Site::new();
    let (running, server) = site.serve();
    let first = get(server, "/");
    let known = format!("If-None-Match: {}", first.header("etag").unwrap());
    running.stop();
    site.write("dist/hairline.config.json", r#"{"frame_origins": ["https://clinic.example"]}"#);
    let (_running, server) = site.serve();
    let again = ask(server, "GET", "/", &[&known]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("cache-control"), Some("no-cache"));
    let policy = again.header("content-security-policy").unwrap();
    assert!(policy.ends_with("frame-ancestors https://clinic.example"), "{policy}");
}

#[test]
fn only_embed_js_is_open_to_other_origins() {
    let site = Site::with_configuration(r#"{"allow_origins": ["https://clinic.example"]}"#);
    let (_running, server) = site.serve();
    let from = ["Origin: https://clinic.example"];
    let embed = ask(server, "GET", "/embed.js", &from);
    assert_eq!(embed.header("access-control-allow-origin"), Some("*"));
    assert_eq!(embed.header("cross-origin-resource-policy"), Some("cross-origin"));
    for path in ["/", "/boot.js", "/hairline.config.json"] {
        let answer = ask(server, "GET", path, &from);
        assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), None, "{path}");
    }
}

#[test]
fn brotli_is_sent_where_it_lies_beside_the_file_and_the_client_takes_it() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let script = format!("/{HASHED_SCRIPT}");
    for (path, accepted, encoding, body) in [
        (script.as_str(), "gzip, deflate, br", Some("br"), "brotli of app()"),
        (&script, "gzip", None, "app()"),
        (&script, "br;q=0", None, "app()"),
        ("/", "br", Some("br"), "brotli of index.html"),
        ("/boot.js", "br", None, "boot()"),
    ] {
        let answer = ask(server, "GET", path, &[&format!("Accept-Encoding: {accepted}")]);
        assert_eq!(answer.status, 200, "{path} {accepted}");
        assert_eq!(answer.header("content-encoding"), encoding, "{path} {accepted}");
        assert_eq!(answer.text(), body, "{path} {accepted}");
        assert_eq!(answer.header("vary"), Some("accept-encoding"), "{path} {accepted}");
        let kind = if path == "/" { "text/html" } else { "text/javascript" };
        assert_eq!(answer.header("content-type"), Some(kind), "{path} {accepted}");
    }
    let plain = get(server, &script);
    assert_eq!((plain.header("content-encoding"), plain.text()), (None, "app()"));
}

#[test]
fn head_answers_as_get_does_without_the_body() {
    let site = Site::new();
    let (_running, server) = site.serve();
    for path in ["/", "/embed.js", "/missing", "/pictures", "/%00"] {
        let (head, get) = (ask(server, "HEAD", path, &[]), get(server, path));
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.body, b"", "{path}");
        for name in ["content-type", "content-length", "cache-control", "etag"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

/// Asks for a path that must lead nowhere, as it stands.
#[track_caller]
fn assert_leads_nowhere(server: SocketAddr, path: &str) {
    let answer = get(server, path);
    assert!(!answer.text().contains(SECRET), "{path} gave the secret away");
    assert_eq!(answer.status, 404, "{path}");
    assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"), "{path}");
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    assert!(!answer.text().contains("icon"), "{path} listed a folder");
}

#[test]
fn nothing_outside_the_folder_can_be_reached() {
    let site = Site::new();
    let (_running, server) = site.serve();
    for path in [
        "/../secret.txt",
        "/pictures/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/....//secret.txt",
        "/.../secret.txt",
        "//../secret.txt",
        "/../dist-other/secret.txt",
        "/pictures/%2e%2e/%2e%2e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/index.html/../../secret.txt",
        "/received",
        "/received/",
    ] {
        assert_leads_nowhere(server, path);
    }
    let absolute = site.path("secret.txt");
    let absolute = absolute.to_str().unwrap();
    assert_leads_nowhere(server, &format!("/{absolute}"));
    assert_leads_nowhere(server, &format!("/{}", absolute.replace('/', "%2f")));
}

#[test]
fn an_address_that_names_no_file_is_told_so_plainly() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let long = "x".repeat(300);
    for path in
        ["/missing", "/missing.html", "/pictures", "/pictures/", "/index.html/", "/index.html/x", "/%00", "/%ff"]
    {
        assert_leads_nowhere(server, path);
    }
    assert_leads_nowhere(server, &format!("/{long}"));
}

#[test]
fn a_request_that_is_not_http_is_refused_and_the_next_one_served() {
    let site = Site::new();
    let (_running, server) = site.serve();
    for bytes in [
        b"GET ../secret.txt HTTP/1.1\r\nHost: x\r\n\r\n" as &[u8],
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ] {
        assert_eq!(send(server, bytes).status, 400, "{bytes:?}");
    }
    assert_eq!(get(server, "/").text(), INDEX);
}
