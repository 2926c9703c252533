//! What lies beside the program on its own address.

use crate::engine::design::photo_digest;
use crate::engine::face::ModelFile;
use crate::engine::photo::{inspect, without_metadata};
use crate::engine::ports::{Response, TransportError};
use crate::platform::dom;
use gloo::net::http::Request;
use gloo::timers::callback::Timeout;
use web_sys::{AbortController, RequestCache, RequestCredentials};

/// How long a photo may take to come: 150 KB at 10 KB a second take 15 s of it.
const TIMEOUT_MS: u32 = 20_000;

/// The clinic's configuration as text; `None` when there is none.
pub async fn configuration() -> Option<String> {
    let request = Request::get("hairline.config.json");
    let request = request.cache(RequestCache::NoCache).credentials(RequestCredentials::Omit);
    let response = request.send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
}

/// The bytes of a photo beside the page; `None` where there is no network, no file or no photo.
///
/// What the browser kept of an earlier visit serves, also without a network: a photo never changes under its name. Where
/// the browser kept something else, an error page for example, the file is fetched anew.
pub async fn photo(path: &str) -> Option<Vec<u8>> {
    for cache in [RequestCache::ForceCache, RequestCache::Reload] {
        let bytes = fetched(path, cache).await?;
        if inspect(&bytes).is_ok() {
            return Some(bytes);
        }
    }
    None
}

/// The bytes of a net beside the page; `None` where it does not come, or is not the one that the program knows.
pub async fn model(file: &ModelFile) -> Option<Vec<u8>> {
    for cache in [RequestCache::ForceCache, RequestCache::Reload] {
        let bytes = fetched(file.path, cache).await?;
        if photo_digest(&bytes) == file.digest {
            return Some(bytes);
        }
    }
    None
}

/// What the receiver at the program's own address answers its staff, by the session of the browser.
///
/// # Errors
/// Without a network, and without an answer in time.
pub async fn of_staff(address: &str) -> Result<Response, TransportError> {
    if !dom::is_online() {
        return Err(TransportError::Offline);
    }
    let answer = answer(address, RequestCache::NoStore, RequestCredentials::SameOrigin).await;
    let (status, body) = answer.ok_or(TransportError::NoAnswer)?;
    Ok(Response { status, retry_after_s: None, body: String::from_utf8_lossy(&body).into_owned() })
}

/// The bytes of a picture that the receiver gives its staff, as a photo is opened: without its metadata. `None` where it does not come,
/// or is no picture.
pub async fn picture_of_staff(address: &str) -> Option<Vec<u8>> {
    let (_, bytes) = answer(address, RequestCache::NoStore, RequestCredentials::SameOrigin).await?;
    let header = inspect(&bytes).ok()?;
    Some(without_metadata(&bytes, header.kind).into_owned())
}

/// The body of an answer; empty where the answer says that there is none, `None` without an answer.
async fn fetched(path: &str, cache: RequestCache) -> Option<Vec<u8>> {
    let (status, bytes) = answer(path, cache, RequestCredentials::Omit).await?;
    Some(if (200..300).contains(&status) { bytes } else { Vec::new() })
}

/// The status and the body of an answer; `None` without one in time.
async fn answer(path: &str, cache: RequestCache, credentials: RequestCredentials) -> Option<(u16, Vec<u8>)> {
    let controller = AbortController::new().ok()?;
    let request = Request::get(path).cache(cache).credentials(credentials);
    let request = request.abort_signal(Some(&controller.signal()));
    let clock = Timeout::new(TIMEOUT_MS, move || controller.abort());
    let response = request.send().await.ok()?;
    let bytes = response.binary().await.ok()?;
    drop(clock);
    Some((response.status(), bytes))
}
