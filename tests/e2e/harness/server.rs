//! A listening port of this machine with a thread a connection, which ends on drop.

use std::collections::HashMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// The open connections by their number.
type Open = Arc<Mutex<HashMap<usize, TcpStream>>>;

/// A server on loopback. On drop the port is closed and every open connection with it.
pub(crate) struct Server {
    address: SocketAddr,
    is_stopped: Arc<AtomicBool>,
    open: Open,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on this port, or on a free one for 0, and gives each connection and its number to `serve`; the
    /// connection is closed when `serve` returns.
    ///
    /// # Errors
    /// When the port is taken.
    pub(crate) fn start(port: u16, serve: impl Fn(&TcpStream, usize) + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let address = listener.local_addr()?;
        let is_stopped = Arc::new(AtomicBool::new(false));
        let open = Open::default();
        let (stop, connections) = (Arc::clone(&is_stopped), Arc::clone(&open));
        let serve = Arc::new(serve);
        let accepting = thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                if let Ok(stream) = stream {
                    let (serve, connections) = (Arc::clone(&serve), Arc::clone(&connections));
                    thread::spawn(move || attend(&stream, number, &connections, &*serve));
                }
            }
        });
        Ok(Self { address, is_stopped, open, accepting: Some(accepting) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_stopped.store(true, Ordering::SeqCst);
        // A connection of our own wakes the thread that waits for one.
        let _woken = TcpStream::connect(self.address);
        if let Some(accepting) = self.accepting.take() {
            let _ended = accepting.join();
        }
        for stream in lock(&self.open).values() {
            let _closed = stream.shutdown(Shutdown::Both);
        }
    }
}

fn attend(stream: &TcpStream, number: usize, open: &Open, serve: &dyn Fn(&TcpStream, usize)) {
    let _smooth = stream.set_nodelay(true);
    if let Ok(copy) = stream.try_clone() {
        lock(open).insert(number, copy);
    }
    serve(stream, number);
    // The copy keeps the socket open: only a shutdown tells the other side.
    let _closed = stream.shutdown(Shutdown::Both);
    lock(open).remove(&number);
}

/// Locks what a panicking test may have left locked: the data behind it is whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
