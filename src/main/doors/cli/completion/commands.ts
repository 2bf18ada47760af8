import { readFileSync } from 'node:fs';
import { Argument, type Command } from 'commander';
import { resource } from '../../../lib/app-root.ts';
import { connect } from '../connect.ts';
import type { CliRun } from '../run-cli.ts';
import { namesOf } from './names.ts';
import { type Suggested, type Suggestion, suggest } from './suggest.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

type ProgramFor = (run: CliRun, args: readonly string[]) => Promise<Command>;

/**
 * What the shells' scripts read: `values` or `paths`, then one `value<tab>description` a line. Names
 * that hold what would be another line or column are left out.
 */
function lines(of: 'values' | 'paths', values: readonly Suggestion[], current: string): string {
  const control = /\p{Cc}/u;
  const fitting = values.filter(({ value }) => value.startsWith(current) && !control.test(value));
  const shown = fitting.map(
    ({ value, description }) => `${value}\t${description.replaceAll(/[\p{Cc}\s]+/gu, ' ')}`,
  );
  return `${[of, ...shown].join('\n')}\n`;
}

async function valuesOf(suggested: Suggested): Promise<Suggestion[]> {
  if (suggested.of === 'values') return suggested.values;
  if (suggested.of === 'paths') return [];
  const { wanted, prefix } = suggested;
  const names = await namesOf(wanted, connect);
  return names.map(({ value, description }) => ({ value: `${prefix}${value}`, description }));
}

export function completionCommands(program: Command, run: CliRun, programFor: ProgramFor): void {
  program
    .command('completion')
    .description('print what makes a shell complete commands of drydock')
    .addArgument(new Argument('<shell>').choices(shells))
    .addHelpText(
      'after',
      `
Put one of these where your shell starts:
  bash  eval "$(drydock completion bash)"     in ~/.bashrc
  zsh   source <(drydock completion zsh)      in ~/.zshrc, after compinit
  fish  drydock completion fish > ~/.config/fish/completions/drydock.fish`,
    )
    .action((shell: (typeof shells)[number]) => {
      process.stdout.write(readFileSync(resource('completion', `drydock.${shell}`)));
    });

  program
    .command('complete', { hidden: true })
    .description('what can follow in a command line; called by the scripts of "completion"')
    .argument('[words...]', 'all words after "drydock", the last one as far as it is typed')
    .action(async (typed: string[]) => {
      const words = typed.slice(0, -1);
      const current = typed.at(-1) ?? '';
      const suggested = suggest(await programFor(run, words), words, current);
      const of = suggested.of === 'paths' ? 'paths' : 'values';
      process.stdout.write(lines(of, await valuesOf(suggested), current));
    });
}
