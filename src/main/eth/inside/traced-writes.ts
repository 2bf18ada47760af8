import { keccak256 } from 'viem';
import { z } from 'zod';
import { ADDRESS } from '../../shared/hex.ts';
import type { SlotChange } from './state-changes.ts';
import { KEYS_STATE, NOTE_KEYS, type TracedKeys, tracedKeys } from './storage-keys.ts';
import type { Preimages } from './storage-names.ts';

/** A call begins, ends, or ends and takes back what it did; or a slot is written: words as hex. */
type TracedWrite =
  | '('
  | ')'
  | '!'
  | readonly [address: string, slot: string, before: string, after: string];

/** What `WRITES_TRACER` has found. */
export interface TracedWrites extends TracedKeys {
  writes: readonly TracedWrite[];
  /** Gas, before the limit on refunds. */
  refund: number;
}

const address = z.string().regex(new RegExp(`^${ADDRESS}$`));
const number = z.string().regex(/^(?:0x)?[\da-f]{1,64}$/i);

/** `TracedWrites`, of a node that may be anybody's. */
export const tracedWrites = tracedKeys.extend({
  writes: z.array(z.union([z.enum(['(', ')', '!']), z.tuple([address, number, number, number])])),
  refund: z.int().nonnegative(),
}) satisfies z.ZodType<TracedWrites>;

/**
 * A scripted tracer (https://geth.ethereum.org/docs/developers/evm-tracing/custom-tracer) that returns
 * `TracedWrites`. It takes a node some 20 µs for each instruction.
 */
export const WRITES_TRACER = {
  tracer: `{
    ${KEYS_STATE} writes: [], refund: 0, isWritten: false,
    step: function (log, db) {
      if (this.isWritten) { this.refund = log.getRefund(); this.isWritten = false; }
      var op = log.op.toNumber();
      ${NOTE_KEYS}
      if (op === 0x55) {
        var address = log.contract.getAddress();
        var slot = log.stack.peek(0).toString(16);
        var before = toHex(db.getState(address, toWord(slot)));
        this.writes.push([toHex(address), slot, before, log.stack.peek(1).toString(16)]);
        this.isWritten = true;
      }
    },
    fault: function () {},
    enter: function () { this.writes.push('('); },
    exit: function (frame) { this.writes.push(frame.getError() === undefined ? ')' : '!'); },
    result: function () {
      return {
        hashed: this.hashed, touched: this.touched, writes: this.writes, refund: this.refund,
      };
    }
  }`,
};

/** By hash. */
export const preimagesIn = ({ hashed }: TracedKeys): Preimages =>
  new Map(hashed.map(([, input]) => [keccak256(input as `0x${string}`), input]));

/**
 * What a transaction that failed had written until then, by address in lower case.
 *
 * @param isFailing whether the call with an index failed with the transaction: what others wrote
 *   before they failed had been taken back by then, and so has what is followed by other writes
 */
export function writesUntilFailure(
  { writes }: TracedWrites,
  isFailing: (call: number) => boolean,
): Map<string, SlotChange[]> {
  let calls = 0;
  const open: { call: number; from: number }[] = [];
  const kept: (readonly [string, string, string, string])[] = [];
  /** Where what a failing call wrote begins. */
  let failing = Number.POSITIVE_INFINITY;
  const takeBack = () => {
    kept.length = Math.min(kept.length, failing);
    failing = Number.POSITIVE_INFINITY;
  };
  for (const write of writes) {
    if (write === '(') open.push({ call: ++calls, from: kept.length });
    else if (write === ')') open.pop();
    else if (write === '!') {
      const { call, from } = open.pop() ?? { call: 0, from: 0 };
      failing = Math.min(failing, from);
      if (!isFailing(call)) takeBack();
    } else {
      takeBack();
      kept.push(write);
    }
  }
  const byAddress = new Map<string, Map<string, SlotChange>>();
  for (const [at, slot, before, after] of kept) {
    const address = at.toLowerCase();
    const slots = byAddress.get(address) ?? new Map<string, SlotChange>();
    byAddress.set(address, slots);
    const key = word(slot);
    slots.set(key, {
      slot: key,
      before: slots.get(key)?.before ?? word(before),
      after: word(after),
    });
  }
  return new Map(
    [...byAddress].map(([address, slots]) => [
      address,
      [...slots.values()]
        .filter(({ before, after }) => before !== after)
        .sort((a, b) => (a.slot < b.slot ? -1 : 1)),
    ]),
  );
}

const word = (hex: string): string => `0x${hex.replace(/^0x/, '').padStart(64, '0')}`;
