import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import { addressDetail } from './address.ts';
import { addressTransactions } from './address-transactions.ts';
import { blockDetail, blockPage } from './block.ts';
import type { ChainIndex } from './chain-index.ts';
import type {
  AddressDetail,
  AddressTransactions,
  AddressTransactionsInput,
  BlockDetail,
  BlockPage,
  Found,
  PageInput,
  SourceFile,
  StepDetail,
  StepsInput,
  TransactionDetail,
  TransactionInput,
  TransactionPage,
  TransactionSteps,
  TransactionsInput,
} from './contract.ts';
import { find } from './find.ts';
import type { KnownLabels } from './labels.ts';
import { SourceRuns } from './source-runs.ts';
import type { SourcedArtifacts } from './sourced-codes.ts';
import type { Layouts } from './state.ts';
import { stepDetail, transactionSource, transactionSteps } from './steps.ts';
import { type TransactionParts, transactionDetail } from './transaction.ts';
import { transactionPage } from './transactions.ts';

export interface ExplorerDependencies extends Omit<TransactionParts, 'runs'> {
  artifacts: SourcedArtifacts & Layouts;
  reading: Reading;
  labels: KnownLabels;
  index: ChainIndex;
  /** Resolves when what compilers have left by now is known. */
  fresh: () => Promise<void>;
}

/** Looks into networks. Every part rejects as `networkReader` says. */
export function explorerService(deps: ExplorerDependencies) {
  const { reading, namesOn, fresh, index } = deps;
  const parts = { ...deps, runs: new SourceRuns(deps.artifacts) };
  const named = <T>(
    network: string,
    work: (from: ReadNetwork, names: NetworkNames) => Promise<T>,
  ): Promise<T> => reading(network, (from) => work(from, namesOn(from)));

  /**
   * Looks once more with what compilers have left since, where it was not known what stands at the
   * address that it is about: the names say the same at the end as to the work itself.
   */
  const namedAtLast = <T>(
    network: string,
    work: (from: ReadNetwork, names: NetworkNames) => Promise<T>,
    codeAt: (shown: T) => string | null | undefined,
  ): Promise<T> =>
    reading(network, async (from) => {
      const names = namesOn(from);
      const shown = await work(from, names);
      const address = codeAt(shown);
      if (!address || ((await names.contractAt(address))?.artifact ?? null) !== null) return shown;
      await fresh();
      return work(from, namesOn(from));
    });

  return {
    transactions: ({ network, ...page }: TransactionsInput): Promise<TransactionPage> =>
      named(network, (from, names) => transactionPage(from, names, index, page)),
    addressTransactions: ({
      network,
      ...asked
    }: AddressTransactionsInput): Promise<AddressTransactions> =>
      named(network, (from, names) => addressTransactions(from, names, index, asked)),
    transaction: ({ network, ...asked }: TransactionInput): Promise<TransactionDetail> =>
      namedAtLast(
        network,
        (from, names) => transactionDetail(from, names, parts, asked),
        ({ to, created, input }) => (input === '0x' ? null : (to ?? created)?.address),
      ),
    steps: ({ network, ...asked }: StepsInput): Promise<TransactionSteps> =>
      reading(network, (from) => transactionSteps(from, parts, asked)),
    step: ({
      network,
      ...asked
    }: {
      network: string;
      hash: string;
      step: number;
    }): Promise<StepDetail> => reading(network, (from) => stepDetail(from, parts, asked)),
    source: ({
      network,
      ...asked
    }: {
      network: string;
      hash: string;
      file: string;
    }): Promise<SourceFile> => reading(network, (from) => transactionSource(from, parts, asked)),
    blocks: ({ network, ...page }: PageInput): Promise<BlockPage> =>
      reading(network, (from) => blockPage(from, index, page)),
    block: ({ network, block }: { network: string; block: string }): Promise<BlockDetail> =>
      named(network, (from, names) => blockDetail(from, names, block)),
    address: ({ network, address }: { network: string; address: string }): Promise<AddressDetail> =>
      namedAtLast(
        network,
        (from, names) => addressDetail(from, names, deps, address),
        ({ codeSize }) => (codeSize === 0 ? null : address),
      ),
    find: ({ network, text }: { network: string; text: string }): Promise<Found[]> =>
      reading(network, (from) => find(from, deps, text)),
  };
}

export type ExplorerService = ReturnType<typeof explorerService>;
