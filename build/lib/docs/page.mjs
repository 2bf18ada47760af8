import { contents } from './contents.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */

const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const link = (/** @type {Page} */ to, /** @type {string} */ attributes = '') =>
  `<a href="${to.name}.html"${attributes}>${escaped(to.title)}</a>`;

/** @param {Page} page @param {Page[]} pages */
function lists(page, pages) {
  const listed = new Set(contents.flatMap((group) => group.pages));
  const groups = [
    ...contents.map(({ title, pages: names }) => ({
      title,
      members: pages.filter(({ name }) => names.includes(name)),
    })),
    { title: 'Others', members: pages.filter(({ name }) => !listed.has(name)) },
  ];
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ title, members }) => {
      const items = members.map(
        (one) => `<li>${link(one, one === page ? ' aria-current="page"' : '')}</li>`,
      );
      return `<p>${title}</p>\n<ul>\n${items.join('\n')}\n</ul>`;
    })
    .join('\n');
}

/** @param {Page} page */
function onThisPage({ headings }) {
  const parts = headings.filter(({ tag }) => tag === 'h2');
  if (parts.length < 2) return '';
  const items = parts.map(
    ({ anchor, title }) => `<li><a href="#${anchor}">${escaped(title)}</a></li>`,
  );
  return `<aside aria-label="On this page">\n<p>On this page</p>\n<ul>\n${items.join('\n')}\n</ul>\n</aside>`;
}

/** @param {Page} page @param {Page[]} pages */
function neighbours(page, pages) {
  const at = pages.indexOf(page);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  const sides = [before && link(before, ' rel="prev"'), after && link(after, ' rel="next"')];
  return `<footer>${sides.filter(Boolean).join('')}</footer>`;
}

/** A whole page. @param {Page} page @param {Page[]} pages all, in their order */
export const wholePage = (page, pages) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)} · Drydock</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs.css">
<script src="theme.js"></script>
<script type="module" src="docs.js"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header>
<a id="home" href="../">Back to Drydock</a>
<search>
<input type="search" id="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" spellcheck="false">
<ul id="found" hidden></ul>
</search>
<button type="button" id="menu" aria-expanded="false" aria-controls="pages">Pages</button>
</header>
<nav id="pages" aria-label="Documentation">
${lists(page, pages)}
</nav>
<main id="content">
${page.html}${neighbours(page, pages)}
</main>
${onThisPage(page)}
</body>
</html>
`;
