import { Command, Option } from 'commander';
import { version } from '../../lib/version.ts';
import { groupsFor } from './commands.ts';
import type { CliRun } from './run-cli.ts';

/** The commands that the arguments are about. Errors of usage are thrown as CommanderError. */
export async function createProgram(run: CliRun, args: readonly string[]): Promise<Command> {
  const program = new Command('drydock')
    .description('Local deployments: pick a project and a network, deploy, take it back.')
    .version(version())
    .addOption(new Option('--json', 'print one JSON document (streams: one a line) on stdout'))
    .showHelpAfterError(false)
    .configureOutput({ writeErr: () => undefined });
  const groups = await Promise.all(groupsFor(args).map(({ load }) => load()));
  for (const add of groups) add(program, run, createProgram);
  quiet(program, run);
  return program;
}

/** Errors are thrown and printed in one place, for every command; it learns which one it was. */
function quiet(command: Command, run: CliRun): void {
  command
    .configureOutput({ writeErr: () => undefined })
    .hook('preAction', (_, running) => {
      run.command = running;
    })
    .exitOverride((error) => {
      run.command = command;
      throw error;
    });
  for (const child of command.commands) quiet(child, run);
}
