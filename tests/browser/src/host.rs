//! Doors through which a browser is watched: another site with one page, and a second door to ours. Both remember what
//! was asked of them, word for word.

use crate::process::{fresh_listener, port};
use crate::site::Site;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread::spawn;

/// Something that answers a browser, and remembers every request as it came.
#[derive(Clone, Debug)]
pub struct Host {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Host {
    /// Another site: it answers every request with this page.
    pub fn showing(html: &str) -> Self {
        Self::answering("", html)
    }

    /// The same, under a policy of its own.
    pub fn showing_under(policy: &str, html: &str) -> Self {
        Self::answering(&format!("Content-Security-Policy: {policy}\r\n"), html)
    }

    fn answering(headers: &str, html: &str) -> Self {
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{html}",
            html.len()
        );
        Self::open(move |mut stream, _| stream.write_all(answer.as_bytes()))
    }

    /// A second door to a site.
    pub fn before(site: &Site) -> Self {
        let port = site.port();
        Self::open(move |stream, head| hand_on(stream, head, port))
    }

    fn open(answer: impl Fn(TcpStream, &str) -> std::io::Result<()> + Send + Sync + Clone + 'static) -> Self {
        let listener = fresh_listener();
        let host = Self { port: port(&listener), asked: Arc::default() };
        let asked = host.asked.clone();
        // It ends with the process.
        spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (asked, answer) = (asked.clone(), answer.clone());
                spawn(move || {
                    let head = read_head(&mut stream)?;
                    asked.lock().expect("a list").push(head.clone());
                    answer(stream, &head)
                });
            }
        });
        host
    }

    /// Its address.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// The same, by a name that makes another site of it.
    pub fn other_address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// Every request so far: its first line and its headers.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a list").clone()
    }
}

/// A request up to the empty line.
#[allow(clippy::missing_errors_doc, reason = "a door between two sockets: it ends with either")]
pub fn read_head(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Hands a request on to a port, and its answer back.
#[allow(clippy::missing_errors_doc, reason = "a door between two sockets: it ends with either")]
pub fn hand_on(mut outer: TcpStream, head: &str, port: u16) -> std::io::Result<()> {
    let mut inner = TcpStream::connect(("127.0.0.1", port))?;
    inner.write_all(head.replace("Connection: keep-alive", "Connection: close").as_bytes())?;
    std::io::copy(&mut inner, &mut outer)?;
    Ok(())
}
