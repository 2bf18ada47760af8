// The documentation as pages that need no network and hold no script of their own.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import MarkdownIt from 'markdown-it';
import MiniSearch from 'minisearch';
import { inProject, SetupError } from '../project.mjs';
import { anchorOf } from './reference.mjs';

/** @typedef {{ name: string; text: string }} Source `name`: of the page, without an ending */
/** @typedef {{ id: string; title: string; page: string; text: string }} Found */

/** Options of the index, which the page of the search needs as well. */
const searchOptions = { fields: ['title', 'text'], storeFields: ['title', 'page'] };

/** @param {Source} source */
function rendered({ name, text }) {
  const markdown = new MarkdownIt({ html: false });
  const tokens = markdown.parse(text, {});
  const anchors = new Set();
  /** @type {string[]} */
  const links = [];
  /** @type {Found[]} */
  const sections = [];
  let title = name;
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const heading = (tokens[at + 1]?.children ?? [])
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join('');
      const anchor = anchorOf(heading);
      token.attrSet('id', anchor);
      anchors.add(anchor);
      if (token.tag === 'h1') title = heading;
      sections.push({ id: `${name}.html#${anchor}`, title: heading, page: title, text: '' });
    }
    if (token.type === 'inline' || token.type === 'fence') {
      const section = sections.at(-1);
      if (section) section.text += ` ${token.content}`;
    }
    for (const child of token.children ?? []) {
      const href = child.type === 'link_open' ? child.attrGet('href') : null;
      if (typeof href !== 'string' || /^[a-z]+:/.test(href)) continue;
      links.push(href);
      child.attrSet('href', href.replace(/\.md(?=#|$)/, '.html'));
    }
  }
  const html = markdown.renderer.render(tokens, markdown.options, {});
  return { name, title, html, anchors, links, sections };
}

/** @typedef {ReturnType<typeof rendered>} Page */

/** @param {Page[]} pages @returns {string[]} */
function deadLinks(pages) {
  const known = new Map(pages.map(({ name, anchors }) => [name, anchors]));
  return pages.flatMap(({ name, links }) =>
    links
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const anchors = known.get(file === '' ? name : file.replace(/\.md$/, ''));
        return !anchors || (anchor !== undefined && !anchors.has(anchor));
      })
      .map((link) => `${name}.md leads to ${link}`),
  );
}

const escaped = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** @param {Page} page @param {Page[]} pages */
const whole = ({ name, title, html }, pages) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Drydock</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs.css">
<script type="module" src="search.js"></script>
</head>
<body>
<nav aria-label="Documentation">
<a class="home" href="../">Back to Drydock</a>
<input type="search" id="search" placeholder="Search" aria-label="Search the documentation">
<ul id="found" hidden></ul>
<ul>
${pages.map((one) => `<li><a href="${one.name}.html"${one.name === name ? ' aria-current="page"' : ''}>${escaped(one.title)}</a></li>`).join('\n')}
</ul>
</nav>
<main>
${html}</main>
</body>
</html>
`;

/**
 * Writes the pages into a folder. Throws when a link leads nowhere.
 * @param {Source[]} sources in the order in which they are listed
 * @param {string} folder
 */
export function writeSite(sources, folder) {
  const pages = sources.map(rendered);
  const dead = deadLinks(pages);
  if (dead.length > 0) throw new SetupError(`Links of the docs lead nowhere:\n${dead.join('\n')}`);
  mkdirSync(folder, { recursive: true });
  for (const page of pages) writeFileSync(join(folder, `${page.name}.html`), whole(page, pages));
  const index = new MiniSearch(searchOptions);
  index.addAll(pages.flatMap(({ sections }) => uniqueById(sections)));
  writeFileSync(
    join(folder, 'search-index.json'),
    JSON.stringify({ options: searchOptions, index: JSON.stringify(index) }),
  );
  const own = (/** @type {string} */ name) => inProject('build', 'lib', 'docs', 'page', name);
  cpSync(own('docs.css'), join(folder, 'docs.css'));
  const search = readFileSync(own('search.js'), 'utf8');
  writeFileSync(join(folder, 'search.js'), search.replace("'minisearch'", "'./minisearch.js'"));
  const library = dirname(inProject('node_modules', 'minisearch', 'dist', 'es', 'index.js'));
  writeFileSync(
    join(folder, 'minisearch.js'),
    readFileSync(join(library, 'index.js'), 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, ''),
  );
}

/** @param {Found[]} sections */
const uniqueById = (sections) => [...new Map(sections.map((one) => [one.id, one])).values()];
