//! The panel of the step Look.

use super::ageing::Ageing;
use super::compare_slider::CompareSlider;
use super::compared_with::ComparedWith;
use super::edge_softness::EdgeSoftness;
use super::figures::FiguresSection;
use super::more_look::MoreLook;
use super::own_hair::OwnHair;
use super::probe_panel::ProbePanel;
use super::session_choice::SessionChoice;
use super::shade_choice::ShadeChoice;
use super::variants::Variants;
use crate::app::hooks::{use_selector, use_texts};
use crate::app::widgets::PanelHead;
use yew::prelude::*;

/// The panel of the step Look: variants, the comparison, shade, age, sessions, edge, and the figures.
#[component]
pub(in crate::app) fn LookPanel() -> Html {
    let texts = use_texts();
    let model = use_selector(|state| (state.editor.has_fill(), state.differs_from_before()));
    let (has_fill, is_compared) = *model;
    html! {
        <>
            <PanelHead title={texts.look_title}>{ if has_fill { texts.look_say } else { texts.look_empty } }</PanelHead>
            <Variants />
            if is_compared {
                <CompareSlider />
            }
            <ComparedWith />
            <OwnHair />
            <ShadeChoice />
            <ProbePanel />
            <Ageing />
            <SessionChoice />
            <EdgeSoftness />
            <MoreLook />
            <FiguresSection />
        </>
    }
}
