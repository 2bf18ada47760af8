import { Argument, type Command } from 'commander';
import { version } from '../../lib/version.ts';
import type { CliRun } from './run-cli.ts';

type ProgramFor = (run: CliRun, args: readonly string[]) => Promise<Command>;

/** One command, as the build reads it for the documentation. */
interface CommandInfo {
  /** As it is typed, e.g. `drydock chain start`. */
  name: string;
  usage: string;
  description: string;
  args: { name: string; description: string }[];
  options: { name: string; description: string }[];
  children: CommandInfo[];
}

function infoOf(command: Command, parent: string): CommandInfo {
  const help = command.createHelp();
  const name = `${parent} ${command.name()}`.trim();
  return {
    name,
    usage: `${name} ${command.usage()}`.trim(),
    description: command.description(),
    args: help.visibleArguments(command).map((argument) => ({
      name: help.argumentTerm(argument),
      description: help.argumentDescription(argument),
    })),
    options: help.visibleOptions(command).map((option) => ({
      name: help.optionTerm(option),
      description: help.optionDescription(option),
    })),
    children: help
      .visibleCommands(command)
      .filter((child) => child.name() !== 'help')
      .map((child) => infoOf(child, name)),
  };
}

/** For the build: the documentation is made from what the program itself says of its commands and API. */
export function referenceCommands(program: Command, run: CliRun, programFor: ProgramFor): void {
  program
    .command('reference', { hidden: true })
    .description('print all commands, or the description of the API, as JSON')
    .addArgument(new Argument('<what>').choices(['commands', 'api']))
    .action(async (what: 'commands' | 'api') => {
      const value =
        what === 'commands'
          ? infoOf(await programFor(run, []), '')
          : await (await import('../host/api-document.ts')).apiDocument(version());
      process.stdout.write(`${JSON.stringify(value)}\n`);
    });
}
