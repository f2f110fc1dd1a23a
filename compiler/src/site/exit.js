// The button that leaves at once: deletes what is kept, blanks the page, and opens the neutral page in its place.
// Shift, pressed three times, does the same.
(() => {
  const root = document.documentElement;
  const find = (what) => document.querySelector(what);
  let pressed = 0, modified = false, timer;
  const show = (number, word) => {
    const bar = find('[data-exit]');
    pressed = bar.dataset.pressed = number;
    bar.querySelector('[role=status]').textContent = bar.dataset[word] ?? '';
    clearTimeout(timer);
    if (word) timer = setTimeout(() => show(0, number ? 'over' : ''), 5000);
  };
  const forget = (keys) => {
    // As the app does: of this site, and of the time before keys named a site. A check in one file stands for itself.
    const up = root.dataset.root;
    const own = keys + (up === undefined ? location : new URL('./' + up, location)).pathname + ':';
    const isOurs = (key) => key.startsWith(own) || key.startsWith(keys) && key[keys.length] !== '/';
    for (const kind of ['localStorage', 'sessionStorage']) {
      try {
        const kept = globalThis[kind];
        for (const key of Object.keys(kept)) if (isOurs(key)) kept.removeItem(key);
        // Tells the other open pages of this site.
        kept.setItem(own, '');
        kept.removeItem(own);
      } catch { }
    }
  };
  const leave = () => {
    const words = find('[data-exit]').dataset, to = find('a[data-action=exit]').href;
    forget(words.exit);
    root.dataset.left = '';
    const note = document.createElement('p');
    note.setAttribute('role', 'alert');
    document.body.append(note);
    note.textContent = document.title = words.leaving;
    try { top.location.replace(to); } catch { location.replace(to); }
    // A frame that may not lead the page around it away, and was not told so.
    if (top !== self) setTimeout(() => location.replace(to), 1000);
  };
  addEventListener('click', (event) => {
    if (!event.target.closest('a[data-action=exit]')) return;
    event.preventDefault();
    leave();
  }, true);
  addEventListener('keyup', (event) => {
    // Shift that was held for another key comes up after it.
    if (event.key === 'Shift' && !modified) {
      if (pressed === 2) leave();
      else show(pressed + 1, pressed ? 'one' : 'two');
    } else if (pressed) show(0, 'over');
    modified = event.shiftKey;
  }, true);
  // A page comes back from what is kept, never from memory, and is blank until then.
  addEventListener('pagehide', () => { root.dataset.left = ''; });
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
})();
