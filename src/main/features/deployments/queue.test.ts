import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { newDeployment } from '#test/harness/queued-deployment.ts';
import { rounds, seed } from '#test/harness/rounds.ts';
import { openDb } from '../../db/open.ts';
import { Processes } from '../../lib/processes/processes.ts';
import { isFinal } from '../../shared/final.ts';
import { projectsStore } from '../projects/store.ts';
import { busy } from './busy.ts';
import { Queue } from './queue.ts';
import { type DeploymentsStore, deploymentsStore } from './store.ts';

const LIMIT = 3;

interface Running {
  end: (status: 'succeeded' | 'failed') => void;
  signal: AbortSignal;
}

/** A queue on a real table; the test ends what it runs. */
class Bench {
  readonly running = new Map<number, Running>();
  readonly projects: number[];
  queue: Queue;
  #core = 1;
  readonly #dead = new Set<string>();
  readonly #processes = new Processes(async () => this.owner.startedAt);

  constructor(
    readonly store: DeploymentsStore,
    projects: number[],
  ) {
    this.projects = projects;
    this.queue = this.#open();
  }

  get owner() {
    return { pid: 1, startedAt: `core ${this.#core}` };
  }

  ask(project: number, network: string, priority: number): number {
    const projectId = this.projects[project] as number;
    const id = this.store.insert(
      newDeployment(projectId, { target: network, priority, owner: this.owner }),
    );
    this.queue.pump();
    return id;
  }

  /** Ends the core with everything that it runs; the next one takes over. */
  crash(): void {
    void this.queue.close();
    this.#dead.add(this.owner.startedAt);
    this.running.clear();
    this.#core++;
    this.queue = this.#open();
    for (const row of this.store.unfinished()) {
      if (row.status !== 'queued') this.store.update(row.id, { status: 'interrupted' });
    }
    this.queue.pump();
  }

  #open(): Queue {
    const { owner } = this;
    return new Queue({
      store: this.store,
      owner,
      stays: true,
      isAlive: this.#processes.isAlive,
      isGone: this.#processes.isGone,
      claim: (id) => this.store.claim(id, owner, LIMIT),
      onError: (error) => {
        throw error;
      },
      run: (id, signal) =>
        new Promise<void>((resolve) => {
          const end = (status: 'succeeded' | 'failed' | 'cancelled') => {
            if (this.#dead.has(owner.startedAt)) return;
            this.running.delete(id);
            this.store.update(id, { status });
            resolve();
          };
          signal.addEventListener('abort', () => end('cancelled'));
          this.running.set(id, { end, signal });
        }),
    });
  }

  check(): void {
    const rows = this.store.unfinished();
    const active = rows.filter((r) => r.status !== 'queued');
    const waiting = rows.filter((r) => r.status === 'queued');
    expect(active.map((r) => r.id).sort()).toEqual([...this.running.keys()].sort());
    expect(active.length).toBeLessThanOrEqual(LIMIT);
    expect(new Set(active.map((r) => r.projectId)).size).toBe(active.length);
    expect(new Set(active.map((r) => r.target)).size).toBe(active.length);
    if (active.length === LIMIT) return;
    // Everything that could run is running.
    const stuck = waiting.filter((w) =>
      active.every((a) => a.projectId !== w.projectId && a.target !== w.target),
    );
    expect(stuck.map((r) => r.id)).toEqual([]);
  }
}

type Step = fc.AsyncCommand<object, Bench>;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function step(name: string, act: (bench: Bench) => unknown): Step {
  return {
    check: () => true,
    toString: () => name,
    async run(_, bench) {
      await act(bench);
      await settled();
      bench.check();
    },
  };
}

const nth = <T>(items: Iterable<T>, n: number): T | undefined => {
  const all = [...items];
  return all[n % Math.max(all.length, 1)];
};

const steps: fc.Arbitrary<Step>[] = [
  fc
    .tuple(fc.nat(4), fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: -2, max: 2 }))
    .map(([p, n, prio]) => step(`ask(${p}, ${n}, ${prio})`, (b) => b.ask(p, n, prio))),
  fc.nat().map((n) => step(`succeed(${n})`, (b) => nth(b.running.values(), n)?.end('succeeded'))),
  fc.nat().map((n) => step(`fail(${n})`, (b) => nth(b.running.values(), n)?.end('failed'))),
  fc.nat().map((n) =>
    step(`cancel(${n})`, (b) => {
      const id = nth(b.running.keys(), n);
      return id === undefined ? undefined : b.queue.cancel(id);
    }),
  ),
  fc.nat().map((n) =>
    step(`cancel waiting(${n})`, (b) => {
      const row = nth(b.store.waiting(), n);
      if (row) b.store.update(row.id, { status: 'cancelled' });
    }),
  ),
  fc.constant(step('crash', (b) => b.crash())),
];

async function withBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  const db = openDb(folder.path);
  let bench: Bench | undefined;
  try {
    const projects = projectsStore(db);
    const ids = [0, 1, 2, 3, 4].map(
      (n) => projects.insert({ name: `p${n}`, path: `/p${n}`, kind: 'foundry', addedAt: n }).id,
    );
    bench = new Bench(deploymentsStore(db), ids);
    await work(bench);
  } finally {
    await bench?.queue.close();
    db.close();
  }
}

test(
  'in any order of asking, ending, cancelling and crashing, the queue moves on and never doubles up',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 40 }), (commands) =>
        withBench(async (bench) => {
          await fc.asyncModelRun(() => ({ model: {}, real: bench }), commands);
          // Everything ends.
          for (let turn = 0; bench.running.size > 0; turn++) {
            expect(turn).toBeLessThan(200);
            nth(bench.running.values(), 0)?.end('succeeded');
            await settled();
          }
          expect(bench.store.unfinished()).toEqual([]);
          const { rows } = bench.store.list({}, undefined, 500);
          expect(rows.filter((r) => !isFinal(r.status))).toEqual([]);
        }),
      ),
      { seed, numRuns: rounds(60, 3000) },
    );
  },
  120_000 + rounds(60, 3000) * 1000,
);

test('a higher priority goes first, the same in the order of asking', () =>
  withBench(async (bench) => {
    const first = bench.ask(0, 'a', 0);
    const low = bench.ask(0, 'a', 0);
    const lower = bench.ask(0, 'a', -1);
    const high = bench.ask(0, 'a', 5);
    const order: number[] = [];
    while (bench.running.size > 0) {
      const [id] = bench.running.keys();
      order.push(id as number);
      bench.running.get(id as number)?.end('succeeded');
      await settled();
    }
    expect(order).toEqual([first, high, low, lower]);
  }));

test('two cores on one table never run the same deployment', () =>
  withBench(async (bench) => {
    const id = bench.ask(0, 'a', 0);
    expect(bench.running.has(id)).toBe(true);
    const other = { pid: 2, startedAt: 'another core' };
    expect(bench.store.claim(id, other, LIMIT)).toBe(false);
    const waiting = bench.ask(0, 'b', 0);
    expect(bench.store.claim(waiting, other, LIMIT)).toBe(false);
  }));

test('while the app is replaced no core begins a run', () =>
  withBench(async (bench) => {
    const first = bench.ask(0, 'a', 0);
    // As another core has it open.
    const { holdBack, letGo } = busy(bench.store);
    expect(holdBack()).toMatch(/ #1$/);
    const other = bench.ask(1, 'b', 0);
    expect(bench.running.has(other)).toBe(true);
    for (const id of [first, other]) bench.running.get(id)?.end('succeeded');
    await settled();

    expect(holdBack()).toBeUndefined();
    const held = bench.ask(0, 'a', 0);
    expect(bench.running.has(held)).toBe(false);
    expect(bench.store.claim(held, { pid: 2, startedAt: 'another core' }, LIMIT)).toBe(false);
    letGo();
    bench.queue.pump();
    expect(bench.running.has(held)).toBe(true);

    // An app that never came back holds up nothing for ever.
    bench.store.holdBack(Date.now() - 1);
    expect(bench.running.has(bench.ask(1, 'b', 0))).toBe(true);
  }));
