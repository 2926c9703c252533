//! Every design is the same after it was written and read again, to the last bit.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::calibration::{Calibration, HairOnTop, Landmark, Landmarks, Reference};
use hairline_designer::engine::catalog::{Parameter, Parameters, SHADES};
use hairline_designer::engine::design::file::{VERSION, read, write};
use hairline_designer::engine::design::{
    Appearance, AreaFill, Band, BandKind, Design, Drawing, FillOp, Hair, HairStroke, Hairline, Head, Months, PaintKind,
    Patch, PhotoRef, Probe, Side, SkinKind, Stroke, Sun, Variant, View, Views,
};
use hairline_designer::engine::editor::Command;
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::rc::Rc;

/// A number that needs all its digits, or one at the edge of what there is.
fn number(least: f64, most: f64) -> BoxedStrategy<f64> {
    let edges = [least, most, 0.0, -0.0, 5e-324, 0.1 + 0.2, 1.0 / 3.0, -1e-7];
    let edges: Vec<f64> = edges.into_iter().filter(|edge| (least..=most).contains(edge)).collect();
    prop_oneof![8 => least..=most, 1 => select(edges)].boxed()
}

fn in_norm(parameter: Parameter) -> BoxedStrategy<f64> {
    let (least, most) = Parameters::range(parameter);
    number(least, most).boxed()
}

fn point() -> BoxedStrategy<PhotoPoint> {
    let along = || number(-16_384.0, 16_384.0);
    (along(), along()).prop_map(|(x, y)| PhotoPoint::new(x, y)).boxed()
}

fn points(most: usize) -> BoxedStrategy<Vec<PhotoPoint>> {
    vec(point(), 0..=most).boxed()
}

fn look() -> BoxedStrategy<Appearance> {
    let shades: Vec<&str> = SHADES.iter().map(|shade| shade.key).collect();
    let words = (
        select(vec![Sun::Little, Sun::Usual, Sun::Much]),
        select(vec![SkinKind::Usual, SkinKind::Oily]),
        (select(vec![Hair::Shaved, Hair::Kept, Hair::Clipped]), number(0.0, 3.0)),
    );
    (select(shades), in_norm(Parameter::HealedDot), number(0.0, 1.0), number(0.0, 72.0), 1..=4_u8, words)
        .prop_map(|(shade, dot, softness, months, session, (sun, skin, (hair, length)))| Appearance {
            shade: shade.to_owned(),
            dot: Mm(dot),
            softness,
            months: Months(months),
            sun,
            skin,
            session,
            hair,
            hair_length: Mm(length),
        })
        .boxed()
}

fn hairline() -> BoxedStrategy<Hairline> {
    vec((point(), any::<bool>()), 0..=8).prop_map(|points| Hairline::with_corners(&points)).boxed()
}

fn area_fill() -> BoxedStrategy<AreaFill> {
    (points(6), any::<bool>(), in_norm(Parameter::Density), number(0.0, 1.0))
        .prop_map(|(boundary, closed, density, rear)| {
            let blend = closed.then_some(Mm(rear * 20.0));
            AreaFill { boundary, closed, density, rear, blend }
        })
        .boxed()
}

fn stroke() -> BoxedStrategy<Stroke> {
    let paint = select(vec![PaintKind::Brush, PaintKind::Eraser]);
    (paint, number(0.1, 4_096.0), number(0.0, 1.0), in_norm(Parameter::Density), any::<bool>(), points(9))
        .prop_map(|(paint, radius, softness, density, behind_line, points)| Stroke {
            paint,
            radius,
            softness,
            density,
            behind_line,
            points,
        })
        .boxed()
}

fn band() -> BoxedStrategy<Band> {
    let kind = select(vec![BandKind::PartLine, BandKind::Scar, BandKind::Temple]);
    (kind, points(5), number(1.0, 4_096.0), in_norm(Parameter::Density))
        .prop_map(|(kind, handles, width, density)| Band { kind, handles, width, density })
        .boxed()
}

fn patch() -> BoxedStrategy<Patch> {
    (points(5), in_norm(Parameter::Density)).prop_map(|(outline, density)| Patch { outline, density }).boxed()
}

fn fill() -> BoxedStrategy<Vec<Rc<FillOp>>> {
    let painted =
        prop_oneof![stroke().prop_map(FillOp::Stroke), band().prop_map(FillOp::Band), patch().prop_map(FillOp::Patch)];
    (option::of(area_fill().prop_map(FillOp::ToHere)), vec(painted, 0..5))
        .prop_map(|(area, painted)| area.into_iter().chain(painted).map(Rc::new).collect())
        .boxed()
}

fn calibration() -> BoxedStrategy<Calibration> {
    let mm = || number(5.0, 400.0).prop_map(Mm);
    let reference = prop_oneof![
        (mm(), mm(), mm()).prop_map(|(distance, least, most)| Reference::AveragePupils { distance, least, most }),
        mm().prop_map(|distance| Reference::TypedPupils { distance }),
        mm().prop_map(|distance| Reference::Points { distance }),
    ];
    (reference, number(0.0, 8_000.0), number(0.0, 8_000.0), number(24.5, 8_000.0))
        .prop_map(|(reference, x, y, across)| Calibration {
            reference,
            a: PhotoPoint::new(x, y),
            b: PhotoPoint::new(x + across, y),
        })
        .boxed()
}

fn head(side: Side) -> BoxedStrategy<Head> {
    let half = || number(8.0, 16_384.0);
    let degrees = || number(-45.0, 45.0);
    (point(), (half(), half()), number(-180.0, 180.0), (degrees(), degrees()), number(250.0, 6_000.0), any::<bool>())
        .prop_map(move |(centre, (half_width, half_height), roll, (yaw, pitch), camera, by_hand)| Head {
            side,
            centre,
            half_width,
            half_height,
            roll,
            yaw,
            pitch,
            camera: Mm(camera),
            camera_told: by_hand,
            by_hand,
            outline_unseen: !by_hand,
            hair_on_top: if by_hand { HairOnTop::Hair } else { HairOnTop::Bare },
        })
        .boxed()
}

fn landmarks() -> BoxedStrategy<Landmarks> {
    vec(option::of(point()), Landmark::ALL.len())
        .prop_map(|points| {
            let mut landmarks = Landmarks::default();
            Landmark::ALL.into_iter().zip(points).for_each(|(landmark, point)| landmarks.set(landmark, point));
            landmarks
        })
        .boxed()
}

fn photo() -> BoxedStrategy<PhotoRef> {
    (1..=16_384_u32, 1..=16_384_u32, 0..=3_u8, number(-45.0, 45.0), ".{0,120}")
        .prop_map(|(width, height, quarter_turns, level, digest)| PhotoRef {
            width,
            height,
            quarter_turns,
            level,
            digest,
        })
        .boxed()
}

fn probe() -> BoxedStrategy<Probe> {
    (point(), point(), number(0.0, 0.95))
        .prop_map(|(stubble, skin, darkening)| Probe { stubble, skin, darkening })
        .boxed()
}

fn hair_stroke() -> BoxedStrategy<HairStroke> {
    (select(vec![PaintKind::Brush, PaintKind::Eraser]), number(0.1, 4_096.0), points(6))
        .prop_map(|(paint, radius, points)| HairStroke { paint, radius, points })
        .boxed()
}

/// A side with or without a photo; without one nothing is drawn on it.
fn view(side: Side) -> BoxedStrategy<View> {
    let own = (option::of(probe()), vec(hair_stroke().prop_map(Rc::new), 0..=2));
    let marks = (option::of(calibration()), option::of(point()), landmarks(), option::of(head(side)), own);
    let drawn = (photo(), marks, option::of(hairline()), fill());
    option::of(drawn)
        .prop_map(|drawn| {
            drawn.map_or_else(
                View::default,
                |(photo, (calibration, glabella, landmarks, head, (probe, own_hair)), hairline, fill)| View {
                    photo: Some(photo),
                    calibration,
                    glabella,
                    landmarks,
                    head,
                    probe,
                    own_hair,
                    hairline,
                    fill,
                },
            )
        })
        .boxed()
}

fn variant() -> BoxedStrategy<Variant> {
    let drawings = Side::ALL.map(|side| {
        option::of((option::of(hairline()), fill()))
            .prop_map(move |drawn| drawn.map(|(hairline, fill)| Drawing { side, hairline, fill }))
    });
    (".{0,60}", look(), drawings)
        .prop_map(|(name, look, drawings)| {
            let drawings = drawings.into_iter().flatten().collect();
            Variant { name, look, drawings }
        })
        .boxed()
}

fn design() -> BoxedStrategy<Design> {
    let views = Side::ALL.map(view).prop_map(|[front, top, left, right, back]| Views { front, top, left, right, back });
    (any::<u32>(), look(), views, ".{0,60}", vec(variant(), 0..=3), (any::<u8>(), ".{0,200}"))
        .prop_map(|(seed, look, views, name, mut others, (place, notes))| {
            let has_photo = |side| views.of(side).photo.is_some();
            others.iter_mut().for_each(|other: &mut Variant| other.drawings.retain(|drawing| has_photo(drawing.side)));
            let place = place % (others.len() as u8 + 1);
            Design { version: VERSION, seed, look, views, name, place, others, notes }
        })
        .boxed()
}

/// Any number at all, more often one that means something.
fn wild() -> BoxedStrategy<f64> {
    prop_oneof![1 => any::<f64>(), 6 => -20_000.0..20_000.0, 6 => 0.0..1.0].boxed()
}

fn wild_points() -> BoxedStrategy<Vec<PhotoPoint>> {
    let near = || prop_oneof![1 => wild(), 9 => -100.0..2_500.0];
    vec((near(), near()).prop_map(|(x, y)| PhotoPoint::new(x, y)), 0..6).boxed()
}

/// A command of any kind with any numbers.
fn command() -> BoxedStrategy<Command> {
    let sizes = (1..=16_384_u32, 1..=16_384_u32);
    let fit = |(width, height)| {
        Command::FitPhoto(PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: "other".to_owned() })
    };
    prop_oneof![
        Just(Command::TurnPhoto),
        wild().prop_map(Command::LevelPhoto),
        (-1.0..1.0).prop_map(Command::LevelPhoto),
        sizes.prop_map(fit),
        select(Side::ALL.to_vec()).prop_map(Command::MoveTo),
        (look(), wild(), wild(), wild()).prop_map(|(look, dot, softness, months)| Command::SetLook(Appearance {
            dot: Mm(dot),
            softness,
            months: Months(months),
            ..look
        })),
        (head(Side::Front), vec(wild(), 4), wild()).prop_map(|(head, numbers, camera)| Command::SetHead(Some(Head {
            half_width: numbers[0],
            roll: numbers[1],
            yaw: numbers[2],
            pitch: numbers[3],
            camera: Mm(camera),
            ..head
        }))),
        (stroke(), wild(), wild_points()).prop_map(|(stroke, radius, points)| Command::AddStroke(Stroke {
            radius,
            points,
            ..stroke
        })),
        (band(), wild(), wild(), wild_points()).prop_map(|(band, width, density, handles)| Command::AddBand(Band {
            width,
            density,
            handles,
            ..band
        })),
        (wild_points(), wild()).prop_map(|(outline, density)| Command::AddPatch(Patch { outline, density })),
        (area_fill(), wild(), wild(), wild_points()).prop_map(|(fill, density, rear, boundary)| {
            Command::AreaFill(Some(AreaFill { density, rear, boundary, ..fill }))
        }),
        wild_points().prop_map(|handles| Command::SetHairline(Some(Hairline::smooth(handles)))),
        (calibration(), wild()).prop_map(|(calibration, mm)| Command::Calibrate(Some(Calibration {
            reference: Reference::TypedPupils { distance: Mm(mm) },
            ..calibration
        }))),
        Just(Command::CopyVariant),
    ]
    .boxed()
}

/// Debug prints every number with all its digits and a zero with its sign.
#[track_caller]
fn survives(design: &Design) {
    let written = write(design).unwrap();
    let again = read(written.as_bytes()).unwrap_or_else(|error| panic!("{error:?} in {written}"));
    assert_eq!(format!("{again:?}"), format!("{design:?}"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_design_survives_its_file_to_the_last_bit(design in design()) {
        survives(&design);
    }

    #[test]
    fn whatever_the_editor_makes_of_any_commands_survives_its_file(commands in vec(command(), 1..12)) {
        let mut editor = scene::editor();
        for command in commands {
            let shown = format!("{command:?}");
            if editor.apply(command).is_ok() {
                prop_assert!(read(write(editor.design()).unwrap().as_bytes()).is_ok(), "{shown}");
                survives(editor.design());
            }
        }
    }
}
