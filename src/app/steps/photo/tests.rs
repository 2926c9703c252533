//! The first panel in a browser, empty, filled and faulty.

use super::PhotoPanel;
use crate::app::state::fixture::{face, file, person, photo};
use crate::app::state::photos::{OpenPhoto, Orientation, PhotoSource};
use crate::app::state::session::Dialog;
use crate::app::state::step::Step;
use crate::app::state::{Action, PhotoAction, SaveAction};
use crate::app::testing::{TestPage, photo_opened};
use crate::engine::calibration::Side;
use crate::engine::catalog::SampleHead;
use crate::engine::design::file::write;
use crate::engine::editor::AnalysisImage;
use crate::engine::face::{FaceError, FoundFace, SeenPerson};
use crate::engine::geometry::PhotoPx;
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
    assert!(page.all(".tones").is_empty(), "one's own photo has one's own skin");
    assert_eq!(page.texts("p.say"), [EN.photo_say_open, ""]);

    page.press(EN.side_remove).await;
    assert_eq!(page.store.read(|state| state.session.dialog.clone()), Some(Dialog::RemovePhoto));
}

#[wasm_bindgen_test]
async fn the_sample_head_can_be_had_in_five_tones() {
    let page = TestPage::show(html! { <PhotoPanel /> }, []).await;
    let Action::Photo(PhotoAction::Opened(load, Ok(photo))) = photo_opened() else { unreachable!() };
    let photo = OpenPhoto { digest: SampleHead::default().digest(), ..*photo };
    page.dispatch(PhotoAction::Opened(load, Ok(Box::new(photo)))).await;
    let tones = page.all(".tones button");
    let pressed = tones.iter().filter(|tone| tone.get_attribute("aria-pressed").as_deref() == Some("true")).count();
    assert_eq!((tones.len(), pressed), (5, 1));
}

/// The panel with a photo that is dark down to where skin begins, in which that face was found or not, or nobody could look.
async fn looked_at(found: Option<Result<FoundFace, FaceError>>) -> TestPage {
    let page = TestPage::show(html! { <PhotoPanel /> }, []).await;
    page.dispatch(PhotoAction::Picked(Some(file(7)))).await;
    let load = page.store.read(|state| state.photos.load);
    let Action::Photo(PhotoAction::Opened(_, Ok(photo))) = photo_opened() else { unreachable!() };
    let level = |row: usize| if row < 112 { [30, 30, 30, 255] } else { [205, 160, 140, 255] };
    let pixels = (0..250 * 300).flat_map(|at| level(at / 250)).collect();
    let pixels = Some(Rc::new(AnalysisImage::new(pixels, 250, 0.25)));
    page.dispatch(PhotoAction::Opened(load, Ok(Box::new(OpenPhoto { load, pixels, ..*photo })))).await;
    let person = found.map(|face| Box::new(SeenPerson { face, mask: None, blur: PhotoPx(0.0), from_above: None }));
    page.dispatch(PhotoAction::PersonSought(load, person)).await;
    page
}

#[wasm_bindgen_test]
async fn why_no_idea_is_laid_is_said_with_ways_on() {
    let sides = [EN.side_top, EN.side_left, EN.side_right, EN.side_back];
    let tap = &[EN.face_tap][..];
    for (found, said, ways, sides) in [
        (None, EN.face_not_sought, tap, &[][..]),
        (Some(Err(FaceError::NoFace)), EN.face_none, tap, &sides),
        (Some(Err(FaceError::TurnedAway)), EN.face_turned, tap, &sides),
        (Some(Err(FaceError::TwoFaces)), EN.face_two, tap, &[]),
        (Some(Err(FaceError::TooSmall)), EN.face_small, tap, &[]),
        (Some(Err(FaceError::CutOff)), EN.face_cut, tap, &[]),
        (Some(Err(FaceError::Unsure)), EN.face_unsure, tap, &[]),
        (Some(Err(FaceError::NotUpright)), EN.face_not_upright, &[EN.photo_rotate, EN.face_tap], &[]),
        (Some(Ok(*face())), EN.idea_hair, &[EN.idea_hair_line, EN.idea_hair_paint], &[]),
    ] {
        let page = looked_at(found).await;
        assert_eq!(page.texts(".no-idea[role=status]"), [said]);
        assert_eq!(page.texts(".no-idea + .ways > button"), ways, "{said}");
        assert_eq!(page.texts(".no-idea + .ways fieldset button"), sides, "{said}");
        let group = page.all(".no-idea + .ways fieldset");
        let names: Vec<_> = group.iter().map(|group| page.name_of(group)).collect();
        assert_eq!(names, vec![EN.face_side; usize::from(!sides.is_empty())], "{said}");
        assert_eq!(page.markup().matches(EN.face_side).count(), names.len(), "it is said once");
        assert_eq!(page.texts(".panel-head .say"), [""], "nothing else is asked for");
    }
}

#[wasm_bindgen_test]
async fn each_way_on_leads_where_it_says() {
    let goes = async |found: Option<Result<FoundFace, FaceError>>, way: &str| {
        let page = looked_at(found).await;
        page.press(way).await;
        page.store.read(|state| (state.step(), state.editor.document.side()))
    };
    assert_eq!(goes(None, EN.face_tap).await, (Step::Size, Side::Front));
    assert_eq!(goes(Some(Ok(*face())), EN.idea_hair_line).await, (Step::Hairline, Side::Front));
    assert_eq!(goes(Some(Ok(*face())), EN.idea_hair_paint).await, (Step::Density, Side::Front));
    assert_eq!(goes(Some(Err(FaceError::NoFace)), EN.side_back).await, (Step::Photo, Side::Back));
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
    assert!(!page.texts(".no-idea").contains(&said));
    page.dispatch(PhotoAction::PersonSought(load, Some(person()))).await;
    assert!(page.texts(".no-idea").contains(&said), "{}", page.markup());
    page.press(EN.frontal_move).await;
    assert_eq!(page.store.read(|state| state.editor.document.side()), Side::Front);
    assert!(!page.texts(".no-idea").contains(&said));
}

#[wasm_bindgen_test]
async fn a_side_without_its_photo_asks_for_it() {
    let page = TestPage::show(html! { <PhotoPanel /> }, [photo_opened()]).await;
    page.dispatch(PhotoAction::ShowSide(Side::Top)).await;
    assert_eq!(page.texts("h1#panel-title"), [EN.photo_title]);
    assert_ne!(page.texts(".panel-head .say"), [EN.photo_say], "each side says how it is taken");
    assert!(page.all(".link-button").is_empty(), "there is nothing to remove");
    let mut design = page.store.read(|state| state.editor.document.design().clone());
    design.views.front.photo.as_mut().unwrap().digest = "fnv1a64-6-85944171f73967e8".to_owned();
    let file = write(&design).unwrap().into_bytes();
    page.dispatch(SaveAction::DesignRead(Some(file.into()))).await;
    page.dispatch(PhotoAction::ShowSide(Side::Front)).await;
    assert_eq!(page.texts(".panel-head .say"), [EN.design_needs_photo]);
    page.named("input[type=file]", EN.photo_choose);
}

#[wasm_bindgen_test]
async fn the_focus_stays_on_the_head_of_the_panel_when_a_first_idea_comes() {
    let page = TestPage::show(html! { <PhotoPanel /> }, []).await;
    page.dispatch(PhotoAction::Picked(Some(file(7)))).await;
    let load = page.store.read(|state| state.photos.load);
    let opened = photo(load, &PhotoSource::File(file(7)), Orientation::default());
    page.dispatch(PhotoAction::Opened(load, Ok(Box::new(opened)))).await;
    page.focus("#panel-title");
    page.dispatch(PhotoAction::PersonSought(load, Some(person()))).await;
    assert_eq!(page.texts("#panel-title"), [EN.idea_title]);
    assert_eq!(page.texts(".panel-head .say"), [EN.idea_say]);
    assert!(page.has_focus("#panel-title"));
    assert_eq!(
        page.texts(".slider + .row > button"),
        [EN.idea_change, EN.idea_look],
        "nothing pushes them out of sight"
    );
}
