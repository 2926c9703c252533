//! Tests of the engine as a whole: files, pictures, truths, and the rules that the source itself must keep.
#![cfg(not(target_family = "wasm"))]

mod architecture;
mod determinism;
mod files;
mod golden;
mod head;
#[path = "../common/heads.rs"]
mod heads;
mod optics;
mod photo_files;
#[path = "../common/scene.rs"]
mod scene;
mod schema;
mod synthetic;
mod tokens;
