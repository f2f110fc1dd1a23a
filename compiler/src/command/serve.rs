//! `mesocheck serve`: serves a finished site as a real host would, with its headers and compressed twins.

use crate::site::{POLICY, WORKER, WORKER_POLICY};
use anyhow::{Context, Result, bail};
use axum::http::{HeaderName, HeaderValue, Request, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::{Router, body::Body};
use std::path::PathBuf;
use tower_http::services::{ServeDir, ServeFile};

/// What to serve, and where.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder with the finished site; where it is left out, `dist`, or `site` if there is no `dist`.
    folder: Option<PathBuf>,
    /// The port on this machine.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

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

/// Runs the command until it is stopped.
///
/// # Errors
/// Where the folder holds no site, or the port is taken.
pub fn run(arguments: &Arguments) -> Result<()> {
    let known = ["dist", "site"].map(PathBuf::from).into_iter().find(|folder| folder.is_dir());
    let folder = &arguments.folder.clone().or(known).unwrap_or_else(|| "dist".into());
    if !folder.join("404.html").exists() {
        bail!("{} holds no finished site: `mesocheck site` or `cargo xtask build` makes one", folder.display());
    }
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    let files = files.not_found_service(ServeFile::new(folder.join("404.html")));
    let routes = Router::new().fallback_service(files).layer(from_fn(with_headers));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = format!("127.0.0.1:{}", arguments.port);
        let listener = tokio::net::TcpListener::bind(&address).await;
        let listener = listener.with_context(|| format!("cannot listen at {address}: is the port taken?"))?;
        println!("http://127.0.0.1:{}/", listener.local_addr()?.port());
        axum::serve(listener, routes).await.context("the server stopped")
    })
}

async fn with_headers(request: Request<Body>, next: Next) -> Response {
    let path = request.uri().path();
    let hashed = path.contains("/assets/");
    let worker = path.rsplit('/').next() == Some(WORKER);
    let mut response = next.run(request).await;
    let status = response.status();
    let lasts = hashed && !status.is_client_error() && !status.is_server_error();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    // A worker does not follow the policy of pages, but its own.
    let policy = if worker { WORKER_POLICY.to_owned() } else { format!("{POLICY}; frame-ancestors *") };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let cache = if lasts { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
