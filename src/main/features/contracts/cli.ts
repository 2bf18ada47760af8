import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { projectArgument, whole } from '../../lib/cli/arguments.ts';
import { type Cli, table, time } from '../../lib/cli/cli.ts';
import { ownLabel } from '../../shared/contract-label.ts';
import { callCommands } from './cli/call.ts';
import { inspectCommands } from './cli/inspect.ts';
import { keepCommands } from './cli/keep.ts';
import { savedCallCommands } from './cli/saved-calls.ts';
import type { LiveContracts } from './contract/listed.ts';
import type { contracts } from './contract.ts';

type Client = ContractRouterClient<typeof contracts>;

function listText({ added, ...live }: LiveContracts, network: string | undefined): string {
  if (added.length === 0) return liveTable(live, network);
  const rows = pinnedFirst(added).map((one) => [
    one.pinned ? `★ ${one.name}` : one.name,
    one.address,
    one.network,
    time(one.addedAt),
  ]);
  return `${liveTable(live, network)}\n\n${table(['ADDED', 'ADDRESS', 'NETWORK', 'AT'], rows)}`;
}

const pinnedFirst = <One extends { pinned: boolean }>(all: readonly One[]): One[] => [
  ...all.filter(({ pinned }) => pinned),
  ...all.filter(({ pinned }) => !pinned),
];

function liveTable(
  { contracts: found, total }: Omit<LiveContracts, 'added'>,
  network: string | undefined,
): string {
  if (found.length === 0) return 'No contract of a deployment is on a network now.';
  const areOfUpstreams = found.some(({ upstream }) => upstream !== null);
  const areLabelled = found.some((c) => ownLabel(c) !== null);
  const shown = table(
    [
      'CONTRACT',
      ...(areLabelled ? ['LABEL'] : []),
      'ADDRESS',
      'NETWORK',
      ...(areOfUpstreams ? ['UPSTREAM'] : []),
      'BLOCK',
      'DEPLOYMENT',
      'AT',
    ],
    pinnedFirst(found).map(({ deployment, ...c }) => [
      c.pinned ? `★ ${c.name ?? ''}` : c.name,
      ...(areLabelled ? [ownLabel(c)] : []),
      c.address,
      network ?? deployment.target,
      ...(areOfUpstreams ? [c.upstream] : []),
      c.blockNumber,
      `${deployment.project.name} #${deployment.number}`,
      time(deployment.createdAt),
    ]),
  );
  if (found.length === total) return shown;
  return `${shown}\nThe newest ${found.length} of ${total}; --limit shows more.`;
}

export function contractCommands(program: Command, cli: Cli<Client>): void {
  const contract = program.command('contract').description('contracts on networks');
  contract
    .command('list')
    .description('those that are on their network now')
    .option('--project <project>', 'only of this one', projectArgument)
    .option('--network <network>', 'only on this one')
    .option('--limit <n>', 'at most so many, up to 10,000', whole)
    .action(({ network, ...options }: { project?: string; network?: string; limit?: number }) =>
      cli.answer(
        (client) => client.live({ ...options, target: network }),
        (listed) => listText(listed, network),
      ),
    );

  inspectCommands(contract, cli);
  keepCommands(contract, cli);
  callCommands(contract, cli);
  savedCallCommands(contract, cli);
}
