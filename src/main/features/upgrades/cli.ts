import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { collectValues, whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts } from '../../lib/cli/cli.ts';
import {
  type CheckedUpgrade,
  type Finding,
  type UpgradeReport,
  type upgrades,
  verdictSentences,
} from './contract.ts';

type Client = ContractRouterClient<typeof upgrades>;

interface CheckOptions {
  network?: string;
  arg?: string[];
  replay?: number;
}

export function upgradeCommands(program: Command, cli: Cli<Client>): void {
  group(program, 'contract')
    .command('check-upgrade')
    .description('whether what is behind a proxy can be replaced; changes nothing')
    .argument('<proxy>', 'address, name or label; with its project: vault.Vault')
    .argument('<new>', 'a compiled contract, vault.VaultV2, or the address of one')
    .option('--network <network>', 'where the proxy stands (default: local)')
    .option('--arg <value>', 'for the constructor of the new one; once for each', collectValues)
    .option('--replay <n>', 'try so many of the newest calls with it (default: 50)', whole)
    .action((proxy: string, to: string, { network, arg, replay }: CheckOptions) =>
      cli.answer(async (client) => {
        const report = await client.check({
          ...{ contract: proxy, network, to, replay },
          arguments: arg,
        });
        if (report.verdict === 'unsafe') cli.fail();
        return report;
      }, reportText),
    );
}

/** What `deployment` has for it, beside its other commands. */
export function runUpgradesCommand(program: Command, cli: Cli<Client>): void {
  group(program, 'deployment')
    .command('upgrades')
    .description('what was found of its upgrades before they were sent')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) => cli.answer((client) => client.ofRun({ id }), checkedText));
}

const group = (program: Command, name: string): Command =>
  program.commands.find((command) => command.name() === name) ?? program.command(name);

const checkedText = (checked: readonly CheckedUpgrade[]): string =>
  checked.length === 0
    ? 'No upgrade of a proxy was found in it.'
    : checked
        .map((one) =>
          one.allowed ? `${reportText(one)}\n\nIt was allowed all the same.` : reportText(one),
        )
        .join('\n\n\n');

function reportText(report: UpgradeReport): string {
  const { proxy, from, to, replay, findings } = report;
  const calls =
    replay.calls === 0
      ? `none${replay.missing > 0 ? ` (${replay.missing} were not recorded)` : ''}`
      : `${replay.same} of ${replay.calls} end as they did`;
  return [
    verdictSentences[report.verdict],
    facts([
      ['proxy', `${proxy.address} on ${report.network} (${proxy.kind})`],
      ['behind it', `${from.name ?? 'unknown'} at ${from.address}`],
      ['to be', `${to.name ?? 'unknown'}${to.address === null ? '' : ` at ${to.address}`}`],
      ['may upgrade', proxy.admin],
      ['calls tried', calls],
    ]),
    ...findings.map(findingText),
  ].join('\n\n');
}

const findingText = ({ level, topic, message, detail }: Finding): string =>
  [
    `${level} (${topic}): ${message}`,
    ...(detail === null ? [] : detail.split('\n').map((line) => `  ${line}`)),
  ].join('\n');
