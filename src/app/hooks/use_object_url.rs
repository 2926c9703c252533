//! An address under which the page shows bytes.

use crate::platform::files::{self, ObjectUrl};
use std::rc::Rc;
use yew::prelude::*;

/// The address of these bytes, for as long as the component shows them; `None` where there are none or the browser gives none.
#[hook]
pub(crate) fn use_object_url(bytes: Option<Rc<[u8]>>, mime: &'static str) -> Option<AttrValue> {
    let url = use_memo(bytes, |bytes| {
        let bytes = bytes.as_ref()?;
        ObjectUrl::new(&files::blob(bytes, mime).ok()?)
    });
    (*url).as_ref().map(|url| AttrValue::from(url.address().to_owned()))
}
