import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { bytes, type Cli, facts, plural } from '../../lib/cli/cli.ts';
import type { CacheStatus, Cleared, compileCache } from './contract.ts';

const statusText = (status: CacheStatus): string =>
  facts([
    ['kept', `${plural(status.entries, 'compile')}, ${bytes(status.bytes)}`],
    ['at most', bytes(status.maxBytes)],
    ['for', status.enabled ? `${status.ttlSeconds} s after the last use` : 'off'],
  ]);

const clearedText = ({ entries, bytes: size }: Cleared): string =>
  entries === 0
    ? 'Nothing was kept.'
    : `Deleted ${plural(entries, 'compile')}, ${bytes(size)}. The next deploy of each project may compile again.`;

export function compileCacheCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof compileCache>>,
): void {
  const command = program
    .command('cache')
    .description('what compiles have made, kept for the next deploy of the same sources');

  command
    .command('status')
    .description('how much is kept, and for how long')
    .action(() => cli.answer((client) => client.status(), statusText));

  command
    .command('clear')
    .description('delete it')
    .action(() => cli.answer((client) => client.clear(), clearedText));
}
