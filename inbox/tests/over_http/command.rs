//! The program itself.

use crate::client::{Form, get, jpeg};
use crate::site::{INDEX, Site};
use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Output, Stdio},
};

fn command(site: &Site) -> Command {
    command_of(site, env!("CARGO_BIN_EXE_inbox"))
}

fn command_of(site: &Site, program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(site.path(".")).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn output(site: &Site, arguments: &[&str]) -> Output {
    command(site).args(arguments).output().unwrap()
}

/// A started program; ended with the test, however that goes.
pub(crate) struct Program(Child);

impl Program {
    /// Starts it and reads the three lines that it says first.
    pub(crate) fn start(site: &Site, arguments: &[&str]) -> (Self, [String; 3], BufReader<ChildStdout>) {
        Self::start_as(site, env!("CARGO_BIN_EXE_inbox"), arguments)
    }

    /// Likewise by way of another program, whose place it takes.
    pub(crate) fn start_as(
        site: &Site,
        program: &str,
        arguments: &[&str],
    ) -> (Self, [String; 3], BufReader<ChildStdout>) {
        let mut child = command_of(site, program).args(arguments).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = [String::new(), String::new(), String::new()];
        for line in &mut lines {
            out.read_line(line).unwrap();
        }
        (Self(child), lines, out)
    }
}

impl Program {
    /// Where a program listens that has said its first line.
    pub(crate) fn address(first: &str) -> SocketAddr {
        first.strip_prefix("hairline-designer is at http://").unwrap().trim_end().parse().unwrap()
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.0.kill();
        self.0.wait().unwrap();
    }
}

#[test]
fn it_says_where_it_is_and_logs_nothing_personal() {
    let site = Site::new();
    let (mut program, [first, second, third], _out) = Program::start(&site, &["--port", "0"]);
    let server = Program::address(&first);
    assert!(server.ip().is_loopback() && server.port() != 0, "{first}");
    let received = site.received().canonicalize().unwrap();
    assert_eq!(second, format!("Requests are kept in {}\n", received.display()));
    assert_eq!(third, format!("The staff read them at http://{server}/inbox\n"));
    assert_eq!(get(server, "/").text(), INDEX);

    let request = r#"{"id":"canary-id-1","fields":{"name":"CANARY_NAME"}}"#;
    let form = |picture: &[u8]| Form::default().json("request", request).jpeg("before", picture);
    let with_canary = |word: &[u8]| {
        let mut picture = jpeg(b'x');
        let at = picture.len() - 100;
        picture[at..at + word.len()].copy_from_slice(word);
        picture
    };
    assert_eq!(form(&with_canary(b"CANARY_PICTURE")).post(server).status, 201);
    assert_eq!(form(&with_canary(b"CANARY_PICTURE")).post(server).status, 200);
    assert_eq!(form(&with_canary(b"CANARY_OTHER")).post(server).status, 409);
    assert_eq!(form(b"CANARY_WRONG").post(server).status, 422);
    get(server, "/CANARY_PATH?name=CANARY_QUERY");

    program.0.kill().unwrap();
    let mut log = String::new();
    program.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let sizes = format!("canary-id-1, request 52 bytes, before {} bytes", jpeg(0).len());
    let said: Vec<&str> =
        log.lines().filter_map(|line| line.split_once(" INFO ")).map(|(_, said)| said.trim()).collect();
    assert_eq!(
        said,
        [format!("stored {sizes}"), format!("already stored {sizes}"), format!("refused, the id is taken: {sizes}")]
    );
    assert!(!log.contains("CANARY"), "{log}");
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_it_is_asked_to() {
    let site = Site::new();
    for signal in ["-TERM", "-INT"] {
        let (mut program, _lines, mut out) = Program::start(&site, &["--port=0"]);
        let told = Command::new("kill").args([signal, &program.0.id().to_string()]).status().unwrap();
        assert!(told.success());
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        assert_eq!((program.0.wait().unwrap().code(), rest.as_str()), (Some(0), ""), "{signal}");
    }
}

#[test]
fn it_explains_itself() {
    let site = Site::new();
    let shown = output(&site, &["--help"]);
    assert_eq!(shown.status.code(), Some(0));
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains("--received FOLDER") && shown.stderr.is_empty(), "{text}");
}

#[test]
fn what_stops_it_from_starting_is_one_sentence_on_standard_error() {
    let site = Site::new();
    let (_running, server) = site.serve();
    let taken = server.port().to_string();
    for (arguments, code, said) in [
        (&["--port", &taken] as &[&str], 1, "Another program is using port"),
        (&["--port", "0", "--dist", "nowhere"], 1, "There is no folder nowhere."),
        (&["--port", "99999"], 2, "--port wants a number"),
        (&["--surprise"], 2, "There is no option \"--surprise\"."),
    ] {
        let Output { status, stdout, stderr } = output(&site, arguments);
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!(status.code(), Some(code), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with(said) && stderr.lines().count() == 1, "{arguments:?}: {stderr}");
        assert_eq!(stdout, b"", "{arguments:?}");
    }
}
