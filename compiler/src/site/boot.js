// Runs before the page is drawn: says that scripts run, and shows what becomes of the app.
(() => {
  const root = document.documentElement, { src } = document.currentScript;
  const find = (what) => document.querySelector(what);
  let failed = typeof WebAssembly !== 'object', slow;
  root.dataset.app = '';
  if (location.hash.length > 2) root.dataset.resume = '';
  const fail = () => {
    failed = true;
    const page = find('[data-state]');
    if (page) page.dataset.state = 'failed';
  };
  // A page around this one that is of the same origin could read the answers: there no check starts, but in our own
  // preview. The page is read by then, and the app has not begun.
  document.addEventListener('readystatechange', () => {
    const check = find('[data-check]');
    for (let inner = self; check && inner !== top; inner = inner.parent) {
      try {
        const preview = new URL('./' + root.dataset.root + 'embed/', location).href;
        if (inner.parent.location.href.split(/[?#]/)[0].replace(/index\.html$/, '') === preview) continue;
      } catch {
        continue;
      }
      find('[data-near]').hidden = false;
      return check.remove();
    }
  }, { once: true });
  addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-action]');
    if (button && !globalThis.mesocheckReady) globalThis.mesocheckEarly = button.dataset.action;
  });
  addEventListener('error', (event) => { if (event.target.tagName === 'SCRIPT') fail(); }, true);
  // What stays out of print does so without the style sheet too.
  for (const kind of ['beforeprint', 'afterprint']) {
    addEventListener(kind, () => {
      for (const part of document.querySelectorAll('[data-private]')) part.hidden = kind === 'beforeprint';
    });
  }
  addEventListener('DOMContentLoaded', () => {
    const page = find('[data-state]'), late = find('.late'), after = find('.after'), from = find('[data-address]:empty');
    if (from && src) from.textContent = `, ${new URL('../', src).href}`;
    if (!page) return;
    if (failed) fail();
    root.toggleAttribute('data-keeps', 'keeps' in page.dataset);
    const follow = () => {
      const { state } = page.dataset, lost = state === 'failed';
      root.dataset.screen = state;
      late.hidden = !(lost || slow && state === 'loading');
      if (after) after.hidden = !('selfCare' in page.dataset);
      if (lost) late.scrollIntoView({ block: 'nearest' });
    };
    new MutationObserver(follow).observe(page, { attributeFilter: ['data-state', 'data-self-care'] });
    setTimeout(() => {
      slow = true;
      follow();
    }, 6000);
    follow();
  });
})();
