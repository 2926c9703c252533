//! The decoded pictures: that of the photo that is shown, and those that were opened and not yet taken.

use crate::platform::picture::Picture;
use std::cell::RefCell;

/// The pictures, by the numbers of their loads.
#[derive(Default)]
pub(crate) struct Pictures {
    shown: RefCell<Option<(u32, Picture)>>,
    clipped: RefCell<Option<Picture>>,
    waiting: RefCell<Vec<(u32, Picture)>>,
}

impl Pictures {
    /// The picture that is shown.
    pub(crate) fn shown(&self) -> Option<Picture> {
        self.shown.borrow().as_ref().map(|(_, picture)| picture.clone())
    }

    /// The picture that is shown with the visitor's own hair clipped.
    pub(crate) fn clipped(&self) -> Option<Picture> {
        self.clipped.borrow().clone()
    }

    /// The hair in the picture that is shown was clipped.
    pub(crate) fn put_clipped(&self, picture: Picture) {
        if let Some(before) = self.clipped.replace(Some(picture)) {
            before.close();
        }
    }

    /// A picture was opened and waits to be shown or dropped.
    pub(crate) fn put(&self, load: u32, picture: Picture) {
        self.waiting.borrow_mut().push((load, picture));
    }

    /// The picture of that load is shown from now on; the one before is closed.
    pub(crate) fn show(&self, load: u32) {
        let Some(picture) = self.take(load) else { return };
        self.hide();
        self.shown.replace(Some((load, picture)));
    }

    /// Closes the picture of that load.
    pub(crate) fn discard(&self, load: u32) {
        if let Some(picture) = self.take(load) {
            picture.close();
        }
    }

    /// Closes the picture that is shown: its memory is given back at once.
    pub(crate) fn hide(&self) {
        let shown = self.shown.take().map(|(_, picture)| picture);
        for picture in shown.into_iter().chain(self.clipped.take()) {
            picture.close();
        }
    }

    fn take(&self, load: u32) -> Option<Picture> {
        let mut waiting = self.waiting.borrow_mut();
        let place = waiting.iter().position(|(of, _)| *of == load)?;
        Some(waiting.swap_remove(place).1)
    }
}
