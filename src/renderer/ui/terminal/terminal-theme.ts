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
