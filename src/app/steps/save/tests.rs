//! The last panel in a browser: empty, filled and faulty.

use super::SavePanel;
use crate::app::state::{DraftAction, Effect, SaveAction};
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::export::Format;
use crate::engine::i18n::EN;
use crate::engine::ports::DraftError;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn nothing_can_be_saved_without_a_photo() {
    let page = TestPage::show(html! { <SavePanel /> }, []).await;
    let disabled = |page: &TestPage| page.texts("button:disabled");
    assert_eq!(disabled(&page), [EN.save_picture, EN.save_both, EN.save_design]);
    page.dispatch(photo_opened()).await;
    assert!(disabled(&page).is_empty());
}

#[wasm_bindgen_test]
async fn while_a_picture_is_made_no_other_is() {
    let page = TestPage::show(html! { <SavePanel /> }, [photo_opened()]).await;
    page.press(EN.save_jpeg).await;
    assert_eq!(page.store.read(|state| state.format), Format::Jpeg);
    assert!(page.input("[name=format][checked], label.chosen [name=format]").checked());
    page.take_effects();
    page.press(EN.save_picture).await;
    let makes = |effect: &Effect| matches!(effect, Effect::SavePicture { .. });
    assert!(page.take_effects().iter().any(makes), "{}", page.markup());
    assert_eq!(page.texts("[role=status].note"), [EN.save_working]);
    assert!(page.named("button", EN.save_both).has_attribute("disabled"));
    page.dispatch(SaveAction::PictureSaved("hairline-after.png".to_owned(), false)).await;
    assert!(page.all("[role=status].note, button:disabled").is_empty(), "it can be tried again");
}

#[wasm_bindgen_test]
async fn a_device_that_keeps_no_drafts_is_said_to_keep_none() {
    let page = TestPage::show(html! { <SavePanel /> }, [photo_opened()]).await;
    assert!(!page.texts(".note").contains(&EN.draft_off.to_owned()));
    page.dispatch(DraftAction::Kept(Err(DraftError::NoStore))).await;
    assert!(page.texts(".note").contains(&EN.draft_off.to_owned()), "{}", page.markup());
}
