import type { TransactionGas } from '../../shared/decoded.ts';
import type { RpcTransaction } from '../rpc-shapes.ts';

/** https://eips.ethereum.org/EIPS/eip-2028, 2930, 3860, 7623 and 7702 */
const GAS = {
  transaction: 21_000n,
  creation: 32_000n,
  zeroByte: 4n,
  byte: 16n,
  wordOfInitcode: 2n,
  accessAddress: 2_400n,
  accessKey: 1_900n,
  authorization: 25_000n,
  /** Of calldata at least, for each zero byte; four times that for another one. */
  floorToken: 10n,
};
/** Of what was used, at most a fifth is given back: https://eips.ethereum.org/EIPS/eip-3529 */
const MOST_REFUND = 5n;

type Sent = Pick<RpcTransaction, 'to' | 'input' | 'accessList' | 'authorizationList'>;

/**
 * What the gas of a transaction went into.
 *
 * @param gasUsed of the receipt
 * @param refund what it has earned back, before the limit; null: it isn't known
 */
export function gasParts(
  transaction: Sent,
  gasUsed: bigint,
  refund: bigint | null,
): TransactionGas {
  const { calldata, creation, accessList, authorizations, floor } = partsBefore(transaction);
  const intrinsic = intrinsicGas(transaction);
  const isFloor = gasUsed === floor && floor > intrinsic;
  const given = refund === null || isFloor ? null : refundGiven(gasUsed, refund);
  // Of an authorization, half is given back where the account was there before.
  const isKnown = !isFloor && (given !== null || authorizations === 0n);
  return {
    used: gasUsed.toString(),
    base: GAS.transaction.toString(),
    calldata: calldata.toString(),
    creation: creation.toString(),
    accessList: accessList.toString(),
    authorizations: authorizations.toString(),
    execution: isKnown ? positive(gasUsed - intrinsic + (given ?? 0n)).toString() : null,
    refund: given === null ? null : given.toString(),
    floor: isFloor ? floor.toString() : null,
  };
}

function partsBefore({ to, input, accessList, authorizationList }: Sent) {
  const bytes = Buffer.from(input.slice(2), 'hex');
  const zeros = BigInt(bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0));
  const others = BigInt(bytes.length) - zeros;
  return {
    calldata: zeros * GAS.zeroByte + others * GAS.byte,
    creation:
      to === null ? GAS.creation + BigInt(Math.ceil(bytes.length / 32)) * GAS.wordOfInitcode : 0n,
    accessList: accessGas(accessList),
    authorizations: authorizationGas(authorizationList),
    floor: GAS.transaction + (zeros + others * 4n) * GAS.floorToken,
  };
}

/** What a transaction costs before its first instruction. */
export function intrinsicGas(transaction: Sent): bigint {
  const { calldata, creation, accessList, authorizations } = partsBefore(transaction);
  return GAS.transaction + calldata + creation + accessList + authorizations;
}

/** What is given back of gas, of what was earned back. @param used before it */
export const refundOf = (used: bigint, earned: bigint): bigint =>
  earned * MOST_REFUND <= used ? earned : used / MOST_REFUND;

/** @param gasUsed after it */
function refundGiven(gasUsed: bigint, earned: bigint): bigint {
  if (earned * MOST_REFUND <= gasUsed + earned) return earned;
  // gasUsed = before - floor(before / 5)
  return gasUsed / (MOST_REFUND - 1n);
}

function accessGas(list: unknown): bigint {
  if (!Array.isArray(list)) return 0n;
  return list.reduce((sum: bigint, one: { storageKeys?: unknown }) => {
    const keys = Array.isArray(one?.storageKeys) ? BigInt(one.storageKeys.length) : 0n;
    return sum + GAS.accessAddress + keys * GAS.accessKey;
  }, 0n);
}

const authorizationGas = (list: unknown): bigint =>
  Array.isArray(list) ? BigInt(list.length) * GAS.authorization : 0n;

const positive = (amount: bigint): bigint => (amount < 0n ? 0n : amount);
