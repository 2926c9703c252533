//! What a session leaves as files: screenshots, and what the page saves.

use super::{BETWEEN_LOOKS, Session, TIMEOUT};
use crate::harness::engines;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

/// A file that the page saved.
#[derive(Clone, Debug)]
pub(crate) struct Download {
    /// The name that the browser gave it.
    pub(crate) name: String,
    /// Its contents.
    pub(crate) bytes: Vec<u8>,
}

impl Session {
    /// Saves what the viewport shows as `e2e-shots/<engine>/<name>.png` below Cargo's target folder.
    #[track_caller]
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        self.picture_of_window(name).unwrap_or_else(|reason| self.fail(&reason))
    }

    /// A picture of the outermost page: Firefox takes none from inside a frame of another origin.
    pub(super) fn picture_of_window(&self, name: &str) -> Result<PathBuf, String> {
        let go =
            |frame: &Value| self.driver.post("/frame", &json!({ "id": frame })).map_err(|refusal| refusal.to_string());
        let frames = self.frames.borrow();
        let picture = || {
            let shown = self.driver.ask(async |client| client.screenshot().await);
            self.keep_picture(&shown.map_err(|refusal| refusal.to_string())?, name)
        };
        if frames.is_empty() {
            return picture();
        }
        go(&Value::Null)?;
        let picture = picture();
        frames.iter().try_for_each(|frame| go(frame).map(drop))?;
        picture
    }

    pub(super) fn keep_picture(&self, bytes: &[u8], name: &str) -> Result<PathBuf, String> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("e2e-shots").join(self.engine().tag());
        fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let file = folder.join(name.replace(['/', ':'], "-")).with_extension("png");
        fs::write(&file, bytes).map_err(|error| error.to_string())?;
        Ok(file)
    }

    /// Waits for a file that the page saves, takes it out of the download folder and returns it.
    #[track_caller]
    pub(crate) fn wait_download(&self) -> Download {
        let folder = engines::downloads(self.driver.home().path());
        let deadline = Instant::now() + TIMEOUT;
        let mut last_size = None;
        loop {
            let names = finished(&folder);
            if let Some(name) = names.first() {
                let file = folder.join(name);
                let size = fs::metadata(&file).map(|found| found.len()).ok();
                // Firefox makes an empty file first and moves the whole one over it.
                if size.is_some_and(|bytes| bytes > 0) && size == last_size {
                    let bytes = fs::read(&file).unwrap_or_else(|error| self.fail(&format!("{name}: {error}")));
                    fs::remove_file(&file).unwrap_or_else(|error| self.fail(&format!("{name}: {error}")));
                    return Download { name: name.clone(), bytes };
                }
                last_size = size;
            }
            if Instant::now() > deadline {
                self.fail(&format!("no file was saved; there is {names:?}"));
            }
            thread::sleep(BETWEEN_LOOKS);
        }
    }
}

/// The files in a download folder that no browser is still writing.
fn finished(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let is_partial = |name: &str| {
        let hidden = name.starts_with('.');
        hidden || [".crdownload", ".part", ".wkdownload"].iter().any(|end| name.ends_with(end))
    };
    if names.iter().any(|name| is_partial(name)) {
        return Vec::new();
    }
    names
}
