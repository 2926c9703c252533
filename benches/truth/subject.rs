//! A head before a camera as a visitor would measure it: the marks on its eyes, the head found in its pixels.

use hairline_designer::engine::calibration::{Calibration, Reference, Side, Surface};
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::design::{PhotoRef, View};
use hairline_designer::engine::editor::{AnalysisImage, seen_head};
use hairline_designer::engine::geometry::{Mm, PhotoPoint, Polygon};
use sample_head::{Camera, SampleScene, SampleTone, SampleTruth, Shape, Usual, render_rows};

/// Pixels of the picture that is looked at per pixel of the photo.
const LOOKED_AT: f64 = 1.0 / 3.0;

pub(crate) struct Subject<S: Shape> {
    pub(crate) scene: SampleScene<S>,
    pub(crate) truth: SampleTruth,
    pub(crate) px_per_mm: f64,
    pub(crate) view: View,
    pub(crate) parameters: Parameters,
}

/// How the size is told.
pub(crate) enum Told {
    /// The pupils, so many mm apart.
    Pupils(f64),
    /// The true scale where the skin is nearest to the camera, as of a card laid onto it: pixels per mm.
    Card(f64),
}

impl Subject<Usual> {
    pub(crate) fn new(camera: Camera, size: (u32, u32), tone: SampleTone, side: Side, told: &Told) -> Self {
        let small = Camera {
            px_per_mm: camera.px_per_mm * LOOKED_AT,
            target_px: (camera.target_px.0 * LOOKED_AT, camera.target_px.1 * LOOKED_AT),
            ..camera
        };
        let less = |side: u32| (f64::from(side) * LOOKED_AT) as u32;
        let looked_at = SampleScene::new(small, (less(size.0), less(size.1)), tone);
        Self::of(SampleScene::new(camera, size, tone), camera.px_per_mm, &looked_at, side, told)
    }
}

impl<S: Shape> Subject<S> {
    pub(crate) fn of(
        scene: SampleScene<S>,
        px_per_mm: f64,
        looked_at: &SampleScene<S>,
        side: Side,
        told: &Told,
    ) -> Self {
        let truth = scene.truth();
        let zoom = f64::from(looked_at.width()) / f64::from(scene.width());
        let pixels = render_rows(looked_at, 0..looked_at.height());
        let analysis_image = AnalysisImage::new(pixels, looked_at.width() as usize, zoom);
        let parameters = Parameters::default();
        let calibration = match told {
            Told::Pupils(mm) => Calibration {
                reference: Reference::TypedPupils { distance: Mm(*mm) },
                a: point(truth.pupil_left),
                b: point(truth.pupil_right),
            },
            Told::Card(px_per_mm) => Calibration {
                reference: Reference::Points { distance: Mm(80.0) },
                a: PhotoPoint::new(100.0, 100.0),
                b: PhotoPoint::new(100.0 + 80.0 * px_per_mm, 100.0),
            },
        };
        let photo = PhotoRef {
            width: scene.width(),
            height: scene.height(),
            quarter_turns: 0,
            level: 0.0,
            digest: String::new(),
        };
        let mut view = View {
            photo: Some(photo),
            calibration: Some(calibration),
            glabella: Some(point(truth.glabella)),
            ..View::default()
        };
        view.head = Some(seen_head(&view, &parameters, side, Some(&analysis_image)));
        Self { scene, truth, px_per_mm, view, parameters }
    }

    pub(crate) fn surface(&self) -> Surface {
        self.view.surface(&self.parameters)
    }

    /// A figure of corners given as shares of half the outline's breadth, from the middle of its top: right, down.
    pub(crate) fn figure(&self, corners: &[(f64, f64)]) -> Polygon {
        let left = self.truth.outline.iter().map(|p| p.0).fold(f64::INFINITY, f64::min);
        let right = self.truth.outline.iter().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
        let (middle, half) = ((left + right) / 2.0, (right - left) / 2.0);
        let top = self.truth.vertex.1;
        Polygon::new(corners.iter().map(|(x, y)| PhotoPoint::new(middle + x * half, top + y * half)).collect())
    }

    /// Lengths along the skin under a straight way in the picture, mm: the true one and the measured one.
    pub(crate) fn lengths(&self, from: PhotoPoint, to: PhotoPoint) -> (f64, f64) {
        let way: Vec<PhotoPoint> = (0..=200).map(|step| from.lerp(to, f64::from(step) / 200.0)).collect();
        let skin: Vec<[f64; 3]> = way.iter().filter_map(|point| self.scene.surface(point.x, point.y)).collect();
        let truth = skin.windows(2).map(|pair| size(between(pair[0], pair[1]))).sum();
        (truth, self.surface().length(&way).0)
    }

    /// The skin inside a figure, cm2: the true one and the measured one. What is steeper than 85 degrees counts in neither.
    pub(crate) fn areas(&self, figure: &Polygon) -> (f64, f64) {
        let bounds = figure.bounds();
        let step = 0.4 * self.px_per_mm;
        let facing = (step / self.px_per_mm) * (step / self.px_per_mm);
        let mut truth = 0.0;
        let mut y = bounds.y0;
        while y < bounds.y1 {
            let mut x = bounds.x0;
            while x < bounds.x1 {
                let corners = [(x, y), (x + step, y), (x, y + step)].map(|(x, y)| self.scene.surface(x, y));
                if let ([Some(a), Some(b), Some(c)], true) =
                    (corners, figure.contains(PhotoPoint::new(x + step / 2.0, y + step / 2.0)))
                {
                    let skin = size(cross(between(a, b), between(a, c)));
                    truth += if skin < facing * 11.5 { skin } else { 0.0 };
                }
                x += step;
            }
            y += step;
        }
        (truth / 100.0, self.surface().area_cm2(|at| figure.contains(at), figure.points(), 1.0))
    }
}

pub(crate) fn point((x, y): (f64, f64)) -> PhotoPoint {
    PhotoPoint::new(x, y)
}

fn between(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
}

fn cross([ax, ay, az]: [f64; 3], [bx, by, bz]: [f64; 3]) -> [f64; 3] {
    [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
}

fn size([x, y, z]: [f64; 3]) -> f64 {
    (x * x + y * y + z * z).sqrt()
}
