// The worker of the site: it keeps every file of one version, or none, and answers from those. The compiler writes
// VERSION and SITE before this.
const OURS = `mesocheck ${registration.scope} `;
const CACHE = OURS + VERSION;
const FILES = new Map(SITE.files.map(([path, integrity]) => [new URL(path, registration.scope).href, integrity]));
const OFFLINE = new URL(SITE.offline, registration.scope).href;

// Pages and files may belong to another site at the same origin: without a name in the list they are left alone.
addEventListener('fetch', (event) => {
  const { request } = event;
  const address = plain(request.url), visit = request.mode === 'navigate';
  if (request.method === 'GET' && (visit || FILES.has(address))) event.respondWith(answer(request, address, visit));
});

addEventListener('install', (event) => event.waitUntil(install()));
addEventListener('activate', (event) => event.waitUntil(activate()));
addEventListener('message', (event) => { if (event.data === 'load') skipWaiting(); });

// The address of a page, however it was written.
function plain(url) {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/index\.html$/, '/');
}

// What is kept; then the network; then words.
async function answer(request, address, visit) {
  const found = await kept(address);
  if (found) return found;
  if (visit && FILES.has(address + '/')) return Response.redirect(address + '/');
  try {
    return await fetch(request);
  } catch (error) {
    if (!visit) throw error;
    // What may hold answers in its fragment must not stay in the address; a redirect hands a fragment on, unless it has one.
    const leads = address.endsWith('/handover/') || await kept(OFFLINE);
    if (address !== OFFLINE && leads) return Response.redirect(OFFLINE + '#main');
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'" };
    return new Response(SITE.page, { status: 503, headers });
  }
}

// Only from the cache of this version. A cache that cannot be read holds nothing.
function kept(address) {
  return caches.match(address, { cacheName: CACHE, ignoreVary: true }).catch(() => undefined);
}

// All or nothing: one file that is missing or not what the list says, and this version is not installed at all. A
// withdrawn version has an empty list, waits for nobody, and tells every open page at once.
async function install() {
  if (SITE.withdrawn) {
    skipWaiting();
    await tell();
  }
  const before = await caches.has(CACHE);
  const wanted = [...FILES].map(([address, integrity]) =>
    new Request(address, { cache: 'reload', integrity, redirect: 'error' }));
  try {
    await (await caches.open(CACHE)).addAll(wanted);
  } catch (error) {
    if (!before) await caches.delete(CACHE);
    throw error;
  }
}

// The older versions go; caches of anybody else stay.
async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)));
  if (SITE.withdrawn) await tell();
}

async function tell() {
  for (const page of await clients.matchAll({ type: 'window', includeUncontrolled: true })) page.postMessage('withdrawn');
}
