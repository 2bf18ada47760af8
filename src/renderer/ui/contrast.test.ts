import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** Solid colours of a block of the tokens, by name. */
const colorsOf = (block: string): Record<string, string> =>
  Object.fromEntries(
    [...block.matchAll(/--color-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );

const dark = colorsOf(/@theme \{[\s\S]*?\n\}/.exec(css)?.[0] ?? '');
const light = {
  ...dark,
  ...colorsOf(/:root\[data-theme="light"\] \{[\s\S]*?\n\}/.exec(css)?.[0] ?? ''),
};
const more = {
  dark: {
    ...dark,
    ...colorsOf(/:root\[data-contrast="more"\] \{[\s\S]*?\n\}/.exec(css)?.[0] ?? ''),
  },
  light: {
    ...light,
    ...colorsOf(/"light"\]\[data-contrast="more"\] \{[\s\S]*?\n\}/.exec(css)?.[0] ?? ''),
  },
};

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['ground', 'panel', 'raised', 'hover', 'sunken'];

for (const [theme, colors] of Object.entries({ dark, light })) {
  test(`edges of controls stand out from every surface of the ${theme} theme`, () => {
    for (const surface of surfaces) {
      const ratio = contrast(colors.edge ?? '', colors[surface] ?? '');
      expect([surface, ratio]).toEqual([surface, expect.toSatisfy((found) => found >= 3)]);
    }
  });
}

const texts = ['ink', 'ink-soft', 'ink-dim', 'accent', 'ok', 'warn', 'bad', 'own'];

for (const [theme, colors] of Object.entries(more)) {
  test(`with more contrast, texts and lines stand out from every surface of the ${theme} theme`, () => {
    for (const surface of surfaces) {
      for (const [names, least] of [
        [texts, 7],
        [['line', 'line-strong', 'edge'], 3],
      ] as const) {
        for (const name of names) {
          const ratio = contrast(colors[name] ?? '', colors[surface] ?? '');
          expect([name, surface, ratio]).toEqual([
            name,
            surface,
            expect.toSatisfy((found) => found >= least),
          ]);
        }
      }
    }
    expect(contrast(colors['on-accent'] ?? '', colors.accent ?? '')).toBeGreaterThanOrEqual(7);
    expect(contrast(colors['on-bad'] ?? '', colors.bad ?? '')).toBeGreaterThanOrEqual(7);
  });
}
