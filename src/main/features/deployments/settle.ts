import type { Outcome } from '../../toolchains/toolchain.ts';
import { conclude } from './conclude.ts';
import { landedOf, leftBehind, outcomeOf, wholeReading } from './left-behind.ts';
import { endProcesses, type RecoveryParts } from './recovery.ts';
import type { DeploymentRow } from './store.ts';

/** So long a chain is waited for that is to tell what has reached it. */
const LONGEST_UNSETTLED_MS = 24 * 3_600_000;

/**
 * Completes the record of a run that has ended while nobody could tell what became of its
 * processes: ends what is left of them, and asks the chain once more. Answers what was done;
 * undefined: still nobody can tell.
 */
export async function settleRun(
  row: DeploymentRow,
  parts: RecoveryParts,
): Promise<string | undefined> {
  // Files of a later run must not be taken for those of this one.
  const hasFiles = !parts.store.hasLater(row);
  const before = hasFiles ? await wholeReading(row, parts) : null;
  if (!(await endProcesses(row, parts))) return undefined;
  const isLate = Date.now() - (row.endedAt ?? 0) > LONGEST_UNSETTLED_MS;
  if ((await parts.url().catch(() => null)) === null && !isLate) {
    // The chain is asked when it runs again; the files are there only until the next run.
    if (hasFiles) await keepReading(row, parts, before);
    return undefined;
  }
  const left = await outcomeOf(row, parts, before, hasFiles);
  const outcome = left === 'unreadable' ? null : left;
  const whole = outcome !== null && outcome.failure === undefined;
  const known = whatIsKnown(left);
  const said = `Everything of this run has ended now. ${known}`;
  const failure = row.failure && { ...row.failure, message: `${row.failure.message} ${said}` };
  conclude(row, parts, {
    status: whole ? 'succeeded' : row.status,
    failure: whole ? undefined : (failure ?? undefined),
    deadLetter: row.deadLetter && !whole,
    isGone: true,
    outcome,
    said,
  });
  return `What was left of ${row.projectName} #${row.number} was ended. ${known}`;
}

function whatIsKnown(left: Awaited<ReturnType<typeof outcomeOf>>): string {
  if (left === null) return 'It had sent nothing.';
  if (left === 'unreadable') return 'What it had sent can not be told: look at the chain.';
  if (left.failure?.code === 'NOT_VERIFIED') return left.failure.message;
  return `${landedOf(left)} of its ${left.transactions.length} transactions are on the chain.`;
}

async function keepReading(row: DeploymentRow, parts: RecoveryParts, before: Outcome | null) {
  const left = await leftBehind(row, parts);
  const outcome = left === 'unreadable' ? before : left;
  if (!outcome) return;
  parts.store.transaction(() => {
    parts.store.putTransactions(row.id, outcome.transactions);
    parts.store.putContracts(row.id, outcome.contracts);
  });
}
