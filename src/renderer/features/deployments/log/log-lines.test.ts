import { describe, expect, it } from 'vitest';
import { formatLine, onlyColours, plain } from '../../../ui/terminal/format-line.ts';
import { LogBuffer, type LogLine } from '../../../ui/terminal/log-buffer.ts';

const esc = '\x1b';
const line = (seq: number, text = `line ${seq}`): LogLine => ({ seq, at: 0, kind: 'stdout', text });

describe('a line for the terminal', () => {
  it('keeps colours', () => {
    const text = `${esc}[32mCompiler run successful!${esc}[0m ${esc}[38;5;208mok${esc}[m`;
    expect(onlyColours(text)).toBe(text);
    expect(plain(text)).toBe('Compiler run successful! ok');
  });

  it.each([
    ['clears the screen', `a${esc}[2Jb`],
    ['moves the cursor', `a${esc}[10;5Hb`],
    ['goes back to the start of the line', 'a\rb'],
    ['sets the title', `a${esc}]0;owned\x07b`],
    ['makes a link', `a${esc}]8;;https://evil${esc}\\b`],
    ['resets the terminal', `a${esc}cb`],
    ['is an 8-bit control', 'a\x9bb'],
    ['is cut off in a sequence', `ab${esc}[`],
    ['rings the bell', 'a\x07b'],
  ])('drops what %s', (_name, text) => {
    expect(onlyColours(text)).toBe('ab');
  });

  it('ends every line with its colours put back', () => {
    expect(formatLine(line(1, `${esc}[31mred`)).endsWith(`red${esc}[0m\r\n`)).toBe(true);
  });

  it('puts the time in front, to the millisecond', () => {
    const at = new Date(2026, 0, 2, 12, 41, 7, 102).getTime();
    expect(plain(formatLine({ ...line(1, 'text'), at }))).toBe('12:41:07.102 text\n');
  });
});

describe('the buffer', () => {
  it('holds the newest lines and keeps counting', () => {
    const buffer = new LogBuffer(100);
    for (let seq = 1; seq <= 1000; seq += 1) buffer.push([line(seq)]);
    expect(buffer.end).toBe(1000);
    expect(buffer.end - buffer.first).toBeLessThanOrEqual(125);
    expect(buffer.end - buffer.first).toBeGreaterThanOrEqual(100);
    expect(buffer.slice(buffer.first, 1)[0]?.seq).toBe(buffer.first + 1);
    expect(buffer.last?.seq).toBe(1000);
  });

  it('finds a line by its seq, the next one where the seq has none, nothing where it is gone', () => {
    const buffer = new LogBuffer(100);
    buffer.push([line(2), line(3), line(7), line(9)]);
    expect([2, 3, 5, 7, 9].map((seq) => buffer.indexOf(seq))).toEqual([0, 1, 2, 2, 3]);
    expect(buffer.indexOf(1)).toBe(-1);
    expect(new LogBuffer().indexOf(1)).toBe(-1);
  });
});
