import { isFinal } from '../../shared/final.ts';
import type { JournalEvent } from '../../shared/run.ts';
import type { DeploymentsContext } from './context.ts';
import type { Deployment, DeploymentDetail, ListInput } from './contract.ts';
import type { Queue } from './queue.ts';
import { toDto } from './to-dto.ts';
import { watchRun } from './watch-run.ts';

/** Queries about deployments; they change nothing. */
export function runQueries(context: DeploymentsContext, queue: Queue) {
  const { deps, store, journal } = context;
  return {
    get(id: number): DeploymentDetail {
      const row = context.find(id);
      const { snapshotId, snapshotName } = row;
      return {
        ...toDto(row),
        phases: row.phases,
        result: store.result(id),
        command: row.command,
        snapshot:
          snapshotId === null || snapshotName === null
            ? null
            : { id: snapshotId, name: snapshotName },
        warnings: row.warnings,
        lastSeq: journal.lastSeq(id),
      };
    },

    list(input: ListInput) {
      const { project, before, limit, ...rest } = input;
      const projectId = project === undefined ? undefined : deps.project(project).id;
      const { rows, total } = store.list({ ...rest, projectId }, before, limit);
      const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
      return { items: rows.map(toDto), total, next };
    },

    queue(): { running: Deployment[]; waiting: Deployment[] } {
      const rows = store.unfinished().map(toDto);
      return {
        running: rows.filter((d) => d.status !== 'queued'),
        waiting: rows.filter((d) => d.status === 'queued'),
      };
    },

    watch(
      id: number,
      after: number,
      limit: number,
      signal?: AbortSignal,
    ): AsyncGenerator<JournalEvent[], void> {
      context.find(id);
      return watchRun(context, queue, id, after, limit, signal);
    },
    liveLine(id: number, signal?: AbortSignal): AsyncGenerator<string, void> {
      context.find(id);
      const isOver = () => isFinal(store.status(id) ?? 'interrupted');
      return context.liveLines.follow(id, isOver, signal);
    },
    logs(id: number, after: number, limit: number): JournalEvent[] {
      context.find(id);
      return journal.read(id, after, limit);
    },
  };
}
