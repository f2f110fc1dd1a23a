// Has the browser keep the site for use without a connection, and offers a newer version of it. In a frame nothing is
// kept: the page around it belongs to somebody else.
(async () => {
  const address = new URL('../sw.js', document.currentScript.src).href;
  if (document.readyState === 'loading') await new Promise((read) => addEventListener('DOMContentLoaded', read));
  const offer = document.querySelector('[data-update]');
  if (top !== self || !offer || !navigator.serviceWorker) return;
  const { serviceWorker: workers } = navigator;
  const page = document.querySelector('[data-check]');
  let pressed, withdrawn, changed;

  // A page is loaded anew only when a person asks for it, or when it is withdrawn and nothing has been answered.
  const renew = () => {
    if (changed && (pressed || withdrawn && (!page || page.dataset.state === 'start'))) location.reload();
  };
  workers.addEventListener('controllerchange', () => {
    changed = offer.hidden = true;
    renew();
  });
  workers.addEventListener('message', (event) => {
    if (event.data !== 'withdrawn') return;
    withdrawn = true;
    if (page) {
      page.dataset.withdrawn = '';
      dispatchEvent(new Event('withdrawn'));
    }
    renew();
  });

  if (document.readyState !== 'complete') await new Promise((loaded) => addEventListener('load', loaded));
  const policy = globalThis.trustedTypes?.createPolicy('mesocheck-sw', { createScriptURL: () => address });
  const registration = await workers.register(policy ? policy.createScriptURL('') : address, { updateViaCache: 'none' });
  const show = () => { offer.hidden = !(registration.waiting && workers.controller); };
  const look = () => registration.update().catch(() => {});
  const watch = () => registration.installing?.addEventListener('statechange', show);
  registration.addEventListener('updatefound', watch);
  offer.addEventListener('click', () => {
    pressed = true;
    registration.waiting?.postMessage('load');
    renew();
  });
  watch();
  show();
  if (registration.active) look();
  setInterval(look, 86_400_000);
})().catch(() => {});
