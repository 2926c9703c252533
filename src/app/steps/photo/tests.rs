//! The first panel in a browser, empty, filled and faulty.

use super::PhotoPanel;
use crate::app::state::fixture::{file, person};
use crate::app::state::photos::OpenPhoto;
use crate::app::state::session::Dialog;
use crate::app::state::{Action, PhotoAction, SaveAction};
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::calibration::Side;
use crate::engine::design::file::write;
use crate::engine::editor::AnalysisImage;
use crate::engine::i18n::{EN, fill};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::prelude::*;

#[wasm_bindgen_test]
async fn the_first_panel_asks_for_a_photo_and_then_says_what_it_is() {
    let page = TestPage::show(html! { <PhotoPanel /> }, []).await;
    assert_eq!(page.texts("h1#panel-title"), [EN.photo_title]);
    assert_eq!(page.one("#photo-file").parent_element().unwrap().class_name(), "file-button button primary");
    assert_eq!(page.one("#camera-file").parent_element().unwrap().class_name(), "file-button button only-touch");
    assert_eq!(page.one("#camera-file").get_attribute("capture").as_deref(), Some("user"));
    assert_eq!(page.one("#design-file").parent_element().unwrap().class_name(), "file-button button quiet");
    assert!(page.one("details.more").has_attribute("open"));
    assert!(page.all(".tones, .row, .link-button").is_empty(), "{}", page.markup());

    page.dispatch(photo_opened()).await;
    assert_eq!(page.texts("h1#panel-title"), [EN.photo_title_open]);
    assert_eq!(page.one("#photo-file").parent_element().unwrap().class_name(), "file-button button");
    assert_eq!(page.texts("label[class*=file-button] span")[0], EN.photo_change);
    assert!(!page.one("details.more").has_attribute("open"));
    assert_eq!(page.texts(".row .note.grow").len(), 1);
    let tones = page.all(".tones button");
    let pressed = tones.iter().filter(|tone| tone.get_attribute("aria-pressed").as_deref() == Some("true")).count();
    assert_eq!((tones.len(), pressed), (5, 1));

    page.press(EN.side_remove).await;
    assert_eq!(page.store.read(|state| state.session.dialog.clone()), Some(Dialog::RemovePhoto));
}

/// A photo in which nothing is light was opened.
fn dark_photo_opened() -> Action {
    let Action::Photo(PhotoAction::Opened(load, Ok(photo))) = photo_opened() else { unreachable!() };
    let pixels = AnalysisImage::new([4, 4, 4, 255].repeat(100 * 120), 100, 0.1);
    PhotoAction::Opened(load, Ok(Box::new(OpenPhoto { pixels: Some(Rc::new(pixels)), ..*photo }))).into()
}

#[wasm_bindgen_test]
async fn what_speaks_against_a_photo_is_said_below_it() {
    let page = TestPage::show(html! { <PhotoPanel /> }, []).await;
    assert_eq!(page.texts(".photo-check[role=status]"), [""]);
    page.dispatch(dark_photo_opened()).await;
    assert_eq!(page.texts(".photo-check[role=status] .note"), [EN.check_lead]);
    assert!(page.texts(".photo-check li").contains(&EN.check_dark.to_owned()), "{}", page.markup());
}

#[wasm_bindgen_test]
async fn a_photo_from_the_front_on_another_side_is_moved_there() {
    let page = TestPage::show(html! { <PhotoPanel /> }, []).await;
    page.dispatch(PhotoAction::ShowSide(Side::Top)).await;
    page.dispatch(PhotoAction::Picked(Some(file(7)))).await;
    let load = page.store.read(|state| state.photos.load);
    let Action::Photo(PhotoAction::Opened(_, Ok(photo))) = photo_opened() else { unreachable!() };
    let pixels = AnalysisImage::new(vec![180; 100 * 120 * 4], 100, 0.1);
    let photo = OpenPhoto { load, pixels: Some(Rc::new(pixels)), ..*photo };
    page.dispatch(PhotoAction::Opened(load, Ok(Box::new(photo)))).await;
    let said = fill(EN.frontal_say, &[("side", EN.side_top)]);
    assert!(!page.texts(".note").contains(&said));
    page.dispatch(PhotoAction::PersonSought(load, Some(person()))).await;
    assert!(page.texts(".note").contains(&said), "{}", page.markup());
    page.press(EN.frontal_move).await;
    assert_eq!(page.store.read(|state| state.editor.document.side()), Side::Front);
    assert!(!page.texts(".note").contains(&said));
}

#[wasm_bindgen_test]
async fn a_side_without_its_photo_asks_for_it() {
    let page = TestPage::show(html! { <PhotoPanel /> }, [photo_opened()]).await;
    page.dispatch(PhotoAction::ShowSide(Side::Top)).await;
    assert_eq!(page.texts("h1#panel-title"), [EN.photo_title]);
    assert_ne!(page.texts("p.say"), [EN.photo_say], "each side says how it is taken");
    assert!(page.all(".link-button").is_empty(), "there is nothing to remove");
    let mut design = page.store.read(|state| state.editor.document.design().clone());
    design.views.front.photo.as_mut().unwrap().digest = "fnv1a64-6-85944171f73967e8".to_owned();
    let file = write(&design).unwrap().into_bytes();
    page.dispatch(SaveAction::DesignRead(Some(file.into()))).await;
    page.dispatch(PhotoAction::ShowSide(Side::Front)).await;
    assert_eq!(page.texts("p.say"), [EN.design_needs_photo]);
    page.named("input[type=file]", EN.photo_choose);
}
