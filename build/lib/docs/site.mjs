// The documentation as pages that need no network and hold no script of their own.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { inProject, SetupError } from '../project.mjs';
import { rendered } from './markdown.mjs';
import { wholePage } from './page.mjs';
import { colours } from './tokens.mjs';

/** @typedef {import('./markdown.mjs').Source} Source */
/** @typedef {import('./markdown.mjs').Page} Page */

/** Options of the index, which the page of the search needs as well. */
const searchOptions = { fields: ['title', 'text'], storeFields: ['title', 'page'] };

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

const picture = (/** @type {string} */ name) =>
  readFileSync(inProject('docs', 'guide', name), 'utf8').trim();

/** The window's fonts, from beside the pages: the style names them without their hashes. */
function withFonts(/** @type {string} */ css, /** @type {string} */ folder) {
  const assets = readdirSync(join(folder, '..', 'assets'), { withFileTypes: true });
  return css.replaceAll(/url\("(inter|jetbrains-mono)\.woff2"\)/g, (_, family) => {
    const font = assets.find(({ name }) => name.startsWith(`${family}-latin-wght-normal-`));
    if (!font) throw new SetupError(`The build has no font ${family}.`);
    return `url("../assets/${font.name}")`;
  });
}

/** @param {string} folder */
function writeStyle(folder, { fonts = true } = {}) {
  const own = readFileSync(inProject('build', 'lib', 'docs', 'page', 'docs.css'), 'utf8');
  writeFileSync(join(folder, 'docs.css'), colours() + (fonts ? withFonts(own, folder) : own));
}

/** @param {string} folder */
function writeScripts(folder) {
  const own = (/** @type {string} */ name) => inProject('build', 'lib', 'docs', 'page', name);
  cpSync(own('theme.js'), join(folder, 'theme.js'));
  const script = readFileSync(own('docs.js'), 'utf8');
  writeFileSync(join(folder, 'docs.js'), script.replace("'minisearch'", "'./minisearch.js'"));
  const library = inProject('node_modules', 'minisearch', 'dist', 'es', 'index.js');
  writeFileSync(
    join(folder, 'minisearch.js'),
    readFileSync(library, 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, ''),
  );
}

/**
 * Writes the pages into a folder beside the window's assets. Throws when a link leads nowhere.
 * @param {Source[]} sources in the order in which they are listed
 * @param {string} folder
 * @param {{ fonts?: boolean }} options `fonts`: whether the window's fonts are beside it
 */
export function writeSite(sources, folder, options = {}) {
  const pages = sources.map((source) => rendered(source, picture));
  const dead = deadLinks(pages);
  if (dead.length > 0) throw new SetupError(`Links of the docs lead nowhere:\n${dead.join('\n')}`);
  mkdirSync(folder, { recursive: true });
  for (const page of pages)
    writeFileSync(join(folder, `${page.name}.html`), wholePage(page, pages));
  const index = new MiniSearch(searchOptions);
  index.addAll(pages.flatMap(({ sections }) => uniqueById(sections)));
  writeFileSync(
    join(folder, 'search-index.json'),
    JSON.stringify({ options: searchOptions, index: JSON.stringify(index) }),
  );
  // What the window's command palette finds pages by.
  const headings = pages.flatMap(({ sections }) =>
    uniqueById(sections).map(({ id, title, page }) => ({ title, page, address: id })),
  );
  writeFileSync(join(folder, 'headings.json'), JSON.stringify(headings));
  writeStyle(folder, options);
  writeScripts(folder);
}

/** @param {import('./markdown.mjs').Found[]} sections */
const uniqueById = (sections) => [...new Map(sections.map((one) => [one.id, one])).values()];
