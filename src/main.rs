//! The program's start: serves jobs when it runs in a worker, shows the page otherwise.

#[cfg(target_family = "wasm")]
fn main() {
    use hairline_designer::{app, platform, worker};
    if worker::serve() {
        platform::panic::watch_worker();
        return;
    }
    platform::panic::watch();
    if let Some(root) = platform::dom::by_id("app") {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    // The program lives in a browser; natively only its engine is built, and tested.
}
