import type { DealtToken } from './about-token.ts';
import { findPlace } from './find-place.ts';
import type { DealPlan } from './plan.ts';
import { supplyOf } from './questions.ts';
import { badSupply, noSupply } from './refusals.ts';
import type { Question, Trial } from './trial.ts';
import type { Write } from './writes.ts';

/**
 * Changes the total supply by as much as the balance: of an ERC-1155 that of the id and, where the
 * contract has one, that of all ids. Rejects with DEAL_FAILED when it can't, RpcError.
 */
export async function withSupply(
  trial: Trial,
  token: DealtToken,
  plan: DealPlan,
  id: bigint | null,
): Promise<DealPlan> {
  const difference = plan.after - plan.before;
  const totals = id === null || token.standard === 'erc721' ? [undefined] : [id, undefined];
  let changed: DealPlan = plan;
  for (const [i, of] of totals.entries()) {
    const question = supplyOf(token.address, of);
    const before = await trial.ask(question);
    if (before === null) {
      if (i > 0) continue;
      throw noSupply(token);
    }
    const after = before + difference;
    if (after < 0n || after >= 2n ** 256n) throw badSupply(token);
    const write = await placeOf(trial, token, changed, { question, after, difference });
    changed = {
      ...changed,
      writes: [...changed.writes, write],
      expected: [...changed.expected, { question, value: after }],
      supply: changed.supply ?? { before, after },
    };
  }
  return changed;
}

async function placeOf(
  trial: Trial,
  token: DealtToken,
  { expected, writes }: DealPlan,
  { question, after, difference }: { question: Question; after: bigint; difference: bigint },
): Promise<Write> {
  const others = expected.map((one) => one.question);
  const found = await findPlace(trial, { question, value: after, others }, writes);
  if ('write' in found) return found.write;
  // Wrapped ether is as much as the ether that the contract has.
  const ether = (await trial.balanceOf(token.address)) + difference;
  const write: Write = { address: token.address, slot: null, value: ether };
  if (ether >= 0n && (await trial.ask(question, [...writes, write])) === after) return write;
  throw noSupply(token);
}
