import type { Db } from '../../db/open.ts';
import { type Mining, ON_DEMAND } from '../../shared/mining.ts';

/** How a chain mined before a run had it mine on demand. */
export interface MiningBefore {
  /** The instance of the chain that it is true of. */
  instance: string;
  mining: Mining;
}

interface Stored {
  mode: Mining['mode'];
  seconds: number | null;
  before: string | null;
}

/** What is chosen for a chain, from its next start on too. */
export function controlsStore(db: Db) {
  const get = db.prepare<[string], Stored>(
    `SELECT mining_mode AS mode, mining_seconds AS seconds, mining_before AS before
     FROM chain_controls WHERE chain = ?`,
  );
  const setMining = db.prepare(
    `INSERT INTO chain_controls (chain, mining_mode, mining_seconds) VALUES (?, ?, ?)
     ON CONFLICT (chain) DO UPDATE SET mining_mode = excluded.mining_mode,
       mining_seconds = excluded.mining_seconds`,
  );
  const setBefore = db.prepare(
    `INSERT INTO chain_controls (chain, mining_before) VALUES (?, ?)
     ON CONFLICT (chain) DO UPDATE SET mining_before = excluded.mining_before`,
  );

  return {
    mining(chain: string): Mining {
      const stored = get.get(chain);
      return stored ? { mode: stored.mode, seconds: stored.seconds } : ON_DEMAND;
    },
    setMining: (chain: string, { mode, seconds }: Mining) =>
      void setMining.run(chain, mode, seconds),
    miningBefore(chain: string): MiningBefore | null {
      const before = get.get(chain)?.before ?? null;
      return before === null ? null : (JSON.parse(before) as MiningBefore);
    },
    setMiningBefore: (chain: string, before: MiningBefore | null) =>
      void setBefore.run(chain, before && JSON.stringify(before)),
  };
}
