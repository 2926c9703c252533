//! The program that looks at heads: it finds faces and people, and clips hair. A worker loads it with the first photo.

#[cfg(target_family = "wasm")]
fn main() {
    use hairline_designer::{platform, worker};
    platform::memory::grow_once();
    std::panic::set_hook(platform::panic::in_worker());
    worker::serve::<worker::HeadJob>();
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    // It runs in a browser's worker; natively only its engine is built, and tested.
}
