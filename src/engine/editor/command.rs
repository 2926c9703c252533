//! What can be done to a design, each as one value.

use super::follow::outline_on;
use crate::engine::calibration::{Calibration, CalibrationError, Landmark, Side};
use crate::engine::catalog::{CLIPPED_LENGTH, Parameter, Parameters, shade_key_or_default};
use crate::engine::design::{
    Appearance, AreaFill, Band, DESIGN_LIMITS, Design, FillOp, HairStroke, Hairline, Head, Months, Patch, PhotoRef,
    Probe, Stroke, View, within_a_turn,
};
use crate::engine::geometry::{Mm, PhotoPoint, PhotoPx};
use std::rc::Rc;

/// A change of the design.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Puts a photo into the view. Whatever was drawn on another photo goes.
    OpenPhoto(PhotoRef),
    /// Names the photo of the view anew and keeps what is drawn: the same photo was found again.
    MatchPhoto(PhotoRef),
    /// Puts another picture under what is drawn: stretched to its size.
    FitPhoto(PhotoRef),
    /// Takes the photo away with everything on it.
    RemovePhoto,
    /// The photo shows another side: takes it there with everything on it. What was there comes here.
    MoveTo(Side),
    /// Turns the photo and everything on it clockwise by a quarter.
    TurnPhoto,
    /// Turns the photo and everything on it clockwise by degrees, about its middle, besides what it was turned before.
    LevelPhoto(f64),
    /// Sets the marks of the scale, or takes them away.
    Calibrate(Option<Calibration>),
    /// Sets the point between the brows.
    SetGlabella(PhotoPoint),
    /// Sets a point of the face, or leaves it to be proposed.
    SetLandmark(Landmark, Option<PhotoPoint>),
    /// Sets the front line, or takes it away with the fill that follows it.
    SetHairline(Option<Hairline>),
    /// Adds a stroke on top.
    AddStroke(Stroke),
    /// Takes the newest stroke on to a point: it is still being made.
    ExtendStroke(PhotoPoint),
    /// Adds a stroke that says where the visitor's own hair is.
    AddHairStroke(HairStroke),
    /// Takes the newest of them on to a point.
    ExtendHairStroke(PhotoPoint),
    /// Takes all of them away.
    ClearHairStrokes,
    /// Sets the fill that follows the line, or takes it away.
    AreaFill(Option<AreaFill>),
    /// Adds a part line or a scar on top.
    AddBand(Band),
    /// Replaces the part line or scar at that place among the fill operations.
    SetBand(usize, Band),
    /// Adds a patch on top.
    AddPatch(Patch),
    /// Replaces the patch at that place among the fill operations.
    SetPatch(usize, Patch),
    /// Takes away what is at that place among the fill operations.
    RemoveFill(usize),
    /// Takes every fill operation away.
    ClearFill,
    /// Sets how the skull stands in the picture, or leaves it to be guessed.
    SetHead(Option<Head>),
    /// Sets where the visitor's own hair is looked at, or takes that away.
    SetProbe(Option<Probe>),
    /// Sets how the ink looks.
    SetLook(Appearance),
    /// Names the variant in the views.
    NameVariant(String),
    /// Copies the variant in the views to a new one, and takes that into the views.
    CopyVariant,
    /// Takes the variant in the views away.
    RemoveVariant,
    /// Replaces everything by another design.
    Load(Box<Design>),
}

/// Why a command was not done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CommandError {
    /// There is no photo to draw on.
    NoPhoto,
    /// A point is no number.
    NotANumber,
    /// The marks give no scale.
    Calibration(CalibrationError),
    /// A line needs two handles.
    TooFewHandles,
    /// A part line or scar is too short to be meant, or has fewer than two handles.
    TooShort,
    /// A patch is too small to be meant, or has fewer than three corners.
    TooSmall,
    /// More of something than a design may hold; names it.
    TooMany(&'static str),
    /// There is no line that the fill could follow.
    NoLine,
    /// There is no stroke to go on with.
    NoStroke,
    /// There is no such fill operation at that place.
    NoFill,
}

/// The design after a command that meant a side of it.
pub(super) fn applied(
    design: &Design,
    side: Side,
    command: Command,
    parameters: &Parameters,
) -> Result<Design, CommandError> {
    let mut next = design.clone();
    let view = next.views.of_mut(side);
    match command {
        Command::Load(other) => return Ok(*other),
        Command::OpenPhoto(photo) => {
            *view = View { photo: Some(photo), ..View::default() };
            view.head = own_head(view, side, parameters);
            next.clear_side(side);
        }
        Command::RemovePhoto => {
            *view = View::default();
            next.clear_side(side);
        }
        Command::MatchPhoto(photo) => view.photo = Some(photo),
        Command::FitPhoto(photo) => next.fit_photo(side, photo),
        Command::SetLook(look) => next.look = clamped_look(look, parameters),
        Command::NameVariant(name) => next.name = first_chars(&name, DESIGN_LIMITS.name_chars),
        Command::CopyVariant if design.variants() >= DESIGN_LIMITS.variants => {
            return Err(CommandError::TooMany("variants"));
        }
        Command::CopyVariant => next = next.with_copy(),
        Command::RemoveVariant => next = next.without_chosen(),
        _ if view.photo.is_none() => return Err(CommandError::NoPhoto),
        Command::TurnPhoto => next.change_side(side, &View::turn),
        Command::LevelPhoto(degrees) => {
            let before = view.photo.as_ref().map_or(0.0, |photo| photo.level);
            let most = DESIGN_LIMITS.level_degrees;
            let level = clamped(before + degrees, (-most, most))?;
            next.change_side(side, &|view| view.level(level));
        }
        Command::MoveTo(other) => {
            next.exchange(side, other);
            for side in [side, other] {
                let view = next.views.of_mut(side);
                view.head = view.head.or_else(|| view.photo.as_ref().and(own_head(view, side, parameters)));
            }
        }
        drawn => draw(view, side, drawn, parameters)?,
    }
    Ok(next)
}

fn first_chars(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The head that a view has before anything is known of it: a side without a face says which side it is.
fn own_head(view: &View, side: Side, parameters: &Parameters) -> Option<Head> {
    let scale = view.scale(parameters).px_per_mm;
    let usual = || checked_head(view, Head::usual(side, view.size(), scale, &View::head_parameters(parameters))).ok();
    (side != Side::Front).then(usual).flatten()
}

fn draw(view: &mut View, side: Side, command: Command, parameters: &Parameters) -> Result<(), CommandError> {
    match command {
        Command::Calibrate(calibration) => view.calibration = checked_calibration(view, calibration)?,
        Command::SetGlabella(point) => view.glabella = Some(inside(view, point)?),
        Command::SetHairline(line) => set_line(view, line)?,
        Command::AddStroke(stroke) => add_stroke(view, stroke, parameters)?,
        Command::ExtendStroke(point) => extend_stroke(view, point)?,
        Command::AddHairStroke(stroke) => add_hair_stroke(view, stroke)?,
        Command::ExtendHairStroke(point) => extend_hair_stroke(view, point)?,
        Command::ClearHairStrokes => view.own_hair.clear(),
        Command::AreaFill(fill) => set_fill(view, fill, parameters)?,
        Command::AddBand(band) => add(view, FillOp::Band(checked_band(view, band, parameters)?))?,
        Command::SetBand(place, band) => {
            let band = FillOp::Band(checked_band(view, band, parameters)?);
            replace(view, place, band, |op| matches!(op, FillOp::Band(_)))?;
        }
        Command::AddPatch(patch) => add(view, FillOp::Patch(checked_patch(view, patch, parameters)?))?,
        Command::SetPatch(place, patch) => {
            let patch = FillOp::Patch(checked_patch(view, patch, parameters)?);
            replace(view, place, patch, |op| matches!(op, FillOp::Patch(_)))?;
        }
        Command::RemoveFill(place) => {
            view.fill.get(place).ok_or(CommandError::NoFill)?;
            view.fill.remove(place);
        }
        Command::SetLandmark(landmark, point) => {
            let point = point.map(|point| inside(view, point)).transpose()?;
            view.landmarks.set(landmark, point);
        }
        Command::SetHead(Some(head)) => view.head = Some(Head { side, ..checked_head(view, head)? }),
        Command::SetHead(None) => view.head = own_head(view, side, parameters),
        Command::SetProbe(probe) => view.probe = probe.map(|probe| checked_probe(view, probe)).transpose()?,
        _ => view.fill.clear(),
    }
    Ok(())
}

fn inside(view: &View, point: PhotoPoint) -> Result<PhotoPoint, CommandError> {
    if !point.is_finite() {
        return Err(CommandError::NotANumber);
    }
    let (width, height) = view.size();
    Ok(point.clamped(width, height).rounded())
}

fn all_inside(view: &View, points: &[PhotoPoint]) -> Result<Vec<PhotoPoint>, CommandError> {
    points.iter().map(|point| inside(view, *point)).collect()
}

fn checked_calibration(view: &View, calibration: Option<Calibration>) -> Result<Option<Calibration>, CommandError> {
    let Some(calibration) = calibration else { return Ok(None) };
    let (a, b) = (inside(view, calibration.a)?, inside(view, calibration.b)?);
    let calibration = Calibration { reference: calibration.reference, a, b };
    let scale = calibration.scale().map_err(CommandError::Calibration)?;
    let (width, height) = view.size();
    let longer = scale.px_per_mm.mm(PhotoPx(width.max(height)));
    if longer > WIDEST_PICTURE {
        return Err(CommandError::Calibration(CalibrationError::PictureTooWide(longer.0)));
    }
    Ok(Some(calibration))
}

/// A picture of a head shows at most a person to the hips; a larger one means that a mark is in the wrong place.
const WIDEST_PICTURE: Mm = Mm(1_500.0);

fn set_line(view: &mut View, line: Option<Hairline>) -> Result<(), CommandError> {
    let Some(line) = line else {
        view.hairline = None;
        // A fill up to an open boundary has nothing to begin at; one within an outline stands by itself.
        view.fill.retain(|op| !matches!(op.as_ref(), FillOp::ToHere(fill) if !fill.closed));
        return Ok(());
    };
    if line.handles.len() < 2 {
        return Err(CommandError::TooFewHandles);
    }
    let points = checked_corners(view, &line.handles)?;
    let points: Vec<_> = points.into_iter().enumerate().map(|(place, point)| (point, line.is_corner(place))).collect();
    let line = Hairline::with_corners(&points);
    let within = view.area_fill().filter(|(_, fill)| fill.closed).map(|(place, fill)| (place, fill.clone()));
    if let (Some(before), Some((place, mut fill))) = (&view.hairline, within) {
        fill.boundary = checked_corners(view, &outline_on(&fill.boundary, before, &line))?;
        if let Some(slot) = view.fill.get_mut(place) {
            *slot = Rc::new(FillOp::ToHere(fill));
        }
    }
    view.hairline = Some(line);
    Ok(())
}

fn add(view: &mut View, op: FillOp) -> Result<(), CommandError> {
    if view.fill.len() >= DESIGN_LIMITS.fill_ops {
        return Err(CommandError::TooMany("strokes"));
    }
    view.fill.push(Rc::new(op));
    Ok(())
}

fn replace(view: &mut View, place: usize, op: FillOp, is_alike: fn(&FillOp) -> bool) -> Result<(), CommandError> {
    let slot = view.fill.get_mut(place).filter(|old| is_alike(old)).ok_or(CommandError::NoFill)?;
    *slot = Rc::new(op);
    Ok(())
}

fn add_stroke(view: &mut View, stroke: Stroke, parameters: &Parameters) -> Result<(), CommandError> {
    let points = checked_way(&stroke.points)?;
    let stroke = Stroke {
        radius: clamped(stroke.radius, DESIGN_LIMITS.brush_radius_px)?,
        softness: if stroke.softness.is_finite() { stroke.softness.clamp(0.0, 1.0) } else { 0.0 },
        density: parameters.clamp(Parameter::Density, stroke.density),
        points,
        ..stroke
    };
    add(view, FillOp::Stroke(stroke))
}

fn checked_band(view: &View, band: Band, parameters: &Parameters) -> Result<Band, CommandError> {
    if band.handles.len() < 2 {
        return Err(CommandError::TooShort);
    }
    Ok(Band {
        handles: checked_corners(view, &band.handles)?,
        width: clamped(band.width, DESIGN_LIMITS.band_width_px)?,
        density: parameters.clamp(Parameter::Density, band.density),
        ..band
    })
}

fn checked_patch(view: &View, patch: Patch, parameters: &Parameters) -> Result<Patch, CommandError> {
    if patch.outline.len() < 3 {
        return Err(CommandError::TooSmall);
    }
    let density = parameters.clamp(Parameter::Density, patch.density);
    Ok(Patch { outline: checked_corners(view, &patch.outline)?, density })
}

fn checked_corners(view: &View, points: &[PhotoPoint]) -> Result<Vec<PhotoPoint>, CommandError> {
    if points.len() > DESIGN_LIMITS.handles {
        return Err(CommandError::TooMany("handles"));
    }
    all_inside(view, points)
}

fn checked_head(view: &View, head: Head) -> Result<Head, CommandError> {
    let degrees = (-DESIGN_LIMITS.head_degrees, DESIGN_LIMITS.head_degrees);
    Ok(Head {
        centre: inside(view, head.centre)?,
        half_width: clamped(head.half_width, DESIGN_LIMITS.head_half_px)?,
        half_height: clamped(head.half_height, DESIGN_LIMITS.head_half_px)?,
        roll: within_a_turn(clamped(head.roll, (-360.0, 360.0))?),
        yaw: clamped(head.yaw, degrees)?,
        pitch: clamped(head.pitch, degrees)?,
        camera: Mm(clamped(head.camera.0, DESIGN_LIMITS.camera_mm)?),
        ..head
    })
}

fn checked_probe(view: &View, probe: Probe) -> Result<Probe, CommandError> {
    let darkening = clamped(probe.darkening, (0.0, DESIGN_LIMITS.darkening))?;
    Ok(Probe { stubble: inside(view, probe.stubble)?, skin: inside(view, probe.skin)?, darkening })
}

fn clamped(value: f64, (least, most): (f64, f64)) -> Result<f64, CommandError> {
    if value.is_finite() { Ok(value.clamp(least, most)) } else { Err(CommandError::NotANumber) }
}

/// A stroke's way may leave the picture: its edge then lies inside.
fn checked_way(points: &[PhotoPoint]) -> Result<Vec<PhotoPoint>, CommandError> {
    if points.len() > DESIGN_LIMITS.stroke_points {
        return Err(CommandError::TooMany("points of a stroke"));
    }
    points.iter().map(|point| on_way(*point)).collect()
}

fn on_way(point: PhotoPoint) -> Result<PhotoPoint, CommandError> {
    let farthest = DESIGN_LIMITS.farthest_px;
    let is_near = point.is_finite() && point.x.abs() <= farthest && point.y.abs() <= farthest;
    if is_near { Ok(point.rounded()) } else { Err(CommandError::NotANumber) }
}

/// Takes the newest stroke on to a point, in its place: its points are copied only where another document shares them.
pub(super) fn extend_stroke(view: &mut View, point: PhotoPoint) -> Result<(), CommandError> {
    let point = on_way(point)?;
    let Some(FillOp::Stroke(stroke)) = view.fill.last().map(Rc::as_ref) else { return Err(CommandError::NoStroke) };
    if stroke.points.len() >= DESIGN_LIMITS.stroke_points {
        return Err(CommandError::TooMany("points of a stroke"));
    }
    if let Some(FillOp::Stroke(stroke)) = view.fill.last_mut().map(Rc::make_mut) {
        stroke.points.push(point);
    }
    Ok(())
}

fn add_hair_stroke(view: &mut View, stroke: HairStroke) -> Result<(), CommandError> {
    if view.own_hair.len() >= DESIGN_LIMITS.hair_strokes {
        return Err(CommandError::TooMany("strokes"));
    }
    let (least, most) = DESIGN_LIMITS.brush_radius_px;
    let points = checked_way(&stroke.points)?;
    let radius = if stroke.radius.is_finite() { stroke.radius.clamp(least, most) } else { least };
    view.own_hair.push(Rc::new(HairStroke { points, radius, ..stroke }));
    Ok(())
}

fn extend_hair_stroke(view: &mut View, point: PhotoPoint) -> Result<(), CommandError> {
    let point = on_way(point)?;
    let stroke = view.own_hair.last_mut().map(Rc::make_mut).ok_or(CommandError::NoStroke)?;
    if stroke.points.len() >= DESIGN_LIMITS.stroke_points {
        return Err(CommandError::TooMany("points of a stroke"));
    }
    stroke.points.push(point);
    Ok(())
}

fn set_fill(view: &mut View, fill: Option<AreaFill>, parameters: &Parameters) -> Result<(), CommandError> {
    let place = view.area_fill().map(|(place, _)| place);
    let Some(fill) = fill else {
        if let Some(place) = place {
            view.fill.remove(place);
        }
        return Ok(());
    };
    if view.hairline.is_none() && !fill.closed {
        return Err(CommandError::NoLine);
    }
    if fill.closed && fill.boundary.len() < 3 {
        return Err(CommandError::TooSmall);
    }
    let fill = Rc::new(FillOp::ToHere(AreaFill {
        boundary: checked_corners(view, &fill.boundary)?,
        closed: fill.closed,
        density: parameters.clamp(Parameter::Density, fill.density),
        rear: clamped(fill.rear, (0.0, 1.0))?,
        blend: fill.blend.map(|depth| clamped(depth.0, (0.0, DESIGN_LIMITS.blend_mm))).transpose()?.map(Mm),
    }));
    match place.and_then(|place| view.fill.get_mut(place)) {
        Some(slot) => *slot = fill,
        // The area lies under the strokes: a stroke made before is not buried.
        None => view.fill.insert(0, fill),
    }
    Ok(())
}

fn clamped_look(look: Appearance, parameters: &Parameters) -> Appearance {
    Appearance {
        shade: shade_key_or_default(&look.shade).to_owned(),
        dot: Mm(parameters.clamp(Parameter::HealedDot, look.dot.0)),
        softness: if look.softness.is_finite() { look.softness.clamp(0.0, 1.0) } else { 0.0 },
        months: if look.months.0.is_finite() {
            Months(look.months.0.clamp(0.0, DESIGN_LIMITS.months))
        } else {
            Months::HEALED
        },
        hair_length: if look.hair_length.0.is_finite() {
            Mm(look.hair_length.0.clamp(0.0, DESIGN_LIMITS.hair_mm))
        } else {
            CLIPPED_LENGTH
        },
        session: look.session.clamp(1, DESIGN_LIMITS.sessions),
        ..look
    }
}

#[cfg(test)]
mod tests {
    use super::{applied as applied_on, *};
    use crate::engine::design::{BandKind, PaintKind};

    fn photo() -> PhotoRef {
        PhotoRef { width: 300, height: 400, quarter_turns: 0, level: 0.0, digest: "d".into() }
    }

    fn applied(design: &Design, command: Command, parameters: &Parameters) -> Result<Design, CommandError> {
        applied_on(design, Side::Front, command, parameters)
    }

    fn opened() -> Design {
        let design = Design::new(&Parameters::default(), 1);
        applied(&design, Command::OpenPhoto(photo()), &Parameters::default()).unwrap()
    }

    fn line(points: &[(f64, f64)]) -> Hairline {
        Hairline::smooth(points.iter().map(|(x, y)| PhotoPoint::new(*x, *y)).collect())
    }

    #[test]
    fn nothing_is_drawn_without_a_photo() {
        let design = Design::new(&Parameters::default(), 1);
        let command = Command::SetHairline(Some(line(&[(0.0, 0.0), (1.0, 1.0)])));
        assert_eq!(applied(&design, command, &Parameters::default()), Err(CommandError::NoPhoto));
    }

    #[test]
    fn four_turns_are_none() {
        let parameters = Parameters::default();
        let drawn =
            applied(&opened(), Command::SetHairline(Some(line(&[(10.0, 20.0), (200.0, 30.0)]))), &parameters).unwrap();
        let once = applied(&drawn, Command::TurnPhoto, &parameters).unwrap();
        let handles = &once.views.front.hairline.as_ref().unwrap().handles;
        assert_eq!(handles[0], PhotoPoint::new(380.0, 10.0));
        assert_eq!(once.views.front.size(), (400.0, 300.0));
        let mut design = once;
        for _ in 0..3 {
            design = applied(&design, Command::TurnPhoto, &parameters).unwrap();
        }
        assert_eq!(design, drawn);
    }

    #[test]
    fn points_stay_in_the_picture() {
        let parameters = Parameters::default();
        let design =
            applied(&opened(), Command::SetHairline(Some(line(&[(-50.0, 20.0), (999.0, 30.0)]))), &parameters).unwrap();
        let handles = &design.views.front.hairline.as_ref().unwrap().handles;
        assert_eq!(handles[..], [PhotoPoint::new(0.0, 20.0), PhotoPoint::new(300.0, 30.0)]);
        let nan = Command::SetGlabella(PhotoPoint::new(f64::NAN, 0.0));
        assert_eq!(applied(&design, nan, &parameters), Err(CommandError::NotANumber));
    }

    #[test]
    fn the_fill_follows_a_line_and_lies_under_the_strokes() {
        let parameters = Parameters::default();
        let fill = AreaFill::even(vec![PhotoPoint::new(1.0, 1.0)], 900.0);
        assert_eq!(applied(&opened(), Command::AreaFill(Some(fill.clone())), &parameters), Err(CommandError::NoLine));
        let stroke = Stroke {
            paint: PaintKind::Brush,
            radius: 5.0,
            softness: 0.0,
            density: 100.0,
            behind_line: false,
            points: vec![PhotoPoint::new(1.0, 1.0)],
        };
        let design = applied(&opened(), Command::AddStroke(stroke), &parameters).unwrap();
        let design =
            applied(&design, Command::SetHairline(Some(line(&[(0.0, 0.0), (9.0, 9.0)]))), &parameters).unwrap();
        let design = applied(&design, Command::AreaFill(Some(fill)), &parameters).unwrap();
        let (place, fill) = design.views.front.area_fill().unwrap();
        assert_eq!((place, fill.density), (0, 200.0));
        let design = applied(&design, Command::SetHairline(None), &parameters).unwrap();
        assert!(design.views.front.area_fill().is_none());
        assert_eq!(design.views.front.fill.len(), 1);
    }

    #[test]
    fn a_new_photo_starts_a_new_view() {
        let parameters = Parameters::default();
        let drawn =
            applied(&opened(), Command::SetHairline(Some(line(&[(1.0, 2.0), (3.0, 4.0)]))), &parameters).unwrap();
        let other = PhotoRef { digest: "other".into(), ..photo() };
        let design = applied(&drawn, Command::OpenPhoto(other), &parameters).unwrap();
        assert!(design.views.front.hairline.is_none());
    }

    fn band(width: f64, density: f64) -> Band {
        let handles = vec![PhotoPoint::new(-5.0, 10.006), PhotoPoint::new(50.0, 20.0)];
        Band { kind: BandKind::PartLine, handles, width, density }
    }

    fn patch(density: f64) -> Patch {
        let outline = [(10.0, 10.0), (60.0, 10.0), (30.0, 999.0)].map(|(x, y)| PhotoPoint::new(x, y)).to_vec();
        Patch { outline, density }
    }

    #[test]
    fn bands_and_patches_are_kept_within_their_limits_and_in_their_order() {
        let parameters = Parameters::default();
        let mut design = opened();
        for command in [
            Command::AddBand(band(8.123_456, 999.0)),
            Command::AddPatch(patch(f64::NAN)),
            Command::AddBand(band(0.0, 100.0)),
        ] {
            design = applied(&design, command, &parameters).unwrap();
        }
        design = applied(&design, Command::SetPatch(1, patch(150.0)), &parameters).unwrap();
        design = applied(&design, Command::SetBand(0, band(9.0, 100.0)), &parameters).unwrap();
        let [FillOp::Band(first), FillOp::Patch(second), FillOp::Band(third)] =
            [0, 1, 2].map(|place: usize| design.views.front.fill[place].as_ref())
        else {
            panic!("{:?}", design.views.front.fill)
        };
        assert_eq!((first.width, first.handles[0]), (9.0, PhotoPoint::new(0.0, 10.01)));
        assert_eq!((second.density, second.outline[2]), (150.0, PhotoPoint::new(30.0, 400.0)));
        assert_eq!((third.width, third.density), (1.0, 100.0));
        design = applied(&design, Command::RemoveFill(0), &parameters).unwrap();
        assert!(matches!(design.views.front.fill[0].as_ref(), FillOp::Patch(_)));
        design = applied(&design, Command::SetHairline(Some(line(&[(0.0, 0.0), (9.0, 9.0)]))), &parameters).unwrap();
        design = applied(&design, Command::SetHairline(None), &parameters).unwrap();
        assert_eq!(design.views.front.fill.len(), 2, "what does not follow the line stays");
    }

    #[test]
    fn a_band_or_patch_that_does_not_fit_is_refused() {
        let parameters = Parameters::default();
        let design = applied(&opened(), Command::AddBand(band(8.0, 100.0)), &parameters).unwrap();
        let at = |count| vec![PhotoPoint::new(1.0, 1.0); count];
        let most = DESIGN_LIMITS.handles;
        let cases = [
            (Command::SetBand(1, band(8.0, 100.0)), CommandError::NoFill),
            (Command::SetPatch(0, patch(100.0)), CommandError::NoFill),
            (Command::RemoveFill(1), CommandError::NoFill),
            (Command::AddBand(Band { handles: at(1), ..band(8.0, 100.0) }), CommandError::TooShort),
            (Command::AddPatch(Patch { outline: at(2), density: 100.0 }), CommandError::TooSmall),
            (Command::AddBand(Band { handles: at(most + 1), ..band(8.0, 100.0) }), CommandError::TooMany("handles")),
            (Command::AddPatch(Patch { outline: at(most + 1), density: 100.0 }), CommandError::TooMany("handles")),
            (Command::AddBand(band(f64::NAN, 100.0)), CommandError::NotANumber),
        ];
        for (command, command_error) in cases {
            assert_eq!(applied(&design, command.clone(), &parameters), Err(command_error), "{command:?}");
        }
    }

    #[test]
    fn a_head_is_brought_into_its_limits() {
        let parameters = Parameters::default();
        let head = Head {
            half_width: 3.0,
            half_height: 99_999.0,
            roll: 190.0,
            yaw: 80.0,
            pitch: -80.0,
            camera: Mm(10.0),
            centre: PhotoPoint::new(-9.0, 100.0),
            ..opened().views.front.head_in_force(&parameters)
        };
        let design = applied(&opened(), Command::SetHead(Some(head)), &parameters).unwrap();
        let kept = design.views.front.head.unwrap();
        assert_eq!((kept.half_width, kept.half_height, kept.roll), (8.0, 16_384.0, -170.0));
        assert_eq!((kept.yaw, kept.pitch, kept.camera), (45.0, -45.0, Mm(250.0)));
        assert_eq!(kept.centre, PhotoPoint::new(0.0, 100.0));
        let none = Command::SetHead(Some(Head { half_width: f64::INFINITY, ..head }));
        assert_eq!(applied(&design, none, &parameters), Err(CommandError::NotANumber));
        assert_eq!(applied(&design, Command::SetHead(None), &parameters), Ok(opened()));
    }

    #[test]
    fn a_look_is_brought_into_its_limits() {
        let parameters = Parameters::default();
        let look = |months, session| Appearance { months: Months(months), session, ..Appearance::new(&parameters) };
        for (given, kept) in [((99.0, 9), (72.0, 4)), ((-1.0, 0), (0.0, 1)), ((f64::NAN, 4), (1.0, 4))] {
            let design = applied(&opened(), Command::SetLook(look(given.0, given.1)), &parameters).unwrap();
            assert_eq!((design.look.months.0, design.look.session), kept, "{given:?}");
        }
    }
}
