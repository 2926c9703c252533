//! Paints the stage in the browser's frames: from the state to the canvas, past the components.

use super::painter::{Painter, magnify};
use super::pictures::Pictures;
use super::scene::scene;
use crate::app::state::{Dirty, SessionAction};
use crate::app::store::Store;
use crate::engine::geometry::PhotoPoint;
use crate::platform::canvas::StageCanvas;
use gloo::render::AnimationFrame;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;

/// How much the loupe enlarges.
const LOUPE_FACTOR: f64 = 3.0;

/// The renderer of the stage. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct StageRenderer(Rc<Inner>);

#[derive(Default)]
struct Inner {
    painter: RefCell<Option<Painter>>,
    dirty: Cell<Option<Dirty>>,
    frame: RefCell<Option<AnimationFrame>>,
    /// What it reads: set with the canvas.
    source: RefCell<Option<(Store, Rc<Pictures>)>>,
}

impl StageRenderer {
    /// Paints onto that canvas from now on. A browser that gives no context says so to the visitor.
    pub(crate) fn attach(&self, canvas: HtmlCanvasElement, store: &Store, pictures: &Rc<Pictures>) {
        match StageCanvas::new(canvas) {
            Ok(canvas) => {
                self.0.painter.replace(Some(Painter::new(canvas)));
                self.0.source.replace(Some((store.clone(), pictures.clone())));
                self.repaint(Dirty::All);
            }
            Err(_) => store.dispatch(SessionAction::CanvasMissing),
        }
    }

    /// The canvas leaves the page.
    pub(crate) fn detach(&self) {
        self.0.painter.replace(None);
        self.0.frame.replace(None);
        self.0.source.replace(None);
    }

    /// Paints what is dirty in the next frame.
    pub(crate) fn repaint(&self, dirty: Dirty) {
        let before = self.0.dirty.get();
        self.0.dirty.set(Some(before.map_or(dirty, |before| before.and(dirty))));
        if self.0.frame.borrow().is_none() && self.0.painter.borrow().is_some() {
            let renderer = self.clone();
            let frame = gloo::render::request_animation_frame(move |_| renderer.paint());
            self.0.frame.replace(Some(frame));
        }
    }

    fn paint(&self) {
        self.0.frame.replace(None);
        let Some((store, pictures)) = self.0.source.borrow().clone() else { return };
        let Some(dirty) = self.0.dirty.take() else { return };
        let painted = {
            let mut painter = self.0.painter.borrow_mut();
            let Some(painter) = painter.as_mut() else { return };
            let (picture, clipped) = (pictures.shown(), pictures.clipped());
            store.read(|state| match picture.as_ref().and_then(|shown| scene(state, shown, clipped.as_ref())) {
                Some(scene) => painter.paint(&scene, dirty),
                None => {
                    painter.clear();
                    Ok(())
                }
            })
        };
        if painted.is_err() {
            store.dispatch(SessionAction::CanvasFailed);
        }
    }
}

/// Shows the surroundings of a point of the photo, enlarged.
pub(crate) fn draw_loupe(store: &Store, pictures: &Pictures, canvas: HtmlCanvasElement, point: PhotoPoint) {
    let Some((picture, canvas)) = pictures.shown().zip(StageCanvas::new(canvas).ok()) else { return };
    store.read(|state| {
        if let Some(scene) = scene(state, &picture, None) {
            // A loupe that cannot be drawn is empty; the mark can be set without it.
            let _ = magnify(&scene, point, &canvas, LOUPE_FACTOR);
        }
    });
}
