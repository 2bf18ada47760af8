import { toHex } from 'viem';
import { type Fees, replacing } from '../../../eth/signed-fees.ts';
import type { TransactionToSign } from '../../../signer/control/protocol.ts';
import type { Terms } from '../../../signer/control/terms.ts';

/** https://ethereum.github.io/execution-apis: a transaction object, as far as a tool gives it. */
export interface Given {
  from?: string;
  to?: string | null;
  nonce?: string;
  value?: string;
  input?: string;
  data?: string;
  gas?: string;
  gasPrice?: string;
  maxFeePerGas?: string;
  maxPriorityFeePerGas?: string;
}

/** Wei: what networks without a price of their own for it take. */
const USUAL_TIP = 10n ** 9n;

/**
 * What a tool asks to be sent, with what a node would add: its nonce, gas and fees. A fee above the
 * cap is lowered to it: the network takes it later, and nobody pays more.
 *
 * @param next the nonce of one that has none
 */
export function completed(given: Given, terms: Terms, next: number): TransactionToSign {
  const nonce = given.nonce === undefined ? next : Number(BigInt(given.nonce));
  const data = (given.input ?? given.data ?? '0x') as `0x${string}`;
  const reviewed = terms.transactions.find((one) => one.nonce === nonce);
  const most = BigInt(terms.maxFeePerGas);
  const fee = given.maxFeePerGas ?? given.gasPrice;
  const maxFeePerGas = fee === undefined ? most : least(BigInt(fee), most);
  const tip = BigInt(given.maxPriorityFeePerGas ?? USUAL_TIP);
  const isLegacy = given.gasPrice !== undefined && given.maxFeePerGas === undefined;
  return {
    nonce,
    to: (given.to ?? null) as `0x${string}` | null,
    value: (given.value ?? '0x0') as `0x${string}`,
    data,
    gas: (given.gas ?? reviewed?.gas ?? '0x0') as `0x${string}`,
    maxFeePerGas: toHex(maxFeePerGas),
    ...(isLegacy ? {} : { maxPriorityFeePerGas: toHex(least(tip, maxFeePerGas)) }),
  };
}

/**
 * The reviewed transaction of a nonce with the fees of now; null: it could not take the place of what
 * waits.
 */
export function payingMore(
  nonce: number,
  { transactions, maxFeePerGas }: Terms,
  before: Fees,
): TransactionToSign | null {
  const reviewed = transactions.find((one) => one.nonce === nonce);
  const most = BigInt(maxFeePerGas);
  if (!reviewed || most < replacing(before.maxFeePerGas)) return null;
  const { to, value, data } = reviewed as TransactionToSign;
  const tip = before.maxPriorityFeePerGas;
  return {
    ...{ nonce, to, value, data, gas: toHex(before.gas), maxFeePerGas: toHex(most) },
    ...(tip === null ? {} : { maxPriorityFeePerGas: toHex(least(replacing(tip), most)) }),
  };
}

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);
