import type { Db } from '../../db/open.ts';
import { hexOf } from '../../eth/hex-bytes.ts';
import type { OriginDecision } from './contract.ts';

export function gatewayStore(db: Db) {
  const origins = db.prepare<[string], OriginDecision>(
    `SELECT chain, origin, decision, decided_at AS decidedAt FROM gateway_origins WHERE chain = ?
     ORDER BY origin`,
  );
  const decide = db.prepare(
    `INSERT INTO gateway_origins (chain, origin, decision, decided_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (chain, origin) DO UPDATE SET decision = excluded.decision,
       decided_at = excluded.decided_at`,
  );
  const undecide = db.prepare('DELETE FROM gateway_origins WHERE chain = ? AND origin = ?');
  const forgetOrigins = db.prepare('DELETE FROM gateway_origins WHERE chain = ?');
  const journal = db.prepare<[string], { chain: string }>(
    'SELECT chain FROM gateway_journals WHERE chain = ?',
  );
  const journalOn = db.prepare('INSERT OR IGNORE INTO gateway_journals (chain) VALUES (?)');
  const journalOff = db.prepare('DELETE FROM gateway_journals WHERE chain = ?');
  const lastEvent = db.prepare<[], { last: number }>('SELECT last FROM gateway_events');
  const takeEvent = db.prepare('UPDATE gateway_events SET last = @id WHERE last < @id');
  const indexed = db.prepare<[string], { sender: Buffer }>(
    `SELECT DISTINCT t.sender FROM indexed_chains c
     JOIN indexed_addresses a INDEXED BY indexed_creations ON a.chain_id = c.id
     JOIN indexed_transactions t ON t.chain_id = a.chain_id AND t.ordinal = a.ordinal
     WHERE c.name = ? AND (a.roles & 4) <> 0 AND t.receiver IS NULL`,
  );
  const recorded = db.prepare<[string], { sender: string }>(
    `SELECT DISTINCT t.data ->> '$.from' AS sender FROM deployments d
     JOIN transactions t ON t.deployment_id = d.id
     WHERE d.target = ? AND t.data ->> '$.kind' = 'create' AND t.data ->> '$.hash' IS NOT NULL`,
  );

  return {
    origins: (chain: string): OriginDecision[] => origins.all(chain),
    decide: (chain: string, origin: string, decision: OriginDecision['decision'], at: number) =>
      void decide.run(chain, origin, decision, at),
    /** Returns whether there was a decision. */
    undecide: (chain: string, origin: string): boolean => undecide.run(chain, origin).changes > 0,
    isNoted: (chain: string): boolean => journal.get(chain) !== undefined,
    setNoted: (chain: string, isOn: boolean) => void (isOn ? journalOn : journalOff).run(chain),
    forget: db.transaction((chain: string) => {
      forgetOrigins.run(chain);
      journalOff.run(chain);
    }),
    lastEvent: (): number => lastEvent.get()?.last ?? 0,
    /** Whether no core has taken it in before. */
    takeEvent: (id: number): boolean => takeEvent.run({ id }).changes > 0,
    /** Senders of creations in the blocks that the chain has now, as far as they are indexed. */
    indexedDeployers: (chain: string): string[] =>
      indexed.all(chain).map(({ sender }) => hexOf(sender)),
    /** Senders of creations of every deployment that went there, of reverted ones, too. */
    recordedDeployers: (chain: string): string[] =>
      recorded.all(chain).map(({ sender }) => sender.toLowerCase()),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
  };
}

export type GatewayStore = ReturnType<typeof gatewayStore>;
