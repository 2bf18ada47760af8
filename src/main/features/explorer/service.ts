import type { NetworkNames } from '../../eth/inside/network-names.ts';
import type { AccountChange } from '../../eth/inside/state-changes.ts';
import type { TracedKeys } from '../../eth/inside/storage-keys.ts';
import type { Reading, ReadNetwork } from '../../eth/network-reader.ts';
import type { RpcTransaction } from '../../eth/rpc-shapes.ts';
import { type AddressOf, neededAddress } from '../../shared/address-of.ts';
import { addressDetail } from './address.ts';
import { addressTransactions } from './address-transactions.ts';
import { beforeTransaction, type ParentOf, type SnapshotsOf } from './before.ts';
import { blockDetail, blockPage } from './block.ts';
import type { ChainIndex } from './chain-index.ts';
import type {
  AddressDetail,
  AddressTransactions,
  AddressTransactionsInput,
} from './contract/addresses.ts';
import type { BlockDetail, BlockInput, BlockPage } from './contract/blocks.ts';
import type { KnownAddress } from './contract/decoded.ts';
import type { Found } from './contract/found.ts';
import type { PageInput } from './contract/ref.ts';
import type {
  LineGas,
  RanFunctions,
  SourceFile,
  StepDetail,
  StepsInput,
  TransactionSteps,
} from './contract/source.ts';
import type { AccountChanges } from './contract/state.ts';
import type {
  BeforeTransaction,
  TransactionDetail,
  TransactionInput,
  TransactionLine,
  TransactionPage,
  TransactionsInput,
} from './contract/transactions.ts';
import { find } from './find.ts';
import type { RecordedOf } from './found-transaction.ts';
import { transactionFunctions } from './functions.ts';
import { KnownPart, type ToldThere } from './known-part.ts';
import type { KnownLabels } from './labels.ts';
import { SourceRuns } from './source-runs.ts';
import { type ReadVariables, SourceVariables } from './source-variables.ts';
import type { SourcedArtifacts } from './sourced-codes.ts';
import { type Layouts, namedState } from './state.ts';
import { stepDetail, transactionLineGas, transactionSource, transactionSteps } from './steps.ts';
import { type TransactionParts, transactionDetail } from './transaction.ts';
import { partsOf, transactionLine } from './transaction-line.ts';
import { transactionPage } from './transactions.ts';
import {
  stoppedWithUpstreams,
  UpstreamRecords,
  type UpstreamRecordsDependencies,
} from './upstream-records.ts';

export interface ExplorerDependencies
  extends Omit<TransactionParts, 'runs'>,
    UpstreamRecordsDependencies {
  artifacts: SourcedArtifacts & Layouts;
  reading: Reading;
  labels: KnownLabels;
  index: ChainIndex;
  /** Resolves when what compilers have left by now is known. */
  fresh: () => Promise<void>;
  readVariables: ReadVariables;
  snapshotsOf: SnapshotsOf;
  parentOf: ParentOf;
  /** What texts stand for on a network. Throws CONTRACT_AMBIGUOUS when it is used. */
  addressesOn: (network: string) => AddressOf;
}

/**
 * Looks into networks, and into chains that do not run as far as they were recorded. Every part rejects as `networkReader` says.
 */
export function explorerService(deps: ExplorerDependencies) {
  const { namesOn, fresh, index } = deps;
  const variables = new SourceVariables(deps.artifacts, deps.readVariables);
  const recordedOf: RecordedOf = (network, hash, block) =>
    deps.recordedOf(network, hash, block) ??
    new UpstreamRecords(deps, network).recorded(hash, block);
  const parts = { ...deps, recordedOf, variables, runs: new SourceRuns(deps.artifacts) };
  const reading = <T>(
    network: string,
    work: (from: ReadNetwork, part: KnownPart) => Promise<T>,
  ): Promise<T> =>
    deps.reading(
      network,
      (from) => new KnownPart(deps, from).read(work),
      (chain) => stoppedWithUpstreams(deps, chain),
    );
  /** @param there what tells it where the fork's upstream has forgotten it */
  const named = <T extends object>(
    network: string,
    work: (from: ReadNetwork, names: NetworkNames) => Promise<T>,
    there: (shown: T) => ToldThere,
  ): Promise<T> =>
    reading(network, async (from, part) => {
      const shown = await work(from, namesOn(from));
      return part.withMissing(shown, there(shown));
    });

  /**
   * Looks once more with what compilers have left since, where it was not known what stands at the
   * address that it is about, or became known meanwhile.
   */
  const namedAtLast = <T extends object>(
    network: string,
    work: (from: ReadNetwork, names: NetworkNames) => Promise<T>,
    about: (shown: T) => KnownAddress | null,
    there: (shown: T) => ToldThere,
  ): Promise<T> =>
    named(
      network,
      async (from, names) => {
        const shown = await work(from, names);
        const one = about(shown);
        const artifact = one && ((await names.contractAt(one.address))?.artifact ?? null);
        if (one === null || (one.contract !== null && artifact !== null)) return shown;
        await fresh();
        return work(from, namesOn(from));
      },
      there,
    );

  const addressFrom = (network: string, text: string) =>
    neededAddress(text, { addressOf: deps.addressesOn(network), network, field: 'address' });

  return {
    /** A chain that does not run, as it was recorded; null: nothing of it is known. */
    stopped: (chain: string): ReadNetwork | null => stoppedWithUpstreams(deps, chain),
    /** A network as far as it is known without the upstream of a fork. */
    knownPart: (from: ReadNetwork): KnownPart => new KnownPart(deps, from),
    /** Changed accounts, by the names of their variables; see `namedState`. */
    namedState: (
      from: ReadNetwork,
      names: NetworkNames,
      accounts: readonly AccountChange[],
      keys: TracedKeys | null,
    ): Promise<AccountChanges[]> => namedState(from, names, accounts, keys, deps),
    transactions: ({ network, ...page }: TransactionsInput): Promise<TransactionPage> =>
      named(
        network,
        (from, names) => transactionPage(from, names, deps, page),
        () => ({ command: 'tx list', block: null }),
      ),
    addressTransactions: ({
      network,
      ...asked
    }: AddressTransactionsInput): Promise<AddressTransactions> =>
      named(
        network,
        (from, names) =>
          addressTransactions(from, names, deps, {
            ...asked,
            address: addressFrom(network, asked.address),
          }),
        () => ({ command: `address transactions ${asked.address}`, block: null }),
      ),
    transaction: ({ network, ...asked }: TransactionInput): Promise<TransactionDetail> =>
      namedAtLast(
        network,
        (from) => transactionDetail(from, parts, asked),
        ({ to, created, input }) => (input === '0x' ? null : (to ?? created)),
        ({ blockNumber: block }) => ({ command: `tx show ${asked.hash}`, block }),
      ),
    /** Transactions that are in no block yet, as lists show them. */
    pendingLines: (
      network: string,
      transactions: readonly RpcTransaction[],
    ): Promise<TransactionLine[]> =>
      reading(network, (from) => {
        const names = namesOn(from);
        return Promise.all(
          transactions.map((one) => transactionLine(partsOf(one, null, null), names)),
        );
      }),
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
    lineGas: ({
      network,
      ...asked
    }: {
      network: string;
      hash: string;
      limit: number;
    }): Promise<LineGas> => reading(network, (from) => transactionLineGas(from, parts, asked)),
    functions: ({
      network,
      ...asked
    }: {
      network: string;
      hash: string;
      limit: number;
    }): Promise<RanFunctions> =>
      reading(network, (from) => transactionFunctions(from, parts, asked)),
    before: ({ network, hash }: { network: string; hash: string }): Promise<BeforeTransaction> =>
      reading(network, (from) => beforeTransaction(from, deps, hash)),
    source: ({
      network,
      ...asked
    }: {
      network: string;
      hash: string;
      file: string;
    }): Promise<SourceFile> => reading(network, (from) => transactionSource(from, parts, asked)),
    blocks: ({ network, ...page }: PageInput): Promise<BlockPage> =>
      named(
        network,
        (from) => blockPage(from, index, page),
        () => ({ command: 'block list', block: null }),
      ),
    block: ({ network, ...asked }: BlockInput): Promise<BlockDetail> =>
      named(
        network,
        (from, names) => blockDetail(from, names, deps, asked),
        ({ number }) => ({ command: `block show ${number}`, block: number }),
      ),
    address: ({ network, address }: { network: string; address: string }): Promise<AddressDetail> =>
      namedAtLast(
        network,
        (from, names) => addressDetail(from, names, deps, addressFrom(network, address)),
        (shown) => (shown.codeSize ? shown : null),
        ({ address: shown }) => ({ command: `address show ${shown}`, block: null }),
      ),
    find: ({ network, text }: { network: string; text: string }): Promise<Found[]> =>
      reading(network, (from) => find(from, deps, text)),
  };
}

export type ExplorerService = ReturnType<typeof explorerService>;
