import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome, Toolchain } from '../../toolchains/toolchain.ts';
import { type CheckedOutcome, checkOutcome } from './record.ts';
import type { DeploymentRow, DeploymentsStore } from './store.ts';

/** A tool writes its file in a fraction of this. */
const READ_AGAIN_MS = 5;
const MOST_READINGS = 10;

/** Nothing listens there, so that what can't be asked is recorded as not verified. */
const NOWHERE = 'http://127.0.0.1:9';

export interface LeftBehindParts {
  store: DeploymentsStore;
  toolchain: () => Toolchain;
  folder: () => string;
  /** Address of its network, and null when the chain doesn't run. */
  url: () => Promise<string | null>;
}

/** What the tool of a run has written. null: nothing; `unreadable`: only a part can be read. */
export async function leftBehind(
  row: DeploymentRow,
  parts: LeftBehindParts,
): Promise<Outcome | 'unreadable' | null> {
  if (row.chainId === null || row.startedAt === null) return null;
  const [file = '', contract = ''] = row.script.split(/:(?=[^:]+$)/);
  const left = await parts
    .toolchain()
    .leftBehind({
      folder: parts.folder(),
      script: { file, contract },
      signature: row.signature,
      chainId: row.chainId,
      since: row.startedAt,
    })
    .catch(() => 'unreadable' as const);
  return left !== 'unreadable' && left?.transactions.length === 0 ? null : left;
}

/** What the tool has planned and sent up to now, as soon as its file can be read. */
export async function wholeReading(
  row: DeploymentRow,
  parts: LeftBehindParts,
): Promise<Outcome | null> {
  for (let tries = 0; tries < MOST_READINGS; tries++) {
    const left = await leftBehind(row, parts);
    if (left !== 'unreadable') return left;
    await sleep(READ_AGAIN_MS);
  }
  return null;
}

/**
 * What was sent, as the tool and our own records know it, and as the chain then says. null: nothing;
 * `unreadable`: something, and nobody can tell what.
 *
 * @param before an earlier reading of the files
 * @param hasFiles the files are this run's, and not of a later one
 */
export async function outcomeOf(
  row: DeploymentRow,
  parts: LeftBehindParts,
  before: Outcome | null,
  hasFiles = true,
): Promise<CheckedOutcome | 'unreadable' | null> {
  const left = hasFiles ? await leftBehind(row, parts) : null;
  const { store } = parts;
  const recorded = { transactions: store.transactions(row.id), contracts: store.contracts(row.id) };
  const whole = left === 'unreadable' ? null : left;
  const outcome = whole ?? before ?? (recorded.transactions.length > 0 ? recorded : null);
  // Planned is as good as sent: forge writes a hash down only after it has sent it.
  if (!outcome || row.chainId === null) return left === 'unreadable' ? left : null;
  const url = (await parts.url()) ?? NOWHERE;
  return checkOutcome(outcome, { url, chainId: row.chainId, ours: false });
}

/** How much of it the chain has. */
export const landedOf = (outcome: Pick<Outcome, 'transactions'> | null): number =>
  outcome?.transactions.filter((t) => t.status === 'success').length ?? 0;
