(() => {
  const page = document.querySelector('[data-state]');
  if (!page) return;
  const fail = () => { page.dataset.state = 'failed'; };
  if (typeof WebAssembly !== 'object') fail();
  if (location.hash.length > 2) page.dataset.resume = '';
  addEventListener('click', (event) => {
    const button = event.target.closest('[data-action]');
    if (button && !globalThis.mesocheckReady) globalThis.mesocheckEarly = button.dataset.action;
  });
  addEventListener('error', (event) => { if (event.target.tagName === 'SCRIPT') fail(); }, true);
})();
