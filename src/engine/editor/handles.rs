//! What can be taken hold of on the picture: marks, handles, the point between the brows.

use super::{Command, CommandError};
use crate::engine::calibration::{FaceFrame, Landmark};
use crate::engine::catalog::Parameters;
use crate::engine::design::{AreaFill, Band, DESIGN_LIMITS, FillOp, Hairline, Head, Patch, Probe, View};
use crate::engine::geometry::{Angle, Mm, PhotoPoint};

/// A point that the visitor can move, by pointer or by keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handle {
    /// The first mark of the scale.
    MarkA,
    /// The second mark of the scale.
    MarkB,
    /// The point between the brows.
    Glabella,
    /// A point of the face.
    Landmark(Landmark),
    /// A handle of the front line.
    Handle(usize),
    /// A handle of the upper boundary of the fill.
    Boundary(usize),
    /// A handle of the skull's outline.
    Head(HeadHandle),
    /// A part line or scar, by its place among the fill operations, and one of its handles.
    Band(usize, usize),
    /// A patch, by its place among the fill operations, and one of its corners.
    Patch(usize, usize),
    /// The place with shaved hair that is looked at.
    Stubble,
    /// The bare skin beside it.
    Skin,
}

/// Where the skull's outline is taken hold of. Its lower end has no handle: it lies in the face, where nothing shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadHandle {
    /// Moves the outline as it is.
    Centre,
    /// The top: height and lean.
    Top,
    /// The side to the head's right in the picture.
    Right,
    /// The side to the head's left in the picture.
    Left,
}

impl HeadHandle {
    /// All of them, in the order of [`Head::handles`].
    pub const ALL: [Self; 4] = [Self::Centre, Self::Top, Self::Right, Self::Left];
}

impl Handle {
    /// Where it is, if the view has it.
    #[must_use]
    pub fn position(self, view: &View, parameters: &Parameters) -> Option<PhotoPoint> {
        match self {
            Self::MarkA => view.calibration.map(|calibration| calibration.a),
            Self::MarkB => view.calibration.map(|calibration| calibration.b),
            Self::Glabella => view.glabella.or_else(|| Some(view.face(parameters)?.at(Mm(0.0), Mm(0.0)))),
            Self::Landmark(landmark) => view.landmark(landmark, parameters),
            Self::Handle(index) => view.hairline.as_ref()?.handles.get(index).copied(),
            Self::Boundary(index) => view.area_fill()?.1.boundary.get(index).copied(),
            Self::Head(handle) => {
                view.photo.as_ref()?;
                let head = view.head_in_force(parameters);
                HeadHandle::ALL.into_iter().zip(head.handles()).find_map(|(each, at)| (each == handle).then_some(at))
            }
            Self::Band(place, index) => band(view, place)?.handles.get(index).copied(),
            Self::Patch(place, index) => patch(view, place)?.outline.get(index).copied(),
            Self::Stubble => view.probe.map(|probe| probe.stubble),
            Self::Skin => view.probe.map(|probe| probe.skin),
        }
    }

    /// The command that brings it there. With `mirrored` the handle on the other side of the line, or the opposite edge of
    /// the skull's outline, moves alike.
    #[must_use]
    pub fn moved_to(self, to: PhotoPoint, mirrored: bool, view: &View, parameters: &Parameters) -> Option<Command> {
        match self {
            Self::MarkA | Self::MarkB => {
                let mut calibration = view.calibration?;
                *(if self == Self::MarkA { &mut calibration.a } else { &mut calibration.b }) = to;
                Some(Command::Calibrate(Some(calibration)))
            }
            Self::Glabella => Some(Command::SetGlabella(to)),
            Self::Landmark(landmark) => Some(Command::SetLandmark(landmark, Some(to))),
            Self::Handle(index) => {
                let line = view.hairline.as_ref()?;
                let mut handles = line.handles.clone();
                Mirror::of(view, parameters, mirrored).move_one(&mut handles, index, to)?;
                Some(Command::SetHairline(Some(Hairline { handles, corners: line.corners.clone() })))
            }
            Self::Boundary(index) => {
                let fill = view.area_fill()?.1;
                let mut boundary = fill.boundary.clone();
                // The corners of an outline have no counterparts.
                Mirror::of(view, parameters, mirrored && !fill.closed).move_one(&mut boundary, index, to)?;
                Some(Command::AreaFill(Some(AreaFill { boundary, ..*fill })))
            }
            Self::Head(handle) => {
                let head = shaped(view.head_in_force(parameters), handle, to, mirrored)?;
                Some(Command::SetHead(Some(Head { by_hand: true, ..head })))
            }
            Self::Band(place, index) => {
                let mut band = band(view, place)?.clone();
                *band.handles.get_mut(index)? = to;
                Some(Command::SetBand(place, band))
            }
            Self::Patch(place, index) => {
                let mut patch = patch(view, place)?.clone();
                *patch.outline.get_mut(index)? = to;
                Some(Command::SetPatch(place, patch))
            }
            Self::Stubble => Some(Command::SetProbe(Some(Probe { stubble: to, ..view.probe? }))),
            Self::Skin => Some(Command::SetProbe(Some(Probe { skin: to, ..view.probe? }))),
        }
    }

    /// The command that takes it away; `None` for what must stay. A part line or scar with no handle to spare, and a patch
    /// with no corner to spare, goes as a whole.
    #[must_use]
    pub fn removed(self, view: &View) -> Option<Command> {
        match self {
            Self::Landmark(landmark) => view.landmarks.get(landmark).map(|_| Command::SetLandmark(landmark, None)),
            Self::Handle(index) => Some(Command::SetHairline(Some(view.hairline.as_ref()?.without_handle(index)?))),
            Self::Boundary(index) => {
                let fill = view.area_fill()?.1;
                let mut boundary = fill.boundary.clone();
                let least = if fill.closed { 3 } else { 1 };
                (boundary.len() > least && index < boundary.len()).then(|| boundary.remove(index))?;
                Some(Command::AreaFill(Some(AreaFill { boundary, ..*fill })))
            }
            Self::Band(place, index) => {
                let mut band = band(view, place)?.clone();
                (index < band.handles.len()).then(|| band.handles.remove(index))?;
                Some(if band.handles.len() < 2 { Command::RemoveFill(place) } else { Command::SetBand(place, band) })
            }
            Self::Patch(place, index) => {
                let mut patch = patch(view, place)?.clone();
                (index < patch.outline.len()).then(|| patch.outline.remove(index))?;
                Some(if patch.outline.len() < 3 { Command::RemoveFill(place) } else { Command::SetPatch(place, patch) })
            }
            Self::Stubble | Self::Skin => view.probe.map(|_| Command::SetProbe(None)),
            Self::MarkA | Self::MarkB | Self::Glabella | Self::Head(_) => None,
        }
    }
}

/// The command that puts a handle half way between the chosen one and the next, of the fill's boundary where one of its handles is
/// chosen and else of the line, and the handle of the new handle. `None` where there is nothing to add to.
///
/// # Errors
/// When there are as many handles as there may be.
pub fn handle_half_way(view: &View, chosen: Option<Handle>) -> Result<Option<(Command, Handle)>, CommandError> {
    let fill = view.area_fill().map(|(_, fill)| fill);
    let (points, index) = match (chosen, &view.hairline, fill) {
        (Some(Handle::Boundary(index)), _, Some(fill)) => (&fill.boundary, index),
        (Some(Handle::Handle(index)), Some(line), _) => (&line.handles, index),
        (_, Some(line), _) => (&line.handles, line.handles.len() / 2),
        _ => return Ok(None),
    };
    if points.len() >= DESIGN_LIMITS.handles {
        return Err(CommandError::TooMany("handles"));
    }
    let from = index.min(points.len().saturating_sub(2));
    let Some((a, b)) = points.get(from).zip(points.get(from + 1)) else { return Ok(None) };
    let between = a.lerp(*b, 0.5);
    if let (Some(Handle::Boundary(_)), Some(fill)) = (chosen, fill) {
        let mut boundary = fill.boundary.clone();
        boundary.insert(from + 1, between);
        let command = Command::AreaFill(Some(AreaFill { boundary, ..*fill }));
        return Ok(Some((command, Handle::Boundary(from + 1))));
    }
    // On a curve the middle of the line, not of its chord, is where a new handle changes nothing.
    let Some(line) = &view.hairline else { return Ok(None) };
    let on_curve = line.curve().project(between).map_or(between, |near| near.nearest);
    Ok(Some((Command::SetHairline(Some(line.with_handle(from + 1, on_curve))), Handle::Handle(from + 1))))
}

fn band(view: &View, place: usize) -> Option<&Band> {
    match view.fill.get(place)?.as_ref() {
        FillOp::Band(band) => Some(band),
        _ => None,
    }
}

fn patch(view: &View, place: usize) -> Option<&Patch> {
    match view.fill.get(place)?.as_ref() {
        FillOp::Patch(patch) => Some(patch),
        _ => None,
    }
}

/// The outline after its handle was brought there. With `mirrored` its middle stays, else the opposite edge does. `None` for
/// a place that gives no outline.
fn shaped(head: Head, handle: HeadHandle, to: PhotoPoint, mirrored: bool) -> Option<Head> {
    let (right, up) = match handle {
        HeadHandle::Centre => return Some(Head { centre: to, ..head }),
        HeadHandle::Top => (0.0, 1.0),
        HeadHandle::Right => (1.0, 0.0),
        HeadHandle::Left => (-1.0, 0.0),
    };
    let from = if mirrored { head.centre } else { head.on_outline(-right, -up) };
    let head = if handle == HeadHandle::Top { Head { roll: lean(from, to)?, ..head } } else { head };
    let Angle { sine, cosine } = Angle::degrees(head.roll);
    // From what stays to the edge that follows the pointer, a unit vector in the picture.
    let (x, y) = (right * cosine + up * sine, right * sine - up * cosine);
    let extent = (to.x - from.x) * x + (to.y - from.y) * y;
    let half = (if mirrored { extent } else { extent / 2.0 }).max(DESIGN_LIMITS.head_half_px.0);
    let centre = if mirrored { from } else { from.moved(x * half, y * half) };
    let (half_width, half_height) =
        if handle == HeadHandle::Top { (head.half_width, half) } else { (half, head.half_height) };
    Some(Head { centre, half_width, half_height, ..head })
}

/// The lean of a head whose way up is from one point to another: degrees clockwise, to a tenth, which is finer than a hand.
fn lean(from: PhotoPoint, to: PhotoPoint) -> Option<f64> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let degrees = (dx.atan2(-dy).to_degrees() * 10.0).round() / 10.0;
    (from.distance(to) >= DESIGN_LIMITS.head_half_px.0 && degrees.is_finite()).then_some(degrees)
}

/// What happens to the counterpart of a handle that is moved.
enum Mirror {
    /// It stays.
    Off,
    /// It goes to the mirror image across the midline of the face.
    Face(FaceFrame),
    /// No eyes are marked: it goes to the mirror image half way between the ends of the line.
    Ends,
}

impl Mirror {
    fn of(view: &View, parameters: &Parameters, mirrored: bool) -> Self {
        match view.face(parameters) {
            _ if !mirrored => Self::Off,
            Some(face) => Self::Face(face),
            None => Self::Ends,
        }
    }

    /// Moves a handle, and its counterpart from the other end. `None` when there is no such handle.
    fn move_one(&self, handles: &mut [PhotoPoint], index: usize, to: PhotoPoint) -> Option<()> {
        let counterpart = handles.len().checked_sub(index + 1)?;
        let from = *handles.get(index)?;
        let midline = handles.first()?.lerp(*handles.last()?, 0.5);
        *handles.get_mut(index)? = to;
        match self {
            Self::Off => {}
            Self::Face(face) => {
                let (right, up) = face.coordinates(to);
                let mirrored = if counterpart == index { Mm(0.0) } else { Mm(-right.0) };
                *handles.get_mut(counterpart)? = face.at(mirrored, up);
            }
            Self::Ends if counterpart == index => *handles.get_mut(index)? = PhotoPoint::new(midline.x, to.y),
            Self::Ends => {
                let other = handles.get_mut(counterpart)?;
                *other = other.moved(from.x - to.x, to.y - from.y);
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        let line =
            Hairline::smooth([(0.0, 40.0), (100.0, 0.0), (200.0, 40.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec());
        let boundary = [(0.0, 0.0), (80.0, -90.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        let fill = vec![std::rc::Rc::new(FillOp::ToHere(AreaFill::even(boundary, 100.0)))];
        View { hairline: Some(line), fill, ..View::default() }
    }

    fn on_line(chosen: Option<Handle>) -> (Vec<PhotoPoint>, Handle) {
        match handle_half_way(&view(), chosen) {
            Ok(Some((Command::SetHairline(Some(line)), handle))) => (line.handles, handle),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_handle_half_way_lies_on_the_curve_and_is_the_chosen_one() {
        let curve = view().hairline.unwrap().curve();
        for (chosen, place) in
            [(None, 2), (Some(Handle::Handle(0)), 1), (Some(Handle::Handle(2)), 2), (Some(Handle::Skin), 2)]
        {
            let (handles, handle) = on_line(chosen);
            assert_eq!((handles.len(), handle), (4, Handle::Handle(place)), "{chosen:?}");
            assert!(curve.project(handles[place]).unwrap().distance < 0.01, "{chosen:?}: {handles:?}");
        }
    }

    #[test]
    fn a_boundary_gets_the_middle_of_its_side() {
        let Ok(Some((Command::AreaFill(Some(fill)), handle))) = handle_half_way(&view(), Some(Handle::Boundary(1)))
        else {
            panic!("no boundary");
        };
        assert_eq!((fill.boundary[1], handle), (PhotoPoint::new(40.0, -45.0), Handle::Boundary(1)));
        assert_eq!(fill.boundary.len(), 3);
    }

    #[test]
    fn a_full_line_takes_no_handle_and_nothing_none() {
        let full = Hairline::smooth((0..DESIGN_LIMITS.handles).map(|x| PhotoPoint::new(x as f64, 0.0)).collect());
        let full = View { hairline: Some(full), ..View::default() };
        assert_eq!(handle_half_way(&full, None), Err(CommandError::TooMany("handles")));
        assert_eq!(handle_half_way(&View::default(), None), Ok(None));
    }
}
