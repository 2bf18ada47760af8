import { getAddress } from 'viem';
import type { Names } from '../../eth/inside/names.ts';
import type { KnownAddress } from './contract/decoded.ts';

/**
 * An address with what is known of it; null stays null.
 *
 * @param ran as in `Names.contractAt`, as `code` is
 */
export async function knownAddress<A extends string | null>(
  names: Names,
  address: A,
  ran?: readonly string[],
  code?: string,
): Promise<A extends string ? KnownAddress : KnownAddress | null> {
  const contract = address === null ? null : await names.contractAt(address, ran, code);
  const known = address && {
    address: getAddress(address),
    contract: contract?.name ?? null,
    label: contract?.label ?? names.labelAt(address),
  };
  return known as A extends string ? KnownAddress : KnownAddress | null;
}
