//! The accessibility rules of axe-core, run in the page.

use super::session::Session;
use crate::skip::skip;
use serde_json::{Value, json};
use std::fmt;
use std::fs;
use std::path::Path;

/// Where `tools/setup` puts axe-core, from the package's root.
const AXE: &str = ".tools/node_modules/axe-core/axe.min.js";

/// The rules that the project is held to: WCAG 2.2 A and AA, and axe's best practices.
const RULES: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Something that axe cannot decide and a person has looked at.
struct Accepted {
    /// The rule that axe leaves open.
    rule: &'static str,
    /// What the element's selector contains.
    element: &'static str,
    /// Why it is right as it is.
    #[expect(dead_code, reason = "for the reader: nothing is accepted without a reason")]
    reason: &'static str,
}

/// Everything that axe leaves open on the program's pages. What is not listed here fails.
const ACCEPTED: &[Accepted] = &[
    Accepted {
        rule: "color-contrast",
        element: ".step-number",
        reason: "a tick or a number that repeats what is said: the step's name beside it is measured",
    },
    Accepted { rule: "color-contrast", element: ".hold", reason: ON_VEIL },
    Accepted { rule: "color-contrast", element: ".text", reason: ON_VEIL },
    Accepted { rule: "color-contrast", element: ".side-name", reason: ON_VEIL },
    Accepted {
        rule: "color-contrast",
        element: ".keys > .key",
        reason: "a name of one letter is too short for axe; longer ones of the same kind are measured",
    },
    Accepted {
        rule: "color-contrast",
        element: "#field-email",
        reason: "an empty field has no text to measure; it has the ink and the ground of the page",
    },
    Accepted { rule: "color-contrast", element: "#dialog-", reason: IN_FRONT },
    Accepted { rule: "color-contrast", element: ".dialog-keys >", reason: IN_FRONT },
    Accepted { rule: "color-contrast", element: ".ways > .note", reason: BELOW },
    Accepted { rule: "color-contrast", element: ".card:nth-child", reason: BELOW },
    Accepted { rule: "color-contrast", element: "fieldset > .keys > .chosen.key", reason: BELOW },
    Accepted {
        rule: "label-content-name-mismatch",
        element: "Close",
        reason: "the visible text is a cross, which no name could contain",
    },
    Accepted { rule: "label-content-name-mismatch", element: "Choose the point before", reason: ARROW },
    Accepted { rule: "label-content-name-mismatch", element: "Choose the next point", reason: ARROW },
    Accepted { rule: "label-content-name-mismatch", element: ".left", reason: ARROW },
    Accepted { rule: "label-content-name-mismatch", element: ".up", reason: ARROW },
    Accepted { rule: "label-content-name-mismatch", element: ".down", reason: ARROW },
    Accepted { rule: "label-content-name-mismatch", element: ".right", reason: ARROW },
];
const ON_VEIL: &str = "white on a dark veil over the photo: 7.4 to 1 even where the photo is white";
const IN_FRONT: &str = "a dialog in front of the page, which axe takes for covered by it: it has the ink, ground and keys of the page, which are measured";
const BELOW: &str = "on a phone half below the bar of keys that stays in sight; measured on a wide page";
const ARROW: &str = "the visible text is an arrow, which no name could contain";

/// What axe found in a page or frame.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// What breaks a rule.
    pub(crate) violations: Vec<Finding>,
    /// What axe cannot decide: a person has to look.
    pub(crate) incomplete: Vec<Finding>,
}

/// One rule with the elements that it is about.
#[derive(Debug)]
pub(crate) struct Finding {
    /// The rule: `color-contrast`.
    pub(crate) rule: String,
    /// What it asks for, in words.
    pub(crate) help: String,
    /// Each element: its selector and why.
    pub(crate) elements: Vec<String>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.help)?;
        self.elements.iter().try_for_each(|element| write!(f, "\n    {element}"))
    }
}

impl Session {
    /// Runs axe in this page, or in the frame that was entered; frames inside are for the test to enter.
    ///
    /// `None`, with a line on the terminal, where axe-core is not installed.
    ///
    /// # Panics
    /// With `REQUIRE_EVERYTHING=true` where axe-core is not installed; when axe itself fails.
    #[track_caller]
    pub(crate) fn axe(&self) -> Option<Report> {
        const RUN: &str = include_str!("axe.js");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE);
        let Ok(source) = fs::read_to_string(&file) else {
            skip(format_args!("axe-core is not installed: there is no {AXE}"));
            return None;
        };
        if self.eval("return typeof axe === 'undefined'", &[]) == true {
            self.eval(&source, &[]);
        }
        let found = self.eval_async(RUN, &[json!(RULES)]);
        if let Some(error) = found.as_str() {
            self.fail(&format!("axe failed: {error}"));
        }
        Some(Report { violations: findings(&found[0]), incomplete: findings(&found[1]) })
    }

    /// Axe finds no violation here, and leaves nothing open that nobody has looked at. `state` names what the page
    /// shows, for the message.
    #[track_caller]
    pub(crate) fn assert_accessible(&self, state: &str) {
        let report = self.axe().unwrap_or_default();
        let violations = report.violations.iter().map(|finding| format!("violation: {finding}"));
        let open = report.incomplete.iter().filter_map(unaccepted).map(|finding| format!("to be looked at: {finding}"));
        let lines: Vec<_> = violations.chain(open).collect();
        assert!(lines.is_empty(), "{}: {state}: axe found\n  {}", self.engine(), lines.join("\n  "));
    }
}

/// What of a finding is not accepted.
fn unaccepted(finding: &Finding) -> Option<Finding> {
    let of_rule = || ACCEPTED.iter().filter(|accepted| accepted.rule == finding.rule);
    // An element's line is its selector, a colon, and why: "Fix any of the following ...".
    let selector = |element: &str| element.split(": Fix ").next().unwrap_or_default().to_owned();
    let is_accepted = |element: &String| of_rule().any(|accepted| selector(element).contains(accepted.element));
    let elements: Vec<_> = finding.elements.iter().filter(|element| !is_accepted(element)).cloned().collect();
    let rest = Finding { rule: finding.rule.clone(), help: finding.help.clone(), elements };
    (!rest.elements.is_empty()).then_some(rest)
}

fn findings(found: &Value) -> Vec<Finding> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let finding = |row: &Value| Finding {
        rule: text(&row[0]),
        help: text(&row[1]),
        elements: rows(&row[2]).iter().map(text).collect(),
    };
    rows(found).iter().map(finding).collect()
}
