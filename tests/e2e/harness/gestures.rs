//! Gestures of a visitor: mouse, wheel, touch and keys, as the browser itself would deliver them.
//!
//! Points are CSS pixels of the viewport, or of the frame that the session has entered.

use super::session::{Element, Rect, Session};
use serde_json::{Value, json};
use std::time::Duration;

/// A point of the viewport: x to the right, y down, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Between two positions of a moving pointer: a finger or mouse reports about that often.
const BETWEEN_MOVES: Duration = Duration::from_millis(8);

/// How long a finger stays down in a tap.
const TAP: Duration = Duration::from_millis(48);

/// How long a finger rests before it lifts. One that lifts while moving flings, and Chromium then takes the next tap
/// for the end of the fling.
const REST: Duration = Duration::from_millis(100);

/// How many positions a finger of a pinch passes through.
const PINCH_STEPS: u32 = 12;

/// Where fingers are and what they do at one moment; `None` where nothing changes.
type Fingers = Vec<Vec<Touch>>;

/// What a finger does.
#[derive(Clone, Copy)]
enum Touch {
    Down(Point),
    Move(Point),
    Up(Point),
    Wait(Duration),
}

impl Point {
    /// A point by its coordinates.
    pub(crate) fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The points on the way to another one in equal steps, both ends included.
    pub(crate) fn line_to(self, end: Self, steps: u32) -> Vec<Self> {
        (0..=steps).map(|step| self.toward(end, f64::from(step) / f64::from(steps))).collect()
    }

    fn toward(self, end: Self, share: f64) -> Self {
        Self::new(self.x + (end.x - self.x) * share, self.y + (end.y - self.y) * share)
    }
}

impl Rect {
    /// The point at shares of its width and height: `at(0.5, 0.5)` is the middle.
    pub(crate) fn at(&self, across: f64, down: f64) -> Point {
        Point::new(self.x + self.width * across, self.y + self.height * down)
    }
}

impl Element<'_> {
    /// Its middle in the viewport.
    #[track_caller]
    pub(crate) fn middle(&self) -> Point {
        self.rect().at(0.5, 0.5)
    }
}

/// Mouse and wheel.
impl Session {
    /// Moves the mouse to a point without a button pressed.
    #[track_caller]
    pub(crate) fn mouse_move(&self, to: Point) {
        self.mouse(&[move_to(to)]);
    }

    /// Clicks with the main button at a point.
    #[track_caller]
    pub(crate) fn mouse_click(&self, at: Point) {
        self.mouse(&[move_to(at), button("pointerDown"), button("pointerUp")]);
    }

    /// Clicks twice at a point.
    #[track_caller]
    pub(crate) fn mouse_double_click(&self, at: Point) {
        let (down, up) = (button("pointerDown"), button("pointerUp"));
        self.mouse(&[move_to(at), down.clone(), up.clone(), down, up]);
    }

    /// Presses at the first point, moves through the others, releases at the last.
    #[track_caller]
    pub(crate) fn mouse_drag(&self, points: &[Point]) {
        self.mouse_drag_with(&[], points);
    }

    /// A drag while these keys are held down.
    #[track_caller]
    pub(crate) fn mouse_drag_with(&self, held: &[Key], points: &[Point]) {
        let [first, rest @ ..] = points else {
            self.fail("a drag needs a point");
        };
        let mut steps = vec![move_to(*first), button("pointerDown")];
        steps.extend(rest.iter().copied().map(move_to));
        steps.push(button("pointerUp"));
        self.hold(held, || self.mouse(&steps));
    }

    /// Presses at the first point and moves through the others, but does not release: look at the page, then
    /// [`Self::mouse_release`].
    #[track_caller]
    pub(crate) fn mouse_press(&self, points: &[Point]) {
        let [first, rest @ ..] = points else {
            self.fail("a press needs a point");
        };
        let mut steps = vec![move_to(*first), button("pointerDown")];
        steps.extend(rest.iter().copied().map(move_to));
        self.mouse(&steps);
    }

    /// Releases the main button where the mouse is.
    #[track_caller]
    pub(crate) fn mouse_release(&self) {
        self.mouse(&[button("pointerUp")]);
    }

    /// Turns the wheel at a point by CSS pixels; positive `dy` scrolls down. Keys may be held.
    ///
    /// Chromium has no wheel while it is a phone.
    #[track_caller]
    pub(crate) fn wheel(&self, held: &[Key], at: Point, dx: i32, dy: i32) {
        let scroll = json!({
            "type": "scroll", "x": whole(at.x), "y": whole(at.y), "deltaX": dx, "deltaY": dy, "duration": 0,
            "origin": "viewport",
        });
        self.hold(held, || self.perform(json!([{ "type": "wheel", "id": "wheel", "actions": [scroll] }])));
    }

    #[track_caller]
    fn mouse(&self, steps: &[Value]) {
        self.perform(json!([{
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps,
        }]));
    }
}

/// Touch. In WebKit, whose driver has none, a script sends the pointer events.
impl Session {
    /// Taps once.
    #[track_caller]
    pub(crate) fn tap(&self, at: Point) {
        self.touch(&vec![vec![Touch::Down(at), Touch::Wait(TAP), Touch::Up(at)]]);
    }

    /// Taps twice quickly.
    #[track_caller]
    pub(crate) fn double_tap(&self, at: Point) {
        let tap = [Touch::Down(at), Touch::Wait(TAP), Touch::Up(at)];
        self.touch(&vec![[tap, tap].concat()]);
    }

    /// Holds a finger down for a time.
    #[track_caller]
    pub(crate) fn long_press(&self, at: Point, held: Duration) {
        self.touch(&vec![vec![Touch::Down(at), Touch::Wait(held), Touch::Up(at)]]);
    }

    /// Draws with one finger through the points.
    #[track_caller]
    pub(crate) fn swipe(&self, points: &[Point]) {
        self.touch(&vec![finger_along(points)]);
    }

    /// Two fingers, left and right of a centre, move from one distance to another (CSS pixels between them).
    #[track_caller]
    pub(crate) fn pinch(&self, centre: Point, from: f64, to: f64) {
        let finger = |side: f64| {
            let at = |distance: f64| Point::new(centre.x + side * distance / 2.0, centre.y);
            finger_along(&at(from).line_to(at(to), PINCH_STEPS))
        };
        self.touch(&vec![finger(-1.0), finger(1.0)]);
    }

    /// Two fingers move side by side along the points, `apart` CSS pixels from each other.
    #[track_caller]
    pub(crate) fn two_finger_swipe(&self, points: &[Point], apart: f64) {
        let finger = |side: f64| {
            let own: Vec<_> = points.iter().map(|point| Point::new(point.x + side * apart / 2.0, point.y)).collect();
            finger_along(&own)
        };
        self.touch(&vec![finger(-1.0), finger(1.0)]);
    }

    #[track_caller]
    fn touch(&self, fingers: &Fingers) {
        if self.engine().has_native_touch() {
            let sequences: Vec<_> =
                fingers.iter().enumerate().map(|(number, steps)| native_finger(number, steps)).collect();
            self.perform(json!(sequences));
        } else {
            const TOUCH: &str = include_str!("touch.js");
            let pause = u64::try_from(BETWEEN_MOVES.as_millis()).unwrap_or(u64::MAX);
            self.eval_async(TOUCH, &[scripted_frames(fingers), json!(pause)]);
        }
    }
}

/// A key of the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// A key that writes a character.
    Char(char),
    Tab,
    Enter,
    Space,
    Escape,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Shift,
    Ctrl,
    Alt,
}

impl Key {
    /// The key's code point in WebDriver.
    fn code(self) -> char {
        match self {
            Self::Char(written) => written,
            Self::Tab => '\u{E004}',
            Self::Enter => '\u{E007}',
            Self::Space => ' ',
            Self::Escape => '\u{E00C}',
            Self::Backspace => '\u{E003}',
            Self::Delete => '\u{E017}',
            Self::Left => '\u{E012}',
            Self::Up => '\u{E013}',
            Self::Right => '\u{E014}',
            Self::Down => '\u{E015}',
            Self::Home => '\u{E011}',
            Self::End => '\u{E010}',
            Self::PageUp => '\u{E00E}',
            Self::PageDown => '\u{E00F}',
            Self::Shift => '\u{E008}',
            Self::Ctrl => '\u{E009}',
            Self::Alt => '\u{E00A}',
        }
    }
}

/// Keys.
impl Session {
    /// Presses keys together and releases them in reverse: `press(&[Key::Ctrl, Key::Char('z')])`.
    #[track_caller]
    pub(crate) fn press(&self, keys: &[Key]) {
        let down = keys.iter().map(|key| key_step("keyDown", *key));
        let up = keys.iter().rev().map(|key| key_step("keyUp", *key));
        self.keyboard(&down.chain(up).collect::<Vec<_>>());
    }

    /// Presses one key several times.
    #[track_caller]
    pub(crate) fn press_times(&self, key: Key, times: usize) {
        for _time in 0..times {
            self.press(&[key]);
        }
    }

    /// Types a text into whatever has the focus.
    #[track_caller]
    pub(crate) fn type_text(&self, typed: &str) {
        let steps = typed.chars().map(Key::Char);
        let steps = steps.flat_map(|key| [key_step("keyDown", key), key_step("keyUp", key)]);
        self.keyboard(&steps.collect::<Vec<_>>());
    }

    /// Presses Tab until the focus is on an element of this role and name.
    ///
    /// # Panics
    /// When a hundred Tabs do not reach it; the message lists where the focus went.
    #[track_caller]
    pub(crate) fn tab_to(&self, role: &str, name: &str) {
        const TABS: usize = 100;
        let wanted = format!("{role} \"{name}\"");
        let mut passed = Vec::new();
        while passed.len() < TABS {
            self.press(&[Key::Tab]);
            let focus = self.focus();
            if focus == wanted {
                return;
            }
            passed.push(focus);
        }
        self.fail(&format!("Tab never reached {wanted}; it passed {}", passed.join(", ")));
    }

    /// Does something while keys are held down.
    #[track_caller]
    fn hold(&self, keys: &[Key], act: impl FnOnce()) {
        if keys.is_empty() {
            return act();
        }
        self.keyboard(&keys.iter().map(|key| key_step("keyDown", *key)).collect::<Vec<_>>());
        act();
        self.keyboard(&keys.iter().rev().map(|key| key_step("keyUp", *key)).collect::<Vec<_>>());
    }

    #[track_caller]
    fn keyboard(&self, steps: &[Value]) {
        self.perform(json!([{ "type": "key", "id": "keyboard", "actions": steps }]));
    }
}

fn key_step(what: &str, key: Key) -> Value {
    json!({ "type": what, "value": key.code().to_string() })
}

fn button(what: &str) -> Value {
    json!({ "type": what, "button": 0 })
}

fn move_to(point: Point) -> Value {
    let ms = u64::try_from(BETWEEN_MOVES.as_millis()).unwrap_or(u64::MAX);
    json!({ "type": "pointerMove", "x": whole(point.x), "y": whole(point.y), "duration": ms, "origin": "viewport" })
}

/// A whole pixel: the drivers refuse others, for the wheel in Chromium even `3.0`.
#[expect(clippy::cast_possible_truncation, reason = "a position in a window is far below the limits of i64")]
fn whole(pixels: f64) -> i64 {
    pixels.round() as i64
}

fn finger_along(points: &[Point]) -> Vec<Touch> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let mut steps = vec![Touch::Down(*first)];
    steps.extend(points.iter().skip(1).copied().map(Touch::Move));
    steps.extend([Touch::Wait(REST), Touch::Up(*last)]);
    steps
}

fn native_finger(number: usize, steps: &[Touch]) -> Value {
    let mut actions = Vec::new();
    for step in steps {
        match step {
            Touch::Down(at) => {
                let mut jump = move_to(*at);
                jump["duration"] = json!(0);
                actions.extend([jump, button("pointerDown")]);
            }
            Touch::Move(to) => actions.push(move_to(*to)),
            Touch::Up(_) => actions.push(button("pointerUp")),
            Touch::Wait(time) => {
                actions
                    .push(json!({ "type": "pause", "duration": u64::try_from(time.as_millis()).unwrap_or(u64::MAX) }));
            }
        }
    }
    json!({ "type": "pointer", "id": format!("finger{number}"), "parameters": { "pointerType": "touch" }, "actions": actions })
}

/// The same for the script: a list of moments, each with what every finger does then.
fn scripted_frames(fingers: &Fingers) -> Value {
    let mut frames: Vec<Vec<Value>> = Vec::new();
    for (number, steps) in fingers.iter().enumerate() {
        let mut moment = 0;
        for step in steps {
            let (what, at) = match step {
                Touch::Down(at) => ("down", at),
                Touch::Move(at) => ("move", at),
                Touch::Up(at) => ("up", at),
                Touch::Wait(time) => {
                    moment += usize::try_from(time.as_millis() / BETWEEN_MOVES.as_millis()).unwrap_or(0);
                    continue;
                }
            };
            while frames.len() <= moment {
                frames.push(Vec::new());
            }
            if let Some(frame) = frames.get_mut(moment) {
                frame.push(json!([number, what, at.x, at.y]));
            }
            moment += 1;
        }
    }
    json!(frames)
}
