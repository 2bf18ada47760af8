import type { IDisposable, ILink, Terminal } from '@xterm/xterm';
import { copyText } from '../copy-text.ts';
import { firstRowOf, type Match, matchesInLine, nextLineAfter } from './line-matches.ts';
import { linksIn, linkTarget } from './link-pattern.ts';

/** Where links of a terminal lead. */
export interface LinkTargets {
  /** The page of an address or a hash. null: it has none, and is copied. */
  openHex: ((value: string) => void) | null;
  /** null: lines of files are no links. */
  openFile: ((file: string, line: number, column: number | undefined) => void) | null;
}

export const copiesHex: LinkTargets = { openHex: null, openFile: null };

function open(text: string, { openHex, openFile }: LinkTargets): void {
  const target = linkTarget(text);
  if (target.kind === 'url') window.open(target.url, '_blank', 'noopener,noreferrer');
  else if (target.kind === 'file') openFile?.(target.file, target.line, target.column);
  else if (openHex) openHex(target.value);
  else void copyText(target.value, target.value.length === 42 ? 'address' : 'hash');
}

/** The last cell belongs to the range. Both count from 1. */
function rangeOf({ row, column, length }: Match, columns: number): ILink['range'] {
  const last = column + length - 1;
  return {
    start: { x: column + 1, y: row + 1 },
    end: { x: (last % columns) + 1, y: row + 1 + Math.floor(last / columns) },
  };
}

/** Makes links of what can be opened, in lines of any length. `targets` is asked when one is used. */
export function registerLinks(terminal: Terminal, targets: () => LinkTargets): IDisposable {
  return terminal.registerLinkProvider({
    provideLinks(row, callback) {
      const buffer = terminal.buffer.active;
      const first = firstRowOf(buffer, row - 1);
      const next = nextLineAfter(buffer, first);
      const found = matchesInLine(buffer, terminal.cols, first, next, linksIn);
      const links = found
        .filter(({ text }) => targets().openFile !== null || linkTarget(text).kind !== 'file')
        .map((match) => ({
          text: match.text,
          range: rangeOf(match, terminal.cols),
          activate: (_event: MouseEvent, text: string) => open(text, targets()),
        }));
      callback(links.length > 0 ? links : undefined);
    },
  });
}
