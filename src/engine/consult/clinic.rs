//! What a clinic decides: `hairline.config.json` beside `index.html`.

use crate::engine::catalog::{Measure, ShapeRule};
use crate::engine::json::{FromJson, Json, Misfit};

/// A clinic's configuration, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClinicConfig {
    /// Name and ways to reach it.
    pub contact: Contact,
    /// Where requests go; without one they are saved as a file.
    pub endpoint: Option<Endpoint>,
    /// The clinic's own numbers, by key of a norm.
    pub norms: Vec<(String, f64)>,
    /// The clinic's own hairline shapes.
    pub shapes: Vec<ShapeRule>,
    /// Days for which a draft stays on the visitor's device.
    pub draft_days: u32,
    /// Version of the consent texts in force.
    pub consent_version: String,
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
pub enum ConfigFault {
    /// Not JSON or not of the shape; holds what the reader said.
    Unreadable(String),
    /// The endpoint cannot be used; holds it.
    BadEndpoint(String),
    /// A key that means nothing; holds it.
    UnknownKey(String),
    /// A shape that cannot be used; holds its place from 0, and what is wrong with it.
    BadShape(usize, &'static str),
}

/// Days for which a draft stays unless the clinic says otherwise: a week, as long as a clinic's marketplace keeps one.
pub const DEFAULT_DRAFT_DAYS: u32 = 7;

/// Every key, and the keys inside it; what is inside `norms` is known by the catalogue, the origins are read by whoever
/// serves the program.
const KEYS: &[(&str, &[&str])] = &[
    ("clinic", &["name", "phone", "email"]),
    ("request", &["endpoint", "consent_version"]),
    ("norms", &[]),
    ("shapes", &[]),
    ("draft_days", &[]),
    ("frame_origins", &[]),
    ("allow_origins", &[]),
];

/// The configuration as it is written.
struct Written {
    contact: Contact,
    endpoint: Option<String>,
    consent_version: Option<String>,
    norms: Vec<(String, f64)>,
    shapes: Vec<Result<ShapeRule, Misfit>>,
    draft_days: Option<u32>,
}

impl FromJson for Written {
    fn from_json(json: &Json) -> Result<Self, Misfit> {
        let empty = Json::Object(Vec::new());
        let inside = |key| Ok(json.value(key)?.unwrap_or(&empty));
        let (clinic, request) = (inside("clinic")?, inside("request")?);
        let norm = |(key, value): &(String, Json)| Ok((key.clone(), f64::from_json(value)?));
        Ok(Self {
            contact: Contact {
                name: clinic.get_or_default("name")?,
                phone: clinic.get_or_default("phone")?,
                email: clinic.get_or_default("email")?,
            },
            endpoint: request.get("endpoint")?,
            consent_version: request.get("consent_version")?,
            norms: inside("norms")?.object()?.iter().map(norm).collect::<Result<_, _>>()?,
            shapes: match json.value("shapes")? {
                Some(Json::List(shapes)) => shapes.iter().map(shape).collect(),
                Some(_) => return Err(Misfit("shapes")),
                None => Vec::new(),
            },
            draft_days: json.get("draft_days")?,
        })
    }
}

/// A clinic's shape: a row of the catalogue with other measures.
fn shape(json: &Json) -> Result<ShapeRule, Misfit> {
    let [height, width, depth, curvature, peak] = Measure::ALL.map(Measure::key);
    let json = json.of_keys(&["key", "name", "like", height, width, depth, curvature, peak])?;
    let said = |key| json.get::<String>(key).ok().filter(|text| !text.trim().is_empty()).ok_or(Misfit(key));
    let (key, name, like) = (said("key")?, said("name")?, said("like")?);
    let base = ShapeRule::of_key(&like).ok_or(Misfit("like"))?;
    let mut changes = Vec::new();
    for measure in Measure::ALL {
        if let Some(value) = json.get::<Option<f64>>(measure.key())? {
            changes.push((measure, value));
        }
    }
    match ShapeRule::of_key(&key) {
        Some(_) => Err(Misfit("key")),
        None => Ok(base.derived(key, name, &changes)),
    }
}

/// The shapes that can be used, each key once, and what is wrong with the others.
fn usable(written: Vec<Result<ShapeRule, Misfit>>, faults: &mut Vec<ConfigFault>) -> Vec<ShapeRule> {
    let mut shapes: Vec<ShapeRule> = Vec::new();
    for (place, shape) in written.into_iter().enumerate() {
        let is_new = |shape: &ShapeRule| shapes.iter().all(|other| other.key != shape.key);
        match shape.and_then(|shape| if is_new(&shape) { Ok(shape) } else { Err(Misfit("key")) }) {
            Ok(shape) => shapes.push(shape),
            Err(Misfit(what)) => faults.push(ConfigFault::BadShape(place, what)),
        }
    }
    shapes
}

impl ClinicConfig {
    /// The configuration of a program that nobody configured.
    #[must_use]
    pub fn unconfigured() -> Self {
        Self { draft_days: DEFAULT_DRAFT_DAYS, consent_version: "1".to_owned(), ..Self::default() }
    }

    /// Reads a configuration. What cannot be used is left out and named, so that a typing error does not take the program
    /// from the visitor.
    #[must_use]
    pub fn read(json: &str) -> (Self, Vec<ConfigFault>) {
        let read = Json::parse(json).and_then(|json| match Written::from_json(&json) {
            Ok(written) => Ok((written, unknown_keys(&json))),
            Err(Misfit(what)) => Err(what.to_owned()),
        });
        let (written, mut faults) = match read {
            Ok(read) => read,
            Err(why) => return (Self::unconfigured(), vec![ConfigFault::Unreadable(why)]),
        };
        let endpoint = written.endpoint.filter(|endpoint| !endpoint.is_empty()).and_then(|address| {
            let endpoint = Endpoint::new(&address);
            if endpoint.is_none() {
                faults.push(ConfigFault::BadEndpoint(address));
            }
            endpoint
        });
        let config = Self {
            contact: written.contact,
            endpoint,
            norms: written.norms,
            shapes: usable(written.shapes, &mut faults),
            draft_days: written.draft_days.unwrap_or(DEFAULT_DRAFT_DAYS).min(365),
            consent_version: written.consent_version.unwrap_or_else(|| "1".to_owned()),
        };
        (config, faults)
    }
}

fn unknown_keys(json: &Json) -> Vec<ConfigFault> {
    let mut unknown = Vec::new();
    for (key, value) in json.object().unwrap_or_default() {
        let Some((_, inside)) = KEYS.iter().find(|(known, _)| known == key) else {
            unknown.push(ConfigFault::UnknownKey(key.clone()));
            continue;
        };
        let names = value.object().ok().filter(|_| !inside.is_empty()).into_iter().flatten().map(|(name, _)| name);
        let strange = names.filter(|name| !inside.contains(&name.as_str()));
        unknown.extend(strange.map(|name| ConfigFault::UnknownKey(format!("{key}.{name}"))));
    }
    unknown
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
        let (config, faults) = ClinicConfig::read(
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
        let params = |shape: &ShapeRule| shape.params(&crate::engine::catalog::Norms::default(), None);
        let [shape] = &config.shapes[..] else { panic!("{:?}", config.shapes) };
        assert_eq!((&*shape.key, &*shape.name, config.draft_days), ("elm", "Elm line", 3));
        let measures = [Measure::Height, Measure::TempleDepth].map(|measure| params(shape).get(measure));
        assert_eq!(measures, [78.0, shape.range(Measure::TempleDepth).1]);
        let bad = |(place, what)| ConfigFault::BadShape(place, what);
        let wanted = [(1, "key"), (2, "key"), (3, "like"), (4, "name"), (5, "unknown key")].map(bad);
        assert_eq!(faults[..5], wanted);
        assert!(matches!(faults[5..], [ConfigFault::BadShape(6, _), ConfigFault::BadShape(7, _)]), "{faults:?}");
    }

    #[test]
    fn a_typing_error_costs_only_what_it_stands_in() {
        let (config, faults) = ClinicConfig::read(
            r#"{"clinic": {"name": "Elm"}, "request": {"endpoint": "http://elm.example/in"}, "norms": {"sessions": 4}}"#,
        );
        assert_eq!((config.contact.name.as_str(), config.endpoint), ("Elm", None));
        assert_eq!(faults, [ConfigFault::BadEndpoint("http://elm.example/in".into())]);
        assert_eq!(config.norms, [("sessions".to_owned(), 4.0)]);
        let (config, faults) = ClinicConfig::read(
            r#"{"clinics": {}, "request": {"endpoint": "/in", "endpiont": "/x"}, "norms": {"sessions": 4}}"#,
        );
        assert_eq!(config.endpoint, Endpoint::new("/in"));
        let unknown = ["clinics", "request.endpiont"].map(|key| ConfigFault::UnknownKey(key.into()));
        assert_eq!(faults, unknown);
        let (config, faults) = ClinicConfig::read("{");
        assert_eq!(config, ClinicConfig::unconfigured());
        assert!(matches!(faults[..], [ConfigFault::Unreadable(_)]));
    }
}
