//! A folder with a built program in it and a folder for requests, gone after the test.

use crate::client::{ask, get};
use inbox::{BucketOptions, Limits, Options, Running, ServeError};
use std::{
    env,
    ffi::OsStr,
    fs,
    io::{self, Write as _},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{self, Command},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

pub(crate) const INDEX: &str = "<!doctype html><title>hairline-designer</title>";
pub(crate) const HASHED_SCRIPT: &str = "hairline-designer-0123456789abcdef.js";
pub(crate) const HASHED_MODULE: &str = "hairline-designer-0123456789abcdef_bg.wasm";
pub(crate) const SECRET: &str = "not for the web";

/// The folder of the socket of a PostgreSQL server, if the tests are to run on one.
const POSTGRES: &str = "INBOX_TEST_POSTGRES";

/// The address of an S3-compatible server with a bucket named `inbox`, if the files are to be kept there.
const BUCKET: &str = "INBOX_TEST_BUCKET";

/// Whose signature the test's server takes without looking at it.
const SOMEBODY: &str = "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request";

/// What a test looks at that not every set-up has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// The database is the SQLite file.
    Sqlite,
    /// The pictures lie in a folder of this machine.
    Folder,
}

impl Needs {
    fn what(self) -> &'static str {
        match self {
            Self::Sqlite => "the SQLite file",
            Self::Folder => "pictures in a folder of this machine",
        }
    }
}

pub(crate) struct Site {
    folder: PathBuf,
    /// The name of its database, where it is not the SQLite file.
    postgres: Option<String>,
}

impl Site {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("inbox-test-{}-{number}", process::id());
        let site = Self {
            folder: env::temp_dir().join(&name),
            postgres: env::var_os(POSTGRES).map(|socket| {
                run_on(&socket, "createdb", &[&name]);
                name
            }),
        };
        for (path, text) in [
            ("dist/index.html", INDEX),
            ("dist/index.html.br", "brotli of index.html"),
            ("dist/embed.js", "embed()"),
            ("dist/boot.js", "boot()"),
            ("dist/worker.js", "worker()"),
            ("dist/data.json", "{}"),
            (&format!("dist/{HASHED_SCRIPT}"), "app()"),
            (&format!("dist/{HASHED_SCRIPT}.br"), "brotli of app()"),
            (&format!("dist/{HASHED_MODULE}"), "\0asm"),
            ("dist/pictures/icon.svg", "<svg/>"),
            ("secret.txt", SECRET),
            ("dist-other/secret.txt", SECRET),
        ] {
            site.write(path, text);
        }
        site
    }

    pub(crate) fn with_configuration(json: &str) -> Self {
        let site = Self::new();
        site.write("dist/hairline.config.json", json);
        site
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(crate) fn received(&self) -> PathBuf {
        self.path("received")
    }

    /// The defaults at a free port, without a limit of rate: a test sends more than a visitor.
    pub(crate) fn options(&self) -> Options {
        Options {
            dist: self.path("dist"),
            received: self.received(),
            port: 0,
            limits: Limits { requests_per_minute: 100_000, ..Limits::default() },
            database: self.postgres.as_ref().map(|name| {
                let socket = env::var(POSTGRES).unwrap();
                format!("postgres://postgres@localhost/{name}?host={socket}")
            }),
            bucket: self.bucket(),
            ..Options::default()
        }
    }

    /// The same for the program itself, as a configuration file.
    pub(crate) fn configuration_file(&self) -> String {
        let Options { database, bucket, .. } = self.options();
        let database = database.map(|address| format!("database = \"{address}\"\n")).unwrap_or_default();
        let bucket = bucket.map(|BucketOptions { name, prefix, endpoint, access_key, secret_key, .. }| {
            format!(
                "[bucket]\nname = \"{name}\"\nprefix = \"{prefix}\"\nendpoint = \"{}\"\naccess_key = \"{access_key}\"\n\
                 secret_key = \"{secret_key}\"\nallow_http = true\n",
                endpoint.unwrap()
            )
        });
        let bucket = bucket.unwrap_or_default();
        self.write("inbox.toml", &format!("port = 0\n{database}[limits]\nrequests_per_minute = 1000000\n{bucket}"));
        self.path("inbox.toml").to_str().unwrap().to_owned()
    }

    pub(crate) fn try_serve(&self) -> Result<Running, ServeError> {
        inbox::serve(self.options())
    }

    /// Whether a test is about something that this set-up does not have. It says so: `tools/test` counts what is
    /// skipped, and this is not. Each of these tests runs in the set-up that has what it needs.
    pub(crate) fn left_out(&self, needs: &[Needs]) -> bool {
        let lacks = |need: &&Needs| match need {
            Needs::Sqlite => self.is_on_postgres(),
            Needs::Folder => self.is_in_bucket(),
        };
        let missing = needs.iter().find(lacks);
        if let Some(need) = missing {
            // Not by `println!`: the test runner keeps to itself what a test prints that passes.
            let (mut out, current) = (io::stdout(), thread::current());
            let test = current.name().unwrap_or("a test");
            let _told = writeln!(out, "not applicable: {test}: it is about {} and runs where that is", need.what());
        }
        missing.is_some()
    }

    /// Whether the tests run on a PostgreSQL server.
    pub(crate) fn is_on_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    /// Whether the files lie in a bucket, where no test can look at them as files.
    pub(crate) fn is_in_bucket(&self) -> bool {
        env::var_os(BUCKET).is_some()
    }

    /// The bucket, with a path of this site's own.
    fn bucket(&self) -> Option<BucketOptions> {
        let endpoint = env::var(BUCKET).ok()?;
        Some(BucketOptions {
            name: "inbox".to_owned(),
            prefix: self.prefix().to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(endpoint),
            access_key: "test".to_owned(),
            secret_key: "test".to_owned(),
            allow_http: true,
        })
    }

    /// The bytes of the SQLite file and its log.
    pub(crate) fn database(&self) -> Vec<u8> {
        let files = ["inbox.db", "inbox.db-wal"].map(|name| fs::read(self.received().join(name)).unwrap_or_default());
        files.concat()
    }

    pub(crate) fn serve(&self) -> (Running, SocketAddr) {
        let running = self.try_serve().unwrap();
        let address = running.address();
        (running, address)
    }

    /// The ids of everything that is kept but the database, sorted: what stands before the dot that no id has.
    pub(crate) fn stored(&self) -> Vec<String> {
        let mut ids: Vec<String> = self
            .folders()
            .into_iter()
            .map(|name| name.split_once('.').map_or(name.clone(), |(id, _)| id.to_owned()))
            .collect();
        ids.sort();
        ids
    }

    /// The names of a stored request's files, sorted.
    #[track_caller]
    pub(crate) fn stored_files(&self, id: &str) -> Vec<String> {
        let folder = self.folder_of(id);
        match env::var(BUCKET) {
            Ok(server) => self
                .keys(&server)
                .iter()
                .filter_map(|key| key.strip_prefix(&format!("{folder}/")))
                .map(str::to_owned)
                .collect(),
            Err(_) => names(&self.received().join(folder)),
        }
    }

    /// The folder of a stored request on this machine.
    #[track_caller]
    pub(crate) fn stored_folder(&self, id: &str) -> PathBuf {
        self.received().join(self.folder_of(id))
    }

    /// The bytes of a stored part.
    #[track_caller]
    pub(crate) fn stored_part(&self, id: &str, file: &str) -> Vec<u8> {
        let folder = self.folder_of(id);
        match env::var(BUCKET) {
            Ok(server) => {
                ask(address_of(&server), "GET", &format!("/inbox/{}/{folder}/{file}", self.prefix()), &[SOMEBODY]).body
            }
            Err(_) => fs::read(self.received().join(folder).join(file)).unwrap(),
        }
    }

    #[track_caller]
    fn folder_of(&self, id: &str) -> String {
        let mut found = self.folders().into_iter().filter(|name| name.starts_with(&format!("{id}.")));
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "{id} is there twice: {:?}", self.folders());
        first.unwrap_or_else(|| panic!("{id} is not in {:?}", self.folders()))
    }

    /// The folders of requests, wherever they are.
    fn folders(&self) -> Vec<String> {
        match env::var(BUCKET) {
            Ok(server) => {
                let keys = self.keys(&server);
                let mut folders: Vec<String> =
                    keys.iter().map(|key| key.split('/').next().unwrap().to_owned()).collect();
                folders.dedup();
                folders
            }
            Err(_) => names(&self.received()).into_iter().filter(|name| !name.starts_with("inbox.db")).collect(),
        }
    }

    fn prefix(&self) -> &str {
        self.folder.file_name().unwrap().to_str().unwrap()
    }

    /// The keys in the bucket below this site's path, sorted.
    fn keys(&self, server: &str) -> Vec<String> {
        let prefix = format!("{}/", self.prefix());
        let (mut keys, mut last) = (Vec::new(), String::new());
        loop {
            let path = format!("/inbox?list-type=2&prefix={prefix}&start-after={last}");
            let listed = get(address_of(server), &path);
            let more: Vec<&str> =
                listed.text().split("<Key>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
            let Some(newest) = more.last() else { return keys };
            last = (*newest).to_owned();
            keys.extend(more.iter().map(|key| key.strip_prefix(&prefix).unwrap().to_owned()));
        }
    }
}

fn address_of(server: &str) -> SocketAddr {
    server.strip_prefix("http://").unwrap().parse().unwrap()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

impl Drop for Site {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).unwrap();
        if let (Some(socket), Some(name)) = (env::var_os(POSTGRES), &self.postgres) {
            run_on(&socket, "dropdb", &["--force", name]);
        }
    }
}

/// Runs a program of PostgreSQL's on the server whose socket lies in a folder.
fn run_on(socket: &OsStr, program: &str, arguments: &[&str]) {
    let status = Command::new(program).arg("-h").arg(socket).args(["-U", "postgres"]).args(arguments).status();
    assert!(status.unwrap().success(), "{program} {arguments:?} failed");
}
