//! What a visitor may tell besides name and message, all of it optional: tables of what there is to choose.

use serde::Serialize;

/// How the visitor would like to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReplyBy {
    /// Either way.
    #[default]
    Any,
    /// By e-mail.
    Email,
    /// By telephone.
    Phone,
}

impl ReplyBy {
    /// Every way, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Any, Self::Email, Self::Phone];
}

/// A treatment that the visitor had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EarlierTreatment {
    /// Scalp micropigmentation.
    Smp,
    /// A hair transplant.
    Transplant,
}

impl EarlierTreatment {
    /// Every treatment, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Smp, Self::Transplant];
}

/// A scale of hair loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossScale {
    /// Hamilton's as Norwood changed it (South Med J 1975): where the head is bare, mostly of men.
    Norwood,
    /// Ludwig's (Br J Dermatol 1977): how much of the top is thin, mostly of women.
    Ludwig,
    /// Savin's (1996): how wide the central part is, mostly of women.
    Savin,
}

impl LossScale {
    /// Every scale, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Norwood, Self::Ludwig, Self::Savin];
}

/// Where hair is lost, as a class of one of the usual scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LossClass {
    /// The scale that it is a class of.
    pub scale: LossScale,
    /// Its key in a request.
    pub key: &'static str,
    /// Its name, which is the same in every language.
    pub name: &'static str,
    /// Where the head is bare or thin, seen from above with the face upwards: a path of SVG in a square of 48, in which the head is
    /// an ellipse around 24, 24 of half widths 17 and 21.
    pub bare: &'static str,
    /// Whether hair is thin there and not gone.
    pub is_thin: bool,
}

const fn norwood(key: &'static str, name: &'static str, bare: &'static str) -> LossClass {
    LossClass { scale: LossScale::Norwood, key, name, bare, is_thin: false }
}

const fn ludwig(key: &'static str, name: &'static str, bare: &'static str) -> LossClass {
    LossClass { scale: LossScale::Ludwig, key, name, bare, is_thin: true }
}

/// A central part, or what is bare around it.
const fn savin(key: &'static str, name: &'static str, bare: &'static str) -> LossClass {
    LossClass { scale: LossScale::Savin, key, name, bare, is_thin: false }
}

const fn savin_thin(key: &'static str, name: &'static str, bare: &'static str) -> LossClass {
    LossClass { scale: LossScale::Savin, key, name, bare, is_thin: true }
}

/// Every class that is offered, drawn anew for this program. A place never changes: new classes stand at the end.
pub const LOSS_CLASSES: [LossClass; 19] = [
    norwood("norwood-2", "Norwood 2", "M8 17Q11 3 24 3T40 17Q35 11 31 12Q24 9 17 12Q13 11 8 17Z"),
    norwood("norwood-3", "Norwood 3", "M8 17Q11 3 24 3T40 17Q37 21 33 20Q32 12 24 11T15 20Q11 21 8 17Z"),
    norwood(
        "norwood-3-vertex",
        "Norwood 3 vertex",
        "M8 17Q11 3 24 3T40 17Q37 21 33 20Q32 12 24 11T15 20Q11 21 8 17ZM24 30a6 5 0 1 0 .1 0Z",
    ),
    norwood(
        "norwood-4",
        "Norwood 4",
        "M7 20Q10 3 24 3T41 20Q38 25 34 23Q32 16 24 15T14 23Q10 25 7 20ZM24 27a8 7 0 1 0 .1 0Z",
    ),
    norwood(
        "norwood-5",
        "Norwood 5",
        "M7 22Q9 3 24 3T41 22Q39 27 35 26Q33 20 24 19T13 26Q9 27 7 22ZM24 24a10 8.5 0 1 0 .1 0Z",
    ),
    norwood(
        "norwood-6",
        "Norwood 6",
        "M8 17Q11 3 24 3T40 17Q38 20 37 24Q37 34 32 38Q24 42 16 38Q11 34 11 24Q10 20 8 17Z",
    ),
    norwood(
        "norwood-7",
        "Norwood 7",
        "M7 20Q10 3 24 3T41 20Q40 24 39 28Q38 37 33 41Q24 43.5 15 41Q10 37 9 28Q8 24 7 20Z",
    ),
    ludwig("ludwig-1", "Ludwig 1", "M24 9Q27 18 26 30Q24 33 22 30Q21 18 24 9Z"),
    ludwig("ludwig-2", "Ludwig 2", "M24 8Q32 16 31 31Q24 37 17 31Q16 16 24 8Z"),
    ludwig("ludwig-3", "Ludwig 3", "M24 7Q38 13 37 31Q24 43 11 31Q10 13 24 7Z"),
    savin("savin-1-1", "Savin I-1", "M24 4Q25.2 18 24 36Q22.8 18 24 4Z"),
    savin("savin-1-2", "Savin I-2", "M24 4Q26.4 18 24 36Q21.6 18 24 4Z"),
    savin("savin-1-3", "Savin I-3", "M24 4Q28 18 24 37Q20 18 24 4Z"),
    savin("savin-1-4", "Savin I-4", "M24 4Q32 18 24 37Q16 18 24 4Z"),
    savin_thin("savin-2-1", "Savin II-1", "M24 5Q35 13 33 30Q24 38 15 30Q13 13 24 5Z"),
    savin_thin("savin-2-2", "Savin II-2", "M24 4Q40 12 38 31Q24 44 10 31Q8 12 24 4Z"),
    savin("savin-3", "Savin III", "M24 5Q37 12 36 30Q24 41 12 30Q11 12 24 5Z"),
    savin("savin-advanced", "Savin Advanced", "M24 3.5Q40 6 39.5 25Q38 41 24 43Q10 41 8.5 25Q8 6 24 3.5Z"),
    savin("savin-frontal", "Savin Frontal", "M12 10Q24 2 36 10Q29 13 27 21Q25.5 29 24 37Q22.5 29 21 21Q19 13 12 10Z"),
];

/// The Monk Skin Tone Scale (Monk, Schumann 2022), from 1: sRGB.
pub const MONK_TONES: [[u8; 3]; 10] = [
    [0xf6, 0xed, 0xe4],
    [0xf3, 0xe7, 0xdb],
    [0xf7, 0xea, 0xd0],
    [0xea, 0xda, 0xba],
    [0xd7, 0xbd, 0x96],
    [0xa0, 0x7e, 0x56],
    [0x82, 0x5c, 0x43],
    [0x60, 0x41, 0x34],
    [0x3a, 0x31, 0x2a],
    [0x29, 0x24, 0x20],
];

/// Bands of age in years. Nobody is asked for a date of birth.
pub const AGE_BANDS: [&str; 5] = ["18-29", "30-39", "40-49", "50-59", "60+"];

/// An optional question of the form, which a clinic may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// How and when the visitor would like to be answered.
    Reply,
    /// Where hair is lost.
    Loss,
    /// Scars.
    Scars,
    /// Earlier treatments.
    Earlier,
    /// The skin's tone.
    SkinTone,
    /// The band of age.
    AgeBand,
}

/// Every question with its key in the configuration, in the order in which they are asked.
pub const QUESTIONS: [(Question, &str); 6] = [
    (Question::Reply, "reply"),
    (Question::Loss, "loss"),
    (Question::Scars, "scars"),
    (Question::Earlier, "earlier"),
    (Question::SkinTone, "skin_tone"),
    (Question::AgeBand, "age_band"),
];

/// What was chosen of the tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// How the visitor would like to be answered.
    pub reply_by: ReplyBy,
    /// Places in [`LOSS_CLASSES`], rising.
    pub loss: Vec<usize>,
    /// Earlier treatments.
    pub earlier: Vec<EarlierTreatment>,
    /// Place in [`MONK_TONES`].
    pub skin_tone: Option<usize>,
    /// Place in [`AGE_BANDS`].
    pub age_band: Option<usize>,
}

/// A choice of the visitor. What is chosen already is let go by the same choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailChoice {
    /// How the visitor would like to be answered.
    ReplyBy(ReplyBy),
    /// A place in [`LOSS_CLASSES`].
    Loss(usize),
    /// An earlier treatment.
    Earlier(EarlierTreatment),
    /// A place in [`MONK_TONES`].
    SkinTone(usize),
    /// A place in [`AGE_BANDS`].
    AgeBand(usize),
}

impl Details {
    /// Takes a choice in.
    pub fn choose(&mut self, choice: DetailChoice) {
        let toggled = |now: Option<usize>, place| (now != Some(place)).then_some(place);
        match choice {
            DetailChoice::ReplyBy(way) => self.reply_by = way,
            DetailChoice::Loss(place) => {
                toggle(&mut self.loss, place);
                self.loss.sort_unstable();
            }
            DetailChoice::Earlier(treatment) => toggle(&mut self.earlier, treatment),
            DetailChoice::SkinTone(place) => self.skin_tone = toggled(self.skin_tone, place),
            DetailChoice::AgeBand(place) => self.age_band = toggled(self.age_band, place),
        }
    }

    /// The classes of loss that were chosen.
    pub fn loss_classes(&self) -> impl Iterator<Item = &'static LossClass> {
        self.loss.iter().filter_map(|place| LOSS_CLASSES.get(*place))
    }

    /// The band of age that was chosen.
    #[must_use]
    pub fn age_band(&self) -> Option<&'static str> {
        AGE_BANDS.get(self.age_band?).copied()
    }

    /// The tone that was chosen, on the scale from 1.
    #[must_use]
    pub fn monk_tone(&self) -> Option<usize> {
        self.skin_tone.map(|place| place + 1)
    }
}

fn toggle<T: PartialEq>(chosen: &mut Vec<T>, one: T) {
    match chosen.iter().position(|other| *other == one) {
        Some(place) => drop(chosen.remove(place)),
        None => chosen.push(one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_is_called_by_its_scale_and_stands_with_it() {
        for (place, class) in LOSS_CLASSES.iter().enumerate() {
            let (scale, _) = class.key.split_once('-').unwrap();
            assert_eq!(scale, format!("{:?}", class.scale).to_lowercase(), "{}", class.key);
            let first = LOSS_CLASSES.iter().position(|other| other.key == class.key);
            assert!(first == Some(place) && class.name.to_lowercase().starts_with(scale), "{}", class.name);
        }
        let of = |scale| LOSS_CLASSES.iter().filter(|class| class.scale == scale).count();
        assert_eq!(LossScale::ALL.map(of), [7, 3, 9]);
    }

    #[test]
    fn the_same_choice_again_lets_go() {
        let mut details = Details::default();
        let choices = [
            DetailChoice::Loss(3),
            DetailChoice::Loss(1),
            DetailChoice::Earlier(EarlierTreatment::Transplant),
            DetailChoice::SkinTone(4),
            DetailChoice::AgeBand(0),
        ];
        choices.into_iter().for_each(|choice| details.choose(choice));
        let keys: Vec<&str> = details.loss_classes().map(|class| class.key).collect();
        assert_eq!(
            (keys, details.monk_tone(), details.age_band()),
            (vec!["norwood-3", "norwood-4"], Some(5), Some("18-29"))
        );
        choices.into_iter().for_each(|choice| details.choose(choice));
        assert_eq!(details, Details::default());
        details.choose(DetailChoice::SkinTone(4));
        details.choose(DetailChoice::SkinTone(5));
        assert_eq!(details.monk_tone(), Some(6), "another choice takes its place");
    }
}
