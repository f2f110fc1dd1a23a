// In a frame on another website: asks for a height, and for the top of each new screen to be shown. The height follows
// from the width alone and every screen is alike, so the page around the frame learns nothing of what a screen says.
(() => {
  if (parent === self) return;
  const page = document.querySelector('[data-check]');
  // It does not start here: boot.js.
  if (!page) return;
  const tell = (what) => parent.postMessage({ mesocheck: 1, ...what }, '*');
  let height, place;

  const measure = () => {
    const wanted = innerWidth < 600 ? 1920 : 1440;
    // A frame that is not shown has no width.
    if (innerWidth && wanted !== height) tell({ height: height = wanted });
  };
  for (const event of ['load', 'resize']) addEventListener(event, measure);
  measure();

  new MutationObserver(() => {
    const now = page.dataset.state + page.dataset.place;
    if (place && now !== place) tell({ top: true });
    place = page.dataset.place && now;
  }).observe(page, { attributeFilter: ['data-state', 'data-place'] });

  // Other pages open in a tab of their own, so that nothing answered is lost.
  addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link?.protocol.startsWith('http') || link.target) return;
    link.target = '_blank';
    link.relList.add('noopener');
  }, true);

  // Such a frame may not open tabs, so the address can be read.
  if (origin === 'null') for (const link of document.querySelectorAll('[data-own-tab]')) link.after(' ', link.href);
})();
