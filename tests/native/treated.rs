//! Photos with a first idea and with their hair clipped, as pictures to be looked at.
#![cfg(test)]

use crate::clipped::photos_called;
use crate::hair_photos::HairPhoto;
use hairline_designer::engine::calibration::{Calibration, Reference};
use hairline_designer::engine::clipped::{ClippedHair, clip_hair};
use hairline_designer::engine::design::{Appearance, Hair};
use hairline_designer::engine::dots::{BlueNoiseTile, Dot, Field};
use hairline_designer::engine::editor::{Command, Editor, FillEnd, matched_shade, scalp_fill, shade_like};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoRect};
use hairline_designer::engine::render::{Ink, PixelRect, Raster, SpecularMap};
use std::fs::File;
use std::path::Path;
use std::rc::Rc;

/// Writes into the folder that `TREATED_PICTURES` names, of the photos whose names hold one of what `TREATED_PHOTOS` says: the photo, the
/// same with the area's outline, filled, and filled with its hair clipped.
#[test]
#[ignore = "writes pictures to be looked at"]
fn treated_photos_as_pictures() {
    let folder = std::env::var("TREATED_PICTURES").expect("TREATED_PICTURES names a folder");
    let wanted = std::env::var("TREATED_PHOTOS").unwrap_or_default();
    let tile = Rc::new(BlueNoiseTile::grow(1));
    let mut written = 0;
    for (name, side) in photos_called(&wanted) {
        let Some(photo) = HairPhoto::read(name, *side) else { continue };
        Treated::new(photo, tile.clone()).write_all(&Path::new(&folder).join(name));
        written += 1;
    }
    assert!(written > 0, "no photo is called {wanted}");
}

/// A photo with a design on it.
struct Treated {
    photo: HairPhoto,
    editor: Editor,
    field: Field,
    specular_map: SpecularMap,
}

impl Treated {
    /// The first idea; on a photo from elsewhere than the front the area to the hair. In the shade that is matched.
    fn new(photo: HairPhoto, tile: Rc<BlueNoiseTile>) -> Self {
        let HairPhoto { image, mut editor, .. } = photo.clone();
        if photo.face.is_none() {
            // As wide as a usual head.
            let head = editor.view().head_in_force(editor.parameters());
            let half = head.side.usual_outline(Mm(195.0)).0;
            let (a, b) = (head.centre, head.centre.moved(head.half_width, 0.0));
            let reference = Reference::Points { distance: Mm(half) };
            editor.apply(Command::Calibrate(Some(Calibration { reference, a, b }))).unwrap();
        }
        if editor.view().area_fill().is_none()
            && photo.face.is_none()
            && let Some(fill) = scalp_fill(editor.view(), editor.parameters(), &image, FillEnd::Hair)
        {
            editor.apply(Command::AreaFill(Some(fill))).unwrap();
        }
        let head = editor.view().head_in_force(editor.parameters());
        let specular_map = SpecularMap::of(&image.pixels, image.width, image.zoom, head.upper_skull());
        if let Some((skin, (_, fill))) = specular_map.skin().zip(editor.view().area_fill())
            && let Some(shade) = matched_shade(&image, &head, skin, (fill.density, editor.parameters()))
        {
            let look = Appearance { shade: shade.to_owned(), ..editor.design().look.clone() };
            editor.apply(Command::SetLook(look)).unwrap();
        }
        let mut field = Field::new(tile, 1);
        field.sync_side(editor.design(), editor.side(), editor.parameters());
        Self { photo, editor, field, specular_map }
    }

    fn write_all(&self, path: &Path) {
        let image = &self.photo.image;
        let write = |name: &str, rgba: &[u8]| write(&path.with_extension(format!("{name}.png")), rgba, image.width);
        let mut outlined = image.pixels.clone();
        if let Some((_, fill)) = self.editor.view().area_fill() {
            self.trace(&fill.boundary, [255, 255, 0], &mut outlined);
        }
        if let Some(line) = &self.editor.view().hairline {
            self.trace_open(line.curve().points(), [0, 255, 255], &mut outlined);
        }
        write("0-photo", &image.pixels);
        write("1-outline", &outlined);
        write("2-filled", &self.darkened(image.pixels.clone(), self.field.dots()));
        let rect = self.rect();
        let ground = (self.editor.view(), self.editor.parameters());
        let began = std::time::Instant::now();
        match clip_hair(image, self.photo.face.as_ref(), ground, 1) {
            Err(refusal) => {
                println!("{}: {refusal:?}, shade {}", self.photo.name, self.editor.design().look.shade);
            }
            Ok((clipped, hair)) => {
                let mut bare = image.pixels.clone();
                clipped.apply(&mut bare, rect, image.zoom);
                write("3-bare", &bare);
                let look = self.clipped_look(&hair);
                let strength = hair.strength(&look, self.editor.parameters()) as f32;
                let stubble = hair.stubble(&self.field);
                let dots = |field: Vec<Dot>| stubble.among(field.into_iter(), strength).collect::<Vec<_>>();
                write("4-stubble", &self.inked(bare.clone(), dots(Vec::new()), (&look, &hair.specular_map)));
                write("5-clipped", &self.inked(bare, dots(self.field.dots()), (&look, &hair.specular_map)));
                println!(
                    "{}: takes {:.2}, was {:.2}, shade {}, before {}, in {:?}",
                    self.photo.name,
                    hair.taken(look.hair_length),
                    hair.darkness,
                    look.shade,
                    self.editor.design().look.shade,
                    began.elapsed()
                );
            }
        }
    }

    /// The look with hair clipped, in the shade that a first idea has then.
    fn clipped_look(&self, hair: &ClippedHair) -> Appearance {
        let mut look = Appearance { hair: Hair::Clipped, ..self.editor.design().look.clone() };
        let taken = hair.taken(look.hair_length);
        if let Some((skin, (_, fill))) = self.specular_map.skin().zip(self.editor.view().area_fill()) {
            let ground = (fill.density, self.editor.parameters());
            look.shade = shade_like(taken, skin, ground).to_owned();
        }
        look
    }

    fn rect(&self) -> PixelRect {
        let image = &self.photo.image;
        PixelRect { x: 0, y: 0, width: image.width, height: image.pixels.len() / 4 / image.width }
    }

    /// A picture with dots as it would be saved.
    fn darkened(&self, pixels: Vec<u8>, dots: Vec<Dot>) -> Vec<u8> {
        self.inked(pixels, dots, (&self.editor.design().look, &self.specular_map))
    }

    /// Likewise, in another look, on skin that shines elsewhere.
    fn inked(&self, mut pixels: Vec<u8>, dots: Vec<Dot>, (look, specular_map): (&Appearance, &SpecularMap)) -> Vec<u8> {
        let zoom = self.photo.image.zoom;
        let scale = self.editor.view().scale(self.editor.parameters()).px_per_mm;
        let ink = Ink::new(look, self.editor.parameters(), scale.get() * zoom, scale.mm(self.photo.blur));
        let mut raster = Raster::new(self.rect());
        raster.draw_dots(dots.into_iter().map(|dot| specular_map.over(dot)), &ink, zoom as f32);
        raster.darken(&ink, &mut pixels);
        pixels
    }

    fn trace(&self, outline: &[PhotoPoint], color: [u8; 3], pixels: &mut [u8]) {
        let closed: Vec<PhotoPoint> = outline.iter().chain(outline.first()).copied().collect();
        self.trace_open(&closed, color, pixels);
    }

    fn trace_open(&self, line: &[PhotoPoint], color: [u8; 3], pixels: &mut [u8]) {
        let (zoom, width) = (self.photo.image.zoom, self.photo.image.width);
        let within = PhotoRect::of_size(width as f64, pixels.len() as f64 / 4.0 / width as f64);
        for pair in line.windows(2) {
            let steps = (pair[0].distance(pair[1]) * zoom * 2.0) as u32 + 1;
            for step in 0..steps {
                let at = pair[0].lerp(pair[1], f64::from(step) / f64::from(steps));
                let at = PhotoPoint::new(at.x * zoom, at.y * zoom);
                if within.contains(at) {
                    let place = (at.y as usize * width + at.x as usize) * 4;
                    if let Some(pixel) = pixels.get_mut(place..place + 3) {
                        pixel.copy_from_slice(&color);
                    }
                }
            }
        }
    }
}

fn write(path: &Path, rgba: &[u8], width: usize) {
    let mut encoder = png::Encoder::new(File::create(path).unwrap(), width as u32, (rgba.len() / 4 / width) as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(rgba).unwrap();
}
