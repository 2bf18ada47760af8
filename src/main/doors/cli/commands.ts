import type { Command } from 'commander';
import type { Cli } from '../../lib/cli/cli.ts';
import type { Client } from '../host/connect-to.ts';
import type { CliRun } from './run-cli.ts';

/** The program with the commands that some arguments are about. */
type ProgramFor = (run: CliRun, args: readonly string[]) => Promise<Command>;

/** Adds its commands to the program. */
type Add = (program: Command, run: CliRun, programFor: ProgramFor) => void;

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
  of('templates', ['new'], async () => {
    const { templateCommands } = await import('../../features/templates/cli.ts');
    const { kindInfos } = await import('../../kinds/infos.ts');
    return (program, cli) => templateCommands(program, cli, kindInfos);
  }),
  of('openIn', ['open'], async () => (await import('../../features/open-in/cli.ts')).openCommands),
  of('deployDefaults', ['project'], async () => {
    const { deployDefaultsCommands } = await import('../../features/deploy-defaults/cli.ts');
    const { kindInfos } = await import('../../kinds/infos.ts');
    return (program, cli) => deployDefaultsCommands(program, cli, kindInfos);
  }),
  of(
    'environments',
    ['env'],
    async () => (await import('../../features/environments/cli.ts')).environmentCommands,
  ),
  of(
    'networks',
    ['network'],
    async () => (await import('../../features/networks/cli.ts')).networkCommands,
  ),
  of('chains', ['chain'], async () => (await import('../../features/chains/cli.ts')).chainCommands),
  {
    names: ['chain'],
    async load() {
      const { chainControlCommands } = await import('../../features/chain-controls/cli.ts');
      return (program, run) =>
        chainControlCommands(program, {
          controls: run.for('chainControls'),
          chains: run.for('chains'),
          contracts: run.for('contracts'),
        });
    },
  },
  of(
    'stateDiff',
    ['chain'],
    async () => (await import('../../features/state-diff/cli.ts')).stateDiffCommands,
  ),
  of(
    'containers',
    ['container'],
    async () => (await import('../../features/containers/cli.ts')).containerCommands,
  ),
  {
    names: ['deploy', 'deployment'],
    async load() {
      const { deploymentCommands } = await import('../../features/deployments/cli.ts');
      const { kindInfos } = await import('../../kinds/infos.ts');
      return (program, run) =>
        deploymentCommands(
          program,
          {
            deployments: run.for('deployments'),
            projects: run.for('projects'),
            networks: run.for('networks'),
            templates: run.for('templates'),
          },
          kindInfos,
          async (asked, trust) => {
            const { watchDeploy } = await import('../../features/watches/cli.ts');
            return watchDeploy(run.for('watches'), asked, trust);
          },
          async (asked, options, following) => {
            const { deployLive } = await import('../../features/reviews/cli.ts');
            const cli = run.together('reviews', 'keys', 'deployments');
            return deployLive(cli, asked, options, { ...following, runs: run.for('deployments') });
          },
        );
    },
  },
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
    'verifications',
    ['contract'],
    async () => (await import('../../features/verification/cli.ts')).verificationCommands,
  ),
  of(
    'upgrades',
    ['contract'],
    async () => (await import('../../features/upgrades/cli.ts')).upgradeCommands,
  ),
  of(
    'upgrades',
    ['deployment'],
    async () => (await import('../../features/upgrades/cli.ts')).runUpgradesCommand,
  ),
  of(
    'explorer',
    ['tx', 'block', 'address'],
    async () => (await import('../../features/explorer/cli.ts')).explorerCommands,
  ),
  of('find', ['find'], async () => (await import('../../features/find/cli.ts')).findCommands),
  of(
    'gateway',
    ['gateway'],
    async () => (await import('../../features/gateway/cli.ts')).gatewayCommands,
  ),
  of(
    'insights',
    ['insights'],
    async () => (await import('../../features/insights/cli.ts')).insightsCommand,
  ),
  of('gas', ['gas'], async () => (await import('../../features/gas/cli.ts')).gasCommands),
  of(
    'addressBook',
    ['address'],
    async () => (await import('../../features/address-book/cli.ts')).addressBookCommands,
  ),
  of(
    'accounts',
    ['account'],
    async () => (await import('../../features/accounts/cli.ts')).accountCommands,
  ),
  of('rails', ['network'], async () => (await import('../../features/rails/cli.ts')).railsCommands),
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
  {
    names: ['review'],
    async load() {
      const { reviewCommands } = await import('../../features/reviews/cli.ts');
      return (program, run) => reviewCommands(program, run.together('reviews', 'keys'));
    },
  },
  of('keys', ['key'], async () => (await import('../../features/keys/cli.ts')).keyCommands),
  of('audit', ['audit'], async () => (await import('../../features/audit/cli.ts')).auditCommands),
  of('tokens', ['token'], async () => (await import('../../features/tokens/cli.ts')).tokenCommands),
  of(
    'tokens',
    ['session'],
    async () => (await import('../../features/tokens/cli.ts')).sessionCommands,
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
  of(
    'updates',
    ['update'],
    async () => (await import('../../features/updates/cli.ts')).updateCommands,
  ),
  { names: ['host'], load: async () => (await import('./host-commands.ts')).hostCommands },
  { names: ['explain'], load: async () => (await import('./explain-commands.ts')).explainCommands },
  {
    names: ['completion', 'complete'],
    load: async () => (await import('./completion/commands.ts')).completionCommands,
  },
  {
    names: ['reference'],
    load: async () => (await import('./reference-commands.ts')).referenceCommands,
  },
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
