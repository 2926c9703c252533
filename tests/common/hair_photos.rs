//! The visitor's own hair as it is found on photos, against outlines that somebody drew by hand.

use crate::looked_at::looked_at;
use crate::shared_photo::shared_photo;
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::clipped::{ClippedRefusal, OwnHair, find_own_hair};
use hairline_designer::engine::design::PhotoRef;
use hairline_designer::engine::editor::{AnalysisImage, Command, Editor, head_from_above, seen_head};
use hairline_designer::engine::face::{FaceFiles, FaceFinder, FoundFace, PersonFinder, SourcePicture};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoPx, PhotoRect, Polygon};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a hand drew on a photo, photo pixels: the head with its hair, down to the brows and without ears; hair within that; ears.
#[derive(Deserialize)]
struct DrawnHair {
    head: Vec<(f64, f64)>,
    hair: Vec<Vec<(f64, f64)>>,
    ears: Vec<Vec<(f64, f64)>>,
}

/// A photo with a first design on it.
#[derive(Clone)]
pub(crate) struct HairPhoto {
    pub(crate) name: &'static str,
    pub(crate) image: AnalysisImage,
    pub(crate) editor: Editor,
    /// The face, from the front.
    pub(crate) face: Option<FoundFace>,
    /// Standard deviation of its own blur, where all of its pixels were looked at.
    #[allow(dead_code, reason = "only pictures show it")]
    pub(crate) blur: PhotoPx,
}

/// How well hair was found.
#[derive(Debug)]
#[allow(dead_code, reason = "each binary reads some of it")]
pub(crate) struct HairFit {
    /// How much of both the drawn and the found hair is in both.
    pub(crate) overlap: f64,
    /// The share of the drawn hair that is to be replaced.
    pub(crate) covered: f64,
    /// The shares, farther than [`AT_HAIR`] from drawn hair, of the ears, of the brows and of the lower face that are to be replaced.
    pub(crate) ears: f64,
    pub(crate) brows: f64,
    pub(crate) lower_face: f64,
}

/// Points of the mesh along the brows' lower edges, from the outer to the inner end, and along the upper ones back.
const BROWS: [[usize; 10]; 2] =
    [[46, 53, 52, 65, 55, 107, 66, 105, 63, 70], [276, 283, 282, 295, 285, 336, 296, 334, 293, 300]];
/// Places to a photo pixel each way.
const FINE: f64 = 2.0;
/// No hand draws an edge of hair better than that.
const AT_HAIR: Mm = Mm(1.5);
/// What is hair, or replaced.
const MOSTLY: f64 = 0.5;

impl HairPhoto {
    /// A photo as the page looks at it; `None` where it is missing, or shows no face from the front.
    pub(crate) fn read(name: &'static str, side: Side) -> Option<Self> {
        let photo = shared_photo(&format!("{name}.jpg"))?;
        let size = (photo.width as u32, photo.height as u32);
        let image = looked_at(photo.pixels.clone(), photo.width);
        let seen = Self::looked_at(name, side, (image.pixels, image.width, image.zoom), size)?;
        Some(Self { blur: photo.blur(seen.face.as_ref()), ..seen })
    }

    /// The same of its pixels as they are looked at, their width and zoom, and of its own width and height.
    pub(crate) fn looked_at(
        name: &'static str,
        side: Side,
        (pixels, width, zoom): (Vec<u8>, usize, f64),
        size: (u32, u32),
    ) -> Option<Self> {
        let files = FaceFiles {
            detector: include_bytes!("../../assets/face/detector-1.net"),
            mesh: include_bytes!("../../assets/face/mesh-1.net"),
            iris: include_bytes!("../../assets/face/iris-1.net"),
        };
        let person = PersonFinder::read(include_bytes!("../../assets/face/person-1.net")).ok()?;
        let source = SourcePicture { pixels: &pixels, width, zoom };
        let face = FaceFinder::read(&files).ok()?.find(&source).ok().filter(|_| side == Side::Front);
        let person = person.find(&source).map(Rc::new);
        let image = AnalysisImage { person, ..AnalysisImage::new(pixels, width, zoom) };
        let image = if side == Side::Front { image } else { with_head_from_above(image) };
        let mut editor = Editor::new(Parameters::default(), 1);
        editor.turn_to(side);
        let (width, height) = size;
        let photo = PhotoRef { width, height, quarter_turns: 0, level: 0.0, digest: "fnv1a64-0-photo".to_owned() };
        editor.apply(Command::OpenPhoto(photo)).ok()?;
        match &face {
            Some(face) => drop(editor.lay_first_idea(face, &image).ok()?),
            None if side == Side::Front => return None,
            None => {
                let head = seen_head(editor.view(), editor.parameters(), side, Some(&image));
                editor.apply(Command::SetHead(Some(head))).ok()?;
            }
        }
        Some(Self { name, image, editor, face, blur: PhotoPx(0.0) })
    }

    pub(crate) fn found(&self) -> Result<OwnHair, ClippedRefusal> {
        find_own_hair(&self.image, self.editor.view(), self.editor.parameters(), self.face.as_ref())
    }

    /// What was drawn on it.
    fn drawn(&self) -> Option<DrawnHair> {
        let drawn: BTreeMap<String, DrawnHair> =
            serde_json::from_str(include_str!("../../benches/truth/hair.json")).ok()?;
        drawn.into_iter().find(|(name, _)| name == self.name).map(|(_, drawn)| drawn)
    }

    /// All outlines that were drawn: of hair, of ears.
    #[allow(dead_code, reason = "only pictures show them")]
    pub(crate) fn outlines(&self) -> [Vec<Vec<PhotoPoint>>; 2] {
        let points = |all: Vec<Vec<(f64, f64)>>| {
            all.into_iter().map(|one| one.into_iter().map(PhotoPoint::from).collect()).collect()
        };
        self.drawn().map_or_else(Default::default, |drawn| [points(drawn.hair), points(drawn.ears)])
    }

    /// How well what was found fits what was drawn; `None` where nothing was drawn.
    pub(crate) fn fit(&self, found: &OwnHair) -> Option<HairFit> {
        let (drawn, face) = (self.drawn()?, self.face.as_ref()?);
        let head = polygon(&drawn.head);
        let hair: Vec<Polygon> = drawn.hair.iter().map(|corners| polygon(corners)).collect();
        let brow_level = face.landmarks.brows.iter().map(|brow| brow.y).fold(f64::INFINITY, f64::min);
        let (mut both, mut either, mut all, mut covered) = (0.0, 0.0, 0.0, 0.0);
        for at in places(PhotoRect::of_size(self.image.width as f64 / self.image.zoom, head.bounds().y1)) {
            if at.y > brow_level && !head.contains(at) {
                continue;
            }
            let (is_drawn, is_found) = (hair.iter().any(|hair| hair.contains(at)), found.hair.share(at) > MOSTLY);
            let is_replaced = found.mask.share(at) > MOSTLY;
            both += f64::from(u8::from(is_drawn && is_found));
            either += f64::from(u8::from(is_drawn || is_found));
            all += f64::from(u8::from(is_drawn));
            covered += f64::from(u8::from(is_drawn && is_replaced));
        }
        let is_near_hair = |at: &PhotoPoint| {
            let by = AT_HAIR.0 * self.editor.view().scale(self.editor.parameters()).px_per_mm.get();
            let around = (0..8).map(|turn| (f64::from(turn) * std::f64::consts::FRAC_PI_4).sin_cos());
            around.chain([(0.0, 0.0)]).any(|(y, x)| hair.iter().any(|hair| hair.contains(at.moved(x * by, y * by))))
        };
        let replaced = |polygons: &[Polygon]| {
            let inside =
                polygons.iter().flat_map(|polygon| places(polygon.bounds()).filter(|at| polygon.contains(*at)));
            let inside: Vec<PhotoPoint> = inside.filter(|at| !is_near_hair(at)).collect();
            inside.iter().filter(|at| found.mask.share(**at) > MOSTLY).count() as f64 / inside.len().max(1) as f64
        };
        let ears: Vec<Polygon> = drawn.ears.iter().map(|ear| polygon(ear)).collect();
        let corner = |place: &usize| face.points.get(*place).map(|point| point.at);
        let brows = BROWS.map(|brow| Polygon::new(brow.iter().filter_map(corner).collect()));
        let oval = &face.landmarks.oval;
        let middle = PhotoRect::around(oval).middle();
        let below_eyes = |at: &PhotoPoint| at.y > face.pupils[0].y.max(face.pupils[1].y);
        let lower = oval.iter().map(|corner| middle.lerp(*corner, 0.9)).filter(below_eyes).collect();
        Some(HairFit {
            overlap: both / either,
            covered: covered / all,
            ears: replaced(&ears),
            brows: replaced(&brows),
            lower_face: replaced(&[Polygon::new(lower)]),
        })
    }
}

fn with_head_from_above(image: AnalysisImage) -> AnalysisImage {
    AnalysisImage { from_above: head_from_above(&image, &Parameters::default()), ..image }
}

fn polygon(corners: &[(f64, f64)]) -> Polygon {
    Polygon::new(corners.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect())
}

/// Places of a fine grid in a part of a photo.
fn places(part: PhotoRect) -> impl Iterator<Item = PhotoPoint> {
    let (columns, rows) = ((part.width() * FINE) as usize, (part.height() * FINE) as usize);
    (0..columns * rows).map(move |place| {
        let (column, row) = ((place % columns) as f64, (place / columns) as f64);
        PhotoPoint::new(part.x0 + (column + 0.5) / FINE, part.y0 + (row + 0.5) / FINE)
    })
}
