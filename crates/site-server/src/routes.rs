//! The files of a folder, with the headers a host sends.

use crate::policy;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use std::path::Path;
use tower_http::services::{ServeDir, ServeFile};

/// Headers of every answer.
const HEADERS: &[(&str, &str)] = &[
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    // Browsers heed it over https alone.
    ("strict-transport-security", "max-age=31536000"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("access-control-allow-origin", "*"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=(), \
         clipboard-write=(self)",
    ),
];

/// The files of a folder. A twin beside a file, `.br` or `.gz`, is sent to whom it suits; what is not there is answered
/// with `404.html`.
pub fn routes(folder: &Path) -> Router {
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    let files = files.not_found_service(ServeFile::new(folder.join("404.html")));
    Router::new().fallback_service(files).layer(from_fn(with_headers))
}

async fn with_headers(request: Request<Body>, next: Next) -> Response {
    let path = request.uri().path();
    let hashed = path.contains("/assets/");
    let worker = path.rsplit('/').next() == Some(policy::WORKER_PATH);
    let mut response = next.run(request).await;
    let status = response.status();
    let lasts = hashed && !status.is_client_error() && !status.is_server_error();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // A worker does not follow the policy of pages, but its own.
    let policy = if worker { policy::WORKER.to_owned() } else { format!("{}; {}", policy::PAGE, policy::ANCESTORS) };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let cache = if lasts { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
