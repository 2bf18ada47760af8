import { readFileSync } from 'node:fs';
import { inProject } from '../project.mjs';

/**
 * The window's colours, as one declaration for both themes: `light-dark()` takes the one of the
 * theme in which the page is shown.
 */
export function colours() {
  const text = readFileSync(inProject('src', 'renderer', 'ui', 'tokens.css'), 'utf8');
  const [dark = '', light = ''] = text.split(':root[data-theme="light"]');
  const read = (/** @type {string} */ part) =>
    new Map(
      [...part.matchAll(/(--color-[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]),
    );
  const inLight = read(light);
  const lines = [...read(dark)].map(
    ([name, value]) => `  ${name}: light-dark(${inLight.get(name) ?? value}, ${value});`,
  );
  return `:root {\n${lines.join('\n')}\n}\n`;
}
