import { journalRows } from '../../db/journal-rows.ts';
import type { Db } from '../../db/open.ts';
import type { CodeFacts, HistoryFilter, HistoryItem } from './contract.ts';

/** A filter whose project is known. */
export type StoreFilter = Omit<HistoryFilter, 'project'> & { projectId?: number };

type Value = string | number;
type Raw = Record<string, unknown>;

interface Where {
  sql: string[];
  values: Value[];
}

/** Ids from `low` up to, but without, `high`. */
export interface Range {
  low: number;
  high: number;
}

/** A prefix that stands for more commits than these is looked for row by row. */
const MOST_COMMITS = 50;
/** The clock may have been set back by so much between two deployments. */
const CLOCK_SLACK_MS = 3_600_000;

const select = `
  SELECT d.id, d.number, d.project_id AS projectId, p.name AS projectName, d.network,
    d.chain_id AS chainId, d.status, d.live, d.script, d.signature, d.commit_hash AS "commit",
    d.branch, d.dirty, d.created_at AS createdAt, d.started_at AS startedAt,
    d.ended_at AS endedAt, d.gas_used AS gasUsed, d.failure, d.trigger,
    (SELECT count(*) FROM contracts c WHERE c.deployment_id = d.id) AS contractCount,
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
    failure: raw.failure === null ? null : JSON.parse(String(raw.failure)),
    pinned: raw.pinned === 1,
    tags: JSON.parse(String(raw.tags)),
  } as HistoryItem;
}

/** The history's own reading of the deployments, and what people say about them. */
export function historyStore(db: Db) {
  const byId = db.prepare<[number], Raw>(`${select} WHERE d.id = ?`);
  const byIds = db.prepare<[string], Raw>(
    `${select} WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.id DESC`,
  );
  const bounds = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT (SELECT min(id) FROM deployments) AS first, (SELECT max(id) FROM deployments) AS last',
  );
  const nextCommit = db.prepare<[string, string], { hash: string | null }>(
    'SELECT min(commit_hash) AS hash FROM deployments WHERE commit_hash >= ? AND commit_hash < ?',
  );
  const firstSince = db.prepare<[number], { id: number }>(
    'SELECT id FROM deployments WHERE created_at >= ? ORDER BY created_at, id LIMIT 1',
  );
  const lastUntil = db.prepare<[number], { id: number }>(
    'SELECT id FROM deployments WHERE created_at < ? ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  const setPinned = db.prepare(
    `INSERT INTO deployment_notes (deployment_id, pinned) VALUES (@id, @pinned)
     ON CONFLICT DO UPDATE SET pinned = excluded.pinned`,
  );
  const setNote = db.prepare(
    `INSERT INTO deployment_notes (deployment_id, note) VALUES (@id, @note)
     ON CONFLICT DO UPDATE SET note = excluded.note`,
  );
  const addTag = db.prepare(
    'INSERT OR IGNORE INTO deployment_tags (tag, deployment_id) VALUES (?, ?)',
  );
  const removeTag = db.prepare('DELETE FROM deployment_tags WHERE tag = ? AND deployment_id = ?');
  const reindex = db.prepare(
    `INSERT OR IGNORE INTO deployment_unindexed
     SELECT id FROM deployments WHERE id = ? AND ended_at IS NOT NULL`,
  );
  const tags = db.prepare<[], { tag: string; count: number }>(
    'SELECT tag, count(*) AS count FROM deployment_tags GROUP BY tag ORDER BY tag LIMIT 200',
  );
  const nextBranch = db.prepare<[string], { branch: string | null }>(
    'SELECT min(branch) AS branch FROM deployments WHERE branch > ?',
  );
  const codes = db.prepare<[number], CodeFacts & { address: string }>(
    `SELECT address, hash, bare_hash AS bareHash, bytes, compiler FROM contract_code
     WHERE deployment_id = ?`,
  );
  const putCode = db.prepare(
    `INSERT OR REPLACE INTO contract_code (deployment_id, address, hash, bare_hash, bytes, compiler)
     VALUES (@id, @address, @hash, @bareHash, @bytes, @compiler)`,
  );
  const liveOn = db.prepare<
    [string],
    { chainId: number | null; name: string | null; address: string }
  >(
    `SELECT d.chain_id AS chainId, c.name, c.address
     FROM deployments d JOIN contracts c ON c.deployment_id = d.id
     WHERE d.network = ? AND d.live = 1 AND c.verified = 1 ORDER BY d.id, c.position`,
  );
  const journal = journalRows(db);

  /** Everything but the ids; `values` fit `sql` in order. */
  function conditions(filter: StoreFilter): Where {
    const where: Where = { sql: [], values: [] };
    const add = (sql: string, ...values: Value[]) => {
      where.sql.push(sql);
      where.values.push(...values);
    };
    const anyOf = (column: string, values: readonly string[]) => {
      if (values.length === 1) add(`${column} = ?`, values[0] as string);
      else add(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);
    };
    if (filter.projectId !== undefined) add('d.project_id = ?', filter.projectId);
    if (filter.network !== undefined) add('d.network = ?', filter.network);
    if (filter.status && filter.status.length > 0) {
      const plain = [...new Set(filter.status)].filter((status) => status !== 'reverted');
      const reverted = "d.status = 'succeeded' AND d.live = 0";
      if (plain.length === filter.status.length) anyOf('d.status', plain);
      else if (plain.length === 0) add(reverted);
      else add(`(d.status IN (${plain.map(() => '?').join(', ')}) OR ${reverted})`, ...plain);
    }
    if (filter.branch !== undefined) add('d.branch = ?', filter.branch);
    if (filter.trigger !== undefined) add('d.trigger = ?', filter.trigger);
    if (filter.live !== undefined) add('d.live = ?', filter.live ? 1 : 0);
    if (filter.from !== undefined) add('d.created_at >= ?', filter.from);
    if (filter.to !== undefined) add('d.created_at < ?', filter.to);
    if (filter.commit !== undefined) {
      const [first, last] = prefixRange(filter.commit);
      const known = commits(first, last);
      if (known) anyOf('d.commit_hash', known.length > 0 ? known : ['']);
      else add('+d.commit_hash >= ? AND +d.commit_hash < ?', first, last);
    }
    return where;
  }

  /** Those whose rows are found by a list of ids, within the range that is looked at. */
  function lists(filter: StoreFilter, range: Range): Where {
    const where: Where = { sql: [], values: [] };
    const within = 'deployment_id >= ? AND deployment_id < ?';
    if (filter.tag !== undefined) {
      where.sql.push(
        `d.id IN (SELECT deployment_id FROM deployment_tags WHERE tag = ? AND ${within})`,
      );
      where.values.push(filter.tag, range.low, range.high);
    }
    if (filter.pinned !== undefined) {
      const not = filter.pinned ? '' : 'NOT ';
      where.sql.push(
        `d.id ${not}IN (SELECT deployment_id FROM deployment_notes WHERE pinned = 1 AND ${within})`,
      );
      where.values.push(range.low, range.high);
    }
    return where;
  }

  /** null: too many to name. */
  function commits(first: string, last: string): string[] | null {
    const found: string[] = [];
    for (let from = first; ; ) {
      const hash = nextCommit.get(from, last)?.hash;
      if (hash === null || hash === undefined) return found;
      if (found.length === MOST_COMMITS) return null;
      found.push(hash);
      // Above this one, below any other of the same length.
      from = `${hash}0`;
    }
  }

  function whereOf(filter: StoreFilter, conditionsOf: Where, range: Range): Where {
    const other = lists(filter, range);
    return {
      sql: ['d.id >= ?', 'd.id < ?', ...conditionsOf.sql, ...other.sql],
      values: [range.low, range.high, ...conditionsOf.values, ...other.values],
    };
  }

  const statements = new Map<string, ReturnType<typeof db.prepare<unknown[], { id: number }>>>();
  function prepared(sql: string) {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size > 200) statements.clear();
    const statement = db.prepare<unknown[], { id: number }>(sql);
    statements.set(sql, statement);
    return statement;
  }

  return {
    get: (id: number): HistoryItem | undefined => {
      const raw = byId.get(id);
      return raw && toItem(raw);
    },
    /** The given ones that exist, newest first. */
    items: (ids: readonly number[]): HistoryItem[] => byIds.all(JSON.stringify(ids)).map(toItem),

    /** Where the ids of a filter can be; empty when there is nothing. */
    range(filter: StoreFilter): Range {
      const { first, last } = bounds.get() ?? { first: null, last: null };
      if (first === null || last === null) return { low: 1, high: 1 };
      let low = first;
      let high = last + 1;
      if (filter.from !== undefined) {
        low = firstSince.get(filter.from - CLOCK_SLACK_MS)?.id ?? high;
      }
      if (filter.to !== undefined) {
        high = Math.min(high, (lastUntil.get(filter.to + CLOCK_SLACK_MS)?.id ?? 0) + 1);
      }
      return { low, high };
    },

    /** Looks for ids in a part of the range; what the filter costs to prepare is paid once. */
    scanner(filter: StoreFilter) {
      const fixed = conditions(filter);
      const query = (range: Range, tail: string, limit: number) => {
        const where = whereOf(filter, fixed, range);
        return { sql: `FROM deployments d WHERE ${where.sql.join(' AND ')} ${tail}`, where, limit };
      };
      return {
        ids(range: Range, order: 'ASC' | 'DESC', limit: number): number[] {
          const { sql, where } = query(range, `ORDER BY d.id ${order} LIMIT ?`, limit);
          return prepared(`SELECT d.id ${sql}`)
            .all(...where.values, limit)
            .map((row) => row.id);
        },
        count(range: Range, limit: number): number {
          const { sql, where } = query(range, 'LIMIT ?', limit);
          const counted = prepared(`SELECT count(*) AS id FROM (SELECT 1 ${sql})`);
          return counted.get(...where.values, limit)?.id ?? 0;
        },
        /** Which of these fit. */
        among(ids: readonly number[]): Set<number> {
          const range = { low: Math.min(...ids), high: Math.max(...ids) + 1 };
          const where = whereOf(filter, fixed, range);
          const rows = prepared(
            `SELECT d.id FROM deployments d WHERE d.id IN (SELECT value FROM json_each(?))
             AND ${where.sql.map((one) => one.replace(/\bd\.(?!id\b)/g, '+d.')).join(' AND ')}`,
          ).all(JSON.stringify(ids), ...where.values);
          return new Set(rows.map((row) => row.id));
        },
      };
    },

    /** Exact, and no work: for filters of nothing but project, network and status, not `reverted`. */
    counted(filter: Pick<StoreFilter, 'projectId' | 'network' | 'status'>): number {
      const sql: string[] = ['1'];
      const values: Value[] = [];
      if (filter.projectId !== undefined) {
        sql.push('project_id = ?');
        values.push(filter.projectId);
      }
      if (filter.network !== undefined) {
        sql.push('network = ?');
        values.push(filter.network);
      }
      if (filter.status && filter.status.length > 0) {
        sql.push(`status IN (${filter.status.map(() => '?').join(', ')})`);
        values.push(...filter.status);
      }
      return (
        prepared(
          `SELECT coalesce(sum(n), 0) AS id FROM deployment_counts WHERE ${sql.join(' AND ')}`,
        ).get(...values)?.id ?? 0
      );
    },

    pin: (id: number, pinned: boolean) => void setPinned.run({ id, pinned: pinned ? 1 : 0 }),
    note: db.transaction((id: number, note: string) => {
      setNote.run({ id, note });
      reindex.run(id);
    }).immediate,
    tag: db.transaction((id: number, add: readonly string[], remove: readonly string[]) => {
      for (const tag of remove) removeTag.run(tag, id);
      for (const tag of add) addTag.run(tag, id);
      reindex.run(id);
    }).immediate,
    tags: () => tags.all(),
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

    codes: (id: number): Map<string, CodeFacts> =>
      new Map(codes.all(id).map(({ address, ...facts }) => [address.toLowerCase(), facts])),
    putCodes: db.transaction((id: number, found: ReadonlyMap<string, CodeFacts>) => {
      // It may have been removed while the chain was asked.
      if (!byId.get(id)) return;
      for (const [address, facts] of found) putCode.run({ id, address, ...facts });
    }).immediate,

    liveOn: (network: string) => liveOn.all(network),
    compilerLines: (id: number) =>
      journal
        .read(id, 0, 5000)
        .filter(({ type }) => type === 'stdout' || type === 'stderr')
        .flatMap(({ data }) => (data.includes('with Solc ') ? [data] : [])),
    log: (id: number, after: number, limit: number) => journal.read(id, after, limit),
  };
}

export type HistoryStore = ReturnType<typeof historyStore>;

/** Digits of a commit as the range of hashes that begin with them. */
function prefixRange(digits: string): [string, string] {
  const prefix = digits.toLowerCase();
  // `g` is what follows the last hex digit.
  return [prefix, `${prefix}g`];
}
