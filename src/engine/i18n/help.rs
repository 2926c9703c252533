//! What is good to know at each step: short answers to what visitors wonder about. The answers belong to a language as
//! its other texts do; a step or a language without them does not compile.
//!
//! They tell what others published, each with its source, and say so where sources disagree. They promise nothing and
//! advise nobody: whether a treatment suits somebody is for the clinic to say. What a clinic can set for itself stands
//! in the texts of the steps, not here. Numbers are written in digits, so that a test can hold each against its source.

/// A question, what is known of it, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HelpRow {
    /// As a visitor would ask it.
    pub question: &'static str,
    /// 30 to 70 words.
    pub answer: &'static str,
    /// Short names of papers, or "trade practice" for what clinics and vendors say of themselves.
    pub source: &'static str,
}

/// The questions of every step, in the order in which they are shown.
#[derive(Debug, Clone, Copy)]
pub struct Help {
    /// What the treatment is, what a photo must be like.
    pub photo: &'static [HelpRow],
    /// Why there is a scale, and why figures are ranges.
    pub size: &'static [HelpRow],
    /// Shape, edge and height of the line.
    pub hairline: &'static [HelpRow],
    /// What density is, and where it differs.
    pub density: &'static [HelpRow],
    /// Healing, years, shade.
    pub look: &'static [HelpRow],
    /// What comes after, and what to ask.
    pub save: &'static [HelpRow],
}

/// English.
pub(super) const ENGLISH: Help = Help {
    photo: &[
        HelpRow {
            question: "What is scalp micropigmentation?",
            answer: "A practitioner sets many tiny dots of pigment into the skin of the scalp, between the hairs. \
                     Seen from the surface, each is only about 0.1 mm wide once healed. Together they look like hair \
                     shaved close, or let thin hair look fuller. Nothing grows: you see a shadow, not hair.",
            source: "Hair Transplant Forum 26/3; Nguyen et al. 2022; trade practice",
        },
        HelpRow {
            question: "Why does the photo matter so much?",
            answer: "Bright light makes a scalp look shinier and pigment paler; soft light does the opposite. A \
                     camera held close shows the top of the head smaller than it is, so step back and zoom in. Relax \
                     your face and leave filters off. Two photos can be compared fairly only from the same place, in \
                     the same light.",
            source: "Hair Transplant Forum 24/2; geometry; trade practice",
        },
    ],
    size: &[
        HelpRow {
            question: "Why millimetres?",
            answer: "In most photos a healed dot is no larger than a single pixel. Only with a scale in millimetres \
                     can dots be shown at their true size, and only then does the height of a line mean anything on \
                     your own head. Without it, dots come out too large or too small, and the preview misleads you.",
            source: "Hair Transplant Forum 26/3; geometry",
        },
        HelpRow {
            question: "Why ranges, and no exact figures?",
            answer: "Eyes stand further apart on some people than on others, a photo is flat, and a head is round. In \
                     a published study, an app that plans hairlines from photos was off by up to 25 %, and clinics' \
                     own guesses by up to 35 %. An honest figure from a photo is a range. The clinic can measure your \
                     head.",
            source: "Dodgson 2004; Springer 2024, study of a hairline app",
        },
    ],
    hairline: &[
        HelpRow {
            question: "Which shape suits me?",
            answer: "There is no single right one. Of 456 Japanese people, most men had a straight or an M-shaped \
                     line, most women a round or a straight one; other populations differ. As men mature, the corners \
                     move back. The trade's advice: stay near the line you have, and let it fit your age.",
            source: "Kashiyama 2021; Rassman; trade practice",
        },
        HelpRow {
            question: "Why not low, straight and sharp?",
            answer: "Those are the regrets that come up again and again: too low, too straight, too sharp, too dark, \
                     too perfect. A natural edge is irregular and thin at the front. Some choose a sharp one on \
                     purpose; it may suit them less with age. A high, soft line is easily lowered, while raising one \
                     takes a laser.",
            source: "Shapiro; trade practice",
        },
        HelpRow {
            question: "How high should it be?",
            answer: "Sources disagree. Garg's method puts the middle of the line 8 cm above the point between the \
                     brows; others go from a bold 7 to a cautious 10 cm in men. For women one source names 5.5 cm, \
                     another teaches a higher line. A rule of the trade: raise your brows and stay above the \
                     wrinkles.",
            source: "Garg, J Cutan Aesthet Surg; trade practice",
        },
    ],
    density: &[
        HelpRow {
            question: "What does density mean?",
            answer: "How many dots are set into each square centimetre of skin. A full scalp has about 100 groups of \
                     1 to 4 hairs there, and dots are set about as far apart as those groups, some 1 mm, write Pak, \
                     Kim and Rassman. Later they add that the right density is no mathematical constant: it remains a \
                     matter of judgement.",
            source: "Bernstein 1997; Pak, Kim and Rassman; trade practice",
        },
        HelpRow {
            question: "Why never solid?",
            answer: "Between shaved hairs there is skin. The more of it is filled, the less real it looks; with a \
                     hard edge it is what the trade calls a helmet. So dots are fewer and paler in front. And density \
                     is built up: Liu et al. go from 30 to 70 to 100 % over the sessions.",
            source: "Liu et al.; trade practice",
        },
        HelpRow {
            question: "What about scars, patches and long hair?",
            answer: "Scars keep less pigment: in 6 months they lost 1.6 of 10 points of visible density, common hair \
                     loss 0.9. Bare patches of alopecia areata can come, go and move. Under long hair, dots only \
                     darken the skin that shows: one of 43 people in a study, whose hair had thinned very little, saw \
                     no change.",
            source: "Liu et al.; study of Korean patients; trade practice",
        },
    ],
    look: &[
        HelpRow {
            question: "How does it change while it heals?",
            answer: "Fresh work is darker, and skin can be red for 24 to 48 hours. Then it flakes and the dots \
                     shrink. Some see the final shade by day 7, others only in weeks 3 to 4; some scalps heal \
                     unchanged, others 2 or 3 shades lighter. A study scored density 8.7 of 10 at first, 7.7 after 6 \
                     months.",
            source: "Liu et al.; trade practice",
        },
        HelpRow {
            question: "How long does it last?",
            answer: "Sources disagree: touch-ups are named after anything from 6 months to 8 years, most often after \
                     3 to 6 years. Sun, pools and oily skin shorten it. We found nothing measured over years, so the \
                     years in this preview are our estimate. If your own hair goes on thinning, that needs work of \
                     its own.",
            source: "Wimpole Clinic; trade practice",
        },
        HelpRow {
            question: "Which shade, and can it turn blue?",
            answer: "Shaved hair of most colours leaves a grey shadow, so the shades here are greys. Light skin shows \
                     more contrast and forgives less. Some vendors say that their pigment never turns blue. A hair \
                     surgeon writes that all pigment looks slightly blue-green in skin, usually unnoticed if done \
                     well. Set too deep, it looks bluer.",
            source: "Baldingblog, a hair surgeon's; trade practice",
        },
    ],
    save: &[
        HelpRow {
            question: "What comes after a session?",
            answer: "Your clinic's instructions come first. One clinic's, as an example: no scrubbing, swimming or \
                     heavy sweating for 4 weeks, and care in the sun, which fades pigment. Until the next session \
                     sources name anything from 4 to 30 days. If something worries you while it heals, call the \
                     clinic or a doctor.",
            source: "Wimpole Clinic; trade practice",
        },
        HelpRow {
            question: "What can this preview not tell?",
            answer: "It is a simulation, not a promise. It does not know how your skin takes pigment, and shows \
                     neither redness and swelling nor work that went wrong. Nor can it say whether a treatment suits \
                     you: skin cancer in the past, raised scars or an active skin disease are matters for the clinic \
                     and a doctor.",
            source: "the limits of this preview; clinics' consent forms",
        },
        HelpRow {
            question: "What should I ask the clinic?",
            answer: "Ask for photos of healed work, on skin and hair like yours. Ask what all sessions and later \
                     touch-ups cost, and how a line is softened or removed. Ask about side effects: some say there is \
                     no data, papers report swelling and redness that pass. Ask what happens if your own hair goes on \
                     thinning.",
            source: "our suggestions; papers; trade practice",
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::super::LANGUAGES;
    use super::*;

    const ANSWER_WORDS: std::ops::RangeInclusive<usize> = 30..=70;
    /// All of it is loaded with the program.
    const MAX_WORDS: usize = 1100;

    /// Every number an answer may say, as it is written, and what it is there.
    const NUMBERS: &[(&str, &str)] = &[
        ("0.1", "mm, a healed dot seen from the surface: Hair Transplant Forum 26/3"),
        ("25", "%, the app's greatest error: Springer 2024, s11042-024-18619-9"),
        ("35", "%, clinics' greatest error: the same"),
        ("456", "people measured: Kashiyama 2021, PRS Global Open"),
        ("8", "cm, mid-frontal point: Garg, J Cutan Aesthet Surg; years to a touch-up, most: Bald and Beards"),
        ("7", "cm, aggressive: Hair Restoration Network; day of the final shade: trade"),
        ("10", "cm, conservative: Hair Restoration Network; the most points of visual density: Liu et al."),
        ("5.5", "cm, women: Qoves"),
        ("100", "follicular units per cm2: Bernstein, Dermatol Surg 1997; % after the last session: Liu et al."),
        ("1", "hair in the smallest unit: Baldingblog; mm between dots: Pak, Kim and Rassman"),
        ("4", "hairs in the largest unit: Baldingblog; weeks: Wimpole Clinic; days between sessions, least: Scalpdots"),
        ("30", "% after the first session: Liu et al.; days between sessions, most: trade"),
        ("70", "% after the second session: Liu et al."),
        ("1.6", "points of visual density lost by scars: Liu et al."),
        ("0.9", "points of visual density lost by androgenetic alopecia: Liu et al."),
        ("43", "patients: Aesthetic Plast Surg, s00266-013-0259-1"),
        ("24", "hours of redness, least: trade"),
        ("48", "hours of redness, most: trade"),
        ("3", "weeks to the final shade: trade; shades lighter, most: Elka; years to a touch-up: trade"),
        ("2", "shades lighter: Elka"),
        ("8.7", "visual density at first: Liu et al."),
        ("7.7", "visual density after six months: Liu et al."),
        (
            "6",
            "months to the second score: Liu et al.; months to a touch-up: Wimpole Clinic; years to a touch-up: trade",
        ),
    ];

    /// What would slip past a look at the digits; "two photos" counts nothing that has a source.
    const SPELLED: &[&str] = &[
        "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "twenty",
        "thirty", "fifty", "hundred", "thousand", "half", "third", "quarter",
    ];

    fn steps(help: &Help) -> [(&'static str, &'static [HelpRow]); 6] {
        [
            ("photo", help.photo),
            ("size", help.size),
            ("hairline", help.hairline),
            ("density", help.density),
            ("look", help.look),
            ("save", help.save),
        ]
    }

    fn rows(help: &Help) -> impl Iterator<Item = &'static HelpRow> {
        steps(help).into_iter().flat_map(|(_, rows)| rows)
    }

    /// The numbers in a text, with a point for the decimals.
    fn numbers(text: &str) -> Vec<String> {
        text.split(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',')
            .map(|number| number.trim_matches(['.', ',']).replace(',', "."))
            .filter(|number| !number.is_empty())
            .collect()
    }

    fn words(text: &str) -> usize {
        text.split_whitespace().count()
    }

    #[test]
    fn every_step_has_as_much_help_in_every_language() {
        for language in LANGUAGES {
            for ((step, rows), (_, first)) in steps(language.help).into_iter().zip(steps(LANGUAGES[0].help)) {
                assert!((2..=3).contains(&rows.len()), "{}, {step}: {} questions", language.tag, rows.len());
                assert_eq!(rows.len(), first.len(), "{}, {step}: as many as in {}", language.tag, LANGUAGES[0].tag);
            }
        }
    }

    #[test]
    fn every_answer_is_short_and_names_its_source() {
        for language in LANGUAGES {
            for row in rows(language.help) {
                assert!(row.question.ends_with('?'), "{}: {}", language.tag, row.question);
                assert!(!row.source.trim().is_empty(), "{}: {} has no source", language.tag, row.question);
                let length = words(row.answer);
                assert!(ANSWER_WORDS.contains(&length), "{}: {} has {length} words", language.tag, row.question);
                assert!(!row.answer.contains("  "), "{}: {} has a gap", language.tag, row.question);
            }
            let all: usize =
                rows(language.help).map(|row| words(row.question) + words(row.answer) + words(row.source)).sum();
            assert!(all < MAX_WORDS, "{}: {all} words in all, at most {MAX_WORDS}", language.tag);
        }
    }

    #[test]
    fn every_number_has_a_source_and_every_source_its_number() {
        for language in LANGUAGES {
            let said: Vec<String> = rows(language.help).flat_map(|row| numbers(row.answer)).collect();
            for number in &said {
                assert!(NUMBERS.iter().any(|(known, _)| known == number), "{}: {number} has no source", language.tag);
            }
            for (known, source) in NUMBERS {
                assert!(said.iter().any(|number| number == known), "{}: nobody says {known} ({source})", language.tag);
            }
        }
    }

    #[test]
    fn no_number_hides_in_letters() {
        for row in rows(&ENGLISH) {
            for word in row.answer.split(|letter: char| !letter.is_ascii_alphabetic()) {
                let hidden = SPELLED.contains(&word.to_ascii_lowercase().as_str());
                assert!(!hidden, "{}: write {word} in digits", row.question);
            }
        }
    }
}
