//! What the browser keeps of the site itself, and how it comes by a newer version.

use crate::browser::Browser;
use serde_json::json;

/// The button that offers a newer version, where it can be seen.
pub const OFFER: &str = "[data-action=\"update\"]";

impl Browser {
    /// Waits until the site is kept on the device.
    pub fn until_kept(&self) {
        let active = "navigator.serviceWorker.ready.then(() => { globalThis.kept = true; })";
        self.run(active, &[]);
        self.until("globalThis.kept");
    }

    /// Waits until no worker is being installed: one that begins its work takes pages out of the cache of Back and
    /// Forward.
    pub fn until_settled(&self) {
        let script = "
            const done = arguments[0];
            const look = async () => {
              const found = await navigator.serviceWorker?.getRegistration();
              const { installing, active } = found ?? {};
              if (installing || active?.state === 'activating') setTimeout(look, 50); else done();
            };
            look();";
        self.run_until_called(script, &[]);
    }

    /// The names of all caches of the origin.
    pub fn caches(&self) -> Vec<String> {
        let names = self.run_until_called("caches.keys().then(arguments[0])", &[]);
        serde_json::from_value(names).expect("names")
    }

    /// How many workers the origin has.
    pub fn workers(&self) -> u64 {
        let all = "navigator.serviceWorker.getRegistrations().then((all) => arguments[0](all.length))";
        self.run_until_called(all, &[]).as_u64().expect("a number")
    }

    /// Looks for a newer version; what becomes of it: `installed` where it waits or runs, `redundant` where it was
    /// refused.
    pub fn look_for_update(&self) -> String {
        let state = self.run_until_called(
            "const done = arguments[0];
             navigator.serviceWorker.getRegistration().then((registration) => {
               const watch = () => registration.installing?.addEventListener('statechange', (event) => done(event.target.state));
               registration.addEventListener('updatefound', watch);
               watch();
               const look = () => registration.update().catch(() => {});
               look();
               // The browser may have been looking by itself, and have been done before anybody watched.
               setTimeout(() => registration.waiting ? done('installed') : look(), 2000);
             });",
            &[],
        );
        state.as_str().expect("a state").to_owned()
    }

    /// Looks for a newer version where there is none.
    pub fn look_for_update_in_vain(&self) {
        let found = self.run_until_called(
            "navigator.serviceWorker.getRegistration().then((registration) => registration.update())
               .then((registration) => arguments[0](Boolean(registration.installing ?? registration.waiting)))",
            &[],
        );
        assert_eq!(found, json!(false), "there is a newer version");
    }

    /// Has every page from now on tell in `fate` what became of the worker it registered.
    pub fn watch_worker(&self) {
        let script = "
            const prototype = globalThis.ServiceWorkerContainer?.prototype, register = prototype?.register;
            if (register) prototype.register = async function (...words) {
              const registration = await register.apply(this, words);
              const { installing } = registration;
              installing?.addEventListener('statechange', () => { globalThis.fate = installing.state; });
              return registration;
            };";
        self.before_each_page(script);
    }

    /// Waits until the origin has no worker and only these caches.
    pub fn until_forgotten(&self, caches: &[&str]) {
        // Asked anew at every look: an answer may never come while a worker goes.
        let script = format!(
            "(Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]).then(([workers, names]) => {{
               globalThis.forgotten = workers.length === 0 && String(names) === {};
             }}), globalThis.forgotten)",
            json!(caches.join(","))
        );
        self.until(&script);
    }

    /// Fails unless a newer version is offered, or becomes so.
    pub fn must_be_offered_update(&self) {
        self.until(&format!("document.querySelector({})?.checkVisibility()", json!(OFFER)));
    }

    /// Takes the newer version, and waits until a text of it can be read.
    pub fn take_update(&self, text: &str) {
        self.must_be_offered_update();
        self.click(OFFER);
        self.until(&format!("document.body?.innerText.includes({})", json!(text)));
    }

    /// How much the site may keep.
    pub fn limit_quota(&self, bytes: u64) {
        let origin = self.words("location.origin");
        self.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": bytes }));
    }

    /// Sets the clock of every page from now on, by so many days.
    pub fn turn_clock(&self, days: i64) {
        let script = format!(
            "const Now = Date, turn = {days} * 86_400_000;
             globalThis.Date = class extends Now {{
               constructor(...parts) {{ if (parts.length) super(...parts); else super(Now.now() + turn); }}
               static now() {{ return Now.now() + turn; }}
             }};"
        );
        self.before_each_page(&script);
    }
}
