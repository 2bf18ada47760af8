import { statusWord } from '#main/features/chains/contract/words.ts';
import type { Chain } from '#main/features/chains/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** Its process or container exists or is about to, whether it responds or not. */
export const isUp = ({ status }: Pick<Chain, 'status'>): boolean => status !== 'stopped';

export function chainTone(chain: Pick<Chain, 'status' | 'problem'>): Tone {
  if (chain.problem) return 'bad';
  if (chain.status === 'running') return 'ok';
  return isUp(chain) ? 'warn' : 'idle';
}

export function chainWord(chain: Pick<Chain, 'status' | 'problem'>): string {
  return chain.problem ?? statusWord[chain.status];
}
