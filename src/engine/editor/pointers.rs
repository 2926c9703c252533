//! Who owns the pointers on the stage: a tool, or the view.
//!
//! One finger (or mouse, or pen) works the tool. A second finger cancels the tool's gesture exactly and both move the view,
//! until all are lifted.

use super::Viewport;
use crate::engine::geometry::ScreenPoint;

/// Mouse, touch or pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerKind {
    /// A mouse or trackpad.
    Mouse,
    /// A finger.
    Touch,
    /// A pen; `eraser` when its other end is down.
    Pen {
        /// The eraser end.
        eraser: bool,
    },
}

/// What a pointer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointerPhase {
    /// It went down.
    Down,
    /// It moved.
    Move,
    /// It was lifted.
    Up,
    /// The browser took it away.
    Cancel,
}

/// One event of one pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PointerEvent {
    /// The browser's name of the pointer.
    pub id: i32,
    /// Mouse, touch or pen.
    pub kind: PointerKind,
    /// What it did.
    pub phase: PointerPhase,
    /// Where, on the stage.
    pub at: ScreenPoint,
    /// Whether it moves the view whatever the tool: the middle button, or the space bar is held.
    pub pans: bool,
}

/// What the stage has to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StageAct {
    /// The tool goes down here.
    ToolDown(ScreenPoint, PointerKind),
    /// The tool moves here.
    ToolMove(ScreenPoint),
    /// The tool is lifted here.
    ToolUp(ScreenPoint),
    /// The tool's gesture never was.
    ToolCancel,
    /// The photo is seen like this now.
    View(Viewport),
}

#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Owner {
    #[default]
    Nobody,
    Tool(i32),
    View,
}

/// The pointers that are down.
#[derive(Debug, Clone, Default)]
pub struct Pointers {
    down: Vec<(i32, ScreenPoint)>,
    owner: Owner,
}

impl Pointers {
    /// Takes an event and says what follows. `None` when nothing does.
    pub fn handle(&mut self, event: PointerEvent, viewport: Viewport) -> Option<StageAct> {
        match event.phase {
            PointerPhase::Down => self.down(event),
            PointerPhase::Move => self.moved(event, viewport),
            PointerPhase::Up | PointerPhase::Cancel => self.lifted(event),
        }
    }

    /// Whether any pointer is down.
    #[must_use]
    pub fn any_down(&self) -> bool {
        !self.down.is_empty()
    }

    fn down(&mut self, event: PointerEvent) -> Option<StageAct> {
        self.down.retain(|(id, _)| *id != event.id);
        self.down.push((event.id, event.at));
        match self.owner {
            Owner::Nobody if event.pans => {
                self.owner = Owner::View;
                None
            }
            Owner::Nobody => {
                self.owner = Owner::Tool(event.id);
                Some(StageAct::ToolDown(event.at, event.kind))
            }
            Owner::Tool(_) if event.kind == PointerKind::Touch => {
                self.owner = Owner::View;
                Some(StageAct::ToolCancel)
            }
            Owner::Tool(_) | Owner::View => None,
        }
    }

    fn moved(&mut self, event: PointerEvent, viewport: Viewport) -> Option<StageAct> {
        let before: Vec<ScreenPoint> = self.down.iter().take(2).map(|(_, at)| *at).collect();
        let slot = self.down.iter_mut().find(|(id, _)| *id == event.id)?;
        slot.1 = event.at;
        let after: Vec<ScreenPoint> = self.down.iter().take(2).map(|(_, at)| *at).collect();
        match (self.owner, before.as_slice(), after.as_slice()) {
            (Owner::Tool(id), ..) if id == event.id => Some(StageAct::ToolMove(event.at)),
            (Owner::View, [from], [to]) => Some(StageAct::View(viewport.panned(to.x - from.x, to.y - from.y))),
            (Owner::View, [a, b], [c, d]) => Some(StageAct::View(viewport.pinched((*a, *b), (*c, *d)))),
            _ => None,
        }
    }

    fn lifted(&mut self, event: PointerEvent) -> Option<StageAct> {
        let known = self.down.iter().any(|(id, _)| *id == event.id);
        self.down.retain(|(id, _)| *id != event.id);
        let owner = self.owner;
        if self.down.is_empty() || owner == Owner::Tool(event.id) {
            self.owner = if self.down.is_empty() { Owner::Nobody } else { Owner::View };
        }
        match (owner, event.phase) {
            (Owner::Tool(id), PointerPhase::Up) if known && id == event.id => Some(StageAct::ToolUp(event.at)),
            (Owner::Tool(id), _) if known && id == event.id => Some(StageAct::ToolCancel),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::geometry::ScreenSize;

    fn viewport() -> Viewport {
        Viewport::fitted(ScreenSize::new(400.0, 400.0), (1000.0, 1000.0)).zoomed(2.0, ScreenPoint::new(200.0, 200.0))
    }

    fn event(id: i32, phase: PointerPhase, x: f64) -> PointerEvent {
        PointerEvent { id, kind: PointerKind::Touch, phase, at: ScreenPoint::new(x, 100.0), pans: false }
    }

    #[test]
    fn one_finger_works_the_tool() {
        let mut pointers = Pointers::default();
        let at = |x| ScreenPoint::new(x, 100.0);
        assert_eq!(
            pointers.handle(event(1, PointerPhase::Down, 10.0), viewport()),
            Some(StageAct::ToolDown(at(10.0), PointerKind::Touch))
        );
        assert_eq!(pointers.handle(event(1, PointerPhase::Move, 20.0), viewport()), Some(StageAct::ToolMove(at(20.0))));
        assert_eq!(pointers.handle(event(1, PointerPhase::Up, 20.0), viewport()), Some(StageAct::ToolUp(at(20.0))));
        assert!(!pointers.any_down());
    }

    #[test]
    fn a_second_finger_cancels_the_tool_and_moves_the_view_until_all_are_lifted() {
        let mut pointers = Pointers::default();
        pointers.handle(event(1, PointerPhase::Down, 100.0), viewport());
        assert_eq!(pointers.handle(event(2, PointerPhase::Down, 200.0), viewport()), Some(StageAct::ToolCancel));
        let Some(StageAct::View(pinched)) = pointers.handle(event(2, PointerPhase::Move, 300.0), viewport()) else {
            panic!("the view should move")
        };
        assert!((pinched.zoom() / viewport().zoom() - 2.0).abs() < 1e-9);
        assert_eq!(pointers.handle(event(2, PointerPhase::Up, 300.0), viewport()), None);
        assert!(matches!(pointers.handle(event(1, PointerPhase::Move, 90.0), viewport()), Some(StageAct::View(_))));
        assert_eq!(pointers.handle(event(1, PointerPhase::Up, 90.0), viewport()), None);
        assert!(matches!(pointers.handle(event(3, PointerPhase::Down, 5.0), viewport()), Some(StageAct::ToolDown(..))));
    }

    #[test]
    fn a_lost_pointer_cancels() {
        let mut pointers = Pointers::default();
        pointers.handle(event(1, PointerPhase::Down, 10.0), viewport());
        assert_eq!(pointers.handle(event(1, PointerPhase::Cancel, 10.0), viewport()), Some(StageAct::ToolCancel));
    }

    #[test]
    fn strangers_are_ignored() {
        let mut pointers = Pointers::default();
        assert_eq!(pointers.handle(event(9, PointerPhase::Move, 10.0), viewport()), None);
        assert_eq!(pointers.handle(event(9, PointerPhase::Up, 10.0), viewport()), None);
    }
}
