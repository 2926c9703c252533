//! The jobs, and the messages between page and worker: values of serde, with what the browser can hand over or copy by itself
//! (pictures, arrays of numbers, files) as it is.

use super::clip::{self, ClipAsk};
use super::{compose, faces};
use crate::engine::dots::BlueNoiseTile;
use crate::engine::export::PicturePlan;
use crate::platform::picture;
use js_sys::{Array, Float32Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ImageBitmap;

/// What the page asks of the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Its number; the answers repeat it.
    pub id: u32,
    /// What is to be done.
    pub job: Job,
}

/// What the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Reply {
    /// The program stands and waits for jobs.
    Ready,
    /// The job of that number was taken.
    Acknowledged(u32),
    /// It is done.
    Done {
        /// The job's number.
        id: u32,
        /// What came of it.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        value: JsValue,
    },
    /// The job of that number cannot be done.
    Failed(u32),
}

/// Something to be done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Job {
    /// Grow a tile from a seed: pairs of x and y as a `Float32Array`.
    BlueNoiseTile(u32),
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
    /// Clip the hair in a photo: a `ClipOutcome`.
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

/// How long a face may be looked for, with the loading of the nets: whoever waits longer has begun to mark it by hand.
const FACE_TIMEOUT_MS: u32 = 4_000;

/// Why a job was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobError {
    /// The message was not understood.
    BadMessage,
    /// The browser gave no canvas or no picture.
    NoPicture,
    /// The nets that find a face did not come.
    NoNets,
}

impl From<serde_wasm_bindgen::Error> for JobError {
    fn from(_: serde_wasm_bindgen::Error) -> Self {
        Self::BadMessage
    }
}

impl From<JsValue> for JobError {
    fn from(_: JsValue) -> Self {
        Self::BadMessage
    }
}

/// A second bitmap of the same picture, which is handed over.
async fn second(photo: &ImageBitmap, handed: &Array) -> Result<ImageBitmap, JobError> {
    let copy = picture::clone_bitmap(photo).await.map_err(|_| JobError::NoPicture)?;
    handed.push(&copy);
    Ok(copy)
}

impl Job {
    /// How long it may take on a slow phone, milliseconds.
    pub(super) fn timeout_ms(&self) -> u32 {
        match self {
            Self::BlueNoiseTile(_) => 12_000,
            Self::FindPerson { .. } => FACE_TIMEOUT_MS,
            Self::ClipHair { .. } => 30_000,
            Self::Compose { .. } => 60_000,
        }
    }

    /// The job as a message, and what is handed over with it instead of being copied.
    ///
    /// # Errors
    /// When the browser gives no second picture of the photo.
    pub async fn message(&self, id: u32) -> Result<(JsValue, Array), JobError> {
        let mut job = self.clone();
        let handed = Array::new();
        let (photo, clipped) = match &mut job {
            Self::Compose { photo, clipped, .. } => (Some(photo), Some(clipped)),
            Self::ClipHair { photo, .. } => (Some(photo), None),
            Self::BlueNoiseTile(_) | Self::FindPerson { .. } => (None, None),
        };
        if let Some(photo) = photo {
            *photo = second(photo, &handed).await?;
        }
        if let Some((clipped, bitmap)) =
            clipped.and_then(|clipped| Some((clipped.dyn_ref::<ImageBitmap>()?.clone(), clipped)))
        {
            *bitmap = second(&clipped, &handed).await?.into();
        }
        Ok((serde_wasm_bindgen::to_value(&Request { id, job })?, handed))
    }

    pub(super) async fn perform(self) -> Result<JsValue, JobError> {
        match self {
            Self::BlueNoiseTile(seed) => Ok(Float32Array::from(BlueNoiseTile::grow(seed).to_pairs().as_slice()).into()),
            Self::FindPerson { pixels, width, zoom } => {
                let person = faces::find(&pixels.to_vec(), width as usize, zoom).await;
                Ok(serde_wasm_bindgen::to_value(&person.ok_or(JobError::NoNets)?)?)
            }
            Self::ClipHair { pixels, ask, photo } => {
                let outcome = clip::clip(pixels.to_vec(), *ask, &photo).await.map_err(|_| JobError::NoPicture)?;
                Ok(serde_wasm_bindgen::to_value(&outcome)?)
            }
            Self::Compose { plan, photo, clipped, dots } => {
                let under_dots = clipped.dyn_ref().unwrap_or(&photo);
                let blob = compose::compose(&plan, (&photo, under_dots), &dots.to_vec()).await;
                blob.map(JsValue::from).map_err(|_| JobError::NoPicture)
            }
        }
    }
}
