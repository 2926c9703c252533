//! What a clinic decides: `hairline.config.json` beside `index.html`.

use super::details::{QUESTIONS, Question};
use crate::engine::catalog::{Measure, ShapeRule};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A clinic's configuration, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClinicConfig {
    /// Name and ways to reach it.
    pub contact: Contact,
    /// Where requests go; without one they are saved as a file.
    pub endpoint: Option<Endpoint>,
    /// The clinic's own numbers, by key of a parameter.
    pub parameters: Vec<(String, f64)>,
    /// The clinic's own hairline shapes.
    pub shapes: Vec<ShapeRule>,
    /// Days for which a draft stays on the visitor's device.
    pub draft_days: u32,
    /// Version of the consent texts in force.
    pub consent_version: String,
    /// Version of this configuration, as the clinic counts; may be empty.
    pub version: String,
    /// What the form asks, and the clinic's own words in it.
    pub form: FormConfig,
}

/// What the form asks, and the clinic's own words in it. Empty words are the program's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormConfig {
    /// An endpoint was given that cannot be used: there is no form, and the visitor is told how to reach the clinic.
    pub has_bad_endpoint: bool,
    /// The optional questions that are asked.
    pub questions: Vec<Question>,
    /// Above the form.
    pub intro: String,
    /// By when the clinic answers, as "two working days".
    pub reply_within: String,
    /// The consent that the data go to the clinic.
    pub consent: String,
    /// The consent to news; it is not asked for without words.
    pub marketing: String,
    /// Address of the clinic's privacy notice.
    pub privacy_notice: Option<Endpoint>,
}

/// Name of a clinic and ways to reach it. All may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Its name, as the visitor knows it.
    pub name: String,
    /// Its telephone.
    pub phone: String,
    /// Its e-mail.
    pub email: String,
}

/// The address that requests go to: `https:`, a loopback address, or a path on the program's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint(String);

/// What is wrong with a configuration, for the clinic's developer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigError {
    /// Not JSON, or no object; holds what the reader said.
    Unreadable(String),
    /// A value is of the wrong kind; holds its key and what the reader said.
    BadValue(String, String),
    /// The endpoint cannot be used; holds it.
    BadEndpoint(String),
    /// A key that means nothing; holds it.
    UnknownKey(String),
    /// An optional question that does not exist; holds its key.
    UnknownQuestion(String),
    /// A shape that cannot be used; holds its place from 0, and what is wrong with it.
    BadShape(usize, String),
}

/// Days for which a draft stays unless the clinic says otherwise: a week, as long as a clinic's marketplace keeps one.
pub const DEFAULT_DRAFT_DAYS: u32 = 7;

/// The keys of an object that nobody has read yet. Each is read by itself, so that a mistake in one costs no other.
#[derive(Default)]
struct Section {
    /// Where the object stands in the file: empty for the whole file, else the key with a dot behind it.
    at: String,
    keys: Map<String, Value>,
}

impl Section {
    /// What a key says; `None` where it is missing, null, or of another shape, which is named.
    fn take<T: DeserializeOwned>(&mut self, key: &str, errors: &mut Vec<ConfigError>) -> Option<T> {
        let value = self.keys.remove(key)?;
        serde_json::from_value(value).unwrap_or_else(|error| {
            errors.push(ConfigError::BadValue(format!("{}{key}", self.at), error.to_string()));
            None
        })
    }

    /// The object that a key holds.
    fn section(&mut self, key: &str, errors: &mut Vec<ConfigError>) -> Self {
        let keys = self.take(key, errors).unwrap_or_default();
        Self { at: format!("{}{key}.", self.at), keys }
    }

    /// What every key says that is left.
    fn take_all<T: DeserializeOwned>(mut self, errors: &mut Vec<ConfigError>) -> Vec<(String, T)> {
        let keys: Vec<String> = self.keys.keys().cloned().collect();
        keys.into_iter().filter_map(|key| Some((key.clone(), self.take(&key, errors)?))).collect()
    }

    /// Names the keys that are left: nobody knows them.
    fn name_unknown(self, errors: &mut Vec<ConfigError>) {
        errors.extend(self.keys.keys().map(|key| ConfigError::UnknownKey(format!("{}{key}", self.at))));
    }
}

/// A clinic's shape as it is written: a row of the catalogue with other measures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenShape {
    key: String,
    name: String,
    like: String,
    height_mm: Option<f64>,
    width_mm: Option<f64>,
    temple_depth_mm: Option<f64>,
    curvature: Option<f64>,
    peak_mm: Option<f64>,
}

impl WrittenShape {
    /// The shape, if its key is none of the `others`.
    fn rule(self, others: &[ShapeRule]) -> Result<ShapeRule, String> {
        for (field, text) in [("key", &self.key), ("name", &self.name)] {
            if text.trim().is_empty() {
                return Err(format!("{field} is empty"));
            }
        }
        if ShapeRule::of_key(&self.key).is_some() || others.iter().any(|other| other.key == self.key) {
            return Err(format!("there is another shape with the key `{}`", self.key));
        }
        let like =
            ShapeRule::of_key(&self.like).ok_or_else(|| format!("there is no shape `{}` to be like", self.like))?;
        let measures = [
            (Measure::Height, self.height_mm),
            (Measure::Width, self.width_mm),
            (Measure::TempleDepth, self.temple_depth_mm),
            (Measure::Curvature, self.curvature),
            (Measure::Peak, self.peak_mm),
        ];
        let changes: Vec<_> = measures.into_iter().filter_map(|(measure, value)| Some((measure, value?))).collect();
        Ok(like.derived(self.key, self.name, &changes))
    }
}

/// The shapes that can be used, each key once; the others are named.
fn usable(written: Vec<Value>, errors: &mut Vec<ConfigError>) -> Vec<ShapeRule> {
    let mut shapes = Vec::new();
    for (place, shape) in written.into_iter().enumerate() {
        let shape = serde_json::from_value::<WrittenShape>(shape).map_err(|error| error.to_string());
        match shape.and_then(|shape| shape.rule(&shapes)) {
            Ok(shape) => shapes.push(shape),
            Err(what) => errors.push(ConfigError::BadShape(place, what)),
        }
    }
    shapes
}

impl ClinicConfig {
    /// The configuration of a program that nobody configured.
    #[must_use]
    pub fn unconfigured() -> Self {
        Self {
            draft_days: DEFAULT_DRAFT_DAYS,
            consent_version: "1".to_owned(),
            form: FormConfig { questions: all_questions(), ..FormConfig::default() },
            ..Self::default()
        }
    }

    /// Reads a configuration. What cannot be used is left out and named, so that a typing error does not take the program
    /// from the visitor.
    #[must_use]
    pub fn read(json: &str) -> (Self, Vec<ConfigError>) {
        let keys = match serde_json::from_str(json) {
            Ok(keys) => keys,
            Err(error) => return (Self::unconfigured(), vec![ConfigError::Unreadable(error.to_string())]),
        };
        let mut file = Section { at: String::new(), keys };
        let mut errors = Vec::new();
        let mut clinic = file.section("clinic", &mut errors);
        let mut request = file.section("request", &mut errors);
        // Earlier configurations call them norms.
        let parameters = if file.keys.contains_key("parameters") { "parameters" } else { "norms" };
        let parameters = file.section(parameters, &mut errors);
        let shapes = file.take("shapes", &mut errors).unwrap_or_default();
        let draft_days = file.take("draft_days", &mut errors).unwrap_or(DEFAULT_DRAFT_DAYS);
        // Read by whoever serves the program.
        for key in ["frame_origins", "allow_origins"] {
            file.keys.remove(key);
        }
        let version = file.take("version", &mut errors).unwrap_or_default();
        file.name_unknown(&mut errors);
        let endpoint = endpoint(&mut request, &mut errors);
        let form = form(&mut request, &mut errors);
        let config = Self {
            contact: Contact {
                name: clinic.take("name", &mut errors).unwrap_or_default(),
                phone: clinic.take("phone", &mut errors).unwrap_or_default(),
                email: clinic.take("email", &mut errors).unwrap_or_default(),
            },
            endpoint,
            version,
            form,
            consent_version: request.take("consent_version", &mut errors).unwrap_or_else(|| "1".to_owned()),
            parameters: parameters.take_all(&mut errors),
            shapes: usable(shapes, &mut errors),
            draft_days: draft_days.min(365),
        };
        clinic.name_unknown(&mut errors);
        request.name_unknown(&mut errors);
        (config, errors)
    }
}

fn endpoint(request: &mut Section, errors: &mut Vec<ConfigError>) -> Option<Endpoint> {
    let address = request.take::<String>("endpoint", errors).filter(|address| !address.is_empty())?;
    let endpoint = Endpoint::new(&address);
    if endpoint.is_none() {
        errors.push(ConfigError::BadEndpoint(address));
    }
    endpoint
}

fn all_questions() -> Vec<Question> {
    QUESTIONS.iter().map(|(question, _)| *question).collect()
}

fn form(request: &mut Section, errors: &mut Vec<ConfigError>) -> FormConfig {
    let has_bad_endpoint = errors.iter().any(|error| matches!(error, ConfigError::BadEndpoint(_)));
    let mut words = |key: &str, errors: &mut Vec<ConfigError>| request.take::<String>(key, errors).unwrap_or_default();
    let [intro, reply_within, consent, marketing, notice] =
        ["intro", "reply_within", "consent", "marketing", "privacy_notice"].map(|key| words(key, errors));
    let privacy_notice = Endpoint::new(&notice);
    if privacy_notice.is_none() && !notice.is_empty() {
        errors.push(ConfigError::BadValue("request.privacy_notice".to_owned(), "it is no https: address".to_owned()));
    }
    let questions = match request.take::<Vec<String>>("fields", errors) {
        None => all_questions(),
        Some(keys) => keys.iter().filter_map(|key| question(key, errors)).collect(),
    };
    FormConfig { has_bad_endpoint, questions, intro, reply_within, consent, marketing, privacy_notice }
}

fn question(key: &str, errors: &mut Vec<ConfigError>) -> Option<Question> {
    let found = QUESTIONS.iter().find(|(_, known)| *known == key).map(|(question, _)| *question);
    if found.is_none() {
        errors.push(ConfigError::UnknownQuestion(key.to_owned()));
    }
    found
}

impl Endpoint {
    /// `None` for an address that health data must not go to: unencrypted, with a password in it, or no address at all.
    #[must_use]
    pub fn new(address: &str) -> Option<Self> {
        let plain = address.chars().all(|c| c.is_ascii_graphic()) && !address.contains(['@', '\\', '"', '<', '>']);
        let own_path = address.starts_with('/') && !address.starts_with("//");
        let host = |scheme: &str| {
            let rest = address.strip_prefix(scheme)?;
            let host = rest.split(['/', '?', '#', ':']).next()?;
            (!host.is_empty()).then(|| host.to_owned())
        };
        let secure = host("https://").is_some();
        let loopback = host("http://").is_some_and(|host| host == "127.0.0.1" || host == "localhost");
        (plain && (own_path || secure || loopback)).then(|| Self(address.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0
    }

    /// Its origin, if it is not a path on the program's own address.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        // What is no path begins with a scheme.
        let after_scheme = if self.0.starts_with('/') { None } else { self.0.find(':') }? + "://".len();
        let end = self.0.get(after_scheme..)?.find(['/', '?', '#']).map_or(self.0.len(), |at| at + after_scheme);
        self.0.get(..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_that_would_betray_the_visitor_are_refused() {
        for good in
            ["/requests", "https://clinic.example/in?x=1", "http://127.0.0.1:8080/requests", "http://localhost/r"]
        {
            assert!(Endpoint::new(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "requests",
            "//evil.example/x",
            "http://clinic.example/in",
            "javascript:alert(1)",
            "https://",
            "https://user:pw@clinic.example/",
            "http://127.0.0.1.evil.example/",
            "data:text/plain,x",
            "https://a b/",
        ] {
            assert!(Endpoint::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_endpoint_knows_its_origin() {
        let origin = |address: &str| Endpoint::new(address).unwrap().origin().map(str::to_owned);
        assert_eq!(origin("https://clinic.example:8443/in?x=1").as_deref(), Some("https://clinic.example:8443"));
        assert_eq!(origin("/requests"), None);
    }

    #[test]
    fn a_shape_that_cannot_be_used_is_named_and_the_others_are_offered() {
        let (config, errors) = ClinicConfig::read(
            r#"{"shapes": [
                {"key": "elm", "name": "Elm line", "like": "mature", "height_mm": 78, "temple_depth_mm": 900},
                {"key": "elm", "name": "Again", "like": "mature"},
                {"key": "mature", "name": "Ours", "like": "rounded"},
                {"key": "wave", "name": "Wave", "like": "wavy"},
                {"key": "nameless", "like": "rounded"},
                {"key": "wide", "name": "Wide", "like": "rounded", "width": 110},
                {"key": "low", "name": "Low", "like": "rounded", "height_mm": "60"},
                7
            ], "draft_days": 3}"#,
        );
        let params = |shape: &ShapeRule| shape.params(&crate::engine::catalog::Parameters::default(), None);
        let [shape] = &config.shapes[..] else { panic!("{:?}", config.shapes) };
        assert_eq!((&*shape.key, &*shape.name, config.draft_days), ("elm", "Elm line", 3));
        let measures = [Measure::Height, Measure::TempleDepth].map(|measure| params(shape).get(measure));
        assert_eq!(measures, [78.0, shape.range(Measure::TempleDepth).1]);
        let wanted = [
            (1, "another shape with the key `elm`"),
            (2, "another shape with the key `mature`"),
            (3, "no shape `wavy`"),
            (4, "missing field `name`"),
            (5, "unknown field `width`"),
            (6, "invalid type: string \"60\""),
            (7, "invalid type: integer `7`"),
        ];
        assert_eq!(errors.len(), wanted.len(), "{errors:?}");
        for (error, (place, what)) in errors.iter().zip(wanted) {
            assert!(
                matches!(error, ConfigError::BadShape(at, said) if *at == place && said.contains(what)),
                "{error:?}"
            );
        }
    }

    #[test]
    fn a_typing_error_costs_only_what_it_stands_in() {
        let (config, errors) = ClinicConfig::read(
            r#"{"clinic": {"name": "Elm"}, "request": {"endpoint": "http://elm.example/in"}, "parameters": {"sessions": 4}}"#,
        );
        assert_eq!((config.contact.name.as_str(), config.endpoint), ("Elm", None));
        assert_eq!(errors, [ConfigError::BadEndpoint("http://elm.example/in".into())]);
        assert!(config.form.has_bad_endpoint, "the form would silently be another one");
        assert_eq!(config.parameters, [("sessions".to_owned(), 4.0)]);
        let (config, errors) = ClinicConfig::read(
            r#"{"clinics": {}, "request": {"endpoint": "/in", "endpiont": "/x"}, "norms": {"sessions": 4}}"#,
        );
        assert_eq!(config.endpoint, Endpoint::new("/in"));
        let unknown = ["clinics", "request.endpiont"].map(|key| ConfigError::UnknownKey(key.into()));
        assert_eq!(errors, unknown);
        let (config, errors) = ClinicConfig::read(
            r#"{"clinic": {"name": "Elm", "phone": 12}, "request": 7, "norms": {"density": "150", "sessions": 4},
            "draft_days": -1, "shapes": {}}"#,
        );
        assert_eq!((config.contact.name.as_str(), config.draft_days), ("Elm", DEFAULT_DRAFT_DAYS));
        assert_eq!(config.parameters, [("sessions".to_owned(), 4.0)]);
        let named = |error: &ConfigError| match error {
            ConfigError::BadValue(key, _) => key.clone(),
            other => panic!("{other:?}"),
        };
        let named: Vec<String> = errors.iter().map(named).collect();
        assert_eq!(named, ["request", "shapes", "draft_days", "clinic.phone", "norms.density"]);
        let (config, errors) = ClinicConfig::read(r#"{"clinic": null, "draft_days": null, "frame_origins": []}"#);
        assert_eq!((config, errors), (ClinicConfig::unconfigured(), Vec::new()));
        for text in ["{", "[]", "null", "{\"clinic\":{}} x"] {
            let (config, errors) = ClinicConfig::read(text);
            assert_eq!(config, ClinicConfig::unconfigured(), "{text}");
            assert!(matches!(errors[..], [ConfigError::Unreadable(_)]), "{text}: {errors:?}");
        }
    }

    #[test]
    fn a_clinic_chooses_what_its_form_asks_and_says() {
        let (config, errors) = ClinicConfig::read(
            r#"{"version": "2026-11", "request": {"endpoint": "/in", "fields": ["scars", "shoe_size", "loss"],
            "reply_within": "two working days", "privacy_notice": "https://elm.example/privacy", "marketing": "News?"}}"#,
        );
        let form = &config.form;
        assert_eq!((config.version.as_str(), form.reply_within.as_str()), ("2026-11", "two working days"));
        assert_eq!(form.questions, [Question::Scars, Question::Loss]);
        assert_eq!(form.privacy_notice.as_ref().map(Endpoint::address), Some("https://elm.example/privacy"));
        assert!(!form.has_bad_endpoint && form.consent.is_empty() && form.marketing == "News?");
        assert_eq!(errors, [ConfigError::UnknownQuestion("shoe_size".into())]);
        let (config, errors) = ClinicConfig::read(r#"{"request": {"privacy_notice": "javascript:alert(1)"}}"#);
        assert_eq!((config.form.privacy_notice, config.form.questions.len()), (None, QUESTIONS.len()));
        assert!(
            matches!(&errors[..], [ConfigError::BadValue(key, _)] if key == "request.privacy_notice"),
            "{errors:?}"
        );
    }
}
