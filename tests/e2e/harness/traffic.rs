//! Everything that a browser sends, to whatever host: it has no other way out than through here.
//!
//! Each connection of a browser is a SOCKS 5 tunnel (RFC 1928) whose host and port are recorded. A tunnel to this
//! machine is joined byte for byte; every other host is out of reach, as without a network. SOCKS and not an HTTP proxy:
//! that one would answer in the place of servers that are gone and share its connections between hosts, and the faults
//! of [`super::Proxy`] would not reach the browser as they are. Names are not looked up by the browser either, so no
//! query for a name leaves unseen.

use super::engines::Engine;
use super::runtime::lock;
use super::server::Server;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

const VERSION: u8 = 5;
const NO_LOGIN: u8 = 0;
const CONNECT: u8 = 1;

/// What a tunnel is answered.
#[derive(Clone, Copy)]
enum Reply {
    Granted = 0,
    HostUnreachable = 4,
    Refused = 5,
    UnknownCommand = 7,
}

/// A host that a browser wanted to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    /// A name or an address.
    pub(crate) host: String,
    /// The port: 443 for `https`.
    pub(crate) port: u16,
}

impl Contact {
    fn is_this_machine(&self) -> bool {
        ["localhost", "127.0.0.1"].contains(&self.host.as_str())
    }

    /// Whether it is another machine, and not one that this browser calls by itself, whatever page it shows.
    pub(crate) fn is_foreign(&self, engine: Engine) -> bool {
        !self.is_this_machine() && !engine.own_hosts().iter().any(|end| self.host.ends_with(end))
    }
}

/// The way out of one browser.
pub(crate) struct Traffic {
    server: Server,
    contacts: Arc<Mutex<Vec<Contact>>>,
}

impl Traffic {
    /// Listens on a free port.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn start() -> io::Result<Self> {
        let contacts = Arc::<Mutex<Vec<Contact>>>::default();
        let recorded = Arc::clone(&contacts);
        let server = Server::start(0, move |stream, _| {
            let recorded = Arc::clone(&recorded);
            async move {
                // Either side may end a tunnel as it likes.
                let _ended = tunnel(stream, &recorded).await;
            }
        })?;
        Ok(Self { server, contacts })
    }

    /// Where browsers reach it.
    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Each tunnel until now, in order.
    pub(crate) fn contacts(&self) -> Vec<Contact> {
        lock(&self.contacts).clone()
    }

    /// Forgets the tunnels until now.
    pub(crate) fn forget(&self) {
        lock(&self.contacts).clear();
    }
}

async fn tunnel(mut browser: TcpStream, contacts: &Mutex<Vec<Contact>>) -> io::Result<()> {
    let (version, methods) = (browser.read_u8().await?, browser.read_u8().await?);
    if version != VERSION {
        return Err(io::ErrorKind::InvalidData.into());
    }
    read_bytes(&mut browser, methods.into()).await?;
    browser.write_all(&[VERSION, NO_LOGIN]).await?;

    let [_version, command, _reserved, kind] = read_array(&mut browser).await?;
    let host = read_host(&mut browser, kind).await?;
    let contact = Contact { host, port: browser.read_u16().await? };
    lock(contacts).push(contact.clone());
    if command != CONNECT {
        return reply(&mut browser, Reply::UnknownCommand).await;
    }
    if !contact.is_this_machine() {
        return reply(&mut browser, Reply::HostUnreachable).await;
    }
    match TcpStream::connect(("127.0.0.1", contact.port)).await {
        Ok(mut server) => {
            server.set_nodelay(true)?;
            reply(&mut browser, Reply::Granted).await?;
            copy_bidirectional(&mut browser, &mut server).await.map(drop)
        }
        Err(_) => reply(&mut browser, Reply::Refused).await,
    }
}

async fn reply(browser: &mut TcpStream, reply: Reply) -> io::Result<()> {
    const ANY_ADDRESS: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];
    browser.write_all(&[&[VERSION, reply as u8, 0], ANY_ADDRESS.as_slice()].concat()).await
}

async fn read_host(browser: &mut TcpStream, kind: u8) -> io::Result<String> {
    match kind {
        1 => Ok(std::net::Ipv4Addr::from(read_array::<4>(browser).await?).to_string()),
        3 => {
            let length = browser.read_u8().await?;
            let name = read_bytes(browser, length.into()).await?;
            Ok(String::from_utf8_lossy(&name).into_owned())
        }
        4 => Ok(std::net::Ipv6Addr::from(read_array::<16>(browser).await?).to_string()),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

async fn read_array<const LENGTH: usize>(browser: &mut TcpStream) -> io::Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    browser.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn read_bytes(browser: &mut TcpStream, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    browser.read_exact(&mut bytes).await?;
    Ok(bytes)
}
