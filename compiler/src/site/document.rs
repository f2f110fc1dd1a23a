//! A whole HTML document around a body.

use crate::site::app::{Asset, Assets, Inline};
use site_server::policy;

/// A page before it is written.
#[allow(clippy::struct_excessive_bools, reason = "each is one part a page has or lacks")]
#[derive(Debug, Default)]
pub struct Document {
    /// The language tag.
    pub locale: String,
    /// Title.
    pub title: String,
    /// One sentence for search engines.
    pub description: String,
    /// From the page to the root of the site, such as `../../`.
    pub root: String,
    /// The page's own path below the root.
    pub path: String,
    /// Where the site will stand; empty: not known.
    pub address: String,
    /// Whether search engines are asked to stay away.
    pub hidden: bool,
    /// Whether the app is loaded.
    pub app: bool,
    /// Whether it is made for paper.
    pub paper: bool,
    /// In a frame on another website: from here to the same check on a page of its own.
    pub framed: Option<String>,
    /// Whether the button that leaves at once is on the page, where a clinic wants it.
    pub exit: bool,
    /// Where the address may hold answers, which go from it first of all: the page to show instead where no script runs.
    pub code: Option<&'static str>,
    /// Further scripts.
    pub scripts: Vec<Asset>,
    /// Data in the page: id, and JSON.
    pub data: Vec<(&'static str, String)>,
    /// Data for search engines, as JSON.
    pub linked_data: Option<String>,
    /// The body, as markup.
    pub body: String,
}

impl Document {
    /// The document as text.
    pub fn to_html(&self, assets: &Assets) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\" data-root=\"{}\">\n<head>\n{}</head>\n<body>\n{}\n{}</body>\n</html>\n",
            self.locale,
            self.root,
            self.head(assets),
            self.body,
            self.tail(assets)
        )
    }

    /// The document as a text with nothing beside it.
    pub fn alone(&self, parts: &Inline, policy: &str) -> String {
        let script = |kind: &str, text: &String| format!("<script{kind}>{text}</script>\n");
        let early: String = parts.exit.iter().chain([&parts.boot]).map(|early| script("", early)).collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n{}<style>{}</style>\n{early}</head>\n<body>\n{}\n{}{}\
             </body>\n</html>\n",
            self.locale,
            self.meta(policy, &parts.grounds),
            parts.style,
            self.body,
            self.data(),
            script(" type=\"module\"", &parts.module),
        )
    }

    /// What a browser knows of the document before it reads on.
    fn meta(&self, policy: &str, grounds: &[String; 2]) -> String {
        let (title, description) = (escape(&self.title), escape(&self.description));
        let [light, dark] = grounds;
        format!(
            "<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n\
             <meta name=\"description\" content=\"{description}\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"theme-color\" content=\"{light}\" media=\"(prefers-color-scheme: light)\">\n\
             <meta name=\"theme-color\" content=\"{dark}\" media=\"(prefers-color-scheme: dark)\">\n\
             <meta name=\"format-detection\" content=\"telephone=no\">\n"
        )
    }

    fn head(&self, assets: &Assets) -> String {
        let (title, description) = (escape(&self.title), escape(&self.description));
        let (meta, style, root) = (self.meta(policy::PAGE, &assets.grounds), self.style(&assets.style), &self.root);
        let early = self.code.as_ref().map(|off| {
            let (code, integrity) = (self.source(&assets.code), &assets.code.integrity);
            format!(
                "<script src=\"{code}\" integrity=\"{integrity}\" crossorigin></script>\n\
                 <noscript><meta http-equiv=\"refresh\" content=\"0; url={off}\"></noscript>\n"
            )
        });
        let early = early.unwrap_or_default();
        let (boot, integrity) = (self.source(&assets.boot), &assets.boot.integrity);
        // Not put off: it says that scripts run before anything that needs them is drawn.
        let boot = format!("<script src=\"{boot}\" integrity=\"{integrity}\" crossorigin></script>\n");
        let boot = if self.app { boot } else { String::new() };
        let mut head = format!(
            "{meta}{early}{boot}\
             <meta property=\"og:title\" content=\"{title}\">\n\
             <meta property=\"og:description\" content=\"{description}\">\n\
             <meta property=\"og:type\" content=\"website\">\n\
             {style}\
             <link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">\n",
            assets.icon
        );
        if self.framed.is_none() {
            let (manifest, apple) = (&assets.manifest, &assets.apple);
            head += &format!(
                "<link rel=\"apple-touch-icon\" href=\"{root}{apple}\">\n\
                 <link rel=\"manifest\" href=\"{root}{manifest}\">\n"
            );
        }
        if self.paper {
            head += &self.style(&assets.paper);
        }
        if let Some(exit) = assets.exit.as_ref().filter(|_| self.exit) {
            // Not put off: it must be there before anybody can press the button.
            head += &format!(
                "<script src=\"{}\" integrity=\"{}\" crossorigin></script>\n",
                self.source(exit),
                exit.integrity
            );
        }
        if self.hidden {
            head.push_str("<meta name=\"robots\" content=\"noindex\">\n");
        }
        if !self.address.is_empty() && self.framed.is_none() {
            head += &format!("<link rel=\"canonical\" href=\"{}/{}\">\n", escape(&self.address), self.path);
            let (locale, address) = (&self.locale, escape(&self.address));
            head += &format!("<link rel=\"alternate\" hreflang=\"{locale}\" href=\"{address}/{}\">\n", self.path);
        }
        if self.app {
            let app = self.source(&assets.app);
            head += &format!(
                "<link rel=\"modulepreload\" href=\"{app}\" integrity=\"{}\" crossorigin>\n",
                assets.app.integrity
            );
        }
        head
    }

    fn tail(&self, assets: &Assets) -> String {
        let mut tail = String::new();
        if let Some(data) = &self.linked_data {
            tail += &format!("<script type=\"application/ld+json\">{}</script>\n", inert(data));
        }
        tail += &self.data();
        if self.app {
            let (app, integrity) = (self.source(&assets.app), &assets.app.integrity);
            tail += &format!("<script type=\"module\" src=\"{app}\" integrity=\"{integrity}\" crossorigin></script>\n");
        }
        for script in &self.scripts {
            let (source, integrity) = (self.source(script), &script.integrity);
            tail += &format!("<script src=\"{source}\" integrity=\"{integrity}\" crossorigin></script>\n");
        }
        tail
    }

    fn data(&self) -> String {
        let one = |(id, json): &(&str, String)| {
            format!("<script type=\"application/json\" id=\"{id}\">{}</script>\n", inert(json))
        };
        self.data.iter().map(one).collect()
    }

    fn style(&self, asset: &Asset) -> String {
        let (source, integrity) = (self.source(asset), &asset.integrity);
        format!("<link rel=\"stylesheet\" href=\"{source}\" integrity=\"{integrity}\" crossorigin>\n")
    }

    fn source(&self, asset: &Asset) -> String {
        format!("{}{}", self.root, asset.path)
    }
}

/// Text inside an attribute or an element.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// JSON that cannot end its script element.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}
