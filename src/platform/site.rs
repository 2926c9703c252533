//! What lies beside the program on its own address.

use gloo::net::http::Request;
use web_sys::{RequestCache, RequestCredentials};

/// The clinic's configuration as text; `None` when there is none.
pub async fn configuration() -> Option<String> {
    let request = Request::get("hairline.config.json");
    let request = request.cache(RequestCache::NoCache).credentials(RequestCredentials::Omit);
    let response = request.send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
}
