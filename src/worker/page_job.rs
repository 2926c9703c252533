//! What the page's own program does in a worker; without one the page does it itself.

use super::compose;
use super::job::{Aside, Job, JobError, second_bitmap};
use crate::engine::dots::BlueNoiseTile;
use crate::engine::export::PicturePlan;
use js_sys::{Array, Float32Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ImageBitmap;

/// A job about dots.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum PageJob {
    /// Grow a tile from a seed: pairs of x and y as a `Float32Array`.
    BlueNoiseTile(u32),
    /// Compose a picture: a `Blob`.
    Compose {
        /// What is to be composed.
        plan: PicturePlan,
        /// The photo.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        photo: ImageBitmap,
        /// An `ImageBitmap` of the photo with the visitor's own hair clipped, which stands where there are dots; `undefined` where the
        /// photo itself does.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        clipped: JsValue,
        /// Dots as runs of x, y, size, strength and shape.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        dots: Float32Array,
    },
}

impl Job for PageJob {
    fn timeout_ms(&self) -> u32 {
        match self {
            Self::BlueNoiseTile(_) => 12_000,
            Self::Compose { .. } => 60_000,
        }
    }

    async fn to_hand_over(&self, handed: &Array) -> Result<Self, JobError> {
        let mut job = self.clone();
        if let Self::Compose { photo, clipped, .. } = &mut job {
            *photo = second_bitmap(photo, handed).await?;
            if let Some(bitmap) = clipped.dyn_ref::<ImageBitmap>() {
                *clipped = second_bitmap(bitmap, handed).await?.into();
            }
        }
        Ok(job)
    }

    async fn perform(self, _: &Aside) -> Result<JsValue, JobError> {
        match self {
            Self::BlueNoiseTile(seed) => Ok(Float32Array::from(BlueNoiseTile::grow(seed).to_pairs().as_slice()).into()),
            Self::Compose { plan, photo, clipped, dots } => {
                let under_dots = clipped.dyn_ref().unwrap_or(&photo);
                let blob = compose::compose(&plan, (&photo, under_dots), &dots.to_vec()).await;
                blob.map(JsValue::from).map_err(|_| JobError::NoPicture)
            }
        }
    }
}
