//! Requests' files in a folder of this machine.

use super::files::{FilesError, Found, is_request_folder};
use axum::body::Bytes;
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// A folder with one folder for each request.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Held shared as long as requests may be written here. `None` on systems and file systems that cannot.
    _use: Option<File>,
    was_alone: bool,
}

impl Folder {
    /// Opens the folder and makes it where it is missing.
    ///
    /// Several programs may use one folder: each holds a shared lock on it, and only one that finds itself alone may
    /// clear away what a crash left.
    ///
    /// # Errors
    /// When the folder can be neither found nor made.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        private_folders().recursive(true).create(path)?;
        let path = fs::canonicalize(path)?;
        let in_use = lock_of(&path);
        let mut was_alone = false;
        if let Some(lock) = &in_use {
            if lock.try_lock().is_ok() {
                was_alone = true;
                lock.unlock()?;
            }
            lock.lock_shared()?;
        }
        Ok(Self { path, _use: in_use, was_alone })
    }

    /// The folder, as an absolute path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nobody else used the folder when it was opened.
    pub(crate) fn was_alone(&self) -> bool {
        self.was_alone
    }

    pub(crate) async fn write(&self, folder: &str, files: Vec<(&'static str, Bytes)>) -> Result<(), FilesError> {
        let (root, folder) = (self.path.clone(), self.path.join(folder));
        on_disk(move || {
            private_folders().create(&folder)?;
            for (name, bytes) in files {
                let mut file = private_files().open(folder.join(name))?;
                file.write_all(&bytes)?;
                file.sync_all()?;
            }
            sync_folder(&folder)?;
            sync_folder(&root)
        })
        .await
    }

    pub(crate) async fn read(&self, folder: &str, file: &str) -> Result<Option<Bytes>, FilesError> {
        let path = self.path.join(folder).join(file);
        on_disk(move || match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    pub(crate) async fn remove(&self, folder: &str) -> Result<(), FilesError> {
        let path = self.path.join(folder);
        on_disk(move || match fs::remove_dir_all(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    pub(crate) async fn folders(&self) -> Result<Vec<Found>, FilesError> {
        let root = self.path.clone();
        on_disk(move || {
            let mut found = Vec::new();
            for entry in fs::read_dir(root)? {
                let entry = entry?;
                let folder = entry.file_name().to_string_lossy().into_owned();
                if is_request_folder(&folder) {
                    found.push(Found { folder, written: entry.metadata().and_then(|about| about.modified()).ok() });
                }
            }
            Ok(found)
        })
        .await
    }
}

/// Runs what blocks while the disk works.
async fn on_disk<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, FilesError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(stopped) => Err(FilesError::Folder(io::Error::other(stopped))),
    }
}

/// The folder itself as something to lock, so that no lock file stands among the requests.
fn lock_of(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.lock_shared().ok()?;
    file.unlock().ok()?;
    Some(file)
}

/// Requests are personal: only the owner of the process may look at them.
#[cfg(unix)]
fn private_folders() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_folders() -> DirBuilder {
    DirBuilder::new()
}

/// How a new file is opened that only the owner of the process may read.
#[cfg(unix)]
pub(crate) fn private_files() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
}

/// How a new file is opened.
#[cfg(not(unix))]
pub(crate) fn private_files() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options
}

/// Forces the entries of a folder to the disk, so that a name that was seen is still there after a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems do not let a folder be opened for this.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
