import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import { compareCommands } from './cli/compare.ts';
import { fileCommands } from './cli/files.ts';
import { listCommand, searchCommand } from './cli/find.ts';
import { markCommands } from './cli/marks.ts';
import type { history } from './contract.ts';

export function historyCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof history>>,
): void {
  listCommand(program, cli);
  const deployment =
    program.commands.find((command) => command.name() === 'deployment') ??
    program.command('deployment');
  searchCommand(deployment, cli);
  compareCommands(deployment, cli);
  fileCommands(deployment, cli);
  markCommands(deployment, cli);
}
