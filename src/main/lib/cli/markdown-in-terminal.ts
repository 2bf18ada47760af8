import { colors } from './colors.ts';

/** Words in lines of a width; words that belong together are kept on one line. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

const plain = (text: string): string => text.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');

const withoutMarks = (text: string): string =>
  text.replaceAll(/`([^`]+)`/g, (_, code: string) => colors.bold(code)).replaceAll('**', '');

function listOrText(block: string, width: number): string {
  const items = block.split(/^- /m);
  if (items.length === 1) return wrapped(block, width);
  return items
    .filter((item) => item.trim() !== '')
    .map((item) => `- ${wrapped(item.trim(), width - 2).replaceAll('\n', '\n  ')}`)
    .join('\n');
}

/**
 * A passage of the guides for a terminal: text wrapped, code set off, links without their
 * addresses.
 */
export function markdownInTerminal(text: string, width = 78): string {
  return text
    .split(/(^```[\s\S]*?^```$)/m)
    .flatMap((part) => {
      const code = /^```[^\n]*\n([\s\S]*?)\n```$/.exec(part)?.[1];
      if (code !== undefined) return [code.replaceAll(/^(?=.)/gm, '  ')];
      return part
        .split(/\n{2,}/)
        .map((block) => block.trim())
        .filter((block) => block !== '')
        .map((block) => withoutMarks(listOrText(plain(block), width)));
    })
    .join('\n\n');
}
