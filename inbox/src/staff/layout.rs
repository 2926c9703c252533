//! The frame of every page, its headers, and the pages of errors.

use super::guard::CSRF;
use super::{PATH, StaffError};
use crate::store::{Role, Session};
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{DOCTYPE, Markup, html};

/// The program's own look: its custom properties stand first in its own sheet, up to the first rule for everything.
const PROGRAM_STYLE: &str = include_str!("../../../styles/start.css");
const FIRST_RULE: &str = "\n*,";

/// The look of the staff's pages.
const STYLE: &str = include_str!("staff.css");

/// What lets a slider move over two pictures; without it they stand side by side.
pub(super) const SCRIPT: &str = include_str!("compare.js");

/// The picture of the pages in a browser's tabs.
pub(super) const ICON: &str = include_str!("icon.svg");

/// What a page may do: show what comes from here and send its forms to here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// The sheet of all pages.
pub(super) fn style() -> String {
    let properties = PROGRAM_STYLE.split(FIRST_RULE).next().unwrap_or_default();
    format!("{properties}\n{STYLE}")
}

/// A page that is ready to be sent.
pub(super) struct Page {
    status: StatusCode,
    title: String,
    body: Markup,
}

impl Page {
    /// A page of somebody who is logged in.
    pub(super) fn new(session: &Session, title: &str, main: &Markup) -> Self {
        let body = html! {
            header.bar {
                a.brand href=(PATH) { "Consultation requests" }
                nav {
                    @if session.role >= Role::Owner {
                        a href="/inbox/accounts" { "Accounts" }
                        a href="/inbox/record" { "Record" }
                    }
                    a href="/inbox/password" { (session.account) }
                    form method="post" action="/inbox/logout" {
                        (csrf(session))
                        button.plain type="submit" { "Log out" }
                    }
                }
            }
            main { (main) }
        };
        Self { status: StatusCode::OK, title: title.to_owned(), body }
    }

    /// A page of nobody in particular.
    pub(super) fn outside(status: StatusCode, title: &str, main: &Markup) -> Self {
        let body = html! { main.alone { (main) } };
        Self { status, title: title.to_owned(), body }
    }

    /// The same page with another status.
    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    link rel="icon" type="image/svg+xml" href="/inbox/icon.svg";
                    link rel="stylesheet" href="/inbox/staff.css";
                    script src="/inbox/compare.js" defer {}
                }
                body { (self.body) }
            }
        };
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-store"),
            // With no referrer at all older browsers would not say that our own forms come from here.
            (header::REFERRER_POLICY, "same-origin"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        ];
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        (self.status, headers, page.into_string()).into_response()
    }
}

/// The hidden field that every form of a session has.
pub(super) fn csrf(session: &Session) -> Markup {
    html! { input type="hidden" name=(CSRF) value=(session.csrf); }
}

/// A sentence in a box; a fault is told to screen readers at once.
pub(super) fn fault(sentence: &str) -> Markup {
    html! { @if !sentence.is_empty() { p.notice.fault role="alert" { (sentence) } } }
}

impl IntoResponse for StaffError {
    fn into_response(self) -> Response {
        let (status, title, sentence) = match self {
            Self::NoSession => return Redirect::to("/inbox/login").into_response(),
            Self::Role => (
                StatusCode::FORBIDDEN,
                "Not allowed",
                "Your account may not do this. An owner can change what it may do.",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "Not found", "There is nothing here. It may have been deleted."),
            Self::Form(sentence) => (StatusCode::BAD_REQUEST, "Not done", sentence),
            Self::Store(error) => {
                tracing::error!(%error, "a page could not be made");
                let sentence = "This did not work, as the database or the disk did not answer. Please try again.";
                (StatusCode::SERVICE_UNAVAILABLE, "Not done", sentence)
            }
        };
        let main = html! {
            h1 { (title) }
            p { (sentence) }
            p { a href=(PATH) { "To the list of requests" } }
        };
        Page::outside(status, title, &main).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_begins_with_the_program_s_own_colours_and_has_none_of_its_rules() {
        let style = style();
        let (properties, rules) = style.split_at(PROGRAM_STYLE.split(FIRST_RULE).next().unwrap().len());
        assert!(properties.contains("--accent:") && properties.contains("prefers-color-scheme: dark"));
        assert!(!properties.contains("body {") && rules.contains("body {"));
    }
}
