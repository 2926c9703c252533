//! What stands on the picture in a browser: what is under way, and the keys.

use super::Stage;
use super::busy::BusyLine;
use super::toolbar::Toolbar;
use crate::app::state::fixture::{dots, file, person, photo};
use crate::app::state::photos::{Orientation, PhotoSource};
use crate::app::state::{LookAction, PhotoAction, PreviewAction, ToolAction};
use crate::app::testing::TestPage;
use crate::engine::calibration::Side;
use crate::engine::i18n::EN;
use crate::platform::dom;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, DomRect, Element};
use yew::prelude::*;

/// What the stage looks like.
const STYLES: [&str; 4] = [
    include_str!("../../../styles/start.css"),
    include_str!("../../../styles/widgets.css"),
    include_str!("../../../styles/page.css"),
    include_str!("../../../styles/stage.css"),
];
/// Windows of phones, CSS pixels, upright and on their sides.
const PHONES: [(u32, u32); 5] = [(390, 844), (360, 640), (320, 568), (844, 390), (568, 320)];

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

/// Markup of the stage in a window of that size, as the program's styles show it.
struct Window(Element);

impl Window {
    fn of(markup: &str, (width, height): (u32, u32)) -> Self {
        let document = dom::document().unwrap();
        let frame = document.create_element("iframe").unwrap();
        for (name, value) in [("width", width), ("height", height), ("frameborder", 0)] {
            frame.set_attribute(name, &value.to_string()).unwrap();
        }
        document.body().unwrap().append_child(&frame).unwrap();
        let window = Self(frame);
        let content = format!(
            "<head><style>{}</style></head><body><div class='page'><main class='work'>{markup}</main></div></body>",
            STYLES.concat()
        );
        window.document().document_element().unwrap().set_inner_html(&content);
        window
    }

    fn document(&self) -> Document {
        js_sys::Reflect::get(&self.0, &"contentDocument".into()).unwrap().unchecked_into()
    }

    /// All that a selector finds, where it is.
    fn places(&self, selector: &str) -> Vec<(Element, DomRect)> {
        let found = self.document().query_selector_all(selector).unwrap();
        let elements = (0..found.length()).filter_map(|index| found.get(index)).map(|node| node.unchecked_into());
        elements.map(|element: Element| (element.clone(), element.get_bounding_client_rect())).collect()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// What is under way is read on a phone, and hides no key.
#[track_caller]
fn check_readable(page: &TestPage, text: &str) {
    for phone in PHONES {
        let window = Window::of(&page.markup(), phone);
        let (busy, line) = window.places(".busy.shown").remove(0);
        assert_eq!(busy.text_content().as_deref(), Some(text));
        let (width, height) = (f64::from(phone.0), f64::from(phone.1));
        assert!(
            line.left() > 0.0
                && line.right() < width
                && line.top() > 0.0
                && line.bottom() < height
                && line.width() > 99.0,
            "{phone:?}: from {} to {} and from {} to {}",
            line.left(),
            line.right(),
            line.top(),
            line.bottom()
        );
        let style = dom::window().unwrap().get_computed_style(&busy).unwrap().unwrap();
        let ground = style.get_property_value("background-color").unwrap();
        assert!(ground.starts_with("rgb("), "{phone:?}: what lies below is seen through {ground}");
        let keys = window.places(".stage-frame button, .stage-frame label, .stage-frame input");
        assert!(keys.len() > 5, "{phone:?}: {} keys", keys.len());
        for (key, place) in keys {
            let is_apart = line.right() <= place.left()
                || place.right() <= line.left()
                || line.bottom() <= place.top()
                || place.bottom() <= line.top();
            assert!(is_apart, "{phone:?}: {text} hides {}", key.outer_html());
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_under_way_hides_no_key_on_a_phone() {
    let page = TestPage::show(html! { <Stage /> }, []).await;
    page.dispatch(PhotoAction::Picked(Some(file(7)))).await;
    check_readable(&page, EN.loading);
    let page = with_own_photo(html! { <Stage /> }).await;
    check_readable(&page, EN.face_sought);
    page.dispatch(PhotoAction::ShowSide(Side::Top)).await;
    page.dispatch(PhotoAction::Picked(Some(file(8)))).await;
    check_readable(&page, EN.loading);
}

#[wasm_bindgen_test]
async fn what_is_seen_of_the_examples_slider_stands_on_its_line() {
    let page = TestPage::show(html! { <Stage /> }, []).await;
    let window = Window::of(&page.markup(), PHONES[0]);
    let (pictures, place) = window.places(".example-pictures").remove(0);
    let (handle, _) = window.places(".example-handle").remove(0);
    // As where a hand took the slider.
    pictures.class_list().remove_1("in-motion").unwrap();
    for share in [30, 50, 80] {
        dom::set_custom_property(pictures.unchecked_ref(), "--split", &format!("{share}%"));
        let knob = dom::window().unwrap().get_computed_style(&handle).unwrap().unwrap();
        let left: f64 = knob.get_property_value("left").unwrap().trim_end_matches("px").parse().unwrap();
        let line = place.width() * f64::from(share) / 100.0;
        assert!((left - line).abs() < 0.5 && line > 50.0, "{left} beside {line}");
        assert_eq!(knob.get_property_value("translate").unwrap(), "-50%", "its middle is meant");
    }
}
