//! A folder with a built program in it and a folder for requests, gone after the test.

use inbox::{Limits, Options, Running, ServeError};
use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

pub(crate) const INDEX: &str = "<!doctype html><title>hairline-designer</title>";
pub(crate) const HASHED_SCRIPT: &str = "hairline-designer-0123456789abcdef.js";
pub(crate) const HASHED_MODULE: &str = "hairline-designer-0123456789abcdef_bg.wasm";
pub(crate) const SECRET: &str = "not for the web";

pub(crate) struct Site {
    folder: PathBuf,
}

impl Site {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let site = Self { folder: env::temp_dir().join(format!("inbox-test-{}-{number}", process::id())) };
        for (path, text) in [
            ("dist/index.html", INDEX),
            ("dist/index.html.br", "brotli of index.html"),
            ("dist/embed.js", "embed()"),
            ("dist/boot.js", "boot()"),
            ("dist/worker.js", "worker()"),
            ("dist/data.json", "{}"),
            (&format!("dist/{HASHED_SCRIPT}"), "app()"),
            (&format!("dist/{HASHED_SCRIPT}.br"), "brotli of app()"),
            (&format!("dist/{HASHED_MODULE}"), "\0asm"),
            ("dist/pictures/icon.svg", "<svg/>"),
            ("secret.txt", SECRET),
            ("dist-other/secret.txt", SECRET),
        ] {
            site.write(path, text);
        }
        site
    }

    pub(crate) fn with_configuration(json: &str) -> Self {
        let site = Self::new();
        site.write("dist/hairline.config.json", json);
        site
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(crate) fn received(&self) -> PathBuf {
        self.path("received")
    }

    /// The defaults at a free port, without a limit of rate: a test sends more than a visitor.
    pub(crate) fn options(&self) -> Options {
        Options {
            dist: self.path("dist"),
            received: self.received(),
            port: 0,
            limits: Limits { requests_per_minute: 100_000, ..Limits::default() },
            ..Options::default()
        }
    }

    pub(crate) fn try_serve(&self) -> Result<Running, ServeError> {
        inbox::serve(self.options())
    }

    /// A server of its own on a site of its own, which lives as long as the test.
    pub(crate) fn new_served() -> ((Self, Running), SocketAddr) {
        let site = Self::new();
        let (running, address) = site.serve();
        ((site, running), address)
    }

    /// Whether the tests run on a PostgreSQL server.
    pub(crate) fn is_on_postgres(&self) -> bool {
        false
    }

    /// The bytes of the SQLite file and its log.
    pub(crate) fn database(&self) -> Vec<u8> {
        let files = ["inbox.db", "inbox.db-wal"].map(|name| fs::read(self.received().join(name)).unwrap_or_default());
        files.concat()
    }

    pub(crate) fn serve(&self) -> (Running, SocketAddr) {
        let running = self.try_serve().unwrap();
        let address = running.address();
        (running, address)
    }

    /// The ids of everything in the folder of requests but the database, sorted: what stands before the dot that no
    /// id has.
    pub(crate) fn stored(&self) -> Vec<String> {
        let names = names(&self.received()).into_iter().filter(|name| !name.starts_with("inbox.db"));
        names.map(|name| name.split_once('.').map_or(name.clone(), |(id, _)| id.to_owned())).collect()
    }

    /// The folder of a stored request.
    #[track_caller]
    pub(crate) fn stored_folder(&self, id: &str) -> PathBuf {
        let names = names(&self.received());
        let mut found = names.iter().filter(|name| name.starts_with(&format!("{id}.")));
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "{id} is there twice: {names:?}");
        self.received().join(first.unwrap_or_else(|| panic!("{id} is not in {names:?}")))
    }

    /// The bytes of a stored part.
    #[track_caller]
    pub(crate) fn stored_part(&self, id: &str, file: &str) -> Vec<u8> {
        fs::read(self.stored_folder(id).join(file)).unwrap()
    }
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

impl Drop for Site {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).unwrap();
    }
}
