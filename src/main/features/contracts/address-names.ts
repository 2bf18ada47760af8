import { getAddress, type Hex } from 'viem';
import type { AddressOf } from '../../shared/address-of.ts';
import { addressProblem } from '../../shared/address-problem.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { ContractResolver } from './resolve.ts';

export interface AddressNamesDependencies {
  resolver: ContractResolver;
  networkKind: (name: string) => 'local' | 'fork' | 'remote';
  /** The development accounts of a chain, whether it runs or not, in the order of their index. */
  devAddresses: (chain: string) => readonly Hex[];
}

/** What texts stand for on a network that need not be read for it. */
export function addressNames({ resolver, networkKind, devAddresses }: AddressNamesDependencies) {
  /** The development accounts of a network, in the order of their index; of a remote one none. */
  const accountsOn = (network: string): readonly Hex[] =>
    networkKind(network) === 'remote' ? [] : devAddresses(network);

  return {
    resolver,
    accountsOn,

    /** Throws CONTRACT_AMBIGUOUS for a name of several contracts, when it is used. */
    on:
      (network: string): AddressOf =>
      (text) => {
        if (isAddressShaped(text)) {
          return addressProblem(text) ? null : getAddress(text.toLowerCase());
        }
        if (/^\d{1,3}$/.test(text)) return accountsOn(network)[Number(text)] ?? null;
        return resolver.maybe(network, text)?.address ?? null;
      },
  };
}
