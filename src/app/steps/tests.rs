//! The panels of the steps Hairline, Density and Look, mounted on a state and asked for what a person meets.

use super::{DensityPanel, HairlinePanel, LookPanel, VariantChoice};
use crate::app::state::photos::{OpenPhoto, Orientation};
use crate::app::state::preview::NotClipped;
use crate::app::state::session::Capabilities;
use crate::app::state::step::Step;
use crate::app::state::{
    Action, FillAction, LineAction, LookAction, PreviewAction, State, ToolAction, VariantAction, reduce,
};
use crate::app::store::Store;
use crate::engine::calibration::{Calibration, Reference};
use crate::engine::clipped::ClippedRefusal;
use crate::engine::design::{AreaFill, DESIGN_LIMITS, PaintKind, Stroke};
use crate::engine::dots::{BlueNoiseTile, Field};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{AnalysisImage, Command, Handle, LineStyle, proposed_line};
use crate::engine::geometry::{Mm, PhotoPoint};
use crate::engine::i18n::{EN, language};
use crate::engine::photo::PhotoKind;
use crate::platform::dom;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
struct PanelsProps {
    store: Store,
    step: Step,
}

/// The panel of a step, as the page shows it.
#[component]
fn Panels(props: &PanelsProps) -> Html {
    let panel = match props.step {
        Step::Hairline => html! { <><HairlinePanel /><VariantChoice /></> },
        Step::Density => html! { <><DensityPanel /><VariantChoice /></> },
        _ => html! { <LookPanel /> },
    };
    html! { <ContextProvider<Store> context={props.store.clone()}>{ panel }</ContextProvider<Store>> }
}

/// A mounted panel; taken away when it is dropped.
struct Mounted {
    root: Element,
    store: Store,
    app: Option<yew::AppHandle<Panels>>,
}

impl Mounted {
    async fn new(mut state: State, step: Step) -> Self {
        state.session.step = step;
        let document = dom::document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let store = Store::new(state, |_, _| ());
        let props = PanelsProps { store: store.clone(), step };
        let app = yew::Renderer::<Panels>::with_root_and_props(root.clone(), props).render();
        yew::scheduler::flush().await;
        Self { root, store, app: Some(app) }
    }

    async fn dispatch(&self, action: impl Into<Action>) {
        self.store.dispatch(action);
        yew::scheduler::flush().await;
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).filter_map(|index| found.item(index)?.dyn_into().ok()).collect()
    }

    fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap_or_default()).collect()
    }

    fn html(&self) -> String {
        self.root.inner_html()
    }

    async fn press(&self, text: &str) {
        let button =
            self.all("button, label.key").into_iter().find(|button| button.text_content().as_deref() == Some(text));
        button
            .unwrap_or_else(|| panic!("no button {text:?} in {}", self.html()))
            .unchecked_into::<HtmlElement>()
            .click();
        yew::scheduler::flush().await;
    }

    fn input(&self, selector: &str) -> HtmlInputElement {
        self.all(selector).pop().unwrap_or_else(|| panic!("no {selector} in {}", self.html())).unchecked_into()
    }

    /// Types into a field, and leaves it.
    async fn type_in(&self, selector: &str, text: &str) {
        let input = self.input(selector);
        input.set_value(text);
        let event = dom::document().unwrap().create_event("Event").unwrap();
        event.init_event_with_bubbles("change", true);
        input.dispatch_event(&event).unwrap();
        yew::scheduler::flush().await;
    }

    async fn slide(&self, id: &str, value: &str) {
        let input = self.all(&format!("#{id}")).pop().unwrap().unchecked_into::<HtmlInputElement>();
        input.set_value(value);
        let event = dom::document().unwrap().create_event("Event").unwrap();
        event.init_event_with_bubbles("input", true);
        input.dispatch_event(&event).unwrap();
        yew::scheduler::flush().await;
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.root.remove();
    }
}

fn empty() -> State {
    State::new(language(""), Capabilities { reads_back: true, ..Capabilities::default() })
}

/// A photo of a face with its pupils marked.
fn opened() -> State {
    let mut state = empty();
    let photo = OpenPhoto {
        load: 1,
        bytes: None,
        kind: PhotoKind::Jpeg,
        original: (1600, 2000),
        working: (1600, 2000),
        orientation: Orientation::default(),
        digest: "fnv1a64-0-scene".to_owned(),
        thumbnail: None,
        pixels: None,
    };
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let calibration = Calibration { reference, a: PhotoPoint::new(674.0, 1000.0), b: PhotoPoint::new(926.0, 1000.0) };
    let document = &mut state.editor.document;
    document.apply(Command::OpenPhoto(photo.reference())).unwrap();
    document.apply(Command::Calibrate(Some(calibration))).unwrap();
    state.photos.open = Some(photo);
    state.photos.load = 1;
    state
}

/// The same with a line, an area behind it, and dots.
fn filled() -> State {
    let mut state = opened();
    let line = proposed_line(state.view(), state.parameters(), LineStyle::Man);
    let boundary = [(604.0, 655.0), (800.0, 607.5), (996.0, 655.0)].map(|(x, y)| PhotoPoint::new(x, y));
    let document = &mut state.editor.document;
    document.apply(Command::SetHairline(Some(line))).unwrap();
    document.apply(Command::AreaFill(Some(AreaFill::even(boundary.to_vec(), 120.0)))).unwrap();
    let seed = document.design().seed;
    state.preview.field = Some(Field::new(Rc::new(BlueNoiseTile::grow(seed)), seed));
    let _ = reduce(&mut state, ToolAction::Commit.into());
    state
}

#[wasm_bindgen_test]
async fn the_hairline_panel_begins_with_shapes_and_tools() {
    let panel = Mounted::new(empty(), Step::Hairline).await;
    assert_eq!(panel.texts("header h1#panel-title"), [EN.line_title]);
    assert_eq!(panel.texts("header .say"), [EN.line_say_none]);
    assert!(panel.all("button.card").iter().all(|card| card.has_attribute("disabled")), "{}", panel.html());
    let tools = [EN.line_tool_draw, EN.line_tool_temple];
    assert_eq!(panel.texts("fieldset.choice label.key span"), tools, "there is no line whose points could be moved");
    assert_eq!(panel.texts("fieldset.choice label.key.chosen"), [EN.line_tool_draw]);
    assert!(panel.all("#line-height, .slider, details").is_empty(), "{}", panel.html());
}

#[wasm_bindgen_test]
async fn a_shape_lays_a_line_with_its_height_and_sliders() {
    let panel = Mounted::new(opened(), Step::Hairline).await;
    panel.press(EN.shape_rounded).await;
    let chosen = panel.all("button.card.chosen");
    assert_eq!(chosen.len(), 1);
    assert_eq!(chosen[0].get_attribute("aria-pressed").as_deref(), Some("true"));
    assert_eq!(panel.texts(".readout-label"), [EN.line_height]);
    let (before, words) = (panel.texts("#line-height .readout-value"), panel.texts(".slider-head output"));
    panel.slide("shape-height", "80").await;
    assert_ne!(panel.texts("#line-height .readout-value"), before);
    assert_ne!(panel.texts(".slider-head output"), words);
    assert!(panel.store.read(|state| state.editor.document.in_gesture()));
    panel.press(EN.line_remove).await;
    assert!(panel.all("#line-height, .points").is_empty(), "{}", panel.html());
}

#[wasm_bindgen_test]
async fn before_and_after_are_compared_where_they_differ() {
    let panel = Mounted::new(opened(), Step::Look).await;
    assert!(panel.all("#compare").is_empty(), "{}", panel.html());
    let panel = Mounted::new(filled(), Step::Look).await;
    assert_eq!(panel.all("#compare").len(), 1);
}

#[wasm_bindgen_test]
async fn guides_are_ticked_and_unticked() {
    let panel = Mounted::new(opened(), Step::Hairline).await;
    let ticks = || -> Vec<bool> {
        let inputs = panel.all("details label.tick input");
        inputs.into_iter().map(|input| input.unchecked_into::<HtmlInputElement>().checked()).collect()
    };
    let before = ticks();
    panel.dispatch(LineAction::ToggleGuide(1)).await;
    panel.dispatch(LineAction::SetSnapping(false)).await;
    let after = ticks();
    assert_eq!((before[1], after[1], before[0]), (false, true, after[0]));
    assert_eq!((before.last(), after.last()), (Some(&true), Some(&false)));
}

#[wasm_bindgen_test]
async fn the_density_panel_follows_its_tools() {
    let panel = Mounted::new(filled(), Step::Density).await;
    assert_eq!(panel.texts("header .say"), [EN.density_say]);
    assert_eq!(panel.all("#fill-density, #fill-rear").len(), 2, "{}", panel.html());
    assert!(panel.all(".button.primary").is_empty());
    panel.dispatch(ToolAction::Take(ToolKind::Brush)).await;
    assert_eq!(panel.all("#brush-density, #brush-size, #brush-softness").len(), 3);
    panel.dispatch(ToolAction::Take(ToolKind::Eraser)).await;
    assert_eq!(panel.all("#brush-density, #brush-size, #brush-softness").len(), 2);
    panel.dispatch(FillAction::Clear).await;
    panel.dispatch(ToolAction::Take(ToolKind::Area)).await;
    assert_eq!(panel.texts(".fills .button.primary"), [EN.density_fill_hair]);
    assert!(panel.all(".link-button").is_empty(), "{}", panel.html());
}

#[wasm_bindgen_test]
async fn a_stroke_changes_nothing_in_the_panel() {
    let panel = Mounted::new(filled(), Step::Density).await;
    panel.dispatch(ToolAction::Take(ToolKind::Brush)).await;
    let observed = panel.html();
    let stroke = Stroke {
        paint: PaintKind::Brush,
        radius: 40.0,
        softness: 0.5,
        density: 160.0,
        behind_line: true,
        points: vec![PhotoPoint::new(800.0, 620.0)],
    };
    let mut state = filled();
    state.editor.document.apply(Command::AddStroke(stroke)).unwrap();
    let painted = Mounted::new(state, Step::Density).await;
    painted.dispatch(ToolAction::Take(ToolKind::Brush)).await;
    assert_eq!(painted.html(), observed);
}

#[wasm_bindgen_test]
async fn the_look_panel_shows_what_is_chosen() {
    let panel = Mounted::new(filled(), Step::Look).await;
    assert_eq!(panel.texts("header .say"), [EN.look_say]);
    assert_eq!(panel.all(".stages .tile canvas").len(), 7);
    assert_eq!(panel.texts(".figures h2"), [EN.figures_title]);
    assert_eq!(panel.texts(".swatches .chosen"), [EN.shade_dark_grey]);
    panel.slide("edge", "30").await;
    panel.slide("age", "3").await;
    assert_eq!(panel.store.read(|state| state.editor.document.design().look.softness), 0.3);
    assert_eq!(panel.texts(".tile.chosen"), [EN.stage_year]);
    panel.dispatch(LookAction::CompareWith(None)).await;
    assert!(panel.all("[name=compare-with], .variants .cards").is_empty());
    panel.press(EN.variant_add).await;
    assert_eq!(panel.all(".variants .cards canvas").len(), 2);
    assert_eq!(panel.all("[name=compare-with]").len(), 2);
    panel.dispatch(VariantAction::Remove).await;
    assert!(panel.all("[name=compare-with], .variants .cards").is_empty());
}

#[wasm_bindgen_test]
async fn own_hair_is_clipped_and_what_was_found_of_it_corrected() {
    let mut state = filled();
    let pixels = AnalysisImage::new(vec![180; 100 * 120 * 4], 100, 0.1);
    state.photos.open.as_mut().unwrap().pixels = Some(Rc::new(pixels));
    let panel = Mounted::new(state, Step::Look).await;
    assert_eq!(panel.texts("input[name=hair] + span"), [EN.look_hair_shaved, EN.look_hair_clipped, EN.look_hair_kept]);
    assert!(panel.all("#hair-length, [name=hair-tool]").is_empty(), "{}", panel.html());
    panel.press(EN.look_hair_clipped).await;
    assert_eq!(panel.texts("[role=status] .note"), [EN.look_hair_clipped_note]);
    panel.slide("hair-length", "2").await;
    assert_eq!(panel.store.read(|state| state.editor.document.design().look.hair_length), Mm(2.0));
    panel.press(EN.hair_tool_not).await;
    assert_eq!(panel.store.read(State::tool), ToolKind::NotHair);
    panel.slide("hair-brush-size", "30").await;
    assert_eq!(panel.store.read(|state| state.editor.brush.radius), Mm(15.0));
    panel.press(EN.hair_tool_done).await;
    assert!(panel.store.read(State::tool) == ToolKind::View && panel.all("#hair-brush-size").is_empty());

    let of = panel.store.read(|state| state.preview.clipped.sought.clone()).unwrap();
    let refused = Err(NotClipped::Refused(ClippedRefusal::LongHair));
    panel.dispatch(PreviewAction::Clipped(Box::new(of), refused)).await;
    assert_eq!(panel.texts("[role=status] .note"), [EN.clipped_long]);
    assert!(panel.all("#hair-length, [name=hair-tool]").is_empty(), "there is nothing to be set");
}

#[wasm_bindgen_test]
async fn the_look_panel_of_an_empty_design_says_so() {
    let panel = Mounted::new(empty(), Step::Look).await;
    assert_eq!(panel.texts("header .say"), [EN.look_empty]);
    assert!(panel.all("canvas, .figures, .variants .button, [role=status]").is_empty(), "{}", panel.html());
    assert_eq!(panel.all(".tile").len(), 7);
}

#[wasm_bindgen_test]
async fn the_density_panel_of_an_empty_design_asks_for_a_line() {
    let panel = Mounted::new(empty(), Step::Density).await;
    assert_eq!(panel.texts("header h1#panel-title"), [EN.density_title]);
    assert_eq!(panel.texts("header .say"), [EN.density_no_line]);
    assert_eq!(panel.texts(".fills button:disabled"), [EN.density_fill_hair, EN.density_fill_head, EN.density_fill]);
    assert!(panel.all(".fills button:not(:disabled), .slider, .link-button").is_empty(), "{}", panel.html());
}

#[wasm_bindgen_test]
async fn an_area_that_lost_its_line_keeps_its_density_and_asks_for_a_line() {
    let panel = Mounted::new(filled(), Step::Density).await;
    panel.dispatch(LineAction::Remove).await;
    assert_eq!(panel.texts("header .say"), [EN.density_no_line]);
    assert!(panel.all("#fill-rear").is_empty(), "{}", panel.html());
}

#[wasm_bindgen_test]
async fn a_line_without_a_scale_has_no_height() {
    let mut state = opened();
    let line = proposed_line(state.view(), state.parameters(), LineStyle::Man);
    state.editor.document.apply(Command::SetHairline(Some(line))).unwrap();
    state.editor.document.apply(Command::Calibrate(None)).unwrap();
    let panel = Mounted::new(state, Step::Hairline).await;
    assert_eq!(panel.texts(".readout.rough"), [EN.line_height_none]);
    assert!(panel.all("#line-height").is_empty(), "{}", panel.html());
}

#[wasm_bindgen_test]
async fn no_point_is_removed_or_made_a_corner_before_one_is_chosen() {
    let panel = Mounted::new(filled(), Step::Hairline).await;
    panel.dispatch(ToolAction::Select(Handle::MarkA)).await;
    assert_eq!(panel.texts(".points button:disabled"), [EN.line_point_remove, EN.line_point_corner]);
    panel.dispatch(ToolAction::Select(Handle::Handle(1))).await;
    assert!(panel.all(".points button:disabled").is_empty(), "{}", panel.html());
    panel.press(EN.line_point_corner).await;
    assert_eq!(panel.texts(".points button")[2], EN.line_point_smooth);
}

#[wasm_bindgen_test]
async fn a_variants_field_shows_the_name_that_it_has() {
    let panel = Mounted::new(filled(), Step::Look).await;
    panel.press(EN.variant_add).await;
    let longest = "n".repeat(DESIGN_LIMITS.name_chars);
    let held = || panel.store.read(|state| state.editor.document.design().variant_name(1).to_owned());
    panel.type_in("#variant-name", &longest).await;
    assert_eq!((held(), panel.input("#variant-name").value()), (longest.clone(), longest.clone()));
    // What is cut short leaves the name as it was: nothing in the state tells the field so.
    panel.type_in("#variant-name", &(longest.clone() + "more")).await;
    assert_eq!((held(), panel.input("#variant-name").value()), (longest.clone(), longest));
    panel.type_in("#variant-name", "").await;
    assert_eq!((held(), panel.input("#variant-name").value()), (String::new(), String::new()));
}

#[wasm_bindgen_test]
async fn no_more_variants_are_offered_than_a_design_can_have() {
    let panel = Mounted::new(filled(), Step::Look).await;
    for _ in 1..DESIGN_LIMITS.variants {
        panel.press(EN.variant_add).await;
    }
    assert_eq!(panel.all(".variants .cards canvas").len(), DESIGN_LIMITS.variants);
    assert!(!panel.texts("button").contains(&EN.variant_add.to_owned()), "{}", panel.html());
}
