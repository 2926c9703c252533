//! Every widget in each of its states, on one page for development. Not in a release build.

use super::{
    Button, Checkbox, Choice, Dialog, FileButton, Fold, Icon, IconButton, LinkButton, Note, NoticeBar, Pairs,
    PanelHead, Slider,
};
use crate::app::state::session::{Notice, NoticeKind};
use crate::engine::i18n::plain;
use crate::platform::dom;
use web_sys::File;
use yew::prelude::*;

/// The end of the page's address at which the gallery is shown.
const FRAGMENT: &str = "#gallery";

/// Two drawings for the buttons that have one.
const PLUS: &str = "M12 8v12M6 14h12";
const MINUS: &str = "M6 14h12";

/// Whether the page's address asks for the gallery.
pub(in crate::app) fn is_gallery_asked_for() -> bool {
    dom::window().and_then(|window| window.location().hash().ok()).is_some_and(|fragment| fragment == FRAGMENT)
}

/// Every widget in each of its states, under its name.
#[component]
pub(in crate::app) fn Gallery() -> Html {
    html! {
        <main class="panel gallery">
            <h1>{ "Widgets" }</h1>
            <Entry name="Button"><Buttons /></Entry>
            <Entry name="IconButton"><IconButtons /></Entry>
            <Entry name="LinkButton"><Counted /></Entry>
            <Entry name="Checkbox"><Checkboxes /></Entry>
            <Entry name="Choice"><Choices /></Entry>
            <Entry name="Slider"><Sliders /></Entry>
            <Entry name="Fold">
                <Fold summary="Closed at first">{ "What was folded away." }</Fold>
                <Fold summary="Open at first" open=true>{ "What can be folded away." }</Fold>
            </Entry>
            <Entry name="Note">
                <Note>{ "A remark." }</Note>
                <div class="row"><Note class="grow">{ "A remark that fills its row." }</Note></div>
                <Note class="only-mouse">{ "A remark for those who have a mouse." }</Note>
            </Entry>
            <Entry name="NoticeBar"><Notices /></Entry>
            <Entry name="Pairs">
                <Pairs class="review-lines" lines={vec![pair("Name", "Ada"), pair("E-mail", "ada@example.org")]} />
                <Pairs lines={vec![pair("Without", "a class")]} />
            </Entry>
            <Entry name="PanelHead">
                <PanelHead title="The title of a step">{ "One sentence about what to do." }</PanelHead>
            </Entry>
            <Entry name="FileButton"><FileButtons /></Entry>
            <Entry name="Dialog"><Asked /></Entry>
            <Entry name="Icon">
                <div class="row"><Icon path={PLUS} /><Icon path={MINUS} /></div>
            </Entry>
        </main>
    }
}

fn pair(name: &str, text: &str) -> (String, String) {
    (name.to_owned(), text.to_owned())
}

/// Properties of [`Entry`].
#[derive(Properties, PartialEq)]
struct EntryProps {
    /// The widget's name.
    name: &'static str,
    /// The widget in its states.
    children: Html,
}

/// A widget under its name.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let id = format!("gallery-{}", props.name);
    html! {
        <section class="stack" aria-labelledby={id.clone()}>
            <h2 {id}>{ props.name }</h2>
            { props.children.clone() }
        </section>
    }
}

#[component]
fn Buttons() -> Html {
    let is_pressed = use_state(|| true);
    let on_click = Callback::noop();
    let toggle = {
        let is_pressed = is_pressed.clone();
        move |_: MouseEvent| is_pressed.set(!*is_pressed)
    };
    html! {
        <>
            <div class="row">
                <Button on_click={on_click.clone()}>{ "Plain" }</Button>
                <Button class="primary" on_click={on_click.clone()}>{ "Primary" }</Button>
                <Button class="quiet" on_click={on_click.clone()}>{ "Quiet" }</Button>
                <Button class="large" on_click={on_click.clone()}>{ "Large" }</Button>
            </div>
            <div class="row">
                <Button disabled=true on_click={on_click.clone()}>{ "Disabled" }</Button>
                <Button class="primary" disabled=true on_click={on_click.clone()}>{ "Primary, disabled" }</Button>
                <Button class="primary" is_done=true on_click={on_click.clone()}>{ "Done" }</Button>
            </div>
            <div class="row">
                <Button pressed={*is_pressed} on_click={toggle}>{ "A switch" }</Button>
                <Button label="Another name" title="What a pointer is told" {on_click}>{ "…" }</Button>
            </div>
        </>
    }
}

#[component]
fn IconButtons() -> Html {
    html! {
        <div class="row">
            <IconButton label="Add" on_click={Callback::noop()}><Icon path={PLUS} /></IconButton>
            <IconButton label="Take away" disabled=true on_click={Callback::noop()}><Icon path={MINUS} /></IconButton>
            <IconButton label="True size" class="text" on_click={Callback::noop()}>{ "1:1" }</IconButton>
        </div>
    }
}

/// A link that says how often it was pressed.
#[component]
fn Counted() -> Html {
    let count = use_state(|| 0);
    let on_click = {
        let count = count.clone();
        move |_: MouseEvent| count.set(*count + 1)
    };
    html! { <LinkButton {on_click}>{ format!("Pressed {} times", *count) }</LinkButton> }
}

#[component]
fn Checkboxes() -> Html {
    let is_ticked = use_state(|| true);
    let on_change = {
        let is_ticked = is_ticked.clone();
        move |now| is_ticked.set(now)
    };
    html! {
        <>
            <Checkbox label="Can be ticked" checked={*is_ticked} {on_change} />
            <Checkbox label="Not ticked" checked=false on_change={Callback::noop()} />
            <div class="field">
                <Checkbox
                    label="Faulty"
                    checked=false
                    error_id="gallery-fault"
                    on_change={Callback::noop()}
                />
                <p class="field-fault" id="gallery-fault">{ "What is wrong with it." }</p>
            </div>
        </>
    }
}

#[component]
fn Choices() -> Html {
    let chosen = use_state(|| 1);
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |place| chosen.set(place))
    };
    let options = ["First", "Second", "Third"].map(AttrValue::from).to_vec();
    let choice = |name: &'static str, label: &'static str, class: &'static str| {
        let (options, on_choose) = (options.clone(), on_choose.clone());
        html! { <Choice {name} {label} {options} {class} chosen={*chosen} {on_choose} /> }
    };
    html! {
        <>
            { choice("gallery-plain", "Plain", "") }
            { choice("gallery-swatches", "Swatches", "swatches") }
            { choice("gallery-stacked", "Stacked", "stacked") }
            <Choice
                name="gallery-none"
                label="Nothing is chosen"
                options={options.clone()}
                chosen={None::<usize>}
                on_choose={Callback::noop()}
            />
        </>
    }
}

#[component]
fn Sliders() -> Html {
    let value = use_state(|| 30.0);
    let on_input = {
        let value = value.clone();
        Callback::from(move |now: f64| value.set(now))
    };
    let words = plain(*value) + " %";
    html! {
        <>
            <Slider
                id="gallery-slider"
                label="Without ends"
                words={words.clone()}
                range={(0.0, 100.0)}
                step=5.0
                value={*value}
                on_input={on_input.clone()}
            />
            <Slider
                id="gallery-slider-ends"
                label="With ends"
                {words}
                ends={["soft", "crisp"]}
                range={(0.0, 100.0)}
                step=5.0
                value={*value}
                {on_input}
            />
        </>
    }
}

#[component]
fn Notices() -> Html {
    let closed = use_state(Vec::new);
    let notice = |(kind, text): (NoticeKind, &str)| {
        let is_closed = closed.contains(&kind);
        let closing = closed.clone();
        let on_close = move |()| closing.set([closing.to_vec(), vec![kind]].concat());
        let notice = (!is_closed).then(|| Notice { kind, text: text.to_owned() });
        html! { <NoticeBar {notice} close_label="Close" {on_close} /> }
    };
    let kinds = [
        (NoticeKind::Good, "Something went well."),
        (NoticeKind::Info, "Something to know."),
        (NoticeKind::Fault, "Something did not work."),
    ];
    html! { <>{ for kinds.into_iter().map(notice) }</> }
}

#[component]
fn FileButtons() -> Html {
    let chosen = use_state(|| "Nothing was chosen yet.".to_owned());
    let on_file = {
        let chosen = chosen.clone();
        Callback::from(move |file: File| chosen.set(file.name()))
    };
    let button = |id: &'static str, label: &'static str, class: &'static str| {
        html! { <FileButton {id} {label} {class} accept="image/*" on_file={on_file.clone()} /> }
    };
    html! {
        <>
            <div class="row">
                { button("gallery-file", "Plain", "") }
                { button("gallery-file-primary", "Primary", "primary") }
                { button("gallery-file-quiet", "Quiet", "quiet") }
            </div>
            <FileButton
                id="gallery-camera"
                label="The camera"
                class="only-touch"
                accept="image/*"
                is_camera=true
                on_file={on_file.clone()}
            />
            <Note>{ (*chosen).clone() }</Note>
        </>
    }
}

/// A button that asks something, and what was answered.
#[component]
fn Asked() -> Html {
    let is_open = use_state(|| false);
    let answer = use_state(|| None);
    let ask = {
        let is_open = is_open.clone();
        move |_: MouseEvent| is_open.set(true)
    };
    let on_answer = {
        let (is_open, answer) = (is_open.clone(), answer.clone());
        move |given| {
            is_open.set(false);
            answer.set(Some(given));
        }
    };
    let told = match *answer {
        None => "Not asked yet.",
        Some(None) => "Closed without an answer.",
        Some(Some(true)) => "Yes.",
        Some(Some(false)) => "No.",
    };
    html! {
        <>
            <div class="row"><Button on_click={ask}>{ "Ask" }</Button></div>
            <Note>{ told }</Note>
            if *is_open {
                <Dialog title="Is it so?" yes="It is" no="It is not" {on_answer}>{ "What follows from it." }</Dialog>
            }
        </>
    }
}
