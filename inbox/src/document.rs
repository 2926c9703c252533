//! What a request says, read with lenience: unknown keys are passed over, every key may be missing or of another kind.
//!
//! Nothing here is trusted: the texts are a visitor's, or somebody's who pretends to be one.

use serde_json::Value;

/// The JSON of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document(Value);

/// The longest texts of a visitor, in characters, by their key in `fields`, as `docs/request.schema.json` has them.
pub(crate) const MAX_CHARS: [(&str, usize); 6] =
    [("name", 254), ("email", 254), ("phone", 254), ("message", 4000), ("reply_when", 254), ("scars", 4000)];

/// How many pairs of a list are read.
const MAX_PAIRS: usize = 200;

impl Document {
    /// Reads the bytes of a request's part; `None` where they are not a JSON object.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let text = whole_characters(str::from_utf8(bytes).ok()?);
        serde_json::from_str(&text).ok().filter(Value::is_object).map(Self)
    }

    /// A text at a path of keys, empty where there is none. Numbers are read as texts too.
    pub(crate) fn text(&self, path: &[&str]) -> String {
        self.at(path).map(plain).unwrap_or_default()
    }

    /// The texts of a list at a path of keys.
    pub(crate) fn texts(&self, path: &[&str]) -> Vec<String> {
        let list = self.at(path).and_then(Value::as_array);
        list.into_iter().flatten().map(plain).filter(|text| !text.is_empty()).collect()
    }

    /// The members of a list of objects at a path of keys.
    pub(crate) fn list(&self, path: &[&str]) -> Vec<Self> {
        let list = self.at(path).and_then(Value::as_array);
        list.into_iter().flatten().filter(|value| value.is_object()).cloned().map(Self).collect()
    }

    /// The pairs of a name and a text in a list at a path of keys, no more than a person reads.
    pub(crate) fn pairs(&self, path: &[&str]) -> Vec<(String, String)> {
        let list = self.at(path).and_then(Value::as_array);
        let pair = |value: &Value| match value.as_array().map(Vec::as_slice) {
            Some([name, text]) => Some((plain(name), plain(text))),
            _ => None,
        };
        list.into_iter().flatten().filter_map(pair).take(MAX_PAIRS).collect()
    }

    /// A number at a path of keys.
    pub(crate) fn number(&self, path: &[&str]) -> Option<f64> {
        self.at(path).and_then(Value::as_f64)
    }

    /// Whether the value at a path of keys is `true`.
    pub(crate) fn is_true(&self, path: &[&str]) -> bool {
        self.at(path).and_then(Value::as_bool) == Some(true)
    }

    fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.0, |value, key| value.get(key))
    }
}

/// A text without characters that are no text: a database takes no NUL, a page no control characters.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Replaces the escapes of half characters (`\ud800` without its other half), which JSON allows and Rust's texts do
/// not, as a browser writes them when a visitor's text has them.
fn whole_characters(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                whole.push('\u{fffd}');
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            // A backslash and what it escapes, which may be another backslash.
            (None, _) => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (escape, after) = escape.split_at(length);
        whole.push_str(escape);
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// The number of an escape `\uXXXX` at the start of a text.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_characters_are_replaced_and_whole_ones_stay() {
        for (json, text) in [
            (r#"{"a":"Zo\u00eb \ud800"}"#, "Zoë \u{fffd}"),
            (r#"{"a":"\ud83d\udcf7"}"#, "📷"),
            (r#"{"a":"\ud83d\ud83d\udcf7\udcf7"}"#, "\u{fffd}📷\u{fffd}"),
            (r#"{"a":"\\ud800"}"#, "\\ud800"),
            (r#"{"a":"\\\ud800\n"}"#, "\\\u{fffd}\n"),
            (r#"{"a":"a\u0000b\u001b[1m\r"}"#, "ab[1m"),
            (r#"{"a":12.5}"#, "12.5"),
            (r#"{"a":null}"#, ""),
            (r#"{"a":{"b":1}}"#, ""),
        ] {
            let document = Document::read(json.as_bytes()).unwrap_or_else(|| panic!("{json} is not read"));
            assert_eq!(document.text(&["a"]), text, "{json}");
        }
    }

    #[test]
    fn what_is_missing_or_of_another_kind_is_nothing() {
        let document =
            Document::read(br#"{"fields":{"loss":["norwood-3",7,null,{}]},"consents":[{"key":"adult"},3]}"#).unwrap();
        assert_eq!(document.texts(&["fields", "loss"]), ["norwood-3", "7"]);
        assert_eq!(document.text(&["fields", "name", "first"]), "");
        assert_eq!(document.list(&["consents"]).len(), 1);
        assert_eq!(document.list(&["fields"]).len(), 0);
        let lines =
            Document::read(br#"{"lines":[["Hair loss","Norwood 3\u0000"],["alone"],"x",[1,2],["a","b","c"],{}]}"#);
        let wanted = [("Hair loss", "Norwood 3"), ("1", "2")].map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(lines.unwrap().pairs(&["lines"]), wanted);
        for json in ["", "[]", "\"x\"", "{", "{\"a\":\"\\u12\"}"] {
            assert!(Document::read(json.as_bytes()).is_none(), "{json}");
        }
    }
}
