import type { Rpc } from '../../eth/rpc.ts';
import { type Mining, ON_DEMAND } from '../../shared/mining.ts';

/** How a chain mines right now. Rejects with RpcError. */
export async function miningOf(call: Rpc): Promise<Mining> {
  const [isAutomatic, seconds] = await Promise.all([
    call<boolean>('anvil_getAutomine'),
    call<number | null>('anvil_getIntervalMining'),
  ]);
  if (isAutomatic) return ON_DEMAND;
  return seconds ? { mode: 'interval', seconds } : { mode: 'manual', seconds: null };
}

/** Makes a chain mine so. On demand, it mines at once what is pending. Rejects with RpcError. */
export async function mineAs(call: Rpc, { mode, seconds }: Mining): Promise<void> {
  if (mode === 'auto') await call('evm_setAutomine', [true]);
  else await call('evm_setIntervalMining', [mode === 'interval' ? seconds : 0]);
}

/** The same at the start of anvil. */
export function miningArgs({ mode, seconds }: Mining): string[] {
  if (mode === 'auto') return [];
  return mode === 'manual' ? ['--no-mining'] : ['--block-time', `${seconds}`];
}
