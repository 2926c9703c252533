//! What the designer asks for when it opens a request, and the versions that it saves. It is a program: its answers
//! are JSON, and without a session it is told so instead of being led to the login.

use super::guard::{LoggedIn, is_own, is_token};
use super::pictures::SIDES;
use super::{App, Staff, StaffError};
use crate::answer::{self, Refusal};
use crate::store::{Action, Kept, RequestRow, Role, Session};
use crate::version::{FORM, NewVersion};
use axum::{
    body::Bytes,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::Arc;

/// What stands in the address behind the path.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The id of a version; nothing for the visitor's design.
    version: String,
}

/// What the designer is given.
#[derive(Serialize)]
struct Opened<'a> {
    request: &'a str,
    /// Where to go back to.
    page: String,
    csrf: &'a str,
    may_save: bool,
    design: &'a RawValue,
    pictures: Vec<Picture>,
}

/// A picture before the design.
#[derive(Serialize)]
struct Picture {
    side: &'static str,
    address: String,
}

/// Gives the design of a request or version, and what it is fitted onto.
pub(super) async fn open(
    State(staff): App,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    logged_in: Result<LoggedIn, StaffError>,
) -> Response {
    staff.open(&id, &asked.version, logged_in).await.unwrap_or_else(|refusal| refusal.into_answer("design"))
}

/// Keeps a version.
pub(super) async fn save(
    State(staff): App,
    Path(id): Path<String>,
    logged_in: Result<LoggedIn, StaffError>,
    request: Request,
) -> Response {
    match staff.save(&id, logged_in, request).await {
        Ok((version, kept)) => answer::kept(version.id(), kept, None),
        Err(refusal) => refusal.into_answer("version"),
    }
}

impl Staff {
    async fn open(
        &self,
        id: &str,
        version: &str,
        logged_in: Result<LoggedIn, StaffError>,
    ) -> Result<Response, Refusal> {
        let LoggedIn(session) = logged_in?;
        let (row, design) = self.design(id, version).await?;
        let design: &RawValue = serde_json::from_slice(&design).map_err(|_| Refusal::NotFound)?;
        if !design.get().starts_with('{') {
            return Err(Refusal::NotFound);
        }
        let parts = self.store.parts(&row.id).await.map_err(StaffError::from)?;
        let before = SIDES.iter().filter(|side| parts.contains(&side.before()));
        let page = format!("/inbox/requests/{}", row.id);
        let opened = Opened {
            request: &row.id,
            csrf: &session.csrf,
            may_save: session.role >= Role::Staff,
            design,
            pictures: before
                .map(|side| Picture { side: side.key, address: format!("{page}/files/{}.jpg", side.before()) })
                .collect(),
            page,
        };
        let text = serde_json::to_string(&opened).map_err(|_| Refusal::NotFound)?;
        let recorded = self.store.record(&session.account, Action::OpenedInDesigner, &row.id, version).await;
        recorded.map_err(StaffError::from)?;
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ];
        Ok((headers.map(|(name, value)| (name, HeaderValue::from_static(value))), text).into_response())
    }

    /// The row of a request, and the bytes of its own design or of a version's.
    async fn design(&self, id: &str, version: &str) -> Result<(RequestRow, Bytes), StaffError> {
        let row = self.store.request(id).await?.ok_or(StaffError::NotFound)?;
        let folder = if version.is_empty() {
            row.folder.clone()
        } else {
            self.store.version(&row.id, version).await?.ok_or(StaffError::NotFound)?.folder
        };
        let design = self.store.file(&folder, "design.json").await?.ok_or(StaffError::NotFound)?;
        Ok((row, design))
    }

    async fn save(
        self: &Arc<Self>,
        id: &str,
        logged_in: Result<LoggedIn, StaffError>,
        request: Request,
    ) -> Result<(NewVersion, Kept), Refusal> {
        let allowed = self.may_save(id, logged_in, request.headers()).await;
        let ((session, row), _place) = match allowed.and_then(|allowed| Ok((allowed, self.intake.place()?))) {
            Ok(admitted) => admitted,
            Err(refusal) => {
                self.intake.discard(request).await;
                return Err(refusal);
            }
        };
        let draft = self.intake.read(request, &FORM).await?;
        if !is_token(&NewVersion::token(&draft), &session.csrf) {
            return Err(Refusal::Stale);
        }
        let version = NewVersion::read(draft).map_err(Refusal::Invalid)?;
        let staff = Arc::clone(self);
        // A task of its own: a client that goes away now does not leave the work half done.
        let saving = tokio::spawn(async move {
            let kept = staff.store.keep_version(&row.id, &session.account, &version).await?;
            if kept == Kept::First {
                let id = version.id().as_str();
                staff.store.record(&session.account, Action::SavedVersion, &row.id, id).await?;
            }
            Ok((version, kept))
        });
        saving.await.map_err(|_stopped| Refusal::Store)?.map_err(|error: StaffError| error.into())
    }

    /// Looks whether a version may come in, before its body is read.
    async fn may_save(
        &self,
        id: &str,
        logged_in: Result<LoggedIn, StaffError>,
        headers: &HeaderMap,
    ) -> Result<(Session, RequestRow), Refusal> {
        let session = logged_in.and_then(|logged_in| logged_in.at_least(Role::Staff))?;
        if !is_own(headers) {
            return Err(Refusal::Foreign);
        }
        let row = self.store.request(id).await.map_err(StaffError::from)?;
        Ok((session, row.ok_or(Refusal::NotFound)?))
    }
}

impl From<StaffError> for Refusal {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::NoSession => Self::NoSession,
            StaffError::Role => Self::Role,
            StaffError::NotFound => Self::NotFound,
            StaffError::Form(_) => Self::Stale,
            StaffError::Store(error) => {
                tracing::warn!(%error, "the designer was not given or did not save what it wanted");
                error.into()
            }
        }
    }
}
