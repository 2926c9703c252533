//! Pictures, files and a request as ZIP.

use super::guard::LoggedIn;
use super::{Answer, App, StaffError};
use crate::clock::exact;
use crate::store::{Action, Note, Role};
use crate::submission::{Kind, PARTS};
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
    let part = PARTS.iter().find(|part| part.file == file).ok_or(StaffError::NotFound)?;
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    let bytes = staff.store.file(&row, part.file).await?.ok_or(StaffError::NotFound)?;
    // The pictures of a page that was seen are seen with it.
    if part.kind != Kind::Jpeg {
        staff.store.record(&session.account, Action::Downloaded, &row.id, part.file).await?;
    }
    let how = if part.kind == Kind::Jpeg { "inline" } else { "attachment" };
    download(&format!("{how}; filename=\"{}-{}\"", row.id, part.file), part.kind.content_type(), bytes)
}

/// Everything of a request in one file.
pub(super) async fn zip(State(staff): App, logged_in: LoggedIn, Path(id): Path<String>) -> Answer<Response> {
    let session = logged_in.at_least(Role::Staff)?;
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    let mut files = Vec::new();
    for part in &PARTS {
        if let Some(bytes) = staff.store.file(&row, part.file).await? {
            files.push((part.file, bytes));
        }
    }
    let notes = staff.store.notes(&row.id).await?;
    if !notes.is_empty() {
        files.push(("notes.txt", notes.iter().map(note).collect::<String>().into()));
    }
    staff.store.record(&session.account, Action::Exported, &row.id, "").await?;
    let bytes = pack(&row.id, &files).map_err(|error| {
        tracing::error!(%error, "a ZIP could not be made");
        StaffError::Form("The ZIP could not be made. Please try again.")
    })?;
    download(&format!("attachment; filename=\"{}.zip\"", row.id), "application/zip", bytes.into())
}

fn note(note: &Note) -> String {
    format!("{}, {}\n{}\n\n", note.author, exact(note.written_at), note.text)
}

/// Packs files into a folder. They are not compressed: nearly all of their bytes are pictures.
fn pack(folder: &str, files: &[(&str, Bytes)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(format!("{folder}/{name}"), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
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
