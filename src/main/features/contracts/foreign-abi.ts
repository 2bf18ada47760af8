import { getAddress } from 'viem';
import { type ProxyAt, proxyAt } from '../../eth/inside/proxy.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import { readAbi } from '../../eth/read-abi.ts';
import { AppError } from '../../shared/errors.ts';
import type { AbiSource } from '../abi-sources/contract.ts';

/** A contract by its ABI where it was verified. */
export interface ForeignAbi {
  address: string;
  abi: readonly unknown[];
  /** null: it isn't told. */
  name: string | null;
}

/** A contract, and what runs behind it when it is a proxy. */
export interface ForeignContract {
  /** null: it is a proxy whose own ABI is not known there. */
  own: ForeignAbi | null;
  logic: ForeignAbi[];
}

export interface ForeignAbiDependencies {
  reading: Reading;
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => {
    kind: 'local' | 'fork' | 'remote';
    /** Of a fork that of its origin. */
    chainId: number | null;
  };
  /** null: it isn't verified there. */
  verified: (
    source: AbiSource,
    chainId: number,
    address: string,
  ) => Promise<{ abi: unknown[]; name: string | null } | null>;
}

/** Facets of a diamond; each costs the source a request. */
const MOST_LOGIC = 30;

const sourceNames: Record<AbiSource, string> = { sourcify: 'Sourcify', etherscan: 'Etherscan' };

/**
 * Asks where contracts are verified for the ABI of one, of a proxy also for that of what it runs
 * now. Rejects with CONTRACT_NOT_FOUND, CONTRACT_NOT_VERIFIED, SOURCE_UNREACHABLE, and with
 * UNSUPPORTED for a local network, whose contracts are verified nowhere.
 */
export function foreignAbi(
  { reading, network, verified }: ForeignAbiDependencies,
  { network: name, address, source }: { network: string; address: string; source: AbiSource },
): Promise<ForeignContract> {
  const { kind, chainId } = network(name);
  if (kind === 'local') throw localOnly(name);
  return reading(name, async (from) => {
    const proxy = await proxyOf(from, address);
    const chain = kind === 'remote' ? from.chainId : chainId;
    if (chain === null) throw noOrigin(name);
    const abiOf = async (at: string): Promise<ForeignAbi | null> => {
      const found = await verified(source, chain, at);
      const abi = found ? readAbi(found.abi) : [];
      return abi.length > 0 ? { address: getAddress(at), abi, name: found?.name ?? null } : null;
    };
    const own = await abiOf(address);
    const logic: ForeignAbi[] = [];
    // One after the other: such services take few requests a second.
    for (const at of proxy?.implementations.slice(0, MOST_LOGIC) ?? []) {
      const found = await abiOf(at);
      if (found) logic.push(found);
    }
    if (!own && logic.length === 0) throw notVerified(address, source, chain);
    return { own, logic };
  });
}

async function proxyOf(from: ReadNetwork, address: string): Promise<ProxyAt | null> {
  const code = await from.call<string>('eth_getCode', [address, 'latest']);
  if (code !== '0x') return proxyAt(from.call, address, code);
  throw new AppError(
    'CONTRACT_NOT_FOUND',
    `There is no contract at ${address} on ${from.name}. Check the address and the network.`,
    { field: 'address' },
  );
}

const localOnly = (network: string): AppError =>
  new AppError(
    'UNSUPPORTED',
    `${network} is a chain of your own: nobody else knows its contracts. Give the ABI from a file or a compiled contract.`,
    { field: 'network' },
  );

const noOrigin = (network: string): AppError =>
  new AppError(
    'BAD_INPUT',
    `The chain id of what ${network} is a fork of isn't known. Set it with "drydock network add ${network} --chain-id <id>", or give the ABI from a file.`,
    { field: 'network' },
  );

const notVerified = (address: string, source: AbiSource, chainId: number): AppError =>
  new AppError(
    'CONTRACT_NOT_VERIFIED',
    `${address} is not verified on ${sourceNames[source]} (chain ${chainId}). Try the other source, or give the ABI from a file or a compiled contract.`,
    { field: 'address' },
  );
