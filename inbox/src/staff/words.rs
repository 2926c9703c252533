//! The keys of a request in English words, for a request that does not bring the lines that its visitor saw.

use std::borrow::Cow;

/// A table of words: what a request holds, and what is shown.
type Words = [(&'static str, &'static str)];

/// How the visitor wants to be answered.
pub(super) const REPLIES: &Words = &[("any", "Either"), ("email", "By e-mail"), ("phone", "By telephone")];

/// Classes of hair loss.
pub(super) const LOSSES: &Words = &[
    ("norwood-2", "Norwood 2"),
    ("norwood-3", "Norwood 3"),
    ("norwood-3-vertex", "Norwood 3 vertex"),
    ("norwood-4", "Norwood 4"),
    ("norwood-5", "Norwood 5"),
    ("norwood-6", "Norwood 6"),
    ("norwood-7", "Norwood 7"),
    ("ludwig-1", "Ludwig 1"),
    ("ludwig-2", "Ludwig 2"),
    ("ludwig-3", "Ludwig 3"),
    ("savin-1-1", "Savin I-1"),
    ("savin-1-2", "Savin I-2"),
    ("savin-1-3", "Savin I-3"),
    ("savin-1-4", "Savin I-4"),
    ("savin-2-1", "Savin II-1"),
    ("savin-2-2", "Savin II-2"),
    ("savin-3", "Savin III"),
    ("savin-advanced", "Savin Advanced"),
    ("savin-frontal", "Savin Frontal"),
];

/// Earlier treatments.
pub(super) const TREATMENTS: &Words = &[("smp", "Scalp micropigmentation"), ("transplant", "Hair transplant")];

/// What the visitor was shown under *Worth a look*.
pub(super) const ADVICE: &Words = &[
    ("low-line", "The middle of the line is low"),
    ("no-recession", "The line does not step back at the temples"),
    ("slopes-down", "Seen from the side the line slopes down backwards"),
    ("narrow-corner", "A corner of the line stands far inside the corner of the eye"),
    ("uneven", "Left and right of the line differ in height"),
    ("dense", "More dots than hair grows from"),
    ("sharp-edge", "The front edge is nearly sharp"),
    ("darker-than-sides", "The shade is darker than the own shaved hair"),
];

/// Parts of the head.
pub(super) const ZONES: &Words = &[
    ("hairline", "Hairline"),
    ("front", "Front"),
    ("mid", "Middle"),
    ("crown", "Crown"),
    ("temples", "Temples"),
    ("sides", "Sides"),
    ("back", "Back"),
    ("part-line", "Parting"),
    ("scar", "Scar"),
    ("patch", "Patch"),
];

/// The languages of the program, by their tags.
pub(super) const LANGUAGES: &Words = &[("en", "English")];

/// The words of a key; a key that is not known stands for itself.
pub(super) fn words<'a>(table: &Words, key: &'a str) -> Cow<'a, str> {
    let known = table.iter().find(|(known, _)| *known == key);
    known.map_or(Cow::Borrowed(key), |(_, words)| Cow::Borrowed(*words))
}

/// The words of several keys, with commas between them.
pub(super) fn list(table: &Words, keys: &[String]) -> String {
    keys.iter().map(|key| words(table, key)).collect::<Vec<_>>().join(", ")
}

/// A tone of skin on the Monk scale.
pub(super) fn skin_tone(tone: &str) -> String {
    if tone.is_empty() { String::new() } else { format!("Monk {tone}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = include_str!("../../../docs/clinics.md");
    const PROGRAM: &str = include_str!("../../../src/engine/i18n/mod.rs");

    /// The part of the guide from one text to another, which both have to be there.
    fn part<'a>(from: &str, to: &str) -> &'a str {
        let (_, rest) = GUIDE.split_once(from).unwrap_or_else(|| panic!("the guide has no {from}"));
        rest.split_once(to).unwrap_or_else(|| panic!("the guide has no {to} after {from}")).0
    }

    /// The keys between backticks.
    fn keys(text: &str) -> Vec<&str> {
        text.split('`').skip(1).step_by(2).collect()
    }

    #[test]
    fn every_key_that_the_guide_names_has_words() {
        for (table, named) in [
            (REPLIES, part("`reply_by` (", ")")),
            (TREATMENTS, part("`earlier` (list of ", ")")),
            (ADVICE, part("list of `advice` (", ")")),
            (ZONES, part("list of `zone` (", ")")),
        ] {
            assert!(!keys(named).is_empty());
            for key in keys(named) {
                assert_ne!(words(table, key), key, "{key}");
            }
        }
        for key in keys(part("`loss` (list of ", ")")).into_iter().filter(|key| !key.starts_with('-')) {
            assert!(LOSSES.iter().any(|(known, _)| *known == key), "{key}");
        }
    }

    #[test]
    fn every_language_of_the_program_has_a_name() {
        let tags: Vec<&str> =
            PROGRAM.split("tag: \"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
        assert!(tags.contains(&"en"), "{tags:?}");
        for tag in tags {
            assert!(LANGUAGES.iter().any(|(known, _)| *known == tag), "{tag}");
        }
    }

    #[test]
    fn what_is_not_known_stands_for_itself() {
        assert_eq!(list(LOSSES, &["norwood-3-vertex".to_owned(), "new-1".to_owned()]), "Norwood 3 vertex, new-1");
        assert_eq!((skin_tone("4"), skin_tone("")), ("Monk 4".to_owned(), String::new()));
    }
}
