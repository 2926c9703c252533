//! Thin wrappers around the browser, one file for each of its powers. `JsValue` stays in here and in the worker's messages.

pub mod canvas;
pub mod clock;
pub mod dom;
pub mod draft_store;
pub mod files;
pub mod memory;
pub mod panic;
pub mod picture;
pub mod site;
pub mod transport;
