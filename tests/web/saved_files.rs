//! Files that are handed to the browser to save.
//!
//! What stands at an address is loaded as a script: a page that was mounted by another test leaves a policy that lets nothing but
//! its own address be fetched.
#![cfg(test)]

use hairline_designer::platform::files;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::{self, Function, Promise};

/// A script that leaves a word.
const CONTENT: &[u8] = b"self.word = 'content'";

fn run(script: &str) -> wasm_bindgen::JsValue {
    js_sys::eval(&format!("(() => {{ {script} }})()")).unwrap()
}

/// What the script at an address left, or `gone` where there is none.
async fn word_at(address: &str) -> String {
    let loaded: Promise = run(&format!(
        "self.word = 'gone';
        const script = document.createElement('script');
        script.src = '{address}';
        return new Promise((done) => {{
            script.onload = script.onerror = () => {{ script.remove(); done(self.word); }};
            document.head.append(script);
        }});"
    ))
    .unchecked_into();
    JsFuture::from(loaded).await.unwrap().as_string().unwrap()
}

#[wasm_bindgen_test]
async fn a_saved_file_has_its_name_and_can_be_read_after_the_call() {
    // Instead of saving, the link and what it is made of are noted.
    let undo = run("const link = HTMLAnchorElement.prototype, own = link.click, make = URL.createObjectURL;
        link.click = function () { self.saved = [this.href, this.download]; };
        URL.createObjectURL = (blob) => { self.savedType = blob.type; return make.call(URL, blob); };
        return () => { link.click = own; URL.createObjectURL = make; };");
    files::save(&files::blob(CONTENT, "text/javascript").unwrap(), "design.js").unwrap();
    undo.unchecked_into::<Function>().call0(&js_sys::global()).unwrap();
    let saved = run("return `${self.saved[1]} ${self.savedType}`;").as_string().unwrap();
    assert_eq!(saved, "design.js text/javascript");
    let address = run("return self.saved[0];").as_string().unwrap();
    assert_eq!(word_at(&address).await, "content");
}

#[wasm_bindgen_test]
async fn a_shown_file_can_be_read_until_its_address_is_dropped() {
    let shown = files::ObjectUrl::new(&files::blob(CONTENT, "text/javascript").unwrap()).unwrap();
    let address = shown.address().to_owned();
    assert_eq!(word_at(&address).await, "content");
    drop(shown);
    assert_eq!(word_at(&address).await, "gone");
}
