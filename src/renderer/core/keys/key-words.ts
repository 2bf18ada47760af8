import type { KeyCommand } from './key-command.ts';

const isMac = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

const words: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Control: isMac ? '⌃' : 'Ctrl',
  Escape: 'Esc',
  Backquote: '`',
};

const pressWords = (press: string): string => {
  const parts = press.split(/(?<=\w)\+/);
  const shown = parts.map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part));
  return shown.join(isMac && parts.length > 1 ? '' : ' ');
};

/** A command's key as it is written on this platform: `D`, `G H`, `⌘K` or `Ctrl K`. */
export const keyWords = ({ keys }: KeyCommand): string =>
  (keys[0] ?? '').split(' ').map(pressWords).join(' ');

/** The same as `aria-keyshortcuts` has it. */
export const ariaKeys = ({ keys }: KeyCommand): string =>
  keys
    .filter((one) => !one.includes(' '))
    .map((one) => one.replace('$mod', isMac ? 'Meta' : 'Control'))
    .join(' ');
