//! Files that are handed to the browser to save.
#![cfg(test)]

use hairline_designer::platform::files;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::{self, Function, Promise};

fn run(script: &str) -> wasm_bindgen::JsValue {
    js_sys::eval(&format!("(() => {{ {script} }})()")).unwrap()
}

#[wasm_bindgen_test]
async fn a_saved_file_has_its_name_and_can_be_read_after_the_call() {
    // Instead of saving, the link is noted.
    let undo = run("const link = HTMLAnchorElement.prototype, own = link.click;
        link.click = function () { self.saved = [this.href, this.download]; };
        return () => { link.click = own; };");
    files::save(&files::blob(b"content", "text/plain").unwrap(), "design.json").unwrap();
    undo.unchecked_into::<Function>().call0(&js_sys::global()).unwrap();
    let read: Promise = run("const [address, name] = self.saved;
        return fetch(address).then(async (file) =>
            `${name} ${file.headers.get('content-type')} ${await file.text()}`);")
    .unchecked_into();
    let read = JsFuture::from(read).await.unwrap().as_string().unwrap();
    assert_eq!(read, "design.json text/plain content");
}

#[wasm_bindgen_test]
async fn a_shown_file_can_be_read_until_its_address_is_dropped() {
    let shown = files::ShownBlob::new(&files::blob(b"content", "text/plain").unwrap()).unwrap();
    let read = |address: &str| {
        let text = run(&format!("return fetch('{address}').then((file) => file.text(), () => 'gone');"));
        JsFuture::from(text.unchecked_into::<Promise>())
    };
    let address = shown.address().to_owned();
    assert_eq!(read(&address).await.unwrap(), "content");
    drop(shown);
    assert_eq!(read(&address).await.unwrap(), "gone");
}
