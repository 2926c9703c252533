//! The last panel in a browser: empty, filled and faulty.

use super::SavePanel;
use crate::app::state::fixture::{asked, given, opened, stamp};
use crate::app::state::{DraftAction, Effect, RequestAction, SaveAction, StaffAction};
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::export::Format;
use crate::engine::i18n::EN;
use crate::engine::ports::{DraftError, Response};
use std::rc::Rc;
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

/// The last panel for an account that may save versions, or not.
async fn of_staff(may_save: bool) -> TestPage {
    let given = given(&opened()).map(|answer| {
        let body = answer.body.replace(r#""may_save": true"#, &format!(r#""may_save": {may_save}"#));
        Response { body, ..answer }
    });
    let actions = [StaffAction::Answered(given).into(), StaffAction::PicturesFetched(Vec::new()).into()];
    TestPage::show_to(asked().staff.map(|staff| staff.link), html! { <SavePanel /> }, actions).await
}

#[wasm_bindgen_test]
async fn the_staff_saves_a_version_in_place_of_a_request() {
    let page = of_staff(true).await;
    page.named("form", EN.version_title);
    assert!(page.all("#field-name, #delivery.notice").is_empty(), "{}", page.markup());
    assert_eq!(page.one("form a").get_attribute("href").as_deref(), Some("/inbox/requests/7K2M-9QXR-4TDA"));
    page.type_in("#version-name", "Higher").await;
    page.take_effects();
    page.press(EN.version_save).await;
    assert!(page.take_effects().iter().any(|effect| matches!(effect, Effect::RenderRequest { .. })));
    let of = page.store.read(|state| Rc::new(state.editor.document.design().clone()));
    page.dispatch(RequestAction::Rendered(of, Some(Vec::new()), stamp("first"))).await;
    assert_eq!(page.texts("#delivery[role=status] p"), [EN.version_sending]);
    assert_eq!(page.one("#save-version").get_attribute("aria-disabled").as_deref(), Some("true"));
    let answer = |status, body: &str| Ok(Response { status, retry_after_s: None, body: body.to_owned() });
    page.dispatch(RequestAction::Answered("first".to_owned(), 1, answer(401, "{}"))).await;
    assert_eq!(page.texts("#delivery.fault-notice[role=alert] p")[0], EN.version_logged_out);
    assert_eq!(page.one("#delivery a").get_attribute("href").as_deref(), Some("/inbox/login"));
    page.press(EN.version_save).await;
    page.dispatch(StaffAction::Answered(given(&opened()))).await;
    page.dispatch(RequestAction::Answered("first".to_owned(), 1, answer(201, r#"{ "id": "first" }"#))).await;
    assert_eq!(page.texts("#delivery.good[role=status] p"), [EN.version_saved]);
    assert!(page.input("#version-name").value() == "Higher" && page.all("h1").len() == 1, "{}", page.markup());
}

#[wasm_bindgen_test]
async fn an_account_that_may_only_read_is_told_so() {
    let page = of_staff(false).await;
    assert!(page.texts("p").contains(&EN.version_none.to_owned()), "{}", page.markup());
    assert!(page.all("#save-version, #version-name").is_empty());
}
