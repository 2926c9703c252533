//! The three engines: where their programs are, how each is told its size, colours, language and download folder.

use super::process::{Folder, Program};
use super::session::Session;
pub(crate) use crate::skip::skip;
use serde_json::{Value, json};
use std::fmt;
use std::fs;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::MetadataExt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// A browser engine that a visitor may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chrome, Edge, Samsung Internet, Opera.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari's engine, as WebKitGTK's MiniBrowser.
    WebKit,
}

/// Where a program of an engine may stand: a name looked up on the PATH, or a file below `/usr/lib/<machine>/`.
enum Place {
    OnPath(&'static str),
    InLib(&'static str),
}

/// What is not installed, by the name to look for.
pub(crate) struct Missing(&'static str);

/// The programs of an engine as found on this machine.
pub(crate) struct Programs {
    pub(crate) driver: PathBuf,
    pub(crate) browser: PathBuf,
}

/// WebKit's switch for compiling while the program runs. Tests run with compiling in turn unless this is set to 1.
const WEBKIT_CONCURRENT_COMPILING: &str = "JSC_useConcurrentJIT";

impl Engine {
    /// Every engine that the project is held to.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The engine in lower case, as in folder names and `E2E_ENGINES`.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Whether the driver makes real touches; elsewhere a script sends pointer events that the page cannot tell
    /// from touches, save that they are not trusted.
    pub(crate) fn has_native_touch(self) -> bool {
        self != Self::WebKit
    }

    fn drivers(self) -> Place {
        Place::OnPath(match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
            Self::WebKit => "WebKitWebDriver",
        })
    }

    fn browsers(self) -> &'static [Place] {
        match self {
            Self::Chromium => {
                &[Place::OnPath("chromium"), Place::OnPath("chromium-browser"), Place::OnPath("google-chrome")]
            }
            Self::Firefox => &[Place::OnPath("firefox-esr"), Place::OnPath("firefox")],
            Self::WebKit => &[Place::InLib("webkit2gtk-4.1/MiniBrowser"), Place::InLib("webkit2gtk-4.0/MiniBrowser")],
        }
    }

    /// The engine's driver and browser.
    ///
    /// # Errors
    /// The first program that is missing.
    pub(crate) fn programs(self) -> Result<Programs, Missing> {
        let driver = find(&[self.drivers()])?;
        let browser = find(self.browsers())?;
        if self == Self::WebKit {
            find(&[Place::OnPath("Xvfb")])?;
        }
        Ok(Programs { driver, browser })
    }

    /// The engines to test in. A missing one is named on the terminal as skipped.
    ///
    /// # Panics
    /// With `REQUIRE_EVERYTHING=true`, when an engine is missing or left out by `E2E_ENGINES`.
    pub(crate) fn installed() -> Vec<Self> {
        let wanted = std::env::var("E2E_ENGINES").ok();
        let is_wanted = |engine: &Self| wanted.as_deref().is_none_or(|list| list.split(',').any(|t| t == engine.tag()));
        Self::ALL.into_iter().filter(|engine| must_run(*engine, is_wanted(engine))).collect()
    }

    /// The driver's arguments for listening on this port.
    pub(crate) fn driver_args(self, port: u16, home: &Path) -> Vec<String> {
        match self {
            Self::Chromium | Self::WebKit => vec![format!("--port={port}")],
            Self::Firefox => {
                let root = home.display().to_string();
                // The system access lets the harness set the page's size inside the window.
                ["--port", &port.to_string(), "--profile-root", &root, "--allow-system-access", "--log", "error"]
                    .map(str::to_owned)
                    .to_vec()
            }
        }
    }

    /// The environment of driver and browser. WebKit's sets its downloads, toolbar and scale.
    ///
    /// # Errors
    /// When the configuration cannot be written, or no display starts.
    pub(crate) fn environment(self, options: &Options, home: &Path) -> io::Result<Vec<(&'static str, String)>> {
        // What a browser leaves among the temporary files goes with its folder.
        let mut env = vec![("TMPDIR", home.display().to_string())];
        // Chromium's driver finds a file with an accent in its name only where names are UTF-8; WebKit tells the page the
        // language "C" there.
        env.push(("LC_ALL", if self == Self::WebKit { "C" } else { "C.UTF-8" }.to_owned()));
        if self == Self::WebKit {
            write_gtk_configuration(options, home)?;
            env.extend([
                ("HOME", home.display().to_string()),
                ("XDG_CONFIG_HOME", configuration(home).display().to_string()),
                ("DISPLAY", display()?),
                ("GDK_BACKEND", "x11".to_owned()),
                ("GDK_SCALE", options.dpr.round().to_string()),
            ]);
            // `docs/memory.md` has why: with it WebKitGTK 2.50 now and then computes with wrong numbers.
            if std::env::var_os(WEBKIT_CONCURRENT_COMPILING).is_none() {
                env.push((WEBKIT_CONCURRENT_COMPILING, "0".to_owned()));
            }
            if is_root() {
                env.push(("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1".to_owned()));
            }
        }
        Ok(env)
    }

    /// The capabilities that start a fresh browser as the options say, all of whose connections go through `way_out`, a
    /// SOCKS proxy: those to this machine too, which browsers leave out unless told.
    pub(crate) fn capabilities(self, browser: &Path, options: &Options, home: &Path, way_out: SocketAddr) -> Value {
        match self {
            Self::Chromium => chromium(browser, options, home, way_out),
            Self::Firefox => firefox(browser, options, home, way_out),
            Self::WebKit => webkit(browser, options, way_out),
        }
    }

    /// How the names of the hosts end that the browser itself calls, whatever page it shows: settings, updates, its start
    /// page. What a page of Chromium asks of them is still found: its own log tells every request of a page.
    pub(crate) fn own_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &[".google.com", ".googleapis.com", ".gvt1.com", "start.duckduckgo.com"],
            Self::Firefox => &[".services.mozilla.com", ".cdn.mozilla.net", "detectportal.firefox.com"],
            Self::WebKit => &[],
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// What the visitor's browser is like.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Width and height of the viewport in CSS pixels.
    pub(crate) viewport: (u32, u32),
    /// Device pixels per CSS pixel. WebKit takes whole numbers only.
    pub(crate) dpr: f64,
    /// A phone: touch input and, in Chromium, a phone's viewport rules. Without it a desktop with a mouse.
    pub(crate) phone: bool,
    /// The visitor prefers dark colours.
    pub(crate) dark: bool,
    /// The visitor asked for less movement.
    pub(crate) reduced_motion: bool,
    /// The visitor's language as a tag: `en-GB`, `de`. WebKit's is always `en-US`.
    pub(crate) language: &'static str,
    /// More arguments for Chromium.
    pub(crate) chromium_args: &'static [&'static str],
    /// More preferences for Firefox, such as `("privacy.resistFingerprinting", "true")`; values are JSON.
    pub(crate) firefox_prefs: &'static [(&'static str, &'static str)],
}

impl Default for Options {
    /// A desktop of 1280 x 800.
    fn default() -> Self {
        Self {
            viewport: (1280, 800),
            dpr: 1.0,
            phone: false,
            dark: false,
            reduced_motion: false,
            language: "en-GB",
            chromium_args: &[],
            firefox_prefs: &[],
        }
    }
}

impl Options {
    /// A phone of 390 x 844 CSS pixels with three device pixels to each.
    pub(crate) fn phone() -> Self {
        Self { viewport: (390, 844), dpr: 3.0, phone: true, ..Self::default() }
    }
}

/// Runs a test in each engine with a fresh browser; one engine's failure does not hide another's.
///
/// # Panics
/// At the end, naming the engines in which the test failed.
pub(crate) fn for_each_engine(options: &Options, test: impl Fn(&Session)) {
    for_engines(&Engine::ALL, options, test);
}

/// Runs a test in these engines alone, where a case exists in some of them only.
///
/// The browser of the next engine starts while the test runs in this one, and one that is done with closes meanwhile.
///
/// # Panics
/// At the end, naming the engines in which the test failed.
pub(crate) fn for_engines(engines: &[Engine], options: &Options, test: impl Fn(&Session)) {
    let engines: Vec<_> = Engine::installed().into_iter().filter(|engine| engines.contains(engine)).collect();
    let mut failed = Vec::new();
    thread::scope(|scope| {
        let start = |engine| scope.spawn(move || Session::open(engine, options));
        let mut starting = engines.first().map(|engine| start(*engine));
        for (place, engine) in engines.iter().enumerate() {
            let began = Instant::now();
            let started = starting.take().map(ScopedJoinHandle::join);
            starting = engines.get(place + 1).map(|next| start(*next));
            match catch_unwind(AssertUnwindSafe(|| run_in(started, &test))) {
                Ok(done) => {
                    println!("    {engine}: ok, {:.1} s", began.elapsed().as_secs_f32());
                    scope.spawn(move || drop(done));
                }
                Err(_) => {
                    println!("    {engine}: FAILED, {:.1} s", began.elapsed().as_secs_f32());
                    failed.push(engine.to_string());
                }
            }
        }
    });
    assert!(failed.is_empty(), "failed in {}", failed.join(" and "));
}

/// Runs a test in a fresh browser, which may reach for no machine but this one whatever the test is about; returns it when
/// nothing failed.
fn run_in(started: Option<thread::Result<Session>>, test: &impl Fn(&Session)) -> Option<Session> {
    let page = started?.unwrap_or_else(|panic| resume_unwind(panic));
    test(&page);
    page.assert_no_foreign_hosts();
    Some(page)
}

fn must_run(engine: Engine, is_wanted: bool) -> bool {
    if !is_wanted {
        skip(format_args!("{engine} is not named in E2E_ENGINES"));
        return false;
    }
    match engine.programs() {
        Ok(_) => true,
        Err(Missing(program)) => {
            skip(format_args!("{engine} is not installed: there is no {program}"));
            false
        }
    }
}

fn find(places: &[Place]) -> Result<PathBuf, Missing> {
    let found = places.iter().find_map(|place| match place {
        Place::OnPath(name) => on_path(name),
        Place::InLib(name) => in_lib(name),
    });
    found.ok_or(match places {
        [Place::OnPath(name) | Place::InLib(name), ..] => Missing(name),
        [] => Missing("program"),
    })
}

fn on_path(name: &str) -> Option<PathBuf> {
    // Where tools/setup puts a driver that the machine did not have.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(own).chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn in_lib(name: &str) -> Option<PathBuf> {
    let machines = fs::read_dir("/usr/lib").ok()?;
    machines.flatten().map(|machine| machine.path().join(name)).find(|file| file.is_file())
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

fn chromium(browser: &Path, options: &Options, home: &Path, way_out: SocketAddr) -> Value {
    let mut args: Vec<String> = [
        "--headless",
        "--disable-background-networking",
        // Otherwise it tells a server of its own what fields a form has, and asks another what it may need next.
        "--disable-features=AutofillServerCommunication,OptimizationHints",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        "--no-first-run",
        // A click that follows a key must not meet a page that is still gliding.
        "--disable-smooth-scrolling",
        // There is no graphics card, and one that is imitated takes half of the time.
        "--disable-gpu",
    ]
    .map(str::to_owned)
    .to_vec();
    args.push(format!("--proxy-server=socks5://{way_out}"));
    args.push("--proxy-bypass-list=<-loopback>".to_owned());
    args.push(format!("--user-data-dir={}", home.join("profile").display()));
    args.push(format!("--accept-lang={}", options.language));
    args.push(format!("--force-device-scale-factor={}", options.dpr));
    if is_root() {
        args.push("--no-sandbox".to_owned());
    }
    args.extend(options.chromium_args.iter().map(|arg| (*arg).to_owned()));
    let mut chrome = json!({
        "binary": browser,
        "args": args,
        "prefs": { "download.default_directory": downloads(home), "download.prompt_for_download": false },
    });
    if options.phone {
        let (width, height) = options.viewport;
        chrome["mobileEmulation"] = json!({
            "deviceMetrics": { "width": width, "height": height, "pixelRatio": options.dpr, "touch": true, "mobile": true }
        });
    }
    json!({
        "goog:chromeOptions": chrome,
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
    })
}

fn firefox(browser: &Path, options: &Options, home: &Path, way_out: SocketAddr) -> Value {
    let mut prefs = json!({
        // Console messages and uncaught errors of the page appear on standard output, from the first script on.
        "devtools.console.stdout.content": true,
        "browser.download.folderList": 2,
        "browser.download.dir": downloads(home),
        "browser.download.useDownloadDir": true,
        "browser.download.always_ask_before_handling_new_types": false,
        "browser.download.alwaysOpenPanel": false,
        "pdfjs.disabled": true,
        "browser.helperApps.neverAsk.saveToDisk":
            "application/octet-stream,application/json,application/pdf,image/png,image/jpeg,image/svg+xml,text/plain,text/csv,application/zip",
        "general.smoothScroll": false,
        "dom.w3c_touch_events.enabled": i32::from(options.phone),
        "intl.accept_languages": options.language,
        "layout.css.devPixelsPerPx": options.dpr.to_string(),
        "layout.css.prefers-color-scheme.content-override": i32::from(!options.dark),
        "ui.prefersReducedMotion": i32::from(options.reduced_motion),
        "network.proxy.type": 1,
        "network.proxy.socks": way_out.ip().to_string(),
        "network.proxy.socks_port": way_out.port(),
        "network.proxy.socks_version": 5,
        "network.proxy.socks_remote_dns": true,
        "network.proxy.no_proxies_on": "",
        "network.proxy.allow_hijacking_localhost": true,
        "network.proxy.failover_direct": false,
    });
    if options.phone {
        // A coarse pointer that cannot hover, as `(pointer: coarse)` and `(hover: none)` ask.
        prefs["ui.primaryPointerCapabilities"] = json!(1);
        prefs["ui.allPointerCapabilities"] = json!(1);
    }
    for (name, value) in options.firefox_prefs {
        prefs[*name] = serde_json::from_str(value).expect("a Firefox preference is JSON: true, 3 or \"text\"");
    }
    json!({
        "moz:firefoxOptions": {
            "binary": browser,
            "args": ["-headless"],
            "prefs": prefs,
        }
    })
}

fn webkit(browser: &Path, options: &Options, way_out: SocketAddr) -> Value {
    let mut args = vec!["--automation".to_owned(), "--enable-smooth-scrolling=false".to_owned()];
    args.push(format!("--proxy=socks5://{way_out}"));
    if options.dark {
        args.push("--dark-mode".to_owned());
    }
    json!({ "webkitgtk:browserOptions": { "binary": browser, "args": args } })
}

/// The folder that the browser saves to.
pub(crate) fn downloads(home: &Path) -> PathBuf {
    home.join("downloads")
}

fn configuration(home: &Path) -> PathBuf {
    home.join(".config")
}

/// MiniBrowser reads its download folder from the desktop's configuration and its toolbar's width from the theme: a
/// toolbar without icons and margins lets the window become as narrow as a phone.
fn write_gtk_configuration(options: &Options, home: &Path) -> io::Result<()> {
    let config = configuration(home);
    let gtk = config.join("gtk-3.0");
    fs::create_dir_all(&gtk)?;
    fs::write(config.join("user-dirs.dirs"), format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads(home).display()))?;
    fs::write(gtk.join("gtk.css"), "* { -gtk-icon-source: none; min-width: 0; padding: 0; margin: 0; border: 0; }\n")?;
    let animations = i32::from(!options.reduced_motion);
    fs::write(gtk.join("settings.ini"), format!("[Settings]\ngtk-enable-animations={animations}\n"))
}

/// A display for WebKit, started once for the whole run; it ends with this process.
fn display() -> io::Result<String> {
    static DISPLAY: Mutex<Option<(Program, String)>> = Mutex::new(None);
    let mut display = DISPLAY.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_running, name)) = &*display {
        return Ok(name.clone());
    }
    let (program, name) = start_display()?;
    *display = Some((program, name.clone()));
    Ok(name)
}

fn start_display() -> io::Result<(Program, String)> {
    const TIMEOUT: Duration = Duration::from_secs(20);
    // Only the display's number is read from it, so the folder need not outlive the start.
    let folder = Folder::new()?;
    // Larger than any window that a test asks for, twice over for a scale of two.
    let args = ["-displayfd", "1", "-screen", "0", "4096x4096x24", "-nolisten", "tcp"].map(str::to_owned);
    let program = Program::start(Path::new("Xvfb"), &args, &[], folder.path().join("xvfb.log"))?;
    let deadline = Instant::now() + TIMEOUT;
    while Instant::now() < deadline {
        let output = program.output();
        let number = output.lines().find(|line| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(number) = number {
            return Ok((program, format!(":{number}")));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Err(io::Error::other(format!("Xvfb did not start: {}", program.output())))
}
