//! Being killed, a full disk and many at once: small here; `make bench-inbox` makes them as large as a bad day.

use crate::browser::{Browser, PASSWORD};
use crate::client::{Form, connect, jpeg, post_head, try_send};
use crate::command::Program;
use crate::site::{Needs, Site};
use crate::skip::skip;
use inbox::AccountRole;
use std::{
    env, fs,
    io::Write as _,
    net::SocketAddr,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// A number of the environment, or the small one of every day.
fn number(name: &str, small: usize) -> usize {
    env::var(name).ok().map_or(small, |text| text.parse().unwrap())
}

/// A picture of about so many bytes.
fn large(bytes: usize) -> Vec<u8> {
    let mut picture = jpeg(9);
    let end = picture.split_off(picture.len() - 2);
    picture.resize(bytes.max(picture.len()), 9);
    picture.extend(end);
    picture
}

fn form(id: &str, picture: &[u8]) -> Form {
    Form::default().json("request", &format!("{{\"id\":\"{id}\"}}")).jpeg("before", picture)
}

/// Every id that the staff see.
fn listed(server: SocketAddr) -> Vec<String> {
    let table = Browser::logged_in(server, "olga").get("/inbox/list.csv");
    table.text().lines().skip(1).map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
}

fn with_owner(site: &Site) {
    inbox::add_account(&site.options(), "olga", AccountRole::Owner, Some(PASSWORD.to_owned())).unwrap();
}

#[test]
fn what_was_answered_is_there_after_a_kill_and_nothing_is_half() {
    let site = Site::new();
    with_owner(&site);
    let config = site.configuration_file();
    let picture = large(100_000);
    let (next, answered) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let kills = number("INBOX_KILLS", 4);
    for kill in 0..kills {
        let (program, [first, ..], _out) = Program::start(&site, &["--config", &config]);
        let server = Program::address(&first);
        let wanted = answered.lock().unwrap().len() + 1 + kill % 5;
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    loop {
                        let id = format!("kill-{:06}", next.fetch_add(1, Ordering::Relaxed));
                        let Some(answer) = try_send(server, &form(&id, &picture).message(server)) else { return };
                        assert_eq!(answer.status, 201, "{id}");
                        answered.lock().unwrap().push(id);
                    }
                });
            }
            let begun = Instant::now();
            while answered.lock().unwrap().len() < wanted {
                assert!(begun.elapsed() < Duration::from_secs(60), "nothing is answered any more");
                thread::yield_now();
            }
            // SIGKILL, in the middle of whatever the others are sending.
            drop(program);
        });
    }
    let (_program, [first, ..], _out) = Program::start(&site, &["--config", &config]);
    let server = Program::address(&first);
    let (answered, mut listed) = (answered.into_inner().unwrap(), listed(server));
    for id in &answered {
        assert!(listed.contains(id), "{id} was answered and is lost");
    }
    let mut stored = site.stored();
    stored.retain(|name| name.starts_with("kill-"));
    listed.sort();
    if site.is_in_bucket() {
        // Files in a bucket without a request stay for an hour: others may be writing there.
        stored.retain(|id| listed.contains(id));
    }
    assert_eq!(stored, listed, "there are files without a request, or a request without files");
    for id in &listed {
        assert_eq!(site.stored_part(id, "before.jpg"), picture, "{id} is half");
    }
    println!("{kills} kills: {} answered, {} stored, {} sent", answered.len(), listed.len(), next.into_inner());
}

/// The most memory that a process ever had, in megabytes.
fn peak_memory(id: u32) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? / 1024)
}

#[test]
fn many_at_once_beside_slow_ones_all_arrive_once_in_bounded_memory() {
    let site = Site::new();
    with_owner(&site);
    let config = site.configuration_file();
    let (count, bytes) = (number("INBOX_LOAD", 24), number("INBOX_LOAD_BYTES", 200_000));
    let (program, [first, ..], _out) = Program::start(&site, &["--config", &config]);
    let server = Program::address(&first);
    let picture = large(bytes);
    let mut slow: Vec<_> = (0..10).map(|_| connect(server)).collect();
    for stream in &mut slow {
        stream.write_all(format!("{}\r\n--", post_head(server, bytes)).as_bytes()).unwrap();
    }
    let (next, times) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        return;
                    }
                    let message = form(&format!("load-{at:06}"), &picture).message(server);
                    let begun = Instant::now();
                    let answer = try_send(server, &message).unwrap_or_else(|| panic!("{at} got no answer"));
                    assert_eq!(answer.status, 201, "{at}: {}", answer.text());
                    times.lock().unwrap().push(begun.elapsed());
                }
            });
        }
    });
    let took = start.elapsed();
    let mut times: Vec<Duration> = times.into_inner().unwrap();
    times.sort();
    let memory = peak_memory(program.id());
    println!(
        "{count} of {bytes} bytes, 16 at once, 10 slow beside: {took:?}, median {:?}, p99 {:?}, at most {memory:?} MB",
        times[times.len() / 2],
        times[(times.len() * 99 / 100).min(times.len() - 1)],
    );
    let mut listed = listed(server);
    listed.sort();
    let sent: Vec<String> = (0..count).map(|at| format!("load-{at:06}")).collect();
    assert_eq!(listed, sent, "some are lost or there twice");
    // 26 bodies, each at most twice in memory while it grows, beside what the program itself needs.
    let bound = 100 + 26 * 2 * bytes.div_ceil(1 << 20);
    assert!(memory.is_none_or(|memory| memory < bound), "{memory:?} MB are more than {bound}");
}

/// A file system of one megabyte, where this machine lets a test make one.
#[cfg(target_os = "linux")]
struct SmallDisk<'a>(&'a std::path::Path);

#[cfg(target_os = "linux")]
impl<'a> SmallDisk<'a> {
    fn mount(folder: &'a std::path::Path) -> Option<Self> {
        use std::process::{Command, Stdio};
        fs::create_dir_all(folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs"]).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let done = std::process::Command::new("umount").arg(self.0).status();
        assert!(done.unwrap().success(), "the small disk stays");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_what_was_there_stays() {
    let site = Site::new();
    if site.left_out(&[Needs::Folder, Needs::Sqlite]) {
        return;
    }
    let folder = site.received();
    let Some(_disk) = SmallDisk::mount(&folder) else {
        return skip("this machine lets no test mount a disk");
    };
    let (_running, server) = site.serve();
    let send = |number: usize| form(&format!("full-{number:04}"), &large(120_000)).post(server);
    let statuses: Vec<u16> = (0..16).map(|number| send(number).status).collect();
    let stored = statuses.iter().filter(|status| **status == 201).count();
    assert!(stored > 0 && statuses.contains(&503), "{statuses:?}");
    assert!(statuses.iter().all(|status| [201, 503].contains(status)), "{statuses:?}");
    let last = send(99);
    assert_eq!((last.status, last.header("retry-after")), (503, Some("60")));
    assert!(last.json()["error"].as_str().unwrap().contains("no space is left"), "{}", last.text());
    assert_eq!(site.stored().len(), stored, "half a request stayed");
    // The same requests again get the same answer.
    let first = statuses.iter().position(|status| *status == 201).unwrap();
    assert_eq!(send(first).status, 200);
}

/// Needs no rights: the system lets the program write no file larger than this, and says so in the middle of a write.
#[cfg(unix)]
#[test]
fn a_file_that_does_not_fit_is_said_and_nothing_of_the_request_stays() {
    let site = Site::new();
    if site.left_out(&[Needs::Folder]) {
        return;
    }
    with_owner(&site);
    let config = site.configuration_file();
    // 4,000 blocks of 512 bytes; a database and its log are far below.
    let limited =
        ["-c", "trap '' XFSZ; ulimit -f 4000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_inbox"), "--config", &config];
    let (_program, [first, ..], _out) = Program::start_as(&site, "sh", &limited);
    let server = Program::address(&first);
    let send = |id: &str, bytes: usize| form(id, &large(bytes)).post(server);
    assert_eq!(send("fits-0001", 1_900_000).status, 201);
    for id in ["large-001", "large-002"] {
        let answer = send(id, 2_200_000);
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("60")), "{}", answer.text());
        assert!(answer.json()["error"].as_str().unwrap().contains("no space is left"), "{}", answer.text());
    }
    assert_eq!(site.stored(), ["fits-0001"], "half a request stayed");
    assert_eq!(send("large-001", 1_000).status, 201, "the id is taken by what was not stored");
    assert_eq!(listed(server).len(), 2);
}
