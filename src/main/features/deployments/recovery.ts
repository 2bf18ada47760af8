import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Engines } from '../../engines/engines.ts';
import { AppError } from '../../kit/errors.ts';
import type { Outcome, Toolchain } from '../../toolchains/toolchain.ts';
import { type Failure, isFinal, type PhaseName } from './contract.ts';
import type { Journal } from './journal.ts';
import { waitingPhases } from './phases.ts';
import { checkOutcome } from './record.ts';
import type { DeploymentRow, DeploymentsStore, NewEvent } from './store.ts';

/**
 * What becomes of a run that was in a phase when its core ended.
 * `repeat`: nothing has left the machine, it can begin again; `check`: transactions may have been
 * sent, only the chain knows which.
 */
const afterCrash: Record<PhaseName, 'repeat' | 'check'> = {
  source: 'repeat',
  prepare: 'repeat',
  // One command compiles and broadcasts: from here on only what it left behind can tell.
  compile: 'check',
  simulate: 'check',
  broadcast: 'check',
  record: 'check',
};

/** Begun so often, a run isn't begun again: it may be what ends the core. */
const MOST_ATTEMPTS = 3;

/** So long a chain is waited for that is to tell what has reached it. */
const LONGEST_UNSETTLED_MS = 24 * 3_600_000;

/** A tool writes its file in a fraction of this. */
const READ_AGAIN_MS = 5;
const MOST_READINGS = 10;

export interface RecoveryParts {
  store: DeploymentsStore;
  journal: Journal;
  engines: Engines;
  logger: Logger;
  /** The mark of its processes. */
  job: string;
  toolchain: () => Toolchain;
  folder: () => string;
  /** Address of its network, and null when the chain doesn't run. */
  url: () => Promise<string | null>;
  /** This core stays open, and so can begin a run again. */
  stays: boolean;
  changed: (id: number) => void;
}

/**
 * Takes one unfinished run of a core that is gone to where it can stay: queued again when nothing
 * of it can have been sent, otherwise to its end, with what the chain says of it. Its processes
 * are ended first. Answers what was done, as a sentence.
 */
export async function recoverRun(row: DeploymentRow, parts: RecoveryParts): Promise<string> {
  const { store } = parts;
  const name = `${row.projectName} #${row.number}`;
  const phase = row.phases.find((p) => p.status === 'running')?.name ?? 'source';
  const check = row.status !== 'queued' && afterCrash[phase] === 'check';
  // Its tool may be writing still, and leave half a file when it's ended.
  const before = check ? await wholeReading(row, parts) : null;
  const isGone = await endProcesses(row, parts);
  const ending = { ...parts, isGone };

  if (row.status === 'queued') {
    if (parts.stays) return `${name} waits in the queue, as before.`;
    end(row, ending, 'interrupted', interrupted('before it began'));
    return `${name} never began; it is recorded as interrupted.`;
  }
  const left = check ? await outcomeOf(row, parts, before) : null;

  if (left === 'unreadable') {
    end(row, ending, 'interrupted', {
      code: 'INTERRUPTED',
      message: `Drydock was ended in the phase ${phase}, and the file that says what had been sent can't be read. Look at the chain, or revert to the snapshot before it, then deploy again.`,
    });
    return `${name} is recorded as interrupted; what it had sent can't be told.`;
  }
  const mayRepeat = isGone && parts.stays && row.attempt < MOST_ATTEMPTS;
  if (!left && row.status !== 'cancelling' && mayRepeat) {
    const text = `Drydock was ended in the phase ${phase}. Nothing had been sent, so the run begins again.`;
    const at = Date.now();
    append(row, ending, [
      { at, type: 'log', stream: 'drydock', text },
      { at, type: 'status', status: 'queued' },
    ]);
    store.update(row.id, {
      status: 'queued',
      owner: null,
      process: null,
      attempt: row.attempt + 1,
      phases: waitingPhases(),
    });
    parts.changed(row.id);
    return `${name} had sent nothing; it was queued again.`;
  }
  if (left) {
    store.transaction(() => {
      store.putTransactions(row.id, left.transactions);
      store.putContracts(row.id, left.contracts);
      store.update(row.id, { gasUsed: left.gasUsed, live: left.live });
    });
    if (!left.failure) {
      end(row, ending, 'succeeded');
      return `${name} had sent everything; it is recorded as succeeded.`;
    }
  }
  if (row.status === 'cancelling') {
    end(row, ending, 'cancelled');
    return `${name} was being cancelled; it is recorded as cancelled.`;
  }
  const landed = left?.transactions.filter((t) => t.status === 'success').length ?? 0;
  end(
    row,
    ending,
    'interrupted',
    interrupted(`in the phase ${phase}`, landed, left?.transactions.length),
  );
  return `${name} is recorded as interrupted, with ${landed} transactions on the chain.`;
}

/**
 * Completes the record of a run that has ended while nobody could tell what became of its
 * processes: ends what is left of them, and asks the chain once more. Answers what was done;
 * undefined: still nobody can tell.
 */
export async function settleRun(
  row: DeploymentRow,
  parts: RecoveryParts,
): Promise<string | undefined> {
  const { store } = parts;
  // Files of a later run must not be taken for those of this one.
  const hasFiles = !store.hasLater(row);
  const before = hasFiles ? await wholeReading(row, parts) : null;
  if (!(await endProcesses(row, parts))) return undefined;
  const name = `${row.projectName} #${row.number}`;
  const isLate = Date.now() - (row.endedAt ?? 0) > LONGEST_UNSETTLED_MS;
  if ((await parts.url().catch(() => null)) === null && !isLate) {
    // The chain is asked when it runs again; the files are there only until the next run.
    if (hasFiles) await keepReading(row, parts, before);
    return undefined;
  }
  const left = await outcomeOf(row, parts, before, hasFiles);
  const known = left === 'unreadable' ? null : left;
  const landed = known?.transactions.filter((t) => t.status === 'success').length ?? 0;
  const whole = known !== null && known.failure === undefined;
  const said = whatIsKnown(left, landed);
  const at = Date.now();
  const status = whole ? 'succeeded' : row.status;
  const failure = whole
    ? undefined
    : row.failure && { ...row.failure, message: `${row.failure.message} ${settled(said)}` };
  append(
    row,
    parts,
    [
      { at, type: 'log', stream: 'drydock', text: settled(said) },
      ...(known ? [{ at, type: 'transactions' as const, transactions: known.transactions }] : []),
      { at, type: 'status', status, failure: failure ?? undefined },
    ],
    () => {
      if (known) {
        store.putTransactions(row.id, known.transactions);
        store.putContracts(row.id, known.contracts);
      }
      store.update(row.id, {
        status,
        failure: failure ?? null,
        deadLetter: row.deadLetter && !whole,
        process: null,
        ...(known ? { gasUsed: known.gasUsed, live: known.live } : {}),
      });
    },
  );
  parts.journal.finish(row.id);
  parts.changed(row.id);
  parts.logger.warn({ deployment: row.id, status, landed }, 'completed the record of a run');
  return `What was left of ${name} was ended. ${said}`;
}

function whatIsKnown(left: Awaited<ReturnType<typeof outcomeOf>>, landed: number): string {
  if (left === null) return 'It had sent nothing.';
  if (left === 'unreadable') return 'What it had sent can not be told: look at the chain.';
  if (left.failure?.code === 'NOT_VERIFIED') return left.failure.message;
  return `${landed} of its ${left.transactions.length} transactions are on the chain.`;
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

const settled = (said: string): string => `Everything of this run has ended now. ${said}`;

/** Answers false when nobody can tell whether they are gone. */
async function endProcesses(row: DeploymentRow, parts: RecoveryParts): Promise<boolean> {
  try {
    await parts.engines.endOrphan({ ref: row.process, job: parts.job });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'ENGINE_UNAVAILABLE') return false;
    throw error;
  }
}

/** Marks every process of a run, so that it's found without its parent. */
export const jobOf = (folderId: string, id: number): string => `${folderId}-deployment-${id}`;

async function leftBehind(row: DeploymentRow, parts: RecoveryParts) {
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
async function wholeReading(row: DeploymentRow, parts: RecoveryParts): Promise<Outcome | null> {
  for (let tries = 0; tries < MOST_READINGS; tries++) {
    const left = await leftBehind(row, parts);
    if (left !== 'unreadable') return left;
    await sleep(READ_AGAIN_MS);
  }
  return null;
}

/** What was sent, as the tool and our own records know it, and as the chain then says. */
async function outcomeOf(
  row: DeploymentRow,
  parts: RecoveryParts,
  before: Outcome | null,
  hasFiles = true,
) {
  const left = hasFiles ? await leftBehind(row, parts) : null;
  const { store } = parts;
  const recorded = { transactions: store.transactions(row.id), contracts: store.contracts(row.id) };
  const whole = left === 'unreadable' ? null : left;
  const outcome = whole ?? before ?? (recorded.transactions.length > 0 ? recorded : null);
  // Planned is as good as sent: forge writes a hash down only after it has sent it.
  if (!outcome || row.chainId === null) return left === 'unreadable' ? left : null;
  const url = await parts.url();
  const { chainId } = row;
  return checkOutcome(outcome, { url: url ?? 'http://127.0.0.1:9', chainId, ours: false });
}

function end(
  row: DeploymentRow,
  { isGone, ...parts }: RecoveryParts & { isGone: boolean },
  status: 'succeeded' | 'cancelled' | 'interrupted',
  failure?: Failure,
): void {
  if (isFinal(row.status)) return;
  const at = Date.now();
  const done = status === 'succeeded';
  const phases = row.phases.map((p) =>
    p.status === 'running' || (done && p.status === 'waiting')
      ? { ...p, status: done ? ('done' as const) : ('failed' as const) }
      : p,
  );
  append(row, parts, [{ at, type: 'status', status, failure }], () =>
    parts.store.update(row.id, {
      status,
      endedAt: at,
      failure: failure ?? null,
      deadLetter: failure !== undefined,
      phases,
      // Whoever can't be asked now is asked later: see `settleRun`.
      process: isGone ? null : row.process,
    }),
  );
  parts.journal.finish(row.id);
  parts.changed(row.id);
  parts.logger.warn({ deployment: row.id, status }, 'recovered an unfinished run');
}

function append(
  row: DeploymentRow,
  parts: RecoveryParts,
  events: NewEvent[],
  also?: () => void,
): void {
  parts.journal.append(row.id, events, also);
}

function interrupted(when: string, landed = 0, planned = 0): Failure {
  const sent =
    landed > 0
      ? `${landed} of ${planned} transactions had reached the chain and are recorded.`
      : 'Nothing had reached the chain.';
  const next = landed > 0 ? 'Revert to the snapshot before it, or deploy again.' : 'Deploy again.';
  return { code: 'INTERRUPTED', message: `Drydock was ended ${when}. ${sent} ${next}` };
}
