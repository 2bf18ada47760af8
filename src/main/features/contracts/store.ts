import type { Db } from '../../db/open.ts';
import type { ForkedFrom } from '../../eth/own-upstreams.ts';
import type { LiveContract } from './contract/listed.ts';

interface Filter {
  project?: number;
  target?: string;
}

type Row = Omit<LiveContract, 'nested' | 'verified' | 'deployment'> & {
  nested: number;
  verified: number;
  id: number;
  number: number;
  projectId: number;
  project: string;
  target: string;
  title: string;
  createdAt: number;
};

/** What went to another network than that of its run does not follow the snapshots of the latter. */
const CONTRACTS = `FROM deployments d
  JOIN projects p ON p.id = d.project_id
  JOIN contracts c ON c.deployment_id = d.id AND c.elsewhere IS NULL
  WHERE (@project IS NULL OR d.project_id = @project) AND (@target IS NULL OR d.target = @target)`;

const LIVE = `${CONTRACTS} AND d.live = 1`;
/** As a fork began, whatever was taken back since. */
const AS_IT_BEGAN = `${CONTRACTS} AND d.id IN (SELECT value FROM json_each(@deployments))`;

const columns = `c.name, c.label, c.address, c.transaction_hash AS transactionHash,
  c.block_number AS blockNumber, c.nested, c.verified, c.chain_id AS chainId,
  d.id, d.number, d.project_id AS projectId, p.name AS project, d.target, d.title,
  d.created_at AS createdAt`;

const untilNewest = '(@newest IS NULL OR c.block_number IS NULL OR c.block_number <= @newest)';

/** More with one name than anybody reads. */
const MOST_NAMED = 500;

/** @param of which contracts: `LIVE` or `AS_IT_BEGAN` */
const queries = (db: Db, of: string) => ({
  rows: db.prepare<[Record<string, unknown>], Row>(
    `SELECT ${columns} ${of} AND ${untilNewest} ORDER BY d.id DESC, c.position LIMIT @limit`,
  ),
  named: db.prepare<[Record<string, unknown>], Row>(
    `SELECT ${columns} ${of} AND ${untilNewest} AND (c.name = @text OR c.label = @text)
     ORDER BY d.id DESC, c.position LIMIT ${MOST_NAMED}`,
  ),
  at: db.prepare<[Record<string, unknown>], Row>(
    `SELECT ${columns} ${of} AND ${untilNewest} AND c.address = @address ORDER BY d.id DESC LIMIT 1`,
  ),
});

const beganWith = (began: ForkedFrom | null) => ({
  newest: began?.newest ?? null,
  ...(began?.deployments ? { deployments: JSON.stringify(began.deployments) } : {}),
});

/** Reads the contracts of live deployments. */
export function contractsStore(db: Db) {
  const [live, asItBegan] = [queries(db, LIVE), queries(db, AS_IT_BEGAN)];
  const of = (began: ForkedFrom | null) => (began?.deployments ? asItBegan : live);
  const count = db.prepare<[Record<string, unknown>], { n: number }>(
    `SELECT count(*) AS n ${LIVE}`,
  );
  const commitOf = db.prepare<[number], { hash: string | null }>(
    'SELECT commit_hash AS hash FROM deployments WHERE id = ?',
  );
  const values = ({ project, target }: Filter) => ({
    project: project ?? null,
    target: target ?? null,
  });
  return {
    /**
     * Newest deployment first, in the order in which each made them.
     *
     * @param began of a network that a fork began on: those that it had then
     */
    live: (filter: Filter, limit: number, began: ForkedFrom | null = null): LiveContract[] =>
      of(began)
        .rows.all({ ...values(filter), limit, ...beganWith(began) })
        .map(toLiveContract),
    /**
     * Those of a network with a name or label, of one project or of all; newest deployment first.
     *
     * @param began as `live` takes it
     */
    named: (
      target: string,
      text: string,
      project: number | null,
      began: ForkedFrom | null = null,
    ): LiveContract[] =>
      of(began)
        .named.all({ target, project, text, ...beganWith(began) })
        .map(toLiveContract),
    /**
     * @param address with its checksum
     * @param began as `live` takes it
     */
    at(target: string, address: string, began: ForkedFrom | null = null): LiveContract | null {
      const row = of(began).at.get({ target, project: null, address, ...beganWith(began) });
      return row ? toLiveContract(row) : null;
    },
    /** Of the project when a run began; null: it had none, or that isn't known. */
    commitOf: (deployment: number): string | null => commitOf.get(deployment)?.hash ?? null,
    count: (filter: Filter): number => count.get(values(filter))?.n ?? 0,
  };
}

export type ContractsStore = ReturnType<typeof contractsStore>;

function toLiveContract(row: Row): LiveContract {
  const { nested, verified, id, number, projectId, project, target, title, createdAt, ...made } =
    row;
  return {
    ...made,
    nested: nested === 1,
    verified: verified === 1,
    deployment: {
      id,
      number,
      project: { id: projectId, name: project },
      target,
      title,
      createdAt,
    },
  };
}
