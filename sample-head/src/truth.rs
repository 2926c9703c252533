//! What is known of the picture: its scale, and where landmarks of the head lie in it.

use super::anatomy::{self, EYE, GLABELLA_Y_MM, NOSE_BASE_Y_MM, PICTURE_PLANE_Z_MM};
use super::build::Shape;
use super::camera::{Camera, Ray};
use super::features;
use super::trace::{self, WHOLE};
use super::vector::{Vec3, vec3};

/// Scale and landmarks of a picture of the sample head.
///
/// Places are photo pixels: (0, 0) is the upper left corner of the picture, x goes right, y down, and the middle of the
/// first pixel is (0.5, 0.5). 'Left' is the smaller x.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleTruth {
    /// Photo pixels a millimetre in the picture plane. With the frontal camera that is the plane of the pupils, and the
    /// forehead, up to 20 mm before it, is larger by up to 0.33 %.
    pub px_per_mm: f64,
    /// Middle of the left pupil.
    pub pupil_left: (f64, f64),
    /// Middle of the right pupil, 63 mm from the left one in the usual head.
    pub pupil_right: (f64, f64),
    /// Middle between the brows.
    pub glabella: (f64, f64),
    /// Where the nose meets the upper lip, 64.8 mm below the glabella in the usual head.
    pub nose_base: (f64, f64),
    /// The lowest point of the head's outline.
    pub chin: (f64, f64),
    /// The highest point of the head's outline.
    pub vertex: (f64, f64),
    /// The head's outline without ears and neck, clockwise from the top, closed, not repeating its first point. Right to
    /// a twentieth of a millimetre at its 256 corners.
    pub outline: Vec<(f64, f64)>,
    /// Outer corner of the left eye, where the margins of its lids meet.
    pub canthus_left: (f64, f64),
    /// Outer corner of the right eye, 98 mm from the left one in the usual head.
    pub canthus_right: (f64, f64),
    /// The left edge between forehead and temple, 30 mm above the glabella in the usual head: where the skin is turned
    /// outwards by 60 degrees, half way between the side of the forehead and the hollow of the temple.
    pub temple_left: (f64, f64),
    /// Likewise on the right, 111 mm from the left one in the usual head.
    pub temple_right: (f64, f64),
    /// Where the midline goes over the top of the head: the point of it that lies highest along the head's own upright in
    /// the picture.
    pub top: (f64, f64),
    /// 75 mm straight above the glabella in the picture, measured in the plane that `px_per_mm` holds in: the default
    /// height of a man's hairline.
    pub midfrontal_75mm: (f64, f64),
}

/// Default height of the mid-frontal point over the glabella.
const MIDFRONTAL_MM: f64 = 75.0;

/// A quarter of the outline's corners.
const CORNERS_A_SIDE: i32 = 64;

/// Inside the head and about its middle as seen from anywhere; the outline is searched from here.
const MIDDLE_MM: [f64; 3] = [0.0, -2.0, 20.0];

/// No point of the outline is farther from the middle than this.
const MAX_MM: f64 = 170.0;

/// Halvings of the outline's search: 170 mm / 2^13 is a fiftieth of a millimetre.
const HALVINGS: usize = 13;

pub(super) fn of<S: Shape>(shape: &S, camera: &Camera) -> SampleTruth {
    let pupil = |x: f64| camera.project([x, 0.0, PICTURE_PLANE_Z_MM]);
    let (a, b) = (pupil(-shape.pupil_x()), pupil(shape.pupil_x()));
    let (pupil_left, pupil_right) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    let glabella = camera.project(on_midline(shape, GLABELLA_Y_MM));
    let outline = outline(shape, camera);
    let by_height = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
    SampleTruth {
        px_per_mm: camera.px_per_mm,
        pupil_left,
        pupil_right,
        glabella,
        nose_base: camera.project(on_midline(shape, NOSE_BASE_Y_MM)),
        chin: outline.iter().max_by(by_height).copied().unwrap_or(glabella),
        vertex: outline.iter().min_by(by_height).copied().unwrap_or(glabella),
        canthus_left: camera.project(canthus(shape, -1.0)),
        canthus_right: camera.project(canthus(shape, 1.0)),
        temple_left: camera.project(temple(shape, -1.0)),
        temple_right: camera.project(temple(shape, 1.0)),
        top: top(shape, camera),
        midfrontal_75mm: (glabella.0, glabella.1 - MIDFRONTAL_MM * camera.px_per_mm),
        outline,
    }
}

/// The point of the face's middle at a height of the usual face: head's axes, mm.
fn on_midline<S: Shape>(shape: &S, usual_y: f64) -> [f64; 3] {
    in_front(shape, shape.place_in_front((f64::from(anatomy::midline_x(usual_y as f32)), usual_y)))
}

/// The foremost point of the bare head at a place of the plane of the pupils: head's axes, mm. The place itself beside it.
fn in_front<S: Shape>(shape: &S, (x, y): (f64, f64)) -> [f64; 3] {
    foremost(shape, (x, y)).unwrap_or([x, y, PICTURE_PLANE_Z_MM])
}

/// Likewise; `None` beside the head.
pub(super) fn foremost<S: Shape>(shape: &S, (x, y): (f64, f64)) -> Option<[f64; 3]> {
    let from_front = Ray { through: vec3(x as f32, y as f32, PICTURE_PLANE_Z_MM as f32), dir: vec3(0.0, 0.0, -1.0) };
    let depth = trace::meet(&from_front, WHOLE, |p| bare_head(shape, p)).ok()?;
    Some([x, y, PICTURE_PLANE_Z_MM - f64::from(depth)])
}

/// The outer corner of an eye: head's axes, mm. `side` is -1 for the left one, 1 for the right one.
fn canthus<S: Shape>(shape: &S, side: f64) -> [f64; 3] {
    const WIDEST_MM: f64 = 30.0;
    let open = |dx: f64| {
        let (upper, lower) = features::lid_margins(dx as f32);
        upper > lower
    };
    let dx = by_halving((0.0, WIDEST_MM), open);
    let (usual_x, usual_y) = (f64::from(EYE.x) + dx, f64::from(EYE.y + features::lid_margins(dx as f32).0));
    let (_, y) = shape.place_in_front((0.0, usual_y));
    // The eyes move with the pupils: the place is found by what it stands for in the usual head.
    let beside = |x: f64| f64::from(shape.usual(vec3(x as f32, y as f32, EYE.z)).x);
    let x = by_halving((0.0, 2.0 * usual_x), |x| beside(x) < usual_x);
    in_front(shape, (side * x, y))
}

/// How far above the glabella a temple is looked at in the usual head, mm: where a temple peak stands.
const TEMPLE_ABOVE_GLABELLA_MM: f64 = 30.0;

/// Tangent of 60 degrees: how far the skin is turned outwards at the edge of the temple.
const TEMPLE_TURN: f64 = 1.732_050_807_568_877_2;

/// The edge between forehead and temple: head's axes, mm. `side` is -1 for the left one, 1 for the right one.
fn temple<S: Shape>(shape: &S, side: f64) -> [f64; 3] {
    const STEP_MM: f64 = 0.5;
    const WIDEST_MM: f64 = 70.0;
    let (_, y) = shape.place_in_front((0.0, GLABELLA_Y_MM + TEMPLE_ABOVE_GLABELLA_MM));
    let at = |x: f64| in_front(shape, (side * x, y));
    let (mut x, mut turned) = (0.0, false);
    while x < WIDEST_MM && !turned {
        x += STEP_MM;
        let ([_, _, inner], [_, _, outer]) = (at(x - STEP_MM), at(x + STEP_MM));
        turned = inner - outer > TEMPLE_TURN * 2.0 * STEP_MM;
    }
    at(x)
}

/// The highest point of the head's middle along its own upright in the picture, photo pixels.
fn top<S: Shape>(shape: &S, camera: &Camera) -> (f64, f64) {
    let [x, y, z] = MIDDLE_MM;
    let (middle, above) = (camera.project(MIDDLE_MM), camera.project([x, y + 1.0, z]));
    let height = |p: (f64, f64)| (p.0 - middle.0) * (above.0 - middle.0) + (p.1 - middle.1) * (above.1 - middle.1);
    let profile = around_square().map(|(back, down)| {
        let out = |r: f64| vec3(x as f32, (y - r * down) as f32, (z - r * back) as f32);
        let r = by_halving((0.0, MAX_MM), |r| bare_head(shape, out(r)) < 0.0);
        camera.project([x, y - r * down, z - r * back])
    });
    profile.max_by(|a, b| height(*a).total_cmp(&height(*b))).unwrap_or(middle)
}

/// The greatest number between two for which something holds that holds up to it.
fn by_halving((mut low, mut high): (f64, f64), holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        *(if holds(middle) { &mut low } else { &mut high }) = middle;
    }
    low
}

/// Where the line of sight through a place of the picture meets the bare head: head's axes, mm.
pub(super) fn surface<S: Shape>(shape: &S, camera: &Camera, (x, y): (f64, f64)) -> Option<[f64; 3]> {
    let ray = camera.ray(x, y);
    let p = ray.at(trace::meet(&ray, WHOLE, |p| bare_head(shape, p)).ok()?);
    Some([p.x, p.y, p.z].map(f64::from))
}

fn bare_head<S: Shape>(shape: &S, p: Vec3) -> f32 {
    anatomy::bare_head(shape, p).step()
}

/// From the middle outwards in 256 directions, the last place where a line of sight meets the head, by halving.
fn outline<S: Shape>(shape: &S, camera: &Camera) -> Vec<(f64, f64)> {
    let (x, y) = camera.project(MIDDLE_MM);
    around_square()
        .map(|(dx, dy)| {
            let met = |r: f64| trace::meet(&camera.ray(x + r * dx, y + r * dy), WHOLE, |p| bare_head(shape, p)).is_ok();
            let r = by_halving((0.0, MAX_MM * camera.px_per_mm), met);
            (x + r * dx, y + r * dy)
        })
        .collect()
}

/// Unit vectors all around, clockwise in the picture from straight up, through points evenly spaced on a square.
fn around_square() -> impl Iterator<Item = (f64, f64)> {
    let half = CORNERS_A_SIDE / 2;
    (0..4 * CORNERS_A_SIDE).map(move |i| {
        let (quarter, step) = ((i + half) / CORNERS_A_SIDE % 4, (i + half) % CORNERS_A_SIDE - half);
        let s = f64::from(step) / f64::from(half);
        let (x, y) = match quarter {
            0 => (s, -1.0),
            1 => (1.0, s),
            2 => (-s, 1.0),
            _ => (-1.0, -s),
        };
        let length = (x * x + y * y).sqrt();
        (x / length, y / length)
    })
}

#[cfg(test)]
mod tests {
    use super::super::build::Usual;
    use super::*;

    #[test]
    fn the_outline_goes_round_once_clockwise_from_the_top() {
        let directions: Vec<_> = around_square().collect();
        assert_eq!(directions.len(), 256);
        assert_eq!(directions[0], (0.0, -1.0));
        for i in 0..directions.len() {
            let ((ax, ay), (bx, by)) = (directions[i], directions[(i + 1) % directions.len()]);
            let turn = ax * by - ay * bx;
            assert!(turn > 0.0 && turn < 0.05, "{i}: {turn}");
        }
    }

    #[test]
    fn facial_thirds_are_as_stated() {
        let truth = of(&Usual, &Camera::frontal());
        let mm = |a: (f64, f64), b: (f64, f64)| (b.1 - a.1) / truth.px_per_mm;
        let (upper, lower) = (mm(truth.glabella, truth.nose_base), mm(truth.nose_base, truth.chin));
        assert!((upper - 64.8).abs() < 0.5, "{upper}");
        assert!((lower - 76.4).abs() < 1.0, "{lower}");
        let above = mm(truth.midfrontal_75mm, truth.glabella);
        assert!((above - 75.0).abs() < 1e-9, "{above}");
        assert!(truth.vertex.1 < truth.midfrontal_75mm.1, "{truth:?}");
    }
}
