//! The page's side: what can be asked of the workers.

use super::clip::{ClipAsk, ClipOutcome};
use super::compose::write_dots;
use super::head_job::HeadJob;
use super::job::{Aside, Job, JobError};
use super::page_job::PageJob;
use super::remote::{FirstHeard, RemoteWorker};
use crate::engine::dots::Dot;
use crate::engine::editor::AnalysisImage;
use crate::engine::export::PicturePlan;
use crate::engine::face::SeenPerson;
use js_sys::{Float32Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ImageBitmap};

/// Does jobs elsewhere. Clones share the workers.
#[derive(Clone, PartialEq)]
pub struct WorkerClient {
    /// Runs the page's own program.
    page: RemoteWorker,
    /// Runs the program that looks at heads.
    heads: RemoteWorker,
}

impl Default for WorkerClient {
    fn default() -> Self {
        Self { page: RemoteWorker::at("data-worker"), heads: RemoteWorker::at("data-heads") }
    }
}

impl WorkerClient {
    /// Starts the worker for the page's own jobs, so that its files are part of the first load. Says whether there is one; without
    /// it the page does the work itself.
    pub async fn open(&self) -> bool {
        self.page.open().await
    }

    /// Loads the program that looks at heads, so that it stands when it is needed; without it nobody is looked for.
    pub async fn open_heads(&self) {
        self.heads.open().await;
    }

    /// Grows a tile of dots: pairs of x and y.
    ///
    /// # Errors
    /// When not even the page itself can.
    pub async fn tile(&self, seed: u32) -> Result<Vec<f32>, JobError> {
        let value = self.on_page(PageJob::BlueNoiseTile(seed)).await?;
        Ok(value.dyn_into::<Float32Array>().map_err(|_| JobError::BadMessage)?.to_vec())
    }

    /// Looks who is seen in a photo, and in a picture of it that was scaled down; `None` where nobody can look in time. Only a worker
    /// looks: the page would stand still meanwhile.
    pub async fn find_person(&self, picture: &AnalysisImage, photo: ImageBitmap) -> Option<SeenPerson> {
        let AnalysisImage { pixels, width, zoom, .. } = picture;
        let pixels = Uint8Array::from(pixels.as_slice());
        let job = HeadJob::FindPerson { pixels, width: u32::try_from(*width).ok()?, zoom: *zoom, photo };
        serde_wasm_bindgen::from_value(self.heads.try_once(&job).await?).ok()
    }

    /// Clips the hair in a photo. Only a worker does, as it alone has seen who is in it. `on_first` hears of a rough picture, soon,
    /// if there is one.
    ///
    /// # Errors
    /// When the program that can does not come, or the browser gives no canvas or no memory.
    pub async fn clip_hair(
        &self,
        pixels: &[u8],
        (ask, photo): (ClipAsk, ImageBitmap),
        on_first: Option<Box<dyn Fn(ClipOutcome)>>,
    ) -> Result<ClipOutcome, JobError> {
        let ask = ClipAsk { wants_first: on_first.is_some(), ..ask };
        let job = HeadJob::ClipHair { pixels: Uint8Array::from(pixels), ask: Box::new(ask), photo };
        let on_first = on_first.map(|on_first| -> FirstHeard {
            Rc::new(move |value| {
                // What is not understood is waited for once more: all of it comes.
                if let Ok(first) = serde_wasm_bindgen::from_value(value) {
                    on_first(first);
                }
            })
        });
        let value = self.heads.run(&job, on_first).await.ok_or(JobError::NoWorker)?;
        Ok(serde_wasm_bindgen::from_value(value)?)
    }

    /// Composes a picture from a photo, the same with its hair clipped, which stands for it where there are dots if there is one, and
    /// dots in photo pixels.
    ///
    /// # Errors
    /// When the browser gives no canvas or no memory.
    pub async fn compose(
        &self,
        plan: PicturePlan,
        (photo, clipped): (ImageBitmap, Option<ImageBitmap>),
        dots: &[Dot],
    ) -> Result<Blob, JobError> {
        let clipped = clipped.map_or(JsValue::UNDEFINED, JsValue::from);
        let job = PageJob::Compose { plan, photo, clipped, dots: Float32Array::from(write_dots(dots).as_slice()) };
        self.on_page(job).await?.dyn_into().map_err(|_| JobError::BadMessage)
    }

    /// What came of a job that the page does itself where no worker does.
    async fn on_page(&self, job: PageJob) -> Result<JsValue, JobError> {
        match self.page.run(&job, None).await {
            Some(value) => Ok(value),
            None => job.perform(&Aside::default()).await,
        }
    }
}
