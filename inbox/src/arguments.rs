//! The command line.

use inbox::{AccountRole, Options};
use lexopt::prelude::*;
use std::{
    ffi::{OsStr, OsString},
    net::IpAddr,
    path::PathBuf,
    str::FromStr,
};
use thiserror::Error;

/// What `--help` shows; the defaults are those of [`Options`].
pub(crate) const HELP: &str = "\
Serves the built hairline-designer and receives consultation requests, with pages for the clinic's staff.

Usage: inbox [OPTIONS]                                serve until interrupted
       inbox check [OPTIONS]                          look whether everything can be used, and end
       inbox account add NAME [--role ROLE] [OPTIONS] make an account and show its password once
       inbox account password NAME [OPTIONS]          give an account another password
       inbox account list [OPTIONS]                   name the accounts
       inbox backup FILE [OPTIONS]                    write a copy of the SQLite database while it is in use

Options:
  --config FILE       the configuration, see docs/receiving.md (default: none)
  --dist FOLDER       the built program (default: dist)
  --received FOLDER   where database and pictures are kept (default: received)
  --port PORT         the port to listen at, 0 for any free one (default: 8080)
  --bind ADDRESS      the address to listen at (default: 127.0.0.1, this machine alone)
  --role ROLE         reader, staff or owner (default: owner)
  --password-stdin    read the password from standard input in place of making one
  --first-owner       when serving: where there is no account yet, make one named owner and show its password once
  --check             the same as the command check
  --help              show this text

The environment is read after the configuration and before these: INBOX_DIST, INBOX_RECEIVED, INBOX_BIND, INBOX_PORT,
INBOX_PUBLIC_URL, INBOX_BEHIND_PROXY, INBOX_DATABASE, INBOX_METRICS_TOKEN, INBOX_BUCKET_ACCESS_KEY,
INBOX_BUCKET_SECRET_KEY, INBOX_MAIL_PASSWORD, INBOX_WEBHOOK_AUTHORIZATION.
";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    /// Serve; make the first account where `first_owner` says so.
    Serve {
        first_owner: bool,
    },
    Check,
    Backup(PathBuf),
    AddAccount {
        name: String,
        role: AccountRole,
        password: PasswordSource,
    },
    SetPassword {
        name: String,
        password: PasswordSource,
    },
    ListAccounts,
}

/// Where a new password comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PasswordSource {
    /// It is made and shown once.
    #[default]
    Made,
    /// It stands on the first line of standard input.
    StandardInput,
}

/// What was asked for, and what stands over the configuration.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) command: Command,
    pub(crate) config: Option<PathBuf>,
    dist: Option<PathBuf>,
    received: Option<PathBuf>,
    port: Option<u16>,
    bind: Option<IpAddr>,
}

/// Why the command line cannot be followed.
#[derive(Debug, PartialEq, Eq, Error)]
pub(crate) enum ArgumentError {
    /// There is no such option.
    #[error("There is no option {0:?}. See `inbox --help`.")]
    Unknown(String),
    /// There is no such command, or a word of it is missing.
    #[error("There is no command {0:?}. See `inbox --help`.")]
    Command(String),
    /// An option stands without its value.
    #[error("{0} needs a value after it. See `inbox --help`.")]
    NoValue(String),
    /// The port is not a number from 0 to 65535.
    #[error("--port wants a number from 0 to 65535, not {0:?}.")]
    Port(String),
    /// The address is not an IP address.
    #[error("--bind wants an IP address like 127.0.0.1, not {0:?}.")]
    Address(String),
    /// There is no such role.
    #[error("--role wants reader, staff or owner, not {0:?}.")]
    Role(String),
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

/// What a command may bring along.
#[derive(Default)]
struct Extras {
    role: Option<AccountRole>,
    password: PasswordSource,
    first_owner: bool,
    is_check: bool,
}

impl Arguments {
    /// Reads the arguments that follow the program's name; a value stands after its option or after `=`.
    ///
    /// # Errors
    /// An [`ArgumentError`] that names the first thing wrong.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ArgumentError> {
        let mut read =
            Self { command: Command::Help, config: None, dist: None, received: None, port: None, bind: None };
        let (mut words, mut extras) = (Vec::new(), Extras::default());
        let mut arguments = lexopt::Parser::from_args(arguments);
        while let Some(argument) = arguments.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(read),
                Long("config") => read.config = Some(arguments.value()?.into()),
                Long("dist") => read.dist = Some(arguments.value()?.into()),
                Long("received") => read.received = Some(arguments.value()?.into()),
                Long("port") => read.port = Some(parse(&arguments.value()?).map_err(ArgumentError::Port)?),
                Long("bind") => read.bind = Some(parse(&arguments.value()?).map_err(ArgumentError::Address)?),
                Long("role") => extras.role = Some(role(&arguments.value()?)?),
                Long("password-stdin") => extras.password = PasswordSource::StandardInput,
                Long("first-owner") => extras.first_owner = true,
                Long("check") => extras.is_check = true,
                Value(word) => words.push(word.to_string_lossy().into_owned()),
                _ => return Err(argument.unexpected().into()),
            }
        }
        read.command = command(&words, extras)?;
        Ok(read)
    }

    /// Puts what stands on the command line over the options.
    pub(crate) fn over(&self, mut options: Options) -> Options {
        options.dist = self.dist.clone().unwrap_or(options.dist);
        options.received = self.received.clone().unwrap_or(options.received);
        options.port = self.port.unwrap_or(options.port);
        options.bind = self.bind.unwrap_or(options.bind);
        options
    }
}

fn command(words: &[String], extras: Extras) -> Result<Command, ArgumentError> {
    let Extras { role, password, first_owner, is_check } = extras;
    let role = role.unwrap_or(AccountRole::Owner);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    Ok(match words.as_slice() {
        [] if is_check => Command::Check,
        [] => Command::Serve { first_owner },
        ["check"] => Command::Check,
        ["backup", file] => Command::Backup(file.into()),
        ["account", "list"] => Command::ListAccounts,
        ["account", "add", name] => Command::AddAccount { name: (*name).to_owned(), role, password },
        ["account", "password", name] => Command::SetPassword { name: (*name).to_owned(), password },
        _ => return Err(ArgumentError::Command(words.join(" "))),
    })
}

fn role(value: &OsStr) -> Result<AccountRole, ArgumentError> {
    let text = value.to_string_lossy();
    AccountRole::parse(&text).ok_or_else(|| ArgumentError::Role(text.into_owned()))
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

    #[track_caller]
    fn options(words: &[&str]) -> Options {
        read(words).unwrap().over(Options::default())
    }

    #[test]
    fn nothing_given_means_serving_this_machine_alone() {
        assert_eq!(read(&[]).unwrap().command, Command::Serve { first_owner: false });
        let Options { bind, port, .. } = options(&[]);
        assert!(bind.is_loopback() && port == 8080);
    }

    #[test]
    fn every_option_is_followed() {
        let Options { dist, received, port, bind, .. } =
            options(&["--dist", "a b", "--received=c=d", "--port", "0", "--bind=0.0.0.0"]);
        assert_eq!((dist, received, port), ("a b".into(), "c=d".into(), 0));
        assert_eq!(bind.to_string(), "0.0.0.0");
        assert_eq!(read(&["--config", "x.toml"]).unwrap().config, Some("x.toml".into()));
    }

    #[test]
    fn every_command_is_understood() {
        let (name, made, given) = ("Ann".to_owned(), PasswordSource::Made, PasswordSource::StandardInput);
        let (owner, staff) = (AccountRole::Owner, AccountRole::Staff);
        for (words, command) in [
            (&["--port", "1", "--help"] as &[&str], Command::Help),
            (&["--first-owner"], Command::Serve { first_owner: true }),
            (&["--check"], Command::Check),
            (&["check", "--port=1"], Command::Check),
            (&["backup", "b.db"], Command::Backup("b.db".into())),
            (&["account", "list"], Command::ListAccounts),
            (&["account", "add", "Ann"], Command::AddAccount { name: name.clone(), role: owner, password: made }),
            (
                &["account", "add", "--role", "staff", "Ann", "--password-stdin"],
                Command::AddAccount { name: name.clone(), role: staff, password: given },
            ),
            (&["account", "password", "Ann"], Command::SetPassword { name, password: made }),
        ] {
            assert_eq!(read(words).map(|read| read.command), Ok(command), "{words:?}");
        }
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        for (words, error) in [
            (&["--prot", "1"] as &[&str], ArgumentError::Unknown("--prot".to_owned())),
            (&["dist"], ArgumentError::Command("dist".to_owned())),
            (&["account", "add"], ArgumentError::Command("account add".to_owned())),
            (&["--port"], ArgumentError::NoValue("--port".to_owned())),
            (&["--port", "65536"], ArgumentError::Port("65536".to_owned())),
            (&["--bind", "localhost"], ArgumentError::Address("localhost".to_owned())),
            (&["--role", "boss"], ArgumentError::Role("boss".to_owned())),
        ] {
            assert_eq!(read(words), Err(error), "{words:?}");
        }
    }

    #[test]
    fn the_help_names_every_option_and_default() {
        let Options { dist, received, bind, port, .. } = Options::default();
        let defaults = [dist.display().to_string(), received.display().to_string(), bind.to_string(), port.to_string()];
        let options = ["--config", "--dist", "--received", "--bind", "--port", "--role", "--password-stdin"];
        for word in options.map(str::to_owned).iter().chain(&defaults) {
            assert!(HELP.contains(word.as_str()), "{word}");
        }
    }
}
