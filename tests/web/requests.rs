//! What goes over the network, seen by an `XMLHttpRequest` and a `fetch` that take the browser's place.
#![cfg(test)]

use hairline_designer::engine::ports::{Part, Payload, Response, Transport, TransportError};
use hairline_designer::platform::{site, transport::HttpTransport};
use std::cell::RefCell;
use std::rc::Rc;
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

/// An `XMLHttpRequest` of ours in the place of the browser's, which comes back when this is dropped.
struct Exchange(Function);

impl Exchange {
    /// One that notes in `self.asked` what is sent, and then does what this script says: `xhr.answer(...)`, `xhr.fail()`,
    /// `xhr.moved(...)`. It has `xhr.number`, from 1.
    fn answering(script: &str) -> Self {
        let changed = js_sys::eval(&format!(
            "(() => {{
                const own = self.XMLHttpRequest;
                let number = 0;
                self.asked = '';
                self.XMLHttpRequest = class extends EventTarget {{
                    number = ++number; upload = new EventTarget(); status = 0; responseURL = ''; responseText = ''; headers = {{}};
                    withCredentials = false; told = false;
                    constructor() {{
                        super();
                        const listen = this.upload.addEventListener.bind(this.upload);
                        this.upload.addEventListener = (...all) => {{ this.told = true; listen(...all); }};
                    }}
                    open(method, address) {{ this.method = method; this.address = address; }}
                    getResponseHeader(name) {{ return this.headers[name.toLowerCase()] ?? null; }}
                    answer(status, text, headers = {{}}, from = this.address) {{
                        Object.assign(this, {{ status, responseText: text, headers, responseURL: from }});
                        this.dispatchEvent(new ProgressEvent('loadend'));
                    }}
                    fail() {{ this.dispatchEvent(new ProgressEvent('loadend')); }}
                    abort() {{ this.fail(); }}
                    moved(loaded, total) {{
                        this.upload.dispatchEvent(new ProgressEvent('progress', {{ loaded, total, lengthComputable: true }}));
                    }}
                    async send(form) {{
                        const parts = await Promise.all([...form].map(async ([name, file]) =>
                            `${{name}} ${{file.name}} ${{file.type}} ${{await file.text()}}`));
                        self.asked += [this.method, this.address, this.withCredentials, this.told, ...parts].join('\n') + '\n';
                        const xhr = this;
                        {script}
                    }}
                }};
                return () => {{ self.XMLHttpRequest = own; }};
            }})()"
        ));
        Self(changed.unwrap().unchecked_into())
    }

    fn asked(&self) -> String {
        Reflect::get(&js_sys::global(), &"asked".into()).unwrap().as_string().unwrap()
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.0.call0(&JsValue::NULL).unwrap();
    }
}

/// Sends, and returns what came back with each percent that was told.
async fn sent(transport: &HttpTransport) -> (Result<Response, TransportError>, Vec<u8>) {
    let told = Rc::new(RefCell::new(Vec::new()));
    let of = told.clone();
    let answer = transport.send(payload(), Box::new(move |percent| of.borrow_mut().push(percent))).await;
    (answer, told.take())
}

#[wasm_bindgen_test]
async fn a_request_goes_to_the_endpoint_as_it_is_written_and_brings_nothing_else_along() {
    let exchange = Exchange::answering(
        "xhr.moved(0, 200); xhr.moved(50, 200); xhr.moved(51, 200); xhr.moved(200, 200);
         xhr.answer(429, 'x'.repeat(20000), { 'retry-after': ' 30 ' });",
    );
    let (answer, told) = sent(&HttpTransport::default()).await;
    let body = "x".repeat(10_000);
    assert_eq!(answer, Ok(Response { status: 429, retry_after_s: Some(30), body }));
    assert_eq!(told, [25, 100], "each percent once");
    let asked = "POST\nhttps://clinic.example/in?to=a%20b\nfalse\ntrue\n\
                 request request.json application/json {}\nbefore before.jpg image/jpeg picture\n";
    assert_eq!(exchange.asked(), asked);
}

#[wasm_bindgen_test]
async fn why_nothing_came_back_is_told_apart() {
    const REACHED: &str = "return new Response();";
    const LOST: &str = "throw new TypeError('no network');";
    let elsewhere = "xhr.answer(200, '{}', {}, 'https://clinic.example/login');";
    for (script, reached, expected, tries) in [
        // A server that gives no leave to be asked first is asked without.
        ("xhr.number === 1 ? xhr.fail() : xhr.answer(201, '{}');", REACHED, None, 2),
        ("xhr.fail();", REACHED, Some(TransportError::Blocked), 2),
        ("xhr.fail();", LOST, Some(TransportError::NoAnswer), 2),
        // What has begun has leave.
        ("xhr.moved(50, 200); xhr.fail();", REACHED, Some(TransportError::NoAnswer), 1),
        // An answer from elsewhere is a redirect, and none of this request.
        (&format!("xhr.moved(50, 200); {elsewhere}"), REACHED, Some(TransportError::NoAnswer), 1),
        (
            "const e = new Event('securitypolicyviolation'); document.dispatchEvent(e); xhr.fail();",
            REACHED,
            Some(TransportError::Blocked),
            1,
        ),
    ] {
        let exchange = Exchange::answering(script);
        let fetch = Fetch::answering(reached);
        let (answer, _) = sent(&HttpTransport::default()).await;
        assert_eq!(answer.err(), expected, "{script}");
        drop(fetch);
        let asked = Reflect::get(&js_sys::global(), &"asked".into()).unwrap().as_string().unwrap();
        if expected == Some(TransportError::Blocked) && tries == 2 {
            assert!(asked.starts_with("HEAD\nhttps://clinic.example/\n"), "{asked}");
        } else if reached == REACHED {
            assert_eq!(asked.matches("POST").count(), tries, "{script}: {asked}");
        }
        drop(exchange);
    }
}

#[wasm_bindgen_test]
async fn a_request_that_is_cancelled_is_told_apart_from_one_that_failed() {
    let transport = HttpTransport::default();
    let cancelled = transport.clone();
    let waits = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(move || cancelled.cancel());
    Reflect::set(&js_sys::global(), &"waits".into(), waits.as_ref()).unwrap();
    // The request is cancelled as soon as it waits for an answer.
    let _exchange = Exchange::answering("xhr.moved(50, 200); setTimeout(self.waits);");
    assert_eq!(sent(&transport).await.0, Err(TransportError::Cancelled));
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
