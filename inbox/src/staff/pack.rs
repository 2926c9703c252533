//! A ZIP that is sent while it is made: only the file that is written, and the one or two before it that are on their
//! way, are held in memory.
//!
//! The largest has a request and 50 versions, each as large as a form may be: 204 MiB with the limits that stand without
//! a configuration.

use crate::store::StoreError;
use axum::body::{Bytes, HttpBody};
use http_body::Frame;
use std::{
    io::{self, Cursor, Seek, SeekFrom, Write},
    mem,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};
use thiserror::Error;
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Why a ZIP breaks off.
#[derive(Debug, Error)]
pub(super) enum PackError {
    /// It cannot be written.
    #[error("the ZIP cannot be written: {0}")]
    Zip(#[from] ZipError),
    /// Whoever asked for it went away.
    #[error("nobody reads the ZIP any more")]
    Unread,
    /// What belongs into it cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A ZIP with one folder in it. Nothing is compressed: nearly all of the bytes are pictures.
pub(super) struct Pack {
    folder: String,
    zip: ZipWriter<Window>,
    window: Window,
    sent: mpsc::Sender<Result<Bytes, PackError>>,
}

impl Pack {
    /// A ZIP with a folder of this name, and what is sent of it.
    pub(super) fn new(folder: &str) -> (Self, Packed) {
        let (sent, packed) = mpsc::channel(1);
        let window = Window::default();
        let zip = ZipWriter::new(window.clone());
        (Self { folder: folder.to_owned(), zip, window, sent }, Packed(packed))
    }

    /// Adds a file, once the one before is on its way.
    ///
    /// # Errors
    /// A [`PackError`].
    pub(super) async fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), PackError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let begun = self.window.end();
        // This goes back into the head of the file before, and no further; that one is done then.
        self.zip.start_file(format!("{}/{name}", self.folder), options)?;
        let done = self.window.take_before(begun);
        self.send(done).await?;
        self.zip.write_all(bytes).map_err(ZipError::from)?;
        Ok(())
    }

    /// Sends the rest.
    ///
    /// # Errors
    /// A [`PackError`].
    pub(super) async fn finish(&mut self) -> Result<(), PackError> {
        let zip = mem::replace(&mut self.zip, ZipWriter::new(Window::default()));
        zip.finish()?;
        let rest = self.window.take_before(self.window.end());
        self.send(rest).await
    }

    /// Lets whoever reads it know that it is not whole.
    pub(super) async fn break_off(self, error: PackError) {
        // Where nobody reads it any more nobody needs to know.
        let _unread = self.sent.send(Err(error)).await;
    }

    async fn send(&self, bytes: Vec<u8>) -> Result<(), PackError> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.sent.send(Ok(bytes.into())).await.map_err(|_| PackError::Unread)
    }
}

/// The body of an answer that sends a [`Pack`].
pub(super) struct Packed(mpsc::Receiver<Result<Bytes, PackError>>);

impl HttpBody for Packed {
    type Data = Bytes;
    type Error = PackError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PackError>>> {
        self.0.poll_recv(context).map(|sent| sent.map(|bytes| bytes.map(Frame::data)))
    }
}

/// What was written of a ZIP and not yet sent. Places are counted from the beginning of the ZIP.
#[derive(Clone, Default)]
struct Window(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    /// How many bytes went before.
    sent: u64,
    bytes: Cursor<Vec<u8>>,
}

impl Window {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the next file begins.
    fn end(&self) -> u64 {
        let waiting = self.waiting();
        waiting.sent + waiting.bytes.get_ref().len() as u64
    }

    /// Takes what stands before a place.
    fn take_before(&self, place: u64) -> Vec<u8> {
        let mut waiting = self.waiting();
        let length = place.saturating_sub(waiting.sent);
        let position = waiting.bytes.position().saturating_sub(length);
        let mut taken = mem::take(&mut waiting.bytes).into_inner();
        let kept = taken.split_off(usize::try_from(length).map_or(taken.len(), |length| length.min(taken.len())));
        waiting.sent += taken.len() as u64;
        waiting.bytes = Cursor::new(kept);
        waiting.bytes.set_position(position);
        taken
    }
}

impl Write for Window {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting().bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut waiting = self.waiting();
        let to = match to {
            SeekFrom::Start(place) => {
                let gone = || io::Error::new(io::ErrorKind::InvalidInput, "this was sent already");
                SeekFrom::Start(place.checked_sub(waiting.sent).ok_or_else(gone)?)
            }
            relative => relative,
        };
        Ok(waiting.sent + waiting.bytes.seek(to)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[tokio::test]
    async fn a_zip_is_whole_and_its_files_are_not_held_together() {
        const FILE: usize = 100_000;
        let (mut pack, mut packed) = Pack::new("folder");
        let making = tokio::spawn(async move {
            for number in 0..20_u8 {
                pack.add(&format!("{number}.jpg"), &[number; FILE]).await.unwrap();
                let held = pack.window.waiting().bytes.get_ref().len();
                assert!(held < 2 * FILE, "{held} bytes are held after file {number}");
            }
            pack.finish().await.unwrap();
        });
        let mut whole = Vec::new();
        while let Some(bytes) = packed.0.recv().await {
            let bytes = bytes.unwrap();
            assert!(bytes.len() < 2 * FILE, "{} bytes at once", bytes.len());
            whole.extend_from_slice(&bytes);
        }
        making.await.unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
        assert_eq!(zip.len(), 20);
        for number in 0..20_u8 {
            let mut file = zip.by_name(&format!("folder/{number}.jpg")).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes, [number; FILE], "file {number}");
        }
    }

    #[tokio::test]
    async fn a_zip_that_nobody_reads_is_not_made_further() {
        let (mut pack, packed) = Pack::new("folder");
        drop(packed);
        pack.add("1.jpg", b"1").await.unwrap();
        assert!(matches!(pack.add("2.jpg", b"2").await, Err(PackError::Unread)));
    }
}
