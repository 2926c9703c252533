//! `inbox`: serves the built hairline-designer and receives consultation requests, until it is interrupted.

mod arguments;

use arguments::{Arguments, Command, HELP, PasswordSource};
use inbox::{LogFormat, Options, Running};
use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};
use tracing_subscriber::filter::LevelFilter;

/// The command line could not be followed, as other programs have it.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments = match Arguments::read(env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(USAGE);
        }
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            complain(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked for; an error is a sentence.
fn run(arguments: &Arguments) -> Result<(), String> {
    let done = match &arguments.command {
        Command::Help => say(HELP),
        Command::Serve { first_owner } => return serve(&options(arguments)?, *first_owner),
        Command::Check => {
            inbox::check(&options(arguments)?).map_err(|error| error.to_string())?;
            say("Everything can be used.\n")
        }
        Command::Backup(file) => {
            inbox::back_up(&options(arguments)?, file).map_err(|error| error.to_string())?;
            say(&format!("The database was copied to {}. Copy the folder of pictures after it.\n", file.display()))
        }
        Command::AddAccount { name, role, password } => {
            let added = inbox::add_account(&options(arguments)?, name, *role, given(*password)?);
            show_password(name, added.map_err(|error| error.to_string())?, *password)
        }
        Command::SetPassword { name, password } => {
            let set = inbox::set_password(&options(arguments)?, name, given(*password)?);
            show_password(name, set.map_err(|error| error.to_string())?, *password)
        }
        Command::ListAccounts => {
            let accounts = inbox::list_accounts(&options(arguments)?).map_err(|error| error.to_string())?;
            let line = |(name, role, is_active): &(String, &str, bool)| {
                format!("{name}\t{role}\t{}\n", if *is_active { "active" } else { "not active" })
            };
            say(&accounts.iter().map(line).collect::<String>())
        }
    };
    done.map_err(|error| error.to_string())
}

/// The configuration, the environment and the command line, each over the one before.
fn options(arguments: &Arguments) -> Result<Options, String> {
    let options = Options::read(arguments.config.as_deref()).map_err(|error| error.to_string())?;
    let options = options.with_environment(|name| env::var(name).ok()).map_err(|error| error.to_string())?;
    Ok(arguments.over(options))
}

/// The password on standard input, if it comes from there.
fn given(source: PasswordSource) -> Result<Option<String>, String> {
    if source == PasswordSource::Made {
        return Ok(None);
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).map_err(|error| format!("No password could be read: {error}."))?;
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn show_password(name: &str, password: String, source: PasswordSource) -> io::Result<()> {
    match source {
        PasswordSource::Made => {
            say(&format!("The account {name} has the password {password}\nIt is shown only this once.\n"))
        }
        PasswordSource::StandardInput => say(&format!("The account {name} has the password that was given.\n")),
    }
}

/// Serves until the program is interrupted; an error is a sentence.
fn serve(options: &Options, first_owner: bool) -> Result<(), String> {
    start_log(options.log);
    let owner = if first_owner { inbox::add_first_owner(options).map_err(|error| error.to_string())? } else { None };
    let running = inbox::serve(options.clone()).map_err(|error| error.to_string())?;
    serve_until_interrupted(&running, options, owner).map_err(|error| format!("The server had to stop: {error}."))?;
    running.stop();
    Ok(())
}

/// Writes what happens to standard error.
fn start_log(format: LogFormat) {
    let log = tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(LevelFilter::INFO).with_target(false);
    match format {
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().init(),
    }
}

/// Announces the server and waits for Ctrl+C or for the system's request to end.
fn serve_until_interrupted(running: &Running, options: &Options, owner: Option<(&str, String)>) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        // Heard from before the announcement on, so that whoever reads it may end the program at once.
        let interrupt = interrupt()?;
        announce(running, options)?;
        if let Some((name, password)) = owner {
            say(&format!("Log in there as {name} with the password {password}\nIt is shown only this once.\n"))?;
        }
        interrupt.await
    })
}

fn announce(running: &Running, options: &Options) -> io::Result<()> {
    let is_encrypted = options.public_url.as_ref().is_some_and(|url| url.starts_with("https://"));
    if !running.address().ip().is_loopback() && !is_encrypted {
        complain(
            "Note: other machines can reach this server, and it does not encrypt by itself. Put a proxy before it that \
             does, and name its address as public_url.",
        );
    }
    say(&format!("hairline-designer is at {}\n", running.origin()))?;
    say(&format!("Requests are kept in {}\n", running.received().display()))?;
    say(&format!("The staff read them at {}/inbox\n", running.origin()))
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn complain(sentence: &str) {
    // When standard error is closed there is nowhere to say so.
    let _unsaid = writeln!(io::stderr().lock(), "{sentence}");
}

/// Begins to listen for an interrupt, which the returned future waits for.
#[cfg(unix)]
fn interrupt() -> io::Result<impl Future<Output = io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut ended) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = ended.recv() => {}
        }
        Ok(())
    })
}

#[cfg(not(unix))]
fn interrupt() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
