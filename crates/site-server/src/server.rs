//! A server of a folder: for as long as the program runs, or until it is dropped.

use crate::{fresh, reload, routes};
use anyhow::{Context, Result};
use axum::Router;
use std::net::TcpListener;
use std::path::Path;
use std::thread::{JoinHandle, spawn};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

/// Whether pages load anew when the site is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// As on any host.
    Still,
    /// As on any host, but a browser shows what it has kept only where this server is gone: whoever changes the site sees it.
    Fresh,
    /// They load anew, by a script that only this puts into them.
    Reloading,
}

/// Serves a folder until the process ends.
///
/// # Errors
/// Where the listener cannot be used.
pub fn serve(folder: &Path, listener: TcpListener, pages: Pages) -> Result<()> {
    let routes = routes(folder, pages);
    runtime()?.block_on(async { axum::serve(waiting(listener)?, routes).await.context("the server stopped") })
}

/// A server in a thread of its own. Dropped, it ends at once, with every connection: as a cut line does.
#[derive(Debug)]
pub struct Server {
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a folder.
    ///
    /// # Errors
    /// Where the listener cannot be used.
    pub fn start(folder: &Path, listener: TcpListener, pages: Pages) -> Result<Self> {
        let routes = routes(folder, pages);
        let runtime = runtime()?;
        let (end, ended) = oneshot::channel();
        let thread = spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = waiting(listener) else { return };
                tokio::select! {
                    // It ends with an error of the system alone, and then its port is closed, which nobody can miss.
                    _ = axum::serve(listener, routes).into_future() => (),
                    _ = ended => (),
                }
            });
        });
        Ok(Self { end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has ended as well.
            let _ = thread.join();
        }
    }
}

fn routes(folder: &Path, pages: Pages) -> Router {
    match pages {
        Pages::Still => routes::routes(folder),
        Pages::Fresh => fresh::routes(folder),
        Pages::Reloading => reload::routes(folder),
    }
}

fn runtime() -> Result<Runtime> {
    Builder::new_current_thread().enable_all().build().context("cannot start a server")
}

fn waiting(listener: TcpListener) -> Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    Ok(tokio::net::TcpListener::from_std(listener)?)
}

#[cfg(test)]
mod tests {
    use crate::server::{Pages, Server};
    use crate::{fresh, policy};
    use std::fs;
    use std::io::{Read, Write};
    use std::net::{Ipv4Addr, TcpListener, TcpStream};
    use std::path::{Path, PathBuf};

    fn site(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tmp/site-server").join(name);
        fs::create_dir_all(folder.join("assets")).unwrap();
        let page = format!("<head><meta content=\"{}\"></head>", policy::PAGE);
        for (file, text) in [("index.html", page.as_str()), ("404.html", "lost"), ("assets/a.js", ""), ("sw.js", "")] {
            fs::write(folder.join(file), text).unwrap();
        }
        fs::write(folder.join("SHA256SUMS"), name).unwrap();
        folder
    }

    fn started(folder: &Path, pages: Pages) -> (Server, u16) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        (Server::start(folder, listener, pages).unwrap(), port)
    }

    fn get(port: u16, path: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn each_kind_of_file_has_its_headers() {
        let (_server, port) = started(&site("headers"), Pages::Still);
        let page = get(port, "/");
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("cache-control: no-cache"), "{page}");
        assert!(page.contains(&format!("content-security-policy: {}; frame-ancestors *", policy::PAGE)), "{page}");
        assert!(get(port, "/assets/a.js").contains("cache-control: public, max-age=31536000, immutable"));
        assert!(get(port, "/sw.js").contains(&format!("content-security-policy: {}\r\n", policy::WORKER)));
        let lost = get(port, "/assets/b.js");
        assert!(lost.starts_with("HTTP/1.1 404") && lost.contains("no-cache") && lost.ends_with("lost"), "{lost}");
    }

    #[test]
    fn a_page_is_left_as_it_is_unless_it_is_to_load_anew() {
        let folder = site("reload");
        let (_still, port) = started(&folder, Pages::Still);
        assert!(!get(port, "/").contains("@dev") && get(port, "/@dev/site").starts_with("HTTP/1.1 404"));
        let (_reloading, port) = started(&folder, Pages::Reloading);
        let page = get(port, "/");
        assert_eq!(page.matches("connect-src 'self'").count(), 2, "{page}");
        assert!(page.ends_with("<script src=\"/@dev/reload.js\"></script>\n</head>"), "{page}");
        assert!(get(port, "/@dev/reload.js").contains("location.reload()"));
    }

    #[test]
    fn what_a_browser_has_kept_is_shown_only_where_the_server_is_gone() {
        let folder = site("fresh");
        fs::write(folder.join("sw.js"), format!("before\n{}\nafter", fresh::KEPT_FIRST)).unwrap();
        fs::write(folder.join("sw.js.gz"), "a twin").unwrap();
        let (_still, port) = started(&folder, Pages::Still);
        assert!(get(port, "/sw.js").ends_with(&format!("before\n{}\nafter", fresh::KEPT_FIRST)));
        let (_fresh, port) = started(&folder, Pages::Fresh);
        let worker = get(port, "/sw.js");
        assert!(worker.ends_with(&format!("before\n{}\nafter", fresh::FRESH_FIRST)), "{worker}");
        assert!(worker.contains(&format!("content-security-policy: {}\r\n", policy::WORKER)), "{worker}");
        assert!(get(port, "/").ends_with("</head>"), "pages are left as they are");
    }

    #[test]
    fn a_page_hears_of_a_new_site_at_once_and_not_before() {
        let folder = site("news");
        let (_server, port) = started(&folder, Pages::Reloading);
        let shown = get(port, "/@dev/site");
        let shown = shown.lines().last().unwrap().to_owned();
        let waiting = std::thread::spawn(move || get(port, &format!("/@dev/site?{shown}")));
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(!waiting.is_finished(), "nothing is new");
        fs::write(folder.join("SHA256SUMS"), "new").unwrap();
        assert!(waiting.join().unwrap().starts_with("HTTP/1.1 200"));
    }

    #[test]
    fn a_server_that_was_dropped_is_gone_with_its_connections_and_can_be_started_again() {
        let folder = site("gone");
        let (server, port) = started(&folder, Pages::Still);
        let mut open = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(open, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        open.read_exact(&mut [0; 12]).unwrap();
        drop(server);
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
        let mut rest = Vec::new();
        // Closed or reset: over in either case.
        let _ = open.read_to_end(&mut rest);
        let again = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let _server = Server::start(&folder, again, Pages::Still).unwrap();
        assert!(get(port, "/").starts_with("HTTP/1.1 200"));
    }
}
