//! The program's start: serves jobs when it runs in a worker, shows the page otherwise.

#[cfg(target_family = "wasm")]
fn main() {
    use hairline_designer::{app, platform, worker};
    platform::memory::grow_once();
    if worker::serve::<worker::PageJob>() {
        std::panic::set_hook(platform::panic::in_worker());
        return;
    }
    // By this way and no other: a renderer without a hook of its own puts a plain one in place.
    yew::set_custom_panic_hook(platform::panic::in_page());
    if let Some(root) = platform::dom::by_id("app") {
        yew::Renderer::<app::App>::with_root(root).render();
    }
}

#[cfg(not(target_family = "wasm"))]
fn main() {
    // The program lives in a browser; natively only its engine is built, and tested.
}
