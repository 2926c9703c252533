//! Design files from anywhere: broken and hostile ones are refused with the right reason, old ones still open.
#![cfg(test)]

use crate::scene;
use crate::skip::skip;
use hairline_designer::engine::calibration::{Calibration, HairOnTop, Landmark, Landmarks, Reference};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::file::{DesignFileError, read, write};
use hairline_designer::engine::design::{
    Appearance, AreaFill, Band, BandKind, Design, Drawing, FillOp, Hair, HairStroke, Hairline, Head, Months, PaintKind,
    Patch, PhotoRef, Probe, Side, SkinKind, Stroke, Sun, Variant, View,
};
use hairline_designer::engine::editor::tools::{BrushSettings, ToolController, ToolKind, ToolSettings};
use hairline_designer::engine::editor::{Command, PointerKind};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use hairline_designer::engine::i18n::{EN, design_file_error_text};
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

/// Mutations of a valid file that are read.
const MUTATIONS: u64 = 10_000;

fn shared(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !folder.exists() {
        skip("no ../shared");
        return None;
    }
    Some(std::fs::read(folder.join("bad").join(name)).unwrap())
}

#[track_caller]
fn refused(name: &str, fits: impl Fn(&DesignFileError) -> bool, sentence: &str) {
    let Some(bytes) = shared(name) else { return };
    match read(&bytes) {
        Err(error) if fits(&error) => assert_eq!(design_file_error_text(&EN, &error), sentence, "{name}: {error:?}"),
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
    let mut design = full_design(TYPED);
    design.notes = markup.to_owned();
    assert_eq!(read(write(&design).unwrap().as_bytes()).unwrap().notes, markup);
}

const TYPED: Reference = Reference::TypedPupils { distance: Mm(61.5) };

/// One of each kind of marks.
pub(crate) const REFERENCES: [Reference; 3] = [
    Reference::AveragePupils { distance: Mm(63.0), least: Mm(50.0), most: Mm(75.0) },
    TYPED,
    Reference::Points { distance: Mm(85.6) },
];

/// A design in which everything is said that a file can say, with marks of that kind: two sides, two variants.
pub(crate) fn full_design(reference: Reference) -> Design {
    let mut design = Design::new(&Parameters::default(), 7);
    let other = Appearance { shade: "ash".to_owned(), softness: 0.2, ..design.look.clone() };
    design.look = Appearance {
        months: Months(17.5),
        hair_length: Mm(2.5),
        sun: Sun::Much,
        skin: SkinKind::Oily,
        hair: Hair::Kept,
        session: 4,
        ..design.look
    };
    design.views.front = full_view(Side::Front, reference);
    design.views.top = full_view(Side::Top, Reference::Points { distance: Mm(85.6) });
    "Lower, “soft”".clone_into(&mut design.name);
    design.place = 1;
    let line = design.views.front.hairline.as_ref().map(Hairline::reversed);
    let fill = design.views.front.fill.iter().take(2).cloned().collect();
    let drawings = vec![
        Drawing { side: Side::Front, hairline: line, fill },
        Drawing { side: Side::Top, hairline: None, fill: design.views.top.fill.iter().skip(1).cloned().collect() },
    ];
    design.others = vec![Variant { name: "Higher".to_owned(), look: other, drawings }];
    "As soft as can be, please: \"<b>\"\n頭".clone_into(&mut design.notes);
    design
}

fn full_view(side: Side, reference: Reference) -> View {
    let at = PhotoPoint::new;
    let mut landmarks = Landmarks::default();
    for (landmark, x) in Landmark::ALL.into_iter().zip([440.25, 860.0, 650.0, 651.5, 410.0, 890.0, 649.0]) {
        landmarks.set(landmark, Some(at(x, 640.5)));
    }
    let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 1, level: -2.5, digest: "fnv1a64-1-0".to_owned() };
    let head = Head {
        side,
        centre: at(650.0, 620.5),
        half_width: 310.0,
        half_height: 330.25,
        roll: -3.5,
        yaw: 4.0,
        pitch: -12.0,
        camera: Mm(900.0),
        camera_told: true,
        by_hand: true,
        outline_unseen: true,
        hair_on_top: HairOnTop::Hair,
    };
    View {
        photo: Some(photo),
        calibration: Some(Calibration { reference, a: at(500.0, 700.0), b: at(800.25, 700.0) }),
        glabella: Some(at(650.0, 600.0)),
        landmarks,
        head: Some(head),
        probe: Some(Probe { stubble: at(300.0, 700.0), skin: at(380.0, 700.0), darkening: 0.4 }),
        own_hair: vec![Rc::new(HairStroke { paint: PaintKind::Brush, radius: 30.0, points: vec![at(310.0, 640.0)] })],
        hairline: Some(Hairline {
            handles: vec![at(400.0, 400.0), at(520.0, 330.0), at(650.25, 300.5), at(900.0, 400.0)],
            corners: vec![2],
        }),
        fill: full_fill(side == Side::Top),
    }
}

/// Every fill operation once, the first up to an open boundary or within a closed one.
fn full_fill(closed: bool) -> Vec<Rc<FillOp>> {
    let at = PhotoPoint::new;
    let stroke = |paint, behind_line, points| {
        FillOp::Stroke(Stroke { paint, radius: 31.5, softness: 0.5, density: 140.0, behind_line, points })
    };
    let band = |kind, handles| FillOp::Band(Band { kind, handles, width: 24.5, density: 90.0 });
    let boundary = vec![at(500.0, 250.0), at(650.0, 200.0), at(800.0, 250.0)];
    let outline = vec![at(600.0, 300.0), at(650.0, 300.0), at(625.0, 340.25)];
    [
        FillOp::ToHere(AreaFill { boundary, closed, density: 120.0, rear: 0.65, blend: closed.then_some(Mm(15.0)) }),
        stroke(PaintKind::Brush, true, vec![at(-4.5, 2.0), at(3.0, 4.0)]),
        stroke(PaintKind::Eraser, false, vec![at(640.0, 260.0)]),
        band(BandKind::PartLine, vec![at(600.0, 300.0), at(610.0, 200.0)]),
        band(BandKind::Scar, vec![at(600.0, 900.0), at(700.0, 900.0), at(800.0, 910.0)]),
        band(BandKind::Temple, vec![at(420.0, 420.0), at(415.5, 520.0)]),
        FillOp::Patch(Patch { outline, density: 100.0 }),
    ]
    .map(Rc::new)
    .to_vec()
}

#[test]
fn everything_that_a_design_can_say_survives_its_file() {
    for design in REFERENCES.map(full_design) {
        assert_eq!(read(write(&design).unwrap().as_bytes()), Ok(design));
    }
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
    "\"others\":[],",
    "\"front\":{},",
    "\"rear\":null,",
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
    let views = Side::ALL.into_iter().flat_map(|side| view_numbers(design.views.of(side)));
    let others = design.others.iter().flat_map(|other| {
        let drawn = other.drawings.iter().flat_map(|drawing| drawn_numbers(drawing.hairline.as_ref(), &drawing.fill));
        look_numbers(&other.look).into_iter().chain(drawn)
    });
    look_numbers(&design.look).into_iter().chain(views).chain(others).collect()
}

fn look_numbers(look: &Appearance) -> [f64; 3] {
    [look.dot.0, look.softness, look.months.0]
}

fn view_numbers(view: &View) -> Vec<f64> {
    let mut all = drawn_numbers(view.hairline.as_ref(), &view.fill);
    let mut add = |points: &[PhotoPoint]| all.extend(points.iter().flat_map(|point| [point.x, point.y]));
    add(view.glabella.as_slice());
    Landmark::ALL.into_iter().for_each(|landmark| add(view.landmarks.get(landmark).as_slice()));
    if let Some(Calibration { a, b, .. }) = view.calibration {
        add(&[a, b]);
    }
    if let Some(Probe { stubble, skin, darkening }) = view.probe {
        add(&[stubble, skin]);
        all.push(darkening);
    }
    if let Some(Head { centre, half_width, half_height, roll, yaw, pitch, camera, .. }) = view.head {
        all.extend([centre.x, centre.y, half_width, half_height, roll, yaw, pitch, camera.0]);
    }
    all.extend(view.photo.iter().map(|photo| photo.level));
    all.extend(view.calibration.iter().flat_map(|calibration| reference_numbers(calibration.reference)));
    all
}

fn drawn_numbers(hairline: Option<&Hairline>, fill: &[Rc<FillOp>]) -> Vec<f64> {
    let handles = hairline.iter().flat_map(|line| &line.handles);
    let points = handles.chain(fill.iter().flat_map(|op| op.points()));
    let mut all: Vec<f64> = points.flat_map(|point| [point.x, point.y]).collect();
    for op in fill {
        match op.as_ref() {
            FillOp::ToHere(fill) => all.extend([fill.density, fill.rear]),
            FillOp::Stroke(stroke) => all.extend([stroke.density, stroke.radius, stroke.softness]),
            FillOp::Band(band) => all.extend([band.density, band.width]),
            FillOp::Patch(patch) => all.push(patch.density),
        }
    }
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
    let valid = REFERENCES.map(|reference| write(&full_design(reference)).unwrap().into_bytes());
    let mut opened = 0;
    for seed in 0..MUTATIONS {
        let bytes = mutated(&valid[(seed % 3) as usize], seed);
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
        brush: BrushSettings { radius: Mm(radius), ..BrushSettings::new(&Parameters::default()) },
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
        let mut controller = ToolController::default();
        let mut drag = |kind, way: &[PhotoPoint]| {
            let settings = settings(kind, 2.0 + f64::from(step % 19));
            controller.down(&mut editor, &settings, way[0], PointerKind::Mouse);
            way.iter().for_each(|at| controller.moved(&mut editor, &settings, *at));
            controller.complete(&mut editor, &settings, way[way.len() - 1]);
            assert_eq!(controller.command_error, None, "{kind:?}");
            editor.view().head_in_force(editor.parameters()).handles()
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

/// A value as JSON in which the key at a place stands twice.
fn with_key_twice(value: &Value, at: &str, place: &str) -> String {
    match value {
        Value::Object(object) => {
            let entry = |(key, inner): (&String, &Value)| {
                let here = format!("{at}/{key}");
                let entry = format!("\"{key}\":{}", with_key_twice(inner, &here, place));
                if here == place { format!("{entry},{entry}") } else { entry }
            };
            format!("{{{}}}", object.iter().map(entry).collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => {
            let items =
                items.iter().enumerate().map(|(index, item)| with_key_twice(item, &format!("{at}/{index}"), place));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        _ => value.to_string(),
    }
}

/// The place of every key in a value and below.
fn places_of_keys(value: &Value, at: &str) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, inner)| (format!("{at}/{key}"), inner)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item)).collect(),
        _ => Vec::new(),
    };
    let below = inner.iter().flat_map(|(at, inner)| places_of_keys(inner, at));
    let own = inner.iter().filter(|_| value.is_object()).map(|(at, _)| at.clone());
    own.chain(below).collect()
}

#[test]
fn a_key_that_stands_twice_is_refused_wherever_it_stands() {
    let design: Value = serde_json::from_str(&write(&full_design(TYPED)).unwrap()).unwrap();
    let places = places_of_keys(&design, "");
    assert!(places.len() > 200, "{} keys", places.len());
    assert!(read(with_key_twice(&design, "", "nowhere").as_bytes()).is_ok());
    for place in places {
        let refused = read(with_key_twice(&design, "", &place).as_bytes());
        assert!(matches!(&refused, Err(DesignFileError::NotADesign(_))), "{place}: {refused:?}");
    }
}

#[test]
fn what_is_unknown_is_refused_by_its_name() {
    let text = write(&full_design(TYPED)).unwrap();
    let places =
        ["{", "\"look\":{", "\"head\":{", "\"stroke\":{", "\"typed-pupils\":{", "\"landmarks\":{", "\"hairline\":{"];
    for place in places {
        let unknown = text.replacen(place, &format!("{place}\"colour\":7,"), 1);
        let Err(DesignFileError::NotADesign(why)) = read(unknown.as_bytes()) else { panic!("{place} takes a colour") };
        assert!(why.contains("unknown field `colour`"), "{place}: {why}");
    }
}

#[test]
fn depth_does_not_exhaust_the_stack() {
    const DEPTH: usize = 1_000_000;
    let valid = write(&full_design(TYPED)).unwrap();
    for (open, close) in
        [("[", "]"), ("{\"a\":", "}"), ("{\"views\":", "}"), ("{\"to-here\":", "}"), ("{\"others\":[", "]}")]
    {
        for key in ["\"notes\":", "\"others\":", "\"seed\":", "\"unknown\":"] {
            let bomb = format!("{}1{}", open.repeat(DEPTH / open.len()), close.repeat(DEPTH / open.len()));
            let inside = valid.replacen('{', &format!("{{{key}{bomb},"), 1);
            for text in [inside, bomb] {
                let refused = read(text.as_bytes());
                assert!(matches!(refused, Err(DesignFileError::NotADesign(_))), "{key} {open}: {refused:?}");
            }
        }
    }
}
