//! The record of what was done.

use super::guard::LoggedIn;
use super::layout::Page;
use super::{Answer, App, request_page};
use crate::clock::local;
use crate::store::{AUDIT_PAGE_SIZE, Role};
use axum::extract::{Query, State};
use maud::html;
use serde::Deserialize;

/// What stands in the address of the record.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// The id of a request, or nothing.
    request: String,
    page: String,
}

/// The last page that can be asked for.
const MAX_PAGE: u32 = 1_000_000;

/// The record, newest first.
pub(super) async fn show(State(staff): App, logged_in: LoggedIn, Query(asked): Query<Asked>) -> Answer<Page> {
    let session = logged_in.at_least(Role::Owner)?;
    let page = asked.page.parse::<u32>().unwrap_or(1).saturating_sub(1).min(MAX_PAGE);
    let request: String = asked.request.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let entries = staff.store.audit(&request, page).await?;
    let is_full = entries.len() >= AUDIT_PAGE_SIZE as usize;
    let address = |page: u32| format!("/inbox/record?request={request}&page={page}");
    let main = html! {
        h1 { "Record" }
        p.soft { "Who saw, changed and deleted what. It holds numbers of requests and names of accounts, nothing that a visitor wrote." }
        form.search action="/inbox/record" {
            label.wide { span.for-readers { "Number of a request" }
                input name="request" value=(request) placeholder="Number of a request";
            }
            button.plain type="submit" { "Show" }
        }
        @if entries.is_empty() { div.empty { h2 { "Nothing is recorded here" } } }
        @else {
            div.scroll { table.record {
                thead { tr { th { "When" } th { "Who" } th { "What" } th { "Request" } th { "" } } }
                tbody {
                    @for entry in &entries {
                        tr {
                            td { (local(entry.at)) }
                            td { @if entry.account.is_empty() { "—" } @else { (entry.account) } }
                            td { (entry.action) }
                            td { @if !entry.request_id.is_empty() { a href=(request_page(&entry.request_id)) { (entry.request_id) } } }
                            td { (entry.detail) }
                        }
                    }
                }
            } }
        }
        nav.pages aria-label="Pages" {
            @if page > 0 { a.button href=(address(page)) { "Newer" } }
            @if is_full { a.button href=(address(page + 2)) { "Older" } }
        }
    };
    Ok(Page::new(&session, "Record", &main))
}
