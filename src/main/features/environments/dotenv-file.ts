import { parseEnv } from 'node:util';
import { isNameOfVariable } from './variable-names.ts';

/** A variable as a file says it. */
export interface FileVariable {
  name: string;
  value: string;
  /** The comment above it, or beside it. */
  note: string;
  /** From 1. */
  line: number;
}

export interface DotenvFile {
  /** Each name once: the last one counts, as for programs that read such a file. */
  variables: FileVariable[];
  problems: { line: number; problem: string }[];
}

/** More say nothing new. */
const MOST_PROBLEMS = 100;

/**
 * Reads a `.env` as Node does, whose grammar is that of dotenv
 * (https://nodejs.org/api/environment_variables.html#env-files). No message holds any of its text.
 */
export function readDotenvFile(text: string): DotenvFile {
  const found = new Map<string, FileVariable>();
  const problems: DotenvFile['problems'] = [];
  const whole = parseEnv(text);
  for (const { line, source, note } of statementsOf(text.replace(/\r\n?/g, '\n'))) {
    const [name = ''] = Object.keys(parseEnv(source));
    const value = whole[name];
    if (!isNameOfVariable(name) || value === undefined) {
      problems.push({ line, problem: 'It is no NAME=value, and left out.' });
      continue;
    }
    const before = found.get(name);
    if (before)
      problems.push({
        line,
        problem: `${name} stands in line ${before.line}, too: this one counts.`,
      });
    if (/\$(\{|[A-Za-z_])/.test(value) && !/=\s*'/.test(source)) {
      problems.push({ line, problem: `${name} has a $ in it, which is kept as it is written.` });
    }
    found.delete(name);
    found.set(name, { name, value, note, line });
  }
  for (const [name, value] of Object.entries(whole)) {
    if (found.has(name) || value === undefined || !isNameOfVariable(name)) continue;
    found.set(name, { name, value, note: '', line: 1 });
  }
  return { variables: [...found.values()], problems: problems.slice(0, MOST_PROBLEMS) };
}

interface Statement {
  line: number;
  source: string;
  note: string;
}

/** What stands between two ends of lines outside of quotes, without comments and empty lines. */
function* statementsOf(text: string): Generator<Statement> {
  let comments: string[] = [];
  for (let at = 0, line = 1; at < text.length; ) {
    const end = endOfLine(text, at);
    const first = text.slice(at, end).trim();
    if (first === '') comments = [];
    else if (first.startsWith('#')) comments.push(first.replace(/^#+\s?/, ''));
    else {
      const last = endOfStatement(text, at, end);
      const source = text.slice(at, last);
      const beside = commentBeside(source);
      const note = (comments.length > 0 ? comments.join('\n') : beside).slice(0, LONGEST_NOTE);
      yield { line, source, note };
      comments = [];
      line += source.split('\n').length;
      at = last + 1;
      continue;
    }
    line += 1;
    at = end + 1;
  }
}

const LONGEST_NOTE = 2000;

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A quoted value goes on to its quote, over lines; one that isn't closed ends with its line. */
function endOfStatement(text: string, start: number, end: number): number {
  const quote = /^[^=]*=[^\S\n]*(["'`])/.exec(text.slice(start, end));
  if (!quote) return end;
  const close = text.indexOf(quote[1] ?? '', start + quote[0].length);
  return close < 0 ? end : endOfLine(text, close);
}

function commentBeside(source: string): string {
  const rest = /^[^=]*=\s*(?:(["'`])[\s\S]*?\1|[^#\n]*)(?:[^\S\n]*#(.*))?$/.exec(source);
  return rest?.[2]?.trim() ?? '';
}

/** A line of a file that reads back as the value; null: none can. */
export function dotenvLine(name: string, value: string): string | null {
  const forms = [value, `'${value}'`, `\`${value}\``, `"${value.replaceAll('\n', '\\n')}"`];
  const fits = (form: string): boolean => {
    const read = parseEnv(`${name}=${form}\n`);
    return Object.keys(read).length === 1 && read[name] === value;
  };
  const isPlain = /^[\w./:@%+,=-]*$/.test(value);
  const form = forms.slice(isPlain ? 0 : 1).find(fits);
  return form === undefined ? null : `${name}=${form}`;
}
