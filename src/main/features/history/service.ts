import type { Logger } from 'pino';
import { AppError } from '../../kit/errors.ts';
import { RpcError } from '../../kit/rpc.ts';
import type { Change } from '../app/contract.ts';
import type { DeploymentDetail } from '../deployments/contract.ts';
import { codesAt, reachChain } from './chain-code.ts';
import { sideOf } from './compare.ts';
import type {
  DeploymentDiff,
  Exported,
  ExportedDeployment,
  HistoryFilter,
  HistoryItem,
  LiveCheck,
} from './contract.ts';
import { diffDeployments } from './diff.ts';
import {
  type AddressBook,
  addressBook,
  addressesEnv,
  addressesJson,
  addressesTs,
} from './export/addresses.ts';
import { contractsCsv } from './export/contracts-csv.ts';
import { listCsv } from './export/list-csv.ts';
import { commitsBetween } from './git-log.ts';
import { Indexer } from './indexer.ts';
import { countOf, pageOfIds } from './listing.ts';
import { type LogTextOptions, logText } from './log-text.ts';
import { codeRecorder } from './recorder.ts';
import { searchPage } from './search.ts';
import type { SearchStore } from './search-store.ts';
import type { HistoryStore, StoreFilter } from './store.ts';

/** A core that indexes only when it is asked waits so long for it. */
const CATCH_UP_MS = 1500;

export interface HistoryParts {
  store: HistoryStore;
  search: SearchStore;
  logger: Logger;
  changed: (change: Change) => void;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: number | string) => { id: number; path: string };
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => unknown;
  /** Address of a network's RPC; null when it has none now, undefined for an unknown network. */
  rpcUrl: (network: string) => Promise<string | null | undefined>;
  /** Throws DEPLOYMENT_NOT_FOUND. */
  detail: (id: number) => DeploymentDetail;
  /** Index as soon as something ends; otherwise only when something is searched for. */
  stays: boolean;
}

export function historyService(parts: HistoryParts) {
  const { store, search, changed } = parts;
  const indexer = new Indexer({
    store: search,
    logger: parts.logger,
    beforeEach: codeRecorder(parts),
  });
  if (parts.stays) indexer.wake();
  let sawEnds = false;

  const get = (id: number): HistoryItem => {
    const item = store.get(id);
    if (item) return item;
    throw new AppError(
      'DEPLOYMENT_NOT_FOUND',
      `There is no deployment ${id}. List them with "drydock deployment list".`,
      { field: 'id', fix: { label: 'Show the history', command: 'drydock deployment list' } },
    );
  };

  const filterOf = ({ project, ...rest }: HistoryFilter): StoreFilter => ({
    ...rest,
    projectId: project === undefined ? undefined : parts.project(project).id,
  });

  function told(id: number): HistoryItem {
    changed({ topic: 'deployments', key: id });
    return get(id);
  }

  function file(name: string, type: string, text: string): Exported {
    return { name, type, text };
  }

  function addresses(
    format: 'addresses' | 'ts' | 'env',
    book: AddressBook,
    stem: string,
    about: string,
  ): Exported {
    const note = `Written by Drydock: ${about}.`;
    if (format === 'ts') {
      return file(`${stem}.ts`, 'text/typescript', addressesTs(book, note));
    }
    if (format === 'env') return file(`${stem}.env`, 'text/plain', addressesEnv(book, note));
    return file(`${stem}.json`, 'application/json', addressesJson(book));
  }

  return {
    get,

    /** The log of a deployment is no longer what was indexed. */
    logRemoved: search.indexAnew,

    list(
      input: HistoryFilter & { before?: number; after?: number; limit: number; count: boolean },
    ) {
      const { before, after, limit, count, ...asked } = input;
      const filter = filterOf(asked);
      const { ids, next } = pageOfIds(store, filter, { before, after }, limit);
      return {
        items: store.items(ids),
        next,
        count: count ? countOf(store, filter) : null,
      };
    },

    async search(input: HistoryFilter & { text: string; cursor?: number; limit: number }) {
      const { text, cursor, limit, ...asked } = input;
      const filter = filterOf(asked);
      if (!parts.stays) await indexer.caughtUp(CATCH_UP_MS);
      const page = await searchPage({ history: store, search }, filter, text, cursor, limit);
      return { ...page, unindexed: search.pendingCount() };
    },

    options: () => ({ tags: store.tags(), branches: store.branches() }),

    pin(id: number, pinned: boolean): HistoryItem {
      get(id);
      store.pin(id, pinned);
      return told(id);
    },
    note(id: number, note: string): HistoryItem {
      get(id);
      store.note(id, note.trim());
      return told(id);
    },
    tag(id: number, add: readonly string[], remove: readonly string[]): HistoryItem {
      get(id);
      store.tag(id, add, remove);
      return told(id);
    },

    async log(id: number, options: LogTextOptions): Promise<File> {
      const { project, number } = get(id);
      const pieces = await logText((after, limit) => store.log(id, after, limit), options);
      const part = options.stream === 'all' ? '' : `.${options.stream}`;
      return new File(pieces, `${safeName(project.name)}-${number}${part}.log`, {
        type: 'text/plain;charset=utf-8',
      });
    },

    async live(id: number): Promise<LiveCheck> {
      const { network, chainId, contracts } = parts.detail(id);
      const recorded = store.codes(id);
      const answer = (live: LiveCheck['live'], problem: string | null) => ({
        id,
        network,
        checkedAt: Date.now(),
        live,
        problem,
      });
      const unknown = (problem: string): LiveCheck => ({
        ...answer('unknown', problem),
        contracts: contracts.map(({ name, address }) => ({
          name,
          address,
          present: null,
          sameCode: null,
        })),
      });
      const reached = await reachChain(network, await parts.rpcUrl(network), chainId);
      if ('problem' in reached) return unknown(reached.problem);
      try {
        const codes = await codesAt(
          reached.call,
          contracts.map((contract) => contract.address),
        );
        const checked = contracts.map(({ name, address }) => {
          const there = codes.get(address.toLowerCase()) ?? null;
          const was = recorded.get(address.toLowerCase());
          const sameCode = there && was ? there.hash === was.hash : null;
          return { name, address, present: there !== null, sameCode };
        });
        const present = checked.filter((one) => one.present && one.sameCode !== false).length;
        const live = present === 0 ? 'none' : present === checked.length ? 'all' : 'some';
        const nothing = contracts.length === 0 ? 'It deployed no contract.' : null;
        return { ...answer(live, nothing), contracts: checked };
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        return unknown(`${network} does not answer: ${error.message}.`);
      }
    },

    async diff(a: number, b: number): Promise<DeploymentDiff> {
      const [left, right] = [get(a), get(b)];
      const sides = await Promise.all([
        sideOf(parts, left, parts.detail(a)),
        sideOf(parts, right, parts.detail(b)),
      ]);
      const commits =
        left.project.id === right.project.id
          ? await commitsBetween(parts.project(left.project.id).path, left.commit, right.commit)
          : {
              a: left.commit,
              b: right.commit,
              added: [],
              removed: [],
              truncated: false,
              problem: 'They are of different projects: there is no log between their commits.',
            };
      return diffDeployments(...sides, commits);
    },

    export(id: number, format: 'json' | 'csv' | 'addresses' | 'ts' | 'env'): Exported {
      const item = get(id);
      const detail = parts.detail(id);
      const codes = store.codes(id);
      const stem = `${safeName(item.project.name)}-${item.number}`;
      if (format === 'json') {
        const { pinned, note, tags } = item;
        const whole: ExportedDeployment = {
          ...detail,
          pinned,
          note,
          tags,
          code: Object.fromEntries(codes),
        };
        return file(`${stem}.json`, 'application/json', `${JSON.stringify(whole, null, 2)}\n`);
      }
      if (format === 'csv') {
        return file(`${stem}-contracts.csv`, 'text/csv', contractsCsv(detail, codes));
      }
      const { chainId } = detail;
      const book = addressBook(
        detail.contracts.map(({ name, address }) => ({ chainId, name, address })),
      );
      const about = `${item.project.name} #${item.number} on ${item.network}`;
      return addresses(format, book, `${stem}-addresses`, about);
    },

    exportLive(network: string, format: 'addresses' | 'ts' | 'env'): Exported {
      const live = store.liveOn(network);
      // A network that was removed still has its history.
      if (live.length === 0) parts.network(network);
      const about = `everything that is live on ${network}`;
      return addresses(format, addressBook(live), `${safeName(network)}-addresses`, about);
    },

    exportList(input: HistoryFilter & { before?: number; limit: number }) {
      const { before, limit, ...asked } = input;
      const { ids, next } = pageOfIds(store, filterOf(asked), { before }, limit);
      const text = listCsv(store.items(ids), before === undefined);
      return { ...file('deployments.csv', 'text/csv', text), next };
    },

    /** To be told of every change. */
    notice(change: Change): void {
      if (change.topic !== 'deployments') return;
      if (parts.stays) indexer.wake();
      else sawEnds = true;
    },

    /** What ended under the eyes of a core that doesn't stay is recorded before it goes. */
    async close(): Promise<void> {
      if (!parts.stays && sawEnds) await indexer.caughtUp(CATCH_UP_MS);
      await indexer.close();
    },
  };
}

export type HistoryService = ReturnType<typeof historyService>;

/** A name as part of a file's name. */
function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'deployment';
}
