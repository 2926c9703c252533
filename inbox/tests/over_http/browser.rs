//! The little of a browser that the staff's pages need: cookies, forms and the address that an answer leads to.

use crate::client::{Response, ask, send};
use std::{collections::BTreeMap, net::SocketAddr};

/// The password of every account in these tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct Browser {
    server: SocketAddr,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The token of the last page that had one.
    pub(crate) csrf: String,
}

impl Browser {
    pub(crate) fn new(server: SocketAddr) -> Self {
        Self { server, cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// A browser in which somebody has logged in.
    #[track_caller]
    pub(crate) fn logged_in(server: SocketAddr, name: &str) -> Self {
        let mut browser = Self::new(server);
        let answer = browser.log_in(name, PASSWORD);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/inbox")), "{name}: {}", answer.text());
        browser
    }

    pub(crate) fn log_in(&mut self, name: &str, password: &str) -> Response {
        self.get("/inbox/login");
        self.post("/inbox/login", &[("name", name), ("password", password)])
    }

    pub(crate) fn cookie_line(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("Cookie: {}", pairs.join("; "))
    }

    pub(crate) fn get(&mut self, path: &str) -> Response {
        let answer = ask(self.server, "GET", path, &[&self.cookie_line()]);
        self.read(&answer);
        answer
    }

    /// Sends a form with the token of the last page.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let csrf = self.csrf.clone();
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        self.post_as_it_is(path, &fields, &[])
    }

    /// Sends a form with just these fields and header lines.
    pub(crate) fn post_as_it_is(&mut self, path: &str, fields: &[(&str, &str)], headers: &[&str]) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{lines}\r\n",
            self.server,
            self.cookie_line(),
            body.len()
        );
        let answer = send(self.server, format!("{head}{body}").as_bytes());
        self.read(&answer);
        answer
    }

    fn read(&mut self, answer: &Response) {
        for line in answer.values("set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let Ok(text) = str::from_utf8(&answer.body) else { return };
        if let Some((_, rest)) = text.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap().to_owned();
        }
    }
}
