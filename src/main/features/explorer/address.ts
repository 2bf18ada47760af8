import { getAddress } from 'viem';
import type { Names } from '../../eth/inside/names.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import { notRecorded } from '../../eth/not-running.ts';
import { unlessUnread } from '../../eth/upstream-failure.ts';
import { delegateOf } from '../../shared/delegation.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import { type ChainIndex, indexOf } from './chain-index.ts';
import type { AddressDetail } from './contract/addresses.ts';
import { knownAddress } from './known-address.ts';
import type { KnownLabels } from './labels.ts';
import type { ExplorerStore } from './store.ts';
import { decimal } from './transaction-line.ts';

/** Rejects with CHAIN_NOT_RUNNING for one that a chain that does not run had nothing to do with. */
export async function addressDetail(
  from: ReadNetwork,
  names: Names,
  {
    store,
    labels,
    index,
  }: { store: ExplorerStore; labels: Pick<KnownLabels, 'at'>; index: ChainIndex },
  address: string,
): Promise<AddressDetail> {
  const [known, contract, head, balance, nonce, code] = await Promise.all([
    knownAddress(names, address),
    names.contractAt(address),
    indexOf(index, from),
    from.isStopped ? null : unlessUnread(from.call<string>('eth_getBalance', [address, 'latest'])),
    from.isStopped
      ? null
      : unlessUnread(from.call<string>('eth_getTransactionCount', [address, 'latest'])),
    from.call<string>('eth_getCode', [address, 'latest']),
  ]);
  const isMet = head && index.ofAddress(head, address, head.transactions, 1).length > 0;
  if (from.isStopped && !isMet && code === '0x')
    throw notRecorded(from.name, `what stands at ${address}`);
  return {
    ...known,
    ...{ network: from.name, stopped: from.isStopped },
    balance: balance === null ? null : decimal(balance),
    nonce: nonce === null ? null : safeInteger(nonce),
    color: labels.at(from.name, getAddress(address))?.color ?? null,
    codeSize: from.unread?.(address) ? null : (code.length - 2) / 2,
    delegates: delegateOf(code) !== null,
    implementation: await knownAddress(names, contract?.proxy?.implementation ?? delegateOf(code)),
    creation: head && code !== '0x' ? index.creationOf(head, address) : null,
    deployment: store.contractAt(from.name, getAddress(address))?.deployment ?? null,
  };
}
