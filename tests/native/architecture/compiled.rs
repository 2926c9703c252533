//! Files that nothing compiles: a test or a module whose `mod` line was lost is silently never run.
#![cfg(test)]

use super::{File, files_below, none};
use crate::tokens::{Kind, Token, spells};
use std::collections::BTreeSet;

/// The folders with Rust in them.
const FOLDERS: &[&str] =
    &["src", "tests", "benches", "inbox/src", "inbox/tests", "sample-head/src", "sample-head/tests"];

/// Files that are a program, a library, a bench or tests by themselves, as cargo finds them or `Cargo.toml` names them.
fn is_root(path: &str) -> bool {
    let alone = ["src/bin/heads.rs", "benches/painting.rs", "sample-head/tests/stored.rs"];
    let named = |name: &str| path.ends_with(&format!("src/{name}.rs"));
    named("main") || named("lib") || alone.contains(&path) || is_main_of_tests(path)
}

fn is_main_of_tests(path: &str) -> bool {
    path.ends_with("/main.rs") && !path.contains("src/")
}

/// The file of a module as another file names it: by `mod name;` in the folder of its own, or by the path before it.
fn named_by(file: &File) -> Vec<String> {
    let tokens = file.tokens();
    let (folder, name) = file.path.rsplit_once('/').unwrap_or_default();
    let is_folder_s = is_root(&file.path) || name == "mod.rs";
    let inner = if is_folder_s { folder.to_owned() } else { format!("{folder}/{}", name.trim_end_matches(".rs")) };
    let modules = tokens.windows(3).enumerate().filter(|(_, window)| is_module(window));
    let files = modules.flat_map(|(at, window)| match path_before(&tokens[..at]) {
        Some(path) => vec![joined(folder, path)],
        None => vec![format!("{inner}/{}.rs", window[1].text), format!("{inner}/{}/mod.rs", window[1].text)],
    });
    files.collect()
}

fn is_module(window: &[Token<'_>]) -> bool {
    window[0].is("mod") && window[1].kind == Kind::Name && window[2].is(";")
}

/// The path of the attribute that stands before a module, if any.
fn path_before<'a>(before: &[Token<'a>]) -> Option<&'a str> {
    let start = before.iter().rposition(|token| token.is(";") || token.is("}")).map_or(0, |at| at + 1);
    let at = (start..before.len()).find(|at| spells(&before[*at..], &["path", "="]))?;
    Some(before.get(at + 2)?.text.trim_matches('"'))
}

/// A path from a folder on, with its steps up taken.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// Files that no other names.
fn lost(files: &[File]) -> Vec<String> {
    let named: BTreeSet<String> = files.iter().flat_map(named_by).collect();
    let lost = files.iter().filter(|file| !is_root(&file.path) && !named.contains(&file.path));
    lost.map(|file| format!("{}: no file has it as a module", file.path)).collect()
}

#[test]
fn every_file_is_compiled() {
    none(&lost(&files_below(FOLDERS)));
}

#[test]
fn a_file_without_its_line_is_found() {
    let lost_of = |main: &str| {
        let files = [("main.rs", main), ("golden.rs", "mod clipped;"), ("golden/clipped.rs", ""), ("head/mod.rs", "")];
        let files = files.map(|(name, text)| File::new(&format!("tests/native/{name}"), text));
        let common = File::new("tests/common/scene.rs", "");
        let files: Vec<File> = files.into_iter().chain([common]).collect();
        lost(&files).len()
    };
    let whole = "mod golden;\npub mod head;\n#[path = \"../common/scene.rs\"]\nmod scene;";
    assert_eq!(lost_of(whole), 0);
    assert_eq!(lost_of(&whole.replace("mod golden;", "")), 1);
    assert_eq!(lost_of(&whole.replace("pub mod head;", "// mod head;")), 1);
    assert_eq!(lost_of(&whole.replace("../", "../../")), 1);
    assert_eq!(lost_of(&whole.replace("mod golden;", "mod golden { }")), 1);
}
