import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import { addressDetail } from './address.ts';
import { blockDetail, blockPage } from './block.ts';
import type {
  AddressDetail,
  BlockDetail,
  BlockPage,
  Found,
  PageInput,
  TransactionDetail,
  TransactionInput,
  TransactionPage,
} from './contract.ts';
import { find } from './find.ts';
import { type TransactionParts, transactionDetail } from './transaction.ts';
import { transactionPage } from './transactions.ts';

export interface ExplorerDependencies extends Omit<TransactionParts, 'namesOn'> {
  reading: Reading;
  namesOn: (from: ReadNetwork) => NetworkNames;
  /** Resolves when what compilers have left by now is known. */
  fresh: () => Promise<void>;
}

/** Looks into networks. Every part rejects as `networkReader` says. */
export function explorerService(deps: ExplorerDependencies) {
  const { reading, namesOn, fresh, store } = deps;
  async function named<T>(
    network: string,
    work: (from: ReadNetwork, names: NetworkNames) => Promise<T>,
  ): Promise<T> {
    await fresh();
    return reading(network, (from) => work(from, namesOn(from)));
  }

  return {
    transactions: ({ network, ...page }: PageInput): Promise<TransactionPage> =>
      named(network, (from, names) => transactionPage(from, names, page)),
    transaction: ({ network, ...asked }: TransactionInput): Promise<TransactionDetail> =>
      named(network, (from) => transactionDetail(from, deps, asked)),
    blocks: ({ network, ...page }: PageInput): Promise<BlockPage> =>
      reading(network, (from) => blockPage(from, page)),
    block: ({ network, block }: { network: string; block: string }): Promise<BlockDetail> =>
      named(network, (from, names) => blockDetail(from, names, block)),
    address: ({ network, address }: { network: string; address: string }): Promise<AddressDetail> =>
      named(network, (from, names) => addressDetail(from, names, store, address)),
    find: ({ network, text }: { network: string; text: string }): Promise<Found[]> =>
      reading(network, (from) => find(from, store, text)),
  };
}

export type ExplorerService = ReturnType<typeof explorerService>;
