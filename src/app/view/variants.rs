//! The designs on the same photos: which one is in the hand, its name, one more, one less.

use super::choice::Choice;
use super::element::{Element, button, el, fold, group, input_of, link_button, note};
use crate::app::App;
use crate::app::acts::CARD;
use crate::app::message::Msg;
use crate::engine::design::DESIGN_LIMITS;
use crate::engine::i18n::variant_name;
use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

/// The designs side by side, and what can be done to the one in the hand.
pub(super) fn variants(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let design = app.editor.design();
    let add = || {
        let add = button("button", texts.variant_add).on_click(ctx, || Msg::CopyVariant);
        el("div.stack").add(add).add(note(texts.variant_add_note))
    };
    let can_add = design.variants() < DESIGN_LIMITS.variants && app.has_drawing();
    let several = || group().add(cards(app, ctx)).add(own(app, ctx));
    el("section.variants").add((design.variants() > 1).then(several)).add(can_add.then(add))
}

/// The designs by their names.
pub(super) fn choice(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    let design = app.editor.design();
    let names: Vec<String> = (0..design.variants()).map(|place| variant_name(texts, design, place)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = Some(design.place.into());
    let choice = Choice { name: "variant", label: texts.variants_label, options: &names, chosen };
    (names.len() > 1).then(|| choice.shown(ctx, Msg::ChooseVariant))
}

fn cards(app: &App, ctx: &Context<App>) -> Element {
    let design = app.editor.design();
    let card = |(place, canvas): (usize, &NodeRef)| {
        let is_chosen = usize::from(design.place) == place;
        let input = el("input").attr("type", "radio").attr("name", "variant-card").checked(is_chosen);
        let picture =
            el("canvas").found_by(canvas).attr("width", CARD.0.to_string()).attr("height", CARD.1.to_string());
        el("label.card")
            .class_if(is_chosen, "chosen")
            .add(input.on_change(ctx, move || Msg::ChooseVariant(place)))
            .add(picture.hidden())
            .add(el("span").add(variant_name(app.texts(), design, place)))
    };
    let cards = app.variant_pictures.canvases.iter().enumerate().take(design.variants()).map(card);
    el("fieldset.choice").add(el("legend").add(app.texts().variants_label)).add(el("div.cards").each(cards))
}

/// What stands on the left of the slider: the photo, or another design.
pub(super) fn compared(app: &App, ctx: &Context<App>) -> Option<Element> {
    let texts = app.texts();
    let design = app.editor.design();
    let others: Vec<usize> = (0..design.variants()).filter(|place| *place != usize::from(design.place)).collect();
    let names: Vec<String> = others.iter().map(|place| variant_name(texts, design, *place)).collect();
    let options: Vec<&str> =
        [texts.variant_compare_photo].into_iter().chain(names.iter().map(String::as_str)).collect();
    let with = app.compare.with;
    let chosen = with.map_or(Some(0), |with| others.iter().position(|place| *place == with).map(|index| index + 1));
    let choice = Choice { name: "compare-with", label: texts.variant_compare, options: &options, chosen };
    let places = others.clone();
    let follows =
        move |index: usize| Msg::CompareWith(index.checked_sub(1).and_then(|place| places.get(place)).copied());
    (!others.is_empty()).then(|| choice.shown(ctx, follows))
}

fn own(app: &App, ctx: &Context<App>) -> Element {
    let texts = app.texts();
    let design = app.editor.design();
    let place = usize::from(design.place);
    let named = move |event: &web_sys::Event| Some(Msg::NameVariant(input_of(event)?.value()));
    let input = el("input")
        .id("variant-name")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", DESIGN_LIMITS.name_chars.to_string())
        .attr("placeholder", variant_name(texts, design, place))
        .value(design.name.clone())
        .on(ctx, ListenerKind::onchange, named);
    let field = el("div.field").add(el("label").attr("for", "variant-name").add(texts.variant_name_field)).add(input);
    let remove = link_button(texts.variant_remove).on_click(ctx, move || Msg::RemoveVariant);
    fold(el("summary").add(variant_name(texts, design, place))).add(field).add(remove)
}
