//! The area that is proposed on photos, against outlines that somebody drew by hand who did not know it: the head with its hair
//! and without its ears, down to the brows or the usual edge of hair, and its bare or clearly thinned skin.
#![expect(clippy::expect_used, reason = "without the nets there is nothing to be measured")]

use crate::Row;
use crate::looked_at::{height, looked_at};
use crate::shared_photo::shared_photo;
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::PhotoRef;
use hairline_designer::engine::editor::{
    AnalysisImage, Command, Editor, FillEnd, FirstIdea, INTO_HAIR, head_from_above, scalp_fill, seen_head,
};
use hairline_designer::engine::face::{FaceFiles, FaceFinder, PersonFinder, SourcePicture};
use hairline_designer::engine::geometry::{PhotoPoint, Polygon};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Places across that are compared.
const ACROSS: usize = 300;
/// Directions in which bare skin is looked for around a place in hair.
const AROUND: u32 = 16;
/// Corners of a fill's outline that stand for its front line.
const LINE_CORNERS: usize = 14;

/// A photo: its name, what it shows, and by how many quarter turns clockwise it is upright.
type Photo = (&'static str, Side, u32);

/// Photos of bare, receding and shaved heads.
const TO_CHOOSE_BY: [Photo; 6] = [
    ("gpo-bald-dark-skin-fringe", Side::Front, 0),
    ("gpo-bald-nw6-fringe-light", Side::Front, 0),
    ("gpo-receding-nw4-light", Side::Front, 0),
    ("scan-back-painted-strip-scar", Side::Back, 0),
    ("scan-front", Side::Front, 0),
    ("scan-top-crown", Side::Top, 0),
];
const TO_JUDGE_BY: [Photo; 6] = [
    ("gpo-bald-nw6-dark-fringe", Side::Front, 0),
    ("gpo-receding-nw3-short", Side::Front, 0),
    ("gpo-shaved-dark-skin", Side::Front, 0),
    ("phone-like-12mp-orient6-gps", Side::Front, 1),
    ("scan-profile-left", Side::Right, 0),
    ("scan-top-front", Side::Front, 0),
];
/// Photos of heads on which hair grows where a line would run.
const WITH_HAIR: [Photo; 3] = [
    ("gpo-man-asian-short", Side::Front, 0),
    ("gpo-woman-centre-part", Side::Front, 0),
    ("gpo-woman-short-afro", Side::Front, 0),
];

/// What was drawn on a photo, photo pixels.
#[derive(Deserialize)]
struct Drawn {
    head: Vec<(f64, f64)>,
    bare: Vec<(f64, f64)>,
}

/// The nets.
struct Nets {
    face: FaceFinder,
    person: PersonFinder,
}

impl Nets {
    fn read() -> Self {
        let files = FaceFiles {
            detector: include_bytes!("../../assets/face/detector-1.net"),
            mesh: include_bytes!("../../assets/face/mesh-1.net"),
            iris: include_bytes!("../../assets/face/iris-1.net"),
        };
        let person = include_bytes!("../../assets/face/person-1.net");
        Self {
            face: FaceFinder::read(&files).expect("the nets of a face"),
            person: PersonFinder::read(person).expect("the net of a person"),
        }
    }

    /// A photo upright, as the page looks at it.
    fn seen(&self, (name, _, quarter_turns): &Photo) -> Option<AnalysisImage> {
        let photo = shared_photo(&format!("{name}.jpg"))?;
        let mut image = looked_at(photo.pixels, photo.width);
        for _ in 0..*quarter_turns {
            image = turned(&image);
        }
        let person = self.person.find(&source(&image)).map(Rc::new);
        let image = AnalysisImage { person, ..image };
        Some(AnalysisImage { from_above: head_from_above(&image, &Parameters::default()), ..image })
    }

    /// A design on a photo as it is proposed, and whether a line was drawn.
    fn proposed(&self, image: &AnalysisImage, side: Side) -> Option<(Editor, bool)> {
        let mut editor = Editor::new(Parameters::default(), 1);
        editor.turn_to(side);
        let size = |pixels: usize| (pixels as f64 / image.zoom) as u32;
        let (width, height) = (size(image.width), size(height(image)));
        let photo = PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: "fnv1a64-0-photo".to_owned() };
        editor.apply(Command::OpenPhoto(photo)).ok()?;
        if side == Side::Front {
            let face = self.face.find(&source(image)).ok()?;
            let idea = editor.lay_first_idea(&face, image).ok()?;
            return Some((editor, idea != FirstIdea::UnderHair));
        }
        let head = seen_head(editor.view(), editor.parameters(), side, Some(image));
        editor.apply(Command::SetHead(Some(head))).ok()?;
        let fill = scalp_fill(editor.view(), editor.parameters(), image, FillEnd::Hair)?;
        editor.apply(Command::AreaFill(Some(fill))).ok()?;
        Some((editor, true))
    }
}

fn source(image: &AnalysisImage) -> SourcePicture<'_> {
    SourcePicture { pixels: &image.pixels, width: image.width, zoom: image.zoom }
}

/// A quarter turn clockwise.
fn turned(image: &AnalysisImage) -> AnalysisImage {
    let (width, height) = (height(image), image.width);
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = places.flat_map(|(x, y)| {
        let at = ((width - 1 - x) * image.width + y) * 4;
        image.pixels[at..at + 4].to_vec()
    });
    AnalysisImage::new(pixels.collect(), width, image.zoom)
}

/// How much of both the proposed and the drawn area is in both; nothing where nothing is proposed. The front line is the
/// program's own; and in the hair beside bare skin, where the density falls to nothing, it is not judged where it ends.
fn overlap(drawn: &Drawn, side: Side, image: &AnalysisImage, nets: &Nets) -> f64 {
    let Some((editor, true)) = nets.proposed(image, side) else { return 0.0 };
    let view = editor.view();
    let (Some((_, fill)), Some(found)) = (view.area_fill(), view.head) else { return 0.0 };
    let polygon = |corners: &[(f64, f64)]| Polygon::new(corners.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect());
    let (head, bare, proposed) = (polygon(&drawn.head), polygon(&drawn.bare), Polygon::new(fill.boundary.clone()));
    let line = fill.boundary.get(..LINE_CORNERS).unwrap_or(&fill.boundary);
    let is_judged = |at: PhotoPoint| match (side, found.shares(at)) {
        (Side::Front, _) => at.y < height_at(line, at.x),
        // Where hair begins over a forehead that is seen from elsewhere nobody drew.
        (Side::Right, (right, _)) => right < 0.24,
        (Side::Left, (right, _)) => right > -0.24,
        (Side::Top, (_, up)) => up > -0.6,
        (Side::Back, _) => true,
    };
    let into_hair = INTO_HAIR.0 * view.scale(editor.parameters()).px_per_mm.get();
    let is_near_bare = |at: PhotoPoint| {
        (0..AROUND).any(|turn| {
            let (sine, cosine) = (std::f64::consts::TAU * f64::from(turn) / f64::from(AROUND)).sin_cos();
            [0.5, 1.0].iter().any(|share| bare.contains(at.moved(cosine * into_hair * share, sine * into_hair * share)))
        })
    };
    let bounds = proposed.bounds().union(head.bounds());
    let step = bounds.width() / ACROSS as f64;
    let (mut both, mut either) = (0.0, 0.0);
    for place in 0..ACROSS * (bounds.height() / step) as usize {
        let (column, row) = ((place % ACROSS) as f64 + 0.5, (place / ACROSS) as f64 + 0.5);
        let at = PhotoPoint::new(bounds.x0 + column * step, bounds.y0 + row * step);
        let (is_bare, is_proposed) = (bare.contains(at), proposed.contains(at));
        if is_judged(at) && (is_bare || !(head.contains(at) && is_near_bare(at))) {
            both += f64::from(u8::from(is_bare && is_proposed));
            either += f64::from(u8::from(is_bare || is_proposed));
        }
    }
    both / either
}

/// How low a line runs over a place; beside its ends as there.
fn height_at(line: &[PhotoPoint], x: f64) -> f64 {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return f64::INFINITY };
    let across = line.windows(2).filter_map(|pair| {
        let (a, b) = (pair.first()?, pair.last()?);
        let share = (x - a.x) / (b.x - a.x);
        (0.0..=1.0).contains(&share).then(|| a.y + (b.y - a.y) * share)
    });
    let beside = if x <= first.x { first.y } else { last.y };
    across.reduce(f64::max).unwrap_or(beside)
}

/// How well proposed areas agree with drawn ones.
pub(crate) fn rows() -> Vec<Row> {
    let drawn: BTreeMap<String, Drawn> = serde_json::from_str(include_str!("masks.json")).expect("the outlines");
    let nets = Nets::read();
    let mut rows = Vec::new();
    for (name, photos) in [("to choose by", &TO_CHOOSE_BY), ("to judge by", &TO_JUDGE_BY)] {
        let overlaps: Option<Vec<f64>> =
            photos.iter().map(|photo| Some(overlap(drawn.get(photo.0)?, photo.1, &nets.seen(photo)?, &nets))).collect();
        let Some(mut overlaps) = overlaps else { return vec![missing()] };
        overlaps.sort_by(f64::total_cmp);
        let at = |place: usize| overlaps.get(place).copied().unwrap_or_default();
        let median = (at(overlaps.len() / 2) + at((overlaps.len() - 1) / 2)) / 2.0;
        let what = |of: &str| format!("photos {name}, proposed area against one by hand, overlap: {of}");
        rows.push(Row::at_least(what("median"), median, 0.9, "", "0.90"));
        rows.push(Row::at_least(what("worst"), at(0), 0.8, "", "0.80"));
    }
    let filled = WITH_HAIR.iter().map(|photo| {
        let (_, is_filled) = nets.proposed(&nets.seen(photo)?, photo.1)?;
        Some(is_filled)
    });
    let Some(filled) = filled.collect::<Option<Vec<bool>>>() else { return vec![missing()] };
    let filled = filled.into_iter().filter(|filled| *filled).count() as f64;
    rows.push(Row::at_most("photos of heads with hair: filled under hair", filled, 0.0, "", "none"));
    rows
}

fn missing() -> Row {
    let (what, figure) = ("proposed areas".to_owned(), "skipped".to_owned());
    Row { what, figure, bar: "no ../shared/photos", good: true }
}
