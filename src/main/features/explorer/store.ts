import type { Db } from '../../db/open.ts';
import type { ForkedFrom } from '../../eth/own-upstreams.ts';
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
const CONTRACTS = `FROM contracts c
  JOIN deployments d ON d.id = c.deployment_id
  JOIN projects p ON p.id = d.project_id
  WHERE d.target = @network AND c.elsewhere IS NULL`;

const LIVE = `${CONTRACTS} AND d.live = 1`;
/** As a fork began, whatever was taken back since. */
const AS_IT_BEGAN = `${CONTRACTS} AND d.id IN (SELECT value FROM json_each(@deployments))`;

const UNTIL_NEWEST = '(@newest IS NULL OR c.block_number IS NULL OR c.block_number <= @newest)';

interface Began {
  newest: number | null;
  /** Ids, as JSON. */
  deployments?: string;
}

/** @param of which contracts: `LIVE` or `AS_IT_BEGAN` */
const queries = (db: Db, of: string) => ({
  contractAt: db.prepare<[Began & { network: string; address: string }], ContractRow>(
    `SELECT c.name, c.label, c.address, ${RUN} ${of} AND ${UNTIL_NEWEST} AND c.address = @address
     ORDER BY d.id DESC LIMIT 1`,
  ),
  named: db.prepare<[Began & { network: string; text: string; limit: number }], ContractRow>(
    `SELECT c.name, c.label, c.address, ${RUN} ${of} AND ${UNTIL_NEWEST}
       AND (instr(lower(c.name), @text) > 0 OR instr(lower(c.label), @text) > 0)
     ORDER BY d.id DESC, c.position LIMIT @limit`,
  ),
});

const beganWith = (began: ForkedFrom | null): Began => ({
  newest: began?.newest ?? null,
  ...(began?.deployments ? { deployments: JSON.stringify(began.deployments) } : {}),
});

/** Reads what deployments have recorded of a network. */
export function explorerStore(db: Db) {
  const [live, asItBegan] = [queries(db, LIVE), queries(db, AS_IT_BEGAN)];
  const of = (began: ForkedFrom | null) => (began?.deployments ? asItBegan : live);
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
     * @param began of a network that a fork began on: what it had then
     */
    contractAt(
      network: string,
      address: string,
      began: ForkedFrom | null = null,
    ): RecordedContract | null {
      const row = of(began).contractAt.get({ network, address, ...beganWith(began) });
      return row ? recorded(row) : null;
    },
    /**
     * Live contracts whose name or label contains a text, in any case; newest first.
     *
     * @param began as `contractAt` takes it
     */
    named: (
      network: string,
      text: string,
      limit: number,
      began: ForkedFrom | null = null,
    ): RecordedContract[] =>
      of(began)
        .named.all({ network, text: text.toLowerCase(), limit, ...beganWith(began) })
        .map(recorded),
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
