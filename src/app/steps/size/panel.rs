//! The panel of the second step.

use super::camera_choice::CameraChoice;
use super::distance_field::DistanceField;
use super::head_fold::HeadFold;
use super::level_button::LevelButton;
use super::marks::Marks;
use super::measure_choice::MeasureChoice;
use super::scale_readout::ScaleReadout;
use super::side_choice::SideChoice;
use crate::app::hooks::{use_selector, use_texts};
use crate::app::state::State;
use crate::app::state::editor::MeasureBy;
use crate::app::steps::photo::{PhotoCheck, UnseenOutline};
use crate::app::widgets::PanelHead;
use crate::engine::editor::tools::ToolKind;
use crate::engine::i18n::Texts;
use yew::prelude::*;

/// What the panel shows.
#[derive(PartialEq)]
struct Model {
    /// The skull's outline is being fitted.
    is_fitting: bool,
    measure_by: MeasureBy,
    /// Both marks are set.
    is_marked: bool,
    /// The first mark is set.
    is_begun: bool,
    /// The marks are set on the eyes.
    has_eyes: bool,
    is_open: bool,
}

impl Model {
    fn of(state: &State) -> Self {
        Self {
            is_fitting: state.editor.tools.size == ToolKind::Head,
            measure_by: state.editor.measure_by(),
            is_marked: state.view().calibration.is_some(),
            is_begun: state.editor.controller.pending_mark.is_some(),
            has_eyes: state.view().eyes().is_some(),
            is_open: state.has_open_photo(),
        }
    }

    /// What to do next.
    fn say(&self, texts: &Texts) -> &'static str {
        if self.is_fitting {
            return texts.head_say_marks;
        }
        match (self.measure_by, self.is_marked, self.is_begun) {
            (MeasureBy::Eyes, true, _) => texts.size_say_done,
            (MeasureBy::Eyes, false, false) => texts.size_say_first,
            (MeasureBy::Eyes, false, true) => texts.size_say_second,
            (MeasureBy::Length, true, _) => texts.size_say_points_done,
            (MeasureBy::Length, false, false) => texts.size_say_points_first,
            (MeasureBy::Length, false, true) => texts.size_say_points_second,
        }
    }
}

/// Say how big the head is.
#[component]
pub(crate) fn SizePanel() -> Html {
    let texts = use_texts();
    let model = use_selector(Model::of);
    html! {
        <>
            <PanelHead title={texts.size_title}>{ model.say(texts) }</PanelHead>
            <MeasureChoice />
            <DistanceField />
            <LevelButton />
            <Marks />
            <ScaleReadout />
            <UnseenOutline />
            if model.has_eyes {
                <PhotoCheck />
            }
            if model.is_open {
                <SideChoice />
                <CameraChoice />
                <HeadFold />
            }
        </>
    }
}
