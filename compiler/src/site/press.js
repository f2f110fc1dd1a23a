// One press is one act. The second click of a double click, the second tap of a shaking hand, a key that is held: what
// belongs to a press that has changed the screen must not answer what the screen shows now. A press at another place
// counts at once, and none is lost that was meant for what is there.
(() => {
  const NEAR = 40, SOON = 600;
  let x, y, shown = 0, acted = false;

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const hear = (event) => {
    const { clientX, clientY, detail, target, timeStamp, type } = event;
    // A click by a key or by a program is at no place. Whoever leaves is never held up.
    if (!detail || target.closest('[data-action=exit]')) return;
    const near = Math.hypot(clientX - x, clientY - y) < NEAR;
    // One more of the same clicks, or one before anybody can have seen the screen that it fell on.
    if (timeStamp < shown || near && (detail > 1 && acted || timeStamp < shown + SOON)) return stop(event);
    if (type !== 'click') return;
    acted = !!target.closest('[data-action], a');
    if (!acted) return;
    [x, y, shown] = [clientX, clientY, timeStamp + SOON];
    // Not before what follows from it is painted. A page that is not painted hears no clicks either.
    requestAnimationFrame(() => setTimeout(() => { shown = performance.now(); }));
  };
  for (const type of ['mousedown', 'click']) addEventListener(type, hear, true);

  addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter' && event.target.tagName !== 'TEXTAREA') stop(event);
  }, true);
})();
