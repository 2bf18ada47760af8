import type { Db } from '../../db/open.ts';

/** What forks began with. */
export function forksStore(db: Db) {
  const get = db.prepare<[string, number], { deployments: string }>(
    'SELECT deployments FROM fork_deployments WHERE chain = ? AND fork_block = ?',
  );
  const put = db.prepare(
    `INSERT OR REPLACE INTO fork_deployments (chain, fork_block, deployments) VALUES (?, ?, ?)`,
  );
  return {
    /** Ids of the deployments that a fork which began at a block has; null: they were not recorded. */
    deployments(chain: string, block: number): number[] | null {
      const row = get.get(chain, block);
      return row ? (JSON.parse(row.deployments) as number[]) : null;
    },
    put: (chain: string, block: number, deployments: readonly number[]) =>
      void put.run(chain, block, JSON.stringify(deployments)),
  };
}
