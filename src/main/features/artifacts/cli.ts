import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import { abiConstant } from '../../shared/abi-constant.ts';
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
    .option('--ts', 'as a constant of TypeScript, of which libraries infer types')
    .action((artifact: string, { ts }: { ts?: boolean }) => {
      let name = '';
      return cli.answer(
        async (client) => {
          const found = await client.get({ artifact });
          ({ name } = found);
          return found.abi;
        },
        (abi) => (ts ? abiConstant(name, abi) : JSON.stringify(abi, null, 2)),
      );
    });
}
