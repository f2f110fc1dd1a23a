// The page that shows how to put the check on a website: says where this site stands, shows one check at a time, and
// copies.
(() => {
  const find = (what) => [...document.querySelectorAll(what)];
  const here = new URL('../', location.href).href;
  for (const button of find('[data-action=snippet]')) button.hidden = false;
  for (const text of find('[data-snippet]')) text.value = text.value.replaceAll(text.dataset.snippet, here);

  const show = (chosen) => {
    for (const part of find('[data-for]')) part.hidden = part.dataset.for !== chosen.value;
    const place = document.createElement('div');
    place.dataset.mesocheck = chosen.value;
    place.textContent = chosen.labels[0].textContent;
    document.querySelector('[data-preview]').replaceChildren(place);
  };
  const choice = document.querySelector('[data-choice]');
  choice.addEventListener('change', (event) => show(event.target));
  choice.hidden = false;
  show(choice.querySelector(':checked'));

  addEventListener('click', async ({ target }) => {
    const part = target.closest('[data-action=snippet]')?.parentElement;
    if (!part) return;
    const [text, said] = [part.querySelector('textarea'), part.querySelector('[role=status]')];
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = said.dataset.yes;
    } catch {
      said.textContent = said.dataset.no;
    }
  });
})();
