//! The page: its state, its components, and what they want of the browser.

pub mod state;

#[cfg(target_family = "wasm")]
mod effects;
#[cfg(target_family = "wasm")]
mod hooks;
#[cfg(target_family = "wasm")]
mod page;
#[cfg(target_family = "wasm")]
mod shell;
#[cfg(target_family = "wasm")]
mod stage;
#[cfg(target_family = "wasm")]
mod steps;
#[cfg(target_family = "wasm")]
mod store;
#[cfg(all(test, target_family = "wasm"))]
mod testing;
#[cfg(target_family = "wasm")]
mod widgets;

#[cfg(all(target_family = "wasm", debug_assertions))]
pub use hooks::take_render_counts;
#[cfg(target_family = "wasm")]
pub use page::App;
