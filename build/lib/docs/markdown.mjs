import MarkdownIt from 'markdown-it';
import { diagram } from './diagrams.mjs';
import { highlighted } from './highlight.mjs';
import { anchorOf } from './reference.mjs';

/** @typedef {{ name: string; text: string }} Source `name`: of the page, without an ending */
/** @typedef {{ id: string; title: string; page: string; text: string }} Found */
/** @typedef {{ tag: string; title: string; anchor: string }} Heading */

/**
 * What the rules need of the page that they write: a picture beside it, and the next number.
 * @typedef {{ picture(name: string): string; next(): number }} Env
 */

const ownOf = (/** @type {any} */ env) => /** @type {Env} */ (env);

/**
 * The language of a block of code. What follows it says to those who try the guides what a block
 * needs, and is not shown.
 */
const languageOf = (/** @type {string} */ info) => info.trim().split(/\s+/)[0] ?? '';

function reader() {
  const markdown = new MarkdownIt({ html: false });
  const { rules } = markdown.renderer;
  rules.fence = (tokens, at, _options, /** @type {any} */ env) => {
    const { content = '', info = '' } = tokens[at] ?? {};
    const language = languageOf(info);
    if (language === 'mermaid') {
      const drawn = diagram(content, ownOf(env).next());
      return `<div class="diagram" tabindex="0">${drawn}</div>\n`;
    }
    return `<div class="code"><pre tabindex="0"><code>${highlighted(content, language)}</code></pre></div>\n`;
  };
  // A wide table scrolls by itself, and not the page.
  rules.table_open = () => '<div class="table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  // Pictures stand in the page, so that they follow its theme.
  rules.image = (tokens, at, _options, /** @type {any} */ env) => {
    const token = tokens[at];
    const label = markdown.utils.escapeHtml(token?.content ?? '');
    const svg = ownOf(env).picture(String(token?.attrGet('src') ?? ''));
    return svg.replace('<svg ', `<svg role="img" aria-label="${label}" `);
  };
  return markdown;
}

const markdown = reader();

/**
 * A page of the documentation: its HTML, and what others need to know of it.
 * @param {Source} source
 * @param {(name: string) => string} picture returns the SVG of a file beside the pages
 */
export function rendered({ name, text }, picture) {
  const tokens = markdown.parse(text, {});
  /** @type {Set<string>} */
  const anchors = new Set();
  /** @type {string[]} */
  const links = [];
  /** @type {Found[]} */
  const sections = [];
  /** @type {Heading[]} */
  const headings = [];
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
      headings.push({ tag: token.tag, title: heading, anchor });
      if (token.tag === 'h1') title = heading;
      sections.push({ id: `${name}.html#${anchor}`, title: heading, page: title, text: '' });
    }
    const isDiagram = token.type === 'fence' && languageOf(token.info) === 'mermaid';
    if (token.type === 'inline' || (token.type === 'fence' && !isDiagram)) {
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
  let diagrams = 0;
  /** @type {Env} */
  const env = { picture, next: () => ++diagrams };
  const html = markdown.renderer.render(tokens, markdown.options, /** @type {any} */ (env));
  return { name, title, html, anchors, links, sections, headings };
}

/** @typedef {ReturnType<typeof rendered>} Page */

/**
 * What a page says below each of its headings that is an error code, as Markdown.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function errorTexts(text) {
  /** @type {Record<string, string>} */
  const texts = {};
  for (const part of text.split(/^(?=#{1,3} )/m)) {
    const [, code, said = ''] = /^###? ([A-Z][A-Z_]+)\n([\s\S]*)$/.exec(part) ?? [];
    if (code) texts[code] = said.trim();
  }
  return texts;
}
