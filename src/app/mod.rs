//! The page: yew components, one a file, and the acts that follow from what the visitor does.
//!
//! One component owns the state; all change goes through [`Msg`]. No rule of hairlines, scale or ink stands here.

mod acts;
mod message;
mod model;
mod painter;
mod photo;
mod view;

use crate::embed::Host;
use crate::engine::catalog::Norms;
use crate::engine::consult::ClinicConfig;
use crate::engine::design::Look;
use crate::engine::dots::Field;
use crate::engine::editor::tools::{BrushSettings, Hand, ToolKind};
use crate::engine::editor::{Editor, Pointers, Viewport};
use crate::engine::export::Format;
use crate::engine::geometry::{PhotoPoint, PhotoRect, ScreenSize};
use crate::engine::i18n::{Language, language};
use crate::engine::measure::Figures;
use crate::engine::render::Gloss;
use crate::platform::draft_store::BrowserStore;
use crate::platform::transport::HttpTransport;
use crate::platform::{dom, picture, site};
use crate::worker::Workshop;
use gloo::render::AnimationFrame;
use gloo::timers::callback::Timeout;
use message::Msg;
use model::{Busy, Compare, MeasureBy, Notice, Question, RequestState, SaveState, Step, Tools};
use painter::{Dirty, Painter};
use photo::{Album, LoadedPhoto};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// Where dots stand in a new design: every visitor may see the same pattern.
const FIRST_SEED: u32 = 1;

/// An editor on an empty design.
fn new_editor(norms: Norms) -> Editor {
    Editor::new(norms, FIRST_SEED)
}

/// The whole page.
pub struct App {
    language: &'static Language,
    config: Rc<ClinicConfig>,
    workshop: Workshop,
    /// Whether there is a worker, once that is known.
    worker: Option<bool>,
    store: BrowserStore,
    transport: HttpTransport,
    host: Host,

    editor: Editor,
    hand: Hand,
    pointers: Pointers,
    step: Step,
    tools: Tools,
    measure_by: MeasureBy,
    mirrored: bool,
    brush: BrushSettings,
    compare: Compare,
    viewport: Viewport,
    /// Where the mouse hovers or the keyboard's cursor stands.
    cursor: Option<PhotoPoint>,
    /// The space bar is held: pointers move the view.
    space_held: bool,
    aids: acts::LineAids,

    /// The photo of the side that is shown.
    photo: Option<LoadedPhoto>,
    /// The photos of all sides.
    album: Album,
    /// The photos that are kept on the device, by their digests.
    kept_photos: Vec<String>,
    load: u32,
    field: Option<Field>,
    /// Where the skin shines, and the photo and the part of it where that was looked for.
    gloss: Option<((u32, PhotoRect), Gloss)>,
    growing: bool,
    figures: Option<Rc<Figures>>,
    surveys: Vec<acts::Surveyed>,
    surveying: Option<Timeout>,
    painted_look: Option<Look>,
    stage_pictures: acts::StagePictures,
    variant_pictures: acts::VariantPictures,
    /// The dots of the design that is compared with, and its look.
    compared: Option<(Field, Look)>,
    /// What was found against the photos.
    photo_notes: acts::PhotoNotes,
    /// Where the visitor's own hair was last looked at: shaved hair, bare skin.
    probed: Option<(PhotoPoint, PhotoPoint)>,

    canvas: NodeRef,
    loupe: NodeRef,
    painter: Option<Painter>,
    dirty: Option<Dirty>,
    frame: Option<AnimationFrame>,

    /// The element that gets the keyboard's focus when the page is rendered, as a selector.
    focus: Option<String>,
    busy: Option<Busy>,
    notice: Option<Notice>,
    question: Option<Question>,
    dialog: NodeRef,
    save: SaveState,
    request: RequestState,
    retry: Option<Timeout>,
    keeping: Option<Timeout>,
    drafts_work: bool,
    watches: Vec<acts::Watch>,
    /// Whether leaving would lose something; the page asks it when the visitor goes.
    unsaved: Rc<Cell<bool>>,
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    #[expect(clippy::too_many_lines, reason = "the one component names each part of its state")]
    fn create(ctx: &Context<Self>) -> Self {
        let language = language(&dom::languages());
        dom::set_language(language.tag, language.direction, language.texts.title);
        let norms = Norms::default();
        let link = ctx.link();
        link.send_future(async { Msg::Configured(site::configuration().await) });
        let workshop = Workshop::default();
        let opening = workshop.clone();
        link.send_future(async move { Msg::WorkshopOpened(opening.open().await) });
        let unsaved = Rc::new(Cell::new(false));
        Self {
            language,
            config: Rc::new(ClinicConfig::unconfigured()),
            workshop,
            worker: None,
            store: BrowserStore,
            transport: HttpTransport::default(),
            host: Host::new(),
            editor: new_editor(norms.clone()),
            hand: Hand::default(),
            pointers: Pointers::default(),
            step: Step::Photo,
            tools: Tools { size: ToolKind::Marks, line: ToolKind::Line, density: ToolKind::Area, look: ToolKind::View },
            measure_by: MeasureBy::Eyes,
            mirrored: true,
            brush: BrushSettings::new(&norms),
            compare: Compare::default(),
            viewport: Viewport::fitted(ScreenSize::default(), (0.0, 0.0)),
            cursor: None,
            space_held: false,
            aids: acts::LineAids::default(),
            photo: None,
            album: Album::default(),
            kept_photos: Vec::new(),
            load: 0,
            field: None,
            gloss: None,
            growing: false,
            figures: None,
            surveys: Vec::new(),
            surveying: None,
            painted_look: None,
            stage_pictures: acts::StagePictures::default(),
            variant_pictures: acts::VariantPictures::default(),
            compared: None,
            photo_notes: acts::PhotoNotes::default(),
            probed: None,
            canvas: NodeRef::default(),
            loupe: NodeRef::default(),
            painter: None,
            dirty: None,
            frame: None,
            focus: None,
            busy: None,
            notice: None,
            question: None,
            dialog: NodeRef::default(),
            save: SaveState { format: Format::Png, reads_back: picture::reads_back() },
            request: RequestState::default(),
            retry: None,
            keeping: None,
            drafts_work: true,
            watches: acts::watch_page(link, unsaved.clone()),
            unsaved,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if crate::platform::panic::is_broken() {
            return false;
        }
        self.act(ctx, msg)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        view::page(self, ctx)
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first {
            self.watches.extend(acts::watch_stage(ctx.link(), &self.canvas));
            self.host.ready();
        }
        if let Some(dialog) = self.dialog.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
            // A dialog that cannot be opened stands in the page all the same, and can be answered.
            let _ = dialog.show_modal();
        }
        if let Some(selector) = self.focus.take() {
            dom::focus(&selector);
        }
        self.magnify();
    }
}
