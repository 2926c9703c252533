//! A worker as the page has it: started when it is needed, replaced when it falls silent.

use super::job::{Job, Reply, message};
use crate::platform::dom;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a new worker may take to load its program.
const START_TIMEOUT_MS: u32 = 20_000;
/// How long a worker that has nothing else to do may take to say that it took a job.
const ACKNOWLEDGE_TIMEOUT_MS: u32 = 5_000;
/// Workers that are tried for one job.
const WORKERS_TRIED: u32 = 2;

/// A worker for one of the programs. Clones share it.
#[derive(Clone)]
pub(super) struct RemoteWorker {
    /// The attribute of the page's root in which its starter left the worker's address: the starter itself, told which files to
    /// load.
    address: &'static str,
    live: Rc<RefCell<Option<Rc<LiveWorker>>>>,
}

impl PartialEq for RemoteWorker {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.live, &other.live)
    }
}

/// Hears what of a job is there before all of it is.
pub(super) type FirstHeard = Rc<dyn Fn(JsValue)>;

type Waiting = Rc<RefCell<Vec<PendingRequest>>>;

/// A job that is not done yet, and what to call when it is taken, done, or lost.
struct PendingRequest {
    id: u32,
    taken: Function,
    done: Function,
    lost: Function,
    on_first: Option<FirstHeard>,
}

struct LiveWorker {
    worker: Worker,
    ready: Promise,
    waiting: Waiting,
    asked: Cell<u32>,
    /// Whether it broke, or did not come.
    is_lost: Rc<Cell<bool>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for LiveWorker {
    fn drop(&mut self) {
        // A message that is on its way already would find its listener gone.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl RemoteWorker {
    /// The worker whose address stands in that attribute of the page's root.
    pub(super) fn at(address: &'static str) -> Self {
        Self { address, live: Rc::default() }
    }

    /// Starts it, if it does not run. Says whether it stands.
    pub(super) async fn open(&self) -> bool {
        let Ok(live) = self.live() else { return false };
        live.ready(&deadline(START_TIMEOUT_MS)).await.is_ok()
    }

    /// What came of a job; `None` where no worker did it. One that is silent or broke is replaced, and the next is asked.
    pub(super) async fn run<J: Job>(&self, job: &J, on_first: Option<FirstHeard>) -> Option<JsValue> {
        for _ in 0..WORKERS_TRIED {
            let live = self.live().ok()?;
            let reply = match live.ready(&deadline(START_TIMEOUT_MS)).await {
                Ok(_) => live.ask((job, on_first.clone()), &deadline(job.timeout_ms())).await,
                Err(silence) => Err(silence),
            };
            match reply {
                Ok(reply) => return done(reply),
                Err(_) => drop(self.live.take()),
            }
        }
        None
    }

    /// What came of a job; `None` where it was not done in time, which the loading of the program is part of. A worker that is late
    /// stays.
    pub(super) async fn try_once<J: Job>(&self, job: &J) -> Option<JsValue> {
        let (live, deadline) = (self.live().ok()?, deadline(job.timeout_ms()));
        live.ready(&deadline).await.ok()?;
        done(live.ask((job, None), &deadline).await.ok()?)
    }

    fn live(&self) -> Result<Rc<LiveWorker>, JsValue> {
        let mut slot = self.live.borrow_mut();
        if let Some(live) = slot.as_ref().filter(|live| !live.is_lost.get()) {
            return Ok(live.clone());
        }
        let live = Rc::new(start(self.address)?);
        *slot = Some(live.clone());
        Ok(live)
    }
}

fn done(reply: JsValue) -> Option<JsValue> {
    match serde_wasm_bindgen::from_value(reply) {
        Ok(Reply::Done { value, .. }) => Some(value),
        _ => None,
    }
}

impl LiveWorker {
    async fn ready(&self, deadline: &Promise) -> Result<JsValue, JsValue> {
        JsFuture::from(first_of(&self.ready, deadline)).await
    }

    /// The reply to a job.
    async fn ask<J: Job>(
        &self,
        (job, on_first): (&J, Option<FirstHeard>),
        deadline: &Promise,
    ) -> Result<JsValue, JsValue> {
        let id = self.asked.get() + 1;
        self.asked.set(id);
        let message = message(job, id).await.map_err(|_| JsValue::NULL)?;
        self.post((id, on_first), message, deadline).await
    }

    async fn post(
        &self,
        (id, on_first): (u32, Option<FirstHeard>),
        (message, handed): (JsValue, Array),
        timeout: &Promise,
    ) -> Result<JsValue, JsValue> {
        let is_idle = self.waiting.borrow().is_empty();
        // What cannot be posted is not waited for; no answer comes before this returns to the browser.
        self.worker.post_message_with_transfer(&message, &handed)?;
        let (mut take, mut on_first) = (None, on_first);
        let taken = Promise::new(&mut |resolve, _| take = Some(resolve));
        let reply = Promise::new(&mut |done, lost| {
            if let Some(taken) = take.take() {
                self.waiting.borrow_mut().push(PendingRequest { id, taken, done, lost, on_first: on_first.take() });
            }
        });
        if is_idle {
            // Whichever comes first: a worker that breaks at once rejects the reply.
            JsFuture::from(first_of(&first_of(&taken, &reply), &deadline(ACKNOWLEDGE_TIMEOUT_MS))).await?;
        }
        JsFuture::from(first_of(&reply, timeout)).await
    }
}

fn first_of(promise: &Promise, other: &Promise) -> Promise {
    Promise::race(&Array::of2(promise, other))
}

/// A promise that is rejected after that time.
fn deadline(timeout_ms: u32) -> Promise {
    Promise::new(&mut |_, reject| {
        Timeout::new(timeout_ms, move || {
            // Nobody may be waiting any more.
            let _ = reject.call0(&JsValue::NULL);
        })
        .forget();
    })
}

fn start(address: &str) -> Result<LiveWorker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address_in(address)?, &options)?;
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
            Ok(Reply::First { id, value }) => {
                let asked = answered.borrow();
                let on_first = asked.iter().find(|asked| asked.id == id).and_then(|asked| asked.on_first.clone());
                drop(asked);
                if let Some(on_first) = on_first {
                    on_first(value);
                }
                None
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
    let is_lost = Rc::new(Cell::new(false));
    let (failed, lost_flag) = (waiting.clone(), is_lost.clone());
    let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
        event.prevent_default();
        lost_flag.set(true);
        let lost = std::mem::take(&mut *failed.borrow_mut());
        for reject in lost.iter().map(|asked| &asked.lost).chain(&is_dead) {
            // Rejecting twice does nothing.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(LiveWorker {
        worker,
        ready,
        waiting,
        asked: Cell::new(0),
        is_lost,
        _on_message: on_message,
        _on_error: on_error,
    })
}

fn address_in(attribute: &str) -> Result<String, JsValue> {
    let root = dom::document().and_then(|document| document.document_element()).ok_or(JsValue::NULL)?;
    root.get_attribute(attribute).ok_or(JsValue::NULL)
}

#[cfg(test)]
mod tests {
    use super::super::job::{Aside, JobError};
    use super::*;
    use serde::{Deserialize, Serialize};
    use wasm_bindgen_futures::future_to_promise;
    use wasm_bindgen_test::wasm_bindgen_test;

    const ADDRESS: &str = "data-tried-worker";

    /// A worker that does one job after another, takes each only then, and says by what number it is told from others.
    const ONE_AFTER_ANOTHER: &str = "data:text/javascript,
        const number = Math.random();
        let last = Promise.resolve();
        onmessage = ({ data: { id, job } }) => {
            last = last.then(() => {
                postMessage({ Acknowledged: id });
                return new Promise(done => setTimeout(done, job.takes_ms));
            }).then(() => postMessage({ Done: { id, value: number } }));
        };
        postMessage('Ready');";

    #[derive(Clone, Serialize, Deserialize)]
    struct Wait {
        takes_ms: u32,
        #[serde(with = "serde_wasm_bindgen::preserve")]
        aside: JsValue,
    }

    impl Job for Wait {
        fn timeout_ms(&self) -> u32 {
            60_000
        }

        async fn to_hand_over(&self, _: &Array) -> Result<Self, JobError> {
            Ok(self.clone())
        }

        async fn perform(self, _: &Aside) -> Result<JsValue, JobError> {
            Err(JobError::NoWorker)
        }
    }

    fn worker() -> RemoteWorker {
        let root = dom::document().and_then(|document| document.document_element()).expect("a page");
        root.set_attribute(ADDRESS, ONE_AFTER_ANOTHER).expect("an attribute");
        RemoteWorker::at(ADDRESS)
    }

    #[wasm_bindgen_test]
    async fn a_worker_that_has_another_job_to_do_first_is_not_taken_for_silent() {
        let worker = worker();
        let job = |takes_ms: u32| {
            let worker = worker.clone();
            future_to_promise(async move {
                Ok(worker.run(&Wait { takes_ms, aside: JsValue::NULL }, None).await.unwrap_or_default())
            })
        };
        let jobs = Array::of2(&job(ACKNOWLEDGE_TIMEOUT_MS + 500), &job(0));
        let numbers = Array::from(&JsFuture::from(Promise::all(&jobs)).await.expect("both are done"));
        assert!(numbers.get(0).as_f64().is_some(), "the first job is done");
        assert_eq!(numbers.get(0), numbers.get(1), "both by the same worker");
    }

    #[wasm_bindgen_test]
    async fn what_cannot_be_posted_is_not_waited_for() {
        let worker = worker();
        let unsendable = Wait { takes_ms: 0, aside: Function::new_no_args("").into() };
        assert_eq!(worker.try_once(&unsendable).await, None);
        assert!(worker.live().is_ok_and(|live| live.waiting.borrow().is_empty()), "nothing is waited for");
        assert!(worker.try_once(&Wait { takes_ms: 0, aside: JsValue::NULL }).await.is_some());
    }
}
