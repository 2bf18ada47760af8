import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import type { FindLeftovers, Kept } from './leftovers.ts';
import { randomOf } from './random.ts';
import { recordsAtRest, recordsAtWork, runningChains } from './records.ts';

/** What rounds of crashes do with a kind of project, and what must hold for it after each. */
export interface Crashable {
  /** As `--kind` and `--engine` name them. */
  kind: string;
  engine: 'process' | 'docker';
  /** Of the core, besides its engine. */
  env?: Record<string, string>;
  /** What Node runs instead of the built host. */
  program?: readonly string[];
  /** A run takes about so long: the core is killed at some instant of it, or soon after. */
  withinMs: number;
  /** What is begun anew may need so long to be as it must; 0: it is when nothing runs any more. */
  settlesWithinMs: number;
  prepare(core: HostProcess): Promise<void>;
  /** Asks for what is to be cut short. Returns the runs that it asked for, begun or not. */
  act(core: HostProcess, random: () => number): Promise<Promise<{ id: number } | undefined>[]>;
  /** What is wrong while no core is there, a sentence each. */
  wrongWhileGone?(): Promise<string[]>;
  /** What is wrong when nothing runs, a sentence each. */
  wrong(core: HostProcess, crashes: number): Promise<string[]>;
  /** After the last round. */
  afterwards?(core: HostProcess): Promise<void>;
  /** Ends what outlives a core. */
  letGo(core: HostProcess): Promise<void>;
  /** What of a data folder is there, or runs, that nothing has; a line each. */
  leftovers: FindLeftovers;
  /** What goes on besides the chains. */
  keeps?(): Promise<Kept[]>;
}

export interface Rounds {
  home: string;
  rounds: number;
  seed: number;
}

/**
 * Starts runs, kills the core at a random instant, starts it again, and checks what must hold after
 * any crash. Throws with how to repeat it. Returns how many rounds there were.
 */
export async function crashRounds(crashable: Crashable, options: Rounds): Promise<number> {
  const { home, rounds, seed } = options;
  const { kind, engine } = crashable;
  const random = randomOf(seed);
  let core = await open(crashable, home);
  let round = 0;
  try {
    await crashable.prepare(core);
    for (round = 1; round <= rounds; round++) {
      const after = Math.floor(random() * crashable.withinMs);
      try {
        core = await crashOnce(core, crashable, { home, round, after, random });
      } catch (cause) {
        const how = `--kind ${kind} --engine ${engine} --seed ${seed}`;
        throw new Error(`round ${round} of ${how}, killed after ${after} ms`, { cause });
      }
    }
    await crashable.afterwards?.(core);
    await close(core, crashable);
  } catch (error) {
    await close(core, crashable).catch(() => undefined);
    throw error;
  }
  expectNone('left over in the end', await crashable.leftovers(home, []));
  return rounds;
}

const open = ({ engine, env, program }: Crashable, home: string): Promise<HostProcess> =>
  startHostProcess(home, { env: { ...env, DRYDOCK_ENGINE: engine }, program });

interface Round {
  home: string;
  round: number;
  after: number;
  random: () => number;
}

async function crashOnce(
  core: HostProcess,
  crashable: Crashable,
  { home, round, after, random }: Round,
): Promise<HostProcess> {
  const cancels = random() < 0.3;
  const lasts = Math.floor(random() * 100);
  const requests = await crashable.act(core, random);
  await sleep(after);
  if (cancels) {
    const [first] = await Promise.all(requests);
    if (first) core.client.deployments.cancel({ id: first.id }).catch(() => undefined);
    await sleep(lasts);
  }
  await core.kill();
  await Promise.all(requests);
  expectNone('recorded as it never was', await recordsAtWork(home));
  expectNone('wrong while no core is there', (await crashable.wrongWhileGone?.()) ?? []);

  const next = await open(crashable, home);
  try {
    await drained(next, home);
    await settled(next, crashable, home, round);
    return next;
  } catch (error) {
    await close(next, crashable).catch(() => undefined);
    throw error;
  }
}

/**
 * Waits until nothing runs or waits any more and nothing is being saved: what was resumed has come
 * to its end, and so has what goes on behind it. A file that stays half written is left over.
 */
async function drained({ client }: HostProcess, home: string): Promise<void> {
  let unfinished: string[] = [];
  for (let tries = 0; tries < 2400; tries++) {
    const { running, waiting } = await client.deployments.queue();
    unfinished = [
      ...running.map(({ id }) => `deployment ${id} runs`),
      ...waiting.map(({ id }) => `deployment ${id} waits`),
      ...filesBelow(home).filter((file) => file.endsWith('.part')),
    ];
    if (unfinished.length === 0) return;
    await sleep(50);
  }
  expectNone('unfinished two minutes after the restart', unfinished);
}

async function settled(
  core: HostProcess,
  crashable: Crashable,
  home: string,
  crashes: number,
): Promise<void> {
  const until = Date.now() + crashable.settlesWithinMs;
  for (;;) {
    const wrong = [
      ...recordsAtRest(home),
      ...(await crashable.leftovers(home, [
        ...runningChains(home),
        ...((await crashable.keeps?.()) ?? []),
      ])),
      ...(await crashable.wrong(core, crashes)),
    ];
    if (wrong.length === 0) return;
    if (Date.now() > until) expectNone('wrong after the restart', wrong);
    await sleep(500);
  }
}

async function close(core: HostProcess, crashable: Crashable): Promise<void> {
  if (core.child.exitCode !== null || core.child.signalCode !== null) return;
  await crashable.letGo(core);
  await core.stop();
}

function expectNone(what: string, found: string[]): void {
  if (found.length > 0) throw new Error(`${what}: ${found.slice(0, 5).join('; ')}`);
}

/** A folder that a core moves while it is read is read again. */
function filesBelow(folder: string): string[] {
  for (;;) {
    if (!existsSync(folder)) return [];
    try {
      return readdirSync(folder, { recursive: true }).map(String);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
