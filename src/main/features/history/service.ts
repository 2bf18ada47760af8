import type { Logger } from 'pino';
import type { Exported, LiveFormat } from '../../families/contract.ts';
import type { Families } from '../../families/families.ts';
import { AppError } from '../../shared/errors.ts';
import type { Change } from '../app/contract.ts';
import type { DeploymentDetail } from '../deployments/contract.ts';
import type {
  DeploymentDiff,
  ExportedDeployment,
  ExportFormat,
  HistoryFilter,
  HistoryItem,
  LiveCheck,
} from './contract.ts';
import { type DiffSide, diffDeployments } from './diff.ts';
import { environmentOf } from './environment.ts';
import type { StoreFilter } from './filter-store.ts';
import { commitsBetween } from './git-log.ts';
import { Indexer } from './indexer.ts';
import { resultKeeper } from './keep-results.ts';
import { knownOf } from './known.ts';
import { listCsv } from './list-csv.ts';
import { countOf, pageOfIds } from './listing.ts';
import { type LogTextOptions, logText } from './log-text.ts';
import type { Marks } from './notes-store.ts';
import { searchPage } from './search.ts';
import type { SearchStore } from './search-store.ts';
import type { HistoryStore } from './store.ts';

/** How long a core that indexes only on request waits for the index. */
const CATCH_UP_MS = 1500;

export interface HistoryDependencies {
  store: HistoryStore;
  search: SearchStore;
  logger: Logger;
  changed: (change: Change) => void;
  /** Throws PROJECT_NOT_FOUND. */
  project: (ref: number | string) => { id: number; path: string; repository: string | null };
  /** Throws NETWORK_NOT_FOUND. */
  network: (name: string) => unknown;
  families: Families;
  /** Throws DEPLOYMENT_NOT_FOUND. */
  detail: (id: number) => DeploymentDetail;
  /** Index as soon as a run ends; otherwise only when a search is made. */
  stays: boolean;
}

export function historyService(deps: HistoryDependencies) {
  const { store, search, changed, families } = deps;
  const known = knownOf(search, families);
  const indexer = new Indexer({
    store: search,
    known,
    logger: deps.logger,
    beforeEach: resultKeeper(deps),
  });
  if (deps.stays) indexer.wake();
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
    projectId: project === undefined ? undefined : deps.project(project).id,
  });

  function told(id: number): HistoryItem {
    changed({ topic: 'deployments', key: id });
    return get(id);
  }

  return {
    get,

    /** The log of a deployment has changed since it was indexed. */
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
      if (!deps.stays) await indexer.caughtUp(CATCH_UP_MS);
      const page = await searchPage({ history: store, search, known }, filter, text, cursor, limit);
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

    mark(ids: readonly number[], marks: Marks): HistoryItem[] {
      for (const id of ids) get(id);
      store.mark(ids, marks);
      for (const id of ids) changed({ topic: 'deployments', key: id });
      return store.items(ids);
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
      const run = deps.detail(id);
      const found = await families.check(run);
      return { id, target: run.target, checkedAt: Date.now(), ...found };
    },

    async diff(a: number, b: number): Promise<DeploymentDiff> {
      const [left, right] = [get(a), get(b)];
      const [one, other] = [deps.detail(a), deps.detail(b)];
      const made = await families.diff(one, other);
      const commits =
        left.project.id === right.project.id
          ? await commitsBetween(deps.project(left.project.id), left.commit, right.commit)
          : {
              a: left.commit,
              b: right.commit,
              added: [],
              removed: [],
              truncated: false,
              problem: 'They are of different projects: there is no log between their commits.',
            };
      return diffDeployments(sideOf(left, one), sideOf(right, other), made, commits);
    },

    export(id: number, format: ExportFormat): Exported {
      const item = get(id);
      const detail = deps.detail(id);
      const stem = `${safeName(item.project.name)}-${item.number}`;
      if (format !== 'json') {
        const about = `${item.project.name} #${item.number} on ${item.target}`;
        return families.export(detail, format, { stem, about });
      }
      const { pinned, note, tags } = item;
      const whole: ExportedDeployment = {
        ...detail,
        pinned,
        note,
        tags,
        ...families.record(detail),
      };
      const text = `${JSON.stringify(whole, null, 2)}\n`;
      return { name: `${stem}.json`, type: 'application/json', text };
    },

    exportLive(network: string, format: LiveFormat): Exported {
      const words = { stem: safeName(network), about: `everything that is live on ${network}` };
      const { file, isEmpty } = families.exportLive(network, format, words);
      // A network that was removed still has its history.
      if (isEmpty) deps.network(network);
      return file;
    },

    exportList(input: HistoryFilter & { before?: number; limit: number }) {
      const { before, limit, ...asked } = input;
      const { ids, next } = pageOfIds(store, filterOf(asked), { before }, limit);
      const text = listCsv(store.items(ids), before === undefined);
      return { name: 'deployments.csv', type: 'text/csv', text, next };
    },

    /** Call on every change. */
    notice(change: Change): void {
      if (change.topic !== 'deployments') return;
      if (deps.stays) indexer.wake();
      else sawEnds = true;
    },

    /** What ended while a short-lived core was running is recorded before that core closes. */
    async close(): Promise<void> {
      if (!deps.stays && sawEnds) await indexer.caughtUp(CATCH_UP_MS);
      await indexer.close();
    },
  };
}

export type HistoryService = ReturnType<typeof historyService>;

const sideOf = (item: HistoryItem, { input, command }: DeploymentDetail): DiffSide => ({
  ...{ item, input, environment: environmentOf(command) },
});

/** A name that is safe as a part of a file name. */
function safeName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'deployment';
}
