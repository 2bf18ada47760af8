import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { whole } from '../../lib/cli/arguments.ts';
import { bytes, type Cli, plain, plural, table, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import type { Cleaned, Container, ContainerStats, containers, Space } from './contract.ts';

type Client = ContractRouterClient<typeof containers>;

const NONE =
  'No containers yet. Chains and deployments make them while the engine is Docker: "drydock settings set engine docker".';

export function containerCommands(program: Command, cli: Cli<Client>): void {
  const container = program
    .command('container')
    .description('what Drydock has in Docker; other containers are left alone');
  const which = 'id, or name of the container, project or chain';

  container
    .command('list')
    .description('our containers')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          all.length === 0
            ? NONE
            : table(
                ['ID', 'NAME', 'KIND', 'OF', 'STATE', 'HEALTH', 'PORTS', 'CREATED'],
                all.map((c) => [
                  c.id.slice(0, 12),
                  c.name,
                  c.kind,
                  c.title,
                  stateOf(c),
                  c.health,
                  c.ports.map((p) => `127.0.0.1:${p.host}`).join(', ') || null,
                  time(c.createdAt),
                ]),
              ),
      ),
    );

  container
    .command('stats')
    .description('CPU, memory and network of those that run')
    .argument('[container]', which)
    .option('--follow', 'stay, and print them once a second')
    .action((ref: string | undefined, { follow }: { follow?: boolean }) => {
      const input = { container: ref };
      if (!follow) return cli.answer((client) => client.statsOnce(input), statsTable);
      const { signal } = cli;
      return cli.stream((client) => client.stats(input, { signal }), statsTable);
    });

  container
    .command('logs')
    .description('what a container has written')
    .argument('<container>', which)
    .option('--follow', 'stay, and print what is written')
    .option('--tail <lines>', 'at most 10,000', whole, 1000)
    .action((ref: string, options: { follow?: boolean; tail: number }) => {
      const { follow = false, tail } = options;
      const { signal } = cli;
      return cli.stream(
        async (client) => {
          const batches = await client.logs({ container: ref, follow, tail }, { signal });
          return withLines(batches, () => cli.say(`${ref} has written nothing.`));
        },
        (lines) => plain(lines.join('\n')),
      );
    });

  for (const verb of ['stop', 'remove'] as const) {
    container
      .command(verb)
      .description(verb === 'stop' ? 'stop one; a chain saves its state' : 'stop it and remove it')
      .argument('<container>', which)
      .action((ref: string) =>
        cli.answer(
          (client) => client[verb]({ container: ref }),
          (c) => `${verb === 'stop' ? 'Stopped' : 'Removed'} ${c.name}.`,
        ),
      );
  }

  container
    .command('cleanup')
    .description('remove what nothing knows of any more')
    .option('--dry-run', 'only show it')
    .action(({ dryRun }: { dryRun?: boolean }) =>
      cli.answer((client) => client.cleanup({ dryRun }), cleaned),
    );

  container
    .command('disk')
    .description('disk use in Docker, and what of it nothing needs')
    .action(() =>
      cli.answer(
        (client) => client.diskUse(),
        (use) =>
          table(
            ['', 'COUNT', 'SIZE', 'NOT NEEDED'],
            [
              row('our images', use.images),
              row('our containers', use.containers),
              row('our volumes', use.volumes),
              row("everybody's build cache", use.buildCache),
            ],
          ),
      ),
    );
}

async function* withLines(batches: AsyncIterable<string[]>, none: () => void) {
  let any = false;
  for await (const lines of batches) {
    if (lines.length === 0) continue;
    any = true;
    yield lines;
  }
  if (!any) none();
}

const row = (name: string, { count, bytes: size, freeableBytes }: Space) => [
  name,
  count,
  bytes(size),
  bytes(freeableBytes),
];

function stateOf(c: Container): string {
  if (c.orphan) return colors.yellow('orphan');
  const state = c.usedBy ? `${c.state} (${c.usedBy})` : c.state;
  return c.own ? state : `${state} (other data folder)`;
}

const statsTable = (all: ContainerStats[]): string =>
  all.length === 0
    ? 'No container of ours runs.'
    : table(
        ['NAME', 'OF', 'CPU', 'MEMORY', 'LIMIT', 'RECEIVED', 'SENT', 'PIDS'],
        all.map((s) => [
          s.name,
          s.title,
          `${s.cpuPercent.toFixed(1)} %`,
          bytes(s.memoryBytes),
          bytes(s.memoryLimitBytes),
          `${bytes(s.received)}/s`,
          `${bytes(s.sent)}/s`,
          s.pids,
        ]),
      );

function cleaned(c: Cleaned): string {
  const all = [...c.containers, ...c.volumes, ...c.networks];
  if (all.length === 0) return 'Nothing to clean up.';
  const what = [
    plural(c.containers.length, 'container'),
    plural(c.volumes.length, 'volume'),
    plural(c.networks.length, 'network'),
  ].join(', ');
  const lines = all.map((one) => `  ${one.name}  ${colors.dim(one.reason)}`);
  const size = c.bytes > 0 ? `, ${bytes(c.bytes)}` : '';
  return [c.dryRun ? `Would remove ${what}${size}:` : `Removed ${what}${size}:`, ...lines].join(
    '\n',
  );
}
