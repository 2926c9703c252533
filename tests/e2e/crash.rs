//! A page whose process is killed, as a phone does when its memory is short.

use crate::harness::Session;
use serde_json::json;
use std::fs;
use std::process::Command;

/// Kills the process that shows the page, without a word to the page; the session then has an empty tab of the same browser
/// with the same profile. Chromium alone: the drivers of the others end the whole browser when a page's process dies.
#[track_caller]
pub(crate) fn crash_page(page: &Session) {
    let dying = page.tab();
    // The driver gives up a session whose own tab crashes: it is killed from another one, and closed.
    page.new_tab();
    kill_program(page);
    page.cdp("Target.closeTarget", &json!({ "targetId": dying }));
}

/// Kills the one process of the browser's pages that holds the program: it needs more memory than any empty tab.
#[track_caller]
fn kill_program(page: &Session) {
    let processes = page_processes();
    let largest = processes.iter().max_by_key(|process| memory_of(process));
    let Some(process) = largest else { panic!("{}: no process of a page was found", page.engine()) };
    let killed = Command::new("kill").args(["-KILL", process]).status();
    assert!(killed.is_ok_and(|status| status.success()), "process {process} could not be killed");
}

/// The processes that show pages of the browsers that this test started.
fn page_processes() -> Vec<String> {
    let shows_page = |process: &String| read(process, "cmdline").contains("--type=renderer");
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let numbers = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    numbers.filter(shows_page).filter(|process| is_ours(process.clone())).collect()
}

/// Whether this test process started it, or what started it. Each browser gets a folder of this process for its temporary
/// files: by that it is known.
fn is_ours(mut process: String) -> bool {
    let folder = format!("hairline-e2e-{}-", std::process::id());
    while !matches!(process.as_str(), "" | "0" | "1") {
        if read(&process, "environ").contains(&folder) {
            return true;
        }
        process = parent_of(&process);
    }
    false
}

/// The number of the process that started it: behind its name in brackets stand its state and that.
fn parent_of(process: &str) -> String {
    let stat = read(process, "stat");
    let behind_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    behind_name.split_whitespace().nth(1).unwrap_or_default().to_owned()
}

/// Pages of memory that are in use.
fn memory_of(process: &str) -> u64 {
    read(process, "statm").split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default()
}

fn read(process: &str, file: &str) -> String {
    let bytes = fs::read(format!("/proc/{process}/{file}")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
