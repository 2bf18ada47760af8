import { type Command, Option } from 'commander';
import { integer, needed, projectArgument, whole } from '../../lib/cli/arguments.ts';
import type { Cli } from '../../lib/cli/cli.ts';
import { inputOf, withInputOptions } from '../../lib/cli/input-options.ts';
import { type TargetOptions, targetOf, withTarget } from '../../lib/cli/target-options.ts';
import { askingForTrust, trustOption } from '../../lib/cli/trust-prompt.ts';
import type { KindInfo } from '../../shared/kind.ts';
import { type AbiSource, abiSource } from '../abi-sources/contract.ts';
import { followUpCommands } from './cli/again.ts';
import type { AskedClis, Decided } from './cli/ask-deploy.ts';
import { deployContractCommand } from './cli/contract.ts';
import { type Client, printLog, untilEnd } from './cli/follow.ts';
import { detailText, endText, listText, queueText } from './cli/text.ts';
import { type ListStatus, listStatus, type StartInput } from './contract.ts';

interface DeployOptions extends TargetOptions, LiveOptions, Record<string, unknown> {
  priority?: number;
  replaceWaiting?: boolean;
  trust?: boolean;
  watch?: boolean;
}

/** How a deploy to a live network goes on. */
export interface LiveOptions {
  review?: boolean;
  rehearse?: boolean;
  approve?: number;
  resume?: number;
  verify?: AbiSource;
  confirm?: string;
}

/** Deploys to a live network, step by step; see `reviews`. */
export type DeployLive = (
  asked: StartInput | null,
  options: LiveOptions,
  following: Following,
) => Promise<void>;

/** How a run is followed in the terminal, and what is printed at its end. */
export interface Following {
  untilEnd: typeof untilEnd;
  endText: typeof endText;
}

/** Deploys, and again after each change, until Ctrl-C; see `watches`. */
export type WatchDeploy = (asked: StartInput, trust: boolean | undefined) => Promise<void>;

interface ListOptions extends TargetOptions {
  project?: string;
  status?: ListStatus;
  needsAttention?: boolean;
  deadLetters?: boolean;
  live?: boolean;
  limit: number;
  before?: number;
}

/** @param kinds whose inputs have options of their own */
export function deploymentCommands(
  program: Command,
  clis: AskedClis & { deployments: Cli<Client> },
  kinds: readonly KindInfo[],
  watch: WatchDeploy,
  deployLive: DeployLive,
): void {
  const cli = clis.deployments;
  const deploy = program
    .command('deploy')
    .description('deploy a project')
    .argument(
      '[project]',
      'name, id or folder; in a terminal, asked for when missing',
      projectArgument,
    );
  withInputOptions(withTarget(deploy, 'where to: a network, or the engine'), kinds)
    .option('--priority <n>', 'higher first; default 0', integer)
    .option('--replace-waiting', 'cancel what waits for the same project and target')
    .addOption(
      new Option('--watch', 'and again after each change of a source, until Ctrl-C').conflicts(
        'replaceWaiting',
      ),
    )
    .option('--review', 'on a live network: rehearse it, show what would be sent, and ask')
    .option('--rehearse', 'the same without asking: the review is kept, to be approved later')
    .option('--approve <review>', 'send what was reviewed, or the rest of it', whole)
    .option('--resume <deployment>', 'go on with one to a live network that broke off', whole)
    .option('--confirm <network>', 'its name, on a main network')
    .addOption(
      new Option(
        '--verify <service>',
        'of a live network: send the sources there afterwards, to be verified',
      ).choices(abiSource.options),
    )
    .option(...trustOption)
    .action(async (named: string | undefined, options: DeployOptions) => {
      const { priority, replaceWaiting, trust: given } = options;
      if (options.approve !== undefined || options.resume !== undefined) {
        return deployLive(null, options, { untilEnd, endText });
      }
      const decided = { target: targetOf(options).target, input: inputOf(options, kinds) };
      const asked =
        named === undefined ? await askLater(clis, kinds, decided) : { project: named, ...decided };
      if (asked === 'left') {
        cli.fail();
        return cli.say('Nothing was deployed.');
      }
      const { project, target, input } = needed(asked, 'a project: its name, id or folder');
      if (options.review || options.rehearse) {
        const live = { project, target, input, trust: given };
        return deployLive(live, options, { untilEnd, endText });
      }
      if (options.watch) return watch({ project, target, input, priority }, given);
      return cli.answer(
        async (client) => {
          const run = await askingForTrust(cli, given, (trust) =>
            client.start({ project, target, input, priority, replaceWaiting, trust }),
          );
          return untilEnd(client, cli, run);
        },
        endText,
        { endsItself: true },
      );
    });

  const deployment = program.command('deployment').description('the history of deployments');
  readingCommands(deployment, cli);
  followUpCommands(deployment, cli, kinds);

  deployment
    .command('cancel')
    .description('end a run')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.cancel({ id }),
        (d) => `Deployment ${d.id} is ${d.status}.`,
      ),
    );
}

/** Loaded when it is needed: only a terminal asks. */
async function askLater(clis: AskedClis, kinds: readonly KindInfo[], decided: Decided) {
  const { askDeploy } = await import('./cli/ask-deploy.ts');
  return askDeploy(clis, kinds, decided);
}

/** What `contract` has for it, beside its other commands. */
export function contractDeployCommand(program: Command, cli: Cli<Client>): void {
  const contract =
    program.commands.find((command) => command.name() === 'contract') ??
    program.command('contract');
  deployContractCommand(contract, cli);
}

function readingCommands(deployment: Command, cli: Cli<Client>): void {
  withTarget(deployment.command('list'), 'of one network, or of the engine')
    .description('newest first')
    .option('--project <project>', 'name, id or folder', projectArgument)
    .addOption(new Option('--status <status>').choices(listStatus.options))
    .option('--needs-attention', 'only those that failed and wait for a decision')
    .addOption(new Option('--dead-letters', 'deprecated: --needs-attention').hideHelp())
    .option('--live', 'only those that are in place')
    .option('--limit <n>', 'at most 500', whole, 50)
    .option('--before <id>', 'only older ones', whole)
    .action((options: ListOptions) =>
      cli.answer(
        (client) => client.list(targetOf(options)),
        ({ items, total }) => (items.length === 0 ? none(options) : listText(items, total)),
      ),
    );

  deployment
    .command('show')
    .description('one deployment, whole')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) => cli.answer((client) => client.get({ id }), detailText));

  deployment
    .command('logs')
    .description('its log; with --json its whole journal, an event a line')
    .argument('<id>', 'as in the list', whole)
    .option('--follow', 'stay until it ends')
    .option('--after <seq>', 'only later events', whole, 0)
    .action((id: number, { follow = false, after }: { follow?: boolean; after: number }) =>
      printLog(cli, id, { stay: follow, after }),
    );

  deployment
    .command('queue')
    .description('what runs and what waits')
    .action(() =>
      cli.answer(
        (client) => client.queue(),
        ({ running, waiting }) =>
          running.length + waiting.length === 0
            ? 'Nothing runs and nothing waits.'
            : queueText([...running, ...waiting]),
      ),
    );
}

const none = ({ limit: _, ...filters }: { limit: number }) =>
  Object.keys(filters).length > 0
    ? 'No deployment fits.'
    : 'No deployments yet. Start one with "drydock deploy <project> --target local".';
