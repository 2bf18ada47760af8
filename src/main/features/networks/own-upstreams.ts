import type { OwnUpstream } from '../../eth/own-upstreams.ts';
import type { ForkOrigin } from '../../eth/upstream-failure.ts';
import { isLoopback } from '../../lib/loopback.ts';
import type { NetworkDefinition } from './service.ts';

/** What is recorded of a chain. */
export interface RecordedChain {
  name: string;
  /** For users' programs. */
  port: number | null;
  forkBlock: number | null;
}

/** Ids of the deployments that a fork began with; null: they are not known. */
export type DeploymentsAt = (fork: string, block: number) => readonly number[] | null;

/** The chain that a URL leads to; null: it leads elsewhere. */
export function chainAt<Chain extends Pick<RecordedChain, 'port'>>(
  url: string | null,
  chains: readonly Chain[],
): Chain | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname, port } = new URL(url);
  if (!/^(http|ws):$/.test(protocol) || !isLoopback(hostname)) return null;
  return chains.find((one) => one.port !== null && `${one.port}` === port) ?? null;
}

/** Where a fork starts from; null: it is none. */
export function originOf(
  { kind, url }: Pick<NetworkDefinition, 'kind' | 'url'>,
  chains: readonly RecordedChain[],
): ForkOrigin | null {
  if (kind !== 'fork') return null;
  const host = url !== null && URL.canParse(url) ? new URL(url).host : null;
  return { chain: chainAt(url, chains)?.name ?? null, host };
}

/**
 * The chains of Drydock that a fork goes back to, the nearest first.
 *
 * @param deploymentsAt of a fork that began at a block; null: that isn't known
 */
export function ownUpstreams(
  fork: string,
  networks: readonly Pick<NetworkDefinition, 'name' | 'kind' | 'url' | 'forkBlock'>[],
  chains: readonly RecordedChain[],
  deploymentsAt: DeploymentsAt,
): OwnUpstream[] {
  const found: OwnUpstream[] = [];
  const met = new Set([fork]);
  let at = networks.find(({ name }) => name === fork);
  let newest: number | null = null;
  const began = chains.find(({ name }) => name === fork)?.forkBlock ?? null;
  const deployments = began === null ? null : deploymentsAt(fork, began);
  while (at?.kind === 'fork') {
    const { name, url, forkBlock } = at;
    const upstream = chainAt(url, chains);
    if (upstream === null || met.has(upstream.name)) break;
    met.add(upstream.name);
    const block = chains.find((one) => one.name === name)?.forkBlock ?? forkBlock;
    newest = newest === null || block === null ? (newest ?? block) : Math.min(newest, block);
    found.push({ network: upstream.name, newest, deployments });
    at = networks.find((one) => one.name === upstream.name);
  }
  return found;
}
