//! The page as a visitor meets it, before there is a photo.
#![cfg(test)]

use crate::page_elements::{Page, Role};
use hairline_designer::engine::i18n::EN;
use hairline_designer::engine::ports::DraftStore;
use hairline_designer::platform::dom;
use hairline_designer::platform::draft_store::BrowserStore;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

/// The steps and the heading that each shows.
fn steps() -> [(&'static str, &'static str); 6] {
    [
        (EN.step_photo, EN.photo_title),
        (EN.step_size, EN.size_title),
        (EN.step_hairline, EN.line_title),
        (EN.step_density, EN.density_title),
        (EN.step_look, EN.look_title),
        (EN.step_save, EN.save_title),
    ]
}

/// A page on a device that keeps no draft.
async fn page() -> Page {
    BrowserStore::default().delete().await.unwrap();
    Page::open().await
}

fn is_disabled(element: &Element) -> bool {
    element.has_attribute("disabled")
}

#[wasm_bindgen_test]
async fn the_page_begins_with_a_photo() {
    let page = page().await;
    assert_eq!(page.names(Role::Step), steps().map(|(step, _)| step));
    assert_eq!(page.names(Role::Heading), [EN.photo_title]);
    let current: Vec<bool> = page.all(Role::Step).iter().map(|step| step.has_attribute("aria-current")).collect();
    assert_eq!(current, [true, false, false, false, false, false]);
    let inputs = page.names(Role::FileInput);
    assert!(inputs.iter().any(|name| name == EN.photo_choose), "{inputs:?}");
    let buttons = page.names(Role::Button);
    assert!(buttons.iter().any(|name| name == EN.photo_sample), "{buttons:?}");
    assert_eq!(page.names(Role::Dialog), [""; 0]);
}

#[wasm_bindgen_test]
async fn nothing_can_be_undone_at_first() {
    let page = page().await;
    assert!(is_disabled(&page.one(Role::Button, EN.undo)));
    assert!(is_disabled(&page.one(Role::Button, EN.redo)));
}

#[wasm_bindgen_test]
async fn each_step_can_be_gone_to_and_shows_its_heading() {
    let page = page().await;
    for (step, title) in steps().into_iter().chain(steps().into_iter().rev()) {
        page.press(&page.one(Role::Step, step)).await;
        assert_eq!(page.names(Role::Heading), [title], "at the step {step}");
        assert_eq!(page.one(Role::Step, step).get_attribute("aria-current").as_deref(), Some("step"), "{step}");
    }
}

#[wasm_bindgen_test]
async fn the_focus_comes_to_the_heading_of_each_step() {
    let page = page().await;
    let mut lost = Vec::new();
    let mut before = EN.step_photo;
    for (step, title) in steps().into_iter().chain(steps().into_iter().rev()) {
        page.press(&page.one(Role::Step, step)).await;
        let focused = dom::document().unwrap().active_element().unwrap();
        if focused.text_content().as_deref() != Some(title) {
            lost.push(format!("{before} to {step}: {}", focused.tag_name()));
        }
        before = step;
    }
    assert!(lost.is_empty(), "the focus is elsewhere after {lost:?}");
}

#[wasm_bindgen_test]
async fn next_leads_through_the_steps() {
    let page = page().await;
    page.press(&page.one(Role::Step, EN.step_size)).await;
    for (step, title) in steps().into_iter().skip(2) {
        let label = EN.next.replace("{step}", step);
        page.press(&page.one(Role::Button, &label)).await;
        assert_eq!(page.names(Role::Heading), [title], "after {label}");
    }
}

#[wasm_bindgen_test]
async fn every_button_and_file_input_has_a_name() {
    let page = page().await;
    for (step, _) in steps() {
        page.press(&page.one(Role::Step, step)).await;
        for role in [Role::Button, Role::FileInput] {
            let names = page.names(role);
            assert!(!names.is_empty() || role == Role::FileInput, "{step}: no {role:?}");
            assert!(names.iter().all(|name| !name.is_empty()), "{step}: {role:?} {names:?}");
        }
    }
}

#[wasm_bindgen_test]
async fn deleting_everything_asks_first() {
    let page = page().await;
    page.press(&page.one(Role::Button, EN.delete_all)).await;
    let questions = page.all(Role::Dialog);
    assert_eq!(questions.len(), 1);
    let asked = questions[0].text_content().unwrap();
    assert!(asked.contains(EN.ask_delete_title), "{asked}");
    page.press(&page.one(Role::Button, EN.cancel)).await;
    assert_eq!(page.all(Role::Dialog).len(), 0);
}

#[wasm_bindgen_test]
async fn a_build_for_development_shows_its_widgets_where_the_address_asks_for_them() {
    let location = dom::window().unwrap().location();
    location.set_hash("#gallery").unwrap();
    let gallery = page().await;
    location.set_hash("").unwrap();
    assert_eq!(gallery.names(Role::Heading).first().map(String::as_str), Some("Widgets"));
    assert!(gallery.all(Role::Step).is_empty());
    drop(gallery);
    assert_eq!(page().await.names(Role::Heading), [EN.photo_title]);
}
