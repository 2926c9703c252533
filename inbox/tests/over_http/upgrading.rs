//! A database that the first version of the tables left full, and the present program on it.

use crate::browser::{Browser, PASSWORD};
use crate::client::{Form, ask, get, jpeg};
use crate::site::{Needs, Site};
use inbox::{Encryption, MailOptions, Options, WebhookOptions};
use sha2::{Digest as _, Sha256};
use sqlx::{
    AnyPool, SqlSafeStr as _,
    migrate::{Migration, MigrationType, Migrator},
};
use std::{
    borrow::Cow,
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    sync::mpsc,
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const FIRST_TABLES: &str = include_str!("../../migrations/1_start.sql");

/// Every change of the tables and its SHA-256: what ran on a clinic's database stays as it is.
const CHANGES: [(&str, &str); 3] = [
    (FIRST_TABLES, "53b3f1e6eed61e6c68c5dafa29c22b7cae7810cc8d1904c5083bd74c0207d423"),
    (
        include_str!("../../migrations/2_versions.sql"),
        "a35daa67f9a1d348c7d420252caea87361d6826c04132662433642a80713e2c8",
    ),
    (
        include_str!("../../migrations/3_confirmations.sql"),
        "2c687e0e9556f6f1d477ebd5330f1ff78a141c3b6d8f4e352246e0efdfbfb658",
    ),
];

const ID: &str = "7K2M-9QXR-4TDA";
const FOLDER: &str = "7K2M-9QXR-4TDA.0123456789abcdef";
const REQUEST: &str =
    r#"{"version":1,"id":"7K2M-9QXR-4TDA","language":"en","fields":{"name":"Zoë Müller","email":"zoe@mail.example"}}"#;

/// How the first version kept [`PASSWORD`].
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$JKGNggvu/uh5c7xJFzro1Q$ySuGw8flaMRcy/w9IQNDNQHefhhbA0NRFuEs9KLxjBE";

/// The token of a session that was open then.
const TOKEN: &str = "0123456789abcdef";

const METRICS_TOKEN: &str = "a monitor's";

/// The parts of the request: name, file and bytes.
fn parts() -> [(&'static str, &'static str, Vec<u8>); 4] {
    [
        ("request", "request.json", REQUEST.as_bytes().to_vec()),
        ("design", "design.json", b"{\"version\":1}".to_vec()),
        ("before", "before.jpg", jpeg(1)),
        ("after", "after.jpg", jpeg(2)),
    ]
}

fn sent() -> Form {
    parts().iter().fold(Form::default(), |form, (name, file, bytes)| {
        let kind = if file.ends_with(".jpg") { "image/jpeg" } else { "application/json" };
        form.part(name, kind, bytes)
    })
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the first tables as the program makes its own, and fills them as the program of that time did.
async fn fill(address: &str) {
    sqlx::any::install_default_drivers();
    let pool = AnyPool::connect(address).await.unwrap();
    let first = Migration::new(1, Cow::Borrowed("start"), MigrationType::Simple, FIRST_TABLES.into_sql_str(), false);
    Migrator::with_migrations(vec![first]).run(&pool).await.unwrap();
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    let then = now - 40 * 24 * 60 * 60 * 1000;
    let mut statements = vec![
        format!("INSERT INTO accounts VALUES ('olga', 'owner', '{HASH}', 1, {then})"),
        format!("INSERT INTO accounts VALUES ('stan', 'staff', '{HASH}', 1, {then})"),
        format!("INSERT INTO accounts VALUES ('gone', 'staff', '{HASH}', 0, {then})"),
        format!("INSERT INTO failed_logins VALUES ('stan', 2, {now}, 0)"),
        format!(
            "INSERT INTO sessions VALUES ('{}', 'stan', 'a-csrf-token', {now}, {})",
            digest(TOKEN.as_bytes()),
            now + 60_000
        ),
        format!(
            "INSERT INTO requests VALUES ('{ID}', '{FOLDER}', {then}, {then}, 'answered', 'stan', 'Zoë Müller', \
             'zoe@mail.example', '', '{}\nzoë müller\nzoe@mail.example\n\n')",
            ID.to_lowercase()
        ),
        format!(
            "INSERT INTO notes VALUES ('019c00000000aaaaaaaaaaaaaaaa', '{ID}', 'olga', {then}, 'Wants a soft line')"
        ),
        format!("INSERT INTO audit VALUES ('019c00000000bbbbbbbbbbbbbbbb', {then}, 'olga', 'saw request', '{ID}', '')"),
        format!("INSERT INTO notifications VALUES ('019c00000000cccccccccccccccc', 'webhook', '{ID}', 3, 0)"),
    ];
    for (name, _, bytes) in parts() {
        let (length, digest) = (bytes.len(), digest(&bytes));
        statements.push(format!("INSERT INTO parts VALUES ('{ID}', '{name}', {length}, '{digest}')"));
    }
    for statement in statements {
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

/// A site that was left by the first version.
fn first_site(site: &Site) {
    fs::create_dir_all(site.received().join(FOLDER)).unwrap();
    for (_, file, bytes) in parts() {
        fs::write(site.received().join(FOLDER).join(file), bytes).unwrap();
    }
    let file = format!("sqlite://{}?mode=rwc", site.received().join("inbox.db").display());
    let address = site.options().database.unwrap_or(file);
    tokio::runtime::Runtime::new().unwrap().block_on(fill(&address));
}

/// Where a webhook calls, and the one call that is answered there.
fn webhook() -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (calls, called) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut call = String::new();
        while !call.ends_with('}') {
            let mut bytes = [0; 4096];
            let read = stream.read(&mut bytes).unwrap();
            assert_ne!(read, 0, "the call broke off: {call}");
            call.push_str(str::from_utf8(&bytes[..read]).unwrap());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
        calls.send(call).unwrap();
    });
    (address, called)
}

/// The present program with everything that came later.
fn with_all(site: &Site, hook: SocketAddr) -> Options {
    let mail = MailOptions {
        server: "127.0.0.1".to_owned(),
        // Nobody listens there.
        port: Some(1),
        encryption: Encryption::None,
        user: None,
        password: String::new(),
        from: "inbox@clinic.example".to_owned(),
        to: Vec::new(),
        confirm: true,
        confirm_subject: "{number}".to_owned(),
        confirm_text: "{number}".to_owned(),
    };
    let webhook = WebhookOptions { url: format!("http://{hook}/"), authorization: String::new() };
    let metrics_token = Some(METRICS_TOKEN.to_owned());
    Options { mail: Some(mail), webhook: Some(webhook), metrics_token, ..site.options() }
}

#[test]
fn a_change_of_the_tables_never_changes() {
    for (change, wanted) in CHANGES {
        assert_eq!(digest(change.as_bytes()), wanted, "write a new one instead of this:\n{change}");
    }
}

#[test]
fn what_the_first_version_kept_is_there_after_an_upgrade() {
    let site = Site::new();
    if site.left_out(&[Needs::Folder]) {
        return;
    }
    first_site(&site);
    for start in ["the upgrade", "the next start"] {
        let (_running, server) = site.serve();
        assert_eq!(site.stored(), [ID], "{start}");
        let session = ask(server, "GET", "/inbox", &[&format!("Cookie: inbox={TOKEN}")]);
        assert_eq!(session.status, 200, "{start}: an open session ended");
        let mut olga = Browser::logged_in(server, "olga");
        assert!(olga.get("/inbox?q=m%C3%BCller&state=answered").text().contains("Zoë Müller"), "{start}");
        let page = olga.get(&format!("/inbox/requests/{ID}"));
        for part in
            ["mailto:zoe@mail.example", "Wants a soft line", "data-state=\"answered\"", "value=\"stan\" selected"]
        {
            assert!(page.text().contains(part), "{start}: no {part} in {}", page.text());
        }
        for (_, file, bytes) in parts() {
            assert_eq!(olga.get(&format!("/inbox/requests/{ID}/files/{file}")).body, bytes, "{start}: {file}");
        }
        assert!(olga.get(&format!("/inbox/record?request={ID}")).text().contains("saw request"), "{start}");
        assert!(olga.get("/inbox/accounts").text().contains("gone"), "{start}");
        assert_ne!(Browser::new(server).log_in("gone", PASSWORD).status, 303, "{start}: a closed account is open");
        assert_eq!(sent().post(server).status, 200, "{start}: the same request is another one now");
        let other = Form::default().part("request", "application/json", REQUEST.as_bytes());
        assert_eq!(other.post(server).status, 409, "{start}: the same id is free");
    }
}

#[test]
fn what_came_later_works_on_what_the_first_version_kept() {
    let site = Site::new();
    if site.left_out(&[Needs::Folder]) {
        return;
    }
    first_site(&site);
    let (hook, called) = webhook();
    let running = inbox::serve(with_all(&site, hook)).unwrap();
    let server = running.address();
    let call = called.recv_timeout(Duration::from_secs(20)).expect("what waited is not told");
    assert!(call.contains(&format!("\"id\":\"{ID}\"")), "{call}");

    let stan = Browser::logged_in(server, "stan");
    let cookie = stan.cookie_line();
    let opened = ask(server, "GET", &format!("/inbox/requests/{ID}/designer"), &[&cookie]);
    assert_eq!(opened.json()["design"], serde_json::json!({ "version": 1 }));
    let about = serde_json::json!({ "id": "version-1", "csrf": opened.json()["csrf"], "name": "Lower" });
    let version = Form::default().json("version", &about.to_string()).json("design", "{}").jpeg("after", &jpeg(7));
    assert_eq!(version.post_to(server, &format!("/inbox/requests/{ID}/versions"), &[&cookie]).status, 201);
    let mut olga = Browser::logged_in(server, "olga");
    assert!(olga.get(&format!("/inbox/requests/{ID}")).text().contains("Lower"));
    let zip = olga.get(&format!("/inbox/requests/{ID}/request.zip"));
    let packed = String::from_utf8_lossy(&zip.body);
    for file in ["before.jpg", "notes.txt", "versions/version-1/after.jpg"] {
        assert!(packed.contains(&format!("{ID}/{file}")), "{file} is not packed");
    }

    let new = r#"{"version":1,"id":"NEW1-NEW2-NEW3","fields":{"email":"ann@mail.example"}}"#;
    assert_eq!(Form::default().json("request", new).post(server).status, 201);
    let metrics = ask(server, "GET", "/metrics", &[&format!("Authorization: Bearer {METRICS_TOKEN}")]);
    assert!(metrics.text().contains("inbox_notifications_waiting 2"), "webhook, confirmation: {}", metrics.text());

    olga.get(&format!("/inbox/requests/{ID}"));
    assert_eq!(olga.post(&format!("/inbox/requests/{ID}/delete"), &[("sure", "yes")]).status, 303);
    assert_eq!(site.stored(), ["NEW1-NEW2-NEW3"], "a file of what was deleted stayed");
    assert_eq!(get(server, "/health").status, 200);
}
