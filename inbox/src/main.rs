//! `inbox`: serves the built hairline-designer and keeps consultation requests, until it is interrupted.

mod arguments;

use arguments::{Arguments, HELP};
use inbox::{Running, Settings};
use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};

/// The command line could not be followed, as other programs have it.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let done = match Arguments::read(env::args_os().skip(1)) {
        Ok(Arguments::Help) => say(HELP).map_err(|error| error.to_string()),
        Ok(Arguments::Serve(settings)) => run(settings),
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::from(USAGE);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            complain(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// Serves until the program is interrupted; an error is a sentence.
fn run(settings: Settings) -> Result<(), String> {
    let running = inbox::serve(settings).map_err(|error| error.to_string())?;
    serve_until_interrupted(&running).map_err(|error| format!("The server had to stop: {error}."))?;
    running.stop();
    Ok(())
}

/// Announces the server and waits for Ctrl+C or for the system's request to end.
fn serve_until_interrupted(running: &Running) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        // Heard from before the announcement on, so that whoever reads it may end the program at once.
        let interrupt = interrupt()?;
        announce(running)?;
        interrupt.await
    })
}

fn announce(running: &Running) -> io::Result<()> {
    if !running.address().ip().is_loopback() {
        complain(
            "Note: other machines can reach this server, and it has no password and no encryption. Requests are \
             personal: use it like this in a network that you trust only.",
        );
    }
    say(&format!("hairline-designer is at {}\n", running.origin()))?;
    say(&format!("Requests are kept in {}\n", running.received().display()))
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
