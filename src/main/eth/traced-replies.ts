import { z } from 'zod';
import { ADDRESS, HASH } from '../shared/hex.ts';

/** More than the EVM lets calls nest: https://eips.ethereum.org/EIPS/eip-150 */
const DEEPEST = 1100;

const quantity = /^0x[0-9a-f]{1,64}$/i;
const data = /^0x(?:[0-9a-f]{2})*$/i;
const address = new RegExp(`^${ADDRESS}$`);

const isAny = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const is = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) || is(quantity)(value);
const isListOf = (isOne: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(isOne);

type Field = readonly [name: string, isRight: (value: unknown) => boolean];

const frameFields: readonly Field[] = [
  ...['from', 'to'].map((name): Field => [name, is(address)]),
  ...['value', 'gas', 'gasUsed'].map((name): Field => [name, is(quantity)]),
  ...['input', 'output'].map((name): Field => [name, is(data)]),
  ['error', (value) => typeof value === 'string'],
  ['calls', isListOf(isAny)],
  ['logs', isListOf(isLog)],
];
const logFields: readonly Field[] = [
  ['address', is(address)],
  ['topics', isListOf(is(new RegExp(`^${HASH}$`)))],
  ['data', is(data)],
  ['position', isCount],
];

/** Takes away what is null, as it says no more than what is missing. */
function hasRight(fields: readonly Field[], of: Record<string, unknown>): boolean {
  return fields.every(([name, isRight]) => {
    const value = of[name];
    if (value === null) delete of[name];
    return value === null || value === undefined || isRight(value);
  });
}

function isLog(value: unknown): boolean {
  return isAny(value) && hasRight(logFields, value);
}

/** Whether it is what `callTracer` returns; without a recursion, as others choose how deep it is. */
export function isCallTrace(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return false;
    const inner: unknown[] = [];
    for (const call of level) {
      if (!isAny(call) || !is(/^[A-Z\d]{1,20}$/)(call.type) || !hasRight(frameFields, call)) {
        return false;
      }
      for (const one of (call.calls as unknown[] | undefined) ?? []) inner.push(one);
    }
    level = inner;
  }
  return true;
}

const word = z.string().regex(new RegExp(`^${HASH}$`));
/** Of a number that JSON has rounded, nothing is known; the rest of a trace still is. */
const uncounted = z
  .number()
  .gt(Number.MAX_SAFE_INTEGER)
  .transform(() => undefined);
const accounts = z.record(
  z.string().regex(address),
  z.looseObject({
    balance: z.string().regex(quantity).optional(),
    nonce: z.union([z.int().nonnegative(), z.string().regex(quantity), uncounted]).optional(),
    code: z.string().regex(data).optional(),
    storage: z.record(word, word).optional(),
  }),
);

/** What `prestateTracer` returns, without and with `diffMode`. */
export const preState = accounts;
export const stateDiff = z.looseObject({ pre: accounts, post: accounts });
