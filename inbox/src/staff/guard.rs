//! Who is logged in, what their role allows, and that a form comes from our own page.

use super::{Answer, Staff, StaffError};
use crate::digest::sha256;
use crate::store::{Role, Session};
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Request},
    http::{
        HeaderMap, HeaderName, HeaderValue,
        header::{COOKIE, HOST, ORIGIN},
        request::Parts,
    },
};
use std::{collections::HashMap, sync::Arc};

/// The session of whoever asks.
pub(super) struct LoggedIn(pub(super) Session);

impl LoggedIn {
    /// Goes on only for an account of this role or a higher one.
    ///
    /// # Errors
    /// [`StaffError::Role`].
    pub(super) fn at_least(self, role: Role) -> Answer<Session> {
        if self.0.role >= role { Ok(self.0) } else { Err(StaffError::Role) }
    }
}

impl FromRequestParts<Arc<Staff>> for LoggedIn {
    type Rejection = StaffError;

    async fn from_request_parts(parts: &mut Parts, staff: &Arc<Staff>) -> Answer<Self> {
        let token = cookie(&parts.headers, SESSION.name(staff.is_encrypted)).ok_or(StaffError::NoSession)?;
        staff.store.session(token).await?.map(Self).ok_or(StaffError::NoSession)
    }
}

/// The fields of a form, by their names. What is missing is empty.
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// A field's text without space around it and characters that no text has.
    pub(super) fn text(&self, name: &str) -> String {
        let text = self.0.get(name).map(String::as_str).unwrap_or_default();
        text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>().trim().to_owned()
    }

    /// A password as it was typed.
    pub(super) fn password(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

/// A form that our own page sent in a session.
pub(super) struct Posted {
    pub(super) session: Session,
    pub(super) fields: Fields,
}

impl Posted {
    /// Goes on only for an account of this role or a higher one.
    ///
    /// # Errors
    /// [`StaffError::Role`].
    pub(super) fn at_least(self, role: Role) -> Answer<(Session, Fields)> {
        if self.session.role >= role { Ok((self.session, self.fields)) } else { Err(StaffError::Role) }
    }
}

/// The field of a form that holds the session's token.
pub(super) const CSRF: &str = "csrf";

impl FromRequest<Arc<Staff>> for Posted {
    type Rejection = StaffError;

    async fn from_request(request: Request, staff: &Arc<Staff>) -> Answer<Self> {
        let (mut parts, body) = request.into_parts();
        let LoggedIn(session) = LoggedIn::from_request_parts(&mut parts, staff).await?;
        let fields = read_form(Request::from_parts(parts, body)).await?;
        is_same(&fields.password(CSRF), &session.csrf)?;
        Ok(Self { session, fields })
    }
}

/// A form that our own login page sent: there is no session yet, so what it brings along stands in a cookie.
pub(super) struct LoginForm(pub(super) Fields);

impl FromRequest<Arc<Staff>> for LoginForm {
    type Rejection = StaffError;

    async fn from_request(request: Request, staff: &Arc<Staff>) -> Answer<Self> {
        let token = cookie(request.headers(), LOGIN.name(staff.is_encrypted)).unwrap_or_default().to_owned();
        let fields = read_form(request).await?;
        is_same(&fields.password(CSRF), &token)?;
        Ok(Self(fields))
    }
}

async fn read_form(request: Request) -> Answer<Fields> {
    if !is_own(request.headers()) {
        return Err(StaffError::Form("This form was sent from another site."));
    }
    let form = Form::<HashMap<String, String>>::from_request(request, &()).await;
    form.map(|Form(fields)| Fields(fields)).map_err(|_| StaffError::Form("This form could not be read."))
}

fn is_same(given: &str, wanted: &str) -> Answer<()> {
    let stale = StaffError::Form("This form is too old. Please go back and send it again.");
    if is_token(given, wanted) { Ok(()) } else { Err(stale) }
}

/// Whether what was given is the token that is wanted. Digests are compared, so that the time that it takes says
/// nothing about the token.
pub(super) fn is_token(given: &str, wanted: &str) -> bool {
    !wanted.is_empty() && sha256(given.as_bytes()) == sha256(wanted.as_bytes())
}

/// Whether a browser says that a form comes from our own origin, or says nothing. What newer browsers say with
/// `Sec-Fetch-Site` counts before `Origin`, which is `null` where the referrer is kept back.
pub(super) fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    text(ORIGIN).is_none_or(|origin| origin.split_once("://").is_some_and(|(_, host)| Some(host) == text(HOST)))
}

/// A cookie of ours. With encryption its name says to the browser that no other host may set it.
pub(super) struct Cookie {
    plain: &'static str,
    guarded: &'static str,
    /// `Lax` where a link of a mail leads to a page that wants it.
    same_site: &'static str,
}

/// The token of a session.
pub(super) const SESSION: Cookie = Cookie { plain: "inbox", guarded: "__Host-inbox", same_site: "Lax" };
/// What a login form brings along.
pub(super) const LOGIN: Cookie = Cookie { plain: "inbox-login", guarded: "__Host-inbox-login", same_site: "Strict" };

impl Cookie {
    fn name(&self, is_encrypted: bool) -> &'static str {
        if is_encrypted { self.guarded } else { self.plain }
    }

    /// The header that sets it, for as long as the browser runs; an empty value removes it.
    pub(super) fn set(&self, is_encrypted: bool, value: &str) -> Answer<HeaderValue> {
        let secure = if is_encrypted { "; Secure" } else { "" };
        let age = if value.is_empty() { "; Max-Age=0" } else { "" };
        let (name, same_site) = (self.name(is_encrypted), self.same_site);
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{age}");
        HeaderValue::try_from(text).map_err(|_| StaffError::Form("This did not work. Please try again."))
    }
}

/// The value of a cookie. One that came twice counts as none: somebody may have planted the other.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut values = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name);
    let (_, value) = values.next()?;
    values.next().is_none().then_some(value)
}
