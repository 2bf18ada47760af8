import { resolveHome } from '../../lib/data-home.ts';
import type { Client } from '../host/connect-to.ts';
import { findHost } from '../host/discovery-file.ts';

export interface Connection<Feature extends keyof Client = keyof Client> {
  client: Pick<Client, Feature>;
  close(): Promise<void>;
}

/** The running window or host of this data folder, otherwise a core of this process's own. */
export async function connect<Feature extends keyof Client>(
  feature: Feature,
): Promise<Connection<Feature>> {
  const home = resolveHome();
  const host = await findHost(home);
  if (host) {
    const { connectTo } = await import('./connect-host.ts');
    return connectTo(host);
  }
  const { connectToOwn } = await import('./connect-own.ts');
  return connectToOwn(home, feature);
}
