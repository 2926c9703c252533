//! Where a request came from.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// The address of a client: the connection's, or the one that our proxy names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Which of the two an address is read from, and the connection's own; put beside each request as it comes in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Connection {
    pub(crate) peer: SocketAddr,
    pub(crate) is_proxy: bool,
}

const FORWARDED_FOR: &str = "x-forwarded-for";

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let unknown = Connection { peer: (Ipv4Addr::UNSPECIFIED, 0).into(), is_proxy: false };
        let connection = parts.extensions.get().copied().unwrap_or(unknown);
        Ok(Self(connection.client(&parts.headers)))
    }
}

impl Connection {
    /// The last address is the one that our own proxy added; those before it are what the client says of itself.
    fn client(self, headers: &HeaderMap) -> IpAddr {
        let last = headers.get_all(FORWARDED_FOR).iter().next_back();
        let told = last.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        told.filter(|_| self.is_proxy).unwrap_or(self.peer.ip())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_our_own_proxy_added_is_believed() {
        let peer: SocketAddr = "10.0.0.9:5".parse().unwrap();
        let mut headers = HeaderMap::new();
        for (is_proxy, forwarded, client) in [
            (true, None, "10.0.0.9"),
            (true, Some("1.1.1.1, 2.2.2.2"), "2.2.2.2"),
            (true, Some("2001:db8::1"), "2001:db8::1"),
            (true, Some("unknown"), "10.0.0.9"),
            (false, Some("1.1.1.1"), "10.0.0.9"),
        ] {
            headers.clear();
            if let Some(text) = forwarded {
                headers.insert(FORWARDED_FOR, HeaderValue::from_static(text));
            }
            assert_eq!(Connection { peer, is_proxy }.client(&headers).to_string(), client, "{forwarded:?}");
        }
    }
}
