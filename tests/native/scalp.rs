//! The bare scalp that is found in real photos, held against masks painted by hand.
//!
//! How the masks were made: each photo was enlarged three to four times (some of them lightened) under a grid of 10 or 20
//! pixels, and the corners were set by eye along the visible edge of hair or of the head before the background, then
//! looked at as an outline over the photo and moved where they missed it; all of that before anything was computed for
//! that mask. They were not touched afterwards. A mask's lower side is the front line, drawn by hand where a visitor might
//! draw it; where the head is bald beyond the line's ends, the mask goes on level from them to the edge of the head. The
//! heads are those that the program finds itself from the pupils.
#![cfg(test)]

use crate::head;
use crate::looked_at::{height, looked_at};
use crate::shared_photo::{SharedPhoto, shared_photo};
use crate::skip::skip;
use hairline_designer::engine::calibration::{Calibration, Head, Reference, Side};
use hairline_designer::engine::catalog::{Parameter, Parameters};
use hairline_designer::engine::design::{Hairline, PhotoRef};
use hairline_designer::engine::editor::{
    AnalysisImage, Command, Editor, FillEnd, LineStyle, ScalpAsk, bare_scalp, proposed_line, scalp_fill, seen_head,
    whole_head,
};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, Polygon};
use sample_head::SampleTone;

/// What a proposal must share with the mask before any correction: intersection over union.
const MIN_SHARED: f64 = 0.85;

type Point = (f64, f64);

/// A photo, with what a visitor would do to it and what is truly bare in it. Photo pixels.
struct Case {
    photo: &'static str,
    pupils: Option<(Point, Point)>,
    side: Side,
    /// The front line, from left to right.
    line: &'static [Point],
    /// The rest of the mask, from the line's right end over the top to its left end.
    border: &'static [Point],
}

const CASES: [Case; 9] = [
    Case {
        photo: "gpo-bald-dark-skin-fringe",
        pupils: Some(((175.0, 221.0), (290.0, 239.0))),
        side: Side::Front,
        line: &[
            (104.0, 158.0),
            (112.0, 135.0),
            (130.0, 115.0),
            (160.0, 101.0),
            (200.0, 94.0),
            (250.0, 95.0),
            (290.0, 103.0),
            (322.0, 120.0),
            (342.0, 142.0),
            (352.0, 170.0),
            (354.0, 192.0),
        ],
        border: &[
            (370.0, 194.5),
            (370.5, 181.0),
            (370.0, 163.0),
            (368.0, 148.0),
            (361.5, 130.0),
            (352.0, 113.0),
            (339.5, 98.0),
            (325.5, 84.5),
            (310.0, 73.0),
            (295.0, 63.0),
            (278.0, 54.5),
            (259.0, 48.5),
            (242.0, 46.0),
            (223.0, 45.0),
            (200.5, 47.0),
            (181.0, 51.5),
            (161.5, 60.5),
            (143.5, 70.0),
            (128.0, 81.0),
            (116.0, 92.5),
            (106.0, 106.5),
            (98.0, 120.0),
            (92.0, 137.0),
            (87.0, 155.3),
        ],
    },
    Case {
        photo: "gpo-bald-nw6-dark-fringe",
        pupils: Some(((180.0, 201.0), (291.0, 196.0))),
        side: Side::Front,
        line: &[
            (111.0, 152.0),
            (117.0, 135.0),
            (130.0, 116.0),
            (150.0, 103.0),
            (180.0, 95.0),
            (225.0, 91.0),
            (265.0, 93.0),
            (300.0, 102.0),
            (322.0, 116.0),
            (333.0, 135.0),
            (338.0, 152.0),
        ],
        border: &[
            (338.0, 140.0),
            (337.3, 120.5),
            (336.0, 110.0),
            (333.0, 98.6),
            (328.0, 87.0),
            (320.7, 77.0),
            (310.5, 66.6),
            (300.0, 59.0),
            (280.5, 49.0),
            (261.0, 40.4),
            (240.6, 36.0),
            (220.0, 36.0),
            (200.0, 39.0),
            (181.0, 45.0),
            (160.5, 54.0),
            (150.0, 61.0),
            (140.0, 69.0),
            (130.0, 75.0),
            (126.0, 80.0),
            (117.0, 100.0),
            (114.0, 110.0),
            (112.0, 120.0),
            (112.0, 140.0),
        ],
    },
    Case {
        photo: "gpo-bald-nw6-fringe-light",
        pupils: Some(((136.5, 217.5), (245.0, 212.0))),
        side: Side::Front,
        line: &[
            (80.0, 155.0),
            (88.0, 130.0),
            (105.0, 112.0),
            (135.0, 101.0),
            (170.0, 96.0),
            (200.0, 95.0),
            (235.0, 97.0),
            (270.0, 103.0),
            (300.0, 117.0),
            (318.0, 135.0),
            (326.0, 155.0),
        ],
        border: &[
            (325.6, 139.4),
            (325.6, 120.5),
            (326.5, 104.5),
            (325.6, 90.0),
            (320.7, 78.0),
            (318.0, 63.0),
            (299.0, 50.0),
            (280.5, 40.3),
            (261.0, 31.0),
            (240.6, 24.4),
            (220.0, 21.5),
            (200.0, 21.0),
            (181.0, 23.5),
            (160.5, 28.7),
            (139.0, 37.5),
            (120.0, 48.0),
            (103.7, 68.0),
            (98.0, 71.0),
            (91.5, 81.0),
            (86.8, 94.0),
            (83.3, 107.0),
            (81.0, 122.0),
            (79.8, 139.4),
        ],
    },
    Case {
        photo: "gpo-receding-nw3-short",
        pupils: Some(((156.0, 219.5), (263.0, 214.0))),
        side: Side::Front,
        line: &[
            (109.0, 150.0),
            (118.0, 130.0),
            (135.0, 115.0),
            (160.0, 104.0),
            (190.0, 99.0),
            (215.0, 98.0),
            (240.0, 100.0),
            (268.0, 107.0),
            (290.0, 120.0),
            (303.0, 134.0),
            (310.0, 148.0),
        ],
        border: &[
            (310.5, 143.6),
            (308.6, 130.0),
            (307.0, 119.8),
            (304.8, 109.5),
            (301.4, 100.5),
            (295.7, 91.4),
            (288.9, 82.3),
            (281.0, 73.2),
            (269.5, 65.2),
            (258.0, 59.5),
            (249.0, 55.0),
            (235.5, 50.5),
            (224.0, 49.3),
            (208.0, 49.3),
            (192.3, 50.5),
            (181.0, 52.7),
            (171.8, 56.0),
            (160.5, 63.0),
            (150.0, 69.8),
            (138.9, 78.9),
            (129.8, 88.0),
            (121.8, 98.0),
            (117.3, 109.5),
            (113.9, 123.0),
            (111.6, 136.8),
        ],
    },
    Case {
        photo: "gpo-receding-nw4-light",
        pupils: Some(((182.0, 242.0), (284.0, 242.0))),
        side: Side::Front,
        line: &[
            (121.0, 172.0),
            (130.0, 155.0),
            (148.0, 142.0),
            (175.0, 133.0),
            (205.0, 129.0),
            (233.0, 128.0),
            (262.0, 129.0),
            (290.0, 136.0),
            (313.0, 148.0),
            (328.0, 162.0),
            (337.0, 174.0),
        ],
        border: &[
            (336.0, 166.6),
            (334.3, 153.0),
            (332.0, 139.6),
            (330.8, 128.8),
            (326.8, 118.0),
            (321.4, 108.5),
            (313.0, 100.4),
            (305.0, 93.6),
            (297.0, 85.0),
            (286.0, 78.0),
            (272.7, 70.7),
            (259.0, 63.4),
            (245.7, 59.0),
            (232.0, 58.5),
            (218.6, 60.0),
            (205.0, 63.4),
            (191.6, 66.6),
            (178.0, 68.8),
            (164.6, 73.4),
            (159.0, 80.0),
            (147.0, 89.6),
            (139.0, 99.0),
            (132.0, 110.0),
            (128.0, 123.4),
            (125.4, 137.0),
            (122.0, 150.0),
        ],
    },
    Case {
        photo: "gpo-shaved-dark-skin",
        pupils: Some(((180.0, 209.0), (295.5, 219.0))),
        side: Side::Front,
        line: &[
            (120.0, 155.0),
            (132.0, 132.0),
            (155.0, 113.0),
            (190.0, 101.0),
            (235.0, 98.0),
            (280.0, 103.0),
            (315.0, 117.0),
            (340.0, 140.0),
            (351.0, 170.0),
        ],
        border: &[
            (369.3, 171.6),
            (369.0, 161.6),
            (366.8, 145.8),
            (361.0, 128.7),
            (351.8, 113.0),
            (340.0, 98.0),
            (326.8, 84.0),
            (313.7, 72.0),
            (297.9, 62.0),
            (279.5, 53.7),
            (263.7, 48.0),
            (248.0, 46.0),
            (232.0, 46.3),
            (216.3, 49.0),
            (198.0, 54.2),
            (179.5, 61.6),
            (162.4, 72.0),
            (148.0, 84.0),
            (134.7, 98.4),
            (121.6, 113.0),
            (112.4, 127.4),
            (106.3, 143.0),
            (103.5, 153.6),
        ],
    },
    Case {
        photo: "scan-front",
        pupils: Some(((590.0, 708.0), (955.0, 708.0))),
        side: Side::Front,
        line: &[
            (410.0, 520.0),
            (430.0, 440.0),
            (480.0, 375.0),
            (560.0, 335.0),
            (660.0, 312.0),
            (770.0, 305.0),
            (880.0, 312.0),
            (985.0, 335.0),
            (1070.0, 380.0),
            (1125.0, 445.0),
            (1150.0, 520.0),
        ],
        border: &[
            (1193.0, 520.0),
            (1193.0, 500.0),
            (1185.0, 442.0),
            (1162.0, 370.0),
            (1120.0, 305.0),
            (1075.0, 253.0),
            (1008.0, 203.0),
            (933.0, 165.0),
            (858.0, 143.0),
            (783.0, 137.0),
            (700.0, 143.0),
            (625.0, 167.0),
            (558.0, 203.0),
            (500.0, 247.0),
            (442.0, 300.0),
            (403.0, 362.0),
            (380.0, 425.0),
            (368.0, 475.0),
            (366.0, 520.0),
        ],
    },
    Case {
        photo: "scan-top-front",
        pupils: Some(((545.0, 1404.0), (957.0, 1404.0))),
        side: Side::Front,
        line: &[
            (370.0, 1180.0),
            (420.0, 1120.0),
            (520.0, 1080.0),
            (640.0, 1055.0),
            (770.0, 1045.0),
            (900.0, 1055.0),
            (1020.0, 1080.0),
            (1110.0, 1120.0),
            (1170.0, 1180.0),
        ],
        border: &[
            (1200.0, 1180.0),
            (1210.0, 1092.0),
            (1222.0, 1017.0),
            (1225.0, 983.0),
            (1242.0, 908.0),
            (1260.0, 817.0),
            (1267.0, 750.0),
            (1263.0, 700.0),
            (1250.0, 625.0),
            (1208.0, 533.0),
            (1167.0, 470.0),
            (1108.0, 408.0),
            (1033.0, 353.0),
            (958.0, 317.0),
            (883.0, 298.0),
            (800.0, 290.0),
            (700.0, 297.0),
            (617.0, 317.0),
            (550.0, 347.0),
            (475.0, 390.0),
            (433.0, 430.0),
            (380.0, 487.0),
            (342.0, 550.0),
            (303.0, 650.0),
            (290.0, 750.0),
            (292.0, 817.0),
            (300.0, 900.0),
            (315.0, 1000.0),
            (317.0, 1017.0),
            (327.0, 1092.0),
            (343.0, 1180.0),
        ],
    },
    Case {
        photo: "scan-top-crown",
        pupils: None,
        side: Side::Top,
        line: &[],
        border: &[
            (770.0, 212.0),
            (880.0, 220.0),
            (980.0, 242.0),
            (1060.0, 272.0),
            (1130.0, 310.0),
            (1190.0, 350.0),
            (1235.0, 400.0),
            (1280.0, 460.0),
            (1310.0, 510.0),
            (1345.0, 590.0),
            (1365.0, 650.0),
            (1383.0, 740.0),
            (1396.0, 860.0),
            (1395.0, 930.0),
            (1388.0, 1040.0),
            (1378.0, 1110.0),
            (1360.0, 1180.0),
            (1335.0, 1250.0),
            (1305.0, 1320.0),
            (1275.0, 1400.0),
            (1230.0, 1500.0),
            (1185.0, 1590.0),
            (1130.0, 1660.0),
            (1100.0, 1700.0),
            (1040.0, 1760.0),
            (970.0, 1800.0),
            (900.0, 1822.0),
            (770.0, 1826.0),
            (640.0, 1824.0),
            (560.0, 1810.0),
            (495.0, 1780.0),
            (420.0, 1720.0),
            (370.0, 1660.0),
            (320.0, 1590.0),
            (260.0, 1470.0),
            (215.0, 1340.0),
            (190.0, 1230.0),
            (165.0, 1110.0),
            (152.0, 990.0),
            (150.0, 880.0),
            (170.0, 740.0),
            (205.0, 620.0),
            (265.0, 500.0),
            (300.0, 450.0),
            (360.0, 390.0),
            (430.0, 330.0),
            (500.0, 285.0),
            (570.0, 250.0),
            (660.0, 222.0),
        ],
    },
];

/// Of two heads with hair, the edge of the whole head before the background, from the line's right end to its left.
const WITH_HAIR: [(&str, &[Point]); 2] = [
    (
        "gpo-bald-nw6-dark-fringe",
        &[
            (371.7, 152.0),
            (370.2, 145.2),
            (365.8, 127.8),
            (361.5, 113.2),
            (352.7, 97.2),
            (344.0, 84.0),
            (333.8, 73.9),
            (322.0, 66.6),
            (310.5, 63.7),
            (300.0, 59.0),
            (280.5, 49.0),
            (261.0, 40.4),
            (240.6, 36.0),
            (220.0, 36.0),
            (200.0, 39.0),
            (181.0, 45.0),
            (160.5, 54.0),
            (150.0, 61.0),
            (140.0, 69.0),
            (130.0, 74.8),
            (118.3, 75.3),
            (111.0, 77.7),
            (103.7, 87.0),
            (96.4, 103.0),
            (86.8, 120.5),
            (82.7, 140.0),
            (82.7, 152.0),
        ],
    ),
    (
        "gpo-receding-nw3-short",
        &[
            (339.0, 148.0),
            (338.0, 136.5),
            (335.0, 120.5),
            (333.0, 107.4),
            (329.4, 95.7),
            (322.0, 85.5),
            (310.5, 77.4),
            (293.0, 71.8),
            (282.8, 63.7),
            (263.9, 53.5),
            (246.4, 47.7),
            (223.0, 39.8),
            (199.8, 37.5),
            (185.2, 39.0),
            (170.7, 43.3),
            (153.2, 52.0),
            (137.2, 65.0),
            (122.6, 82.6),
            (108.0, 98.6),
            (100.8, 111.7),
            (96.4, 123.4),
            (95.0, 142.3),
            (95.0, 150.0),
        ],
    ),
];

fn points(row: &[Point]) -> Vec<PhotoPoint> {
    row.iter().map(|&(x, y)| PhotoPoint::new(x, y)).collect()
}

/// What the program sees of a photo; `None` where the photos are missing.
fn seen(photo: &str) -> Option<AnalysisImage> {
    let SharedPhoto { pixels, width, .. } = shared_photo(&format!("{photo}.jpg"))?;
    Some(looked_at(pixels, width))
}

/// A new design with a photo on one side.
fn opened(analysis_image: &AnalysisImage, side: Side) -> Editor {
    let mut editor = Editor::new(Parameters::default(), 1);
    editor.turn_to(side);
    let size = |side: usize| (side as f64 / analysis_image.zoom) as u32;
    let (width, height) = (size(analysis_image.width), size(height(analysis_image)));
    let photo = PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: "fnv1a64-0-photo".to_owned() };
    editor.apply(Command::OpenPhoto(photo)).unwrap();
    editor
}

/// The head that the program finds, and its scale.
fn measured(analysis_image: &AnalysisImage, case: &Case) -> (Head, f64) {
    let mut editor = opened(analysis_image, Side::Front);
    if let Some((a, b)) = pupils(case) {
        let distance = Mm(Parameters::default().get(Parameter::PupilDistance));
        let marks = Calibration { reference: Reference::TypedPupils { distance }, a, b };
        editor.apply(Command::Calibrate(Some(marks))).unwrap();
    }
    let head = seen_head(editor.view(), editor.parameters(), case.side, Some(analysis_image));
    (head, editor.view().scale(editor.parameters()).px_per_mm.get())
}

fn pupils(case: &Case) -> Option<(PhotoPoint, PhotoPoint)> {
    let point = |(x, y): Point| PhotoPoint::new(x, y);
    case.pupils.map(|(a, b)| (point(a), point(b)))
}

/// How much two shapes share: intersection over union, counted on a grid of 400 places across.
fn shared(a: &[PhotoPoint], b: &[PhotoPoint]) -> f64 {
    let (a, b) = (Polygon::new(a.to_vec()), Polygon::new(b.to_vec()));
    let bounds = a.bounds().union(b.bounds());
    let step = bounds.width() / 400.0;
    let (mut both, mut either) = (0.0, 0.0);
    let rows = (bounds.height() / step) as usize;
    for place in 0..400 * rows {
        let at = PhotoPoint::new(
            bounds.x0 + (place % 400) as f64 * step + step / 2.0,
            bounds.y0 + (place / 400) as f64 * step + step / 2.0,
        );
        let (in_a, in_b) = (a.contains(at), b.contains(at));
        both += f64::from(u8::from(in_a && in_b));
        either += f64::from(u8::from(in_a || in_b));
    }
    both / either
}

/// What is found for a case with the head moved by shares of its half width and height, and grown.
fn found(
    case: &Case,
    (right, down, grown): (f64, f64, f64),
    find: fn(&AnalysisImage, &ScalpAsk) -> Option<Vec<PhotoPoint>>,
) -> Option<Option<Vec<PhotoPoint>>> {
    let analysis_image = seen(case.photo)?;
    let (head, px_per_mm) = measured(&analysis_image, case);
    let centre = head.centre.moved(right * head.half_width, down * head.half_height);
    let head = Head { centre, half_width: head.half_width * grown, half_height: head.half_height * grown, ..head };
    let line = points(case.line);
    Some(find(&analysis_image, &ScalpAsk { line: &line, head: &head, edge: &[], eyes: pupils(case), px_per_mm }))
}

fn mask(case: &Case, border: &[Point]) -> Vec<PhotoPoint> {
    points(&[case.line, border].concat())
}

const AS_FOUND: (f64, f64, f64) = (0.0, 0.0, 1.0);

/// Prints what each case shares with its mask, and fails where one shares less than asked.
fn all_share(
    least: f64,
    off: (f64, f64, f64),
    find: fn(&AnalysisImage, &ScalpAsk) -> Option<Vec<PhotoPoint>>,
    masks: &[(&Case, Vec<PhotoPoint>)],
) {
    for (case, mask) in masks {
        let Some(outline) = found(case, off, find) else {
            return skip("no ../shared/photos");
        };
        let outline = outline.unwrap_or_else(|| panic!("{}: nothing is found", case.photo));
        let shares = shared(&outline, mask);
        println!("{}: {shares:.3} shared with the mask, {} corners", case.photo, outline.len());
        assert!(outline.len() <= 40, "{}: {} corners", case.photo, outline.len());
        assert!(shares >= least, "{}, head off by {off:?}: {shares:.3} of at least {least}", case.photo);
    }
}

fn bare_masks() -> Vec<(&'static Case, Vec<PhotoPoint>)> {
    CASES.iter().map(|case| (case, mask(case, case.border))).collect()
}

#[test]
fn bare_scalp_is_found_as_it_was_painted_by_hand() {
    all_share(MIN_SHARED, AS_FOUND, bare_scalp, &bare_masks());
}

#[test]
fn a_head_that_is_a_tenth_off_spoils_little() {
    for off in [(0.0, 0.0, 0.9), (0.0, 0.0, 1.1), (0.1, 0.0, 1.0), (-0.1, 0.0, 1.0), (0.0, 0.1, 1.0), (0.0, -0.1, 1.0)]
    {
        all_share(0.80, off, bare_scalp, &bare_masks());
    }
}

#[test]
fn the_whole_head_is_found_with_its_hair() {
    let with_hair = WITH_HAIR.iter().flat_map(|(photo, border)| {
        CASES.iter().filter(|case| case.photo == *photo).map(|case| (case, mask(case, border)))
    });
    let bald = bare_masks().into_iter().filter(|(case, _)| {
        ["gpo-bald-dark-skin-fringe", "gpo-shaved-dark-skin", "scan-front", "scan-top-front"].contains(&case.photo)
    });
    all_share(MIN_SHARED, AS_FOUND, whole_head, &with_hair.chain(bald).collect::<Vec<_>>());
}

/// The photo of a case with its bluish wall painted in another colour.
fn before_wall(case: &Case, wall: [u8; 3]) -> Option<AnalysisImage> {
    let mut analysis_image = seen(case.photo)?;
    let (width, height) = (analysis_image.width, height(&analysis_image));
    let is_blue = |at: usize| analysis_image.pixels[at * 4 + 2] > analysis_image.pixels[at * 4].saturating_add(6);
    let blue: Vec<bool> = (0..width * height).map(is_blue).collect();
    // The edge's own pixels are a mixture with the old wall: the new one reaches one pixel further.
    let near = |at: usize| [at.wrapping_sub(width), at.wrapping_sub(1), at, at + 1, at + width];
    for at in 0..width * height {
        if near(at).iter().any(|at| blue.get(*at) == Some(&true)) {
            analysis_image.pixels[at * 4..at * 4 + 3].copy_from_slice(&wall);
        }
    }
    Some(analysis_image)
}

#[test]
fn the_wall_may_be_white_grey_dark_or_of_wood() {
    for photo in ["gpo-shaved-dark-skin", "scan-front"] {
        let Some(case) = CASES.iter().find(|case| case.photo == photo) else { panic!("{photo} is no case") };
        for wall in [[235, 233, 230], [128, 128, 126], [35, 33, 32], [120, 85, 60]] {
            let Some((plain, analysis_image)) = seen(photo).zip(before_wall(case, wall)) else {
                return skip("no ../shared/photos");
            };
            let (head, px_per_mm) = measured(&plain, case);
            let ask = ScalpAsk { line: &points(case.line), head: &head, edge: &[], eyes: pupils(case), px_per_mm };
            let outline =
                bare_scalp(&analysis_image, &ask).unwrap_or_else(|| panic!("{photo} before {wall:?}: nothing"));
            let shares = shared(&outline, &mask(case, case.border));
            println!("{photo} before {wall:?}: {shares:.3} shared with the mask");
            assert!(shares >= MIN_SHARED, "{photo} before {wall:?}: {shares:.3}");
        }
    }
}

#[test]
fn the_sample_head_is_bald_up_to_its_true_outline() {
    for tone in [SampleTone::default(), SampleTone::Monk9] {
        let analysis_image = head::seen(tone);
        let editor = head::measured();
        let head = seen_head(editor.view(), editor.parameters(), Side::Front, Some(&analysis_image));
        let line = proposed_line(editor.view(), editor.parameters(), LineStyle::Man).curve().points().to_vec();
        let eyes = Some((head::point(head::TRUTH.pupil_left), head::point(head::TRUTH.pupil_right)));
        let ask = ScalpAsk { line: &line, head: &head, edge: &[], eyes, px_per_mm: head::TRUTH.px_per_mm };
        // The true outline over the line's ends, closed by the line.
        let (left, right) = (line[0], line[line.len() - 1]);
        let level = |x: f64| left.y + (right.y - left.y) * (x - left.x) / (right.x - left.x);
        let outline: Vec<PhotoPoint> = head::TRUTH.outline.iter().copied().map(head::point).collect();
        let start = outline.iter().position(|at| at.x < left.x && at.y <= level(at.x)).expect("the outline's left");
        let around = outline.iter().cycle().skip(start).take(outline.len());
        let over: Vec<PhotoPoint> = around.filter(|at| at.y <= level(at.x)).copied().collect();
        let truth: Vec<PhotoPoint> = line.iter().copied().chain(over.into_iter().rev()).collect();
        let found = bare_scalp(&analysis_image, &ask).expect("a bare scalp");
        let shares = shared(&found, &truth);
        println!("{tone:?}: {shares:.3} shared with the truth");
        assert!(shares >= 0.93, "{tone:?}: {shares:.3}");
    }
}

/// A photo without a face, which way it looks, and the scalp that hair would cover on it.
struct Turned {
    photo: &'static str,
    side: Side,
    /// Two points and how far apart they are said to be, mm.
    marks: Option<(f64, Point, Point)>,
    scalp: &'static [Point],
    /// Places on ears, brows and shoulders.
    bare_of_hair: &'static [Point],
}

const FROM_ABOVE: &[Point] = &[
    (770.0, 212.0),
    (880.0, 220.0),
    (980.0, 242.0),
    (1060.0, 272.0),
    (1130.0, 310.0),
    (1190.0, 350.0),
    (1235.0, 400.0),
    (1310.0, 510.0),
    (1345.0, 590.0),
    (1383.0, 740.0),
    (1396.0, 860.0),
    (1388.0, 1040.0),
    (1360.0, 1180.0),
    (1305.0, 1320.0),
    (1275.0, 1400.0),
    (1180.0, 1510.0),
    (1080.0, 1590.0),
    (950.0, 1640.0),
    (780.0, 1660.0),
    (600.0, 1640.0),
    (460.0, 1590.0),
    (350.0, 1520.0),
    (260.0, 1420.0),
    (215.0, 1340.0),
    (190.0, 1230.0),
    (165.0, 1110.0),
    (152.0, 990.0),
    (150.0, 880.0),
    (170.0, 740.0),
    (205.0, 620.0),
    (265.0, 500.0),
    (360.0, 390.0),
    (430.0, 330.0),
    (500.0, 285.0),
    (570.0, 250.0),
    (660.0, 222.0),
];
const EARS_FROM_ABOVE: &[Point] = &[(125.0, 930.0), (1415.0, 960.0), (60.0, 700.0), (1500.0, 700.0), (770.0, 1790.0)];

/// Set by eye along the edge of the head and, for the edge of hair, the shaved hair's own tone. Unlike the masks above they were
/// painted when fills had already been looked at, and the usual edges of hair were chosen on these same photos: they keep what
/// was reached, and say little of other heads.
const SIDES: [Turned; 4] = [
    // The points are not so far apart as is said: the head is 1.8 times as large as that.
    Turned {
        photo: "scan-top-crown",
        side: Side::Top,
        marks: Some((150.0, (450.0, 1000.0), (1150.0, 1000.0))),
        scalp: FROM_ABOVE,
        bare_of_hair: EARS_FROM_ABOVE,
    },
    Turned { photo: "scan-top-crown", side: Side::Top, marks: None, scalp: FROM_ABOVE, bare_of_hair: EARS_FROM_ABOVE },
    Turned {
        photo: "scan-profile-left",
        side: Side::Right,
        marks: None,
        scalp: &[
            (367.0, 963.0),
            (318.0, 865.0),
            (281.0, 735.0),
            (268.0, 620.0),
            (269.0, 555.0),
            (287.0, 480.0),
            (335.0, 389.0),
            (408.0, 302.0),
            (490.0, 232.0),
            (604.0, 180.0),
            (718.0, 153.0),
            (816.0, 144.0),
            (914.0, 149.0),
            (996.0, 163.0),
            (1086.0, 198.0),
            (1167.0, 240.0),
            (1127.0, 327.0),
            (1086.0, 424.0),
            (1061.0, 522.0),
            (1004.0, 588.0),
            (947.0, 669.0),
            (890.0, 669.0),
            (833.0, 661.0),
            (767.0, 682.0),
            (727.0, 743.0),
            (718.0, 849.0),
            (620.0, 980.0),
        ],
        bare_of_hair: &[(820.0, 710.0), (850.0, 1000.0), (1330.0, 660.0), (1300.0, 480.0), (1250.0, 900.0)],
    },
    Turned {
        photo: "scan-back-painted-strip-scar",
        side: Side::Back,
        marks: None,
        scalp: &[
            (408.0, 767.0),
            (385.0, 620.0),
            (385.0, 539.0),
            (402.0, 433.0),
            (449.0, 335.0),
            (522.0, 253.0),
            (612.0, 188.0),
            (702.0, 152.0),
            (816.0, 137.0),
            (931.0, 150.0),
            (1029.0, 191.0),
            (1127.0, 269.0),
            (1200.0, 359.0),
            (1233.0, 433.0),
            (1252.0, 539.0),
            (1251.0, 620.0),
            (1233.0, 735.0),
            (1216.0, 833.0),
            (1176.0, 963.0),
            (1045.0, 1061.0),
            (816.0, 1091.0),
            (588.0, 1045.0),
            (473.0, 980.0),
            (428.0, 882.0),
        ],
        bare_of_hair: &[(360.0, 800.0), (1280.0, 800.0), (820.0, 1250.0), (600.0, 1250.0)],
    },
];

#[test]
fn without_a_line_the_fill_follows_the_scalp_of_every_side() {
    for Turned { photo, side, marks, scalp, bare_of_hair } in SIDES {
        let Some(analysis_image) = seen(photo) else {
            return skip("no ../shared/photos");
        };
        let mut editor = opened(&analysis_image, side);
        if let Some((distance, a, b)) = marks {
            let reference = Reference::Points { distance: Mm(distance) };
            let marks = Calibration { reference, a: head::point(a), b: head::point(b) };
            editor.apply(Command::Calibrate(Some(marks))).unwrap();
        }
        let head = seen_head(editor.view(), editor.parameters(), side, Some(&analysis_image));
        editor.apply(Command::SetHead(Some(head))).unwrap();
        for end in [FillEnd::Hair, FillEnd::Background] {
            let fill = scalp_fill(editor.view(), editor.parameters(), &analysis_image, end).expect("scalp is seen");
            let shares = shared(&fill.boundary, &points(scalp));
            println!("{photo}, {marks:?}, {end:?}: {shares:.3} shared with the scalp");
            assert!(shares >= MIN_SHARED, "{photo}, {marks:?}, {end:?}: {shares:.3}");
            let outline = Polygon::new(fill.boundary);
            for &place in bare_of_hair {
                assert!(!outline.contains(head::point(place)), "{photo}, {end:?}: {place:?} is no scalp");
            }
        }
    }
}

#[test]
fn the_fill_goes_on_into_the_hair_beside_bare_scalp() {
    let Some(case) = CASES.iter().find(|case| case.photo == "gpo-bald-nw6-fringe-light") else {
        panic!("it is a case")
    };
    let (Some(analysis_image), Some(bare)) = (seen(case.photo), found(case, AS_FOUND, bare_scalp)) else {
        return skip("no ../shared/photos");
    };
    let mut editor = opened(&analysis_image, case.side);
    let (a, b) = pupils(case).expect("a face");
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    editor.apply(Command::Calibrate(Some(Calibration { reference, a, b }))).unwrap();
    let (head, _) = measured(&analysis_image, case);
    editor.apply(Command::SetHead(Some(head))).unwrap();
    editor.apply(Command::SetHairline(Some(Hairline::smooth(points(case.line))))).unwrap();
    let fill = scalp_fill(editor.view(), editor.parameters(), &analysis_image, FillEnd::Hair).expect("scalp is seen");
    let (fill, bare) = (Polygon::new(fill.boundary), Polygon::new(bare.expect("bare scalp")));
    let in_hair = head::point((338.0, 140.0));
    assert!(fill.contains(in_hair) && !bare.contains(in_hair), "{fill:?}");
    let [deep, ears, brows, wall] = [
        [(352.0, 140.0), (360.0, 160.0)],
        [(361.0, 240.0), (60.0, 240.0)],
        [(130.0, 195.0), (240.0, 190.0)],
        [(385.0, 120.0), (55.0, 120.0)],
    ];
    for place in [deep, ears, brows, wall].concat() {
        assert!(!fill.contains(head::point(place)), "{place:?} in {fill:?}");
    }
}

#[test]
fn the_whole_head_of_a_bowed_face_leaves_the_ears_out() {
    let Some(case) = CASES.iter().find(|case| case.photo == "scan-top-front") else { panic!("it is a case") };
    for find in [bare_scalp, whole_head] {
        let Some(outline) = found(case, AS_FOUND, find) else {
            return skip("no ../shared/photos");
        };
        let outline = Polygon::new(outline.expect("a head"));
        for ear in [(265.0, 1000.0), (290.0, 1150.0), (1260.0, 1050.0), (1250.0, 1120.0), (1285.0, 970.0)] {
            assert!(!outline.contains(head::point(ear)), "{ear:?} is on an ear");
        }
        for temple in [(350.0, 1050.0), (1190.0, 1050.0), (345.0, 900.0), (1200.0, 900.0)] {
            assert!(outline.contains(head::point(temple)), "{temple:?} is on the head");
        }
    }
}
