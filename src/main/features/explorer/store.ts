import type { Db } from '../../db/open.ts';
import type { DeploymentRef } from '../../shared/refs.ts';

/** A contract that a deployment has recorded, with that deployment. */
export interface RecordedContract {
  name: string | null;
  label: string | null;
  address: string;
  deployment: DeploymentRef;
}

interface RunRow {
  id: number;
  number: number;
  projectId: number;
  project: string;
  target: string;
  title: string;
}

type ContractRow = RunRow & Omit<RecordedContract, 'deployment'>;

const RUN = 'd.id, d.number, d.project_id AS projectId, p.name AS project, d.target, d.title';

/** What went to another network than that of its run is not on the latter. */
const LIVE = `FROM contracts c
  JOIN deployments d ON d.id = c.deployment_id
  JOIN projects p ON p.id = d.project_id
  WHERE d.target = @network AND d.live = 1 AND c.elsewhere IS NULL`;

const UNTIL_NEWEST = '(@newest IS NULL OR c.block_number IS NULL OR c.block_number <= @newest)';

/** Reads what deployments have recorded of a network. */
export function explorerStore(db: Db) {
  const contractAt = db.prepare<
    [{ network: string; address: string; newest: number | null }],
    ContractRow
  >(
    `SELECT c.name, c.label, c.address, ${RUN} ${LIVE} AND ${UNTIL_NEWEST} AND c.address = @address
     ORDER BY d.id DESC LIMIT 1`,
  );
  const named = db.prepare<
    [{ network: string; text: string; limit: number; newest: number | null }],
    ContractRow
  >(
    `SELECT c.name, c.label, c.address, ${RUN} ${LIVE} AND ${UNTIL_NEWEST}
       AND (instr(lower(c.name), @text) > 0 OR instr(lower(c.label), @text) > 0)
     ORDER BY d.id DESC, c.position LIMIT @limit`,
  );
  const runOf = db.prepare<[{ network: string; hash: string }], RunRow>(
    `SELECT ${RUN} FROM transactions t
     JOIN deployments d ON d.id = t.deployment_id
     JOIN projects p ON p.id = d.project_id
     WHERE t.hash = @hash AND d.target = @network
     ORDER BY d.id DESC LIMIT 1`,
  );
  return {
    /**
     * @param address with its checksum
     * @param newest the last block whose contracts count; null: all do
     */
    contractAt(
      network: string,
      address: string,
      newest: number | null = null,
    ): RecordedContract | null {
      const row = contractAt.get({ network, address, newest });
      return row ? recorded(row) : null;
    },
    /**
     * Live contracts whose name or label contains a text, in any case; newest first.
     *
     * @param newest as `contractAt` takes it
     */
    named: (
      network: string,
      text: string,
      limit: number,
      newest: number | null = null,
    ): RecordedContract[] =>
      named.all({ network, text: text.toLowerCase(), limit, newest }).map(recorded),
    /** The run that sent a transaction. */
    runOf(network: string, hash: string): DeploymentRef | null {
      const row = runOf.get({ network, hash: hash.toLowerCase() });
      return row ? refOf(row) : null;
    },
  };
}

export type ExplorerStore = ReturnType<typeof explorerStore>;

const refOf = ({ id, number, projectId, project, target, title }: RunRow): DeploymentRef => ({
  ...{ id, number, target, title },
  project: { id: projectId, name: project },
});

const recorded = ({ name, label, address, ...run }: ContractRow): RecordedContract => ({
  ...{ name, label, address },
  deployment: refOf(run),
});
