//! What was sent, read by parsers that are not ours: busboy of Node, werkzeug of Python, and PHP.

use crate::faults::ready_to_send;
use crate::harness::engines::for_engines;
use crate::harness::process::Folder;
use crate::harness::{Engine, Options};
use crate::sent;
use crate::site::{Site, root};
use crate::skip::skip;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A part as another parser reads it: its field, file name, media type and bytes.
type Read = (String, String, String, Vec<u8>);

/// Where `tools/setup` puts what it installs, from the package's root.
const TOOLS: &str = ".tools";

fn script(name: &str) -> PathBuf {
    root().join("tests/e2e/parsers").join(name)
}

fn by_busboy(body: &Path, kind: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(script("read.cjs")).arg(body).arg(kind).env("NODE_PATH", root().join(TOOLS).join("node_modules"));
    node
}

fn by_werkzeug(body: &Path, kind: &str) -> Command {
    let mut python = Command::new(root().join(TOOLS).join("moto/bin/python"));
    python.arg(script("read.py")).arg(body).arg(kind);
    python
}

fn by_php(body: &Path, kind: &str) -> Command {
    let mut php = Command::new("php-cgi");
    // As large as a request may be; PHP's own setting is 2 MB a file.
    php.args(["-q", "-d", "upload_max_filesize=4M", "-d", "post_max_size=8M"]);
    php.env("REDIRECT_STATUS", "200").env("REQUEST_METHOD", "POST").env("SCRIPT_FILENAME", script("read.php"));
    php.env("CONTENT_TYPE", kind).env("CONTENT_LENGTH", fs::metadata(body).expect("the body").len().to_string());
    php.stdin(File::open(body).expect("the body"));
    php
}

/// What a parser finds in a body; `None` where it is not installed.
#[track_caller]
fn read(mut parser: Command) -> Option<Vec<Read>> {
    let ended = parser.stdout(Stdio::piped()).stderr(Stdio::piped()).output().ok()?;
    let said = String::from_utf8_lossy(&ended.stdout);
    let complained = String::from_utf8_lossy(&ended.stderr);
    // PHP says its headers first.
    let json = said.get(said.find('[').unwrap_or(0)..).unwrap_or_default();
    let parts: Result<Vec<(String, String, String, String)>, _> = serde_json::from_str(json.trim());
    let parts = parts.unwrap_or_else(|error| panic!("{parser:?}: {error}: {said}{complained}"));
    let decoded = |bytes: String| BASE64_STANDARD.decode(bytes).expect("base64");
    Some(parts.into_iter().map(|(name, file, mime, bytes)| (name, file, mime, decoded(bytes))).collect())
}

#[test]
fn n15_parsers_of_others_read_the_same_bytes() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        ready_to_send(page, &site);
        page.find_css("#send").click();
        page.wait_for_text("Your request has arrived");
        let (kind, bytes) = sent::bodies_with_kind(&site).pop().expect("a request was sent");
        let folder = Folder::new().expect("a folder");
        let body = folder.path().join("body");
        fs::write(&body, bytes).expect("the body is written");

        // What the receiver stored under the names of the contract.
        let stored = site.received().pop().expect("it was stored");
        let expected: Vec<Read> = ["request.json", "design.json", "before.jpg", "after.jpg"]
            .map(|file| {
                let (field, ending) = file.split_once('.').expect("an ending");
                let mime = if ending == "json" { "application/json" } else { "image/jpeg" };
                let bytes = fs::read(stored.join(file)).expect("a part is stored");
                (field.to_owned(), file.to_owned(), mime.to_owned(), bytes)
            })
            .into();
        for parser in [by_busboy, by_werkzeug, by_php] {
            let Some(parts) = read(parser(&body, &kind)) else { return skip("a parser is not installed") };
            let names = |parts: &[Read]| parts.iter().map(|part| part.0.clone()).collect::<Vec<_>>();
            assert_eq!(names(&parts), names(&expected));
            assert!(parts == expected, "other names, media types or bytes");
        }
    });
}
