//! The designs on a request's page: the visitor's own, and the versions that the staff saved.

use super::pictures::{SIDES, Side, pictures};
use crate::clock::local;
use crate::store::VersionRow;
use maud::{Markup, html};

/// What is shown of designs.
pub(super) struct Designs<'a> {
    /// The id of the request.
    pub(super) request: &'a str,
    /// The names of the request's own parts.
    pub(super) parts: &'a [String],
    /// Newest first.
    pub(super) versions: &'a [VersionRow],
}

/// What a version is called.
pub(super) fn name(version: &VersionRow) -> &str {
    if version.name.is_empty() { "Without a name" } else { &version.name }
}

impl Designs<'_> {
    /// The card of the designs; nothing where there is none.
    pub(super) fn render(&self) -> Markup {
        let has_own = self.parts.iter().any(|part| part == "design");
        html! {
            @if has_own || !self.versions.is_empty() {
                section.card {
                    h2 { "Design" }
                    @if has_own { (links("", &self.opening(None), &format!("/inbox/requests/{}", self.request))) }
                    @if self.versions.is_empty() {
                        p.soft.no-print { "It opens on the visitor’s photos. What is saved there stands here as a version; the visitor’s own design stays as it is." }
                    }
                    @for (at, version) in self.versions.iter().enumerate() { (self.version(version, at == 0)) }
                }
            }
        }
    }

    fn version(&self, version: &VersionRow, is_open: bool) -> Markup {
        html! {
            details.version open[is_open] {
                summary {
                    strong { (name(version)) }
                    span.soft { (version.saved_by) ", " (local(version.saved_at)) }
                }
                div.version-body {
                    (links(name(version), &self.opening(Some(version)), &self.address(version)))
                    @for side in &SIDES { (self.side(side, version)) }
                }
            }
        }
    }

    fn side(&self, side: &Side, version: &VersionRow) -> Markup {
        let (before, after) = (side.before(), side.after());
        let is_shown = version.parts.contains(&after);
        let before =
            self.parts.contains(&before).then(|| format!("/inbox/requests/{}/files/{before}.jpg", self.request));
        let after = format!("{}/files/{after}.jpg", self.address(version));
        html! {
            @if is_shown {
                h3 { (side.name) }
                (pictures(side, before.as_deref(), Some(&after)))
            }
        }
    }

    /// Where a version's files are.
    fn address(&self, version: &VersionRow) -> String {
        format!("/inbox/requests/{}/versions/{}", self.request, version.id)
    }

    /// Where the designer opens the visitor's design or a version. What stands behind the # reaches no log.
    fn opening(&self, version: Option<&VersionRow>) -> String {
        let version = version.map(|version| format!("&version={}", version.id)).unwrap_or_default();
        format!("/#request={}{version}", self.request)
    }
}

/// What can be done with a design. `what` tells screen readers which it is.
fn links(what: &str, opening: &str, address: &str) -> Markup {
    html! {
        p.links.no-print {
            a.button.main-link href=(opening) { "Open in the designer" span.for-readers { " " (what) } }
            a.button href={ (address) "/files/design.json" } { "Save the design" span.for-readers { " " (what) } }
        }
    }
}
