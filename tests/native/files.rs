//! Design files from anywhere: broken and hostile ones are refused with the right reason, an old one still opens.
#![cfg(test)]

use crate::scene;
use hairline_designer::engine::calibration::{Calibration, Reference};
use hairline_designer::engine::catalog::Norms;
use hairline_designer::engine::design::file::{DesignFileError, VERSION, read, write};
use hairline_designer::engine::design::{
    Band, BandKind, Design, FillOp, FillToHere, Hair, Hairline, Head, Look, Months, PaintKind, Patch, PhotoRef, Probe,
    Side, SkinKind, Stroke, Sun, View, Views,
};
use hairline_designer::engine::editor::tools::{BrushSettings, Hand, ToolKind, ToolSettings};
use hairline_designer::engine::editor::{Command, PointerKind};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use hairline_designer::engine::i18n::{EN, design_file_error};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

/// Mutations of a valid file that are read.
const MUTATIONS: u64 = 10_000;

fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !folder.exists() {
        println!("skipped: no ../shared");
        return None;
    }
    Some(std::fs::read(folder.join("bad").join(name)).unwrap())
}

#[track_caller]
fn refused(name: &str, fits: impl Fn(&DesignFileError) -> bool, sentence: &str) {
    let Some(bytes) = shared(name) else { return };
    match read(&bytes) {
        Err(error) if fits(&error) => assert_eq!(design_file_error(&EN, &error), sentence, "{name}: {error:?}"),
        other => panic!("{name}: {other:?}"),
    }
}

fn is_no_design(error: &DesignFileError) -> bool {
    matches!(error, DesignFileError::NotADesign(_))
}

#[test]
fn a_design_of_a_later_program_is_named_as_such() {
    let sentence = EN.design_newer;
    refused("draft-future-version.json", |error| *error == DesignFileError::NewerVersion(999), sentence);
    assert!(sentence.contains("newer version"), "{sentence}");
}

#[test]
fn a_design_cut_off_cannot_be_read() {
    let sentence = EN.design_unreadable;
    refused("draft-not-json.json", is_no_design, sentence);
    assert!(sentence.contains("could not") && sentence.contains("read"), "{sentence}");
}

#[test]
fn numbers_that_are_none_are_refused() {
    refused("draft-nan-inf.json", is_no_design, EN.design_unreadable);
}

#[test]
fn fields_that_no_design_has_are_refused() {
    refused("draft-html-notes.json", is_no_design, EN.design_unreadable);
}

#[test]
fn markup_in_a_note_stays_text() {
    let markup = "<img src=x onerror=top.PWNED=1>\"'</script>";
    let mut design = full_design();
    design.notes = markup.to_owned();
    assert_eq!(read(write(&design).unwrap().as_bytes()).unwrap().notes, markup);
}

/// A design in which every field of the file stands.
fn full_design() -> Design {
    let mut design = scene::editor().design().clone();
    design.notes = "Left temple higher.\nÄ“ü”".to_owned();
    let (at, front) = (PhotoPoint::new, &mut design.views.front);
    front.glabella = Some(at(800.5, 921.25));
    front.head = Some(Head {
        side: Side::Front,
        centre: at(801.0, 830.5),
        half_width: 300.5,
        half_height: 320.0,
        tilt: 2.5,
        turn: -4.0,
        nod: 6.5,
        camera: Mm(800.0),
        by_hand: true,
    });
    front.probe = Some(Probe { stubble: at(500.0, 800.0), skin: at(540.0, 801.5), darkening: 0.35 });
    let handles = vec![at(700.0, 560.0), at(745.25, 505.0), at(750.0, 470.0)];
    let outline = vec![at(850.0, 500.0), at(900.5, 510.0), at(880.0, 560.0)];
    front.fill.extend([
        Rc::new(FillOp::Band(Band { kind: BandKind::PartLine, handles, width: 32.5, density: 90.0 })),
        Rc::new(FillOp::Patch(Patch { outline, density: 100.0 })),
    ]);
    design
}

/// Whole numbers from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn one_of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// What is written in place of a number.
const NUMBERS: &[&str] = &[
    "1e999",
    "-1e999",
    "1e308",
    "-1e-308",
    "NaN",
    "Infinity",
    "null",
    "\"1\"",
    "-0",
    "0",
    "1",
    "-1",
    "2",
    "0.5",
    "99",
    "119.99",
    "1e2",
    "16384",
    "16385",
    "4294967296",
    "18446744073709551616",
    "[]",
    "{}",
    "true",
    "01",
    "1.",
    ".5",
];
/// What is written in between.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "[[[[[[[[",
    "\"version\":1,",
    "\"age\":\"fresh\",",
    "\"seed\":7,",
    "\u{feff}",
    "é",
    "\"__proto__\":{},",
    " ",
    "\n",
    "e",
    "-",
    "1",
];

/// A valid file with one to three changes that depend on the seed alone.
fn mutated(valid: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance(seed);
    let mut bytes = valid.to_vec();
    for _ in 0..=chance.below(3) {
        match chance.below(7) {
            0 => flip_bit(&mut bytes, &mut chance),
            1 => bytes.truncate(chance.below(valid.len())),
            2 => remove(&mut bytes, &mut chance),
            3 => insert(&mut bytes, &mut chance),
            4 => repeat(&mut bytes, &mut chance),
            _ => renumber(&mut bytes, &mut chance),
        }
    }
    bytes
}

fn flip_bit(bytes: &mut [u8], chance: &mut Chance) {
    let at = chance.below(bytes.len());
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << chance.below(8);
    }
}

fn span(bytes: &[u8], chance: &mut Chance) -> std::ops::Range<usize> {
    let from = chance.below(bytes.len());
    from..(from + 1 + chance.below(24)).min(bytes.len())
}

fn remove(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let span = span(bytes, chance);
    bytes.drain(span);
}

fn insert(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len());
    bytes.splice(at..at, chance.one_of(PIECES).bytes());
}

fn repeat(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let span = span(bytes, chance);
    let piece = bytes[span.clone()].to_vec();
    bytes.splice(span.end..span.end, piece);
}

/// Writes something else in place of a number.
fn renumber(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let is_digit = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let start = chance.below(bytes.len());
    let Some(from) = bytes.iter().skip(start).position(is_digit).map(|offset| start + offset) else { return };
    let length = bytes[from..].iter().take_while(|byte| is_digit(byte)).count();
    bytes.splice(from..from + length, chance.one_of(NUMBERS).bytes());
}

/// Every number of a design that is not whole by its type.
fn numbers(design: &Design) -> Vec<f64> {
    let mut all = vec![design.look.dot.0, design.look.softness, design.look.months.0];
    let view = &design.views.front;
    let mut add = |points: &[PhotoPoint]| all.extend(points.iter().flat_map(|point| [point.x, point.y]));
    add(view.glabella.as_slice());
    view.hairline.iter().for_each(|line| add(&line.handles));
    view.fill.iter().for_each(|op| add(op.points()));
    if let Some(Calibration { a, b, .. }) = view.calibration {
        add(&[a, b]);
    }
    if let Some(Probe { stubble, skin, darkening }) = view.probe {
        add(&[stubble, skin]);
        all.push(darkening);
    }
    if let Some(Head { centre, half_width, half_height, tilt, turn, nod, camera, .. }) = view.head {
        all.extend([centre.x, centre.y, half_width, half_height, tilt, turn, nod, camera.0]);
    }
    for op in &view.fill {
        match op.as_ref() {
            FillOp::ToHere(fill) => all.push(fill.density),
            FillOp::Stroke(stroke) => all.extend([stroke.density, stroke.radius, stroke.softness]),
            FillOp::Band(band) => all.extend([band.density, band.width]),
            FillOp::Patch(patch) => all.push(patch.density),
        }
    }
    all.extend(view.calibration.iter().flat_map(|calibration| reference_numbers(calibration.reference)));
    all
}

fn reference_numbers(reference: Reference) -> Vec<f64> {
    match reference {
        Reference::AveragePupils { distance, least, most } => vec![distance.0, least.0, most.0],
        Reference::TypedPupils { distance } | Reference::Points { distance } => vec![distance.0],
    }
}

#[test]
fn no_mutation_of_a_file_panics_or_brings_a_number_that_is_none() {
    let mut average = full_design();
    average.views.front.calibration.as_mut().unwrap().reference =
        Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) };
    let valid = [write(&full_design()).unwrap().into_bytes(), write(&average).unwrap().into_bytes()];
    let mut opened = 0;
    for seed in 0..MUTATIONS {
        let bytes = mutated(&valid[(seed % 2) as usize], seed);
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let Ok(outcome) = catch_unwind(|| read(&bytes)) else { panic!("mutation {seed} panics: {}", shown()) };
        let Ok(design) = outcome else { continue };
        opened += 1;
        let wild: Vec<f64> = numbers(&design).into_iter().filter(|number| !number.is_finite()).collect();
        assert!(wild.is_empty(), "mutation {seed} brings {wild:?}: {}", shown());
        let again = catch_unwind(AssertUnwindSafe(|| read(write(&design).unwrap().as_bytes())));
        let Ok(Ok(again)) = again else { panic!("mutation {seed} does not survive its own file: {}", shown()) };
        let drift = numbers(&design).iter().zip(numbers(&again)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(drift < 1e-9, "mutation {seed} is moved by {drift} in its own file: {}", shown());
    }
    println!("{opened} of {MUTATIONS} mutations still open");
    // Mutations that nearly all open, or that never do, would test nothing.
    assert!((MUTATIONS / 50..MUTATIONS / 2).contains(&opened), "{opened} of {MUTATIONS} mutations still open");
}

#[test]
fn what_the_editor_makes_survives_its_file_to_the_last_bit() {
    let settings = |kind, radius| ToolSettings {
        kind,
        reach: PhotoPx(20.0),
        mirrored: false,
        brush: BrushSettings { radius: Mm(radius), ..BrushSettings::new(&Norms::default()) },
        reference: Reference::TypedPupils { distance: Mm(63.0) },
        band_width: Mm(radius),
        band_density: 95.123_456_789,
        patch_density: 101.987_654_321,
    };
    let mut lost = Vec::new();
    for step in 0..200 {
        let shift = f64::from(step) * 0.37;
        let mut editor = scene::editor();
        let (a, b) = (PhotoPoint::new(674.0, 1000.0), PhotoPoint::new(926.0 + shift, 1000.0 + shift / 9.0));
        let reference = Reference::TypedPupils { distance: Mm(61.5) };
        editor.apply(Command::Calibrate(Some(Calibration { reference, a, b }))).unwrap();
        let mut hand = Hand::default();
        let mut drag = |kind, way: &[PhotoPoint]| {
            let settings = settings(kind, 2.0 + f64::from(step % 19));
            hand.down(&mut editor, &settings, way[0], PointerKind::Mouse);
            way.iter().for_each(|at| hand.moved(&mut editor, &settings, *at));
            hand.complete(&mut editor, &settings, way[way.len() - 1]);
            assert_eq!(hand.refusal, None, "{kind:?}");
            editor.view().head_in_force(editor.norms()).handles()
        };
        let at = |x: f64, y: f64| PhotoPoint::new(x + shift, y + shift / 7.0);
        let [_, top, right, _] = drag(ToolKind::Brush, &[PhotoPoint::new(700.123_456, 600.0), at(760.0, 633.333_333)]);
        drag(ToolKind::Head, &[top, top.moved(shift + 9.3, shift / 3.0)]);
        drag(ToolKind::Head, &[right, right.moved(shift + 9.7, 0.0)]);
        drag(ToolKind::Lasso, &[at(300.0, 300.0), at(400.1, 300.0), at(400.0, 400.3), at(300.0, 395.0)]);
        drag(ToolKind::Scar, &[at(300.0, 500.0), at(400.1, 511.0), at(500.0, 500.3)]);
        drag(ToolKind::Probe, &[at(900.0, 500.0)]);
        drag(ToolKind::Probe, &[at(960.0, 500.0)]);
        assert!(editor.view().head.is_some_and(|head| head.by_hand) && editor.view().probe.is_some());
        let again = read(write(editor.design()).unwrap().as_bytes()).unwrap();
        let pairs = numbers(editor.design()).into_iter().zip(numbers(&again));
        lost.extend(pairs.filter(|(before, after)| before.to_bits() != after.to_bits()));
    }
    assert!(lost.is_empty(), "{} of 200 designs lost a bit: {:?}", lost.len(), &lost[..lost.len().min(5)]);
}

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
    let look = Look {
        shade: "charcoal".to_owned(),
        dot: Mm(0.1),
        softness: 0.35,
        months: Months::FRESH,
        sun: Sun::Usual,
        skin: SkinKind::Usual,
        session: 2,
        hair: Hair::Shaved,
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
            digest: "fnv1a64-6-85944171f73967e8".to_owned(),
        }),
        calibration: Some(Calibration {
            reference: Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) },
            a: at(674.0, 1000.0),
            b: at(926.0, 1003.5),
        }),
        glabella: Some(at(800.25, 921.0)),
        head: None,
        probe: None,
        hairline: Some(Hairline { handles: vec![at(540.0, 860.0), at(800.0, 640.5), at(1060.0, 860.0)] }),
        fill: vec![
            Rc::new(FillOp::ToHere(FillToHere {
                boundary: vec![at(620.0, 640.0), at(800.0, 560.0), at(980.0, 640.0)],
                density: 110.0,
            })),
            stroke(PaintKind::Brush, true, [at(700.0, 700.0), at(710.25, 702.5)].as_slice()),
            stroke(PaintKind::Eraser, false, [at(900.0, 650.0)].as_slice()),
        ],
    };
    Design {
        version: VERSION,
        seed: 4_000_000_000,
        look,
        views: Views { front },
        notes: "Keep it low — “natural”.".to_owned(),
    }
}

#[test]
fn a_file_without_its_optional_fields_opens() {
    let text = r#"{"version":1,"seed":1,"views":{"front":{}},
        "look":{"shade":"grey","dot":0.12,"softness":0.6,"age":"healed","session":3}}"#;
    assert_eq!(read(text.as_bytes()), Ok(Design::new(&Norms::default(), 1)));
    let text = r#"{"version":2,"seed":1,"views":{"front":{}},
        "look":{"shade":"grey","dot":0.12,"softness":0.6,"months":1,"session":3}}"#;
    assert_eq!(read(text.as_bytes()), Ok(Design::new(&Norms::default(), 1)));
}
