import type { ILink, Terminal } from '@xterm/xterm';
import { addressesAndHashesIn } from '#main/shared/hex.ts';
import { copyText } from '../copy-text.ts';

/** Addresses and hashes in the log copy themselves when clicked. */
export function registerHexLinks(terminal: Terminal): void {
  terminal.registerLinkProvider({
    provideLinks(row, callback) {
      const text = terminal.buffer.active.getLine(row - 1)?.translateToString(true) ?? '';
      const links: ILink[] = [];
      for (const match of text.matchAll(addressesAndHashesIn)) {
        links.push({
          text: match[0],
          range: {
            start: { x: match.index + 1, y: row },
            end: { x: match.index + match[0].length, y: row },
          },
          activate: (_event, value) =>
            void copyText(value, value.length === 42 ? 'address' : 'hash'),
        });
      }
      callback(links.length > 0 ? links : undefined);
    },
  });
}
