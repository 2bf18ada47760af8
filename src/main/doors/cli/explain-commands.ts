import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { appRoot } from '../../lib/app-root.ts';
import { markdownInTerminal } from '../../lib/cli/markdown-in-terminal.ts';
import { terminalText } from '../../lib/cli/terminal-text.ts';
import { AppError } from '../../shared/errors.ts';
import { helpPage } from '../../shared/help-page.ts';
import type { CliRun } from './run-cli.ts';

/** What the documentation says of each code, as Markdown; written by the build beside its pages. */
function errorTexts(): Record<string, string> {
  const file = path.join(appRoot(), 'out', 'renderer', 'docs', 'errors.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

const firstSentence = (text: string): string => /^[\s\S]+?\.(?=\s|$)/.exec(text)?.[0] ?? text;

/** A code as it is typed: in any case, and with hyphens or spaces. */
const codeOf = (typed: readonly string[]): string =>
  typed.join('_').toUpperCase().replaceAll('-', '_');

export function explainCommands(program: Command, run: CliRun): void {
  program
    .command('explain')
    .description('what an error code means, and what to do; without one, all codes')
    .argument('[code...]', 'as an error names it, e.g. PORT_TAKEN')
    .action((typed: string[]) => {
      const texts = errorTexts();
      const print = (value: unknown, human: string) =>
        process.stdout.write(`${run.json ? JSON.stringify(value) : terminalText(human)}\n`);
      if (typed.length === 0) {
        const codes = Object.entries(texts).map(([code, text]) => ({
          code,
          summary: markdownInTerminal(firstSentence(text), Number.POSITIVE_INFINITY),
          page: helpPage(code),
        }));
        const width = Math.max(...codes.map(({ code }) => code.length)) + 2;
        print(codes, codes.map((one) => `${one.code.padEnd(width)}${one.summary}`).join('\n'));
        return;
      }
      const code = codeOf(typed);
      const text = texts[code];
      if (text === undefined) {
        throw new AppError(
          'BAD_INPUT',
          `There is no error code ${code}. "drydock explain" lists all of them.`,
          { field: 'code', fix: { label: 'List the codes', command: 'drydock explain' } },
        );
      }
      print({ code, text, page: helpPage(code) }, `${code}\n\n${markdownInTerminal(text)}`);
    });
}
