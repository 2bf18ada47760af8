import { type DecodedCall, decodeCall } from '../../eth/inside/decode-call.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import { blockTime } from '../../shared/block-time.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { TransactionLine } from './contract/transactions.ts';
import { knownAddress } from './known-address.ts';

export const decimal = (quantity: string | undefined): string =>
  BigInt(quantity ?? '0x0').toString();

/** What a line of a list is made of. */
export interface LineParts
  extends Omit<TransactionLine, 'from' | 'to' | 'created' | 'function' | 'value'> {
  from: string;
  to: string | null;
  created: string | null;
  input: string;
  value: string;
  /** To which `to` has passed it on; absent: as the network says. */
  ran?: readonly string[] | undefined;
  /** What stood at `to`; absent: as the network says. */
  code?: string | undefined;
}

/**
 * @param receipt null: it is not mined
 * @param timestamp of its block; s
 */
export function partsOf(
  transaction: RpcTransaction,
  receipt: RpcReceipt | null,
  timestamp: string | null,
): LineParts {
  const { hash, from, to, input, value } = transaction;
  const landed = receipt !== null && BigInt(receipt.status) === 1n;
  return {
    ...{ hash, from, to, input, value: decimal(value) },
    created: landed ? receipt.contractAddress : null,
    blockNumber: safeInteger(transaction.blockNumber),
    index: safeInteger(transaction.transactionIndex),
    timestamp: blockTime(timestamp),
    status: receipt === null ? 'pending' : landed ? 'success' : 'reverted',
    gasUsed: receipt && decimal(receipt.gasUsed),
  };
}

/** A transaction as lists show it. */
export async function transactionLine(parts: LineParts, names: Names): Promise<TransactionLine> {
  const { from, to, created: at, input, ran, code, ...line } = parts;
  const [sender, receiver, created, call] = await Promise.all([
    knownAddress(names, from),
    knownAddress(names, to, ran, code),
    createdAddress(names, at),
    callOf({ to, input }, names, ran, code),
  ]);
  return {
    ...{ ...line, from: sender, to: receiver, created },
    function: call?.function ?? null,
  };
}

/** What was created, by its own name also where it is a proxy. */
async function createdAddress(names: Names, at: string | null) {
  const known = await knownAddress(names, at);
  const own = at === null ? null : (await names.contractAt(at))?.proxy?.name;
  return known && own ? { ...known, contract: own } : known;
}

/** What the transaction calls; null for a creation, a transfer, and what no known function fits. */
export async function callOf(
  { to, input }: Pick<RpcTransaction, 'to' | 'input'>,
  names: Names,
  ran?: readonly string[],
  code?: string,
): Promise<DecodedCall | null> {
  if (to === null) return null;
  const contract = await names.contractAt(to, ran, code);
  return decodeCall(input, contract?.abi ?? null, contract || input !== '0x' ? names : null);
}
