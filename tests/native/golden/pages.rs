//! The pages in `docs`: their pictures are made here, all of them of the synthetic head, and their tables are those of the
//! catalogue.

use super::picture::{Picture, looked_at};
use super::{HEAD, Piece, above_pupil, design, line};
use crate::drawn_walls::{PATTERNED, PX_PER_MM, Rendered, Wall, looked_for};
use crate::found_face::PERSON;
use crate::head::{TRUTH, point};
use crate::heads_by_lot::{Pose, random_in};
use crate::looked_at::height;
use crate::scene;
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::catalog::{PARAMETERS, SHADES, STAGES, Shade};
use hairline_designer::engine::design::{Appearance, Months};
use hairline_designer::engine::dots::{BlueNoiseTile, CARPET_DENSITY, CARPET_POINTS};
use hairline_designer::engine::editor::{AnalysisImage, Editor};
use hairline_designer::engine::face::PersonFinder;
use hairline_designer::engine::geometry::PhotoPoint;
use sample_head::SampleTone;
use std::path::Path;

const PICTURES_FOLDER: &str = "docs/pictures";
const PICTURES_BYTES: u64 = 150_000;

/// Marks and lines drawn into pictures.
const MARK: [u8; 3] = [0, 92, 175];
/// Circles of so many mm on the skin, so far apart, show how the skin is seen.
const CIRCLE_MM: f64 = 6.0;
const APART_MM: f64 = 10.0;

/// So many pixels of a head before a wall are one of its picture.
const SMALLER: usize = 5;

/// A picture with the mean of each square of pixels.
fn smaller(image: &AnalysisImage) -> Picture {
    let (width, height) = (image.width / SMALLER, height(image) / SMALLER);
    let mean = |place: usize, channel: usize| {
        let (left, top) = (place % width * SMALLER, place / width * SMALLER);
        let level = |near: usize| {
            let at = (top + near / SMALLER) * image.width + left + near % SMALLER;
            usize::from(image.pixels[at * 4 + channel])
        };
        ((0..SMALLER * SMALLER).map(level).sum::<usize>() / (SMALLER * SMALLER)) as u8
    };
    let rgba: Vec<u8> = (0..width * height * 4).map(|at| mean(at / 4, at % 4)).collect();
    Picture::of_rgba(width, &rgba)
}

#[track_caller]
fn shown(name: &str, picture: &Picture) {
    let fault = looked_at(PICTURES_FOLDER, name, picture, PICTURES_BYTES).err();
    assert!(fault.is_none(), "{fault:?}");
}

/// Pieces of one size around the line above the pupil, one for each look.
fn looks(tone: SampleTone, size: (usize, usize), zoom: f64, looks: &[Appearance]) -> Picture {
    let piece = Piece::new(tone, size, above_pupil(), (0.5, 0.75), zoom);
    let drawn = |look: &Appearance| {
        let editor = design(|now| *now = look.clone());
        piece.drawn(&editor, &scene::field_of(&editor))
    };
    Picture::row(&looks.iter().map(drawn).collect::<Vec<_>>())
}

fn usual() -> Appearance {
    design(|_| ()).design().look.clone()
}

/// A place of the photo in a piece's picture.
fn within(piece: &Piece, place: PhotoPoint) -> PhotoPoint {
    PhotoPoint::new(place.x * piece.zoom - f64::from(piece.rect.x), place.y * piece.zoom - f64::from(piece.rect.y))
}

/// Whether a place of the photo lies on the skull, a little within its outline.
fn is_on_head(place: PhotoPoint) -> bool {
    let (x, y) = ((place.x - HEAD.centre.x) / HEAD.half_width, (place.y - HEAD.centre.y) / HEAD.half_height);
    x * x + y * y < 0.97 * 0.97
}

/// Lines on the skin, [`APART_MM`] of the chart apart, where the head is seen.
fn lines_on_skin(editor: &Editor) -> Vec<Vec<PhotoPoint>> {
    let surface = editor.view().surface(editor.parameters());
    let step = |index: i32| f64::from(index) * 2.0;
    let mut lines = Vec::new();
    for place in -16..=16 {
        let apart = f64::from(place) * APART_MM;
        let across: Vec<PhotoPoint> = (-80..=80).map(|index| surface.point(step(index), apart)).collect();
        let down: Vec<PhotoPoint> = (-80..=80).map(|index| surface.point(apart, step(index))).collect();
        for way in [across, down] {
            lines.extend(way.split(|place| !is_on_head(*place)).filter(|part| part.len() > 1).map(<[_]>::to_vec));
        }
    }
    lines
}

fn draw_lines(picture: &mut Picture, piece: &Piece, editor: &Editor, width: f64) {
    for way in lines_on_skin(editor) {
        picture.line(&way.iter().map(|place| within(piece, *place)).collect::<Vec<_>>(), width, MARK);
    }
}

/// Marks, lines on the skin, what the dots leave of the light, and the picture.
#[test]
fn the_way_from_photo_to_picture() {
    let editor = design(|_| ());
    let field = scene::field_of(&editor);
    let middle = PhotoPoint::new(TRUTH.glabella.0, TRUTH.vertex.1);
    let piece = Piece::new(SampleTone::default(), (196, 180), middle, (0.5, 0.12), 0.25);
    let bare = Picture::of_rgba(piece.rect.width, &piece.photo);

    let mut measured = bare.clone();
    for mark in [TRUTH.pupil_left, TRUTH.pupil_right, TRUTH.glabella] {
        let place = within(&piece, point(mark));
        measured.lay(MARK, |x, y| 3.0 - place.distance(PhotoPoint::new(x, y)));
    }
    let curve: Vec<PhotoPoint> = line().curve().points().iter().map(|place| within(&piece, *place)).collect();
    measured.line(&curve, 1.5, MARK);

    let mut curved = bare;
    draw_lines(&mut curved, &piece, &editor, 0.6);

    let ink = piece.ink(&editor);
    let left = piece.raster(&field, &ink);
    let grey = left.light().iter().map(|light| (255.0 * light.powf(1.0 / 2.2)).round() as u8);
    let rgba: Vec<u8> = grey.flat_map(|level| [level, level, level, 255]).collect();
    let light = Picture::of_rgba(piece.rect.width, &rgba);
    shown("way", &Picture::row(&[measured, curved, light, piece.drawn(&editor, &field)]));
}

#[test]
fn circles_on_the_head() {
    let editor = design(|_| ());
    let middle = PhotoPoint::new(HEAD.centre.x, HEAD.centre.y - HEAD.half_height);
    let piece = Piece::new(SampleTone::default(), (282, 250), middle, (0.5, 0.06), 1.0 / 3.0);
    let mut picture = Picture::of_rgba(piece.rect.width, &piece.photo);
    draw_lines(&mut picture, &piece, &editor, 0.5);
    let surface = editor.view().surface(editor.parameters());
    let radius = CIRCLE_MM / 2.0 * editor.view().scale(editor.parameters()).px_per_mm.get() * piece.zoom;
    for (column, row) in (-16..=16).flat_map(|column| (-16..=16).map(move |row| (column, row))) {
        let spot = surface.spot(f64::from(column) * 2.0 * APART_MM, f64::from(row) * 2.0 * APART_MM);
        if !is_on_head(spot.point) {
            continue;
        }
        let ([xx, xy, yy], place) = (spot.shape, within(&piece, spot.point));
        let determinant = (xx * yy - xy * xy).max(1e-6);
        picture.lay(MARK, |x, y| {
            let (dx, dy) = (x - place.x, y - place.y);
            let share = ((yy * dx * dx - 2.0 * xy * dx * dy + xx * dy * dy) / determinant).sqrt() / radius;
            0.8 * ((1.0 - share) * radius * yy.min(xx).sqrt() + 0.5).clamp(0.0, 1.0)
        });
    }
    shown("head", &picture);
}

/// The same square of the pattern after each session: the dots of the sessions before, and in colour the new ones.
/// A head drawn by lot before each of the walls: where it ends, and where it was seen to end.
#[test]
fn heads_before_patterned_walls() {
    let person = PersonFinder::read(PERSON).unwrap();
    let mut rows = Vec::new();
    for (pose, side, seed) in [(Pose::Front, Side::Front, 12), (Pose::Left, Side::Left, 14)] {
        let subject = random_in(pose, seed, 1).next().unwrap();
        let truth = subject.scene_at(PX_PER_MM).truth();
        let level = truth.glabella.1;
        let rendered = Rendered::of(&subject);
        let drawn = |wall: Wall| {
            let image = rendered.before(wall, 1, &person);
            let head = looked_for(&subject, side, &image).head.unwrap();
            let mut picture = smaller(&image);
            let true_end: Vec<PhotoPoint> = truth.outline.iter().map(|place| PhotoPoint::from(*place)).collect();
            for (outline, width, colour) in [(true_end, 3.0, [255; 3]), (head.outline(96), 1.2, MARK)] {
                let shrunk = |at: PhotoPoint| PhotoPoint::default().lerp(at, 1.0 / SMALLER as f64);
                let seen: Vec<PhotoPoint> = outline.into_iter().map(shrunk).collect();
                for way in seen.split(|at| at.y * SMALLER as f64 > level) {
                    picture.line(way, width, colour);
                }
            }
            picture
        };
        let walls = [Wall::Plain].into_iter().chain(PATTERNED);
        rows.push(Picture::row(&walls.map(drawn).collect::<Vec<_>>()));
    }
    shown("walls", &Picture::column(&rows));
}

#[test]
fn the_pattern_after_each_session() {
    const SIDE_MM: f64 = 24.0;
    const PX_PER_MM: f64 = 10.0;
    let tile = BlueNoiseTile::grow(scene::SEED);
    let count = |share: f64| (share * 120.0 / CARPET_DENSITY * CARPET_POINTS as f64) as usize;
    let after = |before: f64, now: f64| {
        let side = (SIDE_MM * PX_PER_MM) as usize;
        let mut picture = Picture::plain(side, side, [246, 240, 232]);
        for (index, place) in tile.places().iter().take(count(now)).enumerate() {
            let (x, y) = (f64::from(place.x) * PX_PER_MM, f64::from(place.y) * PX_PER_MM);
            let place = PhotoPoint::new(x, y);
            if x < side as f64 + 4.0 && y < side as f64 + 4.0 {
                let colour = if index < count(before) { [90, 90, 94] } else { MARK };
                picture.line(&[place, place], 2.4, colour);
            }
        }
        picture
    };
    shown("pattern", &Picture::row(&[after(0.0, 0.3), after(0.3, 0.7), after(0.7, 1.0)]));
}

#[test]
fn edges_from_defined_to_soft() {
    let soft = [0.0, 0.7, 1.0].map(|softness| Appearance { softness, ..usual() });
    shown("edge", &looks(SampleTone::default(), (190, 170), 2.0, &soft));
}

#[test]
fn the_times_after_a_treatment() {
    let stages = STAGES.map(|stage| Appearance { months: Months(stage.months), ..usual() });
    shown("times", &looks(SampleTone::default(), (100, 150), 2.0, &stages));
}

#[test]
fn five_tones_half_bare_and_half_treated() {
    let editor = design(|_| ());
    let field = scene::field_of(&editor);
    let half = |tone: SampleTone| {
        let piece = Piece::new(tone, (130, 150), point(TRUTH.midfrontal_75mm), (0.5, 0.60), 1.0);
        let (bare, drawn) = (Picture::of_rgba(130, &piece.photo), piece.drawn(&editor, &field));
        let rows = bare.rgb.chunks(130 * 3).zip(drawn.rgb.chunks(130 * 3));
        let rgb = rows.flat_map(|(bare, drawn)| [&bare[..65 * 3], &drawn[65 * 3..]].concat()).collect();
        Picture { rgb, ..drawn.clone() }
    };
    shown("tones", &Picture::row(&SampleTone::ALL.map(half)));
}

#[test]
fn the_shades_from_light_to_dark() {
    let shades: Vec<Appearance> =
        SHADES.iter().map(|shade| Appearance { shade: shade.key.to_owned(), ..usual() }).collect();
    shown("shades", &looks(SampleTone::default(), (100, 140), 1.0, &shades));
}

/// The cells of every row of a table of a page, without the code marks around a key.
fn table(page: &str, head: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
    lines.map(cells).collect()
}

/// Compares what a page says with what the program says, row by row.
#[track_caller]
fn same_rows(page: &str, head: &str, said: impl Fn(&[String]) -> Vec<String>, expected: &[Vec<String>]) {
    let rows: Vec<Vec<String>> = table(page, head).iter().map(|row| said(row)).collect();
    for (row, expected) in rows.iter().zip(expected) {
        assert_eq!(row, expected, "{page}");
    }
    assert_eq!(rows.len(), expected.len(), "{page}: rows of the table {head}");
}

#[test]
fn the_table_of_norms_is_the_catalogue_s() {
    let expected = PARAMETERS.iter().map(|row| {
        let range =
            if row.least == row.most { row.least.to_string() } else { format!("{} to {}", row.least, row.most) };
        vec![row.key.to_owned(), row.value.to_string(), range, row.source.replace("cm2", "cm²")]
    });
    let said = |row: &[String]| [0, 1, 2, 4].map(|column| row[column].clone()).to_vec();
    let head = "| key in `parameters` | default | range | meaning | source |";
    same_rows("clinics.md", head, said, &expected.collect::<Vec<_>>());
}

#[test]
fn the_table_of_shades_is_the_catalogue_s() {
    let row = |shade: &Shade| {
        vec![
            shade.key.replace('-', " "),
            format!("{} %", (shade.darkening * 100.0).round()),
            format!("{:.2}", shade.core_density),
        ]
    };
    let head = "| shade | light lost at 120 dots per cm² | density of a dot's core |";
    same_rows("preview.md", head, <[_]>::to_vec, &SHADES.iter().map(row).collect::<Vec<_>>());
}

#[test]
fn the_table_of_times_is_the_catalogue_s() {
    let expected = STAGES.iter().map(|stage| {
        let (months, ageing) = (stage.months, stage.ageing);
        let numbers = [ageing.density, ageing.size, ageing.spread_mm, ageing.halo, ageing.blue];
        [months].into_iter().chain(numbers).map(|number| number.to_string()).collect()
    });
    let head = "| months | ink | dot's diameter | blur of the dot, mm | halo's width | taken from blue |";
    same_rows("preview.md", head, <[_]>::to_vec, &expected.collect::<Vec<Vec<_>>>());
}
