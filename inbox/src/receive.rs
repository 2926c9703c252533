//! `POST /requests`: from a form to an answer.
//!
//! Nothing reaches the store before the whole body is in and every part is valid.

use crate::address::Client;
use crate::answer::{self, Refusal};
use crate::intake::Intake;
use crate::metrics::{Counter, Metrics};
use crate::options::Options;
use crate::origin::Origin;
use crate::rate::RateLimit;
use crate::staff;
use crate::store::{Kept, Store, StoreError};
use crate::submission::{FORM, Submission};
use axum::{
    extract::{DefaultBodyLimit, Request},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method,
        header::{CONTENT_TYPE, HOST, ORIGIN, RETRY_AFTER},
    },
    response::Response,
    routing::{MethodRouter, post},
};
use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::SemaphorePermit;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Where requests are sent to.
pub(crate) const PATH: &str = "/requests";

/// How long a browser may remember that another origin may send; short, so that a change of the configuration counts soon.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// Receives requests into a store.
#[derive(Debug)]
pub(crate) struct Receiver {
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    intake: Arc<Intake>,
    rate: RateLimit,
    accepts_without_origin: bool,
    /// It has a public address or stands behind a proxy.
    is_public: bool,
    allow_origins: Vec<Origin>,
}

impl Receiver {
    pub(crate) fn new(
        store: Arc<Store>,
        metrics: Arc<Metrics>,
        intake: Arc<Intake>,
        options: &Options,
        allow_origins: Vec<Origin>,
    ) -> Self {
        Self {
            store,
            metrics,
            intake,
            rate: RateLimit::new(options.limits.requests_per_minute),
            accepts_without_origin: options.accept_without_origin,
            is_public: options.public_url.is_some() || options.behind_proxy,
            allow_origins,
        }
    }

    /// The route, with the answers that browsers want before and beside a request from another origin.
    ///
    /// # Errors
    /// When an allowed origin cannot stand in a header.
    pub(crate) fn into_route(self) -> Result<MethodRouter, axum::http::header::InvalidHeaderValue> {
        let allowed: Vec<HeaderValue> =
            self.allow_origins.iter().map(|origin| HeaderValue::from_str(origin.as_str())).collect::<Result<_, _>>()?;
        let cross_origin = CorsLayer::new()
            .allow_origin(AllowOrigin::list(allowed))
            .allow_methods([Method::POST])
            .allow_headers([CONTENT_TYPE])
            .expose_headers([RETRY_AFTER])
            .max_age(PREFLIGHT_MAX_AGE);
        let receiver = Arc::new(self);
        let receive = move |client, request| receive(Arc::clone(&receiver), client, request);
        // The body is measured here, with a limit and an answer of our own.
        let route: MethodRouter = post(receive).layer(DefaultBodyLimit::disable());
        Ok(route.layer(cross_origin))
    }

    /// Looks whether a request may come in, before its body is read.
    fn admit(&self, address: IpAddr, headers: &HeaderMap) -> Result<SemaphorePermit<'_>, Refusal> {
        if !self.is_welcome(headers) {
            return Err(Refusal::Foreign);
        }
        self.rate.take(address, Instant::now()).map_err(Refusal::TooMany)?;
        self.intake.place()
    }

    /// Whether a request comes from our own page or from an allowed one, or from no page where that is allowed. A
    /// browser sends a form from any page without asking first, so keeping the answer from that page would not keep
    /// its request out.
    fn is_welcome(&self, headers: &HeaderMap) -> bool {
        let Some(origin) = text(headers, ORIGIN) else { return self.accepts_without_origin };
        is_our_own(headers) || self.allow_origins.iter().any(|allowed| allowed.as_str() == origin)
    }

    /// Whether somebody tries this out: our own page on this very machine sent it, and nothing says that others reach us.
    fn is_trial(&self, Client(address): Client, headers: &HeaderMap) -> bool {
        !self.is_public && address.is_loopback() && is_our_own(headers)
    }
}

/// Whether a page of the host that it is sent to sent it.
fn is_our_own(headers: &HeaderMap) -> bool {
    let host = text(headers, ORIGIN).and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    host.is_some() && host == text(headers, HOST)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

async fn receive(receiver: Arc<Receiver>, client: Client, request: Request) -> Response {
    let is_trial = receiver.is_trial(client, request.headers());
    match take(&receiver, client, request).await {
        Ok((submission, kept)) => {
            let page = is_trial.then(|| staff::request_page(submission.id().as_str()));
            answer::kept(submission.id(), kept, page)
        }
        Err(refusal) => {
            receiver.metrics.count(refusal.counter());
            refusal.into_answer("request")
        }
    }
}

async fn take(
    receiver: &Arc<Receiver>,
    Client(address): Client,
    request: Request,
) -> Result<(Submission, Kept), Refusal> {
    let _place = match receiver.admit(address, request.headers()) {
        Ok(place) => place,
        Err(refusal) => {
            receiver.intake.discard(request).await;
            return Err(refusal);
        }
    };
    let draft = receiver.intake.read(request, &FORM).await?;
    let submission = Submission::read(draft).map_err(Refusal::Invalid)?;
    let receiver = Arc::clone(receiver);
    // A task of its own: a client that goes away now does not leave the work half done.
    let storing = tokio::spawn(async move {
        let kept = receiver.store.keep(&submission).await;
        receiver.note(&submission, kept.as_ref());
        kept.map(|kept| (submission, kept))
    });
    match storing.await {
        Ok(kept) => kept.map_err(Refusal::from),
        Err(_stopped) => Err(Refusal::Store),
    }
}

impl Receiver {
    /// Counts a request and tells the log of it: its id and sizes, nothing that a visitor wrote.
    fn note(&self, submission: &Submission, kept: Result<&Kept, &StoreError>) {
        let said = match kept {
            Ok(Kept::First) => {
                self.metrics.count(Counter::Stored);
                "stored"
            }
            Ok(Kept::Repeat) => {
                self.metrics.count(Counter::Repeated);
                "already stored"
            }
            Err(StoreError::Differs) => "refused, the id is taken:",
            Err(error) => return tracing::error!("could not store {submission}: {error}"),
        };
        tracing::info!("{said} {submission}");
    }
}
