//! What a visitor may tell besides: closed at first, all of it optional, each question only where the clinic asks it.
//!
//! These are functions and no components: the form renders them all together, and each component weighs as much as its drawing.

use super::text_area::TextArea;
use crate::app::state::RequestAction;
use crate::app::store::Store;
use crate::app::widgets::{Checkbox, Choice, Fold, Note};
use crate::engine::consult::{
    AGE_BANDS, DetailChoice, Details, EarlierTreatment, FormField, LOSS_CLASSES, LossScale, MONK_TONES, Question,
};
use crate::engine::i18n::{Texts, earlier_name, fill, loss_scale_name};
use yew::prelude::*;

/// What the questions are rendered with.
pub(super) struct Asked<'a> {
    /// The words.
    pub(super) texts: &'static Texts,
    /// Takes the answers.
    pub(super) store: &'a Store,
    /// What was answered.
    pub(super) details: &'a Details,
}

impl Asked<'_> {
    /// Follows a tick or press by a choice.
    fn choosing<E: 'static>(&self, choice: DetailChoice) -> Callback<E> {
        self.store.callback(move |_| RequestAction::ChooseDetail(choice))
    }

    /// All questions but how to answer, folded away.
    pub(super) fn more(&self, questions: &[Question]) -> Html {
        let texts = self.texts;
        html! {
            <Fold summary={texts.field_more}>
                <div class="more-about">
                    <Note>{ texts.field_more_say }</Note>
                    { for questions.iter().map(|question| self.question(*question)) }
                </div>
            </Fold>
        }
    }

    fn question(&self, question: Question) -> Html {
        let (texts, details) = (self.texts, self.details);
        match question {
            Question::Reply => Html::default(),
            Question::Loss => self.loss(),
            Question::Scars => html! {
                <TextArea field={FormField::Scars} label={texts.field_scars} hint={texts.field_scars_hint} rows="2" />
            },
            Question::Earlier => html! {
                <fieldset class="field">
                    <legend>{ texts.field_earlier }</legend>
                    { for EarlierTreatment::ALL.into_iter().map(|treatment| self.earlier(treatment)) }
                </fieldset>
            },
            Question::SkinTone => self.skin_tone(),
            Question::AgeBand => html! {
                <Choice
                    name="age"
                    label={texts.field_age}
                    options={AGE_BANDS.iter().map(|band| AttrValue::from(*band)).collect::<Vec<_>>()}
                    chosen={details.age_band}
                    on_choose={self.store.callback(|place| RequestAction::ChooseDetail(DetailChoice::AgeBand(place)))}
                />
            },
        }
    }

    fn earlier(&self, treatment: EarlierTreatment) -> Html {
        html! {
            <Checkbox
                label={earlier_name(self.texts, treatment)}
                checked={self.details.earlier.contains(&treatment)}
                on_change={self.choosing(DetailChoice::Earlier(treatment))}
            />
        }
    }

    /// Where hair is lost: any of small drawings of heads seen from above, of the scale that is opened.
    fn loss(&self) -> Html {
        let texts = self.texts;
        html! {
            <fieldset class="field">
                <legend>{ texts.field_loss }</legend>
                <Note>{ texts.field_loss_say }</Note>
                { for LossScale::ALL.map(|scale| self.loss_scale(scale)) }
            </fieldset>
        }
    }

    /// The classes of a scale, folded away.
    fn loss_scale(&self, scale: LossScale) -> Html {
        let places = (0..LOSS_CLASSES.len()).filter(|place| LOSS_CLASSES.get(*place).is_some_and(|c| c.scale == scale));
        html! {
            <Fold summary={loss_scale_name(self.texts, scale)}>
                <div class="losses">{ for places.map(|place| self.loss_class(place)) }</div>
            </Fold>
        }
    }

    fn loss_class(&self, place: usize) -> Html {
        let Some(class) = LOSS_CLASSES.get(place) else { return Html::default() };
        let is_chosen = self.details.loss.contains(&place);
        html! {
            <label class={if is_chosen { "loss chosen" } else { "loss" }}>
                <input
                    type="checkbox"
                    checked={is_chosen}
                    onchange={self.choosing::<Event>(DetailChoice::Loss(place))}
                />
                <svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">
                    <path class="loss-nose" d="M21 4L24 0L27 4Z" />
                    <ellipse class="loss-hair" cx="24" cy="24" rx="17" ry="21" />
                    <path class={if class.is_thin { "loss-thin" } else { "loss-bare" }} d={class.bare} />
                </svg>
                <span>{ class.name }</span>
            </label>
        }
    }

    /// The skin's tone: one of the swatches of the Monk scale, or none by a second press.
    fn skin_tone(&self) -> Html {
        let swatch = |(place, [red, green, blue]): (usize, &[u8; 3])| {
            let name = fill(self.texts.photo_tone, &[("tone", &(place + 1).to_string())]);
            html! {
                <button
                    type="button"
                    class="tone"
                    aria-label={name.clone()}
                    title={name}
                    aria-pressed={(self.details.skin_tone == Some(place)).to_string()}
                    onclick={self.choosing::<MouseEvent>(DetailChoice::SkinTone(place))}
                >
                    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
                        <circle cx="16" cy="16" r="15" fill={format!("rgb({red},{green},{blue})")} />
                    </svg>
                </button>
            }
        };
        html! {
            <div class="field" role="group" aria-labelledby="skin-tone-label">
                <span class="readout-label" id="skin-tone-label">{ self.texts.field_skin_tone }</span>
                <div class="tones">{ for MONK_TONES.iter().enumerate().map(swatch) }</div>
            </div>
        }
    }
}
