//! A request that the clinic's staff opened: the visitor's design is looked at and changed, and versions are saved beside it.

use crate::engine::calibration::Side;
use crate::engine::consult::{OpenError, OpenedRequest, RequestLink, Version};
use crate::engine::design::Design;
use std::rc::Rc;

/// How far the request is opened.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// The receiver was asked for it.
    Asked,
    /// It cannot be opened.
    Failed(OpenError),
    /// Its pictures are fetched.
    Fetching(Rc<OpenedRequest>),
    /// Its design is open.
    Open,
}

/// What the account may do, by the receiver's last word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permit {
    /// The session's token.
    pub csrf: String,
    /// Whether versions may be saved.
    pub may_save: bool,
    /// Whether the receiver did not know the session any more: it is asked anew before the next version goes.
    pub is_stale: bool,
}

/// The slice. Nothing of it, nor of the design and pictures, is ever kept on the device.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffState {
    /// Which request.
    pub link: RequestLink,
    /// How far it is opened.
    pub opening: Opening,
    /// The sides of its design whose picture did not come.
    pub missing: Vec<Side>,
    /// What the account may do.
    pub permit: Permit,
    /// The name that the next version gets.
    pub name: String,
    /// The version that was made last.
    pub version: Option<Rc<Version>>,
    /// The status of the receiver's last answer to a version.
    pub status: Option<u16>,
}

impl StaffState {
    /// A request that is to be opened.
    #[must_use]
    pub fn new(link: RequestLink) -> Self {
        Self {
            link,
            opening: Opening::Asked,
            missing: Vec::new(),
            permit: Permit::default(),
            name: String::new(),
            version: None,
            status: None,
        }
    }

    /// Whether its design is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.opening == Opening::Open
    }

    /// The version that was made of that design under the present name: it goes again under its own id.
    #[must_use]
    pub fn version_of(&self, design: &Design) -> Option<&Rc<Version>> {
        self.version.as_ref().filter(|version| version.is_of(design, &self.name))
    }
}
