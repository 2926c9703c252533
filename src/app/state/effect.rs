//! What the page wants of the browser. Reducers ask for effects; `app::effects` carries them out and answers with actions.

use super::slices::photos::{Orientation, PhotoSource, PickedFile};
use super::slices::preview::ClippedOf;
use crate::engine::calibration::Side;
use crate::engine::catalog::Parameters;
use crate::engine::consult::{Pictures, RequestLink};
use crate::engine::design::Design;
use crate::engine::dots::{Dot, Field};
use crate::engine::editor::AnalysisImage;
use crate::engine::export::PicturePlan;
use crate::engine::geometry::PhotoRect;
use crate::engine::ports::{KeptRequest, Payload};
use std::rc::Rc;

/// A timer of the page. Each runs once; starting it again starts it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// The visitor rests: the draft is kept.
    KeepDraft,
    /// The page has shown that it is busy: the end of the scalp is looked for.
    DetectScalp,
    /// The visitor rests: sides that are not shown are measured.
    MeasureSides,
    /// The time until a request is sent again is over.
    Retry,
    /// The form of the request was begun long enough ago for a person.
    FillIn,
    /// The hint on how the wheel zooms was there long enough.
    WheelHint,
    /// The slider between before and after moves on by itself.
    Reveal,
    /// A face was looked for long enough.
    FindFace,
}

/// What a picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureUse {
    /// The after picture, saved.
    After,
    /// Before and after side by side, saved.
    Both,
}

/// What must be painted again on the stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dirty {
    /// Everything.
    All,
    /// The view stays; the ink of all dots is another, and soon will be again: only what has ink is painted and shown.
    Ink,
    /// The view and the dots stay; other parts of them are shown before and after the split.
    Split,
    /// The view stays; only this part of the photo has other dots. Everything is shown anew: browsers round otherwise where they
    /// draw a part alone, and the same design at rest is to be the same picture.
    Dots(PhotoRect),
    /// The same while a gesture is under way: what did not change is not shown again, which takes too long.
    Part(PhotoRect),
}

impl Dirty {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Part(a), Self::Part(b)) => Self::Part(a.union(b)),
            (Self::Dots(a) | Self::Part(a), Self::Dots(b) | Self::Part(b)) => Self::Dots(a.union(b)),
            (Self::Split, Self::Split) => Self::Split,
            (Self::Ink, Self::Ink | Self::Part(_)) | (Self::Part(_), Self::Ink) => Self::Ink,
            _ => Self::All,
        }
    }
}

/// A side of the head whose two pictures, before and after, are to be rendered for a request.
#[derive(Debug, Clone, PartialEq)]
pub struct SideRender {
    /// Which side.
    pub side: Side,
    /// Where its photo comes from.
    pub source: PhotoSource,
    /// How the visitor turned it.
    pub orientation: Orientation,
    /// Whether the photo is the one that is open.
    pub is_open: bool,
    /// Before and after.
    pub plans: [PicturePlan; 2],
}

/// A file that the page offers to save, besides pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedFile {
    /// The design.
    Design,
    /// The request as one file.
    Request,
}

/// What the clinic's page is told of a request: never more than its id and this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryNews {
    /// It is on its way.
    Sending,
    /// The clinic has it.
    Sent,
    /// It is not known to have arrived, or was refused; with the reason.
    Failed(&'static str),
}

/// Something that the browser is asked to do.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "few are asked for, and each is moved once")]
pub enum Effect {
    /// Start the worker; answered by `SessionAction::WorkerOpened`.
    OpenWorker,
    /// Read the clinic's configuration; answered by `SessionAction::Configured`.
    ReadConfiguration,
    /// From now on the page may connect only to itself and this origin.
    RestrictConnections(Option<String>),
    /// A line for the clinic's developer in the browser's console; never anything of the visitor.
    Warn(String),
    /// Put the keyboard's focus on the element that this selector finds, once the page is rendered.
    Focus(String),
    /// Start a timer of so many milliseconds; answered by `Action::Elapsed`.
    StartTimer(Timer, u32),
    /// Stop a timer.
    StopTimer(Timer),

    /// Open a photo; answered by `PhotoAction::Opened` with the same number.
    OpenPhoto {
        /// Tells the loads apart.
        load: u32,
        /// Where it comes from.
        source: PhotoSource,
        /// How the visitor turned it.
        orientation: Orientation,
    },
    /// The picture of that load is shown from now on; the one before it is closed.
    ShowPicture(u32),
    /// The picture of that load came too late and is closed.
    DropPicture(u32),
    /// The picture that is shown is closed.
    HidePicture,
    /// Read a design file; answered by `SaveAction::DesignRead`.
    ReadDesign(PickedFile),

    /// Look who is seen in a photo; answered by `PhotoAction::PersonSought` with the same number.
    FindPerson {
        /// The load of the photo.
        load: u32,
        /// Its pixels.
        pixels: Rc<AnalysisImage>,
    },
    /// Grow the pattern of dots of that seed; answered by `PreviewAction::DotsGrown`.
    GrowDots(u32),
    /// Clip the visitor's own hair in a photo; answered by `PreviewAction::Clipped` with the same.
    ClipHair {
        /// What it is found from.
        of: Box<ClippedOf>,
        /// The photo's pixels.
        pixels: Rc<AnalysisImage>,
        /// The parameters in force.
        parameters: Parameters,
        /// The design's seed.
        seed: u32,
    },
    /// Paint the stage in the next frame.
    Repaint(Dirty),

    /// Make a picture and save it; answered by `SaveAction::PictureSaved`.
    SavePicture {
        /// What it is made of.
        plan: PicturePlan,
        /// Its dots, in photo pixels.
        dots: Vec<Dot>,
        /// Whether the visitor's own hair is clipped in it where it has dots.
        is_clipped: bool,
        /// The file's name.
        name: String,
    },
    /// Save bytes as a file; answered by `SaveAction::FileSaved`.
    SaveFile {
        /// What it is.
        file: SavedFile,
        /// The file's name.
        name: String,
        /// Its media type.
        mime: &'static str,
        /// Its content.
        bytes: Vec<u8>,
    },

    /// Hand bytes as a file to another program of the device; saved, and answered as that, where it cannot be.
    ShareFile {
        /// What it is.
        file: SavedFile,
        /// The file's name.
        name: String,
        /// Its media type.
        mime: &'static str,
        /// Its content.
        bytes: Vec<u8>,
    },

    /// Look for a draft; answered by `DraftAction::Found`.
    LoadDraft,
    /// Keep a draft; answered by `DraftAction::Kept`.
    KeepDraft {
        /// The design's file.
        design: String,
        /// The bytes of the photos; `None` leaves those that are kept.
        photos: Option<Vec<Rc<[u8]>>>,
    },
    /// Delete everything that is kept on the device; answered by `DraftAction::Deleted`.
    DeleteDraft,
    /// Delete it without an answer: what is left is found at the next start.
    ForgetDraft,

    /// Render the pictures of a request; answered by `RequestAction::Rendered`.
    RenderRequest {
        /// The design.
        design: Rc<Design>,
        /// The sides that have a photo.
        sides: Vec<SideRender>,
        /// The dots' pattern, where it has grown already.
        field: Option<Field>,
        /// The parameters in force.
        parameters: Parameters,
        /// Bytes that all pictures may have together.
        max_bytes: usize,
    },
    /// Make the pictures of a request smaller; answered by `RequestAction::Shrunk`.
    ShrinkRequest {
        /// The request's id.
        id: String,
        /// Its pictures.
        pictures: Vec<Pictures>,
        /// Bytes that they may have together.
        max_bytes: usize,
    },
    /// Keep a request on the device until it is known to have arrived; `None` forgets it.
    KeepRequest(Option<Box<KeptRequest>>),
    /// Make another id for a request whose id is taken; answered by `RequestAction::Renewed`.
    RenewRequest,
    /// Send a request; answered by `RequestAction::Answered`.
    Send {
        /// Its id.
        id: String,
        /// The number of the try, from 1.
        attempt: u32,
        /// What is sent.
        payload: Payload,
    },
    /// Stop waiting for the answer.
    CancelSend,
    /// Tell the clinic's page what became of the request of that id.
    Announce(DeliveryNews, String),

    /// Ask the receiver for a request of the clinic's; answered by `StaffAction::Answered`.
    OpenRequest(RequestLink),
    /// Fetch its pictures; answered by `StaffAction::PicturesFetched`.
    FetchPictures(Vec<(Side, String)>),
}

impl Effect {
    /// Whether it reads, writes or deletes what is kept on the device.
    #[must_use]
    pub fn is_of_store(&self) -> bool {
        matches!(
            self,
            Self::LoadDraft | Self::KeepDraft { .. } | Self::DeleteDraft | Self::ForgetDraft | Self::KeepRequest(_)
        )
    }
}
