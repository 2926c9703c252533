//! What happens when the program breaks: it is stopped, a sentence and a way back are shown, and no further event reaches
//! it.
//!
//! The page's own markup holds the sentence, so that showing it needs nothing of the broken program. The design is in the
//! draft store from a moment before.

use super::dom;
use std::sync::atomic::{AtomicBool, Ordering};

static BROKEN: AtomicBool = AtomicBool::new(false);

/// Watches for panics in the page.
pub fn watch() {
    std::panic::set_hook(Box::new(|info| {
        BROKEN.store(true, Ordering::Relaxed);
        web_sys::console::error_1(&info.to_string().into());
        if let Some(app) = dom::by_id("app") {
            app.remove();
        }
        if let Some(fault) = dom::by_id("fault") {
            // The attribute exists on every element.
            let _ = fault.remove_attribute("hidden");
        }
    }));
}

/// Watches for panics in a worker: the page notices by the silence and starts another.
pub fn watch_worker() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}

/// Whether the program broke; what was planned before must not run then.
#[must_use]
pub fn is_broken() -> bool {
    BROKEN.load(Ordering::Relaxed)
}
