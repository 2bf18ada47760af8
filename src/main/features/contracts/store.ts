import type { Db } from '../../db/open.ts';
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
const live = `FROM deployments d
  JOIN projects p ON p.id = d.project_id
  JOIN contracts c ON c.deployment_id = d.id AND c.elsewhere IS NULL
  WHERE d.live = 1 AND (@project IS NULL OR d.project_id = @project)
    AND (@target IS NULL OR d.target = @target)`;

const columns = `c.name, c.label, c.address, c.transaction_hash AS transactionHash,
  c.block_number AS blockNumber, c.nested, c.verified, c.chain_id AS chainId,
  d.id, d.number, d.project_id AS projectId, p.name AS project, d.target, d.title,
  d.created_at AS createdAt`;

const untilNewest = '(@newest IS NULL OR c.block_number IS NULL OR c.block_number <= @newest)';

/** More with one name than anybody reads. */
const MOST_NAMED = 500;

/** Reads the contracts of live deployments. */
export function contractsStore(db: Db) {
  const rows = db.prepare<[Record<string, unknown>], Row>(
    `SELECT ${columns} ${live} AND ${untilNewest} ORDER BY d.id DESC, c.position LIMIT @limit`,
  );
  const named = db.prepare<[Record<string, unknown>], Row>(
    `SELECT ${columns} ${live} AND ${untilNewest} AND (c.name = @text OR c.label = @text)
     ORDER BY d.id DESC, c.position LIMIT ${MOST_NAMED}`,
  );
  const at = db.prepare<[Record<string, unknown>], Row>(
    `SELECT ${columns} ${live} AND ${untilNewest} AND c.address = @address ORDER BY d.id DESC LIMIT 1`,
  );
  const count = db.prepare<[Record<string, unknown>], { n: number }>(
    `SELECT count(*) AS n ${live}`,
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
     * @param newest the last block whose contracts count; null: all do
     */
    live: (filter: Filter, limit: number, newest: number | null = null): LiveContract[] =>
      rows.all({ ...values(filter), limit, newest }).map(toLiveContract),
    /**
     * Those of a network with a name or label, of one project or of all; newest deployment first.
     *
     * @param newest as `live` takes it
     */
    named: (
      target: string,
      text: string,
      project: number | null,
      newest: number | null = null,
    ): LiveContract[] => named.all({ target, project, text, newest }).map(toLiveContract),
    /**
     * @param address with its checksum
     * @param newest as `live` takes it
     */
    at(target: string, address: string, newest: number | null = null): LiveContract | null {
      const row = at.get({ target, project: null, address, newest });
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
