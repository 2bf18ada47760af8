import { ADDRESS, HASH } from '#main/shared/hex.ts';

const url = String.raw`https?:\/\/[^\s"'<>\`|\\^{}]*[^\s"'<>\`|\\^{}.,;:!?)\]]`;
const kinds = [
  ...['sol', 'vy', 'yul', 'json', 'toml', 'yaml', 'yml', 'ts', 'tsx', 'mts', 'cts', 'js', 'jsx'],
  ...['mjs', 'cjs', 'html', 'css', 'vue', 'svelte', 'md', 'sh', 'rs', 'go', 'py', 'rb', 'php'],
].join('|');
const place = String.raw`(?<![\w./@+~-])\.{0,2}\/?(?:[\w@+-][\w@.+-]*\/)*[\w@+-][\w@.+-]*\.(?:${kinds}):\d+(?::\d+)?`;
const hex = `(?:${HASH}|${ADDRESS})(?![0-9a-fA-F])`;

/** Finds what can be opened in a line: addresses of pages, lines of files, hashes and addresses. */
export const linksIn = new RegExp(`${url}|${place}|${hex}`, 'g');

export type LinkTarget =
  | { kind: 'url'; url: string }
  | { kind: 'hex'; value: string }
  | { kind: 'file'; file: string; line: number; column: number | undefined };

/** What a text that `linksIn` has found leads to. */
export function linkTarget(text: string): LinkTarget {
  if (text.startsWith('0x') && /^0x[0-9a-fA-F]+$/.test(text)) return { kind: 'hex', value: text };
  if (/^https?:\/\//.test(text)) return { kind: 'url', url: text };
  const [, file = text, line, column] = /^(.*?):(\d+)(?::(\d+))?$/.exec(text) ?? [];
  return {
    kind: 'file',
    file,
    line: Number(line ?? 1),
    column: column === undefined ? undefined : Number(column),
  };
}
