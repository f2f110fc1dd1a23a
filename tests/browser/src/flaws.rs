//! What must never be found on a page: barriers, what the policy forbids, errors, requests.

use crate::browser::Browser;
use crate::process::workspace;
use serde_json::{Value, json};

impl Browser {
    /// Fails where axe finds something serious or critical.
    pub fn must_be_accessible(&self, screen: &str) {
        self.must_have_no_barrier(screen, &json!({}));
    }

    /// Fails where axe finds colours too much alike. All else is the same in other colours.
    pub fn must_have_contrast(&self, screen: &str) {
        self.must_have_no_barrier(screen, &json!({ "runOnly": ["color-contrast", "link-in-text-block"] }));
    }

    fn must_have_no_barrier(&self, screen: &str, rules: &Value) {
        let flaws = self.barriers(rules);
        assert!(flaws.is_empty(), "axe on {screen}:\n{}\n", flaws.join("\n"));
    }

    fn barriers(&self, rules: &Value) -> Vec<String> {
        if !self.holds("globalThis.axe") {
            let file = workspace().join("tests/browser/node_modules/axe-core/axe.min.js");
            let source = std::fs::read_to_string(&file);
            let source =
                source.unwrap_or_else(|error| panic!("{}: {error}: run `cargo xtask test browser`", file.display()));
            self.run(&source, &[]);
        }
        // A fade would be taken for pale text.
        let found = self.run_until_called(
            "const done = arguments[arguments.length - 1];
             for (const animation of document.getAnimations()) animation.finish();
             axe.run(document, { resultTypes: ['violations'], preload: false, ...arguments[0] }).then((results) => done(results.violations
               .filter((found) => ['serious', 'critical'].includes(found.impact))
               .flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.html}\\n  ${node.failureSummary}`))),
               (error) => done([String(error)]));",
            std::slice::from_ref(rules),
        );
        serde_json::from_value(found).expect("texts")
    }

    /// Fails where the page is wider than the window.
    pub fn must_not_scroll_sideways(&self, screen: &str) {
        let wide = self.run(
            "const page = document.documentElement, limit = page.clientWidth;
             if (page.scrollWidth <= limit) return [];
             const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > limit + 1);
             return [`${page.scrollWidth} instead of ${limit}`, ...wide.slice(-3).map((one) => one.outerHTML.slice(0, 200))];",
            &[],
        );
        assert_eq!(wide, json!([]), "{screen} scrolls sideways");
    }

    /// Fails where the page broke its policy, or anything was logged.
    pub fn must_be_quiet(&self) {
        assert_eq!(self.value("globalThis.seen ?? []"), json!([]));
        let log = self.log("browser");
        assert!(log.is_empty(), "logged:\n{}", log.join("\n"));
    }

    /// The addresses the page requested since the last call: what it asked for, whether or not it came from a cache. The
    /// worker's requests do not stand in this log. What reached the server, its door knows: `Host::before`.
    pub fn requests(&self) -> Vec<String> {
        let sent = |entry: String| {
            let event: Value = serde_json::from_str(&entry).ok()?;
            let message = event.get("message")?;
            let starts = ["Network.requestWillBeSent", "Network.webSocketCreated", "Network.webTransportCreated"];
            let method = message.get("method")?.as_str()?;
            let params = message.get("params")?;
            let url = params.pointer("/request/url").or_else(|| params.get("url"))?.as_str()?;
            (starts.contains(&method) && !url.starts_with("data:")).then(|| url.to_owned())
        };
        self.log("performance").into_iter().filter_map(sent).collect()
    }
}
