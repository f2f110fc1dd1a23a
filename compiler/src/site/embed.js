// Puts the check where a page has a place for it: <div data-mesocheck="en/embed/">…</div>. What stands in there is shown
// where this script does not run, and names the frame. docs/embedding.md tells all of it.
(() => {
  const script = document.currentScript;
  // Joined with others or moved, it does not know where the check is.
  if (!script || !/\/embed\.js$/.test(script.src.split(/[?#]/)[0])) return console.warn('mesocheck: embed.js was moved, so the link stays');
  const site = new URL('.', script.src);
  // At the address of the check itself every script of this page could read the answers; only our own preview may.
  const here = location.origin + location.pathname.replace(/index\.html$/, '');
  if (site.origin === location.origin && here !== site.href + 'embed/') {
    return console.warn('mesocheck: the check needs a host name of its own, so the link stays');
  }
  const frames = new Set();
  const STEP = 240, LEAST = 480, MOST = 4800;

  // The page's own rules for frames must not reach this one.
  const size = (frame, height) => {
    const rules = { all: 'initial', display: 'block', width: '100%', height: `${height}px` };
    for (const [name, value] of Object.entries(rules)) frame.style.setProperty(name, value, 'important');
  };

  const fill = () => {
    for (const place of document.querySelectorAll('[data-mesocheck]')) {
      const path = place.dataset.mesocheck;
      // Only a folder of the site this script comes from.
      if (place.querySelector('iframe') || !/^([\w-]+\/)+$/.test(path)) continue;
      const frame = document.createElement('iframe');
      frame.title = place.textContent.trim() || 'Mesocheck';
      frame.loading = 'lazy';
      // A browser that cannot share would complain.
      frame.allow = navigator.share ? 'clipboard-write; web-share' : 'clipboard-write';
      frame.referrerPolicy = 'no-referrer';
      frame.src = new URL(path, site).href;
      size(frame, 1440);
      frames.add(frame);
      place.replaceChildren(frame);
    }
  };

  addEventListener('message', ({ source, origin, data }) => {
    const frame = [...frames].find((one) => one.contentWindow === source);
    if (!source || !frame || origin !== site.origin || data?.mesocheck !== 1) return;
    if (Number.isFinite(data.height)) {
      size(frame, Math.min(Math.max(Math.ceil(data.height / STEP) * STEP, LEAST), MOST));
    }
    const { top } = frame.getBoundingClientRect();
    if (data.top === true && (top < 0 || top > innerHeight)) frame.scrollIntoView();
  });

  // Pages are put together bit by bit, and some take parts away and bring them back.
  new MutationObserver(fill).observe(document.documentElement, { childList: true, subtree: true });
  fill();
})();
