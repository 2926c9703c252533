//! A folder with a built program in it and a folder for requests, gone after the test.

use inbox::{Running, ServeError, Settings};
use std::{
    env, fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
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

    pub(crate) fn settings(&self) -> Settings {
        Settings { dist: self.path("dist"), received: self.received(), bind: IpAddr::V4(Ipv4Addr::LOCALHOST), port: 0 }
    }

    pub(crate) fn try_serve(&self) -> Result<Running, ServeError> {
        inbox::serve(self.settings())
    }

    pub(crate) fn serve(&self) -> (Running, SocketAddr) {
        let running = self.try_serve().unwrap();
        let address = running.address();
        (running, address)
    }

    /// The names of everything in the folder of requests, hidden or not, sorted.
    pub(crate) fn stored(&self) -> Vec<String> {
        names(&self.received())
    }

    /// The bytes of a stored part.
    #[track_caller]
    pub(crate) fn stored_part(&self, id: &str, file: &str) -> Vec<u8> {
        fs::read(self.received().join(id).join(file)).unwrap()
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
