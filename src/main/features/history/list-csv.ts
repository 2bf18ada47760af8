import { resultColumns } from '../../families/result-columns.ts';
import { type Cell, csv } from '../../shared/csv.ts';
import type { HistoryItem } from './contract.ts';

type Column = [name: string, of: (item: HistoryItem) => Cell];

const ofResult = (name: keyof typeof resultColumns): Column => [
  name,
  ({ summary }) => resultColumns[name](summary),
];

const columns: Column[] = [
  ['id', (d) => d.id],
  ['number', (d) => d.number],
  ['project', (d) => d.project.name],
  ['kind', (d) => d.kind],
  ['target', (d) => d.target],
  ofResult('chain_id'),
  ['status', (d) => d.status],
  ['live', (d) => d.live],
  ['trigger', (d) => d.trigger],
  ['title', (d) => d.title],
  ['branch', (d) => d.branch],
  ['commit', (d) => d.commit],
  ['changed_files', (d) => d.dirty],
  ofResult('contracts'),
  ofResult('gas_used'),
  ['created_at', (d) => iso(d.createdAt)],
  ['started_at', (d) => iso(d.startedAt)],
  ['ended_at', (d) => iso(d.endedAt)],
  ['failure', (d) => d.failure?.code ?? null],
  ['failure_message', (d) => d.failure?.message ?? null],
  ['pinned', (d) => d.pinned],
  ['tags', (d) => d.tags.join(' ')],
  ['note', (d) => d.note],
];

/** The list, one deployment per line; with a header unless it continues another list. */
export function listCsv(items: readonly HistoryItem[], withHead: boolean): string {
  const rows = items.map((item) => columns.map(([, of]) => of(item)));
  return csv(withHead ? [columns.map(([name]) => name), ...rows] : rows);
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
