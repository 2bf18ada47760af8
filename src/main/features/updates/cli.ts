import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { type Cli, facts } from '../../lib/cli/cli.ts';
import type { UpdateStatus, updates } from './contract.ts';

function newerText({ supported, state, version, progress, checkedAt }: UpdateStatus): string {
  if (!supported)
    return 'unknown: only the installed app updates itself, and not while a host serves its data folder';
  if (state === 'checking') return 'looking for one';
  if (version === null) return checkedAt === null ? 'not looked for yet' : 'none';
  if (state === 'downloading')
    return `${version}, ${Math.round((progress ?? 0) * 100)} % downloaded`;
  if (state === 'waiting') return `${version}, downloaded once no deployment runs`;
  return `${version}, installed by "drydock update install"`;
}

const statusText = (status: UpdateStatus): string =>
  facts([
    ['version', status.current],
    ['newer', newerText(status)],
    ...(status.problem === null ? [] : [['problem', status.problem] as [string, string]]),
    ...(status.notes === null ? [] : [['new in it', status.notes] as [string, string]]),
  ]);

const installText = ({ version }: UpdateStatus): string =>
  `The app ends, and starts again as ${version}.`;

export function updateCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof updates>>,
): void {
  const command = program.command('update').description('newer versions of the installed app');

  command
    .command('status')
    .description('whether there is one')
    .action(() => cli.answer((client) => client.status(), statusText));

  command
    .command('check')
    .description('look for one now, and download it')
    .action(() => cli.answer((client) => client.check(), statusText));

  command
    .command('install')
    .description('end the app, install the one that was downloaded, and start it')
    .action(() => cli.answer((client) => client.install(), installText));
}
