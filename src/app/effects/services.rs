//! What the effects work with: objects of the browser that are no part of the state.

use super::timers::Timers;
use crate::app::stage::pictures::Pictures;
use crate::app::stage::renderer::StageRenderer;
use crate::app::state::photos::PickedFile;
use crate::embed::Host;
use crate::platform::draft_store::BrowserStore;
use crate::platform::transport::HttpTransport;
use crate::worker::WorkerClient;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::File;

/// The services of a page. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Services(Rc<Inner>);

#[derive(Default)]
pub(crate) struct Inner {
    /// Does long work off the page's thread.
    pub(super) worker: WorkerClient,
    /// Drafts on the device.
    pub(super) drafts: BrowserStore,
    /// The one way out.
    pub(super) transport: HttpTransport,
    /// The page around.
    pub(super) host: RefCell<Option<Host>>,
    /// The timers that run.
    pub(super) timers: Timers,
    /// The open pictures.
    pub(crate) pictures: Rc<Pictures>,
    /// Paints the stage.
    pub(crate) stage: StageRenderer,
    /// Where the keyboard's focus goes once the page is rendered, as a selector.
    pub(crate) focus: RefCell<Option<String>>,
    files: RefCell<Vec<(u32, File)>>,
    picked: Cell<u32>,
}

impl PartialEq for Services {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Services {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Services {
    /// The services of the program of that number on its page.
    pub(crate) fn of_slot(slot: u32) -> Self {
        Self(Rc::new(Inner { drafts: BrowserStore::of_slot(slot), ..Inner::default() }))
    }

    /// Keeps a file that the visitor chose, for the effect that reads it.
    pub(crate) fn pick(&self, file: File) -> PickedFile {
        let number = self.picked.get() + 1;
        self.picked.set(number);
        let bytes = file.size() as u64;
        self.files.borrow_mut().push((number, file));
        PickedFile { number, bytes }
    }

    /// Hands out a file that was picked, and forgets it: each is read once.
    pub(super) fn take_file(&self, picked: PickedFile) -> Option<File> {
        let mut files = self.files.borrow_mut();
        let place = files.iter().position(|(number, _)| *number == picked.number)?;
        Some(files.swap_remove(place).1)
    }

    /// Finds the page around, and tells it that the program stands.
    pub(crate) fn greet_host(&self) {
        let host = Host::new();
        host.ready();
        self.host.replace(Some(host));
    }
}
