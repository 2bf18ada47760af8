import { z } from 'zod';
import type { RpcReceipt, RpcTransaction } from '../rpc-shapes.ts';
import { intrinsicGas, refundOf } from './gas-parts.ts';

/** How much is left at the instructions of a transaction's own call, and what they had earned back. */
export interface GasMarks {
  /** At its first instruction; null: it ran none. */
  first: number | null;
  /** Before its last one. */
  last: number | null;
  refund: number;
}

const gas = z.int().nonnegative();

export const gasMarks = z.object({
  first: gas.nullable(),
  last: gas.nullable(),
  refund: gas,
}) satisfies z.ZodType<GasMarks>;

/** A scripted tracer that returns `GasMarks`. */
export const GAS_MARKS_TRACER = {
  tracer: `{
    first: null, last: null, refund: 0,
    step: function (log) {
      this.refund = log.getRefund();
      if (log.getDepth() !== 1) return;
      this.last = log.getGas();
      if (this.first === null) this.first = this.last;
    },
    fault: function () {},
    result: function () { return { first: this.first, last: this.last, refund: this.refund }; }
  }`,
};

/** For each authorization of an account that was there before. */
const REFUND = 12_500n;

/**
 * What a transaction with authorizations has earned back, before the limit on refunds. For which of
 * them its node gave something back, and whether it counts that among what the instructions have
 * earned, differs between nodes: it follows from the gas that was used.
 */
export function authorizedRefund(
  transaction: Pick<RpcTransaction, 'to' | 'input' | 'accessList' | 'authorizationList'>,
  { gasUsed, status }: Pick<RpcReceipt, 'gasUsed' | 'status'>,
  { first, last, refund }: GasMarks,
): bigint {
  const { authorizationList } = transaction;
  const count = Array.isArray(authorizationList) ? authorizationList.length : 0;
  const hasFailed = BigInt(status) === 0n;
  const earned = hasFailed ? 0n : BigInt(refund);
  // One that runs out of gas uses what it had left, too.
  const executed = [(first ?? 0) - (last ?? 0), ...(hasFailed ? [first ?? 0] : [])];
  let best = { refund: earned, off: Number.POSITIVE_INFINITY };
  for (const ran of executed) {
    const before = intrinsicGas(transaction) + BigInt(ran);
    for (let given = 0; given <= count; given++) {
      const all = earned + BigInt(given) * REFUND;
      const off = Math.abs(Number(before - refundOf(before, all)) - Number(gasUsed));
      if (off < best.off) best = { refund: all, off };
    }
  }
  return best.refund;
}
