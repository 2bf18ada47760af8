import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { RunRef } from '#main/engines/engine.ts';
import { ChainFolder, isWhole } from '#main/features/chains/folder.ts';
import { isFinal } from '#main/features/deployments/contract.ts';
import { freePortFrom } from '#main/kit/ports.ts';
import { rpc } from '#main/kit/rpc.ts';
import { type HostProcess, startHostProcess } from '#test/harness/host-process.ts';
import type { FindLeftovers } from './leftovers.ts';

export interface CrashEngine {
  name: 'process' | 'docker';
  /** Where its daemon is. */
  env: Record<string, string>;
  /** A run takes about so long: the core is killed at some instant of it, or soon after. */
  withinMs: number;
  leftovers: FindLeftovers;
  /** Takes away what the next run then has to make. */
  bare?: (home: string) => Promise<void>;
}

export interface CrashOptions {
  home: string;
  /** Folder of a project with scripts; compiled already, so that a round is short. */
  project: string;
  /** A script of it that sends many transactions, and how to call it. */
  script: string;
  sig: string;
  args: string[];
  rounds: number;
  seed: number;
  engine: CrashEngine;
  onRound?: (round: number, killedAfterMs: number) => void;
}

/**
 * Starts deployments, kills the core at a random instant, starts it again, and checks what must
 * hold after any crash. Throws with the seed and the round.
 */
export async function crashRounds(options: CrashOptions): Promise<void> {
  const { engine } = options;
  const random = randomOf(options.seed);
  let host = await startHost(options);
  try {
    const { id } = await host.client.projects.add({ path: options.project });
    // Of its own, so that no other test on this machine is in the way of a restart.
    const port = await freePortFrom(21_000 + (options.seed % 30_000), new Set());
    await host.client.networks.save({ name: 'local', kind: 'local', port });
    for (let round = 1; round <= options.rounds; round++) {
      const after = Math.floor(random() * engine.withinMs);
      options.onRound?.(round, after);
      try {
        host = await crashOnce(host, options, { project: id, after, round, random });
      } catch (error) {
        const how = `--engine ${engine.name} --seed ${options.seed}`;
        throw new Error(`round ${round} of ${how}, killed after ${after} ms`, {
          cause: error,
        });
      }
    }
    await checkSnapshots(host, options.home);
  } finally {
    await stopAll(host);
  }
}

const startHost = ({ home, engine }: CrashOptions): Promise<HostProcess> =>
  startHostProcess(home, { env: { ...engine.env, DRYDOCK_ENGINE: engine.name } });

async function crashOnce(
  host: HostProcess,
  options: CrashOptions,
  {
    project,
    after,
    round,
    random,
  }: { project: number; after: number; round: number; random: () => number },
): Promise<HostProcess> {
  const { script, sig, args, home, engine } = options;
  if (random() < 0.25) await host.client.chains.stop({ chain: 'local' });
  if (random() < 0.25) await engine.bare?.(home);
  const asked = 1 + Math.floor(random() * 3);
  const requests = Array.from({ length: asked }, () =>
    host.client.deployments
      .start({ project, network: 'local', script, sig, args })
      .catch(() => undefined),
  );
  await sleep(after);
  if (random() < 0.3) {
    const [first] = await Promise.all(requests);
    if (first) host.client.deployments.cancel({ id: first.id }).catch(() => undefined);
  }
  await host.kill();
  await Promise.all(requests);

  const next = await startHost(options);
  try {
    await drained(next);
    await check(next, options, round);
    return next;
  } catch (error) {
    await stopAll(next);
    throw error;
  }
}

/** Waits until nothing runs or waits any more: what was resumed has come to its end. */
async function drained(host: HostProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const { running, waiting } = await host.client.deployments.queue();
    if (running.length + waiting.length === 0) return;
    await sleep(50);
  }
  throw new Error('deployments are still unfinished a minute after the restart');
}

async function check(
  host: HostProcess,
  { home, engine }: CrashOptions,
  crashes: number,
): Promise<void> {
  const db = new Database(path.join(home, 'drydock.db'), { readonly: true });
  try {
    expectEmpty(
      'integrity',
      (db.pragma('integrity_check') as unknown[]).filter(
        (r) => !JSON.stringify(r).includes('"ok"'),
      ),
    );
    expectEmpty(
      'journals with gaps',
      db
        .prepare(
          'SELECT deployment_id FROM journal GROUP BY deployment_id HAVING max(seq + lines - 1) <> sum(lines)',
        )
        .all(),
    );
    expectEmpty(
      'deployments whose last event is not their status',
      db
        .prepare(
          `SELECT d.id, d.status FROM deployments d WHERE json_extract((SELECT j.data FROM journal j
             WHERE j.deployment_id = d.id ORDER BY j.seq DESC LIMIT 1), '$.status') IS NOT d.status`,
        )
        .all(),
    );
    const recorded = db
      .prepare<[], { n: number }>(
        "SELECT count(*) AS n FROM transactions WHERE json_extract(data, '$.status') = 'success'",
      )
      .get();
    await checkCount(host, recorded?.n ?? 0, crashes);
    const rows = db.prepare('SELECT id, status, process FROM deployments').all() as {
      id: number;
      status: Parameters<typeof isFinal>[0];
      process: string | null;
    }[];
    expectEmpty(
      'unfinished',
      rows.filter((r) => !isFinal(r.status)),
    );
    expectEmpty(
      'with a process',
      rows.filter((r) => r.process !== null),
    );
    const chains = db
      .prepare<[], { process: string }>('SELECT process FROM chains WHERE process IS NOT NULL')
      .all()
      .map((chain) => JSON.parse(chain.process) as RunRef);
    expectEmpty('left over', await engine.leftovers(home, chains));
  } finally {
    db.close();
  }
  expectEmpty(
    'files half written',
    filesBelow(path.join(home, 'chains')).filter((f) => f.endsWith('.part')),
  );
  await checkChain(host);
}

/**
 * Nothing was sent twice, and nothing that was sent is unknown: but for the one transaction of each
 * crash that forge had sent and not yet written down.
 */
async function checkCount(host: HostProcess, recorded: number, crashes: number): Promise<void> {
  const chain = await host.client.chains.get({ chain: 'local' });
  if (chain.status !== 'running') return;
  const call = rpc(chain.rpcUrl as string);
  const [sender] = await call<string[]>('eth_accounts');
  const sent = Number(await call<string>('eth_getTransactionCount', [sender, 'latest']));
  if (recorded > sent || sent - recorded > crashes) {
    throw new Error(`${sent} transactions are on the chain, ${recorded} are recorded`);
  }
}

/** What is recorded as live is on the chain, with every hash of a run that succeeded. */
async function checkChain(host: HostProcess): Promise<void> {
  const chain = await host.client.chains.get({ chain: 'local' });
  if (chain.status !== 'running') return;
  const call = rpc(chain.rpcUrl as string);
  const { items } = await host.client.deployments.list({ limit: 10 });
  for (const { id, status, live } of items) {
    if (!live) continue;
    const d = await host.client.deployments.get({ id });
    for (const c of d.contracts.filter((one) => one.verified)) {
      const code = await call<string>('eth_getCode', [c.address, 'latest']);
      if (code === '0x') throw new Error(`no code at ${c.address} of deployment ${id}`);
    }
    for (const t of d.transactions) {
      if (status !== 'succeeded' && t.status !== 'success') continue;
      const known = await call('eth_getTransactionReceipt', [t.hash]);
      if (!known) throw new Error(`transaction ${t.hash} of deployment ${id} is not on the chain`);
    }
  }
}

/** Every snapshot that is listed as saved is, and one can go to the first, the last and back. */
async function checkSnapshots(host: HostProcess, home: string): Promise<void> {
  const { chains } = host.client;
  const chain = 'local';
  const folder = new ChainFolder(home, chain);
  const snapshots = await chains.snapshots({ chain });
  for (const { id, name, durable } of snapshots) {
    if (durable && !(await isWhole(folder.snapshot(id)))) throw new Error(`"${name}" is damaged`);
  }
  // One that says that it is in memory only goes with the chain's next restart.
  const saved = snapshots.filter(({ durable }) => durable);
  const ends = [saved.at(0), saved.at(-1), saved.at(0)];
  if ((await chains.get({ chain })).status !== 'running') await chains.start({ chain });
  for (const snapshot of ends) {
    if (!snapshot) continue;
    await chains.revert({ chain, snapshot: snapshot.id });
    const { blockNumber } = await chains.get({ chain });
    if (blockNumber !== snapshot.blockNumber) {
      throw new Error(`block ${blockNumber} after a revert to ${JSON.stringify(snapshot)}`);
    }
  }
  await chains.stop({ chain });
  const { blockNumber } = await chains.start({ chain });
  if (ends[0] && blockNumber !== ends[0].blockNumber) {
    throw new Error(`block ${blockNumber} after a restart at block ${ends[0].blockNumber}`);
  }
}

async function stopAll(host: HostProcess): Promise<void> {
  if (host.child.exitCode === null && host.child.signalCode === null) {
    await host.client.chains.stop({ chain: 'local' }).catch(() => undefined);
    await host.stop();
  }
}

function expectEmpty(what: string, found: unknown[]): void {
  if (found.length > 0) throw new Error(`${what}: ${JSON.stringify(found.slice(0, 5))}`);
}

function filesBelow(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
}

/** mulberry32: small, and the same on every machine. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
