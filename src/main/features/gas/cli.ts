import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import type { GasReportInput, gas } from './contract.ts';
import { comparisonText, reportText } from './text.ts';

export function gasCommands(program: Command, cli: Cli<ContractRouterClient<typeof gas>>): void {
  const command = program.command('gas').description('gas by contract and function');
  command
    .command('report')
    .description('of a deployment, of blocks, or of all calls of a chain')
    .addOption(
      new Option(
        '--deployment <id>',
        'what it has sent; the latest one at a commit, by its first digits',
      ).conflicts(['network', 'fromBlock', 'toBlock']),
    )
    .option('--network <network>', 'default: local')
    .option('--from-block <n>', 'only this block and later ones', whole)
    .option('--to-block <n>', 'only this block and earlier ones', whole)
    .action((options: GasReportInput) =>
      cli.answer((client) => client.report(options), reportText),
    );
  command
    .command('compare')
    .description('of two deployments side by side')
    .argument('<before>', 'id, or the first digits of a commit')
    .argument('<after>', 'the same')
    .action((before: string, after: string) =>
      cli.answer((client) => client.compare({ before, after }), comparisonText),
    );
}
