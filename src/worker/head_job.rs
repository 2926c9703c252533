//! What the program that looks at heads does: it is loaded with the first photo, into a worker of its own.

use super::clip::{self, ClipAsk};
use super::faces;
use super::job::{Aside, Job, JobError, second_bitmap};
use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::ImageBitmap;

/// A job about the head in a photo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum HeadJob {
    /// Look who is seen in a photo: a `SeenPerson`.
    FindPerson {
        /// RGBA of the photo scaled down, row by row.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        pixels: Uint8Array,
        /// Pixels of a row.
        width: u32,
        /// These pixels per photo pixel.
        zoom: f64,
        /// The photo.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        photo: ImageBitmap,
    },
    /// Clip the hair in a photo: a `ClipOutcome`, and before it one of a rough picture where that is wanted.
    ClipHair {
        /// RGBA of the photo scaled down, row by row.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        pixels: Uint8Array,
        /// What it is clipped by.
        ask: Box<ClipAsk>,
        /// The photo.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        photo: ImageBitmap,
    },
}

impl Job for HeadJob {
    fn timeout_ms(&self) -> u32 {
        // With the loading of the nets: 1.4 MB at 30 KB a second take most of it.
        60_000
    }

    async fn to_hand_over(&self, handed: &Array) -> Result<Self, JobError> {
        let mut job = self.clone();
        let (Self::FindPerson { photo, .. } | Self::ClipHair { photo, .. }) = &mut job;
        *photo = second_bitmap(photo, handed).await?;
        Ok(job)
    }

    async fn perform(self, aside: &Aside) -> Result<JsValue, JobError> {
        match self {
            Self::FindPerson { pixels, width, zoom, photo } => {
                let person = faces::find(&photo, &pixels.to_vec(), width as usize, zoom).await;
                Ok(serde_wasm_bindgen::to_value(&person.ok_or(JobError::NoNets)?)?)
            }
            Self::ClipHair { pixels, ask, photo } => {
                let outcome = clip::clip(pixels.to_vec(), *ask, &photo, aside).await?;
                Ok(serde_wasm_bindgen::to_value(&outcome)?)
            }
        }
    }
}
