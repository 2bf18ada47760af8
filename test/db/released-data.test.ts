import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRouterClient } from '@orpc/server';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { migrations } from '#main/db/migrations.ts';
import { openDb } from '#main/db/open.ts';
import { schemaOf } from '#main/db/schema.ts';
import { appRoot } from '#main/lib/app-root.ts';
import { testsAll } from '#test/harness/all.ts';
import { openTestApp, type TestApp } from '#test/harness/app.ts';
import type { Client } from '#test/harness/doors.ts';
import { copyFixture } from '#test/harness/fixture.ts';
import { freePort } from '#test/harness/ports.ts';
import { trustTemporaryFolders } from '#test/harness/trust.ts';
import { answerToday, inputToday, rowToday } from './new-names.ts';
import {
  type Answer,
  releasedAnswers,
  releasedFolder,
  releasedSchema,
  unfinished,
} from './released-folder.ts';
import { type Row, rowsOf } from './rows.ts';

/** What opening the folder once more may add. */
const LAST_EVENT = 98;
const LAST_REPAIR = 4;

const clientOf = ({ app }: TestApp): Client =>
  createRouterClient(app.router, { context: app.context });

/** Expects that `db` holds all that `before` held. */
function expectAllOf(db: Database.Database, before: Map<string, Row[]>): void {
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  const after = rowsOf(db);
  for (const [table, rows] of before) {
    expect(rows.length, table).toBeGreaterThan(0);
    const today = rows.map((row) => expect.objectContaining(rowToday(table, row)));
    expect(after.get(table), table).toEqual(today);
  }
}

test('every row and value of a released version is there after the migrations', async () => {
  await using released = await releasedFolder();
  const before = released.before();
  expect(schemaOf(before)).toBe(releasedSchema);
  const db = openDb(released.home);
  try {
    expect(schemaOf(db)).toBe(migrations.length);
    expectAllOf(db, rowsOf(before));
  } finally {
    db.close();
    before.close();
  }
});

/** Networks that come with a version are its own affair. */
const ofTheFolder = ['local', 'second', 'twin', 'staging', 'nowhere'];

function comparable(call: string, answer: unknown): unknown {
  const kept = (wanted: (one: never) => boolean) => (answer as never[]).filter(wanted);
  switch (call) {
    case 'events.list':
      return kept(({ seq }) => seq <= LAST_EVENT);
    case 'doctor.repairs':
      return kept(({ id }) => id <= LAST_REPAIR);
    case 'chains.list':
    case 'networks.list':
      return kept(({ name }) => ofTheFolder.includes(name));
    case 'history.export':
      return withContent(answer as { type: string; text: string });
    default:
      return answer;
  }
}

/** JSON is compared by what it holds. */
const withContent = (file: { type: string; text: string }) =>
  file.type === 'application/json' ? { ...file, text: JSON.parse(file.text) } : file;

/** What a call answers, with all its pages: one ends where its time was over. */
async function ask(client: Client, { call, input }: Answer): Promise<unknown> {
  const procedure = call
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client) as (
    input: unknown,
  ) => Promise<unknown>;
  const answer = await procedure(input);
  if (answer instanceof Blob) return answer.text();
  const { next } = (answer ?? {}) as { next?: number | null };
  const [list, from] = call === 'history.search' ? ['hits', 'cursor'] : ['items', 'before'];
  if (typeof next !== 'number' || !call.startsWith('history.')) return answer;
  const rest = await ask(client, { call, input: { ...(input as object), [from]: next }, answer });
  const first = answer as Record<string, unknown[]>;
  const others = rest as Record<string, unknown[]>;
  return { ...first, [list]: [...(first[list] ?? []), ...(others[list] ?? [])], next: others.next };
}

test('this version says of it what the released one said', async () => {
  await using released = await releasedFolder({
    rows: `DELETE FROM deployments WHERE status IN ('queued', 'running', 'cancelling');
      UPDATE chains SET process = NULL, instance = NULL, started_at = NULL;
      DELETE FROM terminals;
      UPDATE webhooks SET after_seq = ${LAST_EVENT};
      UPDATE webhook_deliveries SET next_at = NULL, status = 'failed'
        WHERE status IN ('waiting', 'sending');`,
  });
  await using core = await openTestApp({ home: released.home, asksForTrust: true });
  const client = clientOf(core);
  const answers = releasedAnswers();
  expect(answers.length).toBeGreaterThan(100);
  for (const asked of answers) {
    const what = `${asked.call} ${JSON.stringify(asked.input)}`;
    const now = { ...asked, input: inputToday(asked.call, asked.input) };
    const today = await ask(client, now).catch((error: unknown) => ({ error }));
    const expected = answerToday(comparable(asked.call, asked.answer));
    // Through JSON, as a door passes it: what is undefined is not there.
    expect.soft(JSON.parse(JSON.stringify(comparable(asked.call, today))), what).toEqual(expected);
  }
});

test('what ran and what waited when the machine went off is done by this version', async () => {
  await using vault = await copyFixture('token-vault', { git: true, compiled: true });
  await using broken = await copyFixture('broken', { git: true, compiled: true });
  await using upgradeable = await copyFixture('upgradeable', { git: true, compiled: true });
  const [local, second, twin] = [await freePort(), await freePort(), await freePort()];
  await using released = await releasedFolder({
    sql: (dump) =>
      dump
        .replaceAll('/projects/token-vault', vault.folder)
        .replaceAll('/projects/broken', broken.folder)
        .replaceAll('/projects/upgradeable', upgradeable.folder)
        .replaceAll('18545', `${local}`)
        .replaceAll('18546', `${second}`)
        .replaceAll('18547', `${twin}`),
    // Nothing is delivered to where these go.
    rows: 'UPDATE webhooks SET enabled = 0; UPDATE projects SET dockerfile = NULL;',
  });
  trustTemporaryFolders(released.home);
  await using core = await openTestApp({ home: released.home, follow: true });
  const { deployments, history, chains } = clientOf(core);
  await vi.waitFor(
    async () => {
      const { running, waiting } = await deployments.queue();
      expect([...running, ...waiting].map(({ id }) => id)).toEqual([]);
    },
    { timeout: 240_000, interval: 200 },
  );
  const ended = await Promise.all(unfinished.map((id) => deployments.get({ id })));
  expect(ended.map(({ status, failure }) => ({ status, failure }))).toEqual(
    ended.map(() => ({ status: 'succeeded', failure: null })),
  );
  // As they were asked for.
  expect(ended.map(({ command }) => command)).toEqual([
    expect.stringMatching(new RegExp(`--rpc-url http://127\\.[\\d.]+:${second} `)),
    expect.stringMatching(
      new RegExp(`:${local} .* -- 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 77$`),
    ),
    expect.stringMatching(/script\/Many\.s\.sol:Many --sig 'run\(uint256\)' .* -- 1$/),
  ]);
  expect(ended.map(({ snapshot }) => snapshot !== null)).toEqual([true, false, true]);
  expect(ended.map(({ attempt }) => attempt)).toEqual([2, 1, 1]);
  // What an older version left unindexed is found as well.
  await vi.waitFor(
    async () => {
      const { hits } = await history.search({ text: '"Said by an older version"' });
      expect(hits.map(({ deployment }) => deployment.id)).toEqual([22]);
    },
    { timeout: 60_000 },
  );
  for (const chain of ['local', 'second', 'twin']) await chains.stop({ chain });
}, 300_000);

// Each of what comes after the released schema, and one that stands for those to come.
const later = [...migrations.slice(releasedSchema), 'CREATE TABLE half (a INTEGER) STRICT;'];

/** Migrations never change: those before have been shown to be safe with the versions that had them. */
const NEWEST = 4;

test.each(later.map((_, i) => i + 1).slice(testsAll ? 0 : -NEWEST))(
  'a kill in migration %i after the released schema leaves all of it, and it opens again',
  async (upTo) => {
    await using released = await releasedFolder();
    const before = released.before();
    const steps = [...migrations.slice(0, releasedSchema), ...later.slice(0, upTo)];
    await killedIn(released.file, steps);

    const left = new Database(released.file);
    expect(schemaOf(left)).toBe(releasedSchema);
    expect(rowsOf(left)).toEqual(rowsOf(before));
    left.close();
    const db = openDb(released.home);
    try {
      expect(schemaOf(db)).toBe(migrations.length);
      expectAllOf(db, rowsOf(before));
    } finally {
      db.close();
      before.close();
    }
  },
);

/** Migrates in a process that is killed when the last step has done its work, before the commit. */
async function killedIn(file: string, steps: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-transform-types',
      '--input-type=module',
      '--eval',
      `import Database from 'better-sqlite3';
       import { migrate } from '#main/db/migrate.ts';
       const db = new Database(${JSON.stringify(file)});
       // So little that the log has most of it when the process ends.
       db.pragma('cache_size = 10');
       db.function('ready', () => { process.stdout.write('ready'); for (;;); });
       migrate(db, [...${JSON.stringify(steps)}, 'SELECT ready();']);`,
    ],
    { cwd: appRoot(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const said = once(child.stdout, 'data');
  const gone = once(child, 'exit');
  await Promise.race([said, gone]);
  expect(child.exitCode, 'it did not come to its end').toBe(null);
  child.kill('SIGKILL');
  await gone;
}
