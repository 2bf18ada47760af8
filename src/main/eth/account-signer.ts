import { type Hex, isHex, type TypedDataDefinition } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

/** Signs for an account: see `accountSigner`. Rejects with what is wrong with the request. */
export type Sign = (params: unknown) => Promise<Hex>;

interface Signer {
  /** Returns the key of an account, in whatever case; undefined: it is none of those known here. */
  keyOf(account: string): Hex | undefined;
  /** Typed data of other chains is not signed: the key may be of a wallet that is used there. */
  chainId: number;
}

/**
 * What a node does for accounts whose keys it has, by the name of the method: EIP-191 messages and
 * EIP-712 data.
 */
export function accountSigner({ keyOf, chainId }: Signer): Record<string, Sign> {
  const accountOf = (address: unknown) => {
    const key = typeof address === 'string' ? keyOf(address) : undefined;
    if (!key) throw new Error(`no key of ${String(address).slice(0, 50)} is known on this chain`);
    return privateKeyToAccount(key);
  };
  const message = async (address: unknown, data: unknown) => {
    if (typeof data !== 'string') throw new Error('a message to sign is a text, or hex');
    return accountOf(address).signMessage({ message: isHex(data) ? { raw: data } : data });
  };
  const typed: Sign = async (params) => {
    const [address, given] = listOf(params);
    const data = (typeof given === 'string' ? JSON.parse(given) : given) as TypedDataDefinition;
    const of = data?.domain?.chainId;
    if (of === undefined || BigInt(of) !== BigInt(chainId)) {
      throw new Error(`only typed data whose domain has the chain id ${chainId} is signed here`);
    }
    return accountOf(address).signTypedData(data);
  };
  return {
    eth_sign: async (params) => message(...first(params)),
    personal_sign: async (params) => message(...(first(params).reverse() as [unknown, unknown])),
    eth_signTypedData: typed,
    eth_signTypedData_v3: typed,
    eth_signTypedData_v4: typed,
  };
}

const listOf = (params: unknown): unknown[] => (Array.isArray(params) ? params : []);

const first = (params: unknown): [unknown, unknown] => {
  const [one, other] = listOf(params);
  return [one, other];
};
