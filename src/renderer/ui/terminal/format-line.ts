import { addressesIn } from '#main/shared/hex.ts';
import type { LogLine } from './log-buffer.ts';

const dim = '\x1b[90m';
const reset = '\x1b[0m';

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
let cachedSecond = -1;
let cachedClock = '';

/** `12:41:07.102` in local time. */
export function clock(at: number): string {
  const second = Math.floor(at / 1000);
  if (second !== cachedSecond) {
    const date = new Date(at);
    cachedSecond = second;
    cachedClock = `${twoDigits[date.getHours()]}:${twoDigits[date.getMinutes()]}:${twoDigits[date.getSeconds()]}`;
  }
  return `${cachedClock}.${String(at - second * 1000).padStart(3, '0')}`;
}

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: control characters are the subject
const control = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
const sequence =
  /\x1b\[[0-9;:]*m|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[PX^_][^\x1b]*(?:\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g;
const colour = /^\x1b\[[0-9;:]*m$/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above

/** Keeps colours; drops every sequence that could move, clear or rename anything. */
export function onlyColours(text: string): string {
  if (!control.test(text)) return text;
  return text.replace(sequence, (found) => (colour.test(found) ? found : ''));
}

/** The same without colours. */
export function plain(text: string): string {
  return onlyColours(text).replace(sequence, '');
}

const quoted = /'[^']*'|"[^"]*"/g;

function dressed(line: LogLine): string {
  const text = onlyColours(line.text);
  switch (line.kind) {
    case 'command':
      return `\x1b[1;35m$${reset} ${text.replace(quoted, '\x1b[32m$&\x1b[39m')}`;
    case 'own':
      return `\x1b[35m▸${reset} ${dim}${text}`;
    case 'warning':
      return `\x1b[33m▸ ${text}`;
    case 'good':
      return `\x1b[32m▸ ${text}`;
    case 'bad':
      return `\x1b[31m▸ ${text}`;
    default:
      return text.includes('\x1b') || !text.includes('0x')
        ? text
        : text.replace(addressesIn, '\x1b[34m$&\x1b[39m');
  }
}

/** A line as printed in the terminal, with its time in front, if any, and its end. */
export function formatLine(line: LogLine): string {
  const time = line.at === null ? '' : `${dim}${clock(line.at)}${reset} `;
  return `${time}${dressed(line)}${reset}\r\n`;
}
