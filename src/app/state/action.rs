//! Everything that can happen, as values: the state changes by them alone.

use super::effect::{PictureUse, SavedFile, Timer};
use super::slices::editor::MeasureBy;
use super::slices::photos::{OpenPhoto, PhotoError, PickedFile};
use super::slices::preview::{ClippedOf, NotClipped};
use super::slices::request::{RequestStamp, ReviewPart};
use super::slices::session::Dialog;
use super::slices::step::Step;
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::SampleTone;
use crate::engine::clipped::ClippedHair;
use crate::engine::consult::{DetailChoice, FormField, Pictures};
use crate::engine::design::{Appearance, Design, FillOp};
use crate::engine::editor::tools::{BrushSettings, ToolKind};
use crate::engine::editor::{FillEnd, Half, Handle, PointerEvent, RecipePart};
use crate::engine::export::Format;
use crate::engine::face::SeenPerson;
use crate::engine::geometry::{Mm, ScreenPoint, ScreenSize};
use crate::engine::ports::{Draft, DraftError, KeptRequest, Response, TransportError};
use std::rc::Rc;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Action {
    /// To the session.
    Session(SessionAction),
    /// To the photos and the sides.
    Photo(PhotoAction),
    /// On the stage: pointers, keys, the view.
    Stage(StageAction),
    /// To the tools, the history, the chosen point.
    Tool(ToolAction),
    /// To the scale and the head.
    Scale(ScaleAction),
    /// To the line and its guides.
    Line(LineAction),
    /// To fills, strokes, scars and patches.
    Fill(FillAction),
    /// To the look of the ink and the comparison.
    Look(LookAction),
    /// To the variants of the design.
    Variant(VariantAction),
    /// To what is derived.
    Preview(PreviewAction),
    /// To files.
    Save(SaveAction),
    /// To the draft.
    Draft(DraftAction),
    /// To the request.
    Request(RequestAction),
    /// To a request that the clinic's staff opened.
    Staff(StaffAction),
    /// A timer ran out.
    Elapsed(Timer),
}

/// To the session.
#[derive(Debug, Clone)]
pub enum SessionAction {
    /// The page stands.
    Started,
    /// The worker stands, or there is none.
    WorkerOpened(bool),
    /// The clinic's configuration came, or there is none.
    Configured(Option<String>),
    /// Go to a step.
    Go(Step),
    /// Ask something.
    OpenDialog(Dialog),
    /// The answer to what was asked; `None` when the question was closed unanswered.
    Answer(Option<bool>),
    /// The notice was read.
    DismissNotice,
    /// The picture could not be painted: there is no memory for it.
    CanvasFailed,
    /// The browser gives the page no canvas to paint on.
    CanvasMissing,
}

/// To the photos and the sides.
#[derive(Debug, Clone)]
pub enum PhotoAction {
    /// The visitor chose a file as photo, or something that is no file.
    Picked(Option<PickedFile>),
    /// The visitor wants the sample head in a skin tone.
    SamplePicked(SampleTone),
    /// A photo was opened, or not and why. The number tells loads apart: the last choice wins.
    Opened(u32, Result<Box<OpenPhoto>, PhotoError>),
    /// It was looked who is seen in the photo of that load, or nobody could look.
    PersonSought(u32, Option<Box<SeenPerson>>),
    /// The visitor would rather start without the first idea.
    DeclineIdea,
    /// Show the first idea with the visitor's own hair clipped, or as it is in the photo.
    ClipIdea(bool),
    /// The photo shows another side than the one where it lies: it goes there.
    MoveTo(Side),
    /// Turn the photo by a quarter.
    Rotate,
    /// Turn the photo until the eyes are level.
    Level,
    /// Show another side.
    ShowSide(Side),
}

/// A key pressed on the stage or the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyStroke {
    /// The key's name.
    pub key: String,
    /// Shift was held.
    pub shift: bool,
    /// Control or Command was held.
    pub command: bool,
    /// The stage itself had the focus.
    pub on_stage: bool,
}

/// On the stage.
#[derive(Debug, Clone)]
pub enum StageAction {
    /// The stage has another size, and so many device pixels per CSS pixel.
    Resized(ScreenSize, f64),
    /// A pointer did something.
    Pointer(PointerEvent),
    /// A mouse hovers, or left.
    Hover(Option<ScreenPoint>),
    /// Zoom by a factor around a point, or around what the visitor looks at.
    Zoom(f64, Option<ScreenPoint>),
    /// Show the whole photo.
    ZoomFit,
    /// One photo pixel per device pixel.
    ZoomFull,
    /// A key was pressed.
    Key(KeyStroke),
    /// A key was released.
    KeyUp(String),
    /// A key that keeps handles from snapping is held.
    SuspendSnapping,
    /// The wheel was turned over the picture and left to the page around.
    WheelLeftToPage,
}

/// To the tools, the history, the chosen point.
#[derive(Debug, Clone)]
pub enum ToolAction {
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Take a tool.
    Take(ToolKind),
    /// Choose a point.
    Select(Handle),
    /// Move the chosen point by photo pixels.
    Nudge(f64, f64),
    /// Remove the chosen point.
    RemoveSelected,
    /// A slider was let go: what it changed is one step.
    Commit,
}

/// To the scale and the head.
#[derive(Debug, Clone)]
pub enum ScaleAction {
    /// Measure by eyes or by a known length.
    MeasureBy(MeasureBy),
    /// Put the marks into the picture without a tap.
    PlaceMarks,
    /// Remove the marks.
    ClearMarks,
    /// The distance between the marks, as typed; `None` takes the average.
    SetDistance(Option<f64>),
    /// What the photo shows, and how far away the camera was.
    SetTaken(Side, Mm),
    /// The skull's outline, yaw or pitch changed; a slider may still be held.
    ChangeHead(Head),
    /// Look for the skull anew.
    GuessHead,
}

/// To the line and its guides.
#[derive(Debug, Clone)]
pub enum LineAction {
    /// Lay the shape at that place among those offered.
    ChooseShape(usize),
    /// A part of how the line comes about has another value; a slider may still be held.
    ChangeRecipe(RecipePart, f64),
    /// One half of the line becomes the mirror image of this one.
    MirrorHalf(Half),
    /// The chosen handle becomes a corner, or smooth again.
    ToggleCorner,
    /// Add a handle beside the chosen one.
    AddHandle,
    /// Add a peak at each temple.
    AddTemplePeaks,
    /// Show the guide at that place among all, or hide it.
    ToggleGuide(usize),
    /// Whether handles snap to guides.
    SetSnapping(bool),
    /// Whether both halves move together.
    SetMirrored(bool),
    /// Remove the line.
    Remove,
}

/// To fills, strokes, scars and patches.
#[derive(Debug, Clone)]
pub enum FillAction {
    /// Fill a band behind the line, or take the fill away.
    SetBehindLine(bool),
    /// Fill up to what is seen in the photo.
    DetectScalp(FillEnd),
    /// Density of the fill; a slider may still be held.
    SetDensity(f64),
    /// The share of that density at the rear; a slider may still be held.
    SetRear(f64),
    /// The brush changed.
    SetBrush(BrushSettings),
    /// A part line, scar or patch changed, at its place among the fill operations; a slider may still be held.
    Change(usize, FillOp),
    /// Remove what is at that place among the fill operations.
    Remove(usize),
    /// Remove all fills and strokes.
    Clear,
}

/// To the look of the ink and the comparison.
#[derive(Debug, Clone)]
pub enum LookAction {
    /// The look changed; a slider may still be held.
    Change(Appearance),
    /// The look was chosen at once, not slid: it is one step.
    Choose(Appearance),
    /// The suggested shade was taken: the look with it.
    TakeSuggestion(Appearance),
    /// Look at the visitor's own hair no more.
    RemoveProbe,
    /// What was corrected of where hair is, is forgotten.
    ClearHair,
    /// The before/after slider, 0 (all after) to 1 (all before).
    Split(f64),
    /// Before is shown as long as this is held.
    HoldBefore(bool),
    /// Show another variant, or the bare photo, on the left of the slider.
    CompareWith(Option<usize>),
}

/// To the variants of the design.
#[derive(Debug, Clone)]
pub enum VariantAction {
    /// Work on another variant.
    Choose(usize),
    /// One variant more: a copy of the one that is worked on.
    Copy,
    /// The variant that is worked on has another name.
    Name(String),
    /// One variant less.
    Remove,
}

/// To what is derived.
#[derive(Debug, Clone)]
pub enum PreviewAction {
    /// The pattern of dots of that seed has grown: pairs of x and y.
    DotsGrown(u32, Rc<[f32]>),
    /// The visitor's own hair was clipped in that, and a rough picture of it is there; the whole one comes.
    ClippedFirst(Box<ClippedOf>, Rc<ClippedHair>),
    /// The visitor's own hair was clipped in that, or cannot be.
    Clipped(Box<ClippedOf>, Result<Rc<ClippedHair>, NotClipped>),
}

/// To files.
#[derive(Debug, Clone)]
pub enum SaveAction {
    /// PNG or JPEG.
    SetFormat(Format),
    /// Save a picture.
    SavePicture(PictureUse),
    /// The picture in the file of that name was saved, or not.
    PictureSaved(String, bool),
    /// Save the design.
    SaveDesign,
    /// A file was saved, or not.
    FileSaved(SavedFile, String, bool),
    /// The visitor chose a file as design.
    DesignPicked(PickedFile),
    /// The bytes of a design file; `None` where they could not be read.
    DesignRead(Option<Rc<[u8]>>),
}

/// To the draft.
#[derive(Debug, Clone)]
pub enum DraftAction {
    /// A draft was looked for, at that time (milliseconds since 1970).
    Found(Result<Option<Draft>, DraftError>, f64),
    /// A draft was kept, or not.
    Kept(Result<(), DraftError>),
    /// Everything kept on the device is gone, or not.
    Deleted(Result<(), DraftError>),
}

/// To the request.
#[derive(Debug, Clone)]
pub enum RequestAction {
    /// A field of the form was typed in.
    SetField(FormField, String),
    /// A consent was ticked or unticked.
    SetConsent(FormField, bool),
    /// Something was chosen, or let go.
    ChooseDetail(DetailChoice),
    /// Look at what will be sent.
    Review,
    /// Leave a part out of it, or take it in again.
    LeaveOut(ReviewPart, bool),
    /// The pictures of that design were rendered, or not, and the request got its id.
    Rendered(Rc<Design>, Option<Vec<Pictures>>, RequestStamp),
    /// Back to the form.
    LeaveReview,
    /// Send, or try again.
    Send,
    /// The request got another id.
    Renewed(RequestStamp),
    /// So many percent of the request of that id are on their way.
    Progressed(String, u8),
    /// A try ended.
    Answered(String, u32, Result<Response, TransportError>),
    /// The pictures of the request of that id were made smaller, or not.
    Shrunk(String, Option<Vec<Pictures>>),
    /// The device has a network again.
    CameOnline,
    /// Stop waiting.
    Cancel,
    /// Save the request as one file.
    SaveFile,
    /// Hand the request as one file to another program of the device.
    ShareFile,
    /// It was looked for a request that was sent before the page was closed, at that time (milliseconds since 1970).
    KeptFound(Option<KeptRequest>, f64),
    /// Show the request that nobody confirmed, to send it again.
    ShowEarlier,
    /// Forget the request that nobody confirmed.
    ForgetEarlier,
}

/// To a request that the clinic's staff opened.
#[derive(Debug, Clone)]
pub enum StaffAction {
    /// Ask for it again.
    OpenAgain,
    /// The receiver answered, or not.
    Answered(Result<Response, TransportError>),
    /// Its pictures were fetched, those that could be.
    PicturesFetched(Vec<(Side, Rc<[u8]>)>),
    /// The next version has another name.
    SetName(String),
    /// Save what is drawn as a version, or try again.
    Save,
}

/// Makes `From` for each kind of action, so that a component can dispatch it as it is.
macro_rules! actions {
    ($($kind:ident($action:ty)),* $(,)?) => {
        $(impl From<$action> for Action {
            fn from(action: $action) -> Self {
                Self::$kind(action)
            }
        })*
    };
}

actions! {
    Session(SessionAction),
    Photo(PhotoAction),
    Stage(StageAction),
    Tool(ToolAction),
    Scale(ScaleAction),
    Line(LineAction),
    Fill(FillAction),
    Look(LookAction),
    Variant(VariantAction),
    Preview(PreviewAction),
    Save(SaveAction),
    Draft(DraftAction),
    Request(RequestAction),
    Staff(StaffAction),
}
