import type { Db } from '../../db/open.ts';
import type { EngineName, RunRef } from '../../engines/engine.ts';
import { controlsStore } from './controls-store.ts';
import { creationsStore } from './creation/store.ts';
import { forksStore } from './forks-store.ts';

export interface ChainRow {
  name: string;
  port: number | null;
  chainId: number;
  process: RunRef | null;
  instance: string | null;
  startedAt: number | null;
  forkBlock: number | null;
  blockNumber: number | null;
  currentSnapshot: number | null;
  problem: string | null;
  /** Chosen for it; null: as the settings say. */
  engine: EngineName | null;
  /** The instance that signs for every address, as a deployment needs it. */
  signingInstance: string | null;
  /** Bytes of code that a contract may have; null: as many as Ethereum allows. */
  codeSizeLimit: number | null;
  /** The snapshot of a revert that is not recorded yet. */
  revertingTo: number | null;
  /**
   * Address of anvil itself while the gateway serves the chain on `port`; null: anvil has that port.
   */
  backend: string | null;
  /** Chosen for it; off: anvil has the port. */
  gateway: 'on' | 'off';
  /** How it was created; null: as anvil does by default. */
  creation: number | null;
  /** Of a fork that runs and reaches its upstream through the gateway: see `ForwardedUpstream`. */
  sealedUpstream: string | null;
}

export interface SnapshotRow {
  id: number;
  chain: string;
  name: string;
  automatic: boolean;
  blockNumber: number;
  blockHash: string;
  createdAt: number;
  forkBlock: number | null;
  durable: boolean;
  evmId: string | null;
  evmInstance: string | null;
  /** How the chain was created that it is of. */
  creation: number | null;
  /** Empty: none. */
  note: string;
  /** Never deleted for its age, or for being one too many. */
  pinned: boolean;
  /** The deployment whose state before or after itself an automatic one holds. */
  deploymentId: number | null;
  /** The snapshot that the chain stood on when it was taken, or the nearest one before that is there. */
  parentId: number | null;
}

/** A snapshot that is about to be recorded. */
export type NewSnapshot = Omit<SnapshotRow, 'id' | 'creation' | 'note' | 'pinned' | 'parentId'>;

type StoredChain = Omit<ChainRow, 'process'> & { process: string | null };
type StoredSnapshot = Omit<SnapshotRow, 'automatic' | 'durable' | 'pinned'> & {
  automatic: number;
  durable: number;
  pinned: number;
};

const chainColumns = `name, port, chain_id AS chainId, process, instance, started_at AS startedAt,
  fork_block AS forkBlock, block_number AS blockNumber, current_snapshot AS currentSnapshot, problem,
  engine, signing_instance AS signingInstance, code_size_limit AS codeSizeLimit,
  reverting_to AS revertingTo, backend, gateway, creation, sealed_upstream AS sealedUpstream`;
const snapshotColumns = `id, chain, name, automatic, block_number AS blockNumber,
  block_hash AS blockHash, created_at AS createdAt, fork_block AS forkBlock, durable, evm_id AS evmId,
  evm_instance AS evmInstance, creation, note, pinned, deployment_id AS deploymentId,
  parent_id AS parentId`;

export function chainsStore(db: Db) {
  const chain = db.prepare<[string], StoredChain>(
    `SELECT ${chainColumns} FROM chains WHERE name = ?`,
  );
  const chains = db.prepare<[], StoredChain>(`SELECT ${chainColumns} FROM chains`);
  const putChain = db.prepare<StoredChain>(
    `INSERT OR REPLACE INTO chains (name, port, chain_id, process, instance, started_at,
       fork_block, block_number, current_snapshot, problem, engine, signing_instance,
       code_size_limit, reverting_to, backend, gateway, creation, sealed_upstream)
     VALUES (@name, @port, @chainId, @process, @instance, @startedAt, @forkBlock, @blockNumber,
       @currentSnapshot, @problem, @engine, @signingInstance,
       @codeSizeLimit, @revertingTo, @backend, @gateway, @creation, @sealedUpstream)`,
  );
  const removeChain = db.prepare('DELETE FROM chains WHERE name = ?');
  const removeSnapshots = db.prepare('DELETE FROM snapshots WHERE chain = ?');

  const snapshots = db.prepare<[string], StoredSnapshot>(
    `SELECT ${snapshotColumns} FROM snapshots WHERE chain = ? ORDER BY id`,
  );
  const snapshot = db.prepare<[number], StoredSnapshot>(
    `SELECT ${snapshotColumns} FROM snapshots WHERE id = ?`,
  );
  const insertSnapshot = db.prepare<
    Omit<StoredSnapshot, 'id' | 'creation' | 'note' | 'pinned' | 'parentId'>,
    StoredSnapshot
  >(
    `INSERT INTO snapshots (chain, name, automatic, block_number, block_hash, created_at,
       fork_block, durable, evm_id, evm_instance, deployment_id, creation, parent_id)
     VALUES (@chain, @name, @automatic, @blockNumber, @blockHash, @createdAt,
       @forkBlock, @durable, @evmId, @evmInstance, @deploymentId,
       (SELECT creation FROM chains WHERE name = @chain),
       (SELECT current_snapshot FROM chains WHERE name = @chain))
     RETURNING ${snapshotColumns}`,
  );
  const describeSnapshot = db.prepare<
    Pick<StoredSnapshot, 'id' | 'name' | 'automatic' | 'note' | 'pinned'>
  >(
    `UPDATE snapshots SET name = @name, automatic = @automatic, note = @note, pinned = @pinned
     WHERE id = @id`,
  );
  const setDurable = db.prepare('UPDATE snapshots SET durable = 1 WHERE id = ?');
  const setEvm = db.prepare('UPDATE snapshots SET evm_id = ?, evm_instance = ? WHERE id = ?');
  const link = db.prepare(
    'INSERT OR IGNORE INTO snapshot_deployments (snapshot_id, deployment_id) VALUES (?, ?)',
  );
  const linked = db.prepare<[number], { id: number }>(
    `SELECT deployment_id AS id FROM snapshot_deployments WHERE snapshot_id = ?
     ORDER BY deployment_id DESC`,
  );
  const adopt = db.prepare(
    `UPDATE snapshots SET parent_id = (SELECT parent_id FROM snapshots WHERE id = @id)
     WHERE parent_id = @id`,
  );
  const removeSnapshot = db.prepare('DELETE FROM snapshots WHERE id = ?');
  const setCurrent = db.prepare('UPDATE chains SET current_snapshot = ? WHERE name = ?');
  const setSigning = db.prepare('UPDATE chains SET signing_instance = ? WHERE name = ?');
  const setReverting = db.prepare('UPDATE chains SET reverting_to = ? WHERE name = ?');
  const setUpstream = db.prepare(
    'UPDATE chains SET sealed_upstream = ? WHERE name = ? AND sealed_upstream = ?',
  );
  const setBlock = db.prepare('UPDATE chains SET block_number = ? WHERE name = ?');

  const chainRow = (s: StoredChain): ChainRow => ({
    ...s,
    process: s.process === null ? null : (JSON.parse(s.process) as RunRef),
  });
  const snapshotRow = (s: StoredSnapshot): SnapshotRow => ({
    ...s,
    automatic: s.automatic === 1,
    pinned: s.pinned === 1,
    durable: s.durable === 1,
  });

  return {
    controls: controlsStore(db),
    creations: creationsStore(db),
    forks: forksStore(db),

    chain: (name: string) => {
      const stored = chain.get(name);
      return stored && chainRow(stored);
    },
    chains: () => chains.all().map(chainRow),
    put: (row: ChainRow) =>
      void putChain.run({ ...row, process: row.process && JSON.stringify(row.process) }),
    setBlock: (name: string, block: number) => void setBlock.run(block, name),
    setCurrent: (name: string, snapshot: number | null) => void setCurrent.run(snapshot, name),
    setSigning: (name: string, instance: string | null) => void setSigning.run(instance, name),
    setReverting: (name: string, to: number | null) => void setReverting.run(to, name),
    /** Does nothing for a chain whose recorded one is not `before` any more. */
    setUpstream: (name: string, before: string, sealed: string) =>
      void setUpstream.run(sealed, name, before),
    remove: db.transaction((name: string) => {
      removeChain.run(name);
      removeSnapshots.run(name);
    }),

    snapshots: (name: string) => snapshots.all(name).map(snapshotRow),
    snapshot: (id: number) => {
      const stored = snapshot.get(id);
      return stored && snapshotRow(stored);
    },
    insertSnapshot: (row: NewSnapshot) =>
      snapshotRow(
        insertSnapshot.get({
          ...row,
          automatic: row.automatic ? 1 : 0,
          durable: row.durable ? 1 : 0,
        }) as StoredSnapshot,
      ),
    /** What the user says about it. */
    describeSnapshot: ({ id, name, automatic, note, pinned }: SnapshotRow) =>
      void describeSnapshot.run({
        ...{ id, name, note },
        ...{ automatic: automatic ? 1 : 0, pinned: pinned ? 1 : 0 },
      }),
    setDurable: (id: number) => void setDurable.run(id),
    setEvm: (id: number, evmId: string | null, instance: string | null) =>
      void setEvm.run(evmId, instance, id),
    /** Which deployments were live in a snapshot. */
    linkDeployments: (snapshot: number, deployments: readonly number[]) => {
      for (const id of deployments) link.run(snapshot, id);
    },
    linkedDeployments: (snapshot: number) => linked.all(snapshot).map((row) => row.id),
    /** Those that were taken on it follow the one that it was taken on. */
    removeSnapshot: db.transaction((id: number) => {
      adopt.run({ id });
      removeSnapshot.run(id);
    }),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type ChainsStore = ReturnType<typeof chainsStore>;
