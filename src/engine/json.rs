//! JSON: as a tree, values read out of it, and values written.
//!
//! Reading straight into each type would make a reader of its own for each of them, which weighs more than all that they
//! decide. Text is parsed once, into [`Json`]; a type then says what its keys are, and takes them. The usual library is not
//! used: its tables for printing any number as shortly as can be, and a writer for each type, were a twelfth of the first
//! load. The numbers of a design are short, and that is made use of.

use std::rc::Rc;

/// A value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number without sign, point and exponent.
    Whole(u64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Keys and values, as they stand in the file.
    Object(Vec<(String, Json)>),
}

/// What is not of the shape that was wanted: the key, or the word for the kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit(pub &'static str);

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// The value that the JSON says.
    ///
    /// # Errors
    /// When it is not of the shape.
    fn from_json(json: &Json) -> Result<Self, Misfit>;

    /// What stands for a key that is missing, where it may be.
    fn missing() -> Option<Self> {
        None
    }
}

impl Json {
    /// The tree of a text.
    ///
    /// # Errors
    /// When the text is no JSON; says where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let value = parser.value().filter(|_| parser.at == text.len());
        value.ok_or_else(|| format!("no JSON at byte {}", parser.at))
    }

    /// The keys and values of an object.
    ///
    /// # Errors
    /// When it is none.
    pub fn object(&self) -> Result<&[(String, Self)], Misfit> {
        match self {
            Self::Object(pairs) => Ok(pairs),
            _ => Err(Misfit("object")),
        }
    }

    /// The object, if it has no key but these.
    ///
    /// # Errors
    /// When it has, or is none.
    pub fn of_keys(&self, keys: &[&str]) -> Result<&Self, Misfit> {
        let known = self.object()?.iter().all(|(key, _)| keys.contains(&key.as_str()));
        if known { Ok(self) } else { Err(Misfit("unknown key")) }
    }

    /// The value of a key; `None` where there is none.
    ///
    /// # Errors
    /// When the key stands twice, or this is no object.
    pub fn value(&self, wanted: &'static str) -> Result<Option<&Self>, Misfit> {
        let mut values = self.object()?.iter().filter(|(key, _)| key == wanted);
        let value = values.next().map(|(_, value)| value);
        if values.next().is_none() { Ok(value) } else { Err(Misfit(wanted)) }
    }

    /// What the value of a key says.
    ///
    /// # Errors
    /// When it is not of the shape, or is missing and must not be.
    pub fn get<T: FromJson>(&self, key: &'static str) -> Result<T, Misfit> {
        match self.value(key)? {
            Some(value) => T::from_json(value),
            None => T::missing().ok_or(Misfit(key)),
        }
    }

    /// What the value of a key says; the default where it is missing.
    ///
    /// # Errors
    /// When it is not of the shape.
    pub fn get_or_default<T: FromJson + Default>(&self, key: &'static str) -> Result<T, Misfit> {
        self.value(key)?.map_or_else(|| Ok(T::default()), T::from_json)
    }

    /// What a word stands for.
    ///
    /// # Errors
    /// When it is none of these, or no text.
    pub fn one_of<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, Misfit> {
        let found = words.iter().find(|(word, _)| matches!(self, Self::Text(text) if text == word));
        found.map(|(_, meaning)| *meaning).ok_or(Misfit("word"))
    }

    /// The only key of an object, which says of what kind its value is, and the value.
    ///
    /// # Errors
    /// When it has none or more, or is no object.
    pub fn tagged(&self) -> Result<(&str, &Self), Misfit> {
        match self.object()? {
            [(tag, value)] => Ok((tag, value)),
            _ => Err(Misfit("one key")),
        }
    }
}

/// How a structure is read whose keys are its fields' names: all of them must be there but for those that have a default,
/// and no others.
macro_rules! from_json {
    ($name:ident { $($field:ident),* $(,)? } $(or default { $($spare:ident),* $(,)? })?) => {
        impl $crate::engine::json::FromJson for $name {
            fn from_json(json: &$crate::engine::json::Json) -> Result<Self, $crate::engine::json::Misfit> {
                let json = json.of_keys(&[$(stringify!($field),)* $($(stringify!($spare),)*)?])?;
                Ok(Self {
                    $($field: json.get(stringify!($field))?,)*
                    $($($spare: json.get_or_default(stringify!($spare))?,)*)?
                })
            }
        }
    };
}
pub(crate) use from_json;

/// How an enum of plain names is read and written: each by its word.
macro_rules! word_from_json {
    ($name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        impl $crate::engine::json::FromJson for $name {
            fn from_json(json: &$crate::engine::json::Json) -> Result<Self, $crate::engine::json::Misfit> {
                json.one_of(&[$(($word, Self::$variant)),*])
            }
        }
        $crate::engine::json::word_to_json!($name { $($word => $variant),* });
    };
}
pub(crate) use word_from_json;

impl FromJson for f64 {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        match json {
            Json::Whole(value) => Ok(*value as Self),
            Json::Number(value) => Ok(*value),
            _ => Err(Misfit("number")),
        }
    }
}

impl FromJson for u64 {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        if let Json::Whole(value) = json { Ok(*value) } else { Err(Misfit("whole number")) }
    }
}

impl FromJson for u32 {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        Self::try_from(u64::from_json(json)?).map_err(|_| Misfit("whole number"))
    }
}

impl FromJson for u8 {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        Self::try_from(u64::from_json(json)?).map_err(|_| Misfit("whole number"))
    }
}

impl FromJson for bool {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        if let Json::Truth(value) = json { Ok(*value) } else { Err(Misfit("true or false")) }
    }
}

impl FromJson for String {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        if let Json::Text(text) = json { Ok(text.clone()) } else { Err(Misfit("text")) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        if let Json::List(list) = json { list.iter().map(T::from_json).collect() } else { Err(Misfit("list")) }
    }
}

impl<T: FromJson> FromJson for Rc<T> {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        T::from_json(json).map(Self::new)
    }
}

/// `null` and a missing key are nothing.
impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        if *json == Json::Null { Ok(None) } else { T::from_json(json).map(Some) }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

/// What can be written as JSON.
pub trait ToJson {
    /// Writes it at the end of a text.
    fn to_json(&self, out: &mut String);
}

/// A value as JSON.
#[must_use]
pub fn json_of(value: &dyn ToJson) -> String {
    let mut out = String::new();
    value.to_json(&mut out);
    out
}

/// Writes an object of these keys, which need no escapes, and values.
pub fn write_object(out: &mut String, pairs: &[(&str, &dyn ToJson)]) {
    out.push('{');
    for (place, (key, value)) in pairs.iter().enumerate() {
        out.extend([if place == 0 { "\"" } else { ",\"" }, key, "\":"]);
        value.to_json(out);
    }
    out.push('}');
}

/// How a structure is written whose keys are its fields' names.
macro_rules! to_json {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::engine::json::ToJson for $name {
            fn to_json(&self, out: &mut String) {
                $crate::engine::json::write_object(out, &[$((stringify!($field), &self.$field)),*]);
            }
        }
    };
}
pub(crate) use to_json;

/// How an enum of plain names is written: each by its word.
macro_rules! word_to_json {
    ($name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        impl $crate::engine::json::ToJson for $name {
            fn to_json(&self, out: &mut String) {
                $crate::engine::json::ToJson::to_json(match self { $(Self::$variant => $word),* }, out);
            }
        }
    };
}
pub(crate) use word_to_json;

impl ToJson for str {
    fn to_json(&self, out: &mut String) {
        out.push('"');
        for letter in self.chars() {
            match letter {
                '"' | '\\' => out.extend(['\\', letter]),
                '\n' => out.push_str("\\n"),
                '\0'..='\u{1f}' => {
                    let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                    out.push_str("\\u00");
                    out.extend([digit(letter as u32 / 16), digit(letter as u32 % 16)]);
                }
                _ => out.push(letter),
            }
        }
        out.push('"');
    }
}

impl ToJson for String {
    fn to_json(&self, out: &mut String) {
        self.as_str().to_json(out);
    }
}

impl ToJson for bool {
    fn to_json(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }
}

impl ToJson for u64 {
    fn to_json(&self, out: &mut String) {
        out.push_str(&self.to_string());
    }
}

impl ToJson for u32 {
    fn to_json(&self, out: &mut String) {
        u64::from(*self).to_json(out);
    }
}

impl ToJson for u8 {
    fn to_json(&self, out: &mut String) {
        u64::from(*self).to_json(out);
    }
}

/// The most decimals that are written.
const MOST_DECIMALS: u32 = 9;
/// Whole numbers below this are kept to the last bit.
const EXACT: f64 = 9.0e15;

/// With as few decimals as bring the same number back, at most nine; `null` for what is no number.
impl ToJson for f64 {
    fn to_json(&self, out: &mut String) {
        if !self.is_finite() {
            return out.push_str("null");
        }
        if self.is_sign_negative() {
            out.push('-');
        }
        let size = self.abs();
        let (mut scale, mut decimals) = (1_u64, 0);
        let scaled = |scale: u64| (size * scale as Self).round();
        while decimals < MOST_DECIMALS && scaled(scale * 10) < EXACT && scaled(scale) / scale as Self != size {
            scale *= 10;
            decimals += 1;
        }
        let all = scaled(scale) as u64;
        out.extend([&(all / scale).to_string(), "."]);
        let mut below = all % scale;
        while below > 0 && below.is_multiple_of(10) {
            below /= 10;
            decimals -= 1;
        }
        let below = below.to_string();
        let zeros = if below == "0" { 0 } else { (decimals as usize).saturating_sub(below.len()) };
        (0..zeros).for_each(|_| out.push('0'));
        out.push_str(&below);
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self, out: &mut String) {
        (**self).to_json(out);
    }
}

impl<T: ToJson> ToJson for Rc<T> {
    fn to_json(&self, out: &mut String) {
        self.as_ref().to_json(out);
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self, out: &mut String) {
        match self {
            Some(value) => value.to_json(out),
            None => out.push_str("null"),
        }
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self, out: &mut String) {
        out.push('[');
        for (place, value) in self.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            value.to_json(out);
        }
        out.push(']');
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self, out: &mut String) {
        self.as_slice().to_json(out);
    }
}

/// Two numbers, as a list.
impl ToJson for (f64, f64) {
    fn to_json(&self, out: &mut String) {
        [self.0, self.1].as_slice().to_json(out);
    }
}

/// No file of ours is deeper; a deeper one would only exhaust the stack.
const DEEPEST: usize = 128;
/// Powers of ten up to this are exact, and so are quotients and products with whole numbers below [`EXACT`].
const EXACT_POWER: i32 = 22;

/// Reads a text from front to back (RFC 8259).
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> bool {
        let is_there = self.peek() == Some(wanted);
        self.at += usize::from(is_there);
        is_there
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// A value and the blanks around it.
    fn value(&mut self) -> Option<Json> {
        self.blank();
        let value = match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::list),
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        };
        self.blank();
        value
    }

    fn word(&mut self) -> Option<Json> {
        let words = [("null", Json::Null), ("true", Json::Truth(true)), ("false", Json::Truth(false))];
        let rest = self.text.get(self.at..)?;
        let (word, value) = words.into_iter().find(|(word, _)| rest.starts_with(word))?;
        self.at += word.len();
        Some(value)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Option<Json>) -> Option<Json> {
        self.at += 1;
        self.depth += 1;
        let value = if self.depth > DEEPEST { None } else { read(self) };
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Option<Json> {
        let mut list = Vec::new();
        self.blank();
        if self.take(b']') {
            return Some(Json::List(list));
        }
        loop {
            list.push(self.value()?);
            if !self.take(b',') {
                return self.take(b']').then_some(Json::List(list));
            }
        }
    }

    fn object(&mut self) -> Option<Json> {
        let mut pairs = Vec::new();
        self.blank();
        if self.take(b'}') {
            return Some(Json::Object(pairs));
        }
        loop {
            self.blank();
            let key = self.string()?;
            self.blank();
            self.take(b':').then_some(())?;
            pairs.push((key, self.value()?));
            if !self.take(b',') {
                return self.take(b'}').then_some(Json::Object(pairs));
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        self.take(b'"').then_some(())?;
        let mut string = String::new();
        loop {
            let letter = self.text.get(self.at..)?.chars().next()?;
            self.at += letter.len_utf8();
            match letter {
                '"' => return Some(string),
                '\\' => string.push(self.escaped()?),
                '\0'..='\u{1f}' => return None,
                _ => string.push(letter),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                // Beyond the first plane a letter is written as two units (RFC 2781).
                let low = (0xd800..0xdc00).contains(&unit) && self.take(b'\\') && self.take(b'u');
                let low = if low { Some(self.unit()?) } else { None };
                match low {
                    Some(low @ 0xdc00..0xe000) => char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))?,
                    Some(_) => return None,
                    None => char::from_u32(unit)?,
                }
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.chars().try_fold(0, |unit, digit| Some(unit * 16 + digit.to_digit(16)?))
    }

    /// How many digits follow; their value is added to what was read before, as long as it can be kept to the last bit.
    fn digits(&mut self, value: &mut u64, dropped: &mut i32) -> usize {
        let from = self.at;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            let more = value.checked_mul(10).and_then(|value| value.checked_add(u64::from(digit - b'0')));
            match more {
                Some(more) if *dropped == 0 => *value = more,
                _ => *dropped += 1,
            }
        }
        self.at - from
    }

    fn number(&mut self) -> Option<Json> {
        let is_negative = self.take(b'-');
        let (mut value, mut dropped, start) = (0, 0, self.at);
        let count = self.digits(&mut value, &mut dropped);
        if count == 0 || (count > 1 && self.text.as_bytes().get(start) == Some(&b'0')) {
            return None;
        }
        let mut exponent = dropped;
        let mut is_whole = dropped == 0 && !is_negative;
        if self.take(b'.') {
            let before = dropped;
            let count = self.digits(&mut value, &mut dropped);
            (count > 0).then_some(())?;
            exponent -= i32::try_from(count).ok()? - (dropped - before);
            is_whole = false;
        }
        if self.take(b'e') || self.take(b'E') {
            let is_below = self.take(b'-');
            let _is_signed = is_below || self.take(b'+');
            let mut power = 0;
            (self.digits(&mut power, &mut 0) > 0).then_some(())?;
            let power = i32::try_from(power.min(9_999)).ok()?;
            exponent += if is_below { -power } else { power };
            is_whole = false;
        }
        if is_whole {
            return Some(Json::Whole(value));
        }
        let number = scaled(value as f64, exponent);
        number.is_finite().then_some(Json::Number(if is_negative { -number } else { number }))
    }
}

/// A number times a power of ten: to the last bit for what a person or this program writes, else nearly.
fn scaled(mut value: f64, mut exponent: i32) -> f64 {
    let power = |exponent: i32| (0..exponent).fold(1.0, |power, _| power * 10.0);
    while exponent > 0 && value != 0.0 && value.is_finite() {
        let step = exponent.min(EXACT_POWER);
        value *= power(step);
        exponent -= step;
    }
    while exponent < 0 && value != 0.0 {
        let step = (-exponent).min(EXACT_POWER);
        value /= power(step);
        exponent += step;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Cup {
        size: f64,
        name: Option<String>,
        count: u8,
    }

    from_json!(Cup { size, name } or default { count });

    fn cup(text: &str) -> Result<Cup, Misfit> {
        Cup::from_json(&Json::parse(text).unwrap())
    }

    #[test]
    fn a_structure_has_all_its_keys_and_no_others() {
        let full = Cup { size: 2.0, name: Some("a\u{e9}\n".to_owned()), count: 3 };
        assert_eq!(cup(r#"{"size": 2, "name": "a\u00e9\n", "count": 3}"#), Ok(full));
        assert_eq!(cup(r#"{"size": -1.5e0}"#), Ok(Cup { size: -1.5, name: None, count: 0 }));
        assert_eq!(cup(r#"{"size": -2, "name": null}"#), Ok(Cup { size: -2.0, name: None, count: 0 }));
        for (text, misfit) in [
            ("[2]", "object"),
            ("{}", "size"),
            (r#"{"size": null}"#, "number"),
            (r#"{"size": "2"}"#, "number"),
            (r#"{"size": 2, "size": 2}"#, "size"),
            (r#"{"size": 2, "colour": 2}"#, "unknown key"),
            (r#"{"size": 2, "name": 2}"#, "text"),
            (r#"{"size": 2, "count": null}"#, "whole number"),
            (r#"{"size": 2, "count": 256}"#, "whole number"),
            (r#"{"size": 2, "count": 2.0}"#, "whole number"),
            (r#"{"size": 2, "count": -2}"#, "whole number"),
        ] {
            assert_eq!(cup(text), Err(Misfit(misfit)), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1,]", "{\"a\" 1}", "nul", "1e999", "\"\\ud800\"", "[1] 2", "{1: 2}"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        assert!(Json::parse(&"[".repeat(100_000)).is_err());
    }

    /// Held against the library that other programs read and write with.
    #[test]
    fn numbers_and_texts_are_read_and_written_as_others_do() {
        let mut state = 7_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        for round in 0..20_000 {
            let value = ((random() - 0.5) * 40_000.0 * 10_000.0).round() / 10_000.0;
            let written = json_of(&value);
            assert_eq!(written.parse::<f64>().map(f64::to_bits), Ok(value.to_bits()), "{round}: {written}");
            assert_eq!(Json::parse(&written), Ok(Json::Number(value)), "{written}");
            let long = serde_json::to_string(&(random() * 1000.0)).unwrap();
            let Ok(Json::Number(read)) = Json::parse(&long) else { panic!("{long}") };
            assert!((read / long.parse::<f64>().unwrap() - 1.0).abs() < 1e-15, "{long}");
        }
        for text in ["0", "-0", "0.0", "1e2", "1E-2", "12.5e+1", "123456789012345678901", "5e-324", "1e-999", "1.25e22"]
        {
            let (own, other) = (Json::parse(text), serde_json::from_str::<f64>(text).unwrap());
            let own = match own {
                Ok(Json::Whole(value)) => value as f64,
                Ok(Json::Number(value)) => value,
                _ => panic!("{text}: {own:?}"),
            };
            assert!((own - other).abs() <= other.abs() * 1e-15, "{text}: {own} {other}");
        }
        for text in ["a\u{e9}\u{1F9D1}\"\\/\u{8}\u{c}\n\r\t\u{1}\u{1f}", "", "</script>"] {
            assert_eq!(serde_json::from_str::<String>(&json_of(&text)).unwrap(), text);
            assert_eq!(Json::parse(&serde_json::to_string(text).unwrap()), Ok(Json::Text(text.to_owned())));
        }
        assert_eq!(Json::parse(r#""\ud83e\uddd1\/""#), Ok(Json::Text("\u{1F9D1}/".to_owned())));
        for bad in [
            "01",
            "1.",
            ".5",
            "+1",
            "-",
            "1e",
            "\"\u{1}\"",
            r#""\ud83e""#,
            r#""\ud83e\u0041""#,
            r#""\x""#,
            "\"\\u12",
            "tru",
            "[1 2]",
            "{\"a\":}",
        ] {
            assert!(Json::parse(bad).is_err() && serde_json::from_str::<serde_json::Value>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_number_is_nothing() {
        assert_eq!(
            [f64::NAN, f64::INFINITY, 2.0, -0.5, 1e15, 0.1 + 0.2].map(|value| json_of(&value)),
            ["null", "null", "2.0", "-0.5", "1000000000000000.0", "0.3"]
        );
    }
}
