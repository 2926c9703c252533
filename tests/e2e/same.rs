//! The same design on the same picture is the same everywhere: the picture that each engine saves is the one that is
//! computed here.

use crate::harness::{Options, Session, for_each_engine};
use crate::looked_at::halved;
use crate::site::Site;
use crate::visitor::{arrive, go, open_photo, press, wait_for_dots};
use hairline_designer::engine::calibration::{Calibration, Reference, Side};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{AreaFill, Design, PhotoRef, file};
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::editor::{AnalysisImage, Command, Editor, LineStyle, proposed_line, seen_head};
use hairline_designer::engine::export::PictureLayout;
use hairline_designer::engine::geometry::{Mm, PhotoPoint, PhotoRect};
use hairline_designer::engine::render::{Ink, PixelRect, Raster, SpecularMap};
use sample_head::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleTone, sample_head};
use std::fs;
use std::io::Cursor;
use std::rc::Rc;

/// What the program calls the picture of the sample head.
const SAMPLE: &str = "sample-head-1";

/// One value in so many may lie at the next level: browsers scale the picture in which shine is found by rules of their own.
const FEW: usize = 1_000;

/// RGB pixels, row by row, of that width.
struct Pixels {
    width: usize,
    rgb: Vec<u8>,
}

fn point((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(x, y)
}

/// A design on the sample head: a man's line at its true eyes, the scalp behind it, fresh, so that the dots are at their
/// darkest.
fn design() -> Design {
    let truth = sample_head(SampleTone::default()).truth;
    let mut editor = Editor::new(Parameters::default(), 1);
    let photo = PhotoRef {
        width: SAMPLE_WIDTH,
        height: SAMPLE_HEIGHT,
        quarter_turns: 0,
        level: 0.0,
        digest: SAMPLE.to_owned(),
    };
    let reference = Reference::TypedPupils { distance: Mm(63.0) };
    let marks = Calibration { reference, a: point(truth.pupil_left), b: point(truth.pupil_right) };
    let mut apply = |command: Command| editor.apply(command).expect("the command fits");
    apply(Command::OpenPhoto(photo));
    apply(Command::Calibrate(Some(marks)));
    apply(Command::SetGlabella(point(truth.glabella)));
    let head = seen_head(editor.view(), editor.parameters(), Side::Front, None);
    let line = proposed_line(editor.view(), editor.parameters(), LineStyle::Man);
    let (x, y) = truth.vertex;
    let boundary =
        [(-180.0, 150.0), (0.0, 60.0), (180.0, 150.0)].map(|(right, down)| PhotoPoint::new(x + right, y + down));
    let mut apply = |command: Command| editor.apply(command).expect("the command fits");
    apply(Command::SetHead(Some(head)));
    apply(Command::SetHairline(Some(line)));
    apply(Command::AreaFill(Some(AreaFill::even(boundary.to_vec(), 160.0))));
    let mut design = editor.design().clone();
    design.look.months.0 = 0.0;
    design
}

/// The picture that the exporter makes of a design, computed here.
fn computed(design: &Design) -> Pixels {
    let parameters = Parameters::default();
    let view = &design.views.front;
    let head = sample_head(SampleTone::default());
    let (width, height) = (head.width as usize, head.height as usize);
    let mut pixels = head.pixels;
    let mut field = Field::new(Rc::new(BlueNoiseTile::grow(design.seed)), design.seed);
    field.sync(design, &parameters);
    let specular_map = gloss_of(&pixels, width, design);
    let ink = Ink::new(&design.look, &parameters, view.scale(&parameters).px_per_mm.get(), Mm(0.0));
    let mut raster = Raster::new(PixelRect { x: 0, y: 0, width, height });
    raster.draw(&field, &ink, 1.0, Some(&specular_map));
    raster.darken(&ink, &mut pixels);
    Pixels { width, rgb: pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect() }
}

/// Where the sample head shines, as the page finds it: in the smallest picture that it keeps, here one of half the size.
fn gloss_of(pixels: &[u8], width: usize, design: &Design) -> SpecularMap {
    let analysis_image = halved(&AnalysisImage::new(pixels.to_vec(), width, 1.0));
    let head = design.views.front.head_in_force(&Parameters::default());
    let upper: Vec<PhotoPoint> =
        head.outline(24).into_iter().filter(|at| at.y <= head.centre.y).map(|at| head.centre.lerp(at, 0.65)).collect();
    SpecularMap::of(&analysis_image.pixels, analysis_image.width, analysis_image.zoom, PhotoRect::around(&upper))
}

fn decoded(png: &[u8]) -> Pixels {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.set_transformations(png::Transformations::STRIP_16 | png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("its size")];
    let frame = reader.next_frame(&mut bytes).expect("its pixels");
    let channels = frame.color_type.samples();
    let rgb =
        bytes[..frame.buffer_size()].chunks_exact(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    Pixels { width: frame.width as usize, rgb }
}

/// The head as it is drawn, without loss. The file beside the program is not: browsers need not decode it to the same bit.
fn png_of_sample() -> Vec<u8> {
    let head = sample_head(SampleTone::default());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, head.width, head.height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().expect("the head of a PNG");
    writer.write_image_data(&head.pixels).expect("the pixels of a PNG");
    writer.finish().expect("the end of a PNG");
    file
}

fn saved(page: &Session, site: &Site, design: &str) -> Pixels {
    site.replace(&format!("assets/sample/{SAMPLE}.webp"), &png_of_sample());
    arrive(page, &site.url());
    open_photo(page, None);
    let file = std::env::temp_dir().join(format!("hairline-same-{}.json", page.engine().tag()));
    fs::write(&file, design).expect("the design is written");
    go(page, 5);
    page.find_css("#design-file").upload(&[&file]);
    page.wait_for_text("The design is open");
    wait_for_dots(page);
    press(page, "Save the picture");
    let picture = page.wait_download();
    decoded(&picture.bytes)
}

#[test]
fn the_saved_picture_is_the_computed_one_in_every_engine() {
    let design = design();
    let text = file::write(&design).unwrap();
    let expected = computed(&design);
    let layout = PictureLayout::new(SAMPLE_WIDTH, SAMPLE_HEIGHT, 1);
    let placed = layout.pictures[0];
    assert_eq!((placed.width, placed.height), (SAMPLE_WIDTH, SAMPLE_HEIGHT), "the picture is saved in another size");
    for_each_engine(&Options::default(), |page| {
        let site = Site::start();
        let picture = saved(page, &site, &text);
        let (mut worst, mut differing) = (0, 0_usize);
        for row in 0..placed.height as usize {
            let here = &expected.rgb[row * expected.width * 3..(row + 1) * expected.width * 3];
            let from = ((placed.y as usize + row) * picture.width + placed.x as usize) * 3;
            for (a, b) in here.iter().zip(&picture.rgb[from..from + here.len()]) {
                worst = worst.max(a.abs_diff(*b));
                differing += usize::from(a != b);
            }
        }
        println!("      pixels differ by {worst} levels at most, {differing} of {} values", expected.rgb.len());
        assert!(worst <= 1, "a pixel differs by {worst} levels");
        assert!(differing * FEW < expected.rgb.len(), "{differing} values differ");
    });
}
