//! Links to other sites: encrypted, to a host, and without what tells that site who sent the reader.

use crate::problem::At;
use url::Url;

/// Names of parameters that follow people from site to site, or how they begin.
const TRACKING: &[&str] =
    &["utm_", "fbclid", "gclid", "dclid", "msclkid", "mc_", "igshid", "_hs", "mkt_tok", "ref_src"];

/// Reports a link that is unsafe or tells on people.
pub fn hold(at: &At, href: &str) {
    let Some(url) = whole(href) else {
        let what = format!("The link {href} is unsafe");
        return at.report(what, "Write https://, the name of the site, and the rest of the address.");
    };
    let tracks = |name: &str| TRACKING.iter().any(|start| name.to_ascii_lowercase().starts_with(start));
    if let Some((name, _)) = url.query_pairs().find(|(name, _)| tracks(name)) {
        let what = format!("The link tells the other site where its reader comes from: `{name}`");
        at.report(what, "Take this parameter out of the address.");
    }
}

/// An address with https, a host that has a name, and no password.
pub fn whole(href: &str) -> Option<Url> {
    let url = Url::parse(href).ok()?;
    let named = url.domain().is_some_and(|host| host.contains('.') && !host.ends_with('.'));
    let begins = href.starts_with("https://") && !href.contains(char::is_whitespace);
    (begins && named && url.username().is_empty() && url.password().is_none()).then_some(url)
}

#[cfg(test)]
mod tests {
    use crate::read::link::whole;

    #[test]
    fn a_link_has_https_and_a_named_host() {
        assert!(whole("https://www.nhs.uk/conditions/?a=b#top").is_some());
        for wrong in
            ["http://nhs.uk", "https://", "https:nhs.uk", "https:///x", "https://localhost/", "https://127.0.0.1/"]
        {
            assert!(whole(wrong).is_none(), "{wrong}");
        }
        for wrong in ["https://me@nhs.uk/", "https://nhs.uk./", "https://n hs.uk", "javascript:alert", "//nhs.uk"] {
            assert!(whole(wrong).is_none(), "{wrong}");
        }
    }
}
