import { z } from 'zod';
import { appliedIn, authorizationsOf } from '../../eth/inside/authorizations.ts';
import { authorizedRefund, GAS_MARKS_TRACER, gasMarks } from '../../eth/inside/authorized-gas.ts';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { RpcReceipt, RpcTransaction } from '../../eth/rpc-shapes.ts';
import { ADDRESS, HASH } from '../../shared/hex.ts';
import type { TransactionDetail } from './contract/transactions.ts';
import { type FoundTransaction, preStateOf, tracedAgain } from './found-transaction.ts';
import { knownAddress } from './known-address.ts';
import { MOST_FOLLOWED_GAS } from './state.ts';

/** https://eips.ethereum.org/EIPS/eip-2718 and those that use it, by their number. */
const TYPES = ['legacy', 'access list', 'dynamic fee', 'blob', 'set code'];

/** A node that knows no types says what belongs to one all the same. */
export function typeOf(transaction: RpcTransaction): string {
  const { type, authorizationList, blobVersionedHashes, maxFeePerGas, accessList } = transaction;
  const said = type === undefined ? Number.NaN : Number(type);
  if (Number.isInteger(said)) return TYPES[said] ?? `type ${said}`;
  if (authorizationList) return 'set code';
  if (blobVersionedHashes) return 'blob';
  if (maxFeePerGas !== undefined) return 'dynamic fee';
  return accessList ? 'access list' : 'legacy';
}

type TypedParts = Pick<TransactionDetail, 'type' | 'accessList' | 'authorizations' | 'blobs'>;

const HEX_HASH = z.string().regex(new RegExp(`^${HASH}$`));

const listedAccess = z.array(
  z.object({
    address: z.string().regex(new RegExp(`^${ADDRESS}$`)),
    storageKeys: z.array(HEX_HASH),
  }),
);

/** What transactions of some types alone have, of a node that may be anybody's. */
export async function typedParts(
  from: ReadNetwork,
  names: Names,
  found: FoundTransaction,
): Promise<TypedParts> {
  const { transaction, receipt } = found;
  const accessed = listedAccess.safeParse(transaction.accessList ?? []).data ?? [];
  return {
    type: typeOf(transaction),
    accessList: await Promise.all(
      accessed.map(async ({ address, storageKeys }) => ({
        ...(await knownAddress(names, address)),
        storageKeys,
      })),
    ),
    authorizations: await namedAuthorizations(from, names, found),
    blobs: blobsOf(transaction, receipt),
  };
}

async function namedAuthorizations(
  from: ReadNetwork,
  names: Names,
  found: FoundTransaction,
): Promise<TypedParts['authorizations']> {
  const { transaction, receipt } = found;
  const all = await authorizationsOf(transaction);
  if (all.length === 0) return [];
  const preState = receipt && (await preStateOf(from, found));
  const applied = preState && appliedIn(all, transaction, preState);
  return Promise.all(
    all.map(async ({ chainId, address, nonce, authority }, i) => ({
      ...{ chainId: chainId.toString(), nonce: nonce.toString() },
      address: await knownAddress(names, address),
      authority: await knownAddress(names, authority),
      applied: applied?.[i] ?? null,
    })),
  );
}

const quantity = z
  .string()
  .regex(/^0x[\da-f]{1,64}$/i)
  .transform(BigInt);

function blobsOf(
  { blobVersionedHashes }: RpcTransaction,
  receipt: RpcReceipt | null,
): TypedParts['blobs'] {
  const hashes = z.array(HEX_HASH).min(1).safeParse(blobVersionedHashes).data;
  if (!hashes) return null;
  const gasUsed = quantity.safeParse(receipt?.blobGasUsed).data ?? null;
  const gasPrice = quantity.safeParse(receipt?.blobGasPrice).data ?? null;
  return {
    versionedHashes: hashes,
    gasUsed: gasUsed?.toString() ?? null,
    gasPrice: gasPrice?.toString() ?? null,
    fee: gasUsed === null || gasPrice === null ? null : (gasUsed * gasPrice).toString(),
  };
}

/** What a transaction with authorizations has earned back; null: it has none, or its node doesn't tell. */
export async function refundOfAuthorized(
  from: ReadNetwork,
  found: FoundTransaction,
): Promise<bigint | null> {
  const { transaction, receipt } = found;
  const { authorizationList: list } = transaction;
  if (!receipt || !Array.isArray(list) || list.length === 0) return null;
  if (BigInt(receipt.gasUsed) > MOST_FOLLOWED_GAS) return null;
  try {
    const said = await tracedAgain<unknown>(from, found, GAS_MARKS_TRACER);
    const marks = gasMarks.safeParse(said).data;
    return marks ? authorizedRefund(transaction, receipt, marks) : null;
  } catch (error) {
    if (error instanceof RpcError) return null;
    throw error;
  }
}
