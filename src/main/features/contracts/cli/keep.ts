import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import type { Cli } from '../../../lib/cli/cli.ts';
import type { contracts } from '../contract.ts';
import { CONTRACT, type OnNetwork, onNetwork } from './options.ts';

type Client = ContractRouterClient<typeof contracts>;

/** Pinning and forgetting contracts: one, or several in the order given, up to the first that is refused. */
export function keepCommands(contract: Command, cli: Cli<Client>): void {
  onNetwork(
    contract
      .command('remove')
      .description('forget contracts that were added')
      .argument('<contract...>', 'their names or addresses'),
  ).action((names: string[], { network }: OnNetwork) =>
    cli.answer(
      (client) => each(names, (one) => client.remove({ contract: one, network })),
      textOfEach((one) => `${one.name} on ${one.network} is forgotten.`),
    ),
  );

  for (const [command, pinned] of [
    ['pin', true],
    ['unpin', false],
  ] as const) {
    onNetwork(
      contract
        .command(command)
        .description(pinned ? 'keep some at the top of lists' : 'keep some there no more')
        .argument('<contract...>', CONTRACT),
    ).action((names: string[], { network }: OnNetwork) =>
      cli.answer(
        (client) => each(names, (one) => client.pin({ contract: one, network, pinned })),
        textOfEach(
          (one) => `${one.address} on ${one.network} is ${pinned ? 'pinned' : 'pinned no more'}.`,
        ),
      ),
    );
  }
}

/** One is answered alone, several as a list. */
async function each<T>(names: readonly string[], act: (name: string) => Promise<T>) {
  const done: T[] = [];
  for (const name of names) done.push(await act(name));
  const [only] = done;
  return only !== undefined && done.length === 1 ? only : done;
}

const textOfEach =
  <T>(text: (one: T) => string) =>
  (done: T | T[]): string =>
    [done]
      .flat()
      .map((one) => text(one as T))
      .join('\n');
