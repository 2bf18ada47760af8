import type { Db } from '../../db/open.ts';
import type { EventType } from '../events/contract.ts';
import type { DeliveryStatus, WebhookFormat } from './contract.ts';

export interface WebhookRow {
  id: number;
  name: string;
  format: WebhookFormat;
  sealedUrl: string;
  sealedSecret: string | null;
  types: EventType[] | null;
  enabled: boolean;
  createdAt: number;
  /** Events up to this one have been looked at. */
  afterSeq: number;
}

export interface DeliveryRow {
  id: number;
  webhookId: number;
  webhookName: string;
  eventSeq: number | null;
  type: string;
  body: string;
  status: DeliveryStatus;
  attempts: number;
  /** Attempts after which it is given up. */
  maxAttempts: number;
  createdAt: number;
  nextAt: number | null;
  endedAt: number | null;
  durationMs: number | null;
  responseCode: number | null;
  response: string | null;
  problem: string | null;
}

/** What an attempt leaves behind. */
export type Attempt = Pick<
  DeliveryRow,
  'status' | 'nextAt' | 'endedAt' | 'durationMs' | 'responseCode' | 'response' | 'problem'
>;

type StoredWebhook = Omit<WebhookRow, 'types' | 'enabled'> & {
  types: string | null;
  enabled: number;
};

const webhookColumns = `id, name, format, sealed_url AS sealedUrl, sealed_secret AS sealedSecret,
  types, enabled, created_at AS createdAt, after_seq AS afterSeq`;

/**
 * When a delivery is due: not while its receiver wants nothing. A test, which the user asks for, does
 * not wait.
 */
const dueAt = `CASE WHEN d.event_seq IS NULL OR w.paused_until IS NULL THEN d.next_at
  ELSE max(d.next_at, w.paused_until) END`;

const select = `
  SELECT d.id, d.webhook_id AS webhookId, w.name AS webhookName, d.event_seq AS eventSeq, d.type,
    d.body, d.status, d.attempts, d.max_attempts AS maxAttempts, d.created_at AS createdAt,
    ${dueAt} AS nextAt, d.ended_at AS endedAt, d.duration_ms AS durationMs,
    d.response_code AS responseCode, d.response, d.problem
  FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id`;

export function webhooksStore(db: Db) {
  const all = db.prepare<[], StoredWebhook>(
    `SELECT ${webhookColumns} FROM webhooks ORDER BY name COLLATE NOCASE`,
  );
  const insert = db.prepare(
    `INSERT INTO webhooks (name, format, sealed_url, sealed_secret, types, enabled, created_at,
       after_seq)
     VALUES (@name, @format, @sealedUrl, @sealedSecret, @types, @enabled, @createdAt, @afterSeq)`,
  );
  const update = db.prepare(
    `UPDATE webhooks SET name = @name, sealed_url = @sealedUrl, sealed_secret = @sealedSecret,
       types = @types, enabled = @enabled, after_seq = @afterSeq WHERE id = @id`,
  );
  const remove = db.prepare('DELETE FROM webhooks WHERE id = ?');
  const setAfter = db.prepare('UPDATE webhooks SET after_seq = ? WHERE id = ?');
  const afterSeq = db.prepare<[number], { seq: number }>(
    'SELECT after_seq AS seq FROM webhooks WHERE id = ? AND enabled = 1',
  );
  const counts = db.prepare<[number], { waiting: number; failed: number }>(
    `SELECT count(*) FILTER (WHERE status IN ('waiting', 'sending')) AS waiting,
       count(*) FILTER (WHERE status = 'failed') AS failed
     FROM webhook_deliveries WHERE webhook_id = ?`,
  );
  const addDelivery = db.prepare(
    `INSERT INTO webhook_deliveries (webhook_id, event_seq, type, body, status, max_attempts,
       created_at, next_at)
     VALUES (@webhookId, @eventSeq, @type, @body, 'waiting', @maxAttempts, @createdAt, @createdAt)
     ON CONFLICT (webhook_id, event_seq) DO NOTHING`,
  );
  const byId = db.prepare<[number], DeliveryRow>(`${select} WHERE d.id = ?`);
  // A claim that has run out belongs to a core that is gone.
  const pending = `d.next_at IS NOT NULL AND (w.enabled = 1 OR d.event_seq IS NULL)`;
  const due = db.prepare<[number, number], DeliveryRow>(
    `${select} WHERE d.webhook_id = ? AND ${pending} AND ${dueAt} <= ?
     ORDER BY d.next_at, d.id LIMIT 1`,
  );
  const nextDue = db.prepare<[number], { at: number | null }>(
    `SELECT min(${dueAt}) AS at FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
     WHERE ${pending} AND ${dueAt} > ?`,
  );
  const claim = db.prepare(
    `UPDATE webhook_deliveries SET status = 'sending', attempts = attempts + 1, next_at = @until
     WHERE id = @id AND status IN ('waiting', 'sending') AND next_at <= @now`,
  );
  const unclaim = db.prepare(
    `UPDATE webhook_deliveries SET status = 'waiting', attempts = attempts - 1, next_at = @now
     WHERE id = @id AND status = 'sending'`,
  );
  const settle = db.prepare(
    `UPDATE webhook_deliveries SET status = @status, next_at = @nextAt, ended_at = @endedAt,
       duration_ms = @durationMs, response_code = @responseCode, response = @response,
       problem = @problem
     WHERE id = @id`,
  );
  // Before the others, which may find that nothing more is wanted.
  const again = db.prepare(
    `UPDATE webhook_deliveries SET status = 'waiting', attempts = 0, max_attempts = @maxAttempts,
       ended_at = NULL, next_at = min(@now, coalesce((
         SELECT min(o.next_at) - 1 FROM webhook_deliveries o
         WHERE o.webhook_id = webhook_deliveries.webhook_id), @now))
     WHERE id = @id AND status IN ('delivered', 'failed', 'waiting')`,
  );
  const pause = db.prepare(
    `UPDATE webhooks SET paused_until = max(coalesce(paused_until, 0), @until) WHERE id = @id`,
  );
  const resume = db.prepare('UPDATE webhooks SET paused_until = NULL WHERE id = ?');
  const prune = db.prepare(
    `DELETE FROM webhook_deliveries WHERE status IN ('delivered', 'failed') AND (
       created_at < @before OR id <= coalesce((
         SELECT id FROM webhook_deliveries o WHERE o.webhook_id = webhook_deliveries.webhook_id
         ORDER BY id DESC LIMIT 1 OFFSET @kept), 0))`,
  );

  const toRow = (stored: StoredWebhook): WebhookRow => ({
    ...stored,
    types: stored.types === null ? null : JSON.parse(stored.types),
    enabled: stored.enabled === 1,
  });
  const toStored = (row: Omit<WebhookRow, 'id'>) => ({
    ...row,
    types: row.types && JSON.stringify(row.types),
    enabled: row.enabled ? 1 : 0,
  });

  return {
    webhooks: (): WebhookRow[] => all.all().map(toRow),
    sealed: () =>
      all.all().flatMap(({ sealedUrl, sealedSecret }) => [sealedUrl, sealedSecret ?? []].flat()),
    insert: (row: Omit<WebhookRow, 'id'>): number =>
      Number(insert.run(toStored(row)).lastInsertRowid),
    update: (row: WebhookRow) => void update.run({ ...toStored(row), id: row.id }),
    remove: (id: number) => void remove.run(id),
    counts: (id: number) => counts.get(id) ?? { waiting: 0, failed: 0 },

    /** Undefined for one that is disabled or gone. */
    afterSeq: (id: number) => afterSeq.get(id)?.seq,
    setAfterSeq: (id: number, seq: number) => void setAfter.run(seq, id),

    /** Returns its id; one for the same event and webhook is left as it is. */
    addDelivery: (
      row: Pick<
        DeliveryRow,
        'webhookId' | 'eventSeq' | 'type' | 'body' | 'maxAttempts' | 'createdAt'
      >,
    ): number => Number(addDelivery.run(row).lastInsertRowid),
    delivery: (id: number) => byId.get(id),
    /** What a webhook is to be sent next. */
    due: (webhookId: number, now: number) => due.get(webhookId, now),
    /** When the next one after `now` falls due. */
    nextDue: (now: number) => nextDue.get(now)?.at ?? null,
    /** Takes a delivery until `until`. False when another core was faster. */
    claim: (id: number, now: number, until: number) => claim.run({ id, now, until }).changes === 1,
    /** Gives one back as if it had not been tried. */
    unclaim: (id: number, now: number) => void unclaim.run({ id, now }),
    settle: (id: number, attempt: Attempt) => void settle.run({ id, ...attempt }),
    again: (id: number, now: number, maxAttempts: number) =>
      void again.run({ id, now, maxAttempts }),
    list(
      filter: { webhookId?: number; status?: DeliveryStatus; before?: number },
      limit: number,
    ): DeliveryRow[] {
      const where = ['d.id < ?'];
      const values: (string | number)[] = [filter.before ?? Number.MAX_SAFE_INTEGER];
      if (filter.webhookId !== undefined) {
        where.push('d.webhook_id = ?');
        values.push(filter.webhookId);
      }
      if (filter.status !== undefined) {
        where.push('d.status = ?');
        values.push(filter.status);
      }
      return db
        .prepare<unknown[], DeliveryRow>(
          `${select} WHERE ${where.join(' AND ')} ORDER BY d.id DESC LIMIT ?`,
        )
        .all(...values, limit);
    },
    /** Nothing is due before `until`, after a restart too. */
    pause: (id: number, until: number) => void pause.run({ id, until }),
    resume: (id: number) => void resume.run(id),
    prune: (before: number, kept: number) => void prune.run({ before, kept }),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type WebhooksStore = ReturnType<typeof webhooksStore>;
