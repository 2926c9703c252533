//! The second panel in a browser: marks, distance, the pad, the head; empty, filled and faulty.

use super::SizePanel;
use crate::app::state::editor::MeasureBy;
use crate::app::state::{ScaleAction, StageAction};
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::calibration::Side;
use crate::engine::editor::Handle;
use crate::engine::editor::tools::ToolKind;
use crate::engine::geometry::ScreenSize;
use crate::engine::i18n::EN;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;
use yew::prelude::*;

fn value(page: &TestPage, selector: &str) -> String {
    page.one(selector).unchecked_into::<HtmlInputElement>().value()
}

#[wasm_bindgen_test]
async fn the_size_panel_sets_marks_and_the_distance_between_them() {
    let page = TestPage::show(html! { <SizePanel /> }, [photo_opened()]).await;
    assert_eq!(page.texts(".readout.rough"), [EN.size_rough]);
    assert_eq!(page.texts("p.say"), [EN.size_say_first]);
    assert!(page.all("#distance, .nudge").is_empty());

    page.press(EN.size_place).await;
    assert_eq!(page.texts("p.say"), [EN.size_say_done]);
    assert_eq!(page.texts(".nudge-which p"), [EN.size_mark_pupil_a]);
    assert_eq!(value(&page, "#distance"), "");
    page.type_in("#distance", "62,5").await;
    assert_eq!(value(&page, "#distance"), "62.5");
    page.type_in("#distance", "a lot").await;
    assert_eq!(value(&page, "#distance"), "", "the average is in force again");

    page.press(EN.size_by_card).await;
    assert_eq!(page.texts(".nudge-which p"), [EN.size_mark_a]);
    assert_eq!(value(&page, "#distance"), "85.6");
    page.type_in("#distance", "").await;
    assert_eq!(value(&page, "#distance"), "85.6", "what cannot be used gives way to what is in force");
    assert_eq!(page.store.read(|state| state.editor.measure_by()), MeasureBy::Length);
}

#[wasm_bindgen_test]
async fn the_pad_goes_round_the_points_and_moves_the_chosen_one() {
    // An arrow moves by what is seen: on a stage without a size that is nothing.
    let stage = StageAction::Resized(ScreenSize::new(500.0, 600.0), 1.0);
    let actions = [stage.into(), photo_opened(), ScaleAction::PlaceMarks.into()];
    let page = TestPage::show(html! { <SizePanel /> }, actions).await;
    for name in [EN.size_mark_pupil_b, EN.size_brow, EN.size_mark_pupil_a] {
        page.press("›").await;
        assert_eq!(page.texts(".nudge-which p"), [name]);
    }
    page.press("‹").await;
    assert_eq!(page.texts(".nudge-which p"), [EN.size_brow]);
    page.press("›").await;
    let at =
        |page: &TestPage| page.store.read(|state| Handle::MarkA.position(state.view(), state.parameters())).unwrap();
    let before = at(&page);
    page.press("→").await;
    page.press("↓").await;
    assert!(at(&page).x > before.x && at(&page).y > before.y);
}

#[wasm_bindgen_test]
async fn the_fold_of_the_head_is_open_while_its_tool_is_in_the_hand() {
    let page = TestPage::show(html! { <SizePanel /> }, [photo_opened()]).await;
    assert!(!page.one("details.more").has_attribute("open"));
    page.press(EN.head_fit).await;
    assert!(page.one("details.more").has_attribute("open"));
    assert_eq!(page.store.read(|state| state.editor.tools.size), ToolKind::Head);
    assert_eq!(page.texts("p.say"), [EN.head_say_marks]);

    page.type_in("#head-turn", "-10").await;
    assert_eq!(page.texts("output[for=head-turn]"), [EN.head_turn_left.replace("{degrees}", "10")]);
    assert!(page.store.read(|state| !state.editor.document.in_gesture()), "letting go ends the gesture");
    page.press(EN.head_fit).await;
    assert!(!page.one("details.more").has_attribute("open"));
}

#[wasm_bindgen_test]
async fn what_the_photo_shows_moves_it_to_that_side() {
    let page = TestPage::show(html! { <SizePanel /> }, [photo_opened()]).await;
    page.press(EN.size_camera_near).await;
    assert_eq!(page.store.read(|state| state.editor.camera_distance().0), 400.0);
    page.press(EN.side_top).await;
    assert_eq!(page.store.read(|state| state.editor.document.side()), Side::Top);
    assert!(page.texts(".note").contains(&EN.size_side_note.to_owned()));
}

#[wasm_bindgen_test]
async fn without_a_photo_only_what_is_measured_can_be_chosen() {
    let page = TestPage::show(html! { <SizePanel /> }, []).await;
    assert_eq!(page.texts("h1#panel-title"), [EN.size_title]);
    page.named("fieldset", EN.size_by);
    assert_eq!(page.all("fieldset").len(), 1, "{}", page.markup());
    assert!(page.all("#distance, .nudge, .readout, details, .photo-check").is_empty(), "{}", page.markup());
}

#[wasm_bindgen_test]
async fn a_distance_that_no_head_has_is_refused_and_not_shown() {
    let marks = [photo_opened(), ScaleAction::PlaceMarks.into()];
    let page = TestPage::show(html! { <SizePanel /> }, marks).await;
    page.type_in("#distance", "61").await;
    let scale = page.texts(".readout p");
    for refused in ["-3", "0", "9999"] {
        page.type_in("#distance", refused).await;
        assert_eq!(
            (value(&page, "#distance"), page.texts(".readout p")),
            ("61".to_owned(), scale.clone()),
            "{refused}"
        );
    }
    assert_eq!(page.name_of(&page.one("#distance")), EN.size_pd);
}
