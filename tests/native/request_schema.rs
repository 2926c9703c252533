//! What is sent: `docs/request.schema.json` is that of the types, what the program writes fits it, and `docs/openapi.json` says the
//! same of the endpoint.
//!
//! The schema is made from the types; `UPDATE_SCHEMA=1` writes it anew.
#![cfg(test)]

use crate::files::{REFERENCES, full_design};
use hairline_designer::engine::calibration::Side;
use hairline_designer::engine::catalog::Parameters;
use hairline_designer::engine::consult::{
    ConsentRecord, Contents, DetailChoice, EarlierTreatment, Endpoint, PhotoRecord, Pictures, ReplyBy, RequestForm,
    RequestHead, outcome, request_schema,
};
use hairline_designer::engine::design::Design;
use hairline_designer::engine::dots::{BlueNoiseTile, Field};
use hairline_designer::engine::measure::Figures;
use hairline_designer::engine::ports::Response;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| request_schema().expect("every limit has its place in the types"));

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::validator_for(&SCHEMA).expect("the schema is a JSON Schema"));

fn document(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn the_requests_schema_in_the_documents_is_that_of_the_types() {
    let path = document("request.schema.json");
    let made = serde_json::to_string_pretty(&*SCHEMA).unwrap() + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some_and(|value| value == "1") {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(made.lines()).find(|(kept, made)| kept != made);
    assert!(
        kept == made,
        "docs/request.schema.json is not that of the types: {differs:?}. UPDATE_SCHEMA=1 writes it anew"
    );
}

/// A form in which everything is said.
pub(crate) fn full_form() -> RequestForm {
    let mut form = RequestForm {
        name: "Ada Lovelace".to_owned(),
        email: "ada@example.org".to_owned(),
        phone: "+44 20 7946 0018".to_owned(),
        message: "When?\u{0} <b>\u{202e}".to_owned(),
        reply_when: "evenings".to_owned(),
        scars: "one, 2 cm".to_owned(),
        ..RequestForm::default()
    };
    let choices = [
        DetailChoice::ReplyBy(ReplyBy::Phone),
        DetailChoice::Loss(0),
        DetailChoice::Loss(9),
        DetailChoice::Earlier(EarlierTreatment::Smp),
        DetailChoice::Earlier(EarlierTreatment::Transplant),
        DetailChoice::SkinTone(9),
        DetailChoice::AgeBand(4),
    ];
    choices.into_iter().for_each(|choice| form.details.choose(choice));
    form
}

fn written(form: &RequestForm, design: Option<&Design>) -> Value {
    serde_json::from_str(&written_text(form, design)).expect("it is JSON")
}

/// A request with everything, or with no more than words.
pub(crate) fn written_text(form: &RequestForm, design: Option<&Design>) -> String {
    let parameters = Parameters::default();
    let figures = design.map(|design| {
        let mut field = Field::new(Rc::new(BlueNoiseTile::grow(design.seed)), design.seed);
        field.sync(design, &parameters);
        Figures::new(design, &field, &parameters)
    });
    let consents = ["send", "adult", "marketing"].map(|key| ConsentRecord {
        key,
        text: "I agree".to_owned(),
        version: "7".to_owned(),
        given_at: "2026-01-02T03:04:05Z".to_owned(),
    });
    let photos = [PhotoRecord { side: Side::Top, digest: "ab12".to_owned(), notes: vec!["dark".to_owned()] }];
    let lines = [("Name".to_owned(), "Ada Lovelace".to_owned()), ("Message".to_owned(), "<b>\u{202e}".to_owned())];
    let head = RequestHead {
        id: "7K2M-9QXR-4TDA",
        clinic: "Elm",
        configuration: if design.is_some() { "2026-11" } else { "" },
        made_at: "2026-01-02T03:04:05Z",
        language: "en",
        form,
        consents: &consents,
        design: design.and_then(|design| Some((figures.as_ref()?, &design.look))),
        photos: if design.is_some() { &photos } else { &[] },
        lines: if design.is_some() { &lines } else { &[] },
        notice: "Simulation, not a promise",
    };
    head.json().expect("a request can be written")
}

fn faults(value: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn what_the_program_writes_fits_the_schema_and_says_what_was_chosen() {
    let design = full_design(REFERENCES[0]);
    let full = written(&full_form(), Some(&design));
    assert_eq!(faults(&full), Vec::<String>::new());
    let fields = json!({
        "name": "Ada Lovelace", "email": "ada@example.org", "phone": "+44 20 7946 0018", "message": "When?\u{0} <b>\u{202e}",
        "reply_by": "phone", "reply_when": "evenings", "loss": ["norwood-2", "ludwig-3"], "scars": "one, 2 cm",
        "earlier": ["smp", "transplant"], "skin_tone": 10, "age_band": "60+"
    });
    assert_eq!(full["fields"], fields);
    assert_eq!(full["lines"], json!([["Name", "Ada Lovelace"], ["Message", "<b>\u{202e}"]]));
    assert_eq!((&full["configuration"], &full["photos"][0]["side"]), (&json!("2026-11"), &json!("top")));
    let words = written(&RequestForm { name: "A".to_owned(), phone: "12345".to_owned(), ..Default::default() }, None);
    assert_eq!(faults(&words), Vec::<String>::new());
    let keys: Vec<&String> = words.as_object().into_iter().flatten().map(|(key, _)| key).collect();
    let expected = ["version", "id", "program", "clinic", "made_at", "language", "fields", "consents", "notice"];
    let mut expected = expected.map(str::to_owned);
    expected.sort_unstable();
    let mut sorted: Vec<String> = keys.into_iter().cloned().collect();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "words alone say more than words");
}

#[test]
fn what_no_program_writes_does_not_fit_the_schema() {
    let whole = written(&full_form(), Some(&full_design(REFERENCES[0])));
    for (at, value) in [
        ("/version", json!(2)),
        ("/id", json!("../x")),
        ("/made_at", json!(7)),
        ("/fields/name", json!("")),
        ("/fields/message", json!("x".repeat(4_001))),
        ("/fields/reply_by", json!("pigeon")),
        ("/fields/loss/0", json!("norwood-9")),
        ("/fields/skin_tone", json!(11)),
        ("/fields/age_band", json!("17")),
        ("/consents/0/key", json!("everything")),
        ("/lines/0", json!(["Name"])),
        ("/lines/0", json!(["Name", "Ada", "Lovelace"])),
        ("/lines/0/1", json!(7)),
    ] {
        let mut changed = whole.clone();
        *changed.pointer_mut(at).unwrap_or_else(|| panic!("there is no {at}")) = value;
        assert!(!VALIDATOR.is_valid(&changed), "{at} may be anything");
    }
}

/// The OpenAPI description, with the operation that receives a request.
fn openapi() -> (Value, Value) {
    let text = std::fs::read_to_string(document("openapi.json")).expect("there is a description");
    let whole: Value = serde_json::from_str(&text).expect("it is JSON");
    let operation = whole["paths"]["/requests"]["post"].clone();
    (whole, operation)
}

#[test]
fn the_description_of_the_endpoint_names_every_part_and_its_kind() {
    let (_, operation) = openapi();
    let form = &operation["requestBody"]["content"]["multipart/form-data"];
    let pictures = |side| Pictures { side, before: [0].into(), after: [0].into() };
    let contents = Contents {
        request: "{}".to_owned(),
        design: Some("{}".to_owned()),
        pictures: Side::ALL.map(pictures).to_vec(),
    };
    let payload = contents.payload(&Endpoint::new("/requests").unwrap());
    let mut named: Vec<&str> = payload.parts.iter().map(|part| part.name).collect();
    for part in &payload.parts {
        assert_eq!(form["encoding"][part.name]["contentType"], part.mime, "{}", part.name);
    }
    named.sort_unstable();
    let mut described: Vec<&String> =
        form["schema"]["properties"].as_object().into_iter().flatten().map(|(k, _)| k).collect();
    described.sort_unstable();
    assert_eq!(described, named);
    assert_eq!(form["schema"]["required"], json!(["request"]), "words alone are a request");
    assert_eq!(form["schema"]["properties"]["request"]["$ref"], "request.schema.json");
    assert_eq!(form["schema"]["properties"]["design"]["$ref"], "design.schema.json");
}

#[test]
fn the_description_of_the_endpoint_has_each_answer_that_the_program_tells_apart() {
    let (_, operation) = openapi();
    for status in ["200", "201", "400", "403", "409", "413", "415", "422", "429", "503"] {
        let answer = &operation["responses"][status];
        assert!(answer["description"].is_string(), "{status} is not described");
        assert!(answer["headers"]["Access-Control-Allow-Origin"].is_object(), "{status}: a browser could not read it");
    }
    for status in ["429", "503"] {
        assert!(operation["responses"][status]["headers"]["Retry-After"].is_object(), "{status}");
    }
    let body = operation["responses"]["201"]["content"]["application/json"]["example"].to_string();
    let id = "7K2M-9QXR-4TDA";
    let answer = Response { status: 201, retry_after_s: None, body };
    assert_eq!(outcome(&answer, id), hairline_designer::engine::consult::Outcome::Confirmed);
}
