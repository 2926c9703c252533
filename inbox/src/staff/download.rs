//! Pictures, files and a request as ZIP.

use super::guard::LoggedIn;
use super::{Answer, App, Staff, StaffError};
use crate::clock::exact;
use crate::parts::{Kind, Part};
use crate::store::{Action, Note, Role, VersionRow};
use crate::{submission, version};
use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// What a file may do that is opened by itself: nothing.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// A file of a request. Pictures are shown, everything else is saved; the names are ours.
pub(super) async fn file(
    State(staff): App,
    LoggedIn(session): LoggedIn,
    Path((id, file)): Path<(String, String)>,
) -> Answer<Response> {
    let part = submission::PARTS.iter().find(|part| part.file == file).ok_or(StaffError::NotFound)?;
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    let bytes = staff.store.file(&row.folder, part.file).await?.ok_or(StaffError::NotFound)?;
    // The pictures of a page that was seen are seen with it.
    if part.kind != Kind::Jpeg {
        staff.store.record(&session.account, Action::Downloaded, &row.id, part.file).await?;
    }
    part_of(part, &format!("{}-{}", row.id, part.file), bytes)
}

/// A file of a version, likewise.
pub(super) async fn version_file(
    State(staff): App,
    LoggedIn(session): LoggedIn,
    Path((id, version, file)): Path<(String, String, String)>,
) -> Answer<Response> {
    let part = version::PARTS.iter().find(|part| part.file == file).ok_or(StaffError::NotFound)?;
    let row = staff.store.version(&id, &version).await?.ok_or(StaffError::NotFound)?;
    let bytes = staff.store.file(&row.folder, part.file).await?.ok_or(StaffError::NotFound)?;
    if part.kind != Kind::Jpeg {
        let detail = format!("{}, {}", row.id, part.file);
        staff.store.record(&session.account, Action::Downloaded, &id, &detail).await?;
    }
    part_of(part, &format!("{id}-{}-{}", row.id, part.file), bytes)
}

fn part_of(part: &Part, name: &str, bytes: Bytes) -> Answer<Response> {
    let how = if part.kind == Kind::Jpeg { "inline" } else { "attachment" };
    download(&format!("{how}; filename=\"{name}\""), part.kind.content_type(), bytes)
}

/// Everything of a request in one file.
pub(super) async fn zip(State(staff): App, logged_in: LoggedIn, Path(id): Path<String>) -> Answer<Response> {
    let session = logged_in.at_least(Role::Staff)?;
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    let mut pack = Pack::new(&row.id);
    staff.pack_parts(&mut pack, &row.folder, "", &submission::PARTS).await?;
    for version in staff.store.versions(&row.id).await? {
        let folder = format!("versions/{}/", version.id);
        pack.add(&format!("{folder}version.json"), about(&version).to_string().as_bytes())?;
        staff.pack_parts(&mut pack, &version.folder, &folder, &version::PARTS).await?;
    }
    let notes = staff.store.notes(&row.id).await?;
    if !notes.is_empty() {
        pack.add("notes.txt", notes.iter().map(note).collect::<String>().as_bytes())?;
    }
    staff.store.record(&session.account, Action::Exported, &row.id, "").await?;
    download(&format!("attachment; filename=\"{}.zip\"", row.id), "application/zip", pack.finish()?.into())
}

impl Staff {
    /// Puts the files of a folder of the store that are there into a folder of the ZIP.
    async fn pack_parts(&self, pack: &mut Pack, stored: &str, folder: &str, parts: &[Part]) -> Answer<()> {
        for part in parts {
            if let Some(bytes) = self.store.file(stored, part.file).await? {
                pack.add(&format!("{folder}{}", part.file), &bytes)?;
            }
        }
        Ok(())
    }
}

fn note(note: &Note) -> String {
    format!("{}, {}\n{}\n\n", note.author, exact(note.written_at), note.text)
}

/// What is known of a version beside its files.
fn about(version: &VersionRow) -> serde_json::Value {
    serde_json::json!({
        "id": version.id, "name": version.name, "saved_by": version.saved_by, "saved_at": exact(version.saved_at),
        "program": version.program,
    })
}

/// A ZIP with one folder in it. Nothing is compressed: nearly all of the bytes are pictures.
struct Pack {
    folder: String,
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Pack {
    fn new(folder: &str) -> Self {
        Self { folder: folder.to_owned(), zip: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    fn add(&mut self, name: &str, bytes: &[u8]) -> Answer<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(format!("{}/{name}", self.folder), options).map_err(failed)?;
        self.zip.write_all(bytes).map_err(|error| failed(error.into()))
    }

    fn finish(self) -> Answer<Vec<u8>> {
        Ok(self.zip.finish().map_err(failed)?.into_inner())
    }
}

fn failed(error: ZipError) -> StaffError {
    tracing::error!(%error, "a ZIP could not be made");
    StaffError::Form("The ZIP could not be made. Please try again.")
}

fn download(disposition: &str, kind: &'static str, bytes: Bytes) -> Answer<Response> {
    let disposition = HeaderValue::try_from(disposition).map_err(|_| StaffError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    Ok((headers, bytes).into_response())
}
