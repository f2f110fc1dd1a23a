//! Content security policies, <https://www.w3.org/TR/CSP3/>. Pages carry theirs in a `<meta>` too, for hosts that send no
//! headers.

/// What pages may do: nothing that sends, nothing inline. The header adds [`ANCESTORS`], which only a header can say.
pub const PAGE: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'none'; object-src 'none'; frame-src 'self'; require-trusted-types-for 'script'; \
    trusted-types mesocheck-sw";

/// Who may show a page in a frame: any clinic's website.
pub const ANCESTORS: &str = "frame-ancestors *";

/// The worker's address, below the root of the site. It never changes: browsers look for a newer one there.
pub const WORKER_PATH: &str = "sw.js";

/// What the worker may do: fetch files of its own site, and nothing else. Pages may not even do that.
pub const WORKER: &str = "default-src 'none'; connect-src 'self'";
