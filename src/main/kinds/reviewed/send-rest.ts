import { setTimeout as sleep } from 'node:timers/promises';
import { CodeIndex } from '../../eth/code-index.ts';
import type { KindInfo } from '../../shared/kind.ts';
import type { Failure } from '../../shared/run.ts';
import type {
  ChainNeeds,
  ChainTarget,
  ReviewedTransaction,
} from '../../targets/chain/chain-target.ts';
import type { RunContext, RunEnd } from '../kind.ts';

const LOOK_EVERY_MS = 250;

type Context = Pick<RunContext<unknown, ChainTarget>, 'target' | 'note' | 'warn'>;

/**
 * Drives a run that goes on where an earlier one broke off: what was reviewed, and no run has
 * recorded as mined, is sent as it was reviewed, without the tool. What is on the network already is
 * found there, and never sent twice.
 */
export async function sendRest<Input>(
  context: RunContext<Input, ChainTarget>,
  kind: { info: KindInfo; needs: (input: Input) => Pick<ChainNeeds, 'compiled'> },
): Promise<RunEnd> {
  const { phase, note, target, record, stopped, whileWatched, prepared, project } = context;
  const { phases } = kind.info;
  const sending = phases.find(({ counted }) => counted) ?? phases.at(-2);
  await prepared;
  if (sending) phase(sending.id);
  const rest = target.rest();
  note(
    rest.length === 0
      ? 'All that was reviewed is on the network and recorded.'
      : `${rest.length} of the reviewed transactions are left; they are sent as they were reviewed.`,
  );
  const hashes: string[] = [];
  let failure: Failure | null = null;
  try {
    await whileWatched(async (signal) => {
      for (const one of rest) {
        signal.throwIfAborted();
        hashes.push(await sent(context, one, signal));
      }
    });
  } catch (error) {
    failure = stopped() ? null : { code: 'SEND_FAILED', message: (error as Error).message };
  }
  if (hashes.length > 0) {
    phase(phases.at(-1)?.id ?? '');
    const { compiled } = kind.needs(context.input);
    const index = new CodeIndex(await compiled(project.path));
    const recorded = await record(await target.read(hashes, { index, note }));
    failure ??= recorded;
  }
  return stopped() ?? (failure ? { status: 'failed', failure } : { status: 'succeeded' });
}

/** Resolves with its hash once it is in a block. Rejects when it was reverted there. */
async function sent(
  { target, note, warn }: Context,
  { nonce, to, value, data, gas }: ReviewedTransaction,
  signal: AbortSignal,
): Promise<string> {
  const hash = await target.call<string>('eth_sendTransaction', [
    {
      ...{ from: target.sender, nonce: `0x${nonce.toString(16)}`, value, data, gas },
      ...(to === null ? {} : { to }),
    },
  ]);
  note(`Nonce ${nonce}: transaction ${hash}`);
  for (let looks = 0; ; looks += 1) {
    const receipt = await target.call<{ status: string } | null>('eth_getTransactionReceipt', [
      hash,
    ]);
    if (receipt && BigInt(receipt.status) === 1n) return hash;
    if (receipt) throw new Error(`Transaction ${hash} was reverted. What follows was not sent.`);
    if (looks === MANY) warn(`Transaction ${hash} waits to be mined.`);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** A minute's worth. */
const MANY = 240;
