//! Buttons: with words, with an icon alone, and as a link.

use yew::prelude::*;

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub(crate) struct ButtonProps {
    /// What it says.
    pub(crate) children: Html,
    /// Follows a press.
    pub(crate) on_click: Callback<MouseEvent>,
    /// Further classes: `primary`, `quiet`, `large`.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Its id in markup.
    #[prop_or_default]
    pub(crate) id: Option<AttrValue>,
    /// Its name, where that is another one than its words.
    #[prop_or_default]
    pub(crate) label: Option<AttrValue>,
    /// What a pointer that rests on it is told.
    #[prop_or_default]
    pub(crate) title: Option<AttrValue>,
    /// Whether it cannot be pressed.
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Whether a press has nothing to do: it keeps the focus, unlike a disabled one.
    #[prop_or_default]
    pub(crate) is_done: Option<bool>,
    /// Whether it is pressed, where it is a switch.
    #[prop_or_default]
    pub(crate) pressed: Option<bool>,
}

/// A button with words.
#[component]
pub(crate) fn Button(props: &ButtonProps) -> Html {
    html! {
        <button
            type="button"
            class={classes!("button", props.class.clone())}
            id={props.id.clone()}
            aria-label={props.label.clone()}
            title={props.title.clone()}
            disabled={props.disabled}
            aria-disabled={props.is_done.map(|is_done| is_done.to_string())}
            aria-pressed={props.pressed.map(|pressed| pressed.to_string())}
            onclick={props.on_click.clone()}
        >
            { props.children.clone() }
        </button>
    }
}

/// Properties of [`IconButton`].
#[derive(Properties, PartialEq)]
pub(crate) struct IconButtonProps {
    /// Its name.
    pub(crate) label: AttrValue,
    /// Its icon, or a few letters.
    pub(crate) children: Html,
    /// Follows a press.
    pub(crate) on_click: Callback<MouseEvent>,
    /// Further classes: `text` for letters.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Whether it cannot be pressed.
    #[prop_or_default]
    pub(crate) disabled: bool,
}

/// A small button with an icon.
#[component]
pub(crate) fn IconButton(props: &IconButtonProps) -> Html {
    html! {
        <button
            type="button"
            class={classes!("icon-button", props.class.clone())}
            aria-label={props.label.clone()}
            title={props.label.clone()}
            disabled={props.disabled}
            onclick={props.on_click.clone()}
        >
            { props.children.clone() }
        </button>
    }
}

/// Properties of [`LinkButton`].
#[derive(Properties, PartialEq)]
pub(crate) struct LinkButtonProps {
    /// What it says.
    pub(crate) children: Html,
    /// Follows a press.
    pub(crate) on_click: Callback<MouseEvent>,
}

/// A button that looks like a link.
#[component]
pub(crate) fn LinkButton(props: &LinkButtonProps) -> Html {
    html! { <button type="button" class="link-button" onclick={props.on_click.clone()}>{ props.children.clone() }</button> }
}
