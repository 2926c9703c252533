//! A variant of a design that waits beside the one in the views.

use super::{Appearance, FillOp, Hairline};
use crate::engine::calibration::Side;
use crate::engine::geometry::PhotoPoint;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A variant that is not in the views: all that can differ between designs on the same photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Variant {
    /// What the visitor calls it; empty for none.
    pub name: String,
    /// How its ink looks.
    pub look: Appearance,
    /// What it has on each side, where it has anything. Of two for one side the first counts; one for a side without a photo
    /// does not.
    pub drawings: Vec<Drawing>,
}

/// What a variant has on one side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Drawing {
    /// Which side.
    pub side: Side,
    /// The front line.
    pub hairline: Option<Hairline>,
    /// Fill operations.
    pub fill: Vec<Rc<FillOp>>,
}

/// Every point that was drawn.
pub(super) fn drawn_points<'a>(
    hairline: &'a mut Option<Hairline>,
    fill: &'a mut [Rc<FillOp>],
) -> impl Iterator<Item = &'a mut PhotoPoint> {
    let line = hairline.iter_mut().flat_map(|line| &mut line.handles);
    line.chain(fill.iter_mut().flat_map(|op| Rc::make_mut(op).points_mut()))
}
