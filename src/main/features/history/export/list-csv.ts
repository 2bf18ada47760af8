import type { HistoryItem } from '../contract.ts';
import { type Cell, csv } from './csv.ts';

const columns: [name: string, of: (item: HistoryItem) => Cell][] = [
  ['id', (d) => d.id],
  ['number', (d) => d.number],
  ['project', (d) => d.project.name],
  ['network', (d) => d.network],
  ['chain_id', (d) => d.chainId],
  ['status', (d) => d.status],
  ['live', (d) => d.live],
  ['trigger', (d) => d.trigger],
  ['script', (d) => d.script],
  ['signature', (d) => d.signature],
  ['branch', (d) => d.branch],
  ['commit', (d) => d.commit],
  ['changed_files', (d) => d.dirty],
  ['contracts', (d) => d.contractCount],
  ['gas_used', (d) => d.gasUsed],
  ['created_at', (d) => iso(d.createdAt)],
  ['started_at', (d) => iso(d.startedAt)],
  ['ended_at', (d) => iso(d.endedAt)],
  ['failure', (d) => d.failure?.code ?? null],
  ['failure_message', (d) => d.failure?.message ?? null],
  ['pinned', (d) => d.pinned],
  ['tags', (d) => d.tags.join(' ')],
  ['note', (d) => d.note],
];

/** The list, a deployment a line; with a head unless it continues another. */
export function listCsv(items: readonly HistoryItem[], withHead: boolean): string {
  const rows = items.map((item) => columns.map(([, of]) => of(item)));
  return csv(withHead ? [columns.map(([name]) => name), ...rows] : rows);
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
