import {
  concatHex,
  getAddress,
  type Hex,
  keccak256,
  numberToHex,
  pad,
  recoverAddress,
  toRlp,
} from 'viem';
import { z } from 'zod';
import { delegateOf, delegationTo } from '../../shared/delegation.ts';
import { ADDRESS } from '../../shared/hex.ts';
import type { RpcTransaction } from '../rpc-shapes.ts';
import type { PreState } from './recorded-transaction.ts';

/** That an account is to run the code of a contract: https://eips.ethereum.org/EIPS/eip-7702 */
export interface Authorization {
  /** 0: on every chain. */
  chainId: bigint;
  /** Whose code it is to run; zero: no code any more. */
  address: string;
  nonce: bigint;
  /** The account that has signed it; null: the signature is none. */
  authority: string | null;
}

const quantity = z
  .string()
  .regex(/^0x[\da-f]{1,64}$/i)
  .transform(BigInt);
const word = z.string().regex(/^0x[\da-f]{1,64}$/i);
const listed = z
  .object({
    ...{ chainId: quantity, address: z.string().regex(new RegExp(`^${ADDRESS}$`)) },
    ...{ nonce: quantity, r: word, s: word, yParity: quantity.optional(), v: quantity.optional() },
  })
  .transform((one) => ({ ...one, address: getAddress(one.address) }));

/** What a transaction was sent with, of a node that may be anybody's. */
export async function authorizationsOf({
  authorizationList,
}: Pick<RpcTransaction, 'authorizationList'>): Promise<Authorization[]> {
  const list = z.array(listed).safeParse(authorizationList ?? []).data ?? [];
  return Promise.all(
    list.map(async ({ chainId, address, nonce, ...signature }) => ({
      ...{ chainId, address, nonce },
      authority: await signer({ chainId, address, nonce }, signature),
    })),
  );
}

/** What stands before the fields that are signed. */
const MAGIC = '0x05';
/** Half the order of the curve: chains take no signature whose `s` is more. */
const MOST_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

async function signer(
  { chainId, address, nonce }: Omit<Authorization, 'authority'>,
  { r, s, yParity, v }: { r: string; s: string; yParity?: bigint; v?: bigint },
): Promise<string | null> {
  if (BigInt(s) > MOST_S) return null;
  // Numbers may be larger than JavaScript counts exactly.
  const quantityOf = (value: bigint): Hex => (value === 0n ? '0x' : numberToHex(value));
  const fields = [quantityOf(chainId), address as Hex, quantityOf(nonce)];
  try {
    return await recoverAddress({
      hash: keccak256(concatHex([MAGIC, toRlp(fields)])),
      signature: { r: pad(r as Hex), s: pad(s as Hex), yParity: Number(yParity ?? v ?? 0n) },
    });
  } catch {
    return null;
  }
}

/**
 * Which of them were applied: others are passed over without a word. One after the other, each on the
 * nonces that those before it have left.
 */
export function appliedIn(
  authorizations: readonly Authorization[],
  { from, chainId }: Pick<RpcTransaction, 'from' | 'chainId'>,
  preState: PreState,
): boolean[] {
  const accounts = new Map(
    Object.entries(preState).map(([at, account]) => [at.toLowerCase(), account]),
  );
  const nonces = new Map<string, bigint>();
  const nonceOf = (at: string): bigint =>
    nonces.get(at) ?? BigInt(accounts.get(at)?.nonce ?? 0) + (at === from.toLowerCase() ? 1n : 0n);
  return authorizations.map((one) => {
    const at = one.authority?.toLowerCase();
    if (at === undefined) return false;
    const isHere = one.chainId === 0n || chainId === undefined || one.chainId === BigInt(chainId);
    const code = accounts.get(at)?.code ?? '0x';
    const isAccount = code === '0x' || delegateOf(code) !== null;
    if (!isHere || !isAccount || nonceOf(at) !== one.nonce) return false;
    nonces.set(at, one.nonce + 1n);
    return true;
  });
}

type Authorized = Pick<RpcTransaction, 'from' | 'chainId' | 'authorizationList'>;

/** The code that the authorizations of a transaction have set, by address in lower case. */
export async function authorizedCodes(
  transaction: Authorized,
  preState: PreState,
): Promise<Map<string, string>> {
  const all = await authorizationsOf(transaction);
  const codes = new Map<string, string>();
  const applied = appliedIn(all, transaction, preState);
  for (const [i, { authority, address }] of all.entries()) {
    if (applied[i] && authority !== null) codes.set(authority.toLowerCase(), delegationTo(address));
  }
  return codes;
}

/** What the calls of a transaction have found: with the code that its authorizations have set. */
export async function withAuthorizations(
  transaction: Authorized,
  preState: PreState,
): Promise<PreState> {
  const codes = await authorizedCodes(transaction, preState);
  if (codes.size === 0) return preState;
  const found = Object.fromEntries(
    Object.entries(preState).map(([at, account]) => [at.toLowerCase(), account]),
  );
  for (const [at, code] of codes) found[at] = { ...found[at], code };
  return found;
}
