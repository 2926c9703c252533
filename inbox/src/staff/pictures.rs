//! Pictures of a head: before, with a design, and both with a slider between them.

use maud::{Markup, html};

/// A side of a head.
#[derive(Debug)]
pub(super) struct Side {
    /// As the designer calls it.
    pub(super) key: &'static str,
    /// What the names of its pictures end with.
    suffix: &'static str,
    /// As people say.
    pub(super) name: &'static str,
}

/// Every side, in the order in which they are shown.
pub(super) const SIDES: [Side; 5] = [
    Side { key: "front", suffix: "", name: "Front" },
    Side { key: "top", suffix: "-top", name: "Top" },
    Side { key: "left", suffix: "-left", name: "Left side" },
    Side { key: "right", suffix: "-right", name: "Right side" },
    Side { key: "back", suffix: "-back", name: "Back" },
];

impl Side {
    /// The part with its picture before.
    pub(super) fn before(&self) -> String {
        format!("before{}", self.suffix)
    }

    /// The part with its picture with a design.
    pub(super) fn after(&self) -> String {
        format!("after{}", self.suffix)
    }
}

/// The pictures of a side, by their addresses; nothing where there are none.
pub(super) fn pictures(side: &Side, before: Option<&str>, after: Option<&str>) -> Markup {
    let (name, simulation) = (side.name, "with the design: a simulation");
    match (before, after) {
        (Some(before), Some(after)) => compare(name, before, after),
        (Some(alone), None) => single(name, alone, "before"),
        (None, Some(alone)) => single(name, alone, simulation),
        (None, None) => html! {},
    }
}

fn single(name: &str, address: &str, what: &str) -> Markup {
    html! {
        div.frame tabindex="0" role="group" aria-label=(name) { img src=(address) alt={ (name) ", " (what) } loading="lazy"; }
    }
}

/// The picture before lies over the other, so that what is written below the other is always seen.
fn compare(name: &str, before: &str, after: &str) -> Markup {
    html! {
        figure.compare data-compare {
            input.zoom type="checkbox" id={ "zoom-" (after) };
            label.zoom-label for={ "zoom-" (after) } { "Enlarge" }
            div.frame tabindex="0" role="group" aria-label={ (name) ", both pictures" } { div.stack-two {
                img.before src=(before) alt={ (name) ", before" } loading="lazy";
                img src=(after) alt={ (name) ", with the design: a simulation" } loading="lazy";
                span.tag aria-hidden="true" { "Before" }
                span.tag.of-design aria-hidden="true" { "With the design" }
            } }
            label.slide { span.for-readers { (name) ": how much of the picture before is shown" }
                input type="range" min="0" max="100" value="50" step="1";
                span.ends aria-hidden="true" { span { "only the design" } span { "only before" } }
            }
            figcaption.soft {
                "Before and with the design, a simulation. Whole: "
                a href=(before) { "before" } ", " a href=(after) { "with the design" }
            }
        }
    }
}
