//! What stands on the picture in a browser: what is under way, and the keys.

use super::busy::BusyLine;
use super::toolbar::Toolbar;
use crate::app::state::fixture::{dots, file, person, photo};
use crate::app::state::photos::{Orientation, PhotoSource};
use crate::app::state::{LookAction, PhotoAction, PreviewAction, ToolAction};
use crate::app::testing::TestPage;
use crate::engine::i18n::EN;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

/// Components on a page where the visitor's photo has come, and a first idea was laid on it; no dots have grown.
async fn with_idea(content: Html) -> TestPage {
    let page = with_own_photo(content).await;
    let load = page.store.read(|state| state.photos.load);
    page.dispatch(PhotoAction::PersonSought(load, Some(person()))).await;
    assert!(page.store.read(|state| state.is_idea_shown()));
    page
}

/// The same, where nobody has looked for a face yet.
async fn with_own_photo(content: Html) -> TestPage {
    let page = TestPage::show(content, []).await;
    page.dispatch(PhotoAction::Picked(Some(file(7)))).await;
    let load = page.store.read(|state| state.photos.load);
    let opened = photo(load, &PhotoSource::File(file(7)), Orientation::default());
    page.dispatch(PhotoAction::Opened(load, Ok(Box::new(opened)))).await;
    page
}

#[wasm_bindgen_test]
async fn a_first_idea_that_waits_for_its_dots_says_so() {
    let page = with_own_photo(html! { <BusyLine /> }).await;
    assert_eq!(page.texts(".busy.shown"), [EN.face_sought]);
    let page = with_idea(html! { <BusyLine /> }).await;
    assert_eq!(page.texts(".busy.shown"), [EN.growing]);
    page.dispatch(PreviewAction::DotsGrown(1, dots(1))).await;
    assert_eq!(page.texts(".busy"), [""], "{}", page.markup());
}

#[wasm_bindgen_test]
async fn before_is_offered_where_it_is_another_picture() {
    let page = with_own_photo(html! { <Toolbar /> }).await;
    let is_offered = |page: &TestPage| !page.named("button", EN.compare_hold).has_attribute("disabled");
    let is_pressed = |page: &TestPage| page.one(".hold").get_attribute("aria-pressed").unwrap();
    assert!(!is_offered(&page), "{}", page.markup());
    page.dispatch(LookAction::HoldBefore(true)).await;
    assert_eq!(is_pressed(&page), "false");
    let page = with_idea(html! { <Toolbar /> }).await;
    assert!(!is_offered(&page), "no dots have grown");
    page.dispatch(PreviewAction::DotsGrown(1, dots(1))).await;
    assert!(is_offered(&page), "{}", page.markup());
    page.fire(".hold", "pointerdown").await;
    assert_eq!(is_pressed(&page), "true");
    page.dispatch(ToolAction::Undo).await;
    assert!(is_offered(&page), "it is held");
    page.fire(".hold", "pointerup").await;
    assert!(is_pressed(&page) == "false" && !is_offered(&page), "{}", page.markup());
}
