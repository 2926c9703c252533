//! What is done to a request.

use super::guard::Posted;
use super::{Answer, App, PATH, StaffError, request_page};
use crate::store::{Action, Role, State as RequestState};
use axum::{
    extract::{Path, State},
    response::Redirect,
};

/// The longest note in characters.
const MAX_NOTE_CHARS: usize = 5000;

/// Sets the state.
pub(super) async fn state(State(staff): App, Path(id): Path<String>, posted: Posted) -> Answer<Redirect> {
    let (session, fields) = posted.at_least(Role::Staff)?;
    let state = RequestState::parse(&fields.text("state")).ok_or(StaffError::Form("There is no such state."))?;
    if !staff.store.set_state(&id, state).await? {
        return Err(StaffError::NotFound);
    }
    staff.store.record(&session.account, Action::ChangedState, &id, state.key()).await?;
    Ok(back(&id))
}

/// Assigns to an account that is active, or to nobody.
pub(super) async fn assign(State(staff): App, Path(id): Path<String>, posted: Posted) -> Answer<Redirect> {
    let (session, fields) = posted.at_least(Role::Staff)?;
    let name = fields.text("account");
    let is_known = name.is_empty() || staff.store.account(&name).await?.is_some_and(|account| account.is_active);
    if !is_known {
        return Err(StaffError::Form("There is no such account."));
    }
    if !staff.store.assign(&id, &name).await? {
        return Err(StaffError::NotFound);
    }
    staff.store.record(&session.account, Action::Assigned, &id, &name).await?;
    Ok(back(&id))
}

/// Adds a note.
pub(super) async fn note(State(staff): App, Path(id): Path<String>, posted: Posted) -> Answer<Redirect> {
    let (session, fields) = posted.at_least(Role::Staff)?;
    let text = fields.text("text");
    if text.is_empty() || text.chars().count() > MAX_NOTE_CHARS {
        return Err(StaffError::Form("A note has 1 to 5000 characters."));
    }
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    staff.store.add_note(&row.id, &session.account, &text).await?;
    staff.store.record(&session.account, Action::Noted, &row.id, "").await?;
    Ok(back(&row.id))
}

/// Deletes for good. It is recorded before: what was deleted without a record could not be told any more.
pub(super) async fn delete(State(staff): App, Path(id): Path<String>, posted: Posted) -> Answer<Redirect> {
    let (session, fields) = posted.at_least(Role::Owner)?;
    if fields.text("sure") != "yes" {
        return Err(StaffError::Form("Please go back and tick that you are sure."));
    }
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    staff.store.record(&session.account, Action::Deleted, &row.id, "").await?;
    staff.store.delete(&row.id).await?;
    Ok(Redirect::to(PATH))
}

/// Back to the page of a request, which is there.
fn back(id: &str) -> Redirect {
    Redirect::to(&request_page(id))
}
