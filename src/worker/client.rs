//! The page's side: one worker, replaced when it falls silent.

use super::clip::{ClipAsk, ClipOutcome};
use super::compose::write_dots;
use super::job::{Job, JobError, Reply};
use crate::engine::dots::Dot;
use crate::engine::editor::AnalysisImage;
use crate::engine::export::PicturePlan;
use crate::engine::face::SeenPerson;
use crate::platform::dom;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Float32Array, Function, Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ErrorEvent, ImageBitmap, MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a new worker may take to load the program.
const START_TIMEOUT_MS: u32 = 20_000;
/// How long a worker may take to say that it took a job: it has nothing else to do.
const ACKNOWLEDGE_TIMEOUT_MS: u32 = 5_000;
/// Workers that are tried for one job before the page does it itself.
const WORKERS_TRIED: u32 = 2;

/// Does jobs elsewhere. Clones share the worker.
#[derive(Clone, Default)]
pub struct WorkerClient(Rc<RefCell<Option<ActiveStroke>>>);

type Waiting = Rc<RefCell<Vec<PendingRequest>>>;

/// A job, and what to call when it is taken, done, or lost.
struct PendingRequest {
    id: u32,
    taken: Function,
    done: Function,
    lost: Function,
}

struct ActiveStroke {
    worker: Worker,
    ready: Promise,
    waiting: Waiting,
    next: u32,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for ActiveStroke {
    fn drop(&mut self) {
        // A message that is on its way already would find its listener gone.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl PartialEq for WorkerClient {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl WorkerClient {
    /// Starts the worker, so that its files are part of the first load and nothing is fetched later. Says whether there is
    /// one; without it the page does the work itself.
    pub async fn open(&self) -> bool {
        let Ok((ready, ..)) = self.live() else { return false };
        JsFuture::from(in_time(&ready, START_TIMEOUT_MS)).await.is_ok()
    }

    /// Grows a tile of dots: pairs of x and y.
    ///
    /// # Errors
    /// When not even the page itself can.
    pub async fn tile(&self, seed: u32) -> Result<Vec<f32>, JobError> {
        let value = self.run(Job::BlueNoiseTile(seed)).await?;
        Ok(value.dyn_into::<Float32Array>().map_err(|_| JobError::BadMessage)?.to_vec())
    }

    /// Looks who is seen in a picture; `None` where nobody can look in time. Only a worker looks: the page would stand still
    /// meanwhile.
    pub async fn find_person(&self, picture: &AnalysisImage) -> Option<SeenPerson> {
        let AnalysisImage { pixels, width, zoom, .. } = picture;
        let pixels = Uint8Array::from(pixels.as_slice());
        let job = Job::FindPerson { pixels, width: u32::try_from(*width).ok()?, zoom: *zoom };
        // A worker that is late may still be loading the nets: it stays, and has them next time.
        let reply = serde_wasm_bindgen::from_value(self.ask(&job).await.ok()?).ok()?;
        let Reply::Done { value, .. } = reply else { return None };
        serde_wasm_bindgen::from_value(value).ok()
    }

    /// Clips the hair in a photo.
    ///
    /// # Errors
    /// When the browser gives no canvas or no memory.
    pub async fn clip_hair(&self, pixels: &[u8], ask: ClipAsk, photo: ImageBitmap) -> Result<ClipOutcome, JobError> {
        let job = Job::ClipHair { pixels: Uint8Array::from(pixels), ask: Box::new(ask), photo };
        Ok(serde_wasm_bindgen::from_value(self.run(job).await?)?)
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
        let job = Job::Compose { plan, photo, clipped, dots: Float32Array::from(write_dots(dots).as_slice()) };
        self.run(job).await?.dyn_into().map_err(|_| JobError::BadMessage)
    }

    async fn run(&self, job: Job) -> Result<JsValue, JobError> {
        for _ in 0..WORKERS_TRIED {
            match self.ask(&job).await {
                Ok(reply) => match serde_wasm_bindgen::from_value(reply) {
                    Ok(Reply::Done { value, .. }) => return Ok(value),
                    _ => break,
                },
                // Silence, a crash, or no worker to be had: the next one starts afresh.
                Err(_) => drop(self.0.take()),
            }
        }
        job.perform().await
    }

    async fn ask(&self, job: &Job) -> Result<JsValue, JsValue> {
        let (ready, waiting, worker, id) = self.live()?;
        JsFuture::from(in_time(&ready, START_TIMEOUT_MS)).await?;
        let (message, handed) = job.message(id).await.map_err(|_| JsValue::NULL)?;
        let mut take = None;
        let taken = Promise::new(&mut |resolve, _| take = Some(resolve));
        let reply = Promise::new(&mut |done, lost| {
            if let Some(taken) = take.take() {
                waiting.borrow_mut().push(PendingRequest { id, taken, done, lost });
            }
        });
        worker.post_message_with_transfer(&message, &handed)?;
        let outcome = async {
            // Whichever comes first: a worker that breaks at once rejects the reply.
            JsFuture::from(in_time(&Promise::race(&Array::of2(&taken, &reply)), ACKNOWLEDGE_TIMEOUT_MS)).await?;
            JsFuture::from(in_time(&reply, job.timeout_ms())).await
        };
        let outcome = outcome.await;
        waiting.borrow_mut().retain(|asked| asked.id != id);
        outcome
    }

    fn live(&self) -> Result<(Promise, Waiting, Worker, u32), JsValue> {
        let mut slot = self.0.borrow_mut();
        if slot.is_none() {
            *slot = Some(start()?);
        }
        let live = slot.as_mut().ok_or(JsValue::NULL)?;
        live.next += 1;
        Ok((live.ready.clone(), live.waiting.clone(), live.worker.clone(), live.next))
    }
}

/// The promise, or a rejection when it takes too long.
fn in_time(promise: &Promise, timeout_ms: u32) -> Promise {
    let deadline = Promise::new(&mut |_, reject| {
        Timeout::new(timeout_ms, move || {
            // Nobody may be waiting any more.
            let _ = reject.call0(&JsValue::NULL);
        })
        .forget();
    });
    Promise::race(&Array::of2(promise, &deadline))
}

fn start() -> Result<ActiveStroke, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address()?, &options)?;
    let waiting: Waiting = Rc::default();
    let mut is_ready = None;
    let mut is_dead = None;
    let ready = Promise::new(&mut |resolve, reject| {
        is_ready = Some(resolve);
        is_dead = Some(reject);
    });
    let answered = waiting.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let reply = event.data();
        let heard = match serde_wasm_bindgen::from_value(reply.clone()) {
            Ok(Reply::Ready) => is_ready.clone(),
            Ok(Reply::Acknowledged(id)) => {
                answered.borrow().iter().find(|asked| asked.id == id).map(|asked| asked.taken.clone())
            }
            Ok(Reply::Done { id, .. } | Reply::Failed(id)) => {
                let mut asked = answered.borrow_mut();
                let place = asked.iter().position(|asked| asked.id == id);
                place.map(|place| asked.swap_remove(place).done)
            }
            Err(_) => None,
        };
        if let Some(resolve) = heard {
            // Resolving twice does nothing.
            let _ = resolve.call1(&JsValue::NULL, &reply);
        }
    });
    let failed = waiting.clone();
    let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
        event.prevent_default();
        let lost = std::mem::take(&mut *failed.borrow_mut());
        for reject in lost.iter().map(|asked| &asked.lost).chain(&is_dead) {
            // Rejecting twice does nothing.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(ActiveStroke { worker, ready, waiting, next: 0, _on_message: on_message, _on_error: on_error })
}

/// The address of the worker, as the page's starter left it: the starter itself, told which files to load.
fn address() -> Result<String, JsValue> {
    let root = dom::document().and_then(|document| document.document_element()).ok_or(JsValue::NULL)?;
    root.get_attribute("data-worker").ok_or(JsValue::NULL)
}
