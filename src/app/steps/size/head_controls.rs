//! The skull's outline, fitted by hand.

use crate::app::hooks::{use_selector, use_store, use_texts};
use crate::app::state::handle_names::handle_name;
use crate::app::state::{ScaleAction, State, ToolAction};
use crate::app::steps::point_pad::PointPad;
use crate::app::store::Store;
use crate::app::widgets::{LinkButton, Note, Slider};
use crate::engine::calibration::Head;
use crate::engine::design::DESIGN_LIMITS;
use crate::engine::editor::{Handle, HeadHandle};
use crate::engine::i18n::{fill, plain};
use yew::prelude::*;

/// What is shown of the head: its outline stands on the picture.
#[derive(PartialEq)]
struct Model {
    yaw: f64,
    pitch: f64,
    by_hand: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        let Head { yaw, pitch, by_hand, .. } = head(state);
        Self { yaw, pitch, by_hand }
    }
}

fn head(state: &State) -> Head {
    state.view().head_in_force(state.parameters())
}

/// Changes one thing about the head as it is when the slider is moved.
fn changing(store: &Store, change: fn(Head, f64) -> Head) -> Callback<f64> {
    let store = store.clone();
    Callback::from(move |value| {
        let head = store.read(head);
        store.dispatch(ScaleAction::ChangeHead(change(head, value)));
    })
}

/// The outline's points, how far the head is turned and nods, and the way back to what the photo shows.
#[component]
pub(crate) fn HeadControls() -> Html {
    let (texts, store) = (use_texts(), use_store());
    let model = use_selector(Model::of);
    let choices = store.read(|state| {
        HeadHandle::ALL.map(|which| (Handle::Head(which), handle_name(state, Handle::Head(which)))).to_vec()
    });
    html! {
        <div class="stack">
            <Note>{ texts.head_say }</Note>
            <PointPad {choices} />
            <LeanSlider
                id="head-turn"
                label={texts.head_turn}
                words={[texts.head_turn_left, texts.head_turn_none, texts.head_turn_right]}
                degrees={model.yaw}
                on_input={changing(&store, |head, yaw| Head { yaw, ..head })}
            />
            <LeanSlider
                id="head-nod"
                label={texts.head_nod}
                words={[texts.head_nod_away, texts.head_nod_none, texts.head_nod_near]}
                degrees={model.pitch}
                on_input={changing(&store, |head, pitch| Head { pitch, ..head })}
            />
            if model.by_hand {
                <LinkButton on_click={store.emit(ScaleAction::GuessHead)}>{ texts.head_guess }</LinkButton>
            }
        </div>
    }
}

/// Properties of [`LeanSlider`].
#[derive(Properties, PartialEq)]
struct LeanSliderProps {
    /// Id in markup.
    id: &'static str,
    /// What it sets.
    label: &'static str,
    /// The words for below, at and above nothing.
    words: [&'static str; 3],
    /// The angle.
    degrees: f64,
    /// Follows each move.
    on_input: Callback<f64>,
}

/// An angle by which the head leans to one side or the other.
#[component]
fn LeanSlider(props: &LeanSliderProps) -> Html {
    let store = use_store();
    let [below, none, above] = props.words;
    let rounded = props.degrees.round();
    let text = match rounded {
        _ if rounded < 0.0 => below,
        _ if rounded > 0.0 => above,
        _ => none,
    };
    let greatest = DESIGN_LIMITS.head_degrees;
    html! {
        <Slider
            id={props.id}
            label={props.label}
            words={fill(text, &[("degrees", &plain(rounded.abs()))])}
            range={(-greatest, greatest)}
            step=1.0
            value={props.degrees}
            on_input={props.on_input.clone()}
            on_commit={store.emit(ToolAction::Commit)}
        />
    }
}
