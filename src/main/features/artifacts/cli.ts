import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import type { artifacts } from './contract.ts';

export function artifactCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof artifacts>>,
): void {
  const contract =
    program.commands.find((command) => command.name() === 'contract') ??
    program.command('contract');
  contract
    .command('abi')
    .description('ABI of a compiled contract, as JSON')
    .argument('<contract>', 'name, with its project where several have one: vault.Token')
    .action((artifact: string) =>
      cli.answer(
        async (client) => (await client.get({ artifact })).abi,
        (abi) => JSON.stringify(abi, null, 2),
      ),
    );
}
