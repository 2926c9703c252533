//! What can be done to a design, each as one value.

use crate::engine::calibration::{Calibration, CalibrationError, Reference};
use crate::engine::catalog::{Norm, Norms, shade_key_or_default};
use crate::engine::design::{DESIGN_LIMITS, Design, FillOp, FillToHere, Hairline, Look, PhotoRef, Stroke, View};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use std::rc::Rc;

/// A change of the design.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Puts a photo into the view. Whatever was drawn on another photo goes.
    OpenPhoto(PhotoRef),
    /// Names the photo of the view anew and keeps what is drawn: the same photo was found again.
    MatchPhoto(PhotoRef),
    /// Turns the photo and everything on it clockwise by a quarter.
    TurnPhoto,
    /// Sets the marks of the scale, or takes them away.
    Calibrate(Option<Calibration>),
    /// Sets the point between the brows.
    SetGlabella(PhotoPoint),
    /// Sets the front line, or takes it away with the fill that follows it.
    SetHairline(Option<Hairline>),
    /// Adds a stroke on top.
    AddStroke(Stroke),
    /// Replaces the newest stroke: it is still being made.
    GrowStroke(Vec<PhotoPoint>),
    /// Sets the fill that follows the line, or takes it away.
    FillToHere(Option<FillToHere>),
    /// Takes every fill and stroke away.
    ClearFill,
    /// Sets how the ink looks.
    SetLook(Look),
    /// Sets the note for the practitioner.
    SetNotes(String),
    /// Replaces everything by another design.
    Load(Box<Design>),
}

/// Why a command was not done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Refusal {
    /// There is no photo to draw on.
    NoPhoto,
    /// A point is no number.
    NotANumber,
    /// The marks give no scale.
    Calibration(CalibrationError),
    /// A line needs two handles.
    TooFewHandles,
    /// More of something than a design may hold; names it.
    TooMany(&'static str),
    /// There is no line that the fill could follow.
    NoLine,
    /// There is no stroke to go on with.
    NoStroke,
}

/// The design after a command.
pub(super) fn applied(design: &Design, command: Command, norms: &Norms) -> Result<Design, Refusal> {
    let mut next = design.clone();
    let view = &mut next.views.front;
    match command {
        Command::Load(other) => return Ok(*other),
        Command::OpenPhoto(photo) => *view = View { photo: Some(photo), ..View::default() },
        Command::MatchPhoto(photo) => view.photo = Some(photo),
        Command::SetLook(look) => next.look = clamped_look(look, norms),
        Command::SetNotes(notes) => next.notes = notes.chars().take(DESIGN_LIMITS.notes_chars).collect(),
        drawn => draw(view, drawn, norms)?,
    }
    Ok(next)
}

fn draw(view: &mut View, command: Command, norms: &Norms) -> Result<(), Refusal> {
    if view.photo.is_none() {
        return Err(Refusal::NoPhoto);
    }
    match command {
        Command::TurnPhoto => turn(view),
        Command::Calibrate(calibration) => view.calibration = checked_calibration(view, calibration)?,
        Command::SetGlabella(point) => view.glabella = Some(inside(view, point)?),
        Command::SetHairline(line) => set_line(view, line)?,
        Command::AddStroke(stroke) => add_stroke(view, stroke, norms)?,
        Command::GrowStroke(points) => grow_stroke(view, points)?,
        Command::FillToHere(fill) => set_fill(view, fill, norms)?,
        _ => view.fill.clear(),
    }
    Ok(())
}

/// Rounded to what a file keeps to the last bit: a reader of decimals is exact for numbers this short.
fn tidy(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn tidy_reference(reference: Reference) -> Reference {
    let tidy = |mm: Mm| Mm(tidy(mm.0));
    match reference {
        Reference::AveragePupils { distance, least, most } => {
            Reference::AveragePupils { distance: tidy(distance), least: tidy(least), most: tidy(most) }
        }
        Reference::TypedPupils { distance } => Reference::TypedPupils { distance: tidy(distance) },
        Reference::Points { distance } => Reference::Points { distance: tidy(distance) },
    }
}

fn inside(view: &View, point: PhotoPoint) -> Result<PhotoPoint, Refusal> {
    if !point.is_finite() {
        return Err(Refusal::NotANumber);
    }
    let (width, height) = view.size();
    Ok(point.clamped(width, height).rounded())
}

fn all_inside(view: &View, points: &[PhotoPoint]) -> Result<Vec<PhotoPoint>, Refusal> {
    points.iter().map(|point| inside(view, *point)).collect()
}

fn checked_calibration(view: &View, calibration: Option<Calibration>) -> Result<Option<Calibration>, Refusal> {
    let Some(calibration) = calibration else { return Ok(None) };
    let (a, b) = (inside(view, calibration.a)?, inside(view, calibration.b)?);
    let calibration = Calibration { reference: tidy_reference(calibration.reference), a, b };
    let scale = calibration.scale(0.0).map_err(Refusal::Calibration)?;
    let (width, height) = view.size();
    let longer = scale.px_per_mm.mm(PhotoPx(width.max(height)));
    if longer > WIDEST_PICTURE {
        return Err(Refusal::Calibration(CalibrationError::PictureTooWide(longer.0)));
    }
    Ok(Some(calibration))
}

/// A picture of a head shows at most a person to the hips; a larger one means that a mark is in the wrong place.
const WIDEST_PICTURE: Mm = Mm(1_500.0);

fn set_line(view: &mut View, line: Option<Hairline>) -> Result<(), Refusal> {
    let Some(line) = line else {
        view.hairline = None;
        view.fill.retain(|op| matches!(op.as_ref(), FillOp::Stroke(_)));
        return Ok(());
    };
    if line.handles.len() < 2 {
        return Err(Refusal::TooFewHandles);
    }
    if line.handles.len() > DESIGN_LIMITS.handles {
        return Err(Refusal::TooMany("handles"));
    }
    view.hairline = Some(Hairline { handles: all_inside(view, &line.handles)? });
    Ok(())
}

fn add_stroke(view: &mut View, stroke: Stroke, norms: &Norms) -> Result<(), Refusal> {
    if view.fill.len() >= DESIGN_LIMITS.fill_ops {
        return Err(Refusal::TooMany("strokes"));
    }
    let points = checked_way(&stroke.points)?;
    if !stroke.radius.is_finite() {
        return Err(Refusal::NotANumber);
    }
    view.fill.push(Rc::new(FillOp::Stroke(Stroke {
        radius: tidy(stroke.radius.clamp(0.1, DESIGN_LIMITS.brush_radius_px)),
        softness: if stroke.softness.is_finite() { tidy(stroke.softness.clamp(0.0, 1.0)) } else { 0.0 },
        density: tidy(norms.clamp(Norm::Density, stroke.density)),
        points,
        ..stroke
    })));
    Ok(())
}

/// A stroke's way may leave the picture: its edge then lies inside.
fn checked_way(points: &[PhotoPoint]) -> Result<Vec<PhotoPoint>, Refusal> {
    if points.len() > DESIGN_LIMITS.stroke_points {
        return Err(Refusal::TooMany("points of a stroke"));
    }
    if points.iter().any(|point| !point.is_finite() || point.x.abs() > 16_384.0 || point.y.abs() > 16_384.0) {
        return Err(Refusal::NotANumber);
    }
    Ok(points.iter().map(|point| point.rounded()).collect())
}

fn grow_stroke(view: &mut View, points: Vec<PhotoPoint>) -> Result<(), Refusal> {
    let points = checked_way(&points)?;
    let Some(FillOp::Stroke(stroke)) = view.fill.last().map(|op| op.as_ref().clone()) else {
        return Err(Refusal::NoStroke);
    };
    view.fill.pop();
    view.fill.push(Rc::new(FillOp::Stroke(Stroke { points, ..stroke })));
    Ok(())
}

fn set_fill(view: &mut View, fill: Option<FillToHere>, norms: &Norms) -> Result<(), Refusal> {
    let place = view.fill_to_here().map(|(place, _)| place);
    let Some(fill) = fill else {
        if let Some(place) = place {
            view.fill.remove(place);
        }
        return Ok(());
    };
    if view.hairline.is_none() {
        return Err(Refusal::NoLine);
    }
    if fill.boundary.len() > DESIGN_LIMITS.handles {
        return Err(Refusal::TooMany("handles"));
    }
    let fill = Rc::new(FillOp::ToHere(FillToHere {
        boundary: all_inside(view, &fill.boundary)?,
        density: tidy(norms.clamp(Norm::Density, fill.density)),
    }));
    match place.and_then(|place| view.fill.get_mut(place)) {
        Some(slot) => *slot = fill,
        // The area lies under the strokes: a stroke made before is not buried.
        None => view.fill.insert(0, fill),
    }
    Ok(())
}

fn clamped_look(look: Look, norms: &Norms) -> Look {
    Look {
        shade: shade_key_or_default(&look.shade).to_owned(),
        dot: Mm(tidy(norms.clamp(Norm::HealedDot, look.dot.0))),
        softness: if look.softness.is_finite() { tidy(look.softness.clamp(0.0, 1.0)) } else { 0.0 },
        age: look.age,
        session: look.session.clamp(1, 3),
    }
}

/// A quarter turn clockwise: the left lower corner becomes the left upper one.
fn turn(view: &mut View) {
    let (_, height) = view.size();
    let turned = |point: PhotoPoint| PhotoPoint::new(height - point.y, point.x).rounded();
    if let Some(photo) = &mut view.photo {
        (photo.width, photo.height) = (photo.height, photo.width);
        photo.quarter_turns = (photo.quarter_turns + 1) % 4;
    }
    if let Some(calibration) = &mut view.calibration {
        (calibration.a, calibration.b) = (turned(calibration.a), turned(calibration.b));
    }
    view.glabella = view.glabella.map(turned);
    if let Some(line) = &mut view.hairline {
        line.handles.iter_mut().for_each(|handle| *handle = turned(*handle));
    }
    for op in &mut view.fill {
        let mut changed = op.as_ref().clone();
        let points = match &mut changed {
            FillOp::ToHere(fill) => &mut fill.boundary,
            FillOp::Stroke(stroke) => &mut stroke.points,
        };
        points.iter_mut().for_each(|point| *point = turned(*point));
        *op = Rc::new(changed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::design::PaintKind;

    fn photo() -> PhotoRef {
        PhotoRef { width: 300, height: 400, quarter_turns: 0, digest: "d".into() }
    }

    fn opened() -> Design {
        let design = Design::new(&Norms::default(), 1);
        applied(&design, Command::OpenPhoto(photo()), &Norms::default()).unwrap()
    }

    fn line(points: &[(f64, f64)]) -> Hairline {
        Hairline { handles: points.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect() }
    }

    #[test]
    fn nothing_is_drawn_without_a_photo() {
        let design = Design::new(&Norms::default(), 1);
        let command = Command::SetHairline(Some(line(&[(0.0, 0.0), (1.0, 1.0)])));
        assert_eq!(applied(&design, command, &Norms::default()), Err(Refusal::NoPhoto));
    }

    #[test]
    fn four_turns_are_none() {
        let norms = Norms::default();
        let drawn =
            applied(&opened(), Command::SetHairline(Some(line(&[(10.0, 20.0), (200.0, 30.0)]))), &norms).unwrap();
        let once = applied(&drawn, Command::TurnPhoto, &norms).unwrap();
        let handles = &once.views.front.hairline.as_ref().unwrap().handles;
        assert_eq!(handles[0], PhotoPoint::new(380.0, 10.0));
        assert_eq!(once.views.front.size(), (400.0, 300.0));
        let mut design = once;
        for _ in 0..3 {
            design = applied(&design, Command::TurnPhoto, &norms).unwrap();
        }
        assert_eq!(design, drawn);
    }

    #[test]
    fn points_stay_in_the_picture() {
        let norms = Norms::default();
        let design =
            applied(&opened(), Command::SetHairline(Some(line(&[(-50.0, 20.0), (999.0, 30.0)]))), &norms).unwrap();
        let handles = &design.views.front.hairline.as_ref().unwrap().handles;
        assert_eq!(handles[..], [PhotoPoint::new(0.0, 20.0), PhotoPoint::new(300.0, 30.0)]);
        let nan = Command::SetGlabella(PhotoPoint::new(f64::NAN, 0.0));
        assert_eq!(applied(&design, nan, &norms), Err(Refusal::NotANumber));
    }

    #[test]
    fn the_fill_follows_a_line_and_lies_under_the_strokes() {
        let norms = Norms::default();
        let fill = FillToHere { boundary: vec![PhotoPoint::new(1.0, 1.0)], density: 900.0 };
        assert_eq!(applied(&opened(), Command::FillToHere(Some(fill.clone())), &norms), Err(Refusal::NoLine));
        let stroke = Stroke {
            paint: PaintKind::Brush,
            radius: 5.0,
            softness: 0.0,
            density: 100.0,
            behind_line: false,
            points: vec![PhotoPoint::new(1.0, 1.0)],
        };
        let design = applied(&opened(), Command::AddStroke(stroke), &norms).unwrap();
        let design = applied(&design, Command::SetHairline(Some(line(&[(0.0, 0.0), (9.0, 9.0)]))), &norms).unwrap();
        let design = applied(&design, Command::FillToHere(Some(fill)), &norms).unwrap();
        let (place, fill) = design.views.front.fill_to_here().unwrap();
        assert_eq!((place, fill.density), (0, 200.0));
        let design = applied(&design, Command::SetHairline(None), &norms).unwrap();
        assert!(design.views.front.fill_to_here().is_none());
        assert_eq!(design.views.front.fill.len(), 1);
    }

    #[test]
    fn a_new_photo_starts_a_new_view() {
        let norms = Norms::default();
        let drawn = applied(&opened(), Command::SetHairline(Some(line(&[(1.0, 2.0), (3.0, 4.0)]))), &norms).unwrap();
        let other = PhotoRef { digest: "other".into(), ..photo() };
        let design = applied(&drawn, Command::OpenPhoto(other), &norms).unwrap();
        assert!(design.views.front.hairline.is_none());
    }
}
