import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { bytes, type Cli, facts, plural, table, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import {
  type DatabaseCheck,
  type data,
  defaultRetention,
  type NewKey,
  type Pruned,
  type Retention,
  type Stats,
} from './contract.ts';

const MOST_TABLES = 12;

function statsText(stats: Stats): string {
  const { database, backups, disk } = stats;
  const state = {
    ok: '',
    full: colors.red(' FULL'),
    'read-only': colors.red(' READ-ONLY'),
    gone: colors.red(' GONE'),
  }[disk.state];
  const sums = facts([
    ['data folder', stats.dataFolder],
    ['in all', bytes(stats.totalBytes)],
    ['free disk', `${bytes(disk.freeBytes)} of ${bytes(disk.totalBytes)}${state}`],
    [
      'database',
      `${bytes(database.bytes)}, ${bytes(database.freeBytes)} of it free, schema ${database.schema}`,
    ],
    [
      'backups',
      backups.newestAt === null
        ? 'none'
        : `${plural(backups.count, 'backup')}, ${bytes(backups.bytes)}, the newest of ${time(backups.newestAt)}`,
    ],
    ['compile cache', bytes(stats.compileCacheBytes)],
    ['log files', bytes(stats.logBytes)],
    ['other', bytes(stats.otherBytes)],
    ['pruned', stats.lastPrunedAt === null ? 'never' : time(stats.lastPrunedAt)],
  ]);
  const tables = table(
    ['TABLE', 'OF', 'ROWS', 'SIZE'],
    database.tables
      .slice(0, MOST_TABLES)
      .map((t) => [t.name, t.feature, t.rows.toLocaleString('en'), bytes(t.bytes)]),
  );
  const chains = table(
    ['CHAIN', 'IN ALL', 'STATE', 'SNAPSHOTS', 'CACHE', 'FORK DATA'],
    stats.chains.map((c) => [
      c.name,
      bytes(c.bytes),
      bytes(c.stateBytes),
      bytes(c.snapshotBytes),
      bytes(c.cacheBytes),
      bytes(c.forkBytes),
    ]),
  );
  return [sums, tables, ...(stats.chains.length > 0 ? [chains] : [])].join('\n\n');
}

function prunedText(result: Pruned): string {
  const { logs, snapshots, backups, caches, traces, dryRun, problems } = result;
  const entries: [string, string][] = [];
  const sum = (items: readonly { bytes: number }[]) => items.reduce((n, i) => n + i.bytes, 0);
  if (logs.runs > 0) {
    const lines = plural(logs.lines, 'line');
    entries.push(['logs', `of ${plural(logs.runs, 'run')}, ${lines}, ${bytes(logs.bytes)}`]);
  }
  if (snapshots.length > 0) {
    entries.push(['snapshots', `${snapshots.length} automatic, ${bytes(sum(snapshots))}`]);
  }
  if (backups.length > 0) entries.push(['backups', `${backups.length}, ${bytes(sum(backups))}`]);
  for (const { chain, bytes: size } of caches) entries.push([`cache of ${chain}`, bytes(size)]);
  if (traces.transactions > 0) {
    entries.push([
      'traces',
      `of ${plural(traces.transactions, 'transaction')}, ${bytes(traces.bytes)}`,
    ]);
  }
  const kept = problems.map((problem) => `${colors.yellow('!')} ${problem}`);
  if (entries.length === 0) {
    return ['There is nothing that the retention settings would not keep.', ...kept].join('\n');
  }
  const head = dryRun
    ? `Would delete ${bytes(result.bytes)}:`
    : `Deleted ${bytes(result.bytes)}; the records of every run are kept:`;
  return [head, facts(entries), ...kept].join('\n');
}

function checkText({ state, problems, newestBackup }: DatabaseCheck): string {
  if (state !== 'damaged') return 'The database is whole.';
  const way = newestBackup
    ? `Go back to the backup of ${time(newestBackup.createdAt)} with "drydock backup restore ${newestBackup.name}"; the damaged file is kept.`
    : 'There is no backup to go back to.';
  return ['The database is damaged:', ...problems.map((p) => `  ${p}`), way].join('\n');
}

function newKeyText({ replaced, keptAt, lost }: NewKey): string {
  const head = replaced
    ? `There is a new key.${keptAt ? ` The old file is kept as ${keptAt}.` : ''}`
    : 'The key works; nothing was changed.';
  const again = [
    ...lost.networks.map((name) => `  drydock network add ${name} --url -`),
    ...lost.webhooks.map(
      (name) => `  drydock webhook remove ${name}, then drydock webhook add ${name} --url -`,
    ),
    ...lost.chains.map((name) => `  drydock chain restart ${name} --fresh --mnemonic -`),
    ...lost.abiSources.map(() => '  drydock settings etherscan-key -'),
    ...lost.keys.map((name) => `  the password of the key ${name}: it can’t be had back`),
    ...lost.variables.map(({ name, project, target }) =>
      ['  drydock env set', project ?? '--shared', name, target && `--target ${target}`]
        .filter(Boolean)
        .join(' '),
    ),
  ];
  return again.length === 0 ? head : [head, 'To be entered again:', ...again].join('\n');
}

const isSize = (rule: string) => rule.endsWith('Bytes');

function retentionText(rules: Retention): string {
  const value = (rule: string, n: number | null) =>
    n === null ? 'no limit' : isSize(rule) ? bytes(n) : n.toLocaleString('en');
  return table(
    ['RULE', 'IS', 'DEFAULT'],
    (Object.keys(defaultRetention) as (keyof Retention)[]).map((rule) => [
      rule,
      value(rule, rules[rule]),
      value(rule, defaultRetention[rule]),
    ]),
  );
}

const factors: Record<string, number> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** A whole number, a size such as `500mb` or `5 GB`, or `none`. */
function limit(text: string): number | null {
  if (text === 'none') return null;
  const [, digits, unit = ''] = /^(\d+)\s*([kmgt]?)i?b?$/i.exec(text.trim()) ?? [];
  const value = Number(digits) * (factors[unit.toLowerCase()] ?? Number.NaN);
  if (digits && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('Give a whole number, a size such as 5GB, or none for no limit.');
}

function rule(text: string): string {
  if (text in defaultRetention) return text;
  throw new InvalidArgumentError(`There are ${Object.keys(defaultRetention).join(', ')}.`);
}

export function dataCommands(program: Command, cli: Cli<ContractRouterClient<typeof data>>): void {
  const command = program.command('data').description('what is kept, and how much room it takes');

  command
    .command('stats')
    .description('what takes how much room')
    .action(() => cli.answer((client) => client.stats(), statsText));

  command
    .command('prune')
    .description('delete what the retention settings no longer keep')
    .option('--dry-run', 'only tell what would be deleted')
    .action((options: { dryRun?: boolean }) =>
      cli.answer((client) => client.prune({ dryRun: options.dryRun ?? false }), prunedText),
    );

  command
    .command('check')
    .description('check the whole database')
    .action(() =>
      cli.answer(async (client) => {
        const found = await client.check();
        if (found.state === 'damaged') cli.fail();
        return found;
      }, checkText),
    );

  command
    .command('new-key')
    .description('start with a new key for secrets when secret.key is lost or damaged')
    .action(() => cli.answer((client) => client.newKey(), newKeyText));

  const retention = command.command('retention').description('what is kept for how long');
  retention
    .command('list')
    .description('all rules')
    .action(() => cli.answer((client) => client.retention(), retentionText));
  retention
    .command('set')
    .description('change one')
    .argument('<rule>', 'as in the list', rule)
    .argument('<limit>', 'days, a count, a size such as 5GB, or none', limit)
    .action((name: string, value: number | null) =>
      cli.answer((client) => client.setRetention({ [name]: value }), retentionText),
    );
}
