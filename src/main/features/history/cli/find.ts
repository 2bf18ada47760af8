import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { whole } from '../../../lib/cli/arguments.ts';
import { type Cli, plural, table, time } from '../../../lib/cli/cli.ts';
import { colors } from '../../../lib/cli/colors.ts';
import { resultWords } from '../../../shared/result-parts.ts';
import type { HistoryItem, history, SearchHit } from '../contract.ts';
import { type FilterOptions, filterOf, withFilters } from './filters.ts';

type Client = ContractRouterClient<typeof history>;

export function listCommand(program: Command, cli: Cli<Client>): void {
  withFilters(program.command('history'))
    .description('deployments that match filters, newest first')
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
            : `${list(items)}\n${colors.dim(`${items.length} of ${count?.exact ? '' : 'at least '}${count?.n}`)}`,
        { endsItself: true },
      ),
    );
}

export function searchCommand(deployment: Command, cli: Cli<Client>): void {
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
            more ? colors.dim('There is more; raise --limit to see it.') : '',
            unindexed > 0 ? colors.dim(`${plural(unindexed, 'deployment')} not indexed yet.`) : '',
          ]
            .filter(Boolean)
            .join('\n'),
        { endsItself: true },
      ),
    );
}

const only = ({ unindexed, problem }: { unindexed: number; problem: string | null }) => ({
  unindexed,
  problem,
});

function list(items: readonly HistoryItem[]): string {
  return table(
    ['ID', 'PROJECT', '#', 'TARGET', 'TITLE', 'STATUS', 'RESULT', 'COMMIT', 'STARTED', 'TAGS'],
    items.map((d) => [
      d.id,
      d.project.name,
      d.number,
      d.target,
      d.title,
      `${d.status}${d.status === 'succeeded' && d.live === false ? ', reverted' : ''}`,
      resultWords(d.summary),
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
    text += snippet.slice(at, from) + colors.bold(colors.yellow(snippet.slice(from, to)));
    at = to;
  }
  const where = seq === null ? '' : colors.dim(` seq ${seq}`);
  const head = `${d.id}  ${d.project.name} #${d.number} on ${d.target}, ${d.status}${where}`;
  return `${head}\n    ${text}${snippet.slice(at)}`;
}
