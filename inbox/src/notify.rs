//! Tells that a request came in: the staff by mail, or an address of the clinic's own, and the visitor by mail where the
//! clinic wants that. No personal data is in it, only the request's number and, for the clinic, where to read it.

use crate::clock::{self, Millis};
use crate::confirmation;
use crate::metrics::{Counter, Metrics};
use crate::options::{Encryption, MailOptions, Options, WebhookOptions};
use crate::store::{Due, NotificationKind, Store, StoreError};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox, MessageBuilder,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
    transport::smtp::authentication::Credentials,
};
use std::{sync::Arc, time::Duration};
use thiserror::Error;

/// How often the queue is looked at.
const PAUSE: Duration = Duration::from_secs(2);

/// How long one notification may take; until then no other program tries it too.
const TIMEOUT: Duration = Duration::from_secs(30);
const LEASE: Millis = 60 * 1000;

/// How long to wait after a failed try; twice as long after each further one.
const FIRST_WAIT: Millis = 30 * 1000;
const LONGEST_WAIT: Millis = 6 * 60 * 60 * 1000;

/// After how many tries a confirmation is given up whose address, or which itself, the mail server refuses for good.
/// A visitor may have typed anything; the clinic's own addresses are tried until they are set right.
const MAX_REFUSALS: i64 = 3;

/// Why nobody was told.
#[derive(Debug, Error)]
enum NotifyError {
    #[error("the address cannot be used: {0}")]
    Address(#[from] lettre::address::AddressError),
    #[error("the mail cannot be written: {0}")]
    Mail(#[from] lettre::error::Error),
    #[error("the mail server: {0}")]
    Server(#[from] lettre::transport::smtp::Error),
    #[error("the webhook: {0}")]
    Webhook(#[from] reqwest::Error),
    #[error("the database: {0}")]
    Store(#[from] StoreError),
    #[error("no answer came in time")]
    TimedOut,
    #[error("it is not set up any more")]
    NotSetUp,
}

impl NotifyError {
    /// Whether another try of the same would be refused too.
    fn is_for_good(&self) -> bool {
        match self {
            Self::Address(_) | Self::Mail(_) | Self::NotSetUp => true,
            Self::Server(error) => error.is_permanent(),
            Self::Webhook(_) | Self::Store(_) | Self::TimedOut => false,
        }
    }
}

/// Says that no person wrote the mail, so that no program answers it (RFC 3834).
#[derive(Clone, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// What a notification says of who sends it.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// The clinic's name; may be empty.
    pub(crate) clinic: String,
    /// Where the server listens, for one without a public address.
    pub(crate) origin: String,
}

/// Works through the queue of notifications.
pub(crate) struct Notifier {
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    options: Arc<Options>,
    clinic: String,
    /// Where the staff read requests.
    pages: String,
}

impl Notifier {
    /// Tells of requests under this signature.
    pub(crate) fn new(store: Arc<Store>, metrics: Arc<Metrics>, options: Arc<Options>, signature: Signature) -> Self {
        let Signature { clinic, origin } = signature;
        let origin = options.public_url.as_ref().unwrap_or(&origin);
        let pages = format!("{origin}{}", crate::staff::PATH);
        Self { store, metrics, options, clinic, pages }
    }

    /// Tells whatever is due, for ever.
    pub(crate) async fn run(self) {
        if self.options.mail.is_none() && self.options.webhook.is_none() {
            return;
        }
        loop {
            if let Err(error) = self.tell_due().await {
                tracing::error!(%error, "notifications could not be read");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn tell_due(&self) -> Result<(), StoreError> {
        for due in self.store.take_due(LEASE).await? {
            let told = tokio::time::timeout(TIMEOUT, self.tell(&due)).await.unwrap_or(Err(NotifyError::TimedOut));
            match told {
                Ok(()) => {
                    self.metrics.count(Counter::Told);
                    self.store.told(&due.id).await?;
                }
                Err(error) if is_given_up(&due, &error) => {
                    self.metrics.count(Counter::GivenUp);
                    tracing::warn!(kind = ?due.kind, request = due.request_id, "given up, as it is refused");
                    self.store.told(&due.id).await?;
                }
                Err(error) => {
                    self.metrics.count(Counter::NotTold);
                    let wait = wait_after(due.tries);
                    tracing::warn!(kind = ?due.kind, request = due.request_id, %error, wait_seconds = wait / 1000, "not told yet");
                    self.store.put_off(&due, clock::now() + wait).await?;
                }
            }
        }
        Ok(())
    }

    async fn tell(&self, due: &Due) -> Result<(), NotifyError> {
        match due.kind {
            NotificationKind::Mail => {
                let options = self.options.mail.as_ref().ok_or(NotifyError::NotSetUp)?;
                send(options, notice(options, &due.request_id, &self.pages)?).await
            }
            NotificationKind::Confirmation => self.confirm(&due.request_id).await,
            NotificationKind::Webhook => {
                let options = self.options.webhook.as_ref().ok_or(NotifyError::NotSetUp)?;
                call(options, &due.request_id, &self.pages).await
            }
        }
    }

    /// Tells a visitor, if the request is still there.
    async fn confirm(&self, id: &str) -> Result<(), NotifyError> {
        let options = self.options.mail.as_ref().filter(|options| options.confirm).ok_or(NotifyError::NotSetUp)?;
        let Some(row) = self.store.request(id).await? else { return Ok(()) };
        let Some(address) = confirmation::address(&row.email) else { return Ok(()) };
        let fill = |text: &str| confirmation::fill(text, &self.clinic, id);
        let mail = mail(options)?.to(Mailbox::new(None, address)).subject(fill(&options.confirm_subject));
        send(options, mail.body(fill(&options.confirm_text))?).await
    }
}

/// Whether a notification is not tried again after this.
fn is_given_up(due: &Due, error: &NotifyError) -> bool {
    due.kind == NotificationKind::Confirmation && error.is_for_good() && due.tries + 1 >= MAX_REFUSALS
}

fn wait_after(tries: i64) -> Millis {
    let doublings = u32::try_from(tries).unwrap_or_default().min(16);
    (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

/// The mail that tells the staff.
fn notice(options: &MailOptions, id: &str, pages: &str) -> Result<Message, NotifyError> {
    let mut mail = mail(options)?.subject("A consultation request came in");
    for to in &options.to {
        mail = mail.to(to.parse()?);
    }
    Ok(mail.body(format!("The consultation request {id} came in.\n\nRead it at {pages}/requests/{id}\n"))?)
}

/// A mail of ours, not yet to anybody.
fn mail(options: &MailOptions) -> Result<MessageBuilder, NotifyError> {
    let from: Mailbox = options.from.parse()?;
    Ok(Message::builder().from(from).header(ContentType::TEXT_PLAIN).header(AutoSubmitted))
}

async fn send(options: &MailOptions, mail: Message) -> Result<(), NotifyError> {
    let server = match options.encryption {
        Encryption::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&options.server)?,
        Encryption::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&options.server)?,
        Encryption::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&options.server),
    };
    let server = match options.port {
        Some(port) => server.port(port),
        None => server,
    };
    let server = match &options.user {
        Some(user) => server.credentials(Credentials::new(user.clone(), options.password.clone())),
        None => server,
    };
    server.timeout(Some(TIMEOUT)).build().send(mail).await?;
    Ok(())
}

async fn call(options: &WebhookOptions, id: &str, pages: &str) -> Result<(), NotifyError> {
    let text = serde_json::json!({ "event": "request-received", "id": id, "url": format!("{pages}/requests/{id}") });
    let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none()).build()?;
    let mut call = client.post(&options.url).header("content-type", "application/json").body(text.to_string());
    if !options.authorization.is_empty() {
        call = call.header("authorization", &options.authorization);
    }
    call.send().await?.error_for_status()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::Draft;
    use crate::submission::{FORM, Submission};
    use axum::body::Bytes;
    use tokio::{
        io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
        net::{TcpListener, TcpStream},
        task::JoinHandle,
    };

    #[test]
    fn each_wait_is_twice_the_one_before_and_six_hours_at_most() {
        let seconds: Vec<i64> = [0, 1, 2, 9, 10, 1_000_000].map(|tries| wait_after(tries) / 1000).to_vec();
        assert_eq!(seconds, [30, 60, 120, 15_360, 21_600, 21_600]);
    }

    /// Answers one SMTP conversation and returns the mail.
    async fn receive_mail(listener: TcpListener) -> String {
        receive_mail_to(&listener, "250 yes").await
    }

    /// Likewise, with this answer to each address.
    async fn receive_mail_to(listener: &TcpListener, said: &str) -> String {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let (mut lines, mut mail, mut is_data) = (BufReader::new(read).lines(), String::new(), false);
        write.write_all(b"220 test\r\n").await.unwrap();
        while let Some(line) = lines.next_line().await.unwrap() {
            mail.push_str(&line);
            mail.push('\n');
            let answer: &[u8] = match line.as_str() {
                "." => {
                    is_data = false;
                    b"250 taken\r\n"
                }
                _ if is_data => continue,
                "DATA" => {
                    is_data = true;
                    b"354 go on\r\n"
                }
                "QUIT" => break,
                _ if line.starts_with("RCPT TO:") => said.as_bytes(),
                _ => b"250 yes",
            };
            write.write_all(answer.trim_ascii_end()).await.unwrap();
            write.write_all(b"\r\n").await.unwrap();
        }
        mail
    }

    /// Answers one call with a status and returns what was called.
    async fn receive_call(listener: TcpListener, status: &'static str) -> String {
        let (mut stream, _): (TcpStream, _) = listener.accept().await.unwrap();
        let mut called = String::new();
        while !called.ends_with('}') {
            let mut bytes = [0; 4096];
            let length = stream.read(&mut bytes).await.unwrap();
            assert!(length > 0, "it broke off after {called}");
            called.push_str(str::from_utf8(&bytes[..length]).unwrap());
        }
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
        called
    }

    /// A notifier to whom a request came in, in a folder of its own.
    async fn notifier(name: &str, options: Options) -> Notifier {
        let notifier = notifier_of_nothing(name, options).await;
        keep(&notifier, "12345678", "CANARY@x.example").await;
        notifier
    }

    async fn notifier_of_nothing(name: &str, options: Options) -> Notifier {
        let received = std::env::temp_dir().join(format!("inbox-notify-{name}-{}", std::process::id()));
        let options = Arc::new(Options { received, ..options });
        options.check().unwrap();
        let store = Arc::new(Store::open(&options, None).await.unwrap());
        let signature = Signature { clinic: "Praxis Süd".to_owned(), origin: "http://127.0.0.1:8080".to_owned() };
        Notifier::new(store, Arc::default(), options, signature)
    }

    /// A request of somebody who typed this as an address; sent twice, as a program does that got no answer.
    async fn keep(notifier: &Notifier, id: &str, email: &str) {
        let request =
            serde_json::json!({ "id": id, "fields": { "name": "CANARY", "message": "CANARY", "email": email } });
        for _ in 0..2 {
            let mut draft = Draft::of(&FORM);
            draft.add(Some("request"), Some("application/json"), Bytes::from(request.to_string()));
            notifier.store.keep(&Submission::read(draft).unwrap()).await.unwrap();
        }
    }

    /// A clinic that confirms and is told nothing itself, with a mail server at this port.
    fn confirming(port: u16, more: &str) -> Options {
        let text = format!(
            "[mail]\nserver = \"127.0.0.1\"\nport = {port}\nencryption = \"none\"\nfrom = \"Praxis <inbox@clinic.example>\"\n\
             to = []\nconfirm = true\n{more}"
        );
        toml::from_str(&text).unwrap()
    }

    async fn end(notifier: Notifier) {
        notifier.store.close().await;
        std::fs::remove_dir_all(&notifier.options.received).unwrap();
    }

    #[tokio::test]
    async fn a_mail_says_where_to_read_and_nothing_about_the_visitor() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let text = format!(
            "public_url = \"https://inbox.clinic.example\"\n[mail]\nserver = \"127.0.0.1\"\nport = {port}\nencryption = \"none\"\n\
             from = \"Inbox <inbox@clinic.example>\"\nto = [\"desk@clinic.example\", \"anna@clinic.example\"]\n"
        );
        let notifier = notifier("mail", toml::from_str(&text).unwrap()).await;
        let mail: JoinHandle<String> = tokio::spawn(receive_mail(listener));
        notifier.tell_due().await.unwrap();
        let mail = mail.await.unwrap();
        for part in [
            "RCPT TO:<desk@clinic.example>",
            "RCPT TO:<anna@clinic.example>",
            "https://inbox.clinic.example/inbox/requests/12345678",
        ] {
            assert!(mail.contains(part), "no {part} in {mail}");
        }
        assert!(!mail.contains("CANARY"), "{mail}");
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 0);
        end(notifier).await;
    }

    #[tokio::test]
    async fn what_could_not_be_told_waits_in_the_database_and_is_told_later() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let text = format!("[webhook]\nurl = \"http://{address}/new\"\nauthorization = \"Bearer ours\"\n");
        let notifier = notifier("webhook", toml::from_str(&text).unwrap()).await;

        let refused = tokio::spawn(receive_call(listener, "500 Not now"));
        notifier.tell_due().await.unwrap();
        refused.await.unwrap();
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 1);
        // Nobody listens there any more, and it is not due before its wait is over.
        notifier.tell_due().await.unwrap();
        notifier.store.make_due().await.unwrap();
        notifier.tell_due().await.unwrap();
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 1);

        notifier.store.make_due().await.unwrap();
        let taken = tokio::spawn(receive_call(TcpListener::bind(address).await.unwrap(), "204 Thanks"));
        notifier.tell_due().await.unwrap();
        let called = taken.await.unwrap();
        assert!(
            called.starts_with("POST /new ") && called.to_lowercase().contains("authorization: bearer ours"),
            "{called}"
        );
        assert!(called.contains("\"id\":\"12345678\"") && !called.contains("CANARY"), "{called}");
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 0);
        end(notifier).await;
    }

    async fn listen() -> (TcpListener, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        (listener, port)
    }

    #[tokio::test]
    async fn a_visitor_is_told_once_and_nothing_that_was_typed() {
        let (listener, port) = listen().await;
        let notifier = notifier_of_nothing("confirm", confirming(port, "")).await;
        keep(&notifier, "7K2M-9QXR-4TDA", "Zoe@mail.example").await;
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 1, "a repeat is confirmed too");
        let mail = tokio::spawn(receive_mail(listener));
        notifier.tell_due().await.unwrap();
        let mail = mail.await.unwrap();
        for part in [
            "RCPT TO:<Zoe@mail.example>",
            "Auto-Submitted: auto-generated",
            "Subject: Your request 7K2M-9QXR-4TDA arrived",
            "To: Zoe@mail.example",
            "From: Praxis <inbox@clinic.example>",
            "7K2M-9QXR-4TDA. We read it",
        ] {
            assert!(mail.contains(part), "no {part} in {mail}");
        }
        assert!(mail.contains("Praxis S=C3=BCd") || mail.contains("Praxis Süd"), "{mail}");
        assert!(!mail.contains("CANARY") && !mail.contains("/inbox/requests"), "{mail}");
        assert_eq!(mail.matches("RCPT TO").count(), 1, "{mail}");
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 0);
        end(notifier).await;
    }

    #[tokio::test]
    async fn a_clinic_says_it_in_its_own_words() {
        let (listener, port) = listen().await;
        let words = "confirm_subject = \"Grüße von {clinic}\"\nconfirm_text = \"Nummer {number}\"\n";
        let notifier = notifier_of_nothing("words", confirming(port, words)).await;
        keep(&notifier, "7K2M-9QXR-4TDA", "zoe@mail.example").await;
        let mail = tokio::spawn(receive_mail(listener));
        notifier.tell_due().await.unwrap();
        let mail = mail.await.unwrap();
        assert!(mail.contains("Subject: =?utf-8?b?") && mail.contains("Nummer 7K2M-9QXR-4TDA"), "{mail}");
        end(notifier).await;
    }

    #[tokio::test]
    async fn an_address_gets_three_in_a_day_and_what_is_none_gets_nothing() {
        let (_listener, port) = listen().await;
        let notifier = notifier_of_nothing("limit", confirming(port, "")).await;
        for typed in
            ["", "nobody", "a@mail.example, b@mail.example", "a@mail.example\r\nBcc: b@mail.example", "a@localhost"]
        {
            keep(&notifier, &format!("none-{:04}", typed.len()), typed).await;
        }
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 0, "what is no address is written to");
        for number in 0..6 {
            keep(&notifier, &format!("same-{number:04}"), &format!("Zoe+{number}@mail.example")).await;
        }
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 3);
        keep(&notifier, "other-0001", "ann@mail.example").await;
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 4, "another address has to wait too");
        notifier.store.make_confirmations_older(clock::DAY + 1).await.unwrap();
        keep(&notifier, "same-0099", "zoe@mail.example").await;
        assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 5, "the next day it stays silent");
        end(notifier).await;
    }

    #[tokio::test]
    async fn an_address_that_is_refused_is_given_up_and_one_that_is_put_off_is_not() {
        for (said, waiting, given_up) in [("550 no such person", 0, 1), ("451 come again later", 1, 0)] {
            let (listener, port) = listen().await;
            let notifier = notifier_of_nothing(&format!("refused-{}", &said[..3]), confirming(port, "")).await;
            keep(&notifier, "12345678", "zoe@mail.example").await;
            let server = tokio::spawn(async move {
                loop {
                    receive_mail_to(&listener, said).await;
                }
            });
            for try_number in 1..=MAX_REFUSALS {
                assert_eq!(notifier.store.waiting_notifications().await.unwrap(), 1, "{said}, before try {try_number}");
                notifier.tell_due().await.unwrap();
                // Not due before its wait is over.
                notifier.tell_due().await.unwrap();
                notifier.store.make_due().await.unwrap();
            }
            assert_eq!(notifier.store.waiting_notifications().await.unwrap(), waiting, "{said}");
            let counted = notifier.metrics.render(&[], 0);
            for (result, count) in [("told", 0), ("not_told", MAX_REFUSALS - given_up), ("given_up", given_up)] {
                let line = format!("inbox_notifications_total{{result=\"{result}\"}} {count}\n");
                assert!(counted.contains(&line), "{said}: no {line} in {counted}");
            }
            server.abort();
            end(notifier).await;
        }
    }
}
