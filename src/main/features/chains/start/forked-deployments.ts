import type { ChainsContext } from '../context.ts';

/**
 * Ids of the deployments that are in place on the chains of Drydock that a fork begins on. What these
 * take back later, the fork still has.
 */
export function forkedDeployments({ deps }: ChainsContext, fork: string): number[] {
  const { store, originOf, deployments } = deps;
  const found = new Set<number>();
  const met = new Set([fork]);
  let at = originOf(fork)?.chain ?? null;
  while (at !== null && !met.has(at)) {
    met.add(at);
    for (const id of deployments.standing(at)) found.add(id);
    const block = store.chain(at)?.forkBlock ?? null;
    const before = block === null ? null : store.forks.deployments(at, block);
    if (before) return [...found, ...before];
    at = originOf(at)?.chain ?? null;
  }
  return [...found];
}
