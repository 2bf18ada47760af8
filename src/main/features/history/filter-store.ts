import type { Db } from '../../db/open.ts';
import type { HistoryFilter } from './contract.ts';

/** A filter whose project has been looked up. */
export type StoreFilter = Omit<HistoryFilter, 'project'> & { projectId?: number };

type Value = string | number;

interface Where {
  sql: string[];
  values: Value[];
}

/** Ids from `low` (inclusive) to `high` (exclusive). */
export interface Range {
  low: number;
  high: number;
}

/** A prefix that matches more commits than this is checked row by row. */
const MOST_COMMITS = 50;
/** How far the clock may have been set back between two deployments. */
const CLOCK_SLACK_MS = 3_600_000;

/** Finds the deployments that match a filter, in pieces. */
export function filterStore(db: Db) {
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

  /** The whole condition except for the ids; `values` are the parameters of `sql`, in order. */
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
    if (filter.target !== undefined) add('d.target = ?', filter.target);
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

  /** Those whose rows are found through a list of ids, within the given range. */
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

  /** null: too many to list. */
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
    /** The range in which ids that match the filter can lie; empty when none can match. */
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

    /** Searches a part of the range for ids; preparing the filter is paid for once. */
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
        /** Those of the given ids that match. */
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

    /** Exact and cheap: for filters by project, target and status only, except `reverted`. */
    counted(filter: Pick<StoreFilter, 'projectId' | 'target' | 'status'>): number {
      const sql: string[] = ['1'];
      const values: Value[] = [];
      if (filter.projectId !== undefined) {
        sql.push('project_id = ?');
        values.push(filter.projectId);
      }
      if (filter.target !== undefined) {
        sql.push('target = ?');
        values.push(filter.target);
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
  };
}

/** A commit's leading digits as the range of hashes that begin with them. */
function prefixRange(digits: string): [string, string] {
  const prefix = digits.toLowerCase();
  // `g` follows the last hexadecimal digit.
  return [prefix, `${prefix}g`];
}
