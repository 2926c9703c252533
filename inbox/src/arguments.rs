//! The command line.

use inbox::Settings;
use std::{ffi::OsString, fmt};

/// What `--help` shows; the defaults are those of [`Settings`].
pub(crate) const HELP: &str = "\
Serves the built hairline-designer and keeps consultation requests in a folder, for trying.

Usage: inbox [--dist FOLDER] [--received FOLDER] [--port PORT] [--bind ADDRESS]

  --dist FOLDER       the built program (default: dist)
  --received FOLDER   where requests are kept, one folder each (default: received)
  --port PORT         the port to listen at, 0 for any free one (default: 8080)
  --bind ADDRESS      the address to listen at (default: 127.0.0.1, this machine alone)
  --help              show this text
";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Arguments {
    /// Show the help.
    Help,
    /// Start a server.
    Serve(Settings),
}

/// Why the command line cannot be followed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ArgumentError {
    /// There is no such option.
    Unknown(String),
    /// An option stands without its value.
    NoValue(&'static str),
    /// The port is not a number from 0 to 65535.
    Port(String),
    /// The address is not an IP address.
    Address(String),
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(option) => write!(f, "There is no option {option:?}. See `inbox --help`."),
            Self::NoValue(option) => write!(f, "{option} needs a value after it. See `inbox --help`."),
            Self::Port(value) => write!(f, "--port wants a number from 0 to 65535, not {value:?}."),
            Self::Address(value) => write!(f, "--bind wants an IP address like 127.0.0.1, not {value:?}."),
        }
    }
}

/// The options that take a value.
const OPTIONS: [&str; 4] = ["--dist", "--received", "--port", "--bind"];

impl Arguments {
    /// Reads the arguments that follow the program's name; a value stands after its option or after `=`.
    ///
    /// # Errors
    /// An [`ArgumentError`] that names the first thing wrong.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ArgumentError> {
        let mut settings = Settings::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy();
            if text == "--help" || text == "-h" {
                return Ok(Self::Help);
            }
            let (name, joined) = match text.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (text.as_ref(), None),
            };
            let Some(option) = OPTIONS.into_iter().find(|option| *option == name) else {
                return Err(ArgumentError::Unknown(name.to_owned()));
            };
            let value = joined.or_else(|| arguments.next()).ok_or(ArgumentError::NoValue(option))?;
            set(&mut settings, option, value)?;
        }
        Ok(Self::Serve(settings))
    }
}

fn set(settings: &mut Settings, option: &'static str, value: OsString) -> Result<(), ArgumentError> {
    let text = value.to_string_lossy().into_owned();
    match option {
        "--dist" => settings.dist = value.into(),
        "--received" => settings.received = value.into(),
        "--port" => settings.port = text.parse().map_err(|_| ArgumentError::Port(text))?,
        "--bind" => settings.bind = text.parse().map_err(|_| ArgumentError::Address(text))?,
        _ => return Err(ArgumentError::Unknown(option.to_owned())),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments, ArgumentError> {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn nothing_given_means_this_machine_alone() {
        assert_eq!(read(&[]), Ok(Arguments::Serve(Settings::default())));
        assert!(Settings::default().bind.is_loopback());
    }

    #[test]
    fn every_option_is_followed() {
        let settings =
            Settings { dist: "a b".into(), received: "c=d".into(), port: 0, bind: "0.0.0.0".parse().unwrap() };
        let words = ["--dist", "a b", "--received=c=d", "--port", "0", "--bind=0.0.0.0"];
        assert_eq!(read(&words), Ok(Arguments::Serve(settings)));
        assert_eq!(read(&["--port", "1", "--help"]), Ok(Arguments::Help));
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        for (words, error) in [
            (&["--prot", "1"] as &[&str], ArgumentError::Unknown("--prot".to_owned())),
            (&["dist"], ArgumentError::Unknown("dist".to_owned())),
            (&["--port"], ArgumentError::NoValue("--port")),
            (&["--port", "65536"], ArgumentError::Port("65536".to_owned())),
            (&["--bind", "localhost"], ArgumentError::Address("localhost".to_owned())),
        ] {
            assert_eq!(read(words), Err(error), "{words:?}");
        }
    }

    #[test]
    fn the_help_names_every_option_and_default() {
        let Settings { dist, received, bind, port } = Settings::default();
        let defaults = [dist.display().to_string(), received.display().to_string(), bind.to_string(), port.to_string()];
        for word in OPTIONS.map(str::to_owned).iter().chain(&defaults) {
            assert!(HELP.contains(word.as_str()), "{word}");
        }
    }
}
