//! The contract with the page of the clinic that frames the program: which messages go out, to whom, and that none of them
//! holds anything of the visitor.
//!
//! | message | when | holds |
//! | --- | --- | --- |
//! | `ready` | the program stands | nothing |
//! | `height` | the content has another height | pixels |
//! | `request-sending` | the visitor sent a request | the request's id |
//! | `request-failed` | it was refused, or is not known to have arrived | the request's id and a word for the reason |
//! | `request-sent` | the clinic confirmed a request | the request's id |

use crate::engine::consult::RequestLink;
use crate::platform::dom;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ResizeObserver, Url, Window};

/// Version of the messages.
const VERSION: u32 = 1;
/// More programs than this on one page share the draft of the first.
const MAX_SLOT: u32 = 99;
/// The field of the fragment that says that the element was moved.
const RESUME: &str = "resume";
/// Name under which messages are known.
const SOURCE: &str = "hairline-designer";

/// The page around the program, if it is framed by one that said who it is.
pub struct Host {
    page: Option<Page>,
    _size: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

#[derive(Clone)]
struct Page {
    window: Window,
    /// The only origin that gets messages.
    origin: String,
    /// Which of several programs on the page this is.
    instance: String,
}

impl Host {
    /// Finds the page around. Its origin and the instance stand in the fragment of the program's address, where `embed.js`
    /// put them: `#origin=…&instance=…&slot=…`.
    #[must_use]
    pub fn new() -> Self {
        let page = framing_page();
        if page.is_some()
            && let Some(root) = dom::document().and_then(|document| document.document_element())
        {
            // A class name is always a valid one here.
            let _ = root.class_list().add_1("framed");
        }
        let size = page.clone().and_then(watch_height);
        Self { page, _size: size }
    }

    /// The program stands.
    pub fn ready(&self) {
        self.tell(Event::Ready);
    }

    /// The visitor sent a request.
    pub fn request_sending(&self, id: &str) {
        self.tell(Event::RequestSending { id });
    }

    /// A request was refused, or is not known to have arrived.
    pub fn request_failed(&self, id: &str, reason: &str) {
        self.tell(Event::RequestFailed { id, reason });
    }

    /// The clinic confirmed a request.
    pub fn request_sent(&self, id: &str) {
        self.tell(Event::RequestSent { id });
    }

    fn tell(&self, event: Event) {
        if let Some(page) = &self.page {
            page.tell(event);
        }
    }
}

impl Default for Host {
    fn default() -> Self {
        Self::new()
    }
}

/// What the page around is told.
#[derive(Serialize)]
struct Message<'a> {
    source: &'static str,
    version: u32,
    instance: &'a str,
    #[serde(flatten)]
    event: Event<'a>,
}

/// What happened.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Event<'a> {
    Ready,
    Height { height: f64 },
    RequestSending { id: &'a str },
    RequestFailed { id: &'a str, reason: &'a str },
    RequestSent { id: &'a str },
}

impl Page {
    fn tell(&self, event: Event) {
        let message = Message { source: SOURCE, version: VERSION, instance: &self.instance, event };
        // A plain object, and not a map of JavaScript. The page may be of another origin by now; then nobody hears it.
        let _ = message
            .serialize(&Serializer::json_compatible())
            .map(|message| self.window.post_message(&message, &self.origin));
    }
}

/// A field of the fragment of the program's address.
fn fragment_field(name: &str) -> Option<String> {
    let fragment = dom::window()?.location().hash().ok()?;
    let field =
        fragment.trim_start_matches('#').split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    js_sys::decode_uri_component(field).ok().map(String::from)
}

/// Which of the page's programs this is, from 1: each keeps a draft of its own.
#[must_use]
pub fn slot() -> u32 {
    let slot = fragment_field("slot").and_then(|slot| slot.parse().ok());
    slot.filter(|slot| dom::is_framed() && (1..=MAX_SLOT).contains(slot)).unwrap_or(1)
}

/// The request of the clinic's that the fragment names, `#request=…&version=…`, for the staff that follows a link of the receiver's.
/// In a frame of another page there is none.
#[must_use]
pub fn request_link() -> Option<RequestLink> {
    let request = fragment_field("request").filter(|_| !dom::is_framed())?;
    RequestLink::new(&request, fragment_field("version").as_deref())
}

/// Whether the element was moved on its page, which loads the frame anew: the draft goes on without a question.
///
/// It is said once: a visitor who loads the frame again because something broke is asked.
#[must_use]
pub fn take_resume() -> bool {
    let resumes = dom::is_framed() && fragment_field(RESUME).is_some();
    if resumes && let Some(location) = dom::window().map(|window| window.location()) {
        let fragment = location.hash().unwrap_or_default();
        let rest = fragment.split('&').filter(|pair| !pair.starts_with(RESUME)).collect::<Vec<_>>().join("&");
        // A fragment that stays as it is leads to the draft at once, and loses nothing.
        let _ = location.replace(&rest);
    }
    resumes
}

fn framing_page() -> Option<Page> {
    if !dom::is_framed() {
        return None;
    }
    let window = dom::window()?;
    let origin = fragment_field("origin").filter(|origin| is_origin(origin))?;
    let instance = fragment_field("instance")
        .filter(|name| name.len() <= 64 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))?;
    Some(Page { window: window.parent().ok()??, origin, instance })
}

/// Whether the text is exactly an origin of the web.
fn is_origin(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    web && Url::new(text).is_ok_and(|url| url.origin() == text)
}

/// Tells the page around each time when the content has another height.
fn watch_height(page: Page) -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    let root = dom::by_id("app")?;
    let watched = root.clone();
    let mut told = 0.0;
    let closure = Closure::<dyn FnMut()>::new(move || {
        let height = watched.get_bounding_client_rect().height().ceil();
        if (height - told).abs() >= 1.0 && height > 0.0 {
            told = height;
            page.tell(Event::Height { height });
        }
    });
    let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
    observer.observe(&root);
    Some((observer, closure))
}
