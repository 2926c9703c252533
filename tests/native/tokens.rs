//! Rust source as a row of tokens: as much as is needed to find paths and names, without comments and test code.
#![cfg(test)]

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or keyword.
    Name,
    /// A text, character or byte literal with its quotes.
    Quoted,
    /// One sign, or `::`.
    Sign,
}

/// One token and the line on which it begins, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// What it is.
    pub(crate) kind: Kind,
    /// As it stands in the source.
    pub(crate) text: &'a str,
    /// Where.
    pub(crate) line: usize,
}

impl Token<'_> {
    /// Whether it is this name or sign; never true of what stands in quotes.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Quoted && self.text == text
    }
}

/// The tokens of a source, without its comments. Numbers count as names.
pub(crate) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = next(rest, first);
        let (text, after) = rest.split_at(length);
        if let Some(kind) = kind {
            found.push(Token { kind, text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    found
}

/// Kind and length of what stands first; no kind for blanks, comments and lifetimes.
fn next(rest: &str, first: char) -> (Option<Kind>, usize) {
    if rest.starts_with("//") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, comment_length(rest));
    }
    if let Some(length) = quoted_length(rest) {
        return (Some(Kind::Quoted), length);
    }
    if first == '\'' {
        return (None, 1 + name_length(&rest[1..]));
    }
    match name_length(rest) {
        0 if first.is_whitespace() => (None, first.len_utf8()),
        0 if rest.starts_with("::") => (Some(Kind::Sign), 2),
        0 => (Some(Kind::Sign), first.len_utf8()),
        length => (Some(Kind::Name), length),
    }
}

fn name_length(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
}

/// Comments of this kind hold others.
fn comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let step = &rest.as_bytes()[at..];
        depth += usize::from(step.starts_with(b"/*"));
        if step.starts_with(b"*/") {
            depth -= 1;
        }
        at += if step.starts_with(b"/*") || step.starts_with(b"*/") { 2 } else { 1 };
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of a literal in quotes, if one stands here.
fn quoted_length(rest: &str) -> Option<usize> {
    let prefix = rest.find(|c| !matches!(c, 'b' | 'c' | 'r')).filter(|length| *length <= 2)?;
    let (marks, body) = rest.split_at(prefix);
    if marks.contains('r') {
        let hashes = body.find(|c| c != '#')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let inner = body[hashes..].strip_prefix('"')?;
        return Some(inner.find(&end).map_or(rest.len(), |at| prefix + hashes + 1 + at + end.len()));
    }
    let quote = body.chars().next().filter(|c| *c == '"' || (*c == '\'' && is_character(body)))?;
    let mut escaped = false;
    let end = body.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == quote && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    Some(end.map_or(rest.len(), |(at, _)| prefix + at + 1))
}

/// Whether a quote begins a character and not a lifetime.
fn is_character(body: &str) -> bool {
    let mut chars = body.chars().skip(1);
    chars.next() == Some('\\') || chars.next() == Some('\'')
}

/// The tokens without the items that stand under `#[cfg(test)]`.
pub(crate) fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if spells(&tokens[at..], &["#", "[", "cfg", "(", "test", ")", "]"]) {
            at = item_end(tokens, at + 7);
        } else {
            kept.push(token.clone());
            at += 1;
        }
    }
    kept
}

/// Whether these tokens stand first.
pub(crate) fn spells(tokens: &[Token<'_>], wanted: &[&str]) -> bool {
    tokens.len() >= wanted.len() && tokens.iter().zip(wanted).all(|(token, text)| token.is(text))
}

/// Where an item ends: after its outermost braces, or after a semicolon outside of all brackets.
fn item_end(tokens: &[Token<'_>], from: usize) -> usize {
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate().skip(from) {
        if ["{", "(", "["].iter().any(|sign| token.is(sign)) {
            open.push(token.text);
        } else if ["}", ")", "]"].iter().any(|sign| token.is(sign)) {
            let closed = open.pop();
            if open.is_empty() && closed == Some("{") {
                // A group of imports and a value in braces are followed by one.
                return at + 1 + usize::from(tokens.get(at + 1).is_some_and(|next| next.is(";")));
            }
        } else if token.is(";") && open.is_empty() {
            return at + 1;
        }
    }
    tokens.len()
}

fn texts(source: &str) -> Vec<&str> {
    tokens(source).iter().map(|token| token.text).collect()
}

#[test]
fn comments_and_blanks_are_no_tokens() {
    assert_eq!(texts("a // b\n/* c /* d */ e */ f::g"), ["a", "f", "::", "g"]);
    assert_eq!(tokens("a\n\n  b")[1].line, 3);
}

#[test]
fn what_stands_in_quotes_is_one_token() {
    assert_eq!(texts(r##"x = "a \" // b"; y"##), ["x", "=", r#""a \" // b""#, ";", "y"]);
    assert_eq!(texts(r###"r#"a " b"# br"c" c"d" b'e'"###), [r##"r#"a " b"#"##, r#"br"c""#, r#"c"d""#, "b'e'"]);
    assert_eq!(texts(r#"'"' '\'' '\\' crate"#), ["'\"'", r"'\''", r"'\\'", "crate"]);
    assert!(!tokens(r#""crate""#)[0].is("\"crate\""));
}

#[test]
fn lifetimes_are_no_characters() {
    assert_eq!(texts("fn a<'b>(c: &'b str) { 'd' }"), "fn a < > ( c : & str ) { 'd' }".split(' ').collect::<Vec<_>>());
}

#[test]
fn test_code_is_left_out() {
    let kept = |source| without_tests(&tokens(source)).iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
    assert_eq!(kept("a; #[cfg(test)] mod tests { use b::{c}; fn d() {} } e"), "a ; e");
    assert_eq!(kept("#[cfg(test)] use a::{b, c}; d"), "d");
    assert_eq!(kept("#[cfg(test)] pub(super) fn f(x: [u8; 2]) -> T { y } z"), "z");
    assert_eq!(kept("#[cfg(test)] #[allow(x)] static A: [u8; 1] = [1]; z"), "z");
    assert_eq!(kept("#[cfg(not(test))] mod a;"), "# [ cfg ( not ( test ) ) ] mod a ;");
}
