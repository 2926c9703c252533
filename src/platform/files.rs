//! Files in and out.

use super::dom;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileList, FilePropertyBag, HtmlAnchorElement, ShareData, Url,
};

/// The bytes of a file could not be read: it changed, it is gone, or it is a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Copies the bytes of a file at once: the file itself may change or vanish later.
///
/// # Errors
/// When the browser cannot read it.
pub async fn read(file: &Blob) -> Result<Rc<[u8]>, Unreadable> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec().into())
}

/// Reads only the beginning of a file.
///
/// # Errors
/// When the browser cannot read it.
pub async fn read_head(file: &Blob, bytes: usize) -> Result<Vec<u8>, Unreadable> {
    let head = file.slice_with_i32_and_i32(0, i32::try_from(bytes).unwrap_or(i32::MAX)).map_err(|_| Unreadable)?;
    read(&head).await.map(|bytes| bytes.to_vec())
}

/// The first file of a list.
#[must_use]
pub fn first(files: Option<FileList>) -> Option<File> {
    files?.get(0)
}

/// The first picture among what was dropped or pasted, else the first file.
#[must_use]
pub fn first_of_transfer(transfer: Option<DataTransfer>) -> Option<File> {
    let files = transfer?.files()?;
    let all: Vec<File> = (0..files.length()).filter_map(|index| files.get(index)).collect();
    all.iter().find(|file| file.type_().starts_with("image/")).or(all.first()).cloned()
}

/// Bytes as a blob of that media type.
///
/// # Errors
/// When the browser has no memory for it.
pub fn blob(bytes: &[u8], mime: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)
}

/// How long a saved file's address stays valid: the browser reads it when the visitor has answered its question where to.
const ADDRESS_LIFE_MS: u32 = 60_000;

/// Hands a file to the visitor's browser to save.
///
/// # Errors
/// When the browser refuses, as some frames do.
pub fn save(content: &Blob, name: &str) -> Result<(), JsValue> {
    let address = ObjectUrl::new(content).ok_or(JsValue::NULL)?;
    let document = dom::document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(address.address());
    link.set_download(name);
    link.click();
    Timeout::new(ADDRESS_LIFE_MS, move || drop(address)).forget();
    Ok(())
}

/// Whether the browser hands files of that media type to other programs of the device.
#[must_use]
pub fn can_share(mime: &str, name: &str) -> bool {
    let can = |data: &ShareData| {
        // Older browsers have neither of both.
        let navigator = dom::window()?.navigator();
        let has_it = js_sys::Reflect::has(&navigator, &"canShare".into()).is_ok_and(|has| has);
        Some(has_it && navigator.can_share_with_data(data))
    };
    shared(&[], mime, name).ok().and_then(|data| can(&data)).unwrap_or(false)
}

/// Hands a file to another program of the device, as the visitor chooses.
///
/// # Errors
/// When the browser cannot, or the visitor chooses none.
pub async fn share(bytes: &[u8], mime: &str, name: &str) -> Result<(), JsValue> {
    let window = dom::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.navigator().share_with_data(&shared(bytes, mime, name)?)).await.map(drop)
}

fn shared(bytes: &[u8], mime: &str, name: &str) -> Result<ShareData, JsValue> {
    let options = FilePropertyBag::new();
    options.set_type(mime);
    let file = File::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), name, &options)?;
    let data = ShareData::new();
    data.set_files(&Array::of1(&file));
    Ok(data)
}

/// An address under which the page can show a blob; given back when dropped.
#[derive(Debug, PartialEq, Eq)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// Makes an address for a blob.
    #[must_use]
    pub fn new(content: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(content).ok().map(Self)
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // The page may be on its way out.
        let _ = Url::revoke_object_url(&self.0);
    }
}
