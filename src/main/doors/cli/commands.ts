import type { Command } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import type { Client } from './connect.ts';
import type { CliRun } from './run-cli.ts';

/** Adds its commands to the program. */
type Add = (program: Command, run: CliRun) => void;

export interface CommandGroup {
  /** What it adds to, or begins, at the top. */
  names: readonly string[];
  /** Loads the implementation. */
  load: () => Promise<Add>;
}

const of = <Feature extends keyof Client>(
  feature: Feature,
  names: readonly string[],
  load: () => Promise<(program: Command, cli: Cli<Client[Feature]>) => void>,
): CommandGroup => ({
  names,
  async load() {
    const add = await load();
    return (program, run) => add(program, run.for(feature));
  },
});

/** All commands in the order of the help. Only those are loaded that a command line is about. */
export const commandGroups: readonly CommandGroup[] = [
  of(
    'doctor',
    ['doctor'],
    async () => (await import('../../features/doctor/cli.ts')).doctorCommands,
  ),
  of(
    'projects',
    ['project'],
    async () => (await import('../../features/projects/cli.ts')).projectCommands,
  ),
  of('deployDefaults', ['project'], async () => {
    const { deployDefaultsCommands } = await import('../../features/deploy-defaults/cli.ts');
    const { kindInfos } = await import('../../kinds/infos.ts');
    return (program, cli) => deployDefaultsCommands(program, cli, kindInfos);
  }),
  of(
    'networks',
    ['network'],
    async () => (await import('../../features/networks/cli.ts')).networkCommands,
  ),
  of('chains', ['chain'], async () => (await import('../../features/chains/cli.ts')).chainCommands),
  of(
    'containers',
    ['container'],
    async () => (await import('../../features/containers/cli.ts')).containerCommands,
  ),
  of('deployments', ['deploy', 'deployment'], async () => {
    const { deploymentCommands } = await import('../../features/deployments/cli.ts');
    const { kindInfos } = await import('../../kinds/infos.ts');
    return (program, cli) => deploymentCommands(program, cli, kindInfos);
  }),
  of(
    'history',
    ['history', 'deployment'],
    async () => (await import('../../features/history/cli.ts')).historyCommands,
  ),
  of(
    'contracts',
    ['contract'],
    async () => (await import('../../features/contracts/cli.ts')).contractCommands,
  ),
  of(
    'deployments',
    ['contract'],
    async () => (await import('../../features/deployments/cli.ts')).contractDeployCommand,
  ),
  of(
    'explorer',
    ['tx', 'block', 'address'],
    async () => (await import('../../features/explorer/cli.ts')).explorerCommands,
  ),
  of('gas', ['gas'], async () => (await import('../../features/gas/cli.ts')).gasCommands),
  of(
    'addressBook',
    ['address'],
    async () => (await import('../../features/address-book/cli.ts')).addressBookCommands,
  ),
  of(
    'settings',
    ['settings'],
    async () => (await import('../../features/settings/cli.ts')).settingsCommands,
  ),
  of(
    'abiSources',
    ['settings'],
    async () => (await import('../../features/abi-sources/cli.ts')).abiSourceCommands,
  ),
  of(
    'events',
    ['events'],
    async () => (await import('../../features/events/cli.ts')).eventCommands,
  ),
  of(
    'webhooks',
    ['webhook'],
    async () => (await import('../../features/webhooks/cli.ts')).webhookCommands,
  ),
  of('data', ['data'], async () => (await import('../../features/data/cli.ts')).dataCommands),
  of(
    'backups',
    ['backup'],
    async () => (await import('../../features/backups/cli.ts')).backupCommands,
  ),
  of('images', ['image'], async () => (await import('../../features/images/cli.ts')).imageCommands),
  of('tools', ['tool'], async () => (await import('../../features/tools/cli.ts')).toolCommands),
  of(
    'compileCache',
    ['cache'],
    async () => (await import('../../features/compile-cache/cli.ts')).compileCacheCommands,
  ),
  { names: ['host'], load: async () => (await import('./host-commands.ts')).hostCommands },
];

/**
 * Those that the arguments are about; none for the version, and all when the arguments name none, or
 * one that there isn't.
 */
export function groupsFor(args: readonly string[]): readonly CommandGroup[] {
  const name = args.find((arg) => !arg.startsWith('-'));
  if (name === undefined && (args[0] === '--version' || args[0] === '-V')) return [];
  const found = commandGroups.filter(({ names }) => name !== undefined && names.includes(name));
  return found.length > 0 ? found : commandGroups;
}
