//! The visitor's own hair, clipped: stubble on the places of the same tile. Where a hair grows at a dot of the treatment the darker of both
//! is seen.

use super::dot::Dot;
use super::field::Field;
use crate::engine::geometry::{PhotoPoint, PhotoRect};

/// Stubble on a view.
#[derive(Debug, Clone, Default)]
pub struct Stubble {
    /// By the bits of their places, rising.
    hairs: Vec<Dot>,
    /// Where no dot shows, for no skin is left: the bits of their places, rising.
    gone: Vec<u64>,
    reach: PhotoRect,
}

impl Stubble {
    /// Stubble on the skin that a field lies on, where so many hairs per cm2 grow at each place of a rectangle of the picture. None
    /// where the field was never brought up to date. Where skin is gone with the hair over it nothing stands at all. Costs a look
    /// at each place of the tile there, and one more where something stands.
    #[must_use]
    pub fn new(
        field: &Field,
        rect: PhotoRect,
        density: impl Fn(PhotoPoint) -> f64,
        is_gone: impl Fn(PhotoPoint) -> bool,
    ) -> Self {
        let mut hairs = field.places_under(rect, |at| if is_gone(at) { f64::INFINITY } else { density(at) });
        hairs.sort_unstable_by_key(place);
        let gone = hairs.iter().filter(|hair| is_gone(hair.at())).map(place).collect();
        hairs.retain(|hair| !is_gone(hair.at()));
        let places: Vec<_> = hairs.iter().map(Dot::at).collect();
        Self { hairs, gone, reach: PhotoRect::around(&places) }
    }

    /// The rectangle of the picture that holds every hair.
    #[must_use]
    pub fn reach(&self) -> PhotoRect {
        self.reach
    }

    /// Dots of a treatment on the skin that is left, and the hairs as dots of its ink, each so many times as dark as a usual dot; of a dot
    /// and a hair at one place the darker.
    pub fn among(&self, dots: impl Iterator<Item = Dot>, strength: f32) -> impl Iterator<Item = Dot> {
        let mut shown: Vec<Dot> =
            self.hairs.iter().map(|hair| Dot { strength: hair.strength * strength, ..*hair }).collect();
        let mut free = Vec::new();
        for dot in dots.filter(|dot| self.gone.binary_search(&place(dot)).is_err()) {
            let hair = self.hairs.binary_search_by_key(&place(&dot), place).ok().and_then(|at| shown.get_mut(at));
            match hair {
                Some(hair) if taken(hair) < taken(&dot) => *hair = dot,
                Some(_) => (),
                None => free.push(dot),
            }
        }
        free.into_iter().chain(shown)
    }
}

fn place(dot: &Dot) -> u64 {
    u64::from(dot.x.to_bits()) << 32 | u64::from(dot.y.to_bits())
}

/// How much of the light a dot takes beside others.
fn taken(dot: &Dot) -> f32 {
    dot.strength * dot.size * dot.size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calibration::{Calibration, Reference};
    use crate::engine::catalog::Parameters;
    use crate::engine::design::{Band, BandKind, PhotoRef};
    use crate::engine::dots::BlueNoiseTile;
    use crate::engine::editor::{Command, Editor};
    use crate::engine::geometry::Mm;
    use std::rc::Rc;

    /// A plain picture of 800 x 800 pixels, eight to a millimetre, its upper half filled with 120 dots per cm2.
    fn filled() -> Field {
        let at = PhotoPoint::new;
        let mut editor = Editor::new(Parameters::default(), 5);
        let photo = PhotoRef { width: 800, height: 800, quarter_turns: 0, level: 0.0, digest: String::new() };
        editor.apply(Command::OpenPhoto(photo)).unwrap();
        let reference = Reference::Points { distance: Mm(50.0) };
        editor
            .apply(Command::Calibrate(Some(Calibration { reference, a: at(100.0, 700.0), b: at(500.0, 700.0) })))
            .unwrap();
        let handles = vec![at(0.0, 0.0), at(800.0, 0.0)];
        let band = Band { kind: BandKind::PartLine, handles, width: 4_000.0, density: 120.0 };
        editor.apply(Command::AddBand(band)).unwrap();
        let mut field = Field::new(Rc::new(BlueNoiseTile::grow(5)), 5);
        field.sync(editor.design(), editor.parameters());
        field
    }

    fn counted(dots: &[Dot], is_there: impl Fn(PhotoPoint) -> bool) -> f64 {
        dots.iter().filter(|dot| is_there(dot.at())).count() as f64
    }

    #[test]
    fn hair_and_dots_share_their_places() {
        let field = filled();
        let whole = PhotoRect::of_size(800.0, 800.0);
        let stubble =
            |density: f64| Stubble::new(&field, whole, move |at| if at.x < 400.0 { density } else { 0.0 }, |_| false);
        let left = |at: PhotoPoint| at.x < 400.0;
        let (bare, denser, sparser) = (field.dots(), stubble(170.0), stubble(60.0));
        let shown = |stubble: &Stubble| stubble.among(bare.iter().copied(), 0.5).collect::<Vec<_>>();
        // What is denser is what is seen: none stands twice.
        let (with_denser, with_sparser) = (counted(&shown(&denser), left), counted(&shown(&sparser), left));
        assert!((with_denser / counted(&bare, left) - 170.0 / 120.0).abs() < 0.04, "{with_denser}");
        assert_eq!(with_sparser, counted(&bare, left));
        assert_eq!(counted(&shown(&denser), |at| !left(at)), counted(&bare, |at| !left(at)));
    }

    #[test]
    fn of_a_dot_and_a_hair_at_one_place_the_darker_is_seen() {
        let field = filled();
        let stubble = Stubble::new(&field, PhotoRect::of_size(800.0, 800.0), |_| 170.0, |_| false);
        let bare = field.dots();
        let mean = |strength: f32, dots: &[Dot]| {
            let among: Vec<Dot> = stubble.among(dots.iter().copied(), strength).collect();
            among.iter().map(|dot| f64::from(taken(dot))).sum::<f64>() / among.len() as f64
        };
        let (ink, alone) =
            (bare.iter().map(|dot| f64::from(taken(dot))).sum::<f64>() / bare.len() as f64, mean(0.5, &[]));
        assert!(alone < 0.6 && ink > 0.8, "{alone} {ink}");
        // Of 170 places 120 have dots, which are the darker ones beside faint hair and not beside dark hair.
        let faint = (120.0 * ink + 50.0 * alone) / 170.0;
        assert!((mean(0.5, &bare) / faint - 1.0).abs() < 0.02, "{} {faint}", mean(0.5, &bare));
        assert!((mean(4.0, &bare) / mean(4.0, &[]) - 1.0).abs() < 0.001);
    }

    #[test]
    fn hair_is_as_uneven_as_ink() {
        let field = filled();
        let stubble = Stubble::new(&field, PhotoRect::of_size(800.0, 800.0), |_| 120.0, |_| false);
        let spread = |dots: &[Dot]| {
            let strengths = || dots.iter().map(|dot| dot.strength);
            (strengths().fold(f32::INFINITY, f32::min), strengths().fold(0.0, f32::max))
        };
        let (hair, ink) = (spread(&stubble.among(std::iter::empty(), 1.0).collect::<Vec<_>>()), spread(&field.dots()));
        assert!((hair.0 - ink.0).abs() < 0.05 && (hair.1 - ink.1).abs() < 0.05, "{hair:?} {ink:?}");
        assert!(hair.0 < 0.7 && hair.1 > 1.3, "{hair:?}");
    }

    #[test]
    fn where_skin_is_gone_nothing_stands() {
        let field = filled();
        let whole = PhotoRect::of_size(800.0, 800.0);
        let stubble = Stubble::new(&field, whole, |_| 170.0, |at| at.y < 200.0);
        let shown: Vec<Dot> = stubble.among(field.dots().into_iter(), 1.0).collect();
        assert_eq!(counted(&shown, |at| at.y < 200.0), 0.0);
        assert!(counted(&shown, |at| at.y > 200.0) > 10_000.0 * 0.5, "{}", shown.len());
    }
}
