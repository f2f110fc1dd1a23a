//! Web servers, each with the configuration the site comes with; and what they answer.

use crate::host::read_head;
use crate::process::workspace;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that serves files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// `hosting/nginx.conf`.
    Nginx,
    /// `hosting/apache.conf`, as `.htaccess`.
    Apache,
    /// `hosting/Caddyfile`.
    Caddy,
}

/// The modules of Apache its file asks for, and those without which it serves nothing.
const MODULES: [&str; 6] = ["mpm_event", "authz_core", "headers", "mime", "dir", "rewrite"];

impl Server {
    /// Puts into a site what the server looks for there.
    pub(crate) fn prepare(self, site: &Path) {
        if self == Self::Apache {
            fs::copy(site.join("hosting/apache.conf"), site.join(".htaccess")).expect("a writable copy");
        }
    }

    /// Serves a folder at a port of this machine.
    pub(crate) fn command(self, site: &Path, port: u16) -> Command {
        let scratch = workspace().join(format!("target/tmp/server-{port}"));
        fs::create_dir_all(&scratch).expect("a folder in target");
        match self {
            Self::Nginx => nginx(&scratch, site, port),
            Self::Apache => apache(&scratch, site, port),
            Self::Caddy => caddy(&scratch, site, port),
        }
    }
}

/// A file of ours with what a publisher changes in it changed.
fn changed(site: &Path, file: &str, changes: &[(&str, String)]) -> String {
    let mut text = fs::read_to_string(site.join("hosting").join(file)).expect("a file of the site");
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {file}");
        text = text.replace(old, new);
    }
    text
}

fn nginx(scratch: &Path, site: &Path, port: u16) -> Command {
    let (root, listen) = (format!("root {};", site.display()), format!("listen 127.0.0.1:{port};"));
    let ours = changed(site, "nginx.conf", &[("listen 80;", listen), ("root /srv/mesocheck;", root)]);
    let mut all = "daemon off; master_process off; pid nginx.pid; events {}\n".to_owned();
    let types = servers().join("etc/nginx/mime.types");
    writeln!(all, "http {{ include {}; access_log off;", types.display()).expect("text");
    for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
        writeln!(all, "{kind}_temp_path {};", scratch.join(kind).display()).expect("text");
    }
    let file = written(scratch, "nginx.conf", &[&all, ours.as_str(), "}\n"].concat());
    let mut command = program("usr/sbin/nginx");
    command.arg("-e").arg(scratch.join("errors")).arg("-p").arg(scratch).arg("-c").arg(file);
    command
}

fn apache(scratch: &Path, site: &Path, port: u16) -> Command {
    let (here, root) = (scratch.display(), site.display());
    let types = servers().join("etc/mime.types");
    let types = types.display();
    let mut all = format!(
        "ServerRoot {here}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {here}/pid\nErrorLog {here}/errors\n\
         Mutex file:{here}\nTypesConfig {types}\nDocumentRoot {root}\n\
         <Directory {root}>\nAllowOverride FileInfo Indexes\nRequire all granted\n</Directory>\n"
    );
    for module in MODULES {
        let file = servers().join(format!("usr/lib/apache2/modules/mod_{module}.so"));
        writeln!(all, "LoadModule {module}_module {}", file.display()).expect("text");
    }
    let file = written(scratch, "httpd.conf", &all);
    let mut command = program("usr/sbin/apache2");
    // One process, which ends when it is killed.
    command.arg("-X").arg("-f").arg(file);
    command
}

fn caddy(scratch: &Path, site: &Path, port: u16) -> Command {
    let address = format!("http://127.0.0.1:{port} {{");
    let root = format!("root * {}", site.display());
    let ours = changed(site, "Caddyfile", &[("check.example {", address), ("root * /srv/mesocheck", root)]);
    let file = written(scratch, "Caddyfile", &["{\nadmin off\n}\n", ours.as_str()].concat());
    let mut command = program("usr/bin/caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
    command.env("XDG_DATA_HOME", scratch).env("XDG_CONFIG_HOME", scratch);
    command
}

fn written(scratch: &Path, name: &str, text: &str) -> PathBuf {
    let file = scratch.join(name);
    fs::write(&file, text).expect("a file in target");
    file
}

fn servers() -> PathBuf {
    workspace().join(".tools/servers")
}

/// A server, with the libraries that came with it.
fn program(path: &str) -> Command {
    let program = servers().join(path);
    assert!(program.exists(), "{} is missing: run `cargo xtask verify hosting`", program.display());
    let folders = fs::read_dir(servers().join("usr/lib")).expect("a folder").flatten();
    let libraries: Vec<String> = folders.map(|folder| folder.path().display().to_string()).collect();
    let mut command = Command::new(program);
    command.env("LD_LIBRARY_PATH", libraries.join(":"));
    command
}

/// The head of an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Head {
    /// 200, 404 …
    pub status: u16,
    /// By names in small letters.
    pub headers: BTreeMap<String, String>,
}

/// What a server of this machine answers to a browser that takes these encodings.
pub fn head_of(port: u16, path: &str, encodings: &str) -> Head {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a server");
    let host = format!("Host: 127.0.0.1:{port}\r\nAccept-Encoding: {encodings}\r\nConnection: close\r\n\r\n");
    stream.write_all(format!("GET /{path} HTTP/1.1\r\n{host}").as_bytes()).expect("a request");
    let text = read_head(&mut stream).expect("an answer");
    let mut lines = text.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status");
    let named = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Head { status: status.parse().expect("a number"), headers: lines.filter_map(named).collect() }
}
