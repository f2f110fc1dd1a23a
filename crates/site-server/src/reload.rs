//! Pages that load anew when the site was made anew. A page's policy lets it send nothing; here, and nowhere else, it may
//! ask the server it came from.

use crate::routes;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::RawQuery;
use axum::http::{HeaderValue, Request, Response, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::get;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};
use tokio::time::sleep;

const SCRIPT: &str = include_str!("reload.js");
const TAG: &str = "<script src=\"/@dev/reload.js\"></script>\n</head>";
/// What a policy says of requests, and what it says here.
const CONNECT: [&str; 2] = ["connect-src 'none'", "connect-src 'self'"];
/// A file of every site. A site is put in its place as a whole, so its time is that of the site.
const SUMS: &str = "SHA256SUMS";
/// How often the site is looked at.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a page waits for an answer.
const LONGEST: Duration = Duration::from_secs(20);
/// No page is larger.
const MOST: usize = 32 << 20;

/// The files of a folder, in pages that load anew.
pub fn routes(folder: &Path) -> Router {
    let sums = folder.join(SUMS);
    routes::routes(folder)
        .layer(from_fn(reloading))
        .route("/@dev/reload.js", get(|| async { ([(header::CONTENT_TYPE, "text/javascript")], SCRIPT) }))
        .route("/@dev/site", get(move |RawQuery(shown)| made(sums.clone(), shown)))
}

/// Answers a page with its script and a policy that lets it ask.
async fn reloading(mut request: Request<Body>, next: Next) -> Response<Body> {
    // A twin could not be changed, and a page that was kept would lack what changed.
    for name in [header::ACCEPT_ENCODING, header::IF_MODIFIED_SINCE, header::IF_NONE_MATCH] {
        request.headers_mut().remove(name);
    }
    let (mut head, body) = next.run(request).await.into_parts();
    if let Some(policy) = head.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok())
        && let Ok(policy) = HeaderValue::from_str(&policy.replace(CONNECT[0], CONNECT[1]))
    {
        head.headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    let html = head.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !html {
        return Response::from_parts(head, body);
    }
    let Ok(bytes) = to_bytes(body, MOST).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    head.headers.remove(header::CONTENT_LENGTH);
    let page = String::from_utf8_lossy(&bytes).replace(CONNECT[0], CONNECT[1]).replacen("</head>", TAG, 1);
    Response::from_parts(head, Body::from(page))
}

/// Which site stands there: answered as soon as it is another than the page shows, or after a while.
async fn made(sums: PathBuf, shown: Option<String>) -> String {
    let end = Instant::now() + LONGEST;
    loop {
        let made = version(&sums);
        if made != shown || Instant::now() > end {
            return made.unwrap_or_default();
        }
        sleep(PAUSE).await;
    }
}

/// When the site was made, in nanoseconds; none while it is being put in its place.
fn version(sums: &Path) -> Option<String> {
    let time = sums.metadata().and_then(|file| file.modified()).ok()?;
    Some(time.duration_since(UNIX_EPOCH).ok()?.as_nanos().to_string())
}
