import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '#test/harness/doors.ts';
import { freePort } from '#test/harness/ports.ts';
import { settled } from '../core.ts';
import type { Figure } from '../figure.ts';
import { threeTransactions } from '../warm-deploy.ts';
import { type Checkout, openSides, type Sides } from './checkout.ts';
import { measurePairs, pairFigure } from './ratio.ts';

type Work = (client: Client, round: number) => Promise<number>;

/** A deploy to a running chain, and one to a chain that never ran. */
export async function deploys(before: Checkout, now: Checkout, count: number): Promise<Figure[]> {
  await using sides = await openSides(before, now);
  const projects = await addProject(sides);
  const both = (work: Work) =>
    measurePairs(
      count,
      (round) => work(sides.before.client, round),
      (round) => work(sides.now.client, round),
    );
  const deploy = async (client: Client, network: string) => {
    const ended = await deployTo(client, projects.get(client) as number, network);
    if (ended.status !== 'succeeded') throw new Error(`deploy ${ended.status}: ${ended.why}`);
    return ended.ms;
  };

  for (const { client } of [sides.before, sides.now]) {
    await client.networks.save({ name: 'warm', kind: 'local', port: await freePort() });
    await deploy(client, 'warm');
    await client.chains.snapshot({ chain: 'warm', name: 'start' });
  }
  const warm = await both(async (client) => {
    await settled(client, 'warm');
    await client.chains.revert({ chain: 'warm', snapshot: 'start' });
    await settled(client, 'warm');
    return deploy(client, 'warm');
  });
  const cold = await both(async (client, round) => {
    const name = `cold-${round}`;
    await client.networks.save({ name, kind: 'local', port: await freePort() });
    const ms = await deploy(client, name);
    await client.chains.stop({ chain: name });
    return ms;
  });
  for (const { client } of [sides.before, sides.now]) await client.chains.stop({ chain: 'warm' });
  return [
    pairFigure('warm deploy, 3 small transactions', warm),
    pairFigure('deploy to a chain that never ran', cold),
  ];
}

/** To each a copy of its own, so that neither finds what the other has compiled. */
async function addProject({ before, now }: Sides): Promise<Map<Client, number>> {
  await using project = await threeTransactions();
  const ids = new Map<Client, number>();
  for (const { client, home } of [before, now]) {
    const folder = path.join(home, 'project-of-bench');
    await cp(project.folder, folder, { recursive: true });
    ids.set(client, (await client.projects.add({ path: folder })).id);
  }
  return ids;
}

/** Milliseconds from the request to the last event, and what was said on the way. */
export async function deployTo(
  client: Client,
  project: number,
  network: string,
): Promise<{ id: number; ms: number; status: string; why: string; lines: number }> {
  const from = performance.now();
  // Under the names of both versions: each takes its own.
  const asked = { project, network, target: network, trust: true, snapshot: false };
  const { id } = await client.deployments.start(
    asked as unknown as Parameters<Client['deployments']['start']>[0],
  );
  const seen = { status: '', why: '', lines: 0 };
  let after = 0;
  for (let last = -1; last < after; ) {
    last = after;
    for await (const events of await client.deployments.watch({ id, after })) {
      for (const event of events) {
        after = event.seq;
        if (event.type === 'log' && event.stream === 'stdout') seen.lines += 1;
        if (event.type === 'status') {
          seen.status = event.status;
          seen.why = event.failure?.message ?? '';
        }
      }
    }
    if (!['queued', 'running', 'cancelling'].includes(seen.status)) break;
  }
  return { id, ms: performance.now() - from, ...seen };
}
