//! Pictures, files and a request as ZIP.

use super::guard::LoggedIn;
use super::pack::{Pack, PackError};
use super::{Answer, App, Staff, StaffError};
use crate::clock::exact;
use crate::parts::{Kind, Part};
use crate::store::{Action, Note, RequestRow, Role, VersionRow};
use crate::{submission, version};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

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
    download(&format!("{how}; filename=\"{name}\""), part.kind.content_type(), bytes.into())
}

/// Everything of a request in one file, which is sent while it is made.
pub(super) async fn zip(State(staff): App, logged_in: LoggedIn, Path(id): Path<String>) -> Answer<Response> {
    let session = logged_in.at_least(Role::Staff)?;
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    let (versions, notes) = (staff.store.versions(&row.id).await?, staff.store.notes(&row.id).await?);
    staff.store.record(&session.account, Action::Exported, &row.id, "").await?;
    let (mut pack, packed) = Pack::new(&row.id);
    let disposition = format!("attachment; filename=\"{}.zip\"", row.id);
    tokio::spawn(async move {
        if let Err(error) = staff.pack(&mut pack, &row, &versions, &notes).await {
            tracing::warn!(request = row.id, %error, "a ZIP broke off");
            pack.break_off(error).await;
        }
    });
    download(&disposition, "application/zip", Body::new(packed))
}

impl Staff {
    /// Packs the files of a request and of its versions, and the notes.
    async fn pack(
        &self,
        pack: &mut Pack,
        row: &RequestRow,
        versions: &[VersionRow],
        notes: &[Note],
    ) -> Result<(), PackError> {
        self.pack_parts(pack, &row.folder, "", &submission::PARTS).await?;
        for version in versions {
            let folder = format!("versions/{}/", version.id);
            pack.add(&format!("{folder}version.json"), about(version).to_string().as_bytes()).await?;
            self.pack_parts(pack, &version.folder, &folder, &version::PARTS).await?;
        }
        if !notes.is_empty() {
            pack.add("notes.txt", notes.iter().map(note).collect::<String>().as_bytes()).await?;
        }
        pack.finish().await
    }

    /// Puts the files of a folder of the store that are there into a folder of the ZIP.
    async fn pack_parts(&self, pack: &mut Pack, stored: &str, folder: &str, parts: &[Part]) -> Result<(), PackError> {
        for part in parts {
            if let Some(bytes) = self.store.file(stored, part.file).await? {
                pack.add(&format!("{folder}{}", part.file), &bytes).await?;
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

fn download(disposition: &str, kind: &'static str, body: Body) -> Answer<Response> {
    let disposition = HeaderValue::try_from(disposition).map_err(|_| StaffError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    Ok((headers, body).into_response())
}
