import type { Db } from '../../db/open.ts';
import { ownLabel } from '../../shared/contract-label.ts';
import type { Contract, ContractsResult, Transaction } from '../../shared/result.ts';
import type { Exported, LiveFormat, ResultFormat } from '../contract.ts';
import type { Family, FileWords, Run } from '../family.ts';
import {
  type AddressBook,
  addressBook,
  addressesEnv,
  addressesJson,
  addressesTs,
} from './addresses.ts';
import type { RpcUrl } from './chain-code.ts';
import { checkChain } from './check-chain.ts';
import { codeStore } from './code-store.ts';
import { codesOfRun } from './codes-of-run.ts';
import { compilersOf } from './compilers.ts';
import { type ContractsCheck, type ContractsDiff, contractFormats } from './contract.ts';
import { contractsCsv } from './contracts-csv.ts';
import { type DiffSide, diffContracts } from './diff.ts';
import { keepCode } from './keep-code.ts';
import { contractsStore } from './store.ts';

export interface ContractsNeeds {
  db: Db;
  rpcUrl: RpcUrl;
}

export interface ContractsFamily extends Family<ContractsResult, ContractsDiff, ContractsCheck> {
  /** Addresses of everything that is live on a network. */
  exportLive(
    network: string,
    format: LiveFormat,
    words: FileWords,
  ): { file: Exported; isEmpty: boolean };
}

/** What runs put on chains. */
export function contractsFamily({ db, rpcUrl }: ContractsNeeds): ContractsFamily {
  const results = contractsStore(db);
  const store = codeStore(db);
  const chain = { store, rpcUrl };

  const sideOf = async (run: Run<ContractsResult> | null): Promise<DiffSide | null> =>
    run && {
      summary: run.summary,
      result: run.result,
      codes: await codesOfRun(chain, run),
      compilers: compilersOf(store.compilerLines(run.id)),
    };

  return {
    results,
    async diff(a, b) {
      return diffContracts(...(await Promise.all([sideOf(a), sideOf(b)])));
    },
    formats: contractFormats,
    export(run, format, words) {
      if (format === 'csv') {
        const text = contractsCsv(run.result, store.codes(run.id));
        return { name: `${words.stem}-contracts.csv`, type: 'text/csv', text };
      }
      const { chainId = null, contracts = [] } = run.result ?? {};
      const deployed = contracts.map((one) => ({ ...one, chainId: one.chainId ?? chainId }));
      return addressFile(format, addressBook(deployed), words);
    },
    exportLive(network, format, words) {
      const live = results.addressesOn(network);
      return { file: addressFile(format, addressBook(live), words), isEmpty: live.length === 0 };
    },
    words: ({ sender, contracts, transactions }) => [
      ...(sender === null ? [] : [`from ${sender}`]),
      ...contracts.map(contractWords),
      ...transactions.map(transactionWords),
    ],
    check: (run) => checkChain(chain, run),
    record: (deployment) => ({ code: Object.fromEntries(store.codes(deployment)) }),
    keep: (run) => keepCode(chain, run),
  };
}

function addressFile(format: ResultFormat, book: AddressBook, words: FileWords): Exported {
  const name = `${words.stem}-addresses`;
  const note = `Written by Drydock: ${words.about}.`;
  switch (format) {
    case 'ts':
      return { name: `${name}.ts`, type: 'text/typescript', text: addressesTs(book, note) };
    case 'env':
      return { name: `${name}.env`, type: 'text/plain', text: addressesEnv(book, note) };
    default:
      return { name: `${name}.json`, type: 'application/json', text: addressesJson(book) };
  }
}

const contractWords = (c: Contract): string =>
  [c.name ?? 'contract', ownLabel(c), c.address, c.transactionHash].filter(Boolean).join(' ');

function transactionWords(t: Transaction): string {
  const called = [t.contractName, t.function].filter(Boolean).join('.');
  return [called, ...t.arguments, t.address, t.hash].filter(Boolean).join(' ');
}
