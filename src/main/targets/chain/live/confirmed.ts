import { setTimeout as sleep } from 'node:timers/promises';
import type { Rpc } from '../../../eth/rpc.ts';
import { messageOf } from '../../../shared/errors.ts';
import type { Failure } from '../../../shared/run.ts';
import type { Landed, Sendings } from './sendings.ts';

const LOOK_EVERY_MS = 500;
/** So many looks in a row without an answer are told. */
const SILENT = 20;

export interface Confirming {
  sendings: Sendings;
  call: Rpc;
  /** Name of the network. */
  network: string;
  /** How many blocks it takes, that of the transaction included. */
  confirmations: number;
  /** Whether what was signed may go out once more. */
  maySend(): boolean;
  note(line: string): void;
  warn(message: string): void;
  signal: AbortSignal;
}

/**
 * Waits until all that was signed has its confirmations. What a reorganisation has taken out of its
 * block is sent again, as it was signed. Resolves with where it stands, in the order of the nonces.
 * Rejects with the reason of the signal.
 */
export async function confirmed(asked: Confirming): Promise<Landed[]> {
  const { network, confirmations, note, warn, signal } = asked;
  let known = new Map<number, Landed>();
  let told = 0;
  let silent = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      const now = await standing(asked);
      silent = 0;
      for (const { nonce, block, hash } of goneFrom(known, now.landed)) {
        warn(
          `${network} has taken block ${block} back, and with it transaction ${hash} (nonce ${nonce}). It is sent again as it was signed.`,
        );
      }
      known = now.landed;
      if (now.depth >= confirmations) return [...known.values()];
      if (now.depth > told && confirmations > 1) {
        note(`${now.depth} of ${confirmations} confirmations.`);
      }
      told = now.depth;
    } catch (error) {
      silent += 1;
      if (silent === SILENT) {
        warn(`${network} can't be asked: ${messageOf(error)}. What was sent is waited for.`);
      }
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** What the receipts say of a run that is over; null: all of it went well. */
export function revertedOf(landed: readonly Landed[], network: string): Failure | null {
  const reverted = landed.find(({ succeeded }) => !succeeded);
  if (!reverted) return null;
  return {
    code: 'TRANSACTION_REVERTED',
    message: `Transaction ${reverted.hash} (nonce ${reverted.nonce}) was reverted on ${network}. Look at its arguments and the state that it met.`,
  };
}

/** What is in blocks, and how many blocks the least of it has: 0 where something is in none. */
async function standing({
  sendings,
  call,
  maySend,
}: Confirming): Promise<{ landed: Map<number, Landed>; depth: number }> {
  const landed = new Map<number, Landed>();
  // Asked first: a block that is mined meanwhile only makes it say less.
  const head = Number(await call<string>('eth_blockNumber'));
  let depth = Number.POSITIVE_INFINITY;
  for (const nonce of sendings.nonces()) {
    const found = await sendings.landed(nonce);
    if (found) landed.set(nonce, found);
    else if (maySend()) await sendAgain(sendings, nonce);
    depth = Math.min(depth, found ? Math.max(0, head - found.block + 1) : 0);
  }
  return { landed, depth };
}

/** What the network still knows needs nothing; what it refuses now, it may take later. */
async function sendAgain(sendings: Sendings, nonce: number): Promise<void> {
  const signed = sendings.last(nonce);
  if (!signed || (await sendings.knows(signed.hash))) return;
  await sendings.pass(signed).catch(() => undefined);
}

const goneFrom = (
  before: ReadonlyMap<number, Landed>,
  now: ReadonlyMap<number, Landed>,
): Landed[] => [...before.values()].filter(({ nonce }) => !now.has(nonce));
