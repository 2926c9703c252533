//! Starting, refusing to start, and stopping.

use crate::client::{Form, connect, get, post_head};
use crate::site::{INDEX, Needs, Site};
use inbox::{Options, Running, ServeError, Settings};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

#[track_caller]
fn command_error(options: Options) -> ServeError {
    inbox::serve(options).expect_err("it started")
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
    let error = command_error(Options { port: server.port(), ..site.options() });
    assert!(matches!(error, ServeError::PortTaken(address) if address == server), "{error:?}");
    assert!(error.to_string().contains(&format!("port {}", server.port())), "{error}");
}

#[test]
fn a_missing_or_empty_program_is_said_plainly() {
    let site = Site::new();
    let error = command_error(Options { dist: site.path("nowhere"), ..site.options() });
    assert!(matches!(error, ServeError::DistMissing(_)) && error.to_string().contains("nowhere"), "{error}");
    let error = command_error(Options { dist: site.path("secret.txt"), ..site.options() });
    assert!(matches!(error, ServeError::DistMissing(_)), "{error}");
    let error = command_error(Options { dist: site.path("dist-other"), ..site.options() });
    assert!(matches!(error, ServeError::NoIndex(_)) && error.to_string().contains("index.html"), "{error}");
}

#[test]
fn requests_are_never_kept_where_they_would_be_served() {
    let site = Site::new();
    for received in ["dist", "dist/received", "received/../dist/pictures"] {
        fs::create_dir_all(site.received()).unwrap();
        let error = command_error(Options { received: site.path(received), ..site.options() });
        assert!(matches!(error, ServeError::ReceivedInsideDist(_)), "{received}: {error}");
    }
    let error = command_error(Options { received: site.path("secret.txt"), ..site.options() });
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
        let said = command_error(site.options()).to_string();
        assert!(said.contains("hairline.config.json") && said.contains(named), "{json}: {said}");
    }
}

#[test]
fn what_a_crash_left_half_written_is_cleared_away_unless_another_may_still_write_it() {
    let site = Site::new();
    if site.left_out(&[Needs::Folder]) {
        return;
    }
    site.write("received/half-1.0123456789abcdef/request.json", "{");
    site.write("received/kept-by-a-person/request.json", "{}");
    let (first, server) = site.serve();
    assert_eq!(site.stored(), ["kept-by-a-person"]);
    assert_eq!(Form::default().json("request", r#"{"id":"whole-12"}"#).post(server).status, 201);
    site.write("received/half-2.0123456789abcdef/request.json", "{");
    let (second, _) = site.serve();
    assert_eq!(site.stored(), ["half-2", "kept-by-a-person", "whole-12"]);
    first.stop();
    second.stop();
    let (_third, _) = site.serve();
    assert_eq!(site.stored(), ["kept-by-a-person", "whole-12"]);
}

#[test]
fn a_stopped_server_frees_its_port() {
    let site = Site::new();
    let (running, server) = site.serve();
    assert_eq!(get(server, "/").text(), INDEX);
    running.stop();
    assert!(TcpStream::connect(server).is_err(), "it still listens");
    let again = inbox::serve(Options { port: server.port(), ..site.options() }).unwrap();
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
    if site.left_out(&[Needs::Folder]) {
        return;
    }
    let (_running, server) = site.serve();
    let aside = site.path("aside");
    fs::rename(site.received(), &aside).unwrap();
    let form = || Form::default().json("request", r#"{"id":"12345678"}"#);
    let answer = form().post(server);
    assert_eq!(answer.status, 503, "{answer:?}");
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert!(answer.json()["error"].is_string());
    fs::rename(&aside, site.received()).unwrap();
    assert_eq!(form().post(server).status, 201);
}

#[test]
fn the_four_settings_alone_are_enough() {
    let site = Site::new();
    let Options { dist, received, bind, .. } = site.options();
    let running = inbox::serve(Settings { dist, received, bind, port: 0 }).unwrap();
    assert_eq!(get(running.address(), "/").text(), INDEX);
}
