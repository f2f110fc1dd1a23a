// Takes a code out of the address before anything else happens, and hands it to the app: what fails after this leaves no
// answers in the address, nor in the history.
(() => {
  const take = () => {
    const code = location.hash.slice(1);
    // The link that skips to the content.
    if (!code || code === 'main') return;
    globalThis.mesocheckCode = code;
    try { history.replaceState(null, '', location.pathname + location.search); } catch { location.replace('#main'); }
  };
  take();
  addEventListener('hashchange', take);
})();
