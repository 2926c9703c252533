//! Circles of imports between files. A file uses another where it names something that the other defines; what a `mod.rs`
//! only hands on by `pub use` is looked up where it is defined, so that handing on is no use, neither of the file that
//! defines it nor of the `mod.rs`.
#![cfg(test)]

use super::{File, none, source};
use crate::tokens::{Kind, Token, spells};
use std::collections::{BTreeMap, BTreeSet};

/// One name that a `use` brings into a file.
#[derive(Debug, Clone)]
struct Use {
    /// What it names, from the crate's root.
    path: Vec<String>,
    /// How the file calls it; `*` for all that is in the path.
    name: String,
    /// Whether it is handed on.
    is_public: bool,
}

/// What a file says of others.
#[derive(Debug, Default)]
struct Named {
    uses: Vec<Use>,
    /// The paths in its code, as they stand there.
    paths: Vec<Vec<String>>,
    /// Every name in its code.
    names: BTreeSet<String>,
    /// The names of its items.
    items: BTreeSet<String>,
}

/// What an item's name follows.
const ITEMS: &[&str] = &["struct", "enum", "fn", "trait", "type", "const", "static"];

type Module = Vec<String>;

/// Which file names what.
struct Names {
    files: BTreeMap<Module, (String, Named)>,
}

impl Names {
    fn new(files: &[File]) -> Self {
        let read = |file: &File| (owned(&file.module()), (file.path.clone(), read(&file.tokens_without_tests())));
        // The program's own file uses the crate from without: no file of the crate can use it.
        Self { files: files.iter().filter(|file| file.path != "src/main.rs").map(read).collect() }
    }

    /// A path from the crate's root; `None` for one that leads out of the crate.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<Module> {
        let first = path.first()?;
        let supers = path.iter().take_while(|part| *part == "super").count();
        let (base, rest) = match first.as_str() {
            "crate" | "hairline_designer" => (&[][..], path.get(1..)?),
            "self" => (module, path.get(1..)?),
            "super" => (module.get(..module.len().checked_sub(supers)?)?, path.get(supers..)?),
            _ if self.files.contains_key(&[module, std::slice::from_ref(first)].concat()) => (module, path),
            _ => return None,
        };
        Some([base, rest].concat())
    }

    /// The module that defines what a path from the root names.
    fn defines(&self, path: &[String], depth: usize) -> Option<Module> {
        let inner = (0..=path.len()).rev().map(|length| &path[..length]).find(|part| self.files.contains_key(*part))?;
        let Some(name) = path.get(inner.len()).filter(|_| depth < 8) else { return Some(inner.to_vec()) };
        let (_, named) = self.files.get(inner)?;
        let handed_on = |each: &&Use| each.name == *name;
        let path = named.uses.iter().find(handed_on).and_then(|each| self.absolute(inner, &each.path));
        let globs = named.uses.iter().filter(|each| each.name == "*" && each.is_public);
        let from_glob = || {
            let inside = globs.filter_map(|each| self.absolute(inner, &each.path));
            inside.map(|path| [path, vec![name.clone()]].concat()).find(|path| self.has(path))
        };
        match path.or_else(from_glob) {
            Some(path) => self.defines(&path, depth + 1),
            None => Some(inner.to_vec()),
        }
    }

    /// Whether the file of a path's module has an item of the path's last name.
    fn has(&self, path: &[String]) -> bool {
        let Some((name, module)) = path.split_last() else { return false };
        self.files.get(module).is_some_and(|(_, named)| named.items.contains(name))
    }

    /// The modules that a module uses.
    fn used_by(&self, module: &[String], named: &Named) -> BTreeSet<Module> {
        let is_used = |each: &&Use| !each.is_public || named.names.contains(&each.name);
        let used = named.uses.iter().filter(is_used).filter_map(|each| self.absolute(module, &each.path));
        let in_code = named.paths.iter().filter_map(|path| {
            let (first, rest) = path.split_first()?;
            match named.uses.iter().find(|each| each.name == *first) {
                Some(each) => Some([&self.absolute(module, &each.path)?[..], rest].concat()),
                None => self.absolute(module, path),
            }
        });
        let defined = used.chain(in_code).filter_map(|path| self.defines(&path, 0));
        defined.filter(|other| other != module).collect()
    }

    /// The files on each circle: all that use one another, directly or by way of others.
    fn circles(&self) -> Vec<BTreeSet<&str>> {
        let used: BTreeMap<&Module, BTreeSet<Module>> =
            self.files.iter().map(|(module, (_, named))| (module, self.used_by(module, named))).collect();
        let reached: BTreeMap<&Module, BTreeSet<&Module>> =
            self.files.keys().map(|module| (module, reached(&used, module))).collect();
        let mut found = Vec::new();
        let mut done = BTreeSet::new();
        for module in self.files.keys().filter(|module| reached[module].contains(module)) {
            if done.contains(module) {
                continue;
            }
            let circle: Vec<_> = reached[module].iter().filter(|other| reached[*other].contains(module)).collect();
            done.extend(circle.iter().map(|other| **other));
            found.push(circle.iter().map(|other| self.files[**other].0.as_str()).collect());
        }
        found
    }

    /// As [`Self::circles`], in words, with who uses whom.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for circle in self.circles() {
            for (module, (path, named)) in self.files.iter().filter(|(_, (path, _))| circle.contains(path.as_str())) {
                let used = self.used_by(module, named);
                let used = used.iter().map(|other| self.files[other].0.as_str()).filter(|other| circle.contains(other));
                faults.push(format!("{path} uses {}", used.collect::<Vec<_>>().join(", ")));
            }
        }
        faults
    }
}

/// The modules that a module uses, directly or by way of others.
fn reached<'a>(used: &'a BTreeMap<&Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<&'a Module> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&Module> = used[from].iter().collect();
    while let Some(module) = next.pop() {
        if found.insert(module) {
            next.extend(&used[module]);
        }
    }
    found
}

fn owned(parts: &[&str]) -> Module {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

/// Reads what a file says of others.
fn read(tokens: &[Token<'_>]) -> Named {
    let mut named = Named::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let begins_path = at == 0 || !(tokens[at - 1].is("::") || tokens[at - 1].is("."));
        if token.is("use") && !tokens.get(at + 1).is_some_and(|next| next.is("<")) {
            let is_public = at > 0 && (tokens[at - 1].is("pub") || ends_visibility(&tokens[..at]));
            at = read_uses(tokens, at + 1, &[], &mut |path, name| named.uses.push(Use { path, name, is_public }));
            continue;
        }
        if token.kind == Kind::Name {
            named.names.insert(token.text.to_owned());
            if at > 0 && ITEMS.iter().any(|item| tokens[at - 1].is(item)) {
                named.items.insert(token.text.to_owned());
            }
            if begins_path && tokens.get(at + 1).is_some_and(|next| next.is("::")) {
                named.paths.push(path_from(tokens, at));
            }
        }
        at += 1;
    }
    named
}

/// Whether the tokens end with `pub(...)`.
fn ends_visibility(before: &[Token<'_>]) -> bool {
    before.iter().rposition(|token| token.is("(")).is_some_and(|open| {
        open > 0
            && before[open - 1].is("pub")
            && before.last().is_some_and(|token| token.is(")"))
            && !before[open..before.len() - 1].iter().any(|token| token.is(")"))
    })
}

fn path_from(tokens: &[Token<'_>], at: usize) -> Module {
    let mut path = vec![tokens[at].text.to_owned()];
    let mut at = at + 1;
    while spells(&tokens[at..], &["::"]) && tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Name) {
        path.push(tokens[at + 1].text.to_owned());
        at += 2;
    }
    path
}

/// Reads the tree of a `use` from a name or brace on; returns where it ends.
fn read_uses(tokens: &[Token<'_>], mut at: usize, base: &[String], found: &mut dyn FnMut(Module, String)) -> usize {
    let mut path = base.to_vec();
    while let Some(token) = tokens.get(at) {
        if token.is("{") {
            at += 1;
            while tokens.get(at).is_some_and(|token| !token.is("}")) {
                at = read_uses(tokens, at, &path, found);
                at += usize::from(tokens.get(at).is_some_and(|token| token.is(",")));
            }
            return at + 1;
        }
        if token.is("*") {
            found(path, "*".to_owned());
            return at + 1;
        }
        if token.is("self") && !base.is_empty() {
            // The path of the group itself.
        } else if token.kind == Kind::Name {
            path.push(token.text.to_owned());
        }
        at += 1;
        if !tokens.get(at).is_some_and(|next| next.is("::")) {
            break;
        }
        at += 1;
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if tokens.get(at).is_some_and(|token| token.is("as")) {
        name = tokens.get(at + 1).map_or(name, |token| token.text.to_owned());
        at += 2;
    }
    found(path, name);
    at
}

#[test]
fn no_file_lies_on_a_circle() {
    let files = source();
    none(&Names::new(&files).faults());
}

#[track_caller]
fn circles_in(files: &[(&str, &str)], expected: &[&[&str]]) {
    let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let names = Names::new(&files);
    let found: Vec<Vec<&str>> = names.circles().into_iter().map(|circle| circle.into_iter().collect()).collect();
    assert_eq!(found, expected);
}

/// Two files of a folder, the folder's own file beside them.
#[track_caller]
fn pair(own: &str, dot: &str, field: &str, is_circle: bool) {
    let files = [("src/dots/dot.rs", dot), ("src/dots/field.rs", field), ("src/dots/mod.rs", own)];
    let circle: &[&str] = &["src/dots/dot.rs", "src/dots/field.rs"];
    circles_in(&files, if is_circle { std::slice::from_ref(&circle) } else { &[] });
}

#[test]
fn a_circle_of_two_files_is_found_however_it_is_written() {
    let own = "mod dot; mod field; pub use dot::Dot; pub(crate) use field::{Field, SIDE as WIDTH};";
    for dot in [
        "use super::field::Field;",
        "use super::Field;",
        "use crate::dots::{Field as F};",
        "fn f(a: super::Field) {}",
        "fn f() { crate::dots::field::g::<u8>() }",
        "use super::field; fn f() { field::g() }",
        "use super::WIDTH;",
        "use crate::{dots::{self}}; fn f() { dots::Field::new() }",
        "pub use super::field::Field; fn f(a: Field) {}",
    ] {
        pair(own, dot, "use super::Dot;", true);
        pair(own, dot, "use std::fmt;", false);
    }
    pair(
        "mod dot; mod field; pub use field::*; pub use dot::*;",
        "use super::Field;",
        "struct Field(super::Dot);",
        false,
    );
    pair(
        "mod dot; mod field; pub use field::*; pub use dot::*;",
        "pub struct Dot; use super::Field;",
        "pub struct Field(super::Dot);",
        true,
    );
}

#[test]
fn a_longer_circle_is_found_through_what_is_handed_on() {
    let files = [
        ("src/a/mod.rs", "mod one; pub use one::One;"),
        ("src/a/one.rs", "use crate::b::Two;"),
        ("src/b/mod.rs", "mod two; mod three; pub use two::Two;"),
        ("src/b/three.rs", "use crate::a::One;"),
        ("src/b/two.rs", "use super::three::Three;"),
        ("src/lib.rs", "pub mod a; pub mod b;"),
    ];
    circles_in(&files, &[&["src/a/one.rs", "src/b/three.rs", "src/b/two.rs"]]);
}

#[test]
fn a_folder_s_own_file_that_uses_what_uses_it_is_found() {
    let kind = "use super::Tool;";
    let both: &[&str] = &["src/tools/kind.rs", "src/tools/mod.rs"];
    for own in ["mod kind; use kind::Kind; pub struct Tool(Kind);", "mod kind; pub struct Tool(kind::Kind);"] {
        circles_in(&[("src/tools/kind.rs", kind), ("src/tools/mod.rs", own)], &[both]);
    }
    // Handing on is no use, until what is handed on is used besides.
    let hands_on = "mod kind; pub use kind::Kind; pub struct Tool;";
    circles_in(&[("src/tools/kind.rs", kind), ("src/tools/mod.rs", hands_on)], &[]);
    let uses = "mod kind; pub use kind::Kind; pub struct Tool(Kind);";
    circles_in(&[("src/tools/kind.rs", kind), ("src/tools/mod.rs", uses)], &[both]);
}

#[test]
fn what_only_tests_use_and_what_stands_in_comments_closes_no_circle() {
    let own = "mod dot; mod field; pub use dot::Dot; pub use field::Field;";
    let dot = "//! [`super::Field`]\n#[cfg(test)] mod tests { use super::super::Field; }";
    pair(own, dot, "use super::Dot;", false);
    pair(own, "const A: &str = \"super::Field\";", "use super::Dot;", false);
}

#[test]
fn a_circle_is_told_with_who_uses_whom() {
    let files = [
        File::new("src/app/a.rs", "use super::b::B;"),
        File::new("src/app/b.rs", "use super::a::A;"),
        File::new("src/app/c.rs", "use super::a::A;"),
    ];
    assert_eq!(Names::new(&files).faults(), ["src/app/a.rs uses src/app/b.rs", "src/app/b.rs uses src/app/a.rs"]);
}
