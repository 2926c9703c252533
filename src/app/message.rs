//! Everything that can happen, as one value: all change goes through it.

use super::model::{MeasureBy, Question, Step};
use super::photo::LoadedPhoto;
use crate::engine::calibration::{Head, Side};
use crate::engine::catalog::SampleTone;
use crate::engine::consult::{Delivery, FormField, Pictures};
use crate::engine::design::{Design, FillOp, Look};
use crate::engine::editor::tools::{BrushSettings, ToolKind};
use crate::engine::editor::{FillEnd, Grip, Half, PointerEvent, RecipePart};
use crate::engine::export::Format;
use crate::engine::geometry::{Mm, ScreenPoint, ScreenSize};
use crate::engine::ports::{Answer, Draft, DraftFault, TransportFault};
use std::rc::Rc;
use web_sys::{Blob, File};

/// What a picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureUse {
    /// The after picture, saved.
    After,
    /// Before and after side by side, saved.
    Both,
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

/// What can happen.
pub enum Msg {
    /// The worker stands, or there is none.
    WorkshopOpened(bool),
    /// The clinic's configuration came, or there is none.
    Configured(Option<String>),
    /// A draft was looked for.
    DraftFound(Result<Option<Draft>, DraftFault>),
    /// A draft was kept, or not.
    DraftKept(Result<(), DraftFault>),
    /// It is time to keep a draft.
    KeepDraft,
    /// The carpet of dots is there.
    CarpetGrown(u32, Vec<f32>),

    /// The visitor chose a file as photo.
    PhotoPicked(Option<File>),
    /// The visitor wants the sample head in a skin tone.
    SamplePicked(SampleTone),
    /// Show another side of the head.
    Side(Side),
    /// Take another design into the hand.
    ChooseVariant(usize),
    /// Show another design, or the bare photo, on the left of the slider.
    CompareWith(Option<usize>),
    /// It is time to draw the picture of the next design.
    VariantPicture,
    /// It is time to survey a side that is not shown.
    Survey,
    /// One design more.
    CopyVariant,
    /// The design in the hand has another name.
    NameVariant(String),
    /// One design less.
    RemoveVariant,
    /// A photo was loaded, or not and why. The number tells loads apart: the last choice wins.
    PhotoLoaded(u32, Result<LoadedPhoto, String>),
    /// Turn the photo.
    Rotate,
    /// Turn the photo until the eyes are level.
    LevelPhoto,

    /// Go to a step.
    Go(Step),
    /// The stage has another size.
    StageResized(ScreenSize),
    /// A pointer did something on the stage.
    Pointer(PointerEvent),
    /// A mouse hovers over the stage, or left it.
    Hover(Option<ScreenPoint>),
    /// Zoom by a factor around a point, or around the middle.
    Zoom(f64, Option<ScreenPoint>),
    /// Show the whole photo.
    ZoomFit,
    /// One photo pixel per device pixel.
    ZoomFull,
    /// A key was pressed.
    Key(KeyStroke),
    /// A key was released.
    KeyUp(String),
    /// It is time to paint.
    Frame,

    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Choose a grip.
    Select(Grip),
    /// Move the chosen grip by photo pixels.
    Nudge(f64, f64),
    /// Remove the chosen grip.
    RemoveGrip,
    /// Add a handle beside the chosen one.
    AddHandle,
    /// Take a tool.
    Tool(ToolKind),

    /// Measure by eyes or by a known length.
    MeasureBy(MeasureBy),
    /// Put the marks into the picture without a tap.
    PlaceMarks,
    /// Remove the marks.
    ClearMarks,
    /// The distance between the marks, as typed; `None` takes the average.
    Distance(Option<f64>),

    /// What the photo shows, and how far away the camera was.
    Taken(Side, Mm),
    /// The skull's outline, turn or nod changed; a slider may still be held.
    Head(Head),
    /// Look for the skull anew.
    GuessHead,

    /// Lay the shape at that place among those offered.
    Shape(usize),
    /// A part of how the line comes about has another value; a slider may still be held.
    Recipe(RecipePart, f64),
    /// One half of the line becomes the mirror image of this one.
    MakeAlike(Half),
    /// The chosen handle becomes a corner, or smooth again.
    TurnCorner,
    /// Add a peak at each temple.
    TemplePeaks,
    /// Show the guide at that place among all, or hide it.
    Guide(usize),
    /// Whether handles snap to guides.
    Snap(bool),
    /// A key is held that keeps handles from snapping.
    Free,
    /// Mirror editing on or off.
    Mirror(bool),
    /// Remove the line.
    RemoveLine,

    /// Fill to the upper boundary, or not.
    FillToHere(bool),
    /// Fill up to what is seen in the photo.
    FillScalp(FillEnd),
    /// It is time to look for that in the photo.
    SeekScalp(FillEnd),
    /// Density of the fill.
    FillDensity(f64),
    /// The share of that density at the rear; a slider may still be held.
    FillRear(f64),
    /// The brush changed.
    Brush(BrushSettings),
    /// A part line, scar or patch changed, at its place among the deeds of filling; a slider may still be held.
    ChangeFill(usize, FillOp),
    /// Remove what is at that place among the deeds of filling.
    RemoveFill(usize),
    /// Remove all fills and strokes.
    ClearFill,

    /// The look changed; a slider may still be held.
    Look(Look),
    /// The look was chosen at once, not slid: it is one step.
    LookChosen(Look),
    /// The suggested shade was taken: the look with it.
    ShadeTaken(Look),
    /// It is time to draw the picture of the next stage.
    StagePicture,
    /// Look at the visitor's own hair no more.
    RemoveProbe,
    /// A slider was let go: what it changed is one step.
    Settled,
    /// The before/after slider, 0 (all after) to 1 (all before).
    Split(f64),
    /// Before is shown as long as this is held.
    HoldBefore(bool),

    /// PNG or JPEG.
    PictureFormat(Format),
    /// Save a picture.
    SavePicture(PictureUse),
    /// A picture was made, or not.
    PictureMade(PictureUse, Option<Blob>),
    /// Save the design.
    SaveDesign,
    /// The visitor chose a file as design.
    DesignPicked(Option<File>),
    /// The bytes of a design file.
    DesignRead(Option<Rc<[u8]>>),

    /// A field of the form was typed in.
    Field(FormField, String),
    /// A consent was ticked or unticked.
    Consent(FormField, bool),
    /// Look at what will be sent.
    Review,
    /// The pictures to send were made.
    ReviewReady(Rc<Design>, Option<Vec<Pictures>>),
    /// Back to the form.
    LeaveReview,
    /// Send, or try again.
    Send,
    /// An attempt ended.
    Delivered(String, u32, Result<Answer, TransportFault>),
    /// Waiting is over.
    RetryNow(Delivery),
    /// Stop waiting.
    CancelSend,
    /// Save the request as one file.
    SaveRequest,

    /// Ask something.
    Ask(Question),
    /// The answer to what was asked; `None` when the question was closed unanswered.
    Answer(Option<bool>),
    /// The notice was read.
    DismissNotice,
    /// Everything kept on the device is gone, or not.
    Deleted(Result<(), DraftFault>),
}
