//! Values made into sentences.

use super::{Texts, fixed};
use crate::engine::calibration::{CalibrationError, Guide, Landmark, Side};
use crate::engine::catalog::{SHADES, SHAPES, STAGES, ShapeRule};
use crate::engine::clipped::ClippedRefusal;
use crate::engine::consult::{
    ConfigError, Delivery, EarlierTreatment, FieldError, LossScale, OpenError, Outcome, ReplyBy,
};
use crate::engine::design::file::DesignFileError;
use crate::engine::design::{Design, Months};
use crate::engine::editor::tools::ToolKind;
use crate::engine::editor::{CommandError, PhotoIssue};
use crate::engine::face::FaceError;
use crate::engine::measure::{Advice, Advised, Zone};
use crate::engine::photo::{ForeignKind, PhotoFileError, PhotoKind};
use crate::engine::ports::DraftError;

/// Why the visitor's own hair cannot be shown clipped, and what can be done.
#[must_use]
pub fn clipped_refusal_text(texts: &Texts, refusal: ClippedRefusal) -> &'static str {
    match refusal {
        ClippedRefusal::NoHead => texts.clipped_no_head,
        ClippedRefusal::NoSkin => texts.clipped_no_skin,
        ClippedRefusal::NoColor => texts.clipped_no_color,
        ClippedRefusal::LongHair => texts.clipped_long,
        ClippedRefusal::Hat => texts.clipped_hat,
        ClippedRefusal::NoHair => texts.clipped_none,
        ClippedRefusal::BusyWall => texts.clipped_wall,
        ClippedRefusal::Unsure => texts.clipped_unsure,
    }
}

/// Why no face is told of a photo, and what can be done.
#[must_use]
pub fn face_error_text(texts: &Texts, error: FaceError) -> &'static str {
    match error {
        FaceError::NoFace => texts.face_none,
        FaceError::TwoFaces => texts.face_two,
        FaceError::TooSmall => texts.face_small,
        FaceError::NotUpright => texts.face_not_upright,
        FaceError::TurnedAway => texts.face_turned,
        FaceError::CutOff => texts.face_cut,
        FaceError::Unsure => texts.face_unsure,
    }
}

/// The text with `{name}` replaced by its value.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    // One pass from mark to mark: a value that contains a mark is not filled again.
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// A number as a person would say it: two significant digits above ten, thousands apart by a thin space.
#[must_use]
pub fn approx(value: f64) -> String {
    if !value.is_finite() || value < 0.0 {
        return "0".to_owned();
    }
    let mut step = 1.0;
    while value >= step * 100.0 {
        step *= 10.0;
    }
    let rounded = (value / step).round() * step;
    if value < 9.95 {
        let text = fixed(value, 1);
        return text.strip_suffix(".0").map(str::to_owned).unwrap_or(text);
    }
    grouped(rounded as u64)
}

fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A range filled into a text with `{least}` and `{most}`.
#[must_use]
pub fn range(text: &str, least: f64, most: f64) -> String {
    fill(text, &[("least", &approx(least)), ("most", &approx(most))])
}

/// Why a photo was not opened, and what to do.
#[must_use]
pub fn photo_file_error_text(texts: &Texts, command_error: PhotoFileError) -> String {
    let kind = |text: &str, kind: PhotoKind| fill(text, &[("kind", kind.label())]);
    let sized = |text: &str, name: &str, value: u64, limit: u64| {
        fill(text, &[(name, &value.to_string()), ("limit", &limit.to_string())])
    };
    match command_error {
        PhotoFileError::Empty => texts.photo_empty.to_owned(),
        PhotoFileError::Foreign(foreign) => fill(texts.photo_foreign, &[("kind", foreign_name(texts, foreign))]),
        PhotoFileError::Broken(of) => kind(texts.photo_broken, of),
        PhotoFileError::Incomplete(of) => kind(texts.photo_incomplete, of),
        PhotoFileError::TooManyBytes { bytes, limit } => {
            sized(texts.photo_bytes, "megabytes", bytes.div_ceil(1_000_000), limit / 1_000_000)
        }
        PhotoFileError::TooManyPixels { megapixels, limit } => {
            sized(texts.photo_pixels, "megapixels", megapixels.into(), limit.into())
        }
        PhotoFileError::TooLong { side, limit } => sized(texts.photo_long, "side", side.into(), limit.into()),
        PhotoFileError::TooSmall { side, limit } => sized(texts.photo_tiny, "side", side.into(), limit.into()),
    }
}

fn foreign_name(texts: &Texts, kind: ForeignKind) -> &'static str {
    match kind {
        ForeignKind::Svg => texts.kind_svg,
        ForeignKind::Html => texts.kind_html,
        ForeignKind::Pdf => texts.kind_pdf,
        ForeignKind::Video => texts.kind_video,
        ForeignKind::Audio => texts.kind_audio,
        ForeignKind::Zip => texts.kind_zip,
        ForeignKind::Archive => texts.kind_archive,
        ForeignKind::Tiff => texts.kind_tiff,
        ForeignKind::RawPhoto => texts.kind_raw,
        ForeignKind::Bmp => texts.kind_bmp,
        ForeignKind::Ico => texts.kind_ico,
        ForeignKind::Jp2 => texts.kind_jp2,
        ForeignKind::JpegXl => texts.kind_jxl,
        ForeignKind::Photoshop => texts.kind_psd,
        ForeignKind::Text => texts.kind_text,
        ForeignKind::Unknown => texts.kind_unknown,
    }
}

/// What is wrong with a photo, and how a better one is taken.
#[must_use]
pub fn photo_issue_text(texts: &Texts, fault: PhotoIssue) -> String {
    match fault {
        PhotoIssue::Dark => texts.check_dark.to_owned(),
        PhotoIssue::Burnt => texts.check_burnt.to_owned(),
        PhotoIssue::Blurred => texts.check_blurred.to_owned(),
        PhotoIssue::Small => texts.check_small.to_owned(),
        PhotoIssue::Tilted(degrees) => fill(texts.check_tilted, &[("degrees", &fixed(degrees.abs(), 0))]),
        PhotoIssue::HairOverForehead => texts.check_hair.to_owned(),
        PhotoIssue::TooClose => texts.check_close.to_owned(),
    }
}

/// The same in two or three words, for the practitioner.
#[must_use]
pub fn photo_issue_name(texts: &Texts, fault: PhotoIssue) -> String {
    match fault {
        PhotoIssue::Dark => texts.check_dark_short.to_owned(),
        PhotoIssue::Burnt => texts.check_burnt_short.to_owned(),
        PhotoIssue::Blurred => texts.check_blurred_short.to_owned(),
        PhotoIssue::Small => texts.check_small_short.to_owned(),
        PhotoIssue::Tilted(degrees) => fill(texts.check_tilted_short, &[("degrees", &fixed(degrees.abs(), 0))]),
        PhotoIssue::HairOverForehead => texts.check_hair_short.to_owned(),
        PhotoIssue::TooClose => texts.check_close_short.to_owned(),
    }
}

/// Why a file was not opened as a design.
#[must_use]
pub fn design_file_error_text(texts: &Texts, error: &DesignFileError) -> String {
    match error {
        DesignFileError::TooLarge(bytes) => {
            fill(texts.design_too_large, &[("megabytes", &bytes.div_ceil(1_000_000).to_string())])
        }
        DesignFileError::NotADesign(_) => texts.design_unreadable.to_owned(),
        DesignFileError::NewerVersion(_) => texts.design_newer.to_owned(),
        DesignFileError::BadNumber(field) | DesignFileError::TooMany(field) => {
            fill(texts.design_bad, &[("field", field)])
        }
    }
}

/// Why two marks give no scale.
#[must_use]
pub fn calibration_refusal(texts: &Texts, error: CalibrationError) -> String {
    match error {
        CalibrationError::MarksTooClose(_) => texts.refuse_marks_close.to_owned(),
        CalibrationError::DistanceOutOfRange(_) => texts.refuse_distance.to_owned(),
        CalibrationError::PictureTooWide(mm) => fill(texts.refuse_too_wide, &[("metres", &fixed(mm / 1000.0, 1))]),
    }
}

/// Why a command was not done.
#[must_use]
pub fn command_error(texts: &Texts, command_error: CommandError) -> String {
    match command_error {
        CommandError::NoPhoto => texts.refuse_no_photo.to_owned(),
        CommandError::Calibration(error) => calibration_refusal(texts, error),
        CommandError::TooFewHandles => texts.refuse_short_line.to_owned(),
        CommandError::TooMany(what) => fill(texts.refuse_too_many, &[("what", what)]),
        CommandError::NoLine => texts.refuse_no_line.to_owned(),
        CommandError::TooShort => texts.refuse_short_band.to_owned(),
        CommandError::TooSmall => texts.refuse_small_patch.to_owned(),
        CommandError::NotANumber | CommandError::NoStroke | CommandError::NoFill => texts.refuse_other.to_owned(),
    }
}

/// What is wrong with a field of the form.
#[must_use]
pub fn field_error_text(texts: &Texts, fault: FieldError) -> String {
    match fault {
        FieldError::Missing => texts.fault_missing.to_owned(),
        FieldError::NoContact => texts.fault_contact.to_owned(),
        FieldError::NotAnEmail => texts.fault_email.to_owned(),
        FieldError::NotAPhone => texts.fault_phone.to_owned(),
        FieldError::TooLong(limit) => fill(texts.fault_long, &[("limit", &limit.to_string())]),
        FieldError::NotAgreed => texts.fault_consent.to_owned(),
    }
}

/// Why the server did not take a request.
#[must_use]
pub fn outcome_text(texts: &Texts, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::BadFields => texts.refused_fields,
        Outcome::Misconfigured => texts.refused_setup,
        Outcome::TooLarge => texts.refused_large,
        Outcome::IdTaken => texts.refused_id,
        Outcome::Confirmed | Outcome::Busy(_) | Outcome::Unclear => texts.unconfirmed,
    }
}

/// Why a request could not be opened, and what can be done.
#[must_use]
pub fn open_error_text(texts: &Texts, error: &OpenError) -> String {
    let text = match error {
        OpenError::LoggedOut => texts.staff_logged_out,
        OpenError::NotFound => texts.staff_not_found,
        OpenError::Offline => texts.version_offline,
        OpenError::NoAnswer => texts.staff_no_answer,
        OpenError::BadDesign(error) => {
            return fill(texts.staff_bad_design, &[("reason", &design_file_error_text(texts, error))]);
        }
    };
    text.to_owned()
}

/// How the saving of a version stands, by its delivery and the status of the last answer; nothing where nothing was saved.
#[must_use]
pub fn version_text(texts: &Texts, delivery: &Delivery, status: Option<u16>) -> Option<String> {
    let text = match (delivery, status) {
        (Delivery::Idle, _) => return None,
        (Delivery::Confirmed { .. }, _) => texts.version_saved,
        (Delivery::Held { .. } | Delivery::Sending { .. } | Delivery::Shrinking { .. }, _) => texts.version_sending,
        (Delivery::Waiting { wait_ms, .. }, _) => {
            return Some(fill(texts.sending_again, &[("seconds", &wait_ms.div_ceil(1000).to_string())]));
        }
        (Delivery::Offline { is_back: false, .. }, _) => texts.version_offline,
        (Delivery::Offline { is_back: true, .. }, _) => texts.version_online,
        (Delivery::Refused { .. }, Some(401)) => texts.version_logged_out,
        (Delivery::Refused { .. }, Some(403)) => texts.version_refused,
        (Delivery::Refused { .. }, Some(404)) => texts.version_gone,
        (Delivery::Refused { outcome: Outcome::IdTaken, .. }, _) => texts.version_taken,
        (Delivery::Refused { outcome: Outcome::TooLarge, .. }, _) => texts.version_large,
        (Delivery::Refused { outcome: Outcome::BadFields, .. }, _) => texts.version_invalid,
        (Delivery::Refused { .. } | Delivery::Unconfirmed { .. }, _) => texts.version_unconfirmed,
    };
    Some(text.to_owned())
}

/// What the classes of a scale of hair loss show.
#[must_use]
pub fn loss_scale_name(texts: &Texts, scale: LossScale) -> &'static str {
    match scale {
        LossScale::Norwood => texts.loss_norwood,
        LossScale::Ludwig => texts.loss_ludwig,
        LossScale::Savin => texts.loss_savin,
    }
}

/// How the visitor would like to be answered.
#[must_use]
pub fn reply_by_name(texts: &Texts, way: ReplyBy) -> &'static str {
    match way {
        ReplyBy::Any => texts.reply_any,
        ReplyBy::Email => texts.field_email,
        ReplyBy::Phone => texts.field_phone,
    }
}

/// A treatment that the visitor had before.
#[must_use]
pub fn earlier_name(texts: &Texts, treatment: EarlierTreatment) -> &'static str {
    match treatment {
        EarlierTreatment::Smp => texts.earlier_smp,
        EarlierTreatment::Transplant => texts.earlier_transplant,
    }
}

/// Why a draft is not kept.
#[must_use]
pub fn draft_error_text(texts: &Texts, fault: DraftError) -> String {
    match fault {
        DraftError::NoStore => texts.draft_off.to_owned(),
        DraftError::Full => fill(texts.draft_failed, &[("why", texts.draft_full)]),
        DraftError::Failed => fill(texts.draft_failed, &[("why", texts.draft_other)]),
    }
}

/// What is wrong with a clinic's configuration, for the console.
#[must_use]
pub fn config_error_text(fault: &ConfigError) -> String {
    match fault {
        ConfigError::Unreadable(why) => format!("hairline.config.json could not be read: {why}"),
        ConfigError::BadValue(key, why) => format!("hairline.config.json: {key} is not used: {why}"),
        ConfigError::UnknownKey(key) => format!("hairline.config.json: the key {key} means nothing here"),
        ConfigError::UnknownQuestion(key) => {
            format!("hairline.config.json: request.fields: there is no question {key:?}")
        }
        ConfigError::BadShape(place, what) => format!("hairline.config.json: shapes[{place}] is not offered: {what}"),
        ConfigError::BadEndpoint(address) => format!(
            "hairline.config.json: the endpoint {address:?} is not used. It must be https, or a path on this address"
        ),
    }
}

/// The name of a tool where it is offered.
#[must_use]
pub fn tool_name(texts: &Texts, tool: ToolKind) -> &'static str {
    match tool {
        ToolKind::Line => texts.line_tool_points,
        ToolKind::Freehand => texts.line_tool_draw,
        ToolKind::Temple => texts.line_tool_temple,
        ToolKind::Landmarks => texts.line_tool_landmarks,
        ToolKind::Area => texts.density_tool_area,
        ToolKind::Brush => texts.density_tool_brush,
        ToolKind::Eraser => texts.density_tool_eraser,
        ToolKind::Lasso => texts.special_patch,
        ToolKind::Scar => texts.special_scar,
        ToolKind::PartLine => texts.special_part,
        ToolKind::Head => texts.head_fit,
        ToolKind::Probe => texts.probe_match,
        ToolKind::Hair => texts.hair_tool_hair,
        ToolKind::NotHair => texts.hair_tool_not,
        ToolKind::Marks => texts.size_place,
        ToolKind::View => texts.stage_label,
    }
}

/// The name of a shade by its key; nothing when it has none.
#[must_use]
pub fn shade_name(texts: &Texts, key: &str) -> &'static str {
    let names = [
        texts.shade_ash,
        texts.shade_light_grey,
        texts.shade_grey,
        texts.shade_dark_grey,
        texts.shade_charcoal,
        texts.shade_soft_black,
    ];
    SHADES.iter().zip(names).find(|(shade, _)| shade.key == key).map_or("", |(_, name)| name)
}

/// The name of a shape: the clinic's, or ours by its key; the key itself when it has neither.
#[must_use]
pub fn shape_name(texts: &Texts, rule: &ShapeRule) -> String {
    let names = [
        texts.shape_oval,
        texts.shape_rounded,
        texts.shape_edge,
        texts.shape_mature,
        texts.shape_peak,
        texts.shape_female,
        texts.special_temple,
    ];
    let own = SHAPES.iter().zip(names).find(|(shape, _)| shape.key == rule.key).map(|(_, name)| name);
    let name = if rule.name.is_empty() { own } else { Some(&*rule.name) };
    name.unwrap_or(&rule.key).to_owned()
}

/// The name of a guide.
#[must_use]
pub fn guide_name(texts: &Texts, guide: Guide) -> &'static str {
    match guide {
        Guide::Thirds => texts.guide_thirds,
        Guide::Midline => texts.guide_midline,
        Guide::LateralCanthus => texts.guide_canthus,
        Guide::MidPupil => texts.guide_pupil,
        Guide::Garg => texts.guide_garg,
    }
}

/// How old a treatment is, to be read beside its picture.
#[must_use]
pub fn time_words(texts: &Texts, months: Months) -> String {
    const WEEKS_PER_MONTH: f64 = 4.35;
    let counted = |one: &str, many: &str, count: f64| {
        if count == 1.0 { one.to_owned() } else { fill(many, &[("count", &approx(count))]) }
    };
    let (weeks, whole) = ((months.0 * WEEKS_PER_MONTH).round(), months.0.round());
    match months.0 {
        _ if weeks < 1.0 => texts.time_fresh.to_owned(),
        under if under < Months::HEALED.0 => counted(texts.time_week, texts.time_weeks, weeks),
        _ if whole < 12.0 => counted(texts.time_month, texts.time_months, whole),
        months => counted(texts.time_year, texts.time_years, (months / 1.2).round() / 10.0),
    }
}

/// The name of a stage of the catalogue by its place there; empty where there is none.
#[must_use]
pub fn stage_name(texts: &Texts, place: usize) -> &'static str {
    let names: [&'static str; STAGES.len()] = [
        texts.stage_fresh,
        texts.stage_month,
        texts.stage_half_year,
        texts.stage_year,
        texts.stage_two_years,
        texts.stage_four_years,
        texts.stage_six_years,
    ];
    names.get(place).copied().unwrap_or_default()
}

/// What is worth a look, with its reason.
#[must_use]
pub fn advice_text(texts: &Texts, advised: Advised) -> String {
    let text = match advised.advice {
        Advice::LowLine => texts.advice_low_line,
        Advice::NoRecession => texts.advice_no_recession,
        Advice::SlopesDown => texts.advice_slopes_down,
        Advice::NarrowCorner => texts.advice_narrow_corner,
        Advice::Uneven => texts.advice_uneven,
        Advice::Dense => texts.advice_dense,
        Advice::SharpEdge => texts.advice_sharp_edge,
        Advice::DarkerThanSides => texts.advice_darker,
    };
    let whole = |value: f64| fixed(value, 0);
    fill(text, &[("value", &whole(advised.finding.value)), ("limit", &whole(advised.finding.limit))])
}

/// The name of a zone; that of the hairline wants its depth in cm filled in.
#[must_use]
pub fn zone_name(texts: &Texts, zone: Zone) -> &'static str {
    match zone {
        Zone::Hairline => texts.zone_hairline,
        Zone::Front => texts.zone_front,
        Zone::Mid => texts.zone_middle,
        Zone::Crown => texts.zone_crown,
        Zone::Temples => texts.zone_temples,
        Zone::Sides => texts.zone_sides,
        Zone::Back => texts.zone_back,
        Zone::PartLine => texts.zone_part,
        Zone::Scar => texts.zone_scars,
        Zone::Patch => texts.zone_patches,
    }
}

/// The name of a side of the head.
#[must_use]
pub fn side_name(texts: &Texts, side: Side) -> &'static str {
    match side {
        Side::Front => texts.side_front,
        Side::Top => texts.side_top,
        Side::Left => texts.side_left,
        Side::Right => texts.side_right,
        Side::Back => texts.side_back,
    }
}

/// How a side of the head is photographed.
#[must_use]
pub fn side_help(texts: &Texts, side: Side) -> &'static str {
    match side {
        Side::Front => texts.side_help_front,
        Side::Top => texts.side_help_top,
        Side::Left => texts.side_help_left,
        Side::Right => texts.side_help_right,
        Side::Back => texts.side_help_back,
    }
}

/// The name of a point of the face.
#[must_use]
pub fn landmark_name(texts: &Texts, landmark: Landmark) -> &'static str {
    match landmark {
        Landmark::CanthusLeft => texts.landmark_canthus_left,
        Landmark::CanthusRight => texts.landmark_canthus_right,
        Landmark::NoseBase => texts.landmark_nose,
        Landmark::Chin => texts.landmark_chin,
        Landmark::TempleLeft => texts.landmark_temple_left,
        Landmark::TempleRight => texts.landmark_temple_right,
        Landmark::Vertex => texts.landmark_vertex,
    }
}

/// What a variant is called: by its visitor, else by a letter.
#[must_use]
pub fn variant_name(texts: &Texts, design: &Design, place: usize) -> String {
    let name = design.variant_name(place).trim();
    let letter = ["A", "B", "C", "D"].get(place).copied().unwrap_or_default();
    if name.is_empty() { fill(texts.variant_name, &[("letter", letter)]) } else { name.to_owned() }
}

/// A point in time as `2026-11-22 21:05` UTC, from milliseconds since 1970 (days to date by Howard Hinnant's algorithm).
#[must_use]
pub fn age_of(kept_at_ms: f64) -> String {
    let minutes = (kept_at_ms / 60_000.0).floor().max(0.0) as i64;
    let (days, minute) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::super::EN;
    use super::*;
    use crate::engine::measure::{Finding, RULES, Rule};

    #[test]
    fn values_are_filled_in_once() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("{unknown} {", &[]), "{unknown} {");
    }

    #[test]
    fn numbers_are_said_roughly() {
        let thousands = "12\u{202f}000";
        for (value, said) in [
            (0.0, "0"),
            (3.13, "3.1"),
            (7.0, "7"),
            (9.96, "10"),
            (12.3, "12"),
            (87.6, "88"),
            (123.0, "120"),
            (4321.0, "4300"),
            (12_345.0, thousands),
        ] {
            assert_eq!(approx(value), said, "{value}");
        }
        assert_eq!(approx(f64::NAN), "0");
    }

    #[test]
    fn times_are_dates() {
        assert_eq!(age_of(0.0), "1970-01-01 00:00");
        assert_eq!(age_of(951_782_400_000.0), "2000-02-29 00:00");
        assert_eq!(age_of(1_795_381_500_000.0), "2026-11-22 21:05");
    }

    #[test]
    fn ages_are_said_as_people_say_them() {
        for (months, said) in [
            (0.0, "fresh"),
            (0.1, "fresh"),
            (0.25, "healing, 1 week"),
            (0.9, "healing, 4 weeks"),
            (1.0, "healed, 1 month"),
            (5.6, "healed, 6 months"),
            (11.6, "1 year"),
            (12.0, "1 year"),
            (18.0, "1.5 years"),
            (24.0, "2 years"),
            (71.9, "6 years"),
        ] {
            assert_eq!(time_words(&EN, Months(months)), said, "{months}");
        }
    }

    #[test]
    fn every_advice_is_said_with_its_numbers() {
        let finding = Finding { value: 53.4, limit: 60.0 };
        for Rule { advice, .. } in RULES {
            let said = advice_text(&EN, Advised { advice: *advice, finding });
            assert!(said.ends_with('.') && !said.contains('{'), "{advice:?}: {said}");
        }
        let said = advice_text(&EN, Advised { advice: Advice::LowLine, finding });
        assert!(said.contains("53 mm") && said.contains("60 mm"), "{said}");
    }

    #[test]
    fn every_shade_has_a_name() {
        for shade in SHADES {
            assert!(!shade_name(&EN, shade.key).is_empty(), "{}", shade.key);
        }
    }

    #[test]
    fn refusals_are_sentences_with_a_way_forward() {
        let text = photo_file_error_text(&EN, PhotoFileError::Foreign(ForeignKind::Pdf));
        assert_eq!(text, "This is a PDF document, not a photo. Choose a JPEG, PNG or WebP.");
        let text = photo_file_error_text(&EN, PhotoFileError::TooManyBytes { bytes: 31_000_001, limit: 30_000_000 });
        assert_eq!(text, "This file has 32 MB; the limit is 30 MB. Choose a smaller photo.");
    }

    #[test]
    fn each_end_of_a_version_has_a_sentence_of_its_own() {
        let id = || "a1".to_owned();
        let refused = |outcome| Delivery::Refused { id: id(), outcome };
        let said = [
            (Delivery::Confirmed { id: id(), staff_page: None }, Some(201)),
            (Delivery::Offline { id: id(), is_back: false }, None),
            (Delivery::Offline { id: id(), is_back: true }, None),
            (Delivery::Unconfirmed { id: id(), cancelled: true }, None),
            (Delivery::Sending { id: id(), attempt: 1, percent: 0 }, None),
            (refused(Outcome::Misconfigured), Some(401)),
            (refused(Outcome::Misconfigured), Some(403)),
            (refused(Outcome::Misconfigured), Some(404)),
            (refused(Outcome::IdTaken), Some(409)),
            (refused(Outcome::TooLarge), Some(413)),
            (refused(Outcome::BadFields), Some(422)),
        ]
        .map(|(delivery, status)| version_text(&EN, &delivery, status).unwrap());
        for (place, text) in said.iter().enumerate() {
            assert_eq!(said.iter().position(|other| other == text), Some(place), "{text}");
        }
        assert_eq!(version_text(&EN, &Delivery::Idle, Some(404)), None);
    }
}
