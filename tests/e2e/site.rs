//! The program as a clinic serves it, on a port of its own.

use crate::harness::Proxy;
use crate::harness::process::Folder;
use crate::skip::skip;
use serde_json::{Value, json};
use std::fs;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

/// A served copy of the built program with its receiver, and the proxy through which the browser reaches both.
pub(crate) struct Site {
    folder: Folder,
    _running: inbox::Running,
    pub(crate) proxy: Proxy,
}

/// Where the nets that find faces lie.
const FACE_FILES: &str = "assets/face";

impl Site {
    /// The program with the configuration that it ships with. The nets that find faces are not served: most scenarios go the
    /// way that a visitor goes whose face is not found.
    pub(crate) fn start() -> Self {
        Self::configured(|_| ())
    }

    /// The same with the nets that find faces, and ten times as long to look: this is no test of how fast the machine is.
    pub(crate) fn finding_faces() -> Self {
        const PATIENT: &str = "const later = window.setTimeout.bind(window);
            window.setTimeout = (run, wait, ...more) => later(run, wait === 4000 ? 40000 : wait, ...more);";
        let site = Self::start();
        site.run_first(PATIENT);
        copy_files(&root().join("dist").join(FACE_FILES), &site.folder.path().join("dist").join(FACE_FILES));
        site
    }

    /// The program with a changed configuration.
    pub(crate) fn configured(change: impl Fn(&mut Value)) -> Self {
        let folder = Folder::new().expect("a folder for the site");
        let dist = folder.path().join("dist");
        copy_files(&root().join("dist"), &dist);
        for net in fs::read_dir(dist.join(FACE_FILES)).expect("the program has nets").flatten() {
            fs::write(net.path(), []).expect("a net is emptied");
        }
        let mut config = json!({
            "clinic": { "name": "Elm Street Clinic", "phone": "+44 20 7946 0018", "email": "hello@elm.example" },
            "request": { "endpoint": "/requests", "consent_version": "7" },
        });
        change(&mut config);
        fs::write(dist.join("hairline.config.json"), config.to_string()).expect("the configuration is written");
        let settings = inbox::Settings {
            dist,
            received: folder.path().join("received"),
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
        };
        let running = inbox::serve(settings).unwrap_or_else(|error| panic!("the receiver does not start: {error}"));
        let proxy = Proxy::before(running.address());
        Self { folder, _running: running, proxy }
    }

    /// The program's address.
    pub(crate) fn url(&self) -> String {
        self.proxy.url("/")
    }

    /// The folders of the requests that were stored, each under its id: the receiver puts a number of its own behind that.
    pub(crate) fn received(&self) -> Vec<PathBuf> {
        let by_id = self.folder.path().join("by-id");
        fs::create_dir_all(&by_id).expect("a folder for the requests by their ids");
        let entries = fs::read_dir(self.folder.path().join("received")).into_iter().flatten().flatten();
        let stored =
            entries.map(|entry| entry.path()).filter(|path| path.is_dir() && path.join("request.json").exists());
        stored
            .map(|folder| {
                let named = by_id.join(folder.file_stem().expect("a folder has a name"));
                if !named.exists() {
                    std::os::unix::fs::symlink(&folder, &named).expect("a link to a request");
                }
                named
            })
            .collect()
    }

    /// Makes an account of the staff's who may do everything.
    pub(crate) fn add_owner(&self, name: &str, password: &str) {
        let settings = inbox::Settings {
            dist: self.folder.path().join("dist"),
            received: self.folder.path().join("received"),
            ..inbox::Settings::default()
        };
        let made = inbox::add_account(&settings.into(), name, inbox::AccountRole::Owner, Some(password.to_owned()));
        made.unwrap_or_else(|error| panic!("no account: {error}"));
    }

    /// Serves other bytes in place of a file of the program.
    pub(crate) fn replace(&self, path: &str, bytes: &[u8]) {
        let file = self.folder.path().join("dist").join(path);
        assert!(file.exists(), "the program has no file {path}");
        fs::write(file, bytes).expect("the file is replaced");
    }

    /// Runs a script in the program's page before all others.
    pub(crate) fn run_first(&self, script: &str) {
        let dist = self.folder.path().join("dist");
        let page = fs::read_to_string(dist.join("index.html")).expect("the program has a page");
        fs::write(dist.join("first.js"), script).expect("the script is written");
        self.replace("index.html", page.replacen("<meta", "<script src=\"first.js\"></script><meta", 1).as_bytes());
    }

    /// What the browser asked for since the page was loaded, as `METHOD path`.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.proxy.requests().iter().map(|r| format!("{} {}", r.message.method(), r.message.target())).collect()
    }
}

/// Whether one of the two files of the program that looks at heads was asked for.
pub(crate) fn is_for_heads(asked: &str) -> bool {
    ["GET /heads.js?", "GET /heads_bg.wasm?"].iter().any(|file| asked.starts_with(file))
}

/// The package's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the folder of real pictures beside the package, if it is there; else the test leaves something out.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let file = root().parent()?.join("shared").join(path);
    if !file.exists() {
        skip(format_args!("no ../shared/{path}"));
        return None;
    }
    Some(file)
}

fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder for the built program");
    let entries = fs::read_dir(from).unwrap_or_else(|_| panic!("the program is not built: run tools/build first"));
    for entry in entries.flatten() {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_files(&path, &copy);
        } else {
            fs::copy(path, copy).expect("a file of the built program is copied");
        }
    }
}
