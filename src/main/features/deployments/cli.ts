import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import pc from 'picocolors';
import { type Cli, facts, plain, plural, table, time } from '../../kit/cli.ts';
import { collect, integer, seconds, whole } from '../../kit/cli-arguments.ts';
import {
  type DeploymentDetail,
  type DeploymentStatus,
  type deployments,
  isFinal,
  type JournalEvent,
  type Limits,
  type ListStatus,
  listStatus,
} from './contract.ts';

type Client = ContractRouterClient<typeof deployments>;

interface DeployOptions {
  network: string;
  script?: string;
  sig?: string;
  arg?: string[];
  from?: string;
  account?: string;
  passwordFile?: string;
  snapshot: boolean;
  priority?: number;
  replaceWaiting?: boolean;
}

export function deploymentCommands(program: Command, cli: Cli<Client>): void {
  program
    .command('deploy')
    .description('deploy a project')
    .argument('<project>', 'name, id or folder')
    .requiredOption('--network <name>', 'where to (required)')
    .option('--script <file[:Contract]>', 'default: script/Deploy.s.sol')
    .option('--sig <signature>', "e.g. 'run(uint256)'; default: run()")
    .option('--arg <value>', 'an argument; give the option once for each', collect)
    .option('--from <account>', 'index or address; default: account 0 of a local chain')
    .option('--account <name>', 'Foundry keystore, for remote networks')
    .option('--password-file <file>', "the keystore's password")
    .option('--no-snapshot', 'no automatic snapshot before it')
    .option('--priority <n>', 'higher first; default 0', integer)
    .option('--replace-waiting', 'cancel what waits for the same project and network')
    .action((project: string, options: DeployOptions) =>
      cli.answer(async (client) => {
        const { arg, snapshot, ...rest } = options;
        const request = { ...rest, project, args: arg, snapshot: snapshot ? undefined : false };
        return untilEnd(client, cli, await client.start(request));
      }, result),
    );

  const deployment = program.command('deployment').description('the history of deployments');

  deployment
    .command('list')
    .description('newest first')
    .option('--project <project>', 'name, id or folder')
    .option('--network <name>')
    .addOption(new Option('--status <status>').choices(listStatus.options))
    .option('--dead-letters', 'only those that failed for good')
    .option('--limit <n>', 'at most 500', whole, 50)
    .option('--before <id>', 'only older ones', whole)
    .action(
      (options: {
        project?: string;
        network?: string;
        status?: ListStatus;
        deadLetters?: boolean;
        limit: number;
        before?: number;
      }) =>
        cli.answer(
          (client) => client.list(options),
          ({ items, total }) =>
            items.length === 0
              ? none(options)
              : `${table(
                  ['ID', 'PROJECT', '#', 'NETWORK', 'STATUS', 'CONTRACTS', 'STARTED'],
                  items.map((d) => [
                    d.id,
                    d.project.name,
                    d.number,
                    d.network,
                    status(d.status, d.live),
                    d.contractCount,
                    time(d.startedAt ?? d.createdAt),
                  ]),
                )}\n${pc.dim(`${items.length} of ${total}`)}`,
        ),
    );

  deployment
    .command('show')
    .description('one deployment, whole')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) => cli.answer((client) => client.get({ id }), summary));

  deployment
    .command('logs')
    .description('its log; with --json its whole journal, an event a line')
    .argument('<id>', 'as in the list', whole)
    .option('--follow', 'stay until it ends')
    .option('--after <seq>', 'only later events', whole, 0)
    .action((id: number, { follow: stay, after }: { follow?: boolean; after: number }) =>
      cli.stream(
        async (client) => (stay ? follow(client, id, after) : pages(client, id, after)),
        (event) => (event.type === 'log' ? plain(event.text) : undefined),
      ),
    );

  deployment
    .command('retry')
    .description('the same request once more')
    .argument('<id>', 'as in the list', whole)
    .option('--network <name>', 'to another network')
    .option('--arg <value>', 'other arguments; give the option once for each', collect)
    .option('--from <account>', 'from another account')
    .action(
      (id: number, { arg, ...changes }: { arg?: string[]; network?: string; from?: string }) =>
        cli.answer(
          async (client) =>
            untilEnd(client, cli, await client.retry({ id, changes: { ...changes, args: arg } })),
          result,
        ),
    );

  deployment
    .command('redeploy')
    .description('deploy again from the same commit, or from the folder as it is now')
    .argument('<id>', 'as in the list', whole)
    .option('--as-it-is-now', 'whatever the folder holds')
    .action((id: number, { asItIsNow }: { asItIsNow?: boolean }) =>
      cli.answer(
        async (client) => untilEnd(client, cli, await client.redeploy({ id, asItIsNow })),
        result,
      ),
    );

  deployment
    .command('rollback')
    .description('take the chain back to before it')
    .argument('<id>', 'as in the list', whole)
    .option('--dry-run', 'only say what else goes')
    .action((id: number, { dryRun }: { dryRun?: boolean }) =>
      cli.answer(
        (client) => client.rollback({ id, dryRun }),
        ({ snapshot, gone, leftBehind }) => {
          const what = gone.map((d) => `${d.project} #${d.number}`).join(', ') || 'nothing';
          if (dryRun) return `Would revert to "${snapshot.name}". Goes with it: ${what}.`;
          const kept = leftBehind ? ` The state before is kept as "${leftBehind.name}".` : '';
          return `Reverted to "${snapshot.name}". Gone: ${what}.${kept}`;
        },
      ),
    );

  deployment
    .command('dismiss')
    .description('take a failed run out of the dead letters')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        (client) => client.dismiss({ id }),
        (d) => `Dismissed deployment ${d.id}.`,
      ),
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
            : table(
                ['ID', 'PROJECT', '#', 'NETWORK', 'STATUS', 'PRIORITY'],
                [...running, ...waiting].map((d) => [
                  d.id,
                  d.project.name,
                  d.number,
                  d.network,
                  status(d.status, d.live),
                  d.priority,
                ]),
              ),
      ),
    );

  deployment
    .command('limits')
    .description('time limits of the runs of a project, in seconds')
    .argument('<project>', 'name, id or folder')
    .option('--run <seconds>', 'of the whole run', seconds)
    .option('--compile <seconds>', '', seconds)
    .option('--simulate <seconds>', '', seconds)
    .option('--broadcast <seconds>', '', seconds)
    .action((project: string, patch: Partial<Limits>) =>
      cli.answer(
        (client) => client.setLimits({ project, ...patch }),
        (l) => facts(Object.entries(l).map(([name, value]) => [name, `${value} s`])),
      ),
    );

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

const none = ({ limit: _, ...filters }: { limit: number }) =>
  Object.keys(filters).length > 0
    ? 'No deployment fits.'
    : 'No deployments yet. Start one with "drydock deploy <project> --network local".';

/** Prints a run as it goes, cancels it at Ctrl-C, and answers how it ended. */
async function untilEnd(
  client: Client,
  cli: Cli<Client>,
  { id }: { id: number },
): Promise<DeploymentDetail> {
  cli.signal.addEventListener('abort', () => {
    client.cancel({ id }).catch(() => undefined);
  });
  for await (const event of follow(client, id, 0)) {
    if (!cli.json) printLive(event, cli);
  }
  const ended = await client.get({ id });
  if (ended.status !== 'succeeded') cli.fail();
  return ended;
}

const result = (d: DeploymentDetail) => (d.failure ? `${summary(d)}\n${failure(d)}` : summary(d));

/** Every event until the last one. */
async function* follow(client: Client, id: number, after: number): AsyncGenerator<JournalEvent> {
  let seq = after;
  for (;;) {
    const before = seq;
    for await (const batch of await client.watch({ id, after: seq })) {
      for (const event of batch) {
        seq = event.seq;
        yield event;
        if (event.type === 'status' && isFinal(event.status)) return;
      }
    }
    if (seq === before) return;
  }
}

async function* pages(client: Client, id: number, after: number): AsyncGenerator<JournalEvent> {
  for (let seq = after; ; ) {
    const events = await client.logs({ id, after: seq });
    if (events.length === 0) return;
    yield* events;
    seq = events.at(-1)?.seq ?? seq;
  }
}

function printLive(event: JournalEvent, cli: Cli<Client>): void {
  if (event.type === 'log') process.stdout.write(`${plain(event.text)}\n`);
  if (event.type === 'command') process.stdout.write(`${pc.magenta('$')} ${event.command}\n`);
  if (event.type === 'phase' && event.status === 'running') cli.say(pc.dim(`· ${event.phase}`));
  if (event.type === 'warning') cli.say(pc.yellow(`! ${event.message}`));
}

function status(value: DeploymentStatus, live: boolean | null): string {
  const text = value === 'succeeded' && live === false ? 'reverted' : value;
  if (value === 'succeeded') return live === false ? pc.dim(text) : pc.green(text);
  return value === 'failed' || value === 'interrupted' ? pc.red(text) : pc.yellow(text);
}

function failure(d: DeploymentDetail): string {
  const fix = d.failure?.fix?.command;
  return `${pc.red('✗')} ${d.failure?.message}${fix ? `\n  try: ${fix}` : ''}`;
}

function summary(d: DeploymentDetail): string {
  const took =
    d.startedAt && d.endedAt ? `${((d.endedAt - d.startedAt) / 1000).toFixed(2)} s` : null;
  const lines = [
    facts([
      ['deployment', `${d.project.name} #${d.number} (id ${d.id})`],
      ['network', `${d.network}${d.chainId ? ` (${d.chainId})` : ''}`],
      ['status', status(d.status, d.live)],
      ['took', took],
      ['script', `${d.script} ${d.signature}`],
      ['from', d.from],
      ['commit', d.commit && `${d.commit.slice(0, 7)}${d.dirty ? ` +${d.dirty}` : ''}`],
      ['gas', d.gasUsed],
      ['snapshot', d.snapshot?.name],
      ['sent', plural(d.transactions.length, 'transaction')],
    ]),
  ];
  if (d.contracts.length > 0) {
    lines.push(
      table(
        ['CONTRACT', 'ADDRESS', 'TRANSACTION', 'BLOCK'],
        d.contracts.map((c) => [
          c.name ?? '(unknown)',
          c.address,
          c.transactionHash,
          c.blockNumber,
        ]),
      ),
    );
  }
  return lines.join('\n');
}
