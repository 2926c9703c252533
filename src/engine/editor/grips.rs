//! What can be taken hold of on the picture: marks, handles, the point between the brows.

use super::Command;
use crate::engine::catalog::Norms;
use crate::engine::design::{FillToHere, Hairline, View};
use crate::engine::geometry::{Mm, PhotoPoint};

/// A point that the visitor can move, by pointer or by keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// The first mark of the scale.
    MarkA,
    /// The second mark of the scale.
    MarkB,
    /// The point between the brows.
    Glabella,
    /// A handle of the front line.
    Handle(usize),
    /// A handle of the upper boundary of the fill.
    Boundary(usize),
}

/// A small move by a key or a button, in photo pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nudge {
    /// To the right.
    pub dx: f64,
    /// Downwards.
    pub dy: f64,
}

impl Grip {
    /// Where it is, if the view has it.
    #[must_use]
    pub fn position(self, view: &View, norms: &Norms) -> Option<PhotoPoint> {
        match self {
            Self::MarkA => view.calibration.map(|calibration| calibration.a),
            Self::MarkB => view.calibration.map(|calibration| calibration.b),
            Self::Glabella => view.glabella.or_else(|| Some(view.face(norms)?.at(Mm(0.0), Mm(0.0)))),
            Self::Handle(index) => view.hairline.as_ref()?.handles.get(index).copied(),
            Self::Boundary(index) => view.fill_to_here()?.1.boundary.get(index).copied(),
        }
    }

    /// The command that brings it there. With `mirrored` the handle on the other side of the line moves alike.
    #[must_use]
    pub fn moved_to(self, to: PhotoPoint, mirrored: bool, view: &View, norms: &Norms) -> Option<Command> {
        match self {
            Self::MarkA | Self::MarkB => {
                let mut calibration = view.calibration?;
                *(if self == Self::MarkA { &mut calibration.a } else { &mut calibration.b }) = to;
                Some(Command::Calibrate(Some(calibration)))
            }
            Self::Glabella => Some(Command::SetGlabella(to)),
            Self::Handle(index) => {
                let mut handles = view.hairline.as_ref()?.handles.clone();
                move_one(&mut handles, index, to, mirrored, view, norms)?;
                Some(Command::SetHairline(Some(Hairline { handles })))
            }
            Self::Boundary(index) => {
                let fill = view.fill_to_here()?.1;
                let mut boundary = fill.boundary.clone();
                move_one(&mut boundary, index, to, mirrored, view, norms)?;
                Some(Command::FillToHere(Some(FillToHere { boundary, ..*fill })))
            }
        }
    }

    /// The command that takes it away; `None` for what must stay.
    #[must_use]
    pub fn removed(self, view: &View) -> Option<Command> {
        match self {
            Self::Handle(index) => {
                let mut handles = view.hairline.as_ref()?.handles.clone();
                (handles.len() > 2 && index < handles.len()).then(|| handles.remove(index))?;
                Some(Command::SetHairline(Some(Hairline { handles })))
            }
            Self::Boundary(index) => {
                let fill = view.fill_to_here()?.1;
                let mut boundary = fill.boundary.clone();
                (boundary.len() > 1 && index < boundary.len()).then(|| boundary.remove(index))?;
                Some(Command::FillToHere(Some(FillToHere { boundary, ..*fill })))
            }
            Self::MarkA | Self::MarkB | Self::Glabella => None,
        }
    }
}

/// Moves a handle, and with `mirrored` its counterpart from the other end to the mirror image across the midline.
fn move_one(
    handles: &mut [PhotoPoint],
    index: usize,
    to: PhotoPoint,
    mirrored: bool,
    view: &View,
    norms: &Norms,
) -> Option<()> {
    let counterpart = handles.len().checked_sub(index + 1)?;
    let from = *handles.get(index)?;
    let face = view.face(norms);
    let midline = handles.first()?.lerp(*handles.last()?, 0.5);
    *handles.get_mut(index)? = to;
    if !mirrored {
        return Some(());
    }
    let Some(face) = face else {
        // No eyes are marked: the mirror stands half way between the ends of the line.
        if counterpart != index {
            handles.get_mut(counterpart)?.x -= to.x - from.x;
            handles.get_mut(counterpart)?.y += to.y - from.y;
        } else {
            handles.get_mut(index)?.x = midline.x;
        }
        return Some(());
    };
    let (right, up) = face.coordinates(to);
    if counterpart == index {
        *handles.get_mut(index)? = face.at(Mm(0.0), up);
    } else {
        *handles.get_mut(counterpart)? = face.at(Mm(-right.0), up);
    }
    Some(())
}
