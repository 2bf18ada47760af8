import type { Db } from '../../db/open.ts';
import type { Verification } from './contract.ts';

export interface VerificationRow extends Verification {
  /** The service's name for it; null: it was verified there before. */
  job: string | null;
}

const columns = `id, network, chain_id AS chainId, address, contract, service, host, job, state,
  code_match AS match, reason, sent_at AS sentAt, ended_at AS endedAt`;

export function verificationStore(db: Db) {
  const add = db.prepare<Omit<VerificationRow, 'id'>, VerificationRow>(
    `INSERT INTO verifications (network, chain_id, address, contract, service, host, job, state,
       code_match, reason, sent_at, ended_at)
     VALUES (@network, @chainId, @address, @contract, @service, @host, @job, @state, @match, @reason,
       @sentAt, @endedAt)
     RETURNING ${columns}`,
  );
  const settle = db.prepare<Pick<VerificationRow, 'id' | 'state' | 'match' | 'reason' | 'endedAt'>>(
    `UPDATE verifications SET state = @state, code_match = @match, reason = @reason,
       ended_at = @endedAt WHERE id = @id`,
  );
  const one = db.prepare<[number], VerificationRow>(
    `SELECT ${columns} FROM verifications WHERE id = ?`,
  );
  const list = db.prepare<[{ network: string | null; limit: number }], VerificationRow>(
    `SELECT ${columns} FROM verifications WHERE @network IS NULL OR network = @network
     ORDER BY id DESC LIMIT @limit`,
  );
  return {
    add: (row: Omit<VerificationRow, 'id'>): VerificationRow => add.get(row) as VerificationRow,
    settle: (row: Parameters<typeof settle.run>[0]): void => void settle.run(row),
    one: (id: number): VerificationRow | null => one.get(id) ?? null,
    list: (network: string | undefined, limit: number): VerificationRow[] =>
      list.all({ network: network ?? null, limit }),
  };
}

export type VerificationStore = ReturnType<typeof verificationStore>;
