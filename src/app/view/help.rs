//! What is good to know at a step, folded under its panel.

use super::element::{Element, el, fold, note};
use crate::app::App;
use crate::app::model::Step;
use crate::engine::i18n::{HelpRow, fill};

/// The questions of the step with their answers. Nothing beside the review, which is to be read alone.
pub(super) fn help(app: &App) -> Option<Element> {
    let texts = app.texts();
    let help = app.language.help;
    let rows = match app.step {
        Step::Photo => help.photo,
        Step::Size => help.size,
        Step::Hairline => help.hairline,
        Step::Density => help.density,
        Step::Look => help.look,
        Step::Save if app.request.review.is_some() => return None,
        Step::Save => help.save,
    };
    let shown = |row: &HelpRow| {
        let source = note(fill(texts.help_source, &[("source", row.source)]));
        el("div").add(el("dt").add(row.question)).add(el("dd").add(el("p").add(row.answer)).add(source))
    };
    let list = el("dl.help").each(rows.iter().map(shown));
    // Each step has a fold of its own: what was opened at one is not open at the next.
    Some(fold(el("summary").add(texts.help_title)).keyed(app.step.key()).add(list))
}
