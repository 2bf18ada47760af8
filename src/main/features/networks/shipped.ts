import { readFileSync } from 'node:fs';
import { resource } from '../../lib/app-root.ts';
import { firstChainPort } from '../../targets/chain/first-port.ts';
import type { ShippedNetwork } from './service.ts';

/** The networks that everybody has until they change them: `resources/networks.json`. */
export function shippedNetworks(): ShippedNetwork[] {
  const entries: Pick<ShippedNetwork, 'name' | 'kind'>[] = JSON.parse(
    readFileSync(resource('networks.json'), 'utf8'),
  );
  return entries.map((entry) => ({
    chainId: null,
    url: null,
    forkBlock: null,
    keepChainId: false,
    port: entry.kind === 'local' ? firstChainPort() : null,
    ...entry,
  }));
}
