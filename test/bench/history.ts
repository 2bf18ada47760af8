import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { type Db, openDb } from '#main/db/open.ts';
import type { HistoryFilter } from '#main/features/history/contract.ts';
import { addTerms } from '#main/features/history/terms.ts';
import { type Core, openCore } from './core.ts';
import { type Figure, plainFigure } from './figure.ts';

const MOST_PAGE_MS = 5;
const MOST_SEARCH_MS = 50;
const MOST_DELAY_MS = 20;
const PROJECTS = 40;
/** Journal lines of each deployment; with its record about 40 words to index. */
const LINES = 4;
/** So many are left for the core itself to index. */
const LEFT_OVER = 5000;

type Client = Core['client'];

/**
 * A history of so many deployments, each with a log: pages under every filter, from the beginning
 * and from anywhere, and searches for what is everywhere, rare, hidden, or not there at all. The
 * last of them are indexed by the core itself, which must stay responsive meanwhile.
 */
export async function history(deployments: number, rounds: number): Promise<Figure[]> {
  await using core = await openCore();
  const db = openDb(core.home);
  try {
    generate(db, deployments);
    index(db);
    const size = deployments.toLocaleString('en');
    const build = await indexRest(core.client, db);
    const pages = await measured(rounds, pageOf(core.client, deployments));
    const searches = await measured(rounds, searchFor(core.client, deployments));
    const p95 = (one: Measured) => percentile(one.all, 95);
    return [
      plainFigure(`history page of ${size}, p95`, p95(pages), 'ms', MOST_PAGE_MS, pages.details),
      plainFigure(`search in ${size}, p95`, p95(searches), 'ms', MOST_SEARCH_MS, searches.details),
      plainFigure('… event-loop delay while indexing, p99', build.delay, 'ms', MOST_DELAY_MS, {
        max: build.longest,
      }),
      plainFigure('… indexed a second, between other work', build.rate, '', null),
      plainFigure('… index for each MB of log', indexShare(db), 'MB', null),
    ];
  } finally {
    db.close();
  }
}

/** Deployments as a team would have made them over years, by SQL alone. */
function generate(db: Db, deployments: number): void {
  // A bench of reading: how the rows came in doesn't matter.
  db.pragma('synchronous = OFF');
  const numbers = (upTo: string) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${upTo})`;
  const hash = (seed: string) => `hex(randomblob(16)) || printf('%08x', ${seed})`;
  db.transaction(() => {
    db.exec(`${numbers(`${PROJECTS}`)} INSERT INTO projects (name, path, kind, added_at)
      SELECT 'project-' || i, '/nowhere/' || i, 'foundry', 1 FROM n`);
    db.exec(`${numbers(`${deployments}`)}
      INSERT INTO deployments (number, project_id, kind, family, target, title, input, result, status,
        live, commit_hash, branch, dirty, created_at, started_at, ended_at, phases, trigger)
      SELECT (i - 1) / ${PROJECTS} + 1, (SELECT min(id) FROM projects) + i % ${PROJECTS},
        'foundry', 'contracts',
        CASE WHEN i % 11 = 0 THEN 'base' WHEN i % 7 = 0 THEN 'sepolia' ELSE 'local' END,
        'script/Deploy' || (i % 9) || '.s.sol:Deploy run()',
        json_object('script', 'script/Deploy' || (i % 9) || '.s.sol:Deploy', 'sig', 'run()',
          'args', json_array(), 'snapshot', json('true')),
        json_object('family', 'contracts', 'chainId', 31337,
          'sender', '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', 'contractCount', 1,
          'transactionCounts', json_object('planned', 1, 'sent', 1, 'mined', 1),
          'gasUsed', '1284551'),
        CASE WHEN i % 13 = 0 THEN 'failed' WHEN i % 101 = 0 THEN 'cancelled'
          ELSE 'succeeded' END,
        CASE WHEN i % 13 = 0 THEN NULL ELSE i % 500 = 0 END,
        printf('%08x', (i / 20 * 2654435761) % 4294967296) || printf('%032x', i / 20),
        CASE WHEN i % 97 = 0 THEN 'feature/' || (i % 1000) ELSE 'main' END, 0,
        1600000000000 + i * 60000, 1600000000000 + i * 60000, 1600000005000 + i * 60000,
        '[]', CASE WHEN i % 1000 = 3 THEN 'retry' ELSE 'manual' END
      FROM n`);
    db.exec(`INSERT INTO contracts (deployment_id, position, name, address, transaction_hash,
      block_number, nested, verified)
      SELECT id, 0, CASE WHEN id % 5 = 0 THEN 'UniswapV2Pair' WHEN id % 50021 = 7 THEN
        'ZebraRegistry' ELSE 'TokenVault' || (id % 300) END,
        '0x' || printf('%08x', (id * 2654435761) % 4294967296) || hex(randomblob(16)),
        '0x' || ${hash('id')} || hex(randomblob(12)), id, 0, 1 FROM deployments`);
    db.exec(`INSERT INTO journal (deployment_id, seq, at, type, data)
      WITH line(k) AS (VALUES ${Array.from({ length: LINES }, (_, k) => `(${k + 1})`).join(', ')})
      SELECT id, k, created_at, CASE WHEN id % 13 = 0 AND k = ${LINES} THEN 'stderr' ELSE 'stdout'
        END, CASE
          WHEN k = 1 THEN 'Compiling ' || (id % 90) || ' files with Solc 0.8.' || (id % 30)
          WHEN k = 2 THEN 'Script ran successfully. Gas used: ' || (1000000 + id % 77777)
          WHEN k = ${LINES} AND id % 13 = 0 THEN 'Error: execution reverted: caller ' ||
            CASE WHEN id % 26000 = 0 THEN 'isNotTheOwner' ELSE 'lacks role ' || (id % 50) END
          ELSE '[Success] Hash: 0x' || lower(hex(randomblob(32))) || ' Block: ' || id END
      FROM deployments, line`);
    db.exec(
      `INSERT INTO deployment_tags SELECT 'release', id FROM deployments WHERE id % 5000 = 1`,
    );
    db.exec(`INSERT INTO deployment_notes SELECT id, 1, 'the one that worked' FROM deployments
      WHERE id % 20011 = 5`);
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** The index as the core would have built it, without its pauses. */
function index(db: Db): void {
  db.function('terms', (text) => {
    const terms = new Set<string>();
    addTerms(String(text), terms);
    return [...terms].join(' ');
  });
  // Literals, because a bound number is a REAL, which is refused.
  const settings = (automerge: number, crisismerge: number) => {
    for (const [name, value] of Object.entries({ automerge, crisismerge })) {
      db.exec(`INSERT INTO deployment_search (deployment_search, rank)
        VALUES ('${name}', ${value})`);
    }
  };
  settings(4, 16);
  const { last } = db.prepare('SELECT max(id) AS last FROM deployments').get() as { last: number };
  const text = `(SELECT group_concat(data, char(10)) FROM journal j WHERE j.deployment_id = d.id)`;
  const add = db.prepare(`INSERT INTO deployment_search (rowid, words)
    SELECT d.id * 4096, terms(${text} || ' project-' || d.project_id || ' ' || d.target || ' ' ||
      d.title || ' ' || (d.result ->> '$.sender') || ' ' || d.branch || ' ' || d.commit_hash || ' ' ||
      c.name || ' ' || c.address || ' ' || c.transaction_hash)
    FROM deployments d JOIN contracts c ON c.deployment_id = d.id
    WHERE d.id > ? AND d.id <= ?`);
  const done = db.prepare('DELETE FROM deployment_unindexed WHERE deployment_id <= ?');
  const note = db.prepare(
    'INSERT INTO deployment_indexed SELECT id, 2000 FROM deployments WHERE id > ? AND id <= ?',
  );
  const upTo = last - LEFT_OVER;
  for (let from = 0; from < upTo; from += 20_000) {
    const to = Math.min(upTo, from + 20_000);
    db.transaction(() => {
      add.run(from, to);
      note.run(from, to);
      done.run(to);
    })();
  }
  settings(0, 1000);
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Wakes the core and waits until nothing is left to index. */
async function indexRest(client: Client, db: Db) {
  const [first] = (await client.history.list({ limit: 1, count: false })).items;
  const left = db.prepare('SELECT deployment_id FROM deployment_unindexed LIMIT 1');
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = performance.now();
  await client.history.pin({ id: first?.id as number, pinned: false });
  delay.enable();
  while (left.get()) await sleep(50);
  delay.disable();
  return {
    rate: LEFT_OVER / ((performance.now() - before) / 1000),
    delay: delay.percentile(99) / 1e6,
    longest: delay.max / 1e6,
  };
}

function indexShare(db: Db): number {
  const index = db
    .prepare('SELECT sum(length(block)) AS bytes FROM deployment_search_data')
    .get() as { bytes: number };
  const log = db.prepare('SELECT sum(length(data)) AS bytes FROM journal').get() as {
    bytes: number;
  };
  return index.bytes / log.bytes;
}

interface Measured {
  all: number[];
  details: Record<string, number>;
}

/** Each kind so many times, in turns; milliseconds. */
async function measured(
  rounds: number,
  kinds: Record<string, (round: number) => Promise<unknown>>,
): Promise<Measured> {
  const times = new Map(Object.keys(kinds).map((name) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, work] of Object.entries(kinds)) {
      await turn();
      const before = performance.now();
      await work(round + 1);
      // The first round reads the database into memory.
      if (round >= 0) times.get(name)?.push(performance.now() - before);
    }
  }
  const details = Object.fromEntries(
    [...times].map(([name, list]) => [`${name} p95`, percentile(list, 95)]),
  );
  return { all: [...times.values()].flat(), details };
}

function pageOf(client: Client, deployments: number) {
  const list = (filter: HistoryFilter, before?: number) =>
    client.history.list({ ...filter, before, limit: 50 });
  const anywhere = (round: number) => 1 + ((round * 7919 * 104_729) % deployments);
  const project = (round: number) => `project-${1 + (round % PROJECTS)}`;
  const day = (round: number) => 1_600_000_000_000 + anywhere(round) * 60_000;
  return {
    newest: () => list({}),
    anywhere: (round: number) => list({}, anywhere(round)),
    project: (round: number) => list({ project: project(round) }, anywhere(round)),
    'project, network and result': (round: number) =>
      list({ project: project(round), target: 'base', status: ['failed'] }),
    'several results': (round: number) =>
      list({ status: ['failed', 'cancelled'] }, anywhere(round)),
    branch: (round: number) => list({ branch: 'feature/97' }, anywhere(round)),
    'main branch, failed': () => list({ branch: 'main', status: ['failed'] }),
    'commit, four digits': (round: number) => list({ commit: round.toString(16).padStart(4, '0') }),
    'commit, one digit': (round: number) => list({ commit: (round % 16).toString(16) }),
    retries: (round: number) => list({ trigger: 'retry' }, anywhere(round)),
    live: () => list({ live: true, target: 'base' }),
    tag: () => list({ tag: 'release' }),
    pinned: () => list({ pinned: true }),
    'a day': (round: number) => list({ from: day(round), to: day(round) + 86_400_000 }),
    'nothing fits': () => list({ branch: 'none', status: ['failed'], live: true }),
    'no index for it': () =>
      list({ live: false, branch: 'main', trigger: 'retry', tag: 'release' }),
  };
}

function searchFor(client: Client, deployments: number) {
  const search = (text: string, filter: HistoryFilter = {}) =>
    client.history.search({ ...filter, text, limit: 20 });
  const address = (round: number) => {
    const id = 1 + ((round * 7919) % deployments);
    return `0x${Number((BigInt(id) * 2_654_435_761n) % 4_294_967_296n)
      .toString(16)
      .padStart(8, '0')}`;
  };
  return {
    'on every page': () => search('compil'),
    'two that are everywhere': () => search('success block'),
    'an address': (round: number) => search(address(round)),
    'the beginning of an address': (round: number) => search(address(round).slice(0, 6)),
    'inside camelCase': () => search('pair'),
    'a rare contract': () => search('zebra'),
    'a rare error': () => search('"execution reverted" isNotTheOwner'),
    'everywhere, in a project': (round: number) =>
      search('execution', { project: `project-${1 + (round % PROJECTS)}`, target: 'base' }),
    'never together': () => search('zebra isNotTheOwner'),
    'a phrase that is not there': () => search('"reverted execution"'),
    nowhere: (round: number) => search(`quux${round}`),
    'one letter': () => search('s'),
    'two letters': () => search('su'),
  };
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}
