//! The translations of `docs/targets`: each is fed with a request as the program sends it, and stands before a service that
//! refuses what the real one refuses. They are tested where they run, in Node.js, by `tests/native/targets`.
#![cfg(test)]

use crate::files::{REFERENCES, full_design};
use crate::request_schema::{full_form, written_text};
use crate::skip::skip;
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::consult::{Contents, Endpoint, Pictures, RequestForm};
use hairline_designer::engine::design::file::write;
use hairline_designer::engine::ports::Payload;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// As a browser makes it.
const BOUNDARY: &str = "----WebKitFormBoundaryAb7QxZ2mPnE41sKd";

/// The first boundary that a translation tries for this request.
const OUR_BOUNDARY: &str = "x-7K2M-9QXR-4TDA";

fn in_package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What is easily spoilt on the way: other letters, quotes, every line end, spaces at both ends, and what would end a part.
fn hard_form() -> RequestForm {
    let end =
        format!("\r\n--{OUR_BOUNDARY}--\r\n--{OUR_BOUNDARY}\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n");
    RequestForm {
        name: "Zoë \"Q\" O'Brien-李 \u{1f642}; name=x".to_owned(),
        message: format!(
            "  Line one\nline 2\r\nline 3\rline 4 \u{202e}\u{1f9d1}\u{200d}\u{1f9b2} <b>&amp;%0A\\n{end} \n"
        ),
        ..full_form()
    }
}

/// A picture with every byte, line ends, and what would end a part.
fn picture(last: u8) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend(0..=u8::MAX);
    bytes.extend(format!("\r\n--{OUR_BOUNDARY}--\r\n").bytes());
    bytes.extend((0..200_000_u64).map(|at| u8::try_from((at * at) % 251).unwrap()));
    bytes.extend([last, 0xff, 0xd9]);
    bytes
}

fn request() -> Payload {
    let design = full_design(REFERENCES[0]);
    let pictures =
        |(side, last): (Side, u8)| Pictures { side, before: picture(last).into(), after: picture(last + 1).into() };
    let contents = Contents {
        request: written_text(&hard_form(), Some(&design)),
        design: Some(write(&design).unwrap()),
        pictures: [(Side::Front, 1), (Side::Top, 3)].map(pictures).to_vec(),
    };
    contents.payload(&Endpoint::new("/requests").unwrap())
}

/// The body of `multipart/form-data` that a browser makes of a payload.
fn body(payload: &Payload) -> Vec<u8> {
    let mut body = Vec::new();
    for part in &payload.parts {
        let (name, file, mime) = (part.name, part.file_name, part.mime);
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {mime}\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(&part.bytes[..]);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// What was sent, as files: the body, its media type, and each part as it went in.
static SENT: LazyLock<Vec<(&str, Vec<u8>)>> = LazyLock::new(|| {
    let payload = request();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}").into_bytes();
    let mut files = vec![("body", body(&payload)), ("kind", kind)];
    files.extend(payload.parts.iter().map(|part| (part.file_name, part.bytes.to_vec())));
    files
});

/// Copies scripts, and the pages that say what to set up.
fn copy_scripts(from: &str, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(in_package(from))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "mjs" || ending == "md") {
            fs::copy(&path, to.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// Installs the translations as the documents say, beside them busboy, their tests and what was sent.
fn install(folder: &Path) -> io::Result<()> {
    let _absent = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("node_modules"))?;
    copy_scripts("docs/targets", folder)?;
    copy_scripts("tests/native/targets", folder)?;
    for package in ["busboy", "streamsearch"] {
        let to = folder.join("node_modules").join(package);
        std::os::unix::fs::symlink(in_package(".tools/node_modules").join(package), to)?;
    }
    SENT.iter().try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
}

/// How many tests Node's runner counted under a word.
fn counted(said: &str, word: &str) -> Option<usize> {
    said.lines().find_map(|line| line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix(word)?.trim().parse().ok())
}

#[track_caller]
fn holds(target: &str) {
    if !in_package(".tools/node_modules/busboy").exists() {
        return skip("busboy is not installed");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("targets").join(target);
    install(&folder).expect("the translations can be installed");
    let script = format!("{target}.test.mjs");
    let Ok(ended) = Command::new("node").arg(&script).current_dir(&folder).output() else {
        return skip("Node.js is not installed");
    };
    let said = String::from_utf8_lossy(&ended.stdout);
    let complained = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{script}: {said}{complained}");
    assert!(counted(&said, "pass").is_some_and(|passed| passed > 0), "{script} tested nothing: {said}{complained}");
}

#[test]
fn a_webhook_gets_the_request() {
    holds("webhook");
}

#[test]
fn contact_form_7_gets_the_request() {
    holds("contact-form-7");
}

#[test]
fn hubspot_gets_the_request() {
    holds("hubspot");
}

#[test]
fn netlify_gets_the_request() {
    holds("netlify");
}

#[test]
fn formspree_gets_the_request() {
    holds("formspree");
}

#[test]
fn the_translation_receives_as_the_contract_says() {
    holds("translation");
}
