//! What the server is started with: a configuration file in TOML, then the environment, then the command line.

use crate::confirmation;
use crate::running::Settings;
use serde::Deserialize;
use std::{
    fs, io,
    net::IpAddr,
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Everything that can be set. Every key has the default that its field says.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The folder of the built program, with `index.html` in it: `dist`.
    pub dist: PathBuf,
    /// The folder of the SQLite file and of the requests' files, made where it is missing: `received`. It must not lie
    /// inside `dist`.
    pub received: PathBuf,
    /// The address to listen at: 127.0.0.1. Anything but a loopback address lets other machines in.
    pub bind: IpAddr,
    /// The port to listen at: 8080; 0 lets the system choose a free one.
    pub port: u16,
    /// The address at which browsers reach this server, like `https://designer.clinic.example`; notifications name it, and
    /// cookies are kept to encrypted connections unless it begins with `http://`. Not given: this machine alone.
    pub public_url: Option<String>,
    /// The address of a database in place of the SQLite file, like `postgres://inbox@localhost/inbox`.
    pub database: Option<String>,
    /// A bucket in place of the folder for the requests' files.
    pub bucket: Option<BucketOptions>,
    /// How much is taken in.
    pub limits: Limits,
    /// Whether a request without an `Origin` header is taken: `true`. Browsers always send one; other programs do not.
    pub accept_without_origin: bool,
    /// Whether the address of a client is the last one in `X-Forwarded-For`: `false`. Only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// After how many days a request is deleted by itself: 365; 0 keeps it until somebody deletes it.
    pub retention_days: u32,
    /// After how many days a line of the record of what was done is deleted: 1095; 0 keeps it.
    pub audit_days: u32,
    /// Mails that tell of a new request.
    pub mail: Option<MailOptions>,
    /// An address that is told of a new request.
    pub webhook: Option<WebhookOptions>,
    /// How the log is written: `text` or `json`.
    pub log: LogFormat,
    /// What a monitor has to bring along as `Authorization: Bearer …` to read `/metrics`; not given: nobody may.
    pub metrics_token: Option<String>,
}

/// How much is taken in.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest request in bytes: 4194304. The program aims at 2 MB.
    pub body_bytes: usize,
    /// How many seconds a request may take to arrive: 120. 4 MB at 50 kB/s, a slow phone, need 84.
    pub body_seconds: u64,
    /// How many requests may arrive at the same time: 32. Each holds `body_bytes` of memory at most.
    pub bodies_at_once: usize,
    /// How many requests an address may send in a minute, and as many at once: 30.
    pub requests_per_minute: u32,
    /// How many connections may be open: 512.
    pub connections: usize,
}

/// An S3-compatible bucket.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BucketOptions {
    /// Its name.
    pub name: String,
    /// The path in it below which requests are kept: `requests`.
    #[serde(default = "default_prefix")]
    pub prefix: String,
    /// Its region: `us-east-1`, which servers other than Amazon's mostly take.
    #[serde(default = "default_region")]
    pub region: String,
    /// The address of its server where that is not Amazon's.
    pub endpoint: Option<String>,
    /// The access key; the environment variable is `INBOX_BUCKET_ACCESS_KEY`.
    #[serde(default)]
    pub access_key: String,
    /// The secret key; the environment variable is `INBOX_BUCKET_SECRET_KEY`.
    #[serde(default)]
    pub secret_key: String,
    /// Whether its server may be reached without encryption: `false`.
    #[serde(default)]
    pub allow_http: bool,
}

/// How mails are sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailOptions {
    /// The host name of the SMTP server.
    pub server: String,
    /// Its port; not given: 465 with `tls`, 587 with `starttls`, 25 with `none`.
    pub port: Option<u16>,
    /// How the connection is encrypted: `tls`, `starttls` or `none`.
    #[serde(default)]
    pub encryption: Encryption,
    /// The user name, if the server wants one.
    pub user: Option<String>,
    /// The password; the environment variable is `INBOX_MAIL_PASSWORD`.
    #[serde(default)]
    pub password: String,
    /// The sender's address.
    pub from: String,
    /// Who is told.
    pub to: Vec<String>,
    /// Whether a visitor who gave an address is told that the request arrived: `false`.
    #[serde(default)]
    pub confirm: bool,
    /// The subject of that mail. `{clinic}` stands for the clinic's name, `{number}` for the request's.
    #[serde(default = "default_confirm_subject")]
    pub confirm_subject: String,
    /// Its text, likewise.
    #[serde(default = "default_confirm_text")]
    pub confirm_text: String,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// From the start.
    #[default]
    Tls,
    /// After a first greeting.
    Starttls,
    /// Not at all: for a server on this machine.
    None,
}

/// An address that is told of a new request.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookOptions {
    /// Where a POST with JSON goes.
    pub url: String,
    /// What stands in its `Authorization` header, if anything; the environment variable is `INBOX_WEBHOOK_AUTHORIZATION`.
    #[serde(default)]
    pub authorization: String,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

// What is secret never stands in a log: these say who, not with what.
impl std::fmt::Debug for BucketOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BucketOptions")
            .field("name", &self.name)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MailOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailOptions").field("server", &self.server).field("from", &self.from).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for WebhookOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookOptions").field("url", &self.url).finish_non_exhaustive()
    }
}

fn default_confirm_subject() -> String {
    confirmation::SUBJECT.to_owned()
}

fn default_confirm_text() -> String {
    confirmation::TEXT.to_owned()
}

fn default_prefix() -> String {
    "requests".to_owned()
}

fn default_region() -> String {
    "us-east-1".to_owned()
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 4 * 1024 * 1024,
            body_seconds: 120,
            bodies_at_once: 32,
            requests_per_minute: 30,
            connections: 512,
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        let Settings { dist, received, bind, port } = Settings::default();
        Self {
            dist,
            received,
            bind,
            port,
            public_url: None,
            database: None,
            bucket: None,
            limits: Limits::default(),
            accept_without_origin: true,
            behind_proxy: false,
            retention_days: 365,
            audit_days: 1095,
            mail: None,
            webhook: None,
            log: LogFormat::Text,
            metrics_token: None,
        }
    }
}

impl From<Settings> for Options {
    fn from(Settings { dist, received, bind, port }: Settings) -> Self {
        Self { dist, received, bind, port, ..Self::default() }
    }
}

/// Why the options cannot be used.
#[derive(Debug, Error)]
pub enum OptionsError {
    /// The file cannot be read.
    #[error("The configuration {0} cannot be read: {1}.")]
    Unreadable(PathBuf, io::Error),
    /// The file is not TOML, or a key or value is wrong.
    #[error("The configuration {0} cannot be understood: {1}")]
    Malformed(PathBuf, Box<toml::de::Error>),
    /// A variable of the environment has a value that it cannot have.
    #[error("The environment variable {0} cannot have this value: {1}.")]
    Variable(&'static str, String),
    /// The public address is not one.
    #[error("public_url cannot be {0:?}. Write it like https://designer.clinic.example, without a path.")]
    PublicUrl(String),
    /// A limit that would let nothing in.
    #[error("limits.{0} cannot be 0.")]
    Limit(&'static str),
    /// The subject of a mail is empty or more than one line.
    #[error("mail.confirm_subject has to be one line.")]
    Subject,
    /// An address of a mail or webhook cannot be used.
    #[error("{0} cannot be {1:?}.")]
    Address(&'static str, String),
}

impl Options {
    /// Reads a configuration file; without one, the defaults.
    ///
    /// # Errors
    /// An [`OptionsError`] that names the place.
    pub fn read(file: Option<&Path>) -> Result<Self, OptionsError> {
        let Some(file) = file else { return Ok(Self::default()) };
        let text = fs::read_to_string(file).map_err(|error| OptionsError::Unreadable(file.to_owned(), error))?;
        toml::from_str(&text).map_err(|error| OptionsError::Malformed(file.to_owned(), Box::new(error)))
    }

    /// Puts what the environment says over this. Secrets belong there rather than into the file.
    ///
    /// # Errors
    /// An [`OptionsError`] that names the variable.
    pub fn with_environment(mut self, get: impl Fn(&str) -> Option<String>) -> Result<Self, OptionsError> {
        let named = |name: &'static str| get(name).map(|text| (name, text));
        if let Some(dist) = get("INBOX_DIST") {
            self.dist = dist.into();
        }
        if let Some(received) = get("INBOX_RECEIVED") {
            self.received = received.into();
        }
        if let Some((name, text)) = named("INBOX_BIND") {
            self.bind = text.parse().map_err(|_| OptionsError::Variable(name, text))?;
        }
        if let Some((name, text)) = named("INBOX_PORT") {
            self.port = text.parse().map_err(|_| OptionsError::Variable(name, text))?;
        }
        self.public_url = get("INBOX_PUBLIC_URL").or(self.public_url);
        if let Some((name, text)) = named("INBOX_BEHIND_PROXY") {
            self.behind_proxy = text.parse().map_err(|_| OptionsError::Variable(name, text))?;
        }
        self.database = get("INBOX_DATABASE").or(self.database);
        self.metrics_token = get("INBOX_METRICS_TOKEN").or(self.metrics_token);
        if let Some(bucket) = &mut self.bucket {
            set(&mut bucket.access_key, get("INBOX_BUCKET_ACCESS_KEY"));
            set(&mut bucket.secret_key, get("INBOX_BUCKET_SECRET_KEY"));
        }
        if let Some(mail) = &mut self.mail {
            set(&mut mail.password, get("INBOX_MAIL_PASSWORD"));
        }
        if let Some(webhook) = &mut self.webhook {
            set(&mut webhook.authorization, get("INBOX_WEBHOOK_AUTHORIZATION"));
        }
        Ok(self)
    }

    /// Whether cookies are kept to encrypted connections.
    pub(crate) fn is_encrypted(&self) -> bool {
        match &self.public_url {
            Some(url) => url.starts_with("https://"),
            None => !self.bind.is_loopback(),
        }
    }

    /// Looks for values that cannot be used together.
    ///
    /// # Errors
    /// An [`OptionsError`] that names the first.
    pub fn check(&self) -> Result<(), OptionsError> {
        if let Some(url) = &self.public_url
            && crate::origin::Origin::parse(url).is_err()
        {
            return Err(OptionsError::PublicUrl(url.clone()));
        }
        let limits = &self.limits;
        for (name, is_zero) in [
            ("body_bytes", limits.body_bytes == 0),
            ("body_seconds", limits.body_seconds == 0),
            ("bodies_at_once", limits.bodies_at_once == 0),
            ("requests_per_minute", limits.requests_per_minute == 0),
            ("connections", limits.connections == 0),
        ] {
            if is_zero {
                return Err(OptionsError::Limit(name));
            }
        }
        if let Some(mail) = &self.mail {
            let addresses = mail.to.iter().map(|to| ("mail.to", to)).chain([("mail.from", &mail.from)]);
            for (key, address) in addresses {
                if address.parse::<lettre::message::Mailbox>().is_err() {
                    return Err(OptionsError::Address(key, address.clone()));
                }
            }
            if mail.confirm_subject.trim().is_empty() || mail.confirm_subject.contains(char::is_control) {
                return Err(OptionsError::Subject);
            }
        }
        match &self.webhook {
            Some(hook) if !hook.url.starts_with("https://") && !hook.url.starts_with("http://") => {
                Err(OptionsError::Address("webhook.url", hook.url.clone()))
            }
            _ => Ok(()),
        }
    }
}

fn set(value: &mut String, variable: Option<String>) {
    if let Some(text) = variable {
        *value = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../deploy/inbox.toml");
    const NGINX: &str = include_str!("../deploy/nginx.conf");
    const CADDY: &str = include_str!("../deploy/Caddyfile");
    const CONTAINER: &str = include_str!("../deploy/Containerfile");
    const GUIDE: &str = include_str!("../../docs/receiving.md");

    /// The example with every key that it shows.
    fn whole_example() -> String {
        let line = |line: &str| {
            let shown = line.strip_prefix("# ").unwrap_or(line);
            if shown.starts_with('[') || shown.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) {
                format!("{shown}\n")
            } else {
                String::new()
            }
        };
        EXAMPLE.lines().map(line).collect()
    }

    #[test]
    fn the_example_is_understood_as_it_is_and_with_every_key() {
        let options: Options = toml::from_str(EXAMPLE).unwrap();
        options.check().unwrap();
        assert_eq!(options.retention_days, Options::default().retention_days);
        let whole: Options =
            toml::from_str(&whole_example()).unwrap_or_else(|error| panic!("{}\n{error}", whole_example()));
        whole.check().unwrap();
        assert!(whole.bucket.is_some() && whole.webhook.is_some());
        let mail = whole.mail.unwrap();
        let defaults = (false, confirmation::SUBJECT, confirmation::TEXT);
        assert_eq!((mail.confirm, mail.confirm_subject.as_str(), mail.confirm_text.as_str()), defaults);
        let (limits, defaults) = (whole.limits, Limits::default());
        assert_eq!(
            (limits.body_bytes, limits.bodies_at_once, limits.requests_per_minute, limits.connections),
            (defaults.body_bytes, defaults.bodies_at_once, defaults.requests_per_minute, defaults.connections)
        );
    }

    #[test]
    fn the_guide_has_a_row_for_every_key_and_variable() {
        let table: toml::Table = toml::from_str(&whole_example()).unwrap();
        for (key, value) in &table {
            let keys = match value {
                toml::Value::Table(table) => table.keys().map(|inner| format!("{key}.{inner}")).collect(),
                _ => vec![key.clone()],
            };
            for key in keys {
                assert!(GUIDE.contains(&format!("`{key}`")), "docs/receiving.md does not know {key}");
            }
        }
        let asked = std::cell::RefCell::new(Vec::new());
        let everything: Options = toml::from_str(&whole_example()).unwrap();
        let options = everything.with_environment(|name| {
            asked.borrow_mut().push(name.to_owned());
            None
        });
        options.unwrap();
        for name in asked.into_inner() {
            assert!(GUIDE.contains(&format!("`{name}`")), "docs/receiving.md does not know {name}");
        }
    }

    #[test]
    fn the_proxies_let_through_what_inbox_answers_itself_and_lead_to_its_port() {
        let limit = NGINX.split("client_max_body_size ").nth(1).and_then(|rest| rest.split("m;").next()).unwrap();
        let limit = limit.parse::<usize>().unwrap() * 1024 * 1024;
        let allowed = Limits::default().body_bytes;
        // Twice: what is a little too large is what visitors send, and they are to be told why.
        assert!(limit >= 2 * allowed, "nginx refuses {limit} bytes, where {allowed} are allowed");
        assert!(limit <= crate::intake::max_read(allowed), "inbox stops reading before nginx does, at {limit} bytes");
        let place = format!("127.0.0.1:{}", Options::default().port);
        assert!(NGINX.contains(&format!("proxy_pass http://{place};")), "{NGINX}");
        assert!(CADDY.contains(&format!("reverse_proxy {place} ")), "{CADDY}");
        // Without these the staff's token can be guessed, an address can be made up, and an answer is lost.
        for line in ["gzip off;", "proxy_set_header X-Forwarded-For $remote_addr;", "proxy_request_buffering off;"] {
            assert!(NGINX.lines().any(|each| each.trim() == line), "no {line} in {NGINX}");
        }
    }

    #[test]
    fn the_container_sets_what_the_environment_can_set() {
        let line = CONTAINER.lines().find_map(|line| line.strip_prefix("ENV ")).unwrap();
        let set: std::collections::BTreeMap<&str, &str> =
            line.split(' ').map(|pair| pair.split_once('=').unwrap()).collect();
        let options = Options::default().with_environment(|name| set.get(name).map(|value| (*value).to_owned()));
        let options = options.unwrap();
        assert!(options.behind_proxy && !options.bind.is_loopback());
        assert_eq!((options.dist.as_path(), options.received.as_path()), ("/dist".as_ref(), "/received".as_ref()));
        assert!(CONTAINER.contains(&format!("\nEXPOSE {}\n", options.port)), "{CONTAINER}");
    }

    #[test]
    fn the_environment_stands_over_the_file() {
        let options: Options =
            toml::from_str("port = 1\n[mail]\nserver = \"m\"\nfrom = \"a@b.example\"\nto = []").unwrap();
        let options = options
            .with_environment(|name| match name {
                "INBOX_PORT" => Some("2".to_owned()),
                "INBOX_BEHIND_PROXY" => Some("true".to_owned()),
                "INBOX_MAIL_PASSWORD" => Some("secret".to_owned()),
                _ => None,
            })
            .unwrap();
        assert_eq!((options.port, options.mail.as_ref().unwrap().password.as_str()), (2, "secret"));
        assert!(!format!("{options:?}").contains("secret"), "{options:?}");
        assert!(options.behind_proxy);
        for variable in ["INBOX_BIND", "INBOX_BEHIND_PROXY"] {
            let wrong = Options::default().with_environment(|name| (name == variable).then(|| "here".to_owned()));
            assert!(wrong.unwrap_err().to_string().contains(variable));
        }
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        for (text, named) in [
            ("public_url = \"designer.clinic.example\"", "public_url"),
            ("public_url = \"https://designer.clinic.example/path\"", "public_url"),
            ("[limits]\nbodies_at_once = 0", "bodies_at_once"),
            ("[mail]\nserver = \"m\"\nfrom = \"nobody\"\nto = []", "mail.from"),
            ("[mail]\nserver = \"m\"\nfrom = \"a@b.example\"\nto = [\"x\"]", "mail.to"),
            (
                "[mail]\nserver = \"m\"\nfrom = \"a@b.example\"\nto = []\nconfirm_subject = \"a\\nBcc: x@y.example\"",
                "mail.confirm_subject",
            ),
            ("[webhook]\nurl = \"file:///etc/passwd\"", "webhook.url"),
        ] {
            let options: Options = toml::from_str(text).unwrap();
            let said = options.check().unwrap_err().to_string();
            assert!(said.contains(named), "{text}: {said}");
        }
        for text in ["prot = 1", "[limits]\nbody = 1", "port = \"x\"", "log = \"xml\""] {
            assert!(toml::from_str::<Options>(text).is_err(), "{text}");
        }
    }
}
