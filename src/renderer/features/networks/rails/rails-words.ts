import { formatEther } from 'viem';
import type { OpenDoor, Rails } from '#main/features/rails/contract.ts';
import { doorWords } from '#main/shared/door-words.ts';

/** In the order in which they are offered. */
export const doors: readonly OpenDoor[] = ['window', 'browser', 'cli', 'api'];

/** From where it may be sent. */
export function doorsText({ doors: allowed }: Pick<Rails, 'doors'>): string {
  if (allowed === null) return 'everywhere';
  return allowed.map((door) => doorWords[door]).join(', ') || 'nowhere';
}

/** What 24 hours have cost of what they may cost. */
export function spentText({ spent, dailyLimit }: Pick<Rails, 'spent' | 'dailyLimit'>): string {
  const used = formatEther(BigInt(spent));
  return dailyLimit === null
    ? `${used} ether, no limit`
    : `${used} of ${formatEther(BigInt(dailyLimit))} ether`;
}
