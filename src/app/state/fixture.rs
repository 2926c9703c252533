//! States to test with, and a browser that answers every effect at once and succeeds at everything.

use super::root::State;
use super::slices::photos::{OpenPhoto, Orientation, PhotoSource, PickedFile};
use super::slices::request::RequestStamp;
use super::slices::session::{Capabilities, NoticeKind};
use super::slices::staff::StaffState;
use super::slices::step::Step;
use super::{
    Action, Effect, FillAction, LineAction, PhotoAction, PreviewAction, RequestAction, SessionAction, SideRender,
    StageAction, Timer, reduce,
};
use crate::engine::catalog::{SampleHead, SampleTone};
use crate::engine::consult::{FormField, Pictures, RequestLink};
use crate::engine::design::{file, photo_digest};
use crate::engine::dots::BlueNoiseTile;
use crate::engine::editor::{AnalysisImage, PointerEvent, PointerKind, PointerPhase};
use crate::engine::face::{FacePose, FoundFace, FoundLandmarks, SeenPerson};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx, ScreenSize};
use crate::engine::i18n::language;
use crate::engine::photo::PhotoKind;
use crate::engine::ports::{Response, TransportError};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::LazyLock;

/// Width and height of every photo of the fixture, those of the sample head.
pub(crate) const PHOTO: (u32, u32) = (1200, 1500);
/// Width and height of the stage.
const STAGE: (f64, f64) = (800.0, 700.0);
/// More effects of one action than any is meant to have: it goes round in a circle.
const TOO_MANY: usize = 200;
/// A configuration with an endpoint.
pub(crate) const CONFIG: &str = r#"{ "clinic": { "name": "Clinic" },
    "request": { "endpoint": "https://clinic.example/requests", "consent_version": "3" } }"#;

/// Whether any of the effects fits a pattern.
macro_rules! asks {
    ($effects:expr, $($pattern:tt)+) => {
        $effects.iter().any(|effect| matches!(effect, $($pattern)+))
    };
}
pub(crate) use asks;

/// Does an action alone; returns the effects that it asks for.
pub(crate) fn after(state: &mut State, action: impl Into<Action>) -> Vec<Effect> {
    reduce(state, action.into())
}

/// Does an action and what the browser answers; returns all effects, in order.
#[track_caller]
pub(crate) fn play(state: &mut State, action: impl Into<Action>) -> Vec<Effect> {
    let mut actions = VecDeque::from([action.into()]);
    let mut all = Vec::new();
    while let Some(action) = actions.pop_front() {
        let effects = reduce(state, action);
        actions.extend(effects.iter().filter_map(answer));
        all.extend(effects);
        assert!(all.len() < TOO_MANY, "it never ends: {:?}", all.last());
    }
    all
}

/// What a browser answers that succeeds at everything; files and requests wait for the test.
fn answer(effect: &Effect) -> Option<Action> {
    Some(match effect {
        Effect::OpenPhoto { load, source, orientation } => {
            PhotoAction::Opened(*load, Ok(Box::new(photo(*load, source, *orientation)))).into()
        }
        Effect::GrowDots(seed) => PreviewAction::DotsGrown(*seed, dots(*seed)).into(),
        Effect::RenderRequest { design, sides, .. } => {
            RequestAction::Rendered(design.clone(), Some(rendered(sides)), stamp("first")).into()
        }
        Effect::RenewRequest => RequestAction::Renewed(stamp("second")).into(),
        _ => return None,
    })
}

/// A photo as the browser opens it.
pub(crate) fn photo(load: u32, source: &PhotoSource, orientation: Orientation) -> OpenPhoto {
    let bytes: Option<Rc<[u8]>> = match source {
        PhotoSource::Sample(_) => None,
        PhotoSource::Bytes(bytes) => Some(bytes.clone()),
        PhotoSource::File(file) => Some(file.number.to_le_bytes().to_vec().into()),
    };
    let digest = match source {
        PhotoSource::Sample(head) => head.digest(),
        _ => photo_digest(bytes.as_deref().unwrap_or_default()),
    };
    OpenPhoto {
        load,
        bytes,
        kind: PhotoKind::WebP,
        original: PHOTO,
        working: PHOTO,
        orientation,
        digest,
        thumbnail: None,
        pixels: Some(head_pixels()),
    }
}

/// A bald head before a wall, where the sample head's marks are, at a quarter of the photo's size: dark hair lies around it.
fn head_pixels() -> Rc<AnalysisImage> {
    static PIXELS: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let (width, height) = (PHOTO.0 / 4, PHOTO.1 / 4);
        let colour = |at: u32| {
            let (x, y) = (f64::from(at % width) * 4.0 - 600.0, f64::from(at / width) * 4.0 - 590.0);
            if x.hypot(y) > 375.0 {
                [150, 160, 165, 255]
            } else if y < 0.0 && x.abs() < 275.0 {
                [205, 160, 140, 255]
            } else {
                [50, 40, 35, 255]
            }
        };
        (0..width * height).flat_map(colour).collect()
    });
    Rc::new(AnalysisImage::new(PIXELS.clone(), PHOTO.0 as usize / 4, 0.25))
}

/// A pattern of dots, grown once for the seed of a new design; of any other seed the same with its sides exchanged.
pub(crate) fn dots(seed: u32) -> Rc<[f32]> {
    static GROWN: LazyLock<Vec<f32>> = LazyLock::new(|| BlueNoiseTile::grow(1).to_pairs());
    let exchanged = || GROWN.chunks_exact(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    if seed == 1 { GROWN.clone().into() } else { exchanged() }
}

/// Two pictures of each side.
pub(crate) fn rendered(sides: &[SideRender]) -> Vec<Pictures> {
    let pictures = |side: &SideRender| Pictures { side: side.side, before: [1, 2].into(), after: [3, 4, 5].into() };
    sides.iter().map(pictures).collect()
}

/// An id for a request.
pub(crate) fn stamp(id: &str) -> RequestStamp {
    RequestStamp { id: id.to_owned(), made_at: "2026-01-02T03:04:05Z".to_owned() }
}

/// A file that the visitor chose.
pub(crate) fn file(number: u32) -> PickedFile {
    PickedFile { number, bytes: 1000 }
}

/// The face of the fixture's photos.
pub(crate) fn face() -> Box<FoundFace> {
    let at = PhotoPoint::new;
    Box::new(FoundFace {
        pupils: [at(474.0, 700.0), at(726.0, 700.0)],
        are_eyes_seen: true,
        landmarks: FoundLandmarks {
            canthi: [at(404.0, 702.0), at(796.0, 702.0)],
            nose_base: at(600.0, 880.0),
            chin: at(600.0, 1150.0),
            glabella: at(600.0, 630.0),
            brows: [at(600.0, 640.0); 10],
            temples: [at(390.0, 570.0), at(810.0, 570.0)],
            oval: Vec::new(),
        },
        pose: FacePose { yaw: 0.0, pitch: 0.0, roll: 0.0 },
        pupils_by_iris: Mm(63.0),
        points: Vec::new(),
    })
}

/// Who is seen in the fixture's photos: that face, and nobody's outline.
pub(crate) fn person() -> Box<SeenPerson> {
    Box::new(SeenPerson { face: Ok(*face()), mask: None, blur: PhotoPx(0.0), from_above: None })
}

/// A page that begins, with its stage.
pub(crate) fn started() -> State {
    let mut state = State::new(language(""), Capabilities { reads_back: true, ..Capabilities::default() });
    play(&mut state, StageAction::Resized(ScreenSize::new(STAGE.0, STAGE.1), 2.0));
    state
}

/// The sample head is open, its dots have grown, nothing is drawn.
pub(crate) fn opened() -> State {
    let mut state = started();
    play(&mut state, PhotoAction::SamplePicked(SampleTone::default()));
    state
}

/// A photo of the visitor is open.
pub(crate) fn opened_file() -> State {
    let mut state = started();
    play(&mut state, PhotoAction::Picked(Some(file(7))));
    state
}

/// As [`opened`], with the first shape as line.
pub(crate) fn with_line() -> State {
    let mut state = opened();
    play(&mut state, SessionAction::Go(Step::Hairline));
    play(&mut state, LineAction::ChooseShape(0));
    state
}

/// As [`with_line`], with a fill behind it.
pub(crate) fn with_fill() -> State {
    let mut state = with_line();
    play(&mut state, SessionAction::Go(Step::Density));
    play(&mut state, FillAction::SetBehindLine(true));
    state
}

/// As [`with_fill`], in a clinic with an endpoint and with the form filled in.
pub(crate) fn with_form() -> State {
    let mut state = with_fill();
    play(&mut state, SessionAction::Configured(Some(CONFIG.to_owned())));
    play(&mut state, SessionAction::Go(Step::Save));
    play(&mut state, RequestAction::SetField(FormField::Name, "Ada".to_owned()));
    play(&mut state, RequestAction::SetField(FormField::Email, "ada@example.org".to_owned()));
    play(&mut state, RequestAction::SetConsent(FormField::ToClinic, true));
    play(&mut state, RequestAction::SetConsent(FormField::Adult, true));
    play(&mut state, Action::Elapsed(Timer::FillIn));
    state
}

/// As [`with_form`], and the visitor looks at what will be sent under the id `first`.
pub(crate) fn reviewed() -> State {
    let mut state = with_form();
    play(&mut state, RequestAction::Review);
    state
}

/// The digest of the sample head in the usual tone from the front.
pub(crate) fn sample_digest() -> String {
    SampleHead::default().digest()
}

/// A pointer at a place of the photo.
pub(crate) fn pointer(state: &State, phase: PointerPhase, at: PhotoPoint) -> StageAction {
    let at = state.editor.viewport.to_screen(at);
    StageAction::Pointer(PointerEvent { id: 1, kind: PointerKind::Mouse, phase, at, pans: false })
}

/// A mouse goes down, along a way, and up; returns all effects.
pub(crate) fn drag(state: &mut State, way: &[(f64, f64)]) -> Vec<Effect> {
    let points: Vec<PhotoPoint> = way.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect();
    let (first, last) = (points[0], points[points.len() - 1]);
    let mut effects = play(state, pointer(state, PointerPhase::Down, first));
    for point in &points[1..] {
        effects.extend(play(state, pointer(state, PointerPhase::Move, *point)));
    }
    effects.extend(play(state, pointer(state, PointerPhase::Up, last)));
    effects
}

/// What the visitor is told, and how it is meant.
pub(crate) fn told(state: &State) -> Option<(NoticeKind, &str)> {
    state.session.notice.as_ref().map(|notice| (notice.kind, notice.text.as_str()))
}

/// Asserts that the last action told this.
#[track_caller]
pub(crate) fn check_told(state: &State, kind: NoticeKind, text: &str) {
    assert_eq!(told(state), Some((kind, text)));
}

/// What a server answers.
pub(crate) fn response(status: u16, body: &str) -> Result<Response, TransportError> {
    Ok(Response { status, retry_after_s: None, body: body.to_owned() })
}

/// The try under way ends like that; returns the effects.
pub(crate) fn answered_with(state: &mut State, attempt: u32, outcome: Result<Response, TransportError>) -> Vec<Effect> {
    let id = state.request.delivery.id().unwrap_or_default().to_owned();
    after(state, RequestAction::Answered(id, attempt, outcome))
}

/// The ids and tries of what is sent.
pub(crate) fn sent(effects: &[Effect]) -> Vec<(&str, u32)> {
    let sent = |effect| match effect {
        &Effect::Send { ref id, attempt, .. } => Some((id.as_str(), attempt)),
        _ => None,
    };
    effects.iter().filter_map(sent).collect()
}

/// A request that is under way, after the first try got no answer.
pub(crate) fn unconfirmed() -> State {
    let mut state = reviewed();
    after(&mut state, RequestAction::Send);
    after(&mut state, RequestAction::Cancel);
    state
}

/// The request that the staff's pages of these tests are of.
const REQUEST: &str = "7K2M-9QXR-4TDA";

/// A page whose address names a request of the clinic's.
pub(crate) fn asked() -> State {
    let mut state = started();
    state.staff = RequestLink::new(REQUEST, None).map(StaffState::new);
    state
}

/// What the receiver gives of a request with the design that a state has, and a picture of the front.
pub(crate) fn given(of: &State) -> Result<Response, TransportError> {
    let design = file::write(of.editor.document.design()).unwrap();
    let address = format!("/inbox/requests/{REQUEST}/files/before.jpg");
    let body = format!(
        r#"{{ "request": "{REQUEST}", "page": "/inbox/requests/{REQUEST}", "csrf": "token", "may_save": true,
            "design": {design}, "pictures": [{{ "side": "front", "address": "{address}" }}] }}"#
    );
    response(200, &body)
}
