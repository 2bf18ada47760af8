import { journalRows } from '../../db/journal-rows.ts';
import type { Db } from '../../db/open.ts';
import type { HistoryItem } from './contract.ts';
import { filterStore } from './filter-store.ts';
import { notesStore } from './notes-store.ts';

type Raw = Record<string, unknown>;

const select = `
  SELECT d.id, d.number, d.project_id AS projectId, p.name AS projectName, d.kind, d.family,
    d.target, d.title, d.status, d.live, d.result AS summary, d.commit_hash AS "commit",
    d.branch, d.dirty, d.created_at AS createdAt, d.started_at AS startedAt,
    d.ended_at AS endedAt, d.failure, d.trigger,
    coalesce(n.pinned, 0) AS pinned, coalesce(n.note, '') AS note,
    (SELECT json_group_array(tag) FROM
      (SELECT tag FROM deployment_tags t WHERE t.deployment_id = d.id ORDER BY tag)) AS tags
  FROM deployments d
  JOIN projects p ON p.id = d.project_id
  LEFT JOIN deployment_notes n ON n.deployment_id = d.id`;

function toItem(raw: Raw): HistoryItem {
  const { projectId, projectName, ...row } = raw;
  return {
    ...row,
    project: { id: projectId, name: projectName },
    live: raw.live === null ? null : raw.live === 1,
    summary: raw.summary === null ? null : JSON.parse(String(raw.summary)),
    failure: raw.failure === null ? null : JSON.parse(String(raw.failure)),
    pinned: raw.pinned === 1,
    tags: JSON.parse(String(raw.tags)),
  } as HistoryItem;
}

/** The history's queries of the deployments, with their pins, notes and tags. */
export function historyStore(db: Db) {
  const byId = db.prepare<[number], Raw>(`${select} WHERE d.id = ?`);
  const byIds = db.prepare<[string], Raw>(
    `${select} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id DESC`,
  );
  const nextBranch = db.prepare<[string], { branch: string | null }>(
    'SELECT min(branch) AS branch FROM deployments WHERE branch > ?',
  );
  const journal = journalRows(db);

  return {
    ...filterStore(db),
    ...notesStore(db),

    get: (id: number): HistoryItem | undefined => {
      const raw = byId.get(id);
      return raw && toItem(raw);
    },
    /** The given ones that exist, newest first. */
    items: (ids: readonly number[]): HistoryItem[] => byIds.all(JSON.stringify(ids)).map(toItem),
    branches(): string[] {
      const found: string[] = [];
      for (let from = ''; found.length < 200; ) {
        const branch = nextBranch.get(from)?.branch;
        if (branch === null || branch === undefined) break;
        found.push(branch);
        from = branch;
      }
      return found;
    },
    log: (id: number, after: number, limit: number) => journal.read(id, after, limit),
  };
}

export type HistoryStore = ReturnType<typeof historyStore>;
