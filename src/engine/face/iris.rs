//! The third net: an eye and its iris.

use super::crop::Crop;
use super::mesh::{Mesh, index};
use super::net::Net;
use super::picture::{Point, SourcePicture};

/// Pixels along a side of what the net looks at.
pub(super) const SIDE: usize = 64;
/// How much wider than an eye, from corner to corner, the square is that the net looks at (MediaPipe's own).
const MARGIN: f64 = 2.3;
/// Numbers of the eye's outline, which are not looked at.
pub(super) const EYE_NUMBERS: usize = 213;
/// Middle, then four points of the rim, each with a depth that is not looked at.
pub(super) const NUMBERS: usize = 15;

/// An iris in the picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Iris {
    pub(super) centre: Point,
    /// Mean of its breadth and its height.
    pub(super) diameter: f64,
}

/// Both irises of a face, that at the left of an upright picture first. `None` where the net is another one.
pub(super) fn find_irises(net: &Net, picture: &SourcePicture<'_>, mesh: &Mesh) -> Option<[Iris; 2]> {
    let [outer_left, outer_right] = index::OUTER_CANTHI.map(|place| mesh.at(place));
    let [inner_left, inner_right] = index::INNER_CANTHI.map(|place| mesh.at(place));
    // The net learned eyes whose outer corner is at the left. The other eye is shown to it in a mirror: without that the
    // distance of the pupils is 2 to 4 % wrong.
    let left = find(net, picture, crop(outer_left, inner_left, false))?;
    let right = find(net, picture, crop(inner_right, outer_right, true))?;
    Some([left, right])
}

/// How far the irises lie below the lines between the corners of their eyes, over the breadth of an eye, in the mean of both.
/// Open eyes have their irises a little above: -0.10 to -0.03 on portraits.
pub(super) fn drop(mesh: &Mesh, irises: &[Iris; 2]) -> f64 {
    let corners = index::OUTER_CANTHI.into_iter().zip(index::INNER_CANTHI);
    let drops = corners.zip(irises).map(|((outer, inner), iris)| {
        let (outer, inner) = (mesh.at(outer), mesh.at(inner));
        let down = mesh.right().quarter_turn();
        iris.centre.minus(outer.plus(inner).times(0.5)).dot(down) / inner.minus(outer).length()
    });
    drops.sum::<f64>() / 2.0
}

/// The square around an eye between its corners.
fn crop(from: Point, to: Point, is_mirrored: bool) -> Crop {
    let across = to.minus(from);
    Crop {
        centre: from.plus(to).times(0.5),
        side: across.length() * MARGIN,
        right: across.direction(),
        pixels: SIDE,
        is_mirrored,
    }
}

fn find(net: &Net, picture: &SourcePicture<'_>, crop: Crop) -> Option<Iris> {
    let input = crop.values(picture).into_iter().map(|value| value / 255.0).collect();
    let outputs = net.run(input)?;
    let numbers = outputs.get(1)?.first_chunk::<NUMBERS>()?;
    let points = numbers.as_chunks::<3>().0.first_chunk::<5>()?;
    let [centre, right, top, left, bottom] =
        points.map(|[x, y, _]| crop.to_picture(Point::new(f64::from(x), f64::from(y))));
    let diameter = (right.minus(left).length() + bottom.minus(top).length()) / 2.0;
    Some(Iris { centre, diameter })
}
