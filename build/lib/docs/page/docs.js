// What a page of the documentation does by itself. The index of the search is a file beside it,
// which is loaded once somebody types.
import MiniSearch from 'minisearch';

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

const box = /** @type {HTMLInputElement} */ (byId('search'));
const list = byId('found');
/** @type {Promise<MiniSearch> | undefined} */
let loading;

function load() {
  loading ??= fetch('search-index.json')
    .then((response) => response.json())
    .then(({ options, index }) => MiniSearch.loadJSON(index, options));
  return loading;
}

/** @param {import('minisearch').SearchResult} found */
function resultOf({ id, title, page }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = id;
  link.textContent = title === page ? title : `${page}: ${title}`;
  item.append(link);
  return item;
}

function nothing() {
  const item = document.createElement('li');
  item.textContent = 'Nothing was found.';
  return item;
}

async function show() {
  const index = await load();
  const found = index.search(box.value, { prefix: true, fuzzy: 0.2, boost: { title: 3 } });
  list.hidden = box.value.trim() === '';
  const results = found.slice(0, 12).map(resultOf);
  list.replaceChildren(...(results.length > 0 ? results : [nothing()]));
}

box.addEventListener('input', show);
box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') list.querySelector('a')?.click();
  if (event.key === 'ArrowDown') list.querySelector('a')?.focus();
  if (event.key === 'Escape') list.hidden = true;
});
list.addEventListener('keydown', (event) => {
  const at = document.activeElement?.closest('li');
  const isUp = event.key === 'ArrowUp';
  if (!isUp && event.key !== 'ArrowDown') return;
  event.preventDefault();
  const next = isUp ? at?.previousElementSibling : at?.nextElementSibling;
  (next?.querySelector('a') ?? box).focus();
});
list.addEventListener('click', () => {
  list.hidden = true;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  box.focus();
});

// Back to where the window was when it was left, in the same tab.
const before = sessionStorage.getItem('drydock.before-docs');
if (before?.startsWith(`${location.origin}/`)) byId('home').setAttribute('href', before);

const menu = byId('menu');
menu.addEventListener('click', () => {
  const open = document.body.toggleAttribute('data-menu');
  menu.setAttribute('aria-expanded', String(open));
});

for (const block of document.querySelectorAll('.code')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code')?.textContent ?? '');
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
  block.append(button);
}
