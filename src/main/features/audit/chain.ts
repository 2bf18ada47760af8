import { sha256 } from '../../lib/sha256.ts';
import type { AuditEntry } from './contract.ts';

/** What the first entry follows. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** An entry before its place in the chain is known. */
export type NewEntry = Omit<AuditEntry, 'id' | 'previous' | 'hash'>;

/** SHA-256 of all fields in a fixed order, with the hash of the entry before. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { id, at, door, user, token, action, subject, target, review, run, outcome, detail } =
    entry;
  return sha256(
    JSON.stringify([
      ...[entry.previous, id, at, door, user, token],
      ...[action, subject, target, review, run, outcome, detail],
    ]),
  );
}

/** Why an entry is not what was written after `previous`; null: it is. */
export function faultOf(
  entry: AuditEntry,
  before: Pick<AuditEntry, 'id' | 'hash'> | null,
): string | null {
  const { id, hash } = before ?? { id: 0, hash: NOTHING_BEFORE };
  if (entry.id !== id + 1) return `entry ${id + 1} is missing before it`;
  if (hashOf(entry) !== entry.hash) return 'its content is not what its hash was made of';
  if (entry.previous !== hash) return 'it does not follow the entry before it';
  return null;
}
