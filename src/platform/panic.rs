//! What happens when the program breaks: it is stopped, a sentence and a way back are shown, and no further event reaches
//! it.
//!
//! The page's own markup holds the sentence, so that showing it needs nothing of the broken program. The design is in the
//! draft store from a moment before.

use super::dom;
use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};

static BROKEN: AtomicBool = AtomicBool::new(false);

/// What to do when the page's program panics.
#[must_use]
pub fn in_page() -> Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> {
    Box::new(|info| {
        BROKEN.store(true, Ordering::Relaxed);
        web_sys::console::error_1(&info.to_string().into());
        if let Some(app) = dom::by_id("app") {
            app.remove();
        }
        if let Some(fault) = dom::by_id("fault") {
            // The attribute exists on every element.
            let _ = fault.remove_attribute("hidden");
        }
    })
}

/// What to do when a worker's program panics: the page notices by the silence and starts another.
#[must_use]
pub fn in_worker() -> Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync> {
    Box::new(|info| web_sys::console::error_1(&info.to_string().into()))
}

/// Whether the program broke; what was planned before must not run then.
#[must_use]
pub fn is_broken() -> bool {
    BROKEN.load(Ordering::Relaxed)
}
