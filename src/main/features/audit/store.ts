import type { Db } from '../../db/open.ts';
import { hashOf, type NewEntry, NOTHING_BEFORE } from './chain.ts';
import type { AuditEntry, ListInput } from './contract.ts';

const select = `SELECT id, at, door, user, token, action, subject, target, review_id AS review,
  run_id AS run, outcome, detail, previous, hash FROM audit`;

/** The audit log: nothing in it is ever changed or deleted, which its triggers see to. */
export function auditStore(db: Db) {
  const last = db.prepare<[], Pick<AuditEntry, 'id' | 'hash'>>(
    'SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1',
  );
  const byId = db.prepare<[number], AuditEntry>(`${select} WHERE id = ?`);
  const after = db.prepare<[number, number], AuditEntry>(
    `${select} WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const found = db.prepare<unknown[], AuditEntry>(
    `${select} WHERE id < @before AND (@target IS NULL OR target = @target)
       AND (@review IS NULL OR review_id = @review)
       AND (@action IS NULL OR action = @action
         OR substr(action, 1, length(@action) + 1) = @action || '.')
     ORDER BY id DESC LIMIT @limit`,
  );
  const written = db.prepare<[], { seq: number }>(
    "SELECT seq FROM sqlite_sequence WHERE name = 'audit'",
  );
  const insert = db.prepare(
    `INSERT INTO audit (id, at, door, user, token, action, subject, target, review_id, run_id,
       outcome, detail, previous, hash)
     VALUES (@id, @at, @door, @user, @token, @action, @subject, @target, @review, @run,
       @outcome, @detail, @previous, @hash)`,
  );
  const append = db.transaction((entry: NewEntry): AuditEntry => {
    const before = last.get();
    const placed = {
      ...entry,
      id: (before?.id ?? 0) + 1,
      previous: before?.hash ?? NOTHING_BEFORE,
    };
    const whole = { ...placed, hash: hashOf(placed) };
    insert.run(whole);
    return whole;
  });

  return {
    /** Several cores may write at once: each follows what is there. */
    append: (entry: NewEntry): AuditEntry => append.immediate(entry),
    byId: (id: number): AuditEntry | undefined => byId.get(id),
    after: (id: number, limit: number): AuditEntry[] => after.all(id, limit),
    list({ before, action, target, review, limit }: ListInput): AuditEntry[] {
      return found.all({
        ...{ before: before ?? Number.MAX_SAFE_INTEGER, limit },
        ...{ action: action ?? null, target: target ?? null, review: review ?? null },
      });
    },
    /** The id of the last entry that was ever written. */
    lastWritten: (): number => written.get()?.seq ?? 0,
  };
}

export type AuditStore = ReturnType<typeof auditStore>;
