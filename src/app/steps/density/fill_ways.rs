//! The ways to fill.

use crate::app::hooks::{use_store, use_texts};
use crate::app::state::FillAction;
use crate::app::widgets::Button;
use crate::engine::editor::FillEnd;
use yew::prelude::*;

/// Properties of [`FillWays`].
#[derive(Properties, PartialEq)]
pub(super) struct FillWaysProps {
    /// Whether there is a front line.
    pub(super) has_line: bool,
    /// Whether the photo shows the head from the front.
    pub(super) is_front: bool,
    /// Whether nothing is filled yet: then the usual way stands out.
    #[prop_or_default]
    pub(super) is_first: bool,
}

/// The ways to fill. From the front all of them begin at the line; on the other sides an outline needs none.
#[component]
pub(super) fn FillWays(props: &FillWaysProps) -> Html {
    let (store, texts) = (use_store(), use_texts());
    let FillWaysProps { has_line, is_front, is_first } = *props;
    let disabled = is_front && !has_line;
    let to_hair = store.emit(FillAction::DetectScalp(FillEnd::Hair));
    let to_background = store.emit(FillAction::DetectScalp(FillEnd::Background));
    let behind_line = (is_front || has_line).then(|| {
        let on_click = store.emit(FillAction::SetBehindLine(true));
        html! { <Button disabled={!has_line} {on_click}>{ texts.density_fill }</Button> }
    });
    html! {
        <div class="row fills">
            <Button class={classes!(is_first.then_some("primary"))} {disabled} on_click={to_hair}>
                { texts.density_fill_hair }
            </Button>
            <Button {disabled} on_click={to_background}>{ texts.density_fill_head }</Button>
            { behind_line }
        </div>
    }
}
