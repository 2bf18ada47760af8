import type { ITheme } from '@xterm/xterm';

/** The terminal's colours, from the current tokens. */
export function terminalTheme(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--color-${name}`).trim();
  const [ok, warn, bad] = [token('ok'), token('warn'), token('bad')];
  const [accent, own, dim] = [token('accent'), token('own'), token('ink-dim')];
  const [ink, soft] = [token('ink'), token('ink-soft')];
  return {
    background: token('sunken'),
    foreground: soft,
    cursor: token('sunken'),
    cursorAccent: token('sunken'),
    selectionBackground: `${accent}55`,
    black: token('line-strong'),
    red: bad,
    green: ok,
    yellow: warn,
    blue: accent,
    magenta: own,
    cyan: accent,
    white: soft,
    brightBlack: dim,
    brightRed: bad,
    brightGreen: ok,
    brightYellow: warn,
    brightBlue: accent,
    brightMagenta: own,
    brightCyan: accent,
    brightWhite: ink,
    scrollbarSliderBackground: `${dim}44`,
    scrollbarSliderHoverBackground: `${dim}77`,
    scrollbarSliderActiveBackground: `${dim}99`,
  };
}

/** `#fff`, which the build makes of `#ffffff`, as the terminal takes it. */
const inFull = (colour: string): string =>
  colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour;

const channels = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** @param share of the first one, from 0 to 1. Both are `#rrggbb` */
const mixed = (first: string, second: string, share: number): string => {
  const under = channels(second);
  const parts = channels(first).map((one, at) =>
    Math.round(one * share + (under[at] ?? 0) * (1 - share)),
  );
  return `#${parts.map((one) => one.toString(16).padStart(2, '0')).join('')}`;
};

/** The colours of what a search has found. */
export function matchColours(): { current: string; onCurrent: string; other: string } {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => inFull(style.getPropertyValue(`--color-${name}`).trim());
  const accent = token('accent');
  return {
    current: accent,
    onCurrent: token('on-accent'),
    other: mixed(accent, token('sunken'), 0.35),
  };
}
