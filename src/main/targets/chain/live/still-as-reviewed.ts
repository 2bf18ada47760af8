import { keccak256 } from 'viem';
import type { Rpc } from '../../../eth/rpc.ts';
import { AppError } from '../../../shared/errors.ts';
import type { ReviewedRun, SignedTransaction } from './reviewed-run.ts';

/**
 * Rejects with REVIEW_STALE when what was reviewed is not what would happen now: the network answers
 * as another chain, the sender has sent something else since, or what is called has other code.
 *
 * @param signed those of the review that were signed already
 */
export async function assertStillAsReviewed(
  {
    id,
    sender,
    network,
    terms,
    externals,
  }: Pick<ReviewedRun, 'id' | 'sender' | 'network' | 'terms' | 'externals'>,
  signed: readonly SignedTransaction[],
  call: Rpc,
): Promise<void> {
  const stale = (why: string) =>
    new AppError('REVIEW_STALE', `Review ${id} is out of date: ${why} Review it again.`, {
      fix: { label: 'Show the review', command: `drydock review show ${id}` },
    });
  const chainId = Number(await call<string>('eth_chainId'));
  if (chainId !== terms.chainId) {
    throw stale(`${network} answers as chain ${chainId}, and was chain ${terms.chainId}.`);
  }
  const first = terms.transactions[0]?.nonce ?? 0;
  const next = Number(BigInt(await call<string>('eth_getTransactionCount', [sender, 'latest'])));
  const others = [];
  for (let nonce = first; nonce < next && others.length === 0; nonce += 1) {
    const own = signed.filter((one) => one.nonce === nonce);
    if (!(await isAnyThere(own, call))) others.push(nonce);
  }
  if (next < first || others.length > 0) {
    throw stale(
      `${sender} has the nonce ${next} on ${network}, and the review begins with ${first}: the key was used elsewhere in between.`,
    );
  }
  for (const { address, codeHash } of externals) {
    const code = await call<`0x${string}`>('eth_getCode', [address, 'latest']);
    if (keccak256(code) !== codeHash) {
      throw stale(`${address}, which is called, has other code on ${network} now.`);
    }
  }
}

/** Of several with one nonce, a network has one. */
async function isAnyThere(all: readonly SignedTransaction[], call: Rpc): Promise<boolean> {
  for (const { hash } of all) {
    if ((await call('eth_getTransactionByHash', [hash])) !== null) return true;
  }
  return false;
}
