//! A listening port of this machine with a task a connection, which ends on drop.

use super::runtime::{block_on, spawn};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

/// A server on loopback. On drop the port is closed and every open connection with it.
pub(crate) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on this port, or on a free one for 0, and gives each connection and its number to `serve`; the
    /// connection is closed when `serve` is done.
    ///
    /// # Errors
    /// When the port is taken.
    pub(crate) fn start<Serving>(
        port: u16,
        serve: impl Fn(TcpStream, usize) -> Serving + Send + 'static,
    ) -> io::Result<Self>
    where
        Serving: Future<Output = ()> + Send + 'static,
    {
        let listener = block_on(TcpListener::bind(("127.0.0.1", port)))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let accepting = spawn(accept(listener, stopped, serve));
        Ok(Self { address, stop: Some(stop), accepting: Some(accepting) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(accepting) = self.accepting.take() {
            let _ended = block_on(accepting);
        }
    }
}

async fn accept<Serving>(
    listener: TcpListener,
    mut stopped: oneshot::Receiver<()>,
    serve: impl Fn(TcpStream, usize) -> Serving,
) where
    Serving: Future<Output = ()> + Send + 'static,
{
    let mut open = JoinSet::new();
    for number in 0.. {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => accepted,
        };
        while open.try_join_next().is_some() {}
        if let Ok((stream, _)) = accepted {
            let _smooth = stream.set_nodelay(true);
            open.spawn(serve(stream, number));
        }
    }
    drop(listener);
    open.shutdown().await;
}
