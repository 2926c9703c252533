//! What is seen of a photo around hair and head: light, how far hair is, and how deep a place lies inside the head's outline.

use super::arm::Arm;
use super::error::ClippedError;
use super::hair_mask::HairMask;
use super::layer::{Frame, Layer};
use super::silhouette::Silhouette;
use crate::engine::calibration::{Head, HeadAxes, Side, Surface};
use crate::engine::color::light_of;
use crate::engine::editor::AnalysisImage;
use crate::engine::face::PersonMask;
use crate::engine::geometry::{PhotoPoint, PhotoRect, PxPerMm};
use crate::engine::render::PixelRect;

/// From which share on a place is hair.
const HAIR: f64 = 0.25;
/// How far around hair the photo is replaced wholly, and from where on not at all, mm: over skin, where strands end and lie in their
/// own shadow; beside faces; beside ears; and over the wall, where single strands stand out.
const RIM_SKIN: (f64, f64) = (1.8, 6.0);
const RIM_FACE: (f64, f64) = (1.5, 4.5);
const RIM_EAR: (f64, f64) = (0.6, 1.8);
const RIM_WALL: (f64, f64) = (3.0, 5.0);
/// Between these heights of the head (in halves of its outline) the rim gets narrower, downwards; and there between these distances
/// from the middle, outwards, where ears are.
const FACE: (f64, f64) = (-0.1, 0.12);
const EARS: (f64, f64) = (0.8, 0.9);
/// From the side ears are within these distances from the middle.
const EARS_ASIDE: (f64, f64) = (0.2, 0.35);
/// How much of the photo around hair and head is looked at, mm.
const AROUND_MM: f64 = 28.0;
/// How deep inside and outside of the outline it is told how deep, mm.
const DEPTH_MM: f64 = 14.0;
/// How surely a person must be seen at a place that is no wall.
const PERSON: f64 = 0.25;
/// Where nobody was looked for, ears are taken to stand out within these halves of the outline: across, and up.
const EARS_OUT: (f64, f64) = (1.25, 0.2);
/// Bare skin and wall are taken from so far beside hair, mm; beside the face from the rim's end on.
const BARE_MM: f64 = 3.0;

/// How finely hair is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// To be seen at once: no wall is continued by patches.
    Rough,
    /// To stay.
    Whole,
}

/// What is known of a photo when its hair is replaced.
#[derive(Debug, Clone, Copy)]
pub struct ClippedInput<'a> {
    /// The photo as the program looks at it.
    pub image: &'a AnalysisImage,
    /// Where hair is.
    pub hair: &'a HairMask,
    /// Skin that is seen where ears are, if anybody looked for it.
    pub ears: Option<&'a HairMask>,
    /// Arms of glasses over hair.
    pub arms: &'a [Arm],
    /// Where hair may be at all, if anybody looked for it.
    pub possible: Option<&'a HairMask>,
    /// Where the head ends once its hair is clipped, photo pixels, closed.
    pub silhouette: &'a [PhotoPoint],
    /// The head.
    pub head: &'a Head,
    /// Its skin.
    pub surface: &'a Surface,
    /// Photo pixels of a mm.
    pub px_per_mm: PxPerMm,
    /// How finely it is replaced.
    pub detail: Detail,
}

/// What is seen around hair and head.
pub(super) struct Sight<'a> {
    /// Linear light.
    pub(super) light: Layer<[f32; 3]>,
    /// How far hair is, photo pixels.
    pub(super) from_hair: Layer<f32>,
    /// How deep inside the head's outline, photo pixels.
    pub(super) depth: Layer<f32>,
    /// Skin that is seen where ears are.
    pub(super) ears: Option<&'a HairMask>,
    /// Arms of glasses, which stay.
    pub(super) arms: &'a [Arm],
    /// Where hair may be at all.
    pub(super) possible: Option<&'a HairMask>,
    pub(super) head: &'a Head,
    /// Its axes.
    pub(super) axes: HeadAxes,
    pub(super) surface: &'a Surface,
    pub(super) person: Option<&'a PersonMask>,
    /// Photo pixels of a mm.
    pub(super) mm: f64,
    /// How wide edges are seen, photo pixels.
    pub(super) softness: f64,
    pub(super) detail: Detail,
    /// How far the outline that was met lies outside of the one that was looked for at most, photo pixels.
    pub(super) widened: f64,
    /// How deep the deepest dent of the outline is above the ears, photo pixels.
    pub(super) dent: f64,
}

impl<'a> Sight<'a> {
    pub(super) fn new(input: &ClippedInput<'a>) -> Result<Self, ClippedError> {
        let ClippedInput { image, hair, ears, arms, possible, head, surface, .. } = *input;
        let mm = input.px_per_mm.get();
        let outline = Silhouette::of(input.silhouette, head, mm).ok_or(ClippedError::NoOutline)?;
        let frame = frame(input).ok_or(ClippedError::NoHair)?;
        let first = frame.place(PhotoPoint::new(0.5 / image.zoom, 0.5 / image.zoom));
        let (left, above) = ((0.5 - first.0) as usize, (0.5 - first.1) as usize);
        let light = Layer::of(frame, |column, row| {
            let at = ((above + row) * image.width + left + column) * 4;
            let pixel = image.pixels.get(at..).and_then(|rest| rest.first_chunk::<3>());
            pixel.copied().unwrap_or_default().map(light_of)
        });
        let from_hair = Layer::distances(frame, |column, row| hair.share(frame.middle(column, row)) >= HAIR);
        let (fitted, softness) = outline.fitted(&light, &from_hair);
        let (outline, widened) = (&fitted, fitted.beyond(&outline));
        let dent = outline.dent();
        let depth = outline.depths(frame, DEPTH_MM * mm);
        let person = image.person.as_deref().filter(|_| head.side != Side::Top);
        Ok(Self {
            light,
            from_hair,
            depth,
            ears,
            arms,
            possible,
            head,
            axes: head.axes(),
            surface,
            person,
            mm,
            softness,
            detail: input.detail,
            widened,
            dent,
        })
    }

    /// 1 for each cell of which that is true: its middle, how deep it lies inside the outline and how far from hair.
    pub(super) fn layer(&self, is: impl Fn(PhotoPoint, f32, f32) -> bool) -> Layer<f32> {
        let frame = self.light.frame;
        let near = self.depth.values.iter().zip(&self.from_hair.values);
        let value = |(at, (depth, from_hair)): (usize, (&f32, &f32))| {
            let is = is(frame.middle(at % frame.columns, at / frame.columns), *depth, *from_hair);
            if is { 1.0 } else { 0.0 }
        };
        Layer { frame, values: near.enumerate().map(value).collect() }
    }

    /// How surely an ear may be seen at a place beside the face or in it, 0 to 1.
    pub(super) fn on_ear(&self, at: PhotoPoint) -> f64 {
        let (right, _) = self.axes.shares(at);
        let is_low = 1.0 - self.on_skull(at);
        match self.head.side {
            Side::Left | Side::Right => is_low * step((EARS_ASIDE.1 - right.abs()) / (EARS_ASIDE.1 - EARS_ASIDE.0)),
            _ => is_low * step((right.abs() - EARS.0) / (EARS.1 - EARS.0)),
        }
    }

    /// Whether hair may be at a place.
    pub(super) fn is_possible(&self, at: PhotoPoint) -> bool {
        self.possible.is_none_or(|possible| possible.share(at) > 0.5)
    }

    /// Whether a person may be seen at a place outside of the outline.
    pub(super) fn is_person(&self, at: PhotoPoint) -> bool {
        self.person.map_or(self.is_beside_ears(at), |person| person.share(at).is_some_and(|share| share > PERSON))
    }

    /// Whether an ear may stand at a place outside of the outline.
    pub(super) fn is_beside_ears(&self, at: PhotoPoint) -> bool {
        let (right, up) = self.axes.shares(at);
        self.head.side != Side::Top && right.abs() < EARS_OUT.0 && up < EARS_OUT.1
    }

    /// How surely an ear is seen at a place, 0 to 1: skin where ears are, that stands out from the face or from the skull.
    fn seen_ear(&self, at: PhotoPoint, is_wall: f64) -> f64 {
        let (right, _) = self.axes.shares(at);
        let is_aside = step((right.abs() - EARS.0) / (EARS.1 - EARS.0));
        let is_there = self.ears.filter(|_| self.head.side == Side::Front).map_or(0.0, |ears| ears.share(at));
        is_there * is_aside.max(is_wall)
    }

    /// 1 over the face's and ears' height, 0 there.
    pub(super) fn on_skull(&self, at: PhotoPoint) -> f64 {
        let (_, up) = self.axes.shares(at);
        if self.head.side == Side::Top { 1.0 } else { step((up - FACE.0) / (FACE.1 - FACE.0)) }
    }

    /// How far around hair a place is replaced wholly, and from where on not at all, photo pixels.
    pub(super) fn rim(&self, at: PhotoPoint, depth: f32) -> (f32, f32) {
        let is_high = self.on_skull(at);
        let is_wall = step(f64::from(-depth) / self.mm);
        let is_ear = self.on_ear(at).max(self.seen_ear(at, is_wall));
        let mix = |skin: f64, face: f64, ear: f64, wall: f64| {
            let head = if self.head.side == Side::Back { skin } else { face + (skin - face) * is_high };
            let beside = head + (wall - head) * is_wall;
            ((beside + (ear - beside) * is_ear) * self.mm) as f32
        };
        let [skin, face, ear, wall] = [RIM_SKIN, RIM_FACE, RIM_EAR, RIM_WALL];
        (mix(skin.0, face.0, ear.0, wall.0), mix(skin.1, face.1, ear.1, wall.1))
    }

    /// Bare skin and wall count from so far beside hair, photo pixels.
    pub(super) fn bare_from(&self, at: PhotoPoint, depth: f32) -> f32 {
        self.rim(at, depth).1.min((BARE_MM * self.mm) as f32)
    }
}

/// The cells of what was looked at around hair and head; `None` where there is no hair.
fn frame(input: &ClippedInput<'_>) -> Option<Frame> {
    let ClippedInput { image, hair, silhouette, .. } = input;
    let pitch = 1.0 / image.zoom;
    let rows = image.pixels.len() / 4 / image.width.max(1);
    let is_hair = |at: &usize| hair.shares.get(*at).is_some_and(|share| f64::from(*share) >= HAIR * 255.0);
    let middle = |at: usize| {
        let (column, row) = (at % hair.columns.max(1), at / hair.columns.max(1));
        PhotoPoint::new((column as f64 + 0.5) / hair.zoom, (row as f64 + 0.5) / hair.zoom)
    };
    let hairy: Vec<PhotoPoint> = (0..hair.shares.len()).filter(is_hair).map(middle).collect();
    if hairy.is_empty() {
        return None;
    }
    let around = PhotoRect::around(&hairy).union(PhotoRect::around(*silhouette));
    let around = around.inflated(AROUND_MM * input.px_per_mm.get());
    let cells = PixelRect::covering(around, image.zoom, image.width, rows);
    let origin = PhotoPoint::new(f64::from(cells.x) * pitch, f64::from(cells.y) * pitch);
    (!cells.is_empty()).then_some(Frame { origin, pitch, columns: cells.width, rows: cells.height })
}

/// From 0 to 1, smoothly.
pub(super) fn step(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}
