import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from '#test/harness/doors.ts';
import { freePort } from '#test/harness/ports.ts';
import type { Figure } from '../figure.ts';
import { putTools } from '../log-lines.ts';
import { threeTransactions } from '../warm-deploy.ts';
import { type Checkout, openSides } from './checkout.ts';
import { deployTo } from './deploy.ts';
import { measurePairs, pairFigure } from './ratio.ts';

const LINES = 10_000;

/** Lines of a tool on their way into the journal and out to a follower, and once more from there. */
export async function logs(before: Checkout, now: Checkout, count: number): Promise<Figure[]> {
  await using sides = await openSides(before, now);
  await using project = await threeTransactions();
  const last = new Map<Client, number>();
  const prepared = new Map<Client, number>();
  for (const { client, home } of [sides.before, sides.now]) {
    const tools = path.join(home, 'tools-of-bench');
    await mkdir(tools);
    await putTools(tools, LINES);
    await client.settings.set({ foundryPath: tools });
    const folder = path.join(home, 'project-of-bench');
    await cp(project.folder, folder, { recursive: true });
    prepared.set(client, (await client.projects.add({ path: folder })).id);
    await client.networks.save({ name: 'log', kind: 'local', port: await freePort() });
    await client.chains.start({ chain: 'log' });
  }
  const run = async (client: Client) => {
    const { id, ms, lines } = await deployTo(client, prepared.get(client) as number, 'log');
    if (lines !== LINES) throw new Error(`${lines} lines instead of ${LINES}`);
    last.set(client, id);
    return ms;
  };
  const live = await measurePairs(
    count,
    () => run(sides.before.client),
    () => run(sides.now.client),
  );
  const read = async (client: Client) => {
    const from = performance.now();
    let lines = 0;
    for await (const events of await client.deployments.watch({ id: last.get(client) as number })) {
      lines += events.filter((e) => e.type === 'log' && e.stream === 'stdout').length;
    }
    if (lines !== LINES) throw new Error(`${lines} lines instead of ${LINES}`);
    return performance.now() - from;
  };
  const again = await measurePairs(
    count,
    () => read(sides.before.client),
    () => read(sides.now.client),
  );
  for (const { client } of [sides.before, sides.now]) await client.chains.stop({ chain: 'log' });
  const size = LINES.toLocaleString('en');
  return [
    pairFigure(`${size} lines of log, live`, live),
    pairFigure(`${size} lines of log, from the journal`, again),
  ];
}
