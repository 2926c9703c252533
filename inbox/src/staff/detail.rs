//! A request's page.

use super::guard::LoggedIn;
use super::layout::{Page, csrf};
use super::list::name;
use super::pictures::{SIDES, pictures};
use super::versions::Designs;
use super::words::{self, words};
use super::{Answer, App, PATH, StaffError, figures};
use crate::clock::local;
use crate::document::Document;
use crate::store::{Action, Note, RequestRow, Role, Session, State as RequestState, VersionRow};
use axum::extract::{Path, State};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything that the page shows.
struct Detail {
    session: Session,
    row: RequestRow,
    parts: Vec<String>,
    versions: Vec<VersionRow>,
    document: Document,
    notes: Vec<Note>,
    /// Who can be assigned.
    accounts: Vec<String>,
}

/// The page of a request.
pub(super) async fn show(State(staff): App, LoggedIn(session): LoggedIn, Path(id): Path<String>) -> Answer<Page> {
    let row = staff.store.request(&id).await?.ok_or(StaffError::NotFound)?;
    staff.store.record(&session.account, Action::Saw, &row.id, "").await?;
    let accounts = staff.store.accounts().await?;
    let bytes = staff.store.file(&row.folder, "request.json").await?.unwrap_or_default();
    let detail = Detail {
        parts: staff.store.parts(&row.id).await?,
        versions: staff.store.versions(&row.id).await?,
        document: Document::read(&bytes).unwrap_or_default(),
        notes: staff.store.notes(&row.id).await?,
        accounts: accounts.into_iter().filter(|account| account.is_active).map(|account| account.name).collect(),
        session,
        row,
    };
    Ok(Page::new(&detail.session, name(&detail.row), &detail.render()))
}

impl Detail {
    fn render(&self) -> Markup {
        html! {
            p.back { a href=(PATH) { "All requests" } }
            div.head {
                h1 { (name(&self.row)) }
                span.state data-state=(self.row.state.key()) { (self.row.state.label()) }
            }
            p.soft { "Request " (self.row.id) ", received " (local(self.row.received_at)) }
            div.columns {
                div.main {
                    (self.contact())
                    (self.pictures())
                    (self.designs())
                    (figures::figures(&self.document))
                    (self.as_seen())
                    (self.consents())
                }
                div.side {
                    (self.work())
                    (self.notes_and_form())
                    (self.files())
                    (self.deletion())
                }
            }
        }
    }

    fn contact(&self) -> Markup {
        let field = |key| self.document.text(&["fields", key]);
        let reply_by = field("reply_by");
        let reply = [&words(words::REPLIES, &reply_by), field("reply_when").as_str()].join(" ");
        let list = |table, key| words::list(table, &self.document.texts(&["fields", key]));
        let answers = [
            ("Preferred reply", reply.trim().to_owned()),
            ("Hair loss", list(words::LOSSES, "loss")),
            ("Scars", field("scars")),
            ("Earlier treatment", list(words::TREATMENTS, "earlier")),
            ("Skin tone", words::skin_tone(&field("skin_tone"))),
            ("Age", field("age_band")),
            ("Language", words(words::LANGUAGES, &self.document.text(&["language"])).into_owned()),
        ];
        html! {
            section.card {
                h2 { "Contact" }
                p.links {
                    @if let Some(address) = mail_address(&self.row.email) { a.button href=(address) { (self.row.email) } }
                    @else if !self.row.email.is_empty() { span { (self.row.email) } }
                    @if let Some(address) = phone_address(&self.row.phone) { a.button href=(address) { (self.row.phone) } }
                    @else if !self.row.phone.is_empty() { span { (self.row.phone) } }
                }
                @let message = field("message");
                @if !message.is_empty() { blockquote.message { (message) } }
                dl.pairs { @for (name, text) in &answers { @if !text.is_empty() { dt { (name) } dd { (text) } } } }
            }
        }
    }

    fn pictures(&self) -> Markup {
        let address = |part: String| self.parts.contains(&part).then(|| self.action(&format!("files/{part}.jpg")));
        html! {
            @for side in &SIDES {
                @let (before, after) = (address(side.before()), address(side.after()));
                @if before.is_some() || after.is_some() {
                    section.card.pictures {
                        h2 { (side.name) }
                        (pictures(side, before.as_deref(), after.as_deref()))
                    }
                }
            }
        }
    }

    fn designs(&self) -> Markup {
        Designs { request: &self.row.id, parts: &self.parts, versions: &self.versions }.render()
    }

    /// What the visitor reviewed before sending, in the visitor's own language; of a request without it the advice.
    fn as_seen(&self) -> Markup {
        let lines = self.document.pairs(&["lines"]);
        let advice = self.document.list(&["figures", "advice"]);
        html! {
            @if !lines.is_empty() {
                section.card {
                    h2 { "As the visitor saw it" }
                    dl.pairs lang=(self.language()) { @for (name, text) in &lines { dt { (name) } dd { (text) } } }
                }
            } @else if !advice.is_empty() {
                section.card {
                    h2 { "What the visitor was told" }
                    ul { @for each in &advice { li { (words(words::ADVICE, &each.text(&["advice"]))) } } }
                }
            }
        }
    }

    /// The tag of the visitor's language; empty where it is none, which says that it is not known.
    fn language(&self) -> String {
        let tag = self.document.text(&["language"]);
        if tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') { tag } else { String::new() }
    }

    fn consents(&self) -> Markup {
        let consents = self.document.list(&["consents"]);
        html! {
            section.card {
                h2 { "Consent" }
                @if consents.is_empty() { p { "The request has no record of a consent." } }
                @for consent in &consents {
                    div.consent {
                        p { (consent.text(&["text"])) }
                        p.soft {
                            (consent.text(&["key"])) ", version " (consent.text(&["version"])) ", given "
                            (consent.text(&["given_at"]))
                        }
                    }
                }
                p.soft {
                    "Made " (self.document.text(&["made_at"])) " with " (self.document.text(&["program"]))
                    @let configuration = self.document.text(&["configuration"]);
                    @if !configuration.is_empty() { ", configuration " (configuration) }
                    ". " (self.document.text(&["notice"]))
                }
            }
        }
    }

    /// The form's address below the request's own.
    fn action(&self, what: &str) -> String {
        format!("/inbox/requests/{}/{what}", self.row.id)
    }

    fn work(&self) -> Markup {
        html! {
            section.card.no-print {
                h2 { "Work" }
                @if self.session.role < Role::Staff {
                    p { "Assigned to " (if self.row.assigned_to.is_empty() { "nobody" } else { &self.row.assigned_to }) }
                } @else {
                    form.line method="post" action=(self.action("state")) {
                        (csrf(&self.session))
                        label { "State"
                            select name="state" {
                                @for state in RequestState::ALL {
                                    option value=(state.key()) selected[state == self.row.state] { (state.label()) }
                                }
                            }
                        }
                        button.plain type="submit" { "Set" }
                    }
                    form.line method="post" action=(self.action("assign")) {
                        (csrf(&self.session))
                        label { "Assigned to"
                            select name="account" {
                                option value="" selected[self.row.assigned_to.is_empty()] { "Nobody" }
                                @for account in &self.accounts {
                                    option value=(account) selected[*account == self.row.assigned_to] { (account) }
                                }
                            }
                        }
                        button.plain type="submit" { "Assign" }
                    }
                }
            }
        }
    }

    fn notes_and_form(&self) -> Markup {
        html! {
            section.card {
                h2 { "Notes" }
                @if self.notes.is_empty() { p.soft { "No notes yet." } }
                @for note in &self.notes {
                    div.note { p.text { (note.text) } p.soft { (note.author) ", " (local(note.written_at)) } }
                }
                @if self.session.role >= Role::Staff {
                    form.stack.no-print method="post" action=(self.action("note")) {
                        (csrf(&self.session))
                        label { "New note" textarea name="text" rows="3" maxlength="5000" required {} }
                        button.plain type="submit" { "Add note" }
                    }
                }
            }
        }
    }

    fn files(&self) -> Markup {
        html! {
            @if self.session.role >= Role::Staff {
                section.card.no-print {
                    h2 { "Files" }
                    p.links { a.button href=(self.action("request.zip")) { "Save all as ZIP" } }
                }
            }
        }
    }

    fn deletion(&self) -> Markup {
        html! {
            @if self.session.role >= Role::Owner {
                details.card.no-print {
                    summary { "Delete for good" }
                    form.stack method="post" action=(self.action("delete")) {
                        (csrf(&self.session))
                        p { "The request, its pictures, versions and notes are removed and cannot be brought back. The record keeps its number alone." }
                        label.check { input type="checkbox" name="sure" value="yes" required; "I am sure" }
                        button.danger type="submit" { "Delete for good" }
                    }
                }
            }
        }
    }
}

/// A link that writes a mail, where the text can be an address. Everything but letters and digits is escaped, so that
/// it cannot bring along a subject or another receiver.
fn mail_address(text: &str) -> Option<String> {
    let (user, host) = text.rsplit_once('@')?;
    let is_plain = |c: char| !c.is_whitespace() && !matches!(c, ',' | ';' | '<' | '>' | '"');
    let is_address = !user.is_empty() && host.contains('.') && text.chars().all(is_plain);
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().replace("%2E", ".");
    is_address.then(|| format!("mailto:{}@{}", escaped(user), escaped(host)))
}

/// A link that dials, where the text can be a number.
fn phone_address(text: &str) -> Option<String> {
    let text = text.trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '/' | '.'));
    let plus = if text.starts_with('+') { "+" } else { "" };
    ((5..=20).contains(&digits.len()) && is_number).then(|| format!("tel:{plus}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_made_of_an_address_and_of_nothing_else() {
        for (text, link) in [
            ("zoe@clinic.example", Some("mailto:zoe@clinic.example")),
            ("a+b@clinic.example", Some("mailto:a%2Bb@clinic.example")),
            ("a?cc=x@clinic.example", Some("mailto:a%3Fcc%3Dx@clinic.example")),
            ("a@b.example,c@d.example", None),
            ("a b@c.example", None),
            ("nobody", None),
            ("@c.example", None),
        ] {
            assert_eq!(mail_address(text).as_deref(), link, "{text}");
        }
    }

    #[test]
    fn a_number_is_dialled_and_a_text_is_not() {
        for (text, link) in [
            ("+44 (20) 7946-0018", Some("tel:+442079460018")),
            ("030/123456", Some("tel:030123456")),
            ("123", None),
            ("call me 12345", None),
            ("javascript:12345", None),
        ] {
            assert_eq!(phone_address(text).as_deref(), link, "{text}");
        }
    }
}
