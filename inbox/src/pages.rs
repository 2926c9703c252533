//! The files of the built program, read only: no listing, nothing outside the folder.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, Uri, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use std::{io, path::Path};
use tower_http::services::ServeDir;

/// The page that `/` stands for.
pub(crate) const INDEX: &str = "index.html";
const INDEX_PATH: &str = "/index.html";

/// The folder of the built program.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    folder: ServeDir,
}

impl Pages {
    /// Serves `dist`, with the `.br` file beside a file where the client accepts it.
    pub(crate) fn new(dist: &Path) -> Self {
        Self { folder: ServeDir::new(dist).append_index_html_on_directories(false).precompressed_br() }
    }

    /// Answers a request for a file.
    pub(crate) async fn answer(mut self, mut request: Request) -> Response {
        if request.uri().path() == "/" {
            *request.uri_mut() = Uri::from_static(INDEX_PATH);
        }
        match self.folder.try_call(request).await {
            Ok(response) if response.status() == StatusCode::NOT_FOUND => not_found(),
            Ok(response) => response.map(Body::new),
            Err(error) if names_no_file(&error) => not_found(),
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read at the moment.\n"),
        }
    }
}

/// Whether the failure only says that no file has this name (missing, a folder on the way that is a file, a name
/// that the file system cannot hold) or that it is not to be read.
fn names_no_file(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), InvalidFilename | InvalidInput | IsADirectory | NotADirectory | NotFound | PermissionDenied)
}

fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    (status, [(CONTENT_TYPE, kind)], text).into_response()
}
