import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { needed, orFromInput, refuse, whole } from '../../lib/cli/arguments.ts';
import { type Cli, facts, table } from '../../lib/cli/cli.ts';
import { type LabelColor, labelColor } from '../address-book/contract.ts';
import type { Network, NetworkKind, networks } from './contract.ts';

type Client = ContractRouterClient<typeof networks>;

interface AddOptions {
  kind?: NetworkKind;
  url?: string;
  chainId?: number;
  forkBlock?: number;
  keepChainId?: boolean;
  port?: number;
}

interface EditOptions {
  label?: string;
  color?: LabelColor | 'none';
  group?: string;
}

const show = (n: Network) =>
  facts([
    ['name', n.name],
    ['kind', n.kind],
    ['chain id', n.chainId],
    ['url', n.url ?? n.urlProblem],
    ['headers', n.headersProblem ?? (n.headers.join(', ') || null)],
    ['fork block', n.forkBlock],
    ['port', n.port],
    ['source', n.source],
    ['label', n.label || null],
    ['colour', n.color],
    ['group', n.group || null],
  ]);

function listText(all: readonly Network[]): string {
  const isLabelled = all.some(({ label }) => label !== '');
  const isGrouped = all.some(({ group }) => group !== '');
  return table(
    [
      ...['NAME', ...(isLabelled ? ['LABEL'] : []), 'KIND', ...(isGrouped ? ['GROUP'] : [])],
      ...['CHAIN ID', 'URL', 'SOURCE'],
    ],
    all.map((n) => [
      ...[n.name, ...(isLabelled ? [n.label] : []), n.kind, ...(isGrouped ? [n.group] : [])],
      ...[n.chainId, n.url, n.source],
    ]),
  );
}

/** What says nothing about a network of this kind. */
function foreignTo(kind: NetworkKind, options: AddOptions): Record<string, unknown> {
  const { url, port, forkBlock, keepChainId } = options;
  return {
    ...(kind === 'local' ? { '--url': url } : {}),
    ...(kind === 'remote' ? { '--port': port } : {}),
    ...(kind === 'fork' ? {} : { '--fork-block': forkBlock, '--keep-chain-id': keepChainId }),
  };
}

export function networkCommands(program: Command, cli: Cli<Client>): void {
  const network = program.command('network').description('networks: where a deployment goes');

  network
    .command('list')
    .description('all networks')
    .action(() => cli.answer((client) => client.list(), listText));

  network
    .command('show')
    .description('one network')
    .argument('<name>')
    .action((name: string) => cli.answer((client) => client.get({ name }), show));

  network
    .command('edit')
    .description('change what lists call it, its colour or its group; its name stays')
    .argument('<name>')
    .option('--label <label>', 'what lists call it; "" for its name')
    .addOption(new Option('--color <color>').choices([...labelColor.options, 'none']))
    .option('--group <group>', 'the heading that it stands under; "" for none')
    .action((name: string, { label, color, group }: EditOptions) => {
      needed(label ?? color ?? group, '--label, --color or --group');
      return cli.answer(
        (client) =>
          client.edit({
            ...{ name, label, group },
            ...(color !== undefined && { color: color === 'none' ? null : color }),
          }),
        show,
      );
    });

  network
    .command('move')
    .description('change its place in lists')
    .argument('<name>')
    .addOption(new Option('--before <name>', 'that one, into its group').conflicts('last'))
    .option('--last', 'behind all others')
    .action((name: string, { before, last }: { before?: string; last?: true }) => {
      needed(before ?? last, '--before <name> or --last');
      return cli.answer((client) => client.move({ name, before: before ?? null }), listText);
    });

  network
    .command('add')
    .description('add a network, or change one')
    .argument('<name>')
    .addOption(new Option('--kind <kind>').choices(['local', 'fork', 'remote']))
    .option(
      '--url <url>',
      'RPC of a remote, or what a fork starts from; "-" reads it from standard input',
    )
    .option('--chain-id <id>', 'of a local chain; what the RPC must answer otherwise', whole)
    .option('--fork-block <number>', 'fork only; default: the latest', whole)
    .option('--keep-chain-id', "fork only: answer the upstream's chain id")
    .option('--port <port>', 'of a local or fork chain', whole)
    .action((name: string, options: AddOptions) =>
      cli.answer(async (client) => {
        const existing = (await client.list()).find((n) => n.name === name);
        const kind = options.kind ?? existing?.kind ?? (options.url ? 'remote' : 'local');
        refuse(foreignTo(kind, options), `with a ${kind} network`);
        return client.save({ ...options, url: await orFromInput(options.url), name, kind });
      }, show),
    );

  network
    .command('header')
    .description('request headers that what a fork starts from needs; sealed, shown by name only')
    .argument('<name>')
    .argument('[header]', 'such as authorization or x-api-key')
    .argument('[value]', '"-": set it to what standard input has')
    .option('--remove', 'send it no longer')
    .action((name: string, header: string | undefined, value: string | undefined, { remove }) => {
      // Other users can see arguments.
      if (value !== undefined && value !== '-') {
        throw new InvalidArgumentError('Give "-", and the value on standard input.');
      }
      if (header === undefined) refuse({ '--remove': remove }, 'without a header');
      if (header !== undefined && (value === undefined) !== (remove === true)) {
        throw new InvalidArgumentError('Give "-", with the value on standard input, or --remove.');
      }
      return cli.answer(async (client) => {
        const { kind, ...found } = await client.get({ name });
        if (header === undefined) return { kind, ...found };
        const given = remove ? null : await orFromInput(value ?? '');
        return client.save({ name, kind, headers: { [header]: given } });
      }, show);
    });

  network
    .command('remove')
    .description('remove one of yours')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(
        (client) => client.remove({ name }),
        (n) => `Removed ${n.name}.`,
      ),
    );

  network
    .command('test')
    .description('ask its RPC for chain id, block and latency')
    .argument('<name>')
    .action((name: string) =>
      cli.answer(
        async (client) => {
          const result = await client.test({ name });
          if (!result.ok) cli.fail();
          return { name, ...result };
        },
        (r) =>
          r.ok
            ? `${name} answers: chain ${r.chainId}, block ${r.blockNumber}, ${r.latencyMs} ms`
            : `${r.problem}`,
      ),
    );
}
