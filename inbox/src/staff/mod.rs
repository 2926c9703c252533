//! The pages of the clinic's staff: HTML from the server that works without a script.
//!
//! | module | what it owns |
//! | --- | --- |
//! | `guard` | who is logged in, what their role allows, and that a form comes from our own page |
//! | `login` | logging in and out, and what keeps others from guessing |
//! | `layout` | the frame of every page, its headers, and the pages of errors |
//! | `list` | the list of requests and its export |
//! | `detail` | a request's page |
//! | `figures`, `pictures`, `versions` | the numbers, pictures and designs on it |
//! | `words` | the keys of a request in words |
//! | `change` | what is done to a request |
//! | `designer` | what the designer opens and saves: JSON |
//! | `download`, `pack` | pictures, files and a request as ZIP |
//! | `accounts` | the accounts, and one's own password |
//! | `record` | the record of what was done |
//!
//! Invariants: nothing is shown or changed before the session and its role were looked at; every change brings the
//! session's token along; what was seen, changed or deleted is recorded before it is answered; every text of a visitor
//! is escaped by the templates.

mod accounts;
mod change;
mod designer;
mod detail;
mod download;
mod figures;
mod guard;
mod layout;
mod list;
mod login;
mod pack;
mod pictures;
mod record;
mod versions;
mod words;

use crate::intake::Intake;
use crate::metrics::Metrics;
use crate::options::Options;
use crate::rate::RateLimit;
use crate::store::{Store, StoreError};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    response::IntoResponse,
    routing::{get, post},
};
use std::{fmt::Display, sync::Arc};

/// Where the pages are.
pub(crate) const PATH: &str = "/inbox";

/// The page of a request.
pub(crate) fn request_page(id: impl Display) -> String {
    format!("{PATH}/requests/{id}")
}

/// The largest form of the staff in bytes.
const MAX_FORM_BYTES: usize = 64 * 1024;

/// How often an address may try to log in, in a minute.
const LOGINS_PER_MINUTE: u32 = 10;

/// What the pages are made from.
#[derive(Debug)]
pub(crate) struct Staff {
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    intake: Arc<Intake>,
    logins: RateLimit,
    is_encrypted: bool,
    retention_days: u32,
}

/// What handlers are given.
type App = axum::extract::State<Arc<Staff>>;

impl Staff {
    pub(crate) fn new(store: Arc<Store>, metrics: Arc<Metrics>, intake: Arc<Intake>, options: &Options) -> Self {
        Self {
            store,
            metrics,
            intake,
            logins: RateLimit::new(LOGINS_PER_MINUTE),
            is_encrypted: options.is_encrypted(),
            retention_days: options.retention_days,
        }
    }

    /// The routes of all pages.
    pub(crate) fn into_routes(self) -> Router {
        // Measured by the intake, as requests are.
        let versions = post(designer::save).layer(DefaultBodyLimit::disable());
        Router::new()
            .route("/inbox", get(list::show))
            .route("/inbox/list.csv", get(list::export))
            .route("/inbox/login", get(login::show).post(login::log_in))
            .route("/inbox/logout", post(login::log_out))
            .route("/inbox/requests/{id}", get(detail::show))
            .route("/inbox/requests/{id}/state", post(change::state))
            .route("/inbox/requests/{id}/assign", post(change::assign))
            .route("/inbox/requests/{id}/note", post(change::note))
            .route("/inbox/requests/{id}/delete", post(change::delete))
            .route("/inbox/requests/{id}/request.zip", get(download::zip))
            .route("/inbox/requests/{id}/files/{file}", get(download::file))
            .route("/inbox/requests/{id}/designer", get(designer::open))
            .route("/inbox/requests/{id}/versions", versions)
            .route("/inbox/requests/{id}/versions/{version}/files/{file}", get(download::version_file))
            .route("/inbox/accounts", get(accounts::show).post(accounts::add))
            .route("/inbox/accounts/{name}", post(accounts::change))
            .route("/inbox/accounts/{name}/password", post(accounts::reset_password))
            .route("/inbox/password", get(accounts::own_password).post(accounts::change_own_password))
            .route("/inbox/record", get(record::show))
            .route("/inbox/staff.css", get(|| asset("text/css; charset=utf-8", layout::style())))
            .route("/inbox/icon.svg", get(|| asset("image/svg+xml", layout::ICON.to_owned())))
            .route("/inbox/compare.js", get(|| asset("text/javascript; charset=utf-8", layout::SCRIPT.to_owned())))
            .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
            .with_state(Arc::new(self))
    }
}

async fn asset(kind: &'static str, text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text)
}

/// Why a page is not shown or a change not made.
#[derive(Debug)]
enum StaffError {
    /// Nobody is logged in.
    NoSession,
    /// The role of the account does not allow it.
    Role,
    /// There is no such request, file or account.
    NotFound,
    /// The form is not one of ours, or somebody sent it from elsewhere.
    Form(&'static str),
    /// The store failed; the log says how.
    Store(StoreError),
}

impl<E: Into<StoreError>> From<E> for StaffError {
    fn from(error: E) -> Self {
        Self::Store(error.into())
    }
}

type Answer<T> = Result<T, StaffError>;
