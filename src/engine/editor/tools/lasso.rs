//! Draws around a patch; when the finger is lifted its outline becomes a few corners. Drags the corners of patches.

use super::drawing;
use super::gesture::{GestureContext, Started};
use crate::engine::design::{FillOp, Patch};
use crate::engine::editor::{Command, CommandError, Handle, PointerKind};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoRect, Polyline, decimate};

/// How far the straight sides may leave the drawn outline (our estimate: well within the patch's soft edge).
const TOLERANCE: Mm = Mm(0.75);
/// Corners that a hand can still oversee.
const MAX_CORNERS: usize = 24;
/// What is smaller across than this is a slip of the finger: it would hold no more than a dozen dots.
const SMALLEST: Mm = Mm(3.0);

pub(super) fn start(context: &mut GestureContext<'_>, at: PhotoPoint, _: PointerKind) -> Started {
    let of_op = |(place, op): (usize, &std::rc::Rc<FillOp>)| match op.as_ref() {
        FillOp::Patch(patch) => (0..patch.outline.len()).map(|index| Handle::Patch(place, index)).collect(),
        _ => Vec::new(),
    };
    let handles = context.editor.view().fill.iter().enumerate().flat_map(of_op).collect();
    drawing::start_beside(context, handles, finish, at)
}

fn finish(context: &mut GestureContext<'_>, drawn: &[PhotoPoint]) -> Result<(), CommandError> {
    let editor = &mut *context.editor;
    let scale = editor.view().scale(editor.parameters()).px_per_mm;
    let around = PhotoRect::around(drawn);
    if around.width().max(around.height()) < scale.px(SMALLEST).0 {
        return Err(CommandError::TooSmall);
    }
    let outline = few_corners(drawn, scale.px(TOLERANCE).0, MAX_CORNERS);
    editor.apply(Command::AddPatch(Patch { outline, density: context.settings.patch_density }))?;
    let newest = drawing::newest(editor, |op| matches!(op, FillOp::Patch(_)));
    *context.selected = newest.map(|place| Handle::Patch(place, 0));
    Ok(())
}

/// The fewest corners (at most `most`) whose closed outline stays within `tolerance` pixels of the drawn one: where it is
/// farthest away it gets another corner (Ramer 1972; Douglas, Peucker 1973). Costs points x corners.
fn few_corners(drawn: &[PhotoPoint], tolerance: f64, most: usize) -> Vec<PhotoPoint> {
    let mut ring = decimate(drawn, tolerance / 4.0);
    let Some(&first) = ring.first() else { return ring };
    // The outline ends where it began, wherever the finger was lifted.
    ring.pop_if(|last| last.distance(first) < tolerance);
    ring.push(first);
    let mut corners = vec![0, ring.len() - 1];
    while corners.len() <= most {
        let sides = corners.windows(2).filter_map(|pair| farthest(&ring, *pair.first()?, *pair.last()?));
        let Some((worst, distance)) = sides.max_by(|a, b| a.1.total_cmp(&b.1)) else { break };
        if distance <= tolerance {
            break;
        }
        corners.insert(corners.partition_point(|index| *index < worst), worst);
    }
    // The last is the first again.
    corners.pop();
    corners.iter().filter_map(|index| ring.get(*index)).copied().collect()
}

/// The point of the ring between two corners that is farthest from the straight side between them.
fn farthest(ring: &[PhotoPoint], from: usize, to: usize) -> Option<(usize, f64)> {
    let side = Polyline::new(vec![*ring.get(from)?, *ring.get(to)?]);
    let between = (from + 1..to).filter_map(|index| Some((index, side.project(*ring.get(index)?)?.distance)));
    between.max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::Polygon;

    fn circle(radius: f64, tremor: f64) -> Vec<PhotoPoint> {
        (0..360)
            .map(|degrees| {
                let (sine, cosine) = f64::from(degrees).to_radians().sin_cos();
                let radius = radius + if degrees % 2 == 0 { tremor } else { -tremor };
                PhotoPoint::new(500.0 + radius * cosine, 500.0 + radius * sine)
            })
            .collect()
    }

    #[test]
    fn a_drawn_circle_becomes_few_corners_and_keeps_its_area() {
        for tremor in [0.0, 0.5] {
            let drawn = circle(60.0, tremor);
            let corners = few_corners(&drawn, 3.0, MAX_CORNERS);
            assert!((6..=16).contains(&corners.len()), "{} corners", corners.len());
            let share = Polygon::new(corners).area() / Polygon::new(circle(60.0, 0.0)).area();
            assert!((0.92..1.02).contains(&share), "{share} of the area");
        }
    }

    #[test]
    fn the_first_point_is_not_repeated() {
        let mut drawn = circle(60.0, 0.0);
        drawn.push(drawn[0]);
        let corners = few_corners(&drawn, 3.0, MAX_CORNERS);
        assert!(corners.first().unwrap().distance(*corners.last().unwrap()) > 3.0, "{corners:?}");
    }

    #[test]
    fn an_outline_has_no_more_corners_than_a_hand_oversees() {
        let star: Vec<_> = (0..200)
            .map(|step| {
                let (sine, cosine) = (f64::from(step) / 200.0 * std::f64::consts::TAU).sin_cos();
                let radius = if step % 2 == 0 { 100.0 } else { 300.0 };
                PhotoPoint::new(500.0 + radius * cosine, 500.0 + radius * sine)
            })
            .collect();
        assert_eq!(few_corners(&star, 1.0, MAX_CORNERS).len(), MAX_CORNERS);
    }

    #[test]
    fn a_line_to_and_fro_is_no_outline() {
        let there = (0..100).map(|x| PhotoPoint::new(f64::from(x), 0.0));
        let drawn: Vec<_> = there.clone().chain(there.rev()).collect();
        assert!(few_corners(&drawn, 2.0, MAX_CORNERS).len() < 3);
    }
}
