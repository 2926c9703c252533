//! What tells a monitor whether the server is well: `/health` and `/metrics`.

use crate::digest::sha256;
use crate::metrics::Metrics;
use crate::store::{State, Store, StoreError};
use axum::{
    Router,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse as _, Response},
    routing::get,
};
use std::sync::Arc;

/// The routes of a monitor.
pub(crate) fn routes(store: Arc<Store>, metrics: Arc<Metrics>, token: Option<String>) -> Router {
    let asked = Arc::clone(&store);
    let health = move || async move { health(&asked).await };
    let monitor = Arc::new(Monitor { store, metrics, token });
    let measure = move |headers: HeaderMap| async move { monitor.answer(&headers).await };
    Router::new().route("/health", get(health)).route("/metrics", get(measure))
}

async fn health(store: &Store) -> Response {
    if store.is_ready().await {
        (StatusCode::OK, "ok\n").into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "The database does not answer.\n").into_response()
    }
}

struct Monitor {
    store: Arc<Store>,
    metrics: Arc<Metrics>,
    token: Option<String>,
}

impl Monitor {
    async fn answer(&self, headers: &HeaderMap) -> Response {
        let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let Some(token) = &self.token else { return StatusCode::NOT_FOUND.into_response() };
        // Digests, so that the time of the comparison says nothing about the token.
        if given.is_none_or(|given| sha256(given.as_bytes()) != sha256(token.as_bytes())) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        match self.render().await {
            Ok(text) => text.into_response(),
            Err(error) => {
                tracing::error!(%error, "could not count");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }

    async fn render(&self) -> Result<String, StoreError> {
        let counts = self.store.count_states().await?;
        let states: Vec<(&str, i64)> = State::ALL.into_iter().map(State::key).zip(counts).collect();
        Ok(self.metrics.render(&states, self.store.waiting_notifications().await?))
    }
}
