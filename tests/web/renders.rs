//! The way of a stroke leads past the components: only what lies over the picture is rendered while the brush moves.
#![cfg(test)]

use crate::page_elements::{Page, Role};
use hairline_designer::app::take_render_counts;
use hairline_designer::engine::i18n::EN;
use hairline_designer::engine::ports::DraftStore;
use hairline_designer::platform::draft_store::BrowserStore;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;
use web_sys::js_sys::{self, Promise};

/// Moves of a stroke.
const MOVES: u32 = 240;

/// Runs a script of the page to its end.
async fn script(text: &str) {
    let promise: Promise = js_sys::eval(&format!("(async () => {{ {text} }})()")).unwrap().unchecked_into();
    JsFuture::from(promise).await.unwrap();
    yew::scheduler::flush().await;
}

/// A page with an open photo, on a stage of a usual size, at the step where it is painted, with the brush in hand.
async fn painting() -> Page {
    BrowserStore::default().delete().await.unwrap();
    let page = Page::open().await;
    script(
        "const style = document.createElement('style');
         style.textContent = '.stage { width: 400px; height: 400px } .stage canvas { position: absolute }';
         document.head.append(style);
         const canvas = new OffscreenCanvas(600, 700), pen = canvas.getContext('2d');
         pen.fillStyle = '#889'; pen.fillRect(0, 0, 600, 700); pen.fillStyle = '#c96'; pen.fillRect(150, 80, 300, 420);
         const transfer = new DataTransfer();
         transfer.items.add(new File([await canvas.convertToBlob()], 'head.png', { type: 'image/png' }));
         window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
         const frame = () => new Promise(requestAnimationFrame);
         while (!document.querySelector('.stage-keys')) await frame();",
    )
    .await;
    page.press(&page.one(Role::Step, EN.step_hairline)).await;
    page.press(&page.one(Role::Button, EN.shape_oval)).await;
    page.press(&page.one(Role::Step, EN.step_density)).await;
    script("document.querySelectorAll('[name=density-tool]')[1].click()").await;
    page
}

/// Pointer events on the stage: a stroke of so many moves, a frame between any two.
async fn stroke(moves: u32) {
    script(&format!(
        "const stage = document.querySelector('#stage'), box = stage.getBoundingClientRect();
         const frame = () => new Promise(requestAnimationFrame);
         const send = (kind, step, buttons) => stage.dispatchEvent(new PointerEvent(kind, {{
           pointerId: 7, pointerType: 'mouse', bubbles: true, buttons, button: 0,
           clientX: box.x + 120 + step / 2, clientY: box.y + 100 + step / 4 }}));
         send('pointerdown', 0, 1);
         for (let step = 1; step <= {moves}; step++) {{ send('pointermove', step, 1); if (step % 8 === 0) await frame(); }}
         send('pointerup', {moves}, 0);
         await frame();"
    ))
    .await;
}

fn only_overlay(counts: &BTreeMap<&'static str, u32>) -> Vec<(&'static str, u32)> {
    let is_other = |(picked, _): &(&&'static str, &u32)| !picked.contains("overlay");
    counts.iter().filter(is_other).map(|(picked, count)| (*picked, *count)).collect()
}

#[wasm_bindgen_test]
async fn a_stroke_renders_no_component_but_what_lies_over_the_picture() {
    let _page = painting().await;
    // The first stroke makes the step one that can be undone, and the design one with a fill.
    stroke(MOVES).await;
    let _ = take_render_counts();
    stroke(MOVES).await;
    let counts = take_render_counts();
    let overlay: u32 = counts.iter().filter(|(picked, _)| picked.contains("overlay")).map(|(_, count)| count).sum();
    assert!(overlay > 20, "the ring of the brush does not follow the pointer: {counts:?}");
    let others = only_overlay(&counts);
    let told: u32 = others.iter().map(|(_, count)| count).sum();
    // When the stroke ends, what counts and says something of the design may do so once.
    assert!(told <= 6, "{told} components rendered during a stroke: {others:?}");
}

#[wasm_bindgen_test]
async fn a_slider_of_the_brush_renders_its_own_panel() {
    let page = painting().await;
    let slider: HtmlElement = page.css("#brush-size").unchecked_into();
    let _ = take_render_counts();
    script(
        "const slider = document.querySelector('#brush-size');
         for (let value = 4; value < 54; value++) {
           slider.value = value;
           slider.dispatchEvent(new Event('input', { bubbles: true }));
           if (value % 8 === 0) await new Promise(requestAnimationFrame);
         }",
    )
    .await;
    assert!(slider.is_connected(), "the slider was made anew");
    let counts = take_render_counts();
    let others: Vec<_> =
        counts.keys().filter(|picked| !picked.contains("BrushSettings") && !picked.contains("overlay")).collect();
    assert!(others.is_empty(), "the brush's slider rendered {others:?}");
    assert!(
        counts.keys().any(|picked| picked.contains("BrushSettings")),
        "the slider shows no other value: {counts:?}"
    );
}
