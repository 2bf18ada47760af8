import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import { type Cli, plural, table, time } from '../../kit/cli.ts';
import { collect, seconds, whole } from '../../kit/cli-arguments.ts';
import { type ListStatus, listStatus, trigger } from '../deployments/contract.ts';
import type { Exported, HistoryFilter, HistoryItem, history, SearchHit } from './contract.ts';
import { diffText } from './diff-text.ts';

type Client = ContractRouterClient<typeof history>;

interface FilterOptions {
  project?: string;
  network?: string;
  status?: ListStatus[];
  branch?: string;
  commit?: string;
  trigger?: HistoryFilter['trigger'];
  tag?: string;
  pinned?: boolean;
  live?: boolean;
  since?: number;
}

const formats = ['json', 'csv', 'addresses', 'ts', 'env'] as const;
type Format = (typeof formats)[number];

export function historyCommands(program: Command, cli: Cli<Client>): void {
  withFilters(program.command('history'))
    .description('deployments by what is known of them, newest first')
    .option('--limit <n>', 'at most 500', whole, 50)
    .option('--before <id>', 'only older ones', whole)
    .action((options: FilterOptions & { limit: number; before?: number }) =>
      cli.answer(
        async (client) => {
          const { limit, before } = options;
          const filter = filterOf(options);
          const { count } = await client.list({ ...filter, limit: 1 });
          const items: HistoryItem[] = [];
          let next: number | null = before ?? null;
          do {
            const page = await client.list({
              ...filter,
              before: next ?? undefined,
              limit: limit - items.length,
              count: false,
            });
            items.push(...page.items);
            next = page.next;
          } while (items.length < limit && next !== null && !cli.signal.aborted);
          return { items, next, count };
        },
        ({ items, count }) =>
          items.length === 0
            ? 'No deployment fits.'
            : `${list(items)}\n${pc.dim(`${items.length} of ${count?.exact ? '' : 'at least '}${count?.n}`)}`,
      ),
    );

  const deployment =
    program.commands.find((command) => command.name() === 'deployment') ??
    program.command('deployment');

  withFilters(deployment.command('search'))
    .description('search logs, contracts, addresses, hashes and notes')
    .argument('<text...>', 'words, or an exact "phrase"')
    .option('--limit <n>', 'at most 100', whole, 20)
    .action((text: string[], options: FilterOptions & { limit: number }) =>
      cli.answer(
        async (client) => {
          const hits: SearchHit[] = [];
          let cursor: number | undefined;
          for (;;) {
            const page = await client.search({
              ...filterOf(options),
              text: text.map((one) => (/\s/.test(one) ? `"${one}"` : one)).join(' '),
              limit: options.limit - hits.length,
              cursor,
            });
            hits.push(...page.hits);
            cursor = page.next ?? undefined;
            const full = hits.length >= options.limit;
            if (full || cursor === undefined || cli.signal.aborted) {
              return { hits, more: page.next !== null, ...only(page) };
            }
          }
        },
        ({ hits, more, unindexed, problem }) =>
          [
            problem ?? (hits.length === 0 ? 'Nothing was found.' : hits.map(hitText).join('\n')),
            more ? pc.dim('There is more; raise --limit to see it.') : '',
            unindexed > 0 ? pc.dim(`${plural(unindexed, 'deployment')} not indexed yet.`) : '',
          ]
            .filter(Boolean)
            .join('\n'),
      ),
    );

  deployment
    .command('diff')
    .description('what differs between two deployments')
    .argument('<a>', 'id', whole)
    .argument('<b>', 'id', whole)
    .action((a: number, b: number) => cli.answer((client) => client.diff({ a, b }), diffText));

  deployment
    .command('live')
    .description('ask the chain whether its contracts are there')
    .argument('<id>', 'as in the list', whole)
    .action((id: number) =>
      cli.answer(
        async (client) => {
          const check = await client.live({ id });
          if (check.live === 'unknown') cli.fail();
          return check;
        },
        ({ live, problem, contracts }) =>
          [
            `Live: ${live}${problem ? `. ${problem}` : ''}`,
            ...(contracts.length > 0
              ? [
                  table(
                    ['CONTRACT', 'ADDRESS', 'THERE', 'SAME CODE'],
                    contracts.map((c) => [
                      c.name ?? '(unknown)',
                      c.address,
                      word(c.present),
                      word(c.sameCode),
                    ]),
                  ),
                ]
              : []),
          ].join('\n'),
      ),
    );

  deployment
    .command('export')
    .description('one deployment, what is live on a network, or the list')
    .argument('[id]', 'as in the list; without it --live or the list as CSV', whole)
    .addOption(new Option('--format <format>').choices(formats))
    .option('--live <network>', 'addresses of everything live there')
    .option('--out <file>', 'write a file instead of printing')
    .option('--project <project>', 'of the list: name, id or folder')
    .action(
      (
        id: number | undefined,
        options: { format?: Format; live?: string; out?: string; project?: string },
      ) =>
        cli.answer(
          async (client) => save(await exported(client, id, options), options.out),
          printed,
        ),
    );

  deployment
    .command('download')
    .description('its log as text')
    .argument('<id>', 'as in the list', whole)
    .addOption(new Option('--stream <stream>').choices(['all', 'stdout', 'stderr']).default('all'))
    .option('--timestamps', 'before each line')
    .option('--ansi', 'keep colours')
    .option('--out <file>', 'write a file instead of printing')
    .action(
      (
        id: number,
        options: {
          stream: 'all' | 'stdout' | 'stderr';
          timestamps?: boolean;
          ansi?: boolean;
          out?: string;
        },
      ) =>
        cli.answer(async (client) => {
          const { out, ...wanted } = options;
          const file = await client.log({ id, ...wanted });
          return save({ name: file.name, type: file.type, text: await file.text() }, out);
        }, printed),
    );

  deployment
    .command('note')
    .description('set its note; without text: remove it')
    .argument('<id>', 'as in the list', whole)
    .argument('[text...]')
    .action((id: number, text: string[] = []) =>
      cli.answer((client) => client.note({ id, note: text.join(' ') }), noted),
    );

  deployment
    .command('tag')
    .description('add tags')
    .argument('<id>', 'as in the list', whole)
    .argument('[tags...]')
    .option('--remove <tag>', 'take one off; give the option once for each', collect)
    .action((id: number, add: string[] = [], { remove }: { remove?: string[] }) =>
      cli.answer((client) => client.tag({ id, add, remove }), noted),
    );

  deployment
    .command('pin')
    .description('keep it at hand')
    .argument('<id>', 'as in the list', whole)
    .option('--off', 'unpin it')
    .action((id: number, { off }: { off?: boolean }) =>
      cli.answer((client) => client.pin({ id, pinned: !off }), noted),
    );
}

function withFilters(command: Command): Command {
  return command
    .option('--project <project>', 'name, id or folder')
    .option('--network <name>')
    .option('--status <status>', 'give the option once for each', statuses)
    .option('--branch <name>')
    .option('--commit <digits>', 'the first digits of it')
    .addOption(new Option('--trigger <trigger>').choices(trigger.options))
    .option('--tag <tag>')
    .option('--pinned')
    .option('--live', 'on the chain now')
    .option('--since <time>', 'such as 2h, 3d, 1w', seconds);
}

function filterOf(options: FilterOptions): HistoryFilter {
  const { project, network, status, branch, commit, tag, pinned, live, since } = options;
  return {
    project,
    network,
    status,
    branch,
    commit,
    trigger: options.trigger,
    tag,
    pinned,
    live,
    from: since === undefined ? undefined : Date.now() - since * 1000,
  };
}

function statuses(text: string, earlier: ListStatus[] = []): ListStatus[] {
  const { data } = listStatus.safeParse(text);
  if (data) return [...earlier, data];
  throw new InvalidArgumentError(`Give one of ${listStatus.options.join(', ')}.`);
}

async function exported(
  client: Client,
  id: number | undefined,
  options: { format?: Format; live?: string; project?: string },
): Promise<Exported> {
  const { format, live, project } = options;
  if (id !== undefined) return client.export({ id, format: format ?? 'json' });
  if (live !== undefined) {
    if (format === 'json' || format === 'csv') {
      throw new InvalidArgumentError('--live goes with --format addresses, ts or env.');
    }
    return client.exportLive({ network: live, format });
  }
  if (format !== undefined && format !== 'csv') {
    throw new InvalidArgumentError(`Give the id of a deployment, or --live, for ${format}.`);
  }
  let whole: Exported | undefined;
  for (let before: number | undefined; ; ) {
    const page = await client.exportList({ project, before, limit: 10_000 });
    whole = { ...page, text: (whole?.text ?? '') + page.text };
    if (page.next === null) return { name: whole.name, type: whole.type, text: whole.text };
    before = page.next;
  }
}

interface Saved {
  file: string;
  bytes: number;
}

async function save(file: Exported, out: string | undefined): Promise<Exported | Saved> {
  if (out === undefined) return file;
  const target = path.resolve(out);
  await writeFile(target, file.text);
  return { file: target, bytes: Buffer.byteLength(file.text) };
}

function printed(result: Exported | Saved): string {
  if ('file' in result) return `Wrote ${result.file} (${result.bytes} bytes).`;
  return result.text.replace(/\n$/, '');
}

const only = ({ unindexed, problem }: { unindexed: number; problem: string | null }) => ({
  unindexed,
  problem,
});

function list(items: readonly HistoryItem[]): string {
  return table(
    ['ID', 'PROJECT', '#', 'NETWORK', 'STATUS', 'CONTRACTS', 'COMMIT', 'STARTED', 'TAGS'],
    items.map((d) => [
      d.id,
      d.project.name,
      d.number,
      d.network,
      `${d.status}${d.status === 'succeeded' && d.live === false ? ', reverted' : ''}`,
      d.contractCount,
      d.commit?.slice(0, 7) ?? null,
      time(d.startedAt ?? d.createdAt),
      [d.pinned ? 'pinned' : '', ...d.tags].filter(Boolean).join(' '),
    ]),
  );
}

function hitText({ deployment: d, snippet, marks, seq }: SearchHit): string {
  let text = '';
  let at = 0;
  for (const [from, to] of marks) {
    text += snippet.slice(at, from) + pc.bold(pc.yellow(snippet.slice(from, to)));
    at = to;
  }
  const where = seq === null ? '' : pc.dim(` seq ${seq}`);
  const head = `${d.id}  ${d.project.name} #${d.number} on ${d.network}, ${d.status}${where}`;
  return `${head}\n    ${text}${snippet.slice(at)}`;
}

function noted(d: HistoryItem): string {
  const parts = [
    `${d.project.name} #${d.number} (id ${d.id})`,
    d.pinned && 'pinned',
    d.tags.length > 0 && `tags ${d.tags.join(', ')}`,
    d.note && `note: ${d.note}`,
  ];
  return parts.filter(Boolean).join('; ');
}

const word = (value: boolean | null) => (value === null ? 'not known' : value ? 'yes' : 'no');
