//! What a visitor may tell besides: closed at first, all of it optional, each question only where the clinic asks it.

use super::loss_choice::LossChoice;
use super::skin_tone_choice::SkinToneChoice;
use super::text_area::TextArea;
use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::{RequestAction, State};
use crate::app::widgets::{Checkbox, Choice, Fold, Note};
use crate::engine::consult::{AGE_BANDS, DetailChoice, Details, EarlierTreatment, FormField, Question};
use crate::engine::i18n::earlier_name;
use yew::prelude::*;

/// What is asked, and what was answered.
#[derive(PartialEq)]
struct Model {
    questions: Vec<Question>,
    details: Details,
}

impl Model {
    fn of(state: &State) -> Self {
        let mut questions = state.session.config.form.questions.clone();
        // How to be answered is asked for itself.
        questions.retain(|question| *question != Question::Reply);
        Self { questions, details: state.request.form.details.clone() }
    }
}

/// What a visitor may tell besides.
#[component]
pub(crate) fn MoreAbout() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let earlier = |treatment: EarlierTreatment| {
        let choice = RequestAction::ChooseDetail(DetailChoice::Earlier(treatment));
        html! {
            <Checkbox
                label={earlier_name(texts, treatment)}
                checked={model.details.earlier.contains(&treatment)}
                on_change={store.callback(move |_| choice.clone())}
            />
        }
    };
    let question = |question: &Question| match question {
        Question::Reply => Html::default(),
        Question::Loss => html! { <LossChoice chosen={model.details.loss.clone()} /> },
        Question::Scars => html! {
            <TextArea field={FormField::Scars} label={texts.field_scars} hint={texts.field_scars_hint} rows="2" />
        },
        Question::Earlier => html! {
            <fieldset class="field">
                <legend>{ texts.field_earlier }</legend>
                { for EarlierTreatment::ALL.into_iter().map(earlier) }
            </fieldset>
        },
        Question::SkinTone => html! { <SkinToneChoice chosen={model.details.skin_tone} /> },
        Question::AgeBand => html! {
            <Choice
                name="age"
                label={texts.field_age}
                options={AGE_BANDS.iter().map(|band| AttrValue::from(*band)).collect::<Vec<_>>()}
                chosen={model.details.age_band}
                on_choose={store.callback(|place| RequestAction::ChooseDetail(DetailChoice::AgeBand(place)))}
            />
        },
    };
    html! {
        if !model.questions.is_empty() {
            <Fold summary={texts.field_more}>
                <div class="more-about">
                    <Note>{ texts.field_more_say }</Note>
                    { for model.questions.iter().map(question) }
                </div>
            </Fold>
        }
    }
}
