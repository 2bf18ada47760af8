import { cp } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { addTerms } from '#main/features/history/terms.ts';
import type { Client } from '#test/harness/doors.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import type { Figure } from '../figure.ts';
import { type Checkout, openSide, timeToReady } from './checkout.ts';
import { measurePairs, pairFigure } from './ratio.ts';

const DEPLOYMENTS = 50_000;
const PROJECTS = 20;

/**
 * Pages and searches of a long history. The database is written in the schema of the version before,
 * and this one migrates a copy of it.
 */
export async function histories(before: Checkout, now: Checkout, count: number): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  await using copy = await temporaryFolder();
  await timeToReady(before, folder.path);
  fill(path.join(folder.path, 'drydock.db'));
  await cp(folder.path, copy.path, { recursive: true });
  await using old = await openSide(before, folder.path);
  await using side = await openSide(now, copy.path);
  const size = DEPLOYMENTS.toLocaleString('en');
  const measured = async (work: (client: Client, round: number) => Promise<number>) =>
    measurePairs(
      count,
      (round) => work(old.client, round),
      (round) => work(side.client, round),
    );
  const expected = (found: number) => {
    if (found === 0) throw new Error('nothing was found');
  };
  const pages = await measured(async (client, round) => {
    const from = performance.now();
    for (const filter of pagesOf(round)) {
      expected((await client.history.list({ ...filter, limit: 50 })).items.length);
    }
    return performance.now() - from;
  });
  const searches = await measured(async (client, round) => {
    const from = performance.now();
    for (const text of textsOf(round)) await client.history.search({ text, limit: 20 });
    return performance.now() - from;
  });
  return [
    pairFigure(`pages of a history of ${size}`, pages),
    pairFigure(`searches in a history of ${size}`, searches),
  ];
}

const pagesOf = (round: number) => [
  {},
  { before: 1000 + ((round * 7919) % (DEPLOYMENTS - 1000)) },
  { project: `project-${1 + (round % PROJECTS)}` },
  { status: ['failed' as const] },
  { branch: 'main', status: ['failed' as const] },
  { live: true },
  { tag: 'release' },
  { project: `project-${1 + (round % PROJECTS)}`, status: ['succeeded' as const] },
];

const textsOf = (round: number) => [
  'compil',
  'success block',
  `vault${round % 300}`,
  '"execution reverted"',
  'pair',
  `quux${round}`,
];

/** Records as the version would have made them, indexed. */
function fill(file: string): void {
  const db = new Database(file);
  try {
    db.pragma('synchronous = OFF');
    db.transaction(() => {
      insert(db, 'projects', PROJECTS, {
        name: `'project-' || i`,
        path: `'/nowhere/' || i`,
        kind: `'foundry'`,
        added_at: '1',
      });
      insert(db, 'deployments', DEPLOYMENTS, deployment);
      insert(db, 'contracts', DEPLOYMENTS, {
        deployment_id: 'i',
        position: '0',
        name: `CASE WHEN i % 5 = 0 THEN 'UniswapV2Pair' ELSE 'TokenVault' || (i % 300) END`,
        address: `'0x' || printf('%040x', i)`,
        transaction_hash: `'0x' || printf('%064x', i)`,
        block_number: 'i',
        nested: '0',
        verified: '1',
      });
      for (const [seq, data] of lines.entries()) {
        insert(db, 'journal', DEPLOYMENTS, {
          deployment_id: 'i',
          seq: `${seq + 1}`,
          at: '1600000000000 + i',
          type: `'stdout'`,
          data,
        });
      }
      db.exec(
        `INSERT INTO deployment_tags SELECT 'release', id FROM deployments WHERE id % 500 = 1`,
      );
      index(db);
    })();
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/** In the names of either schema: what the table doesn't have is left out. */
const deployment = {
  number: `(i - 1) / ${PROJECTS} + 1`,
  project_id: `1 + i % ${PROJECTS}`,
  kind: `'foundry'`,
  family: `'contracts'`,
  network: `CASE WHEN i % 7 = 0 THEN 'sepolia' ELSE 'local' END`,
  target: `CASE WHEN i % 7 = 0 THEN 'sepolia' ELSE 'local' END`,
  chain_id: '31337',
  status: `CASE WHEN i % 13 = 0 THEN 'failed' ELSE 'succeeded' END`,
  live: 'CASE WHEN i % 13 = 0 THEN NULL ELSE i % 500 = 0 END',
  script: `'script/Deploy' || (i % 9) || '.s.sol:Deploy'`,
  title: `'script/Deploy' || (i % 9) || '.s.sol:Deploy'`,
  signature: `'run()'`,
  args: `'[]'`,
  request: `'{"snapshot":true}'`,
  input: `'{"script":"script/Deploy.s.sol:Deploy","sig":"run()","args":[],"snapshot":true}'`,
  sender: `'0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'`,
  commit_hash: `printf('%040x', i / 20)`,
  branch: `CASE WHEN i % 97 = 0 THEN 'feature/' || (i % 1000) ELSE 'main' END`,
  dirty: '0',
  created_at: '1600000000000 + i * 60000',
  started_at: '1600000000000 + i * 60000',
  ended_at: '1600000005000 + i * 60000',
  phases: `'[]'`,
  gas_used: `'1284551'`,
};

const lines = [
  `'Compiling ' || (i % 90) || ' files with Solc 0.8.' || (i % 30)`,
  `'Script ran successfully. Gas used: ' || (1000000 + i % 77777)`,
  `CASE WHEN i % 13 = 0 THEN 'Error: execution reverted: caller lacks role ' || (i % 50)
    ELSE '[Success] Hash: 0x' || lower(hex(randomblob(32))) || ' Block: ' || i END`,
];

function insert(
  db: Database.Database,
  table: string,
  count: number,
  values: Record<string, string>,
): void {
  const known = db
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name);
  const names = Object.keys(values).filter((name) => known.includes(name));
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => values[name]).join(', ')}
    FROM n`);
}

function index(db: Database.Database): void {
  db.function('terms', (text) => {
    const terms = new Set<string>();
    addTerms(String(text), terms);
    return [...terms].join(' ');
  });
  db.exec(`
    INSERT INTO deployment_search (rowid, words)
      SELECT d.id * 4096, terms(
        (SELECT group_concat(data, char(10)) FROM journal j WHERE j.deployment_id = d.id) ||
        ' project-' || d.project_id || ' ' || c.name || ' ' || c.address || ' ' || d.branch)
      FROM deployments d JOIN contracts c ON c.deployment_id = d.id;
    INSERT INTO deployment_indexed SELECT id, 2000 FROM deployments;
    DELETE FROM deployment_unindexed;`);
}
