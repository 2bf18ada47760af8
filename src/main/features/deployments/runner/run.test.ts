import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { type Db, openDb } from '../../../db/open.ts';
import type { Engine, ExecOptions, Exit, Workspace } from '../../../engines/engine.ts';
import type { Kind, RunContext, RunEnd } from '../../../kinds/kind.ts';
import { KnownSecrets } from '../../../lib/secrets/known-secrets.ts';
import { AppError } from '../../../shared/errors.ts';
import { waitingPhases } from '../../../shared/phase.ts';
import type { ServicesResult } from '../../../shared/result.ts';
import type { JournalEvent } from '../../../shared/run.ts';
import { afterEvents, emptyRun } from '../../../shared/run-state.ts';
import type { Target, TargetProvider, TargetWatch } from '../../../targets/target.ts';
import { projectsStore } from '../../projects/store.ts';
import type { Limits } from '../contract.ts';
import { Journal } from '../journal.ts';
import { statusChanges } from '../status-changes.ts';
import { type DeploymentsStore, deploymentsStore } from '../store.ts';
import { Runner } from './run.ts';

// The kind, target and engine are made up for these tests: none of them decides a run's course.

const PHASES = ['look', 'change', 'keep'] as const;

let stack: AsyncDisposableStack;
let db: Db;
let store: DeploymentsStore;
let journal: Journal;
let emitted: string[];
let id: number;
let project: number;

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  db = openDb(stack.use(await temporaryFolder()).path);
  stack.defer(() => void db.close());
  store = deploymentsStore(db);
  emitted = [];
  journal = new Journal(
    store,
    statusChanges(store, (event) => emitted.push(event.type)),
  );
  const row = { name: 'p', path: '/p', kind: 'foundry' as const, addedAt: 0 };
  project = projectsStore(db).insert(row).id;
  const owner = { pid: process.pid, startedAt: '' };
  id = store.insert({
    ...{ projectId: project, kind: 'made-up', family: 'services', target: 'here', title: 'it' },
    ...{ input: {}, createdAt: 0, phases: waitingPhases(PHASES), owner, locks: [] },
    ...{ trigger: 'manual', priority: 0, retryOf: null, approval: null },
    ...{ resumes: false, standsFor: null },
  });
  journal.append(id, [{ at: 0, type: 'status', status: 'running' }]);
});
afterEach(() => stack.disposeAsync());

const made: ServicesResult = {
  family: 'services',
  services: [
    {
      ...{ name: 'web', url: null, container: 'c', containerId: '1', image: 'i', port: null },
      ...{ health: 'healthy', release: 1 },
    },
  ],
};

const good: Exit = { code: 0, signal: null };

/** Ends when it is told to, like a real process. */
const endless = ({ signal }: ExecOptions): Promise<Exit> =>
  new Promise((resolve) => {
    const end = () => resolve({ code: null, signal: 'SIGTERM', ended: 'cancelled' });
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });

interface World {
  /** What the kind does. */
  run: (context: RunContext) => Promise<RunEnd>;
  exec?: (options: ExecOptions) => Promise<Exit>;
  target?: Partial<Target>;
  acquire?: TargetProvider['acquire'];
  limits?: Limits;
  /** Called once the target is released. */
  letGo?: () => void;
}

/** Runs it to its end. Returns a function that cancels it, and the promise of its end. */
function begin(world: World) {
  const cancel = new AbortController();
  const workspace: Workspace = {
    engine: 'process',
    toolIdentity: async () => '',
    toolVersion: async () => '',
    ownFolders: async () => [],
    exec(_, options) {
      options.onStart?.({ pid: 42, startedAt: 'then' });
      return (world.exec ?? (async () => good))(options);
    },
    openShell: () => Promise.reject(new Error('no shell here')),
    end: async () => undefined,
  };
  const target: Target = {
    type: 'runtime',
    name: 'here',
    engine: {} as Engine,
    prepared: Promise.resolve(),
    workspace: () => workspace,
    watch: () => () => undefined,
    check: async (result) => ({ result, live: true }),
    ...world.target,
    async [Symbol.asyncDispose]() {
      world.letGo?.();
    },
  };
  const provider = { acquire: world.acquire ?? (async () => target) } as TargetProvider;
  const kind = {
    info: {
      phases: PHASES.map((phase) => ({
        ...{ id: phase, label: `${phase} it`, limit: null, afterCrash: 'check' },
      })),
    },
    needs: () => null,
    run: world.run,
  } as unknown as Kind;
  const runner = new Runner(
    {
      ...{
        id,
        number: 1,
        kind,
        provider,
        target: 'here',
        input: {},
        job: 'job',
        approval: null,
        resumes: false,
        standsFor: null,
        notes: [],
        doubts: [],
      },
      project: { id: project, name: 'p', path: '/p', repository: null, engine: null },
      limits: world.limits ?? { run: null },
    },
    {
      ...{ store, journal, logger: pino({ enabled: false }), secrets: new KnownSecrets() },
      ...{ showLive: () => undefined, changed: () => undefined, git: async () => null },
      resultFiles: { begin: async () => undefined, end: async () => undefined },
      ensureTrusted: async () => undefined,
      missingVariables: async () => [],
      environment: async () => ({ variables: {}, secretNames: [], secrets: [], notes: [] }),
    },
    cancel.signal,
  );
  return { runner, cancel: () => cancel.abort(), ended: runner.run() };
}

const events = (): JournalEvent[] => journal.read(id, 0, 1000);
const row = () => store.byId(id) as NonNullable<ReturnType<DeploymentsStore['byId']>>;
const exec = (context: RunContext) =>
  context.exec({ program: 'tool', args: [], env: {}, cwd: '/p' });

/** As most kinds do. */
async function usual(context: RunContext): Promise<RunEnd> {
  context.phase('change');
  const { stopped } = await exec(context);
  const failure = await context.record(made);
  if (stopped) return stopped;
  return failure ? { status: 'failed', failure } : { status: 'succeeded' };
}

test('a run goes through its phases, and its record is what its journal says', async () => {
  let released = false;
  const { runner, ended } = begin({
    run: usual,
    letGo: () => {
      released = true;
    },
    target: { facts: () => ({ result: { ...made, services: [] } }) },
    exec: async ({ onOutput }) => {
      onOutput('stdout', 'one\ntwo\n');
      return good;
    },
  });
  expect(runner.state).toBe('acquiring');
  await ended;
  expect(runner.state).toBe('ended');
  expect(released).toBe(true);
  expect(row()).toMatchObject({ status: 'succeeded', live: true, failure: null, process: null });
  expect(row().phases.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect(store.result(id)).toEqual(made);
  const told = afterEvents(emptyRun(PHASES), events());
  expect(told).toMatchObject({ status: 'succeeded', result: made, failure: null });
  expect(told.phases.map(({ id, status }) => [id, status])).toEqual(
    row().phases.map(({ id, status }) => [id, status]),
  );
  expect(events().flatMap((e) => (e.type === 'log' ? [e.text] : []))).toEqual(['one', 'two']);
  expect(emitted).toEqual(['deployment.started', 'deployment.ended']);
});

test('what a kind says of its failure is kept, without secrets', async () => {
  await begin({
    run: async (context) => {
      context.hide(['correct-horse-battery']);
      context.phase('change');
      const message = 'It says correct-horse-battery.';
      return { status: 'failed', failure: { code: 'ODD', message } };
    },
  }).ended;
  expect(row()).toMatchObject({ status: 'failed', deadLetter: true });
  expect(row().failure).toEqual({ code: 'ODD', message: 'It says ••••.' });
  expect(row().phases.map(({ status }) => status)).toEqual(['done', 'failed', 'waiting']);
});

test('cancelled while its target is acquired, it ends without having begun', async () => {
  const acquiring = Promise.withResolvers<void>();
  let wasRun = false;
  const { cancel, ended, runner } = begin({
    run: async () => {
      wasRun = true;
      return { status: 'succeeded' };
    },
    async acquire(_, { signal }) {
      acquiring.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw signal.reason;
    },
  });
  await acquiring.promise;
  expect(runner.state).toBe('acquiring');
  cancel();
  await ended;
  expect(row()).toMatchObject({ status: 'cancelled', failure: null });
  expect(wasRun).toBe(false);
});

test('cancelled while a command runs, it ends with what was made by then', async () => {
  const started = Promise.withResolvers<void>();
  const { cancel, ended, runner } = begin({
    run: usual,
    exec: (options) => {
      started.resolve();
      return endless(options);
    },
  });
  await started.promise;
  expect(runner.state).toBe('running');
  cancel();
  await ended;
  expect(row()).toMatchObject({ status: 'cancelled', live: true, deadLetter: false });
  expect(store.result(id)).toEqual(made);
});

test('cancelled while it is recorded, its record is whole', async () => {
  const checking = Promise.withResolvers<void>();
  const checked = Promise.withResolvers<void>();
  const { cancel, ended, runner } = begin({
    run: async (context) => {
      await usual(context);
      return context.stopped() ?? { status: 'succeeded' };
    },
    target: {
      async check(result) {
        checking.resolve();
        await checked.promise;
        return { result, live: true };
      },
    },
  });
  await checking.promise;
  expect(runner.state).toBe('recording');
  cancel();
  checked.resolve();
  await ended;
  expect(row().status).toBe('cancelled');
  expect(store.result(id)).toEqual(made);
});

test.each([
  ['run', 'The run'],
  ['change', 'The phase change it'],
])('the time limit of %s ends it, and is called as people know it', async (what, called) => {
  await begin({ run: usual, exec: endless, limits: { run: null, [what]: 0.02 } }).ended;
  const message = expect.stringContaining(`${called} was ended after 0.02 s, its time limit.`);
  expect(row()).toMatchObject({ status: 'failed', failure: { code: 'TIMEOUT', message } });
  expect(row().warnings).toEqual([expect.stringContaining(`${called} has 0 s left`)]);
  expect(store.result(id)).toEqual(made);
});

const gone = { code: 'GONE', message: 'The place is gone.' };
const trouble = { code: 'TROUBLE', message: 'Something else was there.' };

test.each([
  ['tells of its end', (watch: TargetWatch) => watch.onGone(gone), gone],
  ['is in trouble', (watch: TargetWatch) => watch.onTrouble(trouble), trouble],
])('a target that %s ends the command, and the run fails of that', async (_, tell, failure) => {
  await begin({
    run: usual,
    exec: endless,
    target: {
      watch(watch) {
        queueMicrotask(() => tell(watch));
        return () => undefined;
      },
    },
  }).ended;
  expect(row()).toMatchObject({ status: 'failed', failure });
  expect(store.result(id)).toEqual(made);
});

test('a target that is found to be gone is why a command went wrong', async () => {
  const exec = async (): Promise<Exit> => ({ code: 1, signal: null });
  await begin({ run: usual, exec, target: { gone: async () => gone } }).ended;
  expect(row()).toMatchObject({ status: 'failed', failure: gone });
});

test('of what was lost with its engine the ref stays', async () => {
  const exec = async (): Promise<Exit> => ({ code: null, signal: null, ended: 'lost' });
  await begin({ run: usual, exec, target: { gone: async () => gone } }).ended;
  expect(row()).toMatchObject({ status: 'failed', failure: { code: 'ENGINE_UNAVAILABLE' } });
  expect(row().process).toEqual({ pid: 42, startedAt: 'then' });
});

test.each([
  ['an error that is declared', new AppError('BAD_ARGUMENT', 'Not so.'), 'BAD_ARGUMENT'],
  ['any other', new TypeError('x is not a function'), 'INTERNAL'],
])('a kind that throws %s: the run fails, and its target is let go', async (_, error, code) => {
  let released = false;
  await begin({
    run: () => Promise.reject(error),
    letGo: () => {
      released = true;
    },
  }).ended;
  expect(row()).toMatchObject({ status: 'failed', failure: { code } });
  expect(released).toBe(true);
});

test('a target that refuses the record: it is kept as it was checked, and the run fails', async () => {
  await begin({
    run: usual,
    target: { check: async (result) => ({ result, live: null, failure: trouble }) },
  }).ended;
  expect(row()).toMatchObject({ status: 'failed', failure: trouble, live: null });
  expect(store.result(id)).toEqual(made);
});

test('no command runs where the target could not be prepared', async () => {
  let executed = false;
  await begin({
    run: usual,
    exec: async () => {
      executed = true;
      return good;
    },
    target: { prepared: Promise.reject(new AppError('CHAIN_CALL_FAILED', 'No snapshot.')) },
  }).ended;
  expect(row().failure?.code).toBe('CHAIN_CALL_FAILED');
  expect(executed).toBe(false);
});

test('what a kind still does after the end of its run is not written', async () => {
  let context: RunContext | undefined;
  let isAfter = false;
  await begin({
    run: async (given) => {
      context = given;
      given.afterwards(() => {
        isAfter = row().status === 'succeeded';
      });
      return { status: 'succeeded' };
    },
  }).ended;
  expect(isAfter).toBe(true);
  const before = events();
  context?.phase('keep');
  context?.note('late');
  context?.publish(made);
  await context?.record(made);
  await new Promise(setImmediate);
  expect(events()).toEqual(before);
  expect(store.result(id)).toBeNull();
});

test('on a full disk the last event is not written, and the caller hears of it', async () => {
  const { ended } = begin({
    run: async () => {
      const { size } = db.prepare('SELECT page_count AS size FROM pragma_page_count').get() as {
        size: number;
      };
      db.pragma(`max_page_count = ${size}`);
      const message = 'x'.repeat(200_000);
      return { status: 'failed', failure: { code: 'LONG', message } };
    },
  });
  await expect(ended).rejects.toThrow(/full/);
  expect(row().status).toBe('running');
  db.pragma('max_page_count = 1073741823');
  expect(events().at(-1)).not.toMatchObject({ status: 'failed' });
});
