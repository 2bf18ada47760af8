import type { Chain } from '#main/features/chains/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

export function chainTone(chain: Pick<Chain, 'status' | 'problem'>): Tone {
  if (chain.problem) return 'bad';
  return chain.status === 'running' ? 'ok' : 'idle';
}

export function chainWord(chain: Pick<Chain, 'status' | 'problem'>): string {
  return chain.problem ?? chain.status;
}
