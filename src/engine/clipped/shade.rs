//! Shade and light along the edge of a bare head, which look like hair: nothing is clipped there.
//!
//! How dark a place is tells no hair, as much hair is lighter than skin. But skin in shade gets redder for its light, as light goes
//! through blood there, and no hair is redder than skin by much; skin is as smooth in every light, and hair hardly ever is; and
//! hair stands off the skull.

use super::cells::CellLook;
use super::regions::{distances, pieces};
use super::seen_hair::SeenHair;
use super::zones::Known;
use crate::engine::geometry::{PhotoPoint, Polygon, median};

/// No shade is so large, mm2: that on bare heads was up to 1,540 (this and what follows was chosen on portraits of officials in the public
/// domain and two photos of a shaved head in side light).
const MAX_SHADE: f32 = 2_000.0;
/// What is darker than the skin of the face and redder by so much is skin in shade, hundredths: bare heads had 4.7 to 26, hair of so
/// small an area up to 2.4.
const REDDER: f32 = 3.5;
/// What is rougher than the skin of the face by no more than this factor is skin, if its light is this share of that: in black nothing
/// is seen that is rough, and white hair in light is smooth.
const ROUGHER: f32 = 1.6;
const LIGHT: (f32, f32) = (0.25, 1.12);
/// But what stands off the skull by this share of it is hair: of smooth skin up to 0.36 did, of thin smooth fringes mostly more than half.
const MAX_OFF_SKULL: f32 = 0.45;
/// Farther inside a piece than this what is seen is its own, mm.
const INSIDE_MM: f32 = 1.0;

impl SeenHair {
    /// How much of what was found is hair, and not shade on a skull of that outline, mm2. Where no face is seen from the front, all of it.
    pub(super) fn hair_but_for_shade(&self, is_hair: &[bool], skull: &[PhotoPoint]) -> f32 {
        let (columns, mm2) = (self.cells.columns, self.per_mm * self.per_mm);
        let face = self.face_look(is_hair);
        let skull = Polygon::new(skull.to_vec());
        let to_other = distances(is_hair.iter().map(|is_hair| !is_hair), columns);
        let is_inside = |at: &usize| to_other.get(*at).is_some_and(|far| *far > INSIDE_MM * self.per_mm);
        let is_shade = |piece: &Vec<usize>| {
            let look = self.usual_look(piece.iter().copied().filter(is_inside));
            let off = piece.iter().filter(|at| !skull.contains(self.cells.middle(**at))).count() as f32;
            let is_flat = off < MAX_OFF_SKULL * piece.len() as f32;
            let is_skin = |(look, face)| is_skin_in_shade(look, face) || is_flat && is_smooth_skin(look, face);
            piece.len() as f32 <= MAX_SHADE * mm2 && look.zip(face).is_some_and(is_skin)
        };
        let hair = pieces(is_hair, columns).into_iter().filter(|piece| !is_shade(piece));
        hair.map(|piece| piece.len() as f32).sum::<f32>() / mm2
    }

    /// The usual look of the skin of a face that is seen from the front.
    fn face_look(&self, is_hair: &[bool]) -> Option<CellLook> {
        let bare = self.zones.iter().zip(is_hair).enumerate().filter(|(_, (zone, is_hair))| match zone.known {
            Some(Known::Skin) => true,
            Some(Known::Forehead) => !**is_hair,
            _ => false,
        });
        self.usual_look(bare.map(|(at, _)| at))
    }

    /// The look in the middle of those of some cells; `None` of none.
    fn usual_look(&self, places: impl Iterator<Item = usize>) -> Option<CellLook> {
        let looks: Vec<&CellLook> = places.filter_map(|at| self.cells.looks.get(at)).collect();
        let [light, red, blue, rough] = std::array::from_fn(|of| {
            median(looks.iter().filter_map(|look| look.get(of)).map(|value| f64::from(*value)))
                .map(|value| value as f32)
        });
        Some([light?, red?, blue?, rough?])
    }
}

/// Whether a look is that of a face's skin in shade.
fn is_skin_in_shade([light, red, ..]: CellLook, [face_light, face_red, ..]: CellLook) -> bool {
    light < face_light && red > face_red + REDDER
}

/// Whether a look may be that of a face's skin in other light, by how smooth it is.
fn is_smooth_skin([light, .., rough]: CellLook, [face_light, .., face_rough]: CellLook) -> bool {
    rough <= ROUGHER * face_rough && (LIGHT.0 * face_light..LIGHT.1 * face_light).contains(&light)
}

#[cfg(test)]
mod tests {
    use super::super::cells::Cells;
    use super::super::drawn::{Drawn, LIGHT_DARK, SKULL, in_photo, on_head, view};
    use super::super::zones::Zones;
    use super::*;
    use crate::engine::calibration::Side;
    use crate::engine::catalog::Parameters;

    type Place = (f64, f64);

    /// How much of what was found on a drawn head is hair, and how much was found, mm2. The right side stands in red shade.
    fn hair_but_for_shade(hair: &dyn Fn(Place) -> bool, is_found: &dyn Fn(Place) -> bool) -> (f32, f32) {
        let mut image = Drawn { side: Side::Front, palette: LIGHT_DARK, hair, rough: 0.5 }.image();
        let width = image.width;
        for (at, [red, green, blue, _]) in image.pixels.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let place = on_head(PhotoPoint::new((at % width) as f64 + 0.5, (at / width) as f64 + 0.5));
            if place.0 > 50.0 && !hair(place) {
                (*red, *green, *blue) = (*red / 2, *green / 3, *blue / 3);
            }
        }
        let (view, parameters) = (view(Side::Front, 0.0), Parameters::default());
        let zones = Zones::new(image.person.as_deref(), &view, &parameters, None);
        let cells = Cells::new(&image, zones.part(), zones.px_per_mm).unwrap();
        let (seen, _) = SeenHair::new(cells, &zones).unwrap();
        let found: Vec<bool> = (0..seen.cells.looks.len()).map(|at| is_found(on_head(seen.cells.middle(at)))).collect();
        let skull: Vec<PhotoPoint> = (0..72)
            .map(|step| f64::from(step * 5).to_radians().sin_cos())
            .map(|(x, y)| in_photo((SKULL.at.0 + x * SKULL.half.0, SKULL.at.1 + y * SKULL.half.1)))
            .collect();
        let all = found.iter().filter(|found| **found).count() as f32 / (seen.per_mm * seen.per_mm);
        (seen.hair_but_for_shade(&found, &skull), all)
    }

    /// A band along the right edge of the skull.
    fn band((x, y): Place) -> bool {
        x > 56.0 && SKULL.has((x, y)) && (14.0..60.0).contains(&y)
    }

    #[test]
    fn shade_on_a_skull_is_no_hair_unless_it_is_large_or_stands_off() {
        let (hair, all) = hair_but_for_shade(&|_| false, &band);
        assert!(hair < 1.0 && (300.0..1_000.0).contains(&all), "a band of shade of {all} mm2: {hair}");
        let (hair, all) = hair_but_for_shade(&band, &band);
        assert!((hair - all).abs() < 1.0, "a band of hair of {all} mm2: {hair}");
        let (hair, all) = hair_but_for_shade(&|_| false, &|place| place.0 > 50.0 && SKULL.has(place));
        assert!(all > MAX_SHADE && (hair - all).abs() < 1.0, "{all} mm2: {hair}");
        let off = |(x, y): Place| SKULL.grown(10.0).has((x, y)) && x > 73.0 && (14.0..60.0).contains(&y);
        let (hair, all) = hair_but_for_shade(&|_| false, &off);
        assert!(all > 200.0 && (hair - all).abs() < 1.0, "what stands off, {all} mm2: {hair}");
    }

    #[test]
    fn skin_in_shade_is_redder_or_as_smooth_and_hair_is_neither() {
        // Looks on portraits: light, red over green, blue over green, roughness.
        let light = [207.0, 21.6, -11.9, 1.6];
        let dark = [146.0, 37.0, -33.2, 1.4];
        for (what, look, face, is_skin) in [
            ("shade beside a steep edge of light", [72.0, 47.5, -18.6, 5.2], light, true),
            ("light from behind", [143.0, 11.6, -3.2, 2.3], [156.0, 33.3, -9.8, 1.9], true),
            ("dark skin in shade", [88.0, 44.9, -12.1, 1.4], dark, true),
            ("dark skin in deep shade", [35.0, 34.5, -9.2, 2.3], [118.0, 47.3, -19.0, 1.5], true),
            ("black hair", [34.0, 6.0, -10.7, 3.9], [155.0, 33.2, -10.4, 1.0], false),
            ("black hair that shows nothing", [24.0, 0.0, 0.0, 1.2], [108.0, 21.8, -9.0, 0.8], false),
            ("red hair", [101.0, 26.4, -8.8, 4.5], [183.0, 26.7, -15.8, 0.8], false),
            ("grey hair", [127.0, 9.1, -6.1, 2.1], [148.0, 28.0, -12.2, 0.7], false),
            ("white hair in light", [208.0, 6.3, -8.4, 1.3], [181.0, 28.8, -12.8, 1.1], false),
            ("flushed skin in light", [210.0, 30.0, -12.0, 5.0], light, false),
        ] {
            let found = is_skin_in_shade(look, face) || is_smooth_skin(look, face);
            assert_eq!(found, is_skin, "{what}");
        }
    }
}
