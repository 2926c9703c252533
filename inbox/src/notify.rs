//! Tells that a request came in: by mail, or to an address of the clinic's own. No personal data is in it, only the
//! request's number and where to read it.

use crate::clock::{self, Millis};
use crate::metrics::{Counter, Metrics};
use crate::options::{Encryption, MailOptions, Options, WebhookOptions};
use crate::store::{Due, NotificationKind, Store, StoreError};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
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
    #[error("no answer came in time")]
    TimedOut,
    #[error("it is not set up any more")]
    NotSetUp,
}

/// Works through the queue of notifications.
pub(crate) struct Notifier {
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    options: Arc<Options>,
    /// Where the staff read requests.
    pages: String,
}

impl Notifier {
    /// Tells of requests that are read at `origin`.
    pub(crate) fn new(store: Arc<Store>, metrics: Arc<Metrics>, options: Arc<Options>, origin: &str) -> Self {
        let origin = options.public_url.as_deref().unwrap_or(origin);
        let pages = format!("{origin}{}", crate::staff::PATH);
        Self { store, metrics, options, pages }
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
                send_mail(options, &due.request_id, &self.pages).await
            }
            NotificationKind::Webhook => {
                let options = self.options.webhook.as_ref().ok_or(NotifyError::NotSetUp)?;
                call(options, &due.request_id, &self.pages).await
            }
        }
    }
}

fn wait_after(tries: i64) -> Millis {
    let doublings = u32::try_from(tries).unwrap_or_default().min(16);
    (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

async fn send_mail(options: &MailOptions, id: &str, pages: &str) -> Result<(), NotifyError> {
    let from: Mailbox = options.from.parse()?;
    let mut mail =
        Message::builder().from(from).subject("A consultation request came in").header(ContentType::TEXT_PLAIN);
    for to in &options.to {
        mail = mail.to(to.parse()?);
    }
    let mail = mail.body(format!("The consultation request {id} came in.\n\nRead it at {pages}/requests/{id}\n"))?;
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
                _ => b"250 yes\r\n",
            };
            write.write_all(answer).await.unwrap();
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
        let received = std::env::temp_dir().join(format!("inbox-notify-{name}-{}", std::process::id()));
        let options = Arc::new(Options { received, ..options });
        let store = Arc::new(Store::open(&options, None).await.unwrap());
        let mut draft = Draft::of(&FORM);
        let request = Bytes::from_static(
            b"{\"id\":\"12345678\",\"fields\":{\"name\":\"CANARY\",\"email\":\"CANARY@x.example\"}}",
        );
        draft.add(Some("request"), Some("application/json"), request);
        store.keep(&Submission::read(draft).unwrap()).await.unwrap();
        Notifier::new(store, Arc::default(), options, "http://127.0.0.1:8080")
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
}
