// Says that a program has translated the page. Such programs put the new words into elements of their own, or into the
// texts that are there, and mark the page as being in another language; nothing of the site does any of that.
addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement, notice = document.querySelector('[data-translated]');
  if (!notice) return;
  const { lang } = root, still = document.querySelector('.bottom'), words = still?.textContent;
  const show = (seen) => {
    const put = seen.some(({ type, addedNodes }) =>
      type === 'characterData' || [...addedNodes].some(({ nodeName }) => nodeName === 'FONT'));
    if (!put && root.lang === lang && !/translated-/.test(root.className) && still?.textContent === words) return;
    notice.hidden = false;
    observer.disconnect();
  };
  const observer = new MutationObserver(show);
  observer.observe(root, { attributeFilter: ['class', 'lang'] });
  // The reading of the rest of the page is no change of what stands here.
  observer.observe(document.querySelector('main'), { characterData: true, childList: true, subtree: true });
});
