//! Every widget in a browser: what it shows by role and name, what it calls with which value, its states, its focus.

use super::{
    Button, Checkbox, Choice, Dialog, FileButton, Fold, Gallery, Icon, IconButton, LinkButton, Note, NoticeBar, Pairs,
    PanelHead, Slider,
};
use crate::app::state::session::{Notice, NoticeKind};
use crate::app::testing::TestPage;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, File, HtmlElement, HtmlInputElement, MouseEvent};
use yew::prelude::*;

/// Notes what a callback is called with.
#[derive(Clone)]
struct Calls<T>(Rc<RefCell<Vec<T>>>);

impl<T: 'static> Calls<T> {
    fn new() -> Self {
        Self(Rc::default())
    }

    fn callback(&self) -> Callback<T> {
        let calls = self.0.clone();
        Callback::from(move |value| calls.borrow_mut().push(value))
    }

    /// The calls since this was asked last.
    fn take(&self) -> Vec<T> {
        self.0.take()
    }
}

async fn show(content: Html) -> TestPage {
    TestPage::show(content, []).await
}

async fn click(page: &TestPage, element: Element) {
    element.unchecked_into::<HtmlElement>().click();
    page.settled().await;
}

fn attribute(element: &Element, name: &str) -> Option<String> {
    element.get_attribute(name)
}

/// Calls a script with an element.
fn script(element: &Element, body: &str) {
    js_sys::Function::new_with_args("element", body).call1(element, element).unwrap();
}

#[wasm_bindgen_test]
async fn a_button_is_pressed_unless_it_is_disabled() {
    let calls = Calls::<MouseEvent>::new();
    let page = show(html! {
        <>
            <Button class="primary" id="own-id" on_click={calls.callback()}>{ "Go" }</Button>
            <Button disabled=true on_click={calls.callback()}>{ "Not now" }</Button>
            <Button label="Another name" title="A hint" on_click={calls.callback()}>{ "…" }</Button>
        </>
    })
    .await;
    let go = page.named("button", "Go");
    assert_eq!((go.id(), go.class_name()), ("own-id".to_owned(), "button primary".to_owned()));
    assert_eq!(attribute(&go, "type").as_deref(), Some("button"), "it submits no form");
    for absent in ["aria-pressed", "aria-disabled", "aria-label", "title", "disabled"] {
        assert_eq!(attribute(&go, absent), None, "{absent}");
    }
    click(&page, go).await;
    assert_eq!(calls.take().len(), 1);
    let disabled = page.named("button", "Not now");
    assert!(disabled.has_attribute("disabled"));
    click(&page, disabled).await;
    assert_eq!(calls.take().len(), 0);
    let other = page.named("button", "Another name");
    assert_eq!(attribute(&other, "title").as_deref(), Some("A hint"));
}

#[wasm_bindgen_test]
async fn a_button_that_has_nothing_to_do_keeps_the_focus_and_a_switch_says_whether_it_is_on() {
    let calls = Calls::<MouseEvent>::new();
    let page = show(html! {
        <>
            <Button id="done" is_done=true on_click={calls.callback()}>{ "Done" }</Button>
            <Button pressed=true on_click={calls.callback()}>{ "On" }</Button>
            <Button pressed=false on_click={calls.callback()}>{ "Off" }</Button>
        </>
    })
    .await;
    let done = page.named("button", "Done");
    assert_eq!(attribute(&done, "aria-disabled").as_deref(), Some("true"));
    assert!(!done.has_attribute("disabled"));
    page.focus("#done");
    assert!(page.has_focus("#done"));
    assert_eq!(attribute(&page.named("button", "On"), "aria-pressed").as_deref(), Some("true"));
    assert_eq!(attribute(&page.named("button", "Off"), "aria-pressed").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
async fn an_icon_button_has_a_name_that_is_not_its_icon() {
    let calls = Calls::<MouseEvent>::new();
    let page = show(html! {
        <>
            <IconButton label="Add" on_click={calls.callback()}><Icon path="M12 8v12" /></IconButton>
            <IconButton label="True size" class="text" disabled=true on_click={calls.callback()}>{ "1:1" }</IconButton>
        </>
    })
    .await;
    let add = page.named("button", "Add");
    assert_eq!(attribute(&add, "title").as_deref(), Some("Add"));
    let icon = page.one("button svg.icon");
    assert_eq!(attribute(&icon, "aria-hidden").as_deref(), Some("true"));
    assert_eq!(attribute(&page.one("svg path"), "d").as_deref(), Some("M12 8v12"));
    click(&page, add).await;
    let size = page.named("button", "True size");
    assert_eq!((size.class_name(), size.text_content().as_deref()), ("icon-button text".to_owned(), Some("1:1")));
    click(&page, size).await;
    assert_eq!(calls.take().len(), 1, "the second one is disabled");
}

#[wasm_bindgen_test]
async fn a_link_button_is_a_button() {
    let calls = Calls::<MouseEvent>::new();
    let page = show(html! { <LinkButton on_click={calls.callback()}>{ "Remove" }</LinkButton> }).await;
    let button = page.named("button[type=button]", "Remove");
    assert_eq!(button.class_name(), "link-button");
    click(&page, button).await;
    assert_eq!(calls.take().len(), 1);
}

#[wasm_bindgen_test]
async fn a_checkbox_says_what_it_becomes() {
    let calls = Calls::<bool>::new();
    let page = show(html! {
        <>
            <Checkbox label="Not yet" checked=false on_change={calls.callback()} />
            <Checkbox label="Ticked" checked=true id="ticked" on_change={calls.callback()} />
        </>
    })
    .await;
    let (not_yet, ticked) =
        (page.named("input[type=checkbox]", "Not yet"), page.named("input[type=checkbox]", "Ticked"));
    assert_eq!(ticked.id(), "ticked");
    let is_checked = |element: &Element| element.unchecked_ref::<HtmlInputElement>().checked();
    assert_eq!((is_checked(&not_yet), is_checked(&ticked)), (false, true));
    assert!(page.all("[aria-invalid], [aria-describedby]").is_empty());
    click(&page, not_yet).await;
    click(&page, ticked).await;
    assert_eq!(calls.take(), [true, false]);
}

#[wasm_bindgen_test]
async fn a_faulty_checkbox_leads_to_what_is_wrong_with_it() {
    let page = show(html! {
        <>
            <Checkbox label="I agree" checked=false error_id="why" on_change={Callback::noop()} />
            <p id="why">{ "It must be ticked." }</p>
        </>
    })
    .await;
    let input = page.named("input", "I agree");
    assert_eq!(attribute(&input, "aria-invalid").as_deref(), Some("true"));
    let described = attribute(&input, "aria-describedby").unwrap();
    assert_eq!(page.texts(&format!("#{described}")), ["It must be ticked."]);
}

#[wasm_bindgen_test]
async fn a_choice_is_a_group_of_radio_buttons() {
    let calls = Calls::<usize>::new();
    let options = ["One", "Two", "Three"].map(AttrValue::from).to_vec();
    let page = show(html! {
        <>
            <Choice name="a" label="How many" options={options.clone()} chosen={1} on_choose={calls.callback()} />
            <Choice name="b" label="None" class="swatches" {options} chosen={None::<usize>} on_choose={calls.callback()} />
        </>
    })
    .await;
    let group = page.named("fieldset", "How many");
    assert_eq!(group.class_name(), "choice");
    assert_eq!(page.named("fieldset", "None").class_name(), "choice swatches");
    let state = |name: &str| -> Vec<bool> {
        page.all(&format!("input[type=radio][name={name}]"))
            .iter()
            .map(|input| input.unchecked_ref::<HtmlInputElement>().checked())
            .collect()
    };
    assert_eq!(state("a"), [false, true, false]);
    assert_eq!(state("b"), [false; 3]);
    assert_eq!(page.texts("label.chosen"), ["Two"]);
    let places: Vec<_> = page.all("fieldset.swatches label").iter().map(|key| attribute(key, "data-index")).collect();
    assert_eq!(places, ["0", "1", "2"].map(|place| Some(place.to_owned())));
    click(&page, page.named("input[name=a]", "Three")).await;
    click(&page, page.named("input[name=b]", "One")).await;
    assert_eq!(calls.take(), [2, 0]);
}

#[wasm_bindgen_test]
async fn a_slider_says_its_value_in_words_and_tells_each_move() {
    let (moves, commits) = (Calls::<f64>::new(), Calls::<()>::new());
    let page = show(html! {
        <Slider
            id="edge"
            label="Edge"
            words="30 %"
            ends={["soft", "crisp"]}
            range={(0.0, 100.0)}
            step=5.0
            value=30.0
            on_input={moves.callback()}
            on_commit={commits.callback()}
        />
    })
    .await;
    let slider = page.named("input[type=range]", "Edge");
    let values = ["min", "max", "step", "aria-valuetext"].map(|name| attribute(&slider, name).unwrap());
    assert_eq!(values, ["0", "100", "5", "30 %"]);
    assert_eq!(page.input("#edge").value_as_number(), 30.0);
    assert_eq!(page.texts("output[for=edge]"), ["30 %"]);
    assert_eq!(page.texts(".slider-ends[aria-hidden=true] span"), ["soft", "crisp"]);
    page.input("#edge").set_value("45");
    page.fire("#edge", "input").await;
    assert_eq!((moves.take(), commits.take().len()), (vec![45.0], 0), "it is still moved");
    page.fire("#edge", "change").await;
    assert_eq!((moves.take().len(), commits.take().len()), (0, 1), "it was let go");
}

#[wasm_bindgen_test]
async fn a_slider_without_ends_shows_none() {
    let page = show(html! {
        <Slider id="s" label="S" words="1" range={(0.0, 2.0)} step=0.5 value=1.0 on_input={Callback::noop()} />
    })
    .await;
    assert!(page.all(".slider-ends").is_empty());
    page.fire("#s", "change").await;
}

#[wasm_bindgen_test]
async fn a_fold_opens_and_closes() {
    let page = show(html! {
        <>
            <Fold summary="More">{ "Folded away." }</Fold>
            <Fold summary="Open" open=true>{ "To be seen." }</Fold>
        </>
    })
    .await;
    let (more, open) = (page.named("details", "More"), page.named("details", "Open"));
    assert_eq!((more.has_attribute("open"), open.has_attribute("open")), (false, true));
    assert!(more.text_content().unwrap().contains("Folded away."));
    page.press("More").await;
    page.press("Open").await;
    assert_eq!((more.has_attribute("open"), open.has_attribute("open")), (true, false));
}

#[wasm_bindgen_test]
async fn a_note_can_be_pointed_to() {
    let page = show(html! {
        <>
            <Note>{ "A remark." }</Note>
            <Note id="own-id" class="grow">{ "Another." }</Note>
        </>
    })
    .await;
    assert_eq!(page.texts("p.note"), ["A remark.", "Another."]);
    assert_eq!(page.texts("p#own-id.grow"), ["Another."]);
}

#[wasm_bindgen_test]
async fn a_notice_of_a_fault_alerts_and_any_other_is_a_status() {
    let kinds = [
        (NoticeKind::Good, "status", "good"),
        (NoticeKind::Info, "status", "info"),
        (NoticeKind::Fault, "alert", "fault-notice"),
    ];
    for (kind, role, class) in kinds {
        let calls = Calls::<()>::new();
        let notice = Notice { kind, text: format!("{kind:?} is said.") };
        let page =
            show(html! { <NoticeBar notice={notice.clone()} close_label="Close" on_close={calls.callback()} /> }).await;
        assert_eq!(page.texts(&format!("#notice[role={role}] .{class} p")), [notice.text], "{}", page.markup());
        click(&page, page.named("button", "Close")).await;
        assert_eq!(calls.take().len(), 1, "{kind:?}");
    }
}

#[wasm_bindgen_test]
async fn the_place_of_notices_is_there_without_any() {
    let notice: Option<Notice> = None;
    let page = show(html! { <NoticeBar {notice} close_label="Close" on_close={Callback::noop()} /> }).await;
    assert_eq!(page.texts("#notice[role=status]"), [""]);
    assert!(page.all("button").is_empty());
}

#[wasm_bindgen_test]
async fn pairs_are_a_list_of_names_and_texts() {
    let lines = [("Name", "Ada"), ("Phone", "030")].map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec();
    let page = show(html! { <Pairs class="own" {lines} /> }).await;
    assert_eq!(page.texts("dl.own dt"), ["Name", "Phone"]);
    assert_eq!(page.texts("dl.own dt + dd"), ["Ada", "030"]);
}

#[wasm_bindgen_test]
async fn the_head_of_a_panel_takes_the_focus_but_no_stop_of_the_tabulator() {
    let page = show(html! { <PanelHead title="A step">{ "What to do." }</PanelHead> }).await;
    assert_eq!(page.texts("header h1"), ["A step"]);
    assert_eq!(page.texts("header p.say"), ["What to do."]);
    assert_eq!(page.one("h1").unchecked_into::<HtmlElement>().tab_index(), -1);
    page.focus("h1");
    assert!(page.has_focus("h1"));
}

#[wasm_bindgen_test]
async fn a_file_button_tells_a_file_and_can_tell_it_again() {
    let calls = Calls::<File>::new();
    let page = show(html! {
        <>
            <FileButton id="file" label="Choose" accept="image/*" class="primary" on_file={calls.callback()} />
            <FileButton id="camera" label="Take" accept="image/*" is_camera=true on_file={calls.callback()} />
        </>
    })
    .await;
    let input = page.named("input[type=file]", "Choose");
    assert_eq!(attribute(&input, "accept").as_deref(), Some("image/*"));
    assert_eq!(attribute(&input, "capture"), None);
    assert_eq!(attribute(&page.named("input[type=file]", "Take"), "capture").as_deref(), Some("user"));
    assert_eq!(input.parent_element().unwrap().class_name(), "file-button button primary");
    page.focus("#file");
    assert!(page.has_focus("#file"), "the keyboard reaches it");
    for _ in 0..2 {
        script(
            &input,
            "const transfer = new DataTransfer();
             transfer.items.add(new File(['x'], 'head.png', { type: 'image/png' }));
             element.files = transfer.files;
             element.dispatchEvent(new Event('change', { bubbles: true }));",
        );
        assert_eq!(page.input("#file").value(), "", "the same file can be chosen again");
        let names: Vec<String> = calls.take().iter().map(File::name).collect();
        assert_eq!(names, ["head.png"]);
    }
    page.fire("#file", "change").await;
    assert!(calls.take().is_empty(), "no file was chosen");
}

/// Properties of [`Asking`].
#[derive(Properties, PartialEq)]
struct AskingProps {
    on_answer: Callback<Option<bool>>,
}

/// Buttons that ask one question or another, and take it away again.
#[component]
fn Asking(props: &AskingProps) -> Html {
    let question = use_state(|| None::<&'static str>);
    let set = |to: Option<&'static str>| {
        let question = question.clone();
        move |_: MouseEvent| question.set(to)
    };
    let on_answer = {
        let (question, on_answer) = (question.clone(), props.on_answer.clone());
        move |answer| {
            question.set(None);
            on_answer.emit(answer);
        }
    };
    html! {
        <>
            <button id="opener" onclick={set(Some("Is it so?"))}>{ "Ask" }</button>
            <button onclick={set(Some("Really?"))}>{ "Ask more" }</button>
            <button onclick={set(None)}>{ "Take away" }</button>
            if let Some(title) = *question {
                <Dialog key={title} {title} yes="It is" no="It is not" {on_answer}>{ "What follows." }</Dialog>
            }
        </>
    }
}

/// A page that asks, opened from its button by the keyboard.
async fn asking() -> (TestPage, Calls<Option<bool>>) {
    let calls = Calls::new();
    let page = show(html! { <Asking on_answer={calls.callback()} /> }).await;
    page.focus("#opener");
    page.press("Ask").await;
    (page, calls)
}

#[wasm_bindgen_test]
async fn a_dialog_is_modal_and_takes_the_focus() {
    let (page, _) = asking().await;
    let dialog = page.named("dialog[open]", "Is it so?");
    assert!(dialog.matches(":modal").unwrap());
    let described = attribute(&dialog, "aria-describedby").unwrap();
    assert_eq!(page.texts(&format!("#{described}")), ["What follows."]);
    assert_eq!(page.texts("dialog button"), ["It is not", "It is"]);
    assert!(page.has_focus("dialog button"));
    page.focus("#opener");
    assert!(!page.has_focus("#opener"), "what lies behind it is out of reach");
}

#[wasm_bindgen_test]
async fn a_dialog_is_answered_and_gives_the_focus_back() {
    for (word, answer) in [("It is", true), ("It is not", false)] {
        let (page, calls) = asking().await;
        page.press(word).await;
        assert_eq!(calls.take(), [Some(answer)]);
        assert!(page.all("dialog").is_empty());
        assert!(page.has_focus("#opener"), "after {word}");
    }
}

#[wasm_bindgen_test]
async fn escape_closes_a_dialog_without_an_answer() {
    let (page, calls) = asking().await;
    // What the browser does at the key Escape.
    script(&page.one("dialog"), "element.requestClose();");
    page.settled().await;
    assert_eq!(calls.take(), [None]);
    assert!(page.all("dialog").is_empty());
    assert!(page.has_focus("#opener"));
}

#[wasm_bindgen_test]
async fn a_dialog_that_is_taken_away_gives_the_focus_back() {
    let (page, calls) = asking().await;
    page.press("Take away").await;
    assert!(page.all("dialog").is_empty());
    assert!(calls.take().is_empty());
    assert!(page.has_focus("#opener"));
}

#[wasm_bindgen_test]
async fn a_dialog_in_the_place_of_another_gives_the_focus_back_to_where_it_was_before_both() {
    let (page, calls) = asking().await;
    page.press("Ask more").await;
    let dialog = page.named("dialog[open]", "Really?");
    assert!(dialog.matches(":modal").unwrap());
    assert_eq!(page.all("dialog").len(), 1);
    assert!(page.has_focus("dialog button"));
    page.press("It is").await;
    assert_eq!(calls.take(), [Some(true)]);
    assert!(page.has_focus("#opener"));
}

#[wasm_bindgen_test]
async fn the_gallery_shows_every_widget_under_its_name() {
    let page = show(html! { <Gallery /> }).await;
    let shown = [
        ("Button", "button.button"),
        ("IconButton", "button.icon-button"),
        ("LinkButton", "button.link-button"),
        ("Checkbox", "input[type=checkbox]"),
        ("Choice", "fieldset.choice"),
        ("Slider", "input[type=range]"),
        ("Fold", "details"),
        ("Note", "p.note"),
        ("NoticeBar", "#notice .notice"),
        ("Pairs", "dl"),
        ("PanelHead", "header h1"),
        ("FileButton", "input[type=file]"),
        ("Dialog", "button.button"),
        ("Icon", "svg.icon"),
    ];
    assert_eq!(page.texts("section > h2"), shown.map(|(name, _)| name));
    for (name, selector) in shown {
        let section = page.named("section", name);
        assert!(section.query_selector(selector).unwrap().is_some(), "{name}: {}", section.inner_html());
    }
    for control in page.all("button, input, fieldset, details") {
        assert!(!page.name_of(&control).is_empty(), "{}", control.outer_html());
    }
}

#[wasm_bindgen_test]
async fn the_gallerys_widgets_can_be_tried() {
    let page = show(html! { <Gallery /> }).await;
    page.press("Pressed 0 times").await;
    page.press("Pressed 1 times").await;
    page.named("button", "Pressed 2 times");
    page.type_in("#gallery-slider", "70").await;
    assert_eq!(page.texts("output"), ["70 %", "70 %"]);
    page.press("Ask").await;
    assert!(page.named("dialog[open]", "Is it so?").matches(":modal").unwrap());
    page.press("It is").await;
    assert!(page.texts("p.note").contains(&"Yes.".to_owned()));
}
