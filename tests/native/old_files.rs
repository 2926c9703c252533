//! Files of every version that visitors have: each still opens, and says the same.
#![cfg(test)]

use hairline_designer::engine::calibration::{Calibration, HairOnTop, Landmark, Landmarks, Reference};
use hairline_designer::engine::catalog::{CLIPPED_LENGTH, Parameters};
use hairline_designer::engine::design::file::{VERSION, read, write};
use hairline_designer::engine::design::{
    Appearance, AreaFill, Band, BandKind, Design, Drawing, FillOp, Hair, Hairline, Head, Months, PaintKind, Patch,
    PhotoRef, Probe, Side, SkinKind, Stroke, Sun, Variant, View, Views,
};
use hairline_designer::engine::geometry::{Mm, PhotoPoint};
use std::rc::Rc;

#[test]
fn a_file_of_version_1_still_opens() {
    let bytes = include_bytes!("files/design-v1.json");
    assert_eq!(read(bytes), Ok(design_of_version_1()));
    let again = write(&design_of_version_1()).unwrap();
    assert!(again.starts_with(&format!("{{\"version\":{VERSION},")), "{again}");
    assert_eq!(read(again.as_bytes()), Ok(design_of_version_1()));
}

/// What `design-v1.json` says. The file is never written anew: it is what visitors have.
fn design_of_version_1() -> Design {
    let at = PhotoPoint::new;
    let look = Appearance {
        shade: "charcoal".to_owned(),
        dot: Mm(0.1),
        softness: 0.35,
        months: Months::FRESH,
        sun: Sun::Usual,
        skin: SkinKind::Usual,
        session: 2,
        hair: Hair::Shaved,
        hair_length: CLIPPED_LENGTH,
    };
    let stroke = |paint, behind_line, points| {
        let points = Vec::from(points);
        Rc::new(FillOp::Stroke(Stroke { paint, radius: 36.5, softness: 0.25, density: 140.0, behind_line, points }))
    };
    let front = View {
        photo: Some(PhotoRef {
            width: 1600,
            height: 2000,
            quarter_turns: 3,
            level: 0.0,
            digest: "fnv1a64-6-85944171f73967e8".to_owned(),
        }),
        calibration: Some(Calibration {
            reference: Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) },
            a: at(674.0, 1000.0),
            b: at(926.0, 1003.5),
        }),
        glabella: Some(at(800.25, 921.0)),
        hairline: Some(Hairline::smooth(vec![at(540.0, 860.0), at(800.0, 640.5), at(1060.0, 860.0)])),
        fill: vec![
            Rc::new(FillOp::ToHere(AreaFill::even(vec![at(620.0, 640.0), at(800.0, 560.0), at(980.0, 640.0)], 110.0))),
            stroke(PaintKind::Brush, true, [at(700.0, 700.0), at(710.25, 702.5)].as_slice()),
            stroke(PaintKind::Eraser, false, [at(900.0, 650.0)].as_slice()),
        ],
        ..View::default()
    };
    Design {
        look,
        views: Views { front, ..Views::default() },
        notes: "Keep it low — “natural”.".to_owned(),
        ..Design::new(&Parameters::default(), 4_000_000_000)
    }
}

#[test]
fn a_file_of_version_2_still_opens() {
    let bytes = include_bytes!("files/design-v2.json");
    assert_eq!(read(bytes), Ok(design_of_version_2()));
    let again = write(&design_of_version_2()).unwrap();
    assert!(again.starts_with(&format!("{{\"version\":{VERSION},")), "{again}");
    assert_eq!(read(again.as_bytes()), Ok(design_of_version_2()));
}

/// What `design-v2.json` says. The file is never written anew: it is what visitors have.
fn design_of_version_2() -> Design {
    let at = PhotoPoint::new;
    let look = Appearance {
        shade: "soft-black".to_owned(),
        dot: Mm(0.11),
        softness: 0.75,
        months: Months(30.5),
        sun: Sun::Little,
        skin: SkinKind::Oily,
        session: 4,
        hair: Hair::Kept,
        hair_length: CLIPPED_LENGTH,
    };
    let front = View {
        photo: Some(PhotoRef {
            width: 1200,
            height: 1600,
            quarter_turns: 1,
            level: 0.0,
            digest: "fnv1a64-6-85944171f73967e8".to_owned(),
        }),
        calibration: Some(Calibration {
            reference: Reference::TypedPupils { distance: Mm(61.5) },
            a: at(505.5, 800.0),
            b: at(694.5, 802.25),
        }),
        glabella: Some(at(600.0, 735.5)),
        head: Some(Head {
            side: Side::Front,
            centre: at(601.25, 650.0),
            half_width: 245.5,
            half_height: 262.0,
            roll: -2.25,
            yaw: 6.0,
            pitch: -8.5,
            camera: Mm(750.0),
            camera_told: false,
            by_hand: true,
            outline_unseen: false,
            hair_on_top: HairOnTop::Unknown,
        }),
        probe: Some(Probe { stubble: at(380.0, 700.5), skin: at(420.25, 700.0), darkening: 0.3125 }),
        hairline: Some(Hairline::smooth(vec![at(430.0, 640.0), at(600.0, 520.5), at(770.0, 640.0)])),
        fill: fill_of_version_2(),
        ..View::default()
    };
    Design {
        look,
        views: Views { front, ..Views::default() },
        notes: "The scar is from 2014.\nAs soft as can be.".to_owned(),
        ..Design::new(&Parameters::default(), 12_345)
    }
}

fn fill_of_version_2() -> Vec<Rc<FillOp>> {
    let at = PhotoPoint::new;
    let band = |kind, width, handles| FillOp::Band(Band { kind, handles, width, density: 95.0 });
    [
        FillOp::ToHere(AreaFill::even(vec![at(500.0, 470.0), at(600.0, 430.5), at(700.0, 470.0)], 125.0)),
        FillOp::Stroke(Stroke {
            paint: PaintKind::Brush,
            radius: 22.5,
            softness: 0.5,
            density: 150.0,
            behind_line: false,
            points: vec![at(450.0, 560.0), at(460.25, 548.5)],
        }),
        band(BandKind::PartLine, 9.0, vec![at(560.0, 520.0), at(548.5, 420.0)]),
        band(BandKind::Scar, 14.25, vec![at(400.0, 900.0), at(600.0, 930.5), at(800.0, 900.0)]),
        FillOp::Patch(Patch { outline: vec![at(520.0, 480.0), at(570.5, 482.0), at(545.0, 520.0)], density: 105.0 }),
    ]
    .map(Rc::new)
    .to_vec()
}

/// Version 2 had no view but the front, which could hold the photo of any side.
#[test]
fn a_head_that_version_2_saw_from_another_side_moves_there() {
    let [before, after] = include_str!("files/design-v2.json").split_once(r#""side": "front""#).unwrap().into();
    for (word, side) in [("top", Side::Top), ("left", Side::Left), ("right", Side::Right), ("back", Side::Back)] {
        let design = read(format!(r#"{before}"side": "{word}"{after}"#).as_bytes()).unwrap();
        let mut expected = design_of_version_2();
        let view = std::mem::take(&mut expected.views.front);
        *expected.views.of_mut(side) = View { head: view.head.map(|head| Head { side, ..head }), ..view };
        assert_eq!(design, expected, "{word}");
        assert_eq!(read(write(&design).unwrap().as_bytes()), Ok(design), "{word}");
    }
}

#[test]
fn a_file_of_version_3_still_opens() {
    let bytes = include_bytes!("files/design-v3.json");
    assert_eq!(read(bytes), Ok(design_of_version_3()));
    let again = write(&design_of_version_3()).unwrap();
    assert_eq!(read(again.as_bytes()), Ok(design_of_version_3()));
}

/// What `design-v3.json` says. The file is never written anew: it is what visitors have.
fn design_of_version_3() -> Design {
    let at = PhotoPoint::new;
    let look = Appearance {
        shade: "dark-grey".to_owned(),
        dot: Mm(0.1037),
        softness: 0.5625,
        months: Months(17.25),
        sun: Sun::Much,
        skin: SkinKind::Oily,
        session: 2,
        hair: Hair::Kept,
        hair_length: CLIPPED_LENGTH,
    };
    let higher = Variant {
        name: "Higher, “soft”".to_owned(),
        look: Appearance { shade: "ash".to_owned(), softness: 0.9, months: Months::HEALED, session: 3, ..look.clone() },
        drawings: vec![
            Drawing {
                side: Side::Front,
                hairline: Some(Hairline::smooth(vec![at(430.0, 610.0), at(600.5, 490.25), at(770.0, 610.0)])),
                fill: vec![Rc::new(FillOp::ToHere(AreaFill::even(vec![at(600.0, 400.0)], 90.1234)))],
            },
            Drawing { side: Side::Left, hairline: None, fill: fill_of_version_2().into_iter().skip(1).collect() },
        ],
    };
    let plain = Variant {
        name: String::new(),
        look: Appearance { shade: "grey".to_owned(), softness: 0.6, ..Appearance::new(&Parameters::default()) },
        drawings: Vec::new(),
    };
    Design {
        look,
        views: Views { front: front_of_version_3(), left: left_of_version_3(), ..Views::default() },
        name: "Low".to_owned(),
        place: 1,
        others: vec![higher, plain],
        notes: "The scar \"itches\".\n頭".to_owned(),
        ..Design::new(&Parameters::default(), 4_294_967_295)
    }
}

fn front_of_version_3() -> View {
    let at = PhotoPoint::new;
    let mut landmarks = Landmarks::default();
    landmarks.set(Landmark::Chin, Some(at(601.07, 1_090.5)));
    landmarks.set(Landmark::CanthusLeft, Some(at(452.5, 801.33)));
    landmarks.set(Landmark::TempleRight, Some(at(810.01, 640.0)));
    View {
        photo: Some(PhotoRef {
            width: 1200,
            height: 1600,
            quarter_turns: 3,
            level: -2.1667,
            digest: "fnv1a64-6-85944171f73967e8".to_owned(),
        }),
        calibration: Some(Calibration {
            reference: Reference::Points { distance: Mm(85.6) },
            a: at(405.53, 800.0),
            b: at(694.57, 802.25),
        }),
        glabella: Some(at(600.13, 735.5)),
        landmarks,
        head: Some(Head {
            side: Side::Front,
            centre: at(601.25, 650.99),
            half_width: 245.3333,
            half_height: 262.6667,
            roll: -2.2,
            yaw: 6.0625,
            pitch: -8.5,
            camera: Mm(750.1),
            camera_told: false,
            by_hand: true,
            outline_unseen: false,
            hair_on_top: HairOnTop::Unknown,
        }),
        probe: Some(Probe { stubble: at(380.0, 700.5), skin: at(420.25, 700.0), darkening: 0.3123 }),
        own_hair: Vec::new(),
        hairline: Some(Hairline {
            handles: vec![at(430.0, 640.0), at(520.17, 560.3), at(600.0, 520.5), at(680.9, 561.0), at(770.0, 640.0)],
            corners: vec![1, 3],
        }),
        fill: vec![
            Rc::new(FillOp::ToHere(AreaFill {
                boundary: vec![at(500.0, 470.11), at(600.0, 430.5), at(700.0, 470.0), at(600.0, 600.7)],
                closed: true,
                density: 125.4321,
                rear: 0.6543,
                blend: None,
            })),
            Rc::new(FillOp::Stroke(Stroke {
                paint: PaintKind::Eraser,
                radius: 22.3607,
                softness: 0.3333,
                density: 150.0,
                behind_line: true,
                points: vec![at(-4.57, 560.0), at(460.25, 1_610.08)],
            })),
        ],
    }
}

fn left_of_version_3() -> View {
    let at = PhotoPoint::new;
    let band = |kind, handles| FillOp::Band(Band { kind, handles, width: 30.0071, density: 88.8889 });
    let ops = [
        band(BandKind::Temple, vec![at(420.0, 420.0), at(415.5, 520.29)]),
        band(BandKind::Scar, vec![at(400.0, 900.0), at(600.0, 930.5), at(800.0, 900.0)]),
        band(BandKind::PartLine, vec![at(560.0, 520.0), at(548.5, 420.03)]),
        FillOp::Patch(Patch { outline: vec![at(520.0, 480.0), at(570.58, 482.0), at(545.0, 520.0)], density: 105.5 }),
    ];
    View {
        photo: Some(PhotoRef {
            width: 900,
            height: 1200,
            quarter_turns: 0,
            level: 0.0,
            digest: "sample-head-1-left".to_owned(),
        }),
        calibration: Some(Calibration {
            reference: Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) },
            a: at(100.0, 700.0),
            b: at(352.0, 700.0),
        }),
        fill: ops.map(Rc::new).to_vec(),
        ..View::default()
    }
}

#[test]
fn a_file_without_its_optional_fields_opens() {
    let text = r#"{"version":1,"seed":1,"views":{"front":{}},
        "look":{"shade":"grey","dot":0.12,"softness":0.6,"age":"healed","session":3}}"#;
    let mut design = Design::new(&Parameters::default(), 1);
    design.look = Appearance { shade: "grey".to_owned(), softness: 0.6, ..design.look };
    assert_eq!(read(text.as_bytes()), Ok(design.clone()));
    let text = r#"{"version":2,"seed":1,"views":{"front":{}},
        "look":{"shade":"grey","dot":0.12,"softness":0.6,"months":1,"session":3}}"#;
    assert_eq!(read(text.as_bytes()), Ok(design));
}
