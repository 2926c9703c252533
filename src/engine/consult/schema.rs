//! The JSON Schema of a request, made from the types. The types say the shape; this module says the limits.

use super::details::{AGE_BANDS, LOSS_CLASSES, MONK_TONES};
use super::form::{MESSAGE_CHARS, SHORT_CHARS};
use super::payload::{REQUEST_VERSION, WrittenRequest};
use crate::engine::catalog::SHADES;
use crate::engine::design::Side;
use schemars::schema_for;
use serde_json::{Value, json};

/// The schema of the version that this program writes.
///
/// # Errors
/// When a place of which a limit is known is not in the types any more; holds the place.
pub fn request_schema() -> Result<Value, &'static str> {
    let mut schema = schema_for!(WrittenRequest<'static>).to_value();
    for (at, rules) in rules() {
        let place = schema.pointer_mut(at).and_then(Value::as_object_mut).ok_or(at)?;
        place.extend(rules.as_object().cloned().unwrap_or_default());
    }
    // What is left out where it is empty is not required, whatever its type.
    let absent = ["configuration", "look", "figures", "photos", "lines"];
    let absent_fields = ["reply_when", "loss", "scars", "earlier", "skin_tone", "age_band"];
    not_required(&mut schema, "/required", &absent);
    not_required(&mut schema, "/$defs/Fields/required", &absent_fields);
    Ok(schema)
}

fn not_required(schema: &mut Value, at: &str, keys: &[&str]) {
    if let Some(required) = schema.pointer_mut(at).and_then(Value::as_array_mut) {
        required.retain(|key| !keys.iter().any(|other| key == other));
    }
}

/// A place in the schema, and the rules that hold there besides.
type Rules = (&'static str, Value);

fn rules() -> Vec<Rules> {
    let loss: Vec<&str> = LOSS_CLASSES.iter().map(|class| class.key).collect();
    let shades: Vec<&str> = SHADES.iter().map(|shade| shade.key).collect();
    let line = || json!({ "maxLength": SHORT_CHARS });
    let text = || json!({ "maxLength": MESSAGE_CHARS });
    let time = || json!({ "format": "date-time" });
    vec![
        (
            "",
            json!({
                "$id": format!("urn:hairline-designer:request:{REQUEST_VERSION}"),
                "title": format!("Request of hairline-designer, version {REQUEST_VERSION}"),
                "description": "The part `request` of what is sent to a clinic. Receivers should ignore keys that they do not know.",
            }),
        ),
        ("/properties/version", json!({ "const": REQUEST_VERSION })),
        ("/properties/id", json!({ "pattern": "^[A-Za-z0-9-]{8,64}$" })),
        ("/properties/made_at", time()),
        ("/properties/photos", json!({ "maxItems": Side::ALL.len() })),
        ("/$defs/ConsentRecord/properties/key", json!({ "enum": ["send", "adult", "marketing"] })),
        ("/$defs/ConsentRecord/properties/given_at", time()),
        ("/$defs/Fields/properties/name", json!({ "minLength": 1, "maxLength": SHORT_CHARS })),
        ("/$defs/Fields/properties/email", line()),
        ("/$defs/Fields/properties/phone", line()),
        ("/$defs/Fields/properties/reply_when", line()),
        ("/$defs/Fields/properties/message", text()),
        ("/$defs/Fields/properties/scars", text()),
        ("/$defs/Fields/properties/loss", json!({ "uniqueItems": true })),
        ("/$defs/Fields/properties/loss/items", json!({ "enum": loss })),
        ("/$defs/Fields/properties/earlier", json!({ "uniqueItems": true })),
        ("/$defs/Fields/properties/skin_tone", json!({ "minimum": 1, "maximum": MONK_TONES.len() })),
        ("/$defs/Fields/properties/age_band", json!({ "enum": AGE_BANDS })),
        ("/$defs/Appearance/properties/shade", json!({ "enum": shades })),
    ]
}
