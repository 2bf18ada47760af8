import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { type Cli, table } from '../../lib/cli/cli.ts';
import type { Toolchain, tools } from './contract.ts';

const SOURCES: Record<Toolchain['installed'][number]['source'], string> = {
  settings: 'the settings',
  home: 'its installer',
  path: 'PATH',
  bundled: 'shipped with Drydock',
};

export function toolCommands(program: Command, cli: Cli<ContractRouterClient<typeof tools>>): void {
  program
    .command('tool')
    .description('tools whose version a project can choose')
    .command('list')
    .description('the versions on this machine')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          table(
            ['TOOL', 'VERSION', 'FROM', 'PATH'],
            all.flatMap(({ tool, installed }) =>
              installed.map(({ version, path, source, isDefault }) => [
                tool,
                isDefault ? `${version} (default)` : version,
                SOURCES[source],
                path,
              ]),
            ),
          ),
      ),
    );
}
