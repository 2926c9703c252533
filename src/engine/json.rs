//! JSON as a tree, and values read out of it.
//!
//! Reading straight into each type would make a reader of its own for each of them, which weighs more than all that they
//! decide. Text is parsed once, into [`Json`]; a type then says what its keys are, and takes them.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt::{self, Formatter};
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
    /// When the text is no JSON; says where, in the parser's words.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
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

/// How an enum of plain names is read: each by its word.
macro_rules! word_from_json {
    ($name:ident { $($word:literal => $variant:ident),* $(,)? }) => {
        impl $crate::engine::json::FromJson for $name {
            fn from_json(json: &$crate::engine::json::Json) -> Result<Self, $crate::engine::json::Misfit> {
                json.one_of(&[$(($word, Self::$variant)),*])
            }
        }
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

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Truth(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = access.next_element()? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = access.next_key::<Json>()? {
            // A key is always a text.
            let Json::Text(key) = key else { continue };
            pairs.push((key, access.next_value()?));
        }
        Ok(Json::Object(pairs))
    }
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
}
