//! The rules that hold between the source's files, read from the source itself. Each rule is a function that returns its
//! faults, so that it is shown here to find one in a made-up source and none in the real one.
#![cfg(test)]

mod circles;
mod compiled;

use crate::tokens::{Kind, Token, spells, tokens, without_tests};
use std::path::{Path, PathBuf};

/// The layers, each with those that it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("main", &["app", "embed", "worker", "platform", "engine"]),
    ("bin", &["worker", "platform", "engine"]),
    ("app", &["embed", "worker", "platform", "engine"]),
    ("embed", &["platform", "engine"]),
    ("worker", &["platform", "engine"]),
    ("platform", &["engine"]),
    ("engine", &[]),
];

/// The engine's modules: each may use only those before it.
const ENGINE: &[&str] = &[
    "geometry",
    "color",
    "photo",
    "face",
    "calibration",
    "catalog",
    "design",
    "editor",
    "dots",
    "render",
    "clipped",
    "measure",
    "export",
    "ports",
    "consult",
    "i18n",
];

/// Beginnings of the names of crates that reach the browser.
const BROWSER_CRATES: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "yew", "gloo"];

/// Names of the browser that send something off the device or fetch something from elsewhere.
const WAYS_OUT: &[&str] = &[
    "fetch_with_",
    "send_beacon",
    "XmlHttpRequest",
    "WebSocket",
    "EventSource",
    "RtcPeerConnection",
    "import_scripts",
    "HtmlFormElement",
];

/// The crate's module that fetches and sends, and the names by which a request would carry something along.
const NETWORK: &[&str] = &["gloo", "::", "net"];
const CARRIERS: &[&str] = &["post", "put", "patch", "delete", "method", "body", "json", "query"];

/// The only place that sends, the transport that it sends by, and the file that reads what lies beside the page.
const SENDER: &str = "src/app/effects/request.rs";
const TRANSPORT: &str = "src/platform/transport.rs";
const SITE: &str = "src/platform/site.rs";

/// A file of the source.
struct File {
    /// From the package's root, with slashes.
    path: String,
    /// What it holds.
    text: String,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The module that the file is, from the crate's root: `src/engine/dots/mod.rs` is `engine`, `dots`.
    fn module(&self) -> Vec<&str> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let inner = inner.strip_suffix(".rs").unwrap_or(inner);
        inner.split('/').filter(|part| !matches!(*part, "mod" | "lib")).collect()
    }

    fn tokens(&self) -> Vec<Token<'_>> {
        tokens(&self.text)
    }

    fn tokens_without_tests(&self) -> Vec<Token<'_>> {
        without_tests(&self.tokens())
    }

    fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    fn fault(&self, token: &Token<'_>, what: &str) -> String {
        format!("{}:{}: {what}", self.path, token.line)
    }
}

/// Every file of `src`.
fn source() -> Vec<File> {
    files_below(&["src"])
}

/// Every file of Rust in folders of the package and below them.
fn files_below(folders: &[&str]) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        let entries: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let parts: Vec<_> =
                    path.strip_prefix(root).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
                files.push(File { path: parts.join("/"), text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// A path within the crate that a file names, from the crate's root, and the line where.
#[derive(Debug, PartialEq, Eq)]
struct Import {
    path: Vec<String>,
    line: usize,
}

/// Every path that begins with `crate`, `super` or the crate's own name. A group in braces is as many paths.
fn imports(module: &[&str], tokens: &[Token<'_>]) -> Vec<Import> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let follows_path = at > 0 && tokens[at - 1].is("::");
        let begins_path = tokens.get(at + 1).is_some_and(|next| next.is("::"));
        if follows_path || !begins_path {
            continue;
        }
        if let Some((base, next)) = base_of(module, tokens, at) {
            let mut paths = Vec::new();
            read_path(tokens, next, base, &mut paths);
            found.extend(paths.into_iter().map(|path| Import { path, line: token.line }));
        }
    }
    found
}

/// The module that a path begins in, and where its first further name stands.
fn base_of(module: &[&str], tokens: &[Token<'_>], at: usize) -> Option<(Vec<String>, usize)> {
    let owned = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>();
    if tokens[at].is("crate") || tokens[at].is("hairline_designer") {
        return Some((Vec::new(), at + 2));
    }
    let supers = tokens[at..].chunks(2).take_while(|pair| spells(pair, &["super", "::"])).count();
    let depth = module.len().checked_sub(supers)?;
    (supers > 0).then(|| (owned(&module[..depth]), at + 2 * supers))
}

/// Reads a path from a name on; returns where it ends.
fn read_path(tokens: &[Token<'_>], mut at: usize, mut path: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    while let Some(token) = tokens.get(at) {
        if token.is("{") {
            return read_group(tokens, at + 1, &path, found);
        }
        if token.kind == Kind::Name && !token.is("self") {
            path.push(token.text.to_owned());
        }
        at += 1;
        if !tokens.get(at).is_some_and(|next| next.is("::")) {
            break;
        }
        at += 1;
    }
    found.push(path);
    at
}

/// Reads the paths of a group; returns where it ends.
fn read_group(tokens: &[Token<'_>], mut at: usize, base: &[String], found: &mut Vec<Vec<String>>) -> usize {
    while let Some(token) = tokens.get(at).filter(|token| !token.is("}")) {
        let is_new_name = tokens.get(at.wrapping_sub(1)).is_some_and(|before| before.is("as"));
        at = if token.is(",") || token.is("as") || is_new_name {
            at + 1
        } else {
            read_path(tokens, at, base.to_vec(), found)
        };
    }
    at + 1
}

/// Imports against the direction, and files that belong to no layer.
fn direction_faults(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path != "src/lib.rs") {
        let module = file.module();
        let Some((own, allowed)) = LAYERS.iter().find(|(layer, _)| module.first() == Some(layer)) else {
            faults.push(format!("{}: no layer", file.path));
            continue;
        };
        for import in imports(&module, &file.tokens_without_tests()) {
            let target = import.path.first().map_or("", String::as_str);
            let fits = if target == "engine" && *own == "engine" {
                engine_import_fits(module.get(1).copied(), import.path.get(1).map(String::as_str))
            } else {
                target == *own || allowed.contains(&target)
            };
            if !fits {
                faults.push(format!("{}:{}: uses {}", file.path, import.line, import.path.join("::")));
            }
        }
    }
    faults
}

/// Whether a module of the engine may use another. The engine's own root may name all, and none may name the root.
fn engine_import_fits(own: Option<&str>, target: Option<&str>) -> bool {
    let place = |name: Option<&str>| ENGINE.iter().position(|module| Some(*module) == name);
    match (own, place(own), place(target)) {
        (None, ..) => true,
        (_, Some(own), Some(target)) => target <= own,
        _ => false,
    }
}

/// Files of the page's state that use anything besides the state and the engine.
fn state_faults(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_in("src/app/state/")) {
        for import in imports(&file.module(), &file.tokens_without_tests()) {
            let is_own = import.path.first().is_some_and(|first| first == "engine")
                || import.path.starts_with(&["app".to_owned(), "state".to_owned()]);
            if !is_own {
                faults.push(format!("{}:{}: uses {}", file.path, import.line, import.path.join("::")));
            }
        }
    }
    faults
}

/// Modules of the engine that have no place in the order.
fn order_faults(files: &[File]) -> Vec<String> {
    let inner = files.iter().filter(|file| file.is_in("src/engine/") && file.path != "src/engine/mod.rs");
    inner
        .filter(|file| !file.module().get(1).is_some_and(|module| ENGINE.contains(module)))
        .map(|file| format!("{}: no place in the engine's order", file.path))
        .collect()
}

/// Names that a folder must not hold, test code included.
fn name_faults(files: &[File], folders: &[&str], beginnings: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| folders.iter().any(|folder| file.is_in(folder))) {
        let tokens = file.tokens();
        let names = tokens.iter().filter(|token| token.kind == Kind::Name);
        for name in names.filter(|name| beginnings.iter().any(|beginning| name.text.starts_with(beginning))) {
            faults.push(file.fault(name, name.text));
        }
    }
    faults
}

/// Calls of a method or path `send` outside of tests, without the reader of what lies beside the page, which [`way_out_faults`] holds to asking. Path and line of each.
fn sends(files: &[File]) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path != SITE) {
        let tokens = file.tokens_without_tests();
        for window in tokens.windows(3) {
            let is_call = window[1].is("send") && window[2].is("(") && (window[0].is(".") || window[0].is("::"));
            if is_call {
                found.push((file.path.clone(), window[1].line));
            }
        }
    }
    found
}

/// Files besides the transport that name a way out of the device. The reader of what lies beside the page may ask over the
/// network, by requests that carry nothing along.
fn way_out_faults(files: &[File]) -> Vec<String> {
    let elsewhere = files.iter().filter(|file| file.path != TRANSPORT);
    let elsewhere: Vec<File> = elsewhere.map(|file| File::new(&file.path, &file.text)).collect();
    let mut faults = name_faults(&elsewhere, &["src/"], WAYS_OUT);
    for file in &elsewhere {
        let tokens = file.tokens_without_tests();
        for (at, token) in tokens.iter().enumerate() {
            let is_called = tokens.get(at + 1).is_some_and(|next| next.is("("));
            let is_carrier = file.path == SITE && is_called && CARRIERS.iter().any(|name| token.is(name));
            if is_carrier || (file.path != SITE && spells(&tokens[at..], NETWORK)) {
                faults.push(file.fault(token, token.text));
            }
        }
    }
    faults
}

/// Styles written into the markup, which the page's policy forbids.
fn inline_style_faults(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.is_in("src/app/")) {
        let tokens = file.tokens();
        for (at, token) in tokens.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tokens.get(at));
            let named = |names: &[&str]| before.is_some_and(|before| names.iter().any(|name| before.is(name)));
            let value = tokens.get(at + 2).is_some_and(|value| value.is("{") || value.kind == Kind::Quoted);
            let attribute = spells(&tokens[at..], &["style", "="]) && value && !named(&["let", "mut", "."]);
            let short = spells(&tokens[at..], &["{", "style", "}"]);
            let set = token.text == "\"style\"" && named(&["("]);
            if attribute || short || set {
                faults.push(file.fault(token, "a style in the markup"));
            }
        }
    }
    faults
}

/// Files that do not begin by saying what they are.
fn doc_faults(files: &[File]) -> Vec<String> {
    let says = |file: &&File| {
        file.text
            .strip_prefix("//!")
            .is_some_and(|rest| rest.lines().next().is_some_and(|line| !line.trim().is_empty()))
    };
    files.iter().filter(|file| !says(file)).map(|file| format!("{}: no module doc", file.path)).collect()
}

#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_source_is_read() {
    let files = source();
    assert!(files.len() > 100, "only {} files", files.len());
    for layer in LAYERS.iter().map(|(layer, _)| *layer) {
        assert!(files.iter().any(|file| file.module().first() == Some(&layer)), "no file of {layer}");
    }
    let used: usize = files.iter().map(|file| imports(&file.module(), &file.tokens_without_tests()).len()).sum();
    assert!(used > 400, "only {used} paths were found in {} files", files.len());
}

#[test]
fn imports_run_one_way() {
    none(&direction_faults(&source()));
}

#[test]
fn every_module_of_the_engine_has_a_place() {
    none(&order_faults(&source()));
}

#[test]
fn the_engine_and_the_state_know_no_browser() {
    none(&name_faults(&source(), &["src/engine/", "src/app/state/"], BROWSER_CRATES));
}

#[test]
fn the_state_imports_from_the_engine_alone() {
    none(&state_faults(&source()));
}

#[test]
fn values_of_javascript_stay_in_the_platform() {
    none(&name_faults(&source(), &["src/engine/", "src/app/"], &["JsValue"]));
}

#[test]
fn only_one_place_sends() {
    let places = sends(&source());
    let paths: Vec<&str> = places.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, [SENDER], "{places:?}");
}

#[test]
fn there_is_no_other_way_out() {
    none(&way_out_faults(&source()));
}

#[test]
fn the_markup_holds_no_style() {
    none(&inline_style_faults(&source()));
}

#[test]
fn every_file_says_what_it_is() {
    none(&doc_faults(&source()));
}

#[track_caller]
fn read_as(path: &str, text: &str, expected: &[&str]) {
    let file = File::new(path, text);
    let found: Vec<String> =
        imports(&file.module(), &file.tokens_without_tests()).iter().map(|import| import.path.join("::")).collect();
    assert_eq!(found, expected, "{path}: {text}");
}

#[test]
fn paths_are_read_from_the_root() {
    read_as("src/engine/dots/field.rs", "use crate::engine::design::Appearance;", &["engine::design::Appearance"]);
    read_as("src/engine/dots/field.rs", "use super::fill::Patch;", &["engine::dots::fill::Patch"]);
    read_as("src/engine/dots/mod.rs", "use super::design::Appearance;", &["engine::design::Appearance"]);
    read_as("src/engine/dots/field.rs", "let x = super::super::ports::A;", &["engine::ports::A"]);
    read_as("src/engine/dots/field.rs", "crate::engine::ports::a::<u8>(b)", &["engine::ports::a"]);
    read_as("src/main.rs", "use hairline_designer::{app, worker as w};", &["app", "worker"]);
    read_as(
        "src/app/mod.rs",
        "use crate::{engine::{self, dots::{Dot as D, Field}}, platform::*};",
        &["engine", "engine::dots::Dot", "engine::dots::Field", "platform"],
    );
    read_as("src/app/mod.rs", "pub(crate) use std::{fmt}; // crate::engine", &[]);
    read_as("src/app/mod.rs", "#[cfg(test)] mod tests { use crate::engine::dots::Dot; }", &[]);
}

#[track_caller]
fn edge(path: &str, text: &str, is_fault: bool) {
    let faults = direction_faults(&[File::new(path, text)]);
    assert_eq!(!faults.is_empty(), is_fault, "{path}: {text}: {faults:?}");
}

#[test]
fn an_import_against_the_direction_is_found() {
    edge("src/engine/dots/field.rs", "use crate::platform::dom;", true);
    edge("src/engine/dots/field.rs", "use crate::{worker};", true);
    edge("src/platform/dom.rs", "use crate::worker::WorkerClient;", true);
    edge("src/platform/dom.rs", "use super::super::app::App;", true);
    edge("src/worker/job.rs", "use crate::app::App;", true);
    edge("src/worker/job.rs", "fn f() { crate::embed::Host::new(); }", true);
    edge("src/embed/mod.rs", "use super::app;", true);
    edge("src/embed/mod.rs", "use crate::worker::WorkerClient;", true);
    edge("src/app/mod.rs", "use crate::utils::x;", true);
    edge("src/bin/heads.rs", "use hairline_designer::app;", true);
    edge("src/helpers/mod.rs", "", true);
}

#[test]
fn an_import_with_the_direction_is_none() {
    edge("src/main.rs", "use hairline_designer::{app, platform, worker};", false);
    edge("src/bin/heads.rs", "use hairline_designer::{platform, worker};", false);
    edge("src/app/mod.rs", "use crate::{embed::Host, worker::WorkerClient, platform::dom, engine::dots::Dot};", false);
    edge("src/worker/job.rs", "use crate::platform::dom; use super::compose::Plan;", false);
    edge("src/engine/dots/field.rs", "#[cfg(test)] mod tests { use crate::engine::i18n::fill; }", false);
    edge("src/engine/dots/field.rs", "// use crate::platform::dom;\nconst A: &str = \"crate::app::App\";", false);
}

#[test]
fn a_state_that_leaves_the_engine_is_found() {
    let faults = |text| state_faults(&[File::new("src/app/state/derived/dots.rs", text)]).len();
    assert_eq!(faults("use crate::app::effects::Services; use crate::platform::dom;"), 2);
    assert_eq!(faults("use crate::app::store::Store;"), 1);
    assert_eq!(faults("use crate::app::state::State; use super::super::Effect; use crate::engine::dots::Dot;"), 0);
}

#[test]
fn an_import_against_the_engines_order_is_found() {
    edge("src/engine/design/file.rs", "use crate::engine::editor::Editor;", true);
    edge("src/engine/geometry/points.rs", "use crate::engine::{color::encode};", true);
    edge("src/engine/ports.rs", "use super::consult::Payload;", true);
    edge("src/engine/dots/field.rs", "use crate::engine;", true);
    edge("src/engine/dots/field.rs", "use crate::engine::*;", true);
    edge("src/engine/dots/field.rs", "use crate::engine::design::Appearance; use super::BlueNoiseTile;", false);
    let unplaced = [File::new("src/engine/dots/mod.rs", ""), File::new("src/engine/raster/mod.rs", "")];
    assert_eq!(order_faults(&unplaced), ["src/engine/raster/mod.rs: no place in the engine's order"]);
}

#[test]
fn a_name_that_does_not_belong_is_found() {
    let engine = |text| name_faults(&[File::new("src/engine/color/mod.rs", text)], &["src/engine/"], BROWSER_CRATES);
    for text in ["use web_sys::Window;", "wasm_bindgen_futures::spawn_local(x)", "yew::html!{}", "gloo::timers::a()"] {
        assert_eq!(engine(text).len(), 1, "{text}");
    }
    assert_eq!(engine("// web_sys\nlet a = \"yew\"; let new_yew_tree = 1;"), [""; 0]);
    let elsewhere = File::new("src/platform/dom.rs", "use wasm_bindgen::JsValue;");
    assert_eq!(name_faults(&[elsewhere], &["src/engine/", "src/app/"], &["JsValue"]), [""; 0]);
    let app = File::new("src/app/mod.rs", "\n\nfn f(a: &JsValue) {}");
    assert_eq!(name_faults(&[app], &["src/engine/", "src/app/"], &["JsValue"]), ["src/app/mod.rs:3: JsValue"]);
}

#[test]
fn a_second_sender_is_found() {
    let count = |path: &str, text: &str| sends(&[File::new(path, text)]).len();
    assert_eq!(count("src/app/effects/request.rs", "let a = services.transport.send(payload);"), 1);
    assert_eq!(count("src/app/effects/save.rs", "Transport::send(&transport, payload)"), 1);
    assert_eq!(count("src/app/effects/save.rs", "channel\n    .send(payload)"), 1);
    assert_eq!(count("src/platform/transport.rs", "self.send(payload)"), 1);
    assert_eq!(count(SITE, "Request::get(path).send()"), 0);
    assert_eq!(count("src/app/state/mod.rs", "RequestAction::Send => send(state), fn send(&self) {}"), 0);
    assert_eq!(count("src/engine/ports.rs", "#[cfg(test)] mod tests { fn f() { t.send(payload); } }"), 0);
}

#[test]
fn another_way_out_is_found() {
    let faults = |path: &str, text: &str| way_out_faults(&[File::new(path, text)]).len();
    assert_eq!(faults("src/app/effects/save.rs", "window.fetch_with_str(x)"), 1);
    assert_eq!(faults("src/platform/dom.rs", "navigator.send_beacon_with_opt_str(x)"), 1);
    assert_eq!(faults("src/embed/mod.rs", "web_sys::WebSocket::new(x)"), 1);
    assert_eq!(faults("src/platform/dom.rs", "use gloo::net::http::Request;"), 1);
    assert_eq!(faults(SITE, "Request::post(path).body(photo)"), 2);
    assert_eq!(faults(SITE, "let body = Request::get(path).send().await;"), 0);
    assert_eq!(faults(TRANSPORT, "window.fetch_with_str_and_init(x)"), 0);
}

#[test]
fn a_style_in_the_markup_is_found() {
    let faults = |text: &str| inline_style_faults(&[File::new("src/app/shell/top_bar.rs", text)]).len();
    assert_eq!(faults(r#"html! { <p style="left: 0">{ "a" }</p> }"#), 1);
    assert_eq!(faults("html! { <p style={place}></p> }"), 1);
    assert_eq!(faults("html! { <p {style}></p> }"), 1);
    assert_eq!(faults(r#"element.set_attribute("style", "left: 0")"#), 1);
    assert_eq!(faults(r#"let style = "a"; Msg::Propose(style); html! { <p class="style" data-a="style"></p> }"#), 0);
}

#[test]
fn a_file_without_a_doc_is_found() {
    let files = [("a", "//! What it is.\n"), ("b", "//!\nuse a;"), ("c", "use a;"), ("d", "")];
    let files = files.map(|(path, text)| File::new(path, text));
    assert_eq!(doc_faults(&files), ["b: no module doc", "c: no module doc", "d: no module doc"]);
}
