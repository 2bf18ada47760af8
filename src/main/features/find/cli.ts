import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import { type Cli, table } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import type { FoundThing, find } from './contract.ts';

interface FindOptions {
  network?: string;
  limit?: number;
}

export function findCommands(program: Command, cli: Cli<ContractRouterClient<typeof find>>): void {
  program
    .command('find')
    .description('projects, runs, contracts, transactions, addresses and snapshots, by a text')
    .argument('<text>', 'a part of a name, #number of a run, or how a hash or address begins')
    .option('--network <network>', 'what is on it comes first')
    .option('--limit <n>', 'so many, up to 50', whole)
    .action((text: string, options: FindOptions) =>
      cli.answer((client) => client.things({ text, ...options }), foundText),
    );
}

const foundText = (all: readonly FoundThing[]): string =>
  all.length === 0
    ? 'Nothing is called that.'
    : table(
        ['KIND', 'NAME', 'NETWORK', '', 'VALUE'],
        all.map(({ kind, title, network, detail, value }) => [
          ...[kind, title, network],
          colors.dim(detail === value ? '' : detail),
          value === title ? '' : value,
        ]),
      );
