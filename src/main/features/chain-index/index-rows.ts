import { bytesOf } from '../../eth/hex-bytes.ts';
import type { RpcBlock, RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import type { Role } from '../../shared/roles.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';

/** Bytes of a longer input are not kept: the chain tells them. */
const MOST_INPUT = 1028;

/** A block as it is stored. */
export interface IndexRows {
  block: {
    number: number;
    hash: string;
    timestamp: number;
    gasUsed: string;
    gasLimit: string;
    baseFee: string | null;
  };
  transactions: TransactionRow[];
}

interface TransactionRow {
  hash: Buffer;
  sender: Buffer;
  receiver: Buffer | null;
  created: Buffer | null;
  value: string;
  input: Buffer | null;
  succeeded: 0 | 1;
  gasUsed: string;
  /** Addresses as hex with 0x. */
  roles: [address: string, role: Role][];
}

const decimal = (quantity: string): string => BigInt(quantity).toString();
const orNone = (hex: string | null): Buffer | null => (hex === null ? null : bytesOf(hex));

/** @param receipts in the order of the block's transactions */
export function indexRows(block: RpcBlock, receipts: readonly RpcReceipt[]): IndexRows {
  return {
    block: {
      number: Number(block.number),
      hash: block.hash,
      timestamp: clampedInteger(block.timestamp),
      gasUsed: decimal(block.gasUsed),
      gasLimit: decimal(block.gasLimit),
      baseFee: block.baseFeePerGas === undefined ? null : decimal(block.baseFeePerGas),
    },
    transactions: block.transactions.map((one, i) => rowOf(one, receipts[i] as RpcReceipt)),
  };
}

function rowOf(
  { hash, from, to, value, input }: RpcTransaction,
  { status, gasUsed, contractAddress }: RpcReceipt,
): TransactionRow {
  const succeeded = BigInt(status) === 1n;
  const created = succeeded ? contractAddress : null;
  const data = bytesOf(input);
  return {
    ...{ hash: bytesOf(hash), sender: bytesOf(from), receiver: orNone(to) },
    ...{ created: orNone(created), value: decimal(value), gasUsed: decimal(gasUsed) },
    input: data.length > MOST_INPUT ? null : data,
    succeeded: succeeded ? 1 : 0,
    roles: [
      [from, 'sent'],
      ...(to === null ? [] : [[to, 'received'] satisfies [string, Role]]),
      ...(created === null ? [] : [[created, 'created'] satisfies [string, Role]]),
    ],
  };
}
