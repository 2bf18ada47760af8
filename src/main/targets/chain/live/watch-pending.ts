import { formatGwei } from 'viem';
import type { Rpc } from '../../../eth/rpc.ts';
import { feesOf } from '../../../eth/signed-fees.ts';
import type { Sendings } from './sendings.ts';

const LOOK_EVERY_MS = 1000;
/** Looks in a row, about a minute: more than several blocks of any network. */
const PATIENCE = 60;

export interface PendingWatch {
  sendings: Sendings;
  call: Rpc;
  review: number;
  network: string;
  /** Looks in a row after which a transaction that still waits is told. */
  patience?: number;
  /** Whether the network may be sent something now. */
  maySend(): boolean;
  onStuck(message: string): void;
}

/**
 * Looks after what was sent while a tool waits for it: what the network has dropped is sent again as
 * it was signed, and what it leaves waiting for long is told once, with what to do. Returns a
 * function that stops it.
 */
export function watchPending(watch: PendingWatch): () => void {
  const { sendings, patience = PATIENCE } = watch;
  const done = new Set<number>();
  /** Looks at which it was waiting, by its hash. */
  const waited = new Map<string, number>();
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    for (const nonce of sendings.nonces()) {
      if (!done.has(nonce)) await look(nonce).catch(() => undefined);
    }
    isLooking = false;
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);

  async function look(nonce: number): Promise<void> {
    if (await sendings.landed(nonce)) return void done.add(nonce);
    const signed = sendings.last(nonce);
    if (!signed) return;
    if (!(await sendings.knows(signed.hash)) && watch.maySend()) await sendings.pass(signed);
    const looks = (waited.get(signed.hash) ?? 0) + 1;
    waited.set(signed.hash, looks);
    if (looks === patience) watch.onStuck(await stuckWords(watch, { ...signed, nonce }));
  }
}

async function stuckWords(
  { call, network, review }: PendingWatch,
  { nonce, hash, raw }: { nonce: number; hash: string; raw: string },
): Promise<string> {
  const { baseFeePerGas } = await call<{ baseFeePerGas?: string }>('eth_getBlockByNumber', [
    ...(['latest', false] as const),
  ]);
  const price = BigInt(baseFeePerGas ?? (await call<string>('eth_gasPrice')));
  const { maxFeePerGas } = feesOf(raw);
  const gwei = (wei: bigint) => `${formatGwei(wei)} gwei`;
  const why =
    maxFeePerGas < price
      ? `it pays up to ${gwei(maxFeePerGas)} per gas, and ${network} asks for ${gwei(price)}`
      : `${network} asks for ${gwei(price)} per gas, and it pays up to ${gwei(maxFeePerGas)}; an earlier one of its sender may be missing`;
  return `Transaction ${hash} (nonce ${nonce}) is in no block yet: ${why}. Wait, or let it pay more: drydock review raise-fee ${review}`;
}
