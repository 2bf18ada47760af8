import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { type Cli, facts } from '../../kit/cli.ts';
import type { Settings, settings } from './contract.ts';

const show = (s: Settings) => facts(Object.entries(s).map(([key, value]) => [key, String(value)]));

function typed(value: string): string | number | boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value;
}

export function settingsCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof settings>>,
): void {
  const command = program.command('settings').description('settings of this data folder');

  command
    .command('list')
    .description('all settings')
    .action(() => cli.answer((client) => client.get(), show));

  command
    .command('set')
    .description('change one')
    .argument('<key>')
    .argument('<value>')
    .action((key: string, value: string) => {
      return cli.answer((client) => client.set({ [key]: typed(value) }), show);
    });
}
