//! A site as on any host, but for its worker. On a host it answers with what it has kept, whatever has been published since;
//! whoever changes the site on this machine would not see it. Here it asks the server first.

use crate::{policy, routes};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use std::path::Path;

/// Where the worker answers with what is kept, in `worker.js`.
pub const KEPT_FIRST: &str = "const found = await kept(address);";
/// What stands there instead.
pub const FRESH_FIRST: &str = "const found = await fetch(request).catch(() => kept(address));";
/// No worker is larger.
const MOST: usize = 4 << 20;

/// The files of a folder, with a worker that asks the server first.
pub fn routes(folder: &Path) -> Router {
    routes::routes(folder).layer(from_fn(fresh_first))
}

async fn fresh_first(mut request: Request<Body>, next: Next) -> Response<Body> {
    if request.uri().path().rsplit('/').next() != Some(policy::WORKER_PATH) {
        return next.run(request).await;
    }
    // A twin could not be changed, and what a browser has may be the worker of a host.
    for name in [header::ACCEPT_ENCODING, header::IF_MODIFIED_SINCE, header::IF_NONE_MATCH] {
        request.headers_mut().remove(name);
    }
    let (mut head, body) = next.run(request).await.into_parts();
    let Ok(bytes) = to_bytes(body, MOST).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    head.headers.remove(header::CONTENT_LENGTH);
    let text = String::from_utf8_lossy(&bytes).replacen(KEPT_FIRST, FRESH_FIRST, 1);
    Response::from_parts(head, Body::from(text))
}
