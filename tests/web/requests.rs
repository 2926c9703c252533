//! What goes over the network, seen by a `fetch` that takes the browser's place.
#![cfg(test)]

use hairline_designer::engine::ports::{Part, Payload, Response, Transport, TransportError};
use hairline_designer::platform::{site, transport::HttpTransport};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::{self, Function, Reflect};

/// A `fetch` of ours in the place of the browser's, which comes back when this is dropped.
struct Fetch(Function);

impl Fetch {
    /// One that notes what it was asked in `self.asked` and answers by this script.
    fn answering(script: &str) -> Self {
        let changed = js_sys::eval(&format!(
            "(() => {{
                const own = self.fetch;
                self.fetch = async (address, options) => {{
                    const request = new Request(address, options);
                    const form = request.method === 'POST' ? [...await request.clone().formData()] : [];
                    const parts = await Promise.all(form.map(async ([name, file]) =>
                        `${{name}} ${{file.name}} ${{file.type}} ${{await file.text()}}`));
                    const {{ method, url, cache, credentials, redirect, referrerPolicy, signal }} = request;
                    self.asked = [method, url, cache, credentials, redirect, referrerPolicy, ...parts].join('\\n');
                    {script}
                }};
                return () => {{ self.fetch = own; }};
            }})()"
        ));
        Self(changed.unwrap().unchecked_into())
    }

    fn asked(&self) -> String {
        Reflect::get(&js_sys::global(), &"asked".into()).unwrap().as_string().unwrap()
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.0.call0(&JsValue::NULL).unwrap();
    }
}

fn payload() -> Payload {
    let part = |name, mime, file_name, bytes: &[u8]| Part { name, mime, file_name, bytes: bytes.into() };
    Payload {
        endpoint: "https://clinic.example/in?to=a%20b".to_owned(),
        parts: vec![
            part("request", "application/json", "request.json", b"{}"),
            part("before", "image/jpeg", "before.jpg", b"picture"),
        ],
    }
}

#[wasm_bindgen_test]
async fn a_request_goes_to_the_endpoint_as_it_is_written_and_brings_nothing_else_along() {
    let fetch = Fetch::answering(
        "return new Response('x'.repeat(20000), { status: 429, headers: { 'Retry-After': ' 30 ' } });",
    );
    let answer = HttpTransport::default().send(payload()).await;
    let body = "x".repeat(10_000);
    assert_eq!(answer, Ok(Response { status: 429, retry_after_s: Some(30), body }));
    let asked = "POST\nhttps://clinic.example/in?to=a%20b\nno-store\nomit\nerror\nno-referrer\n\
                 request request.json application/json {}\nbefore before.jpg image/jpeg picture";
    assert_eq!(fetch.asked(), asked);
}

#[wasm_bindgen_test]
async fn a_request_that_is_cancelled_is_told_apart_from_one_that_failed() {
    let transport = HttpTransport::default();
    let fetch = Fetch::answering("throw new TypeError('no network');");
    assert_eq!(transport.send(payload()).await, Err(TransportError::NoAnswer));
    drop(fetch);

    let cancelled = transport.clone();
    let waits = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || cancelled.cancel());
    Reflect::set(&js_sys::global(), &"waits".into(), waits.as_ref()).unwrap();
    // The request is cancelled as soon as it waits for an answer.
    let _fetch = Fetch::answering(
        "setTimeout(self.waits);
        return new Promise((_, failed) => signal.addEventListener('abort', () => failed(signal.reason)));",
    );
    assert_eq!(transport.send(payload()).await, Err(TransportError::Cancelled));
}

#[wasm_bindgen_test]
async fn the_configuration_is_asked_for_without_cookies_and_always_anew() {
    for (script, expected) in [
        ("return new Response('{}');", Some("{}")),
        ("return new Response('not here', { status: 404 });", None),
        ("throw new TypeError('no network');", None),
        ("return new Response(new ReadableStream({ start(body) { body.error(new TypeError('cut')); } }));", None),
    ] {
        let fetch = Fetch::answering(script);
        assert_eq!(site::configuration().await.as_deref(), expected, "{script}");
        let asked = fetch.asked();
        let [method, address, cache, credentials, ..] = asked.split('\n').collect::<Vec<_>>()[..] else {
            panic!("{asked}");
        };
        assert!(address.ends_with("/hairline.config.json"), "{address}");
        assert_eq!([method, cache, credentials], ["GET", "no-cache", "omit"], "{script}");
    }
}
