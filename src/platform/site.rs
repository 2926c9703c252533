//! What lies beside the program on its own address.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestCredentials, RequestInit, Response};

/// The clinic's configuration as text; `None` when there is none.
pub async fn configuration() -> Option<String> {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    options.set_credentials(RequestCredentials::Omit);
    let request = super::dom::window()?.fetch_with_str_and_init("hairline.config.json", &options);
    let response: Response = JsFuture::from(request).await.ok()?.unchecked_into();
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
