//! The mail that tells a visitor that a request arrived, where the clinic wants one.
//!
//! Anybody can type anybody's address, so the mail holds nothing that a visitor wrote: words of the clinic, its name and
//! the request's number.

use crate::digest::sha256;
use lettre::Address;

/// What stands in the mail where the clinic does not say otherwise.
pub(crate) const SUBJECT: &str = "Your request {number} arrived";
pub(crate) const TEXT: &str = "Thank you for your request to {clinic}.\n\nIt arrived and has the number {number}. We read it \
     and answer you.\n\nIf you did not send one, somebody gave your address by mistake. You need not do anything.\n\nThis \
     mail was sent by a program.\n";

/// What stands for the clinic and for the request's number.
const CLINIC: &str = "{clinic}";
const NUMBER: &str = "{number}";

/// What a clinic without a name is called.
const NO_NAME: &str = "the clinic";

/// How many confirmations an address gets in a day at most: somebody may type another person's.
pub(crate) const MAX_A_DAY: i64 = 3;

/// The longest address in characters (RFC 5321, 4.5.3.1.3, without the brackets).
const MAX_ADDRESS_CHARS: usize = 254;

/// The address in what a visitor typed, if that is one address at a host with a name and nothing else.
pub(crate) fn address(typed: &str) -> Option<Address> {
    let address: Address = typed.parse().ok().filter(|_| typed.len() <= MAX_ADDRESS_CHARS)?;
    let is_plain = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | ',' | ';');
    let has_name = address.domain().contains('.') && !address.domain().starts_with('[');
    (has_name && typed.chars().all(is_plain)).then_some(address)
}

/// What tells whether two addresses lead to one person, without saying who that is: upper and lower case and what
/// follows a plus sign mostly make no difference.
pub(crate) fn mailbox(address: &Address) -> String {
    let user = address.user().split('+').next().unwrap_or_default();
    sha256(format!("{user}@{}", address.domain()).to_lowercase().as_bytes())
}

/// Fills in a text of the clinic's.
pub(crate) fn fill(text: &str, clinic: &str, number: &str) -> String {
    let clinic: String = clinic.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clinic = if clinic.trim().is_empty() { NO_NAME } else { clinic.trim() };
    // The number first: a clinic's name may be anything.
    text.replace(NUMBER, number).replace(CLINIC, clinic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_plain_address_is_written_to() {
        for typed in ["zoe@mail.example", "z.o+e@mail.example", "zoë@mail.example"] {
            assert_eq!(address(typed).map(|found| found.to_string()).as_deref(), Some(typed));
        }
        let long = format!("{}@mail.example", "x".repeat(250));
        for typed in [
            "",
            "zoe",
            "zoe@localhost",
            "zoe@[127.0.0.1]",
            "a@mail.example,b@mail.example",
            "a@mail.example b@mail.example",
            "Zoe <zoe@mail.example>",
            "zoe@mail.example\r\nBcc: b@mail.example",
            "zoe\r\nRCPT TO:<b@mail.example>@mail.example",
            "\"a b\"@mail.example",
            "zoe@mail.example>",
            &long,
        ] {
            assert_eq!(address(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn one_person_s_addresses_count_together() {
        let mailbox = |typed: &str| mailbox(&address(typed).unwrap());
        assert_eq!(mailbox("Zoe+1@Mail.example"), mailbox("zoe+2@mail.example"));
        assert_ne!(mailbox("zoe@mail.example"), mailbox("zoe@mail2.example"));
        assert!(!mailbox("zoe@mail.example").contains("zoe"));
    }

    #[test]
    fn a_text_is_filled_in_and_stays_one_line_where_it_was_one() {
        assert_eq!(
            fill("{number} at {clinic}", "Praxis\r\nBcc: x@y.example", "N-1"),
            "N-1 at Praxis  Bcc: x@y.example"
        );
        assert_eq!(fill("{clinic}", " ", "N-1"), "the clinic");
        assert!(!fill(TEXT, "Praxis", "N-1").contains('{') && fill(SUBJECT, "", "N-1").contains("N-1"));
    }
}
