//! Logging in and out, and what keeps others from guessing.

use super::guard::{LOGIN, LoginForm, Posted, SESSION};
use super::layout::{Page, fault};
use super::{Answer, App, PATH, Staff};
use crate::address::Client;
use crate::clock::{self, Millis, local};
use crate::digest::random_token;
use crate::metrics::Counter;
use crate::passwords;
use crate::store::{Account, Action};
use axum::{
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use maud::html;
use std::time::Instant;

/// After how many failed tries a name is locked.
const FREE_TRIES: i64 = 5;
/// How long it is locked then; twice as long after each further try.
const FIRST_LOCK: Millis = 30 * 1000;
const LONGEST_LOCK: Millis = 15 * 60 * 1000;

/// What became of a try to log in.
pub(super) enum Try {
    Right(Account),
    Wrong,
    LockedUntil(Millis),
}

/// The page of the login.
pub(super) async fn show(State(staff): App) -> Answer<Response> {
    staff.login_page(StatusCode::OK, "")
}

/// Looks at name and password and begins a session. Its token is new: one from before the login is worth nothing.
pub(super) async fn log_in(
    State(staff): App,
    Client(address): Client,
    LoginForm(fields): LoginForm,
) -> Answer<Response> {
    if staff.logins.take(address, Instant::now()).is_err() {
        return staff.login_page(StatusCode::TOO_MANY_REQUESTS, "Too many tries. Please wait a minute.");
    }
    match staff.try_password(&fields.text("name"), fields.password("password")).await? {
        Try::Right(account) => {
            let token = staff.store.begin_session(&account.name).await?;
            staff.store.record(&account.name, Action::LoggedIn, "", "").await?;
            let cookies = AppendHeaders([
                (SET_COOKIE, SESSION.set(staff.is_encrypted, &token)?),
                (SET_COOKIE, LOGIN.set(staff.is_encrypted, "")?),
            ]);
            Ok((cookies, Redirect::to(PATH)).into_response())
        }
        Try::Wrong => staff.login_page(StatusCode::UNAUTHORIZED, "Name or password is wrong."),
        Try::LockedUntil(time) => {
            let sentence = format!("Too many tries with this name. Please wait until {}.", local(time + 60_000));
            staff.login_page(StatusCode::TOO_MANY_REQUESTS, &sentence)
        }
    }
}

/// Ends the session.
pub(super) async fn log_out(State(staff): App, Posted { session, .. }: Posted) -> Answer<Response> {
    staff.store.end_session(&session).await?;
    staff.store.record(&session.account, Action::LoggedOut, "", "").await?;
    let cookie = (SET_COOKIE, SESSION.set(staff.is_encrypted, "")?);
    Ok((AppendHeaders([cookie]), Redirect::to("/inbox/login")).into_response())
}

impl Staff {
    fn login_page(&self, status: StatusCode, sentence: &str) -> Answer<Response> {
        let token = random_token()?;
        let main = html! {
            h1 { "Consultation requests" }
            (fault(sentence))
            form.card.stack method="post" action="/inbox/login" {
                input type="hidden" name="csrf" value=(token);
                label { "Name" input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required; }
                label { "Password" input name="password" type="password" autocomplete="current-password" required; }
                button type="submit" { "Log in" }
            }
            p.soft { "For the clinic's staff. Accounts are made by an owner, or with the command " code { "inbox account add" } "." }
        };
        let cookie = (SET_COOKIE, LOGIN.set(self.is_encrypted, &token)?);
        Ok((AppendHeaders([cookie]), Page::outside(status, "Log in", &main)).into_response())
    }

    /// Looks whether a password is that of an active account, and counts the try before it does. What is answered
    /// says nothing about whether there is such an account.
    pub(super) async fn try_password(&self, name: &str, password: String) -> Answer<Try> {
        if !crate::command::is_account_name(name) {
            return Ok(Try::Wrong);
        }
        let now = clock::now();
        let locked_until = self.store.locked_until(name).await?;
        if locked_until > now {
            return Ok(Try::LockedUntil(locked_until));
        }
        let tries = self.store.count_try(name).await?;
        if tries >= FREE_TRIES {
            let until = now + lock_length(tries);
            // Of several tries at the same time only one goes on.
            if !self.store.lock(name, now, until).await? {
                return Ok(Try::LockedUntil(until));
            }
        }
        let account = self.store.account(name).await?.filter(|account| account.is_active);
        let hash = account.as_ref().map(|account| account.password.clone());
        let is_right = passwords::is_right(password, hash).await;
        match account {
            Some(account) if is_right => {
                self.store.forgive(name).await?;
                Ok(Try::Right(account))
            }
            known => {
                self.metrics.count(Counter::LoginFailed);
                // What was typed as the name of nobody may be a password.
                let name = known.as_ref().map_or("", |account| account.name.as_str());
                self.store.record(name, Action::LoginFailed, "", "").await?;
                Ok(Try::Wrong)
            }
        }
    }
}

fn lock_length(tries: i64) -> Millis {
    let doublings = u32::try_from(tries - FREE_TRIES).unwrap_or_default().min(16);
    (FIRST_LOCK << doublings).min(LONGEST_LOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_lasts_twice_as_long_each_time_and_a_quarter_of_an_hour_at_most() {
        let seconds: Vec<i64> = [5, 6, 7, 9, 10, 11, 1_000_000].map(|tries| lock_length(tries) / 1000).to_vec();
        assert_eq!(seconds, [30, 60, 120, 480, 900, 900, 900]);
    }
}
