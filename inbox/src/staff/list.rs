//! The list of requests and its export.

use super::guard::LoggedIn;
use super::layout::Page;
use super::{Answer, App, PATH, request_page};
use crate::clock::{exact, local};
use crate::store::{Action, Filter, PAGE_SIZE, RequestPage, RequestRow, Role, Session, State as RequestState};
use axum::{
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

/// What stands in the address of the list. What cannot be understood is passed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    /// Words to search for.
    q: String,
    /// Whose requests: `me`, or everybody's.
    whose: String,
    page: String,
}

/// How long a search may be.
const MAX_WORDS_CHARS: usize = 200;

/// The last page that can be asked for: the database counts there.
const MAX_PAGE: u32 = 1_000_000;

/// How many requests an export has at most.
const MAX_EXPORTED: usize = 100_000;

impl Asked {
    fn filter(&self, session: &Session) -> Filter {
        Filter {
            state: RequestState::parse(&self.state),
            assigned_to: (self.whose == "me").then(|| session.account.clone()),
            words: self.q.chars().filter(|c| !c.is_control()).take(MAX_WORDS_CHARS).collect(),
            page: self.page.parse::<u32>().unwrap_or(1).saturating_sub(1).min(MAX_PAGE),
        }
    }

    /// The address of the list with another state or page.
    fn address(&self, path: &str, state: &str, page: u32) -> String {
        let mut query = Serializer::new(String::new());
        let page = page.to_string();
        for (key, value) in [("state", state), ("q", &self.q), ("whose", &self.whose), ("page", &page)] {
            if !value.is_empty() && (key, value) != ("page", "1") {
                query.append_pair(key, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// The list.
pub(super) async fn show(State(staff): App, LoggedIn(session): LoggedIn, Query(asked): Query<Asked>) -> Answer<Page> {
    let filter = asked.filter(&session);
    let counts = staff.store.count_states().await?;
    let found = staff.store.list(&filter).await?;
    let main = html! {
        div.head {
            h1 { "Requests" }
            @if session.role >= Role::Staff {
                a.button href=(asked.address("/inbox/list.csv", &asked.state, 1)) { "Save list as CSV" }
            }
        }
        (states(&asked, &filter, counts))
        (search(&asked, &filter))
        @if found.rows.is_empty() {
            (nothing(counts.iter().sum::<i64>() == 0))
        } @else {
            ol.requests { @for row in &found.rows { (line(row)) } }
            (pages(&asked, &filter, &found))
        }
        @if staff.retention_days > 0 {
            p.soft { "Requests are deleted by themselves " (staff.retention_days) " days after they arrived." }
        }
    };
    Ok(Page::new(&session, "Requests", &main))
}

fn states(asked: &Asked, filter: &Filter, counts: [i64; 4]) -> Markup {
    let current = |is_current: bool| is_current.then_some("page");
    html! {
        nav.tabs aria-label="States" {
            a href=(asked.address(PATH, "", 1)) aria-current=[current(filter.state.is_none())] {
                "All " span.count { (counts.iter().sum::<i64>()) }
            }
            @for (state, count) in RequestState::ALL.into_iter().zip(counts) {
                a href=(asked.address(PATH, state.key(), 1)) aria-current=[current(filter.state == Some(state))] {
                    (state.label()) " " span.count { (count) }
                }
            }
        }
    }
}

fn search(asked: &Asked, filter: &Filter) -> Markup {
    html! {
        form.search role="search" action=(PATH) {
            @if let Some(state) = filter.state { input type="hidden" name="state" value=(state.key()); }
            label.wide { span.for-readers { "Search" }
                input type="search" name="q" value=(asked.q) placeholder="Name, e-mail, phone, words or number";
            }
            label.check { input type="checkbox" name="whose" value="me" checked[asked.whose == "me"]; "Assigned to me" }
            button.plain type="submit" { "Search" }
        }
    }
}

fn nothing(is_all: bool) -> Markup {
    html! {
        div.empty {
            @if is_all {
                h2 { "No request has arrived yet" }
                p { "Requests that visitors send from the designer appear here." }
            } @else {
                h2 { "Nothing fits" }
                p { "No request has this state and these words. " a href=(PATH) { "Show all requests" } }
            }
        }
    }
}

fn line(row: &RequestRow) -> Markup {
    let contact = if row.email.is_empty() { &row.phone } else { &row.email };
    html! {
        li {
            a href=(request_page(&row.id)) {
                strong.name { (name(row)) }
                span.contact { (contact) }
                time.when { (local(row.received_at)) }
                span.who { @if !row.assigned_to.is_empty() { "→ " (row.assigned_to) } }
                span.state data-state=(row.state.key()) { (row.state.label()) }
            }
        }
    }
}

/// How a request is called.
pub(super) fn name(row: &RequestRow) -> &str {
    if row.name.is_empty() { "Without a name" } else { &row.name }
}

fn pages(asked: &Asked, filter: &Filter, found: &RequestPage) -> Markup {
    let first = i64::from(filter.page) * PAGE_SIZE;
    let last = (first + PAGE_SIZE).min(found.total);
    html! {
        nav.pages aria-label="Pages" {
            @if filter.page > 0 { a.button rel="prev" href=(asked.address(PATH, &asked.state, filter.page)) { "Newer" } }
            span { (first + 1) " to " (last) " of " (found.total) }
            @if last < found.total { a.button rel="next" href=(asked.address(PATH, &asked.state, filter.page + 2)) { "Older" } }
        }
    }
}

/// The list as a table for other programs.
pub(super) async fn export(State(staff): App, logged_in: LoggedIn, Query(asked): Query<Asked>) -> Answer<Response> {
    let session = logged_in.at_least(Role::Staff)?;
    let mut filter = Filter { page: 0, ..asked.filter(&session) };
    let mut table = csv_line(&["id", "received", "state", "assigned to", "name", "e-mail", "phone"]);
    let mut count = 0;
    loop {
        let found = staff.store.list(&filter).await?;
        for row in &found.rows {
            let (received, state) = (exact(row.received_at), row.state.key());
            let cells = [&row.id, &received, state, &row.assigned_to, &row.name, &row.email, &row.phone];
            table.push_str(&csv_line(&cells));
        }
        count += found.rows.len();
        filter.page += 1;
        if found.rows.is_empty() || count >= MAX_EXPORTED {
            break;
        }
    }
    staff.store.record(&session.account, Action::ExportedList, "", &format!("{count} requests")).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"requests.csv\"")),
    ];
    Ok((headers, table).into_response())
}

/// A line of a table (RFC 4180). Spreadsheets take a cell for a formula that begins in one of these ways, also inside
/// of quotation marks; an apostrophe before it keeps it a text.
fn csv_line(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        let guard =
            if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    cells.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_or_leaves_its_place() {
        let cells = ["=1+1", "+44 20", "-1", "@x", "\tx", "a\"b", "a,b\r\nc", "Zoë", "x=1"];
        let line = csv_line(&cells);
        assert_eq!(line, "\"'=1+1\",\"'+44 20\",\"'-1\",\"'@x\",\"'\tx\",\"a\"\"b\",\"a,b\r\nc\",\"Zoë\",\"x=1\"\r\n");
    }

    #[test]
    fn an_address_keeps_what_was_asked_for() {
        let asked = Asked { q: "a&b=é".to_owned(), whose: "me".to_owned(), ..Asked::default() };
        assert_eq!(asked.address("/inbox", "new", 2), "/inbox?state=new&q=a%26b%3D%C3%A9&whose=me&page=2");
        assert_eq!(Asked::default().address("/inbox", "", 1), "/inbox");
    }
}
