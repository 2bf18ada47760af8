import { existsSync } from 'node:fs';
import path from 'node:path';
import { resolveHome } from '../../../lib/data-home.ts';
import type { Client } from '../../host/connect-to.ts';
import type { connect } from '../connect.ts';
import type { Suggestion, Wanted } from './suggest.ts';

/** After this time a shell goes on without them: only a core that hangs takes as long, in ms. */
const patience = 10_000;

interface Source<Feature extends keyof Client> {
  feature: Feature;
  list(client: Client[Feature]): Promise<Suggestion[]>;
}

const source = <Feature extends keyof Client>(
  feature: Feature,
  list: Source<Feature>['list'],
): ((to: typeof connect) => Promise<Suggestion[]>) => {
  return async (to) => {
    const { client, close } = await to(feature);
    try {
      return await list(client[feature]);
    } finally {
      await close();
    }
  };
};

const sources = {
  project: source('projects', async (client) =>
    (await client.list()).map(({ name, path: folder }) => ({ value: name, description: folder })),
  ),
  network: source('networks', async (client) =>
    (await client.list()).map(({ name, kind }) => ({ value: name, description: kind })),
  ),
  chain: source('chains', async (client) =>
    (await client.list()).map(({ name, status }) => ({ value: name, description: status })),
  ),
};

/** By name where it is the only one that has it, otherwise by id; the newest first. */
const snapshotsOf = (chain: string) =>
  source('chains', async (client) => {
    const all = await client.snapshots({ chain });
    const isOnly = (name: string) => all.filter((one) => one.name === name).length === 1;
    return all.toReversed().map(({ id, name, blockNumber }) => ({
      value: isOnly(name) ? name : `${id}`,
      description: isOnly(name) ? `block ${blockNumber}` : `${name}, block ${blockNumber}`,
    }));
  });

/**
 * Names that the data folder holds. None when there is no data folder, which a key press doesn't
 * make, and when they don't come in time: nothing is printed into a line that is being typed.
 */
export async function namesOf(wanted: Wanted, to: typeof connect): Promise<Suggestion[]> {
  if (!existsSync(path.join(resolveHome(), 'drydock.db'))) return [];
  const late = new Promise<Suggestion[]>((resolve) => {
    setTimeout(() => resolve([]), patience).unref();
  });
  const list = wanted.what === 'snapshot' ? snapshotsOf(wanted.chain) : sources[wanted.what];
  return Promise.race([list(to).catch(() => []), late]);
}
