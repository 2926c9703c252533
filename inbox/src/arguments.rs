//! The command line.

use inbox::Settings;
use lexopt::prelude::*;
use std::{
    ffi::{OsStr, OsString},
    str::FromStr,
};
use thiserror::Error;

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
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum ArgumentError {
    /// There is no such option.
    #[error("There is no option {0:?}. See `inbox --help`.")]
    Unknown(String),
    /// An option stands without its value.
    #[error("{0} needs a value after it. See `inbox --help`.")]
    NoValue(String),
    /// The port is not a number from 0 to 65535.
    #[error("--port wants a number from 0 to 65535, not {0:?}.")]
    Port(String),
    /// The address is not an IP address.
    #[error("--bind wants an IP address like 127.0.0.1, not {0:?}.")]
    Address(String),
}

impl From<lexopt::Error> for ArgumentError {
    fn from(error: lexopt::Error) -> Self {
        match error {
            lexopt::Error::MissingValue { option: Some(option) } => Self::NoValue(option),
            lexopt::Error::UnexpectedOption(option) => Self::Unknown(option),
            lexopt::Error::UnexpectedArgument(word) => Self::Unknown(word.to_string_lossy().into_owned()),
            other => Self::Unknown(other.to_string()),
        }
    }
}

impl Arguments {
    /// Reads the arguments that follow the program's name; a value stands after its option or after `=`.
    ///
    /// # Errors
    /// An [`ArgumentError`] that names the first thing wrong.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ArgumentError> {
        let mut settings = Settings::default();
        let mut arguments = lexopt::Parser::from_args(arguments);
        while let Some(argument) = arguments.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(Self::Help),
                Long("dist") => settings.dist = arguments.value()?.into(),
                Long("received") => settings.received = arguments.value()?.into(),
                Long("port") => settings.port = parse(&arguments.value()?).map_err(ArgumentError::Port)?,
                Long("bind") => settings.bind = parse(&arguments.value()?).map_err(ArgumentError::Address)?,
                _ => return Err(argument.unexpected().into()),
            }
        }
        Ok(Self::Serve(settings))
    }
}

/// Reads a value; one that cannot be read is given back as text.
fn parse<T: FromStr>(value: &OsStr) -> Result<T, String> {
    let text = value.to_string_lossy();
    text.parse().map_err(|_| text.into_owned())
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
            (&["--port"], ArgumentError::NoValue("--port".to_owned())),
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
        for word in ["--dist", "--received", "--bind", "--port"].map(str::to_owned).iter().chain(&defaults) {
            assert!(HELP.contains(word.as_str()), "{word}");
        }
    }
}
