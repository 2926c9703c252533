//! The nouns of a design.

use super::variant::drawn_points;
use super::{Appearance, AreaFill, DESIGN_LIMITS, FillOp, HairStroke, Hairline, Variant};
use crate::engine::calibration::{Calibration, FaceFrame, Head, Landmarks, Scale, Side, SkinFrame};
use crate::engine::catalog::{Parameter, Parameters};
use crate::engine::geometry::{Angle, Mm, PhotoPoint, PhotoRect};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Version of the file format that this program writes.
pub const VERSION: u32 = 3;

/// What a visitor drew on photos of a head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Design {
    /// Version of the file format.
    pub version: u32,
    /// Where the dots stand follows from this number alone.
    pub seed: u32,
    /// How the ink looks; shared by all views.
    pub look: Appearance,
    /// The sides of the head.
    pub views: Views,
    /// What the visitor calls the variant that is in the views; empty for none.
    #[serde(default)]
    pub name: String,
    /// Its place among all variants, from 0. A place beyond the last is taken for the last.
    #[serde(default)]
    pub place: u8,
    /// The other variants on the same photos, in their order.
    #[serde(default)]
    pub others: Vec<Variant>,
    /// What the visitor wrote for the practitioner: plain text.
    #[serde(default)]
    pub notes: String,
}

/// The sides of the head that a design shows. A side without a photo has nothing on it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Views {
    /// The face from the front.
    pub front: View,
    /// The crown.
    #[serde(default)]
    pub top: View,
    /// The head's left side.
    #[serde(default)]
    pub left: View,
    /// The head's right side.
    #[serde(default)]
    pub right: View,
    /// The back of the head.
    #[serde(default)]
    pub back: View,
}

/// One side of the head: its photo and what was drawn on it. Without a photo nothing is calibrated or drawn.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct View {
    /// The photo, by size and digest; never its pixels.
    pub photo: Option<PhotoRef>,
    /// How big the head is.
    pub calibration: Option<Calibration>,
    /// The point between the brows, from which heights are measured.
    pub glabella: Option<PhotoPoint>,
    /// Points of the face that the visitor set; the others are proposed.
    pub landmarks: Landmarks,
    /// How the skull stands in the picture; guessed where it is not said.
    pub head: Option<Head>,
    /// Where the visitor's own shaved hair was sampled.
    pub probe: Option<Probe>,
    /// What was corrected of where the visitor's own hair is taken to be, the later over the earlier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own_hair: Vec<Rc<HairStroke>>,
    /// The front line.
    pub hairline: Option<Hairline>,
    /// Fills, strokes, bands and patches, the later over the earlier; at most one of them is a fill to here.
    pub fill: Vec<Rc<FillOp>>,
}

/// Which photo a view was drawn on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct PhotoRef {
    /// Width of the working picture as it is shown, pixels.
    pub width: u32,
    /// Height of the working picture as it is shown, pixels.
    pub height: u32,
    /// Quarter turns clockwise that the visitor added, 0 to 3.
    pub quarter_turns: u8,
    /// Degrees clockwise by which the visitor levelled it after that, about its middle; it keeps its width and height.
    #[serde(default)]
    pub level: f64,
    /// Recognises the file: `fnv1a64-<bytes>-<64-bit FNV-1a, 16 hexadecimal digits>`, or a name of the sample head.
    pub digest: String,
}

/// Where the visitor's own shaved hair and the bare skin beside it were looked at, and what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_family = "wasm"), derive(schemars::JsonSchema))]
pub struct Probe {
    /// A place covered with shaved hair.
    pub stubble: PhotoPoint,
    /// Bare skin beside it, in the same light.
    pub skin: PhotoPoint,
    /// Share of the light that the stubble takes, 0 to 0.95.
    pub darkening: f64,
}

impl Design {
    /// An empty design with a clinic's defaults.
    #[must_use]
    pub fn new(parameters: &Parameters, seed: u32) -> Self {
        Self {
            version: VERSION,
            seed,
            look: Appearance::new(parameters),
            views: Views::default(),
            name: String::new(),
            place: 0,
            others: Vec::new(),
            notes: String::new(),
        }
    }

    /// Whether there is anything that would be a loss.
    #[must_use]
    pub fn has_work(&self) -> bool {
        self.views.each().any(|(_, view)| view.has_work()) || !self.others.is_empty() || !self.notes.is_empty()
    }
}

impl Views {
    /// The view of a side.
    #[must_use]
    pub fn of(&self, side: Side) -> &View {
        match side {
            Side::Front => &self.front,
            Side::Top => &self.top,
            Side::Left => &self.left,
            Side::Right => &self.right,
            Side::Back => &self.back,
        }
    }

    /// The view of a side, to be changed.
    pub fn of_mut(&mut self, side: Side) -> &mut View {
        match side {
            Side::Front => &mut self.front,
            Side::Top => &mut self.top,
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
            Side::Back => &mut self.back,
        }
    }

    /// The sides that have a photo, in their order.
    pub fn each(&self) -> impl Iterator<Item = (Side, &View)> {
        Side::ALL.into_iter().map(|side| (side, self.of(side))).filter(|(_, view)| view.photo.is_some())
    }
}

impl View {
    /// Whether it is drawn on the photo with that digest.
    #[must_use]
    pub fn is_on(&self, digest: &str) -> bool {
        self.photo.as_ref().is_some_and(|photo| photo.digest == digest)
    }

    /// Whether the visitor marked or drew anything.
    #[must_use]
    pub fn has_work(&self) -> bool {
        let by_hand = self.head.is_some_and(|head| head.by_hand);
        self.calibration.is_some() || by_hand || self.probe.is_some() || !self.own_hair.is_empty() || self.has_drawing()
    }

    /// Whether the visitor drew anything.
    #[must_use]
    pub fn has_drawing(&self) -> bool {
        self.hairline.is_some() || !self.fill.is_empty()
    }

    /// The part of the picture around what the visitor drew.
    #[must_use]
    pub fn drawn(&self) -> PhotoRect {
        let (mut line, mut fill) = (self.hairline.clone(), self.fill.clone());
        drawn_points(&mut line, &mut fill).fold(PhotoRect::EMPTY, |part, point| part.with(*point))
    }

    /// Width and height of the working picture; zero without a photo.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        self.photo.as_ref().map_or((0.0, 0.0), |photo| (f64::from(photo.width), f64::from(photo.height)))
    }

    /// The scale in force: from the marks, or the rough guess when there are none or they give none.
    #[must_use]
    pub fn scale(&self, parameters: &Parameters) -> Scale {
        let (width, height) = self.size();
        self.calibration
            .and_then(|calibration| calibration.scale().ok())
            .map(|scale| scale.widened(self.perspective_range(parameters)))
            .unwrap_or_else(|| Scale::rough(width, height))
    }

    /// The frame of the face, when the marks are its pupils.
    #[must_use]
    pub fn face(&self, parameters: &Parameters) -> Option<FaceFrame> {
        let pupils = self.pupils()?;
        let scale = self.scale(parameters);
        let above = Mm(parameters.get(Parameter::GlabellaAbovePupils));
        let glabella = self.glabella.unwrap_or_else(|| FaceFrame::glabella_guess(pupils, scale, above));
        Some(FaceFrame::new(pupils, glabella, scale))
    }

    /// Likewise on the skin.
    #[must_use]
    pub fn skin(&self, parameters: &Parameters) -> Option<SkinFrame> {
        Some(SkinFrame::new(self.face(parameters)?, self.surface(parameters)))
    }

    /// Stretches everything drawn to a picture that is so many times wider and taller. Brushes keep their form. What would
    /// leave the limits of a design stays at them.
    pub fn fit_to(&mut self, wider: f64, taller: f64) {
        self.change_points(&|point| PhotoPoint::new(point.x * wider, point.y * taller));
        let mean = (wider * taller).sqrt();
        for op in &mut self.fill {
            match Rc::make_mut(op) {
                FillOp::Stroke(stroke) => {
                    let (least, most) = DESIGN_LIMITS.brush_radius_px;
                    stroke.radius = (stroke.radius * mean).clamp(least, most);
                }
                FillOp::Band(band) => {
                    let (least, most) = DESIGN_LIMITS.band_width_px;
                    band.width = (band.width * mean).clamp(least, most);
                }
                FillOp::ToHere(_) | FillOp::Patch(_) => {}
            }
        }
        if let Some(head) = &mut self.head {
            // Each half axis grows with the picture along its own direction.
            let Angle { sine, cosine } = Angle::degrees(head.roll);
            let grown = |x: f64, y: f64| ((x * wider) * (x * wider) + (y * taller) * (y * taller)).sqrt();
            let (least, most) = DESIGN_LIMITS.head_half_px;
            head.half_width = (head.half_width * grown(cosine, sine)).clamp(least, most);
            head.half_height = (head.half_height * grown(sine, cosine)).clamp(least, most);
        }
    }

    /// Turns the picture and everything on it clockwise by a quarter: the left lower corner becomes the left upper one.
    pub fn turn(&mut self) {
        let (_, height) = self.size();
        self.change_points(&|point| PhotoPoint::new(height - point.y, point.x));
        if let Some(photo) = &mut self.photo {
            (photo.width, photo.height) = (photo.height, photo.width);
            photo.quarter_turns = (photo.quarter_turns + 1) % 4;
        }
        if let Some(head) = &mut self.head {
            head.roll = within_a_turn(head.roll + 90.0);
        }
    }

    /// Turns the picture and everything on it about its middle, so that it is levelled by so many degrees clockwise in all; it
    /// keeps its size, and what is turned out of it lies outside.
    pub fn level(&mut self, level: f64) {
        let degrees = level - self.photo.as_ref().map_or(0.0, |photo| photo.level);
        let (width, height) = self.size();
        let Angle { sine, cosine } = Angle::degrees(degrees);
        self.change_points(&|point| {
            let (x, y) = (point.x - width / 2.0, point.y - height / 2.0);
            PhotoPoint::new(width / 2.0 + x * cosine - y * sine, height / 2.0 + x * sine + y * cosine)
        });
        if let Some(photo) = &mut self.photo {
            photo.level = level;
        }
        if let Some(head) = &mut self.head {
            head.roll = within_a_turn(head.roll + degrees);
        }
    }

    fn change_points(&mut self, change: &dyn Fn(PhotoPoint) -> PhotoPoint) {
        let within = |value: f64| value.clamp(-DESIGN_LIMITS.farthest_px, DESIGN_LIMITS.farthest_px);
        let changed = |point: &mut PhotoPoint| {
            let moved = change(*point);
            *point = PhotoPoint::new(within(moved.x), within(moved.y)).rounded();
        };
        if let Some(calibration) = &mut self.calibration {
            changed(&mut calibration.a);
            changed(&mut calibration.b);
        }
        self.glabella.iter_mut().chain(self.landmarks.points_mut()).for_each(changed);
        self.head.iter_mut().for_each(|head| changed(&mut head.centre));
        if let Some(probe) = &mut self.probe {
            changed(&mut probe.stubble);
            changed(&mut probe.skin);
        }
        self.own_hair.iter_mut().flat_map(|stroke| &mut Rc::make_mut(stroke).points).for_each(changed);
        drawn_points(&mut self.hairline, &mut self.fill).for_each(changed);
        // Marks that give no scale any more say nothing, and a file with them would not open.
        self.calibration = self.calibration.filter(|calibration| calibration.scale().is_ok());
    }

    /// The fill that follows the line, with its place among the fill operations.
    #[must_use]
    pub fn area_fill(&self) -> Option<(usize, &AreaFill)> {
        self.fill.iter().enumerate().find_map(|(index, op)| match op.as_ref() {
            FillOp::ToHere(fill) => Some((index, fill)),
            FillOp::Stroke(_) | FillOp::Band(_) | FillOp::Patch(_) => None,
        })
    }
}

/// The same direction, above -180 and up to 180 degrees.
pub(crate) fn within_a_turn(degrees: f64) -> f64 {
    let rest = degrees - (degrees / 360.0).floor() * 360.0;
    if rest > 180.0 { rest - 360.0 } else { rest }
}

/// Digest of a photo's bytes: their number and their FNV-1a hash of 64 bits (Fowler, Noll, Vo). It recognises the same file
/// again; it is no signature.
#[must_use]
pub fn photo_digest(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("fnv1a64-{}-{hash:016x}", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::HairOnTop;
    use crate::engine::design::{Band, BandKind, Patch};

    #[test]
    fn the_digest_is_fnv_1a() {
        // Test vectors of the FNV reference: "" and "foobar".
        assert_eq!(photo_digest(b""), "fnv1a64-0-cbf29ce484222325");
        assert_eq!(photo_digest(b"foobar"), "fnv1a64-6-85944171f73967e8");
    }

    #[test]
    fn a_view_without_marks_is_rough() {
        let photo = PhotoRef { width: 1600, height: 2000, quarter_turns: 0, level: 0.0, digest: String::new() };
        let view = View { photo: Some(photo), ..View::default() };
        assert!(view.scale(&Parameters::default()).rough);
        assert!(view.face(&Parameters::default()).is_none());
    }

    fn drawn() -> View {
        let at = PhotoPoint::new;
        let fill = [
            FillOp::Band(Band {
                kind: BandKind::Scar,
                handles: vec![at(10.0, 20.0), at(50.0, 20.0)],
                width: 8.0,
                density: 90.0,
            }),
            FillOp::Patch(Patch { outline: vec![at(0.0, 0.0), at(40.0, 0.0), at(0.0, 30.0)], density: 90.0 }),
        ];
        let head = Head {
            side: Side::Front,
            centre: at(100.0, 150.0),
            half_width: 60.0,
            half_height: 80.0,
            roll: 10.0,
            yaw: 5.0,
            pitch: -5.0,
            camera: Mm(900.0),
            camera_told: false,
            by_hand: true,
            outline_unseen: false,
            hair_on_top: HairOnTop::Unknown,
        };
        View {
            photo: Some(PhotoRef { width: 300, height: 400, quarter_turns: 0, level: 0.0, digest: String::new() }),
            head: Some(head),
            probe: Some(Probe { stubble: at(20.0, 30.0), skin: at(40.0, 30.0), darkening: 0.3 }),
            fill: fill.map(Rc::new).to_vec(),
            ..View::default()
        }
    }

    #[test]
    fn a_quarter_turn_takes_everything_along_and_four_are_none() {
        let mut view = drawn();
        let top = view.head.unwrap().on_outline(0.0, 1.0);
        view.turn();
        let (head, probe) = (view.head.unwrap(), view.probe.unwrap());
        assert_eq!((head.centre, head.roll), (PhotoPoint::new(250.0, 100.0), 100.0));
        assert_eq!((head.half_width, head.half_height), (60.0, 80.0), "the halves stay with the head's own axes");
        let turned_top = PhotoPoint::new(400.0 - top.y, top.x);
        assert!(head.on_outline(0.0, 1.0).distance(turned_top) < 1e-6, "{head:?}");
        assert_eq!((probe.stubble, probe.skin), (PhotoPoint::new(370.0, 20.0), PhotoPoint::new(370.0, 40.0)));
        assert_eq!(view.fill[0].points()[0], PhotoPoint::new(380.0, 10.0));
        (0..3).for_each(|_| view.turn());
        assert_eq!(view, drawn());
    }

    #[test]
    fn everything_grows_with_the_picture() {
        let mut view = drawn();
        let tops = [view.head.unwrap().on_outline(0.0, 1.0), view.head.unwrap().on_outline(1.0, 0.0)];
        view.fit_to(2.0, 2.0);
        let head = view.head.unwrap();
        assert_eq!(head.centre, PhotoPoint::new(200.0, 300.0));
        assert!((head.half_width - 120.0).abs() < 1e-9 && (head.half_height - 160.0).abs() < 1e-9, "{head:?}");
        for (before, after) in tops.into_iter().zip([head.on_outline(0.0, 1.0), head.on_outline(1.0, 0.0)]) {
            assert!(after.distance(PhotoPoint::new(before.x * 2.0, before.y * 2.0)) < 1e-6, "{before:?} {after:?}");
        }
        assert!(matches!(view.fill[0].as_ref(), FillOp::Band(band) if band.width == 16.0));
        assert_eq!(view.fill[1].points()[1], PhotoPoint::new(80.0, 0.0));
        assert_eq!(view.probe.unwrap().skin, PhotoPoint::new(80.0, 60.0));
    }

    #[test]
    fn what_the_visitor_made_is_work_and_what_was_guessed_is_not() {
        let with = |change: fn(&mut View)| {
            let mut design = Design::new(&Parameters::default(), 1);
            design.views.front.photo = drawn().photo;
            change(&mut design.views.front);
            design.has_work()
        };
        assert!(!with(|view| view.photo = drawn().photo));
        assert!(!with(|view| view.head = drawn().head.map(|head| Head { by_hand: false, ..head })));
        assert!(with(|view| view.head = drawn().head));
        assert!(with(|view| view.probe = drawn().probe));
        assert!(with(|view| view.fill = drawn().fill));
    }

    #[test]
    fn a_direction_is_kept_within_a_turn() {
        for (degrees, kept) in [(190.0, -170.0), (-180.0, 180.0), (180.0, 180.0), (450.5, 90.5), (-0.0, 0.0)] {
            assert_eq!(within_a_turn(degrees), kept, "{degrees}");
        }
        // What is a hair's breadth beyond a limit comes back within: a file with more than 180 degrees would not open.
        for limit in [-540.0, -360.0, -180.0, 0.0, 180.0, 360.0, 540.0_f64] {
            for degrees in [limit.next_down(), limit, limit.next_up()] {
                let kept = within_a_turn(degrees);
                assert!(kept > -180.0 && kept <= 180.0, "{degrees}: {kept}");
            }
        }
    }
}
