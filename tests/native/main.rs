//! Tests of the engine as a whole: files, pictures, truths, and the rules that the source itself must keep.
#![cfg(not(target_family = "wasm"))]

mod any_design;
mod architecture;
mod before_busy_walls;
#[path = "../common/busy_walls.rs"]
mod busy_walls;
mod clipped;
#[path = "../common/clipped_cases.rs"]
mod clipped_cases;
#[path = "../common/clipped_head.rs"]
mod clipped_head;
mod determinism;
#[path = "../common/drawn_hair.rs"]
mod drawn_hair;
#[path = "../common/drawn_strands.rs"]
mod drawn_strands;
#[path = "../common/walls.rs"]
mod drawn_walls;
mod face;
mod files;
#[path = "../common/face.rs"]
mod found_face;
mod golden;
#[path = "../common/hair_photos.rs"]
mod hair_photos;
mod head;
#[path = "../common/heads_by_lot.rs"]
mod heads_by_lot;
mod landmarks;
#[path = "../common/looked_at.rs"]
mod looked_at;
#[path = "../common/measured_head.rs"]
mod measured_head;
mod old_files;
mod optics;
mod photo_blur;
mod photo_check;
mod photo_files;
mod portraits_before_walls;
mod request_schema;
mod sample;
mod scalp;
#[path = "../common/scene.rs"]
mod scene;
mod schema;
mod shapes;
#[path = "../common/shared_photo.rs"]
mod shared_photo;
mod sides;
#[path = "../common/skip.rs"]
mod skip;
mod synthetic;
mod targets;
mod tokens;
mod treated;
