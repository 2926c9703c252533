//! What the program that looks at heads does: it is loaded with the first photo, into a worker of its own.

use super::clip::{self, ClipAsk};
use super::faces;
use super::job::{Aside, Job, JobError, second_bitmap};
use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::ImageBitmap;

/// How long a face may be looked for, with the loading of the nets: whoever waits longer has begun to mark it by hand.
const FACE_TIMEOUT_MS: u32 = 4_000;

/// A job about the head in a photo.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum HeadJob {
    /// Look who is seen in a picture: a `SeenPerson`.
    FindPerson {
        /// RGBA, row by row.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        pixels: Uint8Array,
        /// Pixels of a row.
        width: u32,
        /// These pixels per photo pixel.
        zoom: f64,
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
        match self {
            Self::FindPerson { .. } => FACE_TIMEOUT_MS,
            Self::ClipHair { .. } => 30_000,
        }
    }

    async fn to_hand_over(&self, handed: &Array) -> Result<Self, JobError> {
        let mut job = self.clone();
        if let Self::ClipHair { photo, .. } = &mut job {
            *photo = second_bitmap(photo, handed).await?;
        }
        Ok(job)
    }

    async fn perform(self, aside: &Aside) -> Result<JsValue, JobError> {
        match self {
            Self::FindPerson { pixels, width, zoom } => {
                let person = faces::find(&pixels.to_vec(), width as usize, zoom).await;
                Ok(serde_wasm_bindgen::to_value(&person.ok_or(JobError::NoNets)?)?)
            }
            Self::ClipHair { pixels, ask, photo } => {
                let outcome =
                    clip::clip(pixels.to_vec(), *ask, &photo, aside).await.map_err(|_| JobError::NoPicture)?;
                Ok(serde_wasm_bindgen::to_value(&outcome)?)
            }
        }
    }
}
