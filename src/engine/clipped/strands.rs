//! Single hairs that stand out from the mask before a wall that is not even: thin lines of hair's colour that begin at hair. Beside ears
//! none are looked for: their edges are thin lines, too.

use super::layer::Layer;
use super::sight::Sight;
use crate::engine::color::luminance;

/// How far from hair they are looked for, and up to where they must begin, mm.
const REACH_MM: f64 = 20.0;
const BEGIN_MM: f64 = 3.5;
/// How far beside a hair the wall is looked at, mm: what is thicker is none.
const BESIDE_MM: f64 = 0.9;
/// How far outside of the head's outline, mm.
const OUTSIDE_MM: f64 = 2.0;
/// By which share of the wall's light a hair differs from both sides at least, and how much more than they do from each other.
const DIFFERS: f32 = 0.08;
const TIMES: f32 = 1.5;
/// How exactly it differs towards the colour of hair: the cosine of the angle between both ways.
const TOWARDS: f32 = 0.85;
const ACROSS: [(f64, f64); 4] = [(1.0, 0.0), (0.0, 1.0), (0.7, 0.7), (0.7, -0.7)];

/// How far each cell is from such hairs, photo pixels; far where there is none.
pub(super) fn from_strands(sight: &Sight<'_>, bare: &Layer<f32>) -> Layer<f32> {
    let frame = sight.light.frame;
    let hair = colour_of_hair(sight);
    let thin = Layer::of(frame, |column, row| {
        let (x, y) = (column as isize, row as isize);
        let far = f64::from(sight.from_hair.cell(x, y));
        let is_outside = f64::from(sight.depth.cell(x, y)) < -OUTSIDE_MM * sight.mm;
        let is_seen = bare.cell(x, y) > 0.0 || far < BEGIN_MM * sight.mm;
        let is_near = far > 0.0 && far < REACH_MM * sight.mm;
        let is_free = is_outside && !sight.is_beside_ears(frame.middle(column, row));
        is_near && is_seen && is_free && is_thin(sight, (column, row), hair)
    });
    let strands = joined(sight, &thin);
    Layer::distances(frame, |column, row| strands.cell(column as isize, row as isize))
}

/// The mean light of hair.
fn colour_of_hair(sight: &Sight<'_>) -> [f32; 3] {
    let hair = sight.light.values.iter().zip(&sight.from_hair.values).filter(|(_, from_hair)| **from_hair == 0.0);
    let (sum, count) = hair.fold(([0.0_f32; 3], 0.0_f32), |([r, g, b], count), ([red, green, blue], _)| {
        ([r + red, g + green, b + blue], count + 1.0)
    });
    sum.map(|sum| sum / count.max(1.0))
}

/// Whether a cell differs towards hair from what lies on two sides of it, and these are alike.
fn is_thin(sight: &Sight<'_>, (column, row): (usize, usize), hair: [f32; 3]) -> bool {
    let light = &sight.light;
    let here = light.cell(column as isize, row as isize);
    let reach = (BESIDE_MM * sight.mm / light.frame.pitch).max(1.0);
    ACROSS.into_iter().any(|(right, down)| {
        let side = |way: f64| light.at_place(column as f64 + right * way, row as f64 + down * way);
        let (one, other) = (side(reach), side(-reach));
        let mut wall = one;
        wall.iter_mut().zip(other).for_each(|(wall, other)| *wall = (*wall + other) * 0.5);
        let differs = (luminance(here) - luminance(wall)).abs();
        let uneven = (luminance(one) - luminance(other)).abs();
        let is_line = differs > DIFFERS * luminance(wall) && differs > TIMES * uneven;
        is_line && is_towards(wall, here, hair)
    })
}

/// Whether the way from one colour to another is about the same as that to a third.
fn is_towards(from: [f32; 3], to: [f32; 3], end: [f32; 3]) -> bool {
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for ((from, to), end) in from.iter().zip(to).zip(end) {
        let (a, b) = (to - from, end - from);
        both += a * b;
        first += a * a;
        second += b * b;
    }
    both > TOWARDS * (first * second).sqrt()
}

/// Those thin cells that hang together with others that begin at hair.
fn joined(sight: &Sight<'_>, thin: &Layer<bool>) -> Layer<bool> {
    let (columns, rows) = (thin.frame.columns as isize, thin.frame.rows as isize);
    let mut joined = thin.map(|_| false);
    let begins = |at: &usize| {
        let from_hair = sight.from_hair.values.get(*at).map_or(f64::INFINITY, |from_hair| f64::from(*from_hair));
        thin.values.get(*at) == Some(&true) && from_hair < BEGIN_MM * sight.mm
    };
    let mut next: Vec<usize> = (0..thin.values.len()).filter(begins).collect();
    while let Some(at) = next.pop() {
        match joined.values.get_mut(at) {
            Some(joined) if !*joined => *joined = true,
            _ => continue,
        }
        let (column, row) = (at as isize % columns, at as isize / columns);
        for (right, down) in (-1..=1).flat_map(|down| (-1..=1).map(move |right| (right, down))) {
            let (column, row) = (column + right, row + down);
            let is_inside = (0..columns).contains(&column) && (0..rows).contains(&row);
            let beside = (row * columns + column) as usize;
            if is_inside && thin.values.get(beside) == Some(&true) {
                next.push(beside);
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::drawn;
    use super::super::layer::Frame;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;
    use crate::engine::design::View;
    use crate::engine::geometry::PhotoPoint;

    const FRAME: Frame = Frame { origin: PhotoPoint::new(0.0, 0.0), pitch: 1.0, columns: 200, rows: 200 };
    const HAIR: [f32; 3] = [0.03, 0.02, 0.02];

    /// Whether cells are strands, on a wall with broad dark joints, with hair on the left and lines of so many pixels of a colour.
    fn strands(line: impl Fn(usize, usize) -> Option<[f32; 3]>) -> Layer<bool> {
        strands_beside(drawn::view(Side::Front, 0.0), line)
    }

    fn strands_beside(view: View, line: impl Fn(usize, usize) -> Option<[f32; 3]>) -> Layer<bool> {
        let parameters = Parameters::default();
        let light = Layer::of(FRAME, |column, row| match line(column, row) {
            _ if column < 60 => HAIR,
            Some(light) => light,
            None if row % 50 < 6 => [0.05; 3],
            None => [0.4, 0.5, 0.6],
        });
        let surface = view.surface(&parameters);
        let sight = drawn::sight(
            view.head.as_ref().unwrap(),
            &surface,
            (light, Layer::of(FRAME, |_, _| -30.0), Layer::distances(FRAME, |column, _| column < 60)),
        );
        let bare = sight.layer(|_, _, from_hair| from_hair > 6.0);
        from_strands(&sight, &bare).map(|from| from == 0.0)
    }

    #[test]
    fn a_thin_line_of_hair_that_begins_at_hair_is_a_strand() {
        let found = strands(|column, row| (row == 30 && column < 90).then_some(HAIR));
        assert!((64..88).all(|column| found.cell(column, 30)));
        assert!(!(92..200).any(|column| found.cell(column, 30)));
        assert!(!(61..200).any(|column| found.cell(column, 20) || found.cell(column, 52) || found.cell(column, 40)));
    }

    #[test]
    fn edges_of_ears_are_none() {
        let mut view = drawn::view(Side::Front, 0.0);
        // The line is seen where the head's ears are.
        view.head.as_mut().unwrap().centre = PhotoPoint::new(0.0, 10.0);
        let found = strands_beside(view, |column, row| (row == 30 && column < 90).then_some(HAIR));
        assert!(!found.values.contains(&true));
    }

    #[test]
    fn what_begins_elsewhere_or_has_another_colour_or_is_broad_is_none() {
        let none = |line: &dyn Fn(usize, usize) -> Option<[f32; 3]>| !strands(line).values.contains(&true);
        assert!(none(&|column, row| (row == 30 && (80..100).contains(&column)).then_some(HAIR)), "begins elsewhere");
        assert!(none(&|_, row| (row == 30).then_some([0.9, 0.5, 0.1])), "another colour");
        assert!(none(&|_, row| ((28..33).contains(&row)).then_some(HAIR)), "broad");
        assert!(none(&|_, _| None), "joints");
    }
}
