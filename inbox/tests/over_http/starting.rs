//! Starting, refusing to start, and stopping.

use crate::client::{Form, connect, get, post_head};
use crate::site::{INDEX, Site};
use inbox::{Running, ServeError, Settings};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

#[track_caller]
fn command_error(settings: Settings) -> ServeError {
    inbox::serve(settings).expect_err("it started")
}

#[test]
fn several_run_side_by_side() {
    let sites = [Site::new(), Site::new(), Site::new()];
    for (at, site) in sites.iter().enumerate() {
        site.write("dist/which.txt", &at.to_string());
    }
    let running: Vec<_> = sites.iter().map(Site::serve).collect();
    for (at, (running, server)) in running.iter().enumerate() {
        assert_eq!(get(*server, "/which.txt").text(), at.to_string());
        assert_eq!(running.origin(), format!("http://127.0.0.1:{}", server.port()));
    }
}

#[test]
fn a_taken_port_is_said_plainly() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let error = command_error(Settings { port: server.port(), ..site.settings() });
    assert!(matches!(error, ServeError::PortTaken(address) if address == server), "{error:?}");
    assert!(error.to_string().contains(&format!("port {}", server.port())), "{error}");
}

#[test]
fn a_missing_or_empty_program_is_said_plainly() {
    let site = Site::new();
    let error = command_error(Settings { dist: site.path("nowhere"), ..site.settings() });
    assert!(matches!(error, ServeError::DistMissing(_)) && error.to_string().contains("nowhere"), "{error}");
    let error = command_error(Settings { dist: site.path("secret.txt"), ..site.settings() });
    assert!(matches!(error, ServeError::DistMissing(_)), "{error}");
    let error = command_error(Settings { dist: site.path("dist-other"), ..site.settings() });
    assert!(matches!(error, ServeError::NoIndex(_)) && error.to_string().contains("index.html"), "{error}");
}

#[test]
fn requests_are_never_kept_where_they_would_be_served() {
    let site = Site::new();
    for received in ["dist", "dist/received", "received/../dist/pictures"] {
        fs::create_dir_all(site.received()).unwrap();
        let error = command_error(Settings { received: site.path(received), ..site.settings() });
        assert!(matches!(error, ServeError::ReceivedInsideDist(_)), "{received}: {error}");
    }
    let error = command_error(Settings { received: site.path("secret.txt"), ..site.settings() });
    assert!(matches!(error, ServeError::Received(..)), "{error}");
}

#[test]
fn a_mistake_in_the_configuration_is_named() {
    for (json, named) in [
        (r#"{"frame_origins": ["*"]}"#, "\"*\""),
        (r#"{"frame_origins": ["https://clinic.example/"]}"#, "frame_origins"),
        (r#"{"frame_origins": ["https://a.example; script-src *"]}"#, "script-src"),
        (r#"{"frame_origins": "https://clinic.example"}"#, "line 1"),
        (r#"{"allow_origins": ["clinic.example"]}"#, "allow_origins"),
        (r#"{"request": {"endpoint": "javascript:alert(1)"}}"#, "request.endpoint"),
        ("{", "line 1"),
    ] {
        let site = Site::with_configuration(json);
        let said = command_error(site.settings()).to_string();
        assert!(said.contains("hairline.config.json") && said.contains(named), "{json}: {said}");
    }
}

#[test]
fn what_a_crash_left_half_written_is_cleared_away_unless_another_may_still_write_it() {
    let site = Site::new();
    site.write("received/.incoming-1-1/request.json", "{");
    site.write("received/kept-by-a-person/request.json", "{}");
    let (_first, _) = site.serve();
    assert_eq!(site.stored(), ["kept-by-a-person"]);
    site.write("received/.incoming-1-2/request.json", "{");
    let (_second, _) = site.serve();
    assert_eq!(site.stored(), [".incoming-1-2", "kept-by-a-person"]);
}

#[test]
fn a_stopped_server_frees_its_port() {
    let site = Site::new();
    let (running, server) = site.serve();
    assert_eq!(get(server, "/").text(), INDEX);
    running.stop();
    assert!(TcpStream::connect(server).is_err(), "it still listens");
    let again = inbox::serve(Settings { port: server.port(), ..site.settings() }).unwrap();
    assert_eq!(get(again.address(), "/").text(), INDEX);
}

/// How long a stop takes.
fn stopping(running: Running) -> Duration {
    let start = Instant::now();
    running.stop();
    start.elapsed()
}

#[test]
fn a_stop_does_not_wait_for_connections_that_ask_nothing() {
    let site = Site::new();
    let (running, server) = site.serve();
    let _silent = connect(server);
    let mut idle = connect(server);
    idle.write_all(format!("GET / HTTP/1.1\r\nHost: {server}\r\n\r\n").as_bytes()).unwrap();
    assert_eq!(idle.read(&mut [0; 12]).unwrap(), 12);
    assert_eq!(get(server, "/").status, 200);
    let took = stopping(running);
    assert!(took < Duration::from_secs(1), "stopping took {took:?}");
}

#[test]
fn a_stop_does_not_wait_for_ever_for_half_a_request() {
    let site = Site::new();
    let (running, server) = site.serve();
    let mut halfway = connect(server);
    halfway.write_all(format!("{}\r\n--", post_head(server, 1000)).as_bytes()).unwrap();
    assert_eq!(get(server, "/").status, 200);
    let took = stopping(running);
    assert!(took < Duration::from_secs(6), "stopping took {took:?}");
    assert_eq!(site.stored(), [] as [&str; 0]);
}

#[test]
fn a_full_or_broken_folder_is_an_error_and_not_a_promise() {
    let site = Site::new();
    let (_running, server) = site.serve();
    fs::remove_dir_all(site.received()).unwrap();
    let form = || Form::default().json("request", r#"{"id":"12345678"}"#);
    let answer = form().post(server);
    assert_eq!(answer.status, 500, "{answer:?}");
    assert!(answer.json()["error"].is_string());
    fs::create_dir(site.received()).unwrap();
    assert_eq!(form().post(server).status, 201);
}
