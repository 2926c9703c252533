//! The folder of consultation requests: one folder for each id, with the parts byte for byte.
//!
//! Invariant: a folder named by an id is complete and on the disk. A request is written beside the others under a
//! name that no id can have, forced to the disk and only then renamed, which the file system does in one step. The
//! same step decides who was first when two requests with one id come together.

use crate::submission::{PARTS, Part, Submission};
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};
use thiserror::Error;

/// Begins the name of a folder that is still being written. No id has a dot.
const INCOMING: &str = ".incoming-";

/// The folder of requests.
#[derive(Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    /// Held as long as requests may be written here, see [`Store::open`].
    _use: Option<File>,
}

/// How a request was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is new.
    First,
    /// The same request, byte for byte, was there already.
    Repeat,
}

/// Why a request was not kept.
#[derive(Debug, Error)]
pub(crate) enum StoreError {
    /// Another request with this id is there; it stays as it is.
    #[error("the id is taken")]
    Differs,
    /// The disk is full or cannot be written or read.
    #[error(transparent)]
    Disk(#[from] io::Error),
}

impl Store {
    /// Opens the folder, makes it where it is missing, and clears away what a crash left half written.
    ///
    /// Several stores, also of several processes, may use one folder: each holds a shared lock on it, and only
    /// one that finds itself alone clears away.
    ///
    /// # Errors
    /// When the folder can be neither found nor made.
    pub(crate) fn open(folder: &Path) -> io::Result<Self> {
        private_folders().recursive(true).create(folder)?;
        let folder = fs::canonicalize(folder)?;
        let in_use = lock_of(&folder);
        if let Some(lock) = &in_use {
            if lock.try_lock().is_ok() {
                clear_incoming(&folder)?;
                lock.unlock()?;
            }
            lock.lock_shared()?;
        }
        Ok(Self { folder, _use: in_use })
    }

    /// The folder, as an absolute path.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a request, once for each id. When this returns without an error the request is on the disk.
    ///
    /// Blocks while the disk works.
    ///
    /// # Errors
    /// [`StoreError::Differs`] when the id is taken by other bytes, [`StoreError::Disk`] when the disk fails; then
    /// nothing of the request stays behind.
    pub(crate) fn keep(&self, submission: &Submission) -> Result<Kept, StoreError> {
        let place = self.folder.join(submission.id().as_str());
        if place.try_exists()? {
            return self.compare(&place, submission);
        }
        let incoming = Incoming::make(&self.folder)?;
        incoming.write(submission)?;
        match fs::rename(&incoming.path, &place) {
            Ok(()) => {
                sync_folder(&self.folder)?;
                Ok(Kept::First)
            }
            // Another request with this id was quicker.
            Err(_) if place.try_exists()? => self.compare(&place, submission),
            Err(error) => Err(error.into()),
        }
    }

    /// Holds a request against the stored one with the same id.
    fn compare(&self, place: &Path, submission: &Submission) -> Result<Kept, StoreError> {
        for part in &PARTS {
            let stored = read_part(place, part)?;
            if stored.as_deref() != submission.bytes_of(part).map(AsRef::as_ref) {
                return Err(StoreError::Differs);
            }
        }
        // The quicker request may not have got this far yet, and "stored" has to be true of both answers.
        sync_folder(&self.folder)?;
        Ok(Kept::Repeat)
    }
}

fn read_part(place: &Path, part: &Part) -> io::Result<Option<Vec<u8>>> {
    match fs::read(place.join(part.file)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A folder that is being written; what is left of it goes when this is dropped.
struct Incoming {
    path: PathBuf,
}

impl Incoming {
    fn make(folder: &Path) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{INCOMING}{}-{number}", process::id()));
            match private_folders().create(&path) {
                Ok(()) => return Ok(Self { path }),
                // A process on another machine that shares the folder may have the same process id.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn write(&self, submission: &Submission) -> io::Result<()> {
        for part in &PARTS {
            if let Some(bytes) = submission.bytes_of(part) {
                let mut file = private_files().open(self.path.join(part.file))?;
                file.write_all(bytes)?;
                file.sync_all()?;
            }
        }
        sync_folder(&self.path)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // After the rename there is nothing under this name. Where removing fails the next start tries again.
        let _gone_or_later = fs::remove_dir_all(&self.path);
    }
}

fn clear_incoming(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(INCOMING) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// The folder itself as something to lock, so that no lock file stands among the requests. `None` on systems and
/// file systems that cannot: there nothing is cleared away.
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

#[cfg(unix)]
fn private_files() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_files() -> OpenOptions {
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
