import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { resource } from '../../lib/app-root.ts';

const list = z.array(z.object({ chainId: z.int(), name: z.string() }));

/** Names of networks where it costs money, by chain id: `resources/mainnets.json`. */
export function mainnets(): (chainId: number) => string | null {
  const all = list.parse(JSON.parse(readFileSync(resource('mainnets.json'), 'utf8')));
  const names = new Map(all.map(({ chainId, name }) => [chainId, name]));
  return (chainId) => names.get(chainId) ?? null;
}
