import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { queuedDeployment } from '#test/harness/queued-deployment.ts';
import { type Db, openDb } from '../../db/open.ts';
import { Mask } from '../../lib/secrets/mask.ts';
import { projectsStore } from '../projects/store.ts';
import { Journal } from './journal.ts';
import { RunLog } from './run-log.ts';
import { type DeploymentsStore, deploymentsStore } from './store.ts';

let stack: AsyncDisposableStack;
let db: Db;
let store: DeploymentsStore;
let journal: Journal;
let log: RunLog;
let id: number;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  db = openDb(stack.use(await temporaryFolder()).path);
  stack.defer(() => void db.close());
  store = deploymentsStore(db);
  journal = new Journal(store, () => undefined);
  const project = { name: 'p', path: '/p', kind: 'foundry' as const, addedAt: 0 };
  id = queuedDeployment(store, projectsStore(db).insert(project).id);
  log = new RunLog(id, journal);
});
afterEach(() => stack.disposeAsync());

const nobody = () => undefined;
const texts = () => journal.read(id, 0, 100_000).map((e) => (e.type === 'log' ? e.text : e.type));

/** Keeps the disk full until it is called. */
function fillDisk(): () => void {
  const pages = db.pragma('page_count', { simple: true });
  db.pragma(`max_page_count = ${pages}`);
  return () => void db.pragma('max_page_count = 1000000');
}

test('lines are events of their own, in the order in which they and all else came', () => {
  log.output('stdout', 'one\ntwo\nhal', nobody);
  log.output('stderr', 'oh\n', nobody);
  log.note('ours\non two lines');
  log.output('stdout', 'f\nlast', (line) => {
    if (line === 'half') log.flush([{ at: 1, type: 'status', status: 'running' }]);
  });
  log.endOutput(nobody);
  log.flush();
  expect(texts()).toEqual(['one', 'two', 'oh', 'ours\non two lines', 'status', 'half', 'last']);
  expect(journal.read(id, 0, 10).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(journal.lastSeq(id)).toBe(7);
});

test('ends of lines are taken off, and a line that is too long to be looked at is cut', () => {
  log.output('stdout', `one\r\n${'x'.repeat(20_000)}\nthree\r`, nobody);
  log.output('stdout', '\nfour\n\n', nobody);
  log.flush();
  const cut = ['x'.repeat(16_384), 'x'.repeat(20_000 - 16_384)];
  expect(texts()).toEqual(['one', ...cut, 'three', 'four', '']);
});

test('what is looked through after a failure are the last lines, without colours', () => {
  for (let i = 1; i <= 10_000; i++) log.output('stdout', `\x1b[31m${i}\x1b[0m\n`, nobody);
  log.flush([{ at: 1, type: 'warning', message: 'careful' }]);
  log.output('stderr', 'Error: no\n', nobody);
  const recent = log.recent();
  expect(recent.at(-1)).toEqual({ seq: 10_002, text: 'Error: no' });
  expect(recent.at(-2)).toEqual({ seq: 10_000, text: '10000' });
  expect(recent[0]?.seq).toBe(6003);
  expect(recent).toHaveLength(3999);
});

test('on a full disk lines wait for room, the newest of them', () => {
  const free = fillDisk();
  const line = 'x'.repeat(60);
  for (let i = 1; i <= 120_000; i++) {
    log.output('stdout', `${i} ${line}\n`, nobody);
    if (i % 5000 === 0) expect(() => log.flush()).toThrow(/full/);
  }
  free();
  log.output('stdout', 'room\n', nobody);
  log.flush();
  const all = texts();
  expect(all.at(-1)).toBe('room');
  expect(all.length).toBeGreaterThan(10_000);
  expect(all.length).toBeLessThanOrEqual(50_001);
  const numbers = all.slice(0, -1).map((text) => Number(text.split(' ')[0]));
  expect(numbers).toEqual(numbers.map((_, i) => 120_000 - numbers.length + 1 + i));
});

test('a line that is being written is shown live, without secrets, and is no event yet', async () => {
  const shown: string[] = [];
  const secret = 'correct-horse-battery';
  const live = new RunLog(id, journal, new Mask([secret]), (line) => shown.push(line));
  live.output('stderr', '\u001b[32m10%\r20%\u001b[0m of it', nobody);
  await expect.poll(() => shown).toEqual(['20% of it']);
  live.output('stderr', `\r30% with ${secret.slice(0, 15)}`, nobody);
  await expect.poll(() => shown.at(-1)).toBe('30% with ');
  live.output('stderr', `${secret.slice(15)}!`, nobody);
  await expect.poll(() => shown.at(-1)).toBe('30% with ••••!');
  expect(texts()).toEqual([]);
  live.output('stderr', '\rdone\n', nobody);
  await expect.poll(() => shown.at(-1)).toBe('');
  live.endOutput(nobody);
  live.flush();
  expect(texts()).toEqual(['done']);
});
