// Says that a program has translated the page. Such programs put the new words into elements of their own, or into the
// texts that are there, and mark the page as being in another language; nothing of the site does any of that.
(() => {
  const root = document.documentElement, { lang } = root;
  // The page is read by then, and the app has not begun: what changes from here on is not the reading of it.
  document.addEventListener('readystatechange', () => {
    const notice = document.querySelector('[data-translated]'), still = document.querySelector('.bottom');
    if (!notice) return;
    const words = still?.textContent;
    const show = (seen) => {
      const put = seen.some(({ type, addedNodes }) =>
        type === 'characterData' || [...addedNodes].some(({ nodeName }) => nodeName === 'FONT'));
      if (!put && root.lang === lang && !/translated-/.test(root.className) && still?.textContent === words) return;
      notice.hidden = false;
      observer.disconnect();
    };
    const observer = new MutationObserver(show);
    observer.observe(root, { attributeFilter: ['class', 'lang'] });
    observer.observe(document.querySelector('main'), { characterData: true, childList: true, subtree: true });
  }, { once: true });
})();
