//! What was built: its size, its hosts, its integrity.

use crate::harness::{Options, for_each_engine};
use crate::site::{Site, root};
use crate::visitor::arrive;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

/// The first load, all files together, compressed as servers compress: 600 KB.
const BUDGET: usize = 600_000;

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

#[test]
fn the_first_load_stays_within_its_budget() {
    let sizes: Vec<(String, usize)> = built().iter().map(|(name, bytes)| (name.clone(), brotli(bytes))).collect();
    let whole: usize = sizes.iter().map(|(_, size)| size).sum();
    println!("first load: {whole} bytes of {BUDGET}, {sizes:?}");
    assert!(whole <= BUDGET, "{whole} bytes: {sizes:?}");
}

#[test]
fn no_file_names_a_foreign_host_or_a_path_of_the_machine() {
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

#[test]
fn the_page_loads_each_file_once_and_nothing_after() {
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        arrive(page, &site.url());
        let asked = site.asked();
        for file in [".wasm", ".css", "boot.js"] {
            let times = asked.iter().filter(|asked| asked.ends_with(file)).count();
            assert_eq!(times, 1, "{file} was asked for {times} times: {asked:?}");
        }
        page.assert_no_errors();
    });
}

#[test]
fn the_embed_script_is_valid_javascript() {
    let node = Command::new("node").args(["--input-type=module", "--check"]).stdin(Stdio::piped()).spawn();
    let Ok(mut node) = node else { return println!("skipped: node is not installed") };
    let script = fs::read(root().join("embed.js")).expect("embed.js is there");
    node.stdin.take().expect("node reads").write_all(&script).expect("node reads the script");
    assert!(node.wait().expect("node ends").success());
}
