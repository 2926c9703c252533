//! Every visible word. A language is a [`Texts`] and a [`Help`] with no field missing (a missing one does not compile) and
//! a row of [`LANGUAGES`].

mod en;
mod help;
mod numbers;
mod sentences;

pub use en::{EN, Texts};
pub use help::{Help, HelpRow};
pub use numbers::{fixed, plain};
pub use sentences::{
    advice_text, age_of, approx, calibration_refusal, clipped_refusal_text, command_error, config_error_text,
    design_file_error_text, draft_error_text, earlier_name, face_error_text, field_error_text, fill, guide_name,
    landmark_name, loss_scale_name, open_error_text, outcome_text, photo_file_error_text, photo_issue_name,
    photo_issue_text, range, reply_by_name, shade_name, shape_name, side_help, side_name, stage_name, time_words,
    tool_name, variant_name, version_text, zone_name,
};

/// A language of the program.
#[derive(Debug, Clone, Copy)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Direction of writing, as HTML names it.
    pub direction: &'static str,
    /// Its texts.
    pub texts: &'static Texts,
    /// What is good to know at each step.
    pub help: &'static Help,
}

/// Every language, the default first.
pub const LANGUAGES: &[Language] = &[Language { tag: "en", direction: "ltr", texts: &EN, help: &help::ENGLISH }];

/// The language that fits a list of wishes best (`de-AT,de;q=0.9`), else the default.
#[must_use]
pub fn language(wishes: &str) -> &'static Language {
    let wanted =
        wishes.split(',').filter_map(|wish| wish.split([';', '-']).next()).map(|tag| tag.trim().to_ascii_lowercase());
    wanted.filter_map(|tag| LANGUAGES.iter().find(|language| language.tag == tag)).next().unwrap_or(&LANGUAGES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_language_falls_back_to_the_default() {
        for wishes in ["", "xx", "en-GB,de", "de;q=0.9, en;q=0.1", "<script>"] {
            assert_eq!(language(wishes).tag, "en", "{wishes}");
        }
    }
}
