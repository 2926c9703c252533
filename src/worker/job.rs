//! The jobs, as values and as messages.

use super::compose::{self, ComposePlan};
use crate::engine::calibration::Side;
use crate::engine::dots::Carpet;
use crate::engine::sample::{SAMPLE_HEIGHT, SAMPLE_WIDTH, SampleScene, SampleTone, render_rows};
use crate::platform::picture;
use js_sys::{Array, Float32Array, Float64Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ImageBitmap;

/// Something to be done.
#[derive(Debug, Clone)]
pub(super) enum Job {
    /// Grow a carpet from a seed: pairs of x and y as a `Float32Array`.
    Carpet(u32),
    /// Draw the sample head in a skin tone from a side: RGBA bytes as a `Uint8Array`.
    Sample(SampleTone, Side),
    /// Compose a picture: a `Blob`.
    Compose {
        /// What is to be composed.
        plan: ComposePlan,
        /// The photo.
        photo: ImageBitmap,
        /// Dots as runs of x, y, size, strength and shape.
        dots: Float32Array,
    },
}

/// Why a job was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobFault {
    /// The message was not understood.
    BadMessage,
    /// The browser gave no canvas or no picture.
    NoPicture,
}

impl From<JsValue> for JobFault {
    fn from(_: JsValue) -> Self {
        Self::BadMessage
    }
}

impl Job {
    /// How long it may take on a slow phone, milliseconds.
    pub(super) fn patience_ms(&self) -> u32 {
        match self {
            Self::Carpet(_) | Self::Sample(..) => 12_000,
            Self::Compose { .. } => 60_000,
        }
    }

    /// The job as a message, and what is handed over with it instead of being copied.
    pub(super) async fn message(&self, id: u32) -> Result<(Object, Array), JobFault> {
        let message = Object::new();
        let handed = Array::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&message, &key.into(), value).map(drop);
        set("id", &id.into())?;
        match self {
            Self::Carpet(seed) => {
                set("kind", &"carpet".into())?;
                set("seed", &(*seed).into())?;
            }
            Self::Sample(tone, side) => {
                set("kind", &"sample".into())?;
                let place = SampleTone::ALL.iter().position(|each| each == tone).unwrap_or_default();
                set("tone", &(place as u32).into())?;
                let place = Side::ALL.iter().position(|each| each == side).unwrap_or_default();
                set("side", &(place as u32).into())?;
            }
            Self::Compose { plan, photo, dots } => {
                set("kind", &"compose".into())?;
                let (numbers, texts) = plan.to_lists();
                set("numbers", &Float64Array::from(numbers.as_slice()))?;
                set("texts", &texts.iter().map(|text| JsValue::from_str(text)).collect::<Array>())?;
                let twin = picture::twin(photo).await.map_err(|_| JobFault::NoPicture)?;
                set("photo", &twin)?;
                handed.push(&twin);
                set("dots", dots)?;
            }
        }
        Ok((message, handed))
    }

    pub(super) fn from_message(message: &JsValue) -> Option<(u32, Self)> {
        let get = |key: &str| Reflect::get(message, &key.into()).ok();
        let id = get("id")?.as_f64()? as u32;
        let job = match get("kind")?.as_string()?.as_str() {
            "carpet" => Self::Carpet(get("seed")?.as_f64()? as u32),
            "sample" => Self::Sample(
                *SampleTone::ALL.get(get("tone")?.as_f64()? as usize)?,
                *Side::ALL.get(get("side")?.as_f64()? as usize)?,
            ),
            "compose" => Self::Compose {
                plan: ComposePlan::from_lists(
                    &get("numbers")?.dyn_into::<Float64Array>().ok()?.to_vec(),
                    &get("texts")?
                        .dyn_into::<Array>()
                        .ok()?
                        .iter()
                        .filter_map(|text| text.as_string())
                        .collect::<Vec<_>>(),
                )?,
                photo: get("photo")?.dyn_into().ok()?,
                dots: get("dots")?.dyn_into().ok()?,
            },
            _ => return None,
        };
        Some((id, job))
    }

    pub(super) async fn perform(self) -> Result<JsValue, JobFault> {
        match self {
            Self::Carpet(seed) => Ok(Float32Array::from(Carpet::grow(seed).to_pairs().as_slice()).into()),
            Self::Sample(tone, side) => {
                let scene = SampleScene::new(side.sample_camera(), (SAMPLE_WIDTH, SAMPLE_HEIGHT), tone);
                let pixels = render_rows(&scene, 0..SAMPLE_HEIGHT);
                Ok(Uint8Array::from(pixels.as_slice()).into())
            }
            Self::Compose { plan, photo, dots } => {
                let blob = compose::compose(&plan, &photo, &dots.to_vec()).await;
                blob.map(JsValue::from).map_err(|_| JobFault::NoPicture)
            }
        }
    }
}
