import { AppError } from '../../../shared/errors.ts';
import type { ChainsContext } from '../context.ts';
import type { Snapshot } from '../contract.ts';
import type { SnapshotRow } from '../store.ts';

/** What is recorded of a chain's snapshots: how they are found, shown and forgotten. */
export function snapshotRecords(context: ChainsContext) {
  const { store, emit, deployments } = context.deps;

  const present = (row: SnapshotRow): Snapshot => ({
    id: row.id,
    chain: row.chain,
    name: row.name,
    automatic: row.automatic,
    blockNumber: row.blockNumber,
    createdAt: row.createdAt,
    durable: row.durable,
    current: store.chain(row.chain)?.currentSnapshot === row.id,
    deployments: deployments.describe(store.linkedDeployments(row.id)),
    note: row.note,
    pinned: row.pinned,
    parent: row.parentId,
    run: row.deploymentId === null ? null : deployments.titled(row.deploymentId),
  });

  /** As events name it. */
  const named = ({ id, name, automatic, blockNumber }: SnapshotRow) => ({
    id,
    name,
    automatic,
    blockNumber,
  });

  /** By id or name. Throws SNAPSHOT_NOT_FOUND. */
  function find(chain: string, ref: number | string): SnapshotRow {
    const known = typeof ref === 'number' ? store.snapshot(ref) : undefined;
    if (known?.chain === chain) return known;
    const rows = store.snapshots(chain);
    const row = rows.find((s) => s.name === ref) ?? rows.find((s) => String(s.id) === String(ref));
    if (row) return row;
    throw new AppError(
      'SNAPSHOT_NOT_FOUND',
      `${chain} has no snapshot "${ref}". List them with "drydock chain snapshots ${chain}".`,
      {
        field: 'snapshot',
        fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${chain}` },
      },
    );
  }

  /** Throws NAME_TAKEN. */
  function assertFree(chain: string, name: string): void {
    if (!store.snapshots(chain).some((one) => one.name === name)) return;
    throw new AppError(
      'NAME_TAKEN',
      `${chain} has a snapshot called "${name}". Choose another name, or delete that one.`,
      {
        field: 'name',
        fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${chain}` },
      },
    );
  }

  function freeName(chain: string, base: string): string {
    const names = new Set(store.snapshots(chain).map((s) => s.name));
    for (let n = 1; ; n++) {
      const name = n === 1 ? base : `${base} (${n})`;
      if (!names.has(name)) return name;
    }
  }

  function forget(row: SnapshotRow): void {
    store.transaction(() => {
      store.removeSnapshot(row.id);
      emit({ type: 'snapshot.removed', chain: row.chain, snapshot: named(row) });
    });
  }

  /** The one before the newest live deployment. Throws SNAPSHOT_NOT_FOUND. */
  function lastDeployment(name: string): number {
    const snapshot = deployments.lastSnapshot(name);
    if (snapshot !== null) return snapshot;
    throw new AppError(
      'SNAPSHOT_NOT_FOUND',
      `No deployment that is live on ${name} has a snapshot before it. Choose a snapshot to revert to.`,
      {
        field: 'snapshot',
        fix: { label: 'Show the snapshots', command: `drydock chain snapshots ${name}` },
      },
    );
  }

  return { present, named, find, assertFree, freeName, forget, lastDeployment };
}

export type SnapshotRecords = ReturnType<typeof snapshotRecords>;
