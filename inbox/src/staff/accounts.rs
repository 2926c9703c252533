//! The accounts, and one's own password.

use super::guard::{LoggedIn, Posted};
use super::layout::{Page, csrf, fault};
use super::login::Try;
use super::{Answer, App, Staff, StaffError};
use crate::command::is_account_name;
use crate::passwords::{self, PasswordError};
use crate::store::{Account, Action, Role, Session};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use maud::{Markup, html};

impl From<PasswordError> for StaffError {
    fn from(error: PasswordError) -> Self {
        tracing::error!(%error, "a password could not be used");
        Self::Form("This password cannot be used.")
    }
}

/// The accounts.
pub(super) async fn show(State(staff): App, logged_in: LoggedIn) -> Answer<Page> {
    let session = logged_in.at_least(Role::Owner)?;
    staff.accounts_page(&session, &html! {}).await
}

/// Adds an account and shows its password, once.
pub(super) async fn add(State(staff): App, posted: Posted) -> Answer<Page> {
    let (session, fields) = posted.at_least(Role::Owner)?;
    let (name, role) = (fields.text("name"), Role::parse(&fields.text("role")));
    let role = role.ok_or(StaffError::Form("There is no such role."))?;
    if !is_account_name(&name) {
        let sentence = "A name has 1 to 40 letters, digits or one of . _ - @.";
        let page = staff.accounts_page(&session, &fault(sentence)).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY));
    }
    let password = passwords::make()?;
    if !staff.store.add_account(&name, role, &passwords::hash(password.clone()).await?).await? {
        let page = staff.accounts_page(&session, &fault("There is an account of this name already.")).await?;
        return Ok(page.with_status(StatusCode::CONFLICT));
    }
    staff.store.record(&session.account, Action::AddedAccount, "", &format!("{name}, {}", role.key())).await?;
    staff.accounts_page(&session, &shown_once(&name, &password)).await
}

/// Changes what an account may do.
pub(super) async fn change(State(staff): App, Path(name): Path<String>, posted: Posted) -> Answer<Redirect> {
    let (session, fields) = posted.at_least(Role::Owner)?;
    let account = staff.store.account(&name).await?.ok_or(StaffError::NotFound)?;
    let role = Role::parse(&fields.text("role")).ok_or(StaffError::Form("There is no such role."))?;
    let is_active = fields.text("active") == "yes";
    // Also keeps an owner from locking out the last one, as somebody has to be the owner who does it.
    if account.name == session.account {
        return Err(StaffError::Form("Another owner has to change your account."));
    }
    staff.store.change_account(&account.name, role, is_active).await?;
    let detail = format!("{}, {}{}", account.name, role.key(), if is_active { "" } else { ", not active" });
    staff.store.record(&session.account, Action::ChangedAccount, "", &detail).await?;
    Ok(Redirect::to("/inbox/accounts"))
}

/// Makes a new password for an account and shows it, once.
pub(super) async fn reset_password(State(staff): App, Path(name): Path<String>, posted: Posted) -> Answer<Page> {
    let (session, _) = posted.at_least(Role::Owner)?;
    let account = staff.store.account(&name).await?.ok_or(StaffError::NotFound)?;
    if account.name == session.account {
        return Err(StaffError::Form("Change your own password on its own page."));
    }
    let password = passwords::make()?;
    staff.store.set_password(&account.name, &passwords::hash(password.clone()).await?).await?;
    staff.store.record(&session.account, Action::ChangedPassword, "", &account.name).await?;
    staff.accounts_page(&session, &shown_once(&account.name, &password)).await
}

fn shown_once(name: &str, password: &str) -> Markup {
    html! {
        div.notice role="status" {
            p { "The account " strong { (name) } " has the password " code.secret { (password) } }
            p { "It is shown only this once. " (name) " can change it after logging in." }
        }
    }
}

impl Staff {
    async fn accounts_page(&self, session: &Session, notice: &Markup) -> Answer<Page> {
        let accounts = self.store.accounts().await?;
        let main = html! {
            h1 { "Accounts" }
            (notice)
            @for account in &accounts { (account_card(session, account)) }
            section.card {
                h2 { "New account" }
                form.stack method="post" action="/inbox/accounts" {
                    (csrf(session))
                    label { "Name" input name="name" maxlength="40" autocomplete="off" autocapitalize="none" required; }
                    (roles(Role::Staff))
                    button type="submit" { "Add account" }
                }
            }
            p.soft { "A reader sees requests. Staff also sets states, assigns, notes and exports. An owner also deletes, manages accounts and reads the record." }
        };
        Ok(Page::new(session, "Accounts", &main))
    }
}

fn roles(chosen: Role) -> Markup {
    html! {
        label { "Role"
            select name="role" {
                @for role in Role::ALL { option value=(role.key()) selected[role == chosen] { (role.key()) } }
            }
        }
    }
}

fn account_card(session: &Session, account: &Account) -> Markup {
    html! {
        section.card {
            div.head {
                h2 { (account.name) }
                span.soft { (account.role.key()) @if !account.is_active { ", not active" } }
            }
            @if account.name == session.account {
                p { "This is you. " a href="/inbox/password" { "Change your password" } }
            } @else {
                form.line method="post" action={ "/inbox/accounts/" (account.name) } {
                    (csrf(session))
                    (roles(account.role))
                    label.check { input type="checkbox" name="active" value="yes" checked[account.is_active]; "May log in" }
                    button.plain type="submit" { "Set" }
                }
                form.line method="post" action={ "/inbox/accounts/" (account.name) "/password" } {
                    (csrf(session))
                    button.plain type="submit" { "Make a new password" }
                }
            }
        }
    }
}

/// The page of one's own password.
pub(super) async fn own_password(LoggedIn(session): LoggedIn) -> Page {
    password_page(&session, "")
}

fn password_page(session: &Session, sentence: &str) -> Page {
    let field = |name: &'static str, label: &'static str, kind: &'static str| {
        html! { label { (label) input name=(name) type="password" autocomplete=(kind) required; } }
    };
    let main = html! {
        h1 { "Your password" }
        (fault(sentence))
        form.card.stack method="post" action="/inbox/password" {
            (csrf(session))
            p { "You are " strong { (session.account) } ", " (session.role.key()) "." }
            (field("current", "Password now", "current-password"))
            (field("new", "New password, at least 10 characters", "new-password"))
            (field("again", "New password again", "new-password"))
            button type="submit" { "Change password" }
            p.soft { "You are logged out everywhere then." }
        }
    };
    Page::new(session, "Your password", &main)
}

/// Changes one's own password and ends every session of the account, this one too.
pub(super) async fn change_own_password(State(staff): App, posted: Posted) -> Answer<Response> {
    let Posted { session, fields } = posted;
    let refuse = |sentence: &str| {
        let page = password_page(&session, sentence).with_status(StatusCode::UNPROCESSABLE_ENTITY);
        Ok(page.into_response())
    };
    let (new, again) = (fields.password("new"), fields.password("again"));
    if new != again {
        return refuse("The two new passwords are not the same.");
    }
    if !passwords::CHARS.contains(&new.chars().count()) {
        return refuse("A password has 10 to 200 characters.");
    }
    match staff.try_password(&session.account, fields.password("current")).await? {
        Try::Right(account) => {
            staff.store.set_password(&account.name, &passwords::hash(new).await?).await?;
            staff.store.record(&account.name, Action::ChangedPassword, "", &account.name).await?;
            Ok(Redirect::to("/inbox/login").into_response())
        }
        Try::Wrong => refuse("The password that you have now is another one."),
        Try::LockedUntil(_) => refuse("Too many tries. Please wait some minutes."),
    }
}
