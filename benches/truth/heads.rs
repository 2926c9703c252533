//! Lengths, areas and densities on the curved skin of the sample head.

use crate::Row;
use crate::subject::{Subject, Told, point};
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::design::{Appearance, Band, BandKind, Design, FillOp, Months};
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::geometry::PhotoPoint;
use sample_head::{Camera, SampleTone, Usual};
use std::rc::Rc;

const SIZE: (u32, u32) = (1200, 1500);

/// A picture of the sample head from a distance in mm.
type Taken = fn(f64) -> Subject<Usual>;
/// Corners of a figure.
type Corners = &'static [(f64, f64)];

/// The skin that is treated, as shares of half the head's breadth from the middle of its top: in front, the forelock and
/// the hairline; from above, the top.
const FRONT: [Corners; 3] = [
    &[(-0.55, 0.62), (0.55, 0.62), (0.45, 0.30), (-0.45, 0.30)],
    &[(-0.60, 0.60), (0.60, 0.60), (0.35, 0.15), (-0.35, 0.15)],
    &[(-0.30, 0.70), (0.30, 0.70), (0.25, 0.12), (-0.25, 0.12)],
];
const ABOVE: [Corners; 3] = [
    &[(-0.60, 1.30), (0.60, 1.30), (0.60, 0.40), (-0.60, 0.40)],
    &[(-0.80, 1.20), (0.80, 1.20), (0.60, 0.25), (-0.60, 0.25)],
    &[(-0.40, 0.60), (0.40, 0.60), (0.30, 0.15), (-0.30, 0.15)],
];

fn front(distance_mm: f64) -> Subject<Usual> {
    let camera = Camera { distance_mm, ..Camera::frontal() };
    Subject::new(camera, SIZE, SampleTone::default(), Side::Front, &Told::Pupils(63.0))
}

fn from_above(distance_mm: f64) -> Subject<Usual> {
    let half = 0.5_f64.sqrt();
    let (toward, up) = ([0.0, half, half], [0.0, half, -half]);
    let camera = Camera { distance_mm, toward, up, target_px: (600.0, 1000.0), ..Camera::frontal() };
    Subject::new(camera, SIZE, SampleTone::default(), Side::Front, &Told::Pupils(63.0))
}

fn top(distance_mm: f64) -> Subject<Usual> {
    let (toward, up) = ([0.0, 1.0, 0.0], [0.0, 0.0, -1.0]);
    // The scale holds where a card on the crown would lie.
    let target_mm = [0.0, 117.0, 0.0];
    let camera = Camera { distance_mm, toward, up, target_mm, target_px: (600.0, 800.0), ..Camera::frontal() };
    Subject::new(camera, SIZE, SampleTone::default(), Side::Top, &Told::Card(5.0))
}

/// On the head of the sample picture.
pub(crate) fn known() -> Vec<Row> {
    let mut rows = Vec::new();
    for metres in [1.0, 1.5] {
        let subject = front(metres * 1000.0);
        let what = format!("sample head: length on the skin, front, camera at {metres} m: worst of seven");
        rows.push(drawn(what, worst_length(&subject) * 100.0));
    }
    let views: [(&str, Taken, [Corners; 3]); 3] =
        [("front", front, FRONT), ("top", top, ABOVE), ("45 degrees from above", from_above, ABOVE)];
    for (name, view, figures) in views {
        for metres in [1.0, 1.5] {
            let subject = view(metres * 1000.0);
            let error = |corners: &Corners| {
                let (truth, measured) = subject.areas(&subject.figure(corners));
                (measured / truth - 1.0).abs() * 100.0
            };
            let worst = figures.iter().map(error).fold(0.0, f64::max);
            rows.push(drawn(format!("sample head: area on the skin, {name}, {metres} m: worst of three"), worst));
        }
    }
    rows.extend(densities());
    rows
}

/// A figure of the sample head. Its skull is drawn, and none that was measured: how far it differs from real ones is not the
/// program's error.
fn drawn(what: String, worst: f64) -> Row {
    Row { what, figure: format!("{worst:.3} %"), bar: "for information", good: true }
}

fn worst_length(subject: &Subject<Usual>) -> f64 {
    let glabella = point(subject.truth.glabella);
    let mm = |right: f64, up: f64| glabella.moved(right * subject.px_per_mm, -up * subject.px_per_mm);
    let ways = [
        (glabella, mm(0.0, 60.0)),
        (glabella, mm(0.0, 70.0)),
        (glabella, mm(0.0, 75.0)),
        (mm(-30.0, 60.0), mm(30.0, 60.0)),
        (mm(-40.0, 60.0), mm(40.0, 60.0)),
        (mm(-30.0, 72.0), mm(30.0, 72.0)),
        (mm(-40.0, 40.0), mm(20.0, 70.0)),
    ];
    let error = |(from, to): &(PhotoPoint, PhotoPoint)| {
        let (truth, measured) = subject.lengths(*from, *to);
        (measured / truth - 1.0).abs()
    };
    ways.iter().map(error).fold(0.0, f64::max)
}

/// Dots that stand in a figure, over its skin.
fn densities() -> Vec<Row> {
    let subjects = [("front", front(1000.0), FRONT[1]), ("top", top(1000.0), ABOVE[1])];
    let mut rows = Vec::new();
    let tile = Rc::new(BlueNoiseTile::grow(1));
    for (name, subject, corners) in subjects {
        let figure = subject.figure(corners);
        let skin = subject.surface().area_cm2(|at| figure.contains(at), figure.points(), 0.5);
        let mut worst = 0.0_f64;
        for density in [60.0, 90.0, 120.0, 160.0, 200.0] {
            let mut design = Design::new(&subject.parameters, 1);
            design.look = Appearance { softness: 0.0, months: Months(1.0), ..design.look };
            design.views.front = subject.view.clone();
            // A band so wide that it is whole all over the figure.
            let (width, height) = design.views.front.size();
            let handles = vec![PhotoPoint::new(0.0, height / 2.0), PhotoPoint::new(width, height / 2.0)];
            let band = Band { kind: BandKind::PartLine, handles, width: 20.0 * height, density };
            design.views.front.fill = vec![Rc::new(FillOp::Band(band))];
            let mut field = Field::new(tile.clone(), 1);
            field.sync(&design, &subject.parameters);
            let at = |dot: &hairline_designer::engine::dots::Dot| PhotoPoint::new(f64::from(dot.x), f64::from(dot.y));
            let dots = field.dots().iter().filter(|dot| figure.contains(at(dot))).count() as f64;
            worst = worst.max((dots / skin / density - 1.0).abs() * 100.0);
        }
        let what = format!("dots per cm2 of skin, {name}, painted 60 to 200: worst of five");
        rows.push(Row::at_most(what, worst, 2.0, " %", "within 2 %"));
    }
    rows
}
