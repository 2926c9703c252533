//! Child processes, ports and folders that vanish with the test, however the test ends.

use std::fs::{self, File};
use std::io;
use std::net::TcpListener;
use std::ops::Range;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Runs a program and waits for the end of its own standard input, then kills the whole process group: so the
/// program and everything it started end with the test, even when the test itself is killed.
const GUARD: &str = r#""$@" </dev/null & read -r _; kill -KILL 0"#;

/// How often, and how far apart, a folder is removed that dying processes may still be writing into.
const REMOVALS: u32 = 20;
const BETWEEN_REMOVALS: Duration = Duration::from_millis(50);

/// The ports that drivers are given.
const PORTS: Range<u16> = 20_000..32_768;

/// A running program with everything that it started; all of it is killed on drop.
pub(crate) struct Program {
    guard: Child,
    log: PathBuf,
}

impl Program {
    /// Starts a program whose output goes to a log file.
    ///
    /// # Errors
    /// When the shell or the log cannot be opened. A program that is missing shows in the log.
    pub(crate) fn start(program: &Path, args: &[String], env: &[(&str, String)], log: PathBuf) -> io::Result<Self> {
        let output = File::create(&log)?;
        let guard = Command::new("sh")
            .args(["-c", GUARD, "sh"])
            .arg(program)
            .args(args)
            .envs(env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0)
            .spawn()?;
        Ok(Self { guard, log })
    }

    /// What the program and its children have written so far.
    pub(crate) fn output(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Closing the guard's input is the signal; it then kills its group and itself.
        drop(self.guard.stdin.take());
        let _killed = self.guard.wait();
    }
}

/// A port that nothing listens on and that this run has not handed out before.
///
/// It lies below those that Linux gives out by itself (`ip_local_port_range`), so that no connection and no server takes
/// it before the program does that is told of it; and each run begins elsewhere, for two that go on at once.
///
/// # Errors
/// When none is left.
pub(crate) fn free_port() -> io::Result<u16> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let ports = u32::from(PORTS.end - PORTS.start);
    (0..ports)
        .map(|_| (std::process::id() + COUNT.fetch_add(1, Ordering::Relaxed)) % ports)
        .filter_map(|place| u16::try_from(place).ok())
        .map(|place| PORTS.start + place)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| io::Error::new(io::ErrorKind::AddrInUse, "no port is left"))
}

/// A fresh folder, removed with all it holds on drop.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder below the system's temporary one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn new() -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("hairline-e2e-{}-{number}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A browser that is being killed may still write into it for a moment.
        for _attempt in 0..REMOVALS {
            if fs::remove_dir_all(&self.0).is_ok() {
                return;
            }
            std::thread::sleep(BETWEEN_REMOVALS);
        }
    }
}
