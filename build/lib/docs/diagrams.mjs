// Draws Mermaid diagrams when the pages are built, so that no page has to bring what draws them.
import { renderMermaidSVG } from 'beautiful-mermaid';

/**
 * A diagram as a picture inside of the page. Its colours and type come from the style of the page:
 * its own style would ask for fonts elsewhere, and would know one theme only.
 * @param {string} text as Mermaid reads it
 * @param {number} at which one of the page it is
 */
export function diagram(text, at) {
  const drawn = renderMermaidSVG(text, { transparent: true });
  const [, title = 'Diagram'] = /^\s*%%\s*(.+)$/m.exec(text) ?? [];
  return drawn
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/ style="[^"]*"/g, '')
    .replaceAll(/ data-[a-z-]+="[^"]*"/g, '')
    .replaceAll(/\b(id="|url\(#)/g, `$1d${at}-`)
    .replace('<svg ', `<svg role="img" aria-label="${title.replaceAll('"', '')}" `);
}
