//! What to draw with a tool for scars, patches, part lines or temples.

use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::editor::tools::ToolKind;
use crate::engine::i18n::{Texts, approx, fill};

/// One sentence about what to draw with the tool.
pub(in crate::app::steps) fn special_say(texts: &Texts, tool: ToolKind, parameters: &Parameters) -> String {
    let say = match tool {
        ToolKind::Lasso => texts.special_patch_say,
        ToolKind::Scar => texts.special_scar_say,
        ToolKind::Temple => texts.special_temple_say,
        _ => texts.special_part_say,
    };
    fill(say, &[("count", &approx(parameters.get(Parameter::SessionsMore)))])
}
