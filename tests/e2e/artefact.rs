//! What was built: its size, its hosts, its integrity.

use crate::harness::engines::for_engines;
use crate::harness::{Engine, Options, for_each_engine};
use crate::site::{Site, is_for_heads, root};
use crate::skip::skip;
use crate::visitor::arrive;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use wasmparser::{Parser, Payload};

/// The first load: every file that the first screen asks for, compressed as servers compress: 600 KB.
const BUDGET: usize = 600_000;
/// What is shown before the program: the page and its first sheet, as they are: 15 KB.
const MARKUP_BUDGET: usize = 15_000;

/// The largest function, without its name: 60 KB. In one of 110 KB WebKit went wrong now and then: `docs/memory.md`.
const FUNCTION_BUDGET: usize = 60_000;

fn built() -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(root().join("dist")).unwrap_or_else(|_| panic!("the program is not built"));
    let file = |entry: fs::DirEntry| {
        (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap_or_default())
    };
    entries.flatten().map(file).collect()
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut std::io::Cursor::new(bytes), &mut out, &params).expect("brotli compresses");
    out.len()
}

/// The file of `dist` that was asked for, as `GET /boot.js`; `None` for another kind of request.
fn file_of(asked: &str) -> Option<&str> {
    let name = asked.strip_prefix("GET /")?.split('?').next()?;
    Some(if name.is_empty() { "index.html" } else { name })
}

/// The files that were asked for, each once.
fn loaded(asked: &[String]) -> BTreeSet<&str> {
    asked.iter().filter_map(|asked| file_of(asked)).collect()
}

#[test]
fn the_first_load_stays_within_its_budget() {
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        let asked = site.asked();
        let size = |name: &str| {
            let bytes = fs::read(root().join("dist").join(name)).unwrap_or_else(|_| panic!("dist has no {name}"));
            (name.to_owned(), bytes.len(), brotli(&bytes))
        };
        let sizes: Vec<_> = loaded(&asked).into_iter().map(size).collect();
        for (name, bytes, packed) in &sizes {
            println!("{name}: {bytes} bytes, {packed} as brotli");
        }
        assert!(sizes.iter().any(|(name, ..)| name.ends_with(".wasm")), "the program was not asked for: {asked:?}");
        assert!(!asked.iter().any(|asked| is_for_heads(asked)), "no photo is open yet: {asked:?}");
        let whole: usize = sizes.iter().map(|(.., packed)| packed).sum();
        println!("first load: {whole} bytes of {BUDGET}");
        assert!(whole <= BUDGET, "{whole} bytes: {sizes:?}");
    });
}

#[test]
fn no_function_is_so_large_that_an_engine_goes_wrong_in_it() {
    let files = built();
    let programs: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".wasm")).collect();
    assert_eq!(programs.len(), 2, "the page's program, and the one that looks at heads");
    for (name, bytes) in programs {
        let bodies = Parser::new(0).parse_all(bytes).filter_map(|part| match part.expect("a part of a program") {
            Payload::CodeSectionEntry(body) => Some(body.as_bytes().len()),
            _ => None,
        });
        let largest = bodies.max().expect("a function");
        println!("{name}: {largest} bytes of {FUNCTION_BUDGET}");
        assert!(largest <= FUNCTION_BUDGET, "{name}: a function of {largest} bytes");
    }
}

#[test]
fn the_page_s_own_picture_weighs_little() {
    let files = built();
    let first = |name: &str| name == "index.html" || (name.starts_with("start-") && name.ends_with(".css"));
    let sizes: Vec<_> = files.iter().filter(|(name, _)| first(name)).map(|(name, bytes)| (name, bytes.len())).collect();
    assert_eq!(sizes.len(), 2, "the page and its first sheet: {sizes:?}");
    let whole: usize = sizes.iter().map(|(_, size)| size).sum();
    assert!(whole <= MARKUP_BUDGET, "{whole} bytes: {sizes:?}");
}

#[test]
fn every_file_that_the_page_names_has_an_integrity_that_fits() {
    // The page as it was sent, and the browser's own digest: what it would compute for its check.
    const CHECK: &str = "const done = arguments[arguments.length - 1];
        const LINKS = 'script[src], link[rel=stylesheet], link[rel=preload], link[rel=modulepreload]';
        const check = async (element) => {
          const address = element.src ?? element.href;
          const bytes = await (await fetch(address)).arrayBuffer();
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
          return [address, element.integrity, 'sha384-' + btoa(String.fromCharCode(...digest))];
        };
        fetch('./').then((answer) => answer.text()).then((text) => {
          const page = new DOMParser().parseFromString(text, 'text/html');
          return Promise.all([...page.querySelectorAll(LINKS)].map(check));
        }).then(done, (error) => done([String(error)]));";
    for_engines(&[Engine::Chromium], &Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        let checked = page.eval_async(CHECK, &[]);
        let checked = checked.as_array().expect("a list");
        for ending in [".wasm", ".css", ".js"] {
            let is_named = checked.iter().any(|file| file[0].as_str().is_some_and(|name| name.ends_with(ending)));
            assert!(is_named, "the page names no {ending}: {checked:?}");
        }
        for file in checked {
            assert_eq!(file[1], file[2], "{}", file[0]);
        }
    });
}

#[test]
fn p08_no_file_names_a_foreign_host_or_a_path_of_the_machine() {
    const KNOWN: [&str; 7] = [
        "http://www.w3.org/",
        "https://developer.mozilla.org/",
        "http://127.0.0.1",
        "http://localhost",
        "https://designer.example",
        "http://ns.adobe",
        "https://rustwasm",
    ];
    for (name, bytes) in built() {
        let text = String::from_utf8_lossy(&bytes);
        for scheme in ["http://", "https://"] {
            for (at, _) in text.match_indices(scheme) {
                let rest: String = text[at..].chars().take(60).collect();
                // Texts stand side by side in a module: only what has a dot in it is the name of a host.
                let host: String = rest[scheme.len()..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "-.".contains(*c))
                    .collect();
                let foreign = host.contains('.') && !KNOWN.iter().any(|known| rest.starts_with(known));
                assert!(!foreign, "{name} names {rest}");
            }
        }
        let homes = ["root", "home"].map(|folder| format!("/{folder}/"));
        for path in homes.iter().map(String::as_str).chain([".cargo/registry"]) {
            assert!(!text.contains(path), "{name} holds a path of the machine: {path}");
        }
    }
}

/// How often a file may be asked for while the page loads: once, and the worker's by the browser's cache. WebKit's driver gives its
/// browser no cache, so there the worker asks again; and WebKit begins to load the module ahead, which the page stops and asks for
/// itself.
fn allowed(engine: Engine, file: &str) -> usize {
    match engine {
        Engine::WebKit if file.ends_with(".wasm") => 3,
        Engine::WebKit if file.starts_with("hairline-designer-") || file.starts_with("boot-") => 2,
        _ => 1,
    }
}

#[test]
fn the_page_loads_each_file_once_and_nothing_after() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        let asked = site.asked();
        for file in loaded(&asked) {
            let times = asked.iter().filter(|asked| file_of(asked) == Some(file)).count();
            let allowed = allowed(page.engine(), file);
            assert!(times <= allowed, "{file} was asked for {times} times and not {allowed}: {asked:?}");
        }
        page.assert_no_errors();
    });
}

#[test]
fn the_embed_script_is_valid_javascript() {
    let node = Command::new("node").args(["--input-type=module", "--check"]).stdin(Stdio::piped()).spawn();
    let Ok(mut node) = node else { return skip("node is not installed") };
    let script = fs::read(root().join("embed.js")).expect("embed.js is there");
    node.stdin.take().expect("node reads").write_all(&script).expect("node reads the script");
    assert!(node.wait().expect("node ends").success());
}
