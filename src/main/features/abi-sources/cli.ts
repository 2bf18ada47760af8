import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { orFromInput, refuse } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import type { abiSources, EtherscanKey } from './contract.ts';

const words: Record<EtherscanKey['state'], string> = {
  none: 'No key for Etherscan is kept.',
  set: 'A key for Etherscan is kept, sealed.',
  unreadable: 'The key for Etherscan can’t be read. Enter it again.',
};

export function abiSourceCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof abiSources>>,
): void {
  const settings =
    program.commands.find((command) => command.name() === 'settings') ??
    program.command('settings');
  settings
    .command('etherscan-key')
    .description('whether there is a key for Etherscan, to ask for ABIs and to verify contracts')
    .argument('[key]', '"-": keep the one that standard input has')
    .option('--remove', 'forget it')
    .action((key: string | undefined, { remove }: { remove?: boolean }) => {
      // Other users can see arguments.
      if (key !== undefined && key !== '-') {
        throw new InvalidArgumentError('Give "-", and the key on standard input.');
      }
      if (remove) refuse({ '"-"': key }, 'with --remove');
      return cli.answer(
        async (client) => {
          if (remove) return client.setEtherscanKey({ key: null });
          if (key === undefined) return client.etherscanKey();
          return client.setEtherscanKey({ key: await orFromInput(key) });
        },
        ({ state }) => words[state],
      );
    });
}
