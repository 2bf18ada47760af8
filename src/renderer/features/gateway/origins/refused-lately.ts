import type { OriginDecision } from '#main/features/gateway/contract.ts';

interface Refusal {
  chain: string;
  origin: string;
  at: number;
}

const MOST = 20;

/** Pages that were refused and that nothing was decided about, each once, the newest first. */
export function refusedLately(
  refusals: readonly Refusal[],
  chain: string,
  decided: readonly Pick<OriginDecision, 'origin'>[],
): Refusal[] {
  const known = new Set(decided.map(({ origin }) => origin));
  const found = new Map<string, Refusal>();
  for (const one of refusals) {
    if (one.chain !== chain || known.has(one.origin)) continue;
    if ((found.get(one.origin)?.at ?? 0) < one.at) found.set(one.origin, one);
  }
  return [...found.values()].sort((a, b) => b.at - a.at).slice(0, MOST);
}
