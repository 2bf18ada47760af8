// Searches the documentation in the page itself: the index is a file beside it.
import MiniSearch from 'minisearch';

const box = /** @type {HTMLInputElement} */ (document.getElementById('search'));
const list = /** @type {HTMLUListElement} */ (document.getElementById('found'));
/** @type {Promise<MiniSearch> | undefined} */
let loading;

function load() {
  loading ??= fetch('search-index.json')
    .then((response) => response.json())
    .then(({ options, index }) => MiniSearch.loadJSON(index, options));
  return loading;
}

box.addEventListener('input', async () => {
  const index = await load();
  const found = index.search(box.value, { prefix: true, fuzzy: 0.2, boost: { title: 3 } });
  list.hidden = box.value === '';
  list.replaceChildren(
    ...found.slice(0, 12).map(({ id, title, page }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = id;
      link.textContent = title === page ? title : `${page}: ${title}`;
      item.append(link);
      return item;
    }),
  );
});
