//! What a job is, and the messages between page and worker: values of serde, with what the browser can hand over or copy by itself
//! (pictures, arrays of numbers, files) as it is.

use crate::platform::picture::{self, PictureError};
use js_sys::Array;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::ImageBitmap;

/// Something to be done in a worker.
#[expect(async_fn_in_trait, reason = "a worker and a page have one thread")]
pub trait Job: Serialize + DeserializeOwned + 'static {
    /// How long it may take on a slow phone, milliseconds.
    fn timeout_ms(&self) -> u32;

    /// The same job with pictures of its own; they are noted in the list, to be handed over instead of being copied.
    ///
    /// # Errors
    /// When the browser gives no second picture of the photo.
    async fn to_hand_over(&self, handed: &Array) -> Result<Self, JobError>;

    /// Does it.
    ///
    /// # Errors
    /// When it cannot be done here.
    async fn perform(self, aside: &Aside) -> Result<JsValue, JobError>;
}

/// Says what is there, and hands that over with it.
type Tell = dyn Fn(JsValue, &Array);

/// What a job does aside of what comes of it: it may say what is there before all of it is, and hand pictures over instead of having
/// them copied. Where nobody listens nothing is said.
#[derive(Default)]
pub struct Aside {
    tell: Option<Box<Tell>>,
    handed: Array,
}

impl Aside {
    /// One whose first values go there, with what is handed over with each.
    pub(super) fn telling(tell: impl Fn(JsValue, &Array) + 'static) -> Self {
        Self { tell: Some(Box::new(tell)), handed: Array::new() }
    }

    /// Says what is there already, and hands this over with it.
    pub(super) fn tell(&self, value: JsValue, handed: &Array) {
        if let Some(tell) = &self.tell {
            tell(value, handed);
        }
    }

    /// Hands pictures over with what comes of the job.
    pub(super) fn hand_over(&self, pictures: &Array) {
        pictures.iter().for_each(|picture| {
            self.handed.push(&picture);
        });
    }

    /// What is handed over at the end.
    pub(super) fn handed(&self) -> &Array {
        &self.handed
    }
}

/// What the page asks of the worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request<J> {
    /// Its number; the answers repeat it.
    pub id: u32,
    /// What is to be done.
    pub job: J,
}

/// What the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Reply {
    /// The program stands and waits for jobs.
    Ready,
    /// The job of that number was taken.
    Acknowledged(u32),
    /// Something of it is there, and the rest to come.
    First {
        /// The job's number.
        id: u32,
        /// What is there.
        #[serde(with = "serde_wasm_bindgen::preserve")]
        value: JsValue,
    },
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

/// Why a job was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobError {
    /// The message was not understood.
    BadMessage,
    /// The browser gave no canvas or no picture.
    NoPicture,
    /// The nets that find a face did not come.
    NoNets,
    /// No worker did it.
    NoWorker,
}

impl From<serde_wasm_bindgen::Error> for JobError {
    fn from(_: serde_wasm_bindgen::Error) -> Self {
        Self::BadMessage
    }
}

impl From<PictureError> for JobError {
    fn from(_: PictureError) -> Self {
        Self::NoPicture
    }
}

impl From<JsValue> for JobError {
    fn from(_: JsValue) -> Self {
        Self::BadMessage
    }
}

/// The job as a message, and what is handed over with it instead of being copied.
///
/// # Errors
/// When the browser gives no second picture of the photo.
pub async fn message<J: Job>(job: &J, id: u32) -> Result<(JsValue, Array), JobError> {
    let handed = Array::new();
    let job = job.to_hand_over(&handed).await?;
    Ok((serde_wasm_bindgen::to_value(&Request { id, job })?, handed))
}

/// A second bitmap of the same picture, noted in the list.
pub(super) async fn second_bitmap(photo: &ImageBitmap, handed: &Array) -> Result<ImageBitmap, JobError> {
    let copy = picture::clone_bitmap(photo).await.map_err(|_| JobError::NoPicture)?;
    handed.push(&copy);
    Ok(copy)
}
