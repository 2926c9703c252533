//! What stands around the steps, in a browser.

use super::{Advice, Footer, Help, Onward, PageNotice, Questions, TopBar};
use crate::app::state::session::Dialog;
use crate::app::state::step::Step;
use crate::app::state::{PhotoAction, ScaleAction, SessionAction};
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::i18n::EN;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn the_bar_shows_steps_and_what_can_be_taken_back() {
    let page = TestPage::show(html! { <TopBar /> }, []).await;
    assert_eq!(page.texts("p.brand"), [EN.title]);
    assert_eq!(page.texts(".step-number"), ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(page.all(".history button:disabled").len(), 2);
    page.dispatch(photo_opened()).await;
    page.dispatch(ScaleAction::PlaceMarks).await;
    page.press(&format!("{}{}", 3, EN.step_hairline)).await;
    assert_eq!(page.texts(".step.current .step-name"), [EN.step_hairline]);
    assert_eq!(page.texts(".step-number")[..3], ["✓", "✓", "3"]);
    assert_eq!(page.all(".history button:disabled").len(), 1);
    assert_eq!(page.one("[aria-current]").get_attribute("aria-current").as_deref(), Some("step"));
}

#[wasm_bindgen_test]
async fn a_notice_stays_until_it_was_read() {
    let page = TestPage::show(html! { <PageNotice /> }, [PhotoAction::Picked(None).into()]).await;
    assert_eq!(page.texts("#notice[role=alert] .fault-notice p"), [EN.photo_none]);
    page.press("×").await;
    assert_eq!(page.texts("#notice[role=status]"), [""]);
}

#[wasm_bindgen_test]
async fn another_question_is_another_dialog() {
    let page = TestPage::show(html! { <Questions /> }, []).await;
    assert!(page.all("dialog").is_empty());
    page.dispatch(SessionAction::OpenDialog(Dialog::DeleteAll)).await;
    let first = page.one("dialog[open]");
    assert_eq!(page.texts("#dialog-title"), [EN.ask_delete_title]);
    page.dispatch(SessionAction::OpenDialog(Dialog::RemovePhoto)).await;
    assert_eq!(page.texts("#dialog-title"), [EN.ask_remove_title]);
    assert!(page.one("dialog[open]") != first);
    page.press(EN.cancel).await;
    assert!(page.all("dialog").is_empty());
}

#[wasm_bindgen_test]
async fn the_way_on_begins_with_a_photo() {
    let page = TestPage::show(html! { <><Onward /><Help /><Advice /><Footer /></> }, []).await;
    assert!(page.all(".onward, .advice").is_empty());
    assert_eq!(page.texts(".small-print p"), [EN.privacy_line]);
    page.dispatch(photo_opened()).await;
    let on = EN.next.replace("{step}", EN.step_size);
    assert_eq!(page.texts(".onward button.primary"), std::slice::from_ref(&on));
    let help = page.texts("dl.help dt");
    page.press(&on).await;
    assert_eq!(page.store.read(|state| state.step()), Step::Size);
    assert_eq!(page.texts(".onward button").len(), 2);
    page.named(".onward button.quiet", &EN.back_label.replace("{step}", EN.step_photo));
    assert_ne!(page.texts("dl.help dt"), help);
    for (step, is_next_to_do) in [(Step::Hairline, true), (Step::Density, false), (Step::Look, false)] {
        page.dispatch(SessionAction::Go(step)).await;
        assert_eq!(page.all(".onward button.primary").len() == 1, is_next_to_do, "{step:?}, without a fill");
    }
    page.press(EN.delete_all).await;
    assert_eq!(page.store.read(|state| state.session.dialog.clone()), Some(Dialog::DeleteAll));
}
